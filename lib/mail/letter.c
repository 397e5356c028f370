/* letter - a letter as the rest of tk sees it. */
#include "mail/letter.h"

#include <stdlib.h>
#include <string.h>

#include <gmime/gmime.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "mail/address.h"
#include "mail/body.h"
#include "mail/classify.h"
#include "mail/filename.h"
#include "mail/header.h"
#include "mail/mime.h"
#include "mail/text.h"
#include "mail/words.h"

#define RCPTS_MAX 2000 /* addresses; more is no letter to a desk */

/* A field as text, or "" where it is missing. */
static char *
text_of(const struct tk_headers *h, const char *name, const char *hint)
{
	const char *raw = tk_headers_get(h, name);
	struct tk_str s = TK_STR_INIT, nfc = TK_STR_INIT;

	if (raw != NULL)
		tk_words_decode(&s, raw, strlen(raw), hint);
	tk_str_trim(&s);
	tk_utf8_nfc(&nfc, s.data, s.len);
	tk_str_clear(&s);
	return tk_str_detach(&nfc);
}

static void
addresses_of(struct tk_addresses *a, const struct tk_headers *h,
    const char *name, const char *hint)
{
	const char *raw;
	size_t n;

	for (n = 0; (raw = tk_headers_nth(h, name, n)) != NULL && n < 50; n++)
		tk_addresses_parse_raw(a, raw, hint);
}

static void
add_rcpts(struct tk_letter *l, const struct tk_addresses *a)
{
	size_t i;

	for (i = 0; i < a->n && l->rcpts.n < RCPTS_MAX; i++)
		if (!tk_strv_has(&l->rcpts, a->v[i].addr))
			tk_strv_add(&l->rcpts, a->v[i].addr);
}

static void
read_addresses(
    struct tk_letter *l, const struct tk_headers *h, const char *hint)
{
	static const char *const delivered[] = { "Delivered-To",
		"X-Original-To", "Envelope-To" };
	static const char *const resent[] = { "Resent-To", "Resent-Cc" };
	struct tk_addresses a = { NULL, 0, 0 };
	const char *raw;
	size_t i;

	addresses_of(&l->from, h, "From", hint);
	if (l->from.n == 0)
		addresses_of(&l->from, h, "Sender", hint);
	addresses_of(&l->reply_to, h, "Reply-To", hint);
	addresses_of(&l->to, h, "To", hint);
	addresses_of(&l->cc, h, "Cc", hint);
	add_rcpts(l, &l->to);
	add_rcpts(l, &l->cc);
	for (i = 0; i < TK_COUNT(resent); i++)
		addresses_of(&a, h, resent[i], hint);
	add_rcpts(l, &a);
	tk_addresses_clear(&a);

	l->delivered_to = NULL;
	for (i = 0; i < TK_COUNT(delivered); i++) {
		addresses_of(&a, h, delivered[i], hint);
		if (a.n > 0 && l->delivered_to == NULL)
			l->delivered_to = tk_strdup(a.v[0].addr);
		add_rcpts(l, &a);
		tk_addresses_clear(&a);
	}
	if (l->delivered_to == NULL)
		l->delivered_to = tk_strdup("");

