/*
 * report-mail.h - reports sent by mail, each period once.
 *
 * Purpose    tk report --mail, for cron at the gate. The letter is composed
 *            into the outbox under a name made of the report, its query, its
 *            period and the address. That it was sent is kept in
 *            $GIT_DIR/tk/reports/, so that a run after a crash, or a second
 *            one, sends nothing twice.
 * Errors     TK_EREFUSED in a clone, or to somebody who is neither on the
 *            staff nor a client's contact; TK_EOUTPUT it waits for the next
 *            run.
 */
#ifndef TK_REPORT_MAIL_H
#define TK_REPORT_MAIL_H

#include "report/report.h"

/* A client's contact gets what is about this client, whatever was asked. */
TK_MUST_CHECK enum tk_status tk_report_mail(struct tk_desk *desk,
    const struct tk_report_request *ask, const struct tk_strv *to,
    struct tk_err *err);

#endif
