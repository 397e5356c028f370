/* index-people - who takes part in a ticket, by address. */
#include <string.h>

#include "base/utf8.h"
#include "index/index-mark.h"
#include "index/index-put.h"
#include "index/sql.h"

void
tk_index_address(struct tk_str *out, const char *text)
{
	struct tk_str bare = TK_STR_INIT;
	const char *open = strrchr(text, '<');

	tk_str_add(&bare, text);
	tk_str_trim(&bare);
	/* The last one: a name may be made to look like an address. */
	if (open != NULL && tk_ends(bare.data, ">")) {
		tk_str_set(&bare, open + 1);
		tk_str_trim(&bare);
		tk_str_cut(&bare, bare.len - 1);
		tk_str_trim(&bare);
	}
	tk_utf8_lower(out, bare.data);
	tk_str_clear(&bare);
}

/* Those that the head names, as they are compared, each once. */
static void
list_people(struct tk_strv *out, const struct tk_ticket *t)
{
	struct tk_strv named = TK_STRV_INIT;
	struct tk_str address = TK_STR_INIT;
	const char *by = tk_ticket_get(t, "requester");
	size_t i;

	tk_yaml_strv(tk_ticket_head(t), "cc", &named);
	if (by != NULL)
		tk_strv_add(&named, by);
	for (i = 0; i < named.n; i++) {
		tk_str_reset(&address);
		tk_index_address(&address, named.v[i]);
		if (address.len > 0 && !tk_strv_has(out, address.data))
			tk_strv_add(out, address.data);
	}
	tk_str_clear(&address);
	tk_strv_clear(&named);
}

enum tk_status
tk_index_put_head_people(
    struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err)
{
	struct tk_strv people = TK_STRV_INIT;
	const char *id = tk_ticket_id(t);
	enum tk_status st;
	bool same;
	size_t i;

	list_people(&people, t);
	st = tk_sql_same(ix, &same, &people, 1, err,
	    "SELECT address FROM participant WHERE ticket = ?"
	    " AND source = ''",
	    id);
	if (st == TK_OK && !same && !ix->fresh)
		st = tk_sql_run(ix, err,
		    "DELETE FROM participant WHERE ticket = ?"
		    " AND source = ''",
		    "t", id);
	for (i = 0; i < people.n && st == TK_OK && !same; i++)
		st = tk_sql_run(ix, err,
		    "INSERT OR IGNORE INTO participant VALUES(?, ?, '')", "tt",
		    id, people.v[i]);
	tk_strv_clear(&people);
	return st;
}

bool
tk_index_is_ours(const struct tk_message *m)
{
	return tk_streq(m->kind, "reply") ||
	    (tk_streq(m->kind, "auto") && tk_streq(m->by, "tk"));
}

static enum tk_status
put_person(struct tk_index *ix, const char *ticket, const struct tk_message *m,
    const char *person, struct tk_err *err)
{
	struct tk_str address = TK_STR_INIT;
	enum tk_status st = TK_OK;

	tk_index_address(&address, person);
	if (address.len > 0)
		st = tk_sql_run(ix, err,
		    "INSERT OR IGNORE INTO participant VALUES(?, ?, ?)", "ttt",
		    ticket, address.data, m->name);
	if (st == TK_OK && address.len > 0 && tk_streq(m->kind, "auto") &&
	    tk_message_is_outgoing(m)) {
		tk_index_note_ack(ix);
		st = tk_sql_run(ix, err,
		    "INSERT OR IGNORE INTO ack VALUES(?, ?, ?, ?)", "titt",
		    address.data, m->at, ticket, m->name);
	}
	tk_str_clear(&address);
	return st;
}

/*
 * Who wrote, or whom we wrote to. Not whom a foreign letter names beside us:
 * that would let a stranger make himself one. Nor a mail server's daemon.
 */
enum tk_status
tk_index_put_people(struct tk_index *ix, const char *ticket,
    const struct tk_message *m, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	if (tk_streq(m->kind, "note") || tk_streq(m->kind, "bounce"))
		return TK_OK;
	if (!tk_index_is_ours(m))
		return m->from != NULL ? put_person(ix, ticket, m, m->from, err)
				       : TK_OK;
	for (i = 0; i < m->to.n && st == TK_OK; i++)
		st = put_person(ix, ticket, m, m->to.v[i], err);
	for (i = 0; i < m->cc.n && st == TK_OK; i++)
		st = put_person(ix, ticket, m, m->cc.v[i], err);
	return st;
}
