/* test-index - store/index.h: what is put is found, and what is gone is not. */
#include <stdlib.h>
#include <unistd.h>

#include "base/date.h"
#include "base/mem.h"
#include "index/index.h"
#include "index/query.h"

#include "tap.h"

#define BODY "1111111111111111111111111111111111111111111111111111111111111111"
#define M1 "20261122T061502Z-5f3a09c1"
#define M2 "20261122T063011Z-91c07d22"
#define M3 "20261122T070000Z-00000003"
#define OPEN                                                               \
	"- {at: 2026-11-22T09:15:02+03:00, by: ivan@x.example, act: open," \
	" msg: " M1 ", set: {state: new}}\n"
#define TAKE                                                       \
	"- {at: 2026-11-22T09:20:00+03:00, by: danila, act: take," \
	" set: {state: open, assignee: danila}}\n"
#define SENT \
	"- {at: 2026-11-22T09:30:12+03:00, by: tk, act: sent, msg: " M2 "}\n"
#define CLOSE                                                       \
	"- {at: 2026-11-22T10:00:00+03:00, by: danila, act: close," \
	" set: {state: closed}}\n"
#define SPENT "- {at: 2026-11-22T11:00:00+03:00, by: danila, act: spend}\n"

static struct tk_err err;
static struct tk_index *ix;

static void
put(const char *id, const char *head, const char *log)
{
	struct tk_ticket *t = NULL;
	char *text = tk_strf("id: %s\n%slog:\n%s", id, head, log);

	if (tk_ticket_read(&t, text, strlen(text), "test", &err) != TK_OK ||
	    tk_index_put_ticket(ix, t, &err) != TK_OK)
		printf("Bail out! %s\n", err.text);
	tk_ticket_free(t);
	free(text);
}

static void
put_message(const char *ticket, const char *name, const char *kind,
    const char *by, const char *to, const char *message_id)
{
	struct tk_message m = { 0 };
	struct tk_strv none = TK_STRV_INIT;

	m.name = tk_strdup(name);
	m.kind = tk_strdup(kind);
	m.by = tk_strdup(by);
	m.from = tk_strf("\"Hr. <boss@x.example>\" <%s>", by);
	m.at = 1000;
	m.to = none;
	if (to != NULL)
		tk_strv_add(&m.to, to);
	m.message_id = tk_strdup(message_id);
	m.body_sha256 = tk_strdup(BODY);
	if (tk_index_put_message(ix, ticket, &m, &err) != TK_OK)
		printf("Bail out! %s\n", err.text);
	tk_message_clear(&m);
}

static void
begin(void)
{
	ok(tk_index_begin(ix, &err) == TK_OK, "begin");
}

static void
finish(const char *head)
{
	ok(tk_index_finish(ix, head, &err) == TK_OK, "finish");
}

static bool
takes_part(const char *ticket, const char *address)
{
	bool is_one = false;

	return tk_index_is_participant(ix, &is_one, ticket, address, &err) ==
	    TK_OK &&
	    is_one;
}

static const char *
unsent(void)
{
	static char text[256];
	struct tk_strv l = TK_STRV_INIT;
	size_t i;

	text[0] = '\0';
	if (tk_index_unsent(ix, &l, &err) != TK_OK)
		return err.text;
	for (i = 0; i < l.n; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
		    "%s%s", i > 0 ? " " : "", l.v[i]);
	tk_strv_clear(&l);
	return text;
}

/* The first row of a list of everything that matches. */
static size_t
list(struct tk_rows *rows, const char *query)
{
	char *states[] = { tk_strdup("closed"), NULL };
	struct tk_strv finals = { states, 1, 1 };
	struct tk_query_context ctx = { .finals = &finals };
	struct tk_query *q = NULL;

	memset(rows, 0, sizeof(*rows));
	if (tk_query_parse(&q, query, &ctx, &err) != TK_OK ||
	    tk_index_list(ix, rows, q, 0, &err) != TK_OK)
		printf("# %s\n", err.text);
	tk_query_free(q);
	free(states[0]);
	return rows->n;
}

