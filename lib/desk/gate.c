/* gate - who may do what over ssh at the gate. */
#include "desk/gate.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"

/* Commands that people run; the rest is for cron and the desk's owner. */
static const char *const allowed[] = { "list", "show", "next", "search",
	"report", "plan", "tail", "digest", "new", "take", "assign", "move",
	"set", "status", "close", "reopen", "reply", "note", "attach", "spend",
	"checklist", "escalate", "due", "wait", "client", "staff", "regulation", "send", "audit",
	NULL };
/* Of these, what a person limited to queues may use: each of them looks at
 * TK_QUEUES or is judged by queue. */
static const char *const limited[] = { "list", "show", "next", "search",
	"report", "plan", "tail", "new", "take", "assign", "move", "set",
	"status", "close", "reopen", "reply", "note", "attach", "spend",
	"checklist", "escalate", "due", "wait", "regulation", NULL };

static bool
is_one_of(const char *const *list, const char *word)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, word) == 0)
			return true;
	return false;
}

/* The queues this person may read: those of the roles, cut to those of the
 * staff file. NULL: all of them. */
static char *
queues_of(const struct tk_desk *desk, const struct tk_person *p)
{
	const struct tk_regulation *r = desk->reg;
	struct tk_str s = TK_STR_INIT;
	const struct tk_role *role;
	bool all = false, may;
	size_t i, k;

	for (k = 0; k < p->roles.n; k++) {
		role = tk_role_find(r, p->roles.v[k]);
		all =
		    all || (role != NULL && tk_strv_has(&role->queues, "all"));
	}
	if (all && (p->queues.n == 0 || tk_strv_has(&p->queues, "all")))
		return NULL;
	for (i = 0; i < r->n_queues; i++) {
		may = all;
		for (k = 0; k < p->roles.n && !may; k++) {
			role = tk_role_find(r, p->roles.v[k]);
			may = role != NULL &&
			    tk_strv_has(&role->queues, r->queue[i].id);
		}
		if (may && p->queues.n > 0)
			may = tk_strv_has(&p->queues, "all") ||
			    tk_strv_has(&p->queues, r->queue[i].id);
		if (may)
			tk_str_addf(
			    &s, "%s%s", s.len > 0 ? "," : "", r->queue[i].id);
	}
	/* Nobody's queue is no queue at all, and never an empty limit. */
	if (s.len == 0)
		tk_str_add(&s, "-");
	return tk_str_detach(&s);
}

/* git asks for a path; whatever it is, it means this desk. Who may not read
 * all may not push either: a push begins with what is there. */
static enum tk_status
judge_git(struct tk_gate *g, const struct tk_desk *desk,
    const struct tk_person *p, struct tk_err *err)
{
	const char *transport = g->argv.v[0];
	size_t i;

	if (g->queues != NULL)
		return tk_fail(err, TK_EDENIED,
		    _("%s may not read all queues, and git cannot hand out "
		      "a part: use tk list and tk show over ssh"),
		    p->name);
	for (i = 1; i < g->argv.n; i++)
		if (g->argv.v[i][0] == '-')
			return tk_fail(err, TK_EDENIED,
			    _("%s: no options here"), transport);
	if (g->argv.n != 2)
		return tk_fail(
		    err, TK_EUSAGE, _("%s: one repository"), transport);
	free(g->argv.v[1]);
	g->argv.v[1] = tk_strdup(tk_store_gitdir(desk->store));
	g->is_git = true;
	return TK_OK;
}

/* "tk --archive 2024 show": what only reads. */
static enum tk_status
judge_archive(struct tk_gate *g, struct tk_err *err)
{
	static const char *const reading[] = { "list", "show", "search",
		"report", "attach", NULL };

	if (strcmp(g->argv.v[0], "tk") != 0 || g->argv.n < 2 ||
	    strcmp(g->argv.v[1], "--archive") != 0)
		return TK_OK;
	if (g->argv.n < 4 || !is_one_of(reading, g->argv.v[3]))
		return tk_fail(err, TK_EDENIED,
		    _("tk --archive YEAR list, show, search, report or attach"));
	g->archive = g->argv.v[2];
	free(g->argv.v[1]);
	g->argv.n -= 2;
	memmove(g->argv.v + 1, g->argv.v + 3,
	    g->argv.n * sizeof(*g->argv.v));
	return TK_OK;
}

static enum tk_status
judge_tk(struct tk_gate *g, const struct tk_person *p, struct tk_err *err)
{
	const char *name = g->argv.v[0];
	char *program;

	/* "tk list" and "tk-list" are the same; "tk" alone is what to do. */
	if (strcmp(name, "tk") == 0 && g->argv.n == 1)
		return TK_OK;
	if (strcmp(name, "tk") == 0) {
		free(g->argv.v[0]);
		g->argv.n--;
		memmove(g->argv.v, g->argv.v + 1,
		    (g->argv.n + 1) * sizeof(*g->argv.v));
		name = g->argv.v[0];
	} else if (tk_starts(name, "tk-")) {
		name += strlen("tk-");
	}
	if (!is_one_of(g->queues != NULL ? limited : allowed, name))
		return tk_fail(err, TK_EDENIED,
		    _("\"%s\" is not for %s over ssh"), g->argv.v[0], p->id);
	program = tk_strf("tk-%s", name);
	free(g->argv.v[0]);
	g->argv.v[0] = program;
	return TK_OK;
}

enum tk_status
tk_gate_judge(struct tk_gate *g, struct tk_desk *desk, const char *id,
    const char *line, struct tk_err *err)
{
	const struct tk_person *p;
	enum tk_status st;

	memset(g, 0, sizeof(*g));
	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	p = tk_staff_find(&desk->staff, id);
	if (p == NULL || !p->active)
		return tk_fail(
		    err, TK_EDENIED, _("\"%s\" does not work here"), id);
	g->queues = queues_of(desk, p);
	if (tk_proc_words(&g->argv, line, err) != TK_OK)
		return TK_EUSAGE;
	if (g->argv.n == 0)
		return tk_fail(err, TK_EDENIED,
		    _("Hello %s. There is no shell here; try: ssh ... tk "
		      "list"),
		    p->name);
	if (strcmp(g->argv.v[0], "git-upload-pack") == 0 ||
	    strcmp(g->argv.v[0], "git-receive-pack") == 0)
		return judge_git(g, desk, p, err);
	st = judge_archive(g, err);
	return st == TK_OK ? judge_tk(g, p, err) : st;
}

void
tk_gate_clear(struct tk_gate *g)
{
	tk_strv_clear(&g->argv);
	free(g->queues);
	free(g->archive);
	g->queues = g->archive = NULL;
}
