/* check - the law for commits that others have made. */
#include "check/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "check/law.h"
#include "store/turn.h"

#define FILES_MAX 2000 /* of one commit */
#define ZONE_MAX (14 * 60) /* minutes */
#define NO_COMMIT "0000000000000000000000000000000000000000"

static void
forget_told(struct tk_law *l)
{
	size_t i;

	for (i = 0; i < l->n_told; i++) {
		free(l->told[i].act);
		free(l->told[i].rule);
	}
	l->n_told = 0;
}

void
tk_law_clear(struct tk_law *l)
{
	size_t i;

	forget_told(l);
	free(l->told);
	for (i = 0; i < TK_LAW_SEEN; i++)
		tk_ticket_free(l->seen[i].ticket);
	tk_actor_clear(&l->actor);
	tk_strv_clear(&l->touched);
}

/* As git log would show it. */
static bool
is_safe(const char *text, bool lines)
{
	struct tk_str safe = TK_STR_INIT;
	bool same = tk_utf8_valid(text, strlen(text));

	tk_utf8_safe(&safe, text, lines);
	same = same && strcmp(safe.data, text) == 0;
	tk_str_clear(&safe);
	return same;
}

/* A text that git turns into another one before it shows it, and a day that
 * is none anywhere on earth. */
static void
check_disguise(struct tk_law *l)
{
	const struct tk_commit *c = l->commit;

	if (c->encoding != NULL && !tk_strcaseeq(c->encoding, "UTF-8"))
		tk_law_find(l, NULL, "text",
		    "git config --unset i18n.commitEncoding",
		    _("the commit message is said to be in %s, not UTF-8"),
		    c->encoding);
	if (abs(c->offset) > ZONE_MAX || abs(c->committed_offset) > ZONE_MAX)
		tk_law_find(l, NULL, "time", _("set the time zone right"),
		    _("the commit is of a time zone that is nowhere"));
}

static void
check_head(struct tk_law *l)
{
	const struct tk_commit *c = l->commit;

	check_disguise(l);
	if (!is_safe(c->name, false) || !is_safe(c->mail, false) ||
	    !is_safe(c->text, true))
		tk_law_find(l, NULL, "text", "git commit --amend",
		    _("control characters in the author or the message"));
	if (c->n > FILES_MAX && !l->audit)
		tk_law_find(l, NULL, "size", _("make several commits of it"),
		    _("%zu files in one commit; at most %d are taken"), c->n,
		    FILES_MAX);
	if (c->parents > 1)
		tk_law_find(
		    l, NULL, "merge", NULL, _("history here is one line"));
	tk_law_clock(l);
}

/* The rules after the commit must still be rules, of a newer version. */
static void
check_regulation(struct tk_law *l, const struct tk_law_areas *areas)
{
	int before = l->desk->reg->version;
	struct tk_err bad = TK_ERR_INIT;

	tk_history_adopt(l->history);
	if (tk_desk_load(l->desk, &bad) != TK_OK)
		tk_law_find(l, NULL, "regulation", NULL, "%s", bad.text);
	else if (areas->regulation && !l->first &&
	    l->desk->reg->version <= before)
		tk_law_find(l, "regulation/regulation.yaml", "version",
		    _("raise \"version\""),
		    _("a change of the regulation is a new version, after "
		      "%d"),
		    before);
}

enum tk_status
tk_law_commit(struct tk_law *l, struct tk_err *err)
{
	struct tk_law_areas areas = { false, false };
	enum tk_status st;

	forget_told(l);
	l->found = 0;
	if (l->first)
		tk_history_adopt(l->history);
	if ((st = tk_desk_load(l->desk, err)) != TK_OK)
		return st;
	check_head(l);
	if (!tk_law_author(l) || (l->found > 0 && !l->audit))
		return TK_OK;
	if ((st = tk_law_files(l, &areas, err)) != TK_OK)
		return st;
	if (l->found == 0 || l->audit)
		tk_law_text(l);
	if ((l->found == 0 || l->audit) && (areas.regulation || areas.people))
		check_regulation(l, &areas);
	return TK_OK;
}

enum tk_status
tk_law_run(size_t *n, struct tk_law *l, struct tk_err *err)
{
	enum tk_status st;

	*n = 0;
	l->before = tk_history_began(l->history);
	for (;;) {
		st = tk_history_next(&l->commit, l->history, err);
		if (st == TK_EREFUSED)
			st = tk_wrap(err, st, _("commit %.10s"), l->commit->id);
		if (st != TK_OK || l->commit == NULL ||
		    (st = tk_law_commit(l, err)) != TK_OK)
			return st;
		if (l->found > 0) {
			*err = l->findings;
			return err->status = TK_EREFUSED;
		}
		l->before = l->commit->committed;
		++*n;
	}
}

void
tk_law_init(struct tk_law *l, struct tk_desk *desk, const char *pusher)
{
	struct tk_err none = TK_ERR_INIT;

	memset(l, 0, sizeof(*l));
	l->desk = desk;
	l->pusher = pusher;
	l->now = tk_now();
	/* Now: later the snapshot is an old commit, or one that may be
	 * refused. */
	if (tk_store_index(desk->store, &l->index, &none) != TK_OK)
		l->index = NULL;
}

