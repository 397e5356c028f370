/* notice-mail - one letter an event, one for many, or none before working
 * hours begin. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/file.h"
#include "base/main.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "notice/notice-values.h"

#define SINGLE_MAX 3 /* letters to one person in one run; more are one */
#define HELD_MAX (4 * 1024 * 1024) /* bytes that wait for one person */

/* A name that is the same when the same is told again. */
static void
add_name(struct tk_str *sum, char out[17], const char *what)
{
	char hex[65];

	tk_str_add(sum, what);
	tk_str_add_char(sum, '\n');
	tk_sha256(hex, sum->data, sum->len);
	snprintf(out, 17, "%.16s", hex);
}

static enum tk_status
one_letter(struct tk_desk *desk, const struct tk_notice *e,
    const struct tk_person *p, struct tk_err *err)
{
	char *template_name = tk_strf("notice-%s", e->kind), name[17];
	struct tk_str sum = TK_STR_INIT;
	struct tk_notice_values s;
	enum tk_status st;

	tk_notice_values_fill(&s, desk, e, p);
	add_name(&sum, name, e->id);
	st = tk_notice_letter(desk, p, name, template_name, s.v, s.n,
	    tk_ticket_id(e->ticket), err);
	tk_notice_values_clear(&s);
	tk_str_clear(&sum);
	free(template_name);
	return st;
}

static enum tk_status
add_line(struct tk_str *out, struct tk_desk *desk, const struct tk_notice *e,
    const struct tk_person *p, struct tk_err *err)
{
	struct tk_str source = TK_STR_INIT;
	struct tk_notice_values s;
	enum tk_status st;

	tk_notice_values_fill(&s, desk, e, p);
	st = tk_desk_template(
	    desk, &source, tk_notice_language(desk, p), "notice-line", err);
	if (st == TK_OK)
		st = tk_template_render(
		    out, source.data, "notice-line", s.v, s.n, err);
	tk_notice_values_clear(&s);
	tk_str_clear(&source);
	return st;
}

static enum tk_status
many(struct tk_desk *desk, const struct tk_person *p, const char *lines,
    struct tk_err *err)
{
	struct tk_str sum = TK_STR_INIT;
	char name[17], count[24];
	const char *c;
	size_t n = 0;
	enum tk_status st;

	for (c = lines; *c != '\0'; c++)
		n += *c == '\n';
	snprintf(count, sizeof(count), "%zu", n);
	add_name(&sum, name, lines);
	const struct tk_var vars[] = { { "person.name", p->name },
		{ "desk.name", desk->name }, { "count", count },
		{ "list", lines } };

	st = tk_notice_letter(
	    desk, p, name, "notice-many", vars, TK_COUNT(vars), NULL, err);
	tk_str_clear(&sum);
	return st;
}

/* $GIT_DIR/tk/held/ID: lines of notice-many that wait for working hours. */
static char *
held_path(const struct tk_desk *desk, const struct tk_person *p)
{
	char *dir = tk_store_path(desk->store, "held");
	char *path = tk_strf("%s/%s", dir, p->id);

	free(dir);
	return path;
}

static enum tk_status
hold(struct tk_desk *desk, const struct tk_person *p, const char *lines,
    struct tk_err *err)
{
	char *path = held_path(desk, p),
	     *dir = tk_store_path(desk->store, "held");
	struct tk_str all = TK_STR_INIT;
	enum tk_status st = tk_file_read(&all, path, HELD_MAX, err);

	if (st == TK_ENOENT)
		st = tk_mkdirs(dir, 0777, err);
	/* The same once more, after a crash, is not added. */
	if (st == TK_OK && strstr(all.data, lines) == NULL) {
		tk_str_add(&all, lines);
		st = tk_file_write(path, all.data, all.len, 0660, err);
	}
	tk_str_clear(&all);
	free(path);
	free(dir);
	return st;
}

/* What waited; it goes with what is new, or alone. */
static enum tk_status
release(struct tk_desk *desk, const struct tk_person *p, struct tk_err *err)
{
	char *path = held_path(desk, p);
	struct tk_str all = TK_STR_INIT;
	enum tk_status st = tk_file_read(&all, path, HELD_MAX, err);

	if (st == TK_OK && (st = many(desk, p, all.data, err)) == TK_OK)
		unlink(path);
	tk_str_clear(&all);
	free(path);
	return st == TK_ENOENT ? TK_OK : st;
}

static enum tk_status
to_person(struct tk_desk *desk, const struct tk_notices *l,
    const struct tk_person *p, struct tk_err *err)
{
	struct tk_str lines = TK_STR_INIT;
	struct tk_notify n;
	enum tk_status st = TK_OK;
	bool is_time;
	size_t i, mine = 0;

	tk_notify_read(&n, p);
	is_time = tk_notice_is_time(desk, &n, tk_now());
	tk_notify_clear(&n);
	if (is_time)
		st = release(desk, p, err);
	for (i = 0; i < l->n; i++)
		mine += tk_notice_is_for(desk, &l->v[i], p, false);
	for (i = 0; st == TK_OK && i < l->n; i++) {
		if (!tk_notice_is_for(desk, &l->v[i], p, false))
			continue;
		st = is_time && mine <= SINGLE_MAX
		    ? one_letter(desk, &l->v[i], p, err)
		    : add_line(&lines, desk, &l->v[i], p, err);
	}
	if (st == TK_OK && lines.len > 0)
		st = is_time ? many(desk, p, lines.data, err)
			     : hold(desk, p, lines.data, err);
	tk_str_clear(&lines);
	return st;
}

enum tk_status
tk_notice_letters(
    struct tk_desk *desk, const struct tk_notices *l, struct tk_err *err)
{
	const struct tk_person *p;
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < desk->staff.n; i++) {
		p = &desk->staff.v[i];
		if (!p->active)
			continue;
		st = to_person(desk, l, p, err);
		/* A wrong address or a broken template concerns one person;
		 * a full disk all of them. */
		if (st == TK_EREFUSED || st == TK_EINPUT || st == TK_ENOENT) {
			tk_warn("%s", err->text);
			st = TK_OK;
		}
	}
	return st;
}
