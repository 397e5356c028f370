/* visible - which tickets are shown to whom. */
#include "desk/desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* Is a ticket of this process shown to the actor? Whoever is not known here
 * has the files anyway, and cron has no roles. */
static bool
shows_process(const struct tk_process *p, const struct tk_actor *actor)
{
	size_t i;

	if (p == NULL || p->visible.n == 0 || actor == NULL)
		return true;
	for (i = 0; i < actor->roles.n; i++)
		if (tk_strv_has(&p->visible, actor->roles.v[i]))
			return true;
	return tk_strv_has(&p->visible, "all");
}

static const struct tk_actor *
reader(struct tk_desk *desk)
{
	const struct tk_actor *actor;
	struct tk_err nobody = TK_ERR_INIT;

	return tk_desk_actor(desk, &actor, &nobody) == TK_OK ? actor : NULL;
}

bool
tk_desk_shows_ticket(struct tk_desk *desk, const char *queue, const char *type)
{
	struct tk_err broken = TK_ERR_INIT;

	if (desk->live != NULL &&
	    !tk_desk_shows_ticket(desk->live, queue, type))
		return false;
	if (desk->visible.n > 0 &&
	    (queue == NULL || !tk_strv_has(&desk->visible, queue)))
		return false;
	if (tk_desk_load(desk, &broken) != TK_OK)
		return false;
	return shows_process(
	    tk_process_find(desk->reg, type != NULL ? type : ""), reader(desk));
}

/* A term with a value that is taken as it stands. */
static void
add_value(struct tk_str *query, const char *before, const char *value)
{
	tk_str_addf(query, "%s\"", before);
	for (; *value != '\0'; value++) {
		if (*value == '"' || *value == '\\')
			tk_str_add_char(query, '\\');
		tk_str_add_char(query, *value);
	}
	tk_str_add_char(query, '"');
}

enum tk_status
tk_desk_limit(struct tk_str *query, struct tk_desk *desk, struct tk_err *err)
{
	const struct tk_actor *actor;
	const struct tk_process *p;
	enum tk_status st;
	size_t i;

	/* Its own rules are those of old. */
	if ((desk->live != NULL &&
		(st = tk_desk_limit(query, desk->live, err)) != TK_OK) ||
	    (st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	for (i = 0; i < desk->visible.n; i++)
		add_value(query, i == 0 ? " queue:" : ",", desk->visible.v[i]);
	actor = reader(desk);
	for (i = 0; i < desk->reg->n_processes; i++) {
		p = &desk->reg->process[i];
		if (!shows_process(p, actor))
			add_value(query, " -type:", p->id);
	}
	return TK_OK;
}
