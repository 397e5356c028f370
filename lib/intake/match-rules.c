/* match-rules - what threads a letter: ids and addresses. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/index-mark.h"
#include "intake/match-parts.h"
#include "model/id.h"

enum tk_status
tk_match_by_id(struct tk_matching *m, const char *rule, const char *message_id,
    struct tk_err *err)
{
	struct tk_index *ix = tk_tx_index(m->tx);
	struct tk_index_hit h;
	int64_t clients = 0;
	enum tk_status st = tk_index_find_id(ix, &h, message_id, err);

	if (st == TK_ENOENT)
		return TK_OK;
	/* Programs that write one id into all their letters. */
	if (st == TK_OK &&
	    (st = tk_index_id_clients(ix, &clients, message_id, err)) != TK_OK)
		return st;
	if (st == TK_OK && clients > 1)
		snprintf(m->why, sizeof(m->why),
		    "%.150s stands in letters of %d clients (rule 37)",
		    message_id, (int)clients);
	else if (st == TK_OK)
		tk_match_hit(m, h.ticket, rule, message_id);
	return st;
}

enum tk_status
tk_match_bounce(struct tk_matching *m, struct tk_err *err)
{
	const struct tk_strv *ids = &m->letter->bounced_ids;
	enum tk_status st = TK_OK;
	size_t i;

	snprintf(m->why, sizeof(m->why), "%s",
	    m->letter->class != TK_LETTER_BOUNCE ? "not a delivery report"
		: ids->n == 0 ? "the report names no Message-ID"
			      : "the Message-ID in it is not one of ours");
	for (i = 0; st == TK_OK && i < ids->n && !m->out->ticket[0]; i++)
		st = tk_match_by_id(m, "bounce of", ids->v[i], err);
	return st;
}

/* local+TK-1.token@domain: the token is a keyed hash, not to be guessed. */
static void
try_plus(struct tk_matching *m, const char *rcpt)
{
	const char *plus = strchr(rcpt, '+'), *at = strrchr(rcpt, '@'), *dot;
	struct tk_str want = TK_STR_INIT;
	struct tk_id id;
	char *text;

	if (plus == NULL || at == NULL || at < plus)
		return;
	for (dot = at; dot > plus && *dot != '.'; dot--)
		;
	if (dot == plus)
		return;
	text = tk_strf("%.*s", (int)(dot - plus - 1), plus + 1);
	/* Some mail systems put addresses into small letters. */
	if (tk_id_parse_loose(&id, text, m->desk->prefix)) {
		free(text);
		tk_id_text(&want, &id);
		text = tk_str_detach(&want);
		tk_desk_plus_address(&want, m->desk, text);
		if (tk_strcaseeq(want.data, rcpt))
			tk_match_hit(m, text, "address", rcpt);
		else
			snprintf(m->why, sizeof(m->why),
			    "the token of %.200s is not right", rcpt);
	}
	free(text);
	tk_str_clear(&want);
}

enum tk_status
tk_match_plus(struct tk_matching *m, struct tk_err *err)
{
	const struct tk_strv *rcpts = &m->letter->rcpts;
	size_t i;

	(void)err;
	snprintf(m->why, sizeof(m->why), "no such address in it");
	for (i = 0; i < rcpts->n && !m->out->ticket[0]; i++)
		try_plus(m, rcpts->v[i]);
	return TK_OK;
}

enum tk_status
tk_match_thread(struct tk_matching *m, struct tk_err *err)
{
	const struct tk_strv *refs = &m->letter->references;
	enum tk_status st = TK_OK;
	size_t i;

	snprintf(m->why, sizeof(m->why),
	    refs->n == 0 ? "the letter answers none"
			 : "none of its %zu ids came in or went out here",
	    refs->n);
	for (i = refs->n; st == TK_OK && i > 0 && !m->out->ticket[0]; i--)
		st = tk_match_by_id(m,
		    i == refs->n ? "in-reply-to" : "references", refs->v[i - 1],
		    err);
	return st;
}

/* A colleague hands on what he got: the letter inside says where it belongs.
 * From others that would be a way into any ticket. */
enum tk_status
tk_match_forward(struct tk_matching *m, struct tk_err *err)
{
	const struct tk_strv *ids = &m->letter->inner_ids;
	enum tk_status st = TK_OK;
	size_t i;

	snprintf(m->why, sizeof(m->why), "%s",
	    ids->n == 0             ? "no letter in it"
		: !m->sender->staff ? "the sender is not on the staff"
				    : "the letter in it is not known here");
	if (m->sender->staff == NULL)
		return TK_OK;
	for (i = 0; st == TK_OK && i < ids->n && !m->out->ticket[0]; i++)
		st = tk_match_by_id(m, "forwarded letter", ids->v[i], err);
	return st;
}
