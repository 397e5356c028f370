/* read - the strict reader: libyaml's events into nodes. */
#include "yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "yaml/cache.h"
#include "yaml/plain.h"

struct reader {
	yaml_parser_t parser;
	const char *data;
	size_t len;
	const char *name;
	struct tk_err *err;
};

static enum tk_status
complain(struct reader *r, size_t line, const char *what)
{
	return tk_fail(
	    r->err, TK_EINPUT, "%s:%zu: %s", r->name, line + 1, what);
}

static enum tk_status
next(struct reader *r, yaml_event_t *ev)
{
	yaml_parser_t *p = &r->parser;
	size_t line, i;

	if (yaml_parser_parse(p, ev))
		return TK_OK;
	line = p->problem_mark.line;
	/* The characters themselves are bad: libyaml says only where. */
	if (p->error == YAML_READER_ERROR)
		for (line = i = 0; i < p->problem_offset && i < r->len; i++)
			line += r->data[i] == '\n';
	return complain(
	    r, line, p->problem != NULL ? p->problem : _("not YAML"));
}

static bool
has_extras(const yaml_event_t *ev)
{
	switch (ev->type) {
	case YAML_SCALAR_EVENT:
		return ev->data.scalar.anchor != NULL ||
		    ev->data.scalar.tag != NULL;
	case YAML_SEQUENCE_START_EVENT:
		return ev->data.sequence_start.anchor != NULL ||
		    ev->data.sequence_start.tag != NULL;
	case YAML_MAPPING_START_EVENT:
		return ev->data.mapping_start.anchor != NULL ||
		    ev->data.mapping_start.tag != NULL;
	default:
		return ev->type == YAML_ALIAS_EVENT;
	}
}

/* The text of a scalar, from malloc(3) as all in libyaml, which has also seen
 * to it that it is UTF-8. */
static char *
take_text(yaml_event_t *ev)
{
	char *text = (char *)ev->data.scalar.value;

	ev->data.scalar.value = NULL;
	return text;
}

static enum tk_status read_value(
    struct reader *r, struct tk_yaml **out, yaml_event_t *ev, int depth);

static enum tk_status
read_list(struct reader *r, struct tk_yaml *list, int depth)
{
	struct tk_yaml *value;
	enum tk_status st;
	yaml_event_t ev;

	for (;;) {
		if ((st = next(r, &ev)) != TK_OK)
			return st;
		if (ev.type == YAML_SEQUENCE_END_EVENT) {
			yaml_event_delete(&ev);
			return TK_OK;
		}
		st = read_value(r, &value, &ev, depth + 1);
		yaml_event_delete(&ev);
		if (st != TK_OK)
			return st;
		tk_yaml_add(list, value);
	}
}

/* One key; *key is NULL at the end of the map. */
static enum tk_status
read_key(struct reader *r, const struct tk_yaml *map, char **key)
{
	enum tk_status st = TK_OK;
	yaml_event_t ev;
	const char *text;
	char *what;

	*key = NULL;
	if ((st = next(r, &ev)) != TK_OK)
		return st;
	if (ev.type == YAML_MAPPING_END_EVENT) {
		yaml_event_delete(&ev);
		return TK_OK;
	}
	text = ev.type == YAML_SCALAR_EVENT ? (const char *)ev.data.scalar.value
					    : NULL;
	if (has_extras(&ev))
		st = complain(r, ev.start_mark.line,
		    _("anchors, aliases and tags are not allowed"));
	else if (text == NULL)
		st = complain(
		    r, ev.start_mark.line, _("a key must be a plain word"));
	else if (strlen(text) != ev.data.scalar.length)
		st = complain(r, ev.start_mark.line, _("NUL byte in a key"));
	else if (strlen(text) > TK_YAML_KEY)
		st = complain(r, ev.start_mark.line, _("a key is too long"));
	else if (tk_yaml_get(map, text) != NULL) {
		what = tk_strf(_("duplicate key \"%s\""), text);
		st = complain(r, ev.start_mark.line, what);
		free(what);
	} else if (map->n >= TK_YAML_KEYS)
		st = complain(r, ev.start_mark.line, _("too many keys"));
	else
		*key = take_text(&ev);
	yaml_event_delete(&ev);
	return st;
}

