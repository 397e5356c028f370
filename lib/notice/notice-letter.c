/* notice-letter - a letter to a member of staff, into the outbox. */
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/letter-message.h"
#include "mail/compose.h"
#include "mail/letter.h"
#include "notice/notice-parts.h"
#include "store/outbox.h"
#include "view/template.h"

const char *
tk_notice_language(const struct tk_desk *desk, const struct tk_person *p)
{
	return p->language != NULL ? p->language : desk->language;
}

/* A notice that reached a client would tell what is none of their business. */
static enum tk_status
check_address(
    struct tk_desk *desk, const struct tk_person *p, struct tk_err *err)
{
	const char *mail = p->mail.n > 0 ? p->mail.v[0] : "";
	const struct tk_client *c;
	enum tk_status st;

	if (!tk_address_valid(mail))
		return tk_fail(err, TK_EREFUSED,
		    _("staff/%s.yaml: no address to write to"), p->id);
	if (tk_desk_is_ours(desk, mail))
		return tk_fail(err, TK_EREFUSED,
		    _("%s is an address of the desk itself"), mail);
	if ((st = tk_desk_client_of(&c, desk, mail, err)) != TK_OK)
		return st;
	if (c != NULL)
		return tk_fail(err, TK_EREFUSED,
		    _("%s of staff/%s.yaml is an address of the client %s"),
		    mail, p->id, c->id);
	return TK_OK;
}

static enum tk_status
put(struct tk_desk *desk, const struct tk_person *p, const char *name,
    const char *subject, const char *body, const char *ticket,
    struct tk_err *err)
{
	const char *at = strrchr(desk->address, '@');
	const char *host = at != NULL ? at + 1 : tk_host();
	char *id = tk_strf("notice.%s.%s@%s", name, p->id, host);
	char *root =
	    tk_strf("%s.notices@%s", ticket != NULL ? ticket : "", host);
	char *file = tk_strf("notice_%s_%s", name, p->id);
	char *dir = tk_store_path(desk->store, "outbox");
	struct tk_address who = { tk_strdup(p->name), tk_strdup(p->mail.v[0]) };
	struct tk_str raw = TK_STR_INIT, plus = TK_STR_INIT;
	struct tk_strv to = TK_STRV_INIT, refs = TK_STRV_INIT;
	struct tk_draft d = { .from_name = desk->name,
		.from = desk->address,
		.to = &to,
		.subject = subject,
		.message_id = id,
		.references = &refs,
		.date = tk_now(),
		.text = body,
		.language = tk_notice_language(desk, p),
		.automatic = true,
		.auto_kind = "auto-generated",
		.loop = desk->loop,
		.ticket = ticket };
	enum tk_status st;

	tk_strv_add_own(&to, tk_address_text(&who));
	/* Notices of one ticket hang together in the reader. */
	if (ticket != NULL)
		tk_strv_add(&refs, root);
	if (ticket != NULL && desk->plus) {
		tk_desk_plus_address(&plus, desk, ticket);
		d.reply_to = plus.data;
	}
	if (tk_strcaseeq(desk->name, desk->address))
		d.from_name = NULL;
	st = tk_compose(&raw, &d, err);
	if (st == TK_OK)
		st = tk_outbox_add(dir, file, raw.data, raw.len, err);
	free(who.name);
	free(who.addr);
	free(id);
	free(root);
	free(file);
	free(dir);
	tk_str_clear(&raw);
	tk_str_clear(&plus);
	tk_strv_clear(&to);
	tk_strv_clear(&refs);
	return st;
}

enum tk_status
tk_notice_letter(struct tk_desk *desk, const struct tk_person *to,
    const char *name, const char *template_name, const struct tk_var *vars,
    size_t n, const char *ticket, struct tk_err *err)
{
	struct tk_str source = TK_STR_INIT, subject = TK_STR_INIT,
		      body = TK_STR_INIT;
	enum tk_status st;

	if ((st = check_address(desk, to, err)) == TK_OK &&
	    (st = tk_desk_template(desk, &source, tk_notice_language(desk, to),
		 template_name, err)) == TK_OK &&
	    (st = tk_template_letter(&subject, &body, source.data,
		 template_name, vars, n, err)) == TK_OK)
		st = put(desk, to, name, subject.data, body.data, ticket, err);
	tk_str_clear(&source);
	tk_str_clear(&subject);
	tk_str_clear(&body);
	return st;
}
