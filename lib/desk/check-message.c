/* check-message - messages are added once, whole, by who wrote them. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "desk/law.h"
#include "mail/header.h"
#include "mail/letter.h"
#include "model/message.h"

#define LETTER_MAX ((size_t)64 * 1024 * 1024) /* bytes */
#define SAME_NAMES 32 /* messages of the same words in the same second */

static const struct tk_file_change *
find_change(
    const struct tk_law *l, const char *path, size_t len, const char *end)
{
	const struct tk_commit *c = l->commit;
	size_t i;

	for (i = 0; i < c->n; i++)
		if (strncmp(c->change[i].path, path, len) == 0 &&
		    strcmp(c->change[i].path + len, end) == 0)
			return &c->change[i];
	return NULL;
}

/* The same path with .eml for .yaml, or the other way round. */
static const struct tk_file_change *
find_other(const struct tk_law *l, const char *path)
{
	size_t n = strlen(path);

	return tk_ends(path, ".eml") ? find_change(l, path, n - 4, ".yaml")
				     : find_change(l, path, n - 5, ".eml");
}

static const struct tk_told *
find_told(const struct tk_law *l, const struct tk_path *at)
{
	size_t i;

	for (i = 0; i < l->n_told; i++)
		if (strcmp(l->told[i].ticket, at->ticket) == 0 &&
		    strcmp(l->told[i].msg, at->name) == 0)
			return &l->told[i];
	return NULL;
}

struct view {
	const char *path;
	const struct tk_told *told;
	struct tk_message m;
	const struct tk_str *raw; /* of the letter beside it, or NULL */
};

/* What only the gate may say is not here: auto, bounce. */
static void
check_kind(struct tk_law *l, const struct view *v)
{
	static const char *const spoken[] = { "request", "note", "call", "chat",
		"visit" };
	const char *act = v->told->act, *kind = v->m.kind;
	bool fits = false;
	size_t i;

	if (strcmp(act, "reply") == 0)
		fits = strcmp(kind, "reply") == 0;
	else if (strcmp(act, "open") == 0 || strcmp(act, "split") == 0 ||
	    strcmp(act, "answer") == 0)
		for (i = 0; i < TK_COUNT(spoken); i++)
			fits = fits || strcmp(kind, spoken[i]) == 0;
	else
		fits = strcmp(kind, "note") == 0;
	if (!fits)
		tk_law_find(l, v->path, "message", NULL,
		    _("a message of the kind \"%s\" does not belong to the "
		      "act \"%s\""),
		    kind, act);
}

/* As act.c names messages: time, then the hash of what was said. */
static void
check_name(struct tk_law *l, const struct view *v, const char *name)
{
	const char *text = v->m.text != NULL ? v->m.text : "";
	struct tk_message probe = { .at = v->m.at };
	char sum[65], *more;
	bool fits = false;
	int n;

	tk_sha256(sum, v->raw != NULL ? v->raw->data : text,
	    v->raw != NULL ? v->raw->len : strlen(text));
	for (n = 2; !fits && n < SAME_NAMES + 2; n++) {
		tk_message_set_name(&probe, sum);
		fits = strcmp(probe.name, name) == 0;
		more = tk_strf("%s#%d", sum, n);
		tk_sha256(sum, more, strlen(more));
		free(more);
	}
	free(probe.name);
	if (!fits)
		tk_law_find(l, v->path, "message", NULL,
		    _("the name is not the time and the hash of what is "
		      "inside"));
}

static void
check_letter_hash(struct tk_law *l, const struct view *v)
{
	char sum[65];

	if (v->raw == NULL) {
		if (v->m.sha256 != NULL)
			tk_law_find(l, v->path, "message",
			    _("commit the .eml too"),
			    _("the letter that it speaks of is not there"));
		return;
	}
	tk_sha256(sum, v->raw->data, v->raw->len);
	if (!tk_streq(v->m.sha256, sum))
		tk_law_find(l, v->path, "message", NULL,
		    _("sha256 is not that of the letter beside it"));
}

static bool
same_addresses(const struct tk_strv *view, const struct tk_addresses *letter)
{
	struct tk_addresses a = { NULL, 0, 0 };
	bool same;
	size_t i;

	for (i = 0; i < view->n; i++)
		tk_addresses_parse(&a, view->v[i]);
	same = a.n == view->n && a.n == letter->n;
	for (i = 0; same && i < a.n; i++)
		same = tk_address_valid(a.v[i].addr) &&
		    tk_strcaseeq(a.v[i].addr, letter->v[i].addr);
	tk_addresses_clear(&a);
	return same;
}

