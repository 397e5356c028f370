/* rating-letter - is a letter a rating, and which? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/rating.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/letter-message.h"
#include "desk/ticket.h"
#include "intake/rating-letter.h"

#define RULE "rating"

struct found {
	char ticket[64];
	size_t closing; /* 0: the one it has now */
	int digit;      /* 0: look into the text */
	bool address;   /* it came to an address of its own */
};

/* A digit of the scale at the beginning of the text, and nothing else in its
 * first line but what people put around one: "5!", "5/5", "5 из 5". */
static int
digit_of(const char *text, int scale)
{
	static const char *const behind[] = { "/", "\xD0\xB8\xD0\xB7 ",
		"\xD0\xB7 ", "of " };
	const char *p = text + strspn(text, " \t\r\n*\xEF\xBB\xBF");
	int digit = *p - '0';
	size_t i;

	if (digit < 1 || digit > scale)
		return 0;
	p++;
	p += strspn(p, " \t");
	for (i = 0; i < TK_COUNT(behind); i++)
		if (tk_starts(p, behind[i])) {
			p += strlen(behind[i]);
			p += strspn(p, " \t");
			p += *p == '0' + scale;
			break;
		}
	p += strspn(p, " \t.!*)+\r");
	return *p == '\n' || *p == '\0' ? digit : 0;
}

/* local+ID.rDIGIT-CLOSING-HASH@domain, in letters of either case. */
static bool
by_address(struct found *f, const struct tk_desk *desk, const char *rcpt)
{
	const char *plus = strchr(rcpt, '+'), *mark = NULL, *p;
	struct tk_str want = TK_STR_INIT, id = TK_STR_INIT;
	struct tk_id parsed;
	unsigned long closing;
	bool good = false;
	char *text, *end;

	for (p = plus; p != NULL && *p != '\0'; p++)
		if (p[0] == '.' && (p[1] == 'r' || p[1] == 'R') &&
		    p[2] >= '0' && p[2] <= '9' && p[3] == '-')
			mark = p;
	if (mark == NULL)
		return false;
	text = tk_strndup(plus + 1, (size_t)(mark - plus - 1));
	closing = strtoul(mark + 4, &end, 10);
	if (*end == '-' && tk_id_parse_loose(&parsed, text, desk->prefix)) {
		tk_id_text(&id, &parsed);
		tk_rating_address(&want, desk, id.data, closing, mark[2] - '0');
		good = tk_strcaseeq(want.data, rcpt);
	}
	if (good) {
		snprintf(f->ticket, sizeof(f->ticket), "%s", id.data);
		f->closing = closing;
		f->digit = mark[2] - '0';
		f->address = true;
	}
	free(text);
	tk_str_clear(&want);
	tk_str_clear(&id);
	return good;
}

/* Does the letter answer the one that asked, after this closing? */
static bool
answers_question(struct tk_tx *tx, const struct tk_letter *l,
    const struct tk_ticket *t, size_t closing)
{
	struct tk_messages all = { NULL, 0, 0 };
	struct tk_err none = TK_ERR_INIT;
	const struct tk_yaml *e;
	const char *msg = NULL;
	bool is = false;
	size_t i;

	for (i = closing; i < tk_ticket_log_n(t); i++) {
		e = tk_ticket_entry(t, i);
		if (tk_streq(tk_yaml_str(e, "act"), "ack") &&
		    tk_streq(tk_yaml_str(e, "rule"), RULE))
			msg = tk_yaml_str(e, "msg");
	}
	if (msg == NULL || tk_tx_messages(&all, tx, t, &none) != TK_OK)
		return false;
	for (i = 0; i < all.n; i++)
		is = is ||
		    (tk_streq(all.v[i].name, msg) &&
			all.v[i].message_id != NULL &&
			tk_strv_has(&l->references, all.v[i].message_id));
	tk_messages_clear(&all);
	return is;
}

static bool
is_rated(const struct tk_ticket *t, size_t closing)
{
	size_t i;

	for (i = closing; i < tk_ticket_log_n(t); i++)
		if (tk_streq(tk_yaml_str(tk_ticket_entry(t, i), "act"), "rate"))
			return true;
	return false;
}

