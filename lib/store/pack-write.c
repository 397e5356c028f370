/* pack-write - many objects as one pack. */
#include "store/pack-write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "base/ambient.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/sha1.h"

#define CHUNK ((size_t)512 * 1024) /* bytes in memory before they are written */
#define OFS_DELTA 6
#define LARGEST INT32_MAX /* an offset above needs another kind of index */

struct entry {
	git_oid id;
	uint32_t offset, crc;
};

struct tk_pack_writer {
	char *dir; /* .../objects/pack */
	char *tmp, *tmp_idx; /* NULL: not there, or it has its name */
	int fd;
	struct tk_sha1_sum *sum;
	struct tk_str buf;
	uint64_t at; /* of the next object */
	struct entry *v;
	size_t n, want;
};

static void
add_u32(struct tk_str *s, uint32_t n)
{
	const unsigned char b[4] = { (unsigned char)(n >> 24),
		(unsigned char)(n >> 16), (unsigned char)(n >> 8),
		(unsigned char)n };

	tk_str_add_data(s, b, sizeof(b));
}

static enum tk_status
drain(struct tk_pack_writer *w, struct tk_err *err)
{
	enum tk_status st;

	tk_sha1_add(w->sum, w->buf.data, w->buf.len);
	st = tk_fd_write(w->fd, w->buf.data, w->buf.len, w->tmp, err);
	tk_str_reset(&w->buf);
	return st;
}

static enum tk_status
create(int *fd, char **path, const char *dir, const char *kind,
    struct tk_err *err)
{
	unsigned long long r;

	tk_random(&r, sizeof(r));
	*path = tk_strf("%s/tmp_%s_%016llx", dir, kind, r);
	*fd = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
	if (*fd >= 0)
		return TK_OK;
	(void)tk_fail_errno(err, "%s", *path);
	free(*path);
	*path = NULL;
	return TK_ESYS;
}

enum tk_status
tk_pack_writer_new(struct tk_pack_writer **out, const char *objects, size_t n,
    struct tk_err *err)
{
	struct tk_pack_writer *w = tk_calloc(1, sizeof(*w));
	enum tk_status st;

	*out = NULL;
	w->fd = -1;
	w->dir = tk_strf("%s/pack", objects);
	w->sum = tk_sha1_new();
	tk_str_init(&w->buf);
	w->want = n;
	w->v = tk_calloc(n + 1, sizeof(*w->v));
	st = tk_mkdirs(w->dir, 0777, err);
	if (st == TK_OK)
		st = create(&w->fd, &w->tmp, w->dir, "pack", err);
	if (st != TK_OK) {
		tk_pack_writer_free(w);
		return st;
	}
	tk_str_add_data(&w->buf, "PACK", 4);
	add_u32(&w->buf, 2);
	add_u32(&w->buf, (uint32_t)n);
	w->at = w->buf.len;
	*out = w;
	return TK_OK;
}

/* Kind and size, seven bits a byte, the lowest first (four in the first). */
static size_t
put_header(unsigned char *p, unsigned kind, size_t len)
{
	unsigned char *start = p;
	unsigned c = kind << 4 | (len & 15);

	for (len >>= 4; len > 0; len >>= 7) {
		*p++ = (unsigned char)(c | 0x80);
		c = len & 0x7F;
	}
	*p++ = (unsigned char)c;
	return (size_t)(p - start);
}

/* How far back the base begins. */
static size_t
put_distance(unsigned char *p, uint64_t far)
{
	unsigned char b[10];
	size_t i = sizeof(b);

	b[--i] = far & 0x7F;
	while (far >>= 7)
		b[--i] = (unsigned char)(0x80 | (--far & 0x7F));
	memcpy(p, b + i, sizeof(b) - i);
	return sizeof(b) - i;
}

enum tk_status
tk_pack_put(struct tk_pack_writer *w, const git_oid *id, git_object_t type,
    size_t len, size_t base, const void *z, size_t z_len, struct tk_err *err)
{
	bool whole = base == TK_PACK_WHOLE;
	struct entry *e = &w->v[w->n];
	unsigned char head[32];
	uint64_t at = w->at;
	size_t n;

	if (w->n == w->want || at + z_len + sizeof(head) > LARGEST)
		return tk_fail(err, TK_ESYS, "%s: too much for one pack", w->dir);
	n = put_header(head, whole ? (unsigned)type : OFS_DELTA, len);
	if (!whole)
		n += put_distance(head + n, at - w->v[base].offset);
	e->id = *id;
	e->offset = (uint32_t)at;
	e->crc = (uint32_t)crc32_z(crc32_z(0, NULL, 0), head, n);
	e->crc = (uint32_t)crc32_z(e->crc, z, z_len);
	w->n++;
	w->at = at + n + z_len;
	tk_str_add_data(&w->buf, head, n);
	tk_str_add_data(&w->buf, z, z_len);
	return w->buf.len < CHUNK ? TK_OK : drain(w, err);
}

