/* cold-choose - which tickets have lain long enough. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/merge.h"
#include "backup/cold-parts.h"
#include "base/ambient.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/mem.h"
#include "desk/ticket.h"
#include "index/index-archive.h"

struct candidate {
	char *id;
	struct tk_strv links; /* ids */
	char *merged;         /* into which; or NULL */
	int64_t closed;
	bool stays;
};

struct choosing {
	struct tk_cold *cold;
	struct tk_desk *desk;
	struct tk_index *ix;
	int64_t limit;
	struct tk_strv old, open; /* ids */
	struct candidate *v;      /* sorted by id */
	size_t n, cap;
};

void
tk_cold_keep(struct tk_cold *c, const char *id, char *why)
{
	struct tk_cold_kept *k;

	c->kept = tk_more(c->kept, c->n_kept, &c->kept_cap, sizeof(*c->kept));
	k = &c->kept[c->n_kept++];
	k->id = tk_strdup(id);
	k->why = why;
}

static bool
is_final(const struct tk_desk *desk, const char *type, const char *state)
{
	const struct tk_process *p =
	    tk_process_find(desk->reg, type != NULL ? type : "");
	const struct tk_state *s = p != NULL && state != NULL
	    ? tk_state_find(p, state)
	    : NULL;

	return s != NULL && s->final;
}

static void
sort_out(const struct tk_index_brief *t, void *arg)
{
	struct choosing *ch = arg;

	if (!is_final(ch->desk, t->type, t->state))
		tk_strv_add(&ch->open, t->id);
	else if (t->updated < ch->limit)
		tk_strv_add(&ch->old, t->id);
}