static enum tk_status
read_map(struct reader *r, struct tk_yaml *map, int depth)
{
	struct tk_yaml *value;
	enum tk_status st;
	yaml_event_t ev;
	char *key;

	for (;;) {
		if ((st = read_key(r, map, &key)) != TK_OK || key == NULL)
			return st;
		if ((st = next(r, &ev)) == TK_OK) {
			st = read_value(r, &value, &ev, depth + 1);
			yaml_event_delete(&ev);
		}
		if (st != TK_OK) {
			free(key);
			return st;
		}
		tk_yaml_append(map, key, value);
	}
}

static enum tk_status
read_scalar(struct reader *r, struct tk_yaml **out, yaml_event_t *ev)
{
	const char *text = (const char *)ev->data.scalar.value;

	if (strlen(text) != ev->data.scalar.length)
		return complain(
		    r, ev->start_mark.line, _("NUL byte in a text"));
	*out = tk_calloc(1, sizeof(**out));
	(*out)->kind = TK_YAML_SCALAR;
	(*out)->text = take_text(ev);
	(*out)->plain = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	return TK_OK;
}

static enum tk_status
read_value(
    struct reader *r, struct tk_yaml **out, yaml_event_t *ev, int depth)
{
	enum tk_status st = TK_OK;

	*out = NULL;
	if (has_extras(ev))
		return complain(r, ev->start_mark.line,
		    _("anchors, aliases and tags are not allowed"));
	if (depth > TK_YAML_DEPTH)
		return complain(r, ev->start_mark.line, _("nested too deeply"));
	if (ev->type == YAML_SCALAR_EVENT) {
		st = read_scalar(r, out, ev);
	} else if (ev->type == YAML_SEQUENCE_START_EVENT) {
		*out = tk_yaml_list();
		st = read_list(r, *out, depth);
	} else if (ev->type == YAML_MAPPING_START_EVENT) {
		*out = tk_yaml_map();
		st = read_map(r, *out, depth);
	} else {
		st = complain(r, ev->start_mark.line, _("not a value"));
	}
	if (st != TK_OK || *out == NULL) {
		tk_yaml_free(*out);
		*out = NULL;
		return st;
	}
	(*out)->line = (unsigned)ev->start_mark.line + 1;
	return TK_OK;
}

/* what is translated where it is said, not for each of a million files. */
static enum tk_status
expect(struct reader *r, yaml_event_type_t type, const char *what)
{
	yaml_event_t ev;
	enum tk_status st = next(r, &ev);

	if (st != TK_OK)
		return st;
	if (ev.type != type)
		st = complain(r, ev.start_mark.line, _(what));
	yaml_event_delete(&ev);
	return st;
}

static enum tk_status
read_root(struct reader *r, struct tk_yaml **root)
{
	yaml_event_t ev;
	enum tk_status st;

	if ((st = expect(r, YAML_STREAM_START_EVENT, N_("not YAML"))) != TK_OK ||
	    (st = expect(r, YAML_DOCUMENT_START_EVENT,
		 N_("the file is empty"))) != TK_OK ||
	    (st = next(r, &ev)) != TK_OK)
		return st;
	if (ev.type == YAML_SCALAR_EVENT)
		st = complain(
		    r, ev.start_mark.line, _("expected keys and values"));
	else
		st = read_value(r, root, &ev, 1);
	yaml_event_delete(&ev);
	if (st == TK_OK)
		st = expect(r, YAML_DOCUMENT_END_EVENT, N_("not YAML"));
	if (st == TK_OK)
		st = expect(r, YAML_STREAM_END_EVENT,
		    N_("more than one document in the file"));
	return st;
}

enum tk_status
tk_yaml_read(struct tk_yaml **root, const char *data, size_t len,
    const char *name, struct tk_err *err)
{
	struct reader r = {
		.data = data, .len = len, .name = name, .err = err
	};
	enum tk_status st;

	*root = NULL;
	if (len > TK_YAML_MAX)
		return tk_fail(err, TK_EINPUT, _("%s:1: longer than %d bytes"),
		    name, TK_YAML_MAX);
	if (data == NULL && (*root = tk_yaml_cached(name)) != NULL)
		return TK_OK;
	if (data != NULL &&
	    (*root = tk_yaml_read_plain(NULL, data, len)) != NULL) {
		tk_yaml_cache_add(name, *root);
		return TK_OK;
	}
	if (!yaml_parser_initialize(&r.parser))
		return tk_fail(err, TK_ESYS, "%s: libyaml", name);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	    &r.parser, (const unsigned char *)data, len);
	st = read_root(&r, root);
	yaml_parser_delete(&r.parser);
	if (st != TK_OK) {
		tk_yaml_free(*root);
		*root = NULL;
		return st;
	}
	tk_yaml_cache_add(name, *root);
	return TK_OK;
}
