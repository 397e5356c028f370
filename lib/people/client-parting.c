/* client-parting - may this client be parted with, as his tickets are? */
#include "people/client-parting.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "index/query.h"
#include "model/id.h"
#include "rules/parting.h"

static enum tk_status
find(struct tk_strv *ids, const struct tk_client_parting *p, struct tk_err *err)
{
	const struct tk_strv none = TK_STRV_INIT;
	const struct tk_query_context ctx = { .finals = &none,
		.priorities = &none,
		.urgent = &none };
	struct tk_rows rows = { NULL, 0, 0 };
	struct tk_query *q = NULL;
	char *text = tk_strf("client:\"%s\"", p->client);
	enum tk_status st = TK_OK;
	size_t i;

	if (p->index == NULL)
		st = tk_fail(err, TK_ESYS, _("the index cannot be read"));
	else if ((st = tk_query_parse(&q, text, &ctx, err)) == TK_OK)
		st = tk_index_list(p->index, &rows, q, 0, err);
	for (i = 0; st == TK_OK && i < rows.n; i++)
		tk_strv_add(ids, rows.v[i].id);
	for (i = 0; p->more != NULL && i < p->more->n; i++)
		if (!tk_strv_has(ids, p->more->v[i]))
			tk_strv_add(ids, p->more->v[i]);
	tk_rows_clear(&rows);
	tk_query_free(q);
	free(text);
	return st;
}

/* What is not in the snapshot yet, or is another's there, is no matter. */
static enum tk_status
add(struct tk_parting *p, struct tk_desk *desk, const char *id,
    struct tk_err *err)
{
	struct tk_str path = TK_STR_INIT, text = TK_STR_INIT;
	struct tk_ticket *t = NULL;
	enum tk_status st;

	tk_id_path(&path, id);
	tk_str_add(&path, "/ticket.yaml");
	st = tk_store_read(desk->store, &text, path.data, err);
	if (st == TK_OK)
		st = tk_ticket_read(&t, text.data, text.len, path.data, err);
	if (st == TK_OK && tk_streq(tk_ticket_get(t, "client"), p->client))
		tk_parting_add(p, t, desk->reg);
	tk_ticket_free(t);
	tk_str_clear(&path);
	tk_str_clear(&text);
	return st == TK_ENOENT ? TK_OK : st;
}

enum tk_status
tk_client_parting_judge(struct tk_findings *out, struct tk_desk *desk,
    const struct tk_client_parting *p, struct tk_err *err)
{
	struct tk_parting parting = { .actor = p->actor,
		.client = p->client,
		.comment = p->comment };
	struct tk_strv ids = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	size_t i;

	if (tk_strv_has(&desk->reg->refuse.require, "positive-close"))
		st = find(&ids, p, err);
	for (i = 0; st == TK_OK && i < ids.n; i++)
		st = add(&parting, desk, ids.v[i], err);
	if (st == TK_OK)
		tk_parting_judge(out, &parting, desk->reg);
	tk_parting_clear(&parting);
	tk_strv_clear(&ids);
	return st;
}
