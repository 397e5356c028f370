/* jsonview - records as JSON, for programs. */
#include "view/jsonview.h"

#include <ctype.h>
#include <string.h>

#include "base/date.h"

/* -5, 0, 1042; not 007, +1, 1_000 nor what 64 bits do not hold for sure. */
static bool
is_integer(const char *s)
{
	size_t n;

	if (strcmp(s, "0") == 0)
		return true;
	s += *s == '-';
	if (*s == '0')
		return false;
	for (n = 0; isdigit((unsigned char)s[n]); n++)
		;
	return n > 0 && n <= 18 && s[n] == '\0';
}

static struct tk_json *
scalar(const struct tk_yaml *y)
{
	int64_t n = 0;
	bool minus = y->text[0] == '-';
	const char *p;

	if (tk_yaml_is_null(y))
		return tk_json_of_str(NULL);
	if (y->plain && strcmp(y->text, "true") == 0)
		return tk_json_of_bool(true);
	if (y->plain && strcmp(y->text, "false") == 0)
		return tk_json_of_bool(false);
	if (!y->plain || !is_integer(y->text))
		return tk_json_of_str(y->text);
	for (p = y->text + minus; *p != '\0'; p++)
		n = n * 10 + (*p - '0');
	return tk_json_of_int(minus ? -n : n);
}

struct tk_json *
tk_jsonview_yaml(const struct tk_yaml *y)
{
	struct tk_json *j;
	size_t i;

	if (y == NULL)
		return tk_json_of_str(NULL);
	if (y->kind == TK_YAML_SCALAR)
		return scalar(y);
	j = y->kind == TK_YAML_MAP ? tk_json_object() : tk_json_array();
	for (i = 0; i < y->n; i++) {
		if (y->kind == TK_YAML_MAP)
			tk_json_set(j, y->key[i], tk_jsonview_yaml(y->item[i]));
		else
			tk_json_add(j, tk_jsonview_yaml(y->item[i]));
	}
	return j;
}

struct tk_json *
tk_jsonview_ticket(const struct tk_ticket *t, bool log)
{
	struct tk_json *j = tk_json_object(), *entries;
	const struct tk_yaml *head = tk_ticket_head(t);
	size_t i;

	tk_json_set_str(j, "id", tk_ticket_id(t));
	for (i = 0; i < head->n; i++)
		tk_json_set(j, head->key[i], tk_jsonview_yaml(head->item[i]));
	if (!log)
		return j;
	entries = tk_json_array();
	for (i = 0; i < tk_ticket_log_n(t); i++)
		tk_json_add(entries, tk_jsonview_yaml(tk_ticket_entry(t, i)));
	tk_json_set(j, "log", entries);
	return j;
}

static void
set_time(struct tk_json *j, const char *key, int64_t at)
{
	struct tk_str text = TK_STR_INIT;

	tk_date_rfc3339(&text, at);
	tk_json_set_str(j, key, text.data);
	tk_str_clear(&text);
}

static void
set_text(struct tk_json *j, const char *key, const char *text)
{
	if (text != NULL)
		tk_json_set_str(j, key, text);
}

static struct tk_json *
files(const struct tk_message *m)
{
	struct tk_json *list = tk_json_array(), *j;
	const struct tk_file_info *f;
	size_t i;

	for (i = 0; i < m->n_files; i++) {
		f = &m->file[i];
		j = tk_json_object();
		tk_json_set_int(j, "part", f->part);
		set_text(j, "name", f->name);
		set_text(j, "type", f->type);
		tk_json_set_int(j, "size", (int64_t)f->size);
		set_text(j, "sha256", f->sha256);
		tk_json_add(list, j);
	}
	return list;
}

struct tk_json *
tk_jsonview_message(const struct tk_message *m, size_t number)
{
	struct tk_json *j = tk_json_object();

	if (number > 0)
		tk_json_set_int(j, "number", (int64_t)number);
	set_text(j, "name", m->name);
	set_text(j, "kind", m->kind);
	set_text(j, "by", m->by);
	set_time(j, "at", m->at);
	set_text(j, "channel", m->channel);
	set_text(j, "from", m->from);
	tk_json_set_strv(j, "to", &m->to);
	tk_json_set_strv(j, "cc", &m->cc);
	set_text(j, "subject", m->subject);
	set_text(j, "message_id", m->message_id);
	tk_json_set_strv(j, "references", &m->references);
	set_text(j, "rule", m->rule);
	set_text(j, "class_rule", m->class_rule);
	set_text(j, "charset", m->charset);
	set_text(j, "auth", m->auth);
	set_text(j, "verified", m->verified);
	set_text(j, "whole", m->whole);
	set_text(j, "ack", m->ack);
	set_text(j, "bounced", m->bounced);
	set_text(j, "sha256", m->sha256);
	set_text(j, "body_sha256", m->body_sha256);
	tk_json_set(j, "attachments", files(m));
	set_text(j, "text", m->text);
	set_text(j, "quoted", m->quoted);
	return j;
}

struct tk_json *
tk_jsonview_record(const struct tk_jsonview_field *field, size_t n)
{
	const struct tk_jsonview_field *f;
	struct tk_json *j = tk_json_object();

	for (f = field; f < field + n; f++) {
		if (f->kind == TK_JSONVIEW_NUMBER)
			tk_json_set_int(j, f->key, f->number);
		else if (f->kind == TK_JSONVIEW_BOOL)
			tk_json_set_bool(j, f->key, f->number != 0);
		else if (f->kind == TK_JSONVIEW_TIME && f->number != 0)
			set_time(j, f->key, f->number);
		else if (f->kind == TK_JSONVIEW_TIME || f->text == NULL ||
		    f->text[0] == '\0')
			tk_json_set_str(j, f->key, NULL);
		else
			tk_json_set_str(j, f->key, f->text);
	}
	return j;
}
