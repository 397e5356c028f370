/* tail - the last things that happened, and what happens now. */
#include "report/tail.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/changes.h"
#include "base/mem.h"
#include "desk/overview.h"

#define STEP 200   /* commits, the first time further back */
#define FAR 20000  /* commits; behind them nothing is looked for */
#define POLL 30000 /* ms: a look all the same */

/* The first walk collects tickets, the second one tells: between the two the
 * index is asked which of them are meant, at the newest commit. */
struct found {
	struct tk_tail *tail;
	struct tk_strv ids; /* one for each entry */
	struct tk_strv yes; /* tickets that are meant */
	bool tell;
	size_t skip; /* entries of those that are not told */
};

/* The letters of others are news, that ours have left is not. */
static bool
is_news(const struct tk_event *e)
{
	return !tk_streq(tk_yaml_str(e->entry, "act"), "sent");
}

static enum tk_status
look(const struct tk_event *e, void *arg, struct tk_err *err)
{
	struct found *f = arg;
	const char *id = tk_ticket_id(e->now);

	(void)err;
	if (!is_news(e))
		return TK_OK;
	if (!f->tell)
		tk_strv_add(&f->ids, id);
	else if (tk_strv_has(&f->yes, id) && f->skip == 0)
		f->tail->told(e, f->tail->arg);
	else if (tk_strv_has(&f->yes, id))
		f->skip--;
	return TK_OK;
}

/* Who may not see a ticket does not find it by any query. */
static enum tk_status
ask(struct found *f, struct tk_err *err)
{
	struct tk_strv known = TK_STRV_INIT;
	struct tk_rows rows = { NULL, 0, 0 };
	enum tk_status st = TK_OK;
	char *query;
	size_t i;

	tk_strv_clear(&f->yes);
	for (i = 0; st == TK_OK && i < f->ids.n; i++) {
		if (tk_strv_has(&known, f->ids.v[i]))
			continue;
		tk_strv_add(&known, f->ids.v[i]);
		query = tk_strf("id:%s %s", f->ids.v[i], f->tail->query);
		st = tk_overview_find(f->tail->desk, &rows, query, 1, err);
		if (rows.n > 0)
			tk_strv_add(&f->yes, f->ids.v[i]);
		tk_rows_clear(&rows);
		free(query);
	}
	tk_strv_clear(&known);
	return st;
}

/* How many entries are meant. */
static enum tk_status
count(size_t *n, struct found *f, const char *from, const char *to,
    struct tk_err *err)
{
	enum tk_status st;
	size_t i;

	*n = 0;
	tk_strv_clear(&f->ids);
	f->tell = false;
	if ((st = tk_events_walk(f->tail->desk, from, to, look, f, err)) !=
		TK_OK ||
	    (st = ask(f, err)) != TK_OK)
		return st;
	for (i = 0; i < f->ids.n; i++)
		*n += tk_strv_has(&f->yes, f->ids.v[i]);
	return TK_OK;
}

static enum tk_status
tell(struct found *f, const char *from, const char *to, size_t skip,
    struct tk_err *err)
{
	f->tell = true;
	f->skip = skip;
	return tk_events_walk(f->tail->desk, from, to, look, f, err);
}

/* Further and further back, until there are enough. */
static enum tk_status
tell_last(struct found *f, const char *head, struct tk_err *err)
{
	size_t back = STEP, n, last = f->tail->last;
	enum tk_status st;
	char from[41];

	do {
		tk_events_back(from, f->tail->desk, back);
		st = count(&n, f, from, head, err);
		back *= 4;
	} while (st == TK_OK && n < last && from[0] != '\0' && back <= FAR);
	return st == TK_OK ? tell(f, from, head, n > last ? n - last : 0, err)
			   : st;
}

enum tk_status
tk_tail_next(struct tk_tail *t, struct tk_err *err)
{
	struct found f = { .tail = t };
	enum tk_status st = tk_store_refresh(t->desk->store, err);
	char head[41];
	size_t n;

	if (st != TK_OK || (st = tk_desk_load(t->desk, err)) != TK_OK)
		return st;
	memcpy(head, tk_store_head(t->desk->store), 40);
	head[40] = '\0';
	if (t->at[0] == '\0')
		st = tell_last(&f, head, err);
	else if (strcmp(t->at, head) != 0 &&
	    (st = count(&n, &f, t->at, head, err)) == TK_OK)
		st = tell(&f, t->at, head, 0, err);
	/* The branch was put elsewhere: go on from there. */
	if (st == TK_OK || st == TK_EREFUSED) {
		memcpy(t->at, head, sizeof(head));
		st = TK_OK;
	}
	tk_strv_clear(&f.yes);
	tk_strv_clear(&f.ids);
	return st;
}

void
tk_tail_wait(const struct tk_tail *t)
{
	const char *git = tk_store_gitdir(t->desk->store);
	char *heads = tk_strf("%srefs/heads", git);
	const char *const folders[] = { heads, git, NULL };
	int fd = tk_changes_open(folders);
	struct tk_err ignored = TK_ERR_INIT;

	/* It may have moved before the watch was there. */
	if (tk_store_refresh(t->desk->store, &ignored) != TK_OK ||
	    strcmp(tk_store_head(t->desk->store), t->at) == 0)
		tk_changes_wait(fd, fd >= 0 ? POLL : 2000);
	if (fd >= 0)
		close(fd);
	free(heads);
}
