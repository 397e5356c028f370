/*
 * ahead.h - letters read before it is their turn.
 *
 * Purpose    Reading a letter, taking its text out and deflating it for a pack
 *            is most of the work of taking it in, and needs nothing of the
 *            desk. Of many letters it is done by a thread for each processor,
 *            so far ahead as the memory allows; they come in their order.
 * Ownership  What tk_ahead_next() gives is the caller's, to be freed with
 *            tk_incoming_free(). The desk is borrowed, and only asked where
 *            it lies.
 */
#ifndef TK_AHEAD_H
#define TK_AHEAD_H

#include "desk/desk.h"
#include "mail/letter.h"
#include "store/blob.h"

struct tk_incoming {
	char *file; /* path, for people */
	char *name; /* in the maildir's new/, or NULL */
	struct tk_str raw;
	struct tk_letter letter;
	struct tk_blob *blob; /* raw made ready for the desk; or NULL */
	char *whole;   /* raw is only its beginning; or NULL */
	bool is_read;  /* letter is filled */
	char *reason;  /* why it goes to quarantine */
	char *trouble; /* why it must be tried again */
};

struct tk_incoming *tk_incoming_new(const char *file, const char *name);
void tk_incoming_free(struct tk_incoming *in);
/* What is in raw. d: deflate it for a pack, too; or NULL. */
void tk_incoming_parse(struct tk_incoming *in, struct tk_deflater *d);

struct tk_ahead;

/* dir: a maildir whose new/ has these names, or NULL: they are files. keep:
 * what is too large for the desk is kept beside it. */
struct tk_ahead *tk_ahead_new(struct tk_desk *desk, const char *dir,
    const struct tk_strv *names, bool keep);
void tk_ahead_free(struct tk_ahead *a);
bool tk_ahead_is_done(const struct tk_ahead *a);
/* Waits where it must, until that time of tk_ticks(); NULL: there are no more,
 * or the next is not read yet. */
struct tk_incoming *tk_ahead_next(struct tk_ahead *a, int64_t until);

#endif
