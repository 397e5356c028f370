/* send - what was committed to go out, going out. */
#include "send/send.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "base/proc.h"
#include "desk/ticket.h"
#include "mail/letter.h"
#include "notice/notice.h"
#include "send/loose.h"
#include "send/parcel.h"
#include "store/outbox.h"

#define DEFAULT_SENDMAIL "/usr/sbin/sendmail -i"
#define LOCK_WAIT 20 /* seconds behind another sender */
#define ROUNDS 3 /* an act goes on for others, before it lets another do it */

/* behind: wait for another sender; else *fd is -1 where there is one. */
static enum tk_status
lock(const struct tk_desk *desk, int *fd, bool behind, struct tk_err *err)
{
	char *path = tk_store_path(desk->store, "send.lock");
	enum tk_status st = TK_OK;

	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (*fd < 0)
		st = tk_fail_errno(err, "%s", path);
	else if (behind)
		st = tk_lock_wait(*fd, path, LOCK_WAIT, err);
	else if (flock(*fd, LOCK_EX | LOCK_NB) < 0) {
		close(*fd);
		*fd = -1;
	}
	free(path);
	return st;
}

static enum tk_status
gather(struct tk_send_run *r, struct tk_err *err)
{
	struct tk_strv list = TK_STRV_INIT;
	struct tk_index *ix;
	struct tk_parcel *p;
	enum tk_status st;
	char *slash;
	size_t i;

	if ((st = tk_store_refresh(r->desk->store, err)) != TK_OK ||
	    (st = tk_store_index(r->desk->store, &ix, err)) != TK_OK ||
	    (st = tk_index_unsent(ix, &list, err)) != TK_OK)
		goto out;
	for (i = 0; i < list.n; i++) {
		slash = strchr(list.v[i], '/');
		if (slash == NULL)
			continue;
		*slash = '\0';
		r->v = tk_more(r->v, r->n, &r->cap, sizeof(*r->v));
		p = &r->v[r->n++];
		snprintf(p->ticket, sizeof(p->ticket), "%s", list.v[i]);
		snprintf(p->message, sizeof(p->message), "%s", slash + 1);
		p->name = tk_strf("%s_%s", p->ticket, p->message);
	}
out:
	tk_strv_clear(&list);
	return st;
}

/* Only the address: display names are the letter's business. */
static char *
bare_address(const char *text)
{
	struct tk_addresses a = { NULL, 0, 0 };
	char *addr;

	tk_addresses_parse(&a, text);
	addr = tk_strdup(a.n > 0 ? a.v[0].addr : text);
	tk_addresses_clear(&a);
	return addr;
}

/* Each address once, in To and Cc together. */
static void
add_recipients(struct tk_strv *to, const struct tk_strv *l)
{
	struct tk_addresses a = { NULL, 0, 0 };
	size_t i, k;

	for (i = 0; i < l->n; i++)
		tk_addresses_parse(&a, l->v[i]);
	for (i = 0; i < a.n; i++) {
		for (k = 0; k < to->n; k++)
			if (tk_strcaseeq(to->v[k], a.v[i].addr))
				break;
		if (k == to->n && tk_address_valid(a.v[i].addr))
			tk_strv_add(to, a.v[i].addr);
	}
	tk_addresses_clear(&a);
}

/* Hand the letter over, to each of its addresses. */
static enum tk_status
hand_over(struct tk_send_run *r, struct tk_parcel *p,
    const struct tk_message *m, const struct tk_str *raw, struct tk_err *err)
{
	bool automatic = strcmp(m->kind, "auto") == 0;
	struct tk_strv to = TK_STRV_INIT;
	/* RFC 3834 section 3.3: nobody answers an automatic letter. */
	char *from = automatic ? tk_strdup("<>") : bare_address(m->from);
	enum tk_status st;

	add_recipients(&to, &m->to);
	add_recipients(&to, &m->cc);
	st = tk_parcel_hand(r, p, from, &to, raw, err);
	free(from);
	tk_strv_clear(&to);
	if (st == TK_OK && p->fate == TK_FATE_SENT)
		return tk_outbox_taken(r->dir, p->name, err);
	return st;
}

