/*
 * penalty.h - what a missed term costs, as records.
 *
 * Purpose    The list "penalties" of relations.yaml, or of the contract in a
 *            client's file, which takes its place for that client.
 * Ownership  A list owns its rules.
 * Units      Spans are seconds; a share is in hundredths of a percent, money
 *            in hundredths (kopecks, cents).
 * Errors     TK_EINPUT with file:line.
 */
#ifndef TK_PENALTY_MODEL_H
#define TK_PENALTY_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "model/sla.h"
#include "yaml/yaml.h"

enum tk_refund {
	TK_REFUND_SHARE, /* of the month's fee: 2% */
	TK_REFUND_TIME,  /* so long free of charge: 7d */
	TK_REFUND_SUM,   /* 500.00 */
};

struct tk_penalty_rule {
	char *class;     /* NULL: all */
	struct tk_strv type, priority; /* empty: all */
	bool downtime;   /* a calendar month's, else one clock's */
	enum tk_target target;
	int64_t over;    /* as long as this costs nothing; 0: the term */
	int64_t each;    /* then for each one begun; 0: once */
	enum tk_refund kind;
	int64_t refund;
	char *said;      /* the refund as it is written */
	char *file;
	unsigned line;
};

struct tk_penalty_rules {
	struct tk_penalty_rule *v;
	size_t n, cap;
};

/* The list below "penalties" of map, appended; none is none. */
TK_MUST_CHECK enum tk_status tk_penalty_rules_read(struct tk_penalty_rules *out,
    const struct tk_yaml *map, const char *path, struct tk_err *err);
void tk_penalty_rules_clear(struct tk_penalty_rules *r);

/* For a ticket of that class, type and priority? */
bool tk_penalty_fits(const struct tk_penalty_rule *r, const char *class,
    const char *type, const char *priority);
/* How often it is due where the clock ran so long; 0: it costs nothing. */
int64_t tk_penalty_times(
    const struct tk_penalty_rule *r, int64_t used, int64_t term);
/* What it comes to in money, at most the month's fee; 0 where no fee is
 * known and it is not a sum. */
int64_t tk_penalty_amount(
    const struct tk_penalty_rule *r, int64_t times, int64_t fee);

/* 1500, 1500.5 or 1500,50 in hundredths. */
bool tk_penalty_money(int64_t *out, const char *text);

#endif
