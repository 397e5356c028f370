/* fuzz-quote - folding loses nothing and never leaves an empty text. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "mail/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* How often each visible byte is there. */
static void
count(size_t seen[256], const struct tk_str *s)
{
	size_t i;

	for (i = 0; i < s->len; i++)
		if ((unsigned char)s->data[i] > ' ')
			seen[(unsigned char)s->data[i]]++;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tk_str text = TK_STR_INIT, quoted = TK_STR_INIT;
	size_t before[256] = { 0 }, after[256] = { 0 };
	bool flowed = size > 0 && (data[0] & 1);

	tk_utf8_repair(&text, (const char *)data, size);
	tk_text_clean(&text);
	if (flowed)
		tk_text_unflow(&text, (data[0] & 2) != 0);
	count(before, &text);
	tk_text_fold(&text, &quoted, false);
	count(after, &text);
	assert(text.len > 0 || quoted.len == 0);
	count(after, &quoted);
	assert(memcmp(before, after, sizeof(before)) == 0);
	assert(tk_utf8_valid(text.data, text.len));
	assert(tk_utf8_valid(quoted.data, quoted.len));
	tk_str_clear(&text);
	tk_str_clear(&quoted);
	return 0;
}
