/* files - attachments read from disk, and the MIME letter that holds them. */
#include <stdlib.h>
#include <string.h>

#include "act/letter.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "desk/letter-message.h"
#include "mail/compose.h"
#include "mail/header.h"
#include "mail/letter.h"

#define FILE_MAX ((size_t)48 * 1024 * 1024) /* bytes; base64 adds a third */

enum tk_status
tk_attachments_read(struct tk_attachments *out, const struct tk_strv *paths,
    struct tk_err *err)
{
	struct tk_attachment *a;
	enum tk_status st = TK_OK;
	const char *slash;
	size_t i;

	/* Over ssh a path would be one of the gate's own files. */
	if (paths->n > 0 && tk_main_is_remote())
		return tk_fail(err, TK_EDENIED,
		    _("--attach: not over ssh; work in a clone for that"));
	for (i = 0; st == TK_OK && i < paths->n; i++) {
		out->v = tk_more(out->v, out->n, &out->cap, sizeof(*out->v));
		a = &out->v[out->n++];
		tk_str_init(&a->data);
		slash = strrchr(paths->v[i], '/');
		a->name = tk_strdup(slash != NULL ? slash + 1 : paths->v[i]);
		if (tk_is_dir(paths->v[i]))
			st = tk_fail(err, TK_EINPUT, _("%s: a folder"),
			    paths->v[i]);
		else if ((st = tk_file_read(
			      &a->data, paths->v[i], FILE_MAX, err)) != TK_OK)
			st = tk_wrap(err, TK_EINPUT, "--attach");
		else if (!tk_utf8_valid(a->name, strlen(a->name)))
			st = tk_fail(err, TK_EINPUT,
			    _("%s: the name is not UTF-8"), paths->v[i]);
	}
	return st;
}

void
tk_attachments_clear(struct tk_attachments *a)
{
	size_t i;

	for (i = 0; i < a->n; i++) {
		free(a->v[i].name);
		tk_str_clear(&a->v[i].data);
	}
	free(a->v);
	memset(a, 0, sizeof(*a));
}

/* As the letter names them: a domain of other letters than ASCII is written
 * there in the form that mail programs can be handed (RFC 3490). */
static void
take_addresses(struct tk_strv *to, const struct tk_addresses *from)
{
	size_t i;

	if (from->n > 0)
		tk_strv_clear(to);
	for (i = 0; i < from->n; i++)
		tk_strv_add_own(to, tk_address_text(&from->v[i]));
}

/* "a@b.example", which no mail program would write in another way. */
static bool
are_plain(const struct tk_strv *people)
{
	const char *p;
	size_t i;

	for (i = 0; i < people->n; i++)
		for (p = people->v[i]; *p != '\0'; p++)
			if (strchr("abcdefghijklmnopqrstuvwxyz0123456789.-_@",
				*p) == NULL)
				return false;
	return true;
}

/* Of a letter without files, to plain addresses, there is nothing to read but
 * the sum of its body; acknowledgements are such. */
static bool
take_sum(struct tk_message *m, const struct tk_str *raw)
{
	struct tk_headers h = TK_HEADERS_INIT;
	size_t body;

	if (!are_plain(&m->to) || !are_plain(&m->cc))
		return false;
	body = tk_headers_parse(&h, raw->data, raw->len);
	tk_headers_clear(&h);
	m->body_sha256 = tk_realloc(m->body_sha256, 65, 1);
	tk_sha256(m->body_sha256, raw->data + body, raw->len - body);
	return true;
}

/* What the letter really holds is read back from it: names and types in the
 * message file are then those that tk attach will find. */
enum tk_status
tk_files_from_letter(struct tk_message *m, const struct tk_str *raw,
    bool has_files, struct tk_err *err)
{
	struct tk_letter letter;
	struct tk_file_info *f;
	enum tk_status st;
	size_t i;

	if (!has_files && take_sum(m, raw))
		return TK_OK;
	if ((st = tk_letter_read(&letter, raw->data, raw->len, err)) != TK_OK)
		return st;
	for (i = 0; i < letter.n_parts; i++) {
		f = tk_message_add_file(m);
		f->part = (int)i + 1;
		f->name = tk_strdup(letter.parts[i].name);
		f->type = tk_strdup(letter.parts[i].type);
		f->size = letter.parts[i].size;
		f->sha256 = tk_strdup(letter.parts[i].sha256);
	}
	take_addresses(&m->to, &letter.to);
	take_addresses(&m->cc, &letter.cc);
	m->body_sha256 = tk_realloc(m->body_sha256, 65, 1);
	memcpy(m->body_sha256, letter.body_sha256, 65);
	tk_letter_clear(&letter);
	return TK_OK;
}

struct tk_draft_file *
tk_draft_files(const struct tk_attachments *files)
{
	struct tk_draft_file *v;
	size_t i;

	if (files == NULL || files->n == 0)
		return NULL;
	v = tk_calloc(files->n, sizeof(*v));
	for (i = 0; i < files->n; i++) {
		v[i].name = files->v[i].name;
		v[i].data = files->v[i].data.data;
		v[i].len = files->v[i].data.len;
	}
	return v;
}

enum tk_status
tk_note_letter(struct tk_str *raw, struct tk_message *m,
    const struct tk_attachments *files, int64_t at, struct tk_err *err)
{
	struct tk_draft_file *v = tk_draft_files(files);
	enum tk_status st;

	st = tk_compose_note(
	    raw, m->text, v, v != NULL ? files->n : 0, at, err);
	if (st == TK_OK)
		st = tk_files_from_letter(m, raw, true, err);
	free(v);
	return st;
}
