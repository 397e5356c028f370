/* compose - the one place where letters are made. */
#include "mail/compose.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <gmime/gmime.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/letter.h"
#include "mail/mime.h"
#include "mail/mime_write.h"
#include "mail/words.h"

#define REFERENCES_MAX 20 /* mail-rules 24 */

/* One line in valid UTF-8: what would begin a new field becomes a blank. */
static char *
one_line(const char *text)
{
	struct tk_str s = TK_STR_INIT;
	char *p;

	tk_utf8_repair(&s, text, strlen(text));
	for (p = s.data; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 127)
			*p = ' ';
	tk_str_trim(&s);
	return tk_str_detach(&s);
}

/* A field whose value is written already; GMime only carries it. */
static void
set_raw(GMimeMessage *letter, const char *name, const char *value)
{
	GMimeHeaderList *list =
	    g_mime_object_get_header_list(GMIME_OBJECT(letter));
	char *raw = tk_strf(" %s\n", value);

	g_mime_header_list_append(list, name, "", NULL);
	g_mime_header_set_raw_value(
	    g_mime_header_list_get_header(list, name), raw);
	free(raw);
}

static void
set_subject(GMimeMessage *letter, const char *subject)
{
	struct tk_str s = TK_STR_INIT;
	char *line = one_line(subject);

	tk_words_encode(&s, line, "\n ");
	if (strcmp(s.data, line) == 0) /* ASCII: GMime folds it */
		g_mime_object_set_header(
		    GMIME_OBJECT(letter), "Subject", line, NULL);
	else
		set_raw(letter, "Subject", s.data);
	tk_str_clear(&s);
	free(line);
}

static enum tk_status
set_token(GMimeMessage *letter, const char *name, const char *value,
    struct tk_err *err)
{
	if (!tk_mime_token(value))
		return tk_fail(err, TK_EINPUT,
		    _("%s of a letter cannot be \"%s\""), name, value);
	g_mime_object_set_header(GMIME_OBJECT(letter), name, value, NULL);
	return TK_OK;
}

/* The name in front of an address. Where it has more than words it is put in
 * quotes, and those cannot hold encoded words: then all of it is encoded. */
static void
add_name(struct tk_str *out, const char *name)
{
	static const char special[] = "\"\\(),:;<>@[].";
	char *line = one_line(name), *p;
	bool ascii = true;

	for (p = line; *p != '\0'; p++)
		ascii = ascii && (unsigned char)*p < 127;
	if (strpbrk(line, special) == NULL && strstr(line, "=?") == NULL) {
		tk_words_encode(out, line, "\n ");
	} else if (ascii && p - line < 300) {
		tk_str_add_char(out, '"');
		for (p = line; *p != '\0'; p++) {
			if (*p == '"' || *p == '\\')
				tk_str_add_char(out, '\\');
			tk_str_add_char(out, *p);
		}
		tk_str_add_char(out, '"');
	} else {
		tk_words_encode_all(out, line, "\n ");
	}
	if (*line != '\0')
		tk_str_add(out, strlen(line) > 30 ? "\n " : " ");
	free(line);
}

static enum tk_status
refuse(const char *addr, struct tk_err *err)
{
	return tk_fail(err, TK_EINPUT,
	    _("\"%s\" is not an address that can be written to"), addr);
}

static enum tk_status
add_address(
    struct tk_str *out, const char *name, const char *addr, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	InternetAddress *box;
	const char *ascii, *p;
	bool plain = true;

	if (!tk_address_valid(addr))
		return refuse(addr, err);
	if (out->len > 0)
		tk_str_add(out, ",\n ");
	add_name(out, name != NULL ? name : "");
	/* a domain in Cyrillic has an ASCII form */
	box = internet_address_mailbox_new(NULL, addr);
	ascii = internet_address_mailbox_get_idn_addr(
	    INTERNET_ADDRESS_MAILBOX(box));
	for (p = ascii; *p != '\0'; p++)
		plain = plain && (unsigned char)*p < 127;
	if (plain)
		tk_str_addf(out, "<%s>", ascii);
	else
		st = refuse(addr, err);
	g_object_unref(box);
	return st;
}

static enum tk_status
set_addresses(GMimeMessage *letter, const char *field,
    const struct tk_strv *list, struct tk_err *err)
{
	struct tk_addresses a = { NULL, 0, 0 };
	struct tk_str s = TK_STR_INIT;
	enum tk_status st = TK_OK;
	size_t i, k;

	for (i = 0; list != NULL && i < list->n && st == TK_OK; i++) {
		tk_addresses_parse(&a, list->v[i]);
		/* a line end cannot be part of what was meant */
		if (a.n == 0 || strpbrk(list->v[i], "\r\n") != NULL)
			st = add_address(&s, NULL, list->v[i], err);
		for (k = 0; k < a.n && st == TK_OK; k++)
			st = add_address(&s, a.v[k].name, a.v[k].addr, err);
		tk_addresses_clear(&a);
	}
	if (st == TK_OK && s.len > 0)
		set_raw(letter, field, s.data);
	tk_str_clear(&s);
	return st;
}

