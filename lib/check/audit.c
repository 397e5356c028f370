/* audit - history judged once more. */
#include "check/audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "check/law.h"

#define ACK_RULE "regulation/regulation.yaml:"

static const char *const kinds[TK_AUDIT_KINDS] = { "violation", "unread",
	"emergency", "unsigned" };

void
tk_audit_text(struct tk_str *out, const struct tk_audit_row *r)
{
	tk_str_addf(out, "%s %.10s ", kinds[r->kind], r->commit);
	tk_date_human(out, r->when);
	tk_str_addf(out, " %s: %s%s[%s] %s", r->mail[0] != '\0' ? r->mail : "-",
	    r->file, r->file[0] != '\0' ? ": " : "", r->rule, r->text);
}

void
tk_audit_json(struct tk_str *out, const struct tk_audit_row *r)
{
	struct tk_json *o = tk_json_object();
	struct tk_str when = TK_STR_INIT;

	tk_date_rfc3339(&when, r->when);
	tk_json_set_str(o, "kind", kinds[r->kind]);
	tk_json_set_str(o, "commit", r->commit);
	tk_json_set_str(o, "who", r->who);
	tk_json_set_str(o, "mail", r->mail);
	tk_json_set_str(o, "when", when.data);
	tk_json_set_str(o, "ticket", r->ticket);
	tk_json_set_str(o, "file", r->file);
	tk_json_set_str(o, "rule", r->rule);
	tk_json_set_str(o, "text", r->text);
	tk_json_text(out, o);
	tk_str_clear(&when);
	tk_json_free(o);
}

static enum tk_audit_kind
kind_of(const struct tk_remark *r)
{
	if (!r->info)
		return tk_starts(r->rule, ACK_RULE) ? TK_AUDIT_UNREAD
						    : TK_AUDIT_VIOLATION;
	return strcmp(r->rule, kinds[TK_AUDIT_EMERGENCY]) == 0
	    ? TK_AUDIT_EMERGENCY
	    : TK_AUDIT_UNSIGNED;
}

static void
add_row(struct tk_audit *a, const struct tk_audit_row *row)
{
	a->found[row->kind]++;
	a->row(row, a->arg);
}

static void
listen(const struct tk_law *l, const struct tk_remark *r)
{
	const struct tk_commit *c = l->commit;
	struct tk_path at = { .kind = TK_PATH_OTHER };
	char *file = r->file == NULL ? tk_strdup("")
				     : tk_strf("%s%s", r->file, r->where);

	if (r->file != NULL)
		tk_path_parse(&at, r->file);
	add_row(l->arg,
	    &(struct tk_audit_row){ .kind = kind_of(r),
		.commit = c->id,
		.who = c->name,
		.mail = c->mail,
		.when = c->committed,
		.ticket = at.ticket,
		.file = file,
		.rule = r->rule,
		.text = r->text });
	free(file);
}

/* Prefix and address as they were where the range begins; HEAD's may be
 * others. */
static void
old_settings(struct tk_desk *desk)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_err none = TK_ERR_INIT;
	const char *prefix, *address;
	struct tk_yaml *y = NULL;

	if (tk_store_read(desk->store, &text, "desk.yaml", &none) == TK_OK &&
	    tk_yaml_read(&y, text.data, text.len, "desk.yaml", &none) ==
		TK_OK &&
	    (prefix = tk_yaml_str(y, "prefix")) != NULL &&
	    (address = tk_yaml_str(y, "address")) != NULL) {
		free(desk->prefix);
		free(desk->address);
		desk->prefix = tk_strdup(prefix);
		desk->address = tk_strdup(address);
	}
	tk_yaml_free(y);
	tk_str_clear(&text);
}

/* False after the last commit. What cannot even be read is a finding. */
static enum tk_status
audit_next(struct tk_law *l, bool *more, struct tk_err *err)
{
	enum tk_status st = tk_history_next(&l->commit, l->history, err);
	const char *rule;

	*more = l->commit != NULL;
	if (l->commit == NULL || (st != TK_OK && st != TK_EREFUSED))
		return st;
	if (st == TK_OK && (st = tk_law_commit(l, err)) != TK_OK &&
	    st != TK_EINPUT && st != TK_ENOENT)
		return st;
	rule = st == TK_EREFUSED ? "tree" : "desk";
	if (st != TK_OK)
		tk_law_find(l, NULL, rule, NULL, "%s", err->text);
	l->before = l->commit->committed;
	l->first = false;
	err->text[0] = '\0';
	return TK_OK;
}

