/* changes - wait until something in a folder changes. */
#include "base/changes.h"

#include <poll.h>
#include <stddef.h>
#include <sys/inotify.h>
#include <unistd.h>

int
tk_changes_open(const char *const *folders)
{
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	for (; fd >= 0 && *folders != NULL; folders++)
		(void)inotify_add_watch(
		    fd, *folders, IN_MOVED_TO | IN_CLOSE_WRITE | IN_CREATE);
	return fd;
}

void
tk_changes_wait(int fd, int milliseconds)
{
	struct pollfd p = { fd, POLLIN, 0 };
	char events[4096];

	if (poll(&p, fd >= 0 ? 1 : 0, milliseconds) > 0)
		while (read(fd, events, sizeof(events)) > 0)
			;
}
