/* fsck-beside - what lies beside the tree: index, outbox, locks. */
#include "check/fsck-parts.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "index/index.h"
#include "store/maildir.h"

static const char *
anew(void)
{
	return _("make it anew: tk reindex");
}

/* SQLite's check has a line for each thing found. */
static void
damaged(struct tk_fsck *f, const char *path, struct tk_err *err)
{
	err->text[strcspn(err->text, "\n")] = '\0';
	tk_fsck_problem(f, path, err->text, anew());
}

void
tk_fsck_index_compare(
    struct tk_fsck *f, struct tk_store *store, const struct tk_index_counts *c)
{
	char *what, *path;

	if (c->tickets == (int64_t)f->tickets &&
	    c->messages == (int64_t)f->messages &&
	    c->entries == (int64_t)f->entries)
		return;
	path = tk_store_path(store, "index.db");
	what = tk_strf(_("it has %lld tickets, %lld messages, %lld acts; the "
			 "desk has %zu, %zu, %zu"),
	    (long long)c->tickets, (long long)c->messages,
	    (long long)c->entries, f->tickets, f->messages, f->entries);
	tk_fsck_problem(f, path, what, anew());
	free(what);
	free(path);
}

/* As it lies there, before anything would mend it. */
static bool
check_file(struct tk_fsck *f, const char *path, char head[41])
{
	struct tk_index *ix = NULL;
	struct tk_err err = TK_ERR_INIT;
	bool good = true;

	head[0] = '\0';
	if (!tk_file_exists(path)) {
		tk_fsck_problem(f, path, _("there is no index"), anew());
		return false;
	}
	if (tk_index_open(&ix, path, &err) != TK_OK ||
	    tk_index_check(ix, &err) != TK_OK ||
	    tk_index_head(ix, head, &err) != TK_OK) {
		damaged(f, path, &err);
		good = false;
	}
	tk_index_free(ix);
	return good;
}

/* Others write meanwhile: the snapshot follows the index until both are of one
 * commit, which a writer between two statements seldom hinders twice. */
static enum tk_status
count_rows(struct tk_store *store, struct tk_index_counts *c, struct tk_err *err)
{
	struct tk_index *ix;
	enum tk_status st;
	int left = 100;

	do {
		if ((st = tk_store_index(store, &ix, err)) == TK_OK)
			st = tk_index_counts(ix, c, err);
		if (st != TK_OK || strcmp(c->head, tk_store_head(store)) == 0)
			return st;
	} while (--left > 0);
	return tk_fail(err, TK_EBUSY, _("others write all the time"));
}

bool
tk_fsck_index(
    struct tk_fsck *f, struct tk_store *store, struct tk_index_counts *c)
{
	char *path = tk_store_path(store, "index.db"), head[41];
	struct tk_err err = TK_ERR_INIT;
	enum tk_status st;
	bool good = false;

	if (!check_file(f, path, head))
		goto out;
	/* What others have written since the desk was opened. */
	if (tk_store_refresh(store, &err) != TK_OK) {
		tk_fsck_problem_err(f, &err, tk_fsck_again());
		goto out;
	}
	if (strcmp(head, tk_store_head(store)) != 0)
		tk_strv_add_own(&f->notes,
		    tk_strf(_("%s: it was at %.12s, behind HEAD; brought up"),
			path, head[0] != '\0' ? head : "-"));
	st = count_rows(store, c, &err);
	if (st == TK_EBUSY)
		tk_fsck_problem(f, path, err.text, tk_fsck_again());
	else if (st != TK_OK)
		damaged(f, path, &err);
	good = st == TK_OK;
out:
	free(path);
	return good;
}

/* Names in new/, cur/ or tmp/ of a maildir that end so; end NULL: letters. */
static size_t
count(const char *dir, const char *sub, const char *end)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	char *path = tk_strf("%s/%s", dir, sub);
	size_t i, n = 0;

	if (tk_dir_list(&names, path, &ignored) != TK_OK)
		tk_strv_clear(&names);
	for (i = 0; i < names.n; i++)
		n += end != NULL
		    ? tk_ends(names.v[i], end)
		    : names.v[i][0] != '.' && !tk_ends(names.v[i], ".why") &&
			!tk_ends(names.v[i], ".try");
	tk_strv_clear(&names);
	free(path);
	return n;
}

static void
check_maildirs(struct tk_fsck *f, struct tk_store *store)
{
	static const struct {
		const char *dir, *sub, *text;
	} kinds[] = { { "outbox", "new", N_("waiting to be sent: tk send") },
		{ "outbox", "cur", N_("sent, not recorded yet: tk send") },
		{ "outbox", "tmp", N_("unfinished, of no use") },
		{ "quarantine", "new",
		    N_("could not be taken in; .why says why; when that is "
		       "mended: tk deliver FILE") },
		{ "quarantine", "tmp", N_("unfinished, of no use") } };
	size_t i, n;

	for (i = 0; i < TK_COUNT(kinds); i++) {
		char *dir = tk_store_path(store, kinds[i].dir);

		n = count(dir, kinds[i].sub, NULL);
		if (n > 0)
			tk_strv_add_own(&f->notes,
			    tk_strf("%s/%s: %zu %s", dir, kinds[i].sub, n,
				_(kinds[i].text)));
		free(dir);
	}
}

static void
check_lock(struct tk_fsck *f, struct tk_store *store)
{
	char *path = tk_store_path(store, "lock");
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) < 0)
		tk_strv_add_own(&f->notes,
		    tk_strf(_("%s: another command is writing now"), path));
	if (fd >= 0)
		close(fd);
	free(path);
	path = tk_store_path(store, "checkout");
	if (tk_file_exists(path))
		tk_strv_add_own(&f->notes,
		    tk_strf(_("%s: a command was cut off before the work "
			      "tree was up to date; the next one ends it"),
			path));
	free(path);
}

/* git's own: a git that was killed leaves them, and nobody can write. */
static void
check_git_locks(struct tk_fsck *f, const char *gitdir, const char *below)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	char *dir = tk_strf("%s%s", gitdir, below);
	size_t i;

	if (tk_dir_list(&names, dir, &ignored) != TK_OK)
		tk_strv_clear(&names);
	for (i = 0; i < names.n; i++)
		if (tk_ends(names.v[i], ".lock"))
			tk_strv_add_own(&f->notes,
			    tk_strf(_("%s%s: a lock of git; if no git is "
				      "running, remove it"),
				dir, names.v[i]));
	tk_strv_clear(&names);
	free(dir);
}

void
tk_fsck_leftovers(struct tk_fsck *f, struct tk_store *store)
{
	check_maildirs(f, store);
	tk_fsck_outbox(f, store);
	check_lock(f, store);
	check_git_locks(f, tk_store_gitdir(store), "");
	check_git_locks(f, tk_store_gitdir(store), "refs/heads/");
}
