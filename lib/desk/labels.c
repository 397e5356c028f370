/* labels - what people call states, queues, priorities, staff. */
#include "desk/labels.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

/* The regulation gives them no names. */
static const struct {
	const char *id, *name;
} channels[] = {
	{ "mail", N_("letter") },
	{ "phone", N_("telephone") },
	{ "visit", N_("visit") },
	{ "chat", N_("chat") },
	{ "fax", N_("fax") },
	{ "web", N_("website") },
};

struct list {
	struct tk_label *v;
	size_t n, cap;
};

static void
add(struct list *l, const char *kind, const char *id, const char *name)
{
	l->v = tk_more(l->v, l->n, &l->cap, sizeof(*l->v));
	l->v[l->n++] = (struct tk_label){ kind, id, name };
}

static void
add_process(struct list *l, const struct tk_process *p)
{
	size_t i;

	add(l, "type", p->id, p->name);
	for (i = 0; i < p->n_states; i++)
		add(l, "state", p->state[i].id, p->state[i].name);
}

static void
add_choices(struct list *l, const char *kind, const struct tk_choices *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		add(l, kind, c->v[i].id, c->v[i].name);
}

enum tk_status
tk_desk_labels(struct tk_label **out, size_t *n, struct tk_desk *desk,
    const char *type, const char *client, struct tk_err *err)
{
	const struct tk_process *own;
	struct list l = { NULL, 0, 0 };
	enum tk_status st;
	size_t i;

	*out = NULL;
	*n = 0;
	if ((st = tk_desk_load_client(desk, client, err)) != TK_OK)
		return st;
	own = tk_process_find(desk->reg, type);
	if (own != NULL)
		add_process(&l, own);
	for (i = 0; i < desk->reg->n_processes; i++)
		if (&desk->reg->process[i] != own)
			add_process(&l, &desk->reg->process[i]);
	for (i = 0; i < desk->reg->n_queues; i++)
		add(&l, "queue", desk->reg->queue[i].id,
		    desk->reg->queue[i].name);
	add_choices(&l, "priority", &desk->reg->priorities);
	add_choices(&l, "category", &desk->reg->categories);
	add_choices(&l, "impact", &desk->reg->impacts);
	add_choices(&l, "urgency", &desk->reg->urgencies);
	for (i = 0; i < TK_COUNT(channels); i++)
		add(&l, "channel", channels[i].id, _(channels[i].name));
	add(&l, "wait", "client", _("for the client"));
	add(&l, "wait", "vendor", _("for the vendor"));
	for (i = 0; i < desk->staff.n; i++)
		add(&l, "staff", desk->staff.v[i].id, desk->staff.v[i].name);
	for (i = 0; i < desk->clients.n; i++)
		add(&l, "client", desk->clients.v[i].id,
		    desk->clients.v[i].name);
	*out = l.v;
	*n = l.n;
	return TK_OK;
}

enum tk_status
tk_desk_lists(struct tk_lists *out, struct tk_desk *desk, struct tk_err *err)
{
	const struct tk_regulation *r;
	const struct tk_process *p;
	enum tk_status st;
	size_t i, k;

	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	r = desk->reg;
	for (i = 0; i < r->n_processes; i++)
		for (p = &r->process[i], k = 0; k < p->n_states; k++)
			if (p->state[k].final &&
			    !tk_strv_has(&out->finals, p->state[k].id))
				tk_strv_add(&out->finals, p->state[k].id);
	for (i = 0; i < r->priorities.n; i++) {
		tk_strv_add(&out->priorities, r->priorities.v[i].id);
		if (r->priorities.v[i].urgent)
			tk_strv_add(&out->urgent, r->priorities.v[i].id);
	}
	return TK_OK;
}

void
tk_lists_clear(struct tk_lists *l)
{
	tk_strv_clear(&l->finals);
	tk_strv_clear(&l->priorities);
	tk_strv_clear(&l->urgent);
}
