/* penalty - what missed terms cost us: clocks against rules. */
#include "report/penalty.h"

#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/zone.h"
#include "desk/overview.h"
#include "desk/ticket.h"
#include "report/penalty-parts.h"

#define RELATIONS "regulation/relations.yaml"

static void
clear_one(struct tk_penalty *p)
{
	free(p->ticket);
	free(p->client);
	free(p->target);
	free(p->rule);
	free(p->clock);
	free(p->penalty);
	free(p->evidence);
	free(p->currency);
}

void
tk_penalties_clear(struct tk_penalties *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		clear_one(&p->v[i]);
	free(p->v);
	memset(p, 0, sizeof(*p));
}

/* "4h" of 14400. */
static void
add_span(struct tk_str *out, int64_t seconds)
{
	if (seconds % 3600 == 0)
		tk_str_addf(out, "%lldh", (long long)(seconds / 3600));
	else
		tk_str_addf(out, "%lldm", (long long)((seconds + 59) / 60));
}

static char *
clock_words(const struct tk_clocks *c, const struct tk_clock *k)
{
	struct tk_str s = TK_STR_INIT;

	tk_str_addf(&s, "%s, ", c->class != NULL ? c->class : "-");
	add_span(&s, k->used);
	tk_str_add(&s, " / ");
	add_span(&s, k->term);
	tk_str_addf(&s, ", regulation %d", c->regulation);
	if (k->line > 0)
		tk_str_addf(&s, ", regulation/sla.yaml:%u", k->line);
	return tk_str_detach(&s);
}

static struct tk_penalty *
add(struct tk_penalty_run *run, const struct tk_ticket *t,
    const struct tk_penalty_rule *r, const struct tk_clocks *c,
    const struct tk_clock *k, int64_t at)
{
	struct tk_penalties *out = run->out;
	const char *client = tk_ticket_get(t, "client");
	struct tk_penalty *p;

	out->v = tk_more(out->v, out->n, &out->cap, sizeof(*out->v));
	p = &out->v[out->n++];
	p->ticket = tk_strdup(tk_ticket_id(t));
	p->client = tk_strdup(client != NULL ? client : "");
	p->target =
	    tk_strdup(r->downtime ? "downtime" : tk_target_name(r->target));
	p->rule = tk_strf("%s:%u", r->file, r->line);
	p->clock = clock_words(c, k);
	p->evidence = tk_strdup("");
	p->currency = tk_strdup(run->terms.currency);
	p->at = at;
	p->term = k->term;
	p->used = k->used;
	return p;
}

static void
price(struct tk_penalty *p, const struct tk_penalty_rule *r, int64_t fee)
{
	free(p->penalty);
	p->penalty = p->times == 1
	    ? tk_strdup(r->said)
	    : tk_strf("%s x %lld", r->said, (long long)p->times);
	p->amount = tk_penalty_amount(r, p->times, fee);
}

/* The month's downtime of this client under this rule, or NULL. */
static struct tk_penalty *
find_month(const struct tk_penalty_run *run, const char *client,
    const char *rule, int64_t at)
{
	struct tk_penalty *p;
	size_t i;

	for (i = 0; i < run->out->n; i++) {
		p = &run->out->v[i];
		if (p->at == at && strcmp(p->client, client) == 0 &&
		    strcmp(p->rule, rule) == 0)
			return p;
	}
	return NULL;
}

static int64_t
month_of(int64_t at)
{
	int64_t local, day = tk_local_day(tk_local_from_time(at)) / TK_DAY;
	int year, month, mday;

	tk_day_date(day, &year, &month, &mday);
	tk_local_of(&local, year, month, 1, 0, 0, 0);
	return tk_local_to_time(local);
}

static void
add_downtime(struct tk_penalty_run *run, const struct tk_ticket *t,
    const struct tk_penalty_rule *r, const struct tk_clocks *c)
{
	const struct tk_clock *k = &c->of[TK_RESOLUTION];
	int64_t opened = tk_entry_at(tk_ticket_entry(t, 0));
	const char *client = tk_ticket_get(t, "client");
	char *rule = tk_strf("%s:%u", r->file, r->line);
	struct tk_penalty *p = find_month(
	    run, client != NULL ? client : "", rule, month_of(opened));

	free(rule);
	if (k->used <= 0 || opened < run->from || opened >= run->to)
		return;
	if (p == NULL) {
		p = add(run, t, r, c, k, month_of(opened));
		p->term = r->over;
		p->longest = k->used;
	} else {
		/* The longest stands for all of them. */
		if (k->used > p->longest) {
			free(p->ticket);
			p->ticket = tk_strdup(tk_ticket_id(t));
			p->longest = k->used;
		}
		p->used += k->used;
	}
	p->times = tk_penalty_times(r, p->used, 0);
	price(p, r, run->terms.fee);
}

