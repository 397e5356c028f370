/* match-subject - what a subject says: a tag, a number, a key. */
#define _GNU_SOURCE /* FNM_CASEFOLD */
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/utf8.h"
#include "desk/ticket.h"
#include "index/index-mark.h"
#include "intake/match-parts.h"
#include "mail/compose.h"

#define ALIKE_SPAN (48 * 3600) /* seconds */

/* [TK-42] in the subject, only from somebody who belongs there: numbers are
 * easy to guess. */
enum tk_status
tk_match_tag(struct tk_matching *m, struct tk_err *err)
{
	const char *p = m->letter->subject, *end;
	enum tk_status st = TK_OK;
	struct tk_id id;
	bool may;
	char *text;

	snprintf(m->why, sizeof(m->why), "no tag in it");
	while (
	    st == TK_OK && !m->out->ticket[0] && (p = strchr(p, '[')) != NULL) {
		p++;
		if ((end = strchr(p, ']')) == NULL)
			break;
		text = tk_strf("%.*s", (int)(end - p < 64 ? end - p : 64), p);
		if (tk_id_parse(&id, text) &&
		    strcmp(id.prefix, m->desk->prefix) == 0) {
			may = false;
			st = tk_match_belongs(&may, m->tx, m->desk,
			    m->letter->from.n > 0 ? m->sender->addr : "", text,
			    err);
			if (st == TK_OK && may)
				tk_match_hit(m, text, "subject tag", text);
			else
				snprintf(m->why, sizeof(m->why),
				    "the sender has no part in %s", text);
		}
		free(text);
	}
	return st;
}

static bool
is_from(const struct tk_sender_rule *r, const char *addr)
{
	return r->from == NULL || fnmatch(r->from, addr, FNM_CASEFOLD) == 0;
}

/* The first rule of the list whose sender and subject fit. */
static const struct tk_sender_rule *
find_rule(struct tk_str *key, bool *recovery,
    const struct tk_sender_rules *rules, const struct tk_matching *m)
{
	const struct tk_sender_rule *r;
	size_t i;

	for (i = 0; i < rules->n; i++) {
		r = &rules->v[i];
		if (!is_from(r, m->sender->addr))
			continue;
		*recovery = tk_sender_rule_key(
		    key, r, &r->recovery, m->letter->subject);
		if (*recovery ||
		    tk_sender_rule_key(key, r, &r->problem, m->letter->subject))
			return r;
	}
	return NULL;
}

/* The number that a partner has given to our matter; a ticket has it in
 * partner_ref, by hand or from a letter of theirs that was threaded. */
enum tk_status
tk_match_partner(struct tk_matching *m, struct tk_err *err)
{
	const struct tk_sender_rules *rules = &m->desk->reg->mail.partners;
	struct tk_index_hit h;
	enum tk_status st;

	snprintf(m->why, sizeof(m->why), "%s",
	    rules->n == 0             ? "no partners in the regulation"
		: !m->out->partner[0] ? "no partner writes so"
				      : "no ticket has that number");
	if (m->out->partner[0] == '\0')
		return TK_OK;
	st = tk_index_find_mark(
	    tk_tx_index(m->tx), &h, "partner_ref", m->out->partner, err);
	if (st == TK_OK)
		tk_match_hit(m, h.ticket, "partner's number", m->out->partner);
	return st == TK_ENOENT ? TK_OK : st;
}

static bool
is_final(const struct tk_matching *m, const struct tk_ticket *t)
{
	const char *state = tk_ticket_get(t, "state");
	const struct tk_state *s = tk_state_find(
	    tk_process_find(m->desk->reg, tk_ticket_get(t, "type")),
	    state != NULL ? state : "");

	return s != NULL && s->final;
}

/* Problem and recovery of one host and service are one ticket, as long as it
 * is not done with; then the next problem follows it. */
enum tk_status
tk_match_monitor(struct tk_matching *m, struct tk_err *err)
{
	struct tk_ticket *t = NULL;
	struct tk_index_hit h;
	enum tk_status st;

	snprintf(m->why, sizeof(m->why), "%s",
	    m->desk->reg->mail.monitors.n == 0
		? "no monitoring in the regulation"
		: m->out->monitor == NULL ? "no monitoring program writes so"
					  : "nothing is known of that key");
	if (m->out->monitor == NULL)
		return TK_OK;
	st = tk_index_find_mark(
	    tk_tx_index(m->tx), &h, "monitor", m->out->key, err);
	if (st == TK_OK)
		st = tk_tx_ticket(&t, m->tx, h.ticket, err);
	if (st == TK_ENOENT && h.ticket[0] != '\0' && !m->out->is_recovery)
		snprintf(m->out->follows, sizeof(m->out->follows), "%s",
		    h.ticket); /* in an archive */
	if (st == TK_OK && is_final(m, t)) {
		snprintf(m->why, sizeof(m->why), "%s is closed", h.ticket);
		if (!m->out->is_recovery)
			snprintf(m->out->follows, sizeof(m->out->follows), "%s",
			    h.ticket);
	}
	if (st == TK_OK && (!is_final(m, t) || m->out->is_recovery))
		tk_match_hit(m, h.ticket, "monitoring", m->out->key);
	tk_ticket_free(t);
	return st == TK_ENOENT || st == TK_EINPUT ? TK_OK : st;
}

void
tk_match_subject(struct tk_matching *m)
{
	struct tk_mail_rules *r = &m->desk->reg->mail;
	struct tk_str key = TK_STR_INIT;
	bool recovery = false;

	if (find_rule(&key, &recovery, &r->partners, m) != NULL)
		snprintf(
		    m->out->partner, sizeof(m->out->partner), "%s", key.data);
	tk_str_reset(&key);
	m->out->monitor = find_rule(&key, &recovery, &r->monitors, m);
	m->out->is_recovery = m->out->monitor != NULL && recovery;
	if (m->out->monitor != NULL)
		snprintf(m->out->key, sizeof(m->out->key), "%s %s",
		    m->out->monitor->id, key.data);
	tk_str_clear(&key);
}

/* The same client, the same subject, not long ago: people decide. */
enum tk_status
tk_match_alike(struct tk_matching *m, struct tk_err *err)
{
	struct tk_str plain = TK_STR_INIT, low = TK_STR_INIT;
	char *title = tk_letter_title(m->letter);
	struct tk_index_hit h;
	enum tk_status st;

	tk_compose_subject(&plain, title, NULL);
	free(title);
	tk_utf8_lower(&low, plain.data + strlen("Re: "));
	st = low.len == 0 || m->out->monitor != NULL ||
		m->out->follows[0] != '\0'
	    ? TK_ENOENT
	    : tk_index_find_alike(tk_tx_index(m->tx), &h, low.data,
		  m->sender->client != NULL ? m->sender->client->id : "",
		  m->sender->addr, tk_now() - ALIKE_SPAN, err);
	if (st == TK_OK) {
		size_t n = strlen(m->out->rule);

		snprintf(m->out->rule + n, sizeof(m->out->rule) - n,
		    "; like %s", h.ticket);
	}
	tk_match_tell(m->out, "35", "the same subject", "%s%s",
	    st == TK_OK ? "not joined, only told: " : "no",
	    st == TK_OK ? h.ticket : "");
	tk_str_clear(&plain);
	tk_str_clear(&low);
	return st == TK_ENOENT ? TK_OK : st;
}
