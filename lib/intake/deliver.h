/*
 * deliver.h - letters from standard input, files and maildirs, made safe.
 *
 * Purpose    Batches of letters in one transaction each, one commit a
 *            letter; a letter that cannot be taken in goes to quarantine and
 *            the rest go on; a maildir's letter leaves new/ only when it is
 *            safe. A crash leaves letters in new/, and what was committed
 *            already is found to be a duplicate the next time.
 * Errors     TK_EREFUSED some letter went to quarantine; TK_ESYS, TK_EBUSY
 *            some letter is where it was and must be tried again.
 */
#ifndef TK_DELIVER_H
#define TK_DELIVER_H

#include "desk/desk.h"
#include "intake/intake.h"

struct tk_delivered {
	const char *file;          /* where it came from */
	const struct tk_letter *letter; /* NULL where it could not be read */
	const struct tk_intake *intake; /* NULL for one in quarantine */
	const char *reason;        /* of the quarantine, or of the trouble */
	bool is_safe;              /* in a ticket or in quarantine */
};

struct tk_delivery {
	struct tk_desk *desk;
	bool dry_run;              /* do everything, then drop it */
	bool is_welcome;           /* a person has let these letters in */
	void (*told)(const struct tk_delivered *d, void *arg);
	void *arg;
};

/* One letter from a descriptor. TK_ESYS where it cannot be read to its end. */
TK_MUST_CHECK enum tk_status tk_deliver_stream(const struct tk_delivery *d,
    const char *name, int fd, struct tk_err *err);
/* Files that stay where they are. */
TK_MUST_CHECK enum tk_status tk_deliver_files(const struct tk_delivery *d,
    const struct tk_strv *files, struct tk_err *err);
/* All of new/, letters moved to cur/ when they are safe. */
TK_MUST_CHECK enum tk_status tk_deliver_maildir(
    const struct tk_delivery *d, const char *dir, struct tk_err *err);

#endif
