/* digest - the morning of a member of staff. */
#include "notice/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "desk/labels.h"
#include "index/query.h"
#include "notice/notice-parts.h"
#include "view/template.h"

#define LINES_MAX 50 /* in each part */

enum part {
	OVERDUE,
	TODAY,
	NOBODY,
	WAITING,
	PARTS,
};

struct digest {
	struct tk_str part[PARTS];
	size_t n[PARTS];
};

/* Not limited to what the reader may see: who it is for decides. */
static enum tk_status
find(struct tk_desk *desk, struct tk_rows *rows, const char *text,
    struct tk_err *err)
{
	struct tk_lists lists = { TK_STRV_INIT, TK_STRV_INIT, TK_STRV_INIT };
	struct tk_query_context ctx = { .finals = &lists.finals,
		.priorities = &lists.priorities,
		.urgent = &lists.urgent };
	struct tk_query *q = NULL;
	struct tk_index *ix;
	enum tk_status st;

	if ((st = tk_desk_lists(&lists, desk, err)) == TK_OK &&
	    (st = tk_query_parse(&q, text, &ctx, err)) == TK_OK &&
	    (st = tk_store_index(desk->store, &ix, err)) == TK_OK)
		st = tk_index_list(ix, rows, q, 0, err);
	tk_query_free(q);
	tk_lists_clear(&lists);
	return st;
}

static int64_t
day_of(int64_t at)
{
	return (at + tk_date_offset(at) * 60) / 86400;
}

/* The next thing that was promised to the client, or that the regulation
 * asks for. */
static int64_t
next_term(const struct tk_row *r)
{
	if (r->promised > 0 && (r->due == 0 || r->promised < r->due))
		return r->promised;
	return r->due;
}

static void
add(struct digest *d, enum part part, const struct tk_row *r)
{
	struct tk_str *out = &d->part[part];

	if (d->n[part]++ >= LINES_MAX)
		return;
	tk_str_addf(out, "  %s  ", r->id);
	if (next_term(r) > 0) {
		tk_date_human(out, next_term(r));
		tk_str_add(out, "  ");
	}
	tk_str_addf(out, "%s  %s%s%s%s\n", r->priority, r->subject,
	    r->client[0] != '\0' ? " (" : "", r->client,
	    r->client[0] != '\0' ? ")" : "");
}

static void
sort_mine(struct digest *d, const struct tk_row *r, int64_t now)
{
	int64_t term = next_term(r);

	if (term > 0 && term < now)
		add(d, OVERDUE, r);
	else if (term > 0 && day_of(term) == day_of(now))
		add(d, TODAY, r);
	else if (r->due_response > 0)
		add(d, WAITING, r);
}

static enum tk_status
gather(struct digest *d, struct tk_desk *desk, const struct tk_person *p,
    struct tk_err *err)
{
	char *mine = tk_strf("assignee:%s is:open sort:due,priority", p->id);
	struct tk_rows rows = { NULL, 0, 0 };
	int64_t now = tk_now();
	enum tk_status st;
	size_t i;

	if ((st = find(desk, &rows, mine, err)) == TK_OK)
		for (i = 0; i < rows.n; i++)
			if (tk_desk_shows_ticket(
				desk, rows.v[i].queue, rows.v[i].type))
				sort_mine(d, &rows.v[i], now);
	tk_rows_clear(&rows);
	if (st == TK_OK &&
	    (st = find(desk, &rows, "assignee:none is:open sort:due,priority",
		 err)) == TK_OK)
		for (i = 0; i < rows.n; i++)
			if (tk_person_works_in(
				desk, p, rows.v[i].queue, rows.v[i].type) &&
			    tk_desk_shows_ticket(
				desk, rows.v[i].queue, rows.v[i].type))
				add(d, NOBODY, &rows.v[i]);
	tk_rows_clear(&rows);
	free(mine);
	return st;
}

struct values {
	struct tk_var v[16];
	size_t n;
	char count[PARTS][24];
	struct tk_str day;
};

