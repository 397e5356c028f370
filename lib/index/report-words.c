/* report-words - what a report can speak of, and what it is in SQL. */
#include "index/report-parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "index/index-fact.h"

#define ENTRIES "(SELECT * FROM entry WHERE " TK_FACT_ENTRIES ") s"

/* The same name again: the other times that "at" can name. */
static const struct {
	const char *at;
	struct tk_facts facts;
} facts[] = {
	{ "opened", { "tickets", NULL, NULL, "t.created", true } },
	{ "closed",
	    { "tickets", NULL, "tk_final(t.state)", "t.since", true } },
	{ "now", { "tickets", NULL, NULL, NULL, true } },
	{ "opened",
	    { "assets", "(SELECT * FROM many WHERE field = 'asset') s", NULL,
		"t.created", true } },
	{ NULL, { "steps", "entry s", "s.state <> ''", "s.at", true } },
	/* Clients and tk itself are no staff. */
	{ NULL,
	    { "acts", ENTRIES, "s.by <> 'tk' AND instr(s.by, '@') = 0",
		"s.at", true } },
	{ NULL, { "spent", "spent s", NULL, "s.at", true } },
	{ NULL, { "terms", "clock s", NULL, "s.due", true } },
	{ NULL, { "ratings", "rating s", NULL, "s.at", true } },
	{ NULL, { "work", "temp.billed s", NULL, "s.at", true } },
	{ NULL, { "contracts", "temp.contract s", NULL, "s.at", false } },
	{ NULL, { "penalties", "temp.penalty s", NULL, "s.at", true } },
};

#define TICKETS " tickets assets steps acts spent terms ratings work penalties "
#define LOCAL(unit) "tk_when('" unit "', %s)"

static const struct tk_report_field fields[] = {
	{ "id", TICKETS, "t.id", TK_UNIT_TEXT, NULL, N_("Ticket") },
	{ "subject", TICKETS, "t.subject", TK_UNIT_TEXT, NULL, N_("Subject") },
	{ "client", TICKETS, "t.client", TK_UNIT_TEXT, "client", N_("Client") },
	{ "client", " contracts ", "s.client", TK_UNIT_TEXT, "client",
	    N_("Client") },
	{ "queue", TICKETS, "t.queue", TK_UNIT_TEXT, "queue", N_("Queue") },
	{ "assignee", TICKETS, "t.assignee", TK_UNIT_TEXT, "staff",
	    N_("Assignee") },
	{ "line", TICKETS, "CAST(t.line AS TEXT)", TK_UNIT_TEXT, NULL,
	    N_("Line") },
	{ "priority", TICKETS, "t.priority", TK_UNIT_TEXT, "priority",
	    N_("Priority") },
	{ "category", TICKETS, "t.category", TK_UNIT_TEXT, "category",
	    N_("Category") },
	{ "area", TICKETS,
	    "substr(t.category || '/', 1, instr(t.category || '/', '/') - 1)",
	    TK_UNIT_TEXT, "category", N_("Category") },
	{ "type", TICKETS, "t.type", TK_UNIT_TEXT, "type", N_("Type") },
	{ "channel", TICKETS, "t.channel", TK_UNIT_TEXT, "channel",
	    N_("Channel") },
	/* By the address, behind the last "<": a name is written in this way
	 * and in that. */
	{ "requester", TICKETS,
	    "lower(rtrim(substr(t.requester, length(rtrim(t.requester,"
	    " replace(t.requester, '<', ''))) + 1), '> '))",
	    TK_UNIT_TEXT, "contact", N_("Requester") },
	{ "state", TICKETS, "t.state", TK_UNIT_TEXT, "state", N_("State") },
	{ "sla", TICKETS, "t.sla", TK_UNIT_TEXT, NULL, N_("Class") },
	{ "cause", TICKETS, "t.cause", TK_UNIT_TEXT, NULL, N_("Cause") },
	{ "site", TICKETS, "t.place", TK_UNIT_TEXT, NULL, N_("Site") },
	{ "opened", TICKETS, "t.created", TK_UNIT_TIME, NULL, N_("Opened") },
	{ "closed", TICKETS, "iif(tk_final(t.state), t.since, NULL)",
	    TK_UNIT_TIME, NULL, N_("Closed") },
	{ "asset", " assets ", "s.value", TK_UNIT_TEXT, NULL, N_("Asset") },
	{ "who", " acts steps ", "s.by", TK_UNIT_TEXT, "staff", N_("Who") },
	{ "who", " spent work ", "s.who", TK_UNIT_TEXT, "staff", N_("Who") },
	{ "what", " spent work ", "tk_what(s.ticket, s.msg)", TK_UNIT_TEXT,
	    NULL, N_("What") },
	{ "target", " terms penalties ", "s.target", TK_UNIT_TEXT, "target",
	    N_("Term") },
	{ "rule", " penalties ", "s.rule", TK_UNIT_TEXT, NULL, N_("Rule") },
	{ "penalty", " penalties ", "s.penalty", TK_UNIT_TEXT, NULL,
	    N_("Penalty") },
	{ "evidence", " penalties ", "s.evidence", TK_UNIT_TEXT, NULL,
	    N_("Commits") },
	{ "currency", " work contracts penalties ", "s.currency", TK_UNIT_TEXT,
	    NULL, N_("Currency") },
	{ "at", NULL, "%s", TK_UNIT_TIME, NULL, N_("Date") },
	{ "day", NULL, LOCAL("day"), TK_UNIT_TEXT, NULL, N_("Day") },
	{ "week", NULL, LOCAL("week"), TK_UNIT_TEXT, NULL, N_("Week") },
	{ "month", NULL, LOCAL("month"), TK_UNIT_TEXT, NULL, N_("Month") },
	{ "year", NULL, LOCAL("year"), TK_UNIT_TEXT, NULL, N_("Year") },
	{ "weekday", NULL, LOCAL("weekday"), TK_UNIT_TEXT, "weekday",
	    N_("Weekday") },
	{ "hour", NULL, LOCAL("hour"), TK_UNIT_TEXT, NULL, N_("Hour") },
};

