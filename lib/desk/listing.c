/* listing - what tk list prints. */
#include "desk/listing.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/labels.h"
#include "desk/rows.h"
#include "index/cells.h"
#include "view/csv.h"
#include "view/jsonview.h"
#include "view/table.h"

static const char *const csv_columns[] = { "id", "state", "priority", "type",
	"queue", "line", "assignee", "client", "requester", "category",
	"channel", "created", "updated", "due", "promised", "closed", "spent",
	"subject" };

static void
add_value(struct tk_str *out, enum tk_cell_kind kind, const struct tk_cell *c,
    bool human)
{
	if (kind == TK_CELL_TEXT)
		tk_str_add(out, c->text);
	else if (c->number == 0)
		return;
	else if (kind == TK_CELL_TIME && human)
		tk_date_human(out, c->number);
	else if (kind == TK_CELL_TIME)
		tk_date_rfc3339(out, c->number);
	else if (kind == TK_CELL_SPAN && human)
		tk_str_addf(out, "%lld:%02lld", (long long)c->number / 60,
		    (long long)c->number % 60);
	else
		tk_str_addf(out, "%lld", (long long)c->number);
}

static void
print_csv(FILE *out, const struct tk_cells *c, bool excel)
{
	struct tk_str all = TK_STR_INIT, text = TK_STR_INIT;
	size_t i, n = c->name.n;

	tk_csv_start(&all, excel);
	for (i = 0; i < n; i++)
		tk_csv_cell(&all, c->name.v[i], i + 1 == n, excel, false);
	for (i = 0; n > 0 && i < c->n; i++) {
		tk_str_reset(&text);
		add_value(&text, c->kind[i % n], &c->v[i], excel);
		tk_csv_cell(&all, text.data, i % n + 1 == n, excel,
		    excel && c->kind[i % n] == TK_CELL_TEXT);
	}
	fwrite(all.data, 1, all.len, out);
	tk_str_clear(&all);
	tk_str_clear(&text);
}

static void
print_json(FILE *out, const struct tk_cells *c)
{
	static const enum tk_jsonview_kind kinds[] = {
		[TK_CELL_TEXT] = TK_JSONVIEW_TEXT,
		[TK_CELL_NUMBER] = TK_JSONVIEW_NUMBER,
		[TK_CELL_SPAN] = TK_JSONVIEW_NUMBER,
		[TK_CELL_TIME] = TK_JSONVIEW_TIME,
	};
	size_t n = c->name.n, i, k;
	struct tk_jsonview_field *f = tk_calloc(n, sizeof(*f));
	struct tk_str line = TK_STR_INIT;
	struct tk_json *o;

	for (i = 0; i + n <= c->n; i += n) {
		for (k = 0; k < n; k++) {
			f[k].key = c->name.v[k];
			f[k].kind = kinds[c->kind[k]];
			f[k].text = c->v[i + k].text;
			f[k].number = c->v[i + k].number;
		}
		o = tk_jsonview_record(f, n);
		tk_str_reset(&line);
		tk_json_text(&line, o);
		fprintf(out, "%s\n", line.data);
		tk_json_free(o);
	}
	tk_str_clear(&line);
	free(f);
}

static void
print_table(FILE *out, const struct tk_cells *c, bool no_header)
{
	size_t n = c->name.n, i;
	struct tk_column *columns = tk_calloc(n, sizeof(*columns));
	char **titles = tk_calloc(n, sizeof(*titles));
	struct tk_str text = TK_STR_INIT;
	struct tk_table_how how = tk_table_how();
	struct tk_table *t;
	char *p;

	for (i = 0; i < n; i++) {
		titles[i] = tk_strdup(c->name.v[i]);
		for (p = titles[i]; *p != '\0'; p++)
			*p = (char)toupper((unsigned char)*p);
		columns[i].title = titles[i];
		columns[i].right =
		    c->kind[i] == TK_CELL_NUMBER || c->kind[i] == TK_CELL_SPAN;
		columns[i].flexible = strcmp(c->name.v[i], "subject") == 0;
	}
	t = tk_table_new(columns, n);
	for (i = 0; n > 0 && i < c->n; i++) {
		tk_str_reset(&text);
		add_value(&text, c->kind[i % n], &c->v[i], true);
		tk_table_add(t, text.len > 0 ? text.data : "-",
		    i % n == 0 ? TK_BOLD : TK_PLAIN);
	}
	how.no_header = no_header || !tk_term_is_there();
	tk_table_print(out, t, &how);
	tk_table_free(t);
	for (i = 0; i < n; i++)
		free(titles[i]);
	free(titles);
	free(columns);
	tk_str_clear(&text);
}

