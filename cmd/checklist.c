/* tk-checklist - see and tick off what is to be done. */
#include "act/change.h"
#include "act/work.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/input.h"
#include "desk/ticket.h"

static struct tk_strv add, done, undo;
static bool quiet;

static const struct tk_opt opts[] = {
	{ .name = "add", .arg = "TEXT",
	    .help = N_("add an item; may be repeated"), .values = &add },
	{ .flag = 'd', .name = "done", .arg = "N",
	    .help = N_("item N is done; may be repeated"), .values = &done },
	{ .flag = 'u', .name = "undo", .arg = "N",
	    .help = N_("item N is not done after all"), .values = &undo },
	{ .flag = 'q', .name = "quiet", .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static enum tk_status
make(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    struct tk_done *out, void *arg, struct tk_err *err)
{
	return tk_checklist_act(tx, desk, id, arg, out, err);
}

static enum tk_status
change(struct tk_desk *desk, const struct tk_strv *ids, struct tk_err *err)
{
	struct tk_checklist_change c = { NULL, &add, &done, &undo };
	struct tk_bulk bulk = { .ids = ids, .make = make, .arg = &c };
	enum tk_status st = tk_desk_actor(desk, &c.actor, err);

	return st == TK_OK ? tk_act_bulk(desk, &bulk, err) : st;
}

static enum tk_status
print(struct tk_desk *desk, const char *id, struct tk_err *err)
{
	const struct tk_yaml *list, *item;
	struct tk_ticket *t = NULL;
	enum tk_status st = tk_desk_ticket(&t, desk, id, err);
	const char *text;
	size_t i;

	if (st != TK_OK)
		return st;
	list = tk_ticket_node(t, "checklist");
	for (i = 0; list != NULL && i < list->n; i++) {
		item = list->item[i];
		text = tk_yaml_str(item, "text");
		tk_say("%s %zu [%c] %s", id, i + 1,
		    tk_yaml_bool(item, "done", false) ? 'x' : ' ',
		    text != NULL ? text : "");
	}
	if (list == NULL || list->n == 0)
		tk_warn(_("%s: nothing on the checklist; tk checklist %s --add "
			  "TEXT"),
		    id, id);
	tk_ticket_free(t);
	return TK_OK;
}

static enum tk_status
checklist(int argc, char **argv, struct tk_err *err)
{
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_desk *desk = NULL;
	enum tk_status st;
	size_t i;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_input_ids(&ids, NULL, desk, argc, argv, err)) != TK_OK)
		goto out;
	if (add.n + done.n + undo.n > 0 &&
	    (st = change(desk, &ids, err)) != TK_OK)
		goto out;
	for (i = 0; st == TK_OK && !quiet && i < ids.n; i++)
		st = print(desk, ids.v[i], err);
out:
	tk_strv_clear(&add);
	tk_strv_clear(&done);
	tk_strv_clear(&undo);
	tk_strv_clear(&ids);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-checklist",
		.operands = "[ID...]",
		.summary = N_("see and tick off what is to be done"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = checklist,
	};

	return tk_main(&cmd, argc, argv);
}
