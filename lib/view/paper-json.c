/* paper-json - a report for programs, one object a line. */
#include "base/date.h"
#include "base/json.h"
#include "view/paper.h"

static void
set_time(struct tk_json *j, const char *key, int64_t at)
{
	struct tk_str text = TK_STR_INIT;

	tk_date_rfc3339(&text, at);
	tk_json_set_str(j, key, text.data);
	tk_str_clear(&text);
}

static void
set_cell(struct tk_json *j, const struct tk_report_column *c,
    const struct tk_report_cell *cell)
{
	if (cell->none)
		tk_json_set_str(j, c->key, NULL);
	else if (cell->text != NULL)
		tk_json_set_str(j, c->key, cell->text);
	else if (c->unit == TK_UNIT_TIME)
		set_time(j, c->key, cell->number);
	else
		tk_json_set_int(j, c->key, cell->number);
}

static void
end_line(struct tk_str *out, struct tk_json *j)
{
	tk_json_text(out, j);
	tk_str_add_char(out, '\n');
	tk_json_free(j);
}

void
tk_paper_json(struct tk_str *out, const struct tk_paper *p)
{
	const struct tk_report_table *t;
	struct tk_json *j = tk_json_object();
	size_t i, k, c;

	tk_json_set_str(j, "report", p->name);
	tk_json_set_str(j, "title", p->title);
	tk_json_set_str(j, "desk", p->desk);
	tk_json_set_str(j, "query", p->query);
	set_time(j, "from", p->from);
	set_time(j, "to", p->to);
	tk_json_set_str(j, "commit", p->commit);
	end_line(out, j);
	for (i = 0; i < p->n; i++)
		for (t = &p->part[i], k = 0; k < t->n_cells; k += t->n) {
			j = tk_json_object();
			tk_json_set_int(j, "part", (int64_t)i + 1);
			for (c = 0; c < t->n; c++)
				set_cell(j, &t->column[c], &t->cell[k + c]);
			end_line(out, j);
		}
}
