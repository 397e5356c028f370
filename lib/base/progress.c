/* progress - how far long work has come. */
#include "base/progress.h"

#include <stdio.h>
#include <unistd.h>

#define WIDTH 40 /* columns of the bar */

static int shown = -1; /* percent; -1: there is no bar */

void
tk_progress_show(size_t done, size_t total)
{
	int percent = total > 0 ? (int)(done * 100 / total) : 100;
	int i, full = percent * WIDTH / 100;

	if (percent == shown || !isatty(STDERR_FILENO))
		return;
	shown = percent;
	fputs("\r[", stderr);
	for (i = 0; i < WIDTH; i++)
		fputc(i < full ? '#' : '.', stderr);
	fprintf(stderr, "] %3d%% %zu/%zu", percent, done, total);
}

void
tk_progress_clear(void)
{
	if (shown >= 0)
		fputs("\r\033[K", stderr);
	shown = -1;
}
