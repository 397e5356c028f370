/* letter - a letter as the rest of tk sees it. */
#include "mail/letter.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "mail/body.h"
#include "mail/classify.h"
#include "mail/cyrillic.h"
#include "mail/header.h"
#include "mail/letter_head.h"
#include "mail/letter_parts.h"
#include "mail/letter_pictures.h"
#include "mail/mime.h"
#include "mail/text.h"
#include "mail/words.h"

static const struct tk_reading nothing; /* is known */

#define HEADER_MAX (8 << 20) /* bytes */
#define SURE_LETTERS 12      /* as in cyrillic.c */
#define INNER_MAX (8 << 20)  /* bytes of a letter inside that is shown */

bool
tk_letter_is_forward(const char *subject)
{
	static const char *const marks[] = { "fw:", "fwd:", "wg:", "tr:",
		"пересл:", "пер:", "переслано:", "[fwd:", "пд:", "rv:", "vs:",
		"doorst:", "i:", "перенаправлено:", "переадр:" };
	struct tk_str low = TK_STR_INIT;
	bool yes = false;
	size_t i;

	tk_utf8_lower(&low, subject);
	for (i = 0; i < TK_COUNT(marks); i++)
		yes = yes || tk_starts(low.data, marks[i]);
	tk_str_clear(&low);
	return yes;
}

static void
read_text(struct tk_letter *l, struct tk_body *body)
{
	l->charset_declared = tk_strdup(body->declared);
	l->charset_used = tk_strdup(body->used);
	l->from_html = body->from_html;
	l->text = body->text;
	tk_str_init(&body->text);
	/* a report is to be read whole */
	if (l->class != TK_LETTER_BOUNCE)
		tk_text_fold(&l->text, &l->quoted, tk_letter_is_forward(l->subject));
	tk_letter_pictures(l);
	if (body->below.len > 0) {
		if (l->text.len > 0)
			tk_str_add(&l->text, "\n\n");
		tk_str_add_data(&l->text, body->below.data, body->below.len);
	}
	if (body->stub.len > 0) {
		if (l->quoted.len > 0)
			tk_str_add(&l->quoted, "\n\n");
		tk_str_add_data(&l->quoted, body->stub.data, body->stub.len);
	}
}

/* A charset of the body that tells something about raw bytes elsewhere. */
static const char *
hint_of(const struct tk_body *body)
{
	if (*body->used == '\0' || strcmp(body->used, "us-ascii") == 0 ||
	    strcmp(body->used, "utf-8") == 0)
		return NULL;
	return body->used;
}

static size_t
foreign_letters(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += (unsigned char)*s >= 0xC2;
	return n;
}

/* Was a charset chosen by too few letters to be trusted? */
static bool
is_unsure(
    const struct tk_letter *l, const struct tk_body *body, const char *head)
{
	size_t n = foreign_letters(body->text.data);

	if (hint_of(body) != NULL)
		return n > 0 && n < SURE_LETTERS &&
		    (tk_cyrillic_is(body->used) ||
			!tk_strcaseeq(body->used, body->declared));
	return *head != '\0' && foreign_letters(l->subject) < SURE_LETTERS;
}

/* Verified is not the same as sent by: whose key is it? */
static void
read_crypto(struct tk_letter *l, const struct tk_mime *m)
{
	char *own =
	    tk_strf(", %s,", l->from.n > 0 ? l->from.v[0].addr : "nobody");

	l->is_signed = m->is_signed;
	l->sealed = m->sealed;
	l->encrypted = tk_strdup(m->encrypted != NULL ? m->encrypted : "");
	l->signature = tk_strdup(m->signature != NULL ? m->signature : "");
	l->other_signer = tk_starts(l->signature, "good") &&
	    tk_text_find(l->signature, own) == NULL;
	free(own);
}

/* Who sends a letter with nothing but another one in it wants that read. */
static void
show_inner(struct tk_letter *l, struct tk_body *body, size_t number,
    const struct tk_str *data)
{
	struct tk_err ignore = TK_ERR_INIT;
	struct tk_str text = TK_STR_INIT;
	bool plain;

	if (tk_letter_body(&text, &plain, data->data,
		data->len < INNER_MAX ? data->len : INNER_MAX,
		&ignore) == TK_OK &&
	    text.len > 0) {
		tk_str_addf(&body->text, "[letter %zu: %s]\n\n%s", number,
		    l->inner_from.n > 0 ? l->inner_from.v[0].addr : "-",
		    text.data);
		tk_text_cut(&body->text);
	}
	tk_str_clear(&text);
}

/* A letter in the letter: whoever forwards it as a file leaves it whole. */
static void
read_inner(struct tk_letter *l, struct tk_body *body, const struct tk_mime *m,
    const char *hint)
{
	struct tk_str data = TK_STR_INIT;
	size_t i, number = 1;

	for (i = 0; i < m->n && !m->v[i].message; i++)
		number += tk_leaf_is_file(&m->v[i]);
	if (i < m->n && l->class != TK_LETTER_BOUNCE) {
		tk_mime_data(&data, m, i);
		tk_letter_read_inner(l, data.data, data.len, hint);
		if (body->text.len == 0 && body->below.len == 0)
			show_inner(l, body, number, &data);
	}
	tk_str_clear(&data);
}

static void
fill(struct tk_letter *l, const struct tk_headers *h, const struct tk_mime *m,
    const struct tk_reading *known)
{
	char head[TK_CHARSET_MAX];
	struct tk_body body;
	const char *hint;

	tk_letter_head_charset(head, h, known->charset);
	tk_body_read(&body, m, *head != '\0' ? head : known->charset);
	if ((hint = hint_of(&body)) == NULL)
		hint = known->charset;
	tk_letter_read_head(l, h, hint);
	l->charset_unsure = is_unsure(l, &body, head);
	tk_letter_classify(l, h, m, body.text.data);
	if (l->class == TK_LETTER_BOUNCE)
		tk_bounce_read(l, h, m, body.text.data);
	read_inner(l, &body, m, hint);
	tk_letter_read_parts(l, m, hint, &body.below);
	read_text(l, &body);
	tk_body_clear(&body);
	read_crypto(l, m);
}

