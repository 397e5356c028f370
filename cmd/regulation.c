/* tk-regulation - read, check and acknowledge the company's regulation. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/main.h"
#include "base/mem.h"
#include "desk/ack.h"
#include "view/table.h"

static bool quiet, json;

static const struct tk_opt opts[] = {
	{ .name = "json", .help = N_("one JSON object a line (who)"),
	    .set = &json },
	{ .flag = 'q', .name = "quiet", .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static enum tk_status
ack(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	enum tk_status st;
	int version;

	(void)argc;
	(void)argv;
	st = tk_ack_record(desk, &version, err);
	if ((st == TK_OK || st == TK_EOUTPUT) && !quiet)
		tk_say(_("version %d of the regulation is acknowledged"),
		    version);
	return st;
}

static const char *const signs[] = { N_("not signed"), N_("signed"),
	N_("bad signature") };

static void
print_json(const struct tk_ack_row *r, bool has)
{
	static const char *const words[] = { "no", "good", "bad" };
	struct tk_json *o = tk_json_object();
	struct tk_str line = TK_STR_INIT;

	tk_json_set_str(o, "id", r->person->id);
	tk_json_set_str(o, "name", r->person->name);
	tk_json_set_bool(o, "acknowledged", has);
	tk_json_set_int(o, "version", r->person->acked);
	tk_json_set_str(o, "signed", words[r->is_signed]);
	tk_json_set_str(o, "commit", r->commit);
	tk_json_text(&line, o);
	puts(line.data);
	tk_str_clear(&line);
	tk_json_free(o);
}

static void
add_row(struct tk_table *t, const struct tk_ack_row *r, bool has)
{
	struct tk_str when = TK_STR_INIT;
	char *version = tk_strf("%d", r->person->acked);
	bool late = !has && tk_now() > r->until;

	if (r->person->acked > 0)
		tk_date_human(&when, r->person->acked_at);
	tk_table_add(t, r->person->id, TK_BOLD);
	tk_table_add(t, r->person->name, TK_PLAIN);
	tk_table_add(t, has ? _("yes") : late ? _("no, refused") : _("no"),
	    has ? TK_GREEN : late ? TK_RED : TK_YELLOW);
	tk_table_add(t, r->person->acked > 0 ? version : "-", TK_PLAIN);
	tk_table_add(t, when.len > 0 ? when.data : "-", TK_PLAIN);
	tk_table_add(t, r->commit[0] != '\0' ? _(signs[r->is_signed]) : "-",
	    r->is_signed == TK_SIGNED_BAD ? TK_RED : TK_PLAIN);
	tk_str_clear(&when);
	free(version);
}

static enum tk_status
who(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	const struct tk_column columns[] = {
		{ .title = _("ID"), .min = 4 },
		{ .title = _("NAME"), .min = 8, .flexible = true },
		{ .title = _("READ"), .min = 4 },
		{ .title = _("VERSION"), .min = 4, .right = true },
		{ .title = _("WHEN"), .min = 10 },
		{ .title = _("SIGNATURE"), .min = 6 },
	};
	struct tk_table_how how = tk_table_how();
	struct tk_ack_row *rows = NULL;
	struct tk_table *t;
	enum tk_status st;
	size_t n, i, missing = 0;
	bool has;

	(void)argc;
	(void)argv;
	if ((st = tk_ack_who(&rows, &n, desk, err)) != TK_OK) {
		free(rows);
		return st;
	}
	how.no_header = !tk_term_is_there();
	t = tk_table_new(columns, 6);
	for (i = 0; i < n; i++) {
		has = rows[i].until == INT64_MAX;
		missing += !has;
		if (json)
			print_json(&rows[i], has);
		else
			add_row(t, &rows[i], has);
	}
	tk_table_print(stdout, t, &how);
	tk_table_free(t);
	free(rows);
	/* As grep: a script can ask whether everybody has read it. */
	return missing > 0 ? TK_ENOENT : TK_OK;
}

static const struct {
	const char *name;
	enum tk_status (*run)(struct tk_desk *desk, int argc, char **argv,
	    struct tk_err *err);
} commands[] = {
	{ "ack", ack },
	{ "who", who },
};

static enum tk_status
regulation(int argc, char **argv, struct tk_err *err)
{
	struct tk_desk *desk = NULL;
	enum tk_status st;
	size_t i;

	for (i = 0; i < TK_COUNT(commands); i++)
		if (strcmp(argv[0], commands[i].name) == 0)
			break;
	if (i == TK_COUNT(commands))
		return tk_fail(err, TK_EUSAGE, _("\"%s\": no such subcommand"),
		    argv[0]);
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) == TK_OK)
		st = commands[i].run(desk, argc - 1, argv + 1, err);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-regulation",
		.operands = "ack | who",
		.summary = N_("read, check and acknowledge the regulation"),
		.opts = opts,
		.min = 1,
		.max = -1,
		.run = regulation,
	};

	return tk_main(&cmd, argc, argv);
}
