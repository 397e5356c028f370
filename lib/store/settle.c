/* settle - what git has written made durable.
 *
 * git fsyncs its files (core.fsync, which tk init sets) and never a folder, so
 * that after a power cut a pushed commit may have no name any more, and an act
 * on top of it would stand on nothing. */
#include "store/git.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/mem.h"
#include "base/sync.h"

#define FOLDERS 258 /* 00 to ff, pack, info */
/* Seconds; what was changed so long before the last change is on the disk
 * whoever asked for it: kernels keep nothing back for longer than half a
 * minute. */
#define RECENT 120

void
tk_store_settle(struct tk_store *s)
{
	struct tk_err late = TK_ERR_INIT;

	/* What cannot be synced is not worse off than it was. */
	if (tk_disk_sync(git_repository_commondir(s->repo), &late) != TK_OK)
		late.text[0] = '\0';
}

/* Does git sync the objects that it writes here? */
static bool
objects_are_synced(struct tk_store *s)
{
	char *text = tk_store_config(s, "core.fsync");
	char *how = tk_store_config(s, "core.fsyncMethod");
	bool yes = tk_streq(text, TK_GIT_FSYNC) &&
	    (how == NULL || tk_streq(how, "fsync"));

	free(text);
	free(how);
	return yes;
}

/* Folders of objects/ that were changed lately. */
static void
recent_folders(struct tk_strv *dirs, const char *objects)
{
	struct tk_strv names = TK_STRV_INIT;
	int64_t at[FOLDERS] = { 0 }, newest = 0;
	DIR *d = opendir(objects);
	struct dirent *e;
	struct stat sb;
	size_t i;

	while (d != NULL && names.n < FOLDERS && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.' ||
		    fstatat(dirfd(d), e->d_name, &sb, 0) < 0 ||
		    !S_ISDIR(sb.st_mode))
			continue;
		at[names.n] = sb.st_mtim.tv_sec;
		newest = at[names.n] > newest ? at[names.n] : newest;
		tk_strv_add(&names, e->d_name);
	}
	if (d != NULL)
		closedir(d);
	for (i = 0; i < names.n; i++)
		if (at[i] >= newest - RECENT)
			tk_strv_add_own(
			    dirs, tk_strf("%s/%s", objects, names.v[i]));
	tk_strv_clear(&names);
}

/* Whatever else is being written to this disk need not be waited for. */
static void
settle_objects(struct tk_store *s)
{
	const char *common = git_repository_commondir(s->repo);
	char *ref = tk_strf("%s%s", common, s->branch);
	struct tk_strv dirs = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	struct tk_sync file = { open(ref, O_RDONLY | O_CLOEXEC), ref };

	tk_strv_add_own(&dirs, tk_strf("%sobjects", common));
	recent_folders(&dirs, dirs.v[0]);
	/* One that is gone was emptied by git gc, and is in a pack. */
	if (tk_sync_folders(&dirs, &ignored) != TK_OK ||
	    (file.fd >= 0 && tk_sync_files(&file, 1, &ignored) != TK_OK))
		tk_store_settle(s);
	tk_strv_clear(&dirs);
	tk_strv_add_own(
	    &dirs, tk_strndup(ref, (size_t)(strrchr(ref, '/') - ref)));
	if (file.fd >= 0 && tk_sync_folders(&dirs, &ignored) != TK_OK)
		tk_store_settle(s);
	if (file.fd >= 0)
		close(file.fd);
	tk_strv_clear(&dirs);
	free(ref);
}

void
tk_settle_tip(struct tk_store *s)
{
	if (!s->has_tip ||
	    (s->has_settled && git_oid_equal(&s->settled, &s->tip)))
		return;
	if (objects_are_synced(s))
		settle_objects(s);
	else
		tk_store_settle(s);
	s->settled = s->tip;
	s->has_settled = true;
}
