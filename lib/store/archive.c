/* archive - files put together in one: tar.zst and zip. */
#include "store/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

#define NAME_BYTES 1000
#define CHUNK ((size_t)256 * 1024) /* bytes */

struct tk_archive {
	struct archive *to;
	char *path, *tmp; /* tmp is NULL for standard output */
	int fd;
	bool over;
};

bool
tk_archive_kind_of(enum tk_archive_kind *kind, const char *name)
{
	static const struct {
		const char *end;
		enum tk_archive_kind kind;
	} known[] = { { ".tar.zst", TK_ARCHIVE_TAR_ZST },
		{ ".tar.gz", TK_ARCHIVE_TAR_GZ }, { ".tgz", TK_ARCHIVE_TAR_GZ },
		{ ".zip", TK_ARCHIVE_ZIP } };
	size_t i;

	for (i = 0; i < TK_COUNT(known); i++)
		if (tk_ends(name, known[i].end)) {
			*kind = known[i].kind;
			return true;
		}
	return false;
}

static enum tk_status
fail(struct tk_archive *a, struct tk_err *err)
{
	const char *why = archive_error_string(a->to);
	int number = archive_errno(a->to);

	/* "Write error" alone says nothing. */
	if (why != NULL && number > 0)
		return tk_fail(err, TK_ESYS, "%s: %s: %s", a->path, why,
		    strerror(number));
	return tk_fail(err, TK_ESYS, "%s: %s", a->path,
	    why != NULL ? why : strerror(errno));
}

/* Names are UTF-8 in the file, whatever the locale is. */
static int
set_kind(struct archive *to, enum tk_archive_kind kind)
{
	int rc;

	if (kind == TK_ARCHIVE_ZIP) {
		rc = archive_write_set_format_zip(to);
		if (rc == ARCHIVE_OK)
			rc = archive_write_set_options(to, "hdrcharset=UTF-8");
		return rc;
	}
	rc = archive_write_set_format_pax_restricted(to);
	if (rc == ARCHIVE_OK)
		rc = kind == TK_ARCHIVE_TAR_ZST
		    ? archive_write_add_filter_zstd(to)
		    : archive_write_add_filter_gzip(to);
	/* gzip's head has a time of its own. */
	if (rc == ARCHIVE_OK && kind == TK_ARCHIVE_TAR_GZ)
		rc = archive_write_set_options(to, "gzip:!timestamp");
	return rc;
}

static enum tk_status
open_file(struct tk_archive *a, struct tk_err *err)
{
	char *unique;

	if (strcmp(a->path, "-") == 0) {
		a->fd = STDOUT_FILENO;
		return TK_OK;
	}
	if (!a->over && tk_file_exists(a->path))
		return tk_fail(err, TK_EEXIST,
		    _("%s is there already; --force replaces it"), a->path);
	unique = tk_unique_name();
	a->tmp = tk_strf("%s.%s", a->path, unique);
	free(unique);
	a->fd = open(a->tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (a->fd < 0) {
		free(a->tmp);
		a->tmp = NULL;
		return tk_fail_errno(err, "%s", a->path);
	}
	return TK_OK;
}

enum tk_status
tk_archive_new(struct tk_archive **out, const char *path,
    enum tk_archive_kind kind, bool over, struct tk_err *err)
{
	struct tk_archive *a = tk_calloc(1, sizeof(*a));
	enum tk_status st;

	*out = NULL;
	a->path = tk_strdup(path);
	a->over = over;
	a->fd = -1;
	a->to = archive_write_new();
	if (a->to == NULL)
		st = tk_fail(err, TK_ESYS, "libarchive");
	else
		st = open_file(a, err);
	if (st == TK_OK &&
	    (set_kind(a->to, kind) != ARCHIVE_OK ||
		archive_write_open_fd(a->to, a->fd) != ARCHIVE_OK))
		st = fail(a, err);
	if (st != TK_OK) {
		tk_archive_free(a);
		return st;
	}
	*out = a;
	return TK_OK;
}

/* It must stay within the folder that it is unpacked in. */
static bool
is_safe(const char *name)
{
	const char *p = name;
	size_t n;

	if (name[0] == '\0' || name[0] == '/' || strlen(name) > NAME_BYTES ||
	    strchr(name, '\\') != NULL)
		return false;
	for (;; p += n + 1) {
		n = strcspn(p, "/");
		if (n == 0 || (n == 1 && p[0] == '.') ||
		    (n == 2 && p[0] == '.' && p[1] == '.'))
			return false;
		if (p[n] == '\0')
			return true;
	}
}

static enum tk_status
add_head(struct tk_archive *a, const char *name, int64_t at, unsigned mode,
    uint64_t size, struct tk_err *err)
{
	struct archive_entry *e;
	enum tk_status st = TK_OK;

	if (!is_safe(name))
		return tk_fail(err, TK_EINPUT,
		    _("%s: \"%s\" is no name for an archive"), a->path, name);
	e = archive_entry_new();
	archive_entry_update_pathname_utf8(e, name);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, (__LA_MODE_T)mode);
	archive_entry_set_size(e, (la_int64_t)size);
	archive_entry_set_mtime(e, (time_t)at, 0);
	if (archive_write_header(a->to, e) < ARCHIVE_WARN)
		st = fail(a, err);
	archive_entry_free(e);
	return st;
}

