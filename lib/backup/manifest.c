/* manifest - what a backup says is in it. */
#include <stdlib.h>
#include <string.h>

#include "backup/backup-parts.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"

#define FIRST "tk-backup 1"

void
tk_manifest_clear(struct tk_manifest *m)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		free(m->file[i].path);
	free(m->file);
	free(m->made);
	free(m->desk);
	free(m->head);
	tk_strv_clear(&m->refs);
	memset(m, 0, sizeof(*m));
}

const struct tk_kept *
tk_manifest_find(const struct tk_manifest *m, const char *path)
{
	size_t lo = 0, hi = m->n, mid;
	int cmp;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		cmp = strcmp(path, m->file[mid].path);
		if (cmp == 0)
			return &m->file[mid];
		if (cmp < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

void
tk_manifest_write(struct tk_str *out, const struct tk_manifest *m)
{
	const struct tk_kept *k;
	char sum[65];
	size_t i;

	tk_str_addf(out, "%s\nnumber %u\nmade %s\ndesk %s\nbare %s\nhead %s\n",
	    FIRST, m->number, m->made, m->desk, m->bare ? "yes" : "no",
	    m->head);
	if (m->previous[0] != '\0')
		tk_str_addf(out, "previous %s\n", m->previous);
	for (i = 0; i < m->refs.n; i++)
		tk_str_addf(out, "ref %s\n", m->refs.v[i]);
	if (m->bundle[0] != '\0')
		tk_str_addf(out, "bundle %s %llu\n", m->bundle,
		    (unsigned long long)m->bundle_size);
	for (i = 0; i < m->n; i++) {
		k = &m->file[i];
		tk_str_addf(out, "file %s %llu %o %lld %u %s\n", k->sha256,
		    (unsigned long long)k->size, k->mode, (long long)k->at,
		    k->number, k->path);
	}
	tk_sha256(sum, out->data, out->len);
	tk_str_addf(out, "sha256 %s\n", sum);
}

static bool
read_sum(char out[65], const char *text)
{
	if (strspn(text, "0123456789abcdef") != 64)
		return false;
	memcpy(out, text, 64);
	out[64] = '\0';
	return true;
}

/* What must not lead out of $GIT_DIR. */
static bool
is_below(const char *path)
{
	return path[0] != '\0' && path[0] != '/' && !tk_starts(path, "../") &&
	    strstr(path, "/../") == NULL && !tk_ends(path, "/..");
}

static bool
read_file(struct tk_manifest *m, const char *text)
{
	unsigned long long n[4] = { 0 }; /* size, mode, time, number */
	static const int base[4] = { 10, 8, 10, 10 };
	struct tk_kept *k;
	const char *p = text + 64;
	char sum[65], *end;
	size_t i;

	if (!read_sum(sum, text))
		return false;
	for (i = 0; i < 4; i++) {
		if (*p++ != ' ')
			return false;
		n[i] = strtoull(p, &end, base[i]);
		if (end == p)
			return false;
		p = end;
	}
	/* In order, each once. */
	if (*p++ != ' ' || !is_below(p) ||
	    (m->n > 0 && strcmp(m->file[m->n - 1].path, p) >= 0))
		return false;
	TK_GROW(m->file, m->n, m->cap);
	k = &m->file[m->n++];
	memcpy(k->sha256, sum, sizeof(sum));
	k->path = tk_strdup(p);
	k->size = n[0];
	k->mode = (unsigned)n[1] & 0777;
	k->at = (int64_t)n[2];
	k->number = (unsigned)n[3];
	return true;
}

static bool
read_line(struct tk_manifest *m, const char *line)
{
	const char *value = strchr(line, ' ');
	size_t n;

	if (value == NULL)
		return false;
	n = (size_t)(value++ - line);
#define IS(word) (n == strlen(word) && memcmp(line, word, n) == 0)
	if (IS("number"))
		return (m->number = (unsigned)strtoul(value, NULL, 10)) > 0;
	if (IS("made"))
		return m->made == NULL && (m->made = tk_strdup(value)) != NULL;
	if (IS("desk"))
		return m->desk == NULL && (m->desk = tk_strdup(value)) != NULL;
	if (IS("head"))
		return m->head == NULL && (m->head = tk_strdup(value)) != NULL;
	if (IS("bare"))
		m->bare = strcmp(value, "yes") == 0;
	else if (IS("previous"))
		return read_sum(m->previous, value);
	else if (IS("ref"))
		tk_strv_add(&m->refs, value);
	else if (IS("bundle"))
		return read_sum(m->bundle, value) && value[64] == ' ' &&
		    (m->bundle_size = strtoull(value + 64, NULL, 10)) > 0;
	else if (IS("file"))
		return read_file(m, value);
	else
		return false;
#undef IS
	return true;
}

/* The last line is right. */
static bool
is_whole(const struct tk_str *text, size_t *end)
{
	static const size_t tail = sizeof("sha256 ") - 1 + 64 + 1;
	char sum[65];

	if (text->len < tail || !tk_starts(text->data, FIRST "\n"))
		return false;
	*end = text->len - tail;
	tk_sha256(sum, text->data, *end);
	return strncmp(text->data + *end, "sha256 ", 7) == 0 &&
	    strncmp(text->data + *end + 7, sum, 64) == 0;
}

enum tk_status
tk_manifest_read(struct tk_manifest *m, const struct tk_str *text,
    const char *name, struct tk_err *err)
{
	const char *p, *nl;
	bool good = true;
	size_t end = 0;
	char *line;

	memset(m, 0, sizeof(*m));
	if (!is_whole(text, &end))
		return tk_fail(err, TK_EINPUT,
		    _("%s: damaged: its list of contents is not whole"), name);
	for (p = strchr(text->data, '\n') + 1; good && p < text->data + end;
	     p = nl + 1) {
		nl = strchr(p, '\n');
		line = tk_strndup(p, (size_t)(nl - p));
		good = read_line(m, line);
		free(line);
	}
	if (good && m->number > 0 && m->head != NULL && m->made != NULL)
		return TK_OK;
	tk_manifest_clear(m);
	return tk_fail(err, TK_EINPUT,
	    _("%s: its list of contents is of another tk"), name);
}
