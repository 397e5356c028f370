/* fuzz-thread - what decides where a letter belongs and who sent it: header
 * fields, message ids, addresses, the subject of an answer. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "mail/compose.h"
#include "mail/header.h"
#include "mail/letter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_ids(const char *value)
{
	struct tk_strv ids = TK_STRV_INIT;
	size_t i;

	tk_ids_parse(&ids, value);
	for (i = 0; i < ids.n; i++) {
		assert(strpbrk(ids.v[i], " <>,;\n\t") == NULL);
		assert(strchr(ids.v[i], '@') != NULL);
	}
	tk_strv_clear(&ids);
}

static void
check_addresses(const char *value)
{
	struct tk_addresses a = { NULL, 0, 0 };
	size_t i;

	tk_addresses_parse(&a, value);
	for (i = 0; i < a.n; i++) {
		assert(tk_utf8_valid(a.v[i].name, strlen(a.v[i].name)));
		assert(strpbrk(a.v[i].name, "\r\n") == NULL);
		if (!tk_address_valid(a.v[i].addr))
			continue;
		assert(strpbrk(a.v[i].addr, "\t\r\n\033") == NULL);
		/* "a <b"@c is an address, too */
		assert(
		    *a.v[i].addr == '"' || strpbrk(a.v[i].addr, " <>") == NULL);
	}
	tk_addresses_clear(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tk_headers h = TK_HEADERS_INIT;
	struct tk_str subject = TK_STR_INIT, clean = TK_STR_INIT;
	char *all = tk_strndup((const char *)data, size);
	size_t i, body = tk_headers_parse(&h, (const char *)data, size);

	assert(body <= size);
	for (i = 0; i < h.n && i < 20; i++) {
		assert(strpbrk(h.v[i].value, "\n") == NULL);
		check_ids(h.v[i].value);
		check_addresses(h.v[i].value);
		tk_str_reset(&subject);
		tk_str_reset(&clean);
		tk_utf8_repair(&clean, h.v[i].value, strlen(h.v[i].value));
		tk_compose_subject(&subject, clean.data, "TK-1");
		assert(tk_starts(subject.data, "Re: [TK-1]"));
		assert(tk_utf8_valid(subject.data, subject.len));
	}
	check_ids(all);
	check_addresses(all);
	free(all);
	tk_headers_clear(&h);
	tk_str_clear(&subject);
	tk_str_clear(&clean);
	return 0;
}
