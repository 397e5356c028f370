/* check-message - messages are added once, whole, by who wrote them. */
#include "check/law.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "check/check-letter.h"

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

static bool
is_one_of(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

/* Whose act brings a message of which kind. */
static const struct fit {
	enum tk_actor_kind who;
	const char *acts[4], *kinds[6];
} allowed[] = {
	{ TK_ACTOR_STAFF, { "reply" }, { "reply" } },
	{ TK_ACTOR_STAFF, { "open", "split", "answer" },
	    { "request", "note", "call", "chat", "visit" } },
	{ TK_ACTOR_CLIENT, { "open" }, { "request", "auto", "bounce" } },
	{ TK_ACTOR_CLIENT, { "answer", "close", "reopen", "recover" },
	    { "request", "auto" } },
	{ TK_ACTOR_CLIENT, { "rate" }, { "request" } },
	{ TK_ACTOR_CLIENT, { "auto" }, { "auto" } },
	{ TK_ACTOR_CLIENT, { "bounce" }, { "bounce" } },
	{ TK_ACTOR_TK, { "ack", "remind", "progress", "close" }, { "auto" } },
};

static void
check_kind(struct tk_law *l, const struct tk_view *v)
{
	static const char *const others[] = { "note", NULL };
	const char *act = v->told->act, *kind = v->m.kind;
	const char *const *kinds = others;
	size_t i;

	for (i = 0; i < TK_COUNT(allowed); i++)
		if (allowed[i].who == l->actor.kind &&
		    is_one_of(act, allowed[i].acts))
			kinds = allowed[i].kinds;
	if (!is_one_of(kind, kinds))
		tk_law_find(l, v->path, "message", NULL,
		    _("a message of the kind \"%s\" does not belong to the "
		      "act \"%s\""),
		    kind, act);
}

/* As act.c names messages: time, then the hash of what was said. */
static void
check_name(struct tk_law *l, const struct tk_view *v, const char *name)
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
check_letter_hash(struct tk_law *l, const struct tk_view *v)
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

static void
check_view(struct tk_law *l, const struct tk_view *v, const char *name)
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
	if (l->actor.kind == TK_ACTOR_CLIENT)
		tk_law_letter_in(l, v);
	else if (strcmp(v->told->act, "reply") == 0 ||
	    (l->actor.kind == TK_ACTOR_TK && tk_message_is_outgoing(&v->m)))
		tk_law_letter_out(l, v);
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
	struct tk_view v = { .path = f->path, .told = find_told(l, at) };
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
