/* regdiff-files - the files of two regulations side by side; prose. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/regdiff-parts.h"

#define PROCESSES "regulation/processes/"
#define MOST ((size_t)16 * 1000 * 1000) /* pairs of lines looked at */

static const struct {
	const char *path;
	int position;
} files[] = {
	{ "regulation/regulation.yaml", 1 }, { PROCESSES, 2 },
	{ "regulation/sla.yaml", 5 }, { "regulation/calendar.yaml", 5 },
	{ "regulation/works.yaml", 5 }, { "regulation/relations.yaml", 6 },
	{ "regulation/queues.yaml", 7 }, { "regulation/roles.yaml", 8 },
	{ "regulation/handling.yaml", 9 },
	{ "regulation/", 0 }, /* whatever else is there */
};

static size_t
place_of(const char *path)
{
	size_t i;

	for (i = 0; i + 1 < TK_COUNT(files); i++)
		if (strcmp(path, files[i].path) == 0 ||
		    (tk_ends(files[i].path, "/") &&
			tk_starts(path, files[i].path)))
			break;
	return i;
}

static void
split(struct tk_strv *lines, const char *text)
{
	size_t n;

	while (*text != '\0') {
		n = strcspn(text, "\n");
		tk_strv_add_own(lines, tk_strndup(text, n));
		text += n + (text[n] == '\n');
	}
}

/* The longest common subsequence, one row at a time. */
static size_t
common(char *const *a, size_t n, char *const *b, size_t m)
{
	size_t *row = tk_calloc(m + 1, sizeof(*row)), i, k, up, diagonal, best;

	for (i = 0; i < n; i++)
		for (k = diagonal = 0; k < m; k++) {
			up = row[k + 1];
			best = up > row[k] ? up : row[k];
			if (strcmp(a[i], b[k]) == 0)
				best = diagonal + 1;
			row[k + 1] = best;
			diagonal = up;
		}
	best = row[m];
	free(row);
	return best;
}

size_t
tk_regdiff_lines(const char *a, const char *b)
{
	struct tk_strv x = TK_STRV_INIT, y = TK_STRV_INIT;
	size_t from = 0, n, m, most;

	split(&x, a);
	split(&y, b);
	n = x.n;
	m = y.n;
	while (from < n && from < m && strcmp(x.v[from], y.v[from]) == 0)
		from++;
	while (n > from && m > from && strcmp(x.v[n - 1], y.v[m - 1]) == 0) {
		n--;
		m--;
	}
	n -= from;
	m -= from;
	most = n > m ? n : m;
	if (n > 0 && m > 0 && n <= MOST / m)
		most -= common(x.v + from, n, y.v + from, m);
	tk_strv_clear(&x);
	tk_strv_clear(&y);
	return most;
}

/* "process incident" for its file, "" for the others; free(3). */
static char *
label_of(const struct tk_regfile *f)
{
	const char *id = tk_yaml_str(f->root, "id");

	if (!tk_starts(f->path, PROCESSES))
		return tk_strdup("");
	return tk_strf(
	    _("process %s"), id != NULL ? id : f->path + strlen(PROCESSES));
}

static const struct tk_regfile *
find(const struct tk_regfiles *f, const char *path)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (strcmp(f->v[i].path, path) == 0)
			return &f->v[i];
	return NULL;
}

static void
only_one(struct tk_regdiff *d, const struct tk_regfile *f, bool is_new)
{
	char *label = label_of(f);
	const char *what = label[0] != '\0' ? label : f->path;

	if (is_new)
		tk_regdiff_say(d, "", _("new: %s"), what);
	else
		tk_regdiff_say(d, "", _("gone: %s"), what);
	free(label);
}

void
tk_regdiff(struct tk_strv *lines, const struct tk_regfiles *a,
    const struct tk_regfiles *b)
{
	struct tk_regdiff d = { lines, 0 };
	const struct tk_regfile *other;
	size_t i, k;
	char *label;

	for (k = 0; k < TK_COUNT(files); k++) {
		d.position = files[k].position;
		for (i = 0; i < a->n; i++) {
			if (place_of(a->v[i].path) != k)
				continue;
			other = find(b, a->v[i].path);
			if (other == NULL) {
				only_one(&d, &a->v[i], false);
				continue;
			}
			label = label_of(&a->v[i]);
			tk_regdiff_map(
			    &d, label, a->v[i].root, other->root, NULL);
			free(label);
		}
		for (i = 0; i < b->n; i++)
			if (place_of(b->v[i].path) == k &&
			    find(a, b->v[i].path) == NULL)
				only_one(&d, &b->v[i], true);
	}
}

enum tk_status
tk_regdiff_revisions(struct tk_strv *lines, struct tk_store *s,
    const char *from, const char *to, struct tk_err *err)
{
	struct tk_regfiles a = TK_REGFILES_INIT, b = TK_REGFILES_INIT;
	enum tk_status st;

	if ((st = tk_regfiles_open(&a, s, from, err)) == TK_OK &&
	    (st = tk_regfiles_open(&b, s, to, err)) == TK_OK)
		tk_regdiff(lines, &a, &b);
	tk_regfiles_clear(&a);
	tk_regfiles_clear(&b);
	return st;
}
