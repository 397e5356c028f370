/* tk-reply - answer the client. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/change.h"
#include "act/letter.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/utf8.h"
#include "desk/input.h"
#include "send/send.h"

static const char *text, *template_name, *subject, *status;
static struct tk_strv attach, to, cc;
static bool quiet, dry_run, no_cc, force;

static const struct tk_opt opts[] = {
	{ .flag = 'm', .name = "message", .arg = "TEXT",
	    .help = N_("the answer; else from the editor or stdin"),
	    .value = &text },
	{ .flag = 't', .name = "template", .arg = "NAME",
	    .help = N_("start from a ready answer"), .value = &template_name },
	{ .flag = 'a', .name = "attach", .arg = "FILE",
	    .help = N_("attach a file; may be repeated"), .values = &attach },
	{ .name = "to", .arg = "ADDRESS",
	    .help = N_("write to this one instead; may be repeated"),
	    .values = &to },
	{ .name = "cc", .arg = "ADDRESS",
	    .help = N_("a copy to this one too; may be repeated"),
	    .values = &cc },
	{ .name = "no-cc", .help = N_("no copies to the ticket's cc"),
	    .set = &no_cc },
	{ .flag = 's', .name = "subject", .arg = "TEXT",
	    .help = N_("another subject"), .value = &subject },
	{ .name = "status", .arg = "STATE",
	    .help = N_("move the ticket to this state with the answer"),
	    .value = &status },
	{ .flag = 'f', .name = "force",
	    .help = N_("even if somebody wrote meanwhile"), .set = &force },
	{ .flag = 'n', .name = "dry-run",
	    .help = N_("print recipients and text, send nothing"),
	    .set = &dry_run },
	{ .flag = 'q', .name = "quiet", .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

struct run {
	struct tk_desk *desk;
	const char *id;
	struct tk_reply reply;
	struct tk_done done;
};

static enum tk_status
put(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct run *r = arg;

	return tk_reply_act(tx, r->desk, r->id, &r->reply, &r->done, err);
}

static enum tk_status
recipients(struct tk_recipients *rcpt, struct tk_desk *desk,
    const struct tk_ticket *t, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < to.n; i++)
		st = tk_recipients_add(&rcpt->to, to.v[i], err);
	if (st == TK_OK && to.n == 0)
		st = tk_reply_recipients(rcpt, desk, t, err);
	if (no_cc || to.n > 0)
		tk_strv_clear(&rcpt->cc);
	for (i = 0; st == TK_OK && i < cc.n; i++)
		st = tk_recipients_add(&rcpt->cc, cc.v[i], err);
	return st;
}

/* What the editor starts with: the ready answer, if one was asked for. */
static enum tk_status
words(struct tk_str *out, struct run *r, const struct tk_ticket *t,
    const struct tk_recipients *rcpt, struct tk_err *err)
{
	struct tk_str ready = TK_STR_INIT, ignored = TK_STR_INIT;
	struct tk_str hint = TK_STR_INIT;
	bool ask = text == NULL && tk_input_is_interactive();
	const char *given = text;
	enum tk_status st = TK_OK;

	if (template_name != NULL)
		st = tk_render(&ignored, &ready, r->desk, t, r->reply.actor,
		    template_name, text != NULL || ask ? text : "", err);
	tk_reply_lines(&hint, rcpt);
	if (!quiet)
		fputs(hint.data, stderr);
	/* A ready answer needs no more words where nobody can be asked. */
	if (template_name != NULL && !ask)
		given = ready.data;
	if (st == TK_OK && ask) {
		tk_str_add_char(&hint, '\n');
		st = tk_reply_quote(&hint, r->desk, t, err);
	}
	if (st == TK_OK)
		st = tk_input_text(
		    out, r->desk, given, ready.data, hint.data, err);
	tk_str_clear(&ready);
	tk_str_clear(&ignored);
	tk_str_clear(&hint);
	return st;
}

static enum tk_status
show(struct run *r, const struct tk_ticket *t, struct tk_err *err)
{
	struct tk_str whole = TK_STR_INIT, safe = TK_STR_INIT;
	enum tk_status st = tk_reply_sign(
	    &whole, r->desk, t, r->reply.actor, r->reply.text, err);

	if (st == TK_OK) {
		tk_utf8_safe(&safe, whole.data, true);
		fputs(safe.data, stdout);
	}
	tk_str_clear(&whole);
	tk_str_clear(&safe);
	return st;
}

static enum tk_status
commit(struct run *r, struct tk_err *err)
{
	enum tk_status st;

	st = tk_store_change(r->desk->store, put, r, err);
	if (st != TK_OK && st != TK_EOUTPUT)
		return st;
	if (!quiet)
		tk_print_done(&r->done, "reply");
	tk_desk_looked_at(r->desk, r->id);
	tk_send_now(r->desk, quiet);
	return st;
}

static enum tk_status
reply(int argc, char **argv, struct tk_err *err)
{
	struct run r = { .desk = NULL };
	struct tk_str id = TK_STR_INIT, body = TK_STR_INIT;
	struct tk_recipients rcpt = { TK_STRV_INIT, TK_STRV_INIT };
	struct tk_attachments files = { NULL, 0, 0 };
	struct tk_ticket *t = NULL;
	enum tk_status st;

	if (argc != 1)
		return tk_fail(err, TK_EUSAGE,
		    argc == 0 ? _("which ticket? one ID")
			      : _("one ticket at a time; the text goes after "
				  "-m"));
	if (subject != NULL && subject[strspn(subject, " \t\r\n")] == '\0')
		return tk_fail(err, TK_EUSAGE, _("the subject is empty"));
	if ((st = tk_desk_open(&r.desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_desk_id(&id, r.desk, argv[0], err)) != TK_OK ||
	    (st = tk_desk_actor(r.desk, &r.reply.actor, err)) != TK_OK ||
	    (st = tk_desk_ticket(&t, r.desk, id.data, err)) != TK_OK ||
	    (st = recipients(&rcpt, r.desk, t, err)) != TK_OK ||
	    (st = tk_attachments_read(&files, &attach, err)) != TK_OK ||
	    (st = words(&body, &r, t, &rcpt, err)) != TK_OK)
		goto out;
	r.id = id.data;
	r.reply.text = body.data;
	r.reply.to = &rcpt;
	r.reply.files = &files;
	r.reply.subject = subject;
	r.reply.state = status;
	r.reply.seen = force ? 0 : tk_ticket_log_n(t);
	r.reply.insists = force;
	st = dry_run ? show(&r, t, err) : commit(&r, err);
out:
	if (st != TK_OK && st != TK_EOUTPUT && body.len > 0 && text == NULL &&
	    tk_input_is_interactive())
		tk_input_keep(r.desk, id.data, &body, err);
	tk_ticket_free(t);
	tk_attachments_clear(&files);
	tk_recipients_clear(&rcpt);
	tk_strv_clear(&attach);
	tk_strv_clear(&to);
	tk_strv_clear(&cc);
	tk_str_clear(&id);
	tk_str_clear(&body);
	tk_desk_free(r.desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-reply",
		.operands = "ID",
		.summary = N_("answer the client"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = reply,
	};

	return tk_main(&cmd, argc, argv);
}
