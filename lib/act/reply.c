/* reply - who gets an answer, what it hangs on, and the letter itself. */
#include <stdlib.h>
#include <string.h>

#include "act/dead.h"
#include "act/letter.h"
#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/letter-message.h"
#include "mail/compose.h"
#include "mail/letter.h"

void
tk_recipients_clear(struct tk_recipients *r)
{
	tk_strv_clear(&r->to);
	tk_strv_clear(&r->cc);
}

static bool
has_address(const struct tk_strv *l, const char *addr)
{
	struct tk_addresses a = { NULL, 0, 0 };
	bool has = false;
	size_t i;

	for (i = 0; i < l->n; i++)
		tk_addresses_parse(&a, l->v[i]);
	for (i = 0; i < a.n; i++)
		has = has || tk_strcaseeq(a.v[i].addr, addr);
	tk_addresses_clear(&a);
	return has;
}

/* Each address of text that is well-formed, not ours and not there yet. */
static void
add_people(struct tk_strv *to, const struct tk_strv *besides,
    const struct tk_desk *desk, const char *text)
{
	struct tk_addresses a = { NULL, 0, 0 };
	size_t i;

	tk_addresses_parse(&a, text);
	for (i = 0; i < a.n; i++)
		if (tk_address_valid(a.v[i].addr) &&
		    !tk_desk_is_ours(desk, a.v[i].addr) &&
		    !has_address(to, a.v[i].addr) &&
		    (besides == NULL || !has_address(besides, a.v[i].addr)))
			tk_strv_add_own(to, tk_address_text(&a.v[i]));
	tk_addresses_clear(&a);
}

enum tk_status
tk_recipients_add(struct tk_strv *to, const char *text, struct tk_err *err)
{
	struct tk_addresses a = { NULL, 0, 0 };
	enum tk_status st = TK_OK;
	const char *p;
	size_t i;

	for (p = text; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20)
			return tk_fail(err, TK_EINPUT,
			    _("not an address: control characters"));
	tk_addresses_parse(&a, text);
	for (i = 0; st == TK_OK && i < a.n; i++) {
		if (!tk_address_valid(a.v[i].addr))
			st = tk_fail(err, TK_EINPUT, _("not an address: %s"),
			    a.v[i].addr);
		else if (!has_address(to, a.v[i].addr))
			tk_strv_add_own(to, tk_address_text(&a.v[i]));
	}
	if (st == TK_OK && a.n == 0)
		st = tk_fail(err, TK_EINPUT, _("not an address: %s"), text);
	tk_addresses_clear(&a);
	return st;
}

enum tk_status
tk_reply_recipients(struct tk_recipients *out, const struct tk_desk *desk,
    const struct tk_ticket *t, struct tk_err *err)
{
	const char *requester = tk_ticket_get(t, "requester");
	struct tk_strv cc = TK_STRV_INIT;
	size_t i;

	if (requester != NULL)
		add_people(&out->to, NULL, desk, requester);
	tk_yaml_strv(tk_ticket_head(t), "cc", &cc);
	for (i = 0; i < cc.n; i++)
		add_people(&out->cc, &out->to, desk, cc.v[i]);
	tk_strv_clear(&cc);
	if (out->to.n == 0)
		return tk_fail(err, TK_EREFUSED,
		    _("%s: nobody to write to: the requester has no address; "
		      "tk set %s requester=ADDRESS"),
		    tk_ticket_id(t), tk_ticket_id(t));
	return TK_OK;
}

/* Every Message-ID of the conversation, oldest first, the one that is
 * answered last: mail programs hang the answer there. */
static bool
is_spoken(const struct tk_message *m)
{
	/* A note, a bounce, a robot's letter: the client has not seen it. */
	return m->message_id != NULL && m->message_id[0] != '\0' &&
	    (tk_streq(m->kind, "request") || tk_message_is_outgoing(m));
}

static void
thread_of(struct tk_strv *refs, const struct tk_messages *m)
{
	const char *last = NULL;
	size_t i;

	for (i = 0; i < m->n; i++)
		if (is_spoken(&m->v[i]) && tk_streq(m->v[i].kind, "request"))
			last = m->v[i].message_id;
	for (i = 0; i < m->n; i++)
		if (is_spoken(&m->v[i]) &&
		    !tk_streq(m->v[i].message_id, last) &&
		    !tk_strv_has(refs, m->v[i].message_id))
			tk_strv_add(refs, m->v[i].message_id);
	if (last != NULL)
		tk_strv_add(refs, last);
}

