/* fuzz-tnef - any bytes as a winmail.dat, and as the RTF inside of one. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "mail/rtf.h"
#include "mail/tnef.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data;
	struct tk_str rtf = TK_STR_INIT, text = TK_STR_INIT;
	struct tk_tnef t;
	bool html;
	size_t i, total = 0;

	if (tk_tnef_read(&t, s, size)) {
		assert(t.n <= TK_TNEF_FILES);
		for (i = 0; i < t.n; i++) {
			total += t.file[i].data.len;
			assert(tk_utf8_valid(
			    t.file[i].name, strlen(t.file[i].name)));
		}
		/* files are copied, never unpacked */
		assert(total <= size);
		assert(tk_utf8_valid(t.text.data, t.text.len));
		tk_tnef_clear(&t);
	}
	if (tk_rtf_unpack(&rtf, s, size))
		tk_rtf_text(&text, &html, rtf.data, rtf.len);
	tk_rtf_text(&text, &html, s, size);
	assert(tk_utf8_valid(text.data, text.len));
	tk_str_clear(&rtf);
	tk_str_clear(&text);
	return 0;
}
