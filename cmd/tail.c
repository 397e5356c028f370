/* tk-tail - what happened last, and what happens now. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/main.h"
#include "base/utf8.h"
#include "report/tail.h"
#include "view/show.h"

#define LAST 10 /* events, where nothing is said */

static bool follow, bell, json;
static const char *limit;

static const struct tk_opt opts[] = {
	{ .flag = 'f',
	    .name = "follow",
	    .help = N_("go on with what happens"),
	    .set = &follow },
	{ .name = "bell",
	    .help = N_("with -f: ring when a client writes"),
	    .set = &bell },
	{ .flag = 'l',
	    .name = "limit",
	    .arg = "N",
	    .help = N_("the last N events; 10 without it"),
	    .value = &limit },
	{ .name = "json", .help = N_("one JSON object a line"), .set = &json },
	{ 0 },
};

static bool ringing; /* what was before does not ring */

static void
print_json(const struct tk_event *e)
{
	static const char *const fields[] = { "subject", "state", "queue",
		"priority", "client", "assignee" };
	struct tk_json *o = tk_json_object();
	struct tk_str at = TK_STR_INIT, line = TK_STR_INIT;
	size_t i;

	tk_date_rfc3339(&at, tk_entry_at(e->entry));
	tk_json_set_str(o, "at", at.data);
	tk_json_set_str(o, "ticket", tk_ticket_id(e->now));
	tk_json_set_str(o, "by", tk_yaml_str(e->entry, "by"));
	tk_json_set_str(o, "act", tk_yaml_str(e->entry, "act"));
	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		tk_json_set_str(o, fields[i], tk_ticket_get(e->now, fields[i]));
	tk_json_set_str(o, "message", tk_yaml_str(e->entry, "msg"));
	tk_json_set_str(o, "rule", tk_yaml_str(e->entry, "rule"));
	tk_json_set_str(o, "commit", e->commit);
	tk_json_text(&line, o);
	puts(line.data);
	tk_str_clear(&at);
	tk_str_clear(&line);
	tk_json_free(o);
}

/* 2026-11-22 09:15  TK-1  ivan@romashka.example: opened  Не грузится */
static void
print_line(const struct tk_event *e)
{
	const char *subject = tk_ticket_get(e->now, "subject");
	struct tk_str line = TK_STR_INIT;

	tk_date_human(&line, tk_entry_at(e->entry));
	tk_str_addf(&line, "  %s  %s: %s  %s", tk_ticket_id(e->now),
	    tk_yaml_str(e->entry, "by"),
	    tk_show_act(tk_yaml_str(e->entry, "act")),
	    subject != NULL ? subject : "");
	tk_say("%s", line.data);
	tk_str_clear(&line);
}

static void
told(const struct tk_event *e, void *arg)
{
	const char *act = tk_yaml_str(e->entry, "act");
	const char *by = tk_yaml_str(e->entry, "by");

	(void)arg;
	if (json)
		print_json(e);
	else
		print_line(e);
	/* To the terminal, not into what reads the lines. */
	if (ringing && by != NULL && strchr(by, '@') != NULL &&
	    (tk_streq(act, "open") || tk_streq(act, "answer")))
		fputc('\a', stderr);
}

static enum tk_status
tail(int argc, char **argv, struct tk_err *err)
{
	struct tk_tail t = { .told = told, .last = LAST };
	struct tk_str query = TK_STR_INIT;
	enum tk_status st;
	char *end;
	int i;

	for (i = 0; i < argc; i++)
		tk_str_addf(&query, "%s%s", i > 0 ? " " : "", argv[i]);
	t.query = query.data;
	if (limit != NULL)
		t.last = strtoul(limit, &end, 10);
	if (limit != NULL && (*end != '\0' || end == limit))
		st = tk_fail(
		    err, TK_EUSAGE, _("--limit %s: not a number"), limit);
	else if ((st = tk_desk_open(&t.desk, tk_main_desk(), err)) == TK_OK)
		st = tk_tail_next(&t, err);
	ringing = bell;
	while (st == TK_OK && follow && fflush(stdout) == 0) {
		tk_tail_wait(&t);
		st = tk_tail_next(&t, err);
	}
	tk_str_clear(&query);
	tk_desk_free(t.desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-tail",
		.operands = "[QUERY...]",
		.summary = N_("what happened last, and what happens now"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = tail,
	};

	return tk_main(&cmd, argc, argv);
}
