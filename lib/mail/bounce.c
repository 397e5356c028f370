/* bounce - which letter, which address and why a delivery failed. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "mail/address.h"
#include "mail/body.h"
#include "mail/classify.h"
#include "mail/text.h"
#include "mail/words.h"

#define GROUPS_MAX 1000 /* recipients of one report */
#define LINES_LOOK 5000 /* of text in which old reports are searched */

static void
replace(char **to, const char *value)
{
	char *copy = tk_strdup(value);

	free(*to);
	*to = copy;
}

/* "rfc822; ivan@a.example" and "<ivan@a.example>" alike. */
static void
set_rcpt(struct tk_letter *l, const char *value)
{
	const char *semicolon = strchr(value, ';');
	struct tk_addresses a = { NULL, 0, 0 };

	if (semicolon != NULL)
		value = semicolon + 1;
	tk_addresses_parse_raw(&a, value, NULL);
	if (a.n > 0)
		replace(&l->bounced_rcpt, a.v[0].addr);
	tk_addresses_clear(&a);
}

/* The first "5.1.1" in s; false where there is none. An address of four
 * numbers or a version is not taken for one. */
static bool
find_status(char out[16], const char *s)
{
	const char *p;
	size_t a, b;

	for (p = s; (p = strpbrk(p, "245")) != NULL; p++) {
		if (p[1] != '.' ||
		    (p > s && (isalnum((unsigned char)p[-1]) || p[-1] == '.')))
			continue;
		a = strspn(p + 2, "0123456789");
		if (a == 0 || a > 3 || p[2 + a] != '.')
			continue;
		b = strspn(p + 3 + a, "0123456789");
		if (b == 0 || b > 3)
			continue;
		if (p[3 + a + b] == '.'
			? isdigit((unsigned char)p[4 + a + b]) != 0
			: isalnum((unsigned char)p[3 + a + b]) != 0)
			continue;
		memcpy(out, p, 3 + a + b);
		out[3 + a + b] = '\0';
		return true;
	}
	return false;
}

/* One block of message/delivery-status. A failed recipient says more than
 * one that was only delayed or relayed. */
static void
take_group(struct tk_letter *l, const struct tk_headers *h)
{
	const char *rcpt = tk_headers_get(h, "Original-Recipient");
	const char *action = tk_headers_get(h, "Action");
	const char *status = tk_headers_get(h, "Status");
	struct tk_str word = TK_STR_INIT;
	char code[16];

	if (rcpt == NULL || strchr(rcpt, '@') == NULL)
		rcpt = tk_headers_get(h, "Final-Recipient");
	if (rcpt == NULL)
		rcpt = tk_headers_get(h, "X-Actual-Recipient");
	if (rcpt == NULL && action == NULL)
		return;
	tk_params_first(&word, action != NULL ? action : "");
	if (*l->bounced_rcpt == '\0' ||
	    (strcmp(word.data, "failed") == 0 &&
		strcmp(l->bounced_action, "failed") != 0)) {
		if (rcpt != NULL)
			set_rcpt(l, rcpt);
		replace(&l->bounced_action, word.data);
		replace(&l->bounced_status,
		    status != NULL && find_status(code, status) ? code : "");
	}
	tk_str_clear(&word);
}

static void
read_status(struct tk_letter *l, const struct tk_str *data)
{
	size_t at = 0, n;

	for (n = 0; at < data->len && n < GROUPS_MAX; n++) {
		struct tk_headers h = TK_HEADERS_INIT;
		size_t step =
		    tk_headers_parse(&h, data->data + at, data->len - at);

		take_group(l, &h);
		/* a boundary got lost: the letter's header follows */
		if (tk_headers_get(&h, "Message-ID") != NULL)
			tk_ids_parse(
			    &l->bounced_ids, tk_headers_get(&h, "Message-ID"));
		tk_headers_clear(&h);
		if (step == 0)
			break;
		at += step;
	}
}

/* The header of the letter that came back. */
static void
read_inner(struct tk_letter *l, const char *data, size_t len, char **to)
{
	struct tk_headers h = TK_HEADERS_INIT;
	const char *value;

	tk_headers_parse(&h, data, len);
	if ((value = tk_headers_get(&h, "Message-ID")) != NULL)
		tk_ids_parse(&l->bounced_ids, value);
	if ((value = tk_headers_get(&h, "To")) != NULL && *to == NULL)
		*to = tk_strdup(value);
	tk_headers_clear(&h);
}

/* "<ivan@a.example>:" of qmail, Postfix and Exim at the start of a line. */
static bool
take_listed(struct tk_letter *l, const char *line)
{
	const char *p = line + strspn(line, " \t*<-"), *at, *end;
	char *addr;
	bool taken = false;

	if ((at = strchr(p, '@')) == NULL)
		return false;
	end = p + strcspn(p, " \t>:,;)(");
	if (end < at || end - p > 254)
		return false;
	addr = tk_strndup(p, (size_t)(end - p));
	/* an address with no more than a reason behind it, or nothing */
	if (tk_address_valid(addr) &&
	    (*end == '\0' || *end == '>' || *end == ':' ||
		strchr(line, '<') != NULL)) {
		replace(&l->bounced_rcpt, addr);
		taken = true;
	}
	free(addr);
	return taken;
}

