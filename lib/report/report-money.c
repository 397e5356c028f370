/* report-money - time spent as the contracts have it. */
#include "report/report-parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/period.h"
#include "rules/bill.h"

/* A calendar month of one client. */
struct month {
	const struct tk_client *client; /* NULL: of nobody */
	struct tk_contract contract;
	int64_t from, to;
	struct tk_bill_line *line;
	const struct tk_spent_row *row; /* of the first line */
	size_t n;
};

static enum tk_status
put_lines(struct tk_index *ix, const struct month *m, struct tk_err *err)
{
	const struct tk_spent_row *r;
	const struct tk_bill_line *l;
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; i < m->n && st == TK_OK; i++) {
		r = &m->row[i];
		l = &m->line[i];
		if (l->billable)
			st = tk_index_report_billed(ix, r->ticket, r->n, r->at,
			    r->who, r->msg,
			    (int64_t[]){
				l->minutes, l->rounded, l->inside, l->outside },
			    l->amount, m->contract.currency, err);
	}
	return st;
}

/* A contract without hours has none left, and nobody's time no contract. */
static enum tk_status
put_sum(const struct tk_report_run *run, const struct month *m,
    const struct tk_bill_sum *sum, struct tk_err *err)
{
	if (m->client == NULL ||
	    (!m->contract.limited && sum->inside + sum->outside == 0))
		return TK_OK;
	return tk_index_report_contract(run->ix, m->client->id,
	    m->from > run->ask.from ? m->from : run->ask.from,
	    (int64_t[]){ m->contract.limited ? m->contract.hours : 0,
		sum->inside, sum->remaining, sum->outside },
	    sum->amount, m->contract.currency, err);
}

static enum tk_status
put_month(const struct tk_report_run *run, struct month *m, struct tk_err *err)
{
	struct tk_bill_sum sum;
	enum tk_status st;
	size_t i;

	m->line = tk_calloc(m->n + 1, sizeof(*m->line));
	for (i = 0; i < m->n; i++)
		m->line[i] = (struct tk_bill_line){ .ticket = m->row[i].ticket,
			.type = m->row[i].type,
			.queue = m->row[i].queue,
			.category = m->row[i].category,
			.at = m->row[i].at,
			.minutes = m->row[i].minutes,
			.billable = m->row[i].billable };
	tk_bill_month(&sum, m->line, m->n, &m->contract);
	if ((st = put_lines(run->ix, m, err)) == TK_OK)
		st = put_sum(run, m, &sum, err);
	free(m->line);
	return st;
}

/* The rows of this client from *at on, month by month. */
static enum tk_status
put_client(const struct tk_report_run *run, const struct tk_client *client,
    const struct tk_spent_rows *rows, size_t from, size_t to, int64_t first,
    struct tk_err *err)
{
	struct month m = { .client = client, .from = first };
	enum tk_status st = TK_OK;
	char *path;

	path = tk_strf("clients/%s.yaml", client != NULL ? client->id : "");
	st = tk_contract_read(
	    &m.contract, client != NULL ? client->file : NULL, path, err);
	free(path);
	for (; st == TK_OK && m.from < run->ask.to; m.from = m.to) {
		m.to = tk_period_next("month", m.from);
		m.row = from < to ? &rows->v[from] : NULL;
		for (m.n = 0; from < to && rows->v[from].at < m.to; from++)
			m.n++;
		if (m.n > 0 || m.contract.limited)
			st = put_month(run, &m, err);
	}
	tk_contract_clear(&m.contract);
	return st;
}

static bool
has_rows(const struct tk_spent_rows *rows, const char *client)
{
	size_t i;

	for (i = 0; i < rows->n; i++)
		if (strcmp(rows->v[i].client, client) == 0)
			return true;
	return false;
}

/* Those who had work, and those who pay for hours without any. */
static enum tk_status
put_all(const struct tk_report_run *run, const struct tk_spent_rows *rows,
    int64_t first, struct tk_err *err)
{
	const struct tk_clients *c = &run->desk->clients;
	enum tk_status st = TK_OK;
	size_t i, end;

	for (i = 0; i < rows->n && st == TK_OK; i = end) {
		for (end = i; end < rows->n &&
		     strcmp(rows->v[end].client, rows->v[i].client) == 0;
		     end++)
			;
		st = put_client(run, tk_clients_find(c, rows->v[i].client),
		    rows, i, end, first, err);
	}
	for (i = 0; i < c->n && st == TK_OK; i++)
		if (c->v[i].active && !has_rows(rows, c->v[i].id) &&
		    (run->client == NULL ||
			strcmp(run->client, c->v[i].id) == 0))
			st = put_client(run, &c->v[i], rows, 0, 0, first, err);
	return st;
}

enum tk_status
tk_report_money(struct tk_report_run *run, struct tk_err *err)
{
	struct tk_spent_rows rows = { NULL, 0, 0 };
	struct tk_str month = TK_STR_INIT;
	int64_t first = 0, to;
	enum tk_status st;

	/* What is left of the hours follows from all that was done. */
	if (run->limited)
		return tk_fail(err, TK_EDENIED,
		    _("what a contract comes to is shown to those who see "
		      "all of its tickets"));
	/* "all" would be months without an end before the first one. */
	if (run->ask.from == 0)
		return tk_fail(
		    err, TK_EINPUT, _("money goes by months: give --from"));
	tk_period_name(&month, "month", run->ask.from);
	(void)tk_period_parse(&first, &to, month.data, run->now);
	tk_str_clear(&month);
	if ((st = tk_desk_load_clients(run->desk, err)) == TK_OK &&
	    (st = tk_index_spent(run->ix, &rows,
		 run->client != NULL ? run->client : "", first, run->ask.to,
		 err)) == TK_OK)
		st = put_all(run, &rows, first, err);
	tk_spent_rows_clear(&rows);
	return st;
}
