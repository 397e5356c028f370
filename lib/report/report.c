/* report - a report made: found, asked, labelled. */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/period.h"
#include "desk/overview.h"
#include "model/id.h"
#include "report/report-parts.h"
#include "store/at.h"

#define DEFAULT_PERIOD "month"

static enum tk_status
bad_time(struct tk_err *err, const char *option, const char *text)
{
	return tk_fail(err, TK_EINPUT,
	    _("%s: \"%s\" is no time; say 2026-11, 2026-11-22, 2026-W47, "
	      "\"15 November\", month, last-month, last-week, year or all"),
	    option, text);
}

/* An end that is open, or has not come yet, is that of the commit: what is
 * told must not change while the tickets do not. */
static enum tk_status
set_period(struct tk_report_run *run, const struct tk_report_request *ask,
    struct tk_err *err)
{
	const char *usual = run->report->period;
	int64_t from, to;

	if (!tk_period_parse(&run->ask.from, &run->ask.to,
		usual != NULL ? usual : DEFAULT_PERIOD, run->now))
		return bad_time(err, run->report->path, usual);
	if (ask->from != NULL) {
		if (!tk_period_parse(&from, &to, ask->from, run->now))
			return bad_time(err, "--from", ask->from);
		run->ask.from = from;
		run->ask.to = ask->to == NULL && tk_starts(ask->from, "last-")
		    ? to
		    : INT64_MAX;
	}
	if (ask->to != NULL) {
		if (!tk_period_parse(&from, &to, ask->to, run->now))
			return bad_time(err, "--to", ask->to);
		run->ask.to = to;
	}
	if (run->ask.to > run->now + 1)
		run->ask.to = run->now + 1;
	return run->ask.from < run->ask.to
	    ? TK_OK
	    : tk_fail(err, TK_EINPUT,
		  _("the period is empty: it ends before it begins, or lies "
		    "after the last commit"));
}

static enum tk_status
set_up(struct tk_report_run *run, struct tk_desk *desk, struct tk_err *err)
{
	struct tk_str limit = TK_STR_INIT;
	enum tk_status st;

	run->desk = desk;
	run->ask.finals = &run->lists.finals;
	run->ask.urgent = &run->lists.urgent;
	run->ask.working = tk_report_working;
	run->ask.what = tk_report_what;
	run->ask.arg = run;
	if ((st = tk_store_index(desk->store, &run->ix, err)) != TK_OK ||
	    (st = tk_desk_lists(&run->lists, desk, err)) != TK_OK ||
	    (st = tk_desk_limit(&limit, desk, err)) != TK_OK ||
	    (st = tk_desk_load_clients(desk, err)) != TK_OK)
		goto out;
	run->limited = limit.len > 0;
	run->now = tk_store_head_at(desk->store);
	run->ask.now = run->now + 1;
	if ((st = tk_desk_labels(
		 &run->label, &run->n_labels, desk, NULL, NULL, err)) == TK_OK)
		st = tk_index_report_begin(run->ix, err);
out:
	tk_str_clear(&limit);
	return st;
}

/* Each in brackets of its own: there may be an "or" in it. */
static void
add_query(struct tk_str *out, const char *query)
{
	if (query != NULL && query[strspn(query, " ")] != '\0')
		tk_str_addf(out, "%s(%s)", out->len > 0 ? " " : "", query);
}

/* What was asked, what the part asks, and what may be shown. */
static enum tk_status
compile(struct tk_query **out, struct tk_report_run *run,
    const struct tk_report_request *ask, const struct tk_report_part *p,
    struct tk_err *err)
{
	struct tk_str whole = TK_STR_INIT;
	struct tk_query *alone = NULL;
	struct tk_ask query = { .query = "" };
	enum tk_status st = TK_OK;

	/* What a person typed is told of as it was typed. Ages are counted
	 * from the commit, as all else. */
	tk_now_hold(run->now);
	if (ask->query != NULL)
		query.query = ask->query;
	if (query.query[0] != '\0')
		st = tk_overview_query(&alone, run->desk, &query, err);
	tk_query_free(alone);
	add_query(&whole, ask->query);
	if (ask->client != NULL)
		tk_str_addf(&whole, "%sclient:\"%s\"", whole.len > 0 ? " " : "",
		    ask->client);
	add_query(&whole, p->query);
	query.query = whole.data;
	if (st == TK_OK)
		st = tk_overview_query(out, run->desk, &query, err);
	tk_now_hold(0);
	run->ask.whole = whole.len == 0 && !run->limited;
	tk_str_clear(&whole);
	return st;
}

