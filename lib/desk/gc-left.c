/* gc-left - files of writers that were killed before they were done. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/ambient.h"
#include "base/file.h"
#include "desk/gc.h"

#define DAY 86400 /* seconds; no writer works as long at one file */
#define DIGITS 6  /* of mkstemp(3) */

static bool
is_old(const char *path)
{
	struct stat sb;

	return lstat(path, &sb) == 0 && S_ISREG(sb.st_mode) &&
	    tk_now() - (int64_t)sb.st_mtime > DAY;
}

/* NAME.XXXXXX of tk_file_write(), where NAME is known. */
static bool
is_copy_of(const char *name, const char *known)
{
	size_t n = strlen(known);

	return strncmp(name, known, n) == 0 && name[n] == '.' &&
	    strlen(name + n + 1) == DIGITS;
}

static bool
in_own(const char *name)
{
	return is_copy_of(name, "checkout") || is_copy_of(name, "noticed") ||
	    is_copy_of(name, "rules.cache") ||
	    tk_starts(name, "index.new.");
}

/* A .try of the outbox belongs to a letter that waits. */
static bool
in_tmp(const char *name)
{
	return !tk_ends(name, ".try");
}

/* Beside letters; their own names are anything. */
static bool
in_letters(const char *name)
{
	size_t n = strlen(name);

	return n > DIGITS + 5 && name[n - DIGITS - 1] == '.' &&
	    (memcmp(name + n - DIGITS - 5, ".why", 4) == 0 ||
		memcmp(name + n - DIGITS - 5, ".try", 4) == 0);
}

/* tk's own begin with a dot until they are whole. */
static bool
in_big(const char *name)
{
	return name[0] == '.';
}

static bool
in_pack(const char *name)
{
	return tk_starts(name, "tmp_") || tk_starts(name, ".tmp-");
}

static bool
in_objects(const char *name)
{
	return tk_starts(name, "tmp_obj_");
}

void
tk_gc_leftovers(struct tk_strv *paths, const char *gitdir)
{
	static const struct {
		const char *dir;
		bool (*is)(const char *name);
	} where[] = { { "tk", in_own }, { "tk/outbox/tmp", in_tmp },
		{ "tk/outbox/tmp", in_letters }, { "tk/quarantine/tmp", in_tmp },
		{ "tk/quarantine/new", in_letters }, { "tk/hold/tmp", in_tmp },
		{ "tk/hold/new", in_letters }, { "tk/hold/cur", in_letters },
		{ "tk/big", in_big }, { "objects", in_objects },
		{ "objects/pack", in_pack }, { NULL, NULL } };
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	char *dir, *path;
	size_t i, k;

	for (i = 0; where[i].dir != NULL; i++) {
		dir = tk_strf("%s%s", gitdir, where[i].dir);
		if (tk_dir_list(&names, dir, &ignored) != TK_OK)
			tk_strv_clear(&names);
		for (k = 0; k < names.n; k++) {
			path = tk_strf("%s/%s", dir, names.v[k]);
			if (where[i].is(names.v[k]) && is_old(path))
				tk_strv_add(paths, path);
			free(path);
		}
		tk_strv_clear(&names);
		free(dir);
	}
}
