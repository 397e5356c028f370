/* notice - staff are told what happened: the run from mark to HEAD. */
#include "notice/notice.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/id.h"
#include "notice/notice-parts.h"

#define RUNS 3           /* hooks may act, and their acts are events */
#define COMMITS_MAX 5000 /* behind the mark; of more, the newest */
#define FRESH 60         /* seconds that an event may be old without a mark */
#define FRESH_BACK 20    /* commits that are looked at for them */
#define OLD (7 * 86400)  /* seconds; what is older is told to nobody */
#define TEXT_MAX 2000    /* bytes of a message in a notice */
#define LOCK_WAIT 5      /* seconds behind another run */

struct run {
	struct tk_desk *desk;
	struct tk_notices list;
	int64_t since; /* no older events */
};

void
tk_notices_clear(struct tk_notices *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->v[i].id);
		free(l->v[i].text);
		tk_ticket_free(l->v[i].ticket);
	}
	free(l->v);
	memset(l, 0, sizeof(*l));
}

static enum tk_status
add(const struct tk_event *e, void *arg, struct tk_err *err)
{
	struct run *r = arg;
	const char *kinds[2];
	struct tk_notice *one;
	size_t n = tk_event_kinds(kinds, e), i;

	(void)err;
	for (i = 0; i < n && tk_entry_at(e->entry) >= r->since; i++) {
		r->list.v = tk_more(
		    r->list.v, r->list.n, &r->list.cap, sizeof(*r->list.v));
		one = &r->list.v[r->list.n++];
		one->id =
		    tk_strf("%s/%zu/%s", tk_ticket_id(e->now), e->n, kinds[i]);
		one->kind = kinds[i];
		one->ticket = tk_ticket_copy(e->now);
		one->n = e->n;
		one->entry = tk_ticket_entry(one->ticket, e->n - 1);
	}
	return TK_OK;
}

/* The words that came with it, as far as a notice needs them. */
static void
read_text(const struct tk_desk *desk, struct tk_notice *e)
{
	const char *msg = tk_yaml_str(e->entry, "msg");
	struct tk_str path = TK_STR_INIT, data = TK_STR_INIT;
	struct tk_message m = { .kind = NULL };
	struct tk_err ignored = TK_ERR_INIT;

	if (msg == NULL)
		return;
	tk_id_path(&path, tk_ticket_id(e->ticket));
	tk_str_addf(&path, "/%s.yaml", msg);
	if (tk_store_read(desk->store, &data, path.data, &ignored) == TK_OK &&
	    tk_message_read(&m, data.data, data.len, path.data, &ignored) ==
		TK_OK &&
	    m.text != NULL) {
		m.text[tk_utf8_cut(m.text, strlen(m.text), TEXT_MAX)] = '\0';
		e->text = tk_strdup(m.text);
	}
	tk_message_clear(&m);
	tk_str_clear(&path);
	tk_str_clear(&data);
}

static bool
is_commit(const char *text)
{
	return strspn(text, "0123456789abcdef") == 40 && text[40] == '\0';
}

/* Where to go on from. Without a mark it is somebody's first notice: only
 * what has happened just now is told. */
static void
read_mark(char from[41], struct run *r)
{
	char *path = tk_store_path(r->desk->store, "noticed");
	struct tk_str text = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	int64_t now = tk_now();

	r->since = now - OLD;
	if (tk_file_read(&text, path, 100, &ignored) == TK_OK)
		tk_str_trim(&text);
	if (is_commit(text.data)) {
		memcpy(from, text.data, 41);
	} else {
		r->since = now - FRESH;
		tk_events_back(from, r->desk, FRESH_BACK);
	}
	tk_str_clear(&text);
	free(path);
}

static enum tk_status
write_mark(const struct tk_desk *desk, const char *head, struct tk_err *err)
{
	char *path = tk_store_path(desk->store, "noticed");
	char *text = tk_strf("%s\n", head);
	enum tk_status st = tk_file_write(path, text, strlen(text), 0660, err);

	free(text);
	free(path);
	return st;
}

/* A branch that was put elsewhere, or thousands imported: go on near HEAD. */
static enum tk_status
gather(struct run *r, char from[41], const char *head, struct tk_err *err)
{
	char back[41];
	enum tk_status st;

	tk_events_back(back, r->desk, COMMITS_MAX);
	if (from[0] == '\0' && back[0] != '\0')
		memcpy(from, back, 41);
	st = tk_events_walk(r->desk, from, head, add, r, err);
	if (st == TK_EREFUSED) {
		tk_notices_clear(&r->list);
		tk_warn(_("notices: the history was rewritten; what happened "
			  "before now is told to nobody"));
		st = TK_OK;
	}
	return st;
}

/* One round; *more is set where the hooks have acted. */
static enum tk_status
tell(struct tk_desk *desk, bool *more, struct tk_err *err)
{
	struct run r = { .desk = desk };
	char from[41], head[41];
	enum tk_status st;
	size_t i;

	*more = false;
	if ((st = tk_store_refresh(desk->store, err)) != TK_OK ||
	    (st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	snprintf(head, sizeof(head), "%s", tk_store_head(desk->store));
	read_mark(from, &r);
	if (strcmp(from, head) != 0)
		st = gather(&r, from, head, err);
	for (i = 0; i < r.list.n; i++)
		read_text(desk, &r.list.v[i]);
	if (st == TK_OK) {
		tk_notice_hooks(desk, &r.list);
		st = tk_notice_letters(desk, &r.list, err);
	}
	if (st == TK_OK && strcmp(from, head) != 0)
		st = write_mark(desk, head, err);
	*more = r.list.n > 0;
	tk_notices_clear(&r.list);
	return st;
}

enum tk_status
tk_notice_run(struct tk_desk *desk, bool always, struct tk_err *err)
{
	char *path;
	enum tk_status st;
	bool more = true;
	int fd, i;

	if (!desk->is_gate || getenv(TK_NOTICE_ENV) != NULL)
		return TK_OK;
	if ((st = tk_desk_load(desk, err)) != TK_OK ||
	    (!always && !tk_notice_wanted(desk)))
		return st;
	path = tk_store_path(desk->store, "notice.lock");
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		st = tk_fail_errno(err, "%s", path);
	else
		st = tk_lock_wait(fd, path, LOCK_WAIT, err);
	/* What hooks do is found in the next round, not by them. */
	setenv(TK_NOTICE_ENV, "1", 1);
	for (i = 0; st == TK_OK && more && i < RUNS; i++)
		st = tell(desk, &more, err);
	unsetenv(TK_NOTICE_ENV);
	if (fd >= 0)
		close(fd);
	free(path);
	return st;
}
