/* loose-write - the loose objects of an act written together. */
#include "store/loose-write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/ambient.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/sync.h"
#include "store/deflate.h"

#define CHUNK ((size_t)64 * 1024) /* bytes */
#define HEADER_MAX 32             /* "commit 12345\0" */
#define STORED ((size_t)8 * 1024 * 1024)
#define PROBE ((size_t)64 * 1024)
#define FOLDER_TRIES 10

/* A letter of 60 MiB must not keep the next one waiting: of large data a piece
 * from the middle tells whether there is anything to find but rare bytes. In
 * base64 there is not, and the search for it takes four times as long and
 * gives less. Even without it half a second would go for a quarter of the
 * size: the largest lie as they are until git gc, which packs everything. */
static int
begin(z_stream *z, const unsigned char *data, size_t len)
{
	unsigned char *out;
	uLongf n;
	bool dense;

	n = compressBound(PROBE);
	out = tk_malloc(n);
	dense = compress2(out, &n, data + len / 2, PROBE, Z_BEST_SPEED) !=
		Z_OK ||
	    n > PROBE / 2;
	free(out);
	if (dense && len >= STORED)
		return deflateInit(z, Z_NO_COMPRESSION);
	return deflateInit2(z, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS,
	    MAX_MEM_LEVEL, dense ? Z_HUFFMAN_ONLY : Z_DEFAULT_STRATEGY);
}

/* Input is handed over in pieces because zlib counts in unsigned int. */
static enum tk_status
put_large(struct tk_loose_file *f, const char *header,
    const unsigned char *data, size_t len, struct tk_err *err)
{
	unsigned char out[CHUNK];
	z_stream z = { .next_in = NULL };
	enum tk_status st = TK_OK;
	size_t left = len;
	int rc = Z_OK;

	z.next_in = (Bytef *)(uintptr_t)header;
	z.avail_in = (uInt)strlen(header) + 1;
	if (begin(&z, data, len) != Z_OK)
		return tk_fail(err, TK_ESYS, "zlib: %s", f->tmp);
	while (st == TK_OK && rc != Z_STREAM_END) {
		if (z.avail_in == 0 && left > 0) {
			z.next_in = (Bytef *)(uintptr_t)(data + (len - left));
			z.avail_in = (uInt)(left < CHUNK ? left : CHUNK);
			left -= z.avail_in;
		}
		z.next_out = out;
		z.avail_out = sizeof(out);
		rc = deflate(&z, left == 0 ? Z_FINISH : Z_NO_FLUSH);
		st = tk_fd_write(f->fd, out, sizeof(out) - z.avail_out, f->tmp, err);
	}
	deflateEnd(&z);
	return st;
}

/* What git calls deflated: the header and the data as one stream. */
static enum tk_status
put_object(struct tk_loose_writer *w, struct tk_loose_file *f,
    git_object_t type, const void *data, size_t len, struct tk_err *err)
{
	struct tk_str both = TK_STR_INIT;
	char header[HEADER_MAX];
	enum tk_status st;
	const void *z;
	size_t n;

	snprintf(header, sizeof(header), "%s %zu",
	    git_object_type2string(type), len);
	if (len >= TK_LOOSE_LARGE)
		return put_large(f, header, data, len, err);
	if (w->deflater == NULL)
		w->deflater = tk_deflater_new();
	tk_str_add_data(&both, header, strlen(header) + 1);
	tk_str_add_data(&both, data, len);
	z = tk_deflate(w->deflater, &n, both.data, both.len);
	st = tk_fd_write(f->fd, z, n, f->tmp, err);
	tk_str_clear(&both);
	return st;
}

