/* mail-rules - what the regulation says about letters that come in. */
#include "model/mail-rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/pattern.h"
#include "base/sha256.h"
#include "base/utf8.h"

#define KEY_MAX 200 /* bytes */
#define KEY_SUM 16  /* of them, where it is longer */

void
tk_mail_rules_init(struct tk_mail_rules *r)
{
	memset(r, 0, sizeof(*r));
	r->ack = (struct tk_limits){ { { 1, 30 * 60 }, { 5, 86400 } }, 2 };
	r->ack_queue = (struct tk_limits){ { { 100, 3600 } }, 1 };
	r->reopen = (struct tk_limits){ { { 5, 86400 } }, 1 };
	r->reopen_unverified = true;
	r->unknown = TK_UNKNOWN_ACCEPT;
}

static void
free_rules(struct tk_sender_rules *rules)
{
	struct tk_sender_rule *s;
	size_t i;

	for (i = 0; i < rules->n; i++) {
		s = &rules->v[i];
		tk_strv_clear(&s->problem);
		tk_strv_clear(&s->recovery);
		free(s->id);
		free(s->from);
		free(s->key);
		free(s->queue);
		free(s->type);
		free(s->priority);
		free(s->category);
	}
	free(rules->v);
}

void
tk_mail_rules_clear(struct tk_mail_rules *r)
{
	free_rules(&r->monitors);
	free_rules(&r->partners);
}

/* "1/30m": so many in that time; or a list of such, each of which holds. */
static enum tk_status
read_limits(struct tk_limits *out, const struct tk_yaml *map, const char *key,
    const char *path, struct tk_err *err)
{
	struct tk_strv words = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	struct tk_limit l;
	char *end;
	size_t i;
	long n;

	tk_yaml_strv(map, key, &words);
	if (words.n > 0)
		out->n = 0;
	for (i = 0; st == TK_OK && i < words.n; i++) {
		n = strtol(words.v[i], &end, 10);
		l.n = (int)n;
		if (end == words.v[i] || n < 0 || n > 1000000 || *end != '/' ||
		    !tk_span_parse(&l.span, end + 1) || i >= TK_LIMITS_MAX)
			st = tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"%s\" must be like 1/30m"), path,
			    tk_yaml_line(map, key), key);
		else
			out->v[out->n++] = l;
	}
	tk_strv_clear(&words);
	return st;
}

enum tk_status
tk_unknown_read(enum tk_unknown *out, const struct tk_yaml *map,
    const char *path, struct tk_err *err)
{
	static const char *const words[] = { "", "accept", "hold", "reject" };
	const char *text = tk_yaml_str(map, "unknown_senders");
	int i;

	for (i = 1; text != NULL && i < (int)TK_COUNT(words); i++)
		if (strcmp(words[i], text) == 0) {
			*out = (enum tk_unknown)i;
			return TK_OK;
		}
	if (text == NULL)
		return TK_OK;
	return tk_fail(err, TK_EINPUT, _("%s:%u: \"%s\" must be one of: %s"),
	    path, tk_yaml_line(map, "unknown_senders"), "unknown_senders",
	    "accept, hold, reject");
}

enum tk_status
tk_mail_rules_relations(struct tk_mail_rules *r, const char *path,
    const struct tk_yaml *y, struct tk_err *err)
{
	const struct tk_yaml *ack = tk_yaml_get(y, "acknowledgement");
	const struct tk_yaml *reopen = tk_yaml_get(y, "reopen");
	enum tk_status st;

	r->reopen_unverified = tk_yaml_bool(reopen, "unverified", true);
	if ((st = read_limits(&r->ack, ack, "limit", path, err)) != TK_OK ||
	    (st = read_limits(&r->ack_queue, ack, "queue_limit", path, err)) !=
		TK_OK ||
	    (st = read_limits(&r->reopen, reopen, "limit", path, err)) != TK_OK)
		return st;
	return tk_unknown_read(&r->unknown, y, path, err);
}

