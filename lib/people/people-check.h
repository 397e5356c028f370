/*
 * people-check.h - may a staff or client file say this?
 *
 * Purpose    What people-check.c does for people.c: values one by one, and
 *            the file among all others.
 */
#ifndef TK_PEOPLE_CHECK_H
#define TK_PEOPLE_CHECK_H

#include "people/people.h"

/* Only what is set is looked at, so that an old fault of the file does not
 * stop a change of something else. */
TK_MUST_CHECK enum tk_status tk_people_check_set(const struct tk_desk *desk,
    const struct tk_people_change *change, struct tk_err *err);

/* The new person or client among the others of the tip. */
TK_MUST_CHECK enum tk_status tk_people_check_staff(const struct tk_desk *desk,
    const struct tk_person *now, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_people_check_client(const struct tk_desk *desk,
    const struct tk_client *now, struct tk_err *err);

/* Everybody says for themselves what they want to be told: a change of one's
 * own "notify" and nothing else needs no right. */
bool tk_people_is_own_choice(
    const struct tk_people_change *c, const struct tk_actor *actor);
/* The same of two versions of staff/ID.yaml. */
bool tk_people_is_own_file(const char *id, const struct tk_actor *actor,
    const struct tk_str *was, const struct tk_str *now);

#endif