static enum tk_status
read_message(struct tk_send_run *r, const struct tk_parcel *p,
    struct tk_message *m, struct tk_err *err)
{
	struct tk_str path = TK_STR_INIT, text = TK_STR_INIT;
	enum tk_status st;

	memset(m, 0, sizeof(*m));
	tk_id_path(&path, p->ticket);
	tk_str_addf(&path, "/%s.yaml", p->message);
	if ((st = tk_store_read(r->desk->store, &text, path.data, err)) ==
	    TK_OK)
		st = tk_message_read(m, text.data, text.len, path.data, err);
	/* The index said so; the file itself must say it too, so that no
	 * damaged index can make a note go out. */
	if (st == TK_OK && !tk_message_is_outgoing(m))
		st = tk_fail(
		    err, TK_EINPUT, _("%s: not a letter to send"), path.data);
	tk_str_clear(&path);
	tk_str_clear(&text);
	return st;
}

/* A person may insist. */
static bool
is_in_vain(struct tk_send_run *r, struct tk_parcel *p,
    const struct tk_message *m)
{
	return strcmp(m->kind, "auto") == 0 &&
	    tk_parcel_is_in_vain(r, p, &m->to, &m->cc);
}

static enum tk_status
send_one(struct tk_send_run *r, struct tk_parcel *p, struct tk_err *err)
{
	struct tk_str raw = TK_STR_INIT;
	struct tk_outbox_try t = { 0, 0, NULL };
	struct tk_message m = { .kind = NULL };
	enum tk_status st;

	if (tk_outbox_is_taken(r->dir, p->name)) {
		p->fate = TK_FATE_SENT;
		return TK_OK;
	}
	if ((st = tk_outbox_last_try(r->dir, p->name, &t, err)) != TK_OK)
		return st;
	p->fate = TK_FATE_WAITS;
	if ((t.next > r->now && !r->all) ||
	    (r->only != NULL && !tk_strv_has(r->only, p->ticket))) {
		p->reason = t.reason;
		return TK_OK;
	}
	if ((st = read_message(r, p, &m, err)) == TK_OK)
		st = tk_desk_letter(&raw, r->desk, p->ticket, p->message, err);
	/* What is not in the desk does not come by waiting. */
	if (st == TK_ENOENT || st == TK_EINPUT) {
		p->fate = TK_FATE_FAILED;
		p->reason =
		    tk_strf(_("there is nothing to send: %s"), err->text);
	}
	if (st == TK_OK && !is_in_vain(r, p, &m) &&
	    (st = tk_outbox_add(r->dir, p->name, raw.data, raw.len, err)) ==
		TK_OK &&
	    (r->as_sent ||
		(st = tk_parcel_sign(r, p, &m, &raw, err)) == TK_OK) &&
	    (st = hand_over(r, p, &m, &raw, err)) == TK_OK &&
	    p->fate == TK_FATE_WAITS)
		st = tk_parcel_defer(r, p, &t, m.at, err);
	tk_message_clear(&m);
	tk_str_clear(&raw);
	free(t.reason);
	return st;
}

static void
tell(const struct tk_send_run *r, const struct tk_send *how,
    struct tk_sent *count)
{
	static const char *const words[] = { "waiting", "sent", "failed" };
	const struct tk_parcel *p;
	char *line;
	size_t i;

	for (i = 0; i < r->n; i++) {
		p = &r->v[i];
		*(p->fate == TK_FATE_SENT           ? &count->sent
			: p->fate == TK_FATE_FAILED ? &count->failed
						    : &count->waiting) += 1;
		if (how->told == NULL)
			continue;
		line = tk_strf("%s %s %s%s%s", p->ticket, words[p->fate],
		    p->message, p->reason != NULL ? " " : "",
		    p->reason != NULL ? p->reason : "");
		how->told(line, how->arg);
		free(line);
	}
}

