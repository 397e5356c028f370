/* bill - what of the time spent is in the contract, and what it costs. */
#include "rules/bill.h"

#include <string.h>

#include "base/date.h"

static int64_t
up(int64_t n, int64_t unit)
{
	return unit > 0 ? (n + unit - 1) / unit * unit : n;
}

/* A word is a type, a queue, or a category with all that is below it. */
static bool
is_covered_by(const struct tk_bill_line *l, const char *word)
{
	size_t n = strlen(word);

	return tk_streq(l->type, word) || tk_streq(l->queue, word) ||
	    (l->category != NULL && strncmp(l->category, word, n) == 0 &&
		(l->category[n] == '\0' || l->category[n] == '/'));
}

static bool
is_covered(const struct tk_bill_line *l, const struct tk_contract *c)
{
	struct tk_str day = TK_STR_INIT;
	bool ended, in = c->covers.n == 0;
	size_t i;

	tk_date_rfc3339(&day, l->at);
	tk_str_cut(&day, 10);
	ended = c->until[0] != '\0' && strcmp(day.data, c->until) > 0;
	tk_str_clear(&day);
	for (i = 0; i < c->covers.n && !in; i++)
		in = is_covered_by(l, c->covers.v[i]);
	return in && !ended;
}

/* The rest of the last block of each ticket, on its last line. */
static void
fill_blocks(struct tk_bill_line *line, size_t n, const struct tk_contract *c)
{
	size_t i, k, last;
	int64_t all, more;

	for (i = 0; i < n && c->block > 0; i++) {
		for (k = 0; k < i; k++)
			if (tk_streq(line[k].ticket, line[i].ticket))
				break;
		if (k < i)
			continue;
		for (all = 0, last = i, k = i; k < n; k++)
			if (tk_streq(line[k].ticket, line[i].ticket) &&
			    line[k].outside > 0) {
				all += line[k].outside;
				last = k;
			}
		more = up(all, c->block) - all;
		line[last].outside += more;
		line[last].rounded += more;
	}
}

void
tk_bill_month(struct tk_bill_sum *sum, struct tk_bill_line *line, size_t n,
    const struct tk_contract *c)
{
	int64_t left = c->hours;
	struct tk_bill_line *l;
	size_t i;

	memset(sum, 0, sizeof(*sum));
	for (i = 0; i < n; i++) {
		l = &line[i];
		l->rounded = l->billable ? up(l->minutes, c->rounding) : 0;
		l->inside = 0;
		if (is_covered(l, c))
			l->inside = l->rounded < left ? l->rounded : left;
		l->outside = l->rounded - l->inside;
		if (left != TK_CONTRACT_UNLIMITED)
			left -= l->inside;
	}
	fill_blocks(line, n, c);
	for (i = 0; i < n; i++) {
		l = &line[i];
		l->amount = (l->outside * c->rate + 30) / 60;
		sum->minutes += l->billable ? l->minutes : 0;
		sum->inside += l->inside;
		sum->outside += l->outside;
		sum->amount += l->amount;
	}
	sum->remaining = c->limited ? left : 0;
}
