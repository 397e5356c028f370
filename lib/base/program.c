/* program - the programs tk-X that make up tk. */
#include "base/program.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/proc.h"

#define NAME_LEN 40 /* bytes of X */
#define NEAR 2      /* letters that may differ */

bool
tk_program_is_name(const char *x)
{
	size_t n;

	for (n = 0; x[n] != '\0'; n++)
		if (!isalnum((unsigned char)x[n]) && x[n] != '_' &&
		    (x[n] != '-' || n == 0))
			return false;
	return n > 0 && n <= NAME_LEN;
}

static bool
is_program(const char *path)
{
	struct stat sb;

	return stat(path, &sb) == 0 && S_ISREG(sb.st_mode) &&
	    access(path, X_OK) == 0;
}

/* Folders in the order of looking. An empty one in PATH, the working folder,
 * is left out: what lies there is anybody's. */
static void
folders(struct tk_strv *out)
{
	const char *path = getenv("PATH"), *end;
	size_t n;

	tk_strv_add(out, tk_bindir());
	tk_strv_add_own(out, tk_strf("%s/../libexec/tk", tk_bindir()));
	for (; path != NULL; path = *end != '\0' ? end + 1 : NULL) {
		n = strcspn(path, ":");
		end = path + n;
		if (n > 0)
			tk_strv_add_own(out, tk_strndup(path, n));
	}
}

char *
tk_program_path(const char *x)
{
	struct tk_strv dirs = TK_STRV_INIT;
	char *path = NULL;
	size_t i;

	if (!tk_program_is_name(x))
		return NULL;
	folders(&dirs);
	for (i = 0; i < dirs.n && path == NULL; i++) {
		path = tk_strf("%s/tk-%s", dirs.v[i], x);
		if (!is_program(path)) {
			free(path);
			path = NULL;
		}
	}
	tk_strv_clear(&dirs);
	return path;
}

static void
list_folder(struct tk_strv *names, const char *dir)
{
	struct tk_strv all = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	char *path;
	size_t i;

	if (tk_dir_list(&all, dir, &ignored) != TK_OK)
		tk_strv_clear(&all);
	for (i = 0; i < all.n; i++) {
		if (!tk_starts(all.v[i], "tk-") ||
		    !tk_program_is_name(all.v[i] + 3) ||
		    tk_strv_has(names, all.v[i] + 3))
			continue;
		path = tk_strf("%s/%s", dir, all.v[i]);
		if (is_program(path))
			tk_strv_add(names, all.v[i] + 3);
		free(path);
	}
	tk_strv_clear(&all);
}

void
tk_program_list(struct tk_strv *names)
{
	struct tk_strv dirs = TK_STRV_INIT;
	size_t i;

	folders(&dirs);
	for (i = 0; i < dirs.n; i++)
		list_folder(names, dirs.v[i]);
	tk_strv_clear(&dirs);
	tk_strv_sort(names);
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to change, add, take away or swap (Damerau). Both are names. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[3][NAME_LEN + 1], *now = row[0], *was = row[1];
	size_t *before = row[2], *spare, i, k;

	for (k = 0; k == 0 || b[k - 1] != '\0'; k++)
		now[k] = k;
	for (i = 0; a[i] != '\0'; i++) {
		spare = before;
		before = was;
		was = now;
		now = spare;
		now[0] = i + 1;
		for (k = 0; b[k] != '\0'; k++) {
			now[k + 1] = least(least(was[k + 1], now[k]) + 1,
			    was[k] + (a[i] != b[k]));
			if (i > 0 && k > 0 && a[i] == b[k - 1] &&
			    a[i - 1] == b[k])
				now[k + 1] =
				    least(now[k + 1], before[k - 1] + 1);
		}
	}
	return now[strlen(b)];
}

void
tk_program_near(
    struct tk_strv *near, const struct tk_strv *names, const char *x)
{
	size_t far, i;

	if (!tk_program_is_name(x))
		return;
	/* "rep" is reply or report. */
	for (i = 0; i < names->n && strlen(x) > 1; i++)
		if (tk_starts(names->v[i], x))
			tk_strv_add(near, names->v[i]);
	for (far = 1; far <= NEAR && far * 2 <= strlen(x); far++)
		for (i = 0; i < names->n; i++)
			if (distance(x, names->v[i]) == far &&
			    !tk_strv_has(near, names->v[i]))
				tk_strv_add(near, names->v[i]);
}

char *
tk_program_summary(const char *x)
{
	char *path = tk_program_path(x), *line, *end;
	const char *argv[] = { path, "-h", NULL };
	struct tk_str out = TK_STR_INIT, errors = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	char *summary = NULL;
	int code = 1;

	if (path != NULL &&
	    tk_proc_run(&code,
		&(struct tk_proc){
		    .argv = argv, .in = "", .out = &out, .errors = &errors },
		&ignored) == TK_OK &&
	    code == 0 && (line = strchr(out.data, '\n')) != NULL &&
	    (end = strchr(line + 1, '\n')) != NULL && end > line + 1)
		summary = tk_strndup(line + 1, (size_t)(end - line - 1));
	tk_str_clear(&out);
	tk_str_clear(&errors);
	free(path);
	return summary;
}
