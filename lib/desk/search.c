/* search - what tk search shows. */
#include "desk/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "desk/ticket.h"
#include "index/search.h"
#include "view/snippet.h"

#define SNIPPET 160 /* columns where there is no terminal */

struct search {
	struct tk_desk *desk;
	struct tk_stemmer *stemmer;
	struct tk_snippet_what what;
	bool no_notes;
};

void
tk_finds_clear(struct tk_finds *f)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		free(f->v[i].id);
		free(f->v[i].subject);
		free(f->v[i].state);
		free(f->v[i].queue);
		free(f->v[i].client);
		free(f->v[i].snippet);
	}
	free(f->v);
	memset(f, 0, sizeof(*f));
}

static struct tk_find *
new_find(struct tk_finds *f)
{
	TK_GROW(f->v, f->n, f->cap);
	memset(&f->v[f->n], 0, sizeof(*f->v));
	return &f->v[f->n++];
}

static char *
dup_or_empty(const char *text)
{
	return tk_strdup(text != NULL ? text : "");
}

/* A better place than the one there is, if this text has one. */
static void
try_text(struct search *s, struct tk_find *f, size_t *best, const char *text,
    size_t number)
{
	struct tk_str line = TK_STR_INIT;
	size_t n =
	    text != NULL ? tk_snippet(&line, s->stemmer, text, &s->what) : 0;

	if (n > *best) {
		*best = n;
		f->number = number;
		free(f->snippet);
		f->snippet = tk_str_detach(&line);
	}
	tk_str_clear(&line);
}

static void
try_files(struct search *s, struct tk_find *f, size_t *best,
    const struct tk_message *m, size_t number)
{
	size_t i;

	for (i = 0; i < m->n_files; i++)
		try_text(s, f, best, m->file[i].name, number);
}

static void
try_message(struct search *s, struct tk_find *f, size_t *best,
    const struct tk_message *m, size_t number)
{
	if (s->no_notes && tk_streq(m->kind, "note"))
		return;
	try_text(s, f, best, m->text, number);
	try_files(s, f, best, m, number);
	try_text(s, f, best, m->from, number);
}

static enum tk_status
fill(struct search *s, struct tk_find *f, const struct tk_hit *hit,
    struct tk_err *err)
{
	struct tk_messages m = { NULL, 0, 0 };
	struct tk_ticket *t = NULL;
	const struct tk_yaml *last;
	enum tk_status st;
	size_t i, best = 0;

	if ((st = tk_desk_ticket(&t, s->desk, hit->ticket, err)) != TK_OK ||
	    (st = tk_desk_messages(&m, s->desk, t, err)) != TK_OK)
		goto out;
	last = tk_ticket_entry(t, tk_ticket_log_n(t) - 1);
	f->id = tk_strdup(hit->ticket);
	f->subject = dup_or_empty(tk_ticket_get(t, "subject"));
	f->state = dup_or_empty(tk_ticket_get(t, "state"));
	f->queue = dup_or_empty(tk_ticket_get(t, "queue"));
	f->client = dup_or_empty(tk_ticket_get(t, "client"));
	f->updated = tk_entry_at(last);
	for (i = 0; i < m.n; i++)
		if (hit->message[0] == '\0' ||
		    strcmp(m.v[i].name, hit->message) == 0)
			try_message(s, f, &best, &m.v[i], i + 1);
	if (!s->no_notes)
		try_text(s, f, &best, tk_ticket_get(t, "resolution"), 0);
	if (f->snippet == NULL)
		try_text(s, f, &best, f->subject, 0);
	if (f->snippet == NULL)
		f->snippet = tk_strdup("");
out:
	tk_messages_clear(&m);
	tk_ticket_free(t);
	return st;
}

static enum tk_status
fill_page(struct search *s, struct tk_find *f, const struct tk_hit *hit,
    struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;
	size_t best = 0, skip;

	st = tk_store_read(s->desk->store, &text, hit->message, err);
	if (st == TK_OK) {
		skip = strspn(text.data, "# ");
		f->id = tk_strdup(hit->message);
		f->subject = tk_strndup(
		    text.data + skip, strcspn(text.data + skip, "\n"));
		f->state = tk_strdup("");
		f->queue = tk_strdup("");
		f->client = tk_strdup("");
		try_text(s, f, &best, text.data, 0);
		if (f->snippet == NULL)
			f->snippet = tk_strdup("");
	}
	tk_str_clear(&text);
	return st;
}

typedef enum tk_status find_fn(struct tk_index *ix, struct tk_hits *hits,
    const struct tk_query *q, size_t limit, struct tk_err *err);
typedef enum tk_status fill_fn(struct search *s, struct tk_find *f,
    const struct tk_hit *hit, struct tk_err *err);

static enum tk_status
search(struct tk_finds *out, struct search *s, const struct tk_ask *ask,
    find_fn *find, fill_fn *fill_one, struct tk_err *err)
{
	struct tk_hits hits = { NULL, 0, 0 };
	struct tk_query *q = NULL;
	struct tk_index *ix;
	enum tk_status st;
	size_t i;

	if ((st = tk_overview_query(&q, s->desk, ask, err)) != TK_OK)
		return st;
	if (!tk_query_has_words(q)) {
		st = tk_fail(err, TK_EUSAGE,
		    _("what to look for? The query has no words"));
		goto out;
	}
	s->what.stems = tk_query_stems(q);
	s->what.prefixes = tk_query_prefixes(q);
	if ((st = tk_store_index(s->desk->store, &ix, err)) == TK_OK)
		st = find(ix, &hits, q, ask->limit, err);
	for (i = 0; st == TK_OK && i < hits.n; i++)
		st = fill_one(s, new_find(out), &hits.v[i], err);
out:
	tk_hits_clear(&hits);
	tk_query_free(q);
	return st;
}

static enum tk_status
start(struct tk_finds *out, struct tk_desk *desk, const struct tk_ask *ask,
    bool colour, find_fn *find, fill_fn *fill_one, struct tk_err *err)
{
	size_t width = tk_term_width();
	struct search s = { .desk = desk,
		.stemmer = tk_stemmer_new(),
		.no_notes = ask->no_notes,
		.what = { .colour = colour,
		    .width = width > 20 ? width - 8 : SNIPPET } };
	enum tk_status st = search(out, &s, ask, find, fill_one, err);

	tk_stemmer_free(s.stemmer);
	return st;
}

enum tk_status
tk_search(struct tk_finds *out, struct tk_desk *desk, const struct tk_ask *ask,
    bool colour, struct tk_err *err)
{
	return start(out, desk, ask, colour, tk_index_search, fill, err);
}

enum tk_status
tk_search_pages(struct tk_finds *out, struct tk_desk *desk,
    const struct tk_ask *ask, bool colour, struct tk_err *err)
{
	return start(
	    out, desk, ask, colour, tk_index_search_pages, fill_page, err);
}
