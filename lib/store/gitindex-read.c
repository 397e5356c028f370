/* gitindex-read - git's index walked through where it lies. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/gitindex.h"

#define HEAD_LEN 12
#define SUM_LEN 20

static unsigned
be16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static uint32_t
be32(const unsigned char *p)
{
	return (uint32_t)be16(p) << 16 | be16(p + 2);
}

static enum tk_status
damaged(const struct tk_gi_cursor *c, struct tk_err *err)
{
	return tk_fail(err, TK_EINPUT,
	    _("%s: damaged, or of a kind that tk does not know; git read-tree "
	      "HEAD makes it anew"),
	    c->path);
}

void
tk_gi_close(struct tk_gi_cursor *c)
{
	if (c->data != NULL)
		munmap((void *)(uintptr_t)c->data, c->len);
	tk_str_clear(&c->own);
	free(c->path);
	c->data = NULL;
	c->path = NULL;
}

enum tk_status
tk_gi_open(struct tk_gi_cursor *c, struct tk_store *s, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	struct stat sb;
	void *map;
	int fd;

	memset(c, 0, sizeof(*c));
	tk_str_init(&c->own);
	c->name = "";
	c->version = 2;
	c->path = tk_strf("%sindex", tk_store_gitdir(s));
	fd = open(c->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return TK_OK;
	if (fd < 0 || fstat(fd, &sb) < 0) {
		st = tk_fail_errno(err, "%s", c->path);
	} else if (sb.st_size < HEAD_LEN + SUM_LEN) {
		st = damaged(c, err);
	} else {
		map = mmap(
		    NULL, (size_t)sb.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (map == MAP_FAILED) {
			st = tk_fail_errno(err, "%s", c->path);
		} else {
			c->data = map;
			c->len = (size_t)sb.st_size;
			c->end = c->len - SUM_LEN;
			c->written = sb.st_mtim;
		}
	}
	if (fd >= 0)
		close(fd);
	if (st != TK_OK || c->data == NULL)
		return st;
	c->version = be32(c->data + 4);
	c->left = be32(c->data + 8);
	c->at = c->next = HEAD_LEN;
	if (memcmp(c->data, "DIRC", 4) != 0 || c->version < 2 || c->version > 4)
		st = damaged(c, err);
	return st;
}

/* As the offsets of deltas are written in packs. */
static bool
varint(const struct tk_gi_cursor *c, size_t *at, size_t *n)
{
	unsigned char b;

	*n = 0;
	do {
		if (*at >= c->end || *n > (SIZE_MAX >> 8))
			return false;
		b = c->data[(*at)++];
		*n = (*n << 7) | (b & 127);
		if (b & 128)
			(*n)++;
	} while (b & 128);
	return true;
}

bool
tk_gi_next(struct tk_gi_cursor *c, enum tk_status *st, struct tk_err *err)
{
	const unsigned char *nul;
	size_t at = c->next, strip = 0, n;

	*st = TK_OK;
	c->at = at;
	if (c->left == 0)
		return false;
	c->left--;
	c->more = 0;
	if (c->end - at < TK_GI_FIX + 2)
		goto bad;
	c->fix = c->data + at;
	c->flags = be16(c->fix + TK_GI_FIX - 2);
	at += TK_GI_FIX;
	if (c->flags & TK_GI_EXTENDED) {
		c->more = be16(c->data + at);
		at += 2;
	}
	if (c->version == 4) {
		if (!varint(c, &at, &strip) || strip > c->own.len)
			goto bad;
		tk_str_cut(&c->own, c->own.len - strip);
	}
	n = c->flags & TK_GI_NAME;
	if (c->version == 4 || n == TK_GI_NAME || n >= c->end - at ||
	    c->data[at + n] != '\0') {
		nul = memchr(c->data + at, '\0', c->end - at);
		if (nul == NULL)
			goto bad;
		n = (size_t)(nul - (c->data + at));
	}
	c->name = (const char *)c->data + at;
	c->name_len = n;
	if (c->version == 4) {
		tk_str_add_data(&c->own, c->data + at, n);
		c->name = c->own.data;
		c->name_len = c->own.len;
	}
	at += n + 1;
	if (c->version != 4)
		at = c->at + (((at - 1 - c->at) + 8) & ~(size_t)7);
	if (at > c->end)
		goto bad;
	c->next = at;
	return true;
bad:
	*st = damaged(c, err);
	return false;
}

/* Is path below this entry, a folder of a sparse index? */
static bool
covers(const struct tk_gi_cursor *c, const char *path)
{
	return c->name_len > 0 && c->name[c->name_len - 1] == '/' &&
	    strncmp(path, c->name, c->name_len) == 0;
}

/* Most of it is in another file then. */
static bool
is_split(const struct tk_gi_cursor *c)
{
	size_t at;

	for (at = c->next; c->data != NULL && at + 8 <= c->end;
	     at += 8 + (size_t)be32(c->data + at + 4))
		if (memcmp(c->data + at, "link", 4) == 0)
			return true;
	return false;
}

enum tk_status
tk_gi_find(
    struct tk_store *s, struct tk_gi_entry *v, size_t n, struct tk_err *err)
{
	struct tk_gi_cursor c;
	enum tk_status st = tk_gi_open(&c, s, err);
	size_t i = 0;
	int cmp;

	while (st == TK_OK && i < n && tk_gi_next(&c, &st, err)) {
		while (i < n && strcmp(v[i].path, c.name) < 0)
			i++;
		while (i < n && covers(&c, v[i].path)) {
			v[i].there = v[i].skip = v[i].sparse = true;
			v[i].folder = c.name_len;
			memcpy(v[i].id.id, c.fix + TK_GI_ID, GIT_OID_RAWSZ);
			i++;
		}
		cmp = i < n ? strcmp(v[i].path, c.name) : 1;
		if (cmp != 0)
			continue;
		v[i].there = true;
		v[i].conflict |= (c.flags & TK_GI_STAGE) != 0;
		v[i].skip = (c.more & TK_GI_SKIP) != 0;
		memcpy(v[i].id.id, c.fix + TK_GI_ID, GIT_OID_RAWSZ);
	}
	if (st == TK_OK && c.left == 0 && is_split(&c))
		st = tk_fail(err, TK_EINPUT,
		    _("%s: a split index: git update-index --no-split-index"),
		    c.path);
	tk_gi_close(&c);
	return st;
}
