/* address - mailboxes as people and programs write them. */
#include "mail/address.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "mail/words.h"

#define ADDRESSES_MAX 2000 /* in one field */
#define ADDRESS_MAX 254    /* bytes; RFC 5321 section 4.5.3.1.3 */

/* One mailbox while it is read. */
struct box {
	struct tk_str phrase;  /* quotes resolved, encoded words not */
	struct tk_str comment; /* of the last ( ) */
	struct tk_str route;   /* what was in < > */
	bool angle;
};

static void
box_reset(struct box *b)
{
	tk_str_reset(&b->phrase);
	tk_str_reset(&b->comment);
	tk_str_reset(&b->route);
	b->angle = false;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Cuts what cannot be in an address at both ends; "mailto:" and a source
 * route "@a,@b:" too. The domain in lower case. */
static char *
clean(const char *raw, const char *hint)
{
	struct tk_str s = TK_STR_INIT, whole = TK_STR_INIT;
	const char *colon;
	char *at, *p;
	int depth = 0; /* of comments */

	tk_words_decode(&whole, raw, strlen(raw), hint);
	tk_str_trim(&whole);
	p = whole.data;
	if (*p == '@' && (colon = strchr(p, ':')) != NULL)
		p = whole.data + (colon - whole.data) + 1;
	if (strncasecmp(p, "mailto:", 7) == 0)
		p += 7;
	p += strspn(p, "<'([ ");
	for (; *p != '\0'; p++) {
		if (whole.data[0] != '"' && *p == '(')
			depth++;
		else if (depth > 0 && *p == ')')
			depth--;
		else if (depth == 0 && (!is_blank(*p) || whole.data[0] == '"'))
			tk_str_add_char(&s, *p);
	}
	while (s.len > 0 && strchr(">')].,;: ", s.data[s.len - 1]) != NULL &&
	    !(s.data[s.len - 1] == ']' && strchr(s.data, '[') != NULL))
		tk_str_cut(&s, s.len - 1);
	tk_str_clear(&whole);
	at = strrchr(s.data, '@');
	if (at == NULL || at == s.data || at[1] == '\0') {
		tk_str_clear(&s);
		return NULL;
	}
	for (p = at + 1; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return tk_str_detach(&s);
}

static void
add(struct tk_addresses *out, const char *name, char *addr, const char *hint)
{
	struct tk_str text = TK_STR_INIT;

	tk_words_decode(&text, name, strlen(name), hint);
	tk_str_trim(&text);
	TK_GROW(out->v, out->n, out->cap);
	out->v[out->n].name = tk_str_detach(&text);
	out->v[out->n++].addr = addr;
}

/* "Name user@host" without < >: the address is the word that has the @. */
static bool
add_bare(struct tk_addresses *out, struct box *b, const char *hint)
{
	char *at = strrchr(b->phrase.data, '@'), *from, *to, *addr;

	if (at == NULL)
		return false;
	for (from = at; from > b->phrase.data && !is_blank(from[-1]);)
		from--;
	if (at > b->phrase.data && at[-1] == '"')
		from = strchr(b->phrase.data, '"'); /* "john doe"@host */
	to = at + strcspn(at, " \t\r\n");
	if (*to != '\0')
		*to++ = '\0';
	addr = clean(from, hint);
	*from = '\0';
	if (addr == NULL)
		return false;
	add(out, b->comment.len > 0 ? b->comment.data : b->phrase.data, addr,
	    hint);
	return true;
}

/* The address itself was put into an encoded word. */
static bool
add_encoded(struct tk_addresses *out, struct box *b, const char *hint)
{
	struct tk_str text = TK_STR_INIT;
	size_t had = out->n;

	tk_words_decode(&text, b->phrase.data, b->phrase.len, hint);
	if (strstr(text.data, "=?") == NULL)
		tk_addresses_parse_raw(out, text.data, hint);
	tk_str_clear(&text);
	return out->n > had;
}

/* Takes the mailbox in; false where it is none, and then its phrase stays:
 * it may be the first half of "Doe, John <john@x>". */
static bool
finish(struct tk_addresses *out, struct box *b, const char *hint)
{
	char *addr = NULL;

	tk_str_trim(&b->phrase);
	if (out->n >= ADDRESSES_MAX)
		return true;
	if (b->angle && (addr = clean(b->route.data, hint)) != NULL) {
		add(out, b->phrase.len > 0 ? b->phrase.data : b->comment.data,
		    addr, hint);
		return true;
	}
	if (strstr(b->phrase.data, "=?") != NULL)
		return add_encoded(out, b, hint);
	return add_bare(out, b, hint) || b->angle;
}

static const char *
comment(struct tk_str *out, const char *p)
{
	int depth = 0;

	tk_str_reset(out);
	do {
		if (*p == '\\' && p[1] != '\0')
			tk_str_add_char(out, *++p);
		else if (*p == '(' && depth++ == 0)
			continue;
		else if (*p == ')' && --depth == 0)
			return p + 1;
		else
			tk_str_add_char(out, *p);
	} while (*++p != '\0');
	return p;
}

static const char *
quoted(struct tk_str *out, const char *p)
{
	bool address = false;
	const char *q;

	/* "john doe"@host keeps its quotes */
	for (q = p + 1; *q != '\0' && *q != '"'; q++)
		if (*q == '\\' && q[1] != '\0')
			q++;
	address = *q == '"' && q[1] == '@';
	if (address)
		tk_str_add_char(out, '"');
	for (p++; *p != '\0' && *p != '"'; p++) {
		if (*p == '\\' && p[1] != '\0')
			p++;
		tk_str_add_char(out, *p);
	}
	if (address)
		tk_str_add_char(out, '"');
	return *p == '"' ? p + 1 : p;
}

void
tk_addresses_parse_raw(
    struct tk_addresses *out, const char *raw, const char *hint)
{
	struct box b = { TK_STR_INIT, TK_STR_INIT, TK_STR_INIT, false };
	const char *p = raw, *end;
	const char *stop = raw + strlen(raw);
	size_t word;

	while (*p != '\0') {
		if (*p == '=' &&
		    (word = tk_words_match(p, (size_t)(stop - p))) > 0) {
			tk_str_add_data(&b.phrase, p, word);
			p += word;
		} else if (*p == '"') {
			p = quoted(&b.phrase, p);
		} else if (*p == '(') {
			p = comment(&b.comment, p);
		} else if (*p == '<' && !b.angle) {
			end = p + 1 + strcspn(p + 1, ">");
			tk_str_add_data(&b.route, p + 1, (size_t)(end - p - 1));
			b.angle = true;
			p = *end == '>' ? end + 1 : end;
		} else if (*p == ',' || *p == ';') {
			if (finish(out, &b, hint) || b.phrase.len > ADDRESS_MAX)
				box_reset(&b);
			else if (b.phrase.len > 0)
				tk_str_add(&b.phrase, *p == ',' ? "," : " ");
			p++;
		} else if (*p == ':' && !b.angle &&
		    strchr(b.phrase.data, '@') == NULL) {
			box_reset(&b); /* the name of a group */
			p++;
		} else {
			tk_str_add_char(&b.phrase, *p++);
		}
	}
	(void)finish(out, &b, hint);
	tk_str_clear(&b.phrase);
	tk_str_clear(&b.comment);
	tk_str_clear(&b.route);
}

void
tk_addresses_parse(struct tk_addresses *out, const char *text)
{
	tk_addresses_parse_raw(out, text, NULL);
}

void
tk_addresses_clear(struct tk_addresses *a)
{
	size_t i;

	for (i = 0; i < a->n; i++) {
		free(a->v[i].name);
		free(a->v[i].addr);
	}
	free(a->v);
	a->v = NULL;
	a->n = a->cap = 0;
}

/* What may stand in a dot-atom: RFC 5322 atext, and UTF-8 (RFC 6531). */
static bool
is_atext(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 ||
	    (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static bool
domain_valid(const char *s)
{
	size_t label = 0;

	if (*s == '[') /* [192.0.2.1] */
		return strspn(s + 1, "0123456789abcdefABCDEFIPv.:") ==
		    strlen(s) - 2 &&
		    tk_ends(s, "]");
	for (; *s != '\0'; s++) {
		if (*s == '.') {
			if (label == 0)
				return false;
			label = 0;
		} else if (isalnum((unsigned char)*s) || *s == '-' ||
		    *s == '_' || (unsigned char)*s >= 0x80) {
			if (++label > 63)
				return false;
		} else {
			return false;
		}
	}
	return label > 0;
}

/* A local part that begins with a dash would be an option of sendmail. */
bool
tk_address_valid(const char *addr)
{
	const char *at = strrchr(addr, '@'), *p;
	size_t len = strlen(addr);

	if (at == NULL || at == addr || len > ADDRESS_MAX || *addr == '-' ||
	    !tk_utf8_valid(addr, len))
		return false;
	if (*addr == '"') {
		for (p = addr + 1; p < at - 1; p++) {
			if ((unsigned char)*p < ' ' || *p == 127 || *p == '"')
				return false;
			if (*p == '\\' && ++p >= at - 1)
				return false;
		}
		return p == at - 1 && *p == '"' && p > addr &&
		    domain_valid(at + 1);
	}
	for (p = addr; p < at; p++)
		if (!is_atext(*p) &&
		    !(*p == '.' && p > addr && p[-1] != '.' && p[1] != '@'))
			return false;
	return domain_valid(at + 1);
}
