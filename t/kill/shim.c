/*
 * shim - stands between a program and the calls that change a disk.
 *
 * Loaded with LD_PRELOAD by kill.py. It counts the calls of programs named by
 * KILL_ONLY (beginnings of names) below the folder KILL_ROOT, over all
 * processes in KILL_CTL (a file of 16 bytes, mapped), and at call KILL_AT
 *
 *   KILL_MODE=count  does nothing
 *   KILL_MODE=kill   dies of SIGKILL instead of making the call
 *   KILL_MODE=tear   makes half of a write, then dies
 *   KILL_MODE=short  makes half of a write and says so
 *   KILL_MODE=fail   fails with KILL_ERRNO; with KILL_STICKY so does each
 *                    later call of the classes KILL_CLASSES
 *   KILL_MODE=record writes down each call that was made, with its bytes
 *
 * To KILL_LOG goes a line for each call counted: class, name of the program,
 * call, offset, bytes, path, second path, by tabs; with KILL_MODE=record the
 * bytes follow the line. Classes: w write, p write to a pipe, c create, o open
 * to read, n a name is made, moved or taken away, s sync, t truncate, f flock.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAPS 64

enum mode {
	OFF,
	COUNT,
	KILL,
	TEAR,
	SHORT,
	FAIL,
	RECORD,
};

struct ctl {
	atomic_ullong n;
	atomic_uint lock;
	unsigned unused;
};

static struct {
	enum mode mode;
	struct ctl *ctl;
	unsigned long long at;
	int err, log;
	bool sticky;
	const char *classes;
	char root[PATH_MAX], name[32];
	size_t root_len;
} k = { .log = -1 };

static struct map {
	void *at;
	size_t len;
	off_t off;
	char path[PATH_MAX];
} maps[MAPS];

static __thread bool inside;

static bool
is_ours(const char *only)
{
	size_t n;

	for (; only != NULL && *only != '\0'; only += n + (only[n] != '\0')) {
		n = strcspn(only, ",");
		if (strncmp(k.name, only, n) == 0)
			return true;
	}
	return false;
}

__attribute__((constructor)) static void
start(void)
{
	static const char *const names[] = { "off", "count", "kill", "tear",
		"short", "fail", "record" };
	const char *mode = getenv("KILL_MODE"), *v;
	size_t i;
	int fd;

	if (mode == NULL || (v = getenv("KILL_CTL")) == NULL)
		return;
	snprintf(k.name, sizeof(k.name), "%s", program_invocation_short_name);
	if (!is_ours(getenv("KILL_ONLY")))
		return;
	fd = (int)syscall(SYS_openat, AT_FDCWD, v, O_RDWR | O_CLOEXEC, 0);
	if (fd < 0)
		return;
	k.ctl = (struct ctl *)syscall(
	    SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	syscall(SYS_close, fd);
	if (k.ctl == MAP_FAILED)
		return;
	if ((v = getenv("KILL_LOG")) != NULL) {
		fd = (int)syscall(SYS_openat, AT_FDCWD, v,
		    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
		/* Out of the way of shells, which count descriptors. */
		k.log = fcntl(fd, F_DUPFD_CLOEXEC, 200);
		syscall(SYS_close, fd);
	}
	snprintf(k.root, sizeof(k.root), "%s",
	    (v = getenv("KILL_ROOT")) != NULL ? v : "/");
	k.root_len = strlen(k.root);
	k.at = (v = getenv("KILL_AT")) != NULL ? strtoull(v, NULL, 10) : 0;
	k.err = (v = getenv("KILL_ERRNO")) != NULL ? atoi(v) : EIO;
	k.sticky = getenv("KILL_STICKY") != NULL;
	k.classes = (v = getenv("KILL_CLASSES")) != NULL ? v : "wcnstpof";
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(mode, names[i]) == 0)
			k.mode = (enum mode)i;
}

static void
full_path(char out[PATH_MAX], int dir, const char *path)
{
	char link[64];
	ssize_t n = 0;

	if (path != NULL && path[0] == '/') {
		snprintf(out, PATH_MAX, "%s", path);
		return;
	}
	if (dir == AT_FDCWD)
		snprintf(link, sizeof(link), "/proc/self/cwd");
	else
		snprintf(link, sizeof(link), "/proc/self/fd/%d", dir);
	n = syscall(SYS_readlink, link, out, PATH_MAX - 1);
	out[n > 0 ? n : 0] = '\0';
	if (path != NULL)
		snprintf(out + strlen(out), PATH_MAX - strlen(out), "/%s",
		    strncmp(path, "./", 2) == 0 ? path + 2 : path);
}

