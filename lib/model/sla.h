/*
 * sla.h - terms as regulation/sla.yaml has them, as records.
 *
 * Purpose    Classes of service with their terms, rules that say which
 *            ticket has which class, and the floor for all.
 * Ownership  A record; read fills it, clear frees it.
 * Units      Terms are working seconds; 0: there is none.
 * Errors     TK_EINPUT with file:line: a term nobody can read, a class that
 *            a rule names and that is not there.
 */
#ifndef TK_MODEL_SLA_H
#define TK_MODEL_SLA_H

#include <stdbool.h>
#include <stdint.h>

#include "model/ladder.h"
#include "yaml/yaml.h"

enum tk_target {
	TK_RESPONSE,   /* a person answers the client */
	TK_UPDATE,     /* the next news for the client */
	TK_RESOLUTION, /* the client works again */
	TK_TARGETS,
};

/* Conditions; an empty list fits all. A category has all that is below it. */
struct tk_sla_match {
	struct tk_strv type, priority, category, client, contract, site;
};

struct tk_sla_target {
	struct tk_sla_match match;
	int64_t term[TK_TARGETS];
	unsigned line;
};

struct tk_sla_class {
	char *id, *name, *calendar;
	struct tk_sla_target *target;
	size_t n_targets, targets_cap;
	struct tk_ladder ladder;
	unsigned line;
};

struct tk_sla_rule {
	struct tk_sla_match match;
	char *class;
	unsigned line;
};

struct tk_sla {
	char *default_class;  /* or NULL */
	struct tk_sla_class *class;
	size_t n_classes, classes_cap;
	struct tk_sla_rule *rule; /* the first that fits */
	size_t n_rules, rules_cap;
	int64_t floor[TK_TARGETS];
	char *floor_calendar; /* or NULL: that of the class */
	unsigned floor_line;
};

TK_MUST_CHECK enum tk_status tk_sla_read(struct tk_sla *s, const char *path,
    const struct tk_yaml *y, struct tk_err *err);
void tk_sla_clear(struct tk_sla *s);
/* NULL: there is none. */
const struct tk_sla_class *tk_sla_class_find(
    const struct tk_sla *s, const char *id);

/* "response", "update", "resolution"; -1: no such target. */
const char *tk_target_name(enum tk_target t);
int tk_target_parse(const char *text);

#endif