static void
fill(struct values *s, const struct digest *d, const struct tk_desk *desk,
    const struct tk_person *p)
{
	static const char *const names[][2] = { { "overdue", "overdue.count" },
		{ "today", "today.count" }, { "nobody", "nobody.count" },
		{ "waiting", "waiting.count" } };
	size_t i;

	memset(s, 0, sizeof(*s));
	tk_str_init(&s->day);
	tk_date_human(&s->day, tk_now());
	tk_str_cut(&s->day, s->day.len < 10 ? s->day.len : 10);
	s->v[s->n++] = (struct tk_var){ "person.name", p->name };
	s->v[s->n++] = (struct tk_var){ "desk.name", desk->name };
	s->v[s->n++] = (struct tk_var){ "day", s->day.data };
	for (i = 0; i < PARTS; i++) {
		snprintf(s->count[i], sizeof(s->count[i]), "%zu", d->n[i]);
		s->v[s->n++] = (struct tk_var){ names[i][0], d->part[i].data };
		s->v[s->n++] = (struct tk_var){ names[i][1], s->count[i] };
	}
}

static bool
is_empty(const struct digest *d)
{
	size_t i, n = 0;

	for (i = 0; i < PARTS; i++)
		n += d->n[i];
	return n == 0;
}

static void
init(struct digest *d)
{
	size_t i;

	memset(d, 0, sizeof(*d));
	for (i = 0; i < PARTS; i++)
		tk_str_init(&d->part[i]);
}

static void
clear(struct digest *d)
{
	size_t i;

	for (i = 0; i < PARTS; i++)
		tk_str_clear(&d->part[i]);
}

static enum tk_status
find_person(const struct tk_person **out, struct tk_desk *desk, const char *who,
    struct tk_err *err)
{
	enum tk_status st = tk_desk_load(desk, err);

	if (st != TK_OK)
		return st;
	*out = tk_staff_find(&desk->staff, who);
	return *out != NULL
	    ? TK_OK
	    : tk_fail(err, TK_ENOENT, _("nobody on the staff is called \"%s\""),
		  who);
}

enum tk_status
tk_digest_text(struct tk_str *out, struct tk_desk *desk, const char *who,
    struct tk_err *err)
{
	struct tk_str source = TK_STR_INIT, subject = TK_STR_INIT;
	const struct tk_person *p;
	struct digest d;
	struct values s;
	enum tk_status st;

	init(&d);
	if ((st = find_person(&p, desk, who, err)) != TK_OK ||
	    (st = gather(&d, desk, p, err)) != TK_OK || is_empty(&d))
		goto out;
	fill(&s, &d, desk, p);
	st = tk_desk_template(
	    desk, &source, tk_notice_language(desk, p), "notice-digest", err);
	if (st == TK_OK)
		st = tk_template_letter(
		    &subject, out, source.data, "notice-digest", s.v, s.n, err);
	tk_str_clear(&s.day);
out:
	tk_str_clear(&source);
	tk_str_clear(&subject);
	clear(&d);
	return st;
}

static enum tk_status
mail_one(size_t *n, struct tk_desk *desk, const struct tk_person *p,
    struct tk_err *err)
{
	struct tk_str name = TK_STR_INIT;
	struct digest d;
	struct values s;
	enum tk_status st;

	init(&d);
	st = gather(&d, desk, p, err);
	if (st == TK_OK && !is_empty(&d)) {
		fill(&s, &d, desk, p);
		tk_str_add(&name, "digest-");
		tk_date_stamp(&name, tk_now());
		st = tk_notice_letter(
		    desk, p, name.data, "notice-digest", s.v, s.n, NULL, err);
		*n += st == TK_OK;
		tk_str_clear(&s.day);
	}
	tk_str_clear(&name);
	clear(&d);
	return st;
}

enum tk_status
tk_digest_mail(
    size_t *n, struct tk_desk *desk, const char *who, struct tk_err *err)
{
	const struct tk_person *p;
	struct tk_notify wants;
	enum tk_status st;
	bool is;
	size_t i;

	*n = 0;
	if (!desk->is_gate)
		return tk_fail(err, TK_EREFUSED,
		    _("this is a clone: letters go out from the gate"));
	if (who != NULL) {
		st = find_person(&p, desk, who, err);
		return st == TK_OK ? mail_one(n, desk, p, err) : st;
	}
	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	for (i = 0; i < desk->staff.n; i++) {
		p = &desk->staff.v[i];
		tk_notify_read(&wants, p);
		is = p->active && tk_notify_wants(&wants, "digest");
		tk_notify_clear(&wants);
		/* One wrong address concerns one person. */
		if (is && (st = mail_one(n, desk, p, err)) != TK_OK) {
			if (st == TK_ESYS || st == TK_EBUSY)
				return st;
			tk_warn("%s", err->text);
		}
	}
	return TK_OK;
}
