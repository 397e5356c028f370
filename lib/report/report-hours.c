/* report-hours - what reports ask the desk about, row by row. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/ticket.h"
#include "model/id.h"
#include "report/report-parts.h"
#include "rules/calendar.h"

/* By the calendar of the ticket's own terms; one without terms goes by that
 * of the usual class, and where there is none, around the clock. */
int64_t
tk_report_working(void *arg, const char *calendar, int64_t from, int64_t to)
{
	const struct tk_report_run *run = arg;
	const struct tk_regulation *reg = run->desk->reg;
	const struct tk_sla_class *usual;
	const struct tk_calendar *c;

	if (calendar[0] == '\0' && reg->sla.default_class != NULL &&
	    (usual = tk_sla_class_find(&reg->sla, reg->sla.default_class)) !=
		NULL)
		calendar = usual->calendar;
	c = calendar != NULL ? tk_calendar_find(&reg->calendars, calendar)
			     : NULL;
	return c != NULL ? tk_calendar_between(c, from, to) : to - from;
}

/* A message that was blanked says nothing. */
char *
tk_report_what(void *arg, const char *ticket, const char *msg)
{
	const struct tk_report_run *run = arg;
	struct tk_str path = TK_STR_INIT, text = TK_STR_INIT;
	struct tk_message m = { .kind = NULL };
	struct tk_err gone = TK_ERR_INIT;
	char *what = NULL;

	if (msg[0] == '\0')
		return NULL;
	tk_id_path(&path, ticket);
	tk_str_addf(&path, "/%s.yaml", msg);
	if (tk_store_read(run->desk->store, &text, path.data, &gone) == TK_OK &&
	    tk_message_read(&m, text.data, text.len, path.data, &gone) ==
		TK_OK &&
	    m.text != NULL)
		what = tk_strndup(m.text, strcspn(m.text, "\n"));
	tk_message_clear(&m);
	tk_str_clear(&path);
	tk_str_clear(&text);
	return what;
}
