/* cold-keep - old tickets that stay, and why. */
#include <stdlib.h>
#include <string.h>

#include "backup/cold-parts.h"
#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/ticket.h"
#include "index/index-archive.h"

static void
keep(struct tk_cold *c, const char *id, char *why)
{
	struct tk_cold_kept *k;

	c->kept = tk_more(c->kept, c->n_kept, &c->kept_cap, sizeof(*c->kept));
	k = &c->kept[c->n_kept++];
	k->id = tk_strdup(id);
	k->why = why;
}

static int
by_id(const void *a, const void *b)
{
	const struct tk_cold_candidate *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static struct tk_cold_candidate *
find(const struct tk_cold_choosing *ch, const char *id)
{
	struct tk_cold_candidate key = { .id = (char *)(uintptr_t)id };

	return ch->n == 0
	    ? NULL
	    : bsearch(&key, ch->v, ch->n, sizeof(*ch->v), by_id);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
is_open(const struct tk_cold_choosing *ch, const char *id)
{
	return ch->open.n > 0 &&
	    bsearch(&id, ch->open.v, ch->open.n, sizeof(*ch->open.v),
		compare) != NULL;
}

static void
stay(struct tk_cold_choosing *ch, struct tk_cold_candidate *c, char *why)
{
	if (c->stays) {
		free(why);
		return;
	}
	c->stays = true;
	keep(ch->cold, c->id, why);
}

void
tk_cold_links(struct tk_strv *ids, const struct tk_ticket *t)
{
	const struct tk_yaml *links = tk_ticket_node(t, "links"), *to;
	size_t i, k;

	for (i = 0; links != NULL && i < links->n; i++)
		for (k = 0; k < links->item[i]->n; k++) {
			to = links->item[i]->item[k];
			if (to->kind == TK_YAML_SCALAR)
				tk_strv_add(ids, to->text);
		}
}

/* Those that a letter may still open. */
static void
keep_young(struct tk_cold_choosing *ch)
{
	size_t i;

	for (i = 0; i < ch->n; i++)
		if (ch->v[i].closed + ch->desk->reg->reopen_window > tk_now())
			stay(ch, &ch->v[i],
			    tk_strf(_("a letter may still open it again "
				      "(reopen.window)")));
}

/* What an open ticket has a link to, is still at work. */
static enum tk_status
keep_linked(struct tk_cold_choosing *ch, struct tk_err *err)
{
	struct tk_strv links = TK_STRV_INIT;
	struct tk_ticket *t = NULL;
	struct tk_cold_candidate *c;
	enum tk_status st = TK_OK;
	size_t i, k;

	for (i = 0; st == TK_OK && i < ch->open.n; i++) {
		tk_strv_clear(&links);
		st = tk_desk_ticket(&t, ch->desk, ch->open.v[i], err);
		if (st == TK_OK)
			tk_cold_links(&links, t);
		for (k = 0; k < links.n; k++)
			if ((c = find(ch, links.v[k])) != NULL)
				stay(ch, c,
				    tk_strf(_("%s, which is open, has a link "
					      "to it"),
					ch->open.v[i]));
		tk_ticket_free(t);
		t = NULL;
	}
	tk_strv_clear(&links);
	return st;
}

static bool
is_archived(const struct tk_cold_choosing *ch, const char *id)
{
	struct tk_index_archived a;
	struct tk_err none = TK_ERR_INIT;

	return tk_index_archived(ch->ix, &a, id, &none) == TK_OK;
}

/* Its own links: to what is open, and into which ticket it was merged. */
static bool
keep_one(struct tk_cold_choosing *ch, struct tk_cold_candidate *c)
{
	const struct tk_cold_candidate *other;
	size_t i;

	if (c->merged != NULL && tk_desk_is_id(ch->desk, c->merged) &&
	    !is_archived(ch, c->merged) &&
	    ((other = find(ch, c->merged)) == NULL || other->stays)) {
		stay(ch, c,
		    tk_strf(_("%s, which stays, has taken it in"), c->merged));
		return true;
	}
	for (i = 0; i < c->links.n; i++)
		if (is_open(ch, c->links.v[i])) {
			stay(ch, c,
			    tk_strf(_("it has a link to %s, which is open"),
				c->links.v[i]));
			return true;
		}
	return false;
}

static enum tk_status
keep_unsent(struct tk_cold_choosing *ch, struct tk_err *err)
{
	struct tk_strv unsent = TK_STRV_INIT;
	enum tk_status st = tk_index_unsent(ch->ix, &unsent, err);
	struct tk_cold_candidate *c;
	size_t i;

	for (i = 0; st == TK_OK && i < unsent.n; i++) {
		unsent.v[i][strcspn(unsent.v[i], "/")] = '\0';
		if ((c = find(ch, unsent.v[i])) != NULL)
			stay(ch, c,
			    tk_strf(_("a letter of it has not left yet")));
	}
	tk_strv_clear(&unsent);
	return st;
}

enum tk_status
tk_cold_keep(struct tk_cold_choosing *ch, struct tk_err *err)
{
	enum tk_status st;
	bool more = true;
	size_t i;

	keep_young(ch);
	if ((st = keep_unsent(ch, err)) != TK_OK ||
	    (st = keep_linked(ch, err)) != TK_OK)
		return st;
	while (more)
		for (more = false, i = 0; i < ch->n; i++)
			if (!ch->v[i].stays && keep_one(ch, &ch->v[i]))
				more = true;
	return TK_OK;
}
