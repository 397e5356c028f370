/* tk-show - read a ticket. */
#include <stdio.h>
#include <stdlib.h>

#include "act/dead.h"
#include "base/ambient.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/input.h"
#include "desk/labels.h"
#include "desk/overview.h"
#include "desk/ticket.h"
#include "view/jsonview.h"
#include "view/term.h"

static const char *number;
static bool full, json, raw, no_log;

static const struct tk_opt opts[] = {
	{ .flag = 'v',
	    .name = "full",
	    .help = N_("quotes and details too"),
	    .set = &full },
	{ .flag = 'M',
	    .name = "number",
	    .arg = "N",
	    .help = N_("message N alone"),
	    .value = &number },
	{ .name = "raw",
	    .help = N_("the raw letter of message N (-M)"),
	    .set = &raw },
	{ .name = "no-log",
	    .help = N_("letters and notes only"),
	    .set = &no_log },
	{ .name = "json",
	    .help = N_("one JSON object a ticket"),
	    .set = &json },
	{ 0 },
};

static enum tk_status
which(size_t *i, const struct tk_messages *m, struct tk_err *err)
{
	char *end;
	unsigned long n;

	*i = 0;
	if (number == NULL)
		return raw
		    ? tk_fail(err, TK_EUSAGE, _("--raw of which message? -M N"))
		    : TK_OK;
	n = strtoul(number, &end, 10);
	if (*end != '\0' || n == 0)
		return tk_fail(
		    err, TK_EUSAGE, _("-M %s: not a number"), number);
	if (n > m->n)
		return tk_fail(
		    err, TK_ENOENT, _("message %lu: there are %zu"), n, m->n);
	*i = n - 1;
	return TK_OK;
}

static void
print_json(const struct tk_ticket *t, const struct tk_messages *m)
{
	struct tk_json *o = tk_jsonview_ticket(t, true);
	struct tk_json *list = tk_json_array();
	struct tk_str line = TK_STR_INIT;
	size_t i;

	for (i = 0; i < m->n; i++)
		tk_json_add(list, tk_jsonview_message(&m->v[i], i + 1));
	tk_json_set(o, "messages", list);
	tk_json_text(&line, o);
	puts(line.data);
	tk_str_clear(&line);
	tk_json_free(o);
}

static enum tk_status
print_raw(struct tk_desk *desk, const char *id, const char *message,
    struct tk_err *err)
{
	struct tk_str letter = TK_STR_INIT;
	enum tk_status st = tk_desk_letter(&letter, desk, id, message, err);

	if (st == TK_OK && tk_term_is_there())
		st = tk_fail(err, TK_EREFUSED,
		    _("a raw letter is not for a terminal: tk show --raw -M "
		      "%s %s >FILE, or | cat -v"),
		    number, id);
	else if (st == TK_OK)
		fwrite(letter.data, 1, letter.len, stdout);
	else if (st == TK_ENOENT)
		st = tk_fail(err, TK_ENOENT, _("%s: message %s was no letter"),
		    id, number);
	tk_str_clear(&letter);
	return st;
}

static bool
is_final(const struct tk_desk *desk, const struct tk_ticket *t)
{
	const struct tk_state *s = tk_state_find(
	    tk_process_find(desk->reg, tk_ticket_get(t, "type")),
	    tk_ticket_get(t, "state") != NULL ? tk_ticket_get(t, "state") : "");

	return s != NULL && s->final;
}

static enum tk_status
print(struct tk_desk *desk, const struct tk_ticket *t,
    const struct tk_messages *m, size_t i, struct tk_err *err)
{
	struct tk_show s = { .ticket = t,
		.message = m->v,
		.n_messages = m->n,
		.width = tk_term_width(),
		.colour = tk_term_has_colour(),
		.full = full,
		.no_log = no_log };
	struct tk_str text = TK_STR_INIT;
	struct tk_label *labels = NULL;
	enum tk_status st;

	st = tk_desk_labels(&labels, &s.n_labels, desk,
	    tk_ticket_get(t, "type"), tk_ticket_get(t, "client"), err);
	if (st != TK_OK)
		return st;
	s.label = labels;
	s.now = is_final(desk, t) ? 0 : tk_now();
	if (number != NULL)
		tk_show_message(&text, &s, i);
	else
		tk_show_ticket(&text, &s);
	if (number == NULL && s.now != 0)
		st = tk_dead_ticket(&text, desk, t, err);
	fputs(text.data, stdout);
	tk_str_clear(&text);
	free(labels);
	if (st == TK_OK && number == NULL && !no_log)
		st = tk_overview_others(desk, stdout, t, err);
	return st;
}

static enum tk_status
show_one(struct tk_desk *desk, const char *id, struct tk_err *err)
{
	struct tk_messages m = { NULL, 0, 0 };
	struct tk_ticket *t = NULL;
	enum tk_status st;
	size_t i;

	if ((st = tk_desk_ticket(&t, desk, id, err)) != TK_OK ||
	    (st = tk_desk_messages(&m, desk, t, err)) != TK_OK ||
	    (st = which(&i, &m, err)) != TK_OK)
		goto out;
	if (raw)
		st = print_raw(desk, id, m.v[i].name, err);
	else if (json)
		print_json(t, &m);
	else
		st = print(desk, t, &m, i, err);
	if (st == TK_OK)
		tk_desk_looked_at(desk, id);
out:
	tk_messages_clear(&m);
	tk_ticket_free(t);
	return st;
}

static enum tk_status
show(int argc, char **argv, struct tk_err *err)
{
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_desk *desk = NULL;
	enum tk_status st;
	size_t i;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) == TK_OK &&
	    (st = tk_input_ids(&ids, NULL, desk, argc, argv, err)) == TK_OK) {
		if (!raw && !json)
			tk_pager_start();
		for (i = 0; st == TK_OK && i < ids.n; i++) {
			if (i > 0 && !raw && !json)
				putchar('\n');
			st = show_one(desk, ids.v[i], err);
		}
		tk_pager_stop();
	}
	tk_strv_clear(&ids);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-show",
		.operands = "[ID...]",
		.summary = N_("read a ticket"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = show,
	};

	return tk_main(&cmd, argc, argv);
}
