/* letter_file - attachments of a letter that stays in its file. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "mail/body.h"
#include "mail/letter.h"
#include "mail/letter_parts.h"
#include "mail/mime.h"

/* *fd is yours where it is not -1. */
static enum tk_status
open_file(
    struct tk_mime **m, int *fd, const char *path, struct tk_err *err)
{
	struct stat sb;
	enum tk_status st;

	*m = NULL;
	*fd = open(path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0 || fstat(*fd, &sb) < 0)
		return tk_fail_errno(err, "%s", path);
	st = tk_mime_open_file(m, *fd, (size_t)sb.st_size, err);
	if (st == TK_OK)
		tk_body_roles(*m);
	return st;
}

enum tk_status
tk_letter_file_parts(
    struct tk_letter *letter, const char *path, struct tk_err *err)
{
	struct tk_str below = TK_STR_INIT;
	struct tk_mime *m;
	int fd;
	enum tk_status st = open_file(&m, &fd, path, err);

	memset(letter, 0, sizeof(*letter));
	tk_str_init(&letter->text);
	tk_str_init(&letter->quoted);
	if (st == TK_OK)
		tk_letter_read_parts(letter, m, NULL, &below);
	tk_mime_free(m);
	if (fd >= 0)
		close(fd);
	tk_str_clear(&below);
	return st;
}

enum tk_status
tk_letter_file_part(
    struct tk_str *out, const char *path, size_t n, struct tk_err *err)
{
	struct tk_mime *m;
	int fd;
	enum tk_status st = open_file(&m, &fd, path, err);

	if (st == TK_OK)
		st = tk_letter_take_part(out, m, n, err);
	tk_mime_free(m);
	if (fd >= 0)
		close(fd);
	return st;
}
