/* deliver - letters from standard input, files and maildirs, made safe. */
#include "desk/deliver.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/big.h"
#include "desk/hold.h"
#include "store/maildir.h"
#include "store/quarantine.h"

#define BATCH 100 /* letters */
#define BATCH_BYTES ((size_t)16 * 1024 * 1024)

struct item {
	char *file; /* path, for people */
	char *name; /* in the maildir's new/, or NULL */
	struct tk_str raw;
	struct tk_letter letter;
	char *whole;   /* raw is only its beginning; or NULL */
	bool is_read;  /* letter is filled */
	char *reason;  /* why it goes to quarantine */
	char *trouble; /* why it must be tried again */
	struct tk_intake intake;
};

struct batch {
	const struct tk_delivery *d;
	const char *maildir; /* or NULL */
	struct item *v;
	size_t n, cap, bytes;
	size_t from, to; /* the part that the transaction takes */
	bool any_refused, any_trouble;
};

static void
clear(struct batch *b)
{
	struct item *it;
	size_t i;

	for (i = 0; i < b->n; i++) {
		it = &b->v[i];
		if (it->is_read)
			tk_letter_clear(&it->letter);
		tk_str_clear(&it->raw);
		free(it->file);
		free(it->name);
		free(it->reason);
		free(it->trouble);
		free(it->whole);
		tk_intake_clear(&it->intake);
	}
	b->n = b->bytes = 0;
}

static void
set_text(char **to, const char *text)
{
	free(*to);
	*to = tk_strdup(text);
}

static enum tk_status
take_in(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct batch *b = arg;
	enum tk_status st;
	struct item *it;
	size_t i;

	/* A desk that cannot be read is no fault of a letter. */
	if (tk_desk_load_clients(b->d->desk, err) != TK_OK)
		return err->status = TK_ESYS;
	for (i = b->from; i < b->to; i++) {
		it = &b->v[i];
		if (!it->is_read)
			continue;
		set_text(&it->reason, NULL);
		if ((st = tk_intake_again(&it->letter, tx,
			 b->d->desk, &it->raw, err)) ==
		    TK_OK)
			st = tk_intake_letter(&it->intake, tx, b->d->desk,
			    &it->letter, &it->raw,
			    &(struct tk_intake_how){
				b->d->is_welcome, it->whole },
			    err);
		if (st == TK_EREFUSED || st == TK_EDENIED || st == TK_EINPUT)
			set_text(&it->reason, err->text);
		else if (st != TK_OK)
			return st;
	}
	/* A dry run does all of it and then lets go. */
	return b->d->dry_run ? tk_fail(err, TK_EUSAGE, "dry run") : TK_OK;
}

static enum tk_status
commit(struct batch *b, size_t from, size_t to, struct tk_err *err)
{
	enum tk_status st;

	b->from = from;
	b->to = to;
	st = tk_store_change(b->d->desk->store, take_in, b, err);
	if (b->d->dry_run && st == TK_EUSAGE)
		return TK_OK;
	/* The letters are safe; what is behind is the work tree only. */
	return st == TK_EOUTPUT ? TK_OK : st;
}

static enum tk_status
quarantine(struct batch *b, struct item *it, struct tk_err *err)
{
	char *dir, *name = NULL;
	enum tk_status st;

	if (b->d->dry_run || b->d->desk == NULL)
		return TK_OK;
	dir = tk_store_path(b->d->desk->store, "quarantine");
	st = tk_quarantine_put(
	    &name, dir, it->raw.data, it->raw.len, it->reason, err);
	free(name);
	free(dir);
	return st;
}

/* A letter of our own quarantine that was delivered again and is in a ticket
 * now has no more to wait for there. */
static void
release(const struct batch *b, const struct item *it)
{
	char *dir = tk_store_path(b->d->desk->store, "quarantine/new/");
	char *real = realpath(it->file, NULL), *home = realpath(dir, NULL);
	char *why;

	if (real != NULL && home != NULL && tk_starts(real, home) &&
	    real[strlen(home)] == '/') {
		why = tk_strf("%s.why", real);
		unlink(real);
		unlink(why);
		free(why);
	}
	free(real);
	free(home);
	free(dir);
}

static void
settle(struct batch *b, struct item *it)
{
	struct tk_delivered d = { .file = it->file,
		.letter = it->is_read ? &it->letter : NULL };
	struct tk_err err = TK_ERR_INIT;

	if (it->trouble == NULL && it->reason != NULL) {
		b->any_refused = true;
		if (quarantine(b, it, &err) != TK_OK)
			set_text(&it->trouble, err.text);
	}
	if (it->trouble == NULL && it->reason == NULL &&
	    it->intake.aside != TK_ASIDE_NO && !b->d->dry_run &&
	    tk_hold_put(b->d->desk, &it->letter, &it->raw, &it->intake, &err) !=
		TK_OK)
		set_text(&it->trouble, err.text);
	d.is_safe = it->trouble == NULL;
	d.reason = it->trouble != NULL ? it->trouble : it->reason;
	if (d.reason == NULL)
		d.intake = &it->intake;
	if (d.intake != NULL && b->d->desk != NULL && !b->d->dry_run &&
	    b->maildir == NULL)
		release(b, it);
	b->any_trouble |= !d.is_safe;
	/* A letter that stays in new/ although it is safe comes again and is
	 * found to be a duplicate. */
	if (d.is_safe && b->maildir != NULL && it->name != NULL &&
	    !b->d->dry_run &&
	    tk_maildir_seen(b->maildir, it->name, &err) != TK_OK)
		d.reason = err.text;
	if (b->d->told != NULL)
		b->d->told(&d, b->d->arg);
}

