/*
 * words.h - what full text knows of a message, a ticket's head or a page.
 *
 * Purpose    Stems in columns, made beside the index (by other threads too)
 *            and put into it. The FTS5 table has no text of its own: it is
 *            a list of words with places in documents, and table doc says
 *            what each document is.
 * Ownership  tk_words_clear(); a stemmer is for one thread.
 */
#ifndef TK_WORDS_H
#define TK_WORDS_H

#include "base/stem.h"
#include "model/message.h"
#include "model/ticket.h"

enum {
	TK_WORDS_SUBJECT,
	TK_WORDS_TEXT,
	TK_WORDS_NOTE, /* what a client must not find */
	TK_WORDS_FILE, /* names of attachments */
	TK_WORDS_SENDER,
	TK_WORDS_RECEIVER,
	TK_WORDS_COPY,
	TK_WORDS_COLUMNS
};

struct tk_words {
	struct tk_str column[TK_WORDS_COLUMNS];
};

void tk_words_init(struct tk_words *w);
void tk_words_clear(struct tk_words *w);
bool tk_words_is_empty(const struct tk_words *w);

/* stems: of the message's text, where they are known; or NULL. */
void tk_words_message(struct tk_words *w, struct tk_stemmer *s,
    const struct tk_message *m, const char *stems);
/* Those of a text, as the columns hold them; appended. */
void tk_words_stem(
    struct tk_str *out, struct tk_stemmer *s, const char *text);
void tk_words_ticket(struct tk_words *w, struct tk_stemmer *s,
    const struct tk_ticket *t);
/* A page of the knowledge base; its title is its first line. */
void tk_words_page(struct tk_words *w, struct tk_stemmer *s,
    const char *path, const char *text, size_t len);

#endif
