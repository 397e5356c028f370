/* rating-ask - the client is asked, once for each closing. */
#include <stdlib.h>
#include <string.h>

#include "act/letter.h"
#include "act/rating.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/overview.h"
#include "desk/ticket.h"
#include "mail/letter.h"

#define LATE "closed:<2d" /* whoever was closed before is not bothered now */
#define RULE "rating"

/* Whom to write to; NULL: nobody. free(3). */
static char *
requester_of(const struct tk_desk *desk, const struct tk_ticket *t)
{
	const char *text = tk_ticket_get(t, "requester");
	struct tk_addresses a = { NULL, 0, 0 };
	char *addr = NULL;

	tk_addresses_parse(&a, text != NULL ? text : "");
	if (a.n > 0 && tk_address_valid(a.v[0].addr) &&
	    !tk_desk_is_ours(desk, a.v[0].addr) &&
	    tk_staff_by_mail(&desk->staff, a.v[0].addr) == NULL)
		addr = tk_strdup(a.v[0].addr);
	tk_addresses_clear(&a);
	return addr;
}

/* Closed in a state that is asked about, answered by a person before, and not
 * asked or rated since. Junk was never answered. */
static bool
is_due(const struct tk_desk *desk, const struct tk_ticket *t)
{
	const struct tk_strv *states = &desk->reg->rating_states;
	const char *state = tk_ticket_get(t, "state"), *act;
	size_t closing = tk_rating_closing(desk->reg, t), i;
	const struct tk_yaml *e;
	bool answered = false;

	if (closing == 0 ||
	    (states->n > 0 ? !tk_strv_has(states, state)
			   : !tk_streq(state, "closed")))
		return false;
	for (i = 0; i < tk_ticket_log_n(t); i++) {
		e = tk_ticket_entry(t, i);
		act = tk_yaml_str(e, "act");
		answered = answered || tk_streq(act, "reply");
		if (i >= closing &&
		    (tk_streq(act, "rate") ||
			(tk_streq(act, "ack") &&
			    tk_streq(tk_yaml_str(e, "rule"), RULE))))
			return false;
	}
	return answered;
}

struct one {
	struct tk_desk *desk;
	const char *id;
};

static enum tk_status
ask(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	const struct one *o = arg;
	const char *name = o->desk->reg->rating_template;
	struct tk_ticket *t = NULL;
	struct tk_done done;
	enum tk_status st;
	char *to;

	if ((st = tk_desk_load(o->desk, err)) != TK_OK ||
	    (st = tk_tx_ticket(&t, tx, o->id, err)) != TK_OK)
		return st;
	to = requester_of(o->desk, t);
	if (to != NULL && is_due(o->desk, t))
		st = tk_auto_act(tx, o->desk, o->id,
		    &(struct tk_auto){ .act = "ack",
			.to = to,
			.template_name = name != NULL ? name : "rating",
			.kind = "auto-generated",
			.rule = RULE },
		    &done, err);
	free(to);
	tk_ticket_free(t);
	return st;
}

static bool
is_about_one(enum tk_status st)
{
	return st == TK_EINPUT || st == TK_ENOENT || st == TK_EREFUSED ||
	    st == TK_EDENIED || st == TK_EEXIST;
}

enum tk_status
tk_rating_ask(struct tk_desk *desk, struct tk_err *err)
{
	struct tk_rows rows = { NULL, 0, 0 };
	struct tk_err late = TK_ERR_INIT;
	struct one o = { desk, NULL };
	struct tk_ticket *t;
	enum tk_status st;
	size_t bad = 0;
	bool due;
	size_t i;

	if (!desk->is_gate || (st = tk_desk_load(desk, err)) != TK_OK)
		return desk->is_gate ? st : TK_OK;
	if (!desk->reg->rating_ask)
		return TK_OK;
	st = tk_overview_find(desk, &rows, "is:closed " LATE, 0, err);
	for (i = 0; st == TK_OK && i < rows.n; i++) {
		/* Most of them were asked, and that needs no lock. */
		if (tk_desk_ticket(&t, desk, rows.v[i].id, &late) != TK_OK)
			continue;
		due = is_due(desk, t);
		tk_ticket_free(t);
		o.id = rows.v[i].id;
		if (!due)
			continue;
		st = tk_store_change(desk->store, ask, &o, &late);
		if (!is_about_one(st)) {
			if (st != TK_OK)
				*err = late;
			continue;
		}
		/* A slip in the template, an odd ticket: the others go on. */
		if (bad++ == 0)
			(void)tk_fail(err, st, "%s: %s", o.id, late.text);
		st = TK_OK;
	}
	tk_rows_clear(&rows);
	return st == TK_OK && bad > 0 ? TK_EREFUSED : st;
}
