/* letter_parts - the attachments of a letter, out of its parts. */
#include "mail/letter_parts.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/body.h"
#include "mail/filename.h"
#include "mail/words.h"

#define EMPTY_BYTES 2000 /* of text about files that came empty */

static void
given_name(struct tk_str *raw, const struct tk_leaf *leaf, const char *hint)
{
	if (leaf->name != NULL)
		tk_str_add(raw, leaf->name);
	else if (!tk_params_get(raw, leaf->disposition, "filename", hint) ||
	    raw->len == 0)
		(void)tk_params_get(raw, leaf->content, "name", hint);
	if (raw->len == 0 && leaf->name == NULL)
		(void)tk_params_get(raw, leaf->content, "file", hint);
}

static char *
name_of(const struct tk_leaf *leaf, size_t number, const char *hint)
{
	struct tk_str raw = TK_STR_INIT, nfc = TK_STR_INIT;
	struct tk_str name = TK_STR_INIT;

	given_name(&raw, leaf, hint);
	tk_utf8_nfc(&nfc, raw.data, raw.len);
	tk_filename_safe(&name, nfc.data);
	if (name.len == 0)
		tk_filename_invent(&name, number, leaf->type);
	tk_str_clear(&raw);
	tk_str_clear(&nfc);
	return tk_str_detach(&name);
}

/* A file that came empty is no file, but a sender who has lost one should be
 * asked for it. The same in every locale: it is kept in files. */
static void
tell_empty(
    struct tk_str *below, const struct tk_leaf *leaf, const char *hint)
{
	struct tk_str given = TK_STR_INIT;
	char *name = name_of(leaf, 1, hint);

	given_name(&given, leaf, hint);
	if (given.len > 0 && *leaf->cid == '\0' && below->len < EMPTY_BYTES)
		tk_str_addf(below, "%s[empty file: %s]",
		    below->len > 0 ? "\n" : "", name);
	tk_str_clear(&given);
	free(name);
}

void
tk_letter_read_parts(struct tk_letter *l, const struct tk_mime *m,
    const char *hint, struct tk_str *below)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		const struct tk_leaf *leaf = &m->v[i];
		struct tk_part *part;

		if (leaf->empty)
			tell_empty(below, leaf, hint);
		if (!tk_leaf_is_file(leaf))
			continue;
		TK_GROW(l->parts, l->n_parts, l->parts_cap);
		part = &l->parts[l->n_parts++];
		part->name = name_of(leaf, l->n_parts, hint);
		part->type = tk_strdup(leaf->type);
		part->cid = tk_strdup(leaf->cid);
		part->size = tk_mime_sum(part->sha256, m, i);
		part->is_inline =
		    *leaf->cid != '\0' && tk_starts(leaf->type, "image/");
	}
}

enum tk_status
tk_letter_take_part(struct tk_str *out, const struct tk_mime *m, size_t n,
    struct tk_err *err)
{
	size_t i, left = n;

	for (i = 0; i < m->n; i++)
		if (tk_leaf_is_file(&m->v[i]) && left-- == 0)
			break;
	if (i == m->n)
		return tk_fail(err, TK_ENOENT,
		    _("the letter has no attachment number %zu"), n + 1);
	tk_mime_data(out, m, i);
	return TK_OK;
}
