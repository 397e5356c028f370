/* message - one letter, call, chat or note, as people read it. */
#include "model/message.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "yaml/plain.h"

struct field {
	const char *key;
	size_t offset;
};

#define FIELD(key)                                     \
	{                                              \
#key, offsetof(struct tk_message, key) \
	}

/* The text fields in the order of the file; "at", lists and files are
 * written where they belong below. */
static const struct field before[] = { FIELD(kind), FIELD(by) };
static const struct field middle[] = { FIELD(channel), FIELD(from) };
static const struct field after[] = { FIELD(subject), FIELD(message_id) };
static const struct field facts[] = { FIELD(rule), FIELD(class_rule),
	FIELD(charset), FIELD(auth), FIELD(verified), FIELD(whole), FIELD(ack),
	FIELD(signature), FIELD(encrypted), FIELD(bounced), FIELD(sha256),
	FIELD(body_sha256) };
static const struct field texts[] = { FIELD(text), FIELD(quoted) };

static char **
slot(const struct tk_message *m, const struct field *f)
{
	return (char **)(uintptr_t)((const char *)m + f->offset);
}

static void
get_fields(struct tk_message *m, const struct tk_yaml *y, const struct field *f,
    size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		*slot(m, &f[i]) = tk_strdup(tk_yaml_str(y, f[i].key));
}

static void
set_fields(struct tk_yaml *y, const struct tk_message *m, const struct field *f,
    size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (*slot(m, &f[i]) != NULL)
			tk_yaml_set_str(y, f[i].key, *slot(m, &f[i]));
}

static void
free_fields(struct tk_message *m, const struct field *f, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free(*slot(m, &f[i]));
}

struct tk_file_info *
tk_message_add_file(struct tk_message *m)
{
	struct tk_file_info *f;

	TK_GROW(m->file, m->n_files, m->files_cap);
	f = &m->file[m->n_files++];
	memset(f, 0, sizeof(*f));
	return f;
}

/* Its texts are the node's. */
static void
see_file(struct tk_file_info *f, const struct tk_yaml *y, size_t i)
{
	const char *name = tk_yaml_str(y, "name"), *type = tk_yaml_str(y, "type");
	const char *sum = tk_yaml_str(y, "sha256");
	int64_t n = tk_yaml_int(y, "part", 0);

	f->part = n > 0 && n < INT_MAX ? (int)n : (int)i + 1;
	f->name = (char *)(uintptr_t)(name != NULL ? name : "");
	f->type = (char *)(uintptr_t)(
	    type != NULL ? type : "application/octet-stream");
	n = tk_yaml_int(y, "size", 0);
	f->size = n > 0 ? (size_t)n : 0;
	f->sha256 = (char *)(uintptr_t)(sum != NULL ? sum : "");
	f->is_inline = tk_yaml_bool(y, "inline", false);
}

static void
read_files(struct tk_message *m, const struct tk_yaml *list)
{
	struct tk_file_info *f;
	size_t i;

	for (i = 0; list != NULL && i < list->n; i++) {
		f = tk_message_add_file(m);
		see_file(f, list->item[i], i);
		f->name = tk_strdup(f->name);
		f->type = tk_strdup(f->type);
		f->sha256 = tk_strdup(f->sha256);
	}
}

static void
take_files(
    struct tk_message *m, struct tk_pool *pool, const struct tk_yaml *list)
{
	size_t i;

	if (list == NULL || list->n == 0)
		return;
	m->file = tk_pool_get(pool, list->n * sizeof(*m->file));
	memset(m->file, 0, list->n * sizeof(*m->file));
	for (i = 0; i < list->n; i++)
		see_file(&m->file[m->n_files++], list->item[i], i);
}

/* The texts where they lie, of nodes that stay. */
static void
take_fields(struct tk_message *m, const struct tk_yaml *y,
    const struct field *f, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		*slot(m, &f[i]) =
		    (char *)(uintptr_t)tk_yaml_str(y, f[i].key);
}

static void
take_list(struct tk_strv *l, struct tk_pool *pool, const struct tk_yaml *y)
{
	size_t i;

	if (tk_yaml_is_null(y) || y->kind == TK_YAML_MAP)
		return;
	l->v = tk_pool_get(pool, (y->n + 2) * sizeof(*l->v));
	if (y->kind == TK_YAML_SCALAR)
		l->v[l->n++] = y->text;
	for (i = 0; i < y->n; i++)
		if (y->item[i]->kind == TK_YAML_SCALAR)
			l->v[l->n++] = y->item[i]->text;
	l->v[l->n] = NULL;
}

enum tk_status
tk_message_read_in(struct tk_message *m, struct tk_pool *pool, const char *data,
    size_t len, const char *path, struct tk_err *err)
{
	struct tk_yaml *y = NULL;
	const char *at;

	if (len <= TK_YAML_MAX)
		y = tk_yaml_read_plain(pool, data, len);
	at = tk_yaml_str(y, "at");
	memset(m, 0, sizeof(*m));
	take_fields(m, y, before, TK_COUNT(before));
	/* What is wrong is told by the other one. */
	if (m->kind == NULL || m->by == NULL || at == NULL ||
	    !tk_date_parse(&m->at, at))
		return tk_message_read(m, data, len, path, err);
	m->fixed = true;
	take_fields(m, y, middle, TK_COUNT(middle));
	take_fields(m, y, after, TK_COUNT(after));
	take_fields(m, y, facts, TK_COUNT(facts));
	take_fields(m, y, texts, TK_COUNT(texts));
	take_list(&m->to, pool, tk_yaml_get(y, "to"));
	take_list(&m->cc, pool, tk_yaml_get(y, "cc"));
	take_list(&m->references, pool, tk_yaml_get(y, "references"));
	take_files(m, pool, tk_yaml_get(y, "attachments"));
	return TK_OK;
}

