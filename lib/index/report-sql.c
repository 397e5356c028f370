/* report-sql - a part of a report as one SQL statement. */
#include "index/report-parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

static enum tk_status
no_word(struct tk_err *err, const char *path, unsigned line, const char *kind,
    const char *of, const char *word)
{
	struct tk_str words = TK_STR_INIT;
	enum tk_status st;

	tk_report_words(&words, kind, of);
	st = tk_fail(err, TK_EINPUT,
	    _("%s:%u: \"%s\": no word \"%s\"; there are: %s"), path, line, kind,
	    word, words.data);
	tk_str_clear(&words);
	return st;
}

/* An expression over a row of the facts; or, where rows have been fetched
 * with their expressions worked out, its column there. */
static void
add_expression(struct tk_str *out, struct tk_strv *columns, const char *sql)
{
	size_t i;

	if (columns == NULL) {
		tk_str_add(out, sql);
		return;
	}
	for (i = 0; i < columns->n && strcmp(columns->v[i], sql) != 0; i++)
		;
	if (i == columns->n)
		tk_strv_add(columns, sql);
	tk_str_addf(out, "c%zu", i);
}

#define DISTINCT "count(DISTINCT "

/* Of what is counted whole, only what stands in it is of a row. */
static void
add_count(struct tk_str *out, struct tk_strv *columns, const char *x)
{
	char *of;

	if (!tk_starts(x, DISTINCT)) {
		tk_str_add(out, x);
		return;
	}
	of = tk_strndup(x + strlen(DISTINCT), strlen(x) - strlen(DISTINCT) - 1);
	tk_str_add(out, DISTINCT);
	add_expression(out, columns, of);
	tk_str_add_char(out, ')');
	free(of);
}

static void
add_stat(struct tk_str *out, const struct tk_measure *m, const char *x)
{
	switch (m->stat) {
	case TK_STAT_COUNT:
		break;
	case TK_STAT_SUM:
	case TK_STAT_RUNNING:
		/* No time at all is nothing, not none. */
		if (m->value->unit == TK_UNIT_SECONDS)
			tk_str_addf(out, "sum(%s)", x);
		else
			tk_str_addf(out, "coalesce(sum(%s), 0)", x);
		break;
	case TK_STAT_SHARE:
		tk_str_addf(out, "tk_mean(1000 * (%s))", x);
		break;
	case TK_STAT_MEAN:
		tk_str_addf(out, "tk_mean(%s)", x);
		break;
	case TK_STAT_MEDIAN:
		tk_str_addf(out, "tk_rank(50, %s)", x);
		break;
	case TK_STAT_P90:
		tk_str_addf(out, "tk_rank(90, %s)", x);
		break;
	case TK_STAT_MAX:
		tk_str_addf(out, "max(%s)", x);
		break;
	}
}

static void
add_measure(
    struct tk_str *out, struct tk_strv *columns, const struct tk_measure *m)
{
	struct tk_str x = TK_STR_INIT;

	if (m->stat == TK_STAT_COUNT) {
		add_count(out, columns, m->value->sql);
		return;
	}
	add_expression(&x, columns, m->value->sql);
	add_stat(out, m, x.data);
	tk_str_clear(&x);
}

/* The field with the time that it is about put in. */
static void
add_field(struct tk_str *out, struct tk_strv *columns,
    const struct tk_report_field *f, const char *at)
{
	const char *gap = strstr(f->sql, "%s");
	struct tk_str sql = TK_STR_INIT;

	if (gap == NULL) {
		add_expression(out, columns, f->sql);
		return;
	}
	tk_str_add_data(&sql, f->sql, (size_t)(gap - f->sql));
	tk_str_add(&sql, at != NULL ? at : "t.created");
	tk_str_add(&sql, gap + 2);
	add_expression(out, columns, sql.data);
	tk_str_clear(&sql);
}

static size_t
column_of(const struct tk_report_part *p, const char *word)
{
	size_t i;

	for (i = 0; i < p->by.n; i++)
		if (strcmp(p->by.v[i], word) == 0)
			return i + 1;
	for (i = 0; i < p->show.n; i++)
		if (strcmp(p->show.v[i], word) == 0)
			return p->by.n + i + 1;
	return 0;
}

