/*
 * invite.h - what a calendar invitation says: who, when, where.
 *
 * Purpose    The first event (or task) of an iCalendar text, as lines that
 *            need no calendar program. The words around it are the same in
 *            every locale: they are kept in files.
 * Units      Times are shown as they were written, with their zone; nothing
 *            is converted.
 * Source     RFC 5545, RFC 5546.
 */
#ifndef TK_INVITE_H
#define TK_INVITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Appends the lines. Text is UTF-8. with_text: its description, too. False,
 * and nothing added, where there is no event in it. */
bool tk_invite_text(
    struct tk_str *out, const char *text, size_t len, bool with_text);

#endif
