/* report-table - a table that a report is made of. */
#include "model/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

size_t
tk_report_table_rows(const struct tk_report_table *t)
{
	return t->n > 0 ? t->n_cells / t->n : 0;
}

struct tk_report_column *
tk_report_table_column(struct tk_report_table *t, const char *key)
{
	t->column = tk_more(t->column, t->n, &t->cap, sizeof(*t->column));
	t->column[t->n].key = tk_strdup(key);
	return &t->column[t->n++];
}

struct tk_report_cell *
tk_report_table_cell(struct tk_report_table *t)
{
	t->cell = tk_more(t->cell, t->n_cells, &t->cells_cap, sizeof(*t->cell));
	return &t->cell[t->n_cells++];
}

static void
clear_cells(struct tk_report_cell *cell, size_t n)
{
	size_t i;

	for (i = 0; cell != NULL && i < n; i++) {
		free(cell[i].text);
		free(cell[i].name);
		free(cell[i].of);
	}
	free(cell);
}

void
tk_report_table_clear(struct tk_report_table *t)
{
	size_t i;

	clear_cells(t->cell, t->n_cells);
	clear_cells(t->total, t->n);
	for (i = 0; i < t->n; i++)
		free(t->column[i].key);
	free(t->column);
	free(t->title);
	memset(t, 0, sizeof(*t));
}
