/*
 * audit.h - history judged once more.
 *
 * Purpose    Each commit by the regulation that was in force when it was
 *            made, which is that of its parent; with the same law as pushes
 *            (law.h), but all that is found is told. And the line about the
 *            last commit that leaves the house, so that a history rewritten
 *            later can be known for one.
 * Ownership  A row is lent until the callback returns.
 * Units      Seconds since the epoch.
 * Errors     TK_ENOENT no such revision; TK_EREFUSED a range that is none;
 *            TK_EINPUT lines that are none. Findings are no errors.
 */
#ifndef TK_AUDIT_H
#define TK_AUDIT_H

#include "desk/desk.h"

enum tk_audit_kind {
	TK_AUDIT_VIOLATION,
	TK_AUDIT_UNREAD,    /* an act without having read the regulation */
	TK_AUDIT_EMERGENCY, /* lawful, with a reason given */
	TK_AUDIT_UNSIGNED,  /* an acknowledgement without a signature */
	TK_AUDIT_KINDS,
};

struct tk_audit_row {
	enum tk_audit_kind kind;
	const char *commit;     /* 40 hex digits */
	const char *who, *mail; /* the author; "" for a line about a head */
	int64_t when;           /* committed */
	const char *ticket;     /* "" if none */
	const char *file;       /* with :LINE where it is known; "" if none */
	const char *rule, *text;
};

struct tk_audit {
	void (*row)(const struct tk_audit_row *r, void *arg);
	void (*progress)(size_t done, size_t total); /* or NULL */
	void *arg;
	size_t commits, found[TK_AUDIT_KINDS]; /* filled */
};

/* For people and for programs, one line without its end; appended. */
void tk_audit_text(struct tk_str *out, const struct tk_audit_row *r);
void tk_audit_json(struct tk_str *out, const struct tk_audit_row *r);

/* A..B, A for A..HEAD, NULL for all. */
TK_MUST_CHECK enum tk_status tk_audit_run(struct tk_audit *a,
    struct tk_desk *desk, const char *range, struct tk_err *err);

/* "DATE HEAD COUNT": now, the last commit, commits up to it. */
TK_MUST_CHECK enum tk_status tk_audit_head(
    struct tk_str *out, struct tk_desk *desk, struct tk_err *err);
/* Such lines, one each; name is for messages. A line that the history does
 * not fit is a violation; a->commits counts the lines. */
TK_MUST_CHECK enum tk_status tk_audit_check(struct tk_audit *a,
    struct tk_desk *desk, const struct tk_str *lines, const char *name,
    struct tk_err *err);

#endif
