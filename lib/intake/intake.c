/* intake - a letter becomes a ticket or joins one. */
#include "intake/intake.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/ticket.h"
#include "intake/intake-parts.h"
#include "intake/match-parts.h"
#include "intake/rating-letter.h"
#include "store/blob.h"

void
tk_intake_clear(struct tk_intake *in)
{
	tk_strv_clear(&in->acts);
	tk_strv_clear(&in->tried);
	memset(in, 0, sizeof(*in));
}

void
tk_taking_tell(struct tk_taking *t, const char *number, const char *name,
    const char *fmt, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	tk_match_tell(&t->match, number, name, "%s", text);
}

static void
tell_who(struct tk_taking *t)
{
	const struct tk_sender *s = &t->sender;

	if (t->letter->class_rule[0] != '\0')
		tk_taking_tell(t, "10-17", "automatic", "%s: %s",
		    tk_letter_class_name(t->letter->class),
		    t->letter->class_rule);
	else
		tk_taking_tell(t, "10-18", "automatic", "%s",
		    t->is_human ? "no: a person's letter"
				: "our own letter came back");
	tk_taking_tell(t, "44", "sender", "%s: %s", s->addr,
	    s->is_verified     ? s->proof.data
		: s->has_judge ? "not verified"
			       : "nobody verifies (tk.authserv is not set)");
	if (s->staff != NULL)
		tk_taking_tell(
		    t, "46", "sender", "is %s of the staff", s->staff->id);
	else if (s->client != NULL)
		tk_taking_tell(
		    t, "45", "sender", "is of the client %s", s->client->id);
}

/* The state of a ticket came about by a letter that all is well. */
static enum tk_status
is_recovered(bool *is, struct tk_taking *t, struct tk_err *err)
{
	struct tk_ticket *now = NULL;
	enum tk_status st = tk_tx_ticket(&now, t->tx, t->match.ticket, err);
	const struct tk_yaml *e;
	size_t i;

	*is = false;
	for (i = 0; st == TK_OK && i < tk_ticket_log_n(now); i++) {
		e = tk_ticket_entry(now, i);
		if (tk_yaml_str(tk_yaml_get(e, "set"), "state") != NULL)
			*is = tk_streq(tk_yaml_str(e, "act"), "recover");
	}
	tk_ticket_free(now);
	return st;
}

static enum tk_status
choose_act(const char **act, struct tk_taking *t, struct tk_err *err)
{
	const struct tk_letter *l = t->letter;
	enum tk_status st = TK_OK;
	bool again = false;

	*act = "answer";
	if (t->match.monitor != NULL) {
		st = is_recovered(&again, t, err);
		/* Who is not verified ends nothing. */
		if (t->match.is_recovery)
			*act = t->sender.has_judge && !t->sender.is_verified
			    ? "auto"
			    : "recover";
		else
			*act = again ? "answer" : "auto";
	} else if (l->class == TK_LETTER_BOUNCE) {
		*act = "bounce";
	} else if (!t->is_human || t->match.is_quiet) {
		*act = "auto";
	} else if (t->sender.staff != NULL) {
		/* A colleague's letter is not the client's word. */
		*act = "note";
	}
	return st;
}

static void
set_text(char **to, const char *text)
{
	free(*to);
	*to = tk_strdup(text);
}

static void
fill_message(struct tk_taking *t, const char *act)
{
	char *why = NULL;

	if (strcmp(act, "note") == 0)
		set_text(&t->m.kind, "note");
	if (t->match.monitor != NULL)
		why = tk_strf("monitoring: %s", t->match.monitor->id);
	else if (t->match.is_quiet)
		why = tk_strf("limit of reopenings");
	if (why != NULL) {
		set_text(&t->m.kind, "auto");
		if (t->m.class_rule == NULL)
			t->m.class_rule = tk_strdup(why);
	}
	free(why);
	if (t->sender.auth.len > 0)
		set_text(&t->m.auth, t->sender.auth.data);
	if (t->sender.is_verified)
		set_text(&t->m.verified, t->sender.proof.data);
	if (t->out->ack[0] != '\0')
		set_text(&t->m.ack, t->out->ack);
}

/* The partner's number, where the ticket has none of that kind yet. */
static enum tk_status
set_partner(struct tk_taking *t, struct tk_err *err)
{
	struct tk_strv refs = TK_STRV_INIT;
	struct tk_ticket *now = NULL;
	enum tk_status st = TK_OK;

	if (t->match.partner[0] == '\0')
		return TK_OK;
	if (t->match.ticket[0] != '\0' &&
	    (st = tk_tx_ticket(&now, t->tx, t->match.ticket, err)) == TK_OK)
		tk_yaml_strv(tk_ticket_head(now), "partner_ref", &refs);
	if (st == TK_OK && !tk_strv_has(&refs, t->match.partner)) {
		tk_strv_add(&refs, t->match.partner);
		tk_yaml_set_strv(t->set, "partner_ref", &refs);
	}
	tk_strv_clear(&refs);
	tk_ticket_free(now);
	return st;
}

