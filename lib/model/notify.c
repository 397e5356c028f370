/* notify - what a member of staff wants to be told, and when. */
#include "model/notify.h"

#include <string.h>

#include "base/i18n.h"

const char *const tk_notify_events[] = { "new", "assigned", "reply", "warn",
	"breach", "escalate", "rating", NULL };

static const char *const times[] = { "always", "working-hours", "never", NULL };
static const char *const ways[] = { "mail", "hook", NULL };
static const char *const others[] = { "digest", "all", "none", NULL };

static bool
is_one_of(const char *const *list, const char *word)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, word) == 0)
			return true;
	return false;
}

void
tk_notify_read(struct tk_notify *n, const struct tk_person *p)
{
	const struct tk_yaml *y = tk_yaml_get(p->file, "notify");
	const char *when;
	struct tk_strv how = TK_STRV_INIT;

	memset(n, 0, sizeof(*n));
	if (y != NULL && y->kind != TK_YAML_MAP)
		y = NULL;
	tk_yaml_strv(y, "what", &n->what);
	when = tk_yaml_str(y, "when");
	if (tk_streq(when, "never"))
		n->when = TK_NOTIFY_NEVER;
	else if (tk_streq(when, "working-hours"))
		n->when = TK_NOTIFY_HOURS;
	tk_yaml_strv(y, "how", &how);
	n->mail = how.n == 0 || tk_strv_has(&how, "mail");
	n->hook = tk_strv_has(&how, "hook");
	n->calendar = tk_yaml_str(y, "calendar");
	tk_strv_clear(&how);
}

void
tk_notify_clear(struct tk_notify *n)
{
	tk_strv_clear(&n->what);
}

bool
tk_notify_wants(const struct tk_notify *n, const char *event)
{
	return n->when != TK_NOTIFY_NEVER &&
	    (tk_strv_has(&n->what, "all") || tk_strv_has(&n->what, event));
}

static void
join(struct tk_str *out, const char *const *list)
{
	for (; *list != NULL; list++)
		tk_str_addf(out, "%s%s", out->len > 0 ? ", " : "", *list);
}

static enum tk_status
check_words(const struct tk_person *p, const struct tk_yaml *y, const char *key,
    const char *const *a, const char *const *b, struct tk_err *err)
{
	struct tk_strv words = TK_STRV_INIT;
	struct tk_str all = TK_STR_INIT;
	enum tk_status st = TK_OK;
	size_t i;

	tk_yaml_strv(y, key, &words);
	for (i = 0; st == TK_OK && i < words.n; i++) {
		if (is_one_of(a, words.v[i]) ||
		    (b != NULL && is_one_of(b, words.v[i])))
			continue;
		join(&all, a);
		if (b != NULL)
			join(&all, b);
		st = tk_fail(err, TK_EINPUT,
		    _("staff/%s.yaml:%u: \"%s\" of \"notify\" cannot be "
		      "\"%s\"; there are: %s"),
		    p->id, tk_yaml_line(y, key), key, words.v[i], all.data);
	}
	tk_str_clear(&all);
	tk_strv_clear(&words);
	return st;
}

enum tk_status
tk_notify_check(const struct tk_person *p, struct tk_err *err)
{
	static const char *const keys[] = { "what", "when", "how", "calendar",
		NULL };
	const struct tk_yaml *y = tk_yaml_get(p->file, "notify");
	enum tk_status st;
	size_t i;

	if (tk_yaml_is_null(y))
		return TK_OK;
	if (y->kind != TK_YAML_MAP)
		return tk_fail(err, TK_EINPUT,
		    _("staff/%s.yaml:%u: \"notify\" must be a map"), p->id,
		    y->line);
	for (i = 0; i < y->n; i++)
		if (!is_one_of(keys, y->key[i]))
			return tk_fail(err, TK_EINPUT,
			    _("staff/%s.yaml:%u: \"notify\" has no \"%s\"; "
			      "there are: what, when, how, calendar"),
			    p->id, y->item[i]->line, y->key[i]);
	if ((st = check_words(p, y, "what", tk_notify_events, others, err)) !=
		TK_OK ||
	    (st = check_words(p, y, "when", times, NULL, err)) != TK_OK)
		return st;
	return check_words(p, y, "how", ways, NULL, err);
}
