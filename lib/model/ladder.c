/* ladder - what is done while a term runs out, step by step. */
#include "model/ladder.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/sla.h"

#define PERCENT_MAX 10000

static const char *const words[] = {
	[TK_STEP_WARN] = "warn",
	[TK_STEP_TELL] = "tell",
	[TK_STEP_RAISE] = "raise",
	[TK_STEP_UP] = "up",
	[TK_STEP_ASSIGN] = "assign",
};

const char *
tk_step_word(enum tk_step_act act)
{
	return words[act];
}

/* 75%, breach, +2h */
static bool
read_when(struct tk_step *s, const char *text)
{
	char *end;

	if (strcmp(text, "breach") == 0) {
		s->percent = true;
		s->at = 100;
		return true;
	}
	if (text[0] == '+')
		return tk_span_parse(&s->at, text + 1) && s->at > 0;
	s->percent = true;
	s->at = strtoll(text, &end, 10);
	return s->at > 0 && s->at <= PERCENT_MAX && strcmp(end, "%") == 0;
}

/* Without a word about targets: those that are promised to the client once;
 * of the news that is due again and again, one is warned and told. */
static bool
read_targets(struct tk_step *s, const struct tk_yaml *y)
{
	struct tk_strv l = TK_STRV_INIT;
	bool good = true;
	size_t i;
	int t;

	tk_yaml_strv(y, "target", &l);
	for (i = 0; i < l.n; i++) {
		t = tk_target_parse(l.v[i]);
		good = good && t >= 0;
		if (t >= 0)
			s->targets |= 1U << t;
	}
	if (l.n == 0)
		s->targets = 1U << TK_RESPONSE | 1U << TK_RESOLUTION |
		    (s->act <= TK_STEP_TELL ? 1U << TK_UPDATE : 0);
	tk_strv_clear(&l);
	return good;
}

static enum tk_status
read_step(struct tk_step *s, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *what = tk_yaml_str(y, "do");
	struct tk_str name = TK_STR_INIT;
	size_t i, n = sizeof(words) / sizeof(words[0]);

	s->line = y->line;
	s->when = tk_strdup(tk_yaml_str(y, "at"));
	tk_yaml_strv(y, "to", &s->to);
	if (s->when == NULL || !read_when(s, s->when))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"at\" of a step must be like 75%%, breach or "
		      "+2h"),
		    path, y->line);
	for (i = 0; i < n && !tk_streq(words[i], what); i++)
		;
	if (i == n)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"do\" of a step is warn, tell, raise, up or "
		      "assign"),
		    path, y->line);
	s->act = (enum tk_step_act)i;
	if ((s->act == TK_STEP_TELL || s->act == TK_STEP_ASSIGN) &&
	    s->to.n == 0)
		return tk_fail(err, TK_EINPUT, _("%s:%u: \"%s\" is missing"),
		    path, y->line, "to");
	if (!read_targets(s, y))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"target\" is response, update or resolution"),
		    path, y->line);
	tk_str_addf(&name, "%s %s", s->when, what);
	for (i = 0; i < s->to.n; i++)
		tk_str_addf(&name, "%s%s", i > 0 ? "," : " ", s->to.v[i]);
	s->name = tk_str_detach(&name);
	return TK_OK;
}

enum tk_status
tk_ladder_read(struct tk_ladder *l, const struct tk_yaml *class,
    const char *path, struct tk_err *err)
{
	const struct tk_yaml *list = tk_yaml_get(class, "escalation");
	enum tk_status st = TK_OK;
	size_t i;

	if (tk_yaml_is_null(list))
		return TK_OK;
	for (i = 0; st == TK_OK && i < list->n; i++) {
		if (list->kind != TK_YAML_LIST ||
		    list->item[i]->kind != TK_YAML_MAP)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: an entry of \"%s\" must be a map"), path,
			    list->line, "escalation");
		l->v = tk_more(l->v, l->n, &l->cap, sizeof(*l->v));
		st = read_step(&l->v[l->n++], list->item[i], path, err);
	}
	return st;
}

void
tk_ladder_clear(struct tk_ladder *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		tk_strv_clear(&l->v[i].to);
		free(l->v[i].when);
		free(l->v[i].name);
	}
	free(l->v);
	memset(l, 0, sizeof(*l));
}
