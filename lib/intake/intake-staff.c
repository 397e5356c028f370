/* intake-staff - a colleague who answers from a mail program of his own. */
#include <stdlib.h>
#include <string.h>

#include "act/letter.h"
#include "act/work.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/ticket.h"
#include "intake/intake-parts.h"
#include "intake/mail-commands.h"

struct doing {
	struct tk_taking *t;
	struct tk_actor actor;
	struct tk_mail_commands commands;
	size_t refused;
};

/* What cannot be done is told to the colleague; what fails is an error. */
static enum tk_status
done(struct doing *d, const char *what, enum tk_status st, struct tk_err *err)
{
	switch (st) {
	case TK_OK:
	case TK_EEXIST: /* it is so already */
		tk_strv_add_own(&d->t->out->acts, tk_strf("%s", what));
		return TK_OK;
	case TK_ESYS:
	case TK_EBUSY:
	case TK_EOUTPUT:
		return st;
	default:
		d->refused++;
		tk_strv_add_own(&d->t->out->acts,
		    tk_strf(_("not done: %s: %s"), what, err->text));
		return TK_OK;
	}
}

static enum tk_status
act(struct doing *d, const char *name, const char *state, struct tk_yaml *set,
    struct tk_err *err)
{
	struct tk_request req = { .id = d->t->out->ticket,
		.act = name,
		.actor = &d->actor,
		.state = state,
		.set = set };
	struct tk_done result;
	enum tk_status st = tk_act(d->t->tx, d->t->desk, &req, &result, err);

	tk_yaml_free(set);
	return st;
}

static struct tk_yaml *
one_field(const char *field, const char *value)
{
	struct tk_yaml *set = tk_yaml_map();

	tk_yaml_set(set, field,
	    strcmp(value, "-") == 0 ? tk_yaml_plain("null")
				    : tk_yaml_text(value));
	return set;
}

static struct tk_yaml *
move_to(const struct tk_desk *desk, const char *queue)
{
	const struct tk_queue *q = tk_queue_find(desk->reg, queue);
	struct tk_yaml *set = one_field("queue", queue);

	if (q != NULL && q->line > 0)
		tk_yaml_set_int(set, "line", q->line);
	tk_yaml_set(set, "assignee", tk_yaml_plain("null"));
	return set;
}

/* "40m what was done" */
static enum tk_status
spend(struct doing *d, const char *arg, struct tk_err *err)
{
	struct tk_spend s = { .actor = &d->actor };
	size_t n = strcspn(arg, " \t");
	char *span = tk_strndup(arg, n);
	struct tk_done result;
	enum tk_status st;

	if (arg[n] != '\0')
		s.what = arg + n + strspn(arg + n, " \t");
	if (!tk_span_parse(&s.seconds, span) || s.seconds <= 0)
		st = tk_fail(err, TK_EINPUT,
		    _("\"%s\" is not a time like 40m, 2h or 1h30m"), span);
	else
		st = tk_spend_act(
		    d->t->tx, d->t->desk, d->t->out->ticket, &s, &result, err);
	free(span);
	return st;
}

static enum tk_status
run(struct doing *d, const struct tk_mail_command *c, struct tk_err *err)
{
	const char *name = c->name, *arg = c->arg;

	if (strcmp(name, "take") == 0)
		return act(
		    d, "take", NULL, one_field("assignee", d->actor.id), err);
	if (strcmp(name, "spend") == 0)
		return spend(d, arg, err);
	if (strcmp(name, "close") == 0)
		return act(d, "close", NULL,
		    arg[0] != '\0' ? one_field("resolution", arg) : NULL, err);
	if (arg[0] == '\0')
		return tk_fail(err, TK_EUSAGE, _("#%s of what?"), name);
	if (strcmp(name, "assign") == 0)
		return act(d, "assign", NULL, one_field("assignee", arg), err);
	if (strcmp(name, "status") == 0)
		return act(d, "status", arg, NULL, err);
	if (strcmp(name, "move") == 0)
		return act(d, "move", NULL, move_to(d->t->desk, arg), err);
	return act(d, "set", NULL, one_field(name, arg), err);
}

static bool
is_known(const char *name)
{
	static const char *const known[] = { "take", "spend", "close", "assign",
		"status", "move", "priority", "category", "note", "from" };
	size_t i;

	for (i = 0; i < TK_COUNT(known); i++)
		if (strcmp(known[i], name) == 0)
			return true;
	return false;
}

static bool
is_last(const char *name)
{
	return strcmp(name, "close") == 0 || strcmp(name, "status") == 0;
}

/* last: what comes behind the answer, because it may ask for one. */
static enum tk_status
run_all(struct doing *d, bool last, struct tk_err *err)
{
	const struct tk_mail_command *c;
	enum tk_status st = TK_OK;
	char *what;
	size_t i;

	for (i = 0; st == TK_OK && i < d->commands.n; i++) {
		c = &d->commands.v[i];
		if (is_last(c->name) != last || strcmp(c->name, "note") == 0 ||
		    strcmp(c->name, "from") == 0)
			continue;
		what = tk_strf(
		    "#%s%s%s", c->name, c->arg[0] != '\0' ? " " : "", c->arg);
		st = is_known(c->name)
		    ? run(d, c, err)
		    : tk_fail(err, TK_EUSAGE, _("there is no such command"));
		st = done(d, what, st, err);
		free(what);
	}
	return st;
}

