/*
 * people.h - staff and clients for a person to read.
 *
 * Ownership  JSON is the caller's to free.
 */
#ifndef TK_VIEW_PEOPLE_H
#define TK_VIEW_PEOPLE_H

#include <stdio.h>

#include "base/json.h"
#include "model/people-find.h"

/* A table, or an object a line; all: those who are not active any more too. */
void tk_staff_list(
    FILE *to, const struct tk_staff *staff, bool all, bool json);
void tk_clients_list(
    FILE *to, const struct tk_clients *clients, bool all, bool json);

/* The whole file, a line for each key, or an object. */
void tk_people_show(
    FILE *to, const char *id, const struct tk_yaml *file, bool json);
void tk_client_show(
    FILE *to, const char *id, const struct tk_yaml *file, bool json);

/* What was found, as a table, or an object a line. */
void tk_clients_found(
    FILE *to, const struct tk_client_hits *hits, bool json);

/* "Name <mail>, phone"; appended. */
void tk_contact_text(struct tk_str *out, const struct tk_contact *contact);

/* {"id": ..., the keys of the file ...}. */
struct tk_json *tk_people_json(const char *id, const struct tk_yaml *file);
struct tk_json *tk_contact_json(const struct tk_contact *contact);
/* On one line; j is freed. */
void tk_people_print(FILE *to, struct tk_json *j);

#endif
