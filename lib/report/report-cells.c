/* report-cells - names beside ids, and rows for days without any. */
#include "report/report-parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/period.h"

#define MAX_ROWS 5000 /* of a table that time goes through */

static const struct {
	const char *kind, *id, *name;
} words[] = {
	{ "target", "response", N_("first answer") },
	{ "target", "update", N_("next update") },
	{ "target", "resolution", N_("resolution") },
	{ "weekday", "1", N_("Monday") },
	{ "weekday", "2", N_("Tuesday") },
	{ "weekday", "3", N_("Wednesday") },
	{ "weekday", "4", N_("Thursday") },
	{ "weekday", "5", N_("Friday") },
	{ "weekday", "6", N_("Saturday") },
	{ "weekday", "7", N_("Sunday") },
};

/* By the process of the tickets; without one, only where all agree. */
static const char *
state_name(const struct tk_report_run *run, const char *type, const char *id)
{
	const struct tk_regulation *r = run->desk->reg;
	const struct tk_process *own = tk_process_find(r, type);
	const struct tk_state *s;
	const char *name = NULL;
	size_t i;

	if (own != NULL && (s = tk_state_find(own, id)) != NULL)
		return s->name;
	for (i = 0; i < r->n_processes; i++) {
		if ((s = tk_state_find(&r->process[i], id)) == NULL)
			continue;
		if (name != NULL && strcmp(name, s->name) != 0)
			return NULL;
		name = s->name;
	}
	return name;
}

static const char *
name_of(const struct tk_report_run *run, const char *kind, const char *id)
{
	size_t i;

	for (i = 0; i < TK_COUNT(words); i++)
		if (strcmp(words[i].kind, kind) == 0 &&
		    strcmp(words[i].id, id) == 0)
			return _(words[i].name);
	for (i = 0; i < run->n_labels; i++)
		if (strcmp(run->label[i].kind, kind) == 0 &&
		    strcmp(run->label[i].id, id) == 0)
			return run->label[i].name;
	return NULL;
}

/* Иван <ivan@romashka.example>, as the client's file has the name; free(3).
 * NULL: it has none. */
static char *
contact_name(const struct tk_report_run *run, const char *mail)
{
	const struct tk_clients *all = &run->desk->clients;
	const struct tk_contact *c;
	size_t i, k;

	for (i = 0; i < all->n; i++)
		for (k = 0; k < all->v[i].n_contacts; k++) {
			c = &all->v[i].contact[k];
			if (c->name != NULL && c->name[0] != '\0' &&
			    c->mail.n > 0 && tk_strv_has(&c->mail, mail))
				return tk_strf("%s <%s>", c->name, mail);
		}
	return NULL;
}

void
tk_report_name_cells(struct tk_report_table *t, const struct tk_report_run *run)
{
	const struct tk_report_column *c;
	struct tk_report_cell *cell;
	size_t i;

	for (i = 0; i < t->n_cells; i++) {
		c = &t->column[i % t->n];
		cell = &t->cell[i];
		if (c->label == NULL || cell->text == NULL)
			continue;
		if (strcmp(c->label, "contact") == 0)
			cell->name = contact_name(run, cell->text);
		else
			cell->name = tk_strdup(strcmp(c->label, "state") == 0
				? state_name(run, cell->of, cell->text)
				: name_of(run, c->label, cell->text));
	}
}

/* A row of nothing for that day. */
static void
add_empty(struct tk_report_table *out, const char *name, bool numbers)
{
	struct tk_report_cell *cell;
	size_t i;

	for (i = 0; i < out->n; i++) {
		cell = tk_report_table_cell(out);
		if (i == 0)
			cell->text = tk_strdup(name);
		else
			cell->none = !numbers ||
			    out->column[i].unit == TK_UNIT_SECONDS ||
			    out->column[i].unit == TK_UNIT_PERMILLE ||
			    out->column[i].unit == TK_UNIT_HUNDREDTHS;
	}
}

static void
move_row(struct tk_report_table *out, struct tk_report_table *from, size_t row)
{
	struct tk_report_cell *cell;
	size_t i;

	for (i = 0; i < from->n; i++) {
		cell = tk_report_table_cell(out);
		*cell = from->cell[row * from->n + i];
		memset(&from->cell[row * from->n + i], 0, sizeof(*cell));
	}
}

/* Every day from the first to the last, in order. */
static void
fill(struct tk_report_table *t, const char *unit, int64_t from, int64_t to)
{
	struct tk_report_table all = { .column = t->column, .n = t->n };
	struct tk_str name = TK_STR_INIT;
	size_t row = 0, rows = tk_report_table_rows(t), n = 0;
	int64_t at;

	for (at = from; at < to && n < MAX_ROWS;
	     at = tk_period_next(unit, at), n++) {
		tk_str_reset(&name);
		tk_period_name(&name, unit, at);
		if (row < rows &&
		    strcmp(t->cell[row * t->n].text, name.data) == 0)
			move_row(&all, t, row++);
		else
			add_empty(&all, name.data, true);
	}
	for (; row < rows; row++)
		move_row(&all, t, row);
	free(t->cell);
	t->cell = all.cell;
	t->n_cells = all.n_cells;
	t->cells_cap = all.cells_cap;
	tk_str_clear(&name);
}

enum tk_status
tk_report_fill(struct tk_report_table *t, const struct tk_report_part *p,
    const struct tk_report_run *run, struct tk_err *err)
{
	enum tk_status st;
	size_t i, k;
	int64_t level, from = run->ask.from;

	if (p->by.n != 1 || !tk_report_is_time(p->by.v[0]) || p->sort != NULL ||
	    p->limit > 0 || p->least > 0)
		return TK_OK;
	/* "all" begins with the first there is. */
	if (from > 0)
		fill(t, p->by.v[0], from, run->ask.to);
	for (i = 0; i < t->n; i++) {
		if (!t->column[i].running)
			continue;
		if ((st = tk_index_backlog(run->ix, &level, &run->ask, err)) !=
		    TK_OK)
			return st;
		for (k = i; k < t->n_cells; k += t->n)
			level = t->cell[k].number += level;
	}
	return TK_OK;
}
