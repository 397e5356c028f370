/* reply-words - what stands around the words of an answer. */
#include <string.h>

#include "act/letter.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"

#define QUOTE_LINES 40

enum tk_status
tk_reply_sign(struct tk_str *out, struct tk_desk *desk,
    const struct tk_ticket *t, const struct tk_actor *actor, const char *text,
    struct tk_err *err)
{
	enum tk_status st =
	    tk_desk_load_client(desk, tk_ticket_get(t, "client"), err);
	size_t len;

	if (st != TK_OK)
		return st;
	/* The line before a signature: RFC 3676 section 4.3. */
	tk_str_addf(out, "%s%s\n-- \n", text, tk_ends(text, "\n") ? "" : "\n");
	len = out->len;
	tk_render_signature(out, desk, t, actor);
	if (out->len == len)
		tk_str_addf(out, "%s\n", actor->name);
	return TK_OK;
}

void
tk_reply_lines(struct tk_str *out, const struct tk_recipients *r)
{
	const struct tk_strv *lists[] = { &r->to, &r->cc };
	struct tk_str line = TK_STR_INIT;
	size_t i, k;

	for (i = 0; i < 2; i++)
		for (k = 0; k < lists[i]->n; k++)
			tk_str_addf(&line, "%s: %s\n", i == 0 ? "To" : "Cc",
			    lists[i]->v[k]);
	tk_utf8_safe(out, line.data, true);
	tk_str_clear(&line);
}

/* Ours, colleagues' notes and robots are not what one answers. */
static bool
is_from_client(const struct tk_message *m)
{
	static const char *const others[] = { "reply", "note", "auto",
		"bounce" };
	size_t i;

	for (i = 0; m->kind != NULL && i < TK_COUNT(others); i++)
		if (strcmp(m->kind, others[i]) == 0)
			return false;
	return m->text != NULL && m->text[0] != '\0';
}

static void
quote(struct tk_str *out, const struct tk_message *m)
{
	struct tk_str safe = TK_STR_INIT;
	const char *p;
	size_t n, lines = 0;

	tk_str_addf(&safe, "%s:\n", m->from != NULL ? m->from : m->by);
	tk_utf8_safe(out, safe.data, true);
	tk_str_reset(&safe);
	tk_utf8_safe(&safe, m->text, true);
	for (p = safe.data; *p != '\0' && lines < QUOTE_LINES; lines++) {
		n = strcspn(p, "\n");
		tk_str_add(out, n > 0 ? "> " : ">");
		tk_str_add_data(out, p, n);
		tk_str_add_char(out, '\n');
		p += n + (p[n] == '\n');
	}
	if (*p != '\0')
		tk_str_addf(out, _("(and more; see \"tk show\")\n"));
	tk_str_clear(&safe);
}

enum tk_status
tk_reply_quote(struct tk_str *out, struct tk_desk *desk,
    const struct tk_ticket *t, struct tk_err *err)
{
	struct tk_messages all = { NULL, 0, 0 };
	enum tk_status st = tk_desk_messages(&all, desk, t, err);
	size_t i;

	for (i = all.n; st == TK_OK && i > 0; i--)
		if (is_from_client(&all.v[i - 1])) {
			quote(out, &all.v[i - 1]);
			break;
		}
	tk_messages_clear(&all);
	return st;
}
