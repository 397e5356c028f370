/* act - the only door through which a ticket changes. */
#include "act/act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "desk/ticket.h"
#include "rules/sla.h"
#include "store/blob.h"

#define TICKET_MAX ((size_t)TK_YAML_MAX - 65536) /* bytes; what is written
						  * must be read again */

enum tk_status
tk_next_id(struct tk_str *out, struct tk_tx *tx, const struct tk_desk *desk,
    struct tk_err *err)
{
	struct tk_id id = { "", 0, "" }, check;
	struct tk_str path = TK_STR_INIT;
	size_t len = out->len;
	enum tk_status st;

	if (!desk->is_gate && desk->site[0] == '\0')
		return tk_fail(err, TK_EREFUSED,
		    _("this clone has no site name, so it cannot number "
		      "tickets: git config tk.site NAME"));
	st = tk_index_last_number(tk_tx_index(tx), &id.number, desk->site, err);
	if (st != TK_OK)
		return st;
	snprintf(id.prefix, sizeof(id.prefix), "%s", desk->prefix);
	snprintf(id.site, sizeof(id.site), "%s", desk->site);
	/* The index leaves out what it cannot read; the tree does not. */
	do {
		id.number++;
		tk_str_cut(out, len);
		tk_id_text(out, &id);
		tk_str_reset(&path);
		tk_id_path(&path, out->data + len);
	} while (tk_tx_exists(tx, path.data));
	tk_str_clear(&path);
	if (!tk_id_parse(&check, out->data + len))
		return tk_fail(err, TK_EINPUT,
		    _("git config tk.site \"%s\": small letters, digits and "
		      "- only"),
		    desk->site);
	return TK_OK;
}

/* All findings, one line each, rule first. */
static enum tk_status
refuse(const struct tk_findings *f, const char *id, struct tk_err *err)
{
	enum tk_status st = TK_EREFUSED;
	size_t i;

	err->text[0] = '\0';
	for (i = 0; i < f->n; i++) {
		if (f->v[i].denied)
			st = TK_EDENIED;
		tk_err_add_line(err, "%s: %s: %s%s%s", id, f->v[i].rule,
		    f->v[i].text, f->v[i].remedy != NULL ? "; " : "",
		    f->v[i].remedy != NULL ? f->v[i].remedy : "");
	}
	err->status = st;
	return st;
}

static void
set_str(struct tk_yaml *entry, const char *key, const char *text)
{
	tk_yaml_set_str(tk_entry_set(entry), key, text);
}

/* What the step sets beside the state; "closed" fields of a final state and
 * the fields the caller asked for come from the request. */
static void
fill_entry(struct tk_yaml *entry, const struct tk_request *req,
    const struct tk_ticket *old, const struct tk_transition *step)
{
	const char *state = tk_ticket_get(old, "state");
	const struct tk_yaml *now;
	size_t i;

	for (i = 0; req->set != NULL && i < req->set->n; i++) {
		now = old != NULL ? tk_ticket_node(old, req->set->key[i]) : NULL;
		/* The log says what changed, not what stayed. */
		if (tk_yaml_is_null(req->set->item[i]) ? now == NULL
			: tk_yaml_equal(now, req->set->item[i]))
			continue;
		tk_yaml_set(tk_entry_set(entry), req->set->key[i],
		    tk_yaml_copy(req->set->item[i]));
	}
	if (req->state != NULL) {
		if (!tk_streq(state, req->state))
			set_str(entry, "state", req->state);
	} else if (step != NULL) {
		set_str(entry, "state", step->to);
	}
	for (i = 0; step != NULL && step->set != NULL && i < step->set->n; i++)
		tk_yaml_set(tk_entry_set(entry), step->set->key[i],
		    tk_yaml_copy(step->set->item[i]));
}

static void
sum_letter(char sum[65], const struct tk_request *req)
{
	if (req->blob != NULL)
		snprintf(sum, 65, "%s", req->blob->sha256);
	else
		tk_sha256(sum, req->raw->data, req->raw->len);
}

/* A free name for the message: by content, or by content and a count where
 * the same words came in the same second. */