static enum tk_status
begin(struct tk_send_run *r, struct tk_desk *desk, struct tk_err *err)
{
	char *program = tk_store_config(desk->store, "tk.sendmail");
	enum tk_status st;

	memset(r, 0, sizeof(*r));
	r->desk = desk;
	r->now = tk_now();
	r->dir = tk_store_path(desk->store, "outbox");
	st = tk_proc_words(
	    &r->sendmail, program != NULL ? program : DEFAULT_SENDMAIL, err);
	if (st == TK_OK && r->sendmail.n == 0)
		st = tk_fail(
		    err, TK_EINPUT, _("git config tk.sendmail is empty"));
	free(program);
	return st;
}

static void
end(struct tk_send_run *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		free(r->v[i].name);
		free(r->v[i].reason);
	}
	free(r->v);
	free(r->dir);
	tk_strv_clear(&r->sendmail);
}

/* Letters of tickets, then their record. */
static enum tk_status
send_letters(struct tk_send_run *r, struct tk_err *err)
{
	struct tk_err one = TK_ERR_INIT;
	enum tk_status st = gather(r, err);
	size_t i;

	if (st != TK_OK)
		return st;
	tk_sent_forget(r);
	for (i = 0; i < r->n; i++)
		/* One letter in trouble must not hold up the rest. */
		if (send_one(r, &r->v[i], &one) != TK_OK &&
		    r->v[i].fate == TK_FATE_WAITS) {
			free(r->v[i].reason);
			r->v[i].reason = tk_strdup(one.text);
		}
	return tk_sent_record(r, err);
}

static void
add_names(struct tk_strv *seen, const struct tk_send_run *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		tk_strv_add(seen, r->v[i].name);
}

/* Letters of no ticket; the lock is held. */
static enum tk_status
send_loose(struct tk_desk *desk, const struct tk_send *how,
    struct tk_sent *count, struct tk_strv *seen, struct tk_err *err)
{
	struct tk_send_run r;
	enum tk_status st = begin(&r, desk, err);

	r.all = how->now || how->as_sent;
	r.as_sent = how->as_sent;
	if (st == TK_OK && (st = tk_loose_gather(&r, err)) == TK_OK) {
		tk_loose_send(&r);
		tell(&r, how, count);
		add_names(seen, &r);
	}
	end(&r);
	return st;
}

/* All that lies there; the lock is held. */
static enum tk_status
send_all(struct tk_desk *desk, const struct tk_send *how,
    struct tk_sent *count, struct tk_strv *seen, struct tk_err *err)
{
	struct tk_send_run letters = { .desk = NULL }, notices = letters,
			   reports = letters;
	enum tk_status st = begin(&letters, desk, err);

	if (st == TK_OK)
		st = begin(&notices, desk, err);
	if (st == TK_OK)
		st = begin(&reports, desk, err);
	letters.all = notices.all = reports.all = how->now || how->as_sent;
	letters.as_sent = notices.as_sent = reports.as_sent = how->as_sent;
	letters.only = how->only;
	if (st == TK_OK && !how->only_notices) {
		st = send_letters(&letters, err);
		tell(&letters, how, count);
	}
	if (st == TK_OK && how->only == NULL &&
	    (st = tk_notices_gather(&notices, err)) == TK_OK) {
		st = tk_send_notices(&notices, err);
		tell(&notices, how, count);
	}
	if (st == TK_OK && how->only == NULL &&
	    (st = tk_reports_gather(&reports, err)) == TK_OK &&
	    (st = tk_send_reports(&reports, err)) == TK_OK)
		tell(&reports, how, count);
	if (st == TK_OK && !how->only_notices && how->only == NULL)
		st = send_loose(desk, how, count, seen, err);
	add_names(seen, &letters);
	add_names(seen, &notices);
	add_names(seen, &reports);
	end(&letters);
	end(&notices);
	end(&reports);
	return st;
}