static bool
is_money(const char *of)
{
	return strcmp(of, "work") == 0 || strcmp(of, "contracts") == 0;
}

/* Sums in two currencies are no sum. */
static bool
needs_currency(const struct tk_report_part *p)
{
	return tk_strv_has(&p->show, "amount") &&
	    !tk_strv_has(&p->by, "currency");
}

static void
set_title(struct tk_report_table *t, const struct tk_report_part *p,
    const struct tk_desk *desk)
{
	t->title = tk_strdup(
	    tk_by_language_pick(&p->title, tk_i18n_current(), desk->language));
}

/* A list of tickets stays one, and so does what does not know the fields. */
static bool
is_regrouped(const struct tk_report_part *p, const struct tk_strv *by)
{
	size_t i;

	if (by == NULL || by->n == 0 || p->by.n == 0 ||
	    tk_strv_has(&p->by, "id"))
		return false;
	for (i = 0; i < by->n; i++)
		if (!tk_report_has_field(p->of, by->v[i]))
			return false;
	return true;
}

/* Refused is only what no table of the report knows. */
static enum tk_status
check_by(const struct tk_report *r, const struct tk_report_request *ask,
    struct tk_err *err)
{
	struct tk_str words = TK_STR_INIT;
	const struct tk_report_part *first = NULL;
	enum tk_status st;
	size_t i;

	for (i = 0; i < r->n; i++) {
		if (ask->only != 0 && ask->only != i + 1)
			continue;
		if (is_regrouped(&r->part[i], ask->by))
			return TK_OK;
		if (first == NULL && r->part[i].by.n > 0 &&
		    !tk_strv_has(&r->part[i].by, "id"))
			first = &r->part[i];
	}
	if (first == NULL || ask->by == NULL || ask->by->n == 0)
		return TK_OK;
	for (i = 0; i + 1 < ask->by->n; i++)
		if (!tk_report_has_field(first->of, ask->by->v[i]))
			break;
	tk_report_words(&words, "by", first->of);
	st = tk_fail(err, TK_EINPUT,
	    _("--by %s: no such field; there are: %s"), ask->by->v[i],
	    words.data);
	tk_str_clear(&words);
	return st;
}

static enum tk_status
set_groups(struct tk_report_part *p, const struct tk_strv *by, const char *path,
    struct tk_err *err)
{
	size_t i;

	if (!is_regrouped(p, by))
		return TK_OK;
	for (i = 0; i < by->n; i++)
		if (tk_report_is_time(by->v[i]) || by->n > 1)
			break;
	/* A level needs its time. */
	if (tk_strv_has(&p->show, "backlog") && i == by->n)
		return TK_OK;
	tk_strv_clear(&p->by);
	tk_strv_copy(&p->by, by);
	if (p->sort != NULL) {
		free(p->sort);
		p->sort = NULL;
	}
	return tk_report_check(p, path, err);
}

static enum tk_status
make_part(struct tk_report_table *out, struct tk_report_run *run,
    struct tk_report_part *p, const struct tk_report_request *ask,
    struct tk_err *err)
{
	struct tk_query *q = NULL;
	enum tk_status st = set_groups(p, ask->by, run->report->path, err);

	if (st == TK_OK && is_money(p->of) && !run->has_money) {
		run->has_money = true;
		st = tk_report_money(run, err);
	}
	if (st == TK_OK && strcmp(p->of, "penalties") == 0 &&
	    !run->has_penalties) {
		run->has_penalties = true;
		st = tk_report_penalties(run, err);
	}
	if (st == TK_OK && needs_currency(p))
		tk_strv_add(&p->by, "currency");
	if (st != TK_OK || (st = compile(&q, run, ask, p, err)) != TK_OK)
		return st;
	run->ask.query = q;
	set_title(out, p, run->desk);
	if ((st = tk_index_report(run->ix, out, p, run->report->path, &run->ask,
		 err)) == TK_OK &&
	    (st = tk_report_fill(out, p, run, err)) == TK_OK)
		tk_report_name_cells(out, run);
	tk_query_free(q);
	run->ask.query = NULL;
	return st;
}

