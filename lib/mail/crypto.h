/*
 * crypto.h - PGP and S/MIME, by way of GMime and the GnuPG programs.
 *
 * Purpose    What tk_mime_open() asks of letters that are signed or
 *            encrypted, and the signature of letters that go out. gpg is run
 *            for such letters only.
 * Note       Keys without a passphrase, or with one that gpg-agent has: there
 *            is nobody to ask.
 * Errors     TK_ESYS: gpg or its key is not there; nothing was signed.
 * Source     RFC 3156, RFC 8551; mail-rules 46-48.
 */
#ifndef TK_CRYPTO_H
#define TK_CRYPTO_H

#include "base/str.h"
#include "mail/letter.h"
#include "mail/mime.h"

/* Appends raw, a letter of ours, as a multipart/signed. how: "pgp" or
 * "smime"; key: an address or id; gnupg: the folder of the keys, or NULL for
 * that of the user. */
TK_MUST_CHECK enum tk_status tk_crypto_sign(struct tk_str *out,
    const struct tk_str *raw, const char *how, const char *key,
    const char *gnupg, struct tk_err *err);

/* Fills signature, encrypted, is_signed and sealed of m. top: a GMimeObject;
 * the one to be read is returned, top itself or what was inside of it. Bad
 * signatures and missing keys are told there, and hide nothing. */
void *tk_crypto_open(
    struct tk_mime *m, void *top, const struct tk_reading *known);

#endif
