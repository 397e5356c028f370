/* report-mail - reports sent by mail, each period once. */
#include "report/report-mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "mail/compose.h"
#include "mail/letter.h"
#include "send/parcel.h"
#include "send/send.h"
#include "store/outbox.h"

#define WIDTH 76 /* columns: a mail program wraps what is wider */

/* To whom, and what that means for the report. */
struct addressee {
	const char *mail;
	const char *client; /* of a contact; NULL: of the staff */
	const char *language;
};

static const char *
contact_of(const struct tk_clients *all, const char *mail,
    const struct tk_client **client)
{
	const struct tk_client *c;
	size_t i, k, m;

	for (i = 0; i < all->n; i++)
		for (c = &all->v[i], k = 0; c->active && k < c->n_contacts; k++)
			for (m = 0; m < c->contact[k].mail.n; m++)
				if (tk_strcaseeq(
					c->contact[k].mail.v[m], mail)) {
					*client = c;
					return c->contact[k].mail.v[m];
				}
	return NULL;
}

/* Who may write to clients says the regulation; cron has no roles. */
static enum tk_status
check_writer(struct tk_desk *desk, struct tk_err *err)
{
	const struct tk_strv *may = &desk->reg->write_to_clients;
	const struct tk_actor *me;
	struct tk_err nobody = TK_ERR_INIT;
	size_t i;

	if (may->n == 0 || tk_strv_has(may, "all") ||
	    tk_desk_actor(desk, &me, &nobody) != TK_OK ||
	    me->kind != TK_ACTOR_STAFF)
		return TK_OK;
	for (i = 0; i < me->roles.n; i++)
		if (tk_strv_has(may, me->roles.v[i]))
			return TK_OK;
	return tk_fail(err, TK_EDENIED,
	    _("regulation/relations.yaml:%u: %s does not write to clients"),
	    desk->reg->write_line, me->id);
}

static enum tk_status
find_addressee(struct addressee *a, struct tk_desk *desk, const char *mail,
    const char *client, struct tk_err *err)
{
	const struct tk_person *p = tk_staff_by_mail(&desk->staff, mail);
	const struct tk_client *c = NULL;

	memset(a, 0, sizeof(*a));
	if (p != NULL && p->active) {
		a->mail = mail;
		a->language =
		    p->language != NULL ? p->language : desk->language;
		a->client = client;
		return TK_OK;
	}
	a->mail = contact_of(&desk->clients, mail, &c);
	if (a->mail == NULL)
		return tk_fail(err, TK_EREFUSED,
		    _("%s is neither on the staff nor a client's contact: "
		      "reports do not go there"),
		    mail);
	if (client != NULL && strcmp(client, c->id) != 0)
		return tk_fail(err, TK_EREFUSED,
		    _("%s is of %s: what is about %s is not for that client"),
		    mail, c->id, client);
	a->client = c->id;
	return check_writer(desk, err);
}

/* The same report about the same period to the same address. */
static char *
name_of(const struct tk_paper *p, const struct tk_report_request *ask,
    const char *mail)
{
	struct tk_str all = TK_STR_INIT;
	char sum[65];
	size_t i;

	tk_str_addf(&all, "%s\n%s\n%lld\n%lld\n%zu\n%s\n", p->name, p->query,
	    (long long)p->from, (long long)p->to, ask->only, mail);
	for (i = 0; ask->by != NULL && i < ask->by->n; i++)
		tk_str_addf(&all, "%s\n", ask->by->v[i]);
	tk_sha256(sum, all.data, all.len);
	tk_str_clear(&all);
	return tk_strf(TK_REPORT_PARCEL "%.24s", sum);
}

static enum tk_status
print_text(struct tk_str *out, const struct tk_paper *p, struct tk_err *err)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	if (f == NULL)
		return tk_fail_errno(err, "open_memstream");
	tk_paper_text(f, p, WIDTH, false);
	if (fclose(f) != 0) {
		free(text);
		return tk_fail_errno(err, "open_memstream");
	}
	tk_str_add_data(out, text, len);
	free(text);
	return TK_OK;
}

