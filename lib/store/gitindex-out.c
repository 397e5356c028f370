/* gitindex-out - the file that becomes git's index. */
#include "store/gitindex-out.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/sha1.h"

/* From here on a thread of its own pays: it costs some 50 us, as does the sum
 * of 100 KB. */
#define LARGE (1 << 20)

enum tk_status
tk_gi_out_open(struct tk_gi_out *out, struct tk_store *s, struct tk_err *err)
{
	enum tk_status st = TK_OK;

	out->lock = tk_strf("%sindex.lock", tk_store_gitdir(s));
	out->fd =
	    open(out->lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (out->fd < 0) {
		st = errno == EEXIST ? tk_fail(err, TK_EBUSY,
					   _("%s: git is at work here"),
					   out->lock)
				     : tk_fail_errno(err, "%s", out->lock);
		free(out->lock);
		return st;
	}
	tk_str_init(&out->buffer);
	out->sum = tk_sha1_new();
	return st;
}

struct summing {
	struct tk_sha1_sum *sum;
	const void *data;
	size_t len;
};

static void *
summed(void *data)
{
	struct summing *s = data;

	tk_sha1_add(s->sum, s->data, s->len);
	return NULL;
}

enum tk_status
tk_gi_out_add(struct tk_gi_out *out, const void *data, size_t len,
    struct tk_err *err)
{
	struct summing s = { out->sum, data, len };
	sigset_t all, old;
	pthread_t beside;
	enum tk_status st;
	bool two = false;

	if (len >= LARGE) {
		sigfillset(&all);
		pthread_sigmask(SIG_SETMASK, &all, &old);
		two = pthread_create(&beside, NULL, summed, &s) == 0;
		pthread_sigmask(SIG_SETMASK, &old, NULL);
	}
	if (!two)
		summed(&s);
	st = tk_fd_write(out->fd, data, len, out->lock, err);
	if (two)
		pthread_join(beside, NULL);
	return st;
}

enum tk_status
tk_gi_out_flush(struct tk_gi_out *out, struct tk_err *err)
{
	enum tk_status st =
	    tk_gi_out_add(out, out->buffer.data, out->buffer.len, err);

	tk_str_reset(&out->buffer);
	return st;
}

enum tk_status
tk_gi_out_close(struct tk_gi_out *out, enum tk_status st, const char *path,
    struct tk_err *err)
{
	unsigned char sum[TK_SHA1_LEN];

	tk_sha1_finish(sum, out->sum);
	if (st == TK_OK)
		st = tk_fd_write(out->fd, sum, sizeof(sum), out->lock, err);
	if (close(out->fd) < 0 && st == TK_OK)
		st = tk_fail_errno(err, "%s", out->lock);
	if (st == TK_OK && rename(out->lock, path) < 0)
		st = tk_fail_errno(err, "%s", path);
	if (st != TK_OK)
		unlink(out->lock);
	tk_str_clear(&out->buffer);
	free(out->lock);
	return st;
}

void
tk_gi_be(unsigned char *p, uint32_t n, size_t bytes)
{
	while (bytes-- > 0) {
		p[bytes] = (unsigned char)(n & 255);
		n >>= 8;
	}
}

/* How much of the last name does not stay; see varint() of the reader. */
static void
put_strip(struct tk_str *out, size_t n)
{
	unsigned char b[16];
	size_t at = sizeof(b) - 1;

	b[at] = n & 127;
	while (n >>= 7)
		b[--at] = (unsigned char)(128 | (--n & 127));
	tk_str_add_data(out, b + at, sizeof(b) - at);
}

static void
put_name(struct tk_str *out, struct tk_str *last, unsigned version,
    const char *name, size_t len, size_t used)
{
	size_t same = 0;

	if (version == 4) {
		while (same < len && same < last->len &&
		    last->data[same] == name[same])
			same++;
		put_strip(out, last->len - same);
		tk_str_add_data(out, name + same, len - same);
		tk_str_add_char(out, '\0');
	} else {
		tk_str_add_data(out, name, len);
		do {
			tk_str_add_char(out, '\0');
			used++;
		} while ((used + len) % 8 != 0);
	}
	tk_str_reset(last);
	tk_str_add_data(last, name, len);
}

void
tk_gi_put(struct tk_str *out, struct tk_str *last, unsigned version,
    unsigned char *fix, unsigned more, const char *name, size_t len)
{
	unsigned flags = (unsigned)fix[TK_GI_FIX - 2] << 8;
	unsigned char ext[2];

	flags &= TK_GI_VALID | TK_GI_STAGE;
	flags |= (unsigned)(len < TK_GI_NAME ? len : TK_GI_NAME);
	if (more != 0)
		flags |= TK_GI_EXTENDED;
	tk_gi_be(fix + TK_GI_FIX - 2, flags, 2);
	tk_str_add_data(out, fix, TK_GI_FIX);
	if (more != 0) {
		tk_gi_be(ext, more, 2);
		tk_str_add_data(out, ext, 2);
	}
	put_name(out, last, version, name, len, TK_GI_FIX + (more != 0 ? 2 : 0));
}

unsigned
tk_gi_fix_new(unsigned char *fix, const struct tk_gi_entry *e)
{
	bool skip = e->there ? e->skip : e->leave_out;
	const struct stat *sb = &e->sb;

	memset(fix, 0, TK_GI_FIX);
	if (!skip) {
		tk_gi_be(fix, (uint32_t)sb->st_ctim.tv_sec, 4);
		tk_gi_be(fix + 4, (uint32_t)sb->st_ctim.tv_nsec, 4);
		tk_gi_be(fix + TK_GI_MTIME, (uint32_t)sb->st_mtim.tv_sec, 4);
		tk_gi_be(
		    fix + TK_GI_MTIME + 4, (uint32_t)sb->st_mtim.tv_nsec, 4);
		tk_gi_be(fix + 16, (uint32_t)sb->st_dev, 4);
		tk_gi_be(fix + 20, (uint32_t)sb->st_ino, 4);
		tk_gi_be(fix + 28, (uint32_t)sb->st_uid, 4);
		tk_gi_be(fix + 32, (uint32_t)sb->st_gid, 4);
		tk_gi_be(fix + TK_GI_SIZE, (uint32_t)sb->st_size, 4);
	}
	tk_gi_be(fix + TK_GI_MODE, 0100644, 4);
	memcpy(fix + TK_GI_ID, e->to.id, GIT_OID_RAWSZ);
	return skip ? TK_GI_SKIP : 0;
}
