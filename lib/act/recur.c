/* recur - recurring works become tickets, each time once. */
#include "act/recur.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "index/index-work.h"

#define BATCH 200 /* tickets in one transaction */

struct run {
	struct tk_desk *desk;
	struct tk_workbook book;
	struct tk_occurrences due;
	char (*id)[64];         /* one for each; "": it was refused */
	struct tk_strv refused; /* keys, from all transactions */
	struct tk_strv reasons; /* of this one */
	size_t tried;           /* in this transaction */
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

/* All from the beginning: an earlier run of it may have lost a race, and what
 * another process has opened meanwhile is in the index now. */
static enum tk_status
open_due(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct run *r = arg;
	struct tk_err one = TK_ERR_INIT;
	struct tk_done done;
	enum tk_status st;
	size_t i, n = 0;

	forget(r);
	if ((st = tk_workbook_open(&r->book, r->desk, err)) != TK_OK ||
	    (st = tk_workbook_due(
		 &r->due, &r->book, tk_tx_index(tx), tk_now(), err)) != TK_OK)
		return st;
	r->id = tk_calloc(r->due.n + 1, sizeof(*r->id));
	for (i = 0; i < r->due.n && n < BATCH; i++) {
		if (tk_strv_has(&r->refused, r->due.v[i].key))
			continue;
		st = tk_recur_act(tx, r->desk, &r->due.v[i], &done, &one);
		if (st != TK_OK && !is_about_one(st)) {
			*err = one;
			return st;
		}
		n++;
		if (st == TK_OK)
			snprintf(r->id[i], sizeof(r->id[i]), "%s", done.id);
		else {
			tk_strv_add(&r->reasons, r->due.v[i].key);
			tk_strv_add(&r->reasons, one.text);
		}
	}
	r->tried = n;
	return TK_OK;
}

/* Nothing due is the usual case, and needs no lock. */
static enum tk_status
look(struct run *r, bool *any, struct tk_err *err)
{
	struct tk_index *ix;
	enum tk_status st;

	if ((st = tk_store_index(r->desk->store, &ix, err)) == TK_OK &&
	    (st = tk_workbook_open(&r->book, r->desk, err)) == TK_OK)
		st = tk_workbook_due(&r->due, &r->book, ix, tk_now(), err);
	*any = st == TK_OK && r->due.n > 0;
	return st;
}

static enum tk_status
open_all(struct run *r, tk_recur_fn told, void *arg, struct tk_err *err)
{
	struct tk_strv lines = TK_STRV_INIT;
	enum tk_status st;
	size_t i;

	do {
		st = tk_store_change(r->desk->store, open_due, r, err);
		if (st != TK_OK && st != TK_EOUTPUT)
			break;
		for (i = 0; i < r->due.n; i++)
			if (r->id[i][0] != '\0' && told != NULL)
				told(&r->due.v[i], r->id[i], arg);
		for (i = 0; i + 1 < r->reasons.n; i += 2) {
			tk_strv_add(&r->refused, r->reasons.v[i]);
			tk_strv_add(&lines, r->reasons.v[i + 1]);
		}
	} while (st == TK_OK && r->tried == BATCH);
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
	bool any;
	size_t i;

	if (!desk->is_gate)
		return tk_fail(err, TK_EREFUSED,
		    _("this is a clone: recurring works are opened at the "
		      "gate"));
	/* What is written into tickets is read by all who work here. */
	tk_i18n_language(desk->language);
	st = look(&r, &any, err);
	for (i = 0; st == TK_OK && dry_run && i < r.due.n; i++)
		told(&r.due.v[i], "", arg);
	if (st == TK_OK && any && !dry_run)
		st = open_all(&r, told, arg, err);
	forget(&r);
	tk_strv_clear(&r.refused);
	return st;
}