/* A state is named as the process of its tickets names it. */
static void
add_one_type(struct tk_str *out, struct tk_strv *columns)
{
	struct tk_str type = TK_STR_INIT;

	add_expression(&type, columns, "t.type");
	tk_str_addf(out, ", iif(min(%s) = max(%s), min(%s), NULL)", type.data,
	    type.data, type.data);
	tk_str_clear(&type);
}

/* What was said; else in time, or the largest first. Always the same. */
static enum tk_status
add_order(struct tk_str *out, const struct tk_report_part *p, const char *path,
    struct tk_err *err)
{
	const char *word = p->sort;
	bool down = word != NULL && word[0] == '-';
	size_t i;

	word = word != NULL ? word + down : NULL;
	tk_str_add(out, " ORDER BY ");
	if (word != NULL) {
		if ((i = column_of(p, word)) == 0)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"sort\": \"%s\" is no column of it"),
			    path, p->line, word);
		tk_str_addf(out, "%zu%s, ", i, down ? " DESC" : "");
	} else if (!tk_report_is_time(p->by.v[0])) {
		tk_str_addf(out, "%zu DESC, ", p->by.n + 1);
	}
	for (i = 0; i < p->by.n; i++)
		tk_str_addf(out, "%s%zu", i > 0 ? ", " : "", i + 1);
	return TK_OK;
}

enum tk_status
tk_report_columns(struct tk_str *out, struct tk_strv *columns,
    const struct tk_report_part *p, const struct tk_facts *f, const char *path,
    bool total, struct tk_err *err)
{
	const struct tk_report_field *field;
	struct tk_measure m;
	size_t i;

	for (i = 0; i < p->by.n; i++) {
		field = tk_report_field_find(f, p->by.v[i]);
		if (field == NULL)
			return no_word(
			    err, path, p->line, "by", p->of, p->by.v[i]);
		if (total)
			continue;
		add_field(out, columns, field, f->at);
		tk_str_add(out, ", ");
	}
	for (i = 0; i < p->show.n; i++) {
		if (!tk_measure_find(&m, f, p->show.v[i]))
			return no_word(
			    err, path, p->line, "show", p->of, p->show.v[i]);
		tk_str_add(out, i > 0 ? ", " : "");
		add_measure(out, columns, &m);
	}
	/* Behind all others: columns are known by their number. */
	if (!total && tk_strv_has(&p->by, "state"))
		add_one_type(out, columns);
	return TK_OK;
}

static void
add_groups(struct tk_str *out, struct tk_strv *columns,
    const struct tk_report_part *p, const struct tk_facts *f)
{
	struct tk_measure m;
	size_t i;

	for (i = 0; i < p->by.n; i++)
		tk_str_addf(out, "%s%zu", i > 0 ? ", " : " GROUP BY ", i + 1);
	if (p->by.n == 0 || p->least == 0 ||
	    !tk_measure_find(&m, f, p->show.v[0]))
		return;
	tk_str_add(out, " HAVING ");
	add_measure(out, columns, &m);
	tk_str_addf(out, " >= %lld", (long long)p->least);
}

/* Is there a column of that table, "t."? */
static bool
speaks_of(const char *sql, char table)
{
	const char name[] = { table, '.', '\0' };
	const char *at = sql;

	for (; (at = strstr(at, name)) != NULL; at++)
		if (at == sql || strchr(" (,", at[-1]) != NULL)
			return true;
	return false;
}

/* A million rows are fetched the faster the less is joined to them. */
static void
add_source(struct tk_str *out, const struct tk_facts *f, const char *columns,
    bool asked, bool many)
{
	bool facts = speaks_of(columns, 'f');
	bool tickets = facts || asked || speaks_of(columns, 't') ||
	    (f->where != NULL && speaks_of(f->where, 't')) ||
	    (f->at != NULL && speaks_of(f->at, 't'));

	tk_str_add(out, f->from != NULL ? f->from : "t");
	if (!f->has_ticket)
		return;
	/* A cross join is done in this order. */
	if (f->from != NULL && tickets)
		tk_str_addf(out, "%s JOIN t ON t.id = s.ticket",
		    many ? " CROSS" : "");
	if (facts)
		tk_str_add(out, " JOIN fact f ON f.ticket = t.id");
}