/* An answer that was given by telephone is no letter that was sent. */
#define ANSWERED                                                           \
	"iif(f.answered > 0, f.answered, (SELECT min(m.at) FROM message m" \
	" WHERE m.ticket = t.id AND m.kind = 'reply' AND NOT m.outgoing))"
#define REOPENED                                                 \
	"EXISTS(SELECT 1 FROM entry e WHERE e.ticket = t.id AND" \
	" e.state <> '' AND tk_final(e.state_was) AND NOT tk_final(e.state))"
/* When a term was kept or given up; NULL: it still runs, or rests. */
#define ENDED                                                           \
	"(CASE s.target WHEN 'response' THEN " ANSWERED                 \
	" WHEN 'resolution' THEN iif(tk_final(t.state), t.since, NULL)" \
	" ELSE nullif(s.rest, 0) END)"
#define STOPPED                                  \
	"coalesce(min(nullif(s.rest, 0), " ENDED \
	"), nullif(s.rest, 0), " ENDED ")"
#define BROKEN "(coalesce(" STOPPED ", :to) > s.due)"

#define ALSO " tickets assets "

static const struct tk_report_value values[] = {
	{ "count", NULL, "count(*)", TK_UNIT_NUMBER, TK_STAT_COUNT, false,
	    N_("Number") },
	{ "tickets", ALSO, "count(DISTINCT t.id)", TK_UNIT_NUMBER,
	    TK_STAT_COUNT, false, N_("Tickets") },
	{ "tickets", " steps acts spent terms ratings work penalties ",
	    "count(DISTINCT s.ticket)", TK_UNIT_NUMBER, TK_STAT_COUNT, false,
	    N_("Tickets") },
	{ "open", ALSO, "NOT tk_final(t.state)", TK_UNIT_NUMBER, TK_STAT_SUM,
	    true, N_("Open") },
	{ "closed", ALSO, "tk_final(t.state)", TK_UNIT_NUMBER, TK_STAT_SUM,
	    true, N_("Closed") },
	{ "urgent", ALSO, "tk_urgent(t.priority)", TK_UNIT_NUMBER, TK_STAT_SUM,
	    true, N_("Urgent ones") },
	{ "unanswered", ALSO, ANSWERED " IS NULL", TK_UNIT_NUMBER, TK_STAT_SUM,
	    true, N_("Unanswered") },
	{ "overdue", ALSO,
	    "NOT tk_final(t.state) AND EXISTS(SELECT 1 FROM clock c"
	    " WHERE c.ticket = t.id AND c.rest = 0 AND c.due < :now)",
	    TK_UNIT_NUMBER, TK_STAT_SUM, true, N_("Overdue") },
	{ "answer", ALSO, "tk_work(f.calendar, t.created, " ANSWERED ")",
	    TK_UNIT_SECONDS, TK_STAT_MEDIAN, false, N_("First answer") },
	{ "resolution", ALSO,
	    "iif(tk_final(t.state), tk_work(f.calendar, t.created, t.since),"
	    " NULL)",
	    TK_UNIT_SECONDS, TK_STAT_MEDIAN, false, N_("Resolution") },
	{ "age", ALSO, "iif(tk_final(t.state), NULL, :now - t.created)",
	    TK_UNIT_SECONDS, TK_STAT_MEDIAN, false, N_("Age") },
	{ "first_contact", ALSO,
	    "tk_final(t.state) AND f.replies <= 1 AND f.handovers = 0"
	    " AND f.escalations = 0 AND NOT " REOPENED,
	    TK_UNIT_NUMBER, TK_STAT_SUM, true, N_("First contact") },
	{ "escalated", ALSO, "f.escalations > 0", TK_UNIT_NUMBER, TK_STAT_SUM,
	    true, N_("Escalated") },
	{ "handed_over", ALSO, "f.handovers > 0", TK_UNIT_NUMBER, TK_STAT_SUM,
	    true, N_("Handed over") },
	{ "reopened", ALSO, REOPENED, TK_UNIT_NUMBER, TK_STAT_SUM, true,
	    N_("Reopened") },
	{ "replies", ALSO, "f.replies", TK_UNIT_NUMBER, TK_STAT_SUM, false,
	    N_("Replies") },
	{ "minutes", ALSO, "t.spent", TK_UNIT_MINUTES, TK_STAT_SUM, false,
	    N_("Time spent") },
	{ "opened", " steps ", "s.state_was = ''", TK_UNIT_NUMBER, TK_STAT_SUM,
	    false, N_("Came in") },
	{ "closed", " steps ",
	    "tk_final(s.state) AND NOT tk_final(s.state_was)", TK_UNIT_NUMBER,
	    TK_STAT_SUM, false, N_("Closed") },
	{ "reopened", " steps ",
	    "tk_final(s.state_was) AND NOT tk_final(s.state)", TK_UNIT_NUMBER,
	    TK_STAT_SUM, false, N_("Reopened") },
	{ "net", " steps ",
	    "(s.state_was = '' OR tk_final(s.state_was))"
	    " - tk_final(s.state)",
	    TK_UNIT_NUMBER, TK_STAT_SUM, false, N_("Change") },
	{ "backlog", " steps ",
	    "(s.state_was = '' OR tk_final(s.state_was))"
	    " - tk_final(s.state)",
	    TK_UNIT_NUMBER, TK_STAT_RUNNING, false, N_("Open") },
	{ "replies", " acts ", "s.act = 'reply'", TK_UNIT_NUMBER, TK_STAT_SUM,
	    false, N_("Replies") },
	{ "taken", " acts ", "s.act = 'take'", TK_UNIT_NUMBER, TK_STAT_SUM,
	    false, N_("Taken") },
	{ "moved", " acts ", "s.act = 'move'", TK_UNIT_NUMBER, TK_STAT_SUM,
	    false, N_("Handed over") },
	{ "escalations", " acts ", "s.act = 'escalate'", TK_UNIT_NUMBER,
	    TK_STAT_SUM, false, N_("Escalated") },
	{ "closings", " acts ",
	    "tk_final(s.state) AND NOT tk_final(s.state_was)", TK_UNIT_NUMBER,
	    TK_STAT_SUM, false, N_("Closed") },
	{ "minutes", " spent ", "s.minutes", TK_UNIT_MINUTES, TK_STAT_SUM,
	    false, N_("Time spent") },
	{ "billable", " spent ", "iif(s.billable, s.minutes, 0)",
	    TK_UNIT_MINUTES, TK_STAT_SUM, false, N_("Billable") },
	{ "kept", " terms ",
	    "CASE WHEN " BROKEN " THEN 0 WHEN " ENDED " IS NOT NULL THEN 1 END",
	    TK_UNIT_NUMBER, TK_STAT_SUM, true, N_("Kept") },
	{ "broken", " terms ", BROKEN, TK_UNIT_NUMBER, TK_STAT_SUM, true,
	    N_("Broken") },
	{ "late", " terms ",
	    "iif(" BROKEN ", tk_work(f.calendar, s.due, coalesce(" STOPPED
	    ", :to)), NULL)",
	    TK_UNIT_SECONDS, TK_STAT_MEDIAN, false, N_("Late by") },
	{ "mark", " ratings ", "s.mark * 100", TK_UNIT_HUNDREDTHS, TK_STAT_MEAN,
	    false, N_("Mark") },
	{ "low", " ratings ", "s.mark <= 2", TK_UNIT_NUMBER, TK_STAT_SUM, true,
	    N_("Low marks") },
	{ "minutes", " work ", "s.minutes", TK_UNIT_MINUTES, TK_STAT_SUM, false,
	    N_("Time spent") },
	{ "rounded", " work ", "s.rounded", TK_UNIT_MINUTES, TK_STAT_SUM, false,
	    N_("Rounded") },
	{ "inside", " work ", "s.inside", TK_UNIT_MINUTES, TK_STAT_SUM, false,
	    N_("In the contract") },
	{ "outside", " work contracts ", "s.outside", TK_UNIT_MINUTES,
	    TK_STAT_SUM, false, N_("Outside of it") },
	{ "amount", " work contracts penalties ", "s.amount", TK_UNIT_MONEY,
	    TK_STAT_SUM, false, N_("Amount") },
	{ "included", " contracts ", "s.included", TK_UNIT_MINUTES, TK_STAT_SUM,
	    false, N_("Included") },
	{ "used", " contracts ", "s.used", TK_UNIT_MINUTES, TK_STAT_SUM, false,
	    N_("Used") },
	{ "remaining", " contracts ", "s.remaining", TK_UNIT_MINUTES,
	    TK_STAT_SUM, false, N_("Remaining") },
};

