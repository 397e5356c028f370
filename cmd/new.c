/* tk-new - open a ticket by hand. */
#include <stdio.h>

#include "act/change.h"
#include "act/open.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/input.h"
#include "notice/notice.h"
#include "send/send.h"

static const char *subject, *text, *channel, *type, *queue, *priority,
    *category, *client, *requester, *assignee;
static struct tk_strv attach;
static bool ack, quiet;

static const struct tk_opt opts[] = {
	{ .flag = 's', .name = "subject", .arg = "TEXT",
	    .help = N_("what it is about, in a line"), .value = &subject },
	{ .flag = 'm', .name = "message", .arg = "TEXT",
	    .help = N_("what was said; else from the editor or stdin"),
	    .value = &text },
	{ .flag = 'c', .name = "channel", .arg = "CHANNEL",
	    .help = N_("how it came: phone (default), visit, chat, fax ..."),
	    .value = &channel },
	{ .flag = 'w', .name = "requester", .arg = "WHO",
	    .help = N_("who asks: Name <address>, name or phone"),
	    .value = &requester },
	{ .name = "client", .arg = "ID", .help = N_("of which client"),
	    .value = &client },
	{ .name = "type", .arg = "TYPE", .help = N_("incident, request ..."),
	    .value = &type },
	{ .flag = 'Q', .name = "queue", .arg = "QUEUE",
	    .help = N_("in which queue"), .value = &queue },
	{ .flag = 'p', .name = "priority", .arg = "PRIORITY",
	    .help = N_("how urgent"), .value = &priority },
	{ .name = "category", .arg = "CATEGORY", .help = N_("of which kind"),
	    .value = &category },
	{ .name = "assignee", .arg = "PERSON", .help = N_("for whom"),
	    .value = &assignee },
	{ .flag = 'a', .name = "attach", .arg = "FILE",
	    .help = N_("attach a file; may be repeated"), .values = &attach },
	{ .name = "ack", .help = N_("write to the requester that it is here"),
	    .set = &ack },
	{ .flag = 'q', .name = "quiet", .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

struct run {
	struct tk_desk *desk;
	struct tk_open open;
	struct tk_done done;
};

static enum tk_status
put(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct run *r = arg;

	return tk_open_act(tx, r->desk, &r->open, &r->done, err);
}

static enum tk_status
new(int argc, char **argv, struct tk_err *err)
{
	struct run r = { .desk = NULL };
	struct tk_attachments files = { NULL, 0, 0 };
	struct tk_str body = TK_STR_INIT;
	struct tk_err late = TK_ERR_INIT;
	struct tk_sent count;
	enum tk_status st;

	(void)argc;
	(void)argv;
	if (subject == NULL || subject[0] == '\0')
		return tk_fail(err, TK_EUSAGE,
		    _("what is it about? -s SUBJECT"));
	if ((st = tk_desk_open(&r.desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_desk_actor(r.desk, &r.open.actor, err)) != TK_OK ||
	    (st = tk_attachments_read(&files, &attach, err)) != TK_OK ||
	    (st = tk_input_text(&body, r.desk, text, NULL, subject, err)) !=
		TK_OK)
		goto out;
	r.open = (struct tk_open){ r.open.actor, subject, body.data, channel,
		type, queue, priority, category, client, requester, assignee,
		&files, ack };
	st = tk_store_change(r.desk->store, put, &r, err);
	if (st != TK_OK && st != TK_EOUTPUT)
		goto out;
	if (!quiet)
		tk_print_done(&r.done, "open");
	tk_desk_looked_at(r.desk, r.done.id);
	if (!ack)
		tk_notice_wake(r.desk);
	else if (tk_send_pending(r.desk, NULL, &count, &late) != TK_OK)
		tk_warn("%s", late.text);
out:
	tk_attachments_clear(&files);
	tk_strv_clear(&attach);
	tk_str_clear(&body);
	tk_desk_free(r.desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-new",
		.operands = "",
		.summary = N_("open a ticket by hand"),
		.opts = opts,
		.min = 0,
		.max = 0,
		.run = new,
	};

	return tk_main(&cmd, argc, argv);
}
