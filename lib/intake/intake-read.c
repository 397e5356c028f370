/* intake-read - a letter within the limits of what people write. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "desk/letter-message.h"
#include "intake/intake.h"
#include "intake/match.h"

#define SUBJECT_BYTES 8000 /* of a long one that are told with the text */
#define FIELD_MAX_LEN 1000 /* bytes, as all of these but people and ids */
#define NAME_MAX_LEN 200
#define ADDRESS_MAX 254 /* RFC 5321 section 4.5.3.1 */
#define PEOPLE_MAX 200
#define REFS_MAX 100
#define HOPS_MAX 50 /* mail-loop guard, RFC 5321 section 6.3 */

static void
cut(char *text, size_t max)
{
	text[tk_utf8_cut(text, strlen(text), max)] = '\0';
}

static void
limit_addresses(struct tk_addresses *a)
{
	size_t i;

	for (i = 0; i < a->n; i++) {
		cut(a->v[i].name, NAME_MAX_LEN);
		/* A cut address would be another one. */
		if (strlen(a->v[i].addr) > ADDRESS_MAX)
			a->v[i].addr[0] = '\0';
	}
	for (; a->n > PEOPLE_MAX; a->n--) {
		free(a->v[a->n - 1].name);
		free(a->v[a->n - 1].addr);
	}
}

/* Some write the whole matter there: a ticket has the beginning for its name,
 * and all of it below the text, where what it says is not lost. The mark is
 * the same in every locale: it is kept in files. */
static void
limit_subject(struct tk_letter *l)
{
	char *title = tk_letter_title(l);
	size_t len = strlen(l->subject), n;
	bool whole = strcmp(title, l->subject) == 0;

	free(title);
	if (whole)
		return;
	n = tk_utf8_cut(l->subject, len, SUBJECT_BYTES);
	tk_str_add(&l->text, l->text.len > 0 ? "\n\n[subject: " : "[subject: ");
	tk_str_add_data(&l->text, l->subject, n);
	tk_str_add(&l->text, n < len ? " [...]]" : "]");
	cut(l->subject, FIELD_MAX_LEN);
}

/* What comes from the head of a letter is kept within what people write;
 * the raw letter has it all. */
static void
limit(struct tk_letter *l)
{
	limit_subject(l);
	cut(l->class_rule, FIELD_MAX_LEN);
	cut(l->bounced_rcpt, ADDRESS_MAX);
	cut(l->bounced_status, 40);
	cut(l->bounced_action, 40);
	if (strlen(l->message_id) > FIELD_MAX_LEN)
		l->message_id[0] = '\0';
	limit_addresses(&l->from);
	limit_addresses(&l->reply_to);
	limit_addresses(&l->to);
	limit_addresses(&l->cc);
	/* the first is where it all began */
	for (; l->references.n > REFS_MAX; l->references.n--) {
		free(l->references.v[1]);
		memmove(l->references.v + 1, l->references.v + 2,
		    (l->references.n - 1) * sizeof(*l->references.v));
	}
}

enum tk_status
tk_intake_read_as(struct tk_letter *letter, const struct tk_str *raw,
    const struct tk_reading *known, struct tk_err *err)
{
	enum tk_status st;

	if ((st = tk_letter_read_as(letter, raw->data, raw->len, known, err)) !=
	    TK_OK)
		return st;
	if (letter->received > HOPS_MAX)
		st = tk_fail(err, TK_EINPUT,
		    _("%d Received: headers: a mail loop"), letter->received);
	if (st != TK_OK)
		tk_letter_clear(letter);
	else
		limit(letter);
	return st;
}

enum tk_status
tk_intake_read(
    struct tk_letter *letter, const struct tk_str *raw, struct tk_err *err)
{
	static const struct tk_reading nothing;

	return tk_intake_read_as(letter, raw, &nothing, err);
}

/* May letters to these people be read by the desk? */
static bool
may_decrypt(const struct tk_desk *desk, const struct tk_letter *l)
{
	const struct tk_queue *q = tk_match_queue(desk, l);

	if (q == NULL)
		q = tk_queue_find(desk->reg, desk->reg->default_queue);
	if (q == NULL && desk->reg->n_queues > 0)
		q = &desk->reg->queue[0];
	return q != NULL && q->decrypt;
}

enum tk_status
tk_intake_again(struct tk_letter *letter, struct tk_tx *tx,
    const struct tk_desk *desk, const struct tk_str *raw, struct tk_err *err)
{
	struct tk_str charset = TK_STR_INIT;
	struct tk_reading known = { .charset = NULL };
	char *gnupg = NULL;
	struct tk_letter again;
	enum tk_status st = TK_OK;

	if (!letter->charset_unsure && !letter->is_signed && !letter->sealed)
		return TK_OK;
	if (letter->charset_unsure)
		st = tk_index_charset_of(tk_tx_index(tx), &charset,
		    tk_letter_sender(letter)->addr, err);
	if (letter->is_signed || letter->sealed) {
		known.gnupg = gnupg =
		    tk_store_config(desk->store, "tk.gnupghome");
		known.verify = true;
		known.decrypt = letter->sealed && may_decrypt(desk, letter);
	}
	if (charset.len > 0)
		known.charset = charset.data;
	if (st == TK_OK && (known.verify || known.charset != NULL) &&
	    (st = tk_intake_read_as(&again, raw, &known, err)) == TK_OK) {
		tk_letter_clear(letter);
		*letter = again;
	}
	free(gnupg);
	tk_str_clear(&charset);
	return st;
}
