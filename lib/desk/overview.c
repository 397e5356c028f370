/* overview - short lists of tickets that stand in other answers. */
#include "desk/overview.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "desk/labels.h"
#include "desk/rows.h"
#include "desk/saved.h"
#include "model/id.h"
#include "store/maildir.h"
#include "view/term.h"

#define HOME_ROWS 15 /* tickets in each list of tk alone */

enum tk_status
tk_overview_query(struct tk_query **out, struct tk_desk *desk,
    const struct tk_ask *ask, struct tk_err *err)
{
	struct tk_lists lists = { TK_STRV_INIT, TK_STRV_INIT, TK_STRV_INIT };
	struct tk_query_context ctx = { .finals = &lists.finals,
		.priorities = &lists.priorities,
		.urgent = &lists.urgent,
		.fallback = ask->fallback,
		.order = ask->order,
		.no_notes = ask->no_notes };
	const struct tk_actor *me;
	struct tk_str limited = TK_STR_INIT, query = TK_STR_INIT;
	struct tk_err nobody = TK_ERR_INIT;
	enum tk_status st;

	*out = NULL;
	if ((st = tk_desk_lists(&lists, desk, err)) == TK_OK &&
	    (st = tk_saved_expand(&query, NULL, desk, ask->query, err)) ==
		TK_OK &&
	    (st = tk_desk_limit(&limited, desk, err)) == TK_OK) {
		if (tk_desk_actor(desk, &me, &nobody) == TK_OK)
			ctx.me = me->id;
		ctx.limit = limited.data;
		st = tk_query_parse(out, query.data, &ctx, err);
	}
	tk_str_clear(&query);
	tk_str_clear(&limited);
	tk_lists_clear(&lists);
	return st;
}

enum tk_status
tk_overview_ask(struct tk_desk *desk, struct tk_rows *rows,
    const struct tk_ask *ask, struct tk_err *err)
{
	struct tk_query *q = NULL;
	struct tk_index *ix;
	enum tk_status st;

	if ((st = tk_overview_query(&q, desk, ask, err)) == TK_OK &&
	    (st = tk_store_index(desk->store, &ix, err)) == TK_OK)
		st = tk_index_list(ix, rows, q, ask->limit, err);
	tk_query_free(q);
	return st;
}

enum tk_status
tk_overview_find(struct tk_desk *desk, struct tk_rows *rows, const char *query,
    size_t limit, struct tk_err *err)
{
	return tk_overview_ask(desk, rows,
	    &(struct tk_ask){ .query = query, .limit = limit }, err);
}

void
tk_overview_print(FILE *to, const char *title, const struct tk_rows *rows,
    size_t limit, const char *query)
{
	const struct tk_strv plain = TK_STRV_INIT;
	struct tk_str head = TK_STR_INIT;

	if (rows->n == 0)
		return;
	tk_term_paint(&head, tk_term_has_colour(), TK_BOLD, title);
	fprintf(to, "%s\n", head.data);
	tk_rows_print(to, rows, limit, &plain, false);
	if (rows->n > limit)
		fprintf(to, _("... and more: tk list %s\n"), query);
	tk_str_clear(&head);
}

/* How many letters lie there, and where. */
static size_t
quarantined(char **dir, const struct tk_desk *desk)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	size_t i, n = 0;

	*dir = tk_store_path(desk->store, "quarantine");
	if (tk_maildir_list(&names, *dir, &ignored) != TK_OK)
		tk_strv_clear(&names);
	for (i = 0; i < names.n; i++)
		n += !tk_ends(names.v[i], ".why");
	tk_strv_clear(&names);
	return n;
}

/* An answer that did not arrive is an answer nobody gave. */
static enum tk_status
print_lost(struct tk_index *ix, FILE *to, size_t *n, struct tk_err *err)
{
	struct tk_strv lost = TK_STRV_INIT;
	enum tk_status st = tk_index_lost(ix, &lost, err);
	size_t i;

	*n = lost.n;
	if (st == TK_OK && lost.n > 0) {
		fputs(_("Letters that did not arrive:"), to);
		for (i = 0; i < lost.n && i < HOME_ROWS; i++)
			fprintf(to, " %s", lost.v[i]);
		fputs(lost.n > HOME_ROWS ? " ...\n" : "\n", to);
	}
	tk_strv_clear(&lost);
	return st;
}

