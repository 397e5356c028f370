/*
 * regulation.h - what the company has written down, as plain records.
 *
 * Purpose    The rules of regulation/ (tk-regulation(5)); the prose in them
 *            is not looked at here. Each rule knows its file and line.
 * Ownership  A regulation owns all its records; add and finish fill it.
 * Units      Spans are seconds.
 * Errors     TK_EINPUT with file:line: a key of the wrong kind, a state,
 *            queue or process that is named but not there.
 */
#ifndef TK_REGULATION_H
#define TK_REGULATION_H

#include <stdbool.h>
#include <stdint.h>

#include "model/by-language.h"
#include "model/calendar.h"
#include "model/mail-rules.h"
#include "model/sla.h"
#include "model/upkeep.h"
#include "yaml/yaml.h"

enum tk_clock_rule { /* what a state does to the terms */
	TK_CLOCK_RUNS,
	TK_CLOCK_STOPS,
	TK_CLOCK_UPDATES, /* only news for the client is still due */
};

struct tk_state {
	char *id, *name;
	bool final;    /* all clocks have ended */
	bool positive; /* a good end: a client may be parted with after it */
	enum tk_clock_rule clock;
};

struct tk_transition {
	struct tk_strv from;
	char *to;
	struct tk_strv act;     /* acts that make this step by themselves */
	struct tk_strv by;      /* roles, client, tk; empty: everybody */
	struct tk_strv require;
	struct tk_yaml *set;    /* or NULL */
	bool results;           /* the process's results are asked for */
	const char *file;
	unsigned line;
};

struct tk_process {
	char *id, *name, *initial, *file;
	struct tk_state *state;
	size_t n_states, states_cap;
	struct tk_transition *step;
	size_t n_steps, steps_cap;
	struct tk_strv results;   /* what must be there at the end */
	unsigned results_line;
	struct tk_strv checklist; /* what a new ticket starts with */
	struct tk_strv visible;   /* roles; empty: everybody */
	unsigned visible_line;
};

struct tk_handover {
	struct tk_strv to;      /* queues, or "all" */
	struct tk_strv require;
	unsigned line;
};

/* Where a ticket goes when it is escalated and nobody says where. */
struct tk_upward {
	char *category;         /* this one and those below it; NULL: any */
	char *queue;            /* NULL: it stays where it is */
	int line;               /* 0: that of the queue */
	unsigned where;
};

struct tk_queue {
	char *id, *name, *address, *language;
	struct tk_by_language from, signature;
	char *sign;             /* letters go out signed: "pgp", "smime" */
	char *sign_key;         /* by this key; NULL: that of the address */
	bool decrypt;           /* encrypted letters are kept readable, too */
	char *calendar;         /* of the resolution, here; or NULL */
	int line;               /* of support, 1 to 3; 0: none */
	enum tk_unknown unknown;
	struct tk_handover *handover;
	size_t n_handovers, handovers_cap;
	struct tk_upward *upward;
	size_t n_upwards, upwards_cap;
	unsigned where;         /* line in queues.yaml */
};

struct tk_route {
	char *to, *from, *subject, *client; /* globs and a word; or NULL */
	char *queue, *type, *priority, *category; /* results, or NULL */
	unsigned where;
};

struct tk_role {
	char *id, *name;
	struct tk_strv acts;    /* or "all" */
	struct tk_strv queues;  /* or "all" */
	unsigned where;
};

struct tk_choice { /* a priority or a category */
	char *id, *name;
	bool urgent;
	struct tk_strv ask;      /* for people, in their words */
	struct tk_strv evidence; /* ids that "require: evidence" asks for */
	unsigned where;
};

struct tk_matrix_cell {
	char *impact, *urgency, *priority;
	unsigned where;
};

struct tk_choices {
	struct tk_choice *v;
	size_t n, cap;
};

struct tk_refusal {             /* "refuse_client": who parts with a client */
	struct tk_strv by;      /* roles, or "all"; empty: everybody */
	struct tk_strv require; /* positive-close, comment */
	unsigned line;          /* in relations.yaml */
};

struct tk_regulation {
	int version;
	char *title, *language;
	int64_t since;          /* in force; 0: not said */
	struct tk_strv ack_roles; /* who must acknowledge; "all"; empty: nobody */
	int64_t ack_grace;
	unsigned ack_line;      /* in regulation.yaml */
	struct tk_process *process;
	size_t n_processes, processes_cap;
	struct tk_queue *queue;
	size_t n_queues, queues_cap;
	char *default_queue;
	struct tk_route *route;
	size_t n_routes, routes_cap;
	struct tk_role *role;
	size_t n_roles, roles_cap;
	struct tk_choices priorities, categories, impacts, urgencies;
	struct tk_matrix_cell *matrix;
	size_t n_matrix, matrix_cap;
	struct tk_strv types, channels;
	char *default_type, *default_priority;
	bool ack_send, rating_ask;
	int rating_scale;       /* digits from 1 */
	char *rating_template;  /* or NULL */
	struct tk_strv rating_states; /* empty: "closed" */
	char *ack_template;
	struct tk_mail_rules mail; /* letters that come in */
	int64_t reopen_window;
	bool promise_tell;      /* a promised date is told to the client */
	char *promise_template; /* or NULL */
	struct tk_strv write_to_clients; /* roles; empty: everybody */
	struct tk_by_language complaint_name;
	char *complaint_address;
	struct tk_calendars calendars;
	struct tk_sla sla;
	struct tk_upkeep upkeep;
	unsigned write_line;    /* of write_to_clients in relations.yaml */
	struct tk_refusal refuse;
	int64_t offline_window; /* how late a clone's act may come */
};

/* The "escalate" of a queue: the id of another one, or a list of maps. */
TK_MUST_CHECK enum tk_status tk_queue_keys_read(struct tk_queue *q,
    const struct tk_yaml *y, const char *path, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_upwards_read(struct tk_queue *q,
    const struct tk_yaml *y, const char *path, struct tk_err *err);

struct tk_regulation *tk_regulation_new(void);
void tk_regulation_free(struct tk_regulation *r);
/* A file of regulation/; path from the top of the desk. */
TK_MUST_CHECK enum tk_status tk_regulation_add(struct tk_regulation *r,
    const char *path, const char *data, size_t len, struct tk_err *err);
/* After the last file: do the rules fit together? */
TK_MUST_CHECK enum tk_status tk_regulation_finish(
    struct tk_regulation *r, struct tk_err *err);

/* The cell of impact and urgency; NULL: none, or one of them is NULL. */
const struct tk_matrix_cell *tk_matrix_find(const struct tk_regulation *r,
    const char *impact, const char *urgency);

/* All of these give NULL where there is none. */
const struct tk_process *tk_process_find(
    const struct tk_regulation *r, const char *id);
const struct tk_state *tk_state_find(
    const struct tk_process *p, const char *id);
const struct tk_queue *tk_queue_find(
    const struct tk_regulation *r, const char *id);
const struct tk_role *tk_role_find(
    const struct tk_regulation *r, const char *id);
const struct tk_choice *tk_choice_find(
    const struct tk_choices *c, const char *id);
/* "new, open, waiting": for messages; appended. */
void tk_regulation_names(
    struct tk_str *out, const struct tk_regulation *r, const char *what);

#endif