static enum tk_status
gather_all(struct tk_send_run *r, struct tk_err *err)
{
	enum tk_status st = tk_loose_gather(r, err);

	if (st == TK_OK && (st = gather(r, err)) == TK_OK &&
	    (st = tk_notices_gather(r, err)) == TK_OK)
		st = tk_reports_gather(r, err);
	return st;
}

/* Has somebody who did not wait behind us left letters to us meanwhile? */
static bool
any_left(struct tk_desk *desk, const struct tk_strv *seen)
{
	struct tk_err ignored = TK_ERR_INIT;
	struct tk_send_run r;
	bool any = false;
	size_t i;

	if (begin(&r, desk, &ignored) == TK_OK &&
	    gather_all(&r, &ignored) == TK_OK)
		for (i = 0; !any && i < r.n; i++)
			any = !tk_strv_has(seen, r.v[i].name);
	end(&r);
	return any;
}

/* A program of its own: what happens behind an act is not to be waited for. */
static void
go_on(void *arg)
{
	struct tk_desk *desk = arg;
	struct tk_err ignored = TK_ERR_INIT;
	char *program = tk_strf("%s/tk-send", tk_bindir());
	const char *argv[] = { program, "-q", NULL };
	int code;

	/* Not by -C: that is refused to those who come over ssh. */
	setenv("TK_DESK", tk_store_gitdir(desk->store), 1);
	if (tk_proc_run(&code,
		&(struct tk_proc){ .argv = argv, .in = "", .in_len = 0 },
		&ignored) != TK_OK)
		ignored.text[0] = '\0'; /* cron's will */
	free(program);
}

enum tk_status
tk_send_pending(struct tk_desk *desk, const struct tk_send *how,
    struct tk_sent *count, struct tk_err *err)
{
	static const struct tk_send plain;
	struct tk_strv seen = TK_STRV_INIT;
	struct tk_err late = TK_ERR_INIT;
	bool is_act = how == NULL, behind = !is_act;
	enum tk_status st;
	int fd = -1, rounds = 0;

	memset(count, 0, sizeof(*count));
	if (!desk->is_gate)
		return TK_OK;
	if (how == NULL)
		how = &plain;
	if ((st = tk_send_may(desk, how, err)) != TK_OK)
		return st;
	if (!how->as_sent && tk_notice_run(desk, false, &late) != TK_OK)
		tk_warn("%s", late.text);
	while ((st = lock(desk, &fd, behind, err)) == TK_OK && fd >= 0) {
		st = send_all(desk, how, count, &seen, err);
		close(fd);
		fd = -1;
		/* Who found the lock taken has left it to us: he put his
		 * letters there before, so now they can be seen. */
		if (st != TK_OK || how->as_sent || !any_left(desk, &seen))
			break;
		if (is_act && ++rounds == ROUNDS) {
			(void)tk_proc_apart(go_on, desk);
			break;
		}
		how = &plain;
		behind = false;
	}
	if (fd >= 0)
		close(fd);
	tk_strv_clear(&seen);
	return st;
}

enum tk_status
tk_send_status(struct tk_desk *desk, struct tk_strv *lines, struct tk_err *err)
{
	struct tk_send_run r;
	enum tk_status st = begin(&r, desk, err);
	size_t i;

	if (st == TK_OK)
		st = gather_all(&r, err);
	for (i = 0; st == TK_OK && i < r.n; i++) {
		struct tk_outbox_try t = { 0, 0, NULL };
		struct tk_str when = TK_STR_INIT;

		st = tk_outbox_last_try(r.dir, r.v[i].name, &t, err);
		if (t.next > 0)
			tk_date_human(&when, t.next);
		tk_strv_add_own(lines,
		    tk_strf("%s %s %d %s %s", r.v[i].ticket, r.v[i].message,
			t.tries, when.len > 0 ? when.data : "-",
			t.reason != NULL ? t.reason : ""));
		tk_str_clear(&when);
		free(t.reason);
	}
	end(&r);
	return st;
}
