/*
 * address.h - addresses from header fields that are still bytes.
 *
 * Purpose    The inner side of tk_addresses_parse() of letter.h.
 */
#ifndef TK_ADDRESS_H
#define TK_ADDRESS_H

#include "mail/letter.h"

/* hint: the charset of the body, for raw 8-bit names; or NULL. */
void tk_addresses_parse_raw(
    struct tk_addresses *out, const char *raw, const char *hint);

#endif
