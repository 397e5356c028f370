/*
 * regdoc-parts.h - what the document's own files share; nobody else includes
 * it.
 */
#ifndef TK_REGDOC_PARTS_H
#define TK_REGDOC_PARTS_H

#include "regulation/regdoc.h"

struct tk_regdoc {
	struct tk_doc *doc;
	const struct tk_regfiles *files;
	const struct tk_regulation *reg;
};

/* All of these append to what is there, with commas. */
void tk_regdoc_join(struct tk_str *out, const char *word);
/* Names of roles; "client", "tk" and "all" in words. */
void tk_regdoc_roles(struct tk_str *out, const struct tk_regdoc *d,
    const struct tk_strv *roles);
void tk_regdoc_queues(struct tk_str *out, const struct tk_regdoc *d,
    const struct tk_strv *queues);
/* Words of "require". */
void tk_regdoc_needs(struct tk_str *out, const struct tk_strv *words);
void tk_regdoc_list(struct tk_str *out, const struct tk_strv *words);
/* A node in words: yes and no, lists with commas, maps as they are. */
void tk_regdoc_value(struct tk_str *out, const struct tk_yaml *y);

/* The processes in the order of "types", then all others; NULL after the
 * last. */
const struct tk_process *tk_regdoc_process(const struct tk_regdoc *d, size_t n);

/* One cell. */
void tk_regdoc_cell_str(struct tk_regdoc *d, struct tk_str *text); /* resets */
/* The list below key as roles, in a cell. */
void tk_regdoc_cell_roles(
    struct tk_regdoc *d, const struct tk_yaml *y, const char *key);
/* "Name (id)"; the name alone where it is the id. */
void tk_regdoc_cell_name(
    struct tk_regdoc *d, const char *id, const char *name);

void tk_regdoc_processes(struct tk_regdoc *d);  /* 2 */
void tk_regdoc_performers(struct tk_regdoc *d); /* 3 */
void tk_regdoc_results(struct tk_regdoc *d);    /* 4 */
void tk_regdoc_terms(struct tk_regdoc *d);      /* 5 */
void tk_regdoc_works(struct tk_regdoc *d, const struct tk_yaml *works);
void tk_regdoc_relations(struct tk_regdoc *d);  /* 6 */
void tk_regdoc_departments(struct tk_regdoc *d); /* 7 */
void tk_regdoc_people(struct tk_regdoc *d);     /* 8 */
void tk_regdoc_handling(struct tk_regdoc *d);   /* 9 */

#endif
