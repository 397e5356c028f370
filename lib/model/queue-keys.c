/* queue-keys - whether letters of a queue are signed and opened. */
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "model/regulation.h"

enum tk_status
tk_queue_keys_read(struct tk_queue *q, const struct tk_yaml *y,
    const char *path, struct tk_err *err)
{
	q->sign = tk_strdup(tk_yaml_str(y, "sign"));
	q->sign_key = tk_strdup(tk_yaml_str(y, "sign_key"));
	q->decrypt = tk_yaml_bool(y, "decrypt", false);
	if (q->sign != NULL && strcmp(q->sign, "pgp") != 0 &&
	    strcmp(q->sign, "smime") != 0)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"sign\" is pgp or smime"), path, y->line);
	return TK_OK;
}
