/* check-ticket - a ticket's log only grows, and by lawful acts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/work.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "check/law.h"

/* Acts that only the gate itself records. What binds us to a client must not
 * rest on what a clone claims. */
static const char *const own_acts[] = { "sent", "failed", "ack", "auto",
	"bounce", "recover", "warn", "breach", "remind", "progress", NULL };
static const char *const opening[] = { "open", "split", NULL };

/*
 * Fields with acts of their own: what a role may not do by name, it may not
 * do under another name. right: the act whose right allows the field in any
 * act; NULL: there is none. All other fields go by "set".
 */
static const struct owned {
	const char *field;
	const char *right;
	const char *acts[6];
} owned[] = {
	{ "queue", "move", { "move", "escalate", "merge" } },
	{ "line", "move", { "move", "escalate", "merge" } },
	{ "assignee", "assign",
	    { "assign", "take", "move", "escalate", "merge" } },
	{ "resolution", "close", { "set", "close", "status", "merge" } },
	{ "cause", "close", { "set", "close", "status", "merge" } },
	{ "promised", NULL, { "due" } },
	{ "spent", NULL, { "spend" } },
	{ "rating", NULL, { "rate" } },
	{ "links", NULL, { "link", "merge" } },
	{ "checklist", NULL, { "checklist" } },
	{ "work", NULL, { NULL } },
};