static enum tk_status
set_address(GMimeMessage *letter, const char *field, const char *name,
    const char *addr, struct tk_err *err)
{
	struct tk_str s = TK_STR_INIT;
	enum tk_status st = add_address(&s, name, addr, err);

	if (st == TK_OK)
		set_raw(letter, field, s.data);
	tk_str_clear(&s);
	return st;
}

/* The first, which is the root, and the youngest. */
static void
set_references(GMimeMessage *letter, const struct tk_strv *ids)
{
	struct tk_str s = TK_STR_INIT;
	const char *last = NULL;
	size_t i;

	for (i = 0; ids != NULL && i < ids->n; i++) {
		if (!tk_mime_token(ids->v[i]) ||
		    (i > 0 && ids->n - i > REFERENCES_MAX - 1))
			continue;
		tk_str_addf(&s, "%s<%s>", s.len > 0 ? " " : "", ids->v[i]);
		last = ids->v[i];
	}
	if (last != NULL) {
		char *reply = tk_strf("<%s>", last);

		g_mime_object_set_header(
		    GMIME_OBJECT(letter), "In-Reply-To", reply, NULL);
		g_mime_object_set_header(
		    GMIME_OBJECT(letter), "References", s.data, NULL);
		free(reply);
	}
	tk_str_clear(&s);
}

static void
set_date(GMimeMessage *letter, int64_t date)
{
	struct tk_str s = TK_STR_INIT;

	tk_date_rfc5322(&s, date);
	g_mime_object_set_header(GMIME_OBJECT(letter), "Date", s.data, NULL);
	tk_str_clear(&s);
}

/* RFC 3834 section 3.1; the rest is custom. Not in letters of people: filters
 * would hide them. */
static enum tk_status
set_automatic(
    GMimeMessage *letter, const struct tk_draft *d, struct tk_err *err)
{
	GMimeObject *object = GMIME_OBJECT(letter);
	const char *kind =
	    d->auto_kind != NULL ? d->auto_kind : "auto-generated";
	enum tk_status st;

	if ((st = set_token(letter, "Auto-Submitted", kind, err)) != TK_OK)
		return st;
	g_mime_object_set_header(object, "Precedence", "bulk", NULL);
	g_mime_object_set_header(
	    object, "X-Auto-Response-Suppress", "All", NULL);
	return TK_OK;
}

static enum tk_status
set_head(GMimeMessage *letter, const struct tk_draft *d, struct tk_err *err)
{
	enum tk_status st;

	if ((st = set_address(letter, "From", d->from_name, d->from, err)) ||
	    (st = set_addresses(letter, "To", d->to, err)) ||
	    (st = set_addresses(letter, "Cc", d->cc, err)) ||
	    (d->reply_to != NULL &&
		(st = set_address(letter, "Reply-To", NULL, d->reply_to, err))))
		return st;
	if ((d->to == NULL || d->to->n == 0) &&
	    (d->cc == NULL || d->cc->n == 0))
		return tk_fail(
		    err, TK_EINPUT, _("the letter is addressed to nobody"));
	set_subject(letter, d->subject);
	set_date(letter, d->date);
	if (!tk_mime_token(d->message_id))
		return tk_fail(err, TK_EINPUT,
		    _("%s of a letter cannot be \"%s\""), "Message-ID",
		    d->message_id);
	g_mime_message_set_message_id(letter, d->message_id);
	set_references(letter, d->references);
	if ((d->automatic && (st = set_automatic(letter, d, err))) ||
	    (d->loop && (st = set_token(letter, "X-Tk-Loop", d->loop, err))) ||
	    (d->ticket &&
		(st = set_token(letter, "X-Tk-Ticket", d->ticket, err))))
		return st;
	return TK_OK;
}

enum tk_status
tk_compose(struct tk_str *out, const struct tk_draft *draft, struct tk_err *err)
{
	GMimeMessage *letter = NULL;
	GMimeObject *text = NULL;
	enum tk_status st;

	tk_mime_init();
	letter = g_mime_message_new(FALSE);
	if ((st = set_head(letter, draft, err)) != TK_OK)
		goto out;
	text = tk_mime_text(draft->text, draft->language);
	tk_mime_set_body(
	    letter, text, draft->files, draft->n_files, draft->message_id);
	tk_mime_write(out, letter);
out:
	g_clear_object(&text);
	g_clear_object(&letter);
	return st;
}

enum tk_status
tk_compose_note(struct tk_str *out, const char *text,
    const struct tk_draft_file *files, size_t n_files, int64_t date,
    struct tk_err *err)
{
	GMimeMessage *letter;
	GMimeObject *part;

	(void)err;
	tk_mime_init();
	letter = g_mime_message_new(FALSE);
	part = tk_mime_text(text, NULL);
	set_date(letter, date);
	tk_mime_set_body(letter, part, files, n_files, text);
	tk_mime_write(out, letter);
	g_object_unref(part);
	g_object_unref(letter);
	return TK_OK;
}
