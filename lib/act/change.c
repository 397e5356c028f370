/* change - the acts that set fields. */
#include "act/change.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "desk/ticket.h"

struct run {
	const struct tk_field_change *change;
	const struct tk_actor *actor;
};

/* A comment alone would make it an act, and take the ticket from whoever has
 * it. */
static enum tk_status
check_move(struct tk_tx *tx, const char *id, const struct tk_yaml *set,
    struct tk_err *err)
{
	const char *to = tk_yaml_str(set, "queue");
	struct tk_ticket *t = NULL;
	enum tk_status st = tk_tx_ticket(&t, tx, id, err);

	if (st == TK_OK && tk_streq(tk_ticket_get(t, "queue"), to))
		st = tk_fail(err, TK_EEXIST,
		    _("%s: it is in \"%s\" already; tk note %s leaves a "
		      "comment"),
		    id, to, id);
	tk_ticket_free(t);
	return st;
}

static enum tk_status
make(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    struct tk_done *done, void *arg, struct tk_err *err)
{
	const struct run *r = arg;
	const struct tk_field_change *c = r->change;
	struct tk_message note = { .kind = NULL };
	struct tk_request req = { .id = id, .act = c->act, .set = c->set,
		.state = c->state, .actor = r->actor };
	enum tk_status st;

	if (strcmp(c->act, "move") == 0 &&
	    (st = check_move(tx, id, c->set, err)) != TK_OK)
		return st;
	if (c->comment != NULL) {
		note.kind = tk_strdup("note");
		note.text = tk_strf("%s%s", c->comment,
		    tk_ends(c->comment, "\n") ? "" : "\n");
		req.msg = &note;
	}
	st = tk_act(tx, desk, &req, done, err);
	tk_message_clear(&note);
	return st;
}

void
tk_print_done(const struct tk_done *done, const char *act)
{
	if (strcmp(done->from, done->to) != 0)
		tk_say("%s %s %s", done->id, act, done->to);
	else
		tk_say("%s %s", done->id, act);
	/* Work on what is closed is seen by nobody. */
	if (done->closed && strcmp(act, "note") != 0 &&
	    strcmp(act, "spend") != 0 && strcmp(act, "set") != 0)
		tk_warn(_("%s is closed and stays so; to open it again: "
			  "tk reopen %s"),
		    done->id, done->id);
}

static void
told(const struct tk_done *done, void *arg)
{
	const struct run *r = arg;

	if (!r->change->quiet)
		tk_print_done(done, r->change->act);
}

/* Another client is another contract. */
static enum tk_status
set_contract(
    struct tk_desk *desk, struct tk_yaml *set, struct tk_err *err)
{
	const char *id = tk_yaml_str(set, "client");
	const struct tk_client *c;
	enum tk_status st;

	if (tk_yaml_get(set, "client") == NULL ||
	    tk_yaml_get(set, "sla") != NULL)
		return TK_OK;
	if ((st = tk_desk_load_client(desk, id, err)) != TK_OK)
		return st;
	c = id != NULL ? tk_clients_find(&desk->clients, id) : NULL;
	tk_yaml_set(set, "sla",
	    c != NULL && c->sla != NULL ? tk_yaml_text(c->sla)
					: tk_yaml_plain("null"));
	return TK_OK;
}

enum tk_status
tk_change_fields(struct tk_desk *desk, const struct tk_strv *ids,
    const struct tk_field_change *change, struct tk_err *err)
{
	struct run r = { change, NULL };
	struct tk_bulk bulk = { .ids = ids, .make = make, .told = told,
		.arg = &r };
	enum tk_status st;

	if (change->comment != NULL &&
	    !tk_utf8_valid(change->comment, strlen(change->comment)))
		return tk_fail(err, TK_EINPUT, _("the text is not UTF-8"));
	if ((st = tk_desk_actor(desk, &r.actor, err)) != TK_OK ||
	    (change->set != NULL &&
		(st = set_contract(desk, change->set, err)) != TK_OK))
		return st;
	return tk_act_bulk(desk, &bulk, err);
}

static bool
is_one_of(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

static struct tk_yaml *
split(const char *text)
{
	struct tk_yaml *list = tk_yaml_list();
	struct tk_strv words = TK_STRV_INIT;
	size_t i;

	tk_strv_split(&words, text);
	for (i = 0; i < words.n; i++)
		tk_yaml_add(list, tk_yaml_text(words.v[i]));
	tk_strv_clear(&words);
	return list;
}

static struct tk_yaml *
value_of(const char *field, const char *text)
{
	static const char *const lists[] = { "cc", "tags", "watchers", "assets",
		"evidence", NULL };

	if (text[0] == '\0')
		return tk_yaml_plain("null");
	if (is_one_of(field, lists))
		return split(text);
	if (strcmp(field, "line") == 0)
		return tk_yaml_plain(text);
	return tk_yaml_text(text);
}

/* Lower-case words; extra fields of a company are its own business. */
static bool
is_field(const char *name)
{
	size_t i;

	for (i = 0; name[i] != '\0'; i++)
		if (!islower((unsigned char)name[i]) && name[i] != '_' &&
		    name[i] != '-')
			return false;
	return i > 0 && i <= 32;
}

enum tk_status
tk_change_parse(struct tk_yaml *set, const char *word, struct tk_err *err)
{
	static const char *const own[][2] = { { "state", "tk status" },
		{ "queue", "tk move" }, { "assignee", "tk assign" },
		{ "promised", "tk due" }, { "wait", "tk wait" } };
	static const char *const closed[] = { "id", "log", "due", "terms",
		"spent", "rating", "links", "checklist", "work", NULL };
	static const char *const needed[] = { "subject", "requester", "type",
		"priority", NULL };
	const char *eq = strchr(word, '=');
	enum tk_status st = TK_OK;
	char *field;
	size_t i;

	if (eq == NULL)
		return tk_fail(err, TK_EUSAGE,
		    _("\"%s\" is neither a ticket id nor FIELD=VALUE"), word);
	field = tk_strndup(word, (size_t)(eq - word));
	for (i = 0; st == TK_OK && i < TK_COUNT(own); i++)
		if (strcmp(field, own[i][0]) == 0)
			st = tk_fail(err, TK_EINPUT,
			    _("\"%s\" has a command of its own: %s"), field,
			    own[i][1]);
	if (st == TK_OK && (!is_field(field) || is_one_of(field, closed)))
		st = tk_fail(err, TK_EINPUT,
		    _("\"%s\" is not a field to be set by hand"), field);
	else if (st == TK_OK && !tk_utf8_valid(eq + 1, strlen(eq + 1)))
		st = tk_fail(err, TK_EINPUT, _("the text is not UTF-8"));
	if (st == TK_OK && eq[1] == '\0' && is_one_of(field, needed))
		st = tk_fail(err, TK_EINPUT, _("\"%s\" must not be empty"),
		    field);
	if (st == TK_OK && strcmp(field, "line") == 0 &&
	    strspn(eq + 1, "123") != strlen(eq + 1))
		st = tk_fail(err, TK_EINPUT,
		    _("\"line\" is the line of support: 1, 2 or 3"));
	if (st == TK_OK)
		tk_yaml_set(set, field, value_of(field, eq + 1));
	free(field);
	return st;
}
