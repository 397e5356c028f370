/* gitindex-tree - which trees the index is known to be equal to. */
#include <stdlib.h>
#include <string.h>

#include "store/gitindex.h"

struct trees {
	const unsigned char *p, *end;
	const struct tk_gi_entry *v;
	size_t n;
	struct tk_str path; /* "a/b/", "" for the top */
	struct tk_str *out;
};

/* Is any of the paths below? */
static bool
is_touched(const struct trees *t)
{
	size_t lo = 0, hi = t->n, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (strcmp(t->v[mid].path, t->path.data) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->n && tk_starts(t->v[lo].path, t->path.data);
}

/* NAME NUL COUNT SUBTREES LF [ID], then the subtrees. Depth is that of
 * folders. */
static bool
one(struct trees *t, unsigned depth)
{
	const unsigned char *name = t->p, *nul, *nl;
	size_t len = t->path.len;
	long count, subtrees;
	char *end;
	bool good = true;

	nul = memchr(t->p, '\0', (size_t)(t->end - t->p));
	nl = nul != NULL ? memchr(nul, '\n', (size_t)(t->end - nul)) : NULL;
	if (nl == NULL || depth > 64)
		return false;
	count = strtol((const char *)nul + 1, &end, 10);
	subtrees = strtol(end, &end, 10);
	if ((const unsigned char *)end != nl || subtrees < 0)
		return false;
	if (nul > name) {
		tk_str_add(&t->path, (const char *)name);
		tk_str_add_char(&t->path, '/');
	}
	t->p = nl + 1;
	if (count >= 0 && t->end - t->p < GIT_OID_RAWSZ)
		return false;
	if (count >= 0)
		t->p += GIT_OID_RAWSZ;
	if (count < 0 || !is_touched(t)) {
		tk_str_add_data(t->out, name, (size_t)(t->p - name));
	} else {
		tk_str_add_data(t->out, name, (size_t)(nul - name) + 1);
		tk_str_addf(t->out, "-1 %ld\n", subtrees);
	}
	while (good && subtrees-- > 0)
		good = one(t, depth + 1);
	tk_str_cut(&t->path, len);
	return good;
}

bool
tk_gi_tree(struct tk_str *out, const unsigned char *data, size_t len,
    const struct tk_gi_entry *v, size_t n)
{
	struct trees t = { data, data + len, v, n, TK_STR_INIT, out };
	bool good = one(&t, 0) && t.p == t.end;

	tk_str_clear(&t.path);
	return good;
}
