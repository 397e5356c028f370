/* bulk - one act on many tickets, in one transaction. */
#include "act/act.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "notice/notice.h"

struct outcome {
	char *refusal;    /* or NULL */
	enum tk_status status; /* of that */
	struct tk_done done;
};

struct run {
	struct tk_desk *desk;
	const struct tk_bulk *bulk;
	struct outcome *v; /* one per id */
	size_t from, to;   /* those that this transaction takes */
	enum tk_status worst;
};

static void
forget(struct run *r)
{
	size_t i;

	for (i = r->from; i < r->bulk->ids->n; i++) {
		free(r->v[i].refusal);
		memset(&r->v[i], 0, sizeof(r->v[i]));
	}
}

/* These concern one ticket; all else ends the whole transaction. */
static bool
is_about_one(enum tk_status st)
{
	return st == TK_EREFUSED || st == TK_EDENIED || st == TK_ENOENT ||
	    st == TK_EEXIST || st == TK_EINPUT;
}

static enum tk_status
each(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct run *r = arg;
	const struct tk_bulk *b = r->bulk;
	enum tk_status st;
	size_t i;

	forget(r);
	for (i = r->from;
	     i < b->ids->n && (i == r->from || !tk_tx_is_long(tx)); i++) {
		st = b->make(tx, r->desk, b->ids->v[i], &r->v[i].done, b->arg,
		    err);
		if (st != TK_OK && !is_about_one(st))
			return st;
		if (st != TK_OK) {
			r->v[i].refusal = tk_strdup(err->text);
			r->v[i].status = st;
		}
	}
	r->to = i;
	return TK_OK;
}

/* What has become of a part is told when it is certain. */
static void
tell(struct run *r, struct tk_err *lines)
{
	const struct tk_bulk *b = r->bulk;
	struct outcome *o;

	for (; r->from < r->to; r->from++) {
		o = &r->v[r->from];
		if (o->refusal != NULL)
			tk_err_add_line(lines, "%s", o->refusal);
		else if (b->told != NULL)
			b->told(&o->done, b->arg);
		if (o->refusal != NULL &&
		    (r->worst == TK_OK || o->status == TK_EDENIED))
			r->worst = o->status;
	}
}

/* 75 is "nothing changed", and the first have. */
static enum tk_status
not_the_rest(const struct run *r, struct tk_err *lines,
    const struct tk_err *why)
{
	tk_err_add_line(lines, _("%s; done are %zu of %zu"), why->text,
	    r->from, r->bulk->ids->n);
	return lines->status = TK_EREFUSED;
}

enum tk_status
tk_act_bulk(struct tk_desk *desk, const struct tk_bulk *bulk,
    struct tk_err *err)
{
	struct run r = { .desk = desk, .bulk = bulk };
	struct tk_err lines = TK_ERR_INIT;
	enum tk_status st = TK_OK;
	bool late = false;

	r.v = tk_calloc(bulk->ids->n + 1, sizeof(*r.v));
	do {
		st = tk_store_change(desk->store, each, &r, err);
		if (st == TK_EOUTPUT) /* it says what went wrong late */
			tk_err_add_line(&lines, "%s", err->text);
		else if (st != TK_OK)
			break;
		late = late || st == TK_EOUTPUT;
		tell(&r, &lines);
	} while (r.from < bulk->ids->n);
	if (st != TK_OK && st != TK_EOUTPUT && r.from > 0)
		st = not_the_rest(&r, &lines, err);
	else if (st == TK_OK || st == TK_EOUTPUT)
		st = late ? TK_EOUTPUT : r.worst;
	if (lines.text[0] != '\0' && st != TK_OK)
		*err = lines;
	r.from = 0;
	forget(&r);
	free(r.v);
	if (st != TK_EBUSY && st != TK_ESYS)
		tk_notice_wake(desk);
	return st;
}
