/* people-find - which client is it? */
#include "model/people-find.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define PHONE_MIN 5  /* digits, below it is no number */
#define PHONE_SAME 9 /* last digits that are alike: +380, 8 and 0 differ */

static void
digits_of(struct tk_str *out, const char *text)
{
	tk_str_reset(out);
	for (; *text != '\0'; text++)
		if (isdigit((unsigned char)*text))
			tk_str_add_char(out, *text);
}

static bool
is_phone(const char *text)
{
	struct tk_str digits = TK_STR_INIT;
	bool is;

	digits_of(&digits, text);
	is = digits.len >= PHONE_MIN &&
	    strspn(text, "0123456789+-() ./") == strlen(text);
	tk_str_clear(&digits);
	return is;
}

static bool
same_phone(const char *a, const char *b)
{
	struct tk_str x = TK_STR_INIT, y = TK_STR_INIT;
	bool same;

	digits_of(&x, a);
	digits_of(&y, b);
	same = strstr(x.data, y.data) != NULL ||
	    (x.len >= PHONE_SAME && y.len >= PHONE_SAME &&
		strcmp(x.data + x.len - PHONE_SAME,
		    y.data + y.len - PHONE_SAME) == 0);
	tk_str_clear(&x);
	tk_str_clear(&y);
	return same;
}

static bool
holds(const char *text, const char *low)
{
	struct tk_str s = TK_STR_INIT;
	bool is;

	tk_utf8_lower(&s, text);
	is = strstr(s.data, low) != NULL;
	tk_str_clear(&s);
	return is;
}

static bool
any_holds(const struct tk_strv *l, const char *low)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (holds(l->v[i], low))
			return true;
	return false;
}

static void
add(struct tk_client_hits *out, const struct tk_client *client,
    const struct tk_contact *contact)
{
	out->v = tk_more(out->v, out->n, &out->cap, sizeof(*out->v));
	out->v[out->n].client = client;
	out->v[out->n++].contact = contact;
}

static bool
is_contact(const struct tk_contact *c, const char *low, const char *phone)
{
	size_t i;

	for (i = 0; phone != NULL && i < c->phone.n; i++)
		if (same_phone(c->phone.v[i], phone))
			return true;
	return phone == NULL &&
	    (holds(c->name, low) || any_holds(&c->mail, low));
}

void
tk_clients_search(struct tk_client_hits *out, const struct tk_clients *clients,
    const char *text)
{
	const char *phone = is_phone(text) ? text : NULL;
	const struct tk_client *c;
	struct tk_str low = TK_STR_INIT;
	size_t i, k, before;

	memset(out, 0, sizeof(*out));
	tk_utf8_lower(&low, text);
	tk_str_trim(&low);
	for (i = 0; low.len > 0 && i < clients->n; i++) {
		c = &clients->v[i];
		before = out->n;
		for (k = 0; k < c->n_contacts; k++)
			if (is_contact(&c->contact[k], low.data, phone))
				add(out, c, &c->contact[k]);
		if (out->n == before && phone == NULL &&
		    (holds(c->id, low.data) || holds(c->name, low.data) ||
			any_holds(&c->domains, low.data)))
			add(out, c, NULL);
	}
	/* Somebody new of a client that we know by its domain. */
	if (out->n == 0 && strchr(low.data, '@') != NULL &&
	    (c = tk_clients_by_mail(clients, low.data)) != NULL)
		add(out, c, NULL);
	tk_str_clear(&low);
}
