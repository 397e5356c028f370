/* recur - recurring works become tickets, each time once. */
#include "act/recur.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "index/index-work.h"

struct run {
	struct tk_desk *desk;
	struct tk_workbook book;
	struct tk_occurrences due;
	char key[TK_WORKBOOK_KEY]; /* by which they are due */
	char (*id)[64];         /* one for each; "": it was refused */
	struct tk_strv refused; /* keys, from all transactions */
	struct tk_strv reasons; /* of this one */
	size_t from, to;        /* the part that this one takes */
	bool is_old;            /* rules or clients are others by now */
};

static void
forget(struct run *r)
{
	tk_occurrences_clear(&r->due);
	tk_workbook_clear(&r->book);
	tk_strv_clear(&r->reasons);
	free(r->id);
	r->id = NULL;
}

static bool
is_about_one(enum tk_status st)
{
	return st == TK_EREFUSED || st == TK_EDENIED || st == TK_EINPUT ||
	    st == TK_ENOENT || st == TK_EEXIST;
}

/* Has another process opened it meanwhile, or a later one? */
static enum tk_status
is_opened(bool *is, struct tk_tx *tx, const struct tk_occurrence *o,
    struct tk_err *err)
{
	struct tk_str target = TK_STR_INIT;
	enum tk_status st;
	int64_t last;

	tk_occurrence_target(&target, o);
	st = tk_index_last_work(
	    tk_tx_index(tx), &last, o->work->id, target.data, err);
	*is = st == TK_OK && last != INT64_MIN && last >= o->when;
	tk_str_clear(&target);
	return st;
}

static enum tk_status
open_one(struct run *r, struct tk_tx *tx, size_t i, struct tk_err *err)
{
	const struct tk_occurrence *o = &r->due.v[i];
	struct tk_err one = TK_ERR_INIT;
	struct tk_done done;
	enum tk_status st;
	bool is;

	r->id[i][0] = '\0';
	if (tk_strv_has(&r->refused, o->key))
		return TK_OK;
	if ((st = is_opened(&is, tx, o, err)) != TK_OK || is)
		return st;
	st = tk_recur_act(tx, r->desk, o, &done, &one);
	if (st == TK_OK) {
		snprintf(r->id[i], sizeof(r->id[i]), "%s", done.id);
	} else if (is_about_one(st)) {
		tk_strv_add(&r->reasons, o->key);
		tk_strv_add(&r->reasons, one.text);
	} else {
		*err = one;
		return st;
	}
	return TK_OK;
}

/* What is due was found before the lock was taken: of thousands of clients
 * that takes longer than others may wait. All from the beginning of the part:
 * an earlier run of it may have lost a race. */
static enum tk_status
open_due(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct run *r = arg;
	char key[TK_WORKBOOK_KEY];
	enum tk_status st;
	size_t i;

	tk_strv_clear(&r->reasons);
	if ((st = tk_desk_load(r->desk, err)) != TK_OK)
		return st;
	tk_workbook_key(key, r->desk);
	r->is_old = strcmp(key, r->key) != 0;
	for (i = r->from; st == TK_OK && !r->is_old && i < r->due.n &&
	     (i == r->from || !tk_tx_is_long(tx));
	     i++)
		st = open_one(r, tx, i, err);
	r->to = i;
	return st;
}

static enum tk_status
look(struct run *r, struct tk_err *err)
{
	struct tk_index *ix;
	enum tk_status st;

	forget(r);
	r->from = r->to = 0;
	if ((st = tk_store_index(r->desk->store, &ix, err)) == TK_OK &&
	    (st = tk_workbook_open(&r->book, r->desk, err)) == TK_OK)
		st = tk_workbook_due(&r->due, &r->book, ix, tk_now(), err);
	r->id = tk_calloc(r->due.n + 1, sizeof(*r->id));
	tk_workbook_key(r->key, r->desk);
	return st;
}

/* Nothing due is the usual case: it needs no lock, and no look at the clients
 * before the time comes. */
static enum tk_status
look_in_time(struct run *r, struct tk_err *err)
{
	char key[TK_WORKBOOK_KEY];
	struct tk_index *ix;
	enum tk_status st;
	int64_t next;

	if ((st = tk_store_index(r->desk->store, &ix, err)) != TK_OK)
		return st;
	tk_workbook_key(key, r->desk);
	if ((st = tk_index_works_next(ix, &next, key, err)) != TK_OK ||
	    tk_now() < next || (st = look(r, err)) != TK_OK || r->due.n > 0)
		return st;
	return tk_index_set_works_next(
	    ix, tk_workbook_next(&r->book, tk_now()), r->key, err);
}

static enum tk_status
open_all(struct run *r, tk_recur_fn told, void *arg, struct tk_err *err)
{
	struct tk_strv lines = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	size_t i;

	while (st == TK_OK && r->from < r->due.n) {
		st = tk_store_change(r->desk->store, open_due, r, err);
		if (st != TK_OK && st != TK_EOUTPUT)
			break;
		for (i = r->from; i < r->to; i++)
			if (r->id[i][0] != '\0' && told != NULL)
				told(&r->due.v[i], r->id[i], arg);
		for (i = 0; i + 1 < r->reasons.n; i += 2) {
			tk_strv_add(&r->refused, r->reasons.v[i]);
			tk_strv_add(&lines, r->reasons.v[i + 1]);
		}
		r->from = r->to;
		if (st == TK_OK && r->is_old)
			st = look(r, err);
	}
	if (st == TK_OK && lines.n > 0) {
		st = tk_fail(err, TK_EREFUSED, "%s", lines.v[0]);
		for (i = 1; i < lines.n; i++)
			tk_err_add_line(err, "%s", lines.v[i]);
	}
	tk_strv_clear(&lines);
	return st;
}

enum tk_status
tk_recur(struct tk_desk *desk, bool dry_run, tk_recur_fn told, void *arg,
    struct tk_err *err)
{
	struct run r = { .desk = desk };
	enum tk_status st;
	size_t i;

	if (!desk->is_gate)
		return tk_fail(err, TK_EREFUSED,
		    _("this is a clone: recurring works are opened at the "
		      "gate"));
	/* What is written into tickets is read by all who work here. */
	tk_i18n_language(desk->language);
	st = dry_run ? look(&r, err) : look_in_time(&r, err);
	for (i = 0; st == TK_OK && dry_run && i < r.due.n; i++)
		told(&r.due.v[i], "", arg);
	if (st == TK_OK && !dry_run)
		st = open_all(&r, told, arg, err);
	forget(&r);
	tk_strv_clear(&r.refused);
	return st;
}
