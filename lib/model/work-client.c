/* work-client - for which clients and sites a work is done, and the key of
 * one time of it. */
#include "model/work.h"

#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "model/id.h"

/* "contract.backup" is the key backup in the map contract. */
static const struct tk_yaml *
node_of(const struct tk_yaml *file, const char *path)
{
	const char *dot = strchr(path, '.');
	const struct tk_yaml *y;
	char *key;

	if (dot == NULL)
		return tk_yaml_get(file, path);
	key = tk_strndup(path, (size_t)(dot - path));
	y = tk_yaml_get(file, key);
	free(key);
	return y != NULL && y->kind == TK_YAML_MAP ? node_of(y, dot + 1) : NULL;
}

static void
words_of(struct tk_strv *l, const struct tk_yaml *y)
{
	size_t i;

	if (y == NULL)
		return;
	if (y->kind == TK_YAML_SCALAR)
		tk_strv_add(l, y->text);
	for (i = 0; y->kind == TK_YAML_LIST && i < y->n; i++)
		if (y->item[i]->kind == TK_YAML_SCALAR)
			tk_strv_add(l, y->item[i]->text);
}

/* One of the words that are wanted is among those that are there. */
static bool
matches(const struct tk_yaml *wanted, const struct tk_yaml *there)
{
	struct tk_strv want = TK_STRV_INIT, have = TK_STRV_INIT;
	bool hit = false;
	size_t i;

	words_of(&want, wanted);
	words_of(&have, there);
	for (i = 0; i < want.n; i++)
		hit = hit || tk_strv_has(&have, want.v[i]);
	tk_strv_clear(&want);
	tk_strv_clear(&have);
	return hit;
}

bool
tk_work_is_for(const struct tk_work *w, const struct tk_client *c)
{
	size_t i;

	if (!c->active || w->whom == TK_WORK_OWN)
		return false;
	if (w->whom == TK_WORK_ONE)
		return strcmp(w->client, c->id) == 0;
	for (i = 0; w->where != NULL && i < w->where->n; i++)
		if (!matches(
			w->where->item[i], node_of(c->file, w->where->key[i])))
			return false;
	return true;
}

void
tk_client_sites(
    const struct tk_client *c, struct tk_strv *ids, struct tk_strv *names)
{
	const struct tk_yaml *sites = tk_yaml_get(c->file, "sites"), *s;
	const char *id, *name;
	size_t i;

	for (i = 0;
	     sites != NULL && sites->kind != TK_YAML_SCALAR && i < sites->n;
	     i++) {
		s = sites->item[i];
		id = sites->kind == TK_YAML_MAP ? sites->key[i]
		    : s->kind == TK_YAML_SCALAR ? s->text
						: tk_yaml_str(s, "id");
		name = s->kind == TK_YAML_MAP ? tk_yaml_str(s, "name") : NULL;
		if (id == NULL || id[0] == '\0' || tk_strv_has(ids, id))
			continue;
		tk_strv_add(ids, id);
		tk_strv_add(names, name != NULL ? name : id);
	}
}

void
tk_work_key(struct tk_str *out, const char *id, int64_t when,
    const char *client, const char *site)
{
	tk_str_addf(out, "%s/", id);
	tk_local_text(out, when);
	if (client != NULL && client[0] != '\0')
		tk_str_addf(out, "/%s", client);
	if (site != NULL && site[0] != '\0')
		tk_str_addf(out, "/%s", site);
}

bool
tk_work_key_parse(
    const char *key, struct tk_str *id, int64_t *when, struct tk_str *target)
{
	const char *a = strchr(key, '/');
	const char *b = a != NULL ? strchr(a + 1, '/') : NULL;
	char *text;
	bool good;

	if (a == NULL)
		return false;
	text = b != NULL ? tk_strndup(a + 1, (size_t)(b - a - 1))
			 : tk_strdup(a + 1);
	good = tk_local_parse(when, text);
	free(text);
	if (!good)
		return false;
	tk_str_add_data(id, key, (size_t)(a - key));
	tk_str_add(target, b != NULL ? b + 1 : "");
	return tk_name_valid(id->data);
}
