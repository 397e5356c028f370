/* regdoc-works - recurring works in the document, their rules in words. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "model/work.h"
#include "regulation/regdoc-parts.h"

static const struct word {
	const char *word, *text;
} freqs[] = {
	{ "DAILY", N_("every day") },
	{ "WEEKLY", N_("every week") },
	{ "MONTHLY", N_("every month") },
	{ "YEARLY", N_("every year") },
	{ "HOURLY", N_("every hour") },
}, days[] = {
	{ "MO", N_("Mon") },
	{ "TU", N_("Tue") },
	{ "WE", N_("Wed") },
	{ "TH", N_("Thu") },
	{ "FR", N_("Fri") },
	{ "SA", N_("Sat") },
	{ "SU", N_("Sun") },
}, months[] = {
	{ "1", N_("January") },
	{ "2", N_("February") },
	{ "3", N_("March") },
	{ "4", N_("April") },
	{ "5", N_("May") },
	{ "6", N_("June") },
	{ "7", N_("July") },
	{ "8", N_("August") },
	{ "9", N_("September") },
	{ "10", N_("October") },
	{ "11", N_("November") },
	{ "12", N_("December") },
}, holidays[] = {
	{ "before", N_("on a day off: the working day before") },
	{ "after", N_("on a day off: the next working day") },
	{ "skip", N_("not on days off") },
};

static const char *
in_words(const struct word *w, size_t n, const char *word)
{
	size_t i;

	for (i = 0; word != NULL && i < n; i++)
		if (strcmp(w[i].word, word) == 0)
			return _(w[i].text);
	return NULL;
}

/* The value of NAME in "FREQ=MONTHLY;BYDAY=1TU"; free(3). */
static char *
part(const char *rule, const char *name)
{
	char *key = tk_strf("%s=", name), *value = NULL;
	const char *p = rule;

	while (p != NULL && !tk_starts(p, key)) {
		p = strchr(p, ';');
		p = p != NULL ? p + 1 : NULL;
	}
	if (p != NULL)
		value =
		    tk_strndup(p + strlen(key), strcspn(p + strlen(key), ";"));
	free(key);
	return value;
}

/* "1TU": the first Tuesday, "-1FR": the last Friday, "MO". */
static bool
add_day(struct tk_str *out, const char *word)
{
	size_t n = strspn(word, "+-0123456789");
	const char *day = in_words(days, TK_COUNT(days), word + n);
	long nth = strtol(word, NULL, 10);

	if (day == NULL || nth < -1)
		return false;
	if (nth > 0)
		tk_str_addf(out, _("%s no. %ld"), day, nth);
	else if (nth < 0)
		tk_str_addf(out, _("the last %s"), day);
	else
		tk_str_add(out, day);
	return true;
}

static bool
add_month(struct tk_str *out, const char *word)
{
	const char *month = in_words(months, TK_COUNT(months), word);

	tk_str_add(out, month != NULL ? month : word);
	return month != NULL;
}

static bool
add_month_day(struct tk_str *out, const char *word)
{
	if (strcmp(word, "-1") == 0)
		tk_str_add(out, _("the last day of the month"));
	else
		tk_str_addf(out, _("day %s"), word);
	return word[0] != '-' || word[2] == '\0';
}

static bool
add_list(struct tk_str *out, const char *rule, const char *name,
    bool (*add)(struct tk_str *out, const char *word))
{
	char *list = part(rule, name), *p, *comma;
	bool good = true, first = true;

	for (p = list; p != NULL; p = comma, first = false) {
		comma = strchr(p, ',');
		if (comma != NULL)
			*comma++ = '\0';
		tk_str_add(out, first ? ": " : ", ");
		good = add(out, p) && good;
	}
	free(list);
	return good;
}

/* What has no words here is shown as it is written. */
static bool
is_plain(const char *rule)
{
	static const char *const others[] = { "INTERVAL=", "COUNT=", "UNTIL=",
		"BYSETPOS=", "BYWEEKNO=", "BYYEARDAY=", "BYHOUR=",
		"BYMINUTE=" };
	size_t i;

	for (i = 0; i < TK_COUNT(others); i++)
		if (strstr(rule, others[i]) != NULL)
			return false;
	return true;
}

