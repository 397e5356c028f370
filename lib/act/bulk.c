/* bulk - one act on many tickets, in one transaction. */
#include "act/act.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "notice/notice.h"

struct outcome {
	char *refusal;    /* or NULL */
	struct tk_done done;
};

struct run {
	struct tk_desk *desk;
	const struct tk_bulk *bulk;
	struct outcome *v; /* one per id */
	enum tk_status worst;
};

static void
forget(struct run *r)
{
	size_t i;

	for (i = 0; i < r->bulk->ids->n; i++)
		free(r->v[i].refusal);
	memset(r->v, 0, r->bulk->ids->n * sizeof(*r->v));
	r->worst = TK_OK;
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
	for (i = 0; i < b->ids->n; i++) {
		st = b->make(tx, r->desk, b->ids->v[i], &r->v[i].done, b->arg,
		    err);
		if (st != TK_OK && !is_about_one(st))
			return st;
		if (st != TK_OK) {
			r->v[i].refusal = tk_strdup(err->text);
			if (r->worst == TK_OK || st == TK_EDENIED)
				r->worst = st;
		}
	}
	return TK_OK;
}

enum tk_status
tk_act_bulk(struct tk_desk *desk, const struct tk_bulk *bulk,
    struct tk_err *err)
{
	struct run r = { .desk = desk, .bulk = bulk };
	enum tk_status st;
	size_t i;

	r.v = tk_calloc(bulk->ids->n, sizeof(*r.v));
	st = tk_store_change(desk->store, each, &r, err);
	if (st == TK_OK || st == TK_EOUTPUT) {
		if (st == TK_OK) /* else it says what went wrong late */
			err->text[0] = '\0';
		for (i = 0; i < bulk->ids->n; i++) {
			if (r.v[i].refusal != NULL)
				tk_err_add_line(err, "%s", r.v[i].refusal);
			else if (bulk->told != NULL)
				bulk->told(&r.v[i].done, bulk->arg);
		}
		if (st == TK_OK)
			st = r.worst;
	}
	forget(&r);
	free(r.v);
	if (st != TK_EBUSY && st != TK_ESYS)
		tk_notice_wake(desk);
	return st;
}
