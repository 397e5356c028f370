/*
 * report-parts.h - what the files that make a report share.
 */
#ifndef TK_REPORT_DESK_PARTS_H
#define TK_REPORT_DESK_PARTS_H

#include "desk/labels.h"
#include "report/report.h"

/* A report on its way. */
struct tk_report_run {
	struct tk_desk *desk;
	struct tk_index *ix;
	const struct tk_report *report;
	struct tk_report_ask ask;
	struct tk_report_rows rows;
	struct tk_lists lists;
	struct tk_label *label;
	size_t n_labels;
	int64_t now;      /* of the commit */
	bool limited;     /* some tickets are not shown to who asks */
	bool has_money, has_penalties;
	const char *client; /* only of this one, or NULL */
};

/* Names of clients, staff, queues beside the ids. */
void tk_report_name_cells(
    struct tk_report_table *t, const struct tk_report_run *run);
/* Days on which nothing was get a row, and levels become sums so far. */
TK_MUST_CHECK enum tk_status tk_report_fill(struct tk_report_table *t,
    const struct tk_report_part *p, const struct tk_report_run *run,
    struct tk_err *err);
/* Rows of "work" and "contracts"; TK_EDENIED to who is limited. */
TK_MUST_CHECK enum tk_status tk_report_money(
    struct tk_report_run *run, struct tk_err *err);
/* Rows of "penalties". */
TK_MUST_CHECK enum tk_status tk_report_penalties(
    struct tk_report_run *run, struct tk_err *err);
/* Working seconds, for the ask. arg is a tk_report_run. */
int64_t tk_report_working(
    void *arg, const char *calendar, int64_t from, int64_t to);
/* The first line of a note; for the ask. */
char *tk_report_what(void *arg, const char *ticket, const char *msg);

#endif