/* What is for a client is headed with its name, not with our id of it. */
static char *
title_of(const struct tk_report_run *run)
{
	const struct tk_report *r = run->report;
	const char *title = tk_by_language_pick(
	    &r->title, tk_i18n_current(), run->desk->language);
	const struct tk_client *c = run->client != NULL
	    ? tk_clients_find(&run->desk->clients, run->client)
	    : NULL;

	if (title == NULL)
		title = r->name;
	return c != NULL && c->name != NULL ? tk_strf("%s, %s", title, c->name)
					    : tk_strdup(title);
}

static void
set_head(
    struct tk_paper *out, const struct tk_report_run *run, const char *asked)
{
	const struct tk_desk *desk = run->desk;
	const struct tk_report *r = run->report;
	struct tk_str period = TK_STR_INIT;

	if (run->ask.from == 0)
		tk_str_add(&period, _("the beginning"));
	else
		tk_date_human(&period, run->ask.from);
	tk_str_add(&period, " - ");
	tk_date_human(&period, run->ask.to);
	out->name = tk_strdup(r->name);
	out->title = title_of(run);
	out->text = tk_strdup(
	    tk_by_language_pick(&r->text, tk_i18n_current(), desk->language));
	out->desk = tk_strdup(desk->name != NULL ? desk->name : desk->prefix);
	out->query = tk_strdup(asked);
	out->period = tk_str_detach(&period);
	out->from = run->ask.from;
	out->to = run->ask.to;
	out->language = tk_i18n_current();
	snprintf(
	    out->commit, sizeof(out->commit), "%s", tk_store_head(desk->store));
}

static enum tk_status
make(struct tk_paper *out, struct tk_report_run *run, struct tk_report *r,
    const struct tk_report_request *ask, struct tk_err *err)
{
	struct tk_str asked = TK_STR_INIT;
	enum tk_status st = check_by(r, ask, err);
	size_t i;

	tk_str_add(&asked, ask->query != NULL ? ask->query : "");
	if (ask->client != NULL)
		tk_str_addf(&asked, "%sclient:%s", asked.len > 0 ? " " : "",
		    ask->client);
	if (st == TK_OK && ask->only > r->n)
		st = tk_fail(err, TK_EINPUT,
		    _("the report \"%s\" has %zu tables"), r->name, r->n);
	run->ask.parts = r->part;
	run->ask.n_parts = ask->only == 0 ? r->n : 0;
	run->ask.rows = &run->rows;
	out->part = tk_calloc(r->n, sizeof(*out->part));
	for (i = 0; i < r->n && st == TK_OK; i++)
		if (ask->only == 0 || ask->only == i + 1)
			st = make_part(
			    &out->part[out->n++], run, &r->part[i], ask, err);
	set_head(out, run, asked.data);
	tk_str_clear(&asked);
	return st;
}

/* What is about one client is for that client, in its language. */
static enum tk_status
use_client(struct tk_desk *desk, const struct tk_report_request *ask,
    struct tk_err *err)
{
	const struct tk_client *c;
	enum tk_status st;

	if (ask->client == NULL)
		return TK_OK;
	if ((st = tk_desk_load(desk, err)) != TK_OK ||
	    (st = tk_desk_load_client(desk, ask->client, err)) != TK_OK)
		return st;
	if ((c = tk_clients_find(&desk->clients, ask->client)) == NULL)
		return tk_fail(err, TK_ENOENT,
		    _("no client \"%s\"; see tk client"), ask->client);
	tk_i18n_language(c->language != NULL ? c->language : desk->language);
	return TK_OK;
}

enum tk_status
tk_desk_report(struct tk_paper *out, struct tk_desk *desk,
    const struct tk_report_request *ask, struct tk_err *err)
{
	struct tk_report_run run = { .client = ask->client };
	struct tk_report *r = NULL;
	enum tk_status st;

	memset(out, 0, sizeof(*out));
	if ((st = use_client(desk, ask, err)) != TK_OK ||
	    (st = tk_desk_report_find(&r, desk, ask->name, err)) != TK_OK)
		return st;
	run.report = r;
	if ((st = set_up(&run, desk, err)) == TK_OK &&
	    (st = set_period(&run, ask, err)) == TK_OK)
		st = make(out, &run, r, ask, err);
	if (st != TK_OK)
		tk_paper_clear(out);
	free(run.label);
	tk_report_rows_clear(&run.rows);
	tk_lists_clear(&run.lists);
	tk_report_free(r);
	return st;
}
