/* bulk-memory - packs pass through memory without filling it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "store/bulk.h"

#define MAPPED (32 * 1024 * 1024) /* bytes of packs in memory */
#define FORGET (48 * 1024 * 1024) /* bytes of files in memory */
#define CACHED (8 * 1024 * 1024)  /* bytes of objects */

/*
 * A window that is open already stays, so this is said before the first look
 * into a pack. Objects are not hashed once more: what is damaged does not
 * unpack or is no YAML, and tk fsck tells.
 */
void
tk_bulk_spare(bool spare)
{
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, !spare);
	if (!spare)
		return;
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)MAPPED / 16);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)MAPPED);
	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)CACHED);
}

/* Bytes of files in our memory; 0: the system does not tell. */
static size_t
mapped(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	char line[200], *at = line;
	unsigned long pages = 0;
	int i;

	if (f == NULL)
		return 0;
	/* All pages, those in memory, and of these those of files. */
	if (fgets(line, sizeof(line), f) != NULL)
		for (i = 0; i < 3; i++)
			pages = strtoul(at, &at, 10);
	fclose(f);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/*
 * Packs are mapped whole, and so is the list of objects of each, 28 bytes for
 * each of them, where names are spread over all of it. What was touched need
 * not count as ours until the end: it stays in the system's cache and comes
 * back from there, which costs. Where the system does not tell what is
 * mapped, nothing is done.
 */
void
tk_bulk_forget(void)
{
	FILE *f;
	uintptr_t from, to;
	char line[4400], *end;

	if (mapped() < FORGET || (f = fopen("/proc/self/maps", "re")) == NULL)
		return;
	/* "7f16f3a00000-7f16f4400000 r--s ... /path/pack-5f3a.idx" */
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (!tk_ends(line, ".idx") && !tk_ends(line, ".pack"))
			continue;
		from = strtoul(line, &end, 16);
		to = *end == '-' ? strtoul(end + 1, &end, 16) : 0;
		if (to > from)
			(void)madvise((void *)from, to - from, MADV_DONTNEED);
	}
	fclose(f);
}
