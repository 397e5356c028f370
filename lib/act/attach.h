/*
 * attach.h - attachments out of the raw letters of a ticket.
 *
 * Purpose    Numbers go through the ticket from 1, as tk show says them. What
 *            is cut off in the desk comes out of the whole letter in tk/big/,
 *            where that is (at the gate). A
 *            name out of a letter is hostile: what is written is a safe name
 *            in the folder that was given and over nothing that is there.
 * Errors     TK_ENOENT no such attachment, no letter; TK_EINPUT the bytes
 *            are not those the message file has the SHA-256 of; TK_EEXIST
 *            the file is there.
 */
#ifndef TK_ATTACH_H
#define TK_ATTACH_H

#include "desk/ticket.h"

/* How many attachments the messages have. */
size_t tk_attach_count(const struct tk_messages *m);

/* m becomes the message of that number (from 1) alone, with the attachments of
 * the whole letter, of which the desk has the beginning only. TK_ENOENT: there
 * is no such message or letter here. */
TK_MUST_CHECK enum tk_status tk_attach_whole(struct tk_messages *m,
    struct tk_desk *desk, size_t number, struct tk_err *err);

/* The bytes of attachment number, appended. *file is borrowed from m. */
TK_MUST_CHECK enum tk_status tk_attach_read(struct tk_str *out,
    const struct tk_file_info **file, struct tk_desk *desk, const char *id,
    const struct tk_messages *m, size_t number, struct tk_err *err);

/* Written to path. over: a file that is there is replaced. */
TK_MUST_CHECK enum tk_status tk_attach_write(const char *path,
    const struct tk_str *data, bool over, struct tk_err *err);
/* Written into dir, which is made; where its name is taken as NAME-2.png and
 * so on, unless over is set. The path that was written is appended. */
TK_MUST_CHECK enum tk_status tk_attach_save(struct tk_str *path,
    const char *dir, const struct tk_file_info *file, size_t number,
    const struct tk_str *data, bool over, struct tk_err *err);

#endif
