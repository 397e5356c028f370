/*
 * desk.h - an open desk: its settings, people and regulation.
 *
 * Purpose    What every command starts with. Settings come from desk.yaml
 *            (policy, in the tree) and git config tk.* (places, here only).
 *            Regulation and people are read when first asked for, from the
 *            snapshot, and again when they changed.
 * Ownership  Everything got from a desk is borrowed and lives until the
 *            next transaction or tk_desk_free().
 * Errors     TK_ENOENT no desk; TK_EINPUT a broken file, with file:line;
 *            TK_EDENIED nobody knows who you are.
 */
#ifndef TK_DESK_H
#define TK_DESK_H

#include "model/people.h"
#include "model/regulation.h"
#include "rules/judge.h"
#include "store/store.h"

struct tk_desk {
	struct tk_store *store;
	char *prefix;    /* TK */
	char *name;      /* of the company */
	char *address;   /* support@firma.example */
	char *language;  /* ru */
	char *timezone;
	char *token;     /* seed of plus-address tokens */
	bool plus;       /* letters go out with Reply-To: support+TK-1.x@ */
	char *loop;      /* X-Tk-Loop of this desk */
	char *site;      /* of a clone, "" at the gate */
	bool is_gate;    /* mail goes out from here */
	char *archive;   /* 2024: it is that archive of a desk; else NULL */
	struct tk_desk *live; /* of an archive that --archive has opened: the
			       * desk that says who may read; or NULL */
	struct tk_regulation *reg;
	struct tk_yaml_cache *cache; /* what reg and staff were read from */
	struct tk_staff staff;
	struct tk_clients clients;
	struct tk_clients early; /* read one by one before all were: borrowed still */
	bool has_clients;
	struct tk_known_client *known; /* of single addresses */
	size_t n_known;
	struct tk_actor actor;
	struct tk_strv visible; /* $TK_QUEUES: only these queues are shown;
				 * empty: all */
	char read_at[41]; /* the commit reg, staff and clients are from */
};

/* dir: what -C gave, or NULL. */
TK_MUST_CHECK enum tk_status tk_desk_open(
    struct tk_desk **out, const char *dir, struct tk_err *err);
void tk_desk_free(struct tk_desk *desk);

/* reg and staff filled; called by each act. */
TK_MUST_CHECK enum tk_status tk_desk_load(
    struct tk_desk *desk, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_desk_load_clients(
    struct tk_desk *desk, struct tk_err *err);
/* One client by id (NULL gives TK_OK): enough for those who need no more, as
 * reading all of them costs with their number. An unknown one is no error;
 * tk_clients_find() tells. */
TK_MUST_CHECK enum tk_status tk_desk_load_client(
    struct tk_desk *desk, const char *id, struct tk_err *err);
/* Whose address it is, or NULL: tk_clients_by_mail() without reading all of
 * them. Borrowed until the desk is read anew. */
TK_MUST_CHECK enum tk_status tk_desk_client_of(const struct tk_client **out,
    struct tk_desk *desk, const char *mail, struct tk_err *err);
/* All clients that may have this number, by the index; tk_clients_clear().
 * TK_ENOENT, without a message: it cannot say, all must be looked at. */
TK_MUST_CHECK enum tk_status tk_desk_clients_by_phone(struct tk_clients *few,
    struct tk_desk *desk, const char *text, struct tk_err *err);
void tk_desk_forget_known(struct tk_desk *desk);
/* Who runs this command: $TK_ACTOR, git config tk.actor, else the member of
 * staff with git's user.email, else, at the gate, with this Unix login. Borrowed. */
TK_MUST_CHECK enum tk_status tk_desk_actor(struct tk_desk *desk,
    const struct tk_actor **out, struct tk_err *err);
/* The actor of cron and intake. Free with tk_actor_clear(). */
void tk_desk_self(const struct tk_desk *desk, struct tk_actor *out);
/* A contact of a client, from a letter. */
void tk_desk_contact(
    struct tk_actor *out, const char *name, const char *address);

/*
 * May a ticket of this queue and type be shown here? tk-shell limits queues
 * ($TK_QUEUES), a process may say "visible": the actor, where it is known who
 * that is, must have one of these roles. Every reading command asks this, or
 * puts tk_desk_limit() behind its query, which says the same in terms of
 * tk-query(7).
 */
bool tk_desk_shows_ticket(
    struct tk_desk *desk, const char *queue, const char *type);
TK_MUST_CHECK enum tk_status tk_desk_limit(
    struct tk_str *query, struct tk_desk *desk, struct tk_err *err);

/* One of our own addresses: the desk's, a queue's, one that a route of ours
 * takes, the one for complaints. */
bool tk_desk_is_ours(const struct tk_desk *desk, const char *address);
/* The address and name a queue writes from. Borrowed. */
const char *tk_desk_queue_address(
    const struct tk_desk *desk, const struct tk_queue *q);
/* A template's text: templates/LL/NAME.txt of the desk, else share's. */
TK_MUST_CHECK enum tk_status tk_desk_template(struct tk_desk *desk,
    struct tk_str *out, const char *language, const char *name,
    struct tk_err *err);
/* support+TK-1.0123abcd@firma.example; appended. */
void tk_desk_plus_address(
    struct tk_str *out, const struct tk_desk *desk, const char *id);

#endif
