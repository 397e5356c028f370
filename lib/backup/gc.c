/* gc - the objects of a desk tidied, day by day. */
#include "backup/gc.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/program.h"

#define BIG "gc.bigPackThreshold"
#define BIG_DEFAULT "1g"

static enum tk_status
lock(struct tk_store *store, int *fd, struct tk_err *err)
{
	char *dir = tk_store_path(store, "");
	char *path = tk_store_path(store, "gc.lock");
	enum tk_status st = tk_mkdirs(dir, 0777, err);

	free(dir);
	if (st != TK_OK) {
		free(path);
		return st;
	}
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (*fd < 0)
		st = tk_fail_errno(err, "%s", path);
	else if (flock(*fd, LOCK_EX | LOCK_NB) < 0)
		st = errno == EWOULDBLOCK
		    ? tk_fail(err, TK_EBUSY, _("%s: another tk gc is at work"),
			  path)
		    : tk_fail_errno(err, "%s", path);
	free(path);
	return st;
}

/* Names in a folder of objects/; a missing one is empty. */
static void
list(struct tk_strv *names, const char *gitdir, const char *below)
{
	struct tk_err ignored = TK_ERR_INIT;
	char *dir = tk_strf("%sobjects/%s", gitdir, below);

	if (tk_dir_list(names, dir, &ignored) != TK_OK)
		tk_strv_clear(names);
	free(dir);
}

static void
count(struct tk_gc_count *c, const char *gitdir)
{
	struct tk_strv names = TK_STRV_INIT;
	char fan[3];
	size_t i;
	int n;

	memset(c, 0, sizeof(*c));
	list(&names, gitdir, "pack");
	for (i = 0; i < names.n; i++)
		c->packs += tk_ends(names.v[i], ".pack");
	tk_strv_clear(&names);
	for (n = 0; n < 256; n++) {
		fan[0] = "0123456789abcdef"[n / 16];
		fan[1] = "0123456789abcdef"[n % 16];
		fan[2] = '\0';
		list(&names, gitdir, fan);
		for (i = 0; i < names.n; i++)
			c->loose += isxdigit((unsigned char)names.v[i][0]) != 0;
		tk_strv_clear(&names);
	}
}

/* A number as git config has it: 12, 12k, 12m, 12g. */
static unsigned long long
bytes_of(const char *text)
{
	char *end;
	unsigned long long n = strtoull(text, &end, 10);

	switch (*end) {
	case 'g':
	case 'G':
		n *= 1024;
		/* fallthrough */
	case 'm':
	case 'M':
		n *= 1024;
		/* fallthrough */
	case 'k':
	case 'K':
		n *= 1024;
		break;
	default:
		break;
	}
	return n;
}

/* Options that keep large packs as they are. */
static void
keep_big(struct tk_strv *options, const char *gitdir, const char *big)
{
	struct tk_strv names = TK_STRV_INIT;
	struct stat sb;
	size_t i;
	char *path;

	list(&names, gitdir, "pack");
	for (i = 0; i < names.n; i++) {
		path = tk_strf("%sobjects/pack/%s", gitdir, names.v[i]);
		if (tk_ends(path, ".pack") && stat(path, &sb) == 0 &&
		    (unsigned long long)sb.st_size >= bytes_of(big))
			tk_strv_add_own(options,
			    tk_strf("--keep-pack=%s", names.v[i]));
		free(path);
	}
	tk_strv_clear(&names);
}

static enum tk_status
git(const char *gitdir, const struct tk_strv *settings, const char *const *args,
    const struct tk_strv *more, struct tk_err *err)
{
	static const char *const none[] = { NULL };
	struct tk_strv all = TK_STRV_INIT;
	struct tk_git_program program = { gitdir, none, &all, NULL, NULL,
		NULL };
	enum tk_status st;
	size_t i;

	tk_strv_copy(&all, settings);
	for (i = 0; args[i] != NULL; i++)
		tk_strv_add(&all, args[i]);
	if (more != NULL)
		tk_strv_copy(&all, more);
	st = tk_git_program(&program, err);
	tk_strv_clear(&all);
	return st;
}

/* Of a partial clone git 2.39 must not mix what it fetched on demand with
 * what is its own: only git gc knows how. */
bool
tk_gc_is_partial(const char *gitdir)
{
	struct tk_strv names = TK_STRV_INIT;
	bool is = false;
	size_t i;

	list(&names, gitdir, "pack");
	for (i = 0; !is && i < names.n; i++)
		is = tk_ends(names.v[i], ".promisor");
	tk_strv_clear(&names);
	return is;
}

static enum tk_status
tidy(const char *gitdir, bool full, const char *big, struct tk_err *err)
{
	static const char *const all[] = { "gc", "--quiet", NULL };
	static const char *const some[] = { "repack", "-d", "-l", "-q",
		"--geometric=2", NULL };
	static const char *const graph[] = { "commit-graph", "write",
		"--reachable", "--changed-paths", "--split", "--no-progress",
		NULL };
	struct tk_strv keep = TK_STRV_INIT, set = TK_STRV_INIT;
	enum tk_status st;

	/* The reflog of a gate is the time of receipt: it never expires. */
	tk_strv_add(&set, "-c");
	tk_strv_add(&set, "gc.reflogExpire=never");
	tk_strv_add(&set, "-c");
	tk_strv_add(&set, "gc.reflogExpireUnreachable=never");
	tk_strv_add(&set, "-c");
	tk_strv_add_own(&set, tk_strf("%s=%s", BIG, big));
	if (full || tk_gc_is_partial(gitdir)) {
		st = git(gitdir, &set, all, NULL, err);
	} else {
		keep_big(&keep, gitdir, big);
		st = git(gitdir, &set, some, &keep, err);
	}
	/* With it "git log -- TICKET" reads the trees of few commits only. */
	if (st == TK_OK)
		st = git(gitdir, &set, graph, NULL, err);
	tk_strv_clear(&keep);
	tk_strv_clear(&set);
	return st;
}

enum tk_status
tk_gc_run(struct tk_gc *gc, struct tk_store *store, struct tk_err *err)
{
	const char *gitdir = tk_store_gitdir(store);
	char *big = tk_store_config(store, BIG);
	enum tk_status st;
	size_t i;
	int fd = -1;

	if ((st = lock(store, &fd, err)) != TK_OK)
		goto out;
	count(&gc->before, gitdir);
	gc->after = gc->before;
	tk_gc_leftovers(&gc->leftovers, gitdir);
	if (gc->dry_run)
		goto out;
	tk_store_unlock(store);
	for (i = 0; i < gc->leftovers.n; i++)
		tk_remove_tree(gc->leftovers.v[i]);
	st = tidy(gitdir, gc->full,
	    big != NULL ? big : BIG_DEFAULT, err);
	count(&gc->after, gitdir);
out:
	if (fd >= 0)
		close(fd);
	free(big);
	return st;
}

void
tk_gc_clear(struct tk_gc *gc)
{
	tk_strv_clear(&gc->leftovers);
}
