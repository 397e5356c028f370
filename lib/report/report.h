/*
 * report.h - a report made: found, asked, labelled.
 *
 * Purpose    tk report. Records of reports are files of share/reports and of
 *            the desk's own reports/, which go first; this is the one engine
 *            for all of them.
 * Ownership  A paper is cleared with tk_paper_clear(), a list with
 *            tk_report_list_clear(); a request borrows.
 * Errors     TK_ENOENT no such report; TK_EINPUT a broken record (with
 *            file:line), query or period; TK_EDENIED money for who does not
 *            see all tickets.
 */
#ifndef TK_DESK_REPORT_H
#define TK_DESK_REPORT_H

#include "desk/desk.h"
#include "index/report.h"
#include "view/paper.h"

struct tk_report_request {
	const char *name;
	const char *query;      /* of tk-query(7), or NULL */
	const char *client;     /* only of this one, and in its language; or NULL */
	const char *from, *to;  /* as typed, or NULL */
	const struct tk_strv *by; /* in place of each part's own; or NULL */
	size_t only;            /* part number, from 1; 0: all */
};

TK_MUST_CHECK enum tk_status tk_desk_report(struct tk_paper *out,
    struct tk_desk *desk, const struct tk_report_request *ask,
    struct tk_err *err);

struct tk_report_entry {
	char *name, *title;
	bool own; /* the desk's */
};
struct tk_report_list {
	struct tk_report_entry *v;
	size_t n, cap;
};
TK_MUST_CHECK enum tk_status tk_desk_reports(
    struct tk_report_list *out, struct tk_desk *desk, struct tk_err *err);
void tk_report_list_clear(struct tk_report_list *l);

/* Read and checked. Free with tk_report_free(). */
TK_MUST_CHECK enum tk_status tk_desk_report_find(struct tk_report **out,
    const struct tk_desk *desk, const char *name, struct tk_err *err);
/* The bytes of a file of reports/: NULL query context is not looked at. */
TK_MUST_CHECK enum tk_status tk_desk_report_check(struct tk_desk *desk,
    const char *path, const char *data, size_t len, struct tk_err *err);

#endif
