/* backup-read - an archive of a backup read to its end and compared. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/backup-parts.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"

#define CHUNK ((size_t)256 * 1024)   /* bytes */
#define LIST_MAX ((size_t)256 << 20) /* bytes */
#define SUMS_MAX ((size_t)16 << 20)  /* bytes */

bool
tk_backup_is_file(const char *name)
{
	return tk_ends(name, TK_BACKUP_END);
}

enum tk_status
tk_backup_sum(char sum[65], const char *path, struct tk_err *err)
{
	struct tk_sha256_sum *s;
	enum tk_status st = TK_OK;
	ssize_t n = 1;
	char *chunk;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return tk_fail_errno(err, "%s", path);
	s = tk_sha256_new();
	chunk = tk_malloc(CHUNK);
	while (st == TK_OK && n > 0) {
		n = read(fd, chunk, CHUNK);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			st = tk_fail_errno(err, "%s", path);
		else
			tk_sha256_add(s, chunk, (size_t)n);
	}
	tk_sha256_finish(sum, s);
	free(chunk);
	close(fd);
	return st;
}

/* "SUM  NAME" lines, as sha256sum(1) has them: 0001 first, none missing. */
static enum tk_status
read_sums(struct tk_strv *paths, const char *from, const struct tk_str *text,
    struct tk_err *err)
{
	enum tk_status st = TK_OK;
	const char *p = text->data, *nl;
	char *want, *path, sum[65];

	for (; st == TK_OK && (nl = strchr(p, '\n')) != NULL; p = nl + 1) {
		want = tk_strf("%04zu%s", paths->n + 1, TK_BACKUP_END);
		path = tk_strf("%s/%s", from, want);
		if ((size_t)(nl - p) != 66 + strlen(want) ||
		    strncmp(p + 66, want, strlen(want)) != 0)
			st = tk_fail(err, TK_EINPUT,
			    _("%s/%s: damaged: line %zu is not about %s"), from,
			    TK_BACKUP_SUMS, paths->n + 1, want);
		else if (!tk_file_exists(path))
			st = tk_fail(err, TK_EINPUT,
			    _("%s: it is missing, and all later ones need it"),
			    path);
		else if ((st = tk_backup_sum(sum, path, err)) == TK_OK &&
		    strncmp(p, sum, 64) != 0)
			st = tk_fail(err, TK_EINPUT,
			    _("%s: damaged: its SHA-256 is not the one in %s"),
			    path, TK_BACKUP_SUMS);
		if (st == TK_OK)
			tk_strv_add(paths, path);
		free(want);
		free(path);
	}
	return st;
}

enum tk_status
tk_backup_chain(struct tk_strv *paths, const char *from, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;
	char *sums;

	if (tk_backup_is_file(from)) {
		tk_strv_add(paths, from);
		return TK_OK;
	}
	sums = tk_strf("%s/%s", from, TK_BACKUP_SUMS);
	st = tk_file_read(&text, sums, SUMS_MAX, err);
	if (st == TK_OK)
		st = read_sums(paths, from, &text, err);
	tk_str_clear(&text);
	free(sums);
	return st;
}

static enum tk_status
read_list(struct tk_manifest *m, struct tk_archive_in *in, const char *path,
    struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;
	const char *name;
	uint64_t size;
	size_t n = 0;

	if ((st = tk_archive_next(in, &name, &size, err)) != TK_OK)
		return st;
	if (name == NULL || strcmp(name, TK_BACKUP_LIST) != 0 ||
	    size > LIST_MAX)
		return tk_fail(err, TK_EINPUT,
		    _("%s: no backup of tk (no %s in it)"), path,
		    TK_BACKUP_LIST);
	tk_str_reserve(&text, (size_t)size + 1);
	while (st == TK_OK && text.len < size) {
		st = tk_archive_data(
		    in, text.data + text.len, size - text.len, &n, err);
		if (n == 0)
			break;
		text.len += n;
	}
	text.data[text.len] = '\0';
	if (st == TK_OK)
		st = tk_manifest_read(m, &text, path, err);
	tk_str_clear(&text);
	return st;
}

enum tk_status
tk_backup_manifest(struct tk_manifest *m, const char *path, struct tk_err *err)
{
	struct tk_archive_in *in = NULL;
	enum tk_status st;

	memset(m, 0, sizeof(*m));
	if ((st = tk_archive_open(&in, path, err)) == TK_OK)
		st = read_list(m, in, path, err);
	tk_archive_close(in);
	return st;
}

