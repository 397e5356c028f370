/* check-who - whose commit it is, and when it was made. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "check/law.h"

#define GATE_LATE 3600 /* seconds from an act of the gate to its commit */

static bool
has_mail(const struct tk_person *p, const char *mail)
{
	size_t i;

	for (i = 0; i < p->mail.n; i++)
		if (tk_strcaseeq(p->mail.v[i], mail))
			return true;
	return false;
}

/* Who has left may have had the address of somebody who is here. */
static const struct tk_person *
by_mail(const struct tk_staff *staff, const char *mail)
{
	size_t i;

	for (i = 0; i < staff->n; i++)
		if (staff->v[i].active && has_mail(&staff->v[i], mail))
			return &staff->v[i];
	return tk_staff_by_mail(staff, mail);
}

static void
become(struct tk_law *l, const struct tk_person *p)
{
	struct tk_actor *a = &l->actor;

	a->kind = TK_ACTOR_STAFF;
	a->id = tk_strdup(p->id);
	a->name = tk_strdup(p->name);
	a->mail = tk_strdup(l->commit->mail);
	tk_strv_copy(&a->roles, &p->roles);
	tk_strv_copy(&a->queues, &p->queues);
}

/* git log shows the name, so it is not somebody else's. One's own may be
 * written in many ways. */
static void
check_name(struct tk_law *l, const struct tk_person *p)
{
	const char *name = l->commit->name;
	const struct tk_person *other;
	size_t i;

	if (tk_strcaseeq(name, p->name) || tk_strcaseeq(name, p->id))
		return;
	for (i = 0; i < l->desk->staff.n; i++) {
		other = &l->desk->staff.v[i];
		if (strcmp(other->id, p->id) != 0 &&
		    (tk_strcaseeq(name, other->name) ||
			tk_strcaseeq(name, other->id) ||
			has_mail(other, name)))
			break;
	}
	if (i < l->desk->staff.n || strcmp(name, "tk") == 0)
		tk_law_find(l, NULL, "author", "git config user.name",
		    _("the author %s writes under the name \"%s\""), p->id,
		    name);
}

/* Who works in a clone commits by himself or by tk. */
static void
check_committer(struct tk_law *l, const struct tk_person *p)
{
	const struct tk_commit *c = l->commit;

	if (!c->staged && !has_mail(p, c->committer) &&
	    !tk_strcaseeq(c->committer, l->desk->address))
		tk_law_find(l, NULL, "author", "git config user.email",
		    _("the author is %s, the committer %s"), c->mail,
		    c->committer);
}

/* What is in already: tk itself, a member of the staff, or, for all others,
 * somebody whose letter was taken in. Whether that may be so, the files say
 * that were changed. */
static bool
past_author(struct tk_law *l)
{
	const struct tk_commit *c = l->commit;
	const struct tk_person *p = by_mail(&l->desk->staff, c->mail);

	if (strcmp(c->name, "tk") == 0 && tk_desk_is_ours(l->desk, c->mail))
		tk_desk_self(l->desk, &l->actor);
	else if (p != NULL && p->active) {
		become(l, p);
		if (!tk_strcaseeq(c->committer, l->desk->address))
			check_name(l, p);
	} else
		tk_desk_contact(&l->actor, c->name, c->mail);
	return true;
}

bool
tk_law_author(struct tk_law *l)
{
	const struct tk_commit *c = l->commit;
	const struct tk_staff *staff = &l->desk->staff;
	const struct tk_person *p;

	tk_actor_clear(&l->actor);
	if (l->audit)
		return past_author(l);
	p = l->pusher != NULL ? tk_staff_find(staff, l->pusher)
			      : by_mail(staff, c->mail);
	if (p == NULL || !p->active) {
		tk_law_find(l, NULL, "author", "git config user.email",
		    p != NULL ? _("%s does not work here any more")
			      : _("nobody on the staff is %s"),
		    l->pusher != NULL ? l->pusher : c->mail);
		return false;
	}
	if (!has_mail(p, c->mail)) {
		tk_law_find(l, NULL, "author",
		    _("people push their own work only"),
		    _("the author is %s, but it is %s who pushes"), c->mail,
		    p->id);
		return false;
	}
	become(l, p);
	check_name(l, p);
	check_committer(l, p);
	return true;
}

