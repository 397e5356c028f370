/* dead - addresses whose letters come back. */
#include "act/dead.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "index/index-mark.h"
#include "mail/letter.h"

/* A line for a dead address, or TK_ENOENT. */
static enum tk_status
look(struct tk_str *line, struct tk_index *ix, const char *address,
    struct tk_err *err)
{
	struct tk_index_dead d;
	struct tk_str day = TK_STR_INIT;
	enum tk_status st = tk_index_find_dead(ix, &d, address, err);

	if (st == TK_OK) {
		tk_date_human(&day, d.at);
		tk_str_addf(line, _("letters to %s come back: %s, %s (%s)"),
		    address, d.status, day.data, d.ticket);
	}
	tk_str_clear(&day);
	return st;
}

enum tk_status
tk_dead_lines(struct tk_str *out, struct tk_desk *desk,
    const struct tk_strv *people, struct tk_err *err)
{
	struct tk_addresses a = { NULL, 0, 0 };
	struct tk_str lines = TK_STR_INIT;
	struct tk_index *ix;
	enum tk_status st = tk_store_index(desk->store, &ix, err);
	size_t i;

	for (i = 0; i < people->n; i++)
		tk_addresses_parse(&a, people->v[i]);
	for (i = 0; st == TK_OK && i < a.n; i++) {
		st = look(&lines, ix, a.v[i].addr, err);
		if (st == TK_OK)
			tk_str_add_char(&lines, '\n');
		else if (st == TK_ENOENT)
			st = TK_OK;
	}
	tk_utf8_safe(out, lines.data, true);
	tk_str_clear(&lines);
	tk_addresses_clear(&a);
	return st;
}

enum tk_status
tk_dead_ticket(struct tk_str *out, struct tk_desk *desk,
    const struct tk_ticket *t, struct tk_err *err)
{
	const char *requester = tk_ticket_get(t, "requester");
	struct tk_strv people = TK_STRV_INIT;
	enum tk_status st;

	if (requester != NULL)
		tk_strv_add(&people, requester);
	tk_yaml_strv(tk_ticket_head(t), "cc", &people);
	st = tk_dead_lines(out, desk, &people, err);
	tk_strv_clear(&people);
	return st;
}

enum tk_status
tk_dead_all(struct tk_str *line, struct tk_desk *desk, const struct tk_strv *to,
    const struct tk_strv *cc, struct tk_err *err)
{
	struct tk_addresses a = { NULL, 0, 0 };
	struct tk_str other = TK_STR_INIT;
	struct tk_index *ix;
	enum tk_status st = tk_store_index(desk->store, &ix, err);
	size_t i;

	for (i = 0; i < to->n; i++)
		tk_addresses_parse(&a, to->v[i]);
	for (i = 0; i < cc->n; i++)
		tk_addresses_parse(&a, cc->v[i]);
	if (st == TK_OK && a.n == 0)
		st = TK_ENOENT;
	for (i = 0; st == TK_OK && i < a.n; i++)
		st = look(i == 0 ? line : &other, ix, a.v[i].addr, err);
	if (st != TK_OK)
		tk_str_reset(line);
	tk_str_clear(&other);
	tk_addresses_clear(&a);
	return st;
}

enum tk_status
tk_dead_refuse(
    struct tk_tx *tx, const struct tk_recipients *to, struct tk_err *err)
{
	const struct tk_strv *lists[] = { &to->to, &to->cc };
	struct tk_addresses a = { NULL, 0, 0 };
	struct tk_str line = TK_STR_INIT;
	enum tk_status st = TK_OK;
	size_t i, k;

	for (i = 0; i < 2; i++)
		for (k = 0; k < lists[i]->n; k++)
			tk_addresses_parse(&a, lists[i]->v[k]);
	for (i = 0; st == TK_OK && i < a.n; i++) {
		st = look(&line, tk_tx_index(tx), a.v[i].addr, err);
		if (st == TK_OK)
			st = tk_fail(err, TK_EREFUSED,
			    _("%s; write to another address (--to), or "
			      "insist with -f"),
			    line.data);
		else if (st == TK_ENOENT)
			st = TK_OK;
	}
	tk_str_clear(&line);
	tk_addresses_clear(&a);
	return st;
}
