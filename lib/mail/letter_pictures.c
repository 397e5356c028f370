/* letter_pictures - pictures that stand in the text. */
#include "mail/letter_pictures.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define MARKS_MAX 500
#define SMALL ((size_t)10 * 1024) /* bytes; a logo, a line, a smile */

/* The same in every locale: it is kept in files. */
static void
add_mark(struct tk_str *out, const struct tk_letter *l, size_t i)
{
	const struct tk_part *p = &l->parts[i];

	tk_str_addf(out, "[image %zu: %s ", i + 1, p->name);
	if (p->size < 1024)
		tk_str_addf(out, "%zu B]", p->size);
	else
		tk_str_addf(out, "%zu KB]", (p->size + 512) / 1024);
}

/* The part of that id, or n_parts. */
static size_t
find(const struct tk_letter *l, const char *cid, size_t len)
{
	size_t i;

	for (i = 0; i < l->n_parts; i++)
		if (l->parts[i].is_inline && strlen(l->parts[i].cid) == len &&
		    strncasecmp(l->parts[i].cid, cid, len) == 0)
			break;
	return i;
}

static void
replace(struct tk_str *text, const struct tk_letter *l, bool *seen)
{
	static const char begin[] = "[cid:";
	struct tk_str out = TK_STR_INIT;
	const char *p = text->data, *at, *end;
	size_t i, n = 0;

	if (strstr(p, begin) == NULL)
		return;
	while ((at = strstr(p, begin)) != NULL && n++ < MARKS_MAX) {
		end = at + strcspn(at, "] \t\n");
		i = *end == ']' ? find(l, at + sizeof(begin) - 1,
				      (size_t)(end - at) - sizeof(begin) + 1)
				: l->n_parts;
		tk_str_add_data(&out, p, (size_t)(at - p));
		if (i < l->n_parts) {
			add_mark(&out, l, i);
			seen[i] = true;
			p = end + 1;
		} else {
			tk_str_add(&out, begin);
			p = at + sizeof(begin) - 1;
		}
	}
	tk_str_add(&out, p);
	tk_str_clear(text);
	*text = out;
}

void
tk_letter_pictures(struct tk_letter *l)
{
	bool *seen;
	bool first = true;
	size_t i;

	if (l->n_parts == 0)
		return;
	seen = tk_calloc(l->n_parts, sizeof(*seen));
	replace(&l->text, l, seen);
	replace(&l->quoted, l, seen);
	for (i = 0; i < l->n_parts; i++) {
		if (!l->parts[i].is_inline || seen[i] ||
		    l->parts[i].size < SMALL ||
		    strstr(l->text.data, l->parts[i].name) != NULL)
			continue;
		if (l->text.len > 0)
			tk_str_add(&l->text, first ? "\n\n" : "\n");
		add_mark(&l->text, l, i);
		first = false;
	}
	free(seen);
}
