/* mail-commands - "#take" and its like in the first lines of a letter. */
#include "intake/mail-commands.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define COMMANDS_MAX 20
#define WORD "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-"

static void
add(struct tk_mail_commands *c, const char *line, size_t len, size_t word)
{
	struct tk_str arg = TK_STR_INIT;
	struct tk_mail_command *one;
	char *p;

	TK_GROW(c->v, c->n, c->cap);
	one = &c->v[c->n++];
	one->name = tk_strndup(line + 1, word);
	for (p = one->name; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	tk_str_add_data(&arg, line + 1 + word, len - 1 - word);
	tk_str_trim(&arg);
	one->arg = tk_str_detach(&arg);
}

void
tk_mail_commands_parse(struct tk_mail_commands *out, const char *text)
{
	size_t len, word, blank;

	memset(out, 0, sizeof(*out));
	tk_str_init(&out->rest);
	while (*text != '\0' && out->n < COMMANDS_MAX) {
		len = strcspn(text, "\n");
		blank = strspn(text, " \t\r");
		if (blank < len) {
			word = text[0] == '#' ? strspn(text + 1, WORD) : 0;
			if (word == 0 ||
			    (word + 1 < len && text[1 + word] != ' ' &&
				text[1 + word] != '\t' &&
				text[1 + word] != '\r'))
				break;
			add(out, text, len, word);
		}
		text += len + (text[len] == '\n');
	}
	tk_str_add(&out->rest, text);
	tk_str_trim(&out->rest);
}

void
tk_mail_commands_clear(struct tk_mail_commands *c)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		free(c->v[i].name);
		free(c->v[i].arg);
	}
	free(c->v);
	tk_str_clear(&c->rest);
	memset(c, 0, sizeof(*c));
	tk_str_init(&c->rest);
}

const char *
tk_mail_commands_get(const struct tk_mail_commands *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (strcmp(c->v[i].name, name) == 0)
			return c->v[i].arg;
	return NULL;
}