static void
name_message(struct tk_tx *tx, const char *id, const struct tk_request *req)
{
	struct tk_message *m = req->msg;
	struct tk_str path = TK_STR_INIT;
	const char *text = m->text != NULL ? m->text : "";
	char sum[65], *more;
	int n;

	if (req->raw != NULL)
		sum_letter(sum, req);
	else
		tk_sha256(sum, text, strlen(text));
	for (n = 2;; n++) {
		tk_message_set_name(m, sum);
		tk_str_reset(&path);
		tk_id_path(&path, id);
		tk_str_addf(&path, "/%s.yaml", m->name);
		if (!tk_tx_exists(tx, path.data))
			break;
		more = tk_strf("%s#%d", sum, n);
		tk_sha256(sum, more, strlen(more));
		free(more);
	}
	tk_str_clear(&path);
}

static enum tk_status
put_message(struct tk_tx *tx, const char *id, const struct tk_request *req,
    struct tk_err *err)
{
	struct tk_message *m = req->msg;
	struct tk_str dir = TK_STR_INIT, text = TK_STR_INIT;
	enum tk_status st = TK_OK;
	char *path;

	tk_id_path(&dir, id);
	if (req->raw != NULL) {
		m->sha256 = tk_realloc(m->sha256, 65, 1);
		sum_letter(m->sha256, req);
		path = tk_strf("%s/%s.eml", dir.data, m->name);
		if (req->blob != NULL)
			tk_tx_put_blob(tx, path, req->blob);
		else
			st = tk_tx_put(
			    tx, path, req->raw->data, req->raw->len, err);
		free(path);
	}
	if (st == TK_OK) {
		tk_message_write(&text, m);
		path = tk_strf("%s/%s.yaml", dir.data, m->name);
		if (text.len > TK_YAML_MAX)
			st = tk_fail(err, TK_EINPUT,
			    _("%s: a message of %zu bytes cannot be read "
			      "back"),
			    path, text.len);
		else
			st = req->no_commit
			    ? tk_tx_put(tx, path, text.data, text.len, err)
			    : tk_tx_put_message(
				  tx, path, &text, m, req->stems, err);
		free(path);
	}
	tk_str_clear(&dir);
	tk_str_clear(&text);
	return st;
}

static enum tk_status
put_ticket(struct tk_tx *tx, const struct tk_request *req,
    struct tk_ticket *t, struct tk_err *err)
{
	struct tk_str path = TK_STR_INIT, text = TK_STR_INIT;
	enum tk_status st;

	tk_id_path(&path, tk_ticket_id(t));
	tk_str_add(&path, "/ticket.yaml");
	tk_ticket_write(&text, t);
	if (text.len > TICKET_MAX)
		st = tk_fail(err, TK_EINPUT,
		    _("%s has grown to %zu bytes; open a new one that follows "
		      "it"),
		    tk_ticket_id(t), text.len);
	else
		st = req->no_commit
		    ? tk_tx_put(tx, path.data, text.data, text.len, err)
		    : tk_tx_put_ticket(tx, path.data, &text, t, err);
	tk_str_clear(&path);
	tk_str_clear(&text);
	return st;
}

/* What git log shows; English, so that scripts can rely on it. */
static void
commit_text(struct tk_str *out, const struct tk_done *d,
    const struct tk_request *req, const struct tk_ticket *t,
    const struct tk_regulation *reg)
{
	bool moved = strcmp(d->from, d->to) != 0;
	const char *more = moved ? d->to : NULL;

	if (strcmp(req->act, "assign") == 0)
		more = tk_ticket_get(t, "assignee");
	else if (strcmp(req->act, "move") == 0)
		more = tk_ticket_get(t, "queue");
	else if (strcmp(req->act, "escalate") == 0)
		more = tk_ticket_get(t, "assignee") != NULL
		    ? tk_ticket_get(t, "assignee")
		    : tk_ticket_get(t, "queue");
	else if (strcmp(req->act, "open") == 0)
		more = tk_ticket_get(t, "type");
	tk_str_addf(out, "%s: %s", d->id, req->act);
	if (more != NULL)
		tk_str_addf(out, ", %s", more);
	tk_str_addf(out, "\n\nTicket: %s\nAct: %s\n", d->id, req->act);
	if (moved)
		tk_str_addf(out, "State: %s%s%s\n", d->from,
		    d->from[0] != '\0' ? " -> " : "", d->to);
	tk_str_addf(out, "Actor: %s\n", req->actor->id);
	if (d->message[0] != '\0')
		tk_str_addf(out, "Message: %s\n", d->message);
	/* What it does by itself, and why. */
	if (req->rule != NULL && tk_starts(req->rule, "regulation/"))
		tk_str_addf(out, "Rule: %s\n", req->rule);
	tk_str_addf(out, "Regulation: %d\n", reg->version);
}

