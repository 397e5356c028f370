/*
 * told.h - a time as a client is told it.
 *
 * Purpose    "14:30 по Киеву (24 ноября)": in the client's language and on
 *            his clock. Words are in share/places/LL.yaml; where that has no
 *            city for the zone, the offset stands in its place.
 * Units      Seconds since the epoch.
 */
#ifndef TK_TOLD_H
#define TK_TOLD_H

#include "base/str.h"

#include <stdint.h>

/* Appended. zone is an IANA name. */
void tk_told_time(
    struct tk_str *out, int64_t at, const char *language, const char *zone);

#endif
