/*
 * gate.h - who may do what over ssh at the gate.
 *
 * Purpose    tk-shell is the forced command behind a key of authorized_keys:
 *            it knows who it is from its operand, never from the other side,
 *            and lets through git's two transports for this desk and the
 *            tk commands of a fixed list.
 * Source     sshd(8) AUTHORIZED_KEYS FILE FORMAT, git-shell(1).
 * Errors     TK_EDENIED not for this person; TK_EUSAGE a command line that
 *            cannot be read.
 */
#ifndef TK_GATE_H
#define TK_GATE_H

#include "desk/desk.h"

struct tk_gate {
	struct tk_strv argv;  /* what to run: a program and its operands */
	char *queues;         /* for TK_QUEUES, or NULL: sees all */
	char *archive;        /* for TK_ARCHIVE, or NULL */
	bool is_git;
};

/* line is what the other side asked for ($SSH_ORIGINAL_COMMAND). */
TK_MUST_CHECK enum tk_status tk_gate_judge(struct tk_gate *out,
    struct tk_desk *desk, const char *id, const char *line,
    struct tk_err *err);
void tk_gate_clear(struct tk_gate *g);

/* Can it stand in authorized_keys: one line, "TYPE BASE64 [comment]", without
 * options and quotation marks? */
bool tk_gate_is_key(const char *text);
/* The same key, whatever its comment says? sshd lets in whoever is first. */
bool tk_gate_same_key(const char *a, const char *b);

/* The lines of authorized_keys for everybody who works here; program is the
 * absolute path of tk-shell. TK_EINPUT: staff/ID.yaml:LINE has no key there,
 * or that of somebody else; nothing is appended then. */
TK_MUST_CHECK enum tk_status tk_gate_keys(struct tk_str *out,
    struct tk_desk *desk, const char *program, struct tk_err *err);

#endif
