/* files - a ticket's attachments, a line for each. */
#include "view/files.h"

#include "base/i18n.h"
#include "base/json.h"
#include "view/size.h"
#include "view/table.h"

static void
print_json(
    FILE *to, const struct tk_file_info *f, size_t number, size_t message)
{
	struct tk_json *j = tk_json_object();
	struct tk_str line = TK_STR_INIT;

	tk_json_set_int(j, "n", (int64_t)number);
	tk_json_set_int(j, "message", (int64_t)message);
	tk_json_set_str(j, "name", f->name);
	tk_json_set_str(j, "type", f->type);
	tk_json_set_int(j, "size", (int64_t)f->size);
	tk_json_set_str(j, "sha256", f->sha256);
	tk_json_text(&line, j);
	fprintf(to, "%s\n", line.data);
	tk_str_clear(&line);
	tk_json_free(j);
}

void
tk_files_list(
    FILE *to, const struct tk_message *m, size_t n_messages, bool json)
{
	const struct tk_column columns[] = { { .title = _("N"), .right = true },
		{ .title = _("MESSAGE"), .right = true },
		{ .title = _("SIZE"), .right = true },
		{ .title = _("TYPE"), .max = 30 },
		{ .title = _("NAME"), .flexible = true } };
	struct tk_table *t = tk_table_new(columns, 5);
	struct tk_table_how how = tk_table_how();
	struct tk_str s = TK_STR_INIT;
	size_t i, k, n = 0;

	for (i = 0; i < n_messages; i++)
		for (k = 0; k < m[i].n_files; k++) {
			const struct tk_file_info *f = &m[i].file[k];
			const size_t numbers[] = { ++n, i + 1 };
			size_t c;

			if (json) {
				print_json(to, f, n, i + 1);
				continue;
			}
			for (c = 0; c < 2; c++) {
				tk_str_reset(&s);
				tk_str_addf(&s, "%zu", numbers[c]);
				tk_table_add(t, s.data, TK_PLAIN);
			}
			tk_str_reset(&s);
			tk_size_text(&s, f->size);
			tk_table_add(t, s.data, TK_PLAIN);
			tk_table_add(t, f->type, TK_PLAIN);
			tk_table_add(t, f->name, TK_PLAIN);
		}
	how.no_header = !tk_term_is_there();
	tk_table_print(to, t, &how);
	tk_table_free(t);
	tk_str_clear(&s);
}