/* What is to be done with it: "rate", "auto" (kept, without effect), or NULL:
 * it is a letter like any other. */
static const char *
act_for(struct found *f, struct tk_tx *tx, struct tk_desk *desk,
    const struct tk_letter *l, const struct tk_ticket *t)
{
	size_t closing = tk_rating_closing(desk->reg, t);
	int scale = desk->reg->rating_scale;

	if (f->digit == 0)
		f->digit = digit_of(l->text.data, scale);
	if (!f->address &&
	    (f->digit == 0 || closing == 0 ||
		!answers_question(tx, l, t, closing)))
		return NULL;
	if (f->address && f->closing != closing)
		return "auto";
	if (f->digit < 1 || f->digit > scale)
		return NULL;
	return is_rated(t, closing) ? "auto" : "rate";
}

static enum tk_status
take(struct tk_intake *out, struct tk_tx *tx, struct tk_desk *desk,
    const struct tk_letter *l, const struct tk_str *raw, const struct found *f,
    const char *act, struct tk_err *err)
{
	struct tk_yaml *set = tk_yaml_map();
	struct tk_message m = { .kind = NULL };
	struct tk_actor actor;
	struct tk_done done;
	enum tk_status st;

	tk_desk_contact(
	    &actor, tk_letter_sender(l)->name, tk_letter_sender(l)->addr);
	tk_letter_message(&m, desk, l, RULE);
	if (strcmp(act, "auto") == 0) {
		free(m.kind);
		m.kind = tk_strdup("auto");
	} else {
		tk_yaml_set_int(set, "rating", f->digit);
	}
	struct tk_request req = { .id = f->ticket,
		.act = act,
		.actor = &actor,
		.set = set,
		.msg = &m,
		.raw = raw,
		.rule = RULE };

	st = tk_act(tx, desk, &req, &done, err);
	if (st == TK_OK) {
		snprintf(out->ticket, sizeof(out->ticket), "%s", done.id);
		snprintf(
		    out->message, sizeof(out->message), "%s", done.message);
		snprintf(out->act, sizeof(out->act), "%s", act);
		snprintf(out->rule, sizeof(out->rule), "%s", RULE);
		snprintf(out->from, sizeof(out->from), "%s", done.from);
		snprintf(out->to, sizeof(out->to), "%s", done.to);
	}
	tk_yaml_free(set);
	tk_message_clear(&m);
	tk_actor_clear(&actor);
	return st;
}

enum tk_status
tk_rating_letter(bool *taken, struct tk_intake *out, struct tk_tx *tx,
    struct tk_desk *desk, const struct tk_letter *l, const struct tk_str *raw,
    const struct tk_match *match, struct tk_err *err)
{
	struct found f = { .ticket = "" };
	struct tk_ticket *t = NULL;
	const char *act = NULL;
	enum tk_status st = TK_OK;
	bool belongs = false;
	size_t i;

	*taken = false;
	if (match->duplicate || !tk_letter_is_human(desk, l) || l->from.n == 0)
		return TK_OK;
	for (i = 0; i < l->rcpts.n && !f.address; i++)
		(void)by_address(&f, desk, l->rcpts.v[i]);
	if (!f.address)
		snprintf(f.ticket, sizeof(f.ticket), "%s", match->ticket);
	if (f.ticket[0] == '\0' || tk_tx_ticket(&t, tx, f.ticket, err) != TK_OK)
		return TK_OK;
	st = tk_match_belongs(
	    &belongs, tx, desk, tk_letter_sender(l)->addr, f.ticket, err);
	/* A colleague does not speak for the client. */
	if (st == TK_OK && belongs &&
	    tk_staff_by_mail(&desk->staff, tk_letter_sender(l)->addr) == NULL)
		act = act_for(&f, tx, desk, l, t);
	if (act != NULL) {
		st = take(out, tx, desk, l, raw, &f, act, err);
		*taken = st == TK_OK;
	}
	tk_ticket_free(t);
	return st;
}
