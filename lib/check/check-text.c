/* check-text - the commit message that git is about to take. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"
#include "check/check.h"
#include "check/law.h"

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
