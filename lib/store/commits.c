/* commits - which commits speak of a ticket. */
#include "store/commits.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/git.h"

#define SLACK 86400 /* seconds that clocks may differ, and batches may wait */

/* The value of the line "NAME: value" at p; "" where it is another line. */
static void
value_of(char out[128], const char *p, const char *name)
{
	size_t n = strlen(name);

	out[0] = '\0';
	if (strncmp(p, name, n) == 0 && p[n] == ':' && p[n + 1] == ' ')
		snprintf(
		    out, 128, "%.*s", (int)strcspn(p + n + 2, "\n"), p + n + 2);
}

/* Several tickets in one commit have their lines one after the other. */
static void
tell(const git_commit *c, tk_act_commit_fn fn, void *arg)
{
	const char *p = git_commit_message(c), *rest;
	char ticket[128], act[128], id[41];
	struct tk_act_commit one = { .id = id, .act = act };

	git_oid_tostr(id, sizeof(id), git_commit_id(c));
	one.at = (int64_t)git_commit_author(c)->when.time;
	one.ticket = ticket;
	for (; p != NULL; p = strchr(p, '\n'), p = p != NULL ? p + 1 : NULL) {
		value_of(ticket, p, "Ticket");
		if (ticket[0] == '\0')
			continue;
		rest = strchr(p, '\n');
		value_of(act, rest != NULL ? rest + 1 : "", "Act");
		fn(&one, arg);
	}
}

enum tk_status
tk_store_acts(struct tk_store *s, int64_t since, tk_act_commit_fn fn, void *arg,
    struct tk_err *err)
{
	git_revwalk *walk = NULL;
	git_commit *c = NULL;
	git_oid id;
	int rc;

	if (!s->has_tip)
		return TK_OK;
	if ((rc = git_revwalk_new(&walk, s->repo)) < 0 ||
	    (rc = git_revwalk_simplify_first_parent(walk)) < 0 ||
	    (rc = git_revwalk_push(walk, &s->tip)) < 0)
		goto out;
	while ((rc = git_revwalk_next(&id, walk)) == 0) {
		if ((rc = git_commit_lookup(&c, s->repo, &id)) < 0)
			goto out;
		if ((int64_t)git_commit_time(c) < since - SLACK)
			break;
		tell(c, fn, arg);
		git_commit_free(c);
		c = NULL;
	}
	if (rc == GIT_ITEROVER)
		rc = 0;
out:
	git_commit_free(c);
	git_revwalk_free(walk);
	return rc < 0 ? tk_fail_git(err, rc, _("commits")) : TK_OK;
}
