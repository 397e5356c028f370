/*
 * mail-rules.h - what the regulation says about letters that come in.
 *
 * Purpose    Limits, unknown senders, letters of monitoring programs and of
 *            partners: parts of queues.yaml and relations.yaml.
 * Ownership  Part of a tk_regulation, which frees it.
 * Units      Spans are seconds.
 * Errors     TK_EINPUT with file:line.
 */
#ifndef TK_MAIL_RULES_H
#define TK_MAIL_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "yaml/yaml.h"

#define TK_LIMITS_MAX 4

struct tk_limit { /* so many in that time */
	int n;
	int64_t span;
};

struct tk_limits {
	struct tk_limit v[TK_LIMITS_MAX];
	size_t n;
};

enum tk_unknown {
	TK_UNKNOWN_UNSET, /* as relations.yaml says */
	TK_UNKNOWN_ACCEPT,
	TK_UNKNOWN_HOLD,
	TK_UNKNOWN_REJECT,
};

/* Letters about one thing: a host and its service, a case of a partner. */
struct tk_sender_rule {
	char *id, *from;         /* from: a glob of addresses, or NULL */
	struct tk_strv problem;  /* patterns of the subject (base/pattern.h) */
	struct tk_strv recovery; /* of monitoring only */
	char *key;               /* "{host}/{service}", or NULL: all holes */
	char *queue, *type, *priority, *category; /* or NULL */
	unsigned where;
};

struct tk_sender_rules {
	struct tk_sender_rule *v;
	size_t n, cap;
};

struct tk_mail_rules {
	struct tk_limits ack;       /* acknowledgements to one address */
	struct tk_limits ack_queue; /* ... from one queue to all */
	struct tk_limits reopen;    /* of one ticket by letters */
	bool reopen_unverified;     /* by a sender that nobody has verified */
	enum tk_unknown unknown;
	struct tk_sender_rules monitors, partners;
};

void tk_mail_rules_init(struct tk_mail_rules *r);
void tk_mail_rules_clear(struct tk_mail_rules *r);

/* relations.yaml, and the lists of queues.yaml. */
TK_MUST_CHECK enum tk_status tk_mail_rules_relations(struct tk_mail_rules *r,
    const char *path, const struct tk_yaml *y, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_mail_rules_queues(struct tk_mail_rules *r,
    const char *path, const struct tk_yaml *y, struct tk_err *err);
/* The word of unknown_senders. */
TK_MUST_CHECK enum tk_status tk_unknown_read(enum tk_unknown *out,
    const struct tk_yaml *map, const char *path, struct tk_err *err);

/* The key of a subject by one of the patterns; false: none fits. Appended. */
bool tk_sender_rule_key(struct tk_str *key, const struct tk_sender_rule *r,
    const struct tk_strv *patterns, const char *subject);

#endif
