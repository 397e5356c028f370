/* gitindex-out - the file that becomes git's index. */
#include "store/gitindex-out.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
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
