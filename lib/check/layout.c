/* layout - what may lie where in a desk's tree. */
#include "check/layout.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"

#define PATH_MAX_BYTES 400

/* How names in a folder are spelled. */
enum spelling {
	SPELL_ID,  /* as tk_name_valid() says */
	SPELL_ANY, /* words in any language, for kb */
};

static const struct folder {
	const char *name;
	int depth;       /* folders below it at most */
	int exact;       /* folders below it at least */
	const char *end; /* of file names; NULL: any */
	enum spelling spelling;
	enum tk_area area;
} folders[] = {
	{ "regulation", 2, 0, ".yaml", SPELL_ID, TK_AREA_REGULATION },
	{ "staff", 0, 0, ".yaml", SPELL_ID, TK_AREA_STAFF },
	{ "clients", 0, 0, ".yaml", SPELL_ID, TK_AREA_CLIENTS },
	{ "acks", 0, 0, ".yaml", SPELL_ID, TK_AREA_ACKS },
	{ "assets", 1, 1, ".yaml", SPELL_ID, TK_AREA_OTHER },
	{ "kb", 6, 0, NULL, SPELL_ANY, TK_AREA_OTHER },
	{ "templates", 1, 1, ".txt", SPELL_ID, TK_AREA_OTHER },
	{ "views", 0, 0, ".yaml", SPELL_ID, TK_AREA_OTHER },
	{ "archives", 2, 0, ".yaml", SPELL_ID, TK_AREA_ARCHIVES },
	{ "reports", 0, 0, ".yaml", SPELL_ID, TK_AREA_OTHER },
};

/* .git by any name that some file system takes for it: letters of either
 * case, invisible characters in between, the short name of old systems. */
static bool
is_dot_git(const char *name)
{
	char plain[6];
	size_t n = 0;

	for (; *name != '\0'; name++)
		if ((unsigned char)*name < 0x80 && n < sizeof(plain) - 1)
			plain[n++] = (char)tolower((unsigned char)*name);
	plain[n] = '\0';
	return tk_starts(plain, ".git") || tk_starts(plain, "git~");
}

static const char *
check_component(const char *name, enum spelling spelling)
{
	if (is_dot_git(name))
		return _("a name that git keeps for itself");
	if (spelling == SPELL_ID && !tk_name_valid(name))
		return _("names here are of small letters, digits, \".\", "
			 "\"_\" and \"-\"");
	if (strcmp(name, "..") == 0 || name[0] == '.' || name[0] == '-' ||
	    name[0] == '\0' || strchr(name, '\\') != NULL ||
	    strchr(name, ':') != NULL)
		return _("a name that is not a plain word");
	return NULL;
}

/* The words between slashes, from what follows the folder's name. */
static const char *
check_below(const struct folder *f, const char *rest)
{
	const char *why = NULL, *slash;
	int depth = 0;
	char *one;

	while (why == NULL && (slash = strchr(rest, '/')) != NULL) {
		one = tk_strndup(rest, (size_t)(slash - rest));
		why = check_component(one, f->spelling);
		free(one);
		rest = slash + 1;
		depth++;
	}
	if (why == NULL)
		why = check_component(rest, f->spelling);
	if (why == NULL && (depth > f->depth || depth < f->exact))
		why = _("not at this depth of folders");
	if (why == NULL && f->end != NULL &&
	    (!tk_ends(rest, f->end) || strlen(rest) == strlen(f->end)))
		why = _("files here have another ending");
	return why;
}

/* The file's name without its folders and ending, where that is an id. */
static void
set_name(struct tk_place *out, const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	size_t n = strlen(name) - (tk_ends(name, ".yaml") ? 5 : 0);

	if (out->at.name[0] == '\0' && n < sizeof(out->at.name)) {
		memcpy(out->at.name, name, n);
		out->at.name[n] = '\0';
	}
}

static const char *
check_text(const char *path)
{
	struct tk_str safe = TK_STR_INIT;
	bool good = tk_utf8_valid(path, strlen(path));

	tk_utf8_safe(&safe, path, false);
	good = good && strcmp(safe.data, path) == 0 &&
	    strlen(path) <= PATH_MAX_BYTES;
	tk_str_clear(&safe);
	return good ? NULL : _("control characters, no UTF-8 or too long");
}

static const char *
check_ticket(struct tk_place *out, const char *path)
{
	tk_path_parse(&out->at, path);
	out->area = TK_AREA_TICKETS;
	out->yaml = out->at.kind != TK_PATH_LETTER;
	if (out->at.kind == TK_PATH_OTHER)
		return _("in a ticket's own folder there are ticket.yaml, "
			 "messages (.yaml) and letters (.eml), nothing else");
	return NULL;
}

const char *
tk_layout_find(struct tk_place *out, const char *path)
{
	const char *why = check_text(path);
	size_t i, n;

	memset(out, 0, sizeof(*out));
	if (why != NULL)
		return why;
	if (tk_starts(path, "tickets/"))
		return check_ticket(out, path);
	out->yaml = tk_ends(path, ".yaml");
	out->area = TK_AREA_REGULATION;
	if (strcmp(path, "desk.yaml") == 0 ||
	    strcmp(path, ".gitattributes") == 0)
		return NULL;
	if (strcmp(path, "blocked.yaml") == 0) {
		out->area = TK_AREA_OTHER;
		return NULL;
	}
	for (i = 0; i < TK_COUNT(folders); i++) {
		n = strlen(folders[i].name);
		if (strncmp(path, folders[i].name, n) != 0 || path[n] != '/')
			continue;
		out->area = folders[i].area;
		tk_path_parse(&out->at, path);
		set_name(out, path);
		return check_below(&folders[i], path + n + 1);
	}
	return _("a desk has no such file; see tk(1) for what lies where");
}
