/* match-after - what becomes of the ticket that a letter was led to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/merge.h"
#include "base/ambient.h"
#include "desk/ticket.h"
#include "index/index-archive.h"
#include "intake/match-parts.h"
#include "mail/letter.h"

#define MERGES_MAX 20 /* one into the next */

static const struct tk_state *
state_of(
    const struct tk_desk *desk, const struct tk_ticket *t, const char *state)
{
	return tk_state_find(
	    tk_process_find(desk->reg, tk_ticket_get(t, "type")),
	    state != NULL ? state : "");
}

static bool
is_final(const struct tk_desk *desk, const struct tk_ticket *t)
{
	const struct tk_state *s = state_of(desk, t, tk_ticket_get(t, "state"));

	return s != NULL && s->final;
}

static const char *
state_set(const struct tk_ticket *t, size_t i)
{
	return tk_yaml_str(tk_yaml_get(tk_ticket_entry(t, i), "set"), "state");
}

/* When did the ticket reach the state it is in? */
static int64_t
since(const struct tk_ticket *t)
{
	size_t i;

	for (i = tk_ticket_log_n(t); i > 0; i--)
		if (state_set(t, i - 1) != NULL)
			return tk_entry_at(tk_ticket_entry(t, i - 1));
	return 0;
}

/* How often did letters open it again since then? */
static int
reopened(const struct tk_desk *desk, const struct tk_ticket *t, int64_t from)
{
	const struct tk_state *was = NULL, *is;
	const char *set;
	size_t i;
	int n = 0;

	for (i = 0; i < tk_ticket_log_n(t); i++) {
		if ((set = state_set(t, i)) == NULL)
			continue;
		is = state_of(desk, t, set);
		n += was != NULL && was->final && is != NULL && !is->final &&
		    tk_entry_at(tk_ticket_entry(t, i)) >= from &&
		    tk_streq(
			tk_yaml_str(tk_ticket_entry(t, i), "act"), "answer");
		was = is;
	}
	return n;
}

static bool
is_too_often(const struct tk_desk *desk, const struct tk_ticket *t)
{
	const struct tk_limits *l = &desk->reg->mail.reopen;
	size_t i;

	for (i = 0; i < l->n; i++)
		if (reopened(desk, t, tk_now() - l->v[i].span) >= l->v[i].n)
			return true;
	return false;
}

static void
begin_new(struct tk_matching *m, const char *why)
{
	memcpy(m->out->follows, m->out->ticket, sizeof(m->out->follows));
	m->out->ticket[0] = '\0';
	snprintf(m->out->rule, sizeof(m->out->rule), "new, follows %s %s",
	    m->out->follows, why);
}

/* A letter to a ticket that has been closed for longer than the regulation
 * lets it be opened again starts a new one that follows the old. */
static void
check_closed(struct tk_matching *m, const struct tk_ticket *t)
{
	const struct tk_regulation *reg = m->desk->reg;
	const char *id = m->out->ticket;

	if (!is_final(m->desk, t) || !tk_letter_is_human(m->desk, m->letter) ||
	    m->out->monitor != NULL || m->sender->staff != NULL) {
		tk_match_tell(m->out, "39", "closed",
		    is_final(m->desk, t)
			? "%s is, and this letter does not open it"
			: "%s is not",
		    id);
	} else if (tk_now() - since(t) > reg->reopen_window) {
		tk_match_tell(m->out, "39", "closed",
		    "%s is, for longer than reopen.window: a new ticket", id);
		begin_new(m, "closed long ago");
	} else if (m->sender->has_judge && !m->sender->is_verified &&
	    !reg->mail.reopen_unverified) {
		tk_match_tell(m->out, "45", "verified",
		    "no: who is not verified does not open %s again", id);
		begin_new(m, "closed, and the sender is not verified");
	} else if (is_too_often(m->desk, t)) {
		m->out->is_quiet = true;
		tk_match_tell(m->out, "19", "limit of reopenings",
		    "reached: %s stays closed", id);
	} else {
		tk_match_tell(m->out, "39", "closed",
		    "%s is, and may be opened again", id);
	}
}

static enum tk_status
read_ticket(struct tk_ticket **t, struct tk_matching *m, struct tk_err *err)
{
	enum tk_status st = tk_tx_ticket(t, m->tx, m->out->ticket, err);
	struct tk_index_archived a;

	if (st != TK_ENOENT && st != TK_EINPUT)
		return st;
	st = tk_index_archived(tk_tx_index(m->tx), &a, m->out->ticket, err);
	if (st == TK_OK) {
		tk_match_tell(m->out, "39", "closed",
		    "%s is, and lies in the archive %s: a new ticket",
		    m->out->ticket, a.year);
		begin_new(m, "closed long ago, in an archive");
		return TK_OK;
	}
	/* Known by the index, gone or broken in the tree. */
	m->out->ticket[0] = m->out->rule[0] = '\0';
	return st == TK_ENOENT ? TK_OK : st;
}

static enum tk_status
follow(struct tk_ticket **t, struct tk_matching *m, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	const char *to;
	struct tk_id id;
	size_t n, i;

	for (i = 0; st == TK_OK && i < MERGES_MAX && *t != NULL &&
	     (to = tk_merged_into(*t)) != NULL && tk_id_parse(&id, to);
	     i++) {
		tk_match_tell(
		    m->out, "38", "merged", "%s into %s", m->out->ticket, to);
		n = strlen(m->out->rule);
		snprintf(m->out->rule + n, sizeof(m->out->rule) - n,
		    ", %s merged", m->out->ticket);
		snprintf(m->out->ticket, sizeof(m->out->ticket), "%s", to);
		tk_ticket_free(*t);
		*t = NULL;
		st = read_ticket(t, m, err);
	}
	return st;
}

/* Somebody hands a letter of this ticket on to another department: that is
 * its own matter. */
static bool
is_for_another(const struct tk_matching *m, const struct tk_ticket *t)
{
	const struct tk_queue *q = tk_match_queue(m->desk, m->letter);

	return q != NULL && tk_letter_is_forward(m->letter->subject) &&
	    !tk_streq(q->id, tk_ticket_get(t, "queue"));
}

enum tk_status
tk_match_after(struct tk_matching *m, struct tk_err *err)
{
	struct tk_ticket *t = NULL;
	enum tk_status st = read_ticket(&t, m, err);

	if (st == TK_OK && t != NULL)
		st = follow(&t, m, err);
	if (st == TK_OK && t != NULL && is_for_another(m, t)) {
		tk_match_tell(m->out, "43", "forward",
		    "to another queue than that of %s: a new ticket",
		    m->out->ticket);
		begin_new(m, "forwarded to another queue");
	} else if (st == TK_OK && t != NULL) {
		check_closed(m, t);
	}
	tk_ticket_free(t);
	return st;
}

const struct tk_queue *
tk_match_queue(const struct tk_desk *desk, const struct tk_letter *l)
{
	const struct tk_queue *q;
	size_t i, k;

	for (i = 0; i < desk->reg->n_queues; i++)
		for (k = 0, q = &desk->reg->queue[i];
		     q->address != NULL && k < l->rcpts.n; k++)
			if (tk_strcaseeq(q->address, l->rcpts.v[k]))
				return q;
	return NULL;
}
