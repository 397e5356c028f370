/* check-text - the commit message: does it say what was done? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"
#include "desk/check.h"
#include "desk/law.h"

static const struct tk_told *
only_told(const struct tk_law *l)
{
	return l->n_told == 1 ? &l->told[0] : NULL;
}

/* Of several acts in one commit each trailer is of one of them. */
static bool
is_of_any(const struct tk_law *l, const char *key, const char *value)
{
	size_t i;

	for (i = 0; i < l->n_told; i++)
		if (strcmp(strcmp(key, "Ticket") == 0 ? l->told[i].ticket
			    : strcmp(key, "Act") == 0 ? l->told[i].act
						      : l->told[i].msg,
			value) == 0)
			return true;
	return false;
}

static void
check_trailer(struct tk_law *l, const char *key, const char *value)
{
	const struct tk_told *t = only_told(l);
	char *state = t == NULL ? NULL
				: tk_strf("%s%s%s", t->from,
				      t->from[0] != '\0' ? " -> " : "", t->to);
	const char *want = NULL;
	char version[16];

	snprintf(version, sizeof(version), "%d", l->desk->reg->version);
	if (strcmp(key, "Actor") == 0)
		want = l->actor.id;
	/* A clone may have known an older regulation; the gate knows its own.
	 */
	else if (l->actor.kind != TK_ACTOR_STAFF &&
	    strcmp(key, "Regulation") == 0)
		want = version;
	else if (l->n_told > 1 &&
	    (strcmp(key, "Ticket") == 0 || strcmp(key, "Act") == 0 ||
		strcmp(key, "Message") == 0) &&
	    !is_of_any(l, key, value))
		want = "";
	else if (t != NULL && strcmp(key, "Ticket") == 0)
		want = t->ticket;
	else if (strcmp(key, "Ticket") == 0 && l->n_told == 0 &&
	    !l->commit->staged) /* amending keeps the trailers */
		want = "";
	else if (t != NULL && strcmp(key, "Act") == 0)
		want = t->act;
	else if (t != NULL && strcmp(key, "Message") == 0)
		want = t->msg;
	else if (t != NULL && strcmp(key, "State") == 0)
		want = state;
	if (want != NULL && strcmp(want, value) != 0)
		tk_law_find(l, NULL, "trailer", "git commit --amend",
		    _("the commit message says \"%s: %s\"; it is \"%s\""), key,
		    value, want);
	free(state);
}

void
tk_law_text(struct tk_law *l)
{
	const char *p = l->commit->text, *last, *end, *colon;
	char *line;

	/* Trailers are the last paragraph. */
	for (last = ""; (p = strstr(p, "\n\n")) != NULL && p[2] != '\0';)
		last = p += 2;
	for (p = last; *p != '\0'; p = *end != '\0' ? end + 1 : end) {
		end = p + strcspn(p, "\n");
		line = tk_strndup(p, (size_t)(end - p));
		colon = strstr(line, ": ");
		if (colon != NULL) {
			line[colon - line] = '\0';
			check_trailer(l, line, colon + 2);
		}
		free(line);
	}
}

static void
add_trailer(struct tk_strv *argv, const char *key, const char *value)
{
	if (value[0] == '\0')
		return;
	tk_strv_add(argv, "--trailer");
	tk_strv_add_own(argv, tk_strf("%s: %s", key, value));
}

static enum tk_status
run_git(struct tk_strv *argv, struct tk_str *out, struct tk_err *err)
{
	enum tk_status st;
	int code = 0;

	st = tk_proc_run(&code,
	    &(struct tk_proc){
		.argv = (const char *const *)argv->v, .out = out },
	    err);
	if (st == TK_OK && code != 0)
		st = tk_fail(
		    err, TK_ESYS, _("git %s: status %d"), argv->v[1], code);
	tk_strv_clear(argv);
	return st;
}

/* git knows where trailers go and what in the file is only a comment. */
static enum tk_status
fill_trailers(const struct tk_law *l, const char *path, struct tk_str *out,
    struct tk_err *err)
{
	const struct tk_told *t = l->told;
	struct tk_strv argv = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	char *state;

	if (l->n_told == 1) {
		state = strcmp(t->from, t->to) == 0
		    ? tk_strdup("")
		    : tk_strf("%s%s%s", t->from,
			  t->from[0] != '\0' ? " -> " : "", t->to);
		tk_strv_add(&argv, "git");
		tk_strv_add(&argv, "interpret-trailers");
		tk_strv_add(&argv, "--in-place");
		tk_strv_add(&argv, "--if-exists");
		/* git takes "Act" and "Actor" for one key where it asks only
		 * whether the key is there. */
		tk_strv_add(&argv, "addIfDifferent");
		add_trailer(&argv, "Ticket", t->ticket);
		add_trailer(&argv, "Act", t->act);
		add_trailer(&argv, "State", state);
		add_trailer(&argv, "Actor", l->actor.id);
		add_trailer(&argv, "Message", t->msg);
		tk_strv_add(&argv, path);
		free(state);
		st = run_git(&argv, NULL, err);
	}
	if (st != TK_OK)
		return st;
	tk_strv_add(&argv, "git");
	tk_strv_add(&argv, "interpret-trailers");
	tk_strv_add(&argv, "--parse");
	tk_strv_add(&argv, path);
	tk_str_add(out, "\n\n");
	return run_git(&argv, out, err);
}

enum tk_status
tk_check_message(struct tk_desk *desk, const char *path, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_law l;
	struct tk_commit with;
	enum tk_status st;
	size_t n;

	tk_law_init(&l, desk, NULL);
	if ((st = tk_history_staged(&l.history, desk->store, err)) != TK_OK ||
	    (st = tk_law_run(&n, &l, err)) != TK_OK ||
	    (st = fill_trailers(&l, path, &text, err)) != TK_OK)
		goto out;
	memset(&with, 0, sizeof(with));
	with.staged = true;
	with.text = text.data;
	l.commit = &with;
	tk_law_text(&l);
	if (l.found > 0) {
		*err = l.findings;
		st = err->status = TK_EREFUSED;
	}
out:
	tk_history_free(l.history);
	tk_law_clear(&l);
	tk_str_clear(&text);
	return st;
}