static enum tk_status
print_cells(size_t *found, struct tk_desk *desk, const struct tk_listing *l,
    struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_cells c = { .n = 0 };
	struct tk_query *q = NULL;
	struct tk_index *ix;
	enum tk_status st;
	size_t i;

	tk_strv_copy(&names, l->columns);
	for (i = 0; l->columns->n == 0 && i < TK_COUNT(csv_columns); i++)
		tk_strv_add(&names, csv_columns[i]);
	if ((st = tk_overview_query(&q, desk, &l->ask, err)) != TK_OK ||
	    (st = tk_store_index(desk->store, &ix, err)) != TK_OK)
		goto out;
	st = l->group_by != NULL
	    ? tk_index_groups(&c, ix, q, l->group_by, err)
	    : tk_index_cells(&c, ix, q, &names, l->ask.limit, err);
	if (st != TK_OK)
		goto out;
	*found = tk_cells_rows(&c);
	if (l->csv || l->excel)
		print_csv(l->out, &c, l->excel);
	else if (l->json)
		print_json(l->out, &c);
	else
		print_table(l->out, &c, l->no_header);
out:
	tk_cells_clear(&c);
	tk_query_free(q);
	tk_strv_clear(&names);
	return st;
}

static void
print_row(FILE *out, const struct tk_row *r)
{
	const struct tk_jsonview_field fields[] = {
		{ "id", TK_JSONVIEW_TEXT, r->id, 0 },
		{ "subject", TK_JSONVIEW_TEXT, r->subject, 0 },
		{ "type", TK_JSONVIEW_TEXT, r->type, 0 },
		{ "state", TK_JSONVIEW_TEXT, r->state, 0 },
		{ "queue", TK_JSONVIEW_TEXT, r->queue, 0 },
		{ "line", TK_JSONVIEW_NUMBER, NULL, r->line },
		{ "priority", TK_JSONVIEW_TEXT, r->priority, 0 },
		{ "category", TK_JSONVIEW_TEXT, r->category, 0 },
		{ "client", TK_JSONVIEW_TEXT, r->client, 0 },
		{ "requester", TK_JSONVIEW_TEXT, r->requester, 0 },
		{ "assignee", TK_JSONVIEW_TEXT, r->assignee, 0 },
		{ "channel", TK_JSONVIEW_TEXT, r->channel, 0 },
		{ "sla", TK_JSONVIEW_TEXT, r->sla, 0 },
		{ "created", TK_JSONVIEW_TIME, NULL, r->created },
		{ "updated", TK_JSONVIEW_TIME, NULL, r->updated },
		{ "due", TK_JSONVIEW_TIME, NULL, r->due },
		{ "due_response", TK_JSONVIEW_TIME, NULL, r->due_response },
		{ "due_update", TK_JSONVIEW_TIME, NULL, r->due_update },
		{ "due_resolution", TK_JSONVIEW_TIME, NULL, r->due_resolution },
		{ "promised", TK_JSONVIEW_TIME, NULL, r->promised },
		{ "closed", TK_JSONVIEW_TIME, NULL, r->closed },
		{ "messages", TK_JSONVIEW_NUMBER, NULL, r->messages },
	};
	struct tk_json *o = tk_jsonview_record(fields, TK_COUNT(fields));
	struct tk_str line = TK_STR_INIT;

	tk_json_text(&line, o);
	fprintf(out, "%s\n", line.data);
	tk_str_clear(&line);
	tk_json_free(o);
}

static enum tk_status
print_rows(size_t *found, struct tk_desk *desk, const struct tk_listing *l,
    struct tk_err *err)
{
	struct tk_lists lists = { TK_STRV_INIT, TK_STRV_INIT, TK_STRV_INIT };
	struct tk_rows rows = { NULL, 0, 0 };
	enum tk_status st;
	size_t i;

	if ((st = tk_desk_lists(&lists, desk, err)) == TK_OK &&
	    (st = tk_overview_ask(desk, &rows, &l->ask, err)) == TK_OK &&
	    !l->json && !l->nul)
		tk_rows_print(
		    l->out, &rows, rows.n, &lists.urgent, l->no_header);
	*found = rows.n;
	for (i = 0; st == TK_OK && (l->json || l->nul) && i < rows.n; i++) {
		if (l->json)
			print_row(l->out, &rows.v[i]);
		else
			fprintf(l->out, "%s%c", rows.v[i].id, '\0');
	}
	tk_rows_clear(&rows);
	tk_lists_clear(&lists);
	return st;
}

static enum tk_status
print_count(size_t *found, struct tk_desk *desk, const struct tk_listing *l,
    struct tk_err *err)
{
	struct tk_strv none = TK_STRV_INIT;
	struct tk_cells c = { .n = 0 };
	struct tk_query *q = NULL;
	struct tk_index *ix;
	enum tk_status st;

	tk_strv_add(&none, "id");
	if ((st = tk_overview_query(&q, desk, &l->ask, err)) == TK_OK &&
	    (st = tk_store_index(desk->store, &ix, err)) == TK_OK &&
	    (st = tk_index_cells(&c, ix, q, &none, l->ask.limit, err)) == TK_OK)
		fprintf(l->out, "%zu\n", *found = tk_cells_rows(&c));
	tk_cells_clear(&c);
	tk_query_free(q);
	tk_strv_clear(&none);
	return st;
}

enum tk_status
tk_listing_print(size_t *found, struct tk_desk *desk,
    const struct tk_listing *l, struct tk_err *err)
{
	*found = 0;
	if (l->count && l->group_by == NULL)
		return print_count(found, desk, l, err);
	if (l->columns->n > 0 || l->group_by != NULL || l->csv || l->excel)
		return print_cells(found, desk, l, err);
	return print_rows(found, desk, l, err);
}
