/*
 * ladder.h - what is done while a term runs out, step by step.
 *
 * Purpose    "escalation" of a class in sla.yaml, as records.
 * Units      at is percent of the term, or working seconds behind it.
 * Errors     TK_EINPUT with file:line.
 */
#ifndef TK_LADDER_H
#define TK_LADDER_H

#include <stdbool.h>
#include <stdint.h>

#include "yaml/yaml.h"

enum tk_step_act {
	TK_STEP_WARN,   /* the assignee, or the queue */
	TK_STEP_TELL,   /* whom it names */
	TK_STEP_RAISE,  /* the priority, by one */
	TK_STEP_UP,     /* a line up */
	TK_STEP_ASSIGN, /* to whom it names */
};

struct tk_step {
	enum tk_step_act act;
	bool percent;
	int64_t at;
	unsigned targets;  /* bits by enum tk_target */
	struct tk_strv to; /* roles, people, "assignee" */
	char *when;        /* as written: 75%, breach, +2h */
	char *name;        /* "75% warn": what the log says was done */
	unsigned line;
};

struct tk_ladder {
	struct tk_step *v;
	size_t n, cap;
};

/* class is the map of one class. */
TK_MUST_CHECK enum tk_status tk_ladder_read(struct tk_ladder *l,
    const struct tk_yaml *class, const char *path, struct tk_err *err);
void tk_ladder_clear(struct tk_ladder *l);

/* warn tell raise up assign */
const char *tk_step_word(enum tk_step_act act);

#endif
