/* check-letter - what people read of a letter is what is in it. */
#include "check/check-letter.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "desk/letter-message.h"
#include "intake/intake.h"
#include "mail/header.h"
#include "mail/letter.h"

static bool
same_addresses(const struct tk_strv *view, const struct tk_addresses *letter)
{
	struct tk_addresses a = { NULL, 0, 0 };
	bool same;
	size_t i;

	for (i = 0; i < view->n; i++)
		tk_addresses_parse(&a, view->v[i]);
	same = a.n == view->n && a.n == letter->n;
	for (i = 0; same && i < a.n; i++)
		same = tk_address_valid(a.v[i].addr) &&
		    tk_strcaseeq(a.v[i].addr, letter->v[i].addr);
	tk_addresses_clear(&a);
	return same;
}

/* Copies that nobody sees in the message file. */
static bool
has_hidden_copies(const struct tk_str *raw)
{
	static const char *const names[] = { "Bcc", "Resent-To", "Resent-Cc",
		"Resent-Bcc", "Resent-From" };
	struct tk_headers h = TK_HEADERS_INIT;
	bool has = false;
	size_t i;

	tk_headers_parse(&h, raw->data, raw->len);
	for (i = 0; i < TK_COUNT(names); i++)
		has = has || tk_headers_get(&h, names[i]) != NULL;
	tk_headers_clear(&h);
	return has;
}

/* The next byte that is not white space; a run of that, before a word, counts
 * as one blank. */
static int
next_byte(const char **p)
{
	const char *s = *p;

	while (isspace((unsigned char)*s))
		s++;
	if (s > *p && *s != '\0') {
		*p = s;
		return ' ';
	}
	*p = *s != '\0' ? s + 1 : s;
	return (unsigned char)*s;
}

/* Lines are broken and trimmed on the way through MIME and YAML. cut: b may
 * end before a does. */
static bool
same_until(const char *a, const char *b, bool cut)
{
	int x, y;

	a = a != NULL ? a : "";
	b = b != NULL ? b : "";
	a += strspn(a, " \t\r\n");
	b += strspn(b, " \t\r\n");
	do {
		x = next_byte(&a);
		y = next_byte(&b);
	} while (x == y && x != '\0');
	return x == y || (cut && y == '\0');
}

static bool
same_words(const char *a, const char *b)
{
	return same_until(a, b, false);
}

/* A very long text is cut where the file would grow too large. */
static bool
same_view(const char *letter, const char *view)
{
	return same_until(
	    letter, view, view != NULL && strlen(view) >= TK_TEXT_MAX / 8);
}

/* The text as the reader will see it: one text/plain, the same words. */
static bool
same_text(const struct tk_view *v)
{
	struct tk_str body = TK_STR_INIT;
	struct tk_err bad = TK_ERR_INIT;
	bool plain = false, same;

	same = tk_letter_body(&body, &plain, v->raw->data, v->raw->len, &bad) ==
		TK_OK &&
	    plain && same_words(v->m.text, body.data);
	tk_str_clear(&body);
	return same;
}

static bool
same_files(const struct tk_message *m, const struct tk_letter *l)
{
	size_t i;

	for (i = 0; i < m->n_files && i < l->n_parts; i++)
		if (!tk_streq(m->file[i].sha256, l->parts[i].sha256))
			return false;
	return m->n_files == l->n_parts;
}

/* Answers must come back to the desk. */
static bool
answers_to_us(const struct tk_law *l, const struct tk_letter *letter)
{
	size_t i;

	for (i = 0; i < letter->reply_to.n; i++)
		if (!tk_desk_is_ours(l->desk, letter->reply_to.v[i].addr) &&
		    !tk_desk_is_plus(l->desk, letter->reply_to.v[i].addr))
			return false;
	return true;
}

/* The gate will send the letter to whom the message file names: both must
 * say the same, in the desk's own name. */
static void
compare_out(
    struct tk_law *l, const struct tk_view *v, const struct tk_letter *letter)
{
	char *own = tk_strf("%s.", v->told->ticket);
	struct tk_strv from = TK_STRV_INIT;

	tk_strv_add(&from, v->m.from != NULL ? v->m.from : "");
	if (v->m.to.n == 0 || !same_addresses(&v->m.to, &letter->to) ||
	    !same_addresses(&v->m.cc, &letter->cc) || has_hidden_copies(v->raw))
		tk_law_find(l, v->path, "message", "tk reply",
		    _("the recipients are not those of the letter"));
	if (!same_addresses(&from, &letter->from) ||
	    !tk_desk_is_ours(l->desk, letter->from.v[0].addr) ||
	    !answers_to_us(l, letter))
		tk_law_find(l, v->path, "message", "tk reply",
		    _("a reply is from an address of the desk"));
	if (!tk_streq(v->m.message_id, letter->message_id) ||
	    !tk_starts(letter->message_id, own))
		tk_law_find(l, v->path, "message", "tk reply",
		    _("the Message-ID is not the letter's, or not of this "
		      "ticket"));
	if (!same_words(v->m.subject, letter->subject))
		tk_law_find(l, v->path, "message", "tk reply",
		    _("the subject is not that of the letter"));
	if (!same_text(v) || !same_files(&v->m, letter))
		tk_law_find(l, v->path, "message", "tk reply",
		    _("the text or the files are not those of the letter"));
	tk_strv_clear(&from);
	free(own);
}

void
tk_law_letter_out(struct tk_law *l, const struct tk_view *v)
{
	struct tk_letter letter;
	struct tk_err bad = TK_ERR_INIT;

	memset(&letter, 0, sizeof(letter));
	if (v->raw == NULL ||
	    tk_letter_read(&letter, v->raw->data, v->raw->len, &bad) != TK_OK)
		tk_law_find(l, v->path, "message", "tk reply",
		    _("a reply needs its letter (.eml)"));
	else
		compare_out(l, v, &letter);
	if (letter.subject != NULL)
		tk_letter_clear(&letter);
}

void
tk_law_letter_in(struct tk_law *l, const struct tk_view *v)
{
	struct tk_letter letter;
	struct tk_message as_read;
	struct tk_err bad = TK_ERR_INIT;
	struct tk_reading known = { .charset = NULL };
	bool sealed;
	size_t len;
	const char *used = tk_message_charset(&v->m, &len);
	char *charset = tk_strndup(used, len);

	memset(&letter, 0, sizeof(letter));
	/* what the gate knew of the sender when it read a letter of one word */
	if (v->m.charset != NULL && tk_ends(v->m.charset, TK_CHARSET_UNSURE))
		known.charset = charset;
	if (v->raw == NULL ||
	    tk_intake_read_as(&letter, v->raw, &known, &bad) != TK_OK) {
		tk_law_find(l, v->path, "message", NULL,
		    _("who is not on the staff speaks by letters (.eml)"));
		free(charset);
		return;
	}
	tk_letter_message(&as_read, l->desk, &letter, "");
	/* the keys are at the gate: what was inside nobody else can compare */
	sealed =
	    letter.sealed && (v->m.encrypted != NULL || v->m.signature != NULL);
	if ((!sealed && !same_view(as_read.text, v->m.text)) ||
	    !same_words(as_read.subject, v->m.subject) ||
	    !same_words(as_read.from, v->m.from) ||
	    !tk_streq(as_read.message_id, v->m.message_id) ||
	    (!sealed && !same_files(&v->m, &letter)))
		tk_law_find(l, v->path, "rewritten", NULL,
		    _("what it says is not what the letter beside it says"));
	tk_message_clear(&as_read);
	tk_letter_clear(&letter);
	free(charset);
}
