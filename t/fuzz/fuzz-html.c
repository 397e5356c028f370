/* fuzz-html - any UTF-8 as HTML. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/utf8.h"
#include "mail/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tk_str in = TK_STR_INIT, out = TK_STR_INIT;
	char charset[40];

	tk_html_charset(charset, sizeof(charset), (const char *)data, size);
	/* it is given what tk_charset_decode() made */
	tk_utf8_repair(&in, (const char *)data, size);
	tk_html_text(&out, in.data, in.len);
	assert(tk_utf8_valid(out.data, out.len));
	tk_str_clear(&in);
	tk_str_clear(&out);
	return 0;
}