struct reading {
	struct tk_archive_in *in;
	const char *path, *into;
	const struct tk_manifest *m, *want;
	char *chunk;
	size_t seen; /* files */
	bool bundle;
};

/* Where it is to be written; NULL: nowhere. free(3). */
static char *
target(const struct reading *r, const char *name)
{
	const struct tk_kept *k;

	if (r->into == NULL)
		return NULL;
	if (strcmp(name, TK_BACKUP_BUNDLE) == 0)
		return tk_strf("%s/%s", r->into, name);
	k = tk_manifest_find(r->want, name + strlen(TK_BACKUP_FILES));
	if (k == NULL || k->number != r->m->number)
		return NULL;
	return tk_strf("%s/%s", r->into, name);
}

static enum tk_status
make(int *fd, const char *path, struct tk_err *err)
{
	char *dir = tk_strdup(path);
	enum tk_status st;

	*strrchr(dir, '/') = '\0';
	st = tk_mkdirs(dir, 0700, err);
	free(dir);
	if (st != TK_OK)
		return st;
	*fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return *fd < 0 ? tk_fail_errno(err, "%s", path) : TK_OK;
}

static enum tk_status
read_member(
    struct reading *r, const char *name, const char *sum, struct tk_err *err)
{
	struct tk_sha256_sum *s = tk_sha256_new();
	char got[65], *to = target(r, name);
	enum tk_status st = TK_OK;
	size_t n = 1;
	int fd = -1;

	if (to != NULL)
		st = make(&fd, to, err);
	while (st == TK_OK && n > 0) {
		st = tk_archive_data(r->in, r->chunk, CHUNK, &n, err);
		tk_sha256_add(s, r->chunk, n);
		if (st == TK_OK && fd >= 0)
			st = tk_fd_write(fd, r->chunk, n, to, err);
	}
	tk_sha256_finish(got, s);
	if (fd >= 0 && st == TK_OK && fsync(fd) < 0)
		st = tk_fail_errno(err, "%s", to);
	if (fd >= 0)
		close(fd);
	if (st == TK_OK && strcmp(got, sum) != 0)
		st = tk_fail(err, TK_EINPUT,
		    _("%s: damaged: %s is not what was written (SHA-256)"),
		    r->path, name);
	free(to);
	return st;
}

static enum tk_status
read_members(struct reading *r, struct tk_err *err)
{
	const struct tk_kept *k;
	enum tk_status st;
	const char *name, *sum;
	uint64_t size;

	while ((st = tk_archive_next(r->in, &name, &size, err)) == TK_OK &&
	    name != NULL) {
		sum = NULL;
		if (strcmp(name, TK_BACKUP_BUNDLE) == 0 && !r->bundle &&
		    r->m->bundle[0] != '\0') {
			sum = r->m->bundle;
			r->bundle = true;
		} else if (tk_starts(name, TK_BACKUP_FILES)) {
			k = tk_manifest_find(
			    r->m, name + strlen(TK_BACKUP_FILES));
			if (k != NULL && k->number == r->m->number)
				sum = k->sha256;
			r->seen++;
		}
		if (sum == NULL)
			return tk_fail(err, TK_EINPUT,
			    _("%s: damaged: %s is not in its list of contents"),
			    r->path, name);
		if ((st = read_member(r, name, sum, err)) != TK_OK)
			break;
	}
	return st;
}

enum tk_status
tk_backup_read(struct tk_manifest *m, const char *path, const char *into,
    const struct tk_manifest *want, struct tk_err *err)
{
	struct reading r = { .path = path, .into = into, .m = m, .want = want };
	enum tk_status st;
	size_t i, own = 0;

	memset(m, 0, sizeof(*m));
	if ((st = tk_archive_open(&r.in, path, err)) != TK_OK ||
	    (st = read_list(m, r.in, path, err)) != TK_OK)
		goto out;
	if (want == NULL)
		r.want = m;
	r.chunk = tk_malloc(CHUNK);
	st = read_members(&r, err);
	for (i = 0; i < m->n; i++)
		own += m->file[i].number == m->number;
	if (st == TK_OK &&
	    (r.seen != own || r.bundle != (m->bundle[0] != '\0')))
		st = tk_fail(err, TK_EINPUT,
		    _("%s: damaged: something is missing at its end"), path);
out:
	free(r.chunk);
	tk_archive_close(r.in);
	return st;
}