/* TICKET.COUNT.RANDOM@domain (mail-rules 24). */
static char *
new_message_id(const struct tk_desk *desk, const char *id, size_t n)
{
	const char *at = strrchr(desk->address, '@');
	unsigned char r[8];
	char hex[2 * sizeof(r) + 1];
	size_t i;

	tk_random(r, sizeof(r));
	for (i = 0; i < sizeof(r); i++) {
		hex[2 * i] = "0123456789abcdef"[r[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[r[i] & 15];
	}
	hex[2 * sizeof(r)] = '\0';
	return tk_strf(
	    "%s.%zu.%s@%s", id, n + 1, hex, at != NULL ? at + 1 : tk_host());
}

struct outgoing {
	struct tk_message m;
	struct tk_str raw;
};

/* From the ticket and the draft's words to the message and its letter. */
static enum tk_status
compose(struct outgoing *o, struct tk_desk *desk, const struct tk_ticket *t,
    const struct tk_messages *messages, struct tk_draft *d,
    const struct tk_attachments *files, struct tk_err *err)
{
	const struct tk_queue *q =
	    tk_queue_find(desk->reg, tk_ticket_get(t, "queue"));
	struct tk_draft_file *v = tk_draft_files(files);
	struct tk_str plus = TK_STR_INIT, subject = TK_STR_INIT;
	const char *name = q != NULL
	    ? tk_by_language_pick(
		  &q->from, tk_letter_language(desk, t), desk->language)
	    : NULL;
	struct tk_address from;
	enum tk_status st;
	char *id = new_message_id(desk, tk_ticket_id(t), messages->n);

	thread_of(&o->m.references, messages);
	tk_compose_subject(&subject, d->subject, tk_ticket_id(t));
	if (desk->plus)
		tk_desk_plus_address(&plus, desk, tk_ticket_id(t));
	from.name = tk_strdup(name != NULL ? name : desk->name);
	from.addr = tk_strdup(tk_desk_queue_address(desk, q));
	/* A desk without a name of its own is called by its address. */
	if (tk_strcaseeq(from.name, from.addr))
		from.name[0] = '\0';
	d->from_name = from.name;
	d->from = from.addr;
	d->reply_to = plus.len > 0 ? plus.data : NULL;
	d->subject = subject.data;
	d->message_id = id;
	d->references = &o->m.references;
	d->ticket = tk_ticket_id(t);
	d->loop = desk->loop;
	d->files = v;
	d->n_files = files != NULL ? files->n : 0;
	o->m.channel = tk_strdup("mail");
	o->m.from = tk_address_text(&from);
	tk_strv_copy(&o->m.to, d->to);
	if (d->cc != NULL)
		tk_strv_copy(&o->m.cc, d->cc);
	o->m.subject = tk_strdup(subject.data);
	o->m.message_id = tk_strdup(id);
	o->m.text = tk_strdup(d->text);
	st = tk_compose(&o->raw, d, err);
	if (st == TK_OK)
		st = tk_files_from_letter(
		    &o->m, &o->raw, d->n_files > 0, err);
	free(from.name);
	free(from.addr);
	free(id);
	free(v);
	tk_str_clear(&plus);
	tk_str_clear(&subject);
	return st;
}

static void
clear(struct outgoing *o)
{
	tk_message_clear(&o->m);
	tk_str_clear(&o->raw);
}

/* Did somebody else speak after the writer looked? */
static enum tk_status
check_seen(const struct tk_ticket *t, size_t seen, struct tk_err *err)
{
	const struct tk_yaml *e, *set;
	const char *act;
	size_t i;

	for (i = seen; seen > 0 && i < tk_ticket_log_n(t); i++) {
		e = tk_ticket_entry(t, i);
		act = tk_yaml_str(e, "act");
		set = tk_yaml_get(e, "set");
		if (tk_yaml_get(set, "requester") != NULL ||
		    (tk_yaml_get(set, "cc") != NULL &&
			!tk_streq(act, "answer")))
			return tk_fail(err, TK_EREFUSED,
			    _("%s: %s changed meanwhile who gets the answer; "
			      "look at it with \"tk show %s\" first"),
			    tk_ticket_id(t), tk_yaml_str(e, "by"),
			    tk_ticket_id(t));
		if (tk_streq(act, "answer") || tk_streq(act, "reply"))
			return tk_fail(err, TK_EREFUSED,
			    _("%s: %s wrote meanwhile; read it with \"tk show "
			      "%s\" first"),
			    tk_ticket_id(t), tk_yaml_str(e, "by"),
			    tk_ticket_id(t));
	}
	return TK_OK;
}

enum tk_status
tk_reply_act(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    const struct tk_reply *reply, struct tk_done *done, struct tk_err *err)
{
	struct outgoing o = { { .kind = NULL }, TK_STR_INIT };
	struct tk_ticket *t = NULL;
	struct tk_messages messages = { NULL, 0, 0 };
	const char *subject;
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;

	if ((st = tk_desk_load(desk, err)) != TK_OK ||
	    (st = tk_tx_ticket(&t, tx, id, err)) != TK_OK ||
	    (st = check_seen(t, reply->seen, err)) != TK_OK ||
	    (!reply->insists &&
		(st = tk_dead_refuse(tx, reply->to, err)) != TK_OK) ||
	    (st = tk_tx_messages(&messages, tx, t, err)) != TK_OK ||
	    (st = tk_reply_sign(
		 &text, desk, t, reply->actor, reply->text, err)) != TK_OK)
		goto out;
	subject = tk_ticket_get(t, "subject");
	struct tk_draft d = { .to = &reply->to->to,
		.cc = &reply->to->cc,
		.subject = reply->subject != NULL ? reply->subject
		    : subject != NULL             ? subject
						  : "",
		.date = tk_now(),
		.text = text.data };
	struct tk_request req = { .id = id,
		.act = "reply",
		.actor = reply->actor,
		.state = reply->state,
		.msg = &o.m,
		.raw = &o.raw,
		.at = d.date };

	o.m.kind = tk_strdup("reply");
	if ((st = compose(&o, desk, t, &messages, &d, reply->files, err)) ==
	    TK_OK)
		st = tk_act(tx, desk, &req, done, err);
out:
	tk_str_clear(&text);
	tk_messages_clear(&messages);
	tk_ticket_free(t);
	clear(&o);
	return st;
}

enum tk_status
tk_auto_act(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    const struct tk_auto *a, struct tk_done *done, struct tk_err *err)
{
	struct tk_recipients all = { TK_STRV_INIT, TK_STRV_INIT };
	struct outgoing o = { { .kind = NULL }, TK_STR_INIT };
	struct tk_str subject = TK_STR_INIT, body = TK_STR_INIT;
	struct tk_strv rcpt = TK_STRV_INIT;
	struct tk_messages messages = { NULL, 0, 0 };
	struct tk_ticket *t = NULL;
	struct tk_actor self;
	enum tk_status st;

	tk_desk_self(desk, &self);
	if ((st = tk_tx_ticket(&t, tx, id, err)) != TK_OK ||
	    (a->to == NULL &&
		(st = tk_reply_recipients(&all, desk, t, err)) != TK_OK))
		goto out;
	tk_strv_add(&rcpt, a->to != NULL ? a->to : all.to.v[0]);
	if ((st = tk_tx_messages(&messages, tx, t, err)) != TK_OK ||
	    (st = tk_render(&subject, &body, desk, t, &self,
		 a->template_name, a->text, err)) != TK_OK)
		goto out;
	struct tk_draft d = { .to = &rcpt,
		.subject = subject.data,
		.date = tk_now(),
		.text = body.data,
		.automatic = true,
		.auto_kind = a->kind };
	struct tk_request req = { .id = id, .act = a->act, .actor = &self,
		.msg = &o.m, .raw = &o.raw, .at = d.date, .rule = a->rule,
		.step = a->step };

	o.m.kind = tk_strdup("auto");
	/* tk_message_is_outgoing() goes by it while the thread is built. */
	o.m.by = tk_strdup(self.id);
	if ((st = compose(&o, desk, t, &messages, &d, NULL, err)) == TK_OK)
		st = tk_act(tx, desk, &req, done, err);
out:
	tk_messages_clear(&messages);
	tk_ticket_free(t);
	tk_str_clear(&subject);
	tk_str_clear(&body);
	tk_strv_clear(&rcpt);
	tk_recipients_clear(&all);
	tk_actor_clear(&self);
	clear(&o);
	return st;
}

enum tk_status
tk_ack_act(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    const char *to, const char *template_name, const char *text,
    struct tk_done *done, struct tk_err *err)
{
	return tk_auto_act(tx, desk, id,
	    &(struct tk_auto){ .act = "ack",
		.to = to,
		.template_name = template_name,
		.text = text,
		.kind = "auto-replied" },
	    done, err);
}
