/* ack - who has read the regulation. */
#include "people/ack.h"

#include <stdlib.h>
#include <string.h>

#include "act/act.h"
#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"

struct run {
	struct tk_desk *desk;
	const struct tk_actor *actor;
	int version;
};

static enum tk_status
read_acks(struct tk_yaml **y, struct tk_tx *tx, const char *path,
    struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st = TK_OK;

	*y = NULL;
	if (!tk_tx_exists(tx, path))
		*y = tk_yaml_map();
	else if ((st = tk_tx_read(tx, &text, path, err)) == TK_OK)
		st = tk_yaml_read(y, text.data, text.len, path, err);
	tk_str_clear(&text);
	return st;
}

static void
add_ack(struct tk_yaml *y, const struct run *r)
{
	struct tk_yaml *list = tk_yaml_get(y, "acks"), *e = tk_yaml_map();
	char tree[41];

	tk_store_object(r->desk->store, tree, "regulation");
	tk_yaml_set_int(e, "version", r->version);
	tk_yaml_set_time(e, "at", tk_now());
	tk_yaml_set_str(e, "tree", tree);
	if (list == NULL || list->kind != TK_YAML_LIST) {
		list = tk_yaml_list();
		tk_yaml_set(y, "acks", list);
	}
	tk_yaml_add(list, e);
}

static enum tk_status
put(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct run *r = arg;
	const struct tk_person *p;
	struct tk_str text = TK_STR_INIT;
	struct tk_yaml *y = NULL;
	char *path = tk_strf("acks/%s.yaml", r->actor->id), *message = NULL;
	enum tk_status st;

	if ((st = tk_desk_load(r->desk, err)) != TK_OK)
		goto out;
	r->version = r->desk->reg->version;
	p = tk_staff_find(&r->desk->staff, r->actor->id);
	if (p != NULL && p->acked >= r->version) {
		st = tk_fail(err, TK_EEXIST,
		    _("%s has acknowledged version %d already"), p->name,
		    p->acked);
		goto out;
	}
	if ((st = read_acks(&y, tx, path, err)) != TK_OK)
		goto out;
	add_ack(y, r);
	tk_yaml_write(&text, y);
	message = tk_strf("regulation: %s acknowledges version %d\n\n"
			  "Act: acknowledge\nActor: %s\nRegulation: %d\n",
	    r->actor->id, r->version, r->actor->id, r->version);
	tk_tx_sign(tx);
	if ((st = tk_tx_put(tx, path, text.data, text.len, err)) == TK_OK)
		st = tk_act_commit(tx, r->actor, tk_now(), message, err);
out:
	tk_yaml_free(y);
	tk_str_clear(&text);
	free(message);
	free(path);
	return st;
}

enum tk_status
tk_ack_record(struct tk_desk *desk, int *version, struct tk_err *err)
{
	struct run r = { .desk = desk };
	enum tk_status st;

	if ((st = tk_desk_actor(desk, &r.actor, err)) == TK_OK)
		st = tk_store_change(desk->store, put, &r, err);
	*version = r.version;
	return st;
}

static bool
must(const struct tk_regulation *reg, const struct tk_person *p)
{
	struct tk_person fresh = *p;

	fresh.acked = 0;
	return p->active && tk_rules_ack_until(reg, &fresh) != INT64_MAX;
}

enum tk_status
tk_ack_who(struct tk_ack_row **rows, size_t *n, struct tk_desk *desk,
    struct tk_err *err)
{
	struct tk_strv keys = TK_STRV_INIT;
	const struct tk_person *p;
	struct tk_ack_row *row;
	enum tk_status st;
	size_t i, cap = 0;
	char *path;

	*rows = NULL;
	*n = 0;
	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	for (i = 0; st == TK_OK && i < desk->staff.n; i++) {
		p = &desk->staff.v[i];
		if (!must(desk->reg, p))
			continue;
		*rows = tk_more(*rows, *n, &cap, sizeof(**rows));
		row = &(*rows)[(*n)++];
		row->person = p;
		row->until = tk_rules_ack_until(desk->reg, p);
		path = tk_strf("acks/%s.yaml", p->id);
		tk_yaml_strv(p->file, "keys", &keys);
		st = tk_sign_check(desk->store, path, &keys, row->commit,
		    &row->is_signed, err);
		tk_strv_clear(&keys);
		free(path);
	}
	return st;
}
