/* disk - the disk that a folder lies on. */
#define _GNU_SOURCE /* syncfs, O_TMPFILE */
#include "base/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define TRIED ((size_t)64 * 1024) /* bytes */

enum tk_status
tk_disk_sync(const char *dir, struct tk_err *err)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum tk_status st = TK_OK;

	if (fd < 0 || syncfs(fd) < 0)
		st = tk_fail_errno(err, "%s", dir);
	if (fd >= 0)
		close(fd);
	return st;
}

enum tk_status
tk_disk_try(const char *dir, struct tk_err *err)
{
	char *data = tk_calloc(1, TRIED);
	enum tk_status st = TK_OK;
	int fd = open(dir, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);

	/* File systems that have no such files are not asked. */
	if (fd < 0 && errno != EOPNOTSUPP && errno != EISDIR &&
	    errno != ENOENT)
		st = tk_fail_errno(err, "%s", dir);
	if (fd >= 0)
		st = tk_fd_write(fd, data, TRIED, dir, err);
	if (fd >= 0 && fsync(fd) < 0 && st == TK_OK)
		st = tk_fail_errno(err, "%s", dir);
	if (fd >= 0)
		close(fd);
	free(data);
	return st;
}
