/* init-calendar - the calendars of a new desk. */
#include "desk/init-calendar.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "view/template.h"
#include "yaml/yaml.h"

#define ZONES "/usr/share/zoneinfo/zone1970.tab"
#define FILE_MAX (256 * 1024) /* bytes */
#define INDENT 2              /* of a block in the files of share/ */

/* "RU", "UA", "other"; "" where the zone does not say: UTC, and what lies in
 * both of them. */
static const char *
country_of(const char *zone)
{
	struct tk_str all = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	char *find = tk_strf("\t%s", zone);
	const char *country = "other", *line, *at;
	bool ru, ua;

	if (strcmp(zone, "Europe/Kiev") == 0)
		country = "UA";
	else if (strcmp(zone, "UTC") == 0 || tk_starts(zone, "Etc/"))
		country = "";
	else if (tk_file_read(&all, ZONES, FILE_MAX, &ignored) == TK_OK)
		for (at = strstr(all.data, find); at != NULL;
		     at = strstr(at + 1, find)) {
			if (strchr("\t\n", at[strlen(find)]) == NULL)
				continue;
			for (line = at; line > all.data && line[-1] != '\n';)
				line--;
			ru = strncmp(line, "RU", 2) == 0;
			ua = strncmp(line, "UA", 2) == 0 ||
			    strncmp(line, "RU,UA", 5) == 0;
			country = ru && ua ? ""
			    : ru           ? "RU"
			    : ua           ? "UA"
					   : "other";
			break;
		}
	free(find);
	tk_str_clear(&all);
	return country;
}

/* What stands behind the key on its first line; free(3). */
static char *
value_of(const char *text, const char *key)
{
	const char *at = strstr(text, key);

	if (at == NULL)
		return tk_strdup("");
	at += strlen(key);
	return tk_strndup(at, strcspn(at, "\n"));
}

static void
replace_all(struct tk_str *text, const char *from, const char *to)
{
	struct tk_str out = TK_STR_INIT;
	const char *p = text->data, *at;

	if (from == NULL || from[0] == '\0')
		return;
	for (; (at = strstr(p, from)) != NULL; p = at + strlen(from)) {
		tk_str_add_data(&out, p, (size_t)(at - p));
		tk_str_add(&out, to);
	}
	tk_str_add(&out, p);
	tk_str_clear(text);
	*text = out;
}

/* By Kyiv time; what has no city is called by its zone. */
static char *
clock_words(const struct tk_yaml *places, const char *zone)
{
	const struct tk_yaml *y = tk_yaml_get(places, "calendars");
	const char *city = tk_yaml_str(tk_yaml_get(places, "cities"), zone);
	const char *form = tk_yaml_str(y, city != NULL ? "by_city" : "by_zone");
	const struct tk_var vars[] = { { "city", city }, { "zone", zone } };
	struct tk_str out = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;

	if (form == NULL ||
	    tk_template_render(
		&out, form, "places", vars, TK_COUNT(vars), &ignored) != TK_OK)
		tk_str_add(&out, zone);
	return tk_str_detach(&out);
}

/* The paragraph, of the block at the top, that has these words in it. */
static void
replace_paragraph(struct tk_str *text, const char *about, const char *by)
{
	struct tk_str out = TK_STR_INIT;
	const char *at = about != NULL ? strstr(text->data, about) : NULL;
	const char *from = at, *to, *p;
	size_t n;

	if (at == NULL || by == NULL)
		return;
	while (from > text->data + 1 && strncmp(from - 2, "\n\n", 2) != 0)
		from--;
	if ((to = strstr(at, "\n\n")) == NULL ||
	    ((p = strstr(at, "\ncalendars:")) != NULL && p < to))
		to = strstr(at, "\ncalendars:");
	if (to == NULL)
		return;
	tk_str_add_data(&out, text->data, (size_t)(from - text->data));
	for (p = by; *p != '\0'; p += n + (p[n] == '\n')) {
		n = strcspn(p, "\n");
		tk_str_addf(&out, "%s%*s%.*s", p > by ? "\n" : "", INDENT, "",
		    (int)n, p);
	}
	tk_str_add(&out, to);
	tk_str_clear(text);
	*text = out;
}

