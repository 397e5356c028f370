/* hold-decide - what a person decides about letters that are held. */
#include "intake/hold-decide.h"

#include <stdlib.h>
#include <string.h>

#include "act/act.h"
#include "act/blocked.h"
#include "base/ambient.h"
#include "base/file.h"
#include "base/i18n.h"

#define LETTER_MAX ((size_t)256 * 1024 * 1024) /* bytes */

enum tk_status
tk_hold_may(struct tk_desk *desk, const char *act, struct tk_err *err)
{
	struct tk_findings f = { NULL, 0, 0 };
	const struct tk_actor *actor;
	enum tk_status st = tk_desk_actor(desk, &actor, err);

	if (st != TK_OK)
		return st;
	tk_rules_may(&f, actor, act, desk->reg, &desk->staff, tk_now());
	if (f.n > 0)
		st = tk_fail(err, f.v[0].denied ? TK_EDENIED : TK_EREFUSED,
		    "%s: %s", f.v[0].rule, f.v[0].text);
	tk_findings_clear(&f);
	return st;
}

struct blocking {
	const struct tk_actor *actor;
	const char *address, *why;
	bool remove;
};

static enum tk_status
put(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	const struct blocking *b = arg;

	return b->remove
	    ? tk_blocked_remove(tx, b->actor, b->address, err)
	    : tk_blocked_add(tx, b->actor, b->address, b->why, err);
}

enum tk_status
tk_hold_block(struct tk_desk *desk, const char *address, const char *why,
    bool remove, struct tk_err *err)
{
	struct blocking b = { NULL, address, why, remove };
	char *probe = tk_strf("%s%s", address[0] == '@' ? "x" : "", address);
	enum tk_status st = TK_OK;

	if (!tk_address_valid(probe))
		st = tk_fail(err, TK_EINPUT, _("not an address: %s"), address);
	if (st == TK_OK && (st = tk_hold_may(desk, "client", err)) == TK_OK &&
	    (st = tk_desk_actor(desk, &b.actor, err)) == TK_OK)
		st = tk_store_change(desk->store, put, &b, err);
	free(probe);
	return st;
}

static enum tk_status
read_letter(struct tk_letter *l, const char *path, struct tk_err *err)
{
	struct tk_str raw = TK_STR_INIT;
	enum tk_status st = tk_file_read(&raw, path, LETTER_MAX, err);

	if (st == TK_OK)
		st = tk_letter_read(l, raw.data, raw.len, err);
	tk_str_clear(&raw);
	return st;
}

static enum tk_status
reject(struct tk_desk *desk, const struct tk_held *h,
    const struct tk_hold_decision *d, struct tk_err *err)
{
	const struct tk_actor *actor;
	struct tk_letter l;
	enum tk_status st = tk_desk_actor(desk, &actor, err);
	const char *to = NULL;
	char *why;

	if (st != TK_OK || (st = read_letter(&l, h->path, err)) != TK_OK)
		return st;
	if (l.reply_to.n > 0)
		to = l.reply_to.v[0].addr;
	else if (l.from.n > 0)
		to = l.from.v[0].addr;
	/* A program gets no answer, whatever a person thinks of it. */
	if (d->is_silent || l.class != TK_LETTER_NORMAL ||
	    (to != NULL && !tk_address_valid(to)))
		to = NULL;
	if (to != NULL)
		st = tk_hold_tell(desk, to, &l, d->text, err);
	why = tk_strf("rejected by %s, %s%s", actor->id,
	    to != NULL ? "told " : "silently", to != NULL ? to : "");
	if (st == TK_OK)
		st = tk_hold_decided(desk, h, why, err);
	free(why);
	tk_letter_clear(&l);
	return st;
}

static enum tk_status
block(struct tk_desk *desk, const struct tk_held *h,
    const struct tk_hold_decision *d, struct tk_err *err)
{
	struct tk_letter l;
	enum tk_status st = read_letter(&l, h->path, err);

	if (st != TK_OK)
		return st;
	if (l.from.n == 0)
		st = tk_fail(err, TK_EREFUSED, _("the letter has no sender"));
	else
		st = tk_hold_block(desk, l.from.v[0].addr, d->text, false, err);
	if (st == TK_OK || st == TK_EEXIST)
		st = tk_hold_decided(desk, h, "blocked", err);
	tk_letter_clear(&l);
	return st;
}

static enum tk_status
accept(struct tk_desk *desk, const struct tk_held *h,
    const struct tk_hold_decision *d, struct tk_err *err)
{
	struct tk_delivery delivery = {
		.desk = desk, .is_welcome = true, .told = d->told, .arg = d->arg
	};
	struct tk_strv files = TK_STRV_INIT;
	enum tk_status st;

	tk_strv_add(&files, h->path);
	st = tk_deliver_files(&delivery, &files, err);
	if (st == TK_OK)
		tk_hold_release(h);
	tk_strv_clear(&files);
	return st;
}

enum tk_status
tk_hold_decide(struct tk_desk *desk, const struct tk_held *h,
    const struct tk_hold_decision *d, struct tk_err *err)
{
	enum tk_status st = tk_hold_may(
	    desk, d->verdict == TK_HOLD_BLOCK ? "client" : "open", err);

	if (st == TK_OK && !desk->is_gate)
		st = tk_fail(err, TK_EREFUSED,
		    _("this is a clone: letters are taken in at the gate"));
	if (st != TK_OK)
		return st;
	switch (d->verdict) {
	case TK_HOLD_ACCEPT:
		return accept(desk, h, d, err);
	case TK_HOLD_REJECT:
		return reject(desk, h, d, err);
	case TK_HOLD_BLOCK:
		return block(desk, h, d, err);
	}
	return TK_OK;
}
