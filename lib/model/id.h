/*
 * id.h - ticket ids, and where in the tree a thing lies.
 *
 * Purpose    TK-1042 at the gate, TK-17.kyiv where a clone named kyiv opened
 *            it. tickets/A/B/ID with A = n/10000 and B = n/100%100, two
 *            digits at least, so that no folder has over about 100 entries.
 */
#ifndef TK_ID_H
#define TK_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct tk_id {
	char prefix[16];
	uint64_t number;
	char site[32]; /* "" at the gate */
};

/* PREFIX-NUMBER or PREFIX-NUMBER.SITE: capitals and digits, no leading
 * zeros, site in small letters, digits and -. */
bool tk_id_parse(struct tk_id *id, const char *text);
void tk_id_text(struct tk_str *out, const struct tk_id *id);

/* What a person types: TK-42, tk-42, 42, 42.kyiv with the desk's prefix. */
bool tk_id_parse_loose(
    struct tk_id *id, const char *text, const char *prefix);

/* Appends tickets/00/10/TK-1042; text must be a valid id. */
void tk_id_path(struct tk_str *out, const char *text);

enum tk_path_kind {
	TK_PATH_OTHER,
	TK_PATH_TICKET,  /* .../ticket.yaml */
	TK_PATH_MESSAGE, /* .../STAMP-HASH.yaml */
	TK_PATH_LETTER,  /* .../STAMP-HASH.eml */
	TK_PATH_STAFF,   /* staff/ID.yaml */
	TK_PATH_CLIENT,  /* clients/ID.yaml */
	TK_PATH_REGULATION, /* below regulation/ */
};

struct tk_path {
	enum tk_path_kind kind;
	char ticket[64]; /* the ticket's id, or "" */
	char name[128];  /* message name or staff/client id, or "" */
};

/* A ticket's file must lie where its number says, else TK_PATH_OTHER. */
void tk_path_parse(struct tk_path *out, const char *path);

/* [a-z0-9] then [a-z0-9._-], no "..", at most 64: staff, clients, queues. */
bool tk_name_valid(const char *name);
/* 20261122T061502Z-5f3a09c1 */
bool tk_message_name_valid(const char *name);

#endif
