/* ticket - tickets as the snapshot has them. */
#include "desk/ticket.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "index/index-archive.h"

/* Reading is the same from the snapshot and inside a transaction. */
struct source {
	struct tk_store *store;
	struct tk_tx *tx; /* or NULL */
};

static enum tk_status
read_path(const struct source *s, struct tk_str *out, const char *path,
    struct tk_err *err)
{
	return s->tx != NULL ? tk_tx_read(s->tx, out, path, err)
			     : tk_store_read(s->store, out, path, err);
}

static char *
path_of(const char *id, const char *file, const char *end)
{
	struct tk_str path = TK_STR_INIT;

	tk_id_path(&path, id);
	tk_str_addf(&path, "/%s%s", file, end);
	return tk_str_detach(&path);
}

/* No such ticket, or one that lies in an archive. */
static enum tk_status
fail_ticket(const struct source *s, const char *id, struct tk_err *err)
{
	struct tk_index *ix = s->tx != NULL ? tk_tx_index(s->tx) : NULL;
	struct tk_err none = TK_ERR_INIT;
	struct tk_index_archived a;

	if ((ix != NULL || tk_store_index(s->store, &ix, &none) == TK_OK) &&
	    tk_index_archived(ix, &a, id, &none) == TK_OK)
		return tk_fail(err, TK_ENOENT,
		    _("%s is in the archive %s: tk --archive %s show %s"), id,
		    a.year, a.year, id);
	return tk_fail(err, TK_ENOENT, _("no ticket %s"), id);
}

static enum tk_status
read_ticket(struct tk_ticket **out, const struct source *s, const char *id,
    struct tk_err *err)
{
	const struct tk_ticket *kept = s->tx != NULL ? tk_tx_kept(s->tx, id)
						     : NULL;
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;
	char *path;

	*out = NULL;
	if (kept != NULL) {
		*out = tk_ticket_copy(kept);
		return TK_OK;
	}
	path = path_of(id, "ticket", ".yaml");
	st = read_path(s, &text, path, err);
	if (st == TK_OK)
		st = tk_ticket_read(out, text.data, text.len, path, err);
	else if (st == TK_ENOENT)
		st = fail_ticket(s, id, err);
	tk_str_clear(&text);
	free(path);
	return st;
}

static enum tk_status
read_message(struct tk_messages *out, const struct source *s, const char *id,
    const struct tk_yaml *e, struct tk_err *err)
{
	const char *name = tk_yaml_str(e, "msg");
	struct tk_str text = TK_STR_INIT;
	char *path = path_of(id, name, ".yaml");
	enum tk_status st = read_path(s, &text, path, err);
	struct tk_message *m;

	out->v = tk_more(out->v, out->n, &out->cap, sizeof(*out->v));
	m = &out->v[out->n];
	if (st == TK_OK)
		st = tk_message_read(m, text.data, text.len, path, err);
	/* One that is broken or gone must not hide the others. */
	if (st == TK_EINPUT || st == TK_ENOENT) {
		memset(m, 0, sizeof(*m));
		m->kind = tk_strdup("broken");
		m->by = tk_strdup(
		    tk_yaml_str(e, "by") != NULL ? tk_yaml_str(e, "by") : "");
		m->at = tk_entry_at(e);
		m->text = tk_strdup(err->text);
		st = TK_OK;
	}
	if (st == TK_OK) {
		m->name = tk_strdup(name);
		out->n++;
	}
	tk_str_clear(&text);
	free(path);
	return st;
}

void
tk_messages_clear(struct tk_messages *m)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		tk_message_clear(&m->v[i]);
	free(m->v);
	memset(m, 0, sizeof(*m));
}

enum tk_status
tk_desk_ticket(struct tk_ticket **out, struct tk_desk *desk, const char *id,
    struct tk_err *err)
{
	enum tk_status st =
	    read_ticket(out, &(struct source){ desk->store, NULL }, id, err);

	if (st == TK_OK && (st = tk_desk_load(desk, err)) == TK_OK &&
	    !tk_desk_shows_ticket(desk, tk_ticket_get(*out, "queue"),
		tk_ticket_get(*out, "type")))
		st = tk_fail(err, TK_EDENIED, _("%s is not yours to read"), id);
	if (st != TK_OK) {
		tk_ticket_free(*out);
		*out = NULL;
	}
	return st;
}