static enum tk_status
read_files(
    struct tk_attachments *files, const struct tk_taking *t, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	struct tk_attachment *a;
	size_t i;

	for (i = 0; st == TK_OK && i < t->letter->n_parts; i++) {
		files->v = tk_more(files->v, files->n, &files->cap, sizeof(*a));
		a = &files->v[files->n++];
		tk_str_init(&a->data);
		a->name = tk_strdup(t->letter->parts[i].name);
		st =
		    tk_letter_part(&a->data, t->raw->data, t->raw->len, i, err);
	}
	return st;
}

/* Has the client this very letter already, by To or Cc? */
static bool
has_it(const struct tk_letter *l, const struct tk_recipients *r)
{
	struct tk_addresses a = { NULL, 0, 0 };
	bool has = false;
	size_t i, k;

	for (i = 0; i < r->to.n; i++)
		tk_addresses_parse(&a, r->to.v[i]);
	for (i = 0; i < a.n; i++)
		for (k = 0; k < l->rcpts.n; k++)
			has = has || tk_strcaseeq(a.v[i].addr, l->rcpts.v[k]);
	tk_addresses_clear(&a);
	return has;
}

static enum tk_status
answer(struct doing *d, struct tk_err *err)
{
	struct tk_recipients to = { TK_STRV_INIT, TK_STRV_INIT };
	struct tk_attachments files = { NULL, 0, 0 };
	struct tk_taking *t = d->t;
	struct tk_ticket *now = NULL;
	struct tk_done result;
	enum tk_status st;
	char *text;

	if (d->commands.rest.len == 0 ||
	    tk_mail_commands_get(&d->commands, "note") != NULL)
		return TK_OK;
	if ((st = tk_tx_ticket(&now, t->tx, t->out->ticket, err)) == TK_OK)
		st = tk_reply_recipients(&to, t->desk, now, err);
	if (st == TK_OK && has_it(t->letter, &to)) {
		tk_strv_add(&t->out->acts,
		    "not sent on: the client was written to directly");
		goto out;
	}
	if (st == TK_OK)
		st = read_files(&files, t, err);
	if (st == TK_OK) {
		text = tk_strf("%s\n", d->commands.rest.data);
		st = tk_reply_act(t->tx, t->desk, t->out->ticket,
		    &(struct tk_reply){ .actor = &d->actor,
			.text = text,
			.to = &to,
			.files = files.n > 0 ? &files : NULL },
		    &result, err);
		free(text);
	}
	st = done(d, "reply", st, err);
out:
	tk_ticket_free(now);
	tk_attachments_clear(&files);
	tk_recipients_clear(&to);
	return st;
}

static void
become(struct tk_actor *a, const struct tk_person *p)
{
	a->kind = TK_ACTOR_STAFF;
	a->id = tk_strdup(p->id);
	a->name = tk_strdup(p->name);
	a->mail = tk_strdup(p->mail.n > 0 ? p->mail.v[0] : "");
	tk_strv_copy(&a->roles, &p->roles);
	tk_strv_copy(&a->queues, &p->queues);
}

/* The colleague is told what was not done, and why. */
static enum tk_status
report(struct tk_taking *t, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_done result;
	enum tk_status st;
	size_t i;

	for (i = 0; i < t->out->acts.n; i++)
		tk_str_addf(&text, "  %s\n", t->out->acts.v[i]);
	st = tk_ack_act(t->tx, t->desk, t->out->ticket, t->sender.addr,
	    "mail-commands", text.data, &result, err);
	tk_str_clear(&text);
	return st == TK_ESYS || st == TK_EBUSY ? st : TK_OK;
}

enum tk_status
tk_taking_staff(struct tk_taking *t, struct tk_err *err)
{
	struct doing d = { .t = t };
	enum tk_status st = TK_OK;
	bool asks;

	tk_mail_commands_parse(&d.commands, t->letter->text.data);
	asks = d.commands.n > 0;
	if (!t->sender.is_verified) {
		if (asks || t->sender.has_judge)
			tk_strv_add(&t->out->acts,
			    _("kept as a note: nobody has proved that the "
			      "letter is from you"));
		d.refused = asks || t->sender.has_judge;
		tk_taking_tell(
		    t, "46", "colleague", "not verified: kept as a note");
	} else {
		become(&d.actor, t->sender.staff);
		tk_taking_tell(t, "46", "colleague", "%s, verified by %s",
		    d.actor.id, t->sender.proof.data);
		if ((st = run_all(&d, false, err)) == TK_OK &&
		    (st = answer(&d, err)) == TK_OK)
			st = run_all(&d, true, err);
		tk_actor_clear(&d.actor);
	}
	if (st == TK_OK && d.refused > 0)
		st = report(t, err);
	tk_mail_commands_clear(&d.commands);
	return st;
}
