/* finds - what was found, for people and for programs. */
#include "desk/finds.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "view/jsonview.h"
#include "view/term.h"

/* Foreign text on a line of ours, within so many columns (0: all of it). */
static void
add_safe(struct tk_str *out, const char *text, size_t width)
{
	struct tk_str safe = TK_STR_INIT;

	tk_utf8_safe(&safe, text, false);
	if (width > 0)
		tk_utf8_fit(out, safe.data, width, false);
	else
		tk_str_add(out, safe.data);
	tk_str_clear(&safe);
}

static void
add_head(struct tk_str *out, const struct tk_find *f)
{
	struct tk_str when = TK_STR_INIT;
	size_t width = tk_term_width(), used;

	if (f->updated > 0)
		tk_date_human(&when, f->updated);
	used = strlen(f->id) + strlen(f->state) + when.len + 6;
	tk_term_paint(out, tk_term_has_colour(), TK_BOLD, f->id);
	if (f->updated > 0)
		tk_str_addf(out, "  %s  %s", f->state, when.data);
	tk_str_add(out, "  ");
	add_safe(out, f->subject[0] != '\0' ? f->subject : _("(no subject)"),
	    width > used + 10 ? width - used : 0);
	tk_str_clear(&when);
}

void
tk_finds_text(struct tk_str *out, const struct tk_find *f)
{
	add_head(out, f);
	tk_str_add(out, tk_term_is_there() ? "\n    " : "  ");
	if (f->number > 0)
		tk_str_addf(out, "%zu: ", f->number);
	/* It is safe already, and may be painted. */
	tk_str_addf(out, "%s\n", f->snippet);
}

void
tk_finds_json(struct tk_str *out, const struct tk_find *f)
{
	const struct tk_jsonview_field fields[] = {
		{ f->updated > 0 ? "id" : "page", TK_JSONVIEW_TEXT, f->id, 0 },
		{ "subject", TK_JSONVIEW_TEXT, f->subject, 0 },
		{ "state", TK_JSONVIEW_TEXT, f->state, 0 },
		{ "queue", TK_JSONVIEW_TEXT, f->queue, 0 },
		{ "client", TK_JSONVIEW_TEXT, f->client, 0 },
		{ "updated", TK_JSONVIEW_TIME, NULL, f->updated },
		{ "message", TK_JSONVIEW_NUMBER, NULL, (int64_t)f->number },
		{ "snippet", TK_JSONVIEW_TEXT, f->snippet, 0 },
	};
	struct tk_json *o = tk_jsonview_record(fields, TK_COUNT(fields));

	tk_json_text(out, o);
	tk_str_add_char(out, '\n');
	tk_json_free(o);
}