enum tk_status
tk_archive_add(struct tk_archive *a, const char *name, int64_t at,
    const void *data, size_t len, struct tk_err *err)
{
	enum tk_status st = add_head(a, name, at, 0644, len, err);

	if (st == TK_OK && len > 0 &&
	    archive_write_data(a->to, data, len) != (la_ssize_t)len)
		st = fail(a, err);
	return st;
}

enum tk_status
tk_archive_add_fd(struct tk_archive *a, const char *name, int64_t at,
    unsigned mode, int fd, uint64_t size, struct tk_err *err)
{
	enum tk_status st = add_head(a, name, at, mode, size, err);
	char *chunk = tk_malloc(CHUNK);
	ssize_t n;

	while (st == TK_OK && size > 0) {
		n = read(fd, chunk, size < CHUNK ? (size_t)size : CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			st = tk_fail_errno(err, "%s", name);
		else if (n == 0)
			st = tk_fail(err, TK_ESYS,
			    _("%s: it became shorter while it was read"),
			    name);
		else if (archive_write_data(a->to, chunk, (size_t)n) != n)
			st = fail(a, err);
		else
			size -= (uint64_t)n;
	}
	free(chunk);
	return st;
}

enum tk_status
tk_archive_finish(struct tk_archive *a, struct tk_err *err)
{
	mode_t mask = umask(0);
	enum tk_status st;

	umask(mask);
	if (archive_write_close(a->to) != ARCHIVE_OK)
		return fail(a, err);
	if (a->tmp == NULL)
		return TK_OK;
	if (fchmod(a->fd, 0666 & ~mask) < 0 || fsync(a->fd) < 0)
		return tk_fail_errno(err, "%s", a->path);
	if (!a->over && tk_file_exists(a->path))
		return tk_fail(err, TK_EEXIST,
		    _("%s is there already; --force replaces it"), a->path);
	st = tk_file_move(a->tmp, a->path, err);
	if (st == TK_OK) {
		free(a->tmp);
		a->tmp = NULL;
	}
	return st;
}

void
tk_archive_free(struct tk_archive *a)
{
	if (a == NULL)
		return;
	if (a->to != NULL) {
		/* What is still to be written would only be thrown away. */
		archive_write_fail(a->to);
		archive_write_free(a->to);
	}
	if (a->fd > STDERR_FILENO)
		close(a->fd);
	if (a->tmp != NULL)
		unlink(a->tmp);
	free(a->tmp);
	free(a->path);
	free(a);
}
