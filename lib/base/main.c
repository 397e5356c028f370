/* main - what every command does alike. */
#define _GNU_SOURCE /* vasprintf */
#include "base/main.h"

#include <getopt.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"

static const char *desk_dir, *emergency, *query, *prog = "tk";
static bool want_help, want_list;

static const struct tk_opt common[] = {
	{ .flag = 'C', .name = "desk", .arg = "DIR",
	    .help = N_("use the desk in DIR"), .value = &desk_dir },
	{ .name = "emergency", .arg = "REASON",
	    .help = N_("act without having acknowledged the regulation"),
	    .value = &emergency },
	{ .flag = 'h', .name = "help", .help = N_("show this text"),
	    .set = &want_help },
	{ .name = "list-options", .set = &want_list },
	{ 0 },
};

/* Of commands that act on any number of tickets. */
static const struct tk_opt with_ids[] = {
	{ .name = "query", .arg = "QUERY",
	    .help = N_("the tickets that this finds"), .value = &query },
	{ 0 },
};

const char *
tk_main_desk(void)
{
	return desk_dir;
}

const char *
tk_main_emergency(void)
{
	return emergency;
}

const char *
tk_main_query(void)
{
	return query;
}

bool
tk_main_is_remote(void)
{
	return getenv(TK_MAIN_REMOTE) != NULL;
}

int
tk_exit_status(enum tk_status st)
{
	switch (st) {
	case TK_OK:
		return EX_OK;
	case TK_ENOENT:
	case TK_EEXIST:
	case TK_EREFUSED:
		return 1;
	case TK_EUSAGE:
		return EX_USAGE;
	case TK_EINPUT:
		return EX_DATAERR;
	case TK_EDENIED:
		return EX_NOPERM;
	case TK_EOUTPUT:
		return EX_IOERR;
	case TK_EBUSY:
	case TK_ESYS:
		break;
	}
	return EX_TEMPFAIL;
}

static void
print_line(const char *text)
{
	struct tk_str safe = TK_STR_INIT;
	char *rest, *line;

	tk_utf8_safe(&safe, text, true);
	for (rest = safe.data; (line = strsep(&rest, "\n")) != NULL;)
		fprintf(stderr, "%s: %s\n", prog, line);
	tk_str_clear(&safe);
}

void
tk_warn(const char *fmt, ...)
{
	char text[TK_ERR_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	print_line(text);
}

void
tk_say(const char *fmt, ...)
{
	struct tk_str safe = TK_STR_INIT;
	char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	tk_utf8_safe(&safe, text != NULL ? text : "", false);
	puts(safe.data);
	tk_str_clear(&safe);
	free(text);
}

enum tk_status
tk_ask(struct tk_str *out, const char *question, const char *def,
    struct tk_err *err)
{
	char *line = NULL;
	size_t cap = 0;

	if (def != NULL && def[0] != '\0')
		fprintf(stderr, "%s [%s]: ", question, def);
	else
		fprintf(stderr, "%s: ", question);
	if (getline(&line, &cap, stdin) < 0) {
		free(line);
		return tk_fail(err, TK_EUSAGE, _("no answer; nothing was done"));
	}
	tk_str_add(out, line);
	tk_str_trim(out);
	if (out->len == 0 && def != NULL)
		tk_str_add(out, def);
	free(line);
	return TK_OK;
}

struct table { /* getopt's two views of the rows of both tables */
	const struct tk_opt **row;
	struct option *longs;
	struct tk_str shorts;
	size_t n;
};

static void
table_add(struct table *t, size_t *cap, const struct tk_opt *opts)
{
	const struct tk_opt *o;

	for (o = opts; o != NULL && (o->flag || o->name); o++) {
		TK_GROW(t->row, t->n, *cap);
		t->row[t->n++] = o;
		if (o->flag) {
			tk_str_add_char(&t->shorts, o->flag);
			if (o->arg != NULL)
				tk_str_add_char(&t->shorts, ':');
		}
	}
}

static void
table_init(struct table *t, const struct tk_cmd *cmd)
{
	size_t cap = 0, i, k = 0;

	memset(t, 0, sizeof(*t));
	tk_str_init(&t->shorts);
	table_add(t, &cap, cmd->opts);
	if (strstr(cmd->operands, "ID...") != NULL)
		table_add(t, &cap, with_ids);
	table_add(t, &cap, common);
	t->longs = tk_calloc(t->n + 1, sizeof(*t->longs));
	for (i = 0; i < t->n; i++) {
		if (t->row[i]->name == NULL)
			continue;
		t->longs[k].name = t->row[i]->name;
		t->longs[k].has_arg = t->row[i]->arg != NULL;
		t->longs[k].val = 0x100 + (int)i;
		k++;
	}
}

static void
table_clear(struct table *t)
{
	free(t->row);
	free(t->longs);
	tk_str_clear(&t->shorts);
}

static void
print_usage(FILE *to, const struct tk_cmd *cmd, const struct table *t)
{
	struct tk_str left = TK_STR_INIT;
	const struct tk_opt *o;
	size_t i, pad;

	fprintf(to, _("usage: %s [options]%s%s\n"), cmd->name,
	    cmd->operands[0] ? " " : "", cmd->operands);
	if (cmd->summary != NULL)
		fprintf(to, "%s\n", _(cmd->summary));
	fputc('\n', to);
	for (i = 0; i < t->n; i++) {
		o = t->row[i];
		if (o->help == NULL)
			continue;
		tk_str_reset(&left);
		if (o->flag)
			tk_str_addf(&left, "-%c", o->flag);
		else
			tk_str_add(&left, "  ");
		if (o->name != NULL)
			tk_str_addf(&left, "%s --%s", o->flag ? "," : " ",
			    o->name);
		if (o->arg != NULL)
			tk_str_addf(&left, " %s", o->arg);
		pad = left.len < 26 ? 26 - left.len : 1;
		fprintf(to, "  %s%*s%s\n", left.data, (int)pad, "", _(o->help));
	}
	tk_str_clear(&left);
}

static void
print_list(const struct table *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		if (t->row[i]->help == NULL)
			continue;
		if (t->row[i]->flag)
			printf("-%c\n", t->row[i]->flag);
		if (t->row[i]->name != NULL)
			printf("--%s%s\n", t->row[i]->name,
			    t->row[i]->arg != NULL ? "=" : "");
	}
}

