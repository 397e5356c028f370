/* duty-act - one thing that the regulation does by itself, done. */
#include <stdlib.h>
#include <string.h>

#include "act/duties.h"
#include "act/escalate.h"
#include "act/letter.h"
#include "base/i18n.h"
#include "desk/ticket.h"
#include "notice/notice-parts.h"
#include "rules/duty.h"

const char *
tk_duty_act_name(const struct tk_duty *d)
{
	switch (d->kind) {
	case TK_DUTY_REMIND:
		return "remind";
	case TK_DUTY_CLOSE:
		return "close";
	case TK_DUTY_PROGRESS:
		return "progress";
	case TK_DUTY_PROMISE:
		return "breach";
	case TK_DUTY_STEP:
		break;
	}
	if (d->step->act > TK_STEP_TELL)
		return "escalate";
	return d->breached ? "breach" : "warn";
}

struct doing {
	struct tk_tx *tx;
	struct tk_desk *desk;
	const char *id;
	const struct tk_duty *d;
	struct tk_actor self;
	struct tk_ticket *t;
	struct tk_yaml *step, *set;
	char *rule;
};

static enum tk_status
plain(
    struct doing *o, const char *act, struct tk_done *done, struct tk_err *err)
{
	struct tk_request req = { .id = o->id,
		.act = act,
		.actor = &o->self,
		.set = o->set,
		.rule = o->rule,
		.step = o->step };

	return tk_act(o->tx, o->desk, &req, done, err);
}

static enum tk_status
letter(struct doing *o, struct tk_done *done, struct tk_err *err)
{
	const struct tk_auto a = { .act = tk_duty_act_name(o->d),
		.template_name = o->d->template_name,
		.kind = "auto-generated",
		.rule = o->rule };

	return tk_auto_act(o->tx, o->desk, o->id, &a, done, err);
}

/* What cannot be done is told all the same. */
static enum tk_status
tell_only(struct doing *o, struct tk_done *done, struct tk_err *err)
{
	return plain(o, o->d->breached ? "breach" : "warn", done, err);
}

static enum tk_status
raise(struct doing *o, struct tk_done *done, struct tk_err *err)
{
	const struct tk_choices *all = &o->desk->reg->priorities;
	const char *now = tk_ticket_get(o->t, "priority");
	size_t i;

	for (i = 1; i < all->n; i++)
		if (tk_streq(all->v[i].id, now)) {
			o->set = tk_yaml_map();
			tk_yaml_set_str(o->set, "priority", all->v[i - 1].id);
			return plain(o, "escalate", done, err);
		}
	return tell_only(o, done, err);
}

static enum tk_status
up(struct doing *o, struct tk_done *done, struct tk_err *err)
{
	char *note = tk_strf(_("Handed up by the regulation: %s, %s (%s)."),
	    o->d->target, o->d->when, o->d->rule);
	const struct tk_escalation e = { .actor = &o->self,
		.note = note,
		.rule = o->rule,
		.step = o->step };
	enum tk_status st =
	    tk_escalate_act(o->tx, o->desk, o->id, &e, done, err);

	free(note);
	/* The highest line has it already, or nobody says which is next. */
	if (st == TK_EREFUSED || st == TK_EEXIST)
		st = tell_only(o, done, err);
	return st;
}

/* The first one named who works there; of a role, whoever has it. */
static const struct tk_person *
whom(const struct doing *o)
{
	const struct tk_person *p;
	size_t i, k;

	for (i = 0; i < o->d->to.n; i++)
		for (k = 0; k < o->desk->staff.n; k++) {
			p = &o->desk->staff.v[k];
			if (p->active &&
			    (strcmp(p->id, o->d->to.v[i]) == 0 ||
				tk_strv_has(&p->roles, o->d->to.v[i])) &&
			    tk_person_works_in(o->desk, p,
				tk_ticket_get(o->t, "queue"),
				tk_ticket_get(o->t, "type")))
				return p;
		}
	return NULL;
}

static enum tk_status
assign(struct doing *o, struct tk_done *done, struct tk_err *err)
{
	const struct tk_person *p = whom(o);

	if (p == NULL || tk_streq(p->id, tk_ticket_get(o->t, "assignee")))
		return tell_only(o, done, err);
	o->set = tk_yaml_map();
	tk_yaml_set_str(o->set, "assignee", p->id);
	return plain(o, "escalate", done, err);
}

static enum tk_status
do_step(struct doing *o, struct tk_done *done, struct tk_err *err)
{
	switch (o->d->step->act) {
	case TK_STEP_RAISE:
		return raise(o, done, err);
	case TK_STEP_UP:
		return up(o, done, err);
	case TK_STEP_ASSIGN:
		return assign(o, done, err);
	case TK_STEP_WARN:
	case TK_STEP_TELL:
		break;
	}
	return tell_only(o, done, err);
}

enum tk_status
tk_duty_act(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    const struct tk_duty *d, struct tk_done *done, struct tk_err *err)
{
	struct doing o = { .tx = tx, .desk = desk, .id = id, .d = d };
	enum tk_status st;

	tk_desk_self(desk, &o.self);
	o.step = tk_duty_step(d);
	o.rule = tk_strf("%s%s%s", d->rule, d->step != NULL ? ": " : "",
	    d->step != NULL ? d->step->name : "");
	if ((st = tk_tx_ticket(&o.t, tx, id, err)) != TK_OK)
		;
	else if (d->kind == TK_DUTY_STEP)
		st = do_step(&o, done, err);
	else if (d->template_name != NULL)
		st = letter(&o, done, err);
	else
		st = plain(&o, tk_duty_act_name(d), done, err);
	tk_ticket_free(o.t);
	tk_yaml_free(o.step);
	tk_yaml_free(o.set);
	free(o.rule);
	tk_actor_clear(&o.self);
	return st;
}
