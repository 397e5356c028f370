/* loose - letters in the outbox that belong to no ticket. */
#include "send/loose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "mail/letter.h"

enum tk_status
tk_loose_gather(struct tk_send_run *r, struct tk_err *err)
{
	char *dir = tk_strf("%s/new", r->dir);
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st = tk_dir_list(&names, dir, err);
	struct tk_parcel *p;
	size_t i;

	for (i = 0; st == TK_OK && i < names.n; i++) {
		if (!tk_starts(names.v[i], TK_LOOSE))
			continue;
		r->v = tk_more(r->v, r->n, &r->cap, sizeof(*r->v));
		p = &r->v[r->n++];
		snprintf(p->ticket, sizeof(p->ticket), "-");
		snprintf(
		    p->message, sizeof(p->message), "%.60s", names.v[i]);
		p->name = tk_strdup(names.v[i]);
	}
	tk_strv_clear(&names);
	free(dir);
	return st == TK_ENOENT ? TK_OK : st;
}

/* Who gets it, from the letter. */
static enum tk_status
read_letter(struct tk_strv *to, int64_t *since, const struct tk_str *raw,
    struct tk_err *err)
{
	struct tk_letter l;
	enum tk_status st = tk_letter_read(&l, raw->data, raw->len, err);
	size_t i;

	if (st != TK_OK)
		return st;
	*since = l.date;
	for (i = 0; i < l.to.n; i++)
		if (tk_address_valid(l.to.v[i].addr))
			tk_strv_add(to, l.to.v[i].addr);
	tk_letter_clear(&l);
	return TK_OK;
}

static enum tk_status
send_one(struct tk_send_run *r, struct tk_parcel *p, struct tk_err *err)
{
	struct tk_outbox_try t = { 0, 0, NULL };
	struct tk_strv to = TK_STRV_INIT;
	struct tk_str raw = TK_STR_INIT;
	int64_t since = 0;
	enum tk_status st;

	p->fate = TK_FATE_WAITS;
	if ((st = tk_outbox_last_try(r->dir, p->name, &t, err)) != TK_OK)
		return st;
	if (t.next > r->now && !r->all) {
		p->reason = t.reason;
		return TK_OK;
	}
	if ((st = tk_outbox_read(r->dir, p->name, &raw, err)) == TK_OK &&
	    (st = read_letter(&to, &since, &raw, err)) == TK_OK &&
	    (st = tk_parcel_hand(r, p, "<>", &to, &raw, err)) == TK_OK &&
	    p->fate == TK_FATE_WAITS)
		st = tk_parcel_defer(r, p, &t, since, err);
	if (st == TK_OK && p->fate != TK_FATE_WAITS)
		tk_outbox_forget(r->dir, p->name);
	tk_strv_clear(&to);
	tk_str_clear(&raw);
	free(t.reason);
	return st;
}

void
tk_loose_send(struct tk_send_run *r)
{
	struct tk_err one = TK_ERR_INIT;
	size_t i;

	for (i = 0; i < r->n; i++)
		if (send_one(r, &r->v[i], &one) != TK_OK &&
		    r->v[i].reason == NULL)
			r->v[i].reason = tk_strdup(one.text);
}