enum tk_status
tk_letter_read(
    struct tk_letter *letter, const void *raw, size_t len, struct tk_err *err)
{
	return tk_letter_read_as(letter, raw, len, &nothing, err);
}

enum tk_status
tk_letter_read_as(struct tk_letter *letter, const void *raw, size_t len,
    const struct tk_reading *known, struct tk_err *err)
{
	struct tk_headers h = TK_HEADERS_INIT;
	struct tk_mime *m = NULL;
	const char *data = raw;
	enum tk_status st;
	size_t body = 0;

	memset(letter, 0, sizeof(*letter));
	tk_str_init(&letter->text);
	tk_str_init(&letter->quoted);
	/* no more of it is read than is needed to see that it is too large */
	body = tk_headers_parse(
	    &h, data, len < HEADER_MAX + 2 ? len : HEADER_MAX + 2);
	if (len > TK_MIME_SIZE)
		st = tk_mime_limits(raw, len, err);
	else if (body > HEADER_MAX)
		st = tk_fail(err, TK_EINPUT,
		    _("the header of the letter is larger than %d MiB"),
		    HEADER_MAX >> 20);
	else if (h.n == 0)
		st = tk_fail(err, TK_EINPUT,
		    len == 0 ? _("the letter is empty")
			     : _("the letter has no header"));
	else
		st = tk_mime_open(&m, &h, data + body, len - body, known, err);
	if (m != NULL) {
		tk_body_roles(m);
		letter->bounced_rcpt = tk_strdup("");
		letter->bounced_status = tk_strdup("");
		letter->bounced_action = tk_strdup("");
		letter->class_rule = tk_strdup("");
		tk_sha256(letter->sha256, data, len);
		tk_sha256(letter->body_sha256, data + body, len - body);
		fill(letter, &h, m, known);
	}
	tk_mime_free(m);
	tk_headers_clear(&h);
	return st;
}

void
tk_letter_clear(struct tk_letter *letter)
{
	size_t i;

	tk_addresses_clear(&letter->from);
	tk_addresses_clear(&letter->reply_to);
	tk_addresses_clear(&letter->to);
	tk_addresses_clear(&letter->cc);
	tk_strv_clear(&letter->rcpts);
	tk_strv_clear(&letter->references);
	tk_strv_clear(&letter->bounced_ids);
	tk_str_clear(&letter->text);
	tk_str_clear(&letter->quoted);
	for (i = 0; i < letter->n_parts; i++) {
		free(letter->parts[i].name);
		free(letter->parts[i].type);
		free(letter->parts[i].cid);
	}
	free(letter->parts);
	free(letter->subject);
	free(letter->return_path);
	free(letter->delivered_to);
	free(letter->message_id);
	free(letter->class_rule);
	free(letter->charset_declared);
	free(letter->charset_used);
	tk_strv_clear(&letter->auth);
	tk_strv_clear(&letter->inner_ids);
	tk_addresses_clear(&letter->inner_from);
	free(letter->loop);
	free(letter->signature);
	free(letter->encrypted);
	free(letter->bounced_rcpt);
	free(letter->bounced_status);
	free(letter->bounced_action);
	memset(letter, 0, sizeof(*letter));
	tk_str_init(&letter->text);
	tk_str_init(&letter->quoted);
}

enum tk_status
tk_letter_part(struct tk_str *out, const void *raw, size_t len, size_t n,
    struct tk_err *err)
{
	return tk_letter_part_as(out, raw, len, n, &nothing, err);
}

enum tk_status
tk_letter_part_as(struct tk_str *out, const void *raw, size_t len, size_t n,
    const struct tk_reading *known, struct tk_err *err)
{
	struct tk_mime *m = NULL;
	const char *data = raw;
	struct tk_headers h = TK_HEADERS_INIT;
	size_t body = tk_headers_parse(&h, data, len);
	enum tk_status st;

	st = tk_mime_open(&m, &h, data + body, len - body, known, err);
	tk_headers_clear(&h);
	if (st != TK_OK)
		return st;
	tk_body_roles(m);
	st = tk_letter_take_part(out, m, n, err);
	tk_mime_free(m);
	return st;
}

enum tk_status
tk_letter_body(struct tk_str *out, bool *plain, const void *raw, size_t len,
    struct tk_err *err)
{
	struct tk_headers h = TK_HEADERS_INIT;
	struct tk_mime *m = NULL;
	struct tk_body body;
	const char *data = raw;
	size_t start = tk_headers_parse(&h, data, len), i, texts = 0;
	enum tk_status st =
	    tk_mime_open(&m, &h, data + start, len - start, &nothing, err);

	tk_headers_clear(&h);
	if (st != TK_OK)
		return st;
	tk_body_roles(m);
	*plain = true;
	for (i = 0; i < m->n; i++) {
		texts += m->v[i].role != TK_LEAF_FILE;
		*plain = *plain && m->v[i].role != TK_LEAF_HTML &&
		    m->v[i].alternative < 0;
	}
	*plain = *plain && texts == 1;
	tk_body_read(&body, m, NULL);
	tk_str_add(out, body.text.data);
	tk_body_clear(&body);
	tk_mime_free(m);
	return TK_OK;
}

const char *tk_letter_class_name(enum tk_letter_class class)
{
	static const char *const names[] = { "normal", "bounce", "auto",
		"list" };

	return names[class];
}
