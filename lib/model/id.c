/* id - ticket ids, and where in the tree a thing lies. */
#include "model/id.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool
is_site_char(char c)
{
	return islower((unsigned char)c) || isdigit((unsigned char)c) ||
	    c == '-';
}

/* NUMBER or NUMBER.SITE up to the end of the text. */
static bool
parse_tail(struct tk_id *id, const char *p)
{
	size_t n = 0;

	if (*p < '1' || *p > '9')
		return false;
	for (id->number = 0; isdigit((unsigned char)*p); p++) {
		if (++n > 15)
			return false;
		id->number = id->number * 10 + (uint64_t)(*p - '0');
	}
	id->site[0] = '\0';
	if (*p == '\0')
		return true;
	if (*p++ != '.')
		return false;
	for (n = 0; is_site_char(p[n]); n++)
		;
	if (n == 0 || n >= sizeof(id->site) || p[n] != '\0' || p[0] == '-')
		return false;
	memcpy(id->site, p, n + 1);
	return true;
}

bool
tk_id_parse(struct tk_id *id, const char *text)
{
	size_t n = 0;

	while (isupper((unsigned char)text[n]) ||
	    (n > 0 && isdigit((unsigned char)text[n])))
		n++;
	if (n == 0 || n >= sizeof(id->prefix) || text[n] != '-')
		return false;
	memcpy(id->prefix, text, n);
	id->prefix[n] = '\0';
	return parse_tail(id, text + n + 1);
}

void
tk_id_text(struct tk_str *out, const struct tk_id *id)
{
	tk_str_addf(out, "%s-%llu", id->prefix, (unsigned long long)id->number);
	if (id->site[0] != '\0')
		tk_str_addf(out, ".%s", id->site);
}

bool
tk_id_parse_loose(struct tk_id *id, const char *text, const char *prefix)
{
	size_t n = strlen(prefix), i;

	if (n >= sizeof(id->prefix))
		return false;
	if (*text == '#')
		text++;
	for (i = 0; i < n; i++)
		if (toupper((unsigned char)text[i]) != prefix[i])
			break;
	if (i == n && text[n] == '-')
		text += n + 1;
	memcpy(id->prefix, prefix, n + 1);
	return parse_tail(id, text);
}

void
tk_id_path(struct tk_str *out, const char *text)
{
	struct tk_id id = { "", 0, "" };

	tk_id_parse(&id, text);
	tk_str_addf(out, "tickets/%02llu/%02llu/%s",
	    (unsigned long long)(id.number / 10000),
	    (unsigned long long)(id.number / 100 % 100), text);
}

bool
tk_name_valid(const char *name)
{
	size_t n;

	if (!islower((unsigned char)name[0]) &&
	    !isdigit((unsigned char)name[0]))
		return false;
	for (n = 0; name[n] != '\0'; n++)
		if (!islower((unsigned char)name[n]) &&
		    !isdigit((unsigned char)name[n]) &&
		    strchr("._-", name[n]) == NULL)
			return false;
	return n <= 64 && strstr(name, "..") == NULL && name[n - 1] != '.' &&
	    !tk_ends(name, ".lock");
}

bool
tk_message_name_valid(const char *name)
{
	static const char form[] = "ddddddddTddddddZ-xxxxxxxx";
	size_t i;

	for (i = 0; i < sizeof(form) - 1; i++) {
		char c = name[i];

		if (form[i] == 'd' ? !isdigit((unsigned char)c)
			: form[i] == 'x'
			? c == '\0' || strchr("0123456789abcdef", c) == NULL
			: c != form[i])
			return false;
	}
	return name[i] == '\0';
}

static void
parse_ticket(struct tk_path *out, const char *path)
{
	struct tk_str want = TK_STR_INIT;
	const char *slash = strrchr(path, '/'), *start;
	struct tk_id id;
	size_t n;

	for (start = slash; start > path && start[-1] != '/'; start--)
		;
	n = (size_t)(slash - start);
	if (n == 0 || n >= sizeof(out->ticket))
		return;
	memcpy(out->ticket, start, n);
	out->ticket[n] = '\0';
	if (tk_id_parse(&id, out->ticket))
		tk_id_path(&want, out->ticket);
	n = (size_t)(slash - path);
	if (want.len != n || memcmp(want.data, path, n) != 0) {
		out->ticket[0] = '\0';
		tk_str_clear(&want);
		return;
	}
	tk_str_clear(&want);
	if (strcmp(slash, "/ticket.yaml") == 0) {
		out->kind = TK_PATH_TICKET;
		return;
	}
	snprintf(out->name, sizeof(out->name), "%s", slash + 1);
	n = strlen(out->name);
	if (tk_ends(out->name, ".yaml")) {
		out->name[n - 5] = '\0';
		out->kind = TK_PATH_MESSAGE;
	} else if (tk_ends(out->name, ".eml")) {
		out->name[n - 4] = '\0';
		out->kind = TK_PATH_LETTER;
	}
	if (!tk_message_name_valid(out->name)) {
		out->kind = TK_PATH_OTHER;
		out->name[0] = '\0';
	}
}

static void
parse_record(struct tk_path *out, const char *rest, enum tk_path_kind kind)
{
	size_t n = strlen(rest);

	if (n <= 5 || n >= sizeof(out->name) || !tk_ends(rest, ".yaml"))
		return;
	memcpy(out->name, rest, n - 5);
	out->name[n - 5] = '\0';
	if (tk_name_valid(out->name))
		out->kind = kind;
	else
		out->name[0] = '\0';
}

void
tk_path_parse(struct tk_path *out, const char *path)
{
	memset(out, 0, sizeof(*out));
	out->kind = TK_PATH_OTHER;
	if (tk_starts(path, "tickets/"))
		parse_ticket(out, path);
	else if (tk_starts(path, "staff/"))
		parse_record(out, path + 6, TK_PATH_STAFF);
	else if (tk_starts(path, "clients/"))
		parse_record(out, path + 8, TK_PATH_CLIENT);
	else if (tk_starts(path, "regulation/"))
		out->kind = TK_PATH_REGULATION;
}