/* Identities are one line without the characters git forbids there. */
static char *
identity(const char *text, const char *otherwise)
{
	struct tk_str s = TK_STR_INIT, safe = TK_STR_INIT;
	const char *p;

	/* git log shows it as it is. */
	if (text != NULL)
		tk_utf8_safe(&safe, text, false);
	for (p = safe.data; p != NULL && *p != '\0'; p++)
		if (strchr("<>\n\r\t", *p) == NULL &&
		    (unsigned char)*p >= 0x20)
			tk_str_add_char(&s, *p);
	tk_str_trim(&s);
	if (s.len == 0)
		tk_str_add(&s, otherwise);
	tk_str_clear(&safe);
	return tk_str_detach(&s);
}

enum tk_status
tk_act_commit(struct tk_tx *tx, const struct tk_actor *actor, int64_t at,
    const char *text, struct tk_err *err)
{
	char *name = identity(actor->name, actor->id);
	char *mail = identity(actor->mail, "nobody@localhost");
	enum tk_status st = tk_tx_commit(tx, name, mail, at, text, err);

	free(name);
	free(mail);
	return st;
}

static enum tk_status
commit(struct tk_tx *tx, struct tk_desk *desk, const struct tk_request *req,
    struct tk_ticket *t, int64_t at, struct tk_done *d, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;

	commit_text(&text, d, req, t, desk->reg);
	st = tk_act_commit(tx, req->actor, at, text.data, err);
	if (st == TK_OK)
		snprintf(d->commit, sizeof(d->commit), "%s", tk_tx_last(tx));
	tk_str_clear(&text);
	return st;
}

static const char *
or_empty(const char *s)
{
	return s != NULL ? s : "";
}

static enum tk_status
judge(struct tk_desk *desk, const struct tk_ticket *old,
    const struct tk_ticket *now, const struct tk_request *req,
    struct tk_err *err)
{
	struct tk_findings f = { NULL, 0, 0 };
	enum tk_status st = TK_OK;

	tk_rules_judge(&f, old, now, req->actor, desk->reg, &desk->staff);
	if (f.n > 0)
		/* A number that nobody will find says nothing. */
		st = refuse(&f, old != NULL ? tk_ticket_id(now) : _("new ticket"),
		    err);
	tk_findings_clear(&f);
	return st;
}

static void
fill_message(struct tk_tx *tx, const struct tk_request *req, const char *id,
    int64_t at)
{
	struct tk_message *m = req->msg;

	m->at = at;
	free(m->by);
	m->by = tk_strdup(req->actor->id);
	name_message(tx, id, req);
}

/* The act's log entry on the ticket. */
static struct tk_yaml *
new_entry(struct tk_desk *desk, const struct tk_request *req,
    const struct tk_ticket *old, const struct tk_transition *step, int64_t at)
{
	struct tk_yaml *entry = tk_entry_new(at, req->actor->id, req->act);

	if (req->msg != NULL)
		tk_yaml_set_str(entry, "msg", req->msg->name);
	if (req->about != NULL)
		tk_yaml_set_str(entry, "msg", req->about);
	if (req->rule != NULL)
		tk_yaml_set_str(entry, "rule", req->rule);
	if (req->step != NULL)
		tk_yaml_set(entry, "step", tk_yaml_copy(req->step));
	if (req->actor->kind == TK_ACTOR_STAFF && tk_main_emergency() != NULL)
		tk_yaml_set_str(entry, "emergency", tk_main_emergency());
	fill_entry(entry, req, old, step);
	tk_rules_derive(entry, old, desk->reg);
	return entry;
}

