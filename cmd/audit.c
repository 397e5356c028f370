/* tk-audit - judge the history of the desk once more. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/progress.h"
#include "check/audit.h"

#define LINES_MAX ((size_t)16 * 1024 * 1024) /* bytes of --check */

static bool head, json, quiet;
static const char *lines;

static const struct tk_opt opts[] = {
	{ .name = "head",
	    .help =
		N_("print date, last commit and count, to be kept elsewhere"),
	    .set = &head },
	{ .name = "check",
	    .arg = "FILE",
	    .help = N_("check such lines; - is standard input"),
	    .value = &lines },
	{ .name = "json", .help = N_("one JSON object a line"), .set = &json },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print findings only"),
	    .set = &quiet },
	{ 0 },
};

static void
print_row(const struct tk_audit_row *r, void *arg)
{
	struct tk_str line = TK_STR_INIT;

	(void)arg;
	tk_progress_clear();
	if (json)
		tk_audit_json(&line, r);
	else
		tk_audit_text(&line, r);
	tk_say("%s", line.data);
	tk_str_clear(&line);
}

static enum tk_status
run(struct tk_audit *a, struct tk_desk *desk, const char *range,
    struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;

	if (head) {
		if ((st = tk_audit_head(&text, desk, err)) == TK_OK)
			puts(text.data);
	} else if (lines != NULL) {
		st = strcmp(lines, "-") == 0
		    ? tk_str_read(&text, STDIN_FILENO, LINES_MAX, err)
		    : tk_file_read(&text, lines, LINES_MAX, err);
		if (st == TK_OK)
			st = tk_audit_check(a, desk, &text, lines, err);
		if (st == TK_OK && !quiet)
			fprintf(stderr, _("lines: %zu, do not fit: %zu\n"),
			    a->commits, a->found[TK_AUDIT_VIOLATION]);
	} else {
		st = tk_audit_run(a, desk, range, err);
		tk_progress_clear();
		if (st == TK_OK && !quiet)
			fprintf(stderr,
			    _("commits: %zu; violations: %zu, acts without "
			      "acknowledgement: %zu, emergencies: %zu, "
			      "unsigned acknowledgements: %zu\n"),
			    a->commits, a->found[TK_AUDIT_VIOLATION],
			    a->found[TK_AUDIT_UNREAD],
			    a->found[TK_AUDIT_EMERGENCY],
			    a->found[TK_AUDIT_UNSIGNED]);
	}
	tk_str_clear(&text);
	return st;
}

static enum tk_status
audit(int argc, char **argv, struct tk_err *err)
{
	struct tk_audit a = { .row = print_row,
		.progress = quiet ? NULL : tk_progress_show };
	struct tk_desk *desk = NULL;
	enum tk_status st;

	if (head + (lines != NULL) + argc > 1)
		return tk_fail(
		    err, TK_EUSAGE, _("one of --head, --check and A..B"));
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) == TK_OK)
		st = run(&a, desk, argv[0], err);
	tk_desk_free(desk);
	if (st == TK_OK &&
	    a.found[TK_AUDIT_VIOLATION] + a.found[TK_AUDIT_UNREAD] > 0)
		st = TK_EREFUSED;
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-audit",
		.operands = "[A..B]",
		.summary = N_("judge the history of the desk once more"),
		.opts = opts,
		.min = 0,
		.max = 1,
		.run = audit,
	};

	return tk_main(&cmd, argc, argv);
}
