/* attach - attachments out of the raw letters of a ticket. */
#include "act/attach.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "mail/filename.h"
#include "mail/letter.h"
#include "view/show.h"

#define CHUNK ((size_t)256 * 1024) /* bytes */
#define SAME_NAME_MAX 1000 /* NAME-2 ... before giving up */

size_t
tk_attach_count(const struct tk_messages *m)
{
	size_t i, n = 0;

	for (i = 0; i < m->n; i++)
		n += m->v[i].n_files;
	return n;
}

static enum tk_status
sum_of(char sum[65], const char *path, struct tk_err *err)
{
	struct tk_sha256_sum *s = tk_sha256_new();
	struct tk_str chunk = TK_STR_INIT;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 1;

	tk_str_reserve(&chunk, CHUNK);
	while (fd >= 0 && (n = read(fd, chunk.data, CHUNK)) > 0)
		tk_sha256_add(s, chunk.data, (size_t)n);
	tk_sha256_finish(sum, s);
	tk_str_clear(&chunk);
	if (fd < 0 || n < 0)
		(void)tk_fail_errno(err, "%s", path);
	if (fd >= 0)
		close(fd);
	return fd < 0 || n < 0 ? TK_ESYS : TK_OK;
}

/* "SHA256 BYTES": the file of the whole letter, if it is here and unchanged.
 * TK_ENOENT: it is not. */
static enum tk_status
whole_of(struct tk_str *path, const struct tk_desk *desk,
    const struct tk_message *m, struct tk_err *err)
{
	char sum[65], *dir = tk_store_path(desk->store, "big");
	enum tk_status st;

	tk_str_addf(path, "%s/%.64s.eml", dir, m->whole);
	free(dir);
	if (!tk_is_regular(path->data))
		return tk_fail(err, TK_ENOENT,
		    _("the whole letter is kept at the gate only: %s"),
		    path->data);
	if ((st = sum_of(sum, path->data, err)) == TK_OK &&
	    strncmp(sum, m->whole, 64) != 0)
		st = tk_fail(err, TK_EINPUT, _("%s: its SHA-256 is another"),
		    path->data);
	return st;
}

static void
drop_files(struct tk_message *m)
{
	while (m->n_files > 0) {
		m->n_files--;
		free(m->file[m->n_files].name);
		free(m->file[m->n_files].type);
		free(m->file[m->n_files].sha256);
	}
}

enum tk_status
tk_attach_whole(struct tk_messages *m, struct tk_desk *desk, size_t number,
    struct tk_err *err)
{
	struct tk_str path = TK_STR_INIT;
	struct tk_file_info *f;
	struct tk_message *one;
	struct tk_letter l = { .subject = NULL };
	enum tk_status st;
	size_t i;

	if (number < 1 || number > m->n)
		return tk_fail(
		    err, TK_ENOENT, _("there is no message %zu"), number);
	one = &m->v[number - 1];
	if (one->whole == NULL)
		return tk_fail(err, TK_ENOENT,
		    _("message %zu: the desk has all of it"), number);
	st = whole_of(&path, desk, one, err);
	if (st == TK_OK)
		st = tk_letter_file_parts(&l, path.data, err);
	for (i = 0; i < m->n; i++)
		drop_files(&m->v[i]);
	for (i = 0; st == TK_OK && i < l.n_parts; i++) {
		f = tk_message_add_file(one);
		f->part = (int)i + 1;
		f->name = tk_strdup(l.parts[i].name);
		f->type = tk_strdup(l.parts[i].type);
		f->sha256 = tk_strdup(l.parts[i].sha256);
		f->size = l.parts[i].size;
	}
	tk_letter_clear(&l);
	tk_str_clear(&path);
	return st;
}

/* The keys are asked for again where the letter was opened with them. */
static enum tk_status
read_part(struct tk_str *out, const struct tk_desk *desk,
    const struct tk_message *m, const struct tk_str *raw,
    const struct tk_file_info *f, struct tk_err *err)
{
	char *gnupg = tk_store_config(desk->store, "tk.gnupghome");
	struct tk_reading known = { .gnupg = gnupg,
		.verify = m->signature != NULL,
		.decrypt =
		    m->encrypted != NULL && tk_ends(m->encrypted, ", read") };
	enum tk_status st;

	st = tk_letter_part_as(
	    out, raw->data, raw->len, (size_t)f->part - 1, &known, err);
	free(gnupg);
	return st;
}