static bool
is_one_of(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

static bool
may(const struct tk_law *l, const char *act)
{
	struct tk_findings f = { NULL, 0, 0 };
	bool yes;

	tk_rules_may(&f, &l->actor, act, l->desk->reg, &l->desk->staff, l->now);
	yes = f.n == 0;
	tk_findings_clear(&f);
	return yes;
}

struct pair {
	const char *path;
	struct tk_ticket *old, *now;
	const struct tk_yaml *entry;
	const char *act;
};

static const struct owned *
find_owned(const char *field)
{
	static const struct owned other = { "", "set", { "set" } };
	size_t i;

	for (i = 0; i < TK_COUNT(owned); i++)
		if (strcmp(owned[i].field, field) == 0)
			return &owned[i];
	return &other;
}

static void
check_field(struct tk_law *l, const struct pair *p, const char *field,
    const struct tk_yaml *value)
{
	const struct owned *o = find_owned(field);

	/* Worked out by tk_law_terms(). */
	if (strcmp(field, "terms") == 0 || strcmp(field, "due") == 0 ||
	    strcmp(field, "wait") == 0)
		return;
	/* Taking is for oneself. */
	if (strcmp(field, "assignee") == 0 && strcmp(p->act, "take") == 0 &&
	    !tk_streq(value->kind == TK_YAML_SCALAR ? value->text : NULL,
		l->actor.id)) {
		if (!may(l, "assign"))
			tk_law_find(l, p->path, "fields", "tk assign",
			    _("\"take\" gives the ticket to somebody else"));
		return;
	}
	if (is_one_of(p->act, o->acts) ||
	    (o->right != NULL && may(l, o->right)))
		return;
	tk_law_find(l, p->path, "fields", NULL,
	    _("the act \"%s\" of %s sets \"%s\", which is not its to set"),
	    p->act, l->actor.id, field);
}

/* Whole minutes of one day at most, at the time of the act, billable or not:
 * bills are made from it. */
static bool
is_spent(const struct pair *p, const struct tk_yaml *item)
{
	int64_t minutes = tk_yaml_int(item, "minutes", 0), at = 0;
	const char *billable = tk_yaml_str(item, "billable");
	const char *when = tk_yaml_str(item, "at");

	return minutes > 0 && minutes <= TK_SPEND_MAX && when != NULL &&
	    tk_date_parse(&at, when) && at == tk_entry_at(p->entry) &&
	    (tk_streq(billable, "true") || tk_streq(billable, "false"));
}

/* Time is added, one's own, never taken away. */
static void
check_spent(struct tk_law *l, const struct pair *p)
{
	const struct tk_yaml *was = tk_ticket_node(p->old, "spent");
	const struct tk_yaml *is = tk_ticket_node(p->now, "spent");
	size_t had = was != NULL ? was->n : 0, i;
	bool good = is != NULL && is->kind == TK_YAML_LIST &&
	    is->n == had + 1 &&
	    tk_streq(tk_yaml_str(is->item[had], "who"), l->actor.id) &&
	    is_spent(p, is->item[had]);

	for (i = 0; good && i < had; i++)
		good = tk_yaml_equal(was->item[i], is->item[i]);
	if (!good)
		tk_law_find(l, p->path, "fields", "tk spend",
		    _("\"spent\" gets one line more: who has worked, whole "
		      "minutes of one day at most, the act's time, billable or "
		      "not"));
}

/* A ticket that says it is some time of a recurring work would keep tk from
 * opening the real one. */
static void
check_opening(struct tk_law *l, const struct pair *p)
{
	static const char *const never[] = { "work", "rating" };
	size_t i;

	for (i = 0; i < TK_COUNT(never); i++)
		if (tk_ticket_node(p->now, never[i]) != NULL)
			tk_law_find(l, p->path, "fields", NULL,
			    _("the act \"%s\" of %s sets \"%s\", which is "
			      "not its to set"),
			    p->act, l->actor.id, never[i]);
}

static void
check_fields(struct tk_law *l, const struct pair *p)
{
	const struct tk_yaml *set = tk_yaml_get(p->entry, "set"), *given;
	const struct tk_transition *step;
	const char *from = tk_ticket_get(p->old, "state");
	size_t i;

	/* What a letter sets, or a work, is the gate's own affair. */
	if (l->actor.kind != TK_ACTOR_STAFF)
		return;
	/* The judge looks at all else of a new ticket. */
	if (p->old == NULL) {
		check_opening(l, p);
		return;
	}
	step = tk_rules_step(l->desk->reg, tk_ticket_get(p->old, "type"),
	    from != NULL ? from : "", p->act, &l->actor);
	for (i = 0; set != NULL && i < set->n; i++) {
		given =
		    step != NULL ? tk_yaml_get(step->set, set->key[i]) : NULL;
		/* The judge knows about states. */
		if (strcmp(set->key[i], "state") != 0 &&
		    (given == NULL || !tk_yaml_equal(given, set->item[i])))
			check_field(l, p, set->key[i], set->item[i]);
		if (strcmp(set->key[i], "spent") == 0)
			check_spent(l, p);
	}
}

static void
check_times(struct tk_law *l, const struct pair *p)
{
	size_t n = tk_ticket_log_n(p->now);
	int64_t at = tk_entry_at(p->entry), last = l->now;
	int64_t window = l->desk->reg->offline_window;

	if (n > 1)
		last = tk_entry_at(tk_ticket_entry(p->now, n - 2));
	tk_law_entry_time(l, p->path, p->entry);
	if (at > l->now + TK_LAW_SLACK)
		tk_law_find(l, p->path, "time", _("set the clock right"),
		    _("the entry is from the future (%s)"),
		    tk_yaml_str(p->entry, "at"));
	if (at < (last < l->now ? last : l->now) - window)
		tk_law_find(l, p->path, "time",
		    _("do it again today, with a note about when it was"),
		    _("the entry (%s) is over %d hours older than what was "
		      "here before it (offline_window of %s)"),
		    tk_yaml_str(p->entry, "at"), (int)(window / 3600),
		    "regulation/relations.yaml");
	else if (at < l->now - window)
		tk_law_find(l, p->path, "time",
		    _("do it again today, with a note about when it was"),
		    _("the entry (%s) is over %d hours older than its arrival "
		      "(offline_window of %s)"),
		    tk_yaml_str(p->entry, "at"), (int)(window / 3600),
		    "regulation/relations.yaml");
}

static void
check_who(struct tk_law *l, const struct pair *p)
{
	const char *by = tk_yaml_str(p->entry, "by");
	bool opens = is_one_of(p->act, opening);

	if (l->audit)
		tk_law_entry_by(l, by);
	if (strcmp(by, l->actor.id) != 0)
		tk_law_find(l, p->path, "author",
		    _("people act under their own name"),
		    _("the entry says \"by: %s\", the commit is by %s"), by,
		    l->actor.id);
	if (l->actor.kind == TK_ACTOR_STAFF && is_one_of(p->act, own_acts))
		tk_law_find(l, p->path, "act", NULL,
		    _("\"%s\" is recorded by the gate alone"), p->act);
	if (opens != (p->old == NULL))
		tk_law_find(l, p->path, "act", NULL,
		    opens ? _("\"%s\" on a ticket that is there already")
			  : _("a ticket begins with \"open\", not with "
			      "\"%s\""),
		    p->act);
}

/* tk writes the keys of an entry in its own order, whoever made it. */
static bool
same_entry(const struct tk_yaml *a, const struct tk_yaml *b)
{
	const struct tk_yaml *other;
	size_t i;

	if (a->kind != TK_YAML_MAP || b->kind != TK_YAML_MAP || a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++) {
		other = tk_yaml_get(b, a->key[i]);
		if (other == NULL || !tk_yaml_equal(a->item[i], other))
			return false;
	}
	return true;
}

/* Old entries equal and in order, and one more. */
static bool
check_log(struct tk_law *l, const struct pair *p)
{
	size_t n = tk_ticket_log_n(p->now), i;
	size_t had = p->old != NULL ? tk_ticket_log_n(p->old) : 0;

	for (i = 0; i < had; i++)
		if (i >= n ||
		    !same_entry(tk_ticket_entry(p->old, i),
			tk_ticket_entry(p->now, i))) {
			tk_law_find(l, p->path, "log",
			    _("put the old entries back and add yours at the "
			      "end; tk's commands do it right"),
			    _("entry %zu of the log was changed or removed"),
			    i + 1);
			return false;
		}
	if (n == had + 1)
		return true;
	tk_law_find(l, p->path, "log",
	    n == had ? _("a ticket changes by an act: tk set, tk take, ...")
		     : _("one act is one commit"),
	    _("the commit adds %zu entries to the log"), n - had);
	return false;
}

static void
check_id(struct tk_law *l, const struct pair *p, const struct tk_path *at)
{
	struct tk_id id;

	if (strcmp(tk_ticket_id(p->now), at->ticket) != 0)
		tk_law_find(l, p->path, "id", NULL,
		    _("the id inside is %s, the folder says %s"),
		    tk_ticket_id(p->now), at->ticket);
	if (p->old != NULL || !tk_id_parse(&id, at->ticket))
		return;
	if (strcmp(id.prefix, l->desk->prefix) != 0)
		tk_law_find(l, p->path, "id", NULL,
		    _("tickets of this desk begin with %s-"), l->desk->prefix);
	/* Numbers without a site are the gate's to give. */
	if (id.site[0] == '\0' && !l->audit)
		tk_law_find(l, p->path, "id", "git config tk.site NAME",
		    _("a clone numbers its tickets with its own name behind: "
		      "%s.NAME"),
		    at->ticket);
}

static void
judge(struct tk_law *l, const struct pair *p)
{
	struct tk_findings f = { NULL, 0, 0 };

	tk_rules_judge(
	    &f, p->old, p->now, &l->actor, l->desk->reg, &l->desk->staff);
	tk_law_find_all(l, p->path, &f);
	tk_findings_clear(&f);
}

static void
tell(struct tk_law *l, const struct pair *p)
{
	const char *msg = tk_yaml_str(p->entry, "msg");
	const char *rule = tk_yaml_str(p->entry, "rule");
	const char *from = tk_ticket_get(p->old, "state");
	const char *to = tk_ticket_get(p->now, "state");
	struct tk_told *t;

	TK_GROW(l->told, l->n_told, l->told_cap);
	t = &l->told[l->n_told++];
	memset(t, 0, sizeof(*t));
	snprintf(t->ticket, sizeof(t->ticket), "%s", tk_ticket_id(p->now));
	snprintf(t->msg, sizeof(t->msg), "%s", msg != NULL ? msg : "");
	snprintf(t->from, sizeof(t->from), "%s", from != NULL ? from : "");
	snprintf(t->to, sizeof(t->to), "%s", to != NULL ? to : "");
	t->act = tk_strdup(p->act);
	t->rule = tk_strdup(rule != NULL ? rule : "");
	t->at = tk_entry_at(p->entry);
}

/* The ticket as an earlier commit of this push has left it is kept. */
static enum tk_status
read_ticket(struct tk_ticket **out, struct tk_law *l, const char *path,
    const char *id, bool keep, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_err bad = TK_ERR_INIT;
	enum tk_status st;
	bool good;
	size_t i;

	*out = NULL;
	for (i = 0; !keep && i < TK_LAW_SEEN; i++)
		if (strcmp(l->seen[i].id, id) == 0) {
			*out = l->seen[i].ticket;
			l->seen[i].ticket = NULL;
			l->seen[i].id[0] = '\0';
			return TK_OK;
		}
	st = tk_law_read(l, &text, path, id, TK_YAML_MAX, &good, err);
	if (st == TK_OK && good &&
	    tk_ticket_read(out, text.data, text.len, path, &bad) != TK_OK)
		tk_law_find_err(l, path, "yaml", &bad);
	tk_str_clear(&text);
	return st;
}

static void
keep(struct tk_law *l, const char *id, struct tk_ticket *t)
{
	size_t i = l->next_seen++ % TK_LAW_SEEN;

	tk_ticket_free(l->seen[i].ticket);
	l->seen[i].ticket = t;
	memcpy(l->seen[i].id, id, sizeof(l->seen[i].id));
}

static void
check_pair(struct tk_law *l, struct pair *p, const struct tk_path *at)
{
	struct tk_err bad = TK_ERR_INIT, old = TK_ERR_INIT;
	const char *emergency;

	check_id(l, p, at);
	/* What is in already, the index knows. */
	if (!l->audit)
		tk_strv_add(&l->touched, at->ticket);
	if (!check_log(l, p))
		return;
	p->entry = tk_ticket_entry(p->now, tk_ticket_log_n(p->now) - 1);
	p->act = tk_yaml_str(p->entry, "act");
	/* What an earlier commit has bent is told of that one. */
	if (tk_ticket_check(p->now, p->path, &bad) != TK_OK &&
	    (p->old == NULL || !l->audit ||
		tk_ticket_check(p->old, p->path, &old) == TK_OK))
		tk_law_find_err(l, p->path, "fold", &bad);
	check_who(l, p);
	check_times(l, p);
	tk_law_values(l, p->path, p->old, tk_yaml_get(p->entry, "set"));
	check_fields(l, p);
	tk_law_terms(l, p->path, p->old, p->now, p->entry);
	judge(l, p);
	emergency = tk_yaml_str(p->entry, "emergency");
	if (emergency != NULL)
		tk_law_info(
		    l, p->path, "emergency", "%s: %s", p->act, emergency);
	tell(l, p);
}

enum tk_status
tk_law_ticket(struct tk_law *l, const struct tk_file_change *f,
    const struct tk_path *at, struct tk_err *err)
{
	struct pair p = { .path = f->path };
	enum tk_status st = TK_OK;
	char year[5];

	if (f->id[0] == '\0') {
		tk_law_find(l, f->path, "log", NULL,
		    _("tickets are closed, not removed"));
		return TK_OK;
	}
	if (f->was[0] == '\0' && tk_law_archived(l, at->ticket, year)) {
		tk_law_find(l, f->path, "archive", _("open a new one"),
		    _("%s is in the archive %s; its number is not given "
		      "again"),
		    at->ticket, year);
		return TK_OK;
	}
	if (f->was[0] != '\0')
		st = read_ticket(&p.old, l, f->path, f->was, false, err);
	if (st == TK_OK)
		st = read_ticket(&p.now, l, f->path, f->id, true, err);
	if (st == TK_OK && p.now != NULL &&
	    (p.old != NULL || f->was[0] == '\0')) {
		check_pair(l, &p, at);
		keep(l, f->id, p.now);
		p.now = NULL;
	}
	tk_ticket_free(p.old);
	tk_ticket_free(p.now);
	return st;
}