/* Words of a measure behind the dot. */
static const struct {
	const char *word;
	const char *title;
} stats[] = {
	[TK_STAT_SUM] = { "sum", "" },
	[TK_STAT_SHARE] = { "share", "%" },
	[TK_STAT_MEAN] = { "mean", N_("mean") },
	[TK_STAT_MEDIAN] = { "median", N_("median") },
	[TK_STAT_P90] = { "p90", N_("9 of 10 within") },
	[TK_STAT_MAX] = { "max", N_("maximum") },
};

const char *
tk_stat_title(enum tk_stat stat)
{
	return stat < TK_COUNT(stats) ? stats[stat].title : "";
}

const struct tk_facts *
tk_facts_find(const char *name, const char *at)
{
	size_t i;

	for (i = 0; i < TK_COUNT(facts); i++)
		if (tk_streq(facts[i].facts.name, name) &&
		    (at == NULL || tk_streq(facts[i].at, at)))
			return &facts[i].facts;
	return NULL;
}

static bool
is_of(const char *of, const struct tk_facts *f)
{
	char *word = tk_strf(" %s ", f->name);
	bool is = of == NULL || strstr(of, word) != NULL;

	free(word);
	return is;
}

const struct tk_report_field *
tk_report_field_find(const struct tk_facts *f, const char *name)
{
	size_t i;

	for (i = 0; i < TK_COUNT(fields); i++)
		if (strcmp(fields[i].name, name) == 0 && is_of(fields[i].of, f))
			return &fields[i];
	return NULL;
}