enum tk_status
tk_attach_read(struct tk_str *out, const struct tk_file_info **file,
    struct tk_desk *desk, const char *id, const struct tk_messages *m,
    size_t number, struct tk_err *err)
{
	struct tk_str raw = TK_STR_INIT, whole = TK_STR_INIT;
	const struct tk_file_info *f;
	size_t i, k, start = out->len;
	enum tk_status st;
	char sum[65];

	*file = NULL;
	if (!tk_show_file(&i, &k, m->v, m->n, number))
		return tk_fail(err, TK_ENOENT,
		    _("%s: no attachment %zu; it has %zu"), id, number,
		    tk_attach_count(m));
	f = *file = &m->v[i].file[k];
	/* The last one in the beginning of a letter is cut off there. */
	if (m->v[i].whole != NULL &&
	    (st = whole_of(&whole, desk, &m->v[i], err)) != TK_ENOENT) {
		if (st == TK_OK)
			st = tk_letter_file_part(
			    out, whole.data, (size_t)f->part - 1, err);
		tk_str_clear(&whole);
		return st == TK_OK
		    ? TK_OK
		    : tk_wrap(err, st, _("%s: attachment %zu"), id, number);
	}
	tk_str_clear(&whole);
	st = tk_desk_letter(&raw, desk, id, m->v[i].name, err);
	if (st == TK_OK && f->part < 1)
		st = tk_fail(err, TK_EINPUT,
		    _("the message file does not say which part it is"));
	if (st == TK_OK)
		st = read_part(out, desk, &m->v[i], &raw, f, err);
	tk_str_clear(&raw);
	if (st != TK_OK)
		return tk_wrap(err, st, _("%s: attachment %zu"), id, number);
	tk_sha256(sum, out->data + start, out->len - start);
	if (f->sha256 != NULL && strcmp(sum, f->sha256) != 0)
		return tk_fail(err, TK_EINPUT,
		    _("%s: attachment %zu is not the one that came: its "
		      "SHA-256 is another; tk fsck tells more"),
		    id, number);
	return TK_OK;
}

static mode_t
usual_mode(void)
{
	mode_t mask = umask(077);

	umask(mask);
	return 0666 & ~mask;
}

enum tk_status
tk_attach_write(
    const char *path, const struct tk_str *data, bool over, struct tk_err *err)
{
	struct stat sb;

	/* A device would be replaced, not written to. */
	if (over && stat(path, &sb) == 0 && !S_ISREG(sb.st_mode))
		return tk_fail(err, TK_EEXIST, _("%s: not a plain file"), path);
	return over
	    ? tk_file_write(path, data->data, data->len, usual_mode(), err)
	    : tk_file_create(path, data->data, data->len, usual_mode(), err);
}

/* NAME-2.png: before the ending, which says what it is. */
static void
numbered(struct tk_str *out, const char *name, size_t n)
{
	const char *ending = strrchr(name, '.');
	size_t len = ending != NULL && ending > name ? (size_t)(ending - name)
						     : strlen(name);

	tk_str_add_data(out, name, len);
	if (n > 1)
		tk_str_addf(out, "-%zu", n);
	tk_str_add(out, name + len);
}

enum tk_status
tk_attach_save(struct tk_str *path, const char *dir,
    const struct tk_file_info *file, size_t number, const struct tk_str *data,
    bool over, struct tk_err *err)
{
	struct tk_str name = TK_STR_INIT;
	size_t start = path->len, n;
	enum tk_status st = tk_mkdirs(dir, 0777, err);

	tk_filename_safe(&name, file->name != NULL ? file->name : "");
	if (name.len == 0)
		tk_filename_invent(
		    &name, number, file->type != NULL ? file->type : "");
	for (n = 1; st == TK_OK; n++) {
		tk_str_cut(path, start);
		tk_str_addf(path, "%s/", dir);
		numbered(path, name.data, n);
		st = tk_attach_write(path->data + start, data, over, err);
		if (st != TK_EEXIST || over || n == SAME_NAME_MAX)
			break;
		st = TK_OK;
	}
	tk_str_clear(&name);
	return st;
}