enum tk_status
tk_message_read(struct tk_message *m, const char *data, size_t len,
    const char *path, struct tk_err *err)
{
	struct tk_yaml *y;
	enum tk_status st;
	const char *at;

	memset(m, 0, sizeof(*m));
	if ((st = tk_yaml_read(&y, data, len, path, err)) != TK_OK)
		return st;
	get_fields(m, y, before, TK_COUNT(before));
	get_fields(m, y, middle, TK_COUNT(middle));
	get_fields(m, y, after, TK_COUNT(after));
	get_fields(m, y, facts, TK_COUNT(facts));
	get_fields(m, y, texts, TK_COUNT(texts));
	tk_yaml_strv(y, "to", &m->to);
	tk_yaml_strv(y, "cc", &m->cc);
	tk_yaml_strv(y, "references", &m->references);
	read_files(m, tk_yaml_get(y, "attachments"));
	at = tk_yaml_str(y, "at");
	if (m->kind == NULL || m->by == NULL || at == NULL ||
	    !tk_date_parse(&m->at, at))
		st = tk_fail(err, TK_EINPUT,
		    _("%s:1: a message needs \"kind\", \"by\" and \"at\""),
		    path);
	tk_yaml_free(y);
	if (st != TK_OK)
		tk_message_clear(m);
	return st;
}

static struct tk_yaml *
files_node(const struct tk_message *m)
{
	struct tk_yaml *list = tk_yaml_list(), *y;
	size_t i;

	for (i = 0; i < m->n_files; i++) {
		y = tk_yaml_map();
		tk_yaml_set_int(y, "part", m->file[i].part);
		tk_yaml_set_str(y, "name", m->file[i].name);
		tk_yaml_set_str(y, "type", m->file[i].type);
		tk_yaml_set_int(y, "size", (int64_t)m->file[i].size);
		tk_yaml_set_str(y, "sha256", m->file[i].sha256);
		if (m->file[i].is_inline)
			tk_yaml_set_bool(y, "inline", true);
		tk_yaml_add(list, y);
	}
	return list;
}

/* The view of a very long text is cut; the raw letter has it all. */
static void
cut_text(struct tk_yaml *y, const char *key, size_t max)
{
	const char *text = tk_yaml_str(y, key);
	size_t n = text != NULL ? strlen(text) : 0;
	char *cut;

	if (n <= max)
		return;
	cut = tk_strndup(text, tk_utf8_cut(text, n, max));
	tk_yaml_set_str(y, key, cut);
	tk_yaml_set_bool(y, "cut", true);
	free(cut);
}

void
tk_message_write(struct tk_str *out, const struct tk_message *m)
{
	struct tk_yaml *y = tk_yaml_map();
	size_t start = out->len, max = TK_TEXT_MAX;

	set_fields(y, m, before, TK_COUNT(before));
	tk_yaml_set_time(y, "at", m->at);
	set_fields(y, m, middle, TK_COUNT(middle));
	tk_yaml_set_strv(y, "to", &m->to);
	tk_yaml_set_strv(y, "cc", &m->cc);
	set_fields(y, m, after, TK_COUNT(after));
	tk_yaml_set_strv(y, "references", &m->references);
	set_fields(y, m, facts, TK_COUNT(facts));
	if (m->n_files > 0)
		tk_yaml_set(y, "attachments", files_node(m));
	set_fields(y, m, texts, TK_COUNT(texts));
	/* Escapes can make four bytes of one; what is written must stay below
	 * what the reader takes. */
	do {
		tk_str_cut(out, start);
		cut_text(y, "text", max);
		cut_text(y, "quoted", max);
		tk_yaml_write(out, y);
		max /= 2;
	} while (out->len - start > TK_YAML_MAX && max > 0);
	tk_yaml_free(y);
}

void
tk_message_clear(struct tk_message *m)
{
	size_t i;

	if (m->fixed) {
		memset(m, 0, sizeof(*m));
		return;
	}
	free(m->name);
	free_fields(m, before, TK_COUNT(before));
	free_fields(m, middle, TK_COUNT(middle));
	free_fields(m, after, TK_COUNT(after));
	free_fields(m, facts, TK_COUNT(facts));
	free_fields(m, texts, TK_COUNT(texts));
	tk_strv_clear(&m->to);
	tk_strv_clear(&m->cc);
	tk_strv_clear(&m->references);
	for (i = 0; i < m->n_files; i++) {
		free(m->file[i].name);
		free(m->file[i].type);
		free(m->file[i].sha256);
	}
	free(m->file);
	memset(m, 0, sizeof(*m));
}

const char *
tk_message_charset(const struct tk_message *m, size_t *len)
{
	static const char mark[] = ", read as ";
	const char *s = m->charset != NULL ? m->charset : "", *p;

	if ((p = strstr(s, mark)) != NULL)
		s = p + strlen(mark);
	*len = strcspn(s, ",");
	return s;
}

bool
tk_message_is_outgoing(const struct tk_message *m)
{
	return m->kind != NULL && m->message_id != NULL && m->to.n > 0 &&
	    (strcmp(m->kind, "reply") == 0 ||
		(strcmp(m->kind, "auto") == 0 && tk_streq(m->by, "tk")));
}

void
tk_message_set_name(struct tk_message *m, const char *content_sha256)
{
	struct tk_str s = TK_STR_INIT;

	tk_date_stamp(&s, m->at);
	tk_str_addf(&s, "-%.8s", content_sha256);
	free(m->name);
	m->name = tk_str_detach(&s);
}