static bool
is_below(const char *path)
{
	return strncmp(path, k.root, k.root_len) == 0 ||
	    strncmp(path, "pipe:", 5) == 0;
}

static void
lock(void)
{
	while (atomic_exchange(&k.ctl->lock, 1) != 0)
		;
}

static void
unlock(void)
{
	atomic_store(&k.ctl->lock, 0);
}

static void
put_log(char class, const char *call, long long off, const void *data,
    size_t len, const char *path, const char *second)
{
	char line[2 * PATH_MAX + 100];
	struct iovec v[2];
	int n = snprintf(line, sizeof(line), "%c\t%s\t%s\t%lld\t%zu\t%s\t%s\n",
	    class, k.name, call, off, len, path, second != NULL ? second : "");

	if (k.log < 0)
		return;
	v[0] = (struct iovec){ line, (size_t)n };
	v[1] = (struct iovec){ (void *)(uintptr_t)data, len };
	syscall(SYS_writev, k.log, v, data != NULL && len > 0 ? 2 : 1);
}

/* What is to become of the call that is about to be made. */
enum verdict {
	GO,
	FAILED, /* errno is set */
	HALF,   /* then go on */
	LAST,   /* half of it, then die */
};

static enum verdict
judge(char class, const char *call, const char *path, const char *second,
    size_t len)
{
	unsigned long long n;

	if (k.mode == OFF || k.mode == RECORD || inside ||
	    (class != 'f' && !is_below(path) &&
		(second == NULL || !is_below(second))))
		return GO;
	if (class == 'w' && strncmp(path, "pipe:", 5) == 0)
		class = 'p';
	n = atomic_fetch_add(&k.ctl->n, 1) + 1;
	put_log(class, call, 0, NULL, len, path, second);
	if (n != k.at &&
	    !(k.sticky && n > k.at && strchr(k.classes, class) != NULL))
		return GO;
	switch (k.mode) {
	case KILL:
		syscall(SYS_kill, getpid(), SIGKILL);
		break;
	case TEAR:
		return LAST;
	case SHORT:
		return HALF;
	case FAIL:
		errno = k.err;
		return FAILED;
	default:
		break;
	}
	return GO;
}

#define REAL(type, name, ...) \
	static type (*real)(__VA_ARGS__); \
	if (real == NULL) \
	real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

