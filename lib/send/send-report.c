/* send-report - reports by mail, going out. They are no part of any ticket:
 * that one was sent is kept as an empty file, so that it is sent once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "mail/letter.h"
#include "send/parcel.h"

#define TRIES_MAX 36 /* some five days of them */

static char *
mark_of(const struct tk_desk *desk, const char *name)
{
	char *dir = tk_store_path(desk->store, "reports");
	char *path = tk_strf("%s/%s", dir, name);

	free(dir);
	return path;
}

bool
tk_report_is_sent(const struct tk_desk *desk, const char *name)
{
	char *path = mark_of(desk, name);
	bool is = tk_file_exists(path);

	free(path);
	return is;
}

static enum tk_status
mark(const struct tk_desk *desk, const char *name, struct tk_err *err)
{
	char *dir = tk_store_path(desk->store, "reports");
	char *path = mark_of(desk, name);
	enum tk_status st = tk_mkdirs(dir, 0777, err);

	if (st == TK_OK)
		st = tk_file_write(path, "", 0, 0660, err);
	free(dir);
	free(path);
	return st;
}

static enum tk_status
gather(struct tk_send_run *r, const char *sub, struct tk_err *err)
{
	char *dir = tk_strf("%s/%s", r->dir, sub);
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st = tk_dir_list(&names, dir, err);
	struct tk_parcel *p;
	size_t i;

	for (i = 0; st == TK_OK && i < names.n; i++) {
		if (!tk_starts(names.v[i], TK_REPORT_PARCEL) ||
		    strlen(names.v[i]) >= sizeof(p->message))
			continue;
		r->v = tk_more(r->v, r->n, &r->cap, sizeof(*r->v));
		p = &r->v[r->n++];
		snprintf(p->ticket, sizeof(p->ticket), "report");
		snprintf(p->message, sizeof(p->message), "%s", names.v[i]);
		p->name = tk_strdup(names.v[i]);
	}
	tk_strv_clear(&names);
	free(dir);
	return st == TK_ENOENT ? TK_OK : st;
}

enum tk_status
tk_reports_gather(struct tk_send_run *r, struct tk_err *err)
{
	enum tk_status st = gather(r, "cur", err);

	return st == TK_OK ? gather(r, "new", err) : st;
}

/* Whom the letter itself names, as when it was composed. */
static enum tk_status
hand(struct tk_send_run *r, struct tk_parcel *p, const struct tk_str *raw,
    struct tk_err *err)
{
	struct tk_letter letter;
	struct tk_strv to = TK_STRV_INIT, none = TK_STRV_INIT;
	enum tk_status st;
	size_t i;

	if ((st = tk_letter_read(&letter, raw->data, raw->len, err)) != TK_OK)
		return st;
	for (i = 0; i < letter.to.n; i++)
		if (tk_address_valid(letter.to.v[i].addr))
			tk_strv_add(&to, letter.to.v[i].addr);
	if (!tk_parcel_is_in_vain(r, p, &to, &none))
		st = tk_parcel_hand(r, p, "<>", &to, raw, err);
	tk_strv_clear(&to);
	tk_letter_clear(&letter);
	return st;
}

static enum tk_status
send_one(struct tk_send_run *r, struct tk_parcel *p, struct tk_err *err)
{
	struct tk_outbox_try t = { 0, 0, NULL };
	struct tk_str raw = TK_STR_INIT;
	enum tk_status st = TK_OK;

	p->fate = TK_FATE_SENT;
	if (!tk_outbox_is_taken(r->dir, p->name)) {
		p->fate = TK_FATE_WAITS;
		if ((st = tk_outbox_last_try(r->dir, p->name, &t, err)) !=
		    TK_OK)
			return st;
		if (t.next > r->now && !r->all) {
			p->reason = t.reason;
			return TK_OK;
		}
		if ((st = tk_outbox_read(r->dir, p->name, &raw, err)) ==
			TK_OK &&
		    (st = hand(r, p, &raw, err)) == TK_OK &&
		    p->fate == TK_FATE_WAITS)
			st = tk_parcel_defer(
			    r, p, &t, t.tries < TRIES_MAX ? r->now : 0, err);
		if (st == TK_OK && p->fate == TK_FATE_SENT)
			st = tk_outbox_taken(r->dir, p->name, err);
	}
	/* One that failed for good may be asked for again. */
	if (st == TK_OK && p->fate == TK_FATE_SENT)
		st = mark(r->desk, p->name, err);
	if (st == TK_OK && p->fate != TK_FATE_WAITS)
		tk_outbox_forget(r->dir, p->name);
	tk_str_clear(&raw);
	free(t.reason);
	return st;
}

enum tk_status
tk_send_reports(struct tk_send_run *r, struct tk_err *err)
{
	struct tk_err one = TK_ERR_INIT;
	size_t i;

	(void)err;
	for (i = 0; i < r->n; i++)
		if (send_one(r, &r->v[i], &one) != TK_OK) {
			free(r->v[i].reason);
			r->v[i].reason = tk_strdup(one.text);
		}
	return TK_OK;
}
