/*
 * contract.h - what a client's contract says about hours and money.
 *
 * Purpose    The map "contract" of clients/ID.yaml: hours, rate, currency,
 *            rounding, block, covers, until. Its other keys are not looked
 *            at here.
 * Ownership  clear frees all; a cleared one is a client without a contract.
 * Units      Minutes; money in hundredths (kopecks, cents), never a fraction.
 * Errors     TK_EINPUT with file:line.
 */
#ifndef TK_CONTRACT_H
#define TK_CONTRACT_H

#include "yaml/yaml.h"

#define TK_CONTRACT_UNLIMITED INT64_MAX

struct tk_contract {
	int64_t hours;    /* minutes a month; TK_CONTRACT_UNLIMITED */
	int64_t rate;     /* an hour outside of it */
	char *currency;   /* RUB; "" where none is said */
	int64_t rounding; /* each entry up to whole ones of it; 0: none */
	int64_t block;    /* outside, a ticket's month likewise; 0: none */
	struct tk_strv covers; /* types, queues, categories; empty: all */
	char until[11];   /* the last day; "" without an end */
	bool limited;     /* hours are said and are not unlimited */
};

/* client is the file's root, path its name. */
TK_MUST_CHECK enum tk_status tk_contract_read(struct tk_contract *out,
    const struct tk_yaml *client, const char *path, struct tk_err *err);
void tk_contract_clear(struct tk_contract *c);

/* 2500, 2500.5, 2500,50: in hundredths. */
bool tk_money_parse(int64_t *out, const char *text);

#endif
