/* works-text - what the ticket of one time of a work says. */
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "desk/works.h"
#include "view/template.h"

enum tk_status
tk_occurrence_texts(struct tk_str *subject, struct tk_str *text,
    const struct tk_occurrence *o, struct tk_err *err)
{
	const struct tk_work *w = o->work;
	struct tk_str day = TK_STR_INIT, month = TK_STR_INIT;
	enum tk_status st;
	char *name;

	tk_local_text(&day, tk_local_day(o->day));
	tk_str_add_data(&month, day.data, strlen("2026-11"));
	const struct tk_var vars[] = {
		{ "work.name", w->name },
		{ "work.day", day.data },
		{ "work.month", month.data },
		{ "client.name", o->client_name },
		{ "site.name", o->site_name },
	};
	name = tk_strf("%s:%u: %s", TK_WORKS_FILE, w->line, w->id);
	st = tk_template_render(
	    subject, w->subject, name, vars, TK_COUNT(vars), err);
	if (st == TK_OK && text != NULL && w->text != NULL)
		st = tk_template_render(
		    text, w->text, name, vars, TK_COUNT(vars), err);
	free(name);
	tk_str_clear(&day);
	tk_str_clear(&month);
	return st;
}
