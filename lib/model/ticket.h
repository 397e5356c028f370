/*
 * ticket.h - ticket.yaml: a head and its log.
 *
 * Purpose    Every field of the head is the fold of the log's "set" entries;
 *            the log only grows. Values are YAML nodes, so fields this
 *            version does not know survive.
 * Ownership  A ticket owns its nodes; accessors lend.
 * Errors     TK_EINPUT with file:line for what is no ticket.
 */
#ifndef TK_TICKET_H
#define TK_TICKET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/pool.h"
#include "yaml/yaml.h"

struct tk_ticket;

struct tk_ticket *tk_ticket_new(const char *id);
TK_MUST_CHECK enum tk_status tk_ticket_read(struct tk_ticket **out,
    const char *data, size_t len, const char *name, struct tk_err *err);
/* Of many that go together and are not changed: in the pool, where the file
 * is as tk writes it; any other is read as above. Freed in any case. */
TK_MUST_CHECK enum tk_status tk_ticket_read_in(struct tk_ticket **out,
    struct tk_pool *pool, const char *data, size_t len, const char *name,
    struct tk_err *err);
void tk_ticket_write(struct tk_str *out, struct tk_ticket *t);
struct tk_ticket *tk_ticket_copy(const struct tk_ticket *t);
void tk_ticket_free(struct tk_ticket *t);

const char *tk_ticket_id(const struct tk_ticket *t);
/* A field of the head as text: "state", "subject"; NULL where not set. */
const char *tk_ticket_get(const struct tk_ticket *t, const char *field);
/* The node, for lists and maps; NULL where not set. */
const struct tk_yaml *tk_ticket_node(
    const struct tk_ticket *t, const char *field);
/* All fields of the head but the log. */
const struct tk_yaml *tk_ticket_head(const struct tk_ticket *t);

size_t tk_ticket_log_n(const struct tk_ticket *t);
/* A map with at, by, act and where there are: msg, set, rule ... */
const struct tk_yaml *tk_ticket_entry(const struct tk_ticket *t, size_t i);
/* The time of an entry; 0 where it cannot be read. */
int64_t tk_entry_at(const struct tk_yaml *entry);

/* Append a log entry (taken) and fold its "set" into the head. */
void tk_ticket_apply(struct tk_ticket *t, struct tk_yaml *entry);
/* A new entry without msg and set. */
struct tk_yaml *tk_entry_new(int64_t at, const char *by, const char *act);
/* The entry's set map, made if it is not there. */
struct tk_yaml *tk_entry_set(struct tk_yaml *entry);

/* Is the head what the log says? TK_EINPUT names the first field that is
 * not, with name:line. */
TK_MUST_CHECK enum tk_status tk_ticket_check(
    const struct tk_ticket *t, const char *name, struct tk_err *err);

/* The ticket as it was after the first n entries. */
struct tk_ticket *tk_ticket_at(const struct tk_ticket *t, size_t n);

#endif