static enum tk_status
read_patterns(struct tk_strv *out, const struct tk_yaml *e, const char *key,
    const char *path, struct tk_err *err)
{
	size_t i;

	tk_yaml_strv(e, key, out);
	for (i = 0; i < out->n; i++)
		if (!tk_pattern_valid(out->v[i]))
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"%s\" is no pattern: {name} and * "
			      "stand for any text, and not side by side"),
			    path, e->line, out->v[i]);
	return TK_OK;
}

static char *
dup_str(const struct tk_yaml *y, const char *key)
{
	return tk_strdup(tk_yaml_str(y, key));
}

static enum tk_status
read_rules(struct tk_sender_rules *out, const struct tk_yaml *y,
    const char *key, const char *first, const char *path, struct tk_err *err)
{
	const struct tk_yaml *list = tk_yaml_get(y, key), *e;
	struct tk_sender_rule *s;
	enum tk_status st = TK_OK;
	size_t i;

	if (tk_yaml_is_null(list))
		return TK_OK;
	if (list->kind != TK_YAML_LIST)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"%s\" must be a list"), path, list->line, key);
	for (i = 0; st == TK_OK && i < list->n; i++) {
		e = list->item[i];
		out->v = tk_more(out->v, out->n, &out->cap, sizeof(*out->v));
		s = &out->v[out->n++];
		s->id = dup_str(e, "id");
		s->from = dup_str(e, "from");
		s->key = dup_str(e, "key");
		s->queue = dup_str(e, "queue");
		s->type = dup_str(e, "type");
		s->priority = dup_str(e, "priority");
		s->category = dup_str(e, "category");
		s->where = e->line;
		if (s->id == NULL || tk_yaml_get(e, first) == NULL)
			st = tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"%s\" is missing"), path, e->line,
			    s->id == NULL ? "id" : first);
		if (st == TK_OK)
			st = read_patterns(&s->problem, e, first, path, err);
		if (st == TK_OK)
			st = read_patterns(
			    &s->recovery, e, "recovery", path, err);
	}
	return st;
}

enum tk_status
tk_mail_rules_queues(struct tk_mail_rules *r, const char *path,
    const struct tk_yaml *y, struct tk_err *err)
{
	enum tk_status st =
	    read_rules(&r->monitors, y, "monitoring", "problem", path, err);

	return st == TK_OK
	    ? read_rules(&r->partners, y, "partners", "subject", path, err)
	    : st;
}

/* What is watched may have a long name: its beginning, and a fingerprint of
 * all of it. */
static void
shorten(struct tk_str *key, size_t start)
{
	char sum[65];

	tk_sha256(sum, key->data + start, key->len - start);
	tk_str_cut(key, start + tk_utf8_cut(key->data + start,
			      key->len - start, KEY_MAX - KEY_SUM - 1));
	tk_str_addf(key, "~%.*s", KEY_SUM, sum);
}

bool
tk_sender_rule_key(struct tk_str *key, const struct tk_sender_rule *r,
    const struct tk_strv *patterns, const char *subject)
{
	struct tk_strv names = TK_STRV_INIT, values = TK_STRV_INIT;
	size_t start = key->len, i, k;
	bool fits = false;

	for (i = 0; !fits && i < patterns->n; i++) {
		tk_strv_clear(&names);
		tk_strv_clear(&values);
		fits =
		    tk_pattern_match(&names, &values, patterns->v[i], subject);
	}
	if (fits && r->key != NULL)
		tk_pattern_fill(key, r->key, &names, &values);
	for (k = 0; fits && r->key == NULL && k < values.n; k++)
		tk_str_addf(key, "%s%s", k > 0 ? "/" : "", values.v[k]);
	tk_strv_clear(&names);
	tk_strv_clear(&values);
	/* A number of a partner is short, or it is none. */
	if (fits && r->recovery.n > 0 && key->len - start > KEY_MAX)
		shorten(key, start);
	return fits && key->len > start && key->len - start <= KEY_MAX;
}
