/* hold-letter - the sender of a letter that was rejected is told. */
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/mem.h"
#include "intake/hold.h"
#include "mail/compose.h"
#include "mail/language.h"
#include "send/loose.h"
#include "store/outbox.h"
#include "view/template.h"

static enum tk_status
render(struct tk_str *subject, struct tk_str *body, struct tk_desk *desk,
    const struct tk_letter *l, const char *text, struct tk_err *err)
{
	const char *is = tk_language_of(l->text.data);
	const struct tk_var vars[] = { { "desk.name", desk->name },
		{ "desk.address", desk->address }, { "text", text } };
	struct tk_str source = TK_STR_INIT;
	enum tk_status st =
	    tk_desk_template(desk, &source, is != NULL ? is : desk->language,
		"rejected", err);

	if (st == TK_OK)
		st = tk_template_letter(subject, body, source.data, "rejected",
		    vars, TK_COUNT(vars), err);
	tk_str_clear(&source);
	return st;
}

/* It quotes nothing of the letter, and answers it by its Message-ID only:
 * the sender may be forged. */
enum tk_status
tk_hold_tell(struct tk_desk *desk, const char *to, const struct tk_letter *l,
    const char *text, struct tk_err *err)
{
	struct tk_str subject = TK_STR_INIT, body = TK_STR_INIT;
	struct tk_str raw = TK_STR_INIT;
	struct tk_strv rcpt = TK_STRV_INIT, refs = TK_STRV_INIT;
	const char *at = strrchr(desk->address, '@');
	char *dir = tk_store_path(desk->store, "outbox"), *name, *id;
	unsigned char r[8];
	enum tk_status st;

	tk_random(r, sizeof(r));
	id = tk_strf("rejected.%02x%02x%02x%02x%02x%02x%02x%02x@%s", r[0], r[1],
	    r[2], r[3], r[4], r[5], r[6], r[7],
	    at != NULL ? at + 1 : tk_host());
	name = tk_strf(TK_LOOSE "%.32s", l->sha256);
	tk_strv_add(&rcpt, to);
	if (l->message_id[0] != '\0')
		tk_strv_add(&refs, l->message_id);
	if ((st = render(&subject, &body, desk, l, text, err)) == TK_OK) {
		struct tk_draft d = { .from_name = desk->name,
			.from = desk->address,
			.to = &rcpt,
			.subject = subject.data,
			.message_id = id,
			.references = &refs,
			.date = tk_now(),
			.text = body.data,
			.automatic = true,
			.auto_kind = "auto-replied",
			.loop = desk->loop };

		st = tk_compose(&raw, &d, err);
	}
	if (st == TK_OK)
		st = tk_outbox_add(dir, name, raw.data, raw.len, err);
	tk_str_clear(&subject);
	tk_str_clear(&body);
	tk_str_clear(&raw);
	tk_strv_clear(&rcpt);
	tk_strv_clear(&refs);
	free(name);
	free(dir);
	free(id);
	return st;
}
