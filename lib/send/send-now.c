/* send-now - letters go out right behind the act that wrote them. */
#include "base/i18n.h"
#include "base/main.h"
#include "send/send.h"

void
tk_send_now(struct tk_desk *desk, bool quiet)
{
	struct tk_err late = TK_ERR_INIT;
	struct tk_sent count;

	if (!desk->is_gate) {
		if (!quiet)
			tk_warn(_("it goes out when you have pushed"));
	} else if (tk_send_pending(desk, NULL, &count, &late) != TK_OK) {
		tk_warn("%s", late.text);
	} else if (count.failed > 0) {
		tk_warn(_("a letter could not be sent at all; tk names its "
			  "ticket"));
	} else if (count.waiting > 0) {
		tk_warn(_("the answer is stored, but has not left yet; see "
			  "tk send --status"));
	}
}