/* Names: done and written down together, so that the order is the true one. */
#define NAMED(type, name, class, params, types, args, from_dir, from, to_dir, to) \
	type name params \
	{ \
		char a[PATH_MAX] = "", b[PATH_MAX] = ""; \
		type rc; \
		REAL(type, name, types); \
		if (k.mode == OFF || inside) \
			return real args; \
		full_path(a, from_dir, from); \
		if ((to) != NULL) \
			full_path(b, to_dir, to); \
		if (judge(class, #name, a, (to) != NULL ? b : NULL, 0) == FAILED) \
			return -1; \
		if (k.mode == RECORD) \
			lock(); \
		rc = real args; \
		if (k.mode == RECORD) { \
			int saved = errno; \
			if (rc == 0 && (is_below(a) || is_below(b))) \
				put_log(class, #name, 0, NULL, 0, a, b); \
			unlock(); \
			errno = saved; \
		} \
		return rc; \
	}
#define LIST(...) __VA_ARGS__
#define NO ((const char *)NULL)

NAMED(int, rename, 'n', (const char *x, const char *y),
    LIST(const char *, const char *), (x, y), AT_FDCWD, x, AT_FDCWD, y)
NAMED(int, renameat, 'n', (int d, const char *x, int e, const char *y),
    LIST(int, const char *, int, const char *), (d, x, e, y), d, x, e, y)
NAMED(int, renameat2, 'n',
    (int d, const char *x, int e, const char *y, unsigned f),
    LIST(int, const char *, int, const char *, unsigned), (d, x, e, y, f), d, x,
    e, y)
NAMED(int, link, 'n', (const char *x, const char *y),
    LIST(const char *, const char *), (x, y), AT_FDCWD, x, AT_FDCWD, y)
NAMED(int, linkat, 'n', (int d, const char *x, int e, const char *y, int f),
    LIST(int, const char *, int, const char *, int), (d, x, e, y, f), d, x, e,
    y)
NAMED(int, symlink, 'n', (const char *x, const char *y),
    LIST(const char *, const char *), (x, y), AT_FDCWD, x, AT_FDCWD, y)
NAMED(int, unlink, 'n', (const char *x), LIST(const char *), (x), AT_FDCWD, x,
    AT_FDCWD, NO)
NAMED(int, unlinkat, 'n', (int d, const char *x, int f),
    LIST(int, const char *, int), (d, x, f), d, x, AT_FDCWD, NO)
NAMED(int, rmdir, 'n', (const char *x), LIST(const char *), (x), AT_FDCWD, x,
    AT_FDCWD, NO)
NAMED(int, remove, 'n', (const char *x), LIST(const char *), (x), AT_FDCWD, x,
    AT_FDCWD, NO)
NAMED(int, mkdir, 'c', (const char *x, mode_t m), LIST(const char *, mode_t),
    (x, m), AT_FDCWD, x, AT_FDCWD, NO)
NAMED(int, mkdirat, 'c', (int d, const char *x, mode_t m),
    LIST(int, const char *, mode_t), (d, x, m), d, x, AT_FDCWD, NO)
NAMED(int, fsync, 's', (int fd), LIST(int), (fd), fd, NO, 0, NO)
NAMED(int, fdatasync, 's', (int fd), LIST(int), (fd), fd, NO, 0, NO)
NAMED(int, syncfs, 's', (int fd), LIST(int), (fd), fd, NO, 0, NO)

int
flock(int fd, int op)
{
	char path[PATH_MAX] = "";
	REAL(int, flock, int, int);

	if (k.mode == FAIL && !(op & LOCK_UN)) {
		full_path(path, fd, NULL);
		if (judge('f', "flock", path, NULL, 0) == FAILED)
			return -1;
	} else if (k.mode == COUNT && !(op & LOCK_UN)) {
		full_path(path, fd, NULL);
		(void)judge('f', "flock", path, NULL, 0);
	}
	return real(fd, op);
}

static bool
exists(const char *path)
{
	struct stat st;

	return syscall(SYS_newfstatat, AT_FDCWD, path, &st,
		   AT_SYMLINK_NOFOLLOW) == 0;
}

static int
open_it(const char *call, int dir, const char *name, int flags, mode_t mode)
{
	char path[PATH_MAX];
	bool was, writes = (flags & (O_CREAT | O_TRUNC)) != 0;
	int fd, saved;

	if (k.mode == OFF || inside)
		return (int)syscall(SYS_openat, dir, name, flags, mode);
	full_path(path, dir, name);
	if (judge(writes ? 'c' : 'o', call, path, NULL, 0) == FAILED)
		return -1;
	if (k.mode != RECORD || !writes || !is_below(path))
		return (int)syscall(SYS_openat, dir, name, flags, mode);
	lock();
	was = exists(path);
	fd = (int)syscall(SYS_openat, dir, name, flags, mode);
	saved = errno;
	if (fd >= 0 && !was)
		put_log('c', "create", 0, NULL, 0, path, NULL);
	else if (fd >= 0 && (flags & O_TRUNC))
		put_log('t', "truncate", 0, NULL, 0, path, NULL);
	unlock();
	errno = saved;
	return fd;
}

#define OPEN(name) \
	int name(const char *path, int flags, ...) \
	{ \
		mode_t mode = 0; \
		if (flags & (O_CREAT | __O_TMPFILE)) { \
			va_list ap; \
			va_start(ap, flags); \
			mode = va_arg(ap, mode_t); \
			va_end(ap); \
		} \
		return open_it(#name, AT_FDCWD, path, flags, mode); \
	}
#define OPENAT(name) \
	int name(int dir, const char *path, int flags, ...) \
	{ \
		mode_t mode = 0; \
		if (flags & (O_CREAT | __O_TMPFILE)) { \
			va_list ap; \
			va_start(ap, flags); \
			mode = va_arg(ap, mode_t); \
			va_end(ap); \
		} \
		return open_it(#name, dir, path, flags, mode); \
	}
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);

int
__open_2(const char *path, int flags)
{
	return open_it("open", AT_FDCWD, path, flags, 0);
}

int
__open64_2(const char *path, int flags)
{
	return open_it("open", AT_FDCWD, path, flags, 0);
}

int
creat(const char *path, mode_t mode)
{
	return open_it(
	    "creat", AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

/* The name is known only afterwards. */
static int
temp(const char *call, char *template, int flags)
{
	static atomic_uint count;
	char *x = template + strlen(template) - 6;
	int fd;

	do {
		snprintf(x, 7, "%03x%03x", (unsigned)getpid() & 0xFFF,
		    atomic_fetch_add(&count, 1) & 0xFFF);
		fd = open_it(call, AT_FDCWD, template,
		    O_RDWR | O_CREAT | O_EXCL | flags, 0600);
	} while (fd < 0 && errno == EEXIST);
	return fd;
}

char *
mkdtemp(char *template)
{
	static atomic_uint count;
	char *x = template + strlen(template) - 6;
	int rc;

	do {
		snprintf(x, 7, "%03x%03x", (unsigned)getpid() & 0xFFF,
		    atomic_fetch_add(&count, 1) & 0xFFF);
		rc = mkdir(template, 0700);
	} while (rc < 0 && errno == EEXIST);
	return rc < 0 ? NULL : template;
}

#define TEMP(name) \
	int name(char *template) \
	{ \
		return temp(#name, template, 0); \
	}
#define OTEMP(name) \
	int name(char *template, int flags) \
	{ \
		return temp(#name, template, flags); \
	}
TEMP(mkstemp)
TEMP(mkstemp64)
OTEMP(mkostemp)
OTEMP(mkostemp64)

static ssize_t
write_it(const char *call, int fd, const void *data, size_t len, off_t off,
    bool has_off)
{
	char path[PATH_MAX];
	enum verdict v;
	ssize_t n;
	int saved;

	if (k.mode == OFF || inside || fd == k.log)
		goto plain;
	full_path(path, fd, NULL);
	v = judge('w', call, path, NULL, len);
	if (v == FAILED)
		return -1;
	if ((v == HALF || v == LAST) && len > 1)
		len /= 2;
	if (k.mode != RECORD || path[0] != '/' || !is_below(path)) {
		n = has_off ? syscall(SYS_pwrite64, fd, data, len, off)
			    : syscall(SYS_write, fd, data, len);
		if (v == LAST)
			syscall(SYS_kill, getpid(), SIGKILL);
		return n;
	}
	lock();
	n = has_off ? syscall(SYS_pwrite64, fd, data, len, off)
		    : syscall(SYS_write, fd, data, len);
	saved = errno;
	if (n > 0) {
		if (!has_off)
			off = syscall(SYS_lseek, fd, 0, SEEK_CUR) - n;
		put_log('w', call, off, data, (size_t)n, path, NULL);
	}
	unlock();
	errno = saved;
	return n;
plain:
	return has_off ? syscall(SYS_pwrite64, fd, data, len, off)
		       : syscall(SYS_write, fd, data, len);
}

ssize_t
write(int fd, const void *data, size_t len)
{
	return write_it("write", fd, data, len, 0, false);
}

ssize_t
pwrite(int fd, const void *data, size_t len, off_t off)
{
	return write_it("pwrite", fd, data, len, off, true);
}

ssize_t
pwrite64(int fd, const void *data, size_t len, off64_t off)
{
	return write_it("pwrite", fd, data, len, off, true);
}

ssize_t
writev(int fd, const struct iovec *v, int n)
{
	size_t len = 0, at = 0;
	char *all;
	ssize_t rc;
	int i;

	if (k.mode == OFF)
		return syscall(SYS_writev, fd, v, n);
	for (i = 0; i < n; i++)
		len += v[i].iov_len;
	all = malloc(len + 1);
	if (all == NULL)
		abort();
	for (i = 0; i < n; at += v[i++].iov_len)
		memcpy(all + at, v[i].iov_base, v[i].iov_len);
	rc = write_it("writev", fd, all, len, 0, false);
	free(all);
	return rc;
}

/* stdio writes by calls of its own, past us: what the file has now is what was
 * written. Only a recording needs to know. */
static void
told(FILE *f)
{
	char path[PATH_MAX];
	struct stat sb;
	void *data;
	int fd = f != NULL ? fileno(f) : -1;

	if (k.mode != RECORD || inside || fd < 0 ||
	    (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY ||
	    syscall(SYS_fstat, fd, &sb) < 0 || !S_ISREG(sb.st_mode))
		return;
	full_path(path, fd, NULL);
	if (!is_below(path))
		return;
	fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
	data = malloc((size_t)sb.st_size + 1);
	if (fd >= 0 && data != NULL &&
	    syscall(SYS_pread64, fd, data, (size_t)sb.st_size, 0) ==
		(long)sb.st_size) {
		lock();
		put_log('w', "write", 0, data, (size_t)sb.st_size, path, NULL);
		unlock();
	}
	free(data);
	if (fd >= 0)
		syscall(SYS_close, fd);
}

int
fflush(FILE *f)
{
	int rc;
	REAL(int, fflush, FILE *);

	rc = real(f);
	told(f);
	return rc;
}

int
fclose(FILE *f)
{
	REAL(int, fclose, FILE *);

	if (k.mode == RECORD)
		fflush(f);
	return real(f);
}

static int
size_it(const char *call, int fd, off_t len)
{
	char path[PATH_MAX];
	int rc, saved;

	if (k.mode == OFF || inside)
		return (int)syscall(SYS_ftruncate, fd, len);
	full_path(path, fd, NULL);
	if (judge('t', call, path, NULL, 0) == FAILED)
		return -1;
	if (k.mode != RECORD || !is_below(path))
		return (int)syscall(SYS_ftruncate, fd, len);
	lock();
	rc = (int)syscall(SYS_ftruncate, fd, len);
	saved = errno;
	if (rc == 0)
		put_log('t', "truncate", len, NULL, 0, path, NULL);
	unlock();
	errno = saved;
	return rc;
}

int
ftruncate(int fd, off_t len)
{
	return size_it("ftruncate", fd, len);
}

int
ftruncate64(int fd, off64_t len)
{
	return size_it("ftruncate", fd, len);
}

/* A pack may be written through memory; the call that makes room for it. */
static int
room(const char *call, int fd, off_t off, off_t len)
{
	char path[PATH_MAX];

	if (k.mode != OFF) {
		full_path(path, fd, NULL);
		if (judge('t', call, path, NULL, 0) == FAILED)
			return errno;
		if (k.mode == RECORD && is_below(path)) {
			struct stat st;

			if (fstat(fd, &st) == 0 && st.st_size < off + len)
				put_log('t', "truncate", off + len, NULL, 0,
				    path, NULL);
		}
	}
	return syscall(SYS_fallocate, fd, 0, off, len) == 0 ? 0 : errno;
}

int
posix_fallocate(int fd, off_t off, off_t len)
{
	return room("posix_fallocate", fd, off, len);
}

int
posix_fallocate64(int fd, off64_t off, off64_t len)
{
	return room("posix_fallocate", fd, off, len);
}

int
fallocate(int fd, int mode, off_t off, off_t len)
{
	(void)mode;
	if ((errno = room("fallocate", fd, off, len)) != 0)
		return -1;
	return 0;
}

static void
write_map(const struct map *m)
{
	lock();
	put_log('w', "mmap", m->off, m->at, m->len, m->path, NULL);
	unlock();
}

static void *
map_it(void *addr, size_t len, int prot, int flags, int fd, off_t off)
{
	void *at = (void *)syscall(SYS_mmap, addr, len, prot, flags, fd, off);
	char path[PATH_MAX];
	size_t i;

	if (k.mode != RECORD || at == MAP_FAILED || fd < 0 ||
	    !(flags & MAP_SHARED) || !(prot & PROT_WRITE))
		return at;
	full_path(path, fd, NULL);
	/* SQLite makes its -shm anew. */
	if (!is_below(path) || strstr(path, "-shm") != NULL)
		return at;
	for (i = 0; i < MAPS; i++)
		if (maps[i].at == NULL) {
			maps[i].at = at;
			maps[i].len = len;
			maps[i].off = off;
			memcpy(maps[i].path, path, sizeof(path));
			return at;
		}
	abort();
}

void *
mmap(void *addr, size_t len, int prot, int flags, int fd, off_t off)
{
	return map_it(addr, len, prot, flags, fd, off);
}

void *
mmap64(void *addr, size_t len, int prot, int flags, int fd, off64_t off)
{
	return map_it(addr, len, prot, flags, fd, off);
}

int
munmap(void *addr, size_t len)
{
	size_t i;

	for (i = 0; k.mode == RECORD && i < MAPS; i++)
		if (maps[i].at == addr && addr != NULL) {
			write_map(&maps[i]);
			maps[i].at = NULL;
		}
	return (int)syscall(SYS_munmap, addr, len);
}

int
msync(void *addr, size_t len, int flags)
{
	size_t i;

	for (i = 0; k.mode == RECORD && i < MAPS; i++)
		if (maps[i].at == addr && addr != NULL) {
			write_map(&maps[i]);
			put_log('s', "fsync", 0, NULL, 0, maps[i].path, NULL);
		}
	return (int)syscall(SYS_msync, addr, len, flags);
}