/* Where an act is a step, the judge has more to say about it. */
static bool
is_so_already(const struct tk_request *req, const struct tk_ticket *old,
    const struct tk_yaml *entry)
{
	return old != NULL && req->set != NULL && req->msg == NULL &&
	    tk_yaml_get(entry, "set") == NULL &&
	    strcmp(req->act, "close") != 0;
}

static bool
is_final(const struct tk_desk *desk, const struct tk_ticket *t)
{
	const char *type = tk_ticket_get(t, "type");
	const char *state = tk_ticket_get(t, "state");
	const struct tk_process *p =
	    type != NULL ? tk_process_find(desk->reg, type) : NULL;
	const struct tk_state *s =
	    p != NULL && state != NULL ? tk_state_find(p, state) : NULL;

	return s != NULL && s->final;
}

static void
fill_done(struct tk_done *done, const struct tk_desk *desk,
    const struct tk_request *req, const struct tk_ticket *old,
    const struct tk_ticket *now)
{
	done->closed =
	    old != NULL && is_final(desk, old) && is_final(desk, now);
	snprintf(done->id, sizeof(done->id), "%s", tk_ticket_id(now));
	snprintf(done->from, sizeof(done->from), "%s",
	    or_empty(tk_ticket_get(old, "state")));
	snprintf(done->to, sizeof(done->to), "%s",
	    or_empty(tk_ticket_get(now, "state")));
	if (req->msg != NULL)
		snprintf(done->message, sizeof(done->message), "%s",
		    req->msg->name);
}

/* What comes of it, judged. */
static enum tk_status
build(struct tk_ticket **now, struct tk_desk *desk,
    const struct tk_request *req, const struct tk_ticket *old, const char *id,
    const struct tk_transition *step, int64_t at, struct tk_err *err)
{
	struct tk_yaml *entry = new_entry(desk, req, old, step, at);

	if (is_so_already(req, old, entry)) {
		tk_yaml_free(entry);
		return tk_fail(err, TK_EEXIST, _("%s: it is so already"), id);
	}
	tk_sla_derive(entry, old, desk->reg);
	tk_ticket_free(*now);
	*now = old != NULL ? tk_ticket_copy(old) : tk_ticket_new(id);
	tk_ticket_apply(*now, entry);
	return judge(desk, old, *now, req, err);
}

enum tk_status
tk_act(struct tk_tx *tx, struct tk_desk *desk, struct tk_request *req,
    struct tk_done *done, struct tk_err *err)
{
	struct tk_ticket *old = NULL, *now = NULL;
	const struct tk_transition *step = NULL;
	struct tk_str id = TK_STR_INIT;
	int64_t at = req->at != 0 ? req->at : tk_now();
	enum tk_status st;

	memset(done, 0, sizeof(*done));
	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	if (req->id != NULL) {
		tk_str_add(&id, req->id);
		st = tk_tx_ticket(&old, tx, req->id, err);
	} else {
		st = tk_next_id(&id, tx, desk, err);
	}
	if (st != TK_OK)
		goto out;
	if (old != NULL && req->state == NULL)
		step = tk_rules_step(desk->reg, tk_ticket_get(old, "type"),
		    or_empty(tk_ticket_get(old, "state")), req->act,
		    req->actor);
	if (req->msg != NULL)
		fill_message(tx, req, id.data, at);
	st = build(&now, desk, req, old, id.data, step, at, err);
	/* A letter is kept, whatever a step asks of it: it makes none then. */
	if (st == TK_EREFUSED && step != NULL && req->msg != NULL &&
	    req->actor->kind == TK_ACTOR_CLIENT)
		st = build(&now, desk, req, old, id.data, NULL, at, err);
	if (st != TK_OK)
		goto out;
	fill_done(done, desk, req, old, now);
	if (req->msg != NULL)
		st = put_message(tx, id.data, req, err);
	if (st == TK_OK)
		st = put_ticket(tx, req, now, err);
	if (st == TK_OK && !req->no_commit) {
		st = commit(tx, desk, req, now, at, done, err);
		/* Often the next act is on the same: an acknowledgement. */
		if (st == TK_OK) {
			tk_tx_keep(tx, now);
			now = NULL;
		}
	}
out:
	tk_ticket_free(old);
	tk_ticket_free(now);
	tk_str_clear(&id);
	return st;
}
