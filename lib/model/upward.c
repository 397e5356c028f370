/* upward - where a queue's tickets go when they are escalated. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "model/regulation.h"

#define LINES 3 /* of support */

static enum tk_status
add(struct tk_queue *q, const struct tk_yaml *e, const char *path,
    struct tk_err *err)
{
	struct tk_upward *u;

	q->upward = tk_more(
	    q->upward, q->n_upwards, &q->upwards_cap, sizeof(*q->upward));
	u = &q->upward[q->n_upwards++];
	u->where = e->line;
	if (e->kind == TK_YAML_SCALAR) {
		u->queue = tk_strdup(e->text);
		return TK_OK;
	}
	u->category = tk_strdup(tk_yaml_str(e, "category"));
	u->queue = tk_strdup(tk_yaml_str(e, "to"));
	u->line = (int)tk_yaml_int(e, "line", 0);
	if (u->line < 0 || u->line > LINES)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"line\" is the line of support: 1, 2 or 3"),
		    path, e->line);
	if (u->queue == NULL && u->line == 0)
		return tk_fail(err, TK_EINPUT, _("%s:%u: \"%s\" is missing"),
		    path, e->line, "to");
	return TK_OK;
}

enum tk_status
tk_upwards_read(struct tk_queue *q, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const struct tk_yaml *up = tk_yaml_get(y, "escalate");
	enum tk_status st = TK_OK;
	size_t i;

	if (tk_yaml_is_null(up))
		return TK_OK;
	if (up->kind == TK_YAML_SCALAR)
		return add(q, up, path, err);
	for (i = 0; st == TK_OK && i < up->n; i++) {
		if (up->kind != TK_YAML_LIST ||
		    up->item[i]->kind == TK_YAML_LIST)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"escalate\" is a queue, or a list of "
			      "maps"),
			    path, up->line);
		st = add(q, up->item[i], path, err);
	}
	return st;
}
