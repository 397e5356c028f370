/* letter_head - the part of a letter's record that comes from its header. */
#include "mail/letter_head.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "mail/address.h"
#include "mail/cyrillic.h"
#include "mail/mime.h"
#include "mail/words.h"

#define INNER_MAX (1 << 20) /* bytes of the header of a letter inside */
#define AUTH_MAX 20     /* fields; a mail system writes one or two */
#define AUTH_BYTES 4000 /* of one */
#define RCPTS_MAX 2000 /* addresses; more is no letter to a desk */

void
tk_letter_head_charset(
    char out[TK_CHARSET_MAX], const struct tk_headers *h, const char *hint)
{
	static const char *const names[] = { "Subject", "From", "To" };
	struct tk_str all = TK_STR_INIT, scratch = TK_STR_INIT;
	const char *raw;
	size_t i;

	for (i = 0; i < TK_COUNT(names); i++)
		if ((raw = tk_headers_get(h, names[i])) != NULL)
			tk_str_addf(&all, "%.2000s ", raw);
	tk_charset_decode(&scratch, all.data, all.len, NULL, hint, out);
	if (!tk_cyrillic_is(out))
		*out = '\0';
	tk_str_clear(&scratch);
	tk_str_clear(&all);
}

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

void
tk_letter_read_inner(
    struct tk_letter *l, const char *data, size_t len, const char *hint)
{
	static const char *const names[] = { "Message-ID", "In-Reply-To",
		"References" };
	struct tk_headers h = TK_HEADERS_INIT;
	const char *value;
	size_t i;

	tk_headers_parse(&h, data, len < INNER_MAX ? len : INNER_MAX);
	addresses_of(&l->inner_from, &h, "From", hint);
	for (i = 0; i < TK_COUNT(names); i++)
		if ((value = tk_headers_get(&h, names[i])) != NULL)
			tk_ids_parse(&l->inner_ids, value);
	tk_headers_clear(&h);
}

static void
read_auth(struct tk_letter *l, const struct tk_headers *h)
{
	const char *raw;
	char *text;
	size_t n;

	for (n = 0; n < AUTH_MAX &&
	     (raw = tk_headers_nth(h, "Authentication-Results", n)) != NULL;
	     n++) {
		struct tk_str s = TK_STR_INIT;

		text = tk_strndup(raw, AUTH_BYTES);
		tk_utf8_repair(&s, text, strlen(text));
		tk_strv_add_own(&l->auth, tk_str_detach(&s));
		free(text);
	}
}

void
tk_letter_read_head(
    struct tk_letter *l, const struct tk_headers *h, const char *hint)
{
	const char *date = tk_headers_get(h, "Date");

	l->subject = text_of(h, "Subject", hint);
	read_auth(l, h);
	l->loop = text_of(h, "X-Tk-Loop", hint);
	l->date = date != NULL ? tk_mime_date(date) : 0;
	while (tk_headers_nth(h, "Received", (size_t)l->received) != NULL &&
	    l->received < 1000)
		l->received++;
	read_addresses(l, h, hint);
	read_ids(l, h);
}
