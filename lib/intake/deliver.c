/* deliver - letters from standard input, files and maildirs, made safe. */
#include "intake/deliver.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "intake/ahead.h"
#include "intake/big.h"
#include "intake/hold.h"
#include "store/maildir.h"
#include "store/quarantine.h"

/*
 * A batch has one transaction, and all others wait behind it: so it ends after
 * a time, and at what memory it may take. Acts end early enough for their
 * objects to be written within the same second.
 */
#define BATCH_TIME 400 /* ms */
#define BATCH_BYTES ((size_t)16 * 1024 * 1024)
#define BATCH 2000 /* letters */
#define BATCH_LEFT 100

struct item {
	struct tk_incoming *in;
	struct tk_intake intake;
};

struct batch {
	const struct tk_delivery *d;
	const char *maildir; /* or NULL */
	struct tk_ahead *ahead; /* where more come from; or NULL */
	struct item *v;
	size_t n, cap, bytes;
	size_t from, to; /* the part that the transaction takes */
	bool grows;      /* and what comes meanwhile */
	bool any_refused, any_trouble;
};

static void
clear(struct batch *b)
{
	size_t i;

	for (i = 0; i < b->n; i++) {
		tk_incoming_free(b->v[i].in);
		tk_intake_clear(&b->v[i].intake);
	}
	b->n = b->bytes = 0;
}

static void
add(struct batch *b, struct tk_incoming *in)
{
	b->v = tk_more(b->v, b->n, &b->cap, sizeof(*b->v));
	b->v[b->n++].in = in;
	b->bytes += in->raw.len;
}

/* One more for the batch, where it may have one by then. */
static bool
add_next(struct batch *b, int64_t until)
{
	struct tk_incoming *in;

	if (b->ahead == NULL || b->n >= BATCH || b->bytes >= BATCH_BYTES ||
	    tk_ticks() >= until)
		return false;
	in = tk_ahead_next(b->ahead, until);
	if (in != NULL)
		add(b, in);
	return in != NULL;
}

static void
set_text(char **to, const char *text)
{
	free(*to);
	*to = tk_strdup(text);
}

/* What concerns one letter is its reason for the quarantine. */
static enum tk_status
take_one(struct tk_tx *tx, struct batch *b, struct item *it,
    struct tk_err *err)
{
	struct tk_incoming *in = it->in;
	struct tk_intake_how how = { .is_welcome = b->d->is_welcome,
		.whole = in->whole,
		.blob = in->blob };
	enum tk_status st;

	if (!in->is_read)
		return TK_OK;
	set_text(&in->reason, NULL);
	st = tk_intake_again(&in->letter, tx, b->d->desk, &in->raw, err);
	if (st == TK_OK)
		st = tk_intake_letter(&it->intake, tx, b->d->desk,
		    &in->letter, &in->raw, &how, err);
	if (st != TK_EREFUSED && st != TK_EDENIED && st != TK_EINPUT)
		return st;
	set_text(&in->reason, err->text);
	return TK_OK;
}

