/* archive-read - what lies in an archive, file by file. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "store/archive.h"

#define BLOCK ((size_t)256 * 1024) /* bytes */

struct tk_archive_in {
	struct archive *from;
	struct tk_str name;
	char *path;
};

/* Whatever it is, the archive cannot be read to its end. */
static enum tk_status
fail(struct tk_archive_in *in, struct tk_err *err)
{
	const char *why = archive_error_string(in->from);

	return tk_fail(err, TK_EINPUT, _("%s: damaged: %s"), in->path,
	    why != NULL ? why : strerror(errno));
}

enum tk_status
tk_archive_open(
    struct tk_archive_in **out, const char *path, struct tk_err *err)
{
	struct tk_archive_in *in;
	enum tk_status st;
	int why;

	*out = NULL;
	if (!tk_file_exists(path))
		return tk_fail(
		    err, TK_ENOENT, _("%s: there is no such file"), path);
	in = tk_calloc(1, sizeof(*in));
	tk_str_init(&in->name);
	in->path = tk_strdup(path);
	in->from = archive_read_new();
	if (in->from == NULL) {
		st = tk_fail(err, TK_ESYS, "libarchive");
	} else if (archive_read_support_format_tar(in->from) != ARCHIVE_OK ||
	    archive_read_support_filter_zstd(in->from) != ARCHIVE_OK ||
	    archive_read_open_filename(in->from, path, BLOCK) != ARCHIVE_OK) {
		why = archive_errno(in->from);
		st = why == EMFILE || why == ENFILE || why == ENOMEM ||
			why == EACCES
		    ? tk_fail(err, TK_ESYS, "%s: %s", path, strerror(why))
		    : fail(in, err);
	} else {
		*out = in;
		return TK_OK;
	}
	tk_archive_close(in);
	return st;
}

enum tk_status
tk_archive_next(struct tk_archive_in *in, const char **name, uint64_t *size,
    struct tk_err *err)
{
	struct archive_entry *e;
	const char *text;
	int rc = archive_read_next_header(in->from, &e);

	*name = NULL;
	*size = 0;
	if (rc == ARCHIVE_EOF)
		return TK_OK;
	if (rc < ARCHIVE_WARN)
		return fail(in, err);
	text = archive_entry_pathname_utf8(e);
	if (text == NULL)
		text = archive_entry_pathname(e);
	if (text == NULL || archive_entry_filetype(e) != AE_IFREG)
		return tk_fail(err, TK_EINPUT,
		    _("%s: damaged: there is something in it that is no file"),
		    in->path);
	tk_str_set(&in->name, text);
	*name = in->name.data;
	*size = (uint64_t)archive_entry_size(e);
	return TK_OK;
}

enum tk_status
tk_archive_data(struct tk_archive_in *in, void *data, size_t len, size_t *n,
    struct tk_err *err)
{
	la_ssize_t got = archive_read_data(in->from, data, len);

	*n = got > 0 ? (size_t)got : 0;
	return got < 0 ? fail(in, err) : TK_OK;
}

void
tk_archive_close(struct tk_archive_in *in)
{
	if (in == NULL)
		return;
	if (in->from != NULL)
		archive_read_free(in->from);
	tk_str_clear(&in->name);
	free(in->path);
	free(in);
}
