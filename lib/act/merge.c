/* merge - two tickets about one matter become one. */
#include "act/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "desk/ticket.h"
#include "mail/letter.h"

#define CHAIN_MAX 20 /* one into the next */

const char *
tk_merged_into(const struct tk_ticket *t)
{
	const struct tk_yaml *links = tk_ticket_node(t, "links");
	const char *to = NULL;
	size_t i;

	for (i = 0; links != NULL && i < links->n; i++)
		if (tk_yaml_str(links->item[i], "merged-into") != NULL)
			to = tk_yaml_str(links->item[i], "merged-into");
	return to;
}

/* The ticket's links without those of this kind to that ticket. */
static struct tk_yaml *
links_without(const struct tk_ticket *t, const char *kind, const char *id)
{
	const struct tk_yaml *links = tk_ticket_node(t, "links");
	struct tk_yaml *list = tk_yaml_list();
	size_t i;

	for (i = 0; links != NULL && i < links->n; i++)
		if (!tk_streq(tk_yaml_str(links->item[i], kind), id))
			tk_yaml_add(list, tk_yaml_copy(links->item[i]));
	return list;
}

static void
set_links(struct tk_yaml *set, const struct tk_ticket *t, const char *kind,
    const char *id, bool undo)
{
	struct tk_yaml *list = links_without(t, kind, id), *link;

	if (!undo) {
		link = tk_yaml_map();
		tk_yaml_set_str(link, kind, id);
		tk_yaml_add(list, link);
	}
	if (list->n > 0) {
		tk_yaml_set(set, "links", list);
	} else {
		tk_yaml_free(list);
		tk_yaml_set(set, "links", tk_yaml_plain("null"));
	}
}

static bool
knows(const struct tk_strv *l, const char *who)
{
	struct tk_addresses a = { NULL, 0, 0 }, b = { NULL, 0, 0 };
	bool is = false;
	size_t i;

	tk_addresses_parse(&b, who);
	for (i = 0; i < l->n; i++)
		tk_addresses_parse(&a, l->v[i]);
	for (i = 0; b.n > 0 && i < a.n; i++)
		is = is || tk_strcaseeq(a.v[i].addr, b.v[0].addr);
	tk_addresses_clear(&a);
	tk_addresses_clear(&b);
	return is;
}

/* Who took part there takes part here. */
static void
set_people(struct tk_yaml *set, const struct tk_ticket *to,
    const struct tk_ticket *from)
{
	struct tk_strv cc = TK_STRV_INIT, all = TK_STRV_INIT;
	struct tk_strv known = TK_STRV_INIT;
	const char *requester = tk_ticket_get(from, "requester");
	size_t i, had;

	tk_yaml_strv(tk_ticket_head(to), "cc", &cc);
	had = cc.n;
	tk_strv_copy(&known, &cc);
	if (tk_ticket_get(to, "requester") != NULL)
		tk_strv_add(&known, tk_ticket_get(to, "requester"));
	if (requester != NULL && strchr(requester, '@') != NULL)
		tk_strv_add(&all, requester);
	tk_yaml_strv(tk_ticket_head(from), "cc", &all);
	for (i = 0; i < all.n; i++)
		if (!knows(&known, all.v[i])) {
			tk_strv_add(&cc, all.v[i]);
			tk_strv_add(&known, all.v[i]);
		}
	if (cc.n > had)
		tk_yaml_set_strv(set, "cc", &cc);
	tk_strv_clear(&cc);
	tk_strv_clear(&all);
	tk_strv_clear(&known);
}

static enum tk_status
check_chain(
    struct tk_tx *tx, const char *id, const char *into, struct tk_err *err)
{
	char *at = tk_strdup(into);
	struct tk_ticket *t = NULL;
	enum tk_status st = TK_OK;
	const char *next;
	int i;

	for (i = 0; st == TK_OK && at != NULL && i < CHAIN_MAX; i++) {
		if (strcmp(at, id) == 0) {
			st = tk_fail(err, TK_EREFUSED,
			    _("%s would be merged into itself"), id);
			break;
		}
		if ((st = tk_tx_ticket(&t, tx, at, err)) != TK_OK)
			break;
		next = tk_merged_into(t);
		free(at);
		at = tk_strdup(next);
		tk_ticket_free(t);
		t = NULL;
	}
	free(at);
	return st;
}

static enum tk_status
act(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    const struct tk_merge *m, struct tk_yaml *set, const char *state,
    const char *comment, struct tk_done *done, struct tk_err *err)
{
	struct tk_message note = { .kind = NULL };
	struct tk_request req = { .id = id, .act = "merge",
		.actor = m->actor, .set = set, .state = state };
	enum tk_status st;

	if (comment != NULL) {
		note.kind = tk_strdup("note");
		note.text = tk_strf("%s\n", comment);
		req.msg = &note;
	}
	st = tk_act(tx, desk, &req, done, err);
	tk_message_clear(&note);
	tk_yaml_free(set);
	return st;
}

enum tk_status
tk_merge_act(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    const struct tk_merge *m, struct tk_done *done, struct tk_err *err)
{
	struct tk_ticket *from = NULL, *to = NULL;
	struct tk_yaml *a = tk_yaml_map(), *b = tk_yaml_map();
	const char *was, *into = m->into;
	struct tk_done other;
	enum tk_status st;

	if ((st = tk_tx_ticket(&from, tx, id, err)) != TK_OK)
		goto out;
	was = tk_merged_into(from);
	if (m->undo && was == NULL)
		st = tk_fail(err, TK_EEXIST, _("%s is not merged"), id);
	else if (!m->undo && was != NULL)
		st = tk_fail(err, TK_EREFUSED,
		    _("%s is merged into %s already; tk merge --undo %s"), id,
		    was, id);
	else if (!m->undo)
		st = check_chain(tx, id, into, err);
	if (m->undo)
		into = was;
	if (st != TK_OK || (st = tk_tx_ticket(&to, tx, into, err)) != TK_OK)
		goto out;
	set_links(a, from, "merged-into", into, m->undo);
	set_links(b, to, "merged", id, m->undo);
	if (!m->undo)
		set_people(b, to, from);
	/* First what stays: if that is refused, nothing was given up. The step
	 * "merge" of its process is not for it: it goes on as it is. */
	st = act(tx, desk, into, m, b, tk_ticket_get(to, "state"), NULL,
	    &other, err);
	b = NULL;
	if (st == TK_OK) {
		st = act(tx, desk, id, m, a, NULL, m->comment, done, err);
		a = NULL;
		/* One without the other would be half a merge. */
		if (st == TK_EREFUSED || st == TK_EDENIED || st == TK_EEXIST ||
		    st == TK_ENOENT)
			st = TK_EINPUT;
	}
out:
	tk_yaml_free(a);
	tk_yaml_free(b);
	tk_ticket_free(from);
	tk_ticket_free(to);
	return st;
}
