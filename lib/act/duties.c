/* duties - time does its work. */
#include "act/duties.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "desk/ticket.h"
#include "index/watch.h"
#include "rules/duty.h"

#define BATCH 500  /* tickets looked at in one go */
#define AGAIN 3600 /* seconds until what was refused is tried again */

struct looking {
	struct tk_desk *desk;
	const struct tk_duty_run *run;
	struct tk_strv ids;   /* to look at */
	size_t from, to;      /* those that this transaction takes */
	struct tk_strv lines; /* what was done */
	struct tk_watch *watch;
	size_t n, cap;
	int64_t now;
};

/* States that are final in every process that has them. */
static void
get_finals(struct tk_strv *finals, const struct tk_regulation *r)
{
	struct tk_strv open = TK_STRV_INIT, final = TK_STRV_INIT;
	const struct tk_state *s;
	size_t i, k;

	for (i = 0; i < r->n_processes; i++)
		for (k = 0; k < r->process[i].n_states; k++) {
			s = &r->process[i].state[k];
			tk_strv_add(s->final ? &final : &open, s->id);
		}
	for (i = 0; i < final.n; i++)
		if (!tk_strv_has(&open, final.v[i]) &&
		    !tk_strv_has(finals, final.v[i]))
			tk_strv_add(finals, final.v[i]);
	tk_strv_clear(&open);
	tk_strv_clear(&final);
}

static void
note(struct looking *l, const struct tk_ticket *t, int64_t next)
{
	struct tk_watch *w;

	l->watch = tk_more(l->watch, l->n, &l->cap, sizeof(*l->watch));
	w = &l->watch[l->n++];
	snprintf(w->ticket, sizeof(w->ticket), "%s", tk_ticket_id(t));
	w->log_n = (int64_t)tk_ticket_log_n(t);
	w->next = next;
}

static void
add_line(struct looking *l, const char *id, const struct tk_duty *d)
{
	struct tk_str line = TK_STR_INIT;
	size_t i;

	tk_str_addf(&line, "%s %s%s%s%s%s", id, tk_duty_act_name(d),
	    d->target != NULL ? " " : "", d->target != NULL ? d->target : "",
	    d->step != NULL ? " " : "", d->step != NULL ? d->step->name : "");
	for (i = 0; i < d->passed.n; i++)
		tk_str_addf(&line, "%s%s", i == 0 ? ", passed: " : ", ",
		    d->passed.v[i]);
	tk_strv_add_own(&l->lines, tk_strdup(line.data));
	tk_str_clear(&line);
}

/* All that is due on one ticket; and when to look at it again. */
static enum tk_status
one_ticket(
    struct looking *l, struct tk_tx *tx, const char *id, struct tk_err *err)
{
	struct tk_ticket *t = NULL;
	struct tk_duties d;
	struct tk_done done;
	bool refused = false;
	enum tk_status st = tk_tx_ticket(&t, tx, id, err);
	size_t i;

	if (st != TK_OK)
		return st;
	tk_rules_duties(&d, t, l->desk->reg, l->now);
	for (i = 0; st == TK_OK && i < d.n; i++) {
		st = tk_duty_act(tx, l->desk, id, &d.v[i], &done, err);
		if (st == TK_OK) {
			add_line(l, id, &d.v[i]);
		} else if (st != TK_EBUSY && st != TK_ESYS) {
			tk_warn("%s", err->text);
			refused = true;
			st = TK_OK;
		}
	}
	tk_ticket_free(t);
	t = NULL;
	if (st == TK_OK)
		st = tk_tx_ticket(&t, tx, id, err);
	if (st == TK_OK) {
		tk_duties_clear(&d);
		tk_rules_duties(&d, t, l->desk->reg, l->now);
		if (refused || (d.n > 0 && d.next == 0))
			d.next = l->now + AGAIN;
		note(l, t, d.next);
	}
	tk_duties_clear(&d);
	tk_ticket_free(t);
	return st;
}

