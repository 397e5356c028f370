/*
 * letter.h - letters we write: answers, acknowledgements, notes with files.
 *
 * Purpose    Who gets it, what it is threaded to, the queue's name and
 *            signature; composed by mail/compose and put through the door.
 * Ownership  Drafts borrow their texts and files.
 * Errors     TK_EINPUT a template that needs a text and has none;
 *            TK_EREFUSED nobody to write to; TK_EBUSY is not used: a ticket
 *            that changed under the writer is TK_EREFUSED too.
 */
#ifndef TK_DESK_LETTER_H
#define TK_DESK_LETTER_H

#include "act/act.h"
#include "desk/ticket.h"

struct tk_draft_file;

struct tk_attachment {
	char *name;
	struct tk_str data;
};

struct tk_attachments {
	struct tk_attachment *v;
	size_t n, cap;
};

/* Read files; the name is the last part of the path. */
TK_MUST_CHECK enum tk_status tk_attachments_read(struct tk_attachments *out,
    const struct tk_strv *paths, struct tk_err *err);
void tk_attachments_clear(struct tk_attachments *a);

struct tk_recipients {
	struct tk_strv to, cc; /* "Name <a@b>" */
};

/* The requester, and the ticket's cc without ourselves. */
TK_MUST_CHECK enum tk_status tk_reply_recipients(struct tk_recipients *out,
    const struct tk_desk *desk, const struct tk_ticket *t,
    struct tk_err *err);
/* What a person typed, "a@b" or "Name <a@b>, c@d", one address an entry.
 * TK_EINPUT: something in it is no address. */
TK_MUST_CHECK enum tk_status tk_recipients_add(
    struct tk_strv *to, const char *text, struct tk_err *err);
void tk_recipients_clear(struct tk_recipients *r);

struct tk_reply {
	const struct tk_actor *actor;
	const char *text;
	const struct tk_recipients *to;
	const struct tk_attachments *files; /* or NULL */
	const char *subject;   /* or NULL: the ticket's */
	const char *state;     /* or NULL: as the regulation says */
	size_t seen;           /* log entries the writer has seen; 0: any */
	bool insists;        /* also to addresses whose letters come back */
};

/* An answer by a person (act reply). Where somebody wrote or answered after
 * "seen", it is refused. */
TK_MUST_CHECK enum tk_status tk_reply_act(struct tk_tx *tx,
    struct tk_desk *desk, const char *id, const struct tk_reply *reply,
    struct tk_done *done, struct tk_err *err);

/* A letter by tk itself, from a template; the letter answered is the
 * ticket's last. */
struct tk_auto {
	const char *act;           /* ack remind progress close */
	const char *to;            /* one address; NULL: the requester */
	const char *template_name;
	const char *text;          /* for {{text}}, or NULL */
	const char *kind;          /* auto-replied, auto-generated */
	const char *rule;          /* for the log, or NULL */
	const struct tk_yaml *step;
};
TK_MUST_CHECK enum tk_status tk_auto_act(struct tk_tx *tx,
    struct tk_desk *desk, const char *id, const struct tk_auto *a,
    struct tk_done *done, struct tk_err *err);

/* An automatic letter by tk itself (act ack), from a template. to is one
 * address, text for {{text}} or NULL; the letter answered is the ticket's
 * last. */
TK_MUST_CHECK enum tk_status tk_ack_act(struct tk_tx *tx,
    struct tk_desk *desk, const char *id, const char *to,
    const char *template_name, const char *text, struct tk_done *done,
    struct tk_err *err);

/* Fill a message's attachments and the MIME letter that holds them. */
TK_MUST_CHECK enum tk_status tk_note_letter(struct tk_str *raw,
    struct tk_message *m, const struct tk_attachments *files, int64_t at,
    struct tk_err *err);

/* Read a composed letter back into its message: attachments, if it has any,
 * people, the sum of the body. */
TK_MUST_CHECK enum tk_status tk_files_from_letter(struct tk_message *m,
    const struct tk_str *raw, bool has_files, struct tk_err *err);
/* The files as compose.h wants them; free(3). NULL: there are none. */
struct tk_draft_file *tk_draft_files(const struct tk_attachments *files);

/* A ready answer with the ticket's values filled in; appended. The text the
 * agent typed is for {{text}}; NULL: it may still come, so that a template
 * that needs one is rendered without. {{queue.signature}} is empty in what
 * people write: tk_reply_sign() adds it. */
TK_MUST_CHECK enum tk_status tk_render(struct tk_str *subject,
    struct tk_str *body, struct tk_desk *desk, const struct tk_ticket *t,
    const struct tk_actor *actor, const char *template_name, const char *text,
    struct tk_err *err);

/* The signature of the ticket's queue in the language of its letters, with
 * {{actor.name}} (empty for tk itself) and the like filled in; appended. One
 * that cannot be is left out. Clients must have been loaded. */
void tk_render_signature(struct tk_str *out, const struct tk_desk *desk,
    const struct tk_ticket *t, const struct tk_actor *actor);
/* The language of the client, else of the letter that opened the ticket, else
 * of the queue, else of the desk. Borrowed.
 * Clients must have been loaded. */
const char *tk_letter_language(
    const struct tk_desk *desk, const struct tk_ticket *t);

/* The answer as it will be sent: the text and the signature; appended. */
TK_MUST_CHECK enum tk_status tk_reply_sign(struct tk_str *out,
    struct tk_desk *desk, const struct tk_ticket *t,
    const struct tk_actor *actor, const char *text, struct tk_err *err);
/* "To: ...", a line each; appended, safe for a terminal. */
void tk_reply_lines(struct tk_str *out, const struct tk_recipients *r);
/* What the client said last, quoted; appended, safe for a terminal. */
TK_MUST_CHECK enum tk_status tk_reply_quote(struct tk_str *out,
    struct tk_desk *desk, const struct tk_ticket *t, struct tk_err *err);

#endif
