/* tk-note - add a note that never leaves the house. */
#include <stdlib.h>
#include <string.h>

#include "act/change.h"
#include "act/letter.h"
#include "base/ambient.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/input.h"

static const char *text;
static struct tk_strv attach;
static bool quiet;

static const struct tk_opt opts[] = {
	{ .flag = 'm', .name = "message", .arg = "TEXT",
	    .help = N_("the note; else from the editor or stdin"),
	    .value = &text },
	{ .flag = 'a', .name = "attach", .arg = "FILE",
	    .help = N_("attach a file; may be repeated"), .values = &attach },
	{ .flag = 'q', .name = "quiet", .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

struct run {
	const struct tk_actor *actor;
	const char *text;
	struct tk_attachments files;
};

static enum tk_status
make(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    struct tk_done *done, void *arg, struct tk_err *err)
{
	const struct run *r = arg;
	struct tk_message m = { .kind = NULL };
	struct tk_str raw = TK_STR_INIT;
	struct tk_request req = { .id = id, .act = "note", .actor = r->actor,
		.msg = &m, .at = tk_now() };
	enum tk_status st = TK_OK;

	m.kind = tk_strf("note");
	m.text = tk_strf("%s", r->text);
	if (r->files.n > 0) {
		st = tk_note_letter(&raw, &m, &r->files, req.at, err);
		req.raw = &raw;
	}
	if (st == TK_OK)
		st = tk_act(tx, desk, &req, done, err);
	tk_str_clear(&raw);
	tk_message_clear(&m);
	return st;
}

static void
told(const struct tk_done *done, void *arg)
{
	(void)arg;
	if (!quiet)
		tk_print_done(done, "note");
}

static enum tk_status
note(int argc, char **argv, struct tk_err *err)
{
	struct run r = { .actor = NULL };
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_str body = TK_STR_INIT;
	struct tk_desk *desk = NULL;
	struct tk_bulk bulk = { .ids = &ids, .make = make, .told = told,
		.arg = &r };
	enum tk_status st;

	/* Standard input cannot be both the ids and the text. */
	if (argc == 0 && text == NULL)
		return tk_fail(err, TK_EUSAGE,
		    _("ids from standard input need the text with -m"));
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_input_ids(&ids, NULL, desk, argc, argv, err)) != TK_OK ||
	    (st = tk_desk_actor(desk, &r.actor, err)) != TK_OK ||
	    (st = tk_attachments_read(&r.files, &attach, err)) != TK_OK ||
	    (st = tk_input_text(&body, desk, text, NULL,
		 _("The note stays in the house."), err)) != TK_OK)
		goto out;
	r.text = body.data;
	st = tk_act_bulk(desk, &bulk, err);
out:
	tk_attachments_clear(&r.files);
	tk_strv_clear(&attach);
	tk_strv_clear(&ids);
	tk_str_clear(&body);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-note",
		.operands = "[ID...]",
		.summary = N_("add a note that never leaves the house"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = note,
	};

	return tk_main(&cmd, argc, argv);
}