/* The days off of each calendar: other lists, and none of its own. */
static void
replace_days(struct tk_str *text, const struct tk_strv *include)
{
	struct tk_str out = TK_STR_INIT;
	const char *p;
	size_t n, i;
	bool days = false;

	for (p = text->data; *p != '\0'; p += n + (p[n] == '\n')) {
		n = strcspn(p, "\n");
		days = days && tk_starts(p, "  - ");
		if (days || tk_starts(p, "  include:"))
			continue;
		days = tk_starts(p, "  holidays:");
		if (days && include->n > 0) {
			tk_str_add(&out, "  include: [");
			for (i = 0; i < include->n; i++)
				tk_str_addf(&out, "%s%s", i > 0 ? ", " : "",
				    include->v[i]);
			tk_str_add(&out, "]\n");
		}
		if (days)
			tk_str_add(&out, "  holidays: []");
		else
			tk_str_add_data(&out, p, n);
		tk_str_add_char(&out, '\n');
	}
	tk_str_clear(text);
	*text = out;
}

static void
change(struct tk_str *text, struct tk_strv *lists, bool *other,
    const struct tk_yaml *places, const char *zone)
{
	const struct tk_yaml *y = tk_yaml_get(places, "calendars"), *here;
	char *was = value_of(text->data, "\n  timezone: ");
	const char *country = country_of(zone), *home = country_of(was);
	struct tk_strv include = TK_STRV_INIT;
	char *from, *to;

	/* UTC is nobody's clock, but that of a regulation without a country. */
	if (was[0] == '\0' || strcmp(was, zone) == 0 || country[0] == '\0')
		goto out;
	from = tk_strf("  timezone: %s\n", was);
	to = tk_strf("  timezone: %s\n", zone);
	replace_all(text, from, to);
	free(from);
	free(to);
	to = clock_words(places, zone);
	replace_all(text, tk_yaml_str(y, "clock"), to);
	free(to);
	here = tk_yaml_get(tk_yaml_get(y, "countries"), country);
	/* A regulation without a country has the days that many keep. */
	if (strcmp(country, home) == 0 || here == NULL ||
	    (home[0] == '\0' && strcmp(country, "other") == 0))
		goto out;
	*other = true;
	tk_yaml_strv(here, "lists", lists);
	tk_yaml_strv(here, "include", &include);
	replace_paragraph(
	    text, tk_yaml_str(y, "about"), tk_yaml_str(here, "text"));
	replace_days(text, &include);
out:
	tk_strv_clear(&include);
	free(was);
}

enum tk_status
tk_init_calendar(struct tk_str *text, struct tk_strv *lists, bool *other,
    const char *language, const char *zone, struct tk_err *err)
{
	char *path = tk_strf("%s/places/%s.yaml", tk_datadir(), language);
	struct tk_str words = TK_STR_INIT;
	struct tk_yaml *y = NULL;
	enum tk_status st = TK_OK;

	*other = false;
	if (tk_file_exists(path) &&
	    (st = tk_file_read(&words, path, FILE_MAX, err)) == TK_OK &&
	    (st = tk_yaml_read(&y, words.data, words.len, path, err)) == TK_OK)
		change(text, lists, other, y, zone);
	tk_yaml_free(y);
	tk_str_clear(&words);
	free(path);
	return st;
}

void
tk_init_hours(struct tk_str *text)
{
	static const char *const places[] = { " (Москва)", " (Moscow)",
		" (Киев)", " (Kyiv)", " UTC" };
	size_t i;

	for (i = 0; i < TK_COUNT(places); i++)
		replace_all(text, places[i], "");
}
