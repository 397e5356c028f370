/*
 * works.h - recurring works as the desk has them: when, for whom.
 *
 * Purpose    works.yaml, the calendars and clients brought together: every time
 *            of every work between two moments, and those that are to be
 *            opened now.
 * Ownership  A workbook borrows its desk; occurrences borrow the workbook's
 *            works and own all else.
 * Units      when and day are times of a clock on the wall, at is seconds
 *            since the epoch.
 * Errors     TK_EINPUT with file:line.
 */
#ifndef TK_WORKS_H
#define TK_WORKS_H

#include "desk/desk.h"
#include "model/work.h"

struct tk_workbook {
	struct tk_desk *desk;
	struct tk_works works;
};

TK_MUST_CHECK enum tk_status tk_workbook_open(
    struct tk_workbook *out, struct tk_desk *desk, struct tk_err *err);
void tk_workbook_clear(struct tk_workbook *b);

struct tk_occurrence {
	const struct tk_work *work;
	char *client, *client_name; /* or NULL */
	char *site, *site_name;     /* or NULL */
	char *sla;                  /* of the client's contract, or NULL */
	char *key;                  /* ID/WHEN/CLIENT/SITE */
	int64_t when;               /* as the rule says */
	int64_t day;                /* as the calendar lets it */
	int64_t at;                 /* the same as a moment */
	size_t missed;              /* earlier ones that are not opened */
	int64_t missed_first;
};

struct tk_occurrences {
	struct tk_occurrence *v;
	size_t n, cap;
};
void tk_occurrences_clear(struct tk_occurrences *o);

/* All from from on and before to, in the order of time; appended. */
void tk_workbook_between(struct tk_occurrences *out,
    const struct tk_workbook *b, int64_t from, int64_t to);

/* What has not been opened and should be by now. Of those that were missed
 * the last alone, or all, as the work says. ix is a transaction's, or the
 * snapshot's. */
TK_MUST_CHECK enum tk_status tk_workbook_due(struct tk_occurrences *out,
    const struct tk_workbook *b, struct tk_index *ix, int64_t now,
    struct tk_err *err);

/* Where nothing is due now: before which moment nothing will be, while rules
 * and clients stay what they are. Not more than a month from now. */
int64_t tk_workbook_next(const struct tk_workbook *b, int64_t now);
/* What of the snapshot that depends on. */
#define TK_WORKBOOK_KEY 128
void tk_workbook_key(char key[TK_WORKBOOK_KEY], const struct tk_desk *desk);

/* CLIENT, CLIENT/SITE or "": what the index knows it by; appended. */
void tk_occurrence_target(struct tk_str *out, const struct tk_occurrence *o);

/* Subject and text (or NULL) of its ticket, with their places filled in;
 * appended. */
TK_MUST_CHECK enum tk_status tk_occurrence_texts(struct tk_str *subject,
    struct tk_str *text, const struct tk_occurrence *o, struct tk_err *err);

/* The day the work is done on: "when" itself, or the working day before or
 * after it. false: there is none, the work is left out. */
bool tk_workbook_shift(int64_t *day, const struct tk_workbook *b,
    const struct tk_work *w, int64_t when);

#endif