static int
by_id(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static struct candidate *
find(const struct choosing *ch, const char *id)
{
	struct candidate key = { .id = (char *)(uintptr_t)id };

	return ch->n == 0
	    ? NULL
	    : bsearch(&key, ch->v, ch->n, sizeof(*ch->v), by_id);
}

/* When it reached the state it is in. */
static int64_t
closed_at(const struct tk_ticket *t)
{
	const struct tk_yaml *e;
	size_t i;

	for (i = tk_ticket_log_n(t); i > 0; i--) {
		e = tk_ticket_entry(t, i - 1);
		if (tk_yaml_str(tk_yaml_get(e, "set"), "state") != NULL)
			return tk_entry_at(e);
	}
	return 0;
}

static void
stay(struct choosing *ch, struct candidate *c, char *why)
{
	if (c->stays) {
		free(why);
		return;
	}
	c->stays = true;
	tk_cold_keep(ch->cold, c->id, why);
}

/* Each ticket that this one names. */
static void
read_links(struct tk_strv *ids, const struct tk_ticket *t)
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

static enum tk_status
read_old(struct choosing *ch, struct tk_err *err)
{
	struct tk_ticket *t = NULL;
	struct candidate *c;
	enum tk_status st = TK_OK;
	size_t i;

	ch->v = tk_calloc(ch->old.n + 1, sizeof(*ch->v));
	for (i = 0; st == TK_OK && i < ch->old.n; i++) {
		c = &ch->v[ch->n++];
		c->id = tk_strdup(ch->old.v[i]);
		st = tk_desk_ticket(&t, ch->desk, c->id, err);
		if (st != TK_OK)
			break;
		c->closed = closed_at(t);
		c->merged = tk_strdup(tk_merged_into(t));
		read_links(&c->links, t);
		tk_ticket_free(t);
		t = NULL;
	}
	qsort(ch->v, ch->n, sizeof(*ch->v), by_id);
	for (i = 0; st == TK_OK && i < ch->n; i++)
		if (ch->v[i].closed + ch->desk->reg->reopen_window > tk_now())
			stay(ch, &ch->v[i],
			    tk_strf(_("a letter may still open it again "
				      "(reopen.window)")));
	return st;
}

/* What an open ticket has a link to, is still at work. */
static enum tk_status
keep_linked(struct choosing *ch, struct tk_err *err)
{
	struct tk_strv links = TK_STRV_INIT;
	struct tk_ticket *t = NULL;
	struct candidate *c;
	enum tk_status st = TK_OK;
	size_t i, k;

	for (i = 0; st == TK_OK && i < ch->open.n; i++) {
		tk_strv_clear(&links);
		st = tk_desk_ticket(&t, ch->desk, ch->open.v[i], err);
		if (st == TK_OK)
			read_links(&links, t);
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
is_archived(const struct choosing *ch, const char *id)
{
	struct tk_index_archived a;
	struct tk_err none = TK_ERR_INIT;

	return tk_index_archived(ch->ix, &a, id, &none) == TK_OK;
}

/* Its own links: to what is open, and into which ticket it was merged. */
static bool
keep_one(struct choosing *ch, struct candidate *c)
{
	const struct candidate *other;
	size_t i;

	if (c->merged != NULL && tk_desk_is_id(ch->desk, c->merged) &&
	    !is_archived(ch, c->merged) &&
	    ((other = find(ch, c->merged)) == NULL || other->stays)) {
		stay(ch, c,
		    tk_strf(_("%s, which stays, has taken it in"), c->merged));
		return true;
	}
	for (i = 0; i < c->links.n; i++)
		if (tk_strv_has(&ch->open, c->links.v[i])) {
			stay(ch, c,
			    tk_strf(_("it has a link to %s, which is open"),
				c->links.v[i]));
			return true;
		}
	return false;
}

static enum tk_status
keep_unsent(struct choosing *ch, struct tk_err *err)
{
	struct tk_strv unsent = TK_STRV_INIT;
	enum tk_status st = tk_index_unsent(ch->ix, &unsent, err);
	struct candidate *c;
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

static enum tk_status
record(
    struct choosing *ch, const struct candidate *c, struct tk_err *err)
{
	static const char *const fields[] = { "queue", "type", "client",
		"work" };
	static const char *const marks[] = { "monitor", "partner_ref" };
	struct tk_cold *cold = ch->cold;
	struct tk_strv values = TK_STRV_INIT;
	struct tk_str path = TK_STR_INIT, at = TK_STR_INIT;
	struct tk_yaml *r = tk_yaml_map();
	struct tk_ticket *now = NULL;
	struct tk_cold_ticket *t;
	const char *value;
	enum tk_status st;
	size_t i;

	if ((st = tk_desk_ticket(&now, ch->desk, c->id, err)) != TK_OK) {
		tk_yaml_free(r);
		return st;
	}
	cold->v = tk_more(cold->v, cold->n, &cold->cap, sizeof(*cold->v));
	t = &cold->v[cold->n++];
	memset(t, 0, sizeof(*t));
	t->id = tk_strdup(c->id);
	t->record = r;
	tk_date_rfc3339(&at, c->closed);
	snprintf(t->year, sizeof(t->year), "%.4s", at.data);
	tk_id_path(&path, c->id);
	tk_store_object(ch->desk->store, t->tree, path.data);
	tk_yaml_set_str(r, "id", c->id);
	tk_yaml_set_str(r, "tree", t->tree);
	tk_yaml_set_time(r, "closed", c->closed);
	for (i = 0; i < TK_COUNT(fields); i++)
		if ((value = tk_ticket_get(now, fields[i])) != NULL)
			tk_yaml_set_str(r, fields[i], value);
	for (i = 0; i < TK_COUNT(marks); i++) {
		tk_strv_clear(&values);
		tk_yaml_strv(tk_ticket_head(now), marks[i], &values);
		if (values.n > 0)
			tk_yaml_set_strv(r, marks[i], &values);
	}
	tk_ticket_free(now);
	tk_strv_clear(&values);
	tk_str_clear(&path);
	tk_str_clear(&at);
	return tk_index_archive_record(ch->ix, r, c->id, err);
}

static int
by_number(const void *a, const void *b)
{
	const struct tk_cold_ticket *x = a, *y = b;
	struct tk_id m, n;
	int year = strcmp(x->year, y->year);

	if (year != 0 || !tk_id_parse(&m, x->id) || !tk_id_parse(&n, y->id))
		return year;
	if (m.number != n.number)
		return m.number < n.number ? -1 : 1;
	return strcmp(x->id, y->id);
}

static enum tk_status
choose(struct choosing *ch, struct tk_err *err)
{
	struct tk_cold *cold = ch->cold;
	enum tk_status st;
	bool more = true;
	size_t i;

	if ((st = tk_index_each(ch->ix, sort_out, ch, err)) != TK_OK ||
	    (st = read_old(ch, err)) != TK_OK ||
	    (st = keep_unsent(ch, err)) != TK_OK ||
	    (st = keep_linked(ch, err)) != TK_OK)
		return st;
	tk_strv_sort(&ch->open);
	while (more)
		for (more = false, i = 0; i < ch->n; i++)
			if (!ch->v[i].stays && keep_one(ch, &ch->v[i]))
				more = true;
	for (i = 0; st == TK_OK && i < ch->n; i++)
		if (!ch->v[i].stays)
			st = record(ch, &ch->v[i], err);
	if (cold->n > 0)
		qsort(cold->v, cold->n, sizeof(*cold->v), by_number);
	return st;
}

enum tk_status
tk_cold_choose(struct tk_cold *c, struct tk_desk *desk, struct tk_err *err)
{
	struct choosing ch = { .cold = c, .desk = desk };
	enum tk_status st;
	int64_t local;
	size_t i;

	tk_local_of(&local, c->before, 1, 1, 0, 0, 0);
	ch.limit = tk_local_to_time(local);
	if ((st = tk_desk_load(desk, err)) == TK_OK &&
	    (st = tk_store_index(desk->store, &ch.ix, err)) == TK_OK) {
		snprintf(c->head, sizeof(c->head), "%s",
		    tk_store_head(desk->store));
		st = choose(&ch, err);
	}
	for (i = 0; i < ch.n; i++) {
		free(ch.v[i].id);
		free(ch.v[i].merged);
		tk_strv_clear(&ch.v[i].links);
	}
	free(ch.v);
	tk_strv_clear(&ch.old);
	tk_strv_clear(&ch.open);
	return st;
}
