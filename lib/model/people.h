/*
 * people.h - staff and clients, as their files say.
 *
 * Purpose    staff/ID.yaml and clients/ID.yaml. Records for reading; a
 *            change is made on the YAML, so unknown keys survive.
 * Ownership  Lists own their records.
 * Errors     TK_EINPUT with file:line.
 */
#ifndef TK_PEOPLE_H
#define TK_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "yaml/yaml.h"

struct tk_person { /* a member of staff */
	char *id, *name;
	struct tk_strv mail;   /* the first is the main one */
	struct tk_strv roles;
	struct tk_strv queues; /* empty: as the roles say */
	char *language;        /* or NULL */
	char *login;           /* Unix user at the gate, or NULL */
	bool active;
	int64_t since;         /* on the staff since then; 0: not said */
	int acked;             /* newest version of the regulation read */
	int64_t acked_at;
	struct tk_yaml *file;
};

struct tk_contact {
	char *name;
	struct tk_strv mail, phone;
};

struct tk_client {
	char *id, *name;
	struct tk_strv domains;
	struct tk_contact *contact;
	size_t n_contacts, contacts_cap;
	char *language; /* or NULL */
	char *sla;      /* of the contract, or NULL */
	bool active;
	struct tk_yaml *file;
};

struct tk_staff {
	struct tk_person *v;
	size_t n, cap;
};

/* An address or a domain, and whose it is. */
struct tk_client_key {
	const char *text; /* in the client */
	size_t client;
};

struct tk_clients {
	struct tk_client *v;
	size_t n, cap;
	struct tk_client_key *mail, *domain; /* by tk_clients_sort(), or NULL */
	size_t n_mails, n_domains;
};

TK_MUST_CHECK enum tk_status tk_staff_add(struct tk_staff *s, const char *id,
    const char *data, size_t len, const char *path, struct tk_err *err);
/* acks/ID.yaml: the versions of the regulation this person has read. A file
 * of somebody who is not on the staff is nothing. */
TK_MUST_CHECK enum tk_status tk_staff_add_acks(struct tk_staff *s,
    const char *id, const char *data, size_t len, const char *path,
    struct tk_err *err);
const struct tk_person *tk_staff_find(const struct tk_staff *s, const char *id);
const struct tk_person *tk_staff_by_login(
    const struct tk_staff *s, const char *login);
const struct tk_person *tk_staff_by_mail(
    const struct tk_staff *s, const char *mail);
void tk_staff_clear(struct tk_staff *s);

TK_MUST_CHECK enum tk_status tk_clients_add(struct tk_clients *c,
    const char *id, const char *data, size_t len, const char *path,
    struct tk_err *err);
const struct tk_client *tk_clients_find(
    const struct tk_clients *c, const char *id);
/* By a contact's address, else by the domain; retired ones too. */
const struct tk_client *tk_clients_by_mail(
    const struct tk_clients *c, const char *mail);
/* Of many, tk_clients_by_mail() finds one sooner until one is added. */
void tk_clients_sort(struct tk_clients *c);
void tk_clients_clear(struct tk_clients *c);

/* Canonical key order for writing. */
void tk_person_write(struct tk_str *out, struct tk_yaml *file);
void tk_client_write(struct tk_str *out, struct tk_yaml *file);

#endif