bool
tk_measure_find(
    struct tk_measure *out, const struct tk_facts *f, const char *word)
{
	size_t n = strcspn(word, "."), i;
	const char *stat = word[n] == '.' ? word + n + 1 : NULL;

	for (i = 0; i < TK_COUNT(values); i++)
		if (strlen(values[i].name) == n &&
		    strncmp(values[i].name, word, n) == 0 &&
		    is_of(values[i].of, f))
			break;
	if (i == TK_COUNT(values))
		return false;
	out->value = &values[i];
	out->stat = values[i].stat;
	if (stat == NULL)
		return true;
	if (out->stat == TK_STAT_COUNT || out->stat == TK_STAT_RUNNING)
		return false;
	for (i = 0; i < TK_COUNT(stats) && strcmp(stats[i].word, stat) != 0;
	     i++)
		;
	out->stat = (enum tk_stat)i;
	return i < TK_COUNT(stats) &&
	    (out->stat != TK_STAT_SHARE || out->value->flag);
}

static void
add_word(struct tk_str *out, const char *word)
{
	char *found = out->len > 0 ? strstr(out->data, word) : NULL;
	size_t n = strlen(word);

	if (found != NULL && (found[n] == ',' || found[n] == '\0') &&
	    (found == out->data || found[-1] == ' '))
		return;
	tk_str_addf(out, "%s%s", out->len > 0 ? ", " : "", word);
}

void
tk_report_words(struct tk_str *out, const char *kind, const char *of)
{
	const struct tk_facts *f = of != NULL ? tk_facts_find(of, NULL) : NULL;
	size_t i;

	for (i = 0; i < TK_COUNT(facts) && strcmp(kind, "of") == 0; i++)
		add_word(out, facts[i].facts.name);
	for (i = 0; i < TK_COUNT(fields) && strcmp(kind, "by") == 0; i++)
		if (f == NULL || is_of(fields[i].of, f))
			add_word(out, fields[i].name);
	for (i = 0; i < TK_COUNT(values) && strcmp(kind, "show") == 0; i++)
		if (f == NULL || is_of(values[i].of, f))
			add_word(out, values[i].name);
}

bool
tk_report_has_field(const char *of, const char *field)
{
	const struct tk_facts *f = tk_facts_find(of, NULL);

	return f != NULL && tk_report_field_find(f, field) != NULL;
}

bool
tk_report_is_time(const char *field)
{
	static const char *const words[] = { "day", "week", "month", "year" };
	size_t i;

	for (i = 0; i < TK_COUNT(words); i++)
		if (strcmp(words[i], field) == 0)
			return true;
	return false;
}