static enum tk_status
act(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct looking *l = arg;
	enum tk_status st;
	size_t i;

	l->n = 0;
	tk_strv_clear(&l->lines);
	if ((st = tk_desk_load(l->desk, err)) != TK_OK)
		return st;
	for (i = l->from; i < l->ids.n && (i == l->from || !tk_tx_is_long(tx));
	     i++) {
		st = one_ticket(l, tx, l->ids.v[i], err);
		/* A ticket that cannot be read is tk fsck's to tell. */
		if (st == TK_EBUSY || st == TK_ESYS)
			return st;
	}
	l->to = i;
	return TK_OK;
}

/* Those of the ids with something due stay; of the rest it is noted when to
 * look again. */
static void
sift(struct looking *l)
{
	struct tk_strv due = TK_STRV_INIT;
	struct tk_err bad = TK_ERR_INIT;
	struct tk_ticket *t;
	struct tk_duties d;
	size_t i, k;

	for (i = 0; i < l->ids.n; i++) {
		if (tk_desk_ticket(&t, l->desk, l->ids.v[i], &bad) != TK_OK)
			continue;
		tk_rules_duties(&d, t, l->desk->reg, l->now);
		if (d.n > 0)
			tk_strv_add(&due, l->ids.v[i]);
		else
			note(l, t, d.next);
		for (k = 0; l->run->dry_run && k < d.n; k++)
			add_line(l, l->ids.v[i], &d.v[k]);
		tk_duties_clear(&d);
		tk_ticket_free(t);
	}
	tk_strv_clear(&l->ids);
	l->ids = due;
}

static void
tell(struct looking *l)
{
	size_t i;

	for (i = 0; l->run->told != NULL && i < l->lines.n; i++)
		l->run->told(l->lines.v[i], l->run->arg);
	tk_strv_clear(&l->lines);
}

/* One batch; *more is false after the last. */
static enum tk_status
batch(struct looking *l, bool *more, struct tk_err *err)
{
	struct tk_index *ix;
	enum tk_status st;

	l->n = 0;
	*more = false;
	if ((st = tk_store_index(l->desk->store, &ix, err)) != TK_OK ||
	    (st = tk_watch_due(ix, &l->ids, l->now,
		 l->run->dry_run ? SIZE_MAX / 2 : BATCH, err)) != TK_OK)
		return st;
	*more = l->ids.n == BATCH;
	sift(l);
	if (l->run->dry_run) {
		tell(l);
		return TK_OK;
	}
	if (l->n > 0 && (st = tk_watch_set(ix, l->watch, l->n, err)) != TK_OK)
		return st;
	for (l->from = 0; st == TK_OK && l->from < l->ids.n; l->from = l->to) {
		st = tk_store_change(l->desk->store, act, l, err);
		tell(l);
		if ((st == TK_OK || st == TK_EOUTPUT) &&
		    (st = tk_store_index(l->desk->store, &ix, err)) == TK_OK)
			st = tk_watch_set(ix, l->watch, l->n, err);
	}
	return st;
}

enum tk_status
tk_duties_run(
    struct tk_desk *desk, const struct tk_duty_run *run, struct tk_err *err)
{
	struct looking l = { .desk = desk, .run = run, .now = tk_now() };
	struct tk_strv finals = TK_STRV_INIT;
	struct tk_index *ix;
	char rules[41];
	enum tk_status st;
	bool more = true;

	if (!desk->is_gate)
		return tk_fail(err, TK_EREFUSED,
		    _("this is a clone: time is kept at the gate"));
	if ((st = tk_store_refresh(desk->store, err)) != TK_OK ||
	    (st = tk_desk_load(desk, err)) != TK_OK ||
	    (st = tk_store_index(desk->store, &ix, err)) != TK_OK)
		return st;
	/* What is written into tickets is read by all who work here. */
	tk_i18n_language(desk->language);
	tk_store_object(desk->store, rules, "regulation");
	get_finals(&finals, desk->reg);
	if (!run->dry_run)
		st = tk_watch_begin(ix, rules, &finals, err);
	while (st == TK_OK && more) {
		st = batch(&l, &more, err);
		tk_strv_clear(&l.ids);
	}
	tk_strv_clear(&finals);
	tk_strv_clear(&l.lines);
	free(l.watch);
	return st;
}
