/* send-notice - notices to staff, going out. They are no part of any ticket:
 * what is sent is forgotten. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "mail/letter.h"
#include "send/parcel.h"

#define PREFIX "notice_" /* notice_HASH_PERSON */
#define TRIES_MAX 36     /* some five days of them */

enum tk_status
tk_notices_gather(struct tk_send_run *r, struct tk_err *err)
{
	char *dir = tk_strf("%s/new", r->dir);
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st = tk_dir_list(&names, dir, err);
	const char *person;
	struct tk_parcel *p;
	size_t i;

	for (i = 0; st == TK_OK && i < names.n; i++) {
		if (!tk_starts(names.v[i], PREFIX))
			continue;
		person = strchr(names.v[i] + strlen(PREFIX), '_');
		if (person == NULL || strlen(person) > sizeof(p->message))
			continue;
		r->v = tk_more(r->v, r->n, &r->cap, sizeof(*r->v));
		p = &r->v[r->n++];
		snprintf(p->ticket, sizeof(p->ticket), "notice");
		snprintf(p->message, sizeof(p->message), "%s", person + 1);
		p->name = tk_strdup(names.v[i]);
	}
	tk_strv_clear(&names);
	free(dir);
	return st == TK_ENOENT ? TK_OK : st;
}

/* The address as the staff file has it now: who has left gets nothing. */
static const char *
address_of(const struct tk_desk *desk, const char *id)
{
	const struct tk_person *p = tk_staff_find(&desk->staff, id);

	return p != NULL && p->active && p->mail.n > 0 &&
		tk_address_valid(p->mail.v[0])
	    ? p->mail.v[0]
	    : NULL;
}

static enum tk_status
send_one(struct tk_send_run *r, struct tk_parcel *p, struct tk_err *err)
{
	const char *address = address_of(r->desk, p->message);
	struct tk_outbox_try t = { 0, 0, NULL };
	struct tk_strv to = TK_STRV_INIT, none = TK_STRV_INIT;
	struct tk_str raw = TK_STR_INIT;
	enum tk_status st;

	if (address == NULL) {
		p->fate = TK_FATE_FAILED;
		p->reason = tk_strdup(_("does not work here any more"));
		tk_outbox_forget(r->dir, p->name);
		return TK_OK;
	}
	if ((st = tk_outbox_last_try(r->dir, p->name, &t, err)) != TK_OK)
		return st;
	p->fate = TK_FATE_WAITS;
	if (t.next > r->now && !r->all) {
		p->reason = t.reason;
		return TK_OK;
	}
	tk_strv_add(&to, address);
	if (!tk_parcel_is_in_vain(r, p, &to, &none) &&
	    (st = tk_outbox_read(r->dir, p->name, &raw, err)) == TK_OK &&
	    (st = tk_parcel_hand(r, p, "<>", &to, &raw, err)) == TK_OK &&
	    p->fate == TK_FATE_WAITS)
		st = tk_parcel_defer(
		    r, p, &t, t.tries < TRIES_MAX ? r->now : 0, err);
	if (st == TK_OK && p->fate != TK_FATE_WAITS)
		tk_outbox_forget(r->dir, p->name);
	tk_strv_clear(&to);
	tk_str_clear(&raw);
	free(t.reason);
	return st;
}

enum tk_status
tk_send_notices(struct tk_send_run *r, struct tk_err *err)
{
	struct tk_err one = TK_ERR_INIT;
	enum tk_status st = tk_desk_load(r->desk, err);
	size_t i;

	for (i = 0; st == TK_OK && i < r->n; i++)
		if (send_one(r, &r->v[i], &one) != TK_OK) {
			free(r->v[i].reason);
			r->v[i].reason = tk_strdup(one.text);
		}
	return st;
}