/* What libgit2 leaves of an address in a signature. */
static char *
plain(const char *mail)
{
	struct tk_str s = TK_STR_INIT;
	char *text;
	size_t n, from = 0;

	for (; *mail != '\0'; mail++)
		if ((unsigned char)*mail > ' ' && strchr("<>", *mail) == NULL)
			tk_str_add_char(
			    &s, (char)tolower((unsigned char)*mail));
	for (n = s.len; n > 0 && strchr(".,:;\"\\'", s.data[n - 1]) != NULL;
	     n--)
		;
	tk_str_cut(&s, n);
	while (
	    s.data[from] != '\0' && strchr(".,:;\"\\'", s.data[from]) != NULL)
		from++;
	text = tk_strdup(s.data + from);
	tk_str_clear(&s);
	return text;
}

void
tk_law_entry_by(struct tk_law *l, const char *by)
{
	char *said, *author;

	if (strcmp(by, l->actor.id) == 0 || strchr(by, '@') == NULL)
		return;
	/* One of the staff may write a letter to the desk like anybody. */
	said = plain(by);
	author = plain(l->commit->mail);
	if (strcmp(said, author) == 0) {
		tk_actor_clear(&l->actor);
		tk_desk_contact(&l->actor, l->commit->name, by);
	}
	free(said);
	free(author);
}

static bool
made_by_tk(const struct tk_law *l)
{
	return tk_strcaseeq(l->commit->committer, l->desk->address);
}

void
tk_law_entry_time(
    struct tk_law *l, const char *path, const struct tk_yaml *entry)
{
	const struct tk_commit *c = l->commit;
	int64_t at = tk_entry_at(entry);
	struct tk_str day = TK_STR_INIT;

	tk_date_rfc3339(&day, c->at);
	/* tk gives the entry and its commit one time. */
	if (made_by_tk(l) && at != c->at)
		tk_law_find(l, path, "time", NULL,
		    _("the entry says %s, its commit was made %s"),
		    tk_yaml_str(entry, "at"), day.data);
	else if (!l->commit->staged &&
	    (at < c->at - l->desk->reg->offline_window ||
		at > c->at + l->desk->reg->offline_window))
		tk_law_find(l, path, "time",
		    "git commit --amend --date=now",
		    _("the entry says %s, its commit is of %s"),
		    tk_yaml_str(entry, "at"), day.data);
	else if (!l->audit)
		; /* the rest is of what is in already */
	else if (l->actor.kind != TK_ACTOR_STAFF && !made_by_tk(l))
		tk_law_find(l, path, "rewritten", NULL,
		    _("only the gate records letters, but the committer is "
		      "%s"),
		    c->committer);
	else if (l->actor.kind != TK_ACTOR_STAFF &&
	    at < c->committed - GATE_LATE)
		tk_law_find(l, path, "rewritten", NULL,
		    _("the gate recorded it %s, but the commit was made "
		      "later"),
		    tk_yaml_str(entry, "at"));
	tk_str_clear(&day);
}

void
tk_law_clock(struct tk_law *l)
{
	const struct tk_commit *c = l->commit;
	int64_t now = tk_now(),
		last = c->at > c->committed ? c->at : c->committed;
	struct tk_str day = TK_STR_INIT;

	if (l->audit) {
		l->now = c->committed;
		if (c->at > c->committed + TK_LAW_SLACK)
			now = c->committed;
	}
	if (last > now + TK_LAW_SLACK) {
		tk_date_rfc3339(&day, last);
		tk_law_find(l, NULL, "time", _("set the clock right"),
		    _("the commit is from the future (%s)"), day.data);
	} else if (c->committed < l->before - TK_LAW_SLACK) {
		tk_date_rfc3339(&day, c->committed);
		tk_law_find(l, NULL, "time", _("set the clock right"),
		    _("the commit was made (%s) before the one that it "
		      "stands on"),
		    day.data);
	}
	tk_str_clear(&day);
}
