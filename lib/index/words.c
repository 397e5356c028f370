/* words - the stems of messages, heads and pages. */
#include "index/words.h"

#include <string.h>

void
tk_words_init(struct tk_words *w)
{
	size_t i;

	for (i = 0; i < TK_WORDS_COLUMNS; i++)
		tk_str_init(&w->column[i]);
}

void
tk_words_clear(struct tk_words *w)
{
	size_t i;

	for (i = 0; i < TK_WORDS_COLUMNS; i++)
		tk_str_clear(&w->column[i]);
}

bool
tk_words_is_empty(const struct tk_words *w)
{
	size_t i;

	for (i = 0; i < TK_WORDS_COLUMNS; i++)
		if (w->column[i].len > 0)
			return false;
	return true;
}

void
tk_words_stem(struct tk_str *out, struct tk_stemmer *s, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0;

	if (len > 0)
		tk_stem_text(out, s, text, len, tk_stem_guess(text, len));
}

static void
add(struct tk_words *w, int column, struct tk_stemmer *s, const char *text)
{
	tk_words_stem(&w->column[column], s, text);
}

void
tk_words_message(struct tk_words *w, struct tk_stemmer *s,
    const struct tk_message *m, const char *stems)
{
	bool note = tk_streq(m->kind, "note");
	size_t i;

	/* Ours repeats the ticket's. */
	if (!note && !tk_message_is_outgoing(m))
		add(w, TK_WORDS_SUBJECT, s, m->subject);
	if (stems != NULL)
		tk_str_add(
		    &w->column[note ? TK_WORDS_NOTE : TK_WORDS_TEXT], stems);
	else
		add(w, note ? TK_WORDS_NOTE : TK_WORDS_TEXT, s, m->text);
	for (i = 0; i < m->n_files; i++)
		add(w, TK_WORDS_FILE, s, m->file[i].name);
	add(w, TK_WORDS_SENDER, s, m->from);
	for (i = 0; i < m->to.n; i++)
		add(w, TK_WORDS_RECEIVER, s, m->to.v[i]);
	for (i = 0; i < m->cc.n; i++)
		add(w, TK_WORDS_COPY, s, m->cc.v[i]);
}

void
tk_words_ticket(
    struct tk_words *w, struct tk_stemmer *s, const struct tk_ticket *t)
{
	add(w, TK_WORDS_SUBJECT, s, tk_ticket_get(t, "subject"));
	add(w, TK_WORDS_SENDER, s, tk_ticket_get(t, "requester"));
	add(w, TK_WORDS_NOTE, s, tk_ticket_get(t, "resolution"));
	add(w, TK_WORDS_NOTE, s, tk_ticket_get(t, "cause"));
}

void
tk_words_page(struct tk_words *w, struct tk_stemmer *s, const char *path,
    const char *text, size_t len)
{
	enum tk_stem_how how = tk_stem_guess(text, len);
	const char *end = memchr(text, '\n', len);
	size_t title = end != NULL ? (size_t)(end - text) : len;

	tk_stem_text(&w->column[TK_WORDS_SUBJECT], s, text, title, how);
	tk_stem_text(
	    &w->column[TK_WORDS_TEXT], s, text + title, len - title, how);
	add(w, TK_WORDS_FILE, s, path);
}