static const struct tk_opt *
find_row(const struct table *t, int c)
{
	size_t i;

	if (c >= 0x100)
		return t->row[c - 0x100];
	for (i = 0; i < t->n; i++)
		if (t->row[i]->flag == c)
			return t->row[i];
	return NULL;
}

static bool
is_path(const struct tk_opt *o)
{
	return o->arg != NULL && strcmp(optarg, "-") != 0 &&
	    (strcmp(o->arg, "FILE") == 0 || strcmp(o->arg, "DIR") == 0);
}

/* The exit status; EX_OK: go on. */
static int
parse(const struct table *t, int argc, char **argv)
{
	const struct tk_opt *o;
	int c;

	while ((c = getopt_long(argc, argv, t->shorts.data, t->longs, NULL)) !=
	    -1) {
		if ((o = find_row(t, c)) == NULL)
			return EX_USAGE; /* getopt has said which */
		if (is_path(o) && tk_main_is_remote()) {
			tk_warn(_("--%s: not over ssh; work in a clone for "
				  "that"),
			    o->name);
			return EX_NOPERM;
		}
		if (o->set != NULL)
			*o->set = true;
		if (o->value != NULL)
			*o->value = optarg;
		if (o->values != NULL)
			tk_strv_add(o->values, optarg);
	}
	return EX_OK;
}

static int
run(const struct tk_cmd *cmd, int argc, char **argv)
{
	struct tk_err err = TK_ERR_INIT;
	enum tk_status st = cmd->run(argc, argv, &err);

	if (st != TK_OK && err.text[0] != '\0')
		print_line(err.text);
	if ((fflush(stdout) != 0 || ferror(stdout)) &&
	    (st == TK_OK || st == TK_EOUTPUT)) {
		if (st == TK_OK)
			print_line(_("standard output could not be written"));
		st = TK_EOUTPUT;
	}
	return tk_exit_status(st);
}

int
tk_main(const struct tk_cmd *cmd, int argc, char **argv)
{
	struct table t;
	int code, n;

	/* Memory that was given back once is wanted again at once: asking the
	 * kernel each time is a good part of a short command. */
	mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
	mallopt(M_TOP_PAD, 1024 * 1024);
	tk_i18n_init();
	prog = cmd->name;
	argv[0] = (char *)(uintptr_t)cmd->name; /* getopt prints it */
	table_init(&t, cmd);
	if ((code = parse(&t, argc, argv)) != EX_OK) {
		if (code == EX_USAGE)
			print_usage(stderr, cmd, &t);
	} else if (want_help) {
		print_usage(stdout, cmd, &t);
	} else if (want_list) {
		print_list(&t);
	} else {
		n = argc - optind;
		if (n < cmd->min || (cmd->max >= 0 && n > cmd->max)) {
			print_usage(stderr, cmd, &t);
			code = EX_USAGE;
		} else {
			code = run(cmd, n, argv + optind);
		}
	}
	table_clear(&t);
	if (code == EX_OK && (fflush(stdout) != 0 || ferror(stdout)))
		code = EX_IOERR;
	return code;
}
