/*
 * blocked.h - addresses whose letters open no tickets.
 *
 * Purpose    blocked.yaml in the tree: a list of addresses (or "@domain")
 *            with the day, who put it there and why. What people decided
 *            stays so until they decide otherwise.
 * Errors     TK_EINPUT with file:line; TK_EEXIST it is there already.
 */
#ifndef TK_BLOCKED_H
#define TK_BLOCKED_H

#include "desk/desk.h"

#define TK_BLOCKED_FILE "blocked.yaml"

TK_MUST_CHECK enum tk_status tk_blocked_has(bool *is, struct tk_tx *tx,
    const char *address, struct tk_err *err);
/* Put there, or taken away, by one commit of this actor. */
TK_MUST_CHECK enum tk_status tk_blocked_add(struct tk_tx *tx,
    const struct tk_actor *actor, const char *address, const char *why,
    struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_blocked_remove(struct tk_tx *tx,
    const struct tk_actor *actor, const char *address, struct tk_err *err);
/* The list as it is now; its items are maps. Free with tk_yaml_free(). */
TK_MUST_CHECK enum tk_status tk_blocked_list(
    struct tk_yaml **out, struct tk_desk *desk, struct tk_err *err);

#endif
