/* quarantine - letters that could not be taken in. */
#include "store/quarantine.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/sha256.h"
#include "store/maildir.h"

enum tk_status
tk_quarantine_put(char **name, const char *dir, const void *data, size_t len,
    const char *why, struct tk_err *err)
{
	char sum[65], *letter, *reason, *line;
	enum tk_status st;

	/* Named by content: a letter that an MTA offers again and again takes
	 * one place. */
	tk_sha256(sum, data, len);
	*name = tk_strf("%.32s", sum);
	letter = tk_strf("%s/new/%s", dir, *name);
	reason = tk_strf("%s/new/%s.why", dir, *name);
	line = tk_strf("%s\n", why);
	st = tk_maildir_init(dir, err);
	if (st == TK_OK)
		st = tk_file_write(reason, line, strlen(line), 0600, err);
	if (st == TK_OK)
		st = tk_file_write(letter, data, len, 0600, err);
	if (st != TK_OK) {
		free(*name);
		*name = NULL;
	}
	free(letter);
	free(reason);
	free(line);
	return st;
}