static enum tk_status
check_commits(struct tk_desk *desk, const char *from, const char *to,
    const char *pusher, size_t *n, struct tk_err *err)
{
	struct tk_law l;
	enum tk_status st;

	*n = 0;
	tk_law_init(&l, desk, pusher);
	st = tk_history_range(&l.history, desk->store, from, to, err);
	if (st == TK_OK)
		st = tk_law_run(n, &l, err);
	tk_history_free(l.history);
	tk_law_clear(&l);
	return st;
}

static enum tk_status
check_ref(struct tk_desk *desk, const char *old, const char *now,
    const char *ref, const char *pusher, struct tk_err *err)
{
	const char *branch = tk_store_branch(desk->store);
	enum tk_status st;
	size_t n;

	if (strcmp(ref, branch) != 0)
		return tk_fail(err, TK_EREFUSED,
		    _("%s: [ref] only %s is taken here; do \"git push origin "
		      "HEAD:%s\""),
		    ref, branch, branch);
	if (strcmp(now, NO_COMMIT) == 0)
		return tk_fail(err, TK_EREFUSED,
		    _("%s: [ref] the desk's branch cannot be deleted"), ref);
	if (strcmp(old, NO_COMMIT) == 0)
		return tk_fail(err, TK_EREFUSED,
		    _("%s: [ref] a desk is begun by \"tk init\""), ref);
	/* Who comes too late for sure need not be judged. */
	if ((st = tk_turn_compare(desk->store, old, err)) != TK_OK ||
	    (st = check_commits(desk, old, now, pusher, &n, err)) != TK_OK)
		return st;
	return tk_turn_take(desk->store, old, err);
}

enum tk_status
tk_check_push(struct tk_desk *desk, const char *lines, const char *pusher,
    struct tk_err *err)
{
	char *copy = tk_strdup(lines), *rest = copy, *line, *old, *now;
	enum tk_status st = TK_OK;

	while (st == TK_OK && (line = strsep(&rest, "\n")) != NULL) {
		if (line[0] == '\0')
			continue;
		old = strsep(&line, " ");
		now = strsep(&line, " ");
		if (now == NULL || line == NULL)
			st = tk_fail(err, TK_EINPUT,
			    _("standard input: \"OLD NEW REF\" is wanted, as "
			      "git gives it to pre-receive"));
		else
			st = check_ref(desk, old, now, line, pusher, err);
	}
	free(copy);
	return st;
}

enum tk_status
tk_check_staged(struct tk_desk *desk, struct tk_err *err)
{
	struct tk_law l;
	enum tk_status st;
	size_t n;

	tk_law_init(&l, desk, NULL);
	st = tk_history_staged(&l.history, desk->store, err);
	if (st == TK_OK)
		st = tk_law_run(&n, &l, err);
	tk_history_free(l.history);
	tk_law_clear(&l);
	return st;
}

/* Where the branch is pushed to, as far as is known here; free(3). Not by
 * "@{upstream}": libgit2 reads remotes for it and forgets to free them. */
static char *
upstream(const struct tk_desk *desk)
{
	const char *branch = tk_store_branch(desk->store);
	char *key, *remote = NULL, *merge = NULL, *ref = NULL;

	if (!tk_starts(branch, "refs/heads/"))
		return NULL;
	branch += strlen("refs/heads/");
	key = tk_strf("branch.%s.remote", branch);
	remote = tk_store_config(desk->store, key);
	free(key);
	key = tk_strf("branch.%s.merge", branch);
	merge = tk_store_config(desk->store, key);
	free(key);
	if (remote != NULL && merge != NULL && tk_starts(merge, "refs/heads/"))
		ref = tk_strf("refs/remotes/%s/%s", remote,
		    merge + strlen("refs/heads/"));
	free(remote);
	free(merge);
	return ref;
}

enum tk_status
tk_check_range(
    size_t *n, struct tk_desk *desk, const char *range, struct tk_err *err)
{
	const char *dots = range != NULL ? strstr(range, "..") : NULL;
	const char *to = dots != NULL && dots[2] != '\0' ? dots + 2 : "HEAD";
	char *from = range == NULL ? upstream(desk)
	    : dots != NULL         ? tk_strndup(range, (size_t)(dots - range))
				   : tk_strdup(range);
	char a[41], b[41];
	enum tk_status st;

	*n = 0;
	if (from == NULL)
		return tk_fail(err, TK_EUSAGE,
		    _("no upstream branch here; say which commits: A..B"));
	if ((st = tk_store_revision(a, desk->store,
		 from[0] != '\0' ? from : "HEAD", err)) == TK_OK &&
	    (st = tk_store_revision(b, desk->store, to, err)) == TK_OK)
		st = check_commits(desk, a, b, NULL, n, err);
	free(from);
	return st;
}
