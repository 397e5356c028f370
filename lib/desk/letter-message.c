/* letter-message - a letter as the message that people read. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "desk/letter-message.h"

#define TITLE_CHARS 200 /* in a line of a list, and in all answers */

/* The sender, or what stands for one in a report from nobody. */
const struct tk_address *
tk_letter_sender(const struct tk_letter *l)
{
	static char none[] = "", unknown[] = "unknown@localhost";
	static const struct tk_address nobody = { none, unknown };

	return l->from.n > 0 ? &l->from.v[0] : &nobody;
}

char *
tk_letter_title(const struct tk_letter *l)
{
	size_t len = strlen(l->subject), at = 0, end = 0, next = 0, n;

	for (n = 0; n <= TITLE_CHARS && at < len; n++, at = next)
		if (!tk_utf8_is_mark(tk_utf8_char(l->subject, len, &next, at)))
			end = at;
	if (n <= TITLE_CHARS)
		return tk_strdup(l->subject);
	while (end > 0 && l->subject[end - 1] == ' ')
		end--;
	return tk_strndup(l->subject, end);
}

/* Our own letter that came back is automatic, whatever it says. */
bool
tk_letter_is_human(const struct tk_desk *desk, const struct tk_letter *l)
{
	return l->class == TK_LETTER_NORMAL && !tk_streq(l->loop, desk->loop);
}

char *
tk_address_text(const struct tk_address *a)
{
	struct tk_str s = TK_STR_INIT;
	const char *p;

	if (a->name[0] == '\0')
		return tk_strdup(a->addr);
	if (strpbrk(a->name, "()<>[]:;@\\,.\"") == NULL) {
		tk_str_add(&s, a->name);
	} else {
		tk_str_add_char(&s, '"');
		for (p = a->name; *p != '\0'; p++) {
			if (*p == '"' || *p == '\\')
				tk_str_add_char(&s, '\\');
			tk_str_add_char(&s, *p);
		}
		tk_str_add_char(&s, '"');
	}
	tk_str_addf(&s, " <%s>", a->addr);
	return tk_str_detach(&s);
}

static void
address_list(struct tk_strv *out, const struct tk_addresses *a)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		tk_strv_add_own(out, tk_address_text(&a->v[i]));
}

static char *
dup_text(const char *text)
{
	return text != NULL && text[0] != '\0' ? tk_strdup(text) : NULL;
}

static void
add_files(struct tk_message *m, const struct tk_letter *l)
{
	struct tk_file_info *f;
	size_t i;

	for (i = 0; i < l->n_parts; i++) {
		f = tk_message_add_file(m);
		f->part = (int)i + 1;
		f->name = tk_strdup(l->parts[i].name);
		f->type = tk_strdup(l->parts[i].type);
		f->size = l->parts[i].size;
		f->sha256 = tk_strdup(l->parts[i].sha256);
		f->is_inline = l->parts[i].is_inline;
	}
}

void
tk_letter_message(struct tk_message *m, const struct tk_desk *desk,
    const struct tk_letter *l, const char *rule)
{
	static const char *const kinds[] = { "request", "bounce", "auto",
		"auto" };

	memset(m, 0, sizeof(*m));
	m->kind = tk_strdup(
	    l->class == TK_LETTER_NORMAL && !tk_letter_is_human(desk, l)
		? "auto"
		: kinds[l->class]);
	m->channel = tk_strdup("mail");
	m->from = tk_address_text(tk_letter_sender(l));
	address_list(&m->to, &l->to);
	address_list(&m->cc, &l->cc);
	m->subject = tk_letter_title(l);
	/* A letter without an id is known by its content. */
	m->message_id = l->message_id[0] != '\0'
	    ? tk_strdup(l->message_id)
	    : tk_strf("%.32s@sha256.invalid", l->sha256);
	tk_strv_copy(&m->references, &l->references);
	m->rule = tk_strdup(rule);
	m->class_rule = dup_text(l->class_rule);
	if (l->charset_used[0] != '\0')
		m->charset = tk_strcaseeq(l->charset_declared, l->charset_used)
		    ? tk_strdup(l->charset_used)
		    : tk_strf("%s, read as %s%s",
			  l->charset_declared[0] != '\0' ? l->charset_declared
							 : "none",
			  l->charset_used,
			  l->charset_unsure ? TK_CHARSET_UNSURE : "");
	if (l->signature[0] != '\0')
		m->signature = tk_strf("%s%s", l->signature,
		    l->other_signer ? TK_NOT_THE_SENDER : "");
	m->encrypted = dup_text(l->encrypted);
	if (l->bounced_rcpt[0] != '\0')
		m->bounced = tk_strf("%s %s %s", l->bounced_rcpt,
		    l->bounced_status, l->bounced_action);
	m->text = tk_strdup(l->text.data);
	m->quoted = dup_text(l->quoted.data);
	m->body_sha256 = tk_strdup(l->body_sha256);
	add_files(m, l);
}
