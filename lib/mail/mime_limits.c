/*
 * mime_limits - count before building.
 *
 * A letter of 64 MiB may be made of ten million empty parts, and each costs
 * GMime some hundred bytes. So boundary lines are counted first; the exact
 * count is made later, on the tree.
 */
#include <ctype.h>
#include <string.h>

#include <glib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "mail/mime.h"

#define BOUNDARY_MAX 200              /* bytes; RFC 2046 allows 70 */
#define LINES_MAX (TK_MIME_PARTS * 4) /* generous: quoted letters count too */
#define FIELDS_MAX 2000000      /* lines that are next to nothing and a colon */
#define FIELD_LONG 100          /* bytes; shorter fields cost nothing */
#define FIELD_BYTES (16u << 20) /* of all fields that GMime takes apart */
#define COST_MAX \
	(90e3 * 90e3)     /* of long fields; GMime's time is their square */
#define DASHES_MAX 200000 /* lines with "--" where a boundary is hidden */

/* The value behind "boundary" at p, or NULL; *odd where it is continued or
 * encoded and cannot be found in the text. */
static char *
value_at(const char *p, const char *end, bool *odd)
{
	const char *from;
	bool quoted;

	while (p < end && isspace((unsigned char)*p))
		p++;
	if (p < end && *p == '*') {
		*odd = true;
		return NULL;
	}
	if (p >= end || *p++ != '=')
		return NULL;
	while (p < end && isspace((unsigned char)*p))
		p++;
	quoted = p < end && *p == '"';
	from = p += quoted;
	while (p < end && p - from < BOUNDARY_MAX && *p != '"' && *p != '\n' &&
	    *p != '\r' && (quoted || (*p != ';' && *p != ' ')))
		p++;
	if (p - from > 1 && from[0] == '=' && from[1] == '?')
		*odd = true;
	while (p > from && isspace((unsigned char)p[-1]))
		p--;
	return p > from ? g_strndup(from, (gsize)(p - from)) : NULL;
}

static GHashTable *
boundaries(const char *raw, size_t len, bool *odd)
{
	GHashTable *set =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char *end = raw + len, *p = raw;
	char *value;

	*odd = false;
	while (p < end && (p = memchr(p, '=', (size_t)(end - p))) != NULL) {
		const char *word = p;

		/* step back over "boundary" and what may follow it */
		while (word > raw && p - word < 16 &&
		    strchr(" \t*0123456789", word[-1]) != NULL &&
		    word[-1] != '\0')
			word--;
		if (word - raw >= 8 &&
		    g_ascii_strncasecmp(word - 8, "boundary", 8) == 0 &&
		    (value = value_at(word, end, odd)) != NULL)
			g_hash_table_add(set, value);
		p++;
	}
	return set;
}

static bool
is_boundary(GHashTable *set, const char *line, size_t len)
{
	char key[BOUNDARY_MAX + 1];

	while (len > 0 && isspace((unsigned char)line[len - 1]))
		len--;
	if (len < 3 || len > BOUNDARY_MAX + 2)
		return false;
	memcpy(key, line + 2, len - 2);
	key[len - 2] = '\0';
	return g_hash_table_contains(set, key);
}

/* The length of the field at p where it is one that GMime takes apart, with
 * its folded lines; else 0. */
static size_t
field_length(const char *p, const char *end)
{
	static const char *const names[] = { "Content-", "From", "To", "Cc",
		"Bcc", "Reply-To", "Sender", "Subject" };
	const char *nl = p;
	size_t i, n;

	for (i = 0; i < TK_COUNT(names); i++) {
		if ((*p | 32) != (*names[i] | 32))
			continue;
		n = strlen(names[i]);
		if ((size_t)(end - p) > n &&
		    g_ascii_strncasecmp(p, names[i], n) == 0 &&
		    (i == 0 || p[n] == ':' || p[n] == ' '))
			break;
	}
	if (i == TK_COUNT(names))
		return 0;
	do {
		nl = memchr(nl, '\n', (size_t)(end - nl));
		nl = nl != NULL ? nl + 1 : end;
	} while (nl < end && (*nl == ' ' || *nl == '\t'));
	return (size_t)(nl - p);
}

enum tk_status
tk_mime_limits(const char *raw, size_t len, struct tk_err *err)
{
	if (len > TK_MIME_SIZE)
		return tk_fail(err, TK_EINPUT,
		    _("the letter is larger than %zu MiB"),
		    TK_MIME_SIZE / 1024 / 1024);
	return tk_mime_counts(raw, len, err);
}

enum tk_status
tk_mime_counts(const char *raw, size_t len, struct tk_err *err)
{
	const char *p = raw, *end = raw + len, *nl;
	size_t lines = 0, dashes = 0, fields = 0, field, bytes = 0;
	double cost = 0;
	GHashTable *set;
	bool odd;

	set = boundaries(raw, len, &odd);
	for (; p < end; p = nl + 1) {
		if ((nl = memchr(p, '\n', (size_t)(end - p))) == NULL)
			nl = end;
		field = field_length(p, end);
		bytes += field;
		if (field >= FIELD_LONG)
			cost += (double)field * (double)field;
		if (nl - p < 16 && memchr(p, ':', (size_t)(nl - p)) != NULL)
			fields++;
		if (nl - p < 3 || p[0] != '-' || p[1] != '-')
			continue;
		dashes++;
		if (is_boundary(set, p, (size_t)(nl - p)))
			lines++;
	}
	g_hash_table_destroy(set);
	if (lines > LINES_MAX || (odd && dashes > DASHES_MAX))
		return tk_fail(err, TK_EINPUT,
		    _("the letter has more than %d parts"), TK_MIME_PARTS);
	if (fields > FIELDS_MAX || cost > COST_MAX || bytes > FIELD_BYTES)
		return tk_fail(err, TK_EINPUT,
		    _("the letter has too many or too long header fields"));
	return TK_OK;
}
