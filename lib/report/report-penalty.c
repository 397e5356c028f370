/* report-penalty - penalties as facts of a report. */
#include <stdlib.h>

#include "base/mem.h"
#include "report/penalty.h"
#include "report/report-parts.h"

enum tk_status
tk_report_penalties(struct tk_report_run *run, struct tk_err *err)
{
	struct tk_penalties all = { NULL, 0, 0 };
	const struct tk_penalty *p;
	struct tk_penalty_row row;
	enum tk_status st;
	char *query, *evidence;
	size_t i;

	query = run->client != NULL ? tk_strf("client:\"%s\"", run->client)
				    : tk_strdup("");
	st = tk_penalties_find(
	    &all, run->desk, query, run->ask.from, run->ask.to, run->now, err);
	for (i = 0; i < all.n && st == TK_OK; i++) {
		p = &all.v[i];
		/* The clock, then the commits that show it. */
		evidence = tk_strf("%s; %s", p->clock, p->evidence);
		row = (struct tk_penalty_row){ .ticket = p->ticket,
			.target = p->target,
			.rule = p->rule,
			.penalty = p->penalty,
			.evidence = evidence,
			.currency = p->currency,
			.at = p->at,
			.amount = p->amount };
		st = tk_index_report_penalty(run->ix, &row, err);
		free(evidence);
	}
	free(query);
	tk_penalties_clear(&all);
	return st;
}
