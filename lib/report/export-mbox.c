/* export-mbox - the letters of tickets as a mailbox. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/ticket.h"
#include "mail/letter.h"
#include "report/export.h"

/* "From a@b Sun Nov 22 06:15:02 2026": in C's own words and in UTC. */
static void
put_from(FILE *f, const struct tk_message *m)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct tk_addresses a = { NULL, 0, 0 };
	time_t at = (time_t)m->at;
	const char *who = "MAILER-DAEMON";
	struct tm tm;

	if (gmtime_r(&at, &tm) == NULL)
		memset(&tm, 0, sizeof(tm));
	tk_addresses_parse(&a, m->from != NULL ? m->from : "");
	if (a.n > 0 && tk_address_valid(a.v[0].addr) &&
	    strpbrk(a.v[0].addr, " \t\"") == NULL)
		who = a.v[0].addr;
	fprintf(f, "From %s %s %s %2d %02d:%02d:%02d %d\n", who,
	    days[tm.tm_wday], months[tm.tm_mon], tm.tm_mday, tm.tm_hour,
	    tm.tm_min, tm.tm_sec, tm.tm_year + 1900);
	tk_addresses_clear(&a);
}

/* mboxrd: a ">" before each "From " that is quoted already or not, so that it
 * can be taken away again. A line of mbox's own on top of the letter goes. */
static void
put_letter(FILE *f, const struct tk_str *raw)
{
	const char *p = raw->data, *end = p + raw->len, *nl, *q;
	size_t n, len;

	if (tk_starts(p, "From ")) {
		nl = memchr(p, '\n', raw->len);
		p = nl != NULL ? nl + 1 : end;
	}
	for (; p < end; p += n) {
		nl = memchr(p, '\n', (size_t)(end - p));
		n = nl != NULL ? (size_t)(nl - p) + 1 : (size_t)(end - p);
		len = nl != NULL ? n - 1 : n;
		if (len > 0 && p[len - 1] == '\r')
			len--;
		for (q = p; q < p + len && *q == '>'; q++)
			continue;
		if (p + len - q >= 5 && strncmp(q, "From ", 5) == 0)
			fputc('>', f);
		fwrite(p, 1, len, f);
		fputc('\n', f);
	}
	fputc('\n', f);
}

static bool
is_letter(const struct tk_message *m)
{
	return m->sha256 != NULL && !tk_streq(m->kind, "note") &&
	    !tk_streq(m->kind, "call") && !tk_streq(m->kind, "chat") &&
	    !tk_streq(m->kind, "visit");
}

static enum tk_status
put_ticket(FILE *f, struct tk_desk *desk, const char *id, size_t *letters,
    struct tk_err *err)
{
	struct tk_messages m = { NULL, 0, 0 };
	struct tk_str raw = TK_STR_INIT;
	struct tk_ticket *t = NULL;
	enum tk_status st;
	size_t i;

	if ((st = tk_desk_ticket(&t, desk, id, err)) == TK_OK)
		st = tk_desk_messages(&m, desk, t, err);
	for (i = 0; st == TK_OK && i < m.n; i++) {
		if (!is_letter(&m.v[i]))
			continue;
		tk_str_reset(&raw);
		st = tk_desk_letter(&raw, desk, id, m.v[i].name, err);
		if (st != TK_OK)
			break;
		put_from(f, &m.v[i]);
		put_letter(f, &raw);
		++*letters;
	}
	tk_messages_clear(&m);
	tk_ticket_free(t);
	tk_str_clear(&raw);
	return st;
}

static enum tk_status
put_all(FILE *f, const struct tk_export *e, size_t *letters, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < e->ids->n; i++)
		st = put_ticket(f, e->desk, e->ids->v[i], letters, err);
	return st;
}

static enum tk_status
to_file(const struct tk_export *e, size_t *letters, struct tk_err *err)
{
	char *unique = tk_unique_name();
	char *tmp = tk_strf("%s.%s", e->path, unique);
	enum tk_status st;
	FILE *f = NULL;
	int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	free(unique);
	if (fd >= 0)
		f = fdopen(fd, "w");
	if (f == NULL) {
		st = tk_fail_errno(err, "%s", e->path);
		if (fd >= 0)
			close(fd);
	} else {
		st = put_all(f, e, letters, err);
		if (st == TK_OK && (fflush(f) != 0 || fsync(fd) < 0))
			st = tk_fail_errno(err, "%s", e->path);
		if (st == TK_OK)
			st = tk_file_close(&f, e->path, err);
		if (f != NULL)
			fclose(f);
		if (st == TK_OK)
			st = tk_file_move(tmp, e->path, err);
		if (st != TK_OK)
			unlink(tmp);
	}
	free(tmp);
	return st;
}

enum tk_status
tk_export_mbox(const struct tk_export *e, size_t *letters, struct tk_err *err)
{
	*letters = 0;
	if (strcmp(e->path, "-") == 0)
		return put_all(stdout, e, letters, err);
	if (!e->over && tk_file_exists(e->path))
		return tk_fail(err, TK_EEXIST,
		    _("%s is there already; --force replaces it"), e->path);
	return to_file(e, letters, err);
}
