/* query-word - what is looked for in texts, as FTS5 expressions. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/stem.h"
#include "base/utf8.h"
#include "index/term.h"

/* A word that is as long as this may be the beginning of one in a subject. */
#define PREFIX_LETTERS 4

#define BARE "subject text file sender"
#define BARE_NOTES "subject text note file sender"

static struct tk_stemmer *
stemmer(struct tk_compiler *c)
{
	if (c->stemmer == NULL)
		c->stemmer = tk_stemmer_new();
	return c->stemmer;
}

/* The words of a text as a phrase: "жестк диск". Stems have no quotation
 * marks in them: they are letters and digits. "": there are no words. */
static void
add_phrase(struct tk_str *out, struct tk_compiler *c, const char *text,
    enum tk_stem_how how)
{
	struct tk_str stems = TK_STR_INIT;

	tk_stem_text(&stems, stemmer(c), text, strlen(text), how);
	if (stems.len > 0)
		tk_str_addf(out, "\"%s\"", stems.data);
	tk_str_clear(&stems);
}

/* Each of its stems is what a snippet shows. */
static void
add_shown(void *arg, const char *stem, size_t from, size_t to)
{
	struct tk_strv *stems = arg;

	(void)from;
	(void)to;
	if (!tk_strv_has(stems, stem))
		tk_strv_add(stems, stem);
}

/*
 * Nobody knows in which language a word is meant, so it is looked for as each
 * of them would stem it: "a" OR "b". With prefix, its letters as they are may
 * also be the beginning of a word.
 */
static bool
add_any(
    struct tk_str *out, struct tk_compiler *c, const char *text, bool prefix)
{
	struct tk_strv seen = TK_STRV_INIT;
	struct tk_str one = TK_STR_INIT;
	int how;

	for (how = 0; how < TK_STEM_HOWS + prefix; how++) {
		tk_str_reset(&one);
		add_phrase(&one, c, text, (enum tk_stem_how)how);
		if (one.len == 0)
			continue;
		if (how == TK_STEM_NONE)
			tk_str_add(&one, " *");
		if (tk_strv_has(&seen, one.data))
			continue;
		tk_str_addf(out, "%s%s", seen.n > 0 ? " OR " : "", one.data);
		tk_strv_add(&seen, one.data);
		if (!c->top)
			continue;
		tk_stem_each(stemmer(c), text, strlen(text),
		    (enum tk_stem_how)how, add_shown,
		    how == TK_STEM_NONE ? &c->shown_prefixes : &c->shown);
	}
	tk_strv_clear(&seen);
	tk_str_clear(&one);
	return out->len > 0;
}

static void
add_match(struct tk_compiler *c, const char *expression)
{
	tk_str_add(&c->where,
	    "id IN (SELECT doc.ticket FROM words JOIN doc"
	    " ON doc.id = words.rowid WHERE");
	tk_term_add_text(c, " words MATCH", expression);
	tk_str_add_char(&c->where, ')');
	if (c->top)
		tk_strv_add(&c->words, expression);
}

/* A part of the subject or the requester, letter by letter: what has no
 * letters or digits is in no index of words. */
static void
add_part(struct tk_compiler *c, const char *text)
{
	struct tk_str low = TK_STR_INIT;

	tk_utf8_lower(&low, text);
	tk_term_add_text(c, "instr(subject_low,", low.data);
	tk_term_add_text(c, ") > 0 OR instr(requester_low,", low.data);
	tk_str_add(&c->where, ") > 0");
	tk_str_clear(&low);
}

static size_t
letters(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

/* {columns} : (expression), without the * at the end of an unquoted value;
 * false: it has no words. */
static bool
make_expression(struct tk_str *out, struct tk_compiler *c,
    const struct tk_value *v, const char *columns)
{
	size_t n = strlen(v->text);
	bool star = !v->quoted && n > 1 && v->text[n - 1] == '*';
	struct tk_str any = TK_STR_INIT, text = TK_STR_INIT;
	bool found;

	tk_str_add_data(&text, v->text, n - star);
	found = add_any(&any, c, text.data, star);
	if (found)
		tk_str_addf(out, "{%s} : (%s)", columns, any.data);
	/* The beginning of a word in a subject, where words are few. A number
	 * at the end is whole: srv-1 is not srv-1042. */
	if (found && !isdigit((unsigned char)text.data[text.len - 1]) &&
	    columns[0] == 's' && columns[1] == 'u' && !star && !v->quoted &&
	    letters(text.data) >= PREFIX_LETTERS) {
		tk_str_add(out, " OR {subject sender} : (");
		add_phrase(out, c, text.data, TK_STEM_NONE);
		tk_str_add(out, " *)");
	}
	tk_str_clear(&any);
	tk_str_clear(&text);
	return found;
}

enum tk_status
tk_ask_word(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	const struct tk_value *v = &t->value[0];
	struct tk_str expression = TK_STR_INIT;

	if (v->text[0] == '\0')
		return tk_term_bad(
		    err, c->text, t, t->at, _("nothing to look for"));
	/* A number is a ticket's; in words it is looked for in quotes. A long
	 * one is a telephone's. */
	if (!v->quoted && strspn(v->text, "0123456789") == strlen(v->text) &&
	    strlen(v->text) <= 9 && tk_ask_one_id(c, v->text, "("))
		goto out;
	tk_str_add_char(&c->where, '(');
	if (make_expression(
		&expression, c, v, c->ctx->no_notes ? BARE : BARE_NOTES))
		add_match(c, expression.data);
	else
		add_part(c, v->text);
	if (!v->quoted)
		(void)tk_ask_one_id(c, v->text, " OR ");
out:
	tk_str_add_char(&c->where, ')');
	tk_str_clear(&expression);
	return TK_OK;
}

/* A field of letters: text, from ... */
enum tk_status
tk_ask_letter(
    struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	const char *columns = t->field->column;
	struct tk_str expression = TK_STR_INIT, one = TK_STR_INIT;
	enum tk_status st = TK_OK;
	size_t i;

	if (c->ctx->no_notes && strcmp(columns, "text note") == 0)
		columns = "text";
	for (i = 0; st == TK_OK && i < t->n; i++) {
		tk_str_reset(&one);
		if (!make_expression(&one, c, &t->value[i], columns))
			st = tk_term_bad(err, c->text, t, t->value[i].at,
			    _("there are no letters or digits in this"));
		tk_str_addf(
		    &expression, "%s(%s)", i > 0 ? " OR " : "", one.data);
	}
	if (st == TK_OK && c->ctx->no_notes && strcmp(columns, "note") == 0)
		tk_str_add_char(&c->where, '0');
	else if (st == TK_OK)
		add_match(c, expression.data);
	tk_str_clear(&one);
	tk_str_clear(&expression);
	return st;
}
