/* send-held - a desk that came from a backup sends nothing by itself. */
#include <stdlib.h>

#include "base/i18n.h"
#include "send/send.h"

char *
tk_send_is_held(const struct tk_desk *desk)
{
	return tk_store_config(desk->store, TK_SEND_HELD);
}

enum tk_status
tk_send_release(struct tk_desk *desk, struct tk_err *err)
{
	return tk_store_set_config(desk->store, TK_SEND_HELD, NULL, err);
}

enum tk_status
tk_send_may(
    const struct tk_desk *desk, const struct tk_send *how, struct tk_err *err)
{
	char *since = tk_send_is_held(desk);
	enum tk_status st = TK_OK;

	if (since != NULL && !how->as_sent)
		st = tk_fail(err, TK_EREFUSED,
		    _("nothing is sent: this desk was restored from a backup "
		      "of %s, and what waits may have gone out since; see tk "
		      "send --status, then tk send --as-sent, tk send "
		      "--release"),
		    since);
	if (since == NULL && how->as_sent)
		st = tk_fail(err, TK_EREFUSED,
		    _("--as-sent is for a desk that was restored from a "
		      "backup, until tk send --release"));
	free(since);
	return st;
}
