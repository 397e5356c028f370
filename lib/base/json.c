/* json - JSON out, one object a line. */
#include "base/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/utf8.h"

/* A struct tk_json is a json_t; the type only keeps jansson.h in here. */
static json_t *
raw(const struct tk_json *j)
{
	return (json_t *)(uintptr_t)j;
}

static struct tk_json *
cooked(json_t *j)
{
	if (j == NULL)
		abort(); /* jansson is out of memory, or a mistake of ours */
	return (struct tk_json *)j;
}

static json_t *
text_value(const char *text)
{
	struct tk_str good = TK_STR_INIT;
	json_t *j;

	if (text == NULL)
		return json_null();
	j = json_string(text);
	if (j == NULL) {
		tk_utf8_repair(&good, text, strlen(text));
		j = json_string(good.data);
		tk_str_clear(&good);
	}
	return raw(cooked(j));
}

struct tk_json *
tk_json_object(void)
{
	return cooked(json_object());
}

struct tk_json *
tk_json_array(void)
{
	return cooked(json_array());
}

void
tk_json_free(struct tk_json *j)
{
	json_decref(raw(j));
}

struct tk_json *
tk_json_of_str(const char *text)
{
	return cooked(text_value(text));
}

struct tk_json *
tk_json_of_int(int64_t n)
{
	return cooked(json_integer(n));
}

struct tk_json *
tk_json_of_bool(bool b)
{
	return cooked(json_boolean(b));
}

static void
put(struct tk_json *obj, const char *key, json_t *value)
{
	if (json_object_set_new(raw(obj), key, value) < 0)
		abort(); /* keys are ours and values are checked */
}

void
tk_json_set_str(struct tk_json *obj, const char *key, const char *text)
{
	put(obj, key, text_value(text));
}

void
tk_json_set_int(struct tk_json *obj, const char *key, int64_t n)
{
	put(obj, key, json_integer(n));
}

void
tk_json_set_bool(struct tk_json *obj, const char *key, bool b)
{
	put(obj, key, json_boolean(b));
}

void
tk_json_set(struct tk_json *obj, const char *key, struct tk_json *child)
{
	put(obj, key, raw(child));
}

void
tk_json_set_strv(
    struct tk_json *obj, const char *key, const struct tk_strv *l)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < l->n; i++)
		json_array_append_new(array, text_value(l->v[i]));
	put(obj, key, array);
}

void
tk_json_add_str(struct tk_json *array, const char *text)
{
	json_array_append_new(raw(array), text_value(text));
}

void
tk_json_add(struct tk_json *array, struct tk_json *child)
{
	json_array_append_new(raw(array), raw(child));
}

static int
sink(const char *data, size_t len, void *to)
{
	tk_str_add_data(to, data, len);
	return 0;
}

void
tk_json_text(struct tk_str *out, const struct tk_json *j)
{
	json_dump_callback(raw(j), sink, out,
	    JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_ENCODE_ANY);
}
