/* fsck-ticket - the folder of one ticket. */
#include "check/fsck-parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/sha256.h"
#include "check/layout.h"
#include "model/message.h"
#include "model/ticket.h"

struct folder {
	struct tk_fsck *f;
	struct tk_store *store;
	const char *dir;
	struct tk_strv logged;   /* messages that the log names */
	struct tk_strv messages; /* those that have a .yaml */
	struct tk_strv letters;  /* those that have a .eml */
	bool has_ticket, has_log;
};

static void
read_log(struct folder *d, const struct tk_ticket *t)
{
	const char *msg;
	size_t i;

	for (i = 0; i < tk_ticket_log_n(t); i++) {
		msg = tk_yaml_str(tk_ticket_entry(t, i), "msg");
		if (msg != NULL && !tk_strv_has(&d->logged, msg))
			tk_strv_add(&d->logged, msg);
	}
	d->has_log = true;
}

static void
check_ticket(struct folder *d, const char *path, const char *id)
{
	struct tk_str text = TK_STR_INIT, want = TK_STR_INIT;
	struct tk_err err = TK_ERR_INIT;
	struct tk_ticket *t = NULL;

	if (!tk_fsck_read(d->f, d->store, &text, path))
		goto out;
	if (tk_ticket_read(&t, text.data, text.len, path, &err) != TK_OK) {
		tk_fsck_problem_err(d->f, &err, tk_fsck_mend());
		goto out;
	}
	read_log(d, t);
	if (strcmp(tk_ticket_id(t), id) != 0) {
		tk_fsck_problem(d->f, path,
		    _("the id in it is another one than its folder's"),
		    tk_fsck_mend());
	} else {
		d->f->tickets++;
		d->f->entries += tk_ticket_log_n(t);
	}
	if (tk_ticket_check(t, path, &err) != TK_OK)
		tk_fsck_problem_err(d->f, &err,
		    _("make the head what the log says, in a clone"));
	tk_ticket_write(&want, t);
	tk_fsck_canonical(d->f, path, &text, &want);
out:
	tk_ticket_free(t);
	tk_str_clear(&want);
	tk_str_clear(&text);
}

/* The raw letter against what the message says of it. */
static void
check_letter(struct folder *d, const struct tk_message *m, const char *path)
{
	struct tk_str raw = TK_STR_INIT;
	char *letter = tk_strf("%s/%s.eml", d->dir, m->name), sum[65];
	bool there = tk_strv_has(&d->letters, m->name);

	if (m->sha256 == NULL && there)
		tk_fsck_problem(d->f, path,
		    _("says nothing of the letter beside it"), tk_fsck_mend());
	else if (m->sha256 != NULL && !there)
		tk_fsck_problem(d->f, letter, _("the letter is missing"),
		    _("git log says when it went; bring it back"));
	else if (there && tk_store_is_left_out(d->store, letter))
		d->f->letters++; /* of a partial clone; the gate has it */
	else if (there && tk_fsck_read(d->f, d->store, &raw, letter)) {
		tk_sha256(sum, raw.data, raw.len);
		if (strcmp(sum, m->sha256) != 0)
			tk_fsck_problem(d->f, letter,
			    _("not the letter that came: its SHA-256 is "
			      "another"),
			    tk_fsck_mend());
		d->f->letters++;
	}
	free(letter);
	tk_str_clear(&raw);
}

static void
check_message(struct folder *d, const char *name)
{
	struct tk_message m = { .name = NULL };
	struct tk_str text = TK_STR_INIT, want = TK_STR_INIT;
	struct tk_err err = TK_ERR_INIT;
	char *path = tk_strf("%s/%s.yaml", d->dir, name);

	if (!tk_fsck_read(d->f, d->store, &text, path))
		goto out;
	if (tk_message_read(&m, text.data, text.len, path, &err) != TK_OK) {
		tk_fsck_problem_err(d->f, &err, tk_fsck_mend());
		goto out;
	}
	m.name = tk_strf("%s", name);
	d->f->messages++;
	if (d->has_log && !tk_strv_has(&d->logged, name))
		tk_fsck_problem(d->f, path,
		    _("no entry of the ticket's log names it"), tk_fsck_mend());
	check_letter(d, &m, path);
	tk_message_write(&want, &m);
	tk_fsck_canonical(d->f, path, &text, &want);
	tk_message_clear(&m);
out:
	tk_str_clear(&want);
	tk_str_clear(&text);
	free(path);
}

/* Sorts the files and checks those that stand alone. */
static void
sort_files(struct folder *d, const struct tk_strv *names)
{
	struct tk_place place;
	const char *why;
	size_t i;

	for (i = 0; i < names->n; i++) {
		char *path = tk_strf("%s/%s", d->dir, names->v[i]);

		why = tk_layout_find(&place, path);
		if (why != NULL)
			tk_fsck_problem(d->f, path, why,
			    _("put it where it belongs in a clone: git mv, "
			      "or git rm"));
		else if (place.at.kind == TK_PATH_TICKET) {
			d->has_ticket = true;
			check_ticket(d, path, place.at.ticket);
		} else if (place.at.kind == TK_PATH_MESSAGE)
			tk_strv_add(&d->messages, place.at.name);
		else
			tk_strv_add(&d->letters, place.at.name);
		free(path);
	}
}

static void
check_missing(struct folder *d)
{
	size_t i;
	char *path;

	if (!d->has_ticket && d->messages.n + d->letters.n > 0) {
		path = tk_strf("%s/ticket.yaml", d->dir);
		tk_fsck_problem(d->f, path, _("there is none"), tk_fsck_mend());
		free(path);
	}
	for (i = 0; i < d->logged.n; i++) {
		if (tk_strv_has(&d->messages, d->logged.v[i]))
			continue;
		path = tk_strf("%s/%s.yaml", d->dir, d->logged.v[i]);
		tk_fsck_problem(d->f, path,
		    _("the log names this message, and it is missing"),
		    _("git log says when it went; bring it back"));
		free(path);
	}
	for (i = 0; i < d->letters.n; i++) {
		if (tk_strv_has(&d->messages, d->letters.v[i]))
			continue;
		path = tk_strf("%s/%s.eml", d->dir, d->letters.v[i]);
		tk_fsck_problem(d->f, path,
		    _("a letter without its message file"), tk_fsck_mend());
		free(path);
	}
}

void
tk_fsck_ticket(struct tk_fsck *f, struct tk_store *store, const char *dir,
    const struct tk_strv *names)
{
	struct folder d = { .f = f, .store = store, .dir = dir };
	size_t i;

	sort_files(&d, names);
	for (i = 0; i < d.messages.n; i++)
		check_message(&d, d.messages.v[i]);
	check_missing(&d);
	tk_strv_clear(&d.logged);
	tk_strv_clear(&d.messages);
	tk_strv_clear(&d.letters);
}
