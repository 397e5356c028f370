/* test-people - model/people.h: whose an address is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/people.h"

#include "tap.h"

#define N 200 /* clients */

static struct tk_err err;

static void
add(struct tk_clients *cs, const char *id, const char *text)
{
	if (tk_clients_add(cs, id, text, strlen(text), id, &err) != TK_OK)
		printf("Bail out! %s\n", err.text);
}

/* Each shares an address and a domain with the next but one. */
static void
add_many(struct tk_clients *cs)
{
	char *id, *text;
	int i;

	for (i = 0; i < N; i++) {
		id = tk_strf("c%d", i);
		text = tk_strf("name: C\ndomains: [D%d.example, shared%d.example]\n"
			       "contacts:\n- {name: A, mail: [a%d@D%d.example,"
			       " b%d@other.example]}\n",
		    i, i / 2, i * 7 % N, i, i / 2);
		add(cs, id, text);
		free(id);
		free(text);
	}
}

static const char *
whose(const struct tk_clients *cs, const char *mail)
{
	const struct tk_client *c = tk_clients_by_mail(cs, mail);

	return c != NULL ? c->id : "nobody";
}

/* Asks both in many ways; how often they answered the same, and somebody. */
static int
compare(const struct tk_clients *a, const struct tk_clients *b, int *known)
{
	static const char *const forms[][2] = { { "x@d", ".example" },
		{ "B", "@Other.example" }, { "x@shared", ".example" },
		{ "y@D", ".EXAMPLE" }, { "b", "@other.exampl" }, { "", "" },
		{ "@shared", ".example" } };
	char mail[80];
	size_t k;
	int i, same = 0;

	*known = 0;
	for (k = 0; k < TK_COUNT(forms); k++)
		for (i = 0; i < N; i++) {
			snprintf(mail, sizeof(mail), "%s%d%s", forms[k][0], i,
			    forms[k][1]);
			same += strcmp(whose(a, mail), whose(b, mail)) == 0;
			*known += strcmp(whose(a, mail), "nobody") != 0;
		}
	return same;
}

int
main(void)
{
	struct tk_clients one = { 0 }, sorted = { 0 };
	int known;

	add_many(&one);
	add_many(&sorted);
	tk_clients_sort(&sorted);
	ok(compare(&one, &sorted, &known) == 7 * N,
	    "sorted or not, an address is the same client's");
	ok(known > 3 * N && known < 6 * N, "some are nobody's");
	ok(strcmp(whose(&sorted, "b3@other.example"), "c6") == 0,
	    "of two that have an address it is the first one's");
	add(&sorted, "late", "name: L\ndomains: [late.example]\n");
	ok(strcmp(whose(&sorted, "x@late.example"), "late") == 0,
	    "one that was added later is found, too");
	tk_clients_clear(&one);
	tk_clients_clear(&sorted);
	done_testing();
	return tap_done();
}
