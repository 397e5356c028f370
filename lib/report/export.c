/* export - tickets handed over as an archive. */
#include "report/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/attach.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/ticket.h"
#include "mail/filename.h"
#include "view/show.h"

/* The folder that all is in: archives that spill into the one they are
 * unpacked in are nobody's friends. */
struct run {
	const struct tk_export *e;
	struct tk_archive *to;
	struct tk_str *history; /* one for each ticket */
	struct tk_strv paths;   /* what git is asked about */
	struct tk_str root;
	int64_t newest;
	size_t left; /* notes that were */
};

/* What colleagues tell each other is not for the client, unless asked for. */
static bool
is_left(const struct run *r, const struct tk_message *m)
{
	return !r->e->notes && tk_streq(m->kind, "note");
}

/* NAME.yaml, NAME.eml and whatever else there is of a note. */
static bool
is_of_left(
    const struct run *r, const struct tk_messages *m, const char *file)
{
	size_t i, n;

	for (i = 0; i < m->n; i++) {
		n = strlen(m->v[i].name);
		if (is_left(r, &m->v[i]) &&
		    strncmp(file, m->v[i].name, n) == 0 && file[n] == '.')
			return true;
	}
	return false;
}

static enum tk_status
put(struct run *r, const char *name, int64_t at, const void *data, size_t len,
    struct tk_err *err)
{
	char *full = tk_strf("%s/%s", r->root.data, name);
	enum tk_status st = tk_archive_add(r->to, full, at, data, len, err);

	free(full);
	return st;
}

/* Those to whom it is handed over may not have Unix: what their file systems
 * refuse in a name is not there. */
static void
make_portable(struct tk_str *name, size_t from)
{
	size_t i;

	for (i = from; i < name->len; i++)
		if (strchr("<>:\"|?*\\", name->data[i]) != NULL)
			name->data[i] = '_';
	while (name->len > from && strchr(". ", name->data[name->len - 1]))
		tk_str_cut(name, name->len - 1);
}

/* The number in front keeps names apart, and makes none of them begin with
 * what a shell or a system takes for something else. */
static enum tk_status
put_attachments(struct run *r, const char *id, const struct tk_messages *m,
    struct tk_err *err)
{
	struct tk_str data = TK_STR_INIT, name = TK_STR_INIT;
	const struct tk_file_info *file;
	enum tk_status st = TK_OK;
	struct tk_err one = TK_ERR_INIT;
	size_t n = tk_attach_count(m), i, at, k, from;

	for (i = 1; st == TK_OK && i <= n; i++) {
		if (tk_show_file(&at, &k, m->v, m->n, i) &&
		    is_left(r, &m->v[at]))
			continue;
		tk_str_reset(&data);
		tk_str_reset(&name);
		tk_str_addf(&name, "%s/attachments/%03zu-", id, i);
		from = name.len;
		if (tk_attach_read(&data, &file, r->e->desk, id, m, i, &one) !=
		    TK_OK) {
			/* The letter is there all the same; say why not. */
			tk_str_add(&name, "missing.txt");
			tk_str_set(&data, one.text);
			tk_str_add(&data, "\n");
		} else if (file->name != NULL && file->name[0] != '\0') {
			tk_filename_safe(&name, file->name);
		} else {
			tk_filename_invent(
			    &name, i, file->type != NULL ? file->type : "");
		}
		make_portable(&name, from);
		if (tk_ends(name.data, "-"))
			tk_filename_invent(&name, i, "");
		st = put(r, name.data, r->newest, data.data, data.len, err);
	}
	tk_str_clear(&data);
	tk_str_clear(&name);
	return st;
}

/* Every file of the ticket's folder, as it is in the tree. */
static enum tk_status
put_files(struct run *r, const char *id, const char *folder,
    const struct tk_messages *m, struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_str data = TK_STR_INIT;
	enum tk_status st =
	    tk_store_list(r->e->desk->store, &names, folder, err);
	char *path, *name;
	size_t i;

	for (i = 0; st == TK_OK && i < names.n; i++) {
		if (tk_ends(names.v[i], "/") || is_of_left(r, m, names.v[i]))
			continue;
		path = tk_strf("%s/%s", folder, names.v[i]);
		name = tk_strf("%s/%s", id, names.v[i]);
		tk_str_reset(&data);
		st = tk_store_read(r->e->desk->store, &data, path, err);
		if (st == TK_OK)
			st = put(r, name, r->newest, data.data, data.len, err);
		free(path);
		free(name);
	}
	tk_strv_clear(&names);
	tk_str_clear(&data);
	return st;
}

