/* told - a time as a client is told it. */
#include "act/told.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/zone.h"
#include "view/template.h"
#include "yaml/yaml.h"

#define PLACES_MAX 65536 /* bytes */

/* The words of each language that was asked for: letters are many. */
static struct {
	char *language;
	struct tk_yaml *y; /* NULL: there are none */
} *known;
static size_t n_known, cap_known;

static struct tk_yaml *
read_places(const char *language)
{
	char *path = tk_strf("%s/places/%s.yaml", tk_datadir(), language);
	struct tk_str text = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	struct tk_yaml *y = NULL;

	if (tk_file_read(&text, path, PLACES_MAX, &ignored) != TK_OK ||
	    tk_yaml_read(&y, text.data, text.len, path, &ignored) != TK_OK)
		y = NULL;
	tk_str_clear(&text);
	free(path);
	return y;
}

static const struct tk_yaml *
places(const char *language)
{
	size_t i;

	for (i = 0; i < n_known; i++)
		if (strcmp(known[i].language, language) == 0)
			return known[i].y;
	TK_GROW(known, n_known, cap_known);
	known[n_known].language = tk_strdup(language);
	return known[n_known++].y = read_places(language);
}

static bool
render(struct tk_str *out, const struct tk_yaml *y, const char *zone,
    int64_t day, int minute, int offset)
{
	const char *city = tk_yaml_str(tk_yaml_get(y, "cities"), zone);
	const char *form =
	    tk_yaml_str(y, city != NULL ? "by_city" : "by_offset");
	int year, month, mday, away = offset < 0 ? -offset : offset;
	struct tk_strv months = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	char *clock, *east, *date;
	bool good;

	tk_day_date(day, &year, &month, &mday);
	clock = tk_strf("%02d:%02d", minute / 60, minute % 60);
	east = tk_strf(
	    "%c%d:%02d", offset < 0 ? '-' : '+', away / 3600, away % 3600 / 60);
	date = tk_strf("%d", mday);
	tk_yaml_strv(y, "months", &months);
	const struct tk_var vars[] = {
		{ "time", clock },
		{ "city", city },
		{ "offset", east },
		{ "day", date },
		{ "month", months.n == 12 ? months.v[month - 1] : "" },
	};

	good = form != NULL &&
	    tk_template_render(out, form, "places", vars,
		sizeof(vars) / sizeof(vars[0]), &ignored) == TK_OK;
	tk_strv_clear(&months);
	free(clock);
	free(east);
	free(date);
	return good;
}

void
tk_told_time(
    struct tk_str *out, int64_t at, const char *language, const char *zone)
{
	const struct tk_yaml *y = places(language);
	struct tk_err ignored = TK_ERR_INIT;
	struct tk_zone *z;
	int offset, second;
	int64_t day;

	if (y == NULL)
		y = places("en");
	if (tk_zone_find(&z, zone, &ignored) != TK_OK || y == NULL) {
		tk_date_human(out, at);
	} else {
		offset = tk_zone_offset(z, at);
		day = tk_day_at(at, offset, &second);
		if (!render(out, y, zone, day, second / 60, offset))
			tk_date_human(out, at);
	}
}
