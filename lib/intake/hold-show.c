/* hold-show - letters that are held, for people and for programs. */
#include "intake/hold-show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/blocked.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/main.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "view/block.h"
#include "view/table.h"
#include "view/term.h"

#define LETTER_MAX ((size_t)256 * 1024 * 1024) /* bytes */

static void
print_json(const char *const *keys, const char *const *values, size_t n)
{
	struct tk_json *o = tk_json_object();
	struct tk_str line = TK_STR_INIT;
	size_t i;

	for (i = 0; i < n; i++)
		tk_json_set_str(o, keys[i], values[i]);
	tk_json_text(&line, o);
	tk_say("%s", line.data);
	tk_str_clear(&line);
	tk_json_free(o);
}

static void
human(struct tk_str *out, const char *text)
{
	int64_t at;

	tk_str_reset(out);
	if (tk_date_parse(&at, text))
		tk_date_human(out, at);
}

void
tk_hold_print(const struct tk_held_list *l, bool json)
{
	static const char *const keys[] = { "name", "at", "from", "subject",
		"queue", "why", "path" };
	const struct tk_column columns[] = {
		{ .title = _("LETTER"), .min = 8 },
		{ .title = _("WHEN"), .min = 16 },
		{ .title = _("FROM"), .min = 12, .flexible = true },
		{ .title = _("SUBJECT"), .min = 12, .flexible = true },
		{ .title = _("WHY"), .min = 8 },
	};
	struct tk_table *t = tk_table_new(columns, TK_COUNT(columns));
	struct tk_table_how how = tk_table_how();
	struct tk_str when = TK_STR_INIT;
	const struct tk_held *h;
	char id[9];
	size_t i;

	for (i = 0; i < l->n; i++) {
		h = &l->v[i];
		if (json) {
			print_json(keys,
			    (const char *[]){ h->name, h->at, h->from,
				h->subject, h->queue, h->why, h->path },
			    TK_COUNT(keys));
			continue;
		}
		snprintf(id, sizeof(id), "%.8s", h->name);
		human(&when, h->at);
		tk_table_add(t, id, TK_BOLD);
		tk_table_add(t, when.data, TK_PLAIN);
		tk_table_add(t, h->from, TK_PLAIN);
		tk_table_add(t, h->subject, TK_PLAIN);
		tk_table_add(t, h->why, TK_PLAIN);
	}
	tk_table_print(stdout, t, &how);
	tk_table_free(t);
	tk_str_clear(&when);
}

enum tk_status
tk_hold_print_blocked(struct tk_desk *desk, bool json, struct tk_err *err)
{
	static const char *const keys[] = { "address", "at", "by", "why" };
	const char *v[TK_COUNT(keys)];
	struct tk_yaml *list;
	enum tk_status st = tk_blocked_list(&list, desk, err);
	size_t i, k;

	for (i = 0; st == TK_OK && i < list->n; i++) {
		for (k = 0; k < TK_COUNT(keys); k++) {
			v[k] = tk_yaml_str(list->item[i], keys[k]);
			v[k] = v[k] != NULL ? v[k] : "";
		}
		if (json)
			print_json(keys, v, TK_COUNT(keys));
		else
			tk_say("%s %s %s %s", v[0], v[1], v[2], v[3]);
	}
	if (st == TK_OK)
		tk_yaml_free(list);
	return st;
}

enum tk_status
tk_hold_show(const struct tk_held *h, struct tk_err *err)
{
	struct tk_str raw = TK_STR_INIT, out = TK_STR_INIT;
	struct tk_letter l;
	enum tk_status st = tk_file_read(&raw, h->path, LETTER_MAX, err);
	size_t i;

	if (st == TK_OK)
		st = tk_letter_read(&l, raw.data, raw.len, err);
	if (st == TK_OK) {
		tk_say("%s: %s", _("From"), h->from);
		tk_say("%s: %s", _("Subject"), h->subject);
		for (i = 0; i < l.n_parts; i++)
			tk_say("  %s, %s, %zu", l.parts[i].name,
			    l.parts[i].type, l.parts[i].size);
		tk_str_add_char(&out, '\n');
		tk_block_text(
		    &out, l.text.data, "    ", tk_term_width(), false);
		fputs(out.data, stdout);
		tk_letter_clear(&l);
	}
	tk_str_clear(&out);
	tk_str_clear(&raw);
	return st;
}