static enum tk_status
print_letters(struct tk_desk *desk, FILE *to, size_t *n, struct tk_err *err)
{
	struct tk_strv unsent = TK_STRV_INIT;
	struct tk_index *ix;
	enum tk_status st;
	char *dir;
	size_t bad = quarantined(&dir, desk), lost = 0;

	if ((st = tk_store_index(desk->store, &ix, err)) == TK_OK &&
	    (st = tk_index_unsent(ix, &unsent, err)) == TK_OK)
		st = print_lost(ix, to, &lost, err);
	*n = unsent.n + bad + lost;
	if (st == TK_OK && unsent.n > 0)
		fprintf(to,
		    ngettext("%zu letter is not sent yet: tk send\n",
			"%zu letters are not sent yet: tk send\n", unsent.n),
		    unsent.n);
	if (st == TK_OK && bad > 0)
		fprintf(to,
		    ngettext("%zu letter could not be taken in: %s/new\n",
			"%zu letters could not be taken in: %s/new\n", bad),
		    bad, dir);
	free(dir);
	tk_strv_clear(&unsent);
	return st;
}

/* Appends those of more that are not there yet; more is emptied. */
static void
merge(struct tk_rows *rows, struct tk_rows *more)
{
	size_t i, k, had = rows->n;

	for (i = 0; i < more->n; i++) {
		for (k = 0; k < had; k++)
			if (strcmp(rows->v[k].id, more->v[i].id) == 0)
				break;
		if (k < had)
			continue;
		TK_GROW(rows->v, rows->n, rows->cap);
		rows->v[rows->n++] = more->v[i];
		memset(&more->v[i], 0, sizeof(more->v[i]));
	}
	tk_rows_clear(more);
}

#define MINE "assignee:me is:open"
#define URGENT "is:urgent is:open"
#define NOBODY "assignee:none is:open"
#define ORDER " sort:priority,created"

enum tk_status
tk_overview_home(struct tk_desk *desk, FILE *to, struct tk_err *err)
{
	struct tk_rows mine = { NULL, 0, 0 }, urgent = mine, nobody = mine;
	const struct tk_actor *me;
	const char *urgents = URGENT ORDER;
	struct tk_err who = TK_ERR_INIT;
	enum tk_status st;
	size_t letters = 0;

	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	if (tk_desk_actor(desk, &me, &who) != TK_OK) {
		tk_warn("%s", who.text);
	} else {
		/* What is mine stands there already. */
		urgents = URGENT " -assignee:me" ORDER;
		st = tk_overview_find(
		    desk, &mine, MINE ORDER, HOME_ROWS + 1, err);
	}
	if (st != TK_OK ||
	    (st = tk_overview_find(
		 desk, &urgent, urgents, HOME_ROWS + 1, err)) != TK_OK ||
	    (st = tk_overview_find(
		 desk, &nobody, NOBODY ORDER, HOME_ROWS + 1, err)) != TK_OK)
		goto out;
	merge(&urgent, &nobody);
	tk_overview_print(to, _("Mine"), &mine, HOME_ROWS, MINE);
	if (mine.n > 0 && urgent.n > 0)
		fputc('\n', to);
	tk_overview_print(
	    to, _("Urgent, and nobody's"), &urgent, HOME_ROWS, NOBODY);
	/* Letters have no queue: they are for those who see all. */
	if (desk->visible.n == 0)
		st = print_letters(desk, to, &letters, err);
	if (st == TK_OK && mine.n + urgent.n + letters == 0)
		fprintf(to, "%s\n", _("Nothing is waiting for you."));
out:
	tk_rows_clear(&mine);
	tk_rows_clear(&urgent);
	tk_rows_clear(&nobody);
	return st;
}

#define OTHERS 5 /* of the client's tickets, below a ticket */

enum tk_status
tk_overview_others(struct tk_desk *desk, FILE *to, const struct tk_ticket *t,
    struct tk_err *err)
{
	const char *client = tk_ticket_get(t, "client");
	struct tk_rows rows = { NULL, 0, 0 };
	enum tk_status st;
	char *query, *typed;

	if (client == NULL || !tk_name_valid(client))
		return TK_OK;
	typed = tk_strf("client:%s", client);
	query = tk_strf("%s is:open not id:%s" ORDER, typed, tk_ticket_id(t));
	st = tk_overview_find(desk, &rows, query, OTHERS + 1, err);
	if (st == TK_OK && rows.n > 0) {
		fputc('\n', to);
		tk_overview_print(
		    to, _("Also open for this client"), &rows, OTHERS, typed);
	}
	tk_rows_clear(&rows);
	free(typed);
	free(query);
	return st;
}
