/* archived - what a desk keeps of a ticket that lies in an archive. */
#include "model/archived.h"

#include <string.h>

#include "base/i18n.h"
#include "model/id.h"

#define FOLDER "archives/"
#define LIST "tickets"

bool
tk_archive_name_valid(const char *year)
{
	return strlen(year) == 4 && strspn(year, "0123456789") == 4;
}

void
tk_archive_path(struct tk_str *out, const char *year)
{
	tk_str_addf(out, FOLDER "%s.yaml", year);
}

void
tk_archived_path(
    struct tk_str *out, const char *year, const char *id, unsigned n)
{
	struct tk_str path = TK_STR_INIT;

	tk_id_path(&path, id); /* tickets/00/10/TK-1042 */
	tk_str_cut(&path, (size_t)(strrchr(path.data, '/') - path.data));
	tk_str_addf(out, FOLDER "%s%s", year, strchr(path.data, '/'));
	if (n > 1)
		tk_str_addf(out, ".%u", n);
	tk_str_add(out, ".yaml");
	tk_str_clear(&path);
}

bool
tk_archived_is_path(char year[5], const char *path)
{
	if (!tk_starts(path, FOLDER) || !tk_ends(path, ".yaml"))
		return false;
	path += strlen(FOLDER);
	if (strcspn(path, "/") != 4 || path[4] == '\0')
		return false;
	memcpy(year, path, 4);
	year[4] = '\0';
	return tk_archive_name_valid(year);
}

enum tk_status
tk_archived_read(struct tk_yaml **out, const char *data, size_t len,
    const char *name, struct tk_err *err)
{
	const struct tk_yaml *list, *one;
	enum tk_status st = tk_yaml_read(out, data, len, name, err);
	struct tk_id id;
	size_t i;

	if (st != TK_OK)
		return st;
	list = tk_yaml_get(*out, LIST);
	if (list == NULL || list->kind != TK_YAML_LIST)
		st = tk_fail(
		    err, TK_EINPUT, _("%s:1: no list \"%s\""), name, LIST);
	for (i = 0; st == TK_OK && i < list->n; i++) {
		one = list->item[i];
		if (one->kind != TK_YAML_MAP ||
		    tk_yaml_str(one, "id") == NULL ||
		    !tk_id_parse(&id, tk_yaml_str(one, "id")) ||
		    tk_yaml_str(one, "tree") == NULL)
			st = tk_fail(err, TK_EINPUT,
			    _("%s:%u: no record of a ticket"), name,
			    one->line);
	}
	if (st != TK_OK) {
		tk_yaml_free(*out);
		*out = NULL;
	}
	return st;
}

const struct tk_yaml *
tk_archived_find(const struct tk_yaml *file, const char *id)
{
	const struct tk_yaml *list = tk_yaml_get(file, LIST);
	size_t i;

	for (i = 0; list != NULL && i < list->n; i++)
		if (tk_streq(tk_yaml_str(list->item[i], "id"), id))
			return list->item[i];
	return NULL;
}