static int
by_id(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return git_oid_cmp(&x->id, &y->id);
}

/* Names, check sums and offsets, in the order of names. */
static void
make_index(struct tk_str *out, struct tk_pack_writer *w,
    const unsigned char *pack_sum)
{
	unsigned char sum[TK_SHA1_LEN];
	size_t i = 0;
	unsigned first;

	qsort(w->v, w->n, sizeof(*w->v), by_id);
	add_u32(out, 0xFF744F63U);
	add_u32(out, 2);
	for (first = 0; first < 256; first++) {
		while (i < w->n && w->v[i].id.id[0] <= first)
			i++;
		add_u32(out, (uint32_t)i);
	}
	for (i = 0; i < w->n; i++)
		tk_str_add_data(out, w->v[i].id.id, GIT_OID_RAWSZ);
	for (i = 0; i < w->n; i++)
		add_u32(out, w->v[i].crc);
	for (i = 0; i < w->n; i++)
		add_u32(out, w->v[i].offset);
	tk_str_add_data(out, pack_sum, TK_SHA1_LEN);
	tk_sha1(sum, "", 0, out->data, out->len);
	tk_str_add_data(out, sum, sizeof(sum));
}

/* The index last: git knows a pack by it. */
static enum tk_status
name_both(struct tk_pack_writer *w, const unsigned char *sum,
    struct tk_err *err)
{
	char hex[2 * TK_SHA1_LEN + 1], *path, **tmp[] = { &w->tmp, &w->tmp_idx };
	static const char *const ends[] = { "pack", "idx" };
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; i < TK_SHA1_LEN; i++)
		snprintf(hex + 2 * i, 3, "%02x", sum[i]);
	for (i = 0; i < 2 && st == TK_OK; i++) {
		path = tk_strf("%s/pack-%s.%s", w->dir, hex, ends[i]);
		if (rename(*tmp[i], path) < 0) {
			st = tk_fail_errno(err, "%s", path);
		} else {
			free(*tmp[i]);
			*tmp[i] = NULL;
		}
		free(path);
	}
	return st == TK_OK ? tk_dir_sync(w->dir, err) : st;
}

enum tk_status
tk_pack_finish(struct tk_pack_writer *w, struct tk_err *err)
{
	unsigned char sum[TK_SHA1_LEN];
	struct tk_str idx = TK_STR_INIT;
	enum tk_status st;
	int fd = -1;

	if (w->n != w->want)
		return tk_fail(err, TK_ESYS, "%s: objects are missing", w->dir);
	if ((st = drain(w, err)) != TK_OK)
		return st;
	tk_sha1_finish(sum, w->sum);
	w->sum = NULL;
	tk_str_add_data(&w->buf, sum, sizeof(sum));
	make_index(&idx, w, sum);
	if ((st = tk_fd_write(
		 w->fd, w->buf.data, w->buf.len, w->tmp, err)) == TK_OK &&
	    (st = create(&fd, &w->tmp_idx, w->dir, "idx", err)) == TK_OK &&
	    (st = tk_fd_write(
		 fd, idx.data, idx.len, w->tmp_idx, err)) == TK_OK &&
	    (fsync(w->fd) < 0 || fsync(fd) < 0))
		st = tk_fail_errno(err, "%s", w->tmp);
	if (fd >= 0)
		close(fd);
	if (st == TK_OK)
		st = name_both(w, sum, err);
	tk_str_clear(&idx);
	return st;
}

void
tk_pack_writer_free(struct tk_pack_writer *w)
{
	unsigned char sum[TK_SHA1_LEN];

	if (w == NULL)
		return;
	if (w->fd >= 0)
		close(w->fd);
	if (w->tmp != NULL)
		unlink(w->tmp);
	if (w->tmp_idx != NULL)
		unlink(w->tmp_idx);
	if (w->sum != NULL)
		tk_sha1_finish(sum, w->sum);
	tk_str_clear(&w->buf);
	free(w->tmp);
	free(w->tmp_idx);
	free(w->dir);
	free(w->v);
	free(w);
}