void
tk_report_source(struct tk_str *out, const struct tk_facts *f,
    const char *columns, const struct tk_report_ask *ask)
{
	/* The query comes first, and with it its values. */
	tk_str_addf(out,
	    "WITH t AS NOT MATERIALIZED (SELECT * FROM ticket WHERE %s)"
	    " SELECT %s FROM ",
	    ask != NULL ? tk_query_where(ask->query) : "1", columns);
	add_source(out, f, columns, ask == NULL || !ask->whole,
	    ask != NULL && ask->rows != NULL && ask->rows->many);
	tk_str_addf(out, " WHERE %s", f->where != NULL ? f->where : "1");
	if (f->at != NULL)
		tk_str_addf(out, " AND %s >= :from AND %s < :to", f->at, f->at);
	/* A contract is of no ticket: it is its client that is asked for. */
	if (strcmp(f->name, "contracts") == 0 && ask != NULL && !ask->whole)
		tk_str_add(out,
		    " AND EXISTS(SELECT 1 FROM t WHERE t.client = s.client)");
}

enum tk_status
tk_report_facts(const struct tk_facts **out, const struct tk_report_part *p,
    const char *path, struct tk_err *err)
{
	*out = tk_facts_find(p->of, NULL);
	if (*out == NULL)
		return no_word(err, path, p->line, "of", NULL, p->of);
	if (p->at != NULL && (*out = tk_facts_find(p->of, p->at)) == NULL)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"at\": %s have no time \"%s\"; tickets have "
		      "opened, closed, now"),
		    path, p->line, p->of, p->at);
	return TK_OK;
}

enum tk_status
tk_report_sql(struct tk_str *out, const struct tk_report_part *p,
    const char *path, const struct tk_report_ask *ask, bool total,
    struct tk_strv *fetched, struct tk_err *err)
{
	struct tk_str columns = TK_STR_INIT;
	const struct tk_facts *f;
	enum tk_status st;

	if ((st = tk_report_facts(&f, p, path, err)) != TK_OK ||
	    (st = tk_report_columns(
		 &columns, fetched, p, f, path, total, err)) != TK_OK)
		goto out;
	if (fetched != NULL)
		tk_str_addf(out, "SELECT %s FROM " TK_REPORT_ROWS, columns.data);
	else
		tk_report_source(out, f, columns.data, ask);
	if (total)
		goto out;
	add_groups(out, fetched, p, f);
	if (p->by.n > 0)
		st = add_order(out, p, path, err);
	if (p->limit > 0 && p->by.n > 0)
		tk_str_addf(out, " LIMIT %lld", (long long)p->limit);
out:
	tk_str_clear(&columns);
	return st;
}

enum tk_status
tk_report_check(
    const struct tk_report_part *p, const char *path, struct tk_err *err)
{
	const struct tk_facts *f;
	struct tk_str sql = TK_STR_INIT;
	struct tk_measure m;
	enum tk_status st = tk_report_sql(&sql, p, path, NULL, false, NULL, err);
	size_t i;

	tk_str_clear(&sql);
	if (st != TK_OK)
		return st;
	f = tk_facts_find(p->of, p->at);
	for (i = 0; i < p->chart.n; i++)
		if (column_of(p, p->chart.v[i]) <= p->by.n)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"chart\": \"%s\" is not shown"), path,
			    p->line, p->chart.v[i]);
	for (i = 0; i < p->show.n; i++)
		if (tk_measure_find(&m, f, p->show.v[i]) &&
		    m.stat == TK_STAT_RUNNING &&
		    (p->by.n != 1 || !tk_report_is_time(p->by.v[0])))
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"%s\" goes by day, week, month or year "
			      "alone"),
			    path, p->line, p->show.v[i]);
	return TK_OK;
}
