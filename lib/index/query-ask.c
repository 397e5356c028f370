/* query-ask - the fields of a query that are no columns, in SQL. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "index/term.h"
#include "model/id.h"

/* As people write them: TK-42, tk-42.kyiv, 42 and #42. */
bool
tk_ask_one_id(struct tk_compiler *c, const char *text, const char *before)
{
	struct tk_id id;
	struct tk_str s = TK_STR_INIT;
	bool prefixed = isalpha((unsigned char)text[0]), head = prefixed, ok;
	char *p;

	tk_str_add(&s, text);
	for (p = s.data; *p != '\0'; p++) {
		head = head && *p != '-';
		*p = (char)(head ? toupper((unsigned char)*p)
				 : tolower((unsigned char)*p));
	}
	ok = prefixed ? tk_id_parse(&id, s.data)
		      : text[0] != '-' && tk_id_parse_loose(&id, s.data, "");
	if (ok)
		tk_str_add(&c->where, before);
	if (ok && prefixed) {
		tk_term_add_text(c, "id =", s.data);
	} else if (ok) {
		tk_term_add(c, "(number =", (int64_t)id.number);
		tk_term_add_text(c, " AND site =", id.site);
		tk_str_add_char(&c->where, ')');
	}
	tk_str_clear(&s);
	return ok;
}

/* 10..20: numbers of the gate. */
static bool
add_id_range(struct tk_compiler *c, const char *from, const char *to)
{
	static const char digits[] = "0123456789";

	if (strspn(from, digits) != strlen(from) ||
	    strspn(to, digits) != strlen(to) || strlen(from) > 9 ||
	    strlen(to) > 9)
		return false;
	tk_term_add(c, "(site = '' AND number >=", strtoll(from, NULL, 10));
	tk_term_add(c, " AND number <=",
	    to[0] != '\0' ? strtoll(to, NULL, 10) : INT64_MAX);
	tk_str_add_char(&c->where, ')');
	return true;
}

enum tk_status
tk_ask_id(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	char *from, *to;
	size_t i;
	bool good;

	for (i = 0; i < t->n; i++) {
		tk_str_add(&c->where, i > 0 ? " OR " : "(");
		if (tk_value_range(&from, &to, &t->value[i])) {
			good = add_id_range(c, from, to);
			free(from);
			free(to);
		} else {
			good = tk_ask_one_id(c, t->value[i].text, "");
		}
		if (!good)
			return tk_term_bad(err, c->text, t, t->value[i].at,
			    _("this is no ticket number"));
	}
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}

static void
add_state_in(struct tk_compiler *c, const char *sql)
{
	tk_str_addf(&c->where, "%s ", sql);
	tk_term_add_list(&c->where, &c->values, c->ctx->finals);
}

/* The states there are, found by steps in the index of states: NOT IN alone
 * would read all tickets there ever were. */
void
tk_ask_open(struct tk_compiler *c)
{
	tk_str_add(&c->where,
	    "state IN (WITH RECURSIVE s(x) AS"
	    " (SELECT min(state) FROM ticket UNION ALL SELECT (SELECT"
	    " min(o.state) FROM ticket AS o WHERE o.state > s.x) FROM s"
	    " WHERE s.x IS NOT NULL) SELECT x FROM s WHERE x IS NOT NULL");
	add_state_in(c, " AND x NOT IN");
	tk_str_add_char(&c->where, ')');
}

enum tk_status
tk_ask_closed(
    struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	enum tk_status st;

	if (t->op == TK_OP_IS && t->n == 1 && tk_value_is_none(&t->value[0])) {
		tk_ask_open(c);
		return TK_OK;
	}
	add_state_in(c, "(since > 0 AND state IN");
	tk_str_add(&c->where, " AND ");
	if ((st = tk_ask_time(c, t, err)) == TK_OK)
		tk_str_add_char(&c->where, ')');
	return st;
}

