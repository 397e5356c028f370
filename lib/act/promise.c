/* promise - what is agreed with the client about time. */
#include "act/promise.h"

#include <stdlib.h>
#include <string.h>

#include "act/letter.h"
#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/when.h"
#include "desk/ticket.h"

enum tk_status
tk_promise_time(int64_t *at, const char *text, struct tk_err *err)
{
	int64_t now = tk_now();

	if (!tk_when_parse(at, text, now))
		return tk_fail(err, TK_EINPUT,
		    _("\"%s\" is no time; say 'tomorrow 14:00', '30 November "
		      "14:00', 'in 2 hours', '+4h' or 2026-11-30T14:00"),
		    text);
	if (*at <= now)
		return tk_fail(err, TK_EINPUT, _("\"%s\" is past"), text);
	return TK_OK;
}

static enum tk_status
put(struct tk_tx *tx, struct tk_desk *desk, struct tk_request *req,
    const char *why, struct tk_done *done, struct tk_err *err)
{
	struct tk_message note = { .kind = NULL };
	enum tk_status st;

	if (why != NULL && !tk_utf8_valid(why, strlen(why)))
		return tk_fail(err, TK_EINPUT, _("the text is not UTF-8"));
	if (why != NULL) {
		note.kind = tk_strdup("note");
		note.text =
		    tk_strf("%s%s", why, tk_ends(why, "\n") ? "" : "\n");
		req->msg = &note;
	}
	st = tk_act(tx, desk, req, done, err);
	tk_message_clear(&note);
	return st;
}

enum tk_status
tk_wait_act(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    const struct tk_wait *wait, struct tk_done *done, struct tk_err *err)
{
	struct tk_yaml *set = tk_yaml_map(), *value;
	struct tk_request req = {
		.id = id, .act = "wait", .actor = wait->actor, .set = set
	};
	struct tk_ticket *t = NULL;
	enum tk_status st = tk_tx_ticket(&t, tx, id, err);

	if (wait->on == NULL) {
		tk_yaml_set(set, "wait", tk_yaml_plain("null"));
		if (st == TK_OK && tk_ticket_node(t, "wait") == NULL)
			st = tk_fail(
			    err, TK_EEXIST, _("%s: no waiting is agreed"), id);
	} else {
		value = tk_yaml_map();
		tk_yaml_set_str(value, "for", wait->on);
		tk_yaml_set_time(value, "until", wait->until);
		tk_yaml_set(set, "wait", value);
	}
	if (st == TK_OK)
		st = put(tx, desk, &req, wait->why, done, err);
	tk_ticket_free(t);
	tk_yaml_free(set);
	return st;
}

/* An answer like any other, but nobody is waited for after it. */
static enum tk_status
tell(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    const struct tk_promise *promise, struct tk_err *err)
{
	struct tk_recipients to = { TK_STRV_INIT, TK_STRV_INIT };
	struct tk_str subject = TK_STR_INIT, body = TK_STR_INIT;
	const char *template = desk->reg->promise_template;
	struct tk_ticket *t = NULL;
	struct tk_done done;
	enum tk_status st;

	if ((st = tk_tx_ticket(&t, tx, id, err)) == TK_OK &&
	    (st = tk_desk_load_client(desk, tk_ticket_get(t, "client"), err)) ==
		TK_OK &&
	    (st = tk_reply_recipients(&to, desk, t, err)) == TK_OK &&
	    (st = tk_render(&subject, &body, desk, t, promise->actor,
		 template != NULL ? template : "promise", NULL, err)) ==
		TK_OK) {
		struct tk_reply reply = { .actor = promise->actor,
			.text = body.data,
			.to = &to,
			.subject = subject.len > 0 ? subject.data : NULL,
			.state = tk_ticket_get(t, "state") };

		st = tk_reply_act(tx, desk, id, &reply, &done, err);
	}
	if (st == TK_EREFUSED || st == TK_EDENIED)
		tk_err_add_line(err, "%s",
		    _("--no-letter records the promise without a letter"));
	tk_recipients_clear(&to);
	tk_str_clear(&subject);
	tk_str_clear(&body);
	tk_ticket_free(t);
	return st;
}

struct run {
	struct tk_desk *desk;
	const char *id;
	const struct tk_promise *promise;
	struct tk_done done;
	bool told;
};

static enum tk_status
make(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct run *r = arg;
	struct tk_yaml *set = tk_yaml_map();
	struct tk_request req = { .id = r->id,
		.act = "due",
		.actor = r->promise->actor,
		.set = set };
	enum tk_status st;

	if (r->promise->at > 0)
		tk_yaml_set_time(set, "promised", r->promise->at);
	else
		tk_yaml_set(set, "promised", tk_yaml_plain("null"));
	st = put(tx, r->desk, &req, r->promise->why, &r->done, err);
	r->told = st == TK_OK && r->promise->at > 0 &&
	    r->desk->reg->promise_tell && !r->promise->no_letter;
	if (r->told)
		st = tell(tx, r->desk, r->id, r->promise, err);
	tk_yaml_free(set);
	return st;
}

enum tk_status
tk_promise_all(struct tk_desk *desk, const struct tk_strv *ids,
    const struct tk_promise *promise, void (*told)(const struct tk_done *done),
    size_t *letters, struct tk_err *err)
{
	enum tk_status st = TK_OK, worst = TK_OK;
	struct tk_err one = TK_ERR_INIT, all = TK_ERR_INIT;
	size_t i;

	*letters = 0;
	for (i = 0; i < ids->n; i++) {
		struct run r = {
			.desk = desk, .id = ids->v[i], .promise = promise
		};

		/* A promise that nobody is told of is none: a transaction for
		 * each ticket, and nothing of it where the letter is refused.
		 */
		st = tk_store_change(desk->store, make, &r, &one);
		if (st == TK_OK || st == TK_EOUTPUT) {
			*letters += r.told;
			told(&r.done);
		}
		if (st == TK_OK)
			continue;
		tk_err_add_line(&all, "%s", one.text);
		if (worst == TK_OK || st == TK_EDENIED)
			worst = st;
	}
	if (worst != TK_OK)
		*err = all;
	return worst;
}
