/* loose - loose objects read with a limit to patience. */
#include "store/loose.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <git2/sys/odb_backend.h>
#include <zlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/git.h"

#define FRONT 500 /* before libgit2's own, behind a transaction's memory */
#define FILE_MAX_LEN ((size_t)512 * 1024 * 1024) /* bytes, packed */
#define HEADER_MAX 32                            /* "commit 12345\0" */
#define STEP ((size_t)64 * 1024)

struct loose {
	git_odb_backend base; /* first: libgit2 hands us this */
	char *dir;            /* .../objects/ */
	bool looked[256];     /* is the folder of this first byte there? */
	bool there[256];      /* a wrong "no" only means that libgit2 reads */
};

static bool
has_folder(struct loose *l, unsigned char first)
{
	char *path;

	if (!l->looked[first]) {
		path = tk_strf("%s%02x", l->dir, first);
		l->there[first] = tk_is_dir(path);
		l->looked[first] = true;
		free(path);
	}
	return l->there[first];
}

/* "blob 12" and a NUL; the bytes it takes, 0: it is none. */
static size_t
parse_header(const struct tk_str *s, git_object_t *type, size_t *len)
{
	const char *nul =
	    memchr(s->data, '\0', s->len < HEADER_MAX ? s->len : HEADER_MAX);
	const char *blank = nul != NULL ? strchr(s->data, ' ') : NULL;
	unsigned long long n;
	char word[HEADER_MAX], *end;

	if (blank == NULL)
		return 0;
	memcpy(word, s->data, (size_t)(blank - s->data));
	word[blank - s->data] = '\0';
	*type = git_object_string2type(word);
	n = strtoull(blank + 1, &end, 10);
	if (*type == GIT_OBJECT_INVALID || end != nul || end == blank + 1)
		return 0;
	*len = (size_t)n;
	return (size_t)(nul - s->data) + 1;
}

/* Stops at the end of the stream, at an error, and where there is no more
 * input: that is the one libgit2 does not see. */
static bool
inflate_all(struct tk_str *out, const struct tk_str *packed)
{
	z_stream z = { .next_in = (Bytef *)packed->data,
		.avail_in = (uInt)packed->len };
	git_object_t type;
	size_t len = 0;
	int rc;

	if (inflateInit(&z) != Z_OK)
		return false;
	do {
		tk_str_reserve(out, STEP);
		z.next_out = (Bytef *)out->data + out->len;
		z.avail_out = (uInt)STEP;
		rc = inflate(&z, Z_NO_FLUSH);
		out->len += STEP - z.avail_out;
		/* No more than it says it has: a small file can unfold to
		 * anything. */
	} while (rc == Z_OK && parse_header(out, &type, &len) > 0 &&
	    out->len <= len + HEADER_MAX);
	inflateEnd(&z);
	out->data[out->len] = '\0';
	return rc == Z_STREAM_END;
}

static int
damaged(const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1], *text;

	git_oid_tostr(hex, sizeof(hex), id);
	text = tk_strf(_("object %s is cut off or damaged"), hex);
	git_error_set_str(GIT_ERROR_ODB, text);
	free(text);
	return GIT_ERROR;
}

static int
unpack(struct tk_str *out, size_t *header, size_t *len, git_object_t *type,
    struct loose *l, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1], *path;
	struct tk_str packed = TK_STR_INIT;
	struct tk_err err = TK_ERR_INIT;
	enum tk_status st;
	int rc = 0;

	if (!has_folder(l, id->id[0]))
		return GIT_ENOTFOUND;
	git_oid_tostr(hex, sizeof(hex), id);
	path = tk_strf("%s%.2s/%s", l->dir, hex, hex + 2);
	st = tk_file_read(&packed, path, FILE_MAX_LEN, &err);
	if (st == TK_ENOENT)
		rc = GIT_ENOTFOUND;
	else if (st != TK_OK)
		/* A bad disk is damage, all else is of this moment. */
		git_error_set_str(
		    errno == EIO ? GIT_ERROR_ODB : GIT_ERROR_OS, err.text),
		    rc = GIT_ERROR;
	else if (!inflate_all(out, &packed) ||
	    (*header = parse_header(out, type, len)) == 0 ||
	    out->len - *header != *len)
		rc = damaged(id);
	tk_str_clear(&packed);
	free(path);
	return rc;
}

static int
loose_read(void **data, size_t *len, git_object_t *type, git_odb_backend *b,
    const git_oid *id)
{
	struct tk_str s = TK_STR_INIT;
	size_t header = 0;
	int rc = unpack(&s, &header, len, type, (struct loose *)b, id);

	if (rc == 0) {
		*data = tk_git_data(b, s.data + header, *len);
		if (*data == NULL)
			rc = -1;
	}
	tk_str_clear(&s);
	return rc;
}

static int
loose_read_header(
    size_t *len, git_object_t *type, git_odb_backend *b, const git_oid *id)
{
	struct tk_str s = TK_STR_INIT;
	size_t header;
	int rc = unpack(&s, &header, len, type, (struct loose *)b, id);

	tk_str_clear(&s);
	return rc;
}

/* Whether it is there is libgit2's to say. */
static int
loose_exists(git_odb_backend *b, const git_oid *id)
{
	(void)b;
	(void)id;
	return 0;
}

static void
loose_free(git_odb_backend *b)
{
	struct loose *l = (struct loose *)b;

	free(l->dir);
	free(l);
}

enum tk_status
tk_loose_add(git_repository *repo, struct tk_err *err)
{
	struct loose *l = tk_calloc(1, sizeof(*l));
	git_odb *odb = NULL;
	git_buf dir = GIT_BUF_INIT;
	int rc;

	git_odb_init_backend(&l->base, GIT_ODB_BACKEND_VERSION);
	l->base.read = loose_read;
	l->base.read_header = loose_read_header;
	l->base.exists = loose_exists;
	l->base.free = loose_free;
	rc = git_repository_item_path(&dir, repo, GIT_REPOSITORY_ITEM_OBJECTS);
	if (rc == 0) {
		l->dir =
		    tk_strf("%s%s", dir.ptr, tk_ends(dir.ptr, "/") ? "" : "/");
		if ((rc = git_repository_odb(&odb, repo)) == 0)
			rc = git_odb_add_backend(odb, &l->base, FRONT);
	}
	git_odb_free(odb);
	git_buf_dispose(&dir);
	if (rc < 0) {
		loose_free(&l->base);
		return tk_fail_git(err, rc, _("open the object store"));
	}
	return TK_OK;
}
