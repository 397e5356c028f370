/* plan-show - a plan as a table, as JSON, as a calendar. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/ical.h"
#include "base/json.h"
#include "base/local.h"
#include "base/mem.h"
#include "report/plan.h"
#include "view/jsonview.h"
#include "view/table.h"

static const struct {
	const char *word, *text;
} kinds[] = {
	[TK_PLAN_RESPONSE] = { "response", N_("answer") },
	[TK_PLAN_UPDATE] = { "update", N_("news to the client") },
	[TK_PLAN_RESOLUTION] = { "resolution", N_("solution") },
	[TK_PLAN_PROMISED] = { "promised", N_("promised") },
	[TK_PLAN_WORK] = { "work", N_("work") },
	[TK_PLAN_PLANNED] = { "planned", N_("work, planned") },
};

const char *
tk_plan_word(enum tk_plan_kind kind)
{
	return kinds[kind].word;
}

static void
put_when(struct tk_str *out, const struct tk_plan_item *i)
{
	if (i->all_day)
		tk_local_text(out, i->day);
	else
		tk_date_human(out, i->at);
}

/* A work is late when its day is over. */
static bool
is_late(const struct tk_plan *p, const struct tk_plan_item *i)
{
	return i->kind != TK_PLAN_PLANNED &&
	    i->at + (i->all_day ? TK_DAY : 0) <= p->now;
}

void
tk_plan_print(FILE *to, const struct tk_plan *p)
{
	const struct tk_column columns[] = {
		{ .title = _("WHEN"), .min = 10 },
		{ .title = _("WHAT"), .min = 4, .max = 18 },
		{ .title = _("TICKET"), .min = 5 },
		{ .title = _("QUEUE"), .min = 5, .max = 9 },
		{ .title = _("WHO"), .min = 3, .max = 9 },
		{ .title = _("CLIENT"), .min = 6, .max = 16 },
		{ .title = _("SUBJECT"), .min = 12, .flexible = true },
	};
	struct tk_table *t = tk_table_new(columns, TK_COUNT(columns));
	struct tk_table_how how = tk_table_how();
	struct tk_str when = TK_STR_INIT;
	const struct tk_plan_item *item;
	size_t i;

	for (i = 0; i < p->n; i++) {
		item = &p->v[i];
		tk_str_reset(&when);
		put_when(&when, item);
		tk_table_add(
		    t, when.data, is_late(p, item) ? TK_RED : TK_PLAIN);
		tk_table_add(t, _(kinds[item->kind].text), TK_PLAIN);
		tk_table_add(
		    t, item->ticket[0] != '\0' ? item->ticket : "-", TK_BOLD);
		tk_table_add(t, item->queue, TK_PLAIN);
		tk_table_add(
		    t, item->who[0] != '\0' ? item->who : "-", TK_PLAIN);
		tk_table_add(t, item->client, TK_PLAIN);
		tk_table_add(t, item->subject, TK_PLAIN);
	}
	how.no_header = !tk_term_is_there();
	tk_table_print(to, t, &how);
	tk_table_free(t);
	tk_str_clear(&when);
}

void
tk_plan_json(FILE *to, const struct tk_plan *p)
{
	struct tk_str line = TK_STR_INIT, day = TK_STR_INIT;
	const struct tk_plan_item *item;
	struct tk_json *o;
	size_t i;

	for (i = 0; i < p->n; i++) {
		item = &p->v[i];
		tk_str_reset(&day);
		if (item->all_day)
			tk_local_text(&day, item->day);
		const struct tk_jsonview_field fields[] = {
			{ "what", TK_JSONVIEW_TEXT, kinds[item->kind].word, 0 },
			{ "at", TK_JSONVIEW_TIME, NULL, item->at },
			{ "day", TK_JSONVIEW_TEXT, day.data, 0 },
			{ "late", TK_JSONVIEW_BOOL, NULL, is_late(p, item) },
			{ "ticket", TK_JSONVIEW_TEXT, item->ticket, 0 },
			{ "work", TK_JSONVIEW_TEXT, item->work, 0 },
			{ "subject", TK_JSONVIEW_TEXT, item->subject, 0 },
			{ "client", TK_JSONVIEW_TEXT, item->client, 0 },
			{ "queue", TK_JSONVIEW_TEXT, item->queue, 0 },
			{ "assignee", TK_JSONVIEW_TEXT, item->who, 0 },
		};

		o = tk_jsonview_record(fields, TK_COUNT(fields));
		tk_str_reset(&line);
		tk_json_text(&line, o);
		fprintf(to, "%s\n", line.data);
		tk_json_free(o);
	}
	tk_str_clear(&line);
	tk_str_clear(&day);
}

/* A work keeps its UID when it gets its ticket, so that the event in a
 * calendar stays the same one. */
static void
add_item(struct tk_ical *c, const struct tk_plan_item *i, const char *domain)
{
	bool work = i->kind == TK_PLAN_WORK || i->kind == TK_PLAN_PLANNED;
	char *uid = work
	    ? tk_strf("%s@%s", i->work, domain)
	    : tk_strf("%s-%s@%s", i->ticket, kinds[i->kind].word, domain);
	char *summary = i->ticket[0] != '\0'
	    ? tk_strf(
		  "%s %s: %s", i->ticket, _(kinds[i->kind].text), i->subject)
	    : tk_strdup(i->subject);
	struct tk_str text = TK_STR_INIT;
	const struct {
		const char *name, *value;
	} facts[] = {
		{ _("Client"), i->client },
		{ _("Queue"), i->queue },
		{ _("Assignee"), i->who },
	};
	size_t k;

	for (k = 0; k < TK_COUNT(facts); k++)
		if (facts[k].value[0] != '\0')
			tk_str_addf(&text, "%s%s: %s", text.len > 0 ? "\n" : "",
			    facts[k].name, facts[k].value);
	const struct tk_ical_item item = { .todo = !work,
		.all_day = i->all_day,
		.uid = uid,
		.summary = summary,
		.description = text.data,
		.category = kinds[i->kind].word,
		.at = i->at,
		.day = i->day };

	tk_ical_add(c, &item);
	free(uid);
	free(summary);
	tk_str_clear(&text);
}

enum tk_status
tk_plan_ical(struct tk_str *out, const struct tk_plan *p,
    const struct tk_desk *desk, struct tk_err *err)
{
	const char *at = strrchr(desk->address, '@');
	struct tk_ical *c;
	enum tk_status st;
	size_t i;

	if ((st = tk_ical_new(&c, desk->name, p->now, err)) != TK_OK)
		return st;
	for (i = 0; i < p->n; i++)
		add_item(c, &p->v[i], at != NULL ? at + 1 : desk->address);
	tk_ical_text(out, c);
	tk_ical_free(c);
	return TK_OK;
}
