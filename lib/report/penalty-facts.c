/* penalty-facts - the contract behind a penalty, and the commits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "desk/ticket.h"
#include "report/penalty-parts.h"
#include "store/commits.h"

#define COMMIT_DIGITS 12

void
tk_penalty_terms_clear(struct tk_penalty_terms *t)
{
	free(t->client);
	free(t->currency);
	tk_penalty_rules_clear(&t->own);
	memset(t, 0, sizeof(*t));
}

enum tk_status
tk_penalty_terms(
    struct tk_penalty_run *run, const char *client, struct tk_err *err)
{
	struct tk_penalty_terms *t = &run->terms;
	const struct tk_client *c;
	const struct tk_yaml *contract;
	const char *text;
	enum tk_status st;
	char *path;

	if (t->client != NULL && tk_streq(t->client, client))
		return TK_OK;
	tk_penalty_terms_clear(t);
	t->client = tk_strdup(client != NULL ? client : "");
	t->currency = tk_strdup("");
	if (client == NULL)
		return TK_OK;
	if ((st = tk_desk_load_client(run->desk, client, err)) != TK_OK ||
	    (c = tk_clients_find(&run->desk->clients, client)) == NULL)
		return st;
	contract = tk_yaml_get(c->file, "contract");
	text = tk_yaml_str(contract, "currency");
	if (text != NULL) {
		free(t->currency);
		t->currency = tk_strdup(text);
	}
	text = tk_yaml_str(contract, "fee");
	if (text != NULL && !tk_penalty_money(&t->fee, text))
		t->fee = 0;
	path = tk_strf("clients/%s.yaml", client);
	st = tk_penalty_rules_read(&t->own, contract, path, err);
	free(path);
	return st;
}

/* Clients whose contract has rules of its own. */
static enum tk_status
add_own(struct tk_str *out, struct tk_penalty_run *run, struct tk_err *err)
{
	const struct tk_clients *c = &run->desk->clients;
	enum tk_status st = tk_desk_load_clients(run->desk, err);
	size_t i;

	for (i = 0; st == TK_OK && i < c->n; i++)
		if (tk_yaml_get(tk_yaml_get(c->v[i].file, "contract"),
			"penalties") != NULL)
			tk_str_addf(out, "%s\"%s\"", out->len > 0 ? "," : "",
			    c->v[i].id);
	return st;
}

enum tk_status
tk_penalty_narrow(struct tk_str *out, bool *none, struct tk_penalty_run *run,
    const char *query, struct tk_err *err)
{
	struct tk_str own = TK_STR_INIT, at = TK_STR_INIT;
	enum tk_status st = TK_OK;

	if (query[0] != '\0')
		tk_str_addf(out, "(%s) ", query);
	tk_date_rfc3339(&at, run->to);
	tk_str_addf(out, "created<%s", at.data);
	if (run->from > 0) {
		tk_str_reset(&at);
		tk_date_rfc3339(&at, run->from);
		tk_str_addf(out, " (is:open or closed>=%s)", at.data);
	}
	if (run->rules.n == 0)
		st = add_own(&own, run, err);
	*none = run->rules.n == 0 && own.len == 0;
	if (own.len > 0)
		tk_str_addf(out, " client:%s", own.data);
	tk_str_clear(&own);
	tk_str_clear(&at);
	return st;
}

/* When it began to run, and when it ended. */
struct proof {
	char first[COMMIT_DIGITS + 1], last[COMMIT_DIGITS + 1];
	char first_act[32], last_act[32];
	int64_t last_at;
};

struct search {
	struct tk_penalty_run *run;
	struct proof *v; /* one for each penalty */
};

static void
note(char id[COMMIT_DIGITS + 1], char act[32], const struct tk_act_commit *c)
{
	memcpy(id, c->id, COMMIT_DIGITS);
	id[COMMIT_DIGITS] = '\0';
	snprintf(act, 32, "%s", c->act);
}

/* The newest come first: what is noted last as first is the oldest, and as
 * last the first act behind the end of the term that could have met it. */
static void
look(const struct tk_act_commit *c, void *arg)
{
	struct search *s = arg;
	const struct tk_penalties *all = s->run->out;
	size_t i;

	for (i = 0; i < all->n; i++) {
		if (strcmp(all->v[i].ticket, c->ticket) != 0)
			continue;
		note(s->v[i].first, s->v[i].first_act, c);
		if (c->at >= all->v[i].at && strcmp(c->act, "open") != 0) {
			note(s->v[i].last, s->v[i].last_act, c);
			s->v[i].last_at = c->at;
		}
	}
}

enum tk_status
tk_penalty_evidence(struct tk_penalty_run *run, struct tk_err *err)
{
	struct tk_penalties *out = run->out;
	struct search s = { run, tk_calloc(out->n + 1, sizeof(*s.v)) };
	struct tk_str text = TK_STR_INIT;
	int64_t since = INT64_MAX, at;
	struct tk_ticket *t;
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < out->n; i++) {
		st = tk_desk_ticket(&t, run->desk, out->v[i].ticket, err);
		if (st != TK_OK)
			break;
		at = tk_entry_at(tk_ticket_entry(t, 0));
		since = at < since ? at : since;
		tk_ticket_free(t);
	}
	if (st == TK_OK && out->n > 0)
		st = tk_store_acts(run->desk->store, since, look, &s, err);
	for (i = 0; st == TK_OK && i < out->n; i++) {
		tk_str_reset(&text);
		if (s.v[i].first[0] != '\0')
			tk_str_addf(
			    &text, "%s %s", s.v[i].first, s.v[i].first_act);
		if (s.v[i].last[0] != '\0')
			tk_str_addf(
			    &text, ", %s %s", s.v[i].last, s.v[i].last_act);
		free(out->v[i].evidence);
		out->v[i].evidence = tk_strdup(text.data);
	}
	tk_str_clear(&text);
	free(s.v);
	return st;
}
