/* export-ids - which tickets are handed over. */
#include "base/i18n.h"
#include "desk/input.h"
#include "desk/overview.h"
#include "desk/ticket.h"
#include "report/export.h"

static enum tk_status
add_query(struct tk_strv *ids, struct tk_desk *desk, const char *client,
    int argc, char **argv, struct tk_err *err)
{
	struct tk_rows rows = { NULL, 0, 0 };
	struct tk_str query = TK_STR_INIT;
	enum tk_status st;
	size_t k;
	int i;

	if (client != NULL)
		tk_str_addf(&query, "client:%s ", client);
	for (i = 0; i < argc; i++)
		tk_str_addf(&query, "%s ", argv[i]);
	tk_str_add(&query, "sort:created");
	st = tk_overview_find(desk, &rows, query.data, 0, err);
	for (k = 0; k < rows.n; k++)
		tk_strv_add(ids, rows.v[k].id);
	tk_rows_clear(&rows);
	tk_str_clear(&query);
	return st;
}

enum tk_status
tk_export_ids(struct tk_strv *ids, struct tk_desk *desk, const char *client,
    int argc, char **argv, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	struct tk_strv typed = TK_STRV_INIT;
	bool all = true;
	size_t k;
	int i;

	if (client != NULL) {
		if ((st = tk_desk_load_client(desk, client, err)) != TK_OK)
			return st;
		if (tk_clients_find(&desk->clients, client) == NULL)
			return tk_fail(err, TK_ENOENT,
			    _("no client \"%s\"; see tk client"), client);
	}
	for (i = 0; i < argc; i++)
		all = all && tk_desk_is_id(desk, argv[i]);
	if (client == NULL && all) {
		st = tk_input_ids(&typed, NULL, desk, argc, argv, err);
		for (k = 0; k < typed.n; k++)
			if (!tk_strv_has(ids, typed.v[k]))
				tk_strv_add(ids, typed.v[k]);
		tk_strv_clear(&typed);
	} else {
		st = add_query(ids, desk, client, argc, argv, err);
	}
	if (st == TK_OK && ids->n == 0 && client == NULL)
		st = tk_fail(err, TK_ENOENT, _("nothing found"));
	return st;
}
