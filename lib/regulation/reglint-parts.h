/*
 * reglint-parts.h - what lint's own files share; nobody else includes it.
 */
#ifndef TK_REGLINT_PARTS_H
#define TK_REGLINT_PARTS_H

#include "desk/desk.h"
#include "regulation/regfile.h"

struct tk_lint {
	struct tk_strv *found;
	struct tk_desk *desk;         /* or NULL */
	const char *shown;            /* folder to name in place of
				       * "regulation", or NULL */
	const struct tk_regfiles *files;
	struct tk_regulation *reg;
	struct tk_staff *staff;       /* NULL: not known */
};

/* path is from the top of the desk; line 0 becomes 1. */
TK_PRINTF(4, 5)
void tk_lint_find(struct tk_lint *l, const char *path, unsigned line,
    const char *fmt, ...);
/* A text that begins with path:line itself. */
void tk_lint_add(struct tk_lint *l, const char *text);
/* Each role of the list below key is there; extra are further words that are
 * good ("client"), NULL-terminated. */
void tk_lint_roles(struct tk_lint *l, const char *path,
    const struct tk_yaml *y, const char *key, const char *const *extra);
/* Each word of "require" means something. */
void tk_lint_words(struct tk_lint *l, const char *path, unsigned line,
    const struct tk_strv *words);
/* The list of maps below key; an empty one where there is none. */
const struct tk_yaml *tk_lint_list(const struct tk_yaml *y, const char *key);

void tk_lint_keys(struct tk_lint *l);
void tk_lint_processes(struct tk_lint *l);
void tk_lint_terms(struct tk_lint *l);
void tk_lint_works(struct tk_lint *l);
void tk_lint_penalties(struct tk_lint *l);
void tk_lint_queues(struct tk_lint *l);
void tk_lint_handling(struct tk_lint *l);
void tk_lint_people(struct tk_lint *l);

#endif
