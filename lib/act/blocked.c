/* blocked - addresses whose letters open no tickets. */
#include "act/blocked.h"

#include <stdlib.h>
#include <string.h>

#include "act/act.h"
#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"

static enum tk_status
parse(struct tk_yaml **out, const struct tk_str *text, struct tk_err *err)
{
	enum tk_status st = TK_OK;

	*out = NULL;
	if (text->len == 0)
		*out = tk_yaml_map();
	else
		st = tk_yaml_read(
		    out, text->data, text->len, TK_BLOCKED_FILE, err);
	return st;
}

static enum tk_status
read_file(struct tk_yaml **out, struct tk_tx *tx, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st = TK_OK;

	*out = NULL;
	if (tk_tx_exists(tx, TK_BLOCKED_FILE))
		st = tk_tx_read(tx, &text, TK_BLOCKED_FILE, err);
	if (st == TK_OK)
		st = parse(out, &text, err);
	tk_str_clear(&text);
	return st;
}

/* "spam@x.example", or "@x.example" for all of a domain. */
static bool
fits(const char *entry, const char *address)
{
	const char *at = strrchr(address, '@');

	return entry != NULL &&
	    (tk_strcaseeq(entry, address) ||
		(entry[0] == '@' && at != NULL && tk_strcaseeq(entry, at)));
}

static size_t
find(const struct tk_yaml *list, const char *address, bool exact)
{
	const char *entry;
	size_t i;

	for (i = 0; list != NULL && i < list->n; i++) {
		entry = tk_yaml_str(list->item[i], "address");
		if (exact ? entry != NULL && tk_strcaseeq(entry, address)
			  : fits(entry, address))
			return i;
	}
	return (size_t)-1;
}

enum tk_status
tk_blocked_has(
    bool *is, struct tk_tx *tx, const char *address, struct tk_err *err)
{
	struct tk_yaml *y = NULL;
	enum tk_status st;

	*is = false;
	if (!tk_tx_exists(tx, TK_BLOCKED_FILE))
		return TK_OK;
	st = read_file(&y, tx, err);
	/* A slip in this file must not keep letters out. */
	if (st == TK_EINPUT)
		return TK_OK;
	if (st == TK_OK)
		*is = find(tk_yaml_get(y, "blocked"), address, false) !=
		    (size_t)-1;
	tk_yaml_free(y);
	return st;
}

static enum tk_status
put(struct tk_tx *tx, const struct tk_actor *actor, struct tk_yaml *y,
    const char *what, const char *address, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	char *message = tk_strf("blocked: %s %s\n\nActor: %s\n",
	    what, address, actor->id);
	enum tk_status st;

	tk_yaml_write(&text, y);
	st = tk_tx_put(tx, TK_BLOCKED_FILE, text.data, text.len, err);
	if (st == TK_OK)
		st = tk_act_commit(tx, actor, tk_now(), message, err);
	tk_str_clear(&text);
	free(message);
	return st;
}

enum tk_status
tk_blocked_add(struct tk_tx *tx, const struct tk_actor *actor,
    const char *address, const char *why, struct tk_err *err)
{
	struct tk_yaml *y, *list, *e;
	enum tk_status st = read_file(&y, tx, err);

	if (st != TK_OK)
		return st;
	list = tk_yaml_get(y, "blocked");
	if (list == NULL) {
		list = tk_yaml_list();
		tk_yaml_set(y, "blocked", list);
	}
	if (find(list, address, true) != (size_t)-1) {
		st = tk_fail(
		    err, TK_EEXIST, _("%s is blocked already"), address);
	} else {
		e = tk_yaml_map();
		tk_yaml_set_str(e, "address", address);
		tk_yaml_set_time(e, "at", tk_now());
		tk_yaml_set_str(e, "by", actor->id);
		if (why != NULL)
			tk_yaml_set_str(e, "why", why);
		tk_yaml_add(list, e);
		st = put(tx, actor, y, "add", address, err);
	}
	tk_yaml_free(y);
	return st;
}

enum tk_status
tk_blocked_remove(struct tk_tx *tx, const struct tk_actor *actor,
    const char *address, struct tk_err *err)
{
	struct tk_yaml *y, *list, *rest = tk_yaml_list();
	enum tk_status st = read_file(&y, tx, err);
	size_t i, at;

	if (st != TK_OK) {
		tk_yaml_free(rest);
		return st;
	}
	list = tk_yaml_get(y, "blocked");
	at = find(list, address, true);
	for (i = 0; list != NULL && i < list->n; i++)
		if (i != at)
			tk_yaml_add(rest, tk_yaml_copy(list->item[i]));
	tk_yaml_set(y, "blocked", rest);
	st = at == (size_t)-1
	    ? tk_fail(err, TK_ENOENT, _("%s is not blocked"), address)
	    : put(tx, actor, y, "remove", address, err);
	tk_yaml_free(y);
	return st;
}

enum tk_status
tk_blocked_list(struct tk_yaml **out, struct tk_desk *desk, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_yaml *y = NULL, *list;
	enum tk_status st =
	    tk_store_read(desk->store, &text, TK_BLOCKED_FILE, err);

	*out = NULL;
	if (st == TK_ENOENT)
		st = TK_OK;
	if (st == TK_OK)
		st = parse(&y, &text, err);
	if (st == TK_OK) {
		list = tk_yaml_get(y, "blocked");
		*out = list != NULL ? tk_yaml_copy(list) : tk_yaml_list();
	}
	tk_yaml_free(y);
	tk_str_clear(&text);
	return st;
}