static void
put_rule(struct tk_str *out, const char *rule)
{
	struct tk_str text = TK_STR_INIT;
	char *freq = part(rule, "FREQ");
	const char *every = in_words(freqs, TK_COUNT(freqs), freq);

	if (every != NULL)
		tk_str_add(&text, every);
	if (every == NULL || !is_plain(rule) ||
	    !add_list(&text, rule, "BYMONTH", add_month) ||
	    !add_list(&text, rule, "BYMONTHDAY", add_month_day) ||
	    !add_list(&text, rule, "BYDAY", add_day))
		tk_str_set(&text, rule);
	tk_str_add(out, text.data);
	tk_str_clear(&text);
	free(freq);
}

static void
put_when(struct tk_regdoc *d, const struct tk_yaml *w)
{
	static const char *const facts[][2] = { { "start", N_("starting") },
		{ "until", N_("until") },
		{ "lead", N_("opened before its day:") } };
	struct tk_str text = TK_STR_INIT;
	const char *value = tk_yaml_str(w, "recur");
	size_t i;

	if (value != NULL)
		put_rule(&text, value);
	for (i = 0; i < TK_COUNT(facts); i++) {
		value = tk_yaml_str(w, facts[i][0]);
		if (value == NULL)
			continue;
		tk_str_addf(&text, "; %s %s", _(facts[i][1]), value);
	}
	value =
	    in_words(holidays, TK_COUNT(holidays), tk_yaml_str(w, "holiday"));
	if (value != NULL)
		tk_str_addf(&text, "; %s", value);
	tk_regdoc_cell_str(d, &text);
	tk_str_clear(&text);
}

/* "contract.backup: true; sla: gold, silver" */
static void
put_condition(struct tk_str *out, const struct tk_yaml *map)
{
	struct tk_strv words = TK_STRV_INIT;
	struct tk_str list = TK_STR_INIT;
	size_t i;

	for (i = 0; i < map->n; i++) {
		tk_yaml_strv(map, map->key[i], &words);
		tk_regdoc_list(&list, &words);
		tk_str_addf(
		    out, "%s%s: %s", i > 0 ? "; " : "", map->key[i], list.data);
		tk_str_reset(&list);
		tk_strv_clear(&words);
	}
	tk_str_clear(&list);
}

static void
put_client(struct tk_regdoc *d, const struct tk_yaml *w)
{
	const struct tk_yaml *all = tk_yaml_get(w, "clients");
	struct tk_str text = TK_STR_INIT;

	if (tk_yaml_str(w, "client") != NULL)
		tk_str_add(&text, tk_yaml_str(w, "client"));
	else if (all != NULL && all->kind == TK_YAML_MAP)
		put_condition(&text, all);
	else if (all != NULL)
		tk_str_add(&text, _("every client"));
	if (tk_yaml_bool(w, "sites", false))
		tk_str_addf(&text, ", %s", _("every site"));
	tk_regdoc_cell_str(d, &text);
	tk_str_clear(&text);
}

static void
put_performer(struct tk_regdoc *d, const struct tk_yaml *w)
{
	const char *who = tk_yaml_str(w, "assignee");
	struct tk_strv queue = TK_STRV_INIT;
	struct tk_str text = TK_STR_INIT;

	tk_yaml_strv(w, "queue", &queue);
	tk_regdoc_queues(&text, d, &queue);
	if (who != NULL)
		tk_str_addf(&text, "%s%s", text.len > 0 ? ", " : "", who);
	tk_regdoc_cell_str(d, &text);
	tk_strv_clear(&queue);
	tk_str_clear(&text);
}

void
tk_regdoc_works(struct tk_regdoc *d, const struct tk_yaml *works)
{
	const char *titles[] = { _("Work"), _("Client"), _("Performer"),
		_("When"), _("Checklist") };
	struct tk_strv list = TK_STRV_INIT;
	struct tk_str text = TK_STR_INIT;
	const struct tk_yaml *w;
	size_t i;

	tk_doc_table(d->doc, titles, TK_COUNT(titles));
	for (i = 0; i < works->n; i++) {
		w = works->item[i];
		tk_doc_cell(d->doc, tk_yaml_str(w, "name"));
		put_client(d, w);
		put_performer(d, w);
		put_when(d, w);
		tk_yaml_strv(w, "checklist", &list);
		tk_regdoc_list(&text, &list);
		tk_regdoc_cell_str(d, &text);
		tk_strv_clear(&list);
	}
	tk_str_clear(&text);
}
