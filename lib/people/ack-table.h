/*
 * ack-table.h - who has read the regulation, for people and for programs.
 */
#ifndef TK_ACK_TABLE_H
#define TK_ACK_TABLE_H

#include <stdio.h>

#include "people/ack.h"

/* The table, or one JSON object a line. How many have not acknowledged. */
size_t tk_ack_print(
    FILE *to, const struct tk_ack_row *rows, size_t n, bool json);

#endif
