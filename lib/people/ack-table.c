/* ack-table - who has read the regulation, for people and for programs. */
#include "people/ack-table.h"

#include <stdlib.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "view/table.h"

static bool
has_read(const struct tk_ack_row *r)
{
	return r->until == INT64_MAX;
}

static void
put_json(FILE *to, const struct tk_ack_row *r)
{
	static const char *const words[] = { "no", "good", "bad" };
	struct tk_json *o = tk_json_object();
	struct tk_str line = TK_STR_INIT;

	tk_json_set_str(o, "id", r->person->id);
	tk_json_set_str(o, "name", r->person->name);
	tk_json_set_bool(o, "acknowledged", has_read(r));
	tk_json_set_int(o, "version", r->person->acked);
	tk_json_set_str(o, "signed", words[r->is_signed]);
	tk_json_set_str(o, "commit", r->commit);
	tk_json_text(&line, o);
	fprintf(to, "%s\n", line.data);
	tk_str_clear(&line);
	tk_json_free(o);
}

static void
add_row(struct tk_table *t, const struct tk_ack_row *r)
{
	static const char *const signs[] = { N_("not signed"), N_("signed"),
		N_("bad signature") };
	struct tk_str when = TK_STR_INIT;
	char *version = tk_strf("%d", r->person->acked);
	bool has = has_read(r), late = !has && tk_now() > r->until;

	if (r->person->acked > 0)
		tk_date_human(&when, r->person->acked_at);
	tk_table_add(t, r->person->id, TK_BOLD);
	tk_table_add(t, r->person->name, TK_PLAIN);
	tk_table_add(t,
	    has        ? _("yes")
		: late ? _("no, refused")
		       : _("no"),
	    has        ? TK_GREEN
		: late ? TK_RED
		       : TK_YELLOW);
	tk_table_add(t, r->person->acked > 0 ? version : "-", TK_PLAIN);
	tk_table_add(t, when.len > 0 ? when.data : "-", TK_PLAIN);
	tk_table_add(t, r->commit[0] != '\0' ? _(signs[r->is_signed]) : "-",
	    r->is_signed == TK_SIGNED_BAD ? TK_RED : TK_PLAIN);
	tk_str_clear(&when);
	free(version);
}

size_t
tk_ack_print(FILE *to, const struct tk_ack_row *rows, size_t n, bool json)
{
	const struct tk_column columns[] = {
		{ .title = _("ID"), .min = 4 },
		{ .title = _("NAME"), .min = 8, .flexible = true },
		{ .title = _("READ"), .min = 4 },
		{ .title = _("VERSION"), .min = 4, .right = true },
		{ .title = _("WHEN"), .min = 10 },
		{ .title = _("SIGNATURE"), .min = 6 },
	};
	struct tk_table *t = tk_table_new(columns, TK_COUNT(columns));
	struct tk_table_how how = tk_table_how();
	size_t i, missing = 0;

	for (i = 0; i < n; i++) {
		missing += !has_read(&rows[i]);
		if (json)
			put_json(to, &rows[i]);
		else
			add_row(t, &rows[i]);
	}
	tk_table_print(to, t, &how);
	tk_table_free(t);
	return missing;
}
