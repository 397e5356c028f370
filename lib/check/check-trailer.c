/* check-trailer - the commit message: does it say what was done? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "check/law.h"
#include "model/id.h"

static const struct tk_told *
only_told(const struct tk_law *l)
{
	return l->n_told == 1 ? &l->told[0] : NULL;
}

/* "open -> waiting"; free(3). */
static char *
state_of(const struct tk_told *t)
{
	return tk_strf("%s%s%s", t->from, t->from[0] != '\0' ? " -> " : "",
	    t->to);
}

static bool
is_of(const struct tk_told *t, const char *key, const char *value)
{
	char *state;
	bool is;

	if (strcmp(key, "Ticket") == 0)
		return strcmp(t->ticket, value) == 0;
	if (strcmp(key, "Act") == 0)
		return strcmp(t->act, value) == 0;
	if (strcmp(key, "Message") == 0)
		return strcmp(t->msg, value) == 0;
	if (strcmp(key, "Rule") == 0)
		return strcmp(t->rule, value) == 0;
	state = state_of(t);
	is = strcmp(state, value) == 0;
	free(state);
	return is;
}

/* Of several acts in one commit each trailer is of one of them. */
static bool
is_of_any(const struct tk_law *l, const char *key, const char *value)
{
	size_t i;

	for (i = 0; i < l->n_told; i++)
		if (is_of(&l->told[i], key, value))
			return true;
	return false;
}

/* Without a ticket: not the act of one, and of files that are there. */
static bool
is_other_act(const struct tk_law *l, const char *act)
{
	static const char *const ticket_acts[] = { "open", "take", "assign",
		"move", "set", "status", "close", "reopen", "reply", "note",
		"answer", "escalate", "spend", "checklist", "wait", "due",
		"sent", "failed", "ack" };
	static const char *const folders[][2] = { { "client", "clients/" },
		{ "staff", "staff/" }, { "acknowledge", "acks/" } };
	size_t i, k;

	for (i = 0; i < TK_COUNT(ticket_acts); i++)
		if (strcmp(ticket_acts[i], act) == 0)
			return false;
	for (i = 0; i < TK_COUNT(folders); i++) {
		if (strcmp(folders[i][0], act) != 0)
			continue;
		for (k = 0; k < l->commit->n; k++)
			if (tk_starts(l->commit->change[k].path, folders[i][1]))
				return true;
		return false;
	}
	return true;
}

/* A clone may have known an older regulation; the gate knows its own. */
static bool
is_version(const struct tk_law *l, const char *value)
{
	int now = l->desk->reg->version;
	char *end;
	long n = strtol(value, &end, 10);

	return *value != '\0' && *end == '\0' && n <= now &&
	    (l->actor.kind == TK_ACTOR_STAFF ? n >= 1 : n == now);
}

static void
check_trailer(struct tk_law *l, const char *key, const char *value)
{
	const struct tk_told *t = only_told(l);
	char *want = NULL;
	bool good;

	if (strcmp(key, "Actor") == 0) {
		good = strcmp(value, l->actor.id) == 0;
		want = tk_strdup(l->actor.id);
	} else if (strcmp(key, "Regulation") == 0) {
		good = is_version(l, value);
		want = tk_strf("%d", l->desk->reg->version);
	} else if (l->n_told > 0) {
		good = is_of_any(l, key, value);
		want = t == NULL			? NULL
		    : strcmp(key, "Ticket") == 0	? tk_strdup(t->ticket)
		    : strcmp(key, "Act") == 0		? tk_strdup(t->act)
		    : strcmp(key, "Message") == 0	? tk_strdup(t->msg)
		    : strcmp(key, "Rule") == 0		? tk_strdup(t->rule)
							: state_of(t);
	} else if (l->commit->staged) { /* amending keeps the trailers */
		good = true;
	} else {
		good = strcmp(key, "Rule") == 0 || /* a word like others */
		    (strcmp(key, "Act") == 0 && is_other_act(l, value));
	}
	if (!good)
		tk_law_find(l, NULL, "trailer", "git commit --amend",
		    _("the commit message says \"%s: %s\"; it is \"%s\""), key,
		    value, want != NULL ? want : "");
	free(want);
}

