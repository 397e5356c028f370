/* sparse - which part of the desk a clone has in its work tree. */
#include "store/sparse.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

#define PATTERNS_MAX ((size_t)4 << 20) /* bytes */

/* git sparse-checkout writes to config.worktree, which libgit2 does not read
 * by itself. */
static git_config *
settings(const struct tk_store *s)
{
	char *path = tk_strf("%sconfig.worktree", tk_store_gitdir(s));
	git_config *cfg = NULL;

	if (!tk_file_exists(path) || git_config_open_ondisk(&cfg, path) < 0)
		cfg = NULL;
	free(path);
	return cfg;
}

static bool
is_on(struct tk_store *s, git_config *own, const char *key, bool def)
{
	char *text;
	int is;

	if (own != NULL && git_config_get_bool(&is, own, key) == 0)
		return is != 0;
	text = tk_store_config(s, key);
	is = text != NULL ? strcmp(text, "true") == 0 : def;
	free(text);
	return is != 0;
}

bool
tk_sparse_is_on(struct tk_store *s)
{
	git_config *own = settings(s);
	bool is = is_on(s, own, "core.sparsecheckout", false);

	git_config_free(own);
	return is;
}

/* "/a/b/" takes all that is below; "!/a/b/<star>/" behind it: only files. */
static void
add_line(struct tk_sparse *sp, const char *line)
{
	size_t i, n = strlen(line);
	char *dir;

	if (line[0] == '/' && n > 2 && line[n - 1] == '/') {
		tk_strv_add(&sp->all, line + 1);
	} else if (line[0] == '!' && line[1] == '/' && tk_ends(line, "/*/") &&
	    n > 5) {
		dir = tk_strndup(line + 2, n - 4);
		for (i = 0; i < sp->all.n; i++)
			if (strcmp(sp->all.v[i], dir) == 0)
				sp->all.v[i][0] = '\0';
		tk_strv_add(&sp->parent, dir);
		free(dir);
	}
}

void
tk_sparse_read(struct tk_sparse *sp, struct tk_store *s)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	git_config *own = settings(s);
	char *path, *line, *nl;
	bool is = is_on(s, own, "core.sparsecheckout", false) &&
	    is_on(s, own, "core.sparsecheckoutcone", true);

	git_config_free(own);
	memset(sp, 0, sizeof(*sp));
	if (!is)
		return;
	path = tk_strf("%sinfo/sparse-checkout", tk_store_gitdir(s));
	if (tk_file_read(&text, path, PATTERNS_MAX, &ignored) == TK_OK) {
		sp->is = true;
		for (line = text.data; (nl = strchr(line, '\n')) != NULL;
		     line = nl + 1) {
			*nl = '\0';
			add_line(sp, line);
		}
	}
	tk_str_clear(&text);
	free(path);
}

bool
tk_sparse_has(const struct tk_sparse *sp, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t i, n = slash != NULL ? (size_t)(slash - path) + 1 : 0;

	if (!sp->is || n == 0)
		return true;
	for (i = 0; i < sp->all.n; i++)
		if (sp->all.v[i][0] != '\0' && tk_starts(path, sp->all.v[i]))
			return true;
	for (i = 0; i < sp->parent.n; i++)
		if (strlen(sp->parent.v[i]) == n &&
		    strncmp(path, sp->parent.v[i], n) == 0)
			return true;
	return false;
}

bool
tk_sparse_index(struct tk_store *s)
{
	git_config *own = settings(s);
	bool is = is_on(s, own, "core.sparsecheckout", false) &&
	    is_on(s, own, "index.sparse", false);

	git_config_free(own);
	return is;
}

void
tk_sparse_clear(struct tk_sparse *sp)
{
	tk_strv_clear(&sp->all);
	tk_strv_clear(&sp->parent);
}
