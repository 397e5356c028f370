/*
 * upkeep.h - what the desk does by itself, so that nothing is forgotten.
 *
 * Purpose    Rules of relations.yaml that tk-escalate --due runs: remind a
 *            silent client, close after silence, return a forgotten promise,
 *            tell the client that they are not forgotten.
 * Units      Spans are seconds; whole days are working days. 0: not done.
 * Errors     TK_EINPUT with file:line.
 */
#ifndef TK_UPKEEP_H
#define TK_UPKEEP_H

#include <stdint.h>

#include "yaml/yaml.h"

struct tk_silence {
	struct tk_strv states; /* in which the client is waited for */
	int64_t remind, close;
	char *remind_template, *close_template;
	unsigned remind_line, close_line;
};

struct tk_upkeep {
	struct tk_silence waiting; /* for an answer: "waiting" */
	struct tk_silence solved;  /* for consent: "close" */
	struct tk_strv promise_to; /* roles, people, "assignee"; empty: no */
	unsigned promise_line;
	int progress;              /* percent of the time to the next news */
	char *progress_template;
	unsigned progress_line;
};

/* relations.yaml. */
TK_MUST_CHECK enum tk_status tk_upkeep_read(struct tk_upkeep *u,
    const char *path, const struct tk_yaml *y, struct tk_err *err);
void tk_upkeep_clear(struct tk_upkeep *u);

#endif