static enum tk_status
do_act(struct tk_taking *t, const char *act, struct tk_err *err)
{
	struct tk_request req = { .act = act,
		.msg = &t->m,
		.raw = t->raw,
		.blob = t->blob,
		.rule = t->match.rule,
		.set = t->set };
	struct tk_actor actor;
	struct tk_done done;
	enum tk_status st;

	if (t->match.ticket[0] != '\0')
		req.id = t->match.ticket;
	tk_desk_contact(&actor, t->sender.name, t->sender.addr);
	req.actor = &actor;
	if (t->blob != NULL && tk_streq(t->m.text, t->letter->text.data))
		req.stems = t->blob->stems;
	snprintf(t->out->act, sizeof(t->out->act), "%s", act);
	fill_message(t, act);
	if ((st = tk_act(t->tx, t->desk, &req, &done, err)) == TK_OK) {
		snprintf(t->out->ticket, sizeof(t->out->ticket), "%s", done.id);
		snprintf(t->out->message, sizeof(t->out->message), "%s",
		    done.message);
		snprintf(t->out->from, sizeof(t->out->from), "%s", done.from);
		snprintf(t->out->to, sizeof(t->out->to), "%s", done.to);
	}
	tk_actor_clear(&actor);
	return st;
}

static enum tk_status
join(struct tk_taking *t, struct tk_err *err)
{
	const char *act;
	enum tk_status st = tk_taking_admit_token(t, err);

	if (st != TK_OK || t->out->aside != TK_ASIDE_NO)
		return st;
	st = choose_act(&act, t, err);
	if (st == TK_OK && strcmp(act, "answer") == 0 && t->is_human)
		st = tk_letter_answer_fields(
		    t->set, t->tx, t->desk, t->letter, t->match.ticket, err);
	if (st == TK_OK)
		st = set_partner(t, err);
	if (st == TK_OK)
		st = do_act(t, act, err);
	if (st == TK_OK && strcmp(act, "note") == 0)
		st = tk_taking_staff(t, err);
	return st;
}

static enum tk_status
begin(struct tk_taking *t, struct tk_err *err)
{
	const char *queue, *to;
	enum tk_status st = tk_letter_open_fields(
	    t->set, t->desk, t->letter, &t->match, &t->sender, err);

	queue = tk_yaml_str(t->set, "queue");
	snprintf(t->out->queue, sizeof(t->out->queue), "%s",
	    queue != NULL ? queue : "");
	if (st == TK_OK)
		st = tk_taking_admit(t, err);
	if (st != TK_OK || t->out->aside != TK_ASIDE_NO)
		return st;
	if ((st = set_partner(t, err)) != TK_OK ||
	    (st = tk_taking_ack_to(&to, t, err)) != TK_OK ||
	    (st = do_act(t, "open", err)) != TK_OK)
		return st;
	return tk_taking_ack(t, to, err);
}

enum tk_status
tk_intake_letter(struct tk_intake *out, struct tk_tx *tx, struct tk_desk *desk,
    const struct tk_letter *l, const struct tk_str *raw,
    const struct tk_intake_how *how, struct tk_err *err)
{
	struct tk_taking t = { .out = out,
		.tx = tx,
		.desk = desk,
		.letter = l,
		.raw = raw,
		.blob = how->blob,
		.is_welcome = how->is_welcome };
	enum tk_status st;
	bool rated = false;

	tk_intake_clear(out);
	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	if (tk_sender_read(&t.sender, desk, l, err) != TK_OK) {
		/* A client's file that cannot be read is no fault of a
		 * letter. */
		tk_sender_clear(&t.sender);
		return err->status = TK_ESYS;
	}
	t.is_human = tk_letter_is_human(desk, l);
	st = tk_match_letter(&t.match, tx, desk, l, &t.sender, err);
	snprintf(out->ticket, sizeof(out->ticket), "%s", t.match.ticket);
	snprintf(out->rule, sizeof(out->rule), "%s", t.match.rule);
	if (st == TK_OK)
		st = tk_rating_letter(
		    &rated, out, tx, desk, l, raw, &t.match, err);
	if (st == TK_OK && t.match.duplicate) {
		snprintf(out->act, sizeof(out->act), "duplicate");
	} else if (st == TK_OK && !rated) {
		tell_who(&t);
		tk_letter_message(&t.m, desk, l, t.match.rule);
		t.m.whole = tk_strdup(how->whole);
		t.set = tk_yaml_map();
		st = t.match.ticket[0] != '\0' ? join(&t, err) : begin(&t, err);
	}
	tk_strv_copy(&out->tried, &t.match.tried);
	tk_yaml_free(t.set);
	tk_message_clear(&t.m);
	tk_match_clear(&t.match);
	tk_sender_clear(&t.sender);
	return st;
}