static enum tk_status
compose(struct tk_str *raw, const struct tk_desk *desk,
    const struct tk_paper *p, const struct addressee *a, const char *name,
    struct tk_err *err)
{
	const char *at = strrchr(desk->address, '@');
	struct tk_str text = TK_STR_INIT, html = TK_STR_INIT, csv = TK_STR_INIT;
	struct tk_strv to = TK_STRV_INIT;
	char *subject = tk_strf("%s: %s, %s", p->desk, p->title, p->period);
	char *id = tk_strf("%s@%s", name, at != NULL ? at + 1 : tk_host());
	char *page = tk_strf("%s.html", p->name);
	char *sheet = tk_strf("%s.csv", p->name);
	enum tk_status st = print_text(&text, p, err);

	tk_paper_html(&html, p);
	tk_paper_csv(&csv, p, true);
	tk_strv_add(&to, a->mail);
	const struct tk_draft_file files[] = {
		{ page, "text/html", html.data, html.len },
		{ sheet, "text/csv", csv.data, csv.len },
	};
	const struct tk_draft d = {
		.from_name =
		    tk_strcaseeq(desk->name, desk->address) ? NULL : desk->name,
		.from = desk->address,
		.to = &to,
		.subject = subject,
		.message_id = id,
		.date = tk_now(),
		.text = text.data,
		.language = p->language,
		.automatic = true,
		.auto_kind = "auto-generated",
		.loop = desk->loop,
		.files = files,
		.n_files = TK_COUNT(files)
	};

	if (st == TK_OK)
		st = tk_compose(raw, &d, err);
	free(subject);
	free(id);
	free(page);
	free(sheet);
	tk_str_clear(&text);
	tk_str_clear(&html);
	tk_str_clear(&csv);
	tk_strv_clear(&to);
	return st;
}

static enum tk_status
put(struct tk_desk *desk, const struct tk_report_request *asked,
    const struct addressee *a, struct tk_err *err)
{
	struct tk_report_request ask = *asked;
	struct tk_paper p = { .n = 0 };
	struct tk_str raw = TK_STR_INIT;
	char *dir = tk_store_path(desk->store, "outbox"), *name = NULL;
	enum tk_status st;

	ask.client = a->client;
	tk_i18n_language(a->language);
	if ((st = tk_desk_report(&p, desk, &ask, err)) == TK_OK) {
		name = name_of(&p, asked, a->mail);
		if (!tk_report_is_sent(desk, name) &&
		    (st = compose(&raw, desk, &p, a, name, err)) == TK_OK)
			st = tk_outbox_add(dir, name, raw.data, raw.len, err);
	}
	tk_paper_clear(&p);
	tk_str_clear(&raw);
	free(name);
	free(dir);
	return st;
}

/* Nobody gets one where somebody cannot. */
static enum tk_status
check_all(struct tk_desk *desk, const struct tk_report_request *ask,
    const struct tk_strv *to, struct tk_err *err)
{
	struct addressee a;
	enum tk_status st;
	size_t i;

	if ((st = tk_desk_load(desk, err)) != TK_OK ||
	    (st = tk_desk_load_clients(desk, err)) != TK_OK)
		return st;
	for (i = 0; i < to->n && st == TK_OK; i++)
		st = find_addressee(&a, desk, to->v[i], ask->client, err);
	return st;
}

enum tk_status
tk_report_mail(struct tk_desk *desk, const struct tk_report_request *ask,
    const struct tk_strv *to, struct tk_err *err)
{
	const struct tk_send how = { .only_notices = true };
	struct tk_sent count;
	struct addressee a;
	enum tk_status st;
	size_t i;

	if (!desk->is_gate)
		return tk_fail(err, TK_EREFUSED,
		    _("this is a clone: reports are sent by the gate"));
	st = check_all(desk, ask, to, err);
	for (i = 0; i < to->n && st == TK_OK; i++)
		if ((st = find_addressee(
			 &a, desk, to->v[i], ask->client, err)) == TK_OK)
			st = put(desk, ask, &a, err);
	if (st == TK_OK &&
	    (st = tk_send_pending(desk, &how, &count, err)) == TK_OK &&
	    count.waiting + count.failed > 0)
		st = tk_fail(err, TK_EOUTPUT,
		    _("not everything could be sent; see tk send --status"));
	return st;
}
