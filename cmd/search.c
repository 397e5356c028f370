/* tk-search - find tickets and pages by the words in them. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/main.h"
#include "desk/search.h"
#include "desk/finds.h"
#include "view/term.h"

#define LIMIT 20

static const char *limit;
static bool json, nul, no_notes, pages;

static const struct tk_opt opts[] = {
	{ .name = "json", .help = N_("one JSON object a line"), .set = &json },
	{ .name = "kb",
	    .help = N_("pages of the knowledge base, no tickets"),
	    .set = &pages },
	{ .flag = 'l',
	    .name = "limit",
	    .arg = "N",
	    .help = N_("at most N tickets (20)"),
	    .value = &limit },
	{ .name = "no-notes",
	    .help = N_("not in notes, as if for a client"),
	    .set = &no_notes },
	{ .flag = 'z',
	    .name = "null",
	    .help = N_("only ids, each ended by NUL"),
	    .set = &nul },
	{ 0 },
};

static void
print(const struct tk_finds *f)
{
	struct tk_str text = TK_STR_INIT;
	size_t i;

	for (i = 0; i < f->n; i++) {
		tk_str_reset(&text);
		if (json)
			tk_finds_json(&text, &f->v[i]);
		else
			tk_finds_text(&text, &f->v[i]);
		if (nul)
			printf("%s%c", f->v[i].id, '\0');
		else
			fputs(text.data, stdout);
	}
	tk_str_clear(&text);
}

/* Pages come first for people; a pipe gets one kind of thing. */
static enum tk_status
find(struct tk_finds *f, struct tk_desk *desk, const struct tk_ask *ask,
    struct tk_err *err)
{
	bool colour = tk_term_has_colour() && !json;
	enum tk_status st = TK_OK;

	if (pages || (tk_term_is_there() && !json && !nul))
		st = tk_search_pages(f, desk, ask, colour, err);
	if (st == TK_OK && !pages)
		st = tk_search(f, desk, ask, colour, err);
	return st;
}

static enum tk_status
search(int argc, char **argv, struct tk_err *err)
{
	struct tk_ask ask = { .limit = LIMIT, .no_notes = no_notes };
	struct tk_finds f = { NULL, 0, 0 };
	struct tk_str query = TK_STR_INIT;
	struct tk_desk *desk = NULL;
	enum tk_status st;
	char *end;
	int i;

	if (limit != NULL &&
	    ((ask.limit = strtoul(limit, &end, 10)) == 0 || *end != '\0'))
		return tk_fail(
		    err, TK_EUSAGE, _("--limit %s: not a number"), limit);
	for (i = 0; i < argc; i++)
		tk_str_addf(&query, "%s%s", i > 0 ? " " : "", argv[i]);
	ask.query = query.data;
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) == TK_OK &&
	    (st = find(&f, desk, &ask, err)) == TK_OK) {
		tk_pager_start();
		print(&f);
		tk_pager_stop();
		if (f.n == 0) {
			if (isatty(STDOUT_FILENO))
				tk_warn(_("nothing found"));
			st = TK_ENOENT;
		}
	}
	tk_finds_clear(&f);
	tk_str_clear(&query);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-search",
		.operands = "QUERY...",
		.summary = N_("find tickets and pages by their words"),
		.opts = opts,
		.min = 1,
		.max = -1,
		.run = search,
	};

	return tk_main(&cmd, argc, argv);
}
