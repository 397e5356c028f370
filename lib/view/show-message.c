/* show-message - one letter or note as a block. */
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "view/block.h"
#include "view/show-parts.h"
#include "view/size.h"

#define INDENT "    "
#define NOTE_INDENT "  | "

static const struct kind {
	const char *name, *title;
	enum tk_style style;
} kinds[] = {
	{ "request", N_("request"), TK_CYAN },
	{ "reply", N_("reply"), TK_GREEN },
	{ "note", N_("note - not seen by the client"), TK_YELLOW },
	{ "auto", N_("automatic letter"), TK_BLUE },
	{ "bounce", N_("delivery failure"), TK_RED },
	{ "call", N_("call"), TK_CYAN },
	{ "chat", N_("chat"), TK_CYAN },
	{ "visit", N_("visit"), TK_CYAN },
	{ "broken", N_("unreadable"), TK_RED },
};

static bool
is_note(const struct tk_message *m)
{
	return tk_streq(m->kind, "note");
}

static void
add_head(struct tk_str *out, const struct tk_show *s,
    const struct tk_message *m, size_t number)
{
	struct tk_str line = TK_STR_INIT, safe = TK_STR_INIT;
	const char *title = m->kind != NULL ? m->kind : "";
	enum tk_style style = TK_BOLD;
	size_t i;

	for (i = 0; i < TK_COUNT(kinds); i++)
		if (strcmp(kinds[i].name, title) == 0) {
			title = _(kinds[i].title);
			style = kinds[i].style;
			break;
		}
	tk_str_addf(&line, _("message %zu"), number);
	tk_str_addf(&line, " - %s - ", title);
	tk_date_human(&line, m->at);
	tk_utf8_safe(&safe, line.data, false);
	tk_term_paint(out, s->colour, style, safe.data);
	tk_str_add_char(out, '\n');
	tk_str_clear(&line);
	tk_str_clear(&safe);
}

static void
add_list(struct tk_show_rows *rows, const char *title, const struct tk_strv *l)
{
	struct tk_str text = TK_STR_INIT;
	size_t i;

	for (i = 0; i < l->n; i++)
		tk_str_addf(&text, "%s%s", i > 0 ? ", " : "", l->v[i]);
	tk_show_row(rows, title, text.data, TK_PLAIN);
	tk_str_clear(&text);
}

/* When it was sent, or that it was not: the log knows. */
static void
add_sending(struct tk_show_rows *rows, const struct tk_show *s,
    const struct tk_message *m)
{
	struct tk_str text = TK_STR_INIT;
	const struct tk_yaml *e;
	enum tk_style style = TK_YELLOW;
	const char *act, *why, *title = _("Sent");
	size_t i;

	if (!tk_message_is_outgoing(m))
		return;
	tk_str_add(&text, _("waits to be sent"));
	for (i = 0; i < tk_ticket_log_n(s->ticket); i++) {
		e = tk_ticket_entry(s->ticket, i);
		act = tk_yaml_str(e, "act");
		if (m->name == NULL ||
		    !tk_streq(tk_yaml_str(e, "msg"), m->name) ||
		    (!tk_streq(act, "sent") && !tk_streq(act, "failed")))
			continue;
		tk_str_reset(&text);
		tk_date_human(&text, tk_entry_at(e));
		style = TK_PLAIN;
		title = _("Sent");
		if (tk_streq(act, "failed")) {
			title = _("Not sent");
			why = tk_yaml_str(e, "rule");
			if (why != NULL && why[0] != '\0')
				tk_str_addf(&text, " - %s", why);
			style = TK_RED;
		}
	}
	tk_show_row(rows, title, text.data, style);
	tk_str_clear(&text);
}

/* What our own mail server found out about the sender of a letter. */
static void
add_trust(struct tk_show_rows *rows, const struct tk_message *m)
{
	if (m->sha256 == NULL || !tk_streq(m->channel, "mail") ||
	    tk_message_is_outgoing(m) || is_note(m))
		return;
	if (m->verified == NULL)
		tk_show_row(rows, _("Sender"), _("NOT VERIFIED"),
		    m->auth != NULL && strstr(m->auth, "=fail") != NULL
			? TK_RED
			: TK_YELLOW);
}

