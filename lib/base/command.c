/* command - the commands that are in one program. */
#include "base/command.h"

#include <string.h>

#include "base/str.h"

const struct tk_command *
tk_command_find(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	const struct tk_command *c;

	if (!tk_starts(name, "tk-"))
		return NULL;
	for (c = tk_commands; c->name != NULL; c++)
		if (strcmp(c->name, name + strlen("tk-")) == 0)
			return c;
	return NULL;
}