static void
tickets(void)
{
	struct tk_rows r;
	uint64_t n;

	begin();
	put("TK-1",
	    "subject: Сервер\nstate: new\nrequester: Ivan@x.example\n"
	    "cc: [\"Boss <b@x.example>\"]\nline: 2\n",
	    OPEN);
	put("TK-7.kyiv", "state: new\n", OPEN);
	put("TK-1",
	    "subject: Сервер\nstate: closed\nline: 2\n"
	    "requester: Ivan@x.example\n",
	    OPEN TAKE CLOSE SPENT);
	finish("1111111111111111111111111111111111111111");

	is_int((long long)list(&r, "id:1"), 1, "put twice is one row");
	is(r.v[0].subject, "Сервер", "its subject");
	is(r.v[0].state, "closed", "its newest state");
	is(r.v[0].assignee, "", "what is not set is empty, not NULL");
	is_int(r.v[0].line, 2, "its line");
	is_int(r.v[0].created, 1795328102, "created by the first entry");
	is_int(r.v[0].closed, 1795330800, "closed by the one that set it");
	is_int(r.v[0].updated, 1795334400, "updated by the last entry");
	tk_rows_clear(&r);
	list(&r, "id:tk-7.kyiv");
	is_int(r.n == 1 ? r.v[0].closed : -1, 0, "an open one is not closed");
	tk_rows_clear(&r);

	ok(takes_part("TK-1", "IVAN@X.example"), "the requester takes part");
	ok(!takes_part("TK-1", "b@x.example"), "who is not cc any more, not");
	ok(!takes_part("TK-7.kyiv", "ivan@x.example"), "nor elsewhere");
	ok(tk_index_last_number(ix, &n, "", &err) == TK_OK && n == 1,
	    "the last number at the gate");
	ok(tk_index_last_number(ix, &n, "kyiv", &err) == TK_OK && n == 7,
	    "and of a site");
	ok(tk_index_last_number(ix, &n, "lviv", &err) == TK_OK && n == 0,
	    "and of a site without any");
}

