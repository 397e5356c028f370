/* backup-left - what a tk backup that was killed has left at its place. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/backup-parts.h"
#include "base/file.h"
#include "base/mem.h"

/* 0002.tar.zst.1795358310.M987... and what git makes of it. */
static bool
is_left(const char *name, const char *archive)
{
	const char *end;

	if (archive != NULL && !tk_starts(name, archive))
		return false;
	end = archive != NULL ? name + strlen(archive)
			      : strstr(name, TK_BACKUP_END ".");
	if (end != NULL && archive == NULL)
		end += strlen(TK_BACKUP_END);
	return end != NULL && end[0] == '.' && isdigit((unsigned char)end[1]) &&
	    (archive != NULL || isdigit((unsigned char)name[0]));
}

void
tk_backup_sweep(const char *to)
{
	bool is_file = tk_backup_is_file(to);
	const char *slash = is_file ? strrchr(to, '/') : NULL;
	char *dir = !is_file	? tk_strdup(to)
	    : slash == NULL	? tk_strdup(".")
				: tk_strndup(to, (size_t)(slash + 1 - to));
	char *sums = tk_strf("%s/%s", dir, TK_BACKUP_SUMS), *path;
	const char *archive = slash != NULL ? slash + 1 : to;
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err none = TK_ERR_INIT;
	size_t i;

	if (tk_dir_list(&names, dir, &none) != TK_OK)
		tk_strv_clear(&names);
	for (i = 0; i < names.n; i++) {
		path = tk_strf("%s/%s", dir, names.v[i]);
		if (is_left(names.v[i], is_file ? archive : NULL))
			unlink(path);
		free(path);
	}
	if (!is_file)
		tk_file_sweep(sums);
	tk_strv_clear(&names);
	free(sums);
	free(dir);
}