static enum tk_status
put_ticket(struct run *r, size_t n, struct tk_err *err)
{
	const char *id = r->e->ids->v[n];
	struct tk_messages m = { NULL, 0, 0 };
	struct tk_str folder = TK_STR_INIT;
	struct tk_ticket *t = NULL;
	enum tk_status st;
	char *name;
	size_t log, i;

	if ((st = tk_desk_ticket(&t, r->e->desk, id, err)) != TK_OK)
		return st;
	log = tk_ticket_log_n(t);
	r->newest = log > 0 ? tk_entry_at(tk_ticket_entry(t, log - 1)) : 0;
	tk_id_path(&folder, id);
	if ((st = tk_desk_messages(&m, r->e->desk, t, err)) == TK_OK &&
	    (st = put_files(r, id, folder.data, &m, err)) == TK_OK &&
	    (st = put_attachments(r, id, &m, err)) == TK_OK && r->e->notes) {
		name = tk_strf("%s/history.txt", id);
		st = put(r, name, r->newest, r->history[n].data,
		    r->history[n].len, err);
		free(name);
	}
	for (i = 0; i < m.n; i++)
		r->left += is_left(r, &m.v[i]);
	tk_messages_clear(&m);
	tk_ticket_free(t);
	tk_str_clear(&folder);
	return st;
}

static enum tk_status
put_client(struct run *r, struct tk_err *err)
{
	struct tk_str data = TK_STR_INIT;
	enum tk_status st = TK_OK;
	const char *name;
	size_t i;

	for (i = r->e->ids->n; st == TK_OK && i < r->paths.n; i++) {
		name = r->paths.v[i];
		tk_str_reset(&data);
		st = tk_store_read(r->e->desk->store, &data, name, err);
		if (st == TK_OK)
			st = put(r, name, r->newest, data.data, data.len, err);
	}
	tk_str_clear(&data);
	return st;
}

/* The tickets' folders, then the client's own files. */
static enum tk_status
gather(struct run *r, struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_str path = TK_STR_INIT;
	struct tk_ticket *t;
	enum tk_status st = TK_OK;
	char *folder;
	size_t i;

	for (i = 0; st == TK_OK && i < r->e->ids->n; i++) {
		/* Is it there, and for these eyes? Before anything is read. */
		st = tk_desk_ticket(&t, r->e->desk, r->e->ids->v[i], err);
		if (st == TK_OK)
			tk_ticket_free(t);
		tk_str_reset(&path);
		tk_id_path(&path, r->e->ids->v[i]);
		tk_strv_add(&r->paths, path.data);
	}
	if (st == TK_OK && r->e->client != NULL) {
		tk_strv_add_own(
		    &r->paths, tk_strf("clients/%s.yaml", r->e->client));
		folder = tk_strf("assets/%s", r->e->client);
		st = tk_store_list(r->e->desk->store, &names, folder, err);
		for (i = 0; i < names.n; i++)
			tk_strv_add_own(
			    &r->paths, tk_strf("%s/%s", folder, names.v[i]));
		free(folder);
	}
	tk_strv_clear(&names);
	tk_str_clear(&path);
	return st;
}

static enum tk_status
put_all(struct run *r, struct tk_err *err)
{
	struct tk_str bundle = TK_STR_INIT;
	enum tk_status st = TK_OK;
	int64_t newest = 0;
	size_t i;

	for (i = 0; st == TK_OK && i < r->e->ids->n; i++) {
		st = put_ticket(r, i, err);
		newest = r->newest > newest ? r->newest : newest;
	}
	r->newest = newest;
	if (st == TK_OK)
		st = put_client(r, err);
	if (st == TK_OK && r->e->notes &&
	    (st = tk_export_bundle(&bundle, r->e, &r->paths, err)) == TK_OK)
		st = put(
		    r, "history.bundle", newest, bundle.data, bundle.len, err);
	tk_str_clear(&bundle);
	return st == TK_OK ? tk_archive_finish(r->to, err) : st;
}

enum tk_status
tk_export_archive(
    const struct tk_export *e, enum tk_archive_kind kind, size_t *left,
    struct tk_err *err)
{
	struct run r = { .e = e, .paths = TK_STRV_INIT, .root = TK_STR_INIT };
	enum tk_status st;
	size_t i;

	tk_str_add(&r.root,
	    e->client != NULL    ? e->client
		: e->ids->n == 1 ? e->ids->v[0]
				 : "tickets");
	r.history = tk_calloc(e->ids->n + 1, sizeof(*r.history));
	for (i = 0; i < e->ids->n; i++)
		tk_str_init(&r.history[i]);
	if ((st = gather(&r, err)) == TK_OK &&
	    (st = tk_archive_new(&r.to, e->path, kind, e->over, err)) ==
		TK_OK &&
	    (!e->notes ||
		(st = tk_export_history(r.history, e, &r.paths, err)) == TK_OK))
		st = put_all(&r, err);
	*left = r.left;
	tk_archive_free(r.to);
	for (i = 0; i < e->ids->n; i++)
		tk_str_clear(&r.history[i]);
	free(r.history);
	tk_strv_clear(&r.paths);
	tk_str_clear(&r.root);
	return st;
}
