/*
 * law.h - what the files of check and audit share; nobody else includes it.
 *
 * Purpose    One commit is looked at by check.c and check-who.c (who, when),
 *            check-file.c (where, which role), check-ticket.c (the log and
 *            the judge) and check-message.c. What is wrong is a finding and
 *            not a status: all that is wrong with a commit is told at once.
 * Audit      The same law for what is in already: now is the commit's own
 *            time, and what the gate itself has recorded (letters, sent) is
 *            judged by its shape, not by a role.
 * Ownership  A law borrows desk and history; the told list is its own.
 */
#ifndef TK_LAW_H
#define TK_LAW_H

#include "check/layout.h"
#include "desk/desk.h"
#include "store/history.h"

#define TK_LAW_SLACK 300            /* seconds a clock may be wrong */
#define TK_LAW_SEEN 64 /* tickets kept parsed from commit to commit */

/* A log entry that the commit adds. */
struct tk_told {
	char ticket[64];
	char *act, *rule;      /* rule: "" is none */
	char msg[32];          /* "": none */
	int64_t at;
	char from[64], to[64]; /* states */
};

/* Something found. What is borrowed lives until the listener returns. */
struct tk_remark {
	const char *file;   /* or NULL */
	const char *where;  /* ":12" or "" */
	const char *rule, *text;
	const char *remedy; /* or NULL */
	bool info;          /* to be known, but nothing wrong */
};

struct tk_law {
	struct tk_desk *desk;
	struct tk_history *history;
	const struct tk_commit *commit;
	const char *pusher;     /* id, or NULL: whoever is the author */
	struct tk_actor actor;  /* the author, from the staff file */
	int64_t now;
	bool audit;
	bool first;     /* audit: the beginning, judged by its own rules */
	int64_t before; /* when the commit before was made; 0: not known */
	void (*listen)(const struct tk_law *l, const struct tk_remark *r);
	void *arg;      /* the listener's */
	struct tk_told *told;
	size_t n_told, told_cap;
	struct {
		char id[41];    /* of ticket.yaml's blob */
		struct tk_ticket *ticket;
	} seen[TK_LAW_SEEN];
	size_t next_seen;
	struct tk_index *index; /* of HEAD, or NULL: it cannot be read */
	struct tk_strv touched; /* tickets that the commits so far changed */
	size_t found;
	struct tk_err findings; /* one line each */
};

void tk_law_init(
    struct tk_law *l, struct tk_desk *desk, const char *pusher);
void tk_law_clear(struct tk_law *l);
/* Every commit of the history up to the first bad one; *n were good. */
TK_MUST_CHECK enum tk_status tk_law_run(
    size_t *n, struct tk_law *l, struct tk_err *err);

/* The commit, on the snapshot that is its parent. */
TK_MUST_CHECK enum tk_status tk_law_commit(
    struct tk_law *l, struct tk_err *err);

/* The author, into l->actor. False, and a finding: nobody known. */
bool tk_law_author(struct tk_law *l);
/* Audit: whom an entry is by, and was it made when its commit was? */
void tk_law_entry_by(struct tk_law *l, const char *by);
void tk_law_entry_time(
    struct tk_law *l, const char *path, const struct tk_yaml *entry);
/* When the commit was made. */
void tk_law_clock(struct tk_law *l);

/* "commit X: FILE: [RULE] text; remedy". file and remedy may be NULL. */
TK_PRINTF(5, 6)
void tk_law_find(struct tk_law *l, const char *file, const char *rule,
    const char *remedy, const char *fmt, ...);
/* The same from an error whose text may begin with FILE:LINE. */
void tk_law_find_err(struct tk_law *l, const char *file, const char *rule,
    const struct tk_err *err);
TK_PRINTF(4, 5) /* something to be known; only an audit tells it */
void tk_law_info(struct tk_law *l, const char *file, const char *rule,
    const char *fmt, ...);
void tk_law_find_all(
    struct tk_law *l, const char *file, const struct tk_findings *f);

/* The bytes of a file of the commit; a finding where it is over max. */
TK_MUST_CHECK enum tk_status tk_law_read(struct tk_law *l,
    struct tk_str *out, const char *path, const char *id, size_t max,
    bool *good, struct tk_err *err);

struct tk_law_areas { /* what of the rules themselves the commit changes */
	bool regulation, people;
};

TK_MUST_CHECK enum tk_status tk_law_files(
    struct tk_law *l, struct tk_law_areas *areas, struct tk_err *err);
/* ticket.yaml, added or changed: its new entry is told, or findings. */
TK_MUST_CHECK enum tk_status tk_law_ticket(struct tk_law *l,
    const struct tk_file_change *f, const struct tk_path *at,
    struct tk_err *err);
/* "terms", "due" and the end of a "wait" of the new entry: are they what the
 * rules give? */
void tk_law_terms(struct tk_law *l, const char *path,
    const struct tk_ticket *old, const struct tk_ticket *now,
    const struct tk_yaml *entry);
/* What the act of a ticket sets; old is NULL for a new one. */
void tk_law_values(struct tk_law *l, const char *path,
    const struct tk_ticket *old, const struct tk_yaml *set);
/* clients/ID.yaml, added or changed. */
TK_MUST_CHECK enum tk_status tk_law_client(struct tk_law *l, const char *path,
    const char *id, const struct tk_str *text, struct tk_err *err);
/* A commit that moves tickets into an archive, as its trailer says. */
bool tk_law_is_archiving(const struct tk_law *l);
void tk_law_archiving(struct tk_law *l);
/* Is this ticket in an archive, by the commit's parent? year is filled. */
bool tk_law_archived(struct tk_law *l, const char *id, char year[5]);
/* A message or a letter. After all tickets of the commit. */
TK_MUST_CHECK enum tk_status tk_law_message(struct tk_law *l,
    const struct tk_file_change *f, const struct tk_path *at,
    struct tk_err *err);
/* Does the commit's text say what was done? */
void tk_law_text(struct tk_law *l);

#endif
