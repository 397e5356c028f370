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

#define SUM_LEN 20

static unsigned
be16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

uint32_t
tk_gi_be32(const unsigned char *p)
{
	return (uint32_t)be16(p) << 16 | be16(p + 2);
}

unsigned
tk_gi_flags(const unsigned char *fix, unsigned *more)
{
	unsigned flags = be16(fix + TK_GI_FIX - 2);

	*more = flags & TK_GI_EXTENDED ? be16(fix + TK_GI_FIX) : 0;
	return flags;
}

enum tk_status
tk_gi_damaged(const struct tk_gi_cursor *c, struct tk_err *err)
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
tk_gi_open(struct tk_gi_cursor *c, char *path, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	struct stat sb;
	void *map;
	int fd;

	memset(c, 0, sizeof(*c));
	tk_str_init(&c->own);
	c->name = "";
	c->version = 2;
	c->path = path;
	fd = open(c->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return TK_OK;
	if (fd < 0 || fstat(fd, &sb) < 0) {
		st = tk_fail_errno(err, "%s", c->path);
	} else if (sb.st_size < TK_GI_HEAD + SUM_LEN) {
		st = tk_gi_damaged(c, err);
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
			c->inode = sb.st_ino;
		}
	}
	if (fd >= 0)
		close(fd);
	if (st != TK_OK || c->data == NULL)
		return st;
	c->version = tk_gi_be32(c->data + 4);
	c->left = tk_gi_be32(c->data + 8);
	c->at = c->next = TK_GI_HEAD;
	if (memcmp(c->data, "DIRC", 4) != 0 || c->version < 2 || c->version > 4)
		st = tk_gi_damaged(c, err);
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
	if (c->end - at < TK_GI_FIX + 2)
		goto bad;
	c->fix = c->data + at;
	c->flags = tk_gi_flags(c->fix, &c->more);
	at += TK_GI_FIX + (c->flags & TK_GI_EXTENDED ? 2 : 0);
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
	*st = tk_gi_damaged(c, err);
	return false;
}

const unsigned char *
tk_gi_extension(
    const struct tk_gi_cursor *c, size_t *at, size_t *len, char name[5])
{
	const unsigned char *p;

	if (c->data == NULL || *at + 8 > c->end)
		return NULL;
	p = c->data + *at;
	*len = tk_gi_be32(p + 4);
	if (*len > c->end - *at - 8)
		return NULL;
	memcpy(name, p, 4);
	name[4] = '\0';
	*at += 8 + *len;
	return p + 8;
}
