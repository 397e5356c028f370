/* match - which ticket a letter belongs to. */
#include "desk/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "desk/ticket.h"

struct matching {
	struct tk_match *out;
	struct tk_tx *tx;
	struct tk_desk *desk;
	const struct tk_letter *letter;
	char twin[64]; /* has other words under the same Message-ID, or "" */
};

static void
hit(struct matching *m, const char *ticket, const char *rule, const char *what)
{
	snprintf(m->out->ticket, sizeof(m->out->ticket), "%s", ticket);
	snprintf(m->out->rule, sizeof(m->out->rule), "%s %.160s", rule, what);
}

static enum tk_status
by_id(struct matching *m, const char *rule, const char *message_id,
    struct tk_err *err)
{
	struct tk_index_hit h;
	enum tk_status st =
	    tk_index_find_id(tk_tx_index(m->tx), &h, message_id, err);

	if (st == TK_OK)
		hit(m, h.ticket, rule, message_id);
	return st == TK_ENOENT ? TK_OK : st;
}

static enum tk_status
by_bounce(struct matching *m, struct tk_err *err)
{
	const struct tk_strv *ids = &m->letter->bounced_ids;
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < ids->n && !m->out->ticket[0]; i++)
		st = by_id(m, "bounce of", ids->v[i], err);
	return st;
}

/* local+TK-1.token@domain: the token is a keyed hash, not to be guessed. */
static enum tk_status
by_plus(struct matching *m, struct tk_err *err)
{
	const struct tk_strv *rcpts = &m->letter->rcpts;
	struct tk_str want = TK_STR_INIT;
	const char *plus, *dot, *at;
	struct tk_id id;
	char *text;
	size_t i;

	(void)err;
	for (i = 0; i < rcpts->n && !m->out->ticket[0]; i++) {
		plus = strchr(rcpts->v[i], '+');
		at = strrchr(rcpts->v[i], '@');
		if (plus == NULL || at == NULL || at < plus)
			continue;
		for (dot = at; dot > plus && *dot != '.'; dot--)
			;
		if (dot == plus)
			continue;
		text = tk_strf("%.*s", (int)(dot - plus - 1), plus + 1);
		/* Some mail systems put addresses into small letters. */
		if (tk_id_parse_loose(&id, text, m->desk->prefix)) {
			free(text);
			tk_str_reset(&want);
			tk_id_text(&want, &id);
			text = tk_str_detach(&want);
			tk_desk_plus_address(&want, m->desk, text);
			if (tk_strcaseeq(want.data, rcpts->v[i]))
				hit(m, text, "address", rcpts->v[i]);
		}
		free(text);
	}
	tk_str_clear(&want);
	return TK_OK;
}

static enum tk_status
by_thread(struct matching *m, struct tk_err *err)
{
	const struct tk_strv *refs = &m->letter->references;
	enum tk_status st = TK_OK;
	size_t i;

	for (i = refs->n; st == TK_OK && i > 0 && !m->out->ticket[0]; i--)
		st = by_id(m, i == refs->n ? "in-reply-to" : "references",
		    refs->v[i - 1], err);
	return st;
}

static const char *
sender(const struct tk_letter *l)
{
	return l->from.n > 0 ? l->from.v[0].addr : "";
}

enum tk_status
tk_match_belongs(bool *may, struct tk_tx *tx, const struct tk_desk *desk,
    const char *from, const char *id, struct tk_err *err)
{
	const struct tk_client *c;
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
	if ((st = tk_tx_ticket(&t, tx, id, err)) == TK_OK) {
		c = tk_clients_by_mail(&desk->clients, from);
		*may = c != NULL &&
		    tk_streq(c->id, tk_ticket_get(t, "client"));
	}
	tk_ticket_free(t);
	return st == TK_ENOENT ? TK_OK : st;
}

/* [TK-42] in the subject, only from somebody who belongs there: numbers are
 * easy to guess. */
