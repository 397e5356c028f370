/* notice-wake - after an act: does anybody want to be told? A program of its
 * own writes the letters, so that acts need not load what composes them. */
#include <stdlib.h>

#include "base/file.h"
#include "base/main.h"
#include "base/proc.h"
#include "notice/notice-parts.h"

bool
tk_notice_wanted(const struct tk_desk *desk)
{
	struct tk_notify n;
	bool any = false;
	size_t i;

	for (i = 0; !any && i < desk->staff.n; i++) {
		tk_notify_read(&n, &desk->staff.v[i]);
		any = desk->staff.v[i].active && n.what.n > 0 &&
		    n.when != TK_NOTIFY_NEVER;
		tk_notify_clear(&n);
	}
	return any || tk_notice_has_hooks(desk);
}

void
tk_notice_wake(struct tk_desk *desk)
{
	struct tk_err err = TK_ERR_INIT;
	char *program;
	int code = 0;

	if (!desk->is_gate || getenv(TK_NOTICE_ENV) != NULL ||
	    tk_desk_load(desk, &err) != TK_OK || !tk_notice_wanted(desk))
		return;
	program = tk_strf("%s/tk-send", tk_bindir());
	const char *argv[] = { program, "--notices", "-q", NULL };

	/* Not by -C: that is refused to those who come over ssh. */
	setenv("TK_DESK", tk_store_gitdir(desk->store), 1);
	if (tk_proc_run(&code,
		&(struct tk_proc){ .argv = argv, .in = "", .in_len = 0 },
		&err) != TK_OK)
		tk_warn("%s", err.text);
	free(program);
}
