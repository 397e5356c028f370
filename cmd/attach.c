/* tk-attach - list a ticket's attachments, take them out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "act/attach.h"
#include "base/i18n.h"
#include "base/main.h"
#include "view/files.h"

static const char *output, *dir;
static const char *whole;
static bool force, json, quiet;

static const struct tk_opt opts[] = {
	{ .flag = 'o',
	    .name = "output",
	    .arg = "FILE",
	    .help = N_("write attachment N to FILE; - is standard output"),
	    .value = &output },
	{ .flag = 'D',
	    .name = "directory",
	    .arg = "DIR",
	    .help = N_("write all, or those named, into DIR"),
	    .value = &dir },
	{ .flag = 'f',
	    .name = "force",
	    .help = N_("replace files that are there"),
	    .set = &force },
	{ .name = "json",
	    .help = N_("print JSON, one object a line"),
	    .set = &json },
	{ .name = "whole",
	    .arg = "MESSAGE",
	    .help = N_("those of this message's letter in tk/big/"),
	    .value = &whole },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("do not print the names of written files"),
	    .set = &quiet },
	{ 0 },
};

static enum tk_status
take(struct tk_desk *desk, const char *id, const struct tk_messages *m,
    size_t number, struct tk_err *err)
{
	const struct tk_file_info *file;
	struct tk_str data = TK_STR_INIT, path = TK_STR_INIT;
	enum tk_status st =
	    tk_attach_read(&data, &file, desk, id, m, number, err);

	if (st == TK_OK && dir != NULL)
		st =
		    tk_attach_save(&path, dir, file, number, &data, force, err);
	else if (st == TK_OK && output != NULL && strcmp(output, "-") != 0)
		st = tk_attach_write(output, &data, force, err);
	else if (st == TK_OK)
		fwrite(data.data, 1, data.len, stdout);
	if (st == TK_EEXIST && output != NULL && !force)
		st = tk_fail(err, st,
		    _("%s: it is already there; -f replaces it"), output);
	if (st == TK_OK && path.len > 0 && !quiet)
		puts(path.data);
	tk_str_clear(&data);
	tk_str_clear(&path);
	return st;
}

static enum tk_status
parse_number(size_t *n, const char *text, struct tk_err *err)
{
	char *end;

	*n = strtoul(text, &end, 10);
	if (text[0] < '1' || text[0] > '9' || *end != '\0')
		return tk_fail(err, TK_EUSAGE,
		    _("\"%s\" is not the number of an attachment"), text);
	return TK_OK;
}

static enum tk_status
check_usage(int numbers, struct tk_err *err)
{
	if (dir != NULL && output != NULL)
		return tk_fail(err, TK_EUSAGE, _("either -o or -d"));
	if (output != NULL && numbers != 1)
		return tk_fail(
		    err, TK_EUSAGE, _("-o takes one attachment: which?"));
	if (dir == NULL && numbers > 1)
		return tk_fail(err, TK_EUSAGE, _("several go to -d DIR"));
	if (numbers == 1 && dir == NULL && output == NULL &&
	    isatty(STDOUT_FILENO))
		return tk_fail(err, TK_EUSAGE,
		    _("standard output is a terminal: -o FILE, -d DIR, or -o "
		      "- if you mean it"));
	return TK_OK;
}

static enum tk_status
attach(int argc, char **argv, struct tk_err *err)
{
	struct tk_messages m = { NULL, 0, 0 };
	struct tk_desk *desk = NULL;
	struct tk_ticket *t = NULL;
	struct tk_str id = TK_STR_INIT;
	enum tk_status st;
	size_t i, n;

	if ((st = check_usage(argc - 1, err)) != TK_OK ||
	    (st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_desk_id(&id, desk, argv[0], err)) != TK_OK ||
	    (st = tk_desk_ticket(&t, desk, id.data, err)) != TK_OK ||
	    (st = tk_desk_messages(&m, desk, t, err)) != TK_OK)
		goto out;
	tk_desk_looked_at(desk, id.data);
	if (whole != NULL &&
	    ((st = parse_number(&n, whole, err)) != TK_OK ||
		(st = tk_attach_whole(&m, desk, n, err)) != TK_OK))
		goto out;
	n = tk_attach_count(&m);
	if (n == 0)
		st = tk_fail(
		    err, TK_ENOENT, _("%s has no attachments"), id.data);
	else if (argc == 1 && dir == NULL)
		tk_files_list(stdout, m.v, m.n, json);
	else if (argc == 1)
		for (i = 1; st == TK_OK && i <= n; i++)
			st = take(desk, id.data, &m, i, err);
	for (i = 1; st == TK_OK && i < (size_t)argc; i++)
		if ((st = parse_number(&n, argv[i], err)) == TK_OK)
			st = take(desk, id.data, &m, n, err);
out:
	tk_messages_clear(&m);
	tk_ticket_free(t);
	tk_str_clear(&id);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-attach",
		.operands = "ID [N...]",
		.summary = N_("list attachments of a ticket, take them out"),
		.opts = opts,
		.min = 1,
		.max = -1,
		.run = attach,
	};

	return tk_main(&cmd, argc, argv);
}
