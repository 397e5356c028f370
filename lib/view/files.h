/*
 * files.h - a ticket's attachments, a line for each.
 *
 * Purpose    Numbers go through the ticket from 1, as in show.h.
 */
#ifndef TK_FILES_H
#define TK_FILES_H

#include <stdio.h>

#include "model/message.h"

/* A table, or an object a line. */
void tk_files_list(FILE *to, const struct tk_message *messages, size_t n,
    bool json);

#endif
