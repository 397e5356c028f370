/* big - letters that are too large for the desk. */
#include "intake/big.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/file.h"
#include "base/sha256.h"

#define CHUNK ((size_t)256 * 1024) /* bytes */

struct keeping {
	struct tk_sha256_sum *sum;
	char *path; /* of the file that grows, or NULL */
	int fd;
	size_t size;
};

static enum tk_status
put(struct keeping *k, const char *data, size_t len, struct tk_err *err)
{
	tk_sha256_add(k->sum, data, len);
	k->size += len;
	return k->path != NULL ? tk_fd_write(k->fd, data, len, k->path, err)
			       : TK_OK;
}

static enum tk_status
begin(struct keeping *k, const char *dir, struct tk_err *err)
{
	char *name = tk_unique_name();
	enum tk_status st = tk_mkdirs(dir, 0700, err);

	if (st == TK_OK) {
		k->path = tk_strf("%s/.%s", dir, name);
		k->fd = open(
		    k->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (k->fd < 0)
			st = tk_fail_errno(err, "%s", k->path);
	}
	free(name);
	return st;
}

/* Durable under its name, or gone. */
static enum tk_status
finish(struct keeping *k, const char *dir, const char *sum, enum tk_status st,
    struct tk_err *err)
{
	char *to = tk_strf("%s/%s.eml", dir, sum);

	if (k->fd >= 0 && st == TK_OK && fsync(k->fd) < 0)
		st = tk_fail_errno(err, "%s", k->path);
	if (k->fd >= 0 && close(k->fd) < 0 && st == TK_OK)
		st = tk_fail_errno(err, "%s", k->path);
	if (k->path != NULL && st == TK_OK)
		st = tk_file_move(k->path, to, err);
	if (k->path != NULL && st != TK_OK)
		unlink(k->path);
	free(k->path);
	free(to);
	return st;
}

/* What the desk gets ends with a line, so that no part is cut in a word. */
static void
cut(struct tk_str *raw)
{
	size_t n = TK_BIG_HEAD;

	while (n > TK_BIG_HEAD / 2 && raw->data[n - 1] != '\n')
		n--;
	tk_str_cut(raw, n);
}

static enum tk_status
spill(struct tk_str *raw, char **whole, const char *dir, int fd, bool keep,
    struct tk_err *err)
{
	struct keeping k = { tk_sha256_new(), NULL, -1, 0 };
	struct tk_str chunk = TK_STR_INIT;
	enum tk_status st = TK_OK;
	ssize_t n = 1;
	char sum[65];

	if (keep)
		st = begin(&k, dir, err);
	if (st == TK_OK)
		st = put(&k, raw->data, raw->len, err);
	tk_str_reserve(&chunk, CHUNK);
	while (st == TK_OK && n > 0) {
		n = read(fd, chunk.data, CHUNK);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			st = tk_fail_errno(err, "read");
		else
			st = put(&k, chunk.data, (size_t)n, err);
	}
	tk_sha256_finish(sum, k.sum);
	st = finish(&k, dir, sum, st, err);
	if (st == TK_OK) {
		*whole = tk_strf("%s %zu", sum, k.size);
		cut(raw);
	}
	tk_str_clear(&chunk);
	return st;
}

enum tk_status
tk_big_read(struct tk_str *raw, char **whole, struct tk_desk *desk, int fd,
    bool keep, struct tk_err *err)
{
	char *dir = desk != NULL ? tk_store_path(desk->store, "big")
				 : tk_strf("%s", "");
	enum tk_status st = TK_OK;
	size_t chunk = CHUNK, room;
	struct stat sb;
	ssize_t n = 1;

	*whole = NULL;
	/* Of a file it is known, and most letters are small. */
	if (fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode) &&
	    sb.st_size < (off_t)CHUNK)
		chunk = (size_t)sb.st_size + 2;
	while (n > 0 && raw->len <= TK_BIG_MIN) {
		/* The end is seen in what is left, which is not doubled. */
		if (raw->cap < raw->len + 2)
			tk_str_reserve(raw, chunk);
		room = raw->cap - raw->len - 1;
		n = read(fd, raw->data + raw->len, room);
		if (n < 0 && errno == EINTR) {
			n = 1;
			continue;
		}
		if (n < 0) {
			st = tk_fail_errno(err, "read");
			break;
		}
		raw->len += (size_t)n;
		raw->data[raw->len] = '\0';
	}
	if (st == TK_OK && raw->len > TK_BIG_MIN)
		st = spill(raw, whole, dir, fd, keep && desk != NULL, err);
	free(dir);
	return st == TK_OK ? TK_OK : (err->status = TK_ESYS);
}
