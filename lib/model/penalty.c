/* penalty - what a missed term costs, as records. */
#include "model/penalty.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"

#define MONEY_MAX (INT64_C(1000000000000)) /* hundredths */
#define MONTH_DAYS 30                      /* of a month's fee, a day's */

bool
tk_penalty_money(int64_t *out, const char *text)
{
	const char *p = text;
	int64_t n = 0;
	int after = 0;

	for (; *p >= '0' && *p <= '9' && n < MONEY_MAX; p++)
		n = 10 * n + (*p - '0');
	if (p == text)
		return false;
	if (*p == '.' || *p == ',')
		for (p++; *p >= '0' && *p <= '9' && after < 2; p++, after++)
			n = 10 * n + (*p - '0');
	for (; after < 2; after++)
		n *= 10;
	*out = n;
	return *p == '\0' && n <= MONEY_MAX;
}

static bool
read_refund(struct tk_penalty_rule *r, const char *text)
{
	size_t n = strlen(text);
	char *share;
	bool good;

	if (n > 1 && text[n - 1] == '%') {
		share = tk_strndup(text, n - 1);
		good = tk_penalty_money(&r->refund, share) &&
		    r->refund <= 100 * 100;
		free(share);
		r->kind = TK_REFUND_SHARE;
		return good;
	}
	r->kind = TK_REFUND_SUM;
	if (tk_penalty_money(&r->refund, text))
		return true;
	r->kind = TK_REFUND_TIME;
	return tk_span_parse(&r->refund, text);
}

static enum tk_status
read_span(int64_t *out, const struct tk_yaml *y, const char *key,
    const char *path, struct tk_err *err)
{
	const char *text = tk_yaml_str(y, key);

	if (text != NULL && (!tk_span_parse(out, text) || *out <= 0))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"%s\" must be like 4h, not \"%s\""), path,
		    tk_yaml_line(y, key), key, text);
	return TK_OK;
}

static enum tk_status
add(struct tk_penalty_rules *out, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *class = tk_yaml_str(y, "class");
	const char *what = tk_yaml_str(y, "for");
	const char *refund = tk_yaml_str(y, "refund");
	struct tk_penalty_rule *r;
	enum tk_status st;
	int target;

	if (what == NULL || refund == NULL)
		return tk_fail(err, TK_EINPUT, _("%s:%u: \"%s\" is missing"),
		    path, y->line, what == NULL ? "for" : "refund");
	out->v = tk_more(out->v, out->n, &out->cap, sizeof(*out->v));
	r = &out->v[out->n++];
	r->line = y->line;
	r->file = tk_strdup(path);
	r->said = tk_strdup(refund);
	r->class = tk_streq(class, "all") ? NULL : tk_strdup(class);
	tk_yaml_strv(y, "type", &r->type);
	tk_yaml_strv(y, "priority", &r->priority);
	r->downtime = strcmp(what, "downtime") == 0;
	target = r->downtime ? TK_RESOLUTION : tk_target_parse(what);
	if (target < 0)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: a penalty is for response, update, resolution "
		      "or downtime, not \"%s\""),
		    path, tk_yaml_line(y, "for"), what);
	r->target = (enum tk_target)target;
	if (!read_refund(r, refund))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: a refund is like 2%%, 7d or 500.00, not "
		      "\"%s\""),
		    path, tk_yaml_line(y, "refund"), refund);
	if ((st = read_span(&r->over, y, "over", path, err)) != TK_OK)
		return st;
	return read_span(&r->each, y, "each", path, err);
}

enum tk_status
tk_penalty_rules_read(struct tk_penalty_rules *out, const struct tk_yaml *map,
    const char *path, struct tk_err *err)
{
	const struct tk_yaml *list = tk_yaml_get(map, "penalties");
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && list != NULL &&
	     (i == 0 || (list->kind == TK_YAML_LIST && i < list->n));
	     i++) {
		if (list->kind == TK_YAML_LIST && list->n == 0)
			break;
		if (list->kind != TK_YAML_LIST ||
		    list->item[i]->kind != TK_YAML_MAP)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"penalties\" is a list of maps"), path,
			    tk_yaml_line(map, "penalties"));
		st = add(out, list->item[i], path, err);
	}
	return st;
}

void
tk_penalty_rules_clear(struct tk_penalty_rules *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		free(r->v[i].class);
		tk_strv_clear(&r->v[i].type);
		tk_strv_clear(&r->v[i].priority);
		free(r->v[i].said);
		free(r->v[i].file);
	}
	free(r->v);
	memset(r, 0, sizeof(*r));
}

static bool
is_one_of(const struct tk_strv *list, const char *word)
{
	return list->n == 0 || (word != NULL && tk_strv_has(list, word));
}

bool
tk_penalty_fits(const struct tk_penalty_rule *r, const char *class,
    const char *type, const char *priority)
{
	return (r->class == NULL || tk_streq(r->class, class)) &&
	    is_one_of(&r->type, type) && is_one_of(&r->priority, priority);
}

int64_t
tk_penalty_times(const struct tk_penalty_rule *r, int64_t used, int64_t term)
{
	int64_t over = used - (r->over > 0 ? r->over : term);

	if (over <= 0)
		return 0;
	return r->each > 0 ? (over + r->each - 1) / r->each : 1;
}

int64_t
tk_penalty_amount(const struct tk_penalty_rule *r, int64_t times, int64_t fee)
{
	int64_t all;

	/* More often than this the whole fee is gone anyway. */
	if (times > 100 * 100)
		times = 100 * 100;
	if (r->kind == TK_REFUND_SUM)
		return r->refund * times;
	all = r->kind == TK_REFUND_SHARE
	    ? r->refund * times * (fee / 100) / 100 +
		r->refund * times * (fee % 100) / 10000
	    : fee / (MONTH_DAYS * 24) * (r->refund / 3600) * times +
		fee % (MONTH_DAYS * 24) * (r->refund / 3600) * times /
		    (MONTH_DAYS * 24);
	return all < fee ? all : fee;
}
