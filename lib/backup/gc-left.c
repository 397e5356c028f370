/* gc-left - files of writers that were killed before they were done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "backup/gc.h"
#include "base/ambient.h"
#include "base/file.h"

#define DAY 86400 /* seconds; no writer works as long at one file */
#define HOUR 3600 /* seconds; git's lock on what only tidying writes */
#define INCOMING "tmp_objdir-" /* folder of a push that is being judged */

static bool
is_old(const char *path)
{
	int64_t age = tk_ends(path, ".lock") ? HOUR : DAY;
	struct stat sb;

	return lstat(path, &sb) == 0 &&
	    (S_ISREG(sb.st_mode) || strstr(path, "/" INCOMING) != NULL) &&
	    tk_now() - (int64_t)sb.st_mtime > age;
}

/* What tk_file_write() had not finished. */
static bool
is_temp(const char *name)
{
	return name[0] == '.' && strstr(name, TK_FILE_TEMP) != NULL;
}

static bool
in_own(const char *name)
{
	return is_temp(name) || tk_starts(name, "index.new");
}

/* A .try of the outbox belongs to a letter that waits. */
static bool
in_tmp(const char *name)
{
	return !tk_ends(name, ".try");
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
	return tk_starts(name, "tmp_") || tk_starts(name, ".tmp-") ||
	    tk_starts(name, "pack_git2_"); /* libgit2's */
}

static bool
in_graphs(const char *name)
{
	return tk_starts(name, "tmp_graph_") || tk_ends(name, ".lock");
}

static bool
in_info(const char *name)
{
	return strcmp(name, "commit-graph.lock") == 0 ||
	    tk_starts(name, "tmp_graph_");
}

static bool
in_top(const char *name)
{
	return strcmp(name, "gc.pid.lock") == 0 ||
	    strcmp(name, "packed-refs.lock") == 0 ||
	    strcmp(name, "packed-refs.new") == 0;
}

static bool
in_objects(const char *name)
{
	return tk_starts(name, "tmp_obj_") || tk_starts(name, INCOMING);
}

static void
add_old(struct tk_strv *paths, const char *gitdir, const char *below,
    bool (*is)(const char *name))
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	char *dir = tk_strf("%s%s", gitdir, below), *path;
	size_t i;

	if (tk_dir_list(&names, dir, &ignored) != TK_OK)
		tk_strv_clear(&names);
	for (i = 0; i < names.n; i++) {
		path = tk_strf("%s/%s", dir, names.v[i]);
		if (is(names.v[i]) && is_old(path))
			tk_strv_add(paths, path);
		free(path);
	}
	tk_strv_clear(&names);
	free(dir);
}

void
tk_gc_leftovers(struct tk_strv *paths, const char *gitdir)
{
	static const struct {
		const char *dir;
		bool (*is)(const char *name);
	} where[] = { { "tk", in_own }, { "tk/outbox/tmp", in_tmp },
		{ "tk/quarantine/tmp", in_tmp },
		{ "tk/quarantine/new", is_temp }, { "tk/hold/tmp", in_tmp },
		{ "tk/hold/new", is_temp }, { "tk/hold/cur", is_temp },
		{ "tk/hold/told", is_temp }, { "tk/reports", is_temp },
		{ "tk/big", in_big }, { "objects", in_objects },
		{ "objects/pack", in_pack }, { "objects/info", in_info },
		{ "objects/info/commit-graphs", in_graphs }, { "", in_top },
		{ NULL, NULL } };
	char fan[sizeof("objects/00")];
	size_t i;

	for (i = 0; where[i].dir != NULL; i++)
		add_old(paths, gitdir, where[i].dir, where[i].is);
	/* A push that could not take them away has moved them along. */
	for (i = 0; i < 256; i++) {
		snprintf(fan, sizeof(fan), "objects/%02x", (unsigned)i);
		add_old(paths, gitdir, fan, in_objects);
	}
}