/* Copies that nobody sees in the message file. */
static bool
has_hidden_copies(const struct tk_str *raw)
{
	static const char *const names[] = { "Bcc", "Resent-To", "Resent-Cc",
		"Resent-Bcc", "Resent-From" };
	struct tk_headers h = TK_HEADERS_INIT;
	bool has = false;
	size_t i;

	tk_headers_parse(&h, raw->data, raw->len);
	for (i = 0; i < TK_COUNT(names); i++)
		has = has || tk_headers_get(&h, names[i]) != NULL;
	tk_headers_clear(&h);
	return has;
}

/* The gate will send the letter to whom the message file names: both must
 * say the same, in the desk's own name. */
static void
check_reply(struct tk_law *l, const struct view *v)
{
	char *own = tk_strf("%s.", v->told->ticket);
	struct tk_strv from = TK_STRV_INIT;
	struct tk_letter letter;
	struct tk_err bad = TK_ERR_INIT;

	if (v->raw == NULL ||
	    tk_letter_read(&letter, v->raw->data, v->raw->len, &bad) != TK_OK) {
		tk_law_find(l, v->path, "message", "tk reply",
		    _("a reply needs its letter (.eml)"));
		free(own);
		return;
	}
	tk_strv_add(&from, v->m.from != NULL ? v->m.from : "");
	if (v->m.to.n == 0 || !same_addresses(&v->m.to, &letter.to) ||
	    !same_addresses(&v->m.cc, &letter.cc) || has_hidden_copies(v->raw))
		tk_law_find(l, v->path, "message", "tk reply",
		    _("the recipients are not those of the letter"));
	if (!same_addresses(&from, &letter.from) ||
	    !tk_desk_is_ours(l->desk, letter.from.v[0].addr))
		tk_law_find(l, v->path, "message", "tk reply",
		    _("a reply is from an address of the desk"));
	if (!tk_streq(v->m.message_id, letter.message_id) ||
	    !tk_starts(letter.message_id, own))
		tk_law_find(l, v->path, "message", "tk reply",
		    _("the Message-ID is not the letter's, or not of this "
		      "ticket"));
	tk_strv_clear(&from);
	tk_letter_clear(&letter);
	free(own);
}

static void
check_view(struct tk_law *l, const struct view *v, const char *name)
{
	check_kind(l, v);
	check_name(l, v, name);
	check_letter_hash(l, v);
	if (strcmp(v->m.by, l->actor.id) != 0)
		tk_law_find(l, v->path, "author",
		    _("people write under their own name"),
		    _("the message says \"by: %s\", the commit is by %s"),
		    v->m.by, l->actor.id);
	if (v->m.at != v->told->at)
		tk_law_find(l, v->path, "message", NULL,
		    _("its time is not that of the log entry"));
	if (strcmp(v->told->act, "reply") == 0)
		check_reply(l, v);
	else if (v->m.message_id != NULL)
		/* Answers to that id would be led to this ticket. */
		tk_law_find(l, v->path, "message", NULL,
		    _("only letters have a Message-ID"));
}

static enum tk_status
check_added(struct tk_law *l, const struct tk_file_change *f,
    const struct tk_path *at, struct tk_err *err)
{
	const struct tk_file_change *eml = find_other(l, f->path);
	struct view v = { .path = f->path, .told = find_told(l, at) };
	struct tk_str text = TK_STR_INIT, raw = TK_STR_INIT;
	struct tk_err bad = TK_ERR_INIT;
	enum tk_status st;
	bool good;

	if (v.told == NULL) {
		tk_law_find(l, f->path, "message", "tk note",
		    _("no log entry of this commit has this message"));
		return TK_OK;
	}
	st = tk_law_read(l, &text, f->path, f->id, TK_YAML_MAX, &good, err);
	if (st == TK_OK && good && eml != NULL && eml->id[0] != '\0') {
		v.raw = &raw;
		st = tk_law_read(
		    l, &raw, eml->path, eml->id, LETTER_MAX, &good, err);
	}
	if (st != TK_OK || !good)
		goto out;
	if (tk_message_read(&v.m, text.data, text.len, f->path, &bad) !=
	    TK_OK) {
		tk_law_find_err(l, f->path, "yaml", &bad);
		goto out;
	}
	check_view(l, &v, at->name);
	tk_message_clear(&v.m);
out:
	tk_str_clear(&text);
	tk_str_clear(&raw);
	return st;
}

enum tk_status
tk_law_message(struct tk_law *l, const struct tk_file_change *f,
    const struct tk_path *at, struct tk_err *err)
{
	if (f->was[0] != '\0') {
		tk_law_find(l, f->path, "message",
		    _("put it back; what is to be added is another message"),
		    f->id[0] != '\0' ? _("a message is never changed")
				     : _("a message is never removed"));
		return TK_OK;
	}
	if (at->kind == TK_PATH_MESSAGE)
		return check_added(l, f, at, err);
	if (find_other(l, f->path) == NULL)
		tk_law_find(l, f->path, "message", "tk note",
		    _("a letter without its message file"));
	return TK_OK;
}
