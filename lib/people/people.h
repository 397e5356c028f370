/*
 * people.h - who works here and for whom: staff and clients changed.
 *
 * Purpose    One change of staff/ID.yaml or clients/ID.yaml, on the file as
 *            it is at the tip: keys nobody here knows stay. Judged as the
 *            act "staff" or "client", one commit. Nothing is ever deleted:
 *            who leaves is not active any more, and keeps the name in old
 *            tickets.
 * Ownership  A change borrows all it points to.
 * Errors     TK_EINPUT a value that cannot be; TK_EREFUSED a role or queue
 *            the regulation does not know, the last director; TK_EEXIST the
 *            id or the address is taken; TK_EDENIED not this actor's.
 */
#ifndef TK_DESK_PEOPLE_H
#define TK_DESK_PEOPLE_H

#include <stdio.h>

#include "desk/desk.h"

enum tk_people_kind {
	TK_PEOPLE_STAFF,
	TK_PEOPLE_CLIENT,
};

struct tk_people_change {
	enum tk_people_kind kind;
	const char *verb;             /* add, change, retire */
	const char *id;
	const struct tk_yaml *set;    /* keys, "contract.sla" too; null removes */
	const struct tk_strv *contacts; /* client: 'Name <mail>, phone', added
				       * or put in place of the one with that
				       * address; or NULL */
	const struct tk_strv *gone;   /* client: addresses of contacts that
				       * are no more; or NULL */
	const char *comment;          /* client: why we part; or NULL */
};

/* *changed is false where the file says so already: no commit then. */
TK_MUST_CHECK enum tk_status tk_people_change(struct tk_desk *desk,
    const struct tk_people_change *change, bool *changed, struct tk_err *err);

/* One of FIELD=VALUE; lists are split at commas, nothing removes the field.
 * TK_EUSAGE: no "="; TK_EINPUT: no such field, or such a value. */
TK_MUST_CHECK enum tk_status tk_people_set(struct tk_yaml *set,
    enum tk_people_kind kind, const char *word, struct tk_err *err);

/*
 * What tk staff and tk client do with add, change and retire: change has
 * kind, verb, id, contacts and gone; set what the options said, to which the
 * FIELD=VALUE words are added. Says "ID VERB"; to NULL: nothing.
 */
TK_MUST_CHECK enum tk_status tk_people_edit(struct tk_desk *desk,
    struct tk_people_change *change, struct tk_yaml *set, int argc,
    char **words, FILE *to, struct tk_err *err);

/* 'Name <mail>[, phone]...' or 'mail[, phone]...' as a contact's map. */
TK_MUST_CHECK enum tk_status tk_contact_parse(
    struct tk_yaml **out, const char *text, struct tk_err *err);

#endif