	if ((raw = tk_headers_get(h, "Return-Path")) != NULL) {
		tk_addresses_parse_raw(&a, raw, hint);
		l->return_path = tk_strdup(a.n > 0 ? a.v[0].addr : "");
		/* "MAILER-DAEMON" without a domain is no null path */
		if (a.n == 0 &&
		    strpbrk(raw,
			"abcdefghijklmnopqrstuvwxyz"
			"ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
			struct tk_str word = TK_STR_INIT;

			raw += strspn(raw, "< \t");
			tk_words_decode(&word, raw, strcspn(raw, "> \t"), hint);
			free(l->return_path);
			l->return_path = tk_str_detach(&word);
		}
		tk_addresses_clear(&a);
	}
}

static void
read_ids(struct tk_letter *l, const struct tk_headers *h)
{
	struct tk_strv ids = TK_STRV_INIT, replies = TK_STRV_INIT;
	const char *value;
	size_t i;

	if ((value = tk_headers_get(h, "Message-ID")) != NULL)
		tk_ids_parse(&ids, value);
	l->message_id = tk_strdup(ids.n > 0 ? ids.v[0] : "");
	tk_strv_clear(&ids);

	if ((value = tk_headers_get(h, "References")) != NULL)
		tk_ids_parse(&ids, value);
	if ((value = tk_headers_get(h, "In-Reply-To")) != NULL)
		tk_ids_parse(&replies, value);
	/* the id in In-Reply-To is the youngest, wherever References has it */
	for (i = 0; i < ids.n; i++)
		if (!tk_strv_has(&replies, ids.v[i]))
			tk_strv_add(&l->references, ids.v[i]);
	tk_strv_copy(&l->references, &replies);
	tk_strv_clear(&ids);
	tk_strv_clear(&replies);
}

static int64_t
date_of(const struct tk_headers *h)
{
	const char *raw = tk_headers_get(h, "Date");
	GDateTime *date;
	int64_t at = 0;

	if (raw == NULL || !g_utf8_validate(raw, -1, NULL))
		return 0;
	if ((date = g_mime_utils_header_decode_date(raw)) != NULL) {
		at = g_date_time_to_unix(date);
		g_date_time_unref(date);
	}
	return at;
}

static char *
name_of(const struct tk_leaf *leaf, size_t number, const char *hint)
{
	struct tk_str raw = TK_STR_INIT, nfc = TK_STR_INIT;
	struct tk_str name = TK_STR_INIT;

	if (!tk_params_get(&raw, leaf->disposition, "filename", hint) ||
	    raw.len == 0)
		(void)tk_params_get(&raw, leaf->content, "name", hint);
	if (raw.len == 0)
		(void)tk_params_get(&raw, leaf->content, "file", hint);
	tk_utf8_nfc(&nfc, raw.data, raw.len);
	tk_filename_safe(&name, nfc.data);
	if (name.len == 0)
		tk_filename_invent(&name, number, leaf->type);
	tk_str_clear(&raw);
	tk_str_clear(&nfc);
	return tk_str_detach(&name);
}

static void
read_parts(struct tk_letter *l, const struct tk_mime *m, const char *hint)
{
	struct tk_str data = TK_STR_INIT;
	size_t i;

	for (i = 0; i < m->n; i++) {
		const struct tk_leaf *leaf = &m->v[i];
		struct tk_part *part;

		if (!tk_leaf_is_file(leaf))
			continue;
		TK_GROW(l->parts, l->n_parts, l->parts_cap);
		part = &l->parts[l->n_parts++];
		tk_str_reset(&data);
		tk_mime_data(&data, m, i);
		part->name = name_of(leaf, l->n_parts, hint);
		part->type = tk_strdup(leaf->type);
		part->cid = tk_strdup(leaf->cid);
		part->size = data.len;
		tk_sha256(part->sha256, data.data, data.len);
		part->is_inline =
		    *leaf->cid != '\0' && tk_starts(leaf->type, "image/");
	}
	tk_str_clear(&data);
}

static bool
is_forward(const char *subject)
{
	static const char *const marks[] = { "fw:", "fwd:", "wg:", "tr:",
		"пересл:", "пер:", "переслано:", "[fwd:" };
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
		tk_text_fold(&l->text, &l->quoted, is_forward(l->subject));
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

static void
fill(struct tk_letter *l, const struct tk_headers *h, const struct tk_mime *m)
{
	struct tk_body body;
	const char *hint;

	tk_body_read(&body, m);
	hint = hint_of(&body);
	l->subject = text_of(h, "Subject", hint);
	l->auth_results = text_of(h, "Authentication-Results", hint);
	l->loop = text_of(h, "X-Tk-Loop", hint);
	l->date = date_of(h);
	while (tk_headers_nth(h, "Received", (size_t)l->received) != NULL &&
	    l->received < 1000)
		l->received++;
	read_addresses(l, h, hint);
	read_ids(l, h);
	tk_letter_classify(l, h, m, body.text.data);
	if (l->class == TK_LETTER_BOUNCE)
		tk_bounce_read(l, h, m, body.text.data);
	read_parts(l, m, hint);
	read_text(l, &body);
	tk_body_clear(&body);
}

enum tk_status
tk_letter_read(
    struct tk_letter *letter, const void *raw, size_t len, struct tk_err *err)
{
	struct tk_headers h = TK_HEADERS_INIT;
	struct tk_mime *m = NULL;
	const char *data = raw;
	enum tk_status st;
	size_t skip, body;

	memset(letter, 0, sizeof(*letter));
	tk_str_init(&letter->text);
	tk_str_init(&letter->quoted);
	if (len > TK_MIME_SIZE)
		return tk_mime_limits(raw, len, err);
	skip = tk_headers_skip(data, len);
	body = skip + tk_headers_parse(&h, data + skip, len - skip);
	if (h.n == 0)
		st = tk_fail(err, TK_EINPUT,
		    len == 0 ? _("the letter is empty")
			     : _("the letter has no header"));
	else
		st = tk_mime_open(&m, data + skip, len - skip, err);
	if (st == TK_OK) {
		tk_body_roles(m);
		letter->bounced_rcpt = tk_strdup("");
		letter->bounced_status = tk_strdup("");
		letter->bounced_action = tk_strdup("");
		letter->class_rule = tk_strdup("");
		tk_sha256(letter->sha256, data, len);
		tk_sha256(letter->body_sha256, data + body, len - body);
		fill(letter, &h, m);
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
	free(letter->auth_results);
	free(letter->loop);
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
	struct tk_mime *m = NULL;
	const char *data = raw;
	size_t skip = tk_headers_skip(data, len), i, left = n;
	enum tk_status st;

	if ((st = tk_mime_open(&m, data + skip, len - skip, err)) != TK_OK)
		return st;
	tk_body_roles(m);
	for (i = 0; i < m->n; i++)
		if (tk_leaf_is_file(&m->v[i]) && left-- == 0)
			break;
	if (i < m->n)
		tk_mime_data(out, m, i);
	else
		st = tk_fail(err, TK_ENOENT,
		    _("the letter has no attachment number %zu"), n + 1);
	tk_mime_free(m);
	return st;
}

const char *tk_letter_class_name(enum tk_letter_class class)
{
	static const char *const names[] = { "normal", "bounce", "auto",
		"list" };

	return names[class];
}
