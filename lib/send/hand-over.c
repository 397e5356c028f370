/* hand-over - a letter given to the sending program, or put off. */
#include <stdlib.h>
#include <sysexits.h>

#include "act/dead.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"
#include "send/parcel.h"

#define SENDMAIL_MAX 300    /* seconds for one letter */
#define GIVE_UP (5 * 86400) /* seconds of trying, as MTAs do */

static enum tk_fate
fate_of(int code)
{
	if (code == EX_OK)
		return TK_FATE_SENT;
	return code == EX_DATAERR || code == EX_NOUSER || code == EX_NOHOST
	    ? TK_FATE_FAILED
	    : TK_FATE_WAITS;
}

/* git config tk.sendmailtimeout, in seconds. */
static int
patience(const struct tk_desk *desk)
{
	char *text = tk_store_config(desk->store, "tk.sendmailtimeout");
	long n = text != NULL ? strtol(text, NULL, 10) : 0;

	free(text);
	return n > 0 && n < 86400 ? (int)n : SENDMAIL_MAX;
}

enum tk_status
tk_parcel_hand(struct tk_send_run *r, struct tk_parcel *p, const char *from,
    const struct tk_strv *to, const struct tk_str *raw, struct tk_err *err)
{
	struct tk_str said = TK_STR_INIT;
	struct tk_strv argv = TK_STRV_INIT;
	int code = EX_TEMPFAIL;

	if (r->as_sent) {
		p->fate = TK_FATE_SENT;
		p->reason =
		    tk_strdup("sent before the desk was restored");
		return TK_OK;
	}
	tk_strv_copy(&argv, &r->sendmail);
	tk_strv_add(&argv, "-f");
	tk_strv_add(&argv, from);
	tk_strv_add(&argv, "--");
	tk_strv_copy(&argv, to);
	if (tk_proc_run(&code,
		&(struct tk_proc){ .argv = (const char *const *)argv.v,
		    .in = raw->data,
		    .in_len = raw->len,
		    .timeout = patience(r->desk),
		    .out = &said,
		    .errors = &said },
		err) != TK_OK) {
		p->reason = tk_strdup(err->text);
		p->fate = TK_FATE_WAITS;
	} else {
		p->fate = fate_of(code);
		tk_str_trim(&said);
		tk_str_cut(&said, said.len < 500 ? said.len : 500);
		if (p->fate != TK_FATE_SENT)
			p->reason = tk_strf(_("%s: status %d%s%s"), argv.v[0],
			    code, said.len > 0 ? ": " : "", said.data);
	}
	tk_str_clear(&said);
	tk_strv_clear(&argv);
	return TK_OK;
}

bool
tk_parcel_is_in_vain(struct tk_send_run *r, struct tk_parcel *p,
    const struct tk_strv *to, const struct tk_strv *cc)
{
	struct tk_err ignore = TK_ERR_INIT;
	struct tk_str line = TK_STR_INIT;

	if (r->as_sent ||
	    tk_dead_all(&line, r->desk, to, cc, &ignore) != TK_OK) {
		tk_str_clear(&line);
		return false;
	}
	p->fate = TK_FATE_FAILED;
	p->reason = tk_str_detach(&line);
	return true;
}

/* 5, 10, 20 ... minutes, never over 4 hours. */
static int64_t
back_off(int tries)
{
	int64_t wait = 300;

	for (; tries > 1 && wait < 4 * 3600; tries--)
		wait *= 2;
	return wait < 4 * 3600 ? wait : 4 * 3600;
}

enum tk_status
tk_parcel_defer(struct tk_send_run *r, struct tk_parcel *p,
    struct tk_outbox_try *t, int64_t since, struct tk_err *err)
{
	char *old = t->reason;
	enum tk_status st;

	if (r->now - since > GIVE_UP) {
		p->fate = TK_FATE_FAILED;
		return TK_OK;
	}
	t->tries++;
	t->next = r->now + back_off(t->tries);
	t->reason = p->reason;
	st = tk_outbox_set_try(r->dir, p->name, t, err);
	t->reason = old;
	return st;
}
