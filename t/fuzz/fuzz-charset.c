/*
 * fuzz-charset - any bytes in any declared charset, as text, as a header and
 * as a parameter. The first line is the name that is declared.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "mail/charset.h"
#include "mail/filename.h"
#include "mail/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(struct tk_str *s)
{
	assert(strlen(s->data) == s->len);
	assert(tk_utf8_valid(s->data, s->len));
	tk_str_reset(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data, *nl = memchr(s, '\n', size);
	size_t n = nl != NULL ? (size_t)(nl - s) : 0;
	char *declared = tk_strndup(s, n), *rest, used[TK_CHARSET_MAX];
	struct tk_str out = TK_STR_INIT, name = TK_STR_INIT;

	if (nl != NULL) {
		s = nl + 1;
		size -= n + 1;
	}
	rest = tk_strndup(s, size);
	tk_charset_decode(&out, s, size, declared, NULL, used);
	/* a NUL is no text, but the readers of parts take it out */
	assert(tk_utf8_valid(out.data, out.len));
	tk_str_reset(&out);
	tk_charset_decode(&out, rest, strlen(rest), NULL, used, NULL);
	check(&out);
	tk_words_decode(&out, rest, strlen(rest), used);
	check(&out);
	(void)tk_params_get(&out, rest, "name", used);
	tk_filename_safe(&name, out.data);
	assert(strpbrk(name.data, "/\\\n\033") == NULL);
	check(&name);
	check(&out);
	free(declared);
	free(rest);
	tk_str_clear(&out);
	tk_str_clear(&name);
	return 0;
}
