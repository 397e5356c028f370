/*
 * bill.h - what of the time spent is in the contract, and what it costs.
 *
 * Purpose    A pure function of a contract and the time that was spent for
 *            one client in one calendar month, in the order of its times.
 * Rules      Only billable time counts. Each entry is rounded up by itself
 *            ("rounding"). While hours of the month are left, what the
 *            contract covers is inside; the rest is outside. What of a
 *            ticket is outside in the month is rounded up to whole blocks
 *            ("block"), on the ticket's last line. Each line's sum is
 *            rounded to the nearest hundredth, half up, and the sum of all
 *            is the sum of the lines.
 * Units      Minutes; money in hundredths.
 */
#ifndef TK_BILL_H
#define TK_BILL_H

#include "model/contract.h"

struct tk_bill_line {
	/* What is known: borrowed. */
	const char *ticket, *type, *queue, *category;
	int64_t at, minutes;
	bool billable;
	/* What comes out: rounded is inside and outside together. */
	int64_t rounded, inside, outside, amount;
};

struct tk_bill_sum {
	int64_t minutes, inside, outside, amount;
	int64_t remaining; /* of the month's hours; 0 where unlimited */
};

void tk_bill_month(struct tk_bill_sum *sum, struct tk_bill_line *line,
    size_t n, const struct tk_contract *c);

#endif