static void
add_breach(struct tk_penalty_run *run, const struct tk_ticket *t,
    const struct tk_penalty_rule *r, const struct tk_clocks *c)
{
	const struct tk_clock *k = &c->of[r->target];
	struct tk_penalty *p;
	int64_t times, at = k->breached;

	if (k->term <= 0 && r->over <= 0)
		return;
	times = tk_penalty_times(r, k->used, k->term);
	/* News that came late, and then came: each time counts once. */
	if (times == 0 && r->target == TK_UPDATE && r->over == 0)
		times = k->missed;
	if (times == 0)
		return;
	if (at == 0)
		at = k->met != 0 ? k->met : run->now;
	if (at < run->from || at >= run->to)
		return;
	p = add(run, t, r, c, k, at);
	p->times = times;
	price(p, r, run->terms.fee);
}

static enum tk_status
judge(struct tk_penalty_run *run, const char *id, struct tk_err *err)
{
	const struct tk_penalty_rules *rules;
	struct tk_ticket *t;
	struct tk_clocks c;
	enum tk_status st;
	size_t i;

	if ((st = tk_desk_ticket(&t, run->desk, id, err)) != TK_OK)
		return st;
	st = tk_penalty_terms(run, tk_ticket_get(t, "client"), err);
	if (st == TK_OK) {
		tk_sla_clocks(&c, t, run->desk->reg, run->now);
		rules = run->terms.own.n > 0 ? &run->terms.own : &run->rules;
		for (i = 0; i < rules->n; i++) {
			if (!tk_penalty_fits(&rules->v[i], c.class,
				tk_ticket_get(t, "type"),
				tk_ticket_get(t, "priority")))
				continue;
			if (rules->v[i].downtime)
				add_downtime(run, t, &rules->v[i], &c);
			else
				add_breach(run, t, &rules->v[i], &c);
		}
	}
	tk_ticket_free(t);
	return st;
}

/* Months within what is allowed cost nothing. */
static void
drop_free(struct tk_penalties *out)
{
	size_t i, n = 0;

	for (i = 0; i < out->n; i++) {
		if (out->v[i].times > 0)
			out->v[n++] = out->v[i];
		else
			clear_one(&out->v[i]);
	}
	out->n = n;
}

static int
compare(const void *a, const void *b)
{
	const struct tk_penalty *x = a, *y = b;
	int c;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	c = strcmp(x->ticket, y->ticket);
	return c != 0 ? c : strcmp(x->target, y->target);
}

static enum tk_status
read_rules(struct tk_penalty_run *run, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_yaml *root = NULL;
	enum tk_status st =
	    tk_store_read(run->desk->store, &text, RELATIONS, err);

	if (st == TK_OK)
		st = tk_yaml_read(&root, text.data, text.len, RELATIONS, err);
	else if (st == TK_ENOENT)
		st = TK_OK;
	if (st == TK_OK)
		st = tk_penalty_rules_read(&run->rules, root, RELATIONS, err);
	tk_yaml_free(root);
	tk_str_clear(&text);
	return st;
}

enum tk_status
tk_penalties_find(struct tk_penalties *out, struct tk_desk *desk,
    const char *query, int64_t from, int64_t to, int64_t now,
    struct tk_err *err)
{
	struct tk_penalty_run run = {
		.out = out, .desk = desk, .from = from, .to = to, .now = now
	};
	struct tk_rows rows = { NULL, 0, 0 };
	struct tk_str asked = TK_STR_INIT;
	enum tk_status st;
	bool none = true;
	size_t i;

	if ((st = tk_desk_load(desk, err)) == TK_OK &&
	    (st = read_rules(&run, err)) == TK_OK &&
	    (st = tk_penalty_narrow(&asked, &none, &run, query, err)) == TK_OK && !none)
		st = tk_overview_find(desk, &rows, asked.data, 0, err);
	for (i = 0; st == TK_OK && i < rows.n; i++)
		st = judge(&run, rows.v[i].id, err);
	drop_free(out);
	if (st == TK_OK && out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), compare);
	if (st == TK_OK)
		st = tk_penalty_evidence(&run, err);
	tk_rows_clear(&rows);
	tk_str_clear(&asked);
	tk_penalty_rules_clear(&run.rules);
	tk_penalty_terms_clear(&run.terms);
	return st;
}