enum tk_status
tk_loose_write(struct tk_loose_writer *w, const git_oid *id,
    git_object_t type, const void *data, size_t len, struct tk_err *err)
{
	struct tk_loose_file *f;
	unsigned char r[8];
	size_t i;
	char name[2 * sizeof(r) + 1];

	tk_random(r, sizeof(r));
	for (i = 0; i < sizeof(r); i++)
		snprintf(name + 2 * i, 3, "%02x", r[i]);
	TK_GROW(w->v, w->n, w->cap);
	f = &w->v[w->n++];
	git_oid_tostr(f->hex, sizeof(f->hex), id);
	/* A name that git gc takes away when it was left behind. */
	f->tmp = tk_strf("%s/tmp_obj_%s", w->dir, name);
	f->fd = open(f->tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
	if (f->fd < 0)
		return tk_fail_errno(err, "%s", f->tmp);
	return put_object(w, f, type, data, len, err);
}

static enum tk_status
name_it(struct tk_loose_writer *w, struct tk_loose_file *f, bool *new_folder,
    struct tk_err *err)
{
	char *dir = tk_strf("%s/%.2s", w->dir, f->hex);
	char *path = tk_strf("%s/%s", dir, f->hex + 2);
	enum tk_status st = TK_OK;
	int tries = 0;

	/* git gc removes folders that have become empty. */
	while (rename(f->tmp, path) < 0) {
		if (errno != ENOENT || ++tries > FOLDER_TRIES ||
		    (mkdir(dir, 0777) < 0 && errno != EEXIST)) {
			st = tk_fail_errno(err, "%s", path);
			break;
		}
		*new_folder = true;
	}
	if (st == TK_OK) {
		free(f->tmp);
		f->tmp = NULL;
	}
	free(path);
	free(dir);
	return st;
}

static enum tk_status
sync_files(const struct tk_loose_writer *w, struct tk_err *err)
{
	struct tk_sync *v = tk_calloc(w->n + w->n_with + 1, sizeof(*v));
	enum tk_status st;
	size_t i;

	for (i = 0; i < w->n; i++) {
		v[i].fd = w->v[i].fd;
		v[i].path = w->v[i].tmp;
	}
	for (i = 0; i < w->n_with; i++)
		v[w->n + i] = w->with[i];
	st = tk_sync_files(v, w->n + w->n_with, err);
	free(v);
	return st;
}

/* One that is not there any more is no error: git gc has put what was in it
 * into a pack, durable, and removed it. */
static enum tk_status
sync_folders(
    const struct tk_loose_writer *w, bool new_folder, struct tk_err *err)
{
	struct tk_strv dirs = TK_STRV_INIT;
	enum tk_status st;
	size_t i, k;

	for (i = 0; i < w->n; i++) {
		for (k = 0; k < i; k++)
			if (memcmp(w->v[k].hex, w->v[i].hex, 2) == 0)
				break;
		if (k == i)
			tk_strv_add_own(
			    &dirs, tk_strf("%s/%.2s", w->dir, w->v[i].hex));
	}
	if (new_folder)
		tk_strv_add(&dirs, w->dir);
	st = tk_sync_folders(&dirs, err);
	tk_strv_clear(&dirs);
	return st;
}

enum tk_status
tk_loose_finish(struct tk_loose_writer *w, struct tk_err *err)
{
	bool new_folder = false;
	enum tk_status st = sync_files(w, err);
	size_t i;

	for (i = 0; st == TK_OK && i < w->n; i++)
		st = name_it(w, &w->v[i], &new_folder, err);
	return st == TK_OK ? sync_folders(w, new_folder, err) : st;
}

void
tk_loose_writer_clear(struct tk_loose_writer *w)
{
	size_t i;

	for (i = 0; i < w->n; i++) {
		if (w->v[i].fd >= 0)
			close(w->v[i].fd);
		if (w->v[i].tmp != NULL && w->v[i].fd >= 0)
			unlink(w->v[i].tmp);
		free(w->v[i].tmp);
	}
	free(w->v);
	tk_deflater_free(w->deflater);
	memset(w, 0, sizeof(*w));
}
