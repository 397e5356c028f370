/* backup - the whole desk put away. */
#include "backup/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/backup-parts.h"
#include "base/ambient.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#define HASH_ALWAYS                                            \
	((uint64_t)1 << 20) /* bytes; below that a time of the \
	                     * file is not trusted */
#define SUMS_MAX ((size_t)16 << 20)

struct making {
	struct tk_backup *b;
	struct tk_store *store;
	char *dir;    /* files as they were, and a repository with the refs */
	char *part;   /* the archive until it was read back */
	char *bundle; /* beside it */
	struct tk_manifest now, last; /* last.number 0: there is none */
	struct tk_strv chain;
};

/* Which of the files are new, and their checksums. */
static enum tk_status
look_at_files(struct making *m, struct tk_err *err)
{
	const struct tk_kept *old;
	enum tk_status st = TK_OK;
	struct tk_kept *k;
	struct stat sb;
	char *path;
	size_t i;

	for (i = 0; st == TK_OK && i < m->now.n; i++) {
		k = &m->now.file[i];
		path = tk_strf("%s/%s", m->dir, k->path);
		old = tk_manifest_find(&m->last, k->path);
		if (stat(path, &sb) == 0)
			k->size = (uint64_t)sb.st_size;
		if (old != NULL && old->size == k->size && old->at == k->at &&
		    k->size > HASH_ALWAYS)
			memcpy(k->sha256, old->sha256, sizeof(k->sha256));
		else
			st = tk_backup_sum(k->sha256, path, err);
		free(path);
		k->number = m->now.number;
		if (old != NULL && strcmp(old->sha256, k->sha256) == 0)
			k->number = old->number;
		else
			m->b->fresh++;
	}
	m->b->files = m->now.n;
	return st;
}

/* A file that is gone or has other permissions is news as well. */
static bool
is_same(const struct tk_manifest *a, const struct tk_manifest *b)
{
	size_t i;

	if (a->n != b->n || a->refs.n != b->refs.n ||
	    strcmp(a->head, b->head) != 0)
		return false;
	for (i = 0; i < a->refs.n; i++)
		if (strcmp(a->refs.v[i], b->refs.v[i]) != 0)
			return false;
	for (i = 0; i < a->n; i++)
		if (strcmp(a->file[i].path, b->file[i].path) != 0 ||
		    a->file[i].mode != b->file[i].mode)
			return false;
	return true;
}

static enum tk_status
add(struct tk_archive *a, const char *path, const char *name, int64_t at,
    unsigned mode, uint64_t size, struct tk_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum tk_status st;

	if (fd < 0)
		return tk_fail_errno(err, "%s", path);
	st = tk_archive_add_fd(a, name, at, mode, fd, size, err);
	close(fd);
	return st;
}

static enum tk_status
write_archive(struct making *m, struct tk_err *err)
{
	/* All letters of all clients are in it. */
	mode_t mask = umask(077);
	struct tk_archive *a = NULL;
	struct tk_str list = TK_STR_INIT;
	const struct tk_kept *k;
	enum tk_status st;
	char *path, *name;
	size_t i;

	tk_manifest_write(&list, &m->now);
	if ((st = tk_archive_new(
		 &a, m->part, TK_ARCHIVE_TAR_ZST, true, err)) == TK_OK)
		st = tk_archive_add(
		    a, TK_BACKUP_LIST, tk_now(), list.data, list.len, err);
	if (st == TK_OK && m->now.bundle[0] != '\0')
		st = add(a, m->bundle, TK_BACKUP_BUNDLE, tk_now(), 0644,
		    m->now.bundle_size, err);
	for (i = 0; st == TK_OK && i < m->now.n; i++) {
		k = &m->now.file[i];
		if (k->number != m->now.number)
			continue;
		path = tk_strf("%s/%s", m->dir, k->path);
		name = tk_strf("%s%s", TK_BACKUP_FILES, k->path);
		st = add(a, path, name, k->at, k->mode, k->size, err);
		free(name);
		free(path);
	}
	if (st == TK_OK)
		st = tk_archive_finish(a, err);
	tk_archive_free(a);
	tk_str_clear(&list);
	umask(mask);
	return st;
}

/* It is there; is it what was meant? Then it replaces what was there, and is
 * one of the chain. */
static enum tk_status
read_back(struct making *m, struct tk_err *err)
{
	char *sums = tk_strf("%s/%s", m->b->to, TK_BACKUP_SUMS), sum[65];
	bool chained = !tk_backup_is_file(m->b->to);
	struct tk_str text = TK_STR_INIT;
	struct tk_manifest back = { 0 };
	enum tk_status st = tk_backup_read(&back, m->part, NULL, NULL, err);
	struct stat sb;

	tk_manifest_clear(&back);
	if (st == TK_OK && stat(m->part, &sb) == 0)
		m->b->size = (uint64_t)sb.st_size;
	if (st == TK_OK && chained)
		st = tk_backup_sum(sum, m->part, err);
	if (st == TK_OK)
		st = tk_file_move(m->part, m->b->path, err);
	if (st == TK_OK && chained && tk_file_exists(sums))
		st = tk_file_read(&text, sums, SUMS_MAX, err);
	if (st == TK_OK && chained) {
		tk_str_addf(
		    &text, "%s  %s\n", sum, strrchr(m->b->path, '/') + 1);
		st = tk_file_write(sums, text.data, text.len, 0644, err);
	}
	tk_str_clear(&text);
	free(sums);
	return st;
}

