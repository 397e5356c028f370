/* report - a file of reports/, read. */
#include "model/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

#define MAX_PARTS 20
#define MAX_NUMBER 100000

enum form {
	TEXT,
	WORDS,
	NUMBER,
	BOOL,
	NAMES, /* a text, or one for each language */
	PARTS,
};

struct key {
	const char *name;
	enum form form;
	size_t at;
};

#define PART(field, form)                                            \
	{                                                            \
#field, form, offsetof(struct tk_report_part, field) \
	}
#define WHOLE(field, form)                                      \
	{                                                       \
#field, form, offsetof(struct tk_report, field) \
	}

static const struct key part_keys[] = { PART(title, NAMES), PART(of, TEXT),
	PART(at, TEXT), PART(query, TEXT), PART(by, WORDS), PART(show, WORDS),
	PART(chart, WORDS), PART(sort, TEXT), PART(limit, NUMBER),
	PART(least, NUMBER), PART(total, BOOL) };

static const struct key keys[] = { WHOLE(title, NAMES), WHOLE(text, NAMES),
	WHOLE(period, TEXT), { "parts", PARTS, 0 } };

static enum tk_status
bad(struct tk_err *err, const char *path, unsigned line, const char *key,
    const char *what)
{
	return tk_fail(
	    err, TK_EINPUT, "%s:%u: \"%s\": %s", path, line, key, what);
}

static enum tk_status
words(struct tk_strv *out, const struct tk_yaml *map, const char *key,
    const char *path, struct tk_err *err)
{
	const struct tk_yaml *y = tk_yaml_get(map, key);
	bool good = y->kind == TK_YAML_SCALAR || y->kind == TK_YAML_LIST;
	size_t i;

	for (i = 0; good && i < y->n; i++)
		good = y->item[i]->kind == TK_YAML_SCALAR;
	if (!good)
		return bad(err, path, y->line, key, _("a list of words"));
	tk_yaml_strv(map, key, out);
	return TK_OK;
}

static enum tk_status
number(int64_t *out, const struct tk_yaml *map, const char *key,
    const char *path, struct tk_err *err)
{
	const struct tk_yaml *y = tk_yaml_get(map, key);

	*out = tk_yaml_int(map, key, -1);
	return *out >= 0 && *out <= MAX_NUMBER
	    ? TK_OK
	    : bad(err, path, y->line, key, _("a number from 0 to 100000"));
}

static enum tk_status
truth(bool *out, const struct tk_yaml *map, const char *key, const char *path,
    struct tk_err *err)
{
	const char *text = tk_yaml_str(map, key);

	*out = tk_streq(text, "true");
	return *out || tk_streq(text, "false")
	    ? TK_OK
	    : bad(err, path, tk_yaml_line(map, key), key, _("true or false"));
}

static enum tk_status
value(char *record, const struct key *k, const struct tk_yaml *map,
    const char *path, struct tk_err *err)
{
	const struct tk_yaml *y = tk_yaml_get(map, k->name);
	void *at = record + k->at;

	switch (k->form) {
	case TEXT:
		if (y->kind != TK_YAML_SCALAR)
			return bad(err, path, y->line, k->name, _("a word"));
		*(char **)at = tk_strdup(y->text);
		return TK_OK;
	case WORDS:
		return words(at, map, k->name, path, err);
	case NUMBER:
		return number(at, map, k->name, path, err);
	case BOOL:
		return truth(at, map, k->name, path, err);
	case NAMES:
		return tk_by_language_read(at, map, k->name, path, err);
	case PARTS:
		break;
	}
	return TK_OK;
}

/* Every key of the map that there is into the record; no others. */
static enum tk_status
read_map(char *record, const struct key *known, size_t n,
    const struct tk_yaml *map, const char *path, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i, k;

	for (i = 0; i < map->n && st == TK_OK; i++) {
		for (k = 0; k < n && strcmp(known[k].name, map->key[i]) != 0;
		     k++)
			;
		if (k == n)
			return bad(err, path, map->item[i]->line, map->key[i],
			    _("no such key; see tk-reports(5)"));
		if (!tk_yaml_is_null(map->item[i]))
			st = value(record, &known[k], map, path, err);
	}
	return st;
}

static enum tk_status
read_parts(struct tk_report *r, const struct tk_yaml *y, struct tk_err *err)
{
	const struct tk_yaml *list = tk_yaml_get(y, "parts");
	struct tk_report_part *p;
	enum tk_status st = TK_OK;
	size_t i;

	if (list == NULL || list->kind != TK_YAML_LIST || list->n == 0 ||
	    list->n > MAX_PARTS)
		return bad(err, r->path, tk_yaml_line(y, "parts"), "parts",
		    _("a list of 1 to 20 tables"));
	for (i = 0; i < list->n && st == TK_OK; i++) {
		if (list->item[i]->kind != TK_YAML_MAP)
			return bad(err, r->path, list->item[i]->line, "parts",
			    _("a map"));
		r->part = tk_more(r->part, r->n, &r->cap, sizeof(*r->part));
		p = &r->part[r->n++];
		p->line = list->item[i]->line;
		st = read_map((char *)p, part_keys, TK_COUNT(part_keys),
		    list->item[i], r->path, err);
		if (st == TK_OK && (p->of == NULL || p->show.n == 0))
			st = tk_fail(err, TK_EINPUT,
			    _("%s:%u: a part has \"of\" and \"show\""), r->path,
			    p->line);
	}
	return st;
}

enum tk_status
tk_report_read(struct tk_report **out, const char *name, const char *data,
    size_t len, const char *path, struct tk_err *err)
{
	struct tk_report *r = tk_calloc(1, sizeof(*r));
	struct tk_yaml *y = NULL;
	enum tk_status st;

	*out = NULL;
	r->name = tk_strdup(name);
	r->path = tk_strdup(path);
	if ((st = tk_yaml_read(&y, data, len, path, err)) == TK_OK) {
		if (y->kind != TK_YAML_MAP)
			st = bad(err, path, 1, name, _("a map"));
		else if ((st = read_map((char *)r, keys, TK_COUNT(keys), y,
			      path, err)) == TK_OK)
			st = read_parts(r, y, err);
	}
	tk_yaml_free(y);
	if (st == TK_OK)
		*out = r;
	else
		tk_report_free(r);
	return st;
}

void
tk_report_free(struct tk_report *r)
{
	struct tk_report_part *p;
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n; i++) {
		p = &r->part[i];
		tk_by_language_clear(&p->title);
		free(p->of);
		free(p->at);
		free(p->query);
		free(p->sort);
		tk_strv_clear(&p->by);
		tk_strv_clear(&p->show);
		tk_strv_clear(&p->chart);
	}
	free(r->part);
	tk_by_language_clear(&r->title);
	tk_by_language_clear(&r->text);
	free(r->name);
	free(r->path);
	free(r->period);
	free(r);
}
