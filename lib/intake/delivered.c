/* delivered - what is said of a letter that was taken in. */
#include "intake/delivered.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/json.h"
#include "desk/letter-message.h"

static void
add_letter(struct tk_json *o, const struct tk_letter *l)
{
	struct tk_json *names = tk_json_array();
	struct tk_str text = TK_STR_INIT;
	char *title = tk_letter_title(l);
	size_t i;

	for (i = 0; i < l->n_parts; i++)
		tk_json_add_str(names, l->parts[i].name);
	tk_str_add(&text, l->text.data);
	tk_str_add(&text, l->quoted.data);
	tk_json_set_str(o, "subject", title);
	free(title);
	tk_json_set_str(o, "from_addr", l->from.n > 0 ? l->from.v[0].addr : "");
	tk_json_set_int(o, "attachments", (int64_t)l->n_parts);
	tk_json_set(o, "attachment_names", names);
	tk_json_set_str(o, "text", text.data);
	tk_json_set_str(o, "quoted", l->quoted.data);
	tk_json_set_str(o, "class", tk_letter_class_name(l->class));
	tk_json_set_str(o, "class_rule", l->class_rule);
	tk_str_clear(&text);
}

void
tk_delivered_json(struct tk_str *out, const struct tk_delivered *d,
    bool has_desk, bool explain)
{
	struct tk_json *o = tk_json_object();

	tk_json_set_str(o, "file", d->file);
	if (d->letter != NULL)
		add_letter(o, d->letter);
	if (d->intake != NULL && has_desk) {
		tk_json_set_str(o, "ticket", d->intake->ticket);
		tk_json_set_str(o, "act", d->intake->act);
		tk_json_set_str(o, "rule", d->intake->rule);
		tk_json_set_str(o, "ack", d->intake->ack);
		tk_json_set_strv(o, "acts", &d->intake->acts);
		if (explain)
			tk_json_set_strv(o, "tried", &d->intake->tried);
	}
	tk_json_set_str(o, "reason", d->reason);
	tk_json_set_int(o, "rc",
	    !d->is_safe             ? EX_TEMPFAIL
		: d->intake != NULL ? 0
				    : 1);
	tk_json_text(out, o);
	tk_json_free(o);
}

void
tk_delivered_line(struct tk_str *out, const struct tk_delivered *d,
    bool has_desk, bool dry_run, bool verbose)
{
	const struct tk_intake *in = d->intake;

	if (in != NULL && !has_desk) {
		tk_str_addf(out, "%s: %s: %s", d->file,
		    tk_letter_class_name(d->letter->class), d->letter->subject);
	} else if (in != NULL) {
		tk_str_addf(out, "%s: %s %s (%s)", d->file,
		    in->aside != TK_ASIDE_NO ? "-" : in->ticket, in->act,
		    in->rule);
		if (strcmp(in->from, in->to) != 0 && in->from[0] != '\0')
			tk_str_addf(out, " %s -> %s", in->from, in->to);
		if (in->ack[0] != '\0' &&
		    (verbose || tk_starts(in->ack, "to ")))
			tk_str_addf(out, ", ack %s", in->ack);
	} else {
		tk_str_addf(out, "%s: %s (%s)", d->file,
		    !d->is_safe   ? "left"
			: dry_run ? "would go to quarantine"
				  : "quarantine",
		    d->reason);
	}
}