static const char *const keys[] = { "Ticket", "Act", "State", "Actor",
	"Message", "Rule", "Regulation" };

/* The key of a line as git understands it, in any case of letters and with
 * blanks before the colon; or NULL. */
static const char *
key_of(const char *line, const char **value)
{
	const char *colon = strchr(line, ':');
	size_t i, n;

	if (colon == NULL)
		return NULL;
	*value = colon + 1 + strspn(colon + 1, " \t");
	line += strspn(line, " \t");
	for (n = (size_t)(colon - line);
	     n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t'); n--)
		;
	for (i = 0; i < TK_COUNT(keys); i++)
		if (strlen(keys[i]) == n &&
		    strncasecmp(line, keys[i], n) == 0)
			return keys[i];
	return NULL;
}

static void
want(struct tk_law *l, const struct tk_strv *seen, const char *key,
    const char *value)
{
	char *line = tk_strf("%s: %s", key, value);
	char *remedy =
	    tk_strf("git commit --amend --no-edit --trailer '%s'", line);

	if (!tk_strv_has(seen, line))
		tk_law_find(l, NULL, "trailer", remedy,
		    _("the commit message does not say \"%s\""), line);
	free(remedy);
	free(line);
}

/* git log finds no act where the trailers are left out. */
static void
check_there(struct tk_law *l, const struct tk_strv *seen)
{
	const struct tk_told *t;
	char *state;
	size_t i;

	for (i = 0; i < l->n_told && !l->commit->staged; i++) {
		t = &l->told[i];
		want(l, seen, "Ticket", t->ticket);
		want(l, seen, "Act", t->act);
		if (l->n_told == 1 && strcmp(t->from, t->to) != 0) {
			state = state_of(t);
			want(l, seen, "State", state);
			free(state);
		}
	}
	if (l->n_told > 0 && !l->commit->staged)
		want(l, seen, "Actor", l->actor.id);
}

/* "TK-1: close" is what a list of commits shows. */
static void
check_subject(struct tk_law *l)
{
	const struct tk_told *t = only_told(l);
	const char *text = l->commit->text;
	char *first = tk_strndup(text, strcspn(text, " :,\n")), *act;
	struct tk_id id;
	bool good = true;

	text += strlen(first);
	text += strspn(text, " :,");
	act = tk_strndup(text, strcspn(text, " :,\n"));
	if (tk_id_parse(&id, first))
		good = l->n_told == 0
		    ? is_other_act(l, act)
		    : is_of_any(l, "Ticket", first) &&
			(t == NULL || strcmp(t->act, act) == 0 ||
			    is_other_act(l, act));
	if (!good && !l->commit->staged)
		tk_law_find(l, NULL, "trailer", "git commit --amend",
		    _("the subject of the commit is not what it does: %.*s"),
		    (int)strcspn(l->commit->text, "\n"), l->commit->text);
	free(first);
	free(act);
}

void
tk_law_text(struct tk_law *l)
{
	const char *p, *end, *last, *key, *value = NULL;
	struct tk_strv seen = TK_STRV_INIT;
	char *line;

	/* Trailers are the last paragraph; but what looks like one is true
	 * wherever it stands, for who cuts the text in another place. */
	for (last = p = l->commit->text; (p = strstr(p, "\n\n")) != NULL &&
	     p[2] != '\0';)
		last = p += 2;
	for (p = l->commit->text; *p != '\0';
	     p = *end != '\0' ? end + 1 : end) {
		end = p + strcspn(p, "\n");
		line = tk_strndup(p, (size_t)(end - p));
		key = key_of(line, &value);
		if (key != NULL && p > l->commit->text)
			check_trailer(l, key, value);
		if (key != NULL && p >= last && p > l->commit->text)
			tk_strv_add_own(
			    &seen, tk_strf("%s: %s", key, value));
		/* A line that begins with a blank goes on with the one
		 * before. */
		if (p >= last && (p[0] == ' ' || p[0] == '\t') && seen.n > 0 &&
		    key == NULL)
			tk_law_find(l, NULL, "trailer", "git commit --amend",
			    _("a trailer of two lines: %s"), line);
		free(line);
	}
	check_there(l, &seen);
	check_subject(l);
	tk_strv_clear(&seen);
}