static void
add_fields(struct tk_str *out, const struct tk_show *s,
    const struct tk_message *m, const struct tk_yaml *entry)
{
	struct tk_show_rows rows = { 0 };
	struct tk_str text = TK_STR_INIT;
	const char *by = tk_show_label(s, "staff", m->by);

	tk_show_row(&rows, _("From"), m->from != NULL ? m->from : by, TK_BOLD);
	if (m->from != NULL &&
	    strstr(m->from, m->by != NULL ? m->by : "") == NULL)
		tk_show_row(&rows, _("Written by"), by, TK_PLAIN);
	add_trust(&rows, m);
	if (m->signature != NULL)
		tk_show_row(&rows, _("Signature"), m->signature,
		    tk_starts(m->signature, "good, ") &&
			    !tk_ends(m->signature, TK_NOT_THE_SENDER)
			? TK_GREEN
			: TK_RED);
	tk_show_row(&rows, _("Encrypted"), m->encrypted, TK_PLAIN);
	add_list(&rows, _("To"), &m->to);
	add_list(&rows, _("Copy"), &m->cc);
	if (m->subject != NULL &&
	    (s->full ||
		!tk_streq(m->subject, tk_ticket_get(s->ticket, "subject"))))
		tk_show_row(&rows, _("Subject"), m->subject, TK_PLAIN);
	add_sending(&rows, s, m);
	if (tk_streq(m->kind, "auto") || tk_streq(m->kind, "bounce"))
		tk_show_row(&rows, _("Why automatic"), m->class_rule, TK_PLAIN);
	tk_show_row(&rows, _("Not delivered to"), m->bounced, TK_RED);
	if (m->whole != NULL)
		tk_show_row(&rows, _("Only its beginning"),
		    _("the whole letter is at the gate; tk attach --whole"),
		    TK_YELLOW);
	if (entry != NULL)
		tk_show_set(&text, s, entry);
	tk_show_row(&rows, _("Changed"), text.data, TK_PLAIN);
	if (s->full) {
		tk_show_row(&rows, _("Channel"),
		    tk_show_label(s, "channel", m->channel), TK_PLAIN);
		tk_show_row(&rows, _("Rule"), m->rule, TK_PLAIN);
		tk_show_row(&rows, _("Characters"), m->charset, TK_PLAIN);
		tk_show_row(&rows, _("Authentication"), m->auth, TK_PLAIN);
		tk_show_row(&rows, _("Verified by"), m->verified, TK_PLAIN);
		tk_show_row(&rows, _("Acknowledged"), m->ack, TK_PLAIN);
		tk_show_row(&rows, _("Whole letter"), m->whole, TK_PLAIN);
		tk_show_row(&rows, _("Message-ID"), m->message_id, TK_PLAIN);
		tk_show_row(&rows, _("File"), m->name, TK_PLAIN);
	}
	tk_show_rows(out, s, &rows, "  ");
	tk_str_clear(&text);
}

static void
add_files(struct tk_str *out, const struct tk_show *s,
    const struct tk_message *m, size_t number)
{
	struct tk_str name = TK_STR_INIT;
	const struct tk_file_info *f;
	size_t i;

	for (i = 0; i < m->n_files; i++) {
		f = &m->file[i];
		tk_str_reset(&name);
		tk_utf8_safe(&name, f->name != NULL ? f->name : "", false);
		tk_str_addf(out, "  [%zu] ", number + i);
		tk_term_paint(out, s->colour, TK_BOLD, name.data);
		tk_str_add(out, ", ");
		tk_size_text(out, f->size);
		if (f->is_inline)
			tk_str_addf(out, ", %s", _("in the text"));
		tk_str_addf(out, "  (tk attach %s %zu)\n",
		    tk_ticket_id(s->ticket), number + i);
	}
	tk_str_clear(&name);
}

static void
add_text(
    struct tk_str *out, const struct tk_show *s, const struct tk_message *m)
{
	const char *indent = is_note(m) ? NOTE_INDENT : INDENT;

	if (m->text != NULL && m->text[0] != '\0') {
		tk_str_add_char(out, '\n');
		tk_block_text(out, m->text, indent, s->width, !s->full);
	}
	if (m->quoted == NULL || m->quoted[0] == '\0')
		return;
	tk_str_add_char(out, '\n');
	if (s->full)
		tk_block_text(out, m->quoted, indent, s->width, false);
	else
		tk_block_folded(out, indent, tk_block_lines(m->quoted));
}

/* The entry of the log that brought it. */
static const struct tk_yaml *
entry_of(const struct tk_show *s, const struct tk_message *m)
{
	const struct tk_yaml *e;
	size_t i;

	for (i = 0; m->name != NULL && i < tk_ticket_log_n(s->ticket); i++) {
		e = tk_ticket_entry(s->ticket, i);
		if (tk_streq(tk_yaml_str(e, "msg"), m->name))
			return e;
	}
	return NULL;
}

void
tk_show_message(struct tk_str *out, const struct tk_show *s, size_t i)
{
	const struct tk_message *m = &s->message[i];
	size_t number = 1, k;

	for (k = 0; k < i; k++)
		number += s->message[k].n_files;
	add_head(out, s, m, i + 1);
	add_fields(out, s, m, entry_of(s, m));
	add_text(out, s, m);
	if (m->n_files > 0)
		tk_str_add_char(out, '\n');
	add_files(out, s, m, number);
}

bool
tk_show_file(size_t *message, size_t *file, const struct tk_message *messages,
    size_t n, size_t number)
{
	size_t i;

	if (number == 0)
		return false;
	for (i = 0, number--; i < n; i++) {
		if (number < messages[i].n_files) {
			*message = i;
			*file = number;
			return true;
		}
		number -= messages[i].n_files;
	}
	return false;
}
