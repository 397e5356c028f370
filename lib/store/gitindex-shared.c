/* gitindex-shared - the file that a split git index builds on. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/gitindex-split.h"
#include "store/sparse.h"

#define LARGE ((size_t)16 << 20) /* bytes; to write it takes some 20 ms */
#define KEPT 14                  /* days; as git keeps them */
#define DAY 86400                /* seconds */

/* What git's own settings say: 0 no, 1 yes, -1 nothing. A sparse index cannot
 * be split, and git does not make one of what is. */
static int
said(struct tk_store *s)
{
	char *text = tk_store_config(s, "core.splitindex");
	int is = -1;

	if (text != NULL && git_config_parse_bool(&is, text) < 0)
		is = -1;
	free(text);
	return tk_sparse_index(s) ? 0 : is;
}

bool
tk_gi_split_wanted(struct tk_store *s, const struct tk_gi_walk *w)
{
	int is = said(s);

	return is != 0 && w->shared.data != NULL &&
	    (w->link.is || is > 0 || w->shared.len >= LARGE);
}

bool
tk_gi_split_fits(const struct tk_gi_walk *w)
{
	static const char *const whole[] = { "sdir", "FSMN", "UNTR" };
	size_t at = w->shared.at, len, i;
	char name[5];

	while (
	    !w->link.is && tk_gi_extension(&w->shared, &at, &len, name) != NULL)
		for (i = 0; i < TK_COUNT(whole); i++)
			if (strcmp(name, whole[i]) == 0)
				return false;
	return true;
}

static char *
path_of(struct tk_store *s, const unsigned char *id)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_oid oid;

	memcpy(oid.id, id, GIT_OID_RAWSZ);
	git_oid_tostr(hex, sizeof(hex), &oid);
	return tk_strf("%ssharedindex.%s", tk_store_gitdir(s), hex);
}

/* Git names a new index without syncing it, and replacing a file makes file
 * systems do that soon. A second name does not. */
static bool
sync_it(const struct tk_gi_cursor *c)
{
	int fd = open(c->path, O_RDONLY | O_CLOEXEC);
	struct stat sb;
	bool good = fd >= 0 && fstat(fd, &sb) == 0 && sb.st_ino == c->inode &&
	    fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return good;
}

bool
tk_gi_share(struct tk_store *s, const struct tk_gi_cursor *c, unsigned char *id)
{
	static const unsigned char none[GIT_OID_RAWSZ];
	struct tk_err ignored = TK_ERR_INIT;
	struct stat sb;
	char *path;
	bool good;

	memcpy(id, c->data + c->end, GIT_OID_RAWSZ);
	/* index.skipHash */
	if (memcmp(id, none, sizeof(none)) == 0 || !sync_it(c))
		return false;
	path = path_of(s, id);
	good = (link(c->path, path) == 0 || errno == EEXIST) &&
	    stat(path, &sb) == 0 && sb.st_ino == c->inode &&
	    tk_dir_sync(tk_store_gitdir(s), &ignored) == TK_OK;
	free(path);
	return good;
}

/* Those that nobody has used for long. Where git is told another time, it is
 * left to git. */
static void
sweep(struct tk_store *s, const char *used)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	struct stat now, sb;
	time_t then = 0;
	char *path, *told = tk_store_config(s, "splitindex.sharedindexexpire");
	size_t i;

	/* By the clock of the file system. */
	if (told == NULL && stat(used, &now) == 0 &&
	    tk_dir_list(&names, tk_store_gitdir(s), &ignored) == TK_OK)
		then = now.st_mtim.tv_sec - KEPT * DAY;
	for (i = 0; i < names.n; i++) {
		if (!tk_starts(names.v[i], "sharedindex."))
			continue;
		path = tk_strf("%s%s", tk_store_gitdir(s), names.v[i]);
		if (strcmp(path, used) != 0 && stat(path, &sb) == 0 &&
		    sb.st_mtim.tv_sec < then)
			unlink(path);
		free(path);
	}
	tk_strv_clear(&names);
	free(told);
}

void
tk_gi_shared_use(struct tk_store *s, const struct tk_gi_shared *use)
{
	char *path = path_of(s, use->id);

	(void)utimensat(AT_FDCWD, path, NULL, 0);
	if (use->made)
		sweep(s, path);
	free(path);
}