static void
messages(void)
{
	struct tk_index_hit hit;
	struct tk_rows r;
	int64_t n;

	begin();
	put_message("TK-1", M1, "request", "ivan@X.example", "desk@x", "a@x");
	put_message(
	    "TK-1", M2, "reply", "danila", "Пётр <Petr@x.example>", "b%_'\"@x");
	put_message("TK-1", M3, "auto", "tk", "ivan@x.example", "c@x");
	is(unsent(), "TK-1/" M2 " TK-1/" M3, "what goes out is not sent yet");
	put("TK-1", "state: open\n", OPEN TAKE SENT);
	is(unsent(), "TK-1/" M3, "until the log says so");
	put("TK-1", "state: open\n", OPEN TAKE);
	is(unsent(), "TK-1/" M2 " TK-1/" M3, "a log that shrank is taken anew");
	put("TK-1", "state: open\n", OPEN SENT);
	put_message(
	    "TK-1", M2, "reply", "danila", "petr@x.example", "b%_'\"@x");
	is(unsent(), "TK-1/" M3, "a message behind its log entry is sent");
	finish("2222222222222222222222222222222222222222");

	ok(tk_index_find_id(ix, &hit, "a@x", &err) == TK_OK, "a Message-ID");
	is(hit.ticket, "TK-1", "its ticket");
	is(hit.message, M1, "its message");
	is(hit.body_sha256, BODY, "its body");
	ok(tk_index_find_id(ix, &hit, "b%_'\"@x", &err) == TK_OK,
	    "a hostile one");
	ok(tk_index_find_id(ix, &hit, "%", &err) == TK_ENOENT, "not: %");
	ok(tk_index_find_id(ix, &hit, "' OR 1 --", &err) == TK_ENOENT,
	    "nor SQL");
	ok(tk_index_has_letter(ix, &hit, "a@x", BODY, &err) == TK_OK,
	    "the same letter");
	ok(tk_index_has_letter(ix, &hit, "a@x", "22", &err) == TK_ENOENT,
	    "another body is another letter");
	ok(takes_part("TK-1", "petr@x.example"), "we wrote to Petr");
	ok(takes_part("TK-1", "ivan@x.example"), "Ivan wrote");
	ok(!takes_part("TK-1", "boss@x.example"),
	    "an address in a name is no address");
	ok(!takes_part("TK-1", "desk@x"), "nor is whom Ivan wrote to");
	ok(tk_index_count_acks(ix, &n, "IVAN@x.example", 1000, &err) == TK_OK &&
		n == 1,
	    "one automatic letter to Ivan");
	ok(tk_index_count_acks(ix, &n, "ivan@x.example", 1001, &err) == TK_OK &&
		n == 0,
	    "none since");
	ok(tk_index_count_acks(ix, &n, "petr@x.example", 0, &err) == TK_OK &&
		n == 0,
	    "a person's reply is none");
	list(&r, "id:1");
	is_int(r.n == 1 ? r.v[0].messages : -1, 3, "three messages");
	tk_rows_clear(&r);

	begin();
	put("TK-9", "state: new\n", TAKE);
	put_message("TK-9", M1, "request", "eve@x.example", NULL, "a@x");
	ok(tk_index_find_id(ix, &hit, "a@x", &err) == TK_OK, "in two tickets");
	is(hit.ticket, "TK-9", "the newest ticket wins");
	ok(tk_index_remove_ticket(ix, "TK-9", &err) == TK_OK, "removed");
	ok(tk_index_find_id(ix, &hit, "a@x", &err) == TK_OK &&
		tk_streq(hit.ticket, "TK-1"),
	    "then the other one");
	ok(tk_index_remove_message(ix, "TK-1", M1, &err) == TK_OK &&
		tk_index_find_id(ix, &hit, "a@x", &err) == TK_ENOENT,
	    "a removed message is not found");
	ok(tk_index_remove_message(ix, "TK-1", M3, &err) == TK_OK &&
		tk_index_count_acks(ix, &n, "ivan@x.example", 0, &err) ==
		    TK_OK &&
		n == 0,
	    "nor counted");
	ok(!takes_part("TK-1", "ivan@x.example"), "nor does its writer count");
	tk_index_abort(ix);
	ok(tk_index_find_id(ix, &hit, "c@x", &err) == TK_OK, "but for abort");
	ok(takes_part("TK-1", "ivan@x.example"), "which brings all back");
}

int
main(void)
{
	char dir[] = "/tmp/tk-index-XXXXXX", head[41] = "x";
	char *path, *sweep;

	if (mkdtemp(dir) == NULL || tk_date_zone("UTC", &err) != TK_OK)
		return 1;
	path = tk_strf("%s/index.db", dir);
	sweep = tk_strf("rm -r %s", dir);
	ok(tk_index_open(&ix, path, &err) == TK_OK, "a new index");
	ok(tk_index_head(ix, head, &err) == TK_OK, "asked for its head");
	is(head, "", "has none");
	tickets();
	messages();
	tk_index_free(ix);
	tk_index_free(NULL);
	ok(tk_index_open(&ix, path, &err) == TK_OK &&
		tk_index_head(ix, head, &err) == TK_OK,
	    "opened again");
	is(head, "2222222222222222222222222222222222222222",
	    "and the head is there");
	ok(tk_index_check(ix, &err) == TK_OK, "SQLite finds the file whole");
	tk_index_free(ix);
	ok(system(sweep) == 0, "swept up");
	free(path);
	free(sweep);
	done_testing();
	return tap_done();
}