/* What there is already. */
static enum tk_status
begin(struct making *m, struct tk_err *err)
{
	struct tk_backup *b = m->b;
	char *sums = tk_strf("%s/%s", b->to, TK_BACKUP_SUMS);
	enum tk_status st = TK_OK;
	size_t n;

	if (tk_backup_is_file(b->to)) {
		if (!b->over && tk_file_exists(b->to))
			st = tk_fail(err, TK_EEXIST,
			    _("%s is there already; --force replaces it"),
			    b->to);
		b->path = tk_strdup(b->to);
	} else if ((st = tk_mkdirs(b->to, 0700, err)) == TK_OK) {
		if (tk_file_exists(sums))
			st = tk_backup_chain(&m->chain, b->to, err);
		n = m->chain.n;
		if (st == TK_OK && n > 0)
			st = tk_backup_manifest(
			    &m->last, m->chain.v[n - 1], err);
		if (st == TK_OK && n > 0 &&
		    (st = tk_backup_sum(
			 m->now.previous, m->chain.v[n - 1], err)) == TK_OK &&
		    strcmp(m->last.desk, tk_store_gitdir(m->store)) != 0)
			st = tk_fail(err, TK_EREFUSED,
			    _("%s has the backups of another desk, %s; take "
			      "another folder"),
			    b->to, m->last.desk);
		b->path = tk_strf("%s/%04zu%s", b->to, n + 1, TK_BACKUP_END);
	}
	m->now.number = m->last.number + 1;
	free(sums);
	return st;
}

static enum tk_status
make(struct making *m, struct tk_err *err)
{
	struct tk_backup *b = m->b;
	struct tk_str made = TK_STR_INIT;
	enum tk_status st;
	char *unique = tk_unique_name();

	tk_date_rfc3339(&made, tk_now());
	m->now.made = tk_str_detach(&made);
	m->now.desk = tk_strdup(tk_store_gitdir(m->store));
	m->now.bare = tk_store_workdir(m->store) == NULL;
	m->part = tk_strf("%s.%s", b->path, unique);
	m->bundle = tk_strf("%s.bundle", m->part);
	free(unique);
	tk_backup_sweep(b->to);
	tk_remove_tree(m->dir);
	if ((st = tk_backup_take(&m->now, m->store, m->dir, err)) == TK_OK &&
	    (st = look_at_files(m, err)) == TK_OK)
		st = tk_backup_bundle(
		    &m->now, &m->last, m->store, m->dir, m->bundle, err);
	if (st != TK_OK)
		return st;
	if (m->last.number > 0 && m->now.bundle[0] == '\0' && b->fresh == 0 &&
	    is_same(&m->now, &m->last)) {
		free(b->path);
		b->path = NULL;
		b->number = m->last.number;
		return TK_OK;
	}
	b->number = m->now.number;
	/* What SHA256SUMS does not know was never finished. */
	st = write_archive(m, err);
	return st == TK_OK ? read_back(m, err) : st;
}

enum tk_status
tk_backup_make(struct tk_backup *b, struct tk_store *store, struct tk_err *err)
{
	struct making m = { .b = b, .store = store };
	char *path = tk_store_path(store, "backup.lock");
	char *dir = tk_store_path(store, "");
	enum tk_status st = tk_mkdirs(dir, 0777, err);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	bool own = false;

	m.dir = tk_store_path(store, "backup.tmp");
	free(dir);
	if (st == TK_OK && fd < 0)
		st = tk_fail_errno(err, "%s", path);
	else if (st == TK_OK && flock(fd, LOCK_EX | LOCK_NB) < 0)
		st = errno == EWOULDBLOCK
		    ? tk_fail(err, TK_EBUSY,
			  _("%s: another tk backup is at work"), path)
		    : tk_fail_errno(err, "%s", path);
	else if (st == TK_OK) {
		own = true;
		if ((st = tk_backup_is_whole(store, err)) == TK_OK &&
		    (st = begin(&m, err)) == TK_OK)
			st = make(&m, err);
	}
	if (m.bundle != NULL) {
		unlink(m.bundle);
		unlink(m.part);
	}
	if (own)
		tk_remove_tree(m.dir);
	if (fd >= 0)
		close(fd);
	tk_manifest_clear(&m.now);
	tk_manifest_clear(&m.last);
	tk_strv_clear(&m.chain);
	free(m.bundle);
	free(m.part);
	free(m.dir);
	free(path);
	return st;
}

void
tk_backup_clear(struct tk_backup *b)
{
	free(b->path);
	b->path = NULL;
}
