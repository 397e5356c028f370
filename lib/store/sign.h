/*
 * sign.h - ssh signatures of commits.
 *
 * Purpose    As git does it with gpg.format=ssh: the commit without its
 *            signature is signed by ssh-keygen -Y sign in the namespace
 *            "git", so git log --show-signature reads what we write.
 * Source     git-config(1) gpg.format, ssh-keygen(1), PROTOCOL.sshsig of
 *            OpenSSH.
 * Errors     TK_ESYS ssh-keygen could not sign.
 */
#ifndef TK_SIGN_H
#define TK_SIGN_H

#include "store/store.h"

/* Path of the key that git would sign with, or NULL; free(3). */
char *tk_sign_key(struct tk_store *s);

TK_MUST_CHECK enum tk_status tk_sign(struct tk_str *signature,
    const char *key, const char *data, size_t len, struct tk_err *err);

enum tk_signed {
	TK_SIGNED_NOT,
	TK_SIGNED_GOOD,
	TK_SIGNED_BAD, /* or by a key that is not this person's */
};

/* The last commit that changed path: its id (hex) and whether one of the
 * keys (lines as in authorized_keys) signed it. id is "" where there is
 * none. */
TK_MUST_CHECK enum tk_status tk_sign_check(struct tk_store *s,
    const char *path, const struct tk_strv *keys, char id[41],
    enum tk_signed *is, struct tk_err *err);

/* One commit, 40 hex digits. */
TK_MUST_CHECK enum tk_status tk_sign_check_commit(struct tk_store *s,
    const char *id, const struct tk_strv *keys, enum tk_signed *is,
    struct tk_err *err);

#endif