static enum tk_status
by_tag(struct matching *m, struct tk_err *err)
{
	const char *p = m->letter->subject, *end;
	enum tk_status st = TK_OK;
	struct tk_id id;
	bool may;
	char *text;

	while (st == TK_OK && !m->out->ticket[0] &&
	    (p = strchr(p, '[')) != NULL) {
		p++;
		if ((end = strchr(p, ']')) == NULL)
			break;
		text = tk_strf("%.*s", (int)(end - p < 64 ? end - p : 64), p);
		if (tk_id_parse(&id, text) &&
		    strcmp(id.prefix, m->desk->prefix) == 0) {
			may = false;
			st = tk_match_belongs(&may, m->tx, m->desk,
			    sender(m->letter), text, err);
			if (st == TK_OK && may)
				hit(m, text, "subject tag", text);
		}
		free(text);
	}
	return st;
}

/* When did the ticket reach the state it is in? */
static int64_t
since(const struct tk_ticket *t)
{
	size_t i;

	for (i = tk_ticket_log_n(t); i > 0; i--)
		if (tk_yaml_str(tk_yaml_get(tk_ticket_entry(t, i - 1), "set"),
			"state") != NULL)
			return tk_entry_at(tk_ticket_entry(t, i - 1));
	return 0;
}

/* A letter to a ticket that has been closed for longer than the regulation
 * lets it be opened again starts a new one that follows the old. */
static enum tk_status
check_closed(struct matching *m, struct tk_err *err)
{
	struct tk_ticket *t = NULL;
	const struct tk_process *p;
	const struct tk_state *s;
	enum tk_status st;

	st = tk_tx_ticket(&t, m->tx, m->out->ticket, err);
	if (st == TK_ENOENT || st == TK_EINPUT) {
		/* Known by the index, gone or broken in the tree. */
		m->out->ticket[0] = '\0';
		return TK_OK;
	}
	if (st != TK_OK)
		return st;
	p = tk_process_find(m->desk->reg, tk_ticket_get(t, "type"));
	s = tk_state_find(p, tk_ticket_get(t, "state"));
	if (s != NULL && s->final && m->letter->class == TK_LETTER_NORMAL &&
	    tk_now() - since(t) > m->desk->reg->reopen_window) {
		memcpy(m->out->follows, m->out->ticket, sizeof(m->out->follows));
		m->out->ticket[0] = '\0';
		snprintf(m->out->rule, sizeof(m->out->rule),
		    "new, follows %s closed long ago", m->out->follows);
	}
	tk_ticket_free(t);
	return TK_OK;
}

char *
tk_letter_id(const struct tk_letter *letter)
{
	return letter->message_id[0] != '\0'
	    ? tk_strf("%s", letter->message_id)
	    : tk_strf("%.32s@sha256.invalid", letter->sha256);
}

static enum tk_status
check_duplicate(struct matching *m, struct tk_err *err)
{
	struct tk_index *ix = tk_tx_index(m->tx);
	struct tk_index_hit h;
	enum tk_status st;
	char *id = tk_letter_id(m->letter);

	st = tk_index_has_letter(ix, &h, id, m->letter->body_sha256, err);
	if (st == TK_OK) {
		hit(m, h.ticket, "duplicate of", h.message);
		m->out->duplicate = true;
	} else if (st == TK_ENOENT &&
	    (st = tk_index_find_id(ix, &h, id, err)) == TK_OK) {
		snprintf(m->twin, sizeof(m->twin), "%s", h.ticket);
	}
	free(id);
	return st == TK_ENOENT ? TK_OK : st;
}

enum tk_status
tk_match_letter(struct tk_match *out, struct tk_tx *tx, struct tk_desk *desk,
    const struct tk_letter *letter, struct tk_err *err)
{
	static enum tk_status (*const rules[])(
	    struct matching *m, struct tk_err *err) = { by_bounce, by_plus,
		by_thread, by_tag };
	struct matching m = { out, tx, desk, letter, "" };
	enum tk_status st;
	size_t i;

	memset(out, 0, sizeof(*out));
	if ((st = check_duplicate(&m, err)) != TK_OK || out->duplicate)
		return st;
	for (i = 0; st == TK_OK && i < 4 && out->ticket[0] == '\0'; i++)
		st = rules[i](&m, err);
	if (st == TK_OK && out->ticket[0] != '\0')
		st = check_closed(&m, err);
	if (st == TK_OK && out->rule[0] == '\0')
		snprintf(out->rule, sizeof(out->rule), "new%s%s",
		    m.twin[0] != '\0' ? ", same Message-ID as in " : "",
		    m.twin);
	return st;
}
