/*
 * mime_unpack - a winmail.dat gives way to what is in it.
 *
 * One that cannot be read stays the file it is.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "mail/filename.h"
#include "mail/mime.h"
#include "mail/tnef.h"
#include "mail/words.h"

static bool
is_tnef(const struct tk_leaf *leaf)
{
	struct tk_str name = TK_STR_INIT;
	bool is = strcmp(leaf->type, "application/ms-tnef") == 0 ||
	    strcmp(leaf->type, "application/vnd.ms-tnef") == 0;

	if (!is && !tk_starts(leaf->type, "text/")) {
		if (!tk_params_get(&name, leaf->disposition, "filename", NULL))
			(void)tk_params_get(&name, leaf->content, "name", NULL);
		is = tk_strcaseeq(name.data, "winmail.dat");
	}
	tk_str_clear(&name);
	return is && leaf->object != NULL && !leaf->message;
}

/* Does any part of the letter say something as it is? */
static bool
has_text(const struct tk_mime *m)
{
	struct tk_str s = TK_STR_INIT;
	bool has = false;
	size_t i, k;

	for (i = 0; i < m->n && !has; i++) {
		if (strcmp(m->v[i].type, "text/plain") != 0 &&
		    strcmp(m->v[i].type, "text/html") != 0)
			continue;
		tk_str_reset(&s);
		tk_mime_data(&s, m, i);
		for (k = 0; k < s.len && !has; k++)
			has = (unsigned char)s.data[k] > ' ';
	}
	tk_str_clear(&s);
	return has;
}

static struct tk_leaf *
insert(struct tk_mime *m, size_t at)
{
	struct tk_leaf *leaf;

	TK_GROW(m->v, m->n, m->cap);
	memmove(m->v + at + 1, m->v + at, (m->n - at) * sizeof(*m->v));
	m->n++;
	leaf = &m->v[at];
	memset(leaf, 0, sizeof(*leaf));
	tk_str_init(&leaf->bytes);
	leaf->alternative = -1;
	return leaf;
}

static char *
type_of(const struct tk_tnef_file *f)
{
	struct tk_str type = TK_STR_INIT;

	tk_params_first(&type, f->type);
	if (strchr(type.data, '/') == NULL ||
	    tk_starts(type.data, "multipart")) {
		tk_str_set(&type,
		    tk_filename_type(f->name, f->data.data, f->data.len));
	}
	return tk_str_detach(&type);
}

static void
put_file(struct tk_leaf *leaf, struct tk_tnef_file *f)
{
	leaf->type = type_of(f);
	leaf->content = tk_strdup("");
	leaf->disposition = tk_strdup("attachment");
	leaf->cid = f->cid;
	leaf->name = f->name;
	leaf->bytes = f->data;
	f->cid = f->name = NULL;
	tk_str_init(&f->data);
}

static void
put_text(struct tk_leaf *leaf, struct tk_tnef *t)
{
	leaf->type = tk_strdup(t->html ? "text/html" : "text/plain");
	leaf->content =
	    tk_strf("text/%s; charset=utf-8", t->html ? "html" : "plain");
	leaf->disposition = tk_strdup("");
	leaf->cid = tk_strdup("");
	leaf->bytes = t->text;
	tk_str_init(&t->text);
}

/* The leaf at i gives way; the number of those that came for it. */
static size_t
unpack(struct tk_mime *m, size_t i)
{
	struct tk_str data = TK_STR_INIT;
	bool wants_text;
	struct tk_tnef t;
	size_t k, n = 0;

	tk_mime_data(&data, m, i);
	if (!tk_tnef_read(&t, data.data, data.len)) {
		tk_str_clear(&data);
		return 1;
	}
	tk_str_clear(&data);
	wants_text = t.text.len > 0 && !has_text(m);
	/* nothing that would be shown: better the file than nothing */
	if (t.n == 0 && !wants_text && m->n == 1) {
		tk_tnef_clear(&t);
		return 1;
	}
	tk_leaf_clear(&m->v[i]);
	memmove(m->v + i, m->v + i + 1, (m->n - i - 1) * sizeof(*m->v));
	m->n--;
	if (wants_text)
		put_text(insert(m, i + n++), &t);
	for (k = 0; k < t.n; k++)
		put_file(insert(m, i + n++), &t.file[k]);
	tk_tnef_clear(&t);
	return n;
}

void
tk_mime_unpack(struct tk_mime *m)
{
	size_t i = 0;

	while (i < m->n && m->n < TK_MIME_PARTS)
		i += is_tnef(&m->v[i]) ? unpack(m, i) : 1;
}
