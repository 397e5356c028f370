/*
 * work.h - works that come round again: works.yaml.
 *
 * Purpose    What is done without being asked for: when, for whom, and the
 *            ticket it begins with.
 * Ownership  A list owns its records; tk_works_clear() frees them.
 * Units      start and until are times of a clock on the wall
 *            (base/local.h); spans are seconds.
 * Errors     TK_EINPUT with file:line.
 * Source     RFC 5545 for "recur".
 */
#ifndef TK_WORK_MODEL_H
#define TK_WORK_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rrule.h"
#include "model/people.h"
#include "yaml/yaml.h"

#define TK_WORKS_FILE "regulation/works.yaml"

enum tk_work_holiday {
	TK_HOLIDAY_AS_IS, /* the day it falls on, whatever day that is */
	TK_HOLIDAY_BEFORE,
	TK_HOLIDAY_AFTER,
	TK_HOLIDAY_SKIP,
};

enum tk_work_for {
	TK_WORK_OWN,     /* no client: the company's own */
	TK_WORK_ONE,     /* client */
	TK_WORK_CLIENTS, /* each of the clients that match */
};

struct tk_work {
	char *id, *name;
	char *recur;               /* as written */
	struct tk_rrule *rule;
	int64_t start;
	bool has_start;
	int64_t until;             /* the last moment; INT64_MAX: no end */
	char *calendar;            /* or NULL */
	enum tk_work_holiday holiday;
	enum tk_work_for whom;
	char *client;              /* of TK_WORK_ONE */
	const struct tk_yaml *where; /* of TK_WORK_CLIENTS; NULL: all */
	bool sites;                /* one for each site of the client */
	int64_t lead;              /* opened so much before its day */
	bool all_missed;           /* else of those missed the last alone */
	char *type, *queue, *priority, *category, *assignee; /* or NULL */
	char *subject, *text;      /* templates; text may be NULL */
	struct tk_strv checklist;
	unsigned line;
};

struct tk_works {
	struct tk_work *v;
	size_t n, cap;
	struct tk_yaml *file;
};

/* root is taken. */
TK_MUST_CHECK enum tk_status tk_works_read(struct tk_works *out,
    struct tk_yaml *root, const char *path, struct tk_err *err);
/* One of them, added; tells of the first thing that is wrong with it. */
TK_MUST_CHECK enum tk_status tk_works_add(struct tk_works *out,
    const struct tk_yaml *y, const char *path, struct tk_err *err);
void tk_works_clear(struct tk_works *w);

/* Is the work done for this client? Retired ones have none. */
bool tk_work_is_for(const struct tk_work *w, const struct tk_client *c);
/* The sites in a client's file: ids, and names where they have some; both
 * lists are appended to. */
void tk_client_sites(const struct tk_client *c, struct tk_strv *ids,
    struct tk_strv *names);

/* ID/WHEN, ID/WHEN/CLIENT or ID/WHEN/CLIENT/SITE: one time of one work. */
void tk_work_key(struct tk_str *out, const char *id, int64_t when,
    const char *client, const char *site);
/* Its parts; target is CLIENT, CLIENT/SITE or "". */
bool tk_work_key_parse(const char *key, struct tk_str *id, int64_t *when,
    struct tk_str *target);

#endif