enum tk_status
tk_tx_ticket(struct tk_ticket **out, struct tk_tx *tx, const char *id,
    struct tk_err *err)
{
	return read_ticket(out, &(struct source){ NULL, tx }, id, err);
}

/* In the order of the log: that is the order in which they became known
 * here, and equal stamps keep their places. "sent" and "failed" only point
 * back to a message. */
static enum tk_status
read_messages(struct tk_messages *out, const struct source *s,
    const struct tk_ticket *t, struct tk_err *err)
{
	const struct tk_yaml *e;
	enum tk_status st = TK_OK;
	const char *name, *act;
	size_t i;

	memset(out, 0, sizeof(*out));
	for (i = 0; st == TK_OK && i < tk_ticket_log_n(t); i++) {
		e = tk_ticket_entry(t, i);
		name = tk_yaml_str(e, "msg");
		act = tk_yaml_str(e, "act");
		if (name == NULL || tk_streq(act, "sent") ||
		    tk_streq(act, "failed"))
			continue;
		st = read_message(out, s, tk_ticket_id(t), e, err);
	}
	return st;
}

enum tk_status
tk_desk_messages(struct tk_messages *out, struct tk_desk *desk,
    const struct tk_ticket *t, struct tk_err *err)
{
	return read_messages(
	    out, &(struct source){ desk->store, NULL }, t, err);
}

enum tk_status
tk_tx_messages(struct tk_messages *out, struct tk_tx *tx,
    const struct tk_ticket *t, struct tk_err *err)
{
	return read_messages(out, &(struct source){ NULL, tx }, t, err);
}

enum tk_status
tk_desk_letter(struct tk_str *out, struct tk_desk *desk, const char *id,
    const char *message, struct tk_err *err)
{
	char *path = path_of(id, message, ".eml");
	enum tk_status st = tk_store_read(desk->store, out, path, err);

	free(path);
	return st;
}

/* One file per person: a gate is shared over ssh. */
static char *
last_path(struct tk_desk *desk)
{
	const struct tk_actor *actor;
	struct tk_err ignored = TK_ERR_INIT;
	char *name, *path;

	if (tk_desk_actor(desk, &actor, &ignored) != TK_OK)
		return NULL;
	name = tk_strf("last/%s", actor->id);
	path = tk_store_path(desk->store, name);
	free(name);
	return path;
}

static enum tk_status
last_id(struct tk_str *out, struct tk_desk *desk, struct tk_err *err)
{
	struct tk_err ignored = TK_ERR_INIT;
	char *path = last_path(desk);
	size_t len = out->len;

	if (path != NULL && tk_file_read(out, path, 200, &ignored) == TK_OK)
		while (out->len > len && out->data[out->len - 1] == '\n')
			tk_str_cut(out, out->len - 1);
	free(path);
	if (out->len == len)
		return tk_fail(err, TK_ENOENT,
		    _("\".\" is the ticket you last looked at, and there is "
		      "none yet"));
	return TK_OK;
}

bool
tk_desk_is_id(const struct tk_desk *desk, const char *text)
{
	struct tk_id id;

	return strcmp(text, ".") == 0 ||
	    tk_id_parse_loose(&id, text, desk->prefix);
}

enum tk_status
tk_desk_id(struct tk_str *out, struct tk_desk *desk, const char *text,
    struct tk_err *err)
{
	struct tk_id id;

	if (strcmp(text, ".") == 0)
		return last_id(out, desk, err);
	if (!tk_id_parse_loose(&id, text, desk->prefix))
		return tk_fail(err, TK_EUSAGE,
		    _("\"%s\" is not a ticket id like %s-42"), text,
		    desk->prefix);
	tk_id_text(out, &id);
	return TK_OK;
}

void
tk_desk_looked_at(struct tk_desk *desk, const char *id)
{
	struct tk_err ignored = TK_ERR_INIT;
	char *path = last_path(desk), *dir;
	FILE *f = NULL;

	if (path == NULL)
		return;
	dir = tk_store_path(desk->store, "last");
	/* A convenience: whoever reads a ticket shall not wait for the disk. */
	if (tk_mkdirs(dir, 0777, &ignored) == TK_OK)
		f = fopen(path, "we");
	if (f != NULL) {
		fprintf(f, "%s\n", id);
		fclose(f);
	}
	free(dir);
	free(path);
}
