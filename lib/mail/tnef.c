/* tnef - what is inside of a winmail.dat. */
#include "mail/tnef.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "mail/charset.h"
#include "mail/rtf.h"

#define SIGNATURE 0x223E9F78u
#define PROPS_MAX 10000 /* of one list */

/* A piece of the input; taking past its end spoils it. */
struct bytes {
	const char *p;
	size_t left;
	bool bad;
};

/* What was found before it is known which body is the best. */
struct reader {
	struct tk_tnef *t;
	char charset[32];
	struct tk_str plain, html, rtf;
};

static const char *
take(struct bytes *b, size_t n)
{
	const char *p = b->p;

	if (b->bad || n > b->left) {
		b->bad = true;
		return NULL;
	}
	b->p += n;
	b->left -= n;
	return p;
}

static uint32_t
number(struct bytes *b, size_t n)
{
	const unsigned char *p = (const unsigned char *)take(b, n);
	uint32_t value = 0;

	for (; p != NULL && n > 0; n--)
		value = value << 8 | p[n - 1];
	return value;
}

/* Values fill up to four bytes. */
static void
pad(struct bytes *b, size_t n)
{
	(void)take(b, (4 - n % 4) % 4);
}

static struct tk_tnef_file *
last_file(struct reader *r)
{
	return r->t->n > 0 ? &r->t->file[r->t->n - 1] : NULL;
}

static void
begin_file(struct reader *r)
{
	struct tk_tnef_file *f;

	if (r->t->n >= TK_TNEF_FILES)
		return;
	TK_GROW(r->t->file, r->t->n, r->t->cap);
	f = &r->t->file[r->t->n++];
	f->name = tk_strdup("");
	f->type = tk_strdup("");
	f->cid = tk_strdup("");
	tk_str_init(&f->data);
}

/* The text of a value: type 0x1F is UTF-16LE, 0x1E in the code page. */
static char *
text_of(const struct reader *r, const char *p, size_t n, uint32_t type)
{
	struct tk_str s = TK_STR_INIT;

	tk_charset_decode(
	    &s, p, n, type == 0x1F ? "utf-16le" : r->charset, NULL, NULL);
	/* they end with a NUL */
	tk_str_cut(&s, strlen(s.data));
	return tk_str_detach(&s);
}

static void
set(char **to, char *value)
{
	free(*to);
	*to = value;
}

static void
file_value(
    struct reader *r, uint32_t id, uint32_t type, const char *p, size_t n)
{
	struct tk_tnef_file *f = last_file(r);
	bool text = type == 0x1E || type == 0x1F;

	if (f == NULL)
		return;
	if (text && id == 0x3707) /* PR_ATTACH_LONG_FILENAME */
		set(&f->name, text_of(r, p, n, type));
	else if (text && (id == 0x3704 || id == 0x3001) && *f->name == '\0')
		set(&f->name, text_of(r, p, n, type));
	else if (text && id == 0x370E) /* PR_ATTACH_MIME_TAG */
		set(&f->type, text_of(r, p, n, type));
	else if (text && id == 0x3712) /* PR_ATTACH_CONTENT_ID */
		set(&f->cid, text_of(r, p, n, type));
	else if (type == 0x0D && id == 0x3701 && n > 16 && f->data.len == 0)
		/* a letter inside: its interface id is in front */
		tk_str_add_data(&f->data, p + 16, n - 16);
	else if (type == 0x102 && id == 0x3701 && f->data.len == 0)
		tk_str_add_data(&f->data, p, n);
}

static void
letter_value(
    struct reader *r, uint32_t id, uint32_t type, const char *p, size_t n)
{
	char *text = NULL;

	if (id == 0x1000 && (type == 0x1E || type == 0x1F)) { /* PR_BODY */
		text = text_of(r, p, n, type);
		tk_str_set(&r->plain, text);
	} else if (id == 0x1013) { /* PR_BODY_HTML, PR_HTML */
		text = text_of(r, p, n, type);
		tk_str_set(&r->html, text);
	} else if (id == 0x1009 && type == 0x102) { /* PR_RTF_COMPRESSED */
		tk_str_reset(&r->rtf);
		(void)tk_rtf_unpack(&r->rtf, p, n);
	}
	free(text);
}

/* Bytes of a value of that type, 0 where each has a length of its own. */
static size_t
size_of(uint32_t type)
{
	switch (type) {
	case 0x02:
	case 0x03:
	case 0x04:
	case 0x0A:
	case 0x0B:
		return 4;
	case 0x05:
	case 0x06:
	case 0x07:
	case 0x14:
	case 0x40:
		return 8;
	case 0x48:
		return 16;
	default:
		return 0;
	}
}