static enum tk_status
audit(struct tk_audit *a, struct tk_desk *desk, const char *from,
    const char *to, struct tk_err *err)
{
	struct tk_law l;
	size_t total = 0;
	enum tk_status st;
	bool more = true;

	tk_law_init(&l, desk, NULL);
	l.audit = true;
	l.first = from[0] == '\0';
	l.listen = listen;
	l.arg = a;
	st = tk_history_past(&l.history, desk->store, from, to, err);
	if (st == TK_OK) {
		total = tk_history_left(l.history);
		l.before = tk_history_began(l.history);
		if (!l.first)
			old_settings(desk);
	}
	while (st == TK_OK && more) {
		st = audit_next(&l, &more, err);
		a->commits += st == TK_OK && more;
		if (a->progress != NULL)
			a->progress(a->commits, total);
	}
	tk_history_free(l.history);
	tk_law_clear(&l);
	return st;
}

enum tk_status
tk_audit_run(struct tk_audit *a, struct tk_desk *desk, const char *range,
    struct tk_err *err)
{
	const char *dots = range != NULL ? strstr(range, "..") : NULL;
	const char *to = dots != NULL && dots[2] != '\0' ? dots + 2 : "HEAD";
	char *from = dots != NULL ? tk_strndup(range, (size_t)(dots - range))
				  : tk_strdup(range);
	char first[41] = "", last[41];
	enum tk_status st;

	st = tk_store_revision(last, desk->store, to, err);
	if (st == TK_OK && from != NULL && from[0] != '\0')
		st = tk_store_revision(first, desk->store, from, err);
	if (st == TK_OK)
		st = audit(a, desk, first, last, err);
	free(from);
	return st;
}

static enum tk_status
whole(struct tk_history **h, struct tk_desk *desk, char head[41],
    struct tk_err *err)
{
	enum tk_status st = tk_store_revision(head, desk->store, "HEAD", err);

	*h = NULL;
	if (st == TK_OK)
		st = tk_history_past(h, desk->store, "", head, err);
	return st;
}

enum tk_status
tk_audit_head(struct tk_str *out, struct tk_desk *desk, struct tk_err *err)
{
	struct tk_history *h;
	char head[41];
	enum tk_status st = whole(&h, desk, head, err);

	if (st == TK_OK) {
		tk_date_rfc3339(out, tk_now());
		tk_str_addf(out, " %s %zu", head, tk_history_left(h));
	}
	tk_history_free(h);
	return st;
}

/* "DATE HEAD COUNT"; the line is cut into its words. */
static bool
parse(char *line, int64_t *when, const char **id, size_t *count)
{
	const char *date = strsep(&line, " \t\r"), *number;
	char *end;

	*id = line != NULL ? strsep(&line, " \t\r") : NULL;
	number = line != NULL ? strsep(&line, " \t\r") : NULL;
	if (*id == NULL || number == NULL || number[0] < '0' ||
	    number[0] > '9' || strspn(*id, "0123456789abcdef") != 40 ||
	    (*id)[40] != '\0' || (line != NULL && line[0] != '\0'))
		return false;
	*count = (size_t)strtoull(number, &end, 10);
	return *end == '\0' && tk_date_parse(when, date);
}

static void
check_line(struct tk_audit *a, const struct tk_history *h, const char *where,
    int64_t when, const char *id, size_t count)
{
	size_t have = tk_history_left(h);
	char is[41] = "", *text;

	if (count > 0 && count <= have)
		tk_history_id(is, h, count - 1);
	a->commits++;
	if (strcmp(is, id) == 0)
		return;
	text = is[0] == '\0'
	    ? tk_strf(_("commit number %zu is said to be %.10s, but there "
			"are only %zu: the history was rewritten"),
		  count, id, have)
	    : tk_strf(_("commit number %zu is said to be %.10s, but it is "
			"%.10s: the history was rewritten"),
		  count, id, is);
	add_row(a,
	    &(struct tk_audit_row){ .kind = TK_AUDIT_VIOLATION,
		.commit = id,
		.who = "",
		.mail = "",
		.when = when,
		.ticket = "",
		.file = where,
		.rule = "head",
		.text = text });
	free(text);
}

enum tk_status
tk_audit_check(struct tk_audit *a, struct tk_desk *desk,
    const struct tk_str *lines, const char *name, struct tk_err *err)
{
	char *copy = tk_strdup(lines->data), *rest = copy, *line, *where;
	struct tk_history *h;
	char head[41];
	enum tk_status st = whole(&h, desk, head, err);
	size_t n = 0, count;
	const char *id;
	int64_t when;

	while (st == TK_OK && (line = strsep(&rest, "\n")) != NULL) {
		n++;
		if (line[strspn(line, " \t\r")] == '\0')
			continue;
		where = tk_strf("%s:%zu", name, n);
		if (parse(line, &when, &id, &count))
			check_line(a, h, where, when, id, count);
		else
			st = tk_fail(err, TK_EINPUT,
			    _("%s: not a line of \"tk audit --head\""), where);
		free(where);
	}
	if (st == TK_OK && a->commits == 0)
		st = tk_fail(err, TK_EINPUT,
		    _("%s: not a line of \"tk audit --head\""), name);
	tk_history_free(h);
	free(copy);
	return st;
}
