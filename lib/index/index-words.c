/* index-words - full text: documents of stems. */
#include <stdlib.h>
#include <string.h>

#include "index/index-put.h"
#include "index/sql.h"
#include "index/words.h"

#include "base/mem.h"

struct tk_stemmer *
tk_index_stemmer(struct tk_index *ix)
{
	if (ix->stemmer == NULL)
		ix->stemmer = tk_stemmer_new();
	return ix->stemmer;
}

static enum tk_status
add_words(struct tk_index *ix, int64_t doc, const struct tk_words *w,
    struct tk_err *err)
{
	return tk_sql_run(ix, err,
	    "INSERT INTO words(rowid, subject, text, note, file, sender,"
	    " receiver, copy) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
	    "ittttttt", doc, w->column[TK_WORDS_SUBJECT].data,
	    w->column[TK_WORDS_TEXT].data, w->column[TK_WORDS_NOTE].data,
	    w->column[TK_WORDS_FILE].data, w->column[TK_WORDS_SENDER].data,
	    w->column[TK_WORDS_RECEIVER].data, w->column[TK_WORDS_COPY].data);
}

void
tk_index_gather(struct tk_index *ix, struct tk_words_list *list)
{
	ix->gather = list;
}

enum tk_status
tk_index_put_gathered(
    struct tk_index *ix, struct tk_words_list *list, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; i < list->n && st == TK_OK; i++)
		st = add_words(
		    ix->words, list->v[i].doc, list->v[i].words, err);
	free(list->v);
	memset(list, 0, sizeof(*list));
	return st;
}

/*
 * A document's id is never used twice, so what is gone needs no look at its
 * old text: its words point to no row of table doc any more. tk reindex
 * forgets them.
 */
enum tk_status
tk_index_put_words(struct tk_index *ix, int64_t *doc, const char *ticket,
    const char *message, const struct tk_words *w, struct tk_err *err)
{
	enum tk_status st;

	*doc = 0;
	if (tk_words_is_empty(w))
		return TK_OK;
	if ((st = tk_sql_run(ix, err,
		 "INSERT INTO doc(ticket, message) VALUES(?, ?)", "tt", ticket,
		 message)) != TK_OK)
		return st;
	*doc = sqlite3_last_insert_rowid(ix->db);
	if (ix->gather == NULL)
		return add_words(
		    ix->words != NULL ? ix->words : ix, *doc, w, err);
	TK_GROW(ix->gather->v, ix->gather->n, ix->gather->cap);
	ix->gather->v[ix->gather->n].doc = *doc;
	ix->gather->v[ix->gather->n++].words = w;
	return TK_OK;
}

enum tk_status
tk_index_drop_words(struct tk_index *ix, int64_t doc, struct tk_err *err)
{
	if (doc == 0)
		return TK_OK;
	return tk_sql_run(ix, err, "DELETE FROM doc WHERE id = ?", "i", doc);
}

enum tk_status
tk_index_remove_page(struct tk_index *ix, const char *path, struct tk_err *err)
{
	enum tk_status st = tk_sql_run(ix, err,
	    "DELETE FROM doc WHERE id = (SELECT doc FROM page WHERE path = ?)",
	    "t", path);

	if (st != TK_OK)
		return st;
	return tk_sql_run(
	    ix, err, "DELETE FROM page WHERE path = ?", "t", path);
}

enum tk_status
tk_index_put_page(struct tk_index *ix, const char *path, const char *data,
    size_t len, struct tk_err *err)
{
	struct tk_words w;
	enum tk_status st;
	int64_t doc;

	if ((st = tk_index_remove_page(ix, path, err)) != TK_OK)
		return st;
	tk_words_init(&w);
	tk_words_page(&w, tk_index_stemmer(ix), path, data, len);
	if ((st = tk_index_put_words(ix, &doc, "", path, &w, err)) == TK_OK)
		st = tk_sql_run(
		    ix, err, "INSERT INTO page VALUES(?, ?)", "ti", path, doc);
	tk_words_clear(&w);
	return st;
}
