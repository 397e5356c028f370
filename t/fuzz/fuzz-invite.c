/* fuzz-invite - any bytes as a calendar. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/invite.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tk_str in = TK_STR_INIT, out = TK_STR_INIT;

	tk_utf8_repair(&in, (const char *)data, size);
	if (!tk_invite_text(&out, in.data, in.len, true))
		assert(out.len == 0);
	tk_str_clear(&in);
	tk_str_clear(&out);
	return 0;
}
