/* libical - libical, loaded when it is first needed. */
#include "base/libical.h"

#include "base/i18n.h"
#include "base/lazy.h"
#include "base/mem.h"

struct tk_libical tk_libical;

enum tk_status
tk_libical_load(struct tk_err *err)
{
#define WANT(f) TK_LAZY(tk_libical, f),
	static const struct tk_lazy want[] = { TK_LIBICAL(WANT) };
	static bool is_there;

	if (!is_there && !tk_lazy_load(TK_SO_ICAL, want, TK_COUNT(want)))
		return tk_fail(err, TK_ESYS,
		    _("%s is missing: tk is not installed whole"), TK_SO_ICAL);
	is_there = true;
	tk_libical.icalerror_set_errors_are_fatal(0);
	return TK_OK;
}