static enum tk_status
take_in(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct batch *b = arg;
	int64_t until = tk_ticks() + BATCH_TIME;
	enum tk_status st;
	size_t i;

	/* A desk that cannot be read is no fault of a letter. */
	if (tk_desk_load(b->d->desk, err) != TK_OK)
		return err->status = TK_ESYS;
	for (i = b->from; i < b->to || (b->grows && i < b->n) ||
	     (b->grows && add_next(b, until));
	     i++)
		if ((st = take_one(tx, b, &b->v[i], err)) != TK_OK)
			return st;
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
quarantine(
    struct batch *b, const struct tk_incoming *in, struct tk_err *err)
{
	char *dir, *name = NULL;
	enum tk_status st;

	if (b->d->dry_run || b->d->desk == NULL)
		return TK_OK;
	dir = tk_store_path(b->d->desk->store, "quarantine");
	st = tk_quarantine_put(
	    &name, dir, in->raw.data, in->raw.len, in->reason, err);
	free(name);
	free(dir);
	return st;
}

/* A letter of our own quarantine that was delivered again and is in a ticket
 * now has no more to wait for there. */
static void
release(const struct batch *b, const struct tk_incoming *in)
{
	char *dir = tk_store_path(b->d->desk->store, "quarantine/new/");
	char *real = realpath(in->file, NULL), *home = realpath(dir, NULL);
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
	struct tk_incoming *in = it->in;
	struct tk_delivered d = { .file = in->file,
		.letter = in->is_read ? &in->letter : NULL };
	struct tk_err err = TK_ERR_INIT;

	if (in->trouble == NULL && in->reason != NULL) {
		b->any_refused = true;
		if (quarantine(b, in, &err) != TK_OK)
			set_text(&in->trouble, err.text);
	}
	if (in->trouble == NULL && in->reason == NULL &&
	    it->intake.aside != TK_ASIDE_NO && !b->d->dry_run &&
	    tk_hold_put(b->d->desk, &in->letter, &in->raw, &it->intake, &err) !=
		TK_OK)
		set_text(&in->trouble, err.text);
	d.is_safe = in->trouble == NULL;
	d.reason = in->trouble != NULL ? in->trouble : in->reason;
	if (d.reason == NULL)
		d.intake = &it->intake;
	if (d.intake != NULL && b->d->desk != NULL && !b->d->dry_run &&
	    b->maildir == NULL)
		release(b, in);
	b->any_trouble |= !d.is_safe;
	/* A letter that stays in new/ although it is safe comes again and is
	 * found to be a duplicate. */
	if (d.is_safe && b->maildir != NULL && in->name != NULL &&
	    !b->d->dry_run &&
	    tk_maildir_seen(b->maildir, in->name, &err) != TK_OK)
		d.reason = err.text;
	if (b->d->told != NULL)
		b->d->told(&d, b->d->arg);
}

/* When the batch fails as a whole, one of its letters may be the cause: each
 * for itself, so that it stops no other. */
static void
one_by_one(struct batch *b, enum tk_status st, struct tk_err *err)
{
	struct tk_incoming *in;
	size_t i;

	b->grows = false;
	for (i = 0; i < b->n; i++) {
		in = b->v[i].in;
		if (!in->is_read)
			continue;
		/* Behind a lock each would wait as long as all of them. */
		if (b->n == 1 || st == TK_EBUSY ||
		    commit(b, i, i + 1, err) != TK_OK)
			set_text(&in->trouble, err->text);
	}
}

static void
flush(struct batch *b, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	/* The first is waited for before all others wait for us. */
	b->grows = true;
	(void)add_next(b, INT64_MAX);
	if (b->d->desk != NULL)
		st = commit(b, 0, 0, err);
	else
		while (add_next(b, INT64_MAX))
			;
	/* Each batch waits for the lock: so many are told of it at once. */
	while (st == TK_EBUSY && b->n < BATCH_LEFT && add_next(b, INT64_MAX))
		;
	if (st != TK_OK)
		one_by_one(b, st, err);
	for (i = 0; i < b->n; i++)
		settle(b, &b->v[i]);
	clear(b);
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

enum tk_status
tk_deliver_stream(
    const struct tk_delivery *d, const char *name, int fd, struct tk_err *err)
{
	struct batch b = { .d = d };
	struct tk_incoming *in = tk_incoming_new(name, NULL);
	enum tk_status st;

	add(&b, in);
	st = tk_big_read(&in->raw, &in->whole, d->desk, fd, !d->dry_run, err);
	if (st == TK_OK) {
		tk_incoming_parse(in, NULL);
		flush(&b, err);
	}
	clear(&b);
	free(b.v);
	return st == TK_OK ? verdict(&b, err) : st;
}

static enum tk_status
deliver_all(const struct tk_delivery *d, const char *maildir,
    const struct tk_strv *names, struct tk_err *err)
{
	struct batch b = { .d = d, .maildir = maildir };

	b.ahead = tk_ahead_new(d->desk, maildir, names, !d->dry_run);
	while (!tk_ahead_is_done(b.ahead))
		flush(&b, err);
	tk_ahead_free(b.ahead);
	free(b.v);
	return verdict(&b, err);
}

enum tk_status
tk_deliver_files(const struct tk_delivery *d, const struct tk_strv *files,
    struct tk_err *err)
{
	return deliver_all(d, NULL, files, err);
}

enum tk_status
tk_deliver_maildir(
    const struct tk_delivery *d, const char *dir, struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st = tk_maildir_list(&names, dir, err);

	if (st == TK_OK)
		st = deliver_all(d, dir, &names, err);
	tk_strv_clear(&names);
	return st;
}