/* Lines of the free-form reports, each trimmed of blanks and "> ". */
static void
read_line(struct tk_letter *l, const char *line, const char *next, char **to)
{
	static const char *const fields[] = { "Original-Recipient:",
		"Final-Recipient:", "X-Failed-Recipients:", "RCPT TO:" };
	const char *value;
	size_t i;

	line += strspn(line, "> \t|");
	if (strncasecmp(line, "Message-ID:", 11) == 0) {
		value = line + 11;
		value += strspn(value, " \t");
		tk_ids_parse(&l->bounced_ids, *value != '\0' ? value : next);
	}
	if (strncasecmp(line, "To:", 3) == 0 && *to == NULL)
		*to = tk_strdup(line + 3);
	for (i = 0; i < TK_COUNT(fields) && *l->bounced_rcpt == '\0'; i++)
		if ((value = tk_text_find(line, fields[i])) != NULL)
			set_rcpt(l, value + strlen(fields[i]));
	if (strncasecmp(line, "Action:", 7) == 0 &&
	    *l->bounced_action == '\0') {
		struct tk_str word = TK_STR_INIT;

		tk_params_first(&word, line + 7 + strspn(line + 7, " \t"));
		replace(&l->bounced_action, word.data);
		tk_str_clear(&word);
	}
	if (*l->bounced_rcpt == '\0')
		(void)take_listed(l, line);
}

static void
read_text(struct tk_letter *l, const char *text, char **to)
{
	const char *p = text, *nl;
	char *line, *next;
	char code[16];
	size_t n;

	for (n = 0; *p != '\0' && n < LINES_LOOK; n++) {
		size_t len = strcspn(p, "\n");

		line = tk_strndup(p, len < 2000 ? len : 2000);
		nl = p + len + (p[len] == '\n');
		len = strcspn(nl, "\n");
		next = tk_strndup(nl, len < 2000 ? len : 2000);
		read_line(l, line, next, to);
		free(line);
		free(next);
		p = nl;
	}
	if (*l->bounced_status == '\0' && find_status(code, text))
		replace(&l->bounced_status, code);
}

/* The last resort: an address that is neither the reporter nor we. */
static void
take_stranger(struct tk_letter *l, const char *text)
{
	static const char around[] = " \t\n<>()[]\"',;:";
	const char *p = text, *at, *from, *to;
	size_t i, n;

	for (n = 0; n < 200 && (at = strchr(p, '@')) != NULL; n++) {
		char *addr;
		bool known = false;

		for (from = at; from > text && !strchr(around, from[-1]);)
			from--;
		to = at + strcspn(at, around);
		p = to;
		while (to > at && to[-1] == '.')
			to--;
		addr = tk_strndup(from, (size_t)(to - from));
		for (i = 0; i < l->rcpts.n; i++)
			known |= tk_strcaseeq(l->rcpts.v[i], addr);
		for (i = 0; i < l->from.n; i++)
			known |= tk_strcaseeq(l->from.v[i].addr, addr);
		known |= !tk_address_valid(addr);
		if (!known)
			replace(&l->bounced_rcpt, addr);
		free(addr);
		if (!known)
			return;
	}
}

/* Delayed is not failed: the letter may still arrive. */
static const char *
guess_action(const struct tk_letter *l, const struct tk_mime *m)
{
	if (strcasecmp(m->report, "feedback-report") == 0)
		return "complaint";
	if (tk_text_find(l->subject, "delay") != NULL ||
	    tk_text_find(l->subject, "warning") != NULL ||
	    *l->bounced_status == '4')
		return "delayed";
	return "failed";
}

void
tk_bounce_read(struct tk_letter *letter, const struct tk_headers *h,
    const struct tk_mime *m, const char *text)
{
	struct tk_str data = TK_STR_INIT;
	const char *value;
	char *to = NULL;
	size_t i;

	for (i = 0; i < m->n; i++) {
		const struct tk_leaf *leaf = &m->v[i];

		tk_str_reset(&data);
		if (tk_ends(leaf->type, "/delivery-status") ||
		    tk_ends(leaf->type, "/global-delivery-status")) {
			tk_mime_data(&data, m, i);
			read_status(letter, &data);
		} else if (leaf->message ||
		    strcmp(leaf->type, "text/rfc822-headers") == 0 ||
		    tk_starts(leaf->type, "message/global")) {
			tk_mime_data(&data, m, i);
			read_inner(letter, data.data, data.len, &to);
		} else if (leaf->role == TK_LEAF_FILE &&
		    strcmp(leaf->type, "text/plain") == 0) {
			tk_body_leaf(&data, m, i, NULL, NULL);
			read_text(letter, data.data, &to);
		}
	}
	if ((value = tk_headers_get(h, "X-Failed-Recipients")) != NULL &&
	    *letter->bounced_rcpt == '\0')
		set_rcpt(letter, value);
	read_text(letter, text, &to);
	if (*letter->bounced_rcpt == '\0' && to != NULL)
		set_rcpt(letter, to);
	if (*letter->bounced_rcpt == '\0')
		take_stranger(letter, text);
	if (*letter->bounced_action == '\0')
		replace(&letter->bounced_action, guess_action(letter, m));
	free(to);
	tk_str_clear(&data);
}
