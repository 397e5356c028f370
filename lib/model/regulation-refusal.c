/* regulation-refusal - who parts with a client, how late an act may come. */
#include "model/regulation-parts.h"

#include "base/date.h"
#include "base/i18n.h"

enum tk_status
tk_regulation_add_refusal(struct tk_regulation *r, const char *path,
    const struct tk_yaml *y, struct tk_err *err)
{
	const struct tk_yaml *refuse = tk_yaml_get(y, "refuse_client");
	const char *text = tk_yaml_str(y, "offline_window");

	tk_yaml_strv(refuse, "by", &r->refuse.by);
	tk_yaml_strv(refuse, "require", &r->refuse.require);
	r->refuse.line = refuse != NULL ? refuse->line : 1;
	if (text != NULL &&
	    (!tk_span_parse(&r->offline_window, text) || r->offline_window < 0))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"offline_window\" must be like 7d"), path,
		    tk_yaml_line(y, "offline_window"));
	return TK_OK;
}
