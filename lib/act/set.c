/* set - may these fields be set, and to this? */
#include "act/change.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "desk/terms.h"
#include "mail/letter.h"

static void
add_new(struct tk_strv *l, const char *word)
{
	if (!tk_strv_has(l, word))
		tk_strv_add(l, word);
}

static void
add_words(struct tk_strv *out, const struct tk_strv *words)
{
	/* Words of "require" that are no fields. */
	static const char *const others[] = { "comment", "reply", "reply-now",
		"checklist", "time", "assignee" };
	size_t i, k;

	for (i = 0; i < words->n; i++) {
		for (k = 0; k < TK_COUNT(others); k++)
			if (strcmp(words->v[i], others[k]) == 0)
				break;
		if (k == TK_COUNT(others))
			add_new(out, words->v[i]);
	}
}

/* Those of tk-ticket(5), and those the regulation speaks of. */
static void
field_names(struct tk_strv *out, const struct tk_regulation *r)
{
	static const char *const own[] = { "subject", "type", "line",
		"priority", "impact", "urgency", "category", "channel",
		"client", "requester", "cc", "sla", "tags", "watchers",
		"assets", "evidence", "resolution", "cause", "promised",
		"site", "extra", "partner_ref", "language" };
	const struct tk_transition *t;
	size_t i, k, m;

	for (i = 0; i < TK_COUNT(own); i++)
		tk_strv_add(out, own[i]);
	for (i = 0; i < r->n_processes; i++) {
		add_words(out, &r->process[i].results);
		for (k = 0; k < r->process[i].n_steps; k++) {
			t = &r->process[i].step[k];
			add_words(out, &t->require);
			for (m = 0; t->set != NULL && m < t->set->n; m++)
				add_new(out, t->set->key[m]);
		}
	}
	for (i = 0; i < r->n_queues; i++)
		for (k = 0; k < r->queue[i].n_handovers; k++)
			add_words(out, &r->queue[i].handover[k].require);
}

/* How many letters must change to make one of the other (Levenshtein). */
static size_t
distance(const char *a, const char *b)
{
	size_t row[40], n = strlen(b), i, k, diagonal, up;

	if (n >= TK_COUNT(row))
		return n;
	for (k = 0; k <= n; k++)
		row[k] = k;
	for (i = 0; a[i] != '\0'; i++) {
		diagonal = row[0];
		row[0] = i + 1;
		for (k = 1; k <= n; k++) {
			up = row[k];
			row[k] = diagonal + (a[i] != b[k - 1]);
			if (up + 1 < row[k])
				row[k] = up + 1;
			if (row[k - 1] + 1 < row[k])
				row[k] = row[k - 1] + 1;
			diagonal = up;
		}
	}
	return row[n];
}

static enum tk_status
check_name(const struct tk_strv *names, const char *name, struct tk_err *err)
{
	struct tk_str all = TK_STR_INIT;
	const char *near = NULL;
	size_t i, d, best = strlen(name) < 5 ? 2 : 3;

	if (tk_starts(name, "x-") || tk_strv_has(names, name))
		return TK_OK;
	for (i = 0; i < names->n; i++) {
		tk_str_addf(&all, "%s%s", i > 0 ? ", " : "", names->v[i]);
		if ((d = distance(name, names->v[i])) < best) {
			best = d;
			near = names->v[i];
		}
	}
	if (near != NULL)
		(void)tk_fail(err, TK_EINPUT,
		    _("no field \"%s\"; did you mean \"%s\"?"), name, near);
	else
		(void)tk_fail(err, TK_EINPUT,
		    _("no field \"%s\"; there are: %s, and your own: x-%s"),
		    name, all.data, name);
	tk_str_clear(&all);
	return TK_EINPUT;
}

static enum tk_status
check_address(const char *field, const char *text, struct tk_err *err)
{
	struct tk_addresses a = { NULL, 0, 0 };
	bool is;

	tk_addresses_parse(&a, text);
	is = a.n == 1 && tk_address_valid(a.v[0].addr);
	tk_addresses_clear(&a);
	return is ? TK_OK
		  : tk_fail(err, TK_EINPUT, _("%s: \"%s\" is not a mail address"),
			field, text);
}

static enum tk_status
check_client(struct tk_desk *desk, const char *id, struct tk_err *err)
{
	const struct tk_client *c;
	enum tk_status st = tk_desk_load_client(desk, id, err);

	if (st != TK_OK)
		return st;
	c = tk_clients_find(&desk->clients, id);
	if (c == NULL)
		return tk_fail(
		    err, TK_EINPUT, _("no client \"%s\"; see tk client"), id);
	if (!c->active)
		return tk_fail(err, TK_EINPUT,
		    _("%s is not a client any more; see tk client"), id);
	return TK_OK;
}

static enum tk_status
check_text(struct tk_desk *desk, const char *field, const char *text,
    struct tk_err *err)
{
	if (strcmp(field, "client") == 0)
		return check_client(desk, text, err);
	if (strcmp(field, "sla") == 0)
		return tk_terms_check_class(desk, field, text, err);
	if (strcmp(field, "language") == 0)
		return tk_terms_check_language(desk, text, err);
	if (strcmp(field, "cc") == 0)
		return check_address(field, text, err);
	/* A name or a telephone number is one, too. */
	if (strcmp(field, "requester") == 0 && strpbrk(text, "@<>") != NULL)
		return check_address(field, text, err);
	return TK_OK;
}

enum tk_status
tk_change_check_values(
    struct tk_desk *desk, const struct tk_yaml *set, struct tk_err *err)
{
	struct tk_strv words = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	size_t i, k;

	for (i = 0; st == TK_OK && i < set->n; i++) {
		tk_strv_clear(&words);
		tk_yaml_strv(set, set->key[i], &words);
		for (k = 0; st == TK_OK && k < words.n; k++)
			st = check_text(desk, set->key[i], words.v[k], err);
	}
	tk_strv_clear(&words);
	return st;
}

enum tk_status
tk_change_check(
    struct tk_desk *desk, const struct tk_yaml *set, struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st = tk_desk_load(desk, err);
	size_t i;

	if (st == TK_OK)
		field_names(&names, desk->reg);
	/* What was set once can be taken away, whatever it is. */
	for (i = 0; st == TK_OK && i < set->n; i++)
		if (!tk_yaml_is_null(set->item[i]))
			st = check_name(&names, set->key[i], err);
	tk_strv_clear(&names);
	return st == TK_OK ? tk_change_check_values(desk, set, err) : st;
}