static enum tk_status
flush(struct batch *b, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	if (b->n == 0)
		return TK_OK;
	if (b->d->desk != NULL)
		st = commit(b, 0, b->n, err);
	/* When the batch fails as a whole, one of its letters may be the
	 * cause: each for itself, so that it stops no other. */
	for (i = 0; st != TK_OK && i < b->n; i++) {
		if (!b->v[i].is_read)
			continue;
		/* Behind a lock each would wait as long as all of them. */
		if (b->n == 1 || st == TK_EBUSY ||
		    commit(b, i, i + 1, err) != TK_OK)
			set_text(&b->v[i].trouble, err->text);
	}
	for (i = 0; i < b->n; i++)
		settle(b, &b->v[i]);
	clear(b);
	return TK_OK;
}

static struct item *
add(struct batch *b, const char *file)
{
	struct item *it;

	b->v = tk_more(b->v, b->n, &b->cap, sizeof(*b->v));
	it = &b->v[b->n++];
	tk_str_init(&it->raw);
	it->file = tk_strdup(file);
	return it;
}

static void
parse(struct batch *b, struct item *it)
{
	struct tk_err err = TK_ERR_INIT;
	enum tk_status st = tk_intake_read(&it->letter, &it->raw, &err);

	it->is_read = st == TK_OK;
	b->bytes += it->raw.len;
	if (st == TK_EINPUT)
		it->reason = tk_strdup(err.text);
	else if (st != TK_OK)
		it->trouble = tk_strdup(err.text);
}

static enum tk_status
verdict(const struct batch *b, struct tk_err *err)
{
	if (b->any_trouble)
		return tk_fail(err, TK_ESYS,
		    _("some letters were not taken in; they are where they "
		      "were"));
	if (b->any_refused)
		return tk_fail(err, TK_EREFUSED,
		    b->d->dry_run ? _("some letters would go to quarantine")
				  : _("some letters are in quarantine"));
	return TK_OK;
}

static enum tk_status
finish(struct batch *b, enum tk_status st, struct tk_err *err)
{
	if (st == TK_OK)
		st = flush(b, err);
	clear(b);
	free(b->v);
	return st == TK_OK ? verdict(b, err) : st;
}

enum tk_status
tk_deliver_stream(
    const struct tk_delivery *d, const char *name, int fd, struct tk_err *err)
{
	struct batch b = { .d = d };
	struct item *it = add(&b, name);
	enum tk_status st;

	st = tk_big_read(&it->raw, &it->whole, d->desk, fd, !d->dry_run, err);
	if (st == TK_OK)
		parse(&b, it);
	return finish(&b, st, err);
}

/* A file that may be large: never more of it in memory than there must. */
static enum tk_status
read_file(
    struct batch *b, struct item *it, const char *path, struct tk_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum tk_status st;

	if (fd < 0)
		return tk_fail_errno(err, "%s", path);
	st = tk_big_read(
	    &it->raw, &it->whole, b->d->desk, fd, !b->d->dry_run, err);
	close(fd);
	return st == TK_OK ? TK_OK : tk_wrap(err, st, "%s", path);
}

static enum tk_status
add_file(
    struct batch *b, const char *path, const char *name, struct tk_err *err)
{
	struct tk_err bad = TK_ERR_INIT;
	struct item *it = add(b, path);

	it->name = tk_strdup(name);
	/* In a maildir a pipe would hold up all letters behind it, and a link
	 * would take in what is somebody else's. */
	if (name != NULL && !tk_is_regular(path))
		it->trouble = tk_strdup(_("not a regular file"));
	else if (read_file(b, it, path, &bad) != TK_OK)
		it->trouble = tk_strdup(bad.text);
	else
		parse(b, it);
	if (b->n >= BATCH || b->bytes >= BATCH_BYTES)
		return flush(b, err);
	return TK_OK;
}

enum tk_status
tk_deliver_files(const struct tk_delivery *d, const struct tk_strv *files,
    struct tk_err *err)
{
	struct batch b = { .d = d };
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < files->n; i++)
		st = add_file(&b, files->v[i], NULL, err);
	return finish(&b, st, err);
}

enum tk_status
tk_deliver_maildir(
    const struct tk_delivery *d, const char *dir, struct tk_err *err)
{
	struct batch b = { .d = d, .maildir = dir };
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st = tk_maildir_list(&names, dir, err);
	char *path;
	size_t i;

	for (i = 0; st == TK_OK && i < names.n; i++) {
		path = tk_strf("%s/new/%s", dir, names.v[i]);
		st = add_file(&b, path, names.v[i], err);
		free(path);
	}
	tk_strv_clear(&names);
	return finish(&b, st, err);
}
