/* reglint-keys - keys of the regulation's files that nobody knows. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/reglint-parts.h"

/* Every key there is, as tk-regulation(5) has them; lists are not named.
 * "*" is any key and all below it. */
static const struct {
	const char *file;
	const char *keys; /* between blanks */
} known[] = {
	{ "regulation.yaml",
	    " version title language since text acknowledge acknowledge.roles "
	    "acknowledge.grace " },
	{ "processes/",
	    " id name initial text states states.id states.name states.clock "
	    "states.final states.positive transitions transitions.from "
	    "transitions.to "
	    "transitions.act transitions.by transitions.require "
	    "transitions.results transitions.set transitions.set.* performers "
	    "performers.responsible performers.accountable "
	    "performers.consulted performers.informed results checklist "
	    "visible " },
	{ "sla.yaml",
	    " text default floor floor.response floor.update "
	    "floor.resolution floor.calendar rules rules.class "
	    "rules.type rules.priority rules.category rules.client "
	    "rules.contract rules.site classes classes.id classes.name "
	    "classes.calendar classes.targets classes.targets.response "
	    "classes.targets.update classes.targets.resolution "
	    "classes.targets.type classes.targets.priority "
	    "classes.targets.category classes.targets.client "
	    "classes.targets.contract classes.targets.site "
	    "classes.escalation classes.escalation.at "
	    "classes.escalation.do classes.escalation.to "
	    "classes.escalation.target " },
	{ "calendar.yaml",
	    " text calendars calendars.id calendars.name "
	    "calendars.timezone calendars.always calendars.include "
	    "calendars.hours calendars.hours.mon calendars.hours.tue "
	    "calendars.hours.wed calendars.hours.thu calendars.hours.fri "
	    "calendars.hours.sat calendars.hours.sun calendars.holidays "
	    "calendars.holidays.date calendars.holidays.from "
	    "calendars.holidays.to calendars.holidays.name "
	    "calendars.working calendars.working.date "
	    "calendars.working.as calendars.working.hours "
	    "calendars.working.name " },
	{ "calendars/",
	    " text source holidays holidays.date holidays.from "
	    "holidays.to holidays.name working working.date working.as "
	    "working.hours working.name " },
	{ "works.yaml",
	    " text works works.id works.name works.recur works.start "
	    "works.until works.calendar works.holiday works.client "
	    "works.clients works.clients.* works.sites works.lead "
	    "works.missed works.type works.queue works.priority "
	    "works.category works.assignee works.subject works.text "
	    "works.checklist " },
	{ "relations.yaml",
	    " text acknowledgement acknowledgement.send "
	    "acknowledgement.template acknowledgement.limit "
	    "acknowledgement.queue_limit rating rating.ask rating.template "
	    "rating.scale rating.states reopen reopen.limit reopen.unverified "
	    "promise promise.tell promise.template "
	    "reopen.window unknown_senders write_to_clients reply_channel "
	    "complaint complaint.name complaint.name.* "
	    "complaint.address waiting waiting.states "
	    "waiting.remind_template waiting.close_template close.states "
	    "close.template promise.return progress progress.at "
	    "progress.template "
	    "waiting.remind waiting.close close close.consent close.silence "
	    "identification identification.by identification.field "
	    "identification.attempts identification.lock penalties "
	    "penalties.class penalties.type penalties.priority "
	    "penalties.for penalties.over penalties.each "
	    "penalties.refund refuse_client refuse_client.by "
	    "refuse_client.require offline_window " },
	{ "queues.yaml",
	    " text default queues queues.id queues.name queues.line "
	    "queues.signature queues.signature.* queues.address "
	    "queues.from queues.from.* queues.language "
	    "queues.sign queues.sign_key queues.decrypt "
	    "queues.calendar queues.handover queues.handover.to "
	    "queues.handover.require queues.escalate "
	    "queues.escalate.category queues.escalate.to "
	    "queues.escalate.line routing routing.to routing.from "
	    "routing.subject routing.client routing.queue routing.type "
	    "routing.priority routing.category queues.unknown_senders "
	    "monitoring monitoring.id monitoring.from monitoring.problem "
	    "monitoring.recovery monitoring.key monitoring.queue "
	    "monitoring.type monitoring.priority monitoring.category "
	    "partners partners.id partners.from partners.subject "
	    "partners.key " },
	{ "roles.yaml",
	    " text roles roles.id roles.name roles.acts "
	    "roles.queues " },
	{ "handling.yaml",
	    " text types default_type priorities priorities.id "
	    "priorities.name priorities.urgent default_priority impact "
	    "impact.id impact.name urgency urgency.id urgency.name matrix "
	    "matrix.impact matrix.urgency matrix.priority categories "
	    "categories.id categories.name categories.ask "
	    "categories.evidence channels " },
};

static bool
has_word(const char *words, const char *path)
{
	char *word = tk_strf(" %s ", path);
	bool has = strchr(path, ' ') == NULL && strstr(words, word) != NULL;

	free(word);
	return has;
}

/* Where the key stands: what is below it may begin on a later line. */
static unsigned
line_of(const struct tk_regfile *f, const char *key, unsigned line)
{
	char *want = tk_strf("%s:", key);
	const char *p = f->text.data, *hit;
	unsigned at, best = line;
	size_t n;

	for (at = 1; at <= line && *p != '\0'; at++) {
		n = strcspn(p, "\n");
		hit = strstr(p, want);
		if (hit != NULL && hit < p + n)
			best = at;
		p += n + (p[n] == '\n');
	}
	free(want);
	return best;
}

static void
walk(struct tk_lint *l, const struct tk_regfile *f, const char *keys,
    const struct tk_yaml *y, const char *above)
{
	char *path, *any = tk_strf("%s*", above), *below;
	size_t i;

	for (i = 0; i < y->n && !has_word(keys, any); i++) {
		if (y->kind == TK_YAML_LIST) {
			walk(l, f, keys, y->item[i], above);
			continue;
		}
		path = tk_strf("%s%s", above, y->key[i]);
		below = tk_strf("%s.", path);
		if (has_word(keys, path))
			walk(l, f, keys, y->item[i], below);
		else
			tk_lint_find(l, f->path,
			    line_of(f, y->key[i], y->item[i]->line),
			    _("the key \"%s\" is not known"), path);
		free(below);
		free(path);
	}
	free(any);
}

void
tk_lint_keys(struct tk_lint *l)
{
	const struct tk_regfile *f;
	const char *name;
	size_t i, k;

	for (i = 0; i < l->files->n; i++) {
		f = &l->files->v[i];
		name = f->path + strlen("regulation/");
		for (k = 0; k < TK_COUNT(known); k++)
			if (strcmp(known[k].file, name) == 0 ||
			    (tk_ends(known[k].file, "/") &&
				tk_starts(name, known[k].file)))
				break;
		if (k == TK_COUNT(known))
			tk_lint_find(
			    l, f->path, 1, _("no file of a regulation"));
		else if (f->root != NULL)
			walk(l, f, known[k].keys, f->root, "");
	}
	for (k = 0; k < TK_COUNT(known); k++)
		if (!tk_ends(known[k].file, "/") &&
		    tk_regfiles_get(l->files, known[k].file) == NULL) {
			for (i = 0; i < l->files->n; i++)
				if (strcmp(l->files->v[i].path +
					    strlen("regulation/"),
					known[k].file) == 0)
					break;
			if (i == l->files->n)
				tk_lint_find(l, "regulation/regulation.yaml", 1,
				    _("the file %s is missing"), known[k].file);
		}
}
