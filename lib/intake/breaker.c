/* breaker - a limit is told of once. */
#include "intake/breaker.h"

#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/file.h"

bool
tk_breaker_is_first(struct tk_desk *desk, const char *queue)
{
	const struct tk_limits *l = &desk->reg->mail.ack_queue;
	struct tk_err ignored = TK_ERR_INIT;
	struct tk_str text = TK_STR_INIT;
	char *name, *path;
	bool first;

	if (l->n == 0 || !tk_name_valid(queue))
		return false;
	name = tk_strf("breaker-%s", queue);
	path = tk_store_path(desk->store, name);
	first = tk_file_read(&text, path, 100, &ignored) != TK_OK ||
	    strtoll(text.data, NULL, 10) <= tk_now() - l->v[0].span;
	tk_str_reset(&text);
	tk_str_addf(&text, "%lld\n", (long long)tk_now());
	if (first &&
	    tk_file_write(path, text.data, text.len, 0600, &ignored) != TK_OK)
		ignored.text[0] = '\0';
	tk_str_clear(&text);
	free(path);
	free(name);
	return first;
}
