/*
 * letter_pictures.h - pictures that stand in the text.
 *
 * Purpose    The inner side of letter.c; only it includes this.
 */
#ifndef TK_LETTER_PICTURES_H
#define TK_LETTER_PICTURES_H

#include "mail/letter.h"

/* "[cid:x@y]" becomes "[image 1: scr.png 240 KB]"; pictures that the text has
 * no place for are told below it, but for the small ones of signatures. */
void tk_letter_pictures(struct tk_letter *l);

#endif
