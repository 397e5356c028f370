/* match - which ticket a letter belongs to: the rules and their order. */
#include "intake/match.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/ticket.h"
#include "index/index-archive.h"
#include "intake/match-parts.h"

static const struct {
	const char *number, *name;
	tk_match_rule fn;
} rules[] = {
	{ "31", "bounce", tk_match_bounce },
	{ "32", "address with token", tk_match_plus },
	{ "33", "In-Reply-To, References", tk_match_thread },
	{ "43", "letter forwarded as a file", tk_match_forward },
	{ "34", "subject tag", tk_match_tag },
	{ "40", "partner's number", tk_match_partner },
	{ "41", "monitoring", tk_match_monitor },
};

void
tk_match_tell(struct tk_match *m, const char *number, const char *name,
    const char *fmt, ...)
{
	char text[400], *line;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	line = tk_strf("rule %s, %s: %s", number, name, text);
	tk_strv_add_own(&m->tried, line);
}

void
tk_match_hit(struct tk_matching *m, const char *ticket, const char *rule,
    const char *what)
{
	snprintf(m->out->ticket, sizeof(m->out->ticket), "%s", ticket);
	snprintf(m->out->rule, sizeof(m->out->rule), "%s %.160s", rule, what);
}

void
tk_match_clear(struct tk_match *m)
{
	tk_strv_clear(&m->tried);
}

char *
tk_letter_id(const struct tk_letter *letter)
{
	return letter->message_id[0] != '\0'
	    ? tk_strf("%s", letter->message_id)
	    : tk_strf("%.32s@sha256.invalid", letter->sha256);
}

enum tk_status
tk_match_belongs(bool *may, struct tk_tx *tx, struct tk_desk *desk,
    const char *from, const char *id, struct tk_err *err)
{
	const struct tk_client *c;
	const char *client = NULL;
	struct tk_index_archived a;
	struct tk_ticket *t = NULL;
	enum tk_status st;

	*may = false;
	if ((st = tk_index_is_participant(
		 tk_tx_index(tx), may, id, from, err)) != TK_OK ||
	    *may)
		return st;
	if (tk_staff_by_mail(&desk->staff, from) != NULL) {
		*may = true;
		return TK_OK;
	}
	if ((st = tk_tx_ticket(&t, tx, id, err)) == TK_ENOENT) {
		st = tk_index_archived(tk_tx_index(tx), &a, id, err);
		client = a.client;
	} else if (st == TK_OK) {
		client = tk_ticket_get(t, "client");
	}
	if (st == TK_OK &&
	    (st = tk_desk_client_of(&c, desk, from, err)) == TK_OK)
		*may = c != NULL && tk_streq(c->id, client);
	tk_ticket_free(t);
	return st == TK_ENOENT ? TK_OK : st;
}

/* twin: the ticket that has other words under the same Message-ID, or "". */
static enum tk_status
check_duplicate(struct tk_matching *m, char twin[64], struct tk_err *err)
{
	struct tk_index *ix = tk_tx_index(m->tx);
	struct tk_index_hit h;
	enum tk_status st;
	char *id = tk_letter_id(m->letter);

	twin[0] = '\0';
	st = tk_index_has_letter(ix, &h, id, m->letter->body_sha256, err);
	if (st == TK_OK) {
		tk_match_hit(m, h.ticket, "duplicate of", h.message);
		m->out->duplicate = true;
		tk_match_tell(m->out, "42", "duplicate",
		    "yes: message %s of %s has this Message-ID and body",
		    h.message, h.ticket);
	} else if (st == TK_ENOENT &&
	    (st = tk_index_find_id(ix, &h, id, err)) == TK_OK) {
		snprintf(twin, 64, "%s", h.ticket);
		tk_match_tell(m->out, "42", "duplicate",
		    "no: %s has other words under this Message-ID; kept",
		    h.ticket);
	} else if (st == TK_ENOENT) {
		tk_match_tell(m->out, "42", "duplicate", "no: %s",
		    m->letter->message_id[0] != '\0'
			? "Message-ID not seen before"
			: "no Message-ID, and not these bytes before");
		st = TK_OK;
	}
	free(id);
	return st;
}

enum tk_status
tk_match_letter(struct tk_match *out, struct tk_tx *tx, struct tk_desk *desk,
    const struct tk_letter *letter, const struct tk_sender *sender,
    struct tk_err *err)
{
	struct tk_matching m = { out, tx, desk, letter, sender, "" };
	enum tk_status st;
	char twin[64];
	size_t i;

	memset(out, 0, sizeof(*out));
	if ((st = check_duplicate(&m, twin, err)) != TK_OK || out->duplicate)
		return st;
	tk_match_subject(&m);
	for (i = 0; st == TK_OK && i < TK_COUNT(rules); i++) {
		if (out->ticket[0] != '\0')
			break;
		m.why[0] = '\0';
		if ((st = rules[i].fn(&m, err)) == TK_OK)
			tk_match_tell(out, rules[i].number, rules[i].name,
			    "%s: %s", out->ticket[0] != '\0' ? "yes" : "no",
			    out->ticket[0] != '\0' ? out->rule : m.why);
	}
	if (st == TK_OK && out->ticket[0] != '\0')
		st = tk_match_after(&m, err);
	if (st == TK_OK && out->rule[0] == '\0') {
		snprintf(out->rule, sizeof(out->rule), "new%s%s%s%s",
		    twin[0] != '\0' ? ", same Message-ID as in " : "", twin,
		    out->follows[0] != '\0' ? ", follows " : "", out->follows);
		st = tk_match_alike(&m, err);
	}
	return st;
}
