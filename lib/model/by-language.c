/* by-language - a text, or one for each language. */
#include "model/by-language.h"

#include "base/i18n.h"

enum tk_status
tk_by_language_read(struct tk_by_language *b, const struct tk_yaml *map,
    const char *key, const char *path, struct tk_err *err)
{
	const struct tk_yaml *y = tk_yaml_get(map, key);
	bool good;
	size_t i;

	if (tk_yaml_is_null(y))
		return TK_OK;
	if (y->kind == TK_YAML_SCALAR) {
		tk_strv_add(&b->language, "");
		tk_strv_add(&b->text, y->text);
		return TK_OK;
	}
	good = y->kind == TK_YAML_MAP;
	for (i = 0; good && i < y->n; i++) {
		good = y->item[i]->kind == TK_YAML_SCALAR;
		if (!good || tk_yaml_is_null(y->item[i]))
			continue;
		tk_strv_add(&b->language, y->key[i]);
		tk_strv_add(&b->text, y->item[i]->text);
	}
	if (good)
		return TK_OK;
	return tk_fail(err, TK_EINPUT,
	    _("%s:%u: \"%s\" must be a text, or a map of texts by language"),
	    path, tk_yaml_line(map, key), key);
}

void
tk_by_language_clear(struct tk_by_language *b)
{
	tk_strv_clear(&b->language);
	tk_strv_clear(&b->text);
}

static const char *
find(const struct tk_by_language *b, const char *language)
{
	size_t i;

	for (i = 0; i < b->text.n; i++)
		if (tk_streq(b->language.v[i], language))
			return b->text.v[i];
	return NULL;
}

const char *
tk_by_language_pick(
    const struct tk_by_language *b, const char *language, const char *other)
{
	const char *text = find(b, language);

	if (text == NULL)
		text = find(b, other);
	if (text == NULL && b->text.n > 0)
		text = b->text.v[0];
	return text;
}
