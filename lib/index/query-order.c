/* query-order - what a query's tickets are sorted by. */
#include <string.h>

#include "base/i18n.h"
#include "index/term.h"

void
tk_order_column(struct tk_compiler *c, const struct tk_field *f)
{
	tk_str_add(&c->order, f->column);
}

/* A ticket's number, whatever its prefix is. */
void
tk_order_id(struct tk_compiler *c, const struct tk_field *f)
{
	(void)f;
	tk_str_add(&c->order, "number");
}

/* What has no such time comes last. */
void
tk_order_ahead(struct tk_compiler *c, const struct tk_field *f)
{
	tk_str_addf(&c->order, "CASE WHEN %s > 0 THEN %s ELSE %lld END",
	    f->column, f->column, (long long)INT64_MAX);
}

/* As the regulation has them; what it does not know comes last. */
void
tk_order_priority(struct tk_compiler *c, const struct tk_field *f)
{
	const struct tk_strv *ids = c->ctx->priorities;
	size_t i;

	if (ids == NULL || ids->n == 0) {
		tk_order_column(c, f);
		return;
	}
	tk_str_addf(&c->order, "CASE %s", f->column);
	for (i = 0; i < ids->n; i++) {
		tk_str_addf(&c->order, " WHEN ? THEN %zu", i);
		tk_strv_add(&c->order_values, ids->v[i]);
	}
	tk_str_addf(&c->order, " ELSE %zu END", i);
}

void
tk_order_closed(struct tk_compiler *c, const struct tk_field *f)
{
	tk_str_add(&c->order, "CASE WHEN state IN ");
	tk_term_add_list(&c->order, &c->order_values, c->ctx->finals);
	tk_str_addf(&c->order, " THEN %s ELSE 0 END", f->column);
}

enum tk_status
tk_ask_order(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	const struct tk_field *f;
	const char *name;
	size_t i;

	for (i = 0; i < t->n; i++) {
		name = t->value[i].text;
		name += name[0] == '-';
		f = tk_field_find(name, strlen(name));
		if (f == NULL || f->order == NULL)
			return tk_term_bad(err, c->text, t, t->value[i].at,
			    _("there is no such field to sort by"));
		if (tk_strv_has(&c->sorted, f->name))
			continue;
		tk_strv_add(&c->sorted, f->name);
		tk_str_add(&c->order, c->order.len > 0 ? ", " : "");
		f->order(c, f);
		if (t->value[i].text[0] == '-')
			tk_str_add(&c->order, " DESC");
	}
	return TK_OK;
}