/* A term of ours that has passed, of a ticket that is not closed. */
static void
add_overdue(struct tk_compiler *c, const char *column)
{
	tk_str_add_char(&c->where, '(');
	tk_ask_open(c);
	tk_str_addf(&c->where, " AND %s > 0 AND %s", column, column);
	tk_term_add(c, " <", tk_now());
	tk_str_add_char(&c->where, ')');
}

enum tk_status
tk_ask_is(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	const struct tk_value *v;
	size_t i;

	for (i = 0; i < t->n; i++) {
		v = &t->value[i];
		tk_str_add(&c->where, i > 0 ? " OR " : "(");
		if (tk_strcaseeq(v->text, "open")) {
			tk_ask_open(c);
		} else if (tk_strcaseeq(v->text, "closed")) {
			add_state_in(c, "state IN");
		} else if (tk_strcaseeq(v->text, "urgent")) {
			tk_str_add(&c->where, "priority IN ");
			tk_term_add_list(&c->where, &c->values, c->ctx->urgent);
		} else if (tk_strcaseeq(v->text, "overdue")) {
			add_overdue(c, "due");
		} else {
			return tk_term_bad(err, c->text, t, v->at,
			    _("is: takes open, closed, urgent and overdue"));
		}
	}
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}

enum tk_status
tk_ask_breached(
    struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	static const struct {
		const char *word, *column, *not ;
	} words[] = {
		{ "yes", "due", "" },
		{ "no", "due", "NOT " },
		{ "none", "due", "NOT " },
		{ "response", "due_response", "" },
		{ "update", "due_update", "" },
		{ "resolution", "due_resolution", "" },
		{ "promise", "promised", "" },
	};
	size_t i, k;

	for (i = 0; i < t->n; i++) {
		for (k = 0; k < TK_COUNT(words); k++)
			if (tk_strcaseeq(t->value[i].text, words[k].word))
				break;
		if (k == TK_COUNT(words))
			return tk_term_bad(err, c->text, t, t->value[i].at,
			    _("breached: takes yes, no, response, update, "
			      "resolution and promise"));
		tk_str_addf(
		    &c->where, "%s%s", i > 0 ? " OR " : "(", words[k].not );
		add_overdue(c, words[k].column);
	}
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}

/* Who did any act of the ticket. */
enum tk_status
tk_ask_by(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	struct tk_field by = { .name = t->field->name,
		.column = "entry.by COLLATE NOCASE",
		.me = true };
	struct tk_term inner = *t;
	enum tk_status st;

	inner.field = &by;
	tk_str_add(&c->where,
	    "EXISTS(SELECT 1 FROM entry WHERE entry.ticket = ticket.id AND ");
	st = tk_ask_name(c, &inner, err);
	tk_str_add_char(&c->where, ')');
	return st;
}

/* An address, or a part of one, that takes part; a part of who asked. */
enum tk_status
tk_ask_participant(
    struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	struct tk_str low = TK_STR_INIT;
	size_t i;

	(void)err;
	for (i = 0; i < t->n; i++) {
		tk_str_reset(&low);
		tk_utf8_lower(&low, t->value[i].text);
		tk_str_add(&c->where, i > 0 ? " OR " : "(");
		if (tk_value_is_none(&t->value[i])) {
			tk_str_add(&c->where,
			    "NOT EXISTS(SELECT 1 FROM participant"
			    " WHERE participant.ticket = ticket.id)");
			continue;
		}
		tk_term_add_text(c, "instr(requester_low,", low.data);
		tk_str_add(&c->where,
		    ") > 0 OR EXISTS(SELECT 1 FROM participant WHERE"
		    " participant.ticket = ticket.id AND ");
		tk_term_add_text(c, "instr(address,", low.data);
		tk_str_add(&c->where, ") > 0)");
	}
	tk_str_add_char(&c->where, ')');
	tk_str_clear(&low);
	return TK_OK;
}