static void
pass_name(struct bytes *b)
{
	uint32_t n;

	(void)take(b, 16);
	if (number(b, 4) == 0) {
		(void)take(b, 4);
	} else {
		n = number(b, 4);
		(void)take(b, n);
		pad(b, n);
	}
}

static void
properties(struct reader *r, struct bytes *b, bool of_file)
{
	uint32_t count = number(b, 4), type, id, values, n;
	const char *p;

	if (count > PROPS_MAX)
		b->bad = true;
	for (; count > 0 && !b->bad; count--) {
		type = number(b, 2);
		id = number(b, 2);
		if (id >= 0x8000)
			pass_name(b);
		values = 1;
		if ((type & 0x1000) != 0 || size_of(type & 0xFFF) == 0)
			values = number(b, 4);
		if (values > PROPS_MAX)
			b->bad = true;
		for (; values > 0 && !b->bad; values--) {
			if ((n = (uint32_t)size_of(type & 0xFFF)) > 0) {
				(void)take(b, n);
				continue;
			}
			n = number(b, 4);
			if ((p = take(b, n)) == NULL)
				break;
			pad(b, n);
			if (of_file)
				file_value(r, id, type, p, n);
			else
				letter_value(r, id, type, p, n);
		}
	}
}

static void
attribute(struct reader *r, uint32_t id, const char *p, size_t n)
{
	struct bytes b = { p, n, false };
	struct tk_tnef_file *f = last_file(r);
	char *text;

	switch (id & 0xFFFF) {
	case 0x9007: /* attOemCodepage */
		snprintf(r->charset, sizeof(r->charset), "windows-%u",
		    (unsigned)number(&b, 4));
		break;
	case 0x9003: /* attMsgProps */
		properties(r, &b, false);
		break;
	case 0x800C: /* attBody */
		if (r->plain.len == 0) {
			text = text_of(r, p, n, 0x1E);
			tk_str_set(&r->plain, text);
			free(text);
		}
		break;
	case 0x9002: /* attAttachRenddata begins a file */
		begin_file(r);
		break;
	case 0x8010: /* attAttachTitle */
		if (f != NULL && *f->name == '\0')
			set(&f->name, text_of(r, p, n, 0x1E));
		break;
	case 0x800F: /* attAttachData */
		if (f != NULL) {
			tk_str_reset(&f->data);
			tk_str_add_data(&f->data, p, n);
		}
		break;
	case 0x9005: /* attAttachment */
		properties(r, &b, true);
		break;
	default:
		break;
	}
}

static void
choose_text(struct reader *r)
{
	struct tk_tnef *t = r->t;

	if (r->plain.data[strspn(r->plain.data, " \t\r\n")] != '\0') {
		tk_str_add_data(&t->text, r->plain.data, r->plain.len);
	} else if (r->html.len > 0) {
		tk_str_add_data(&t->text, r->html.data, r->html.len);
		t->html = true;
	} else if (r->rtf.len > 0) {
		tk_rtf_text(&t->text, &t->html, r->rtf.data, r->rtf.len);
	}
}

bool
tk_tnef_read(struct tk_tnef *t, const char *data, size_t len)
{
	struct reader r = { .t = t };
	struct bytes b = { data, len, false };
	uint32_t id, n, level;
	const char *p;

	memset(t, 0, sizeof(*t));
	tk_str_init(&t->text);
	tk_str_init(&r.plain);
	tk_str_init(&r.html);
	tk_str_init(&r.rtf);
	snprintf(r.charset, sizeof(r.charset), "windows-1252");
	if (number(&b, 4) != SIGNATURE)
		b.bad = true;
	(void)number(&b, 2);
	while (!b.bad && b.left > 0) {
		level = number(&b, 1);
		id = number(&b, 4);
		n = number(&b, 4);
		p = take(&b, n);
		(void)number(&b, 2);
		if (level != 1 && level != 2)
			b.bad = true;
		if (!b.bad)
			attribute(&r, id, p, n);
	}
	if (!b.bad)
		choose_text(&r);
	tk_str_clear(&r.plain);
	tk_str_clear(&r.html);
	tk_str_clear(&r.rtf);
	if (b.bad)
		tk_tnef_clear(t);
	return !b.bad;
}

void
tk_tnef_clear(struct tk_tnef *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		free(t->file[i].name);
		free(t->file[i].type);
		free(t->file[i].cid);
		tk_str_clear(&t->file[i].data);
	}
	free(t->file);
	tk_str_clear(&t->text);
	memset(t, 0, sizeof(*t));
	tk_str_init(&t->text);
}
