/* test-ticket - model/ticket.h and model/id.h. */
#include "model/ticket.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "model/id.h"
#include "tap.h"

static struct tk_err err;
static struct tk_str out = TK_STR_INIT;

static const char text[] =
    "id: TK-1042\n"
    "subject: Не работает сервер\n"
    "state: waiting\n"
    "line: 1\n"
    "assignee: danila\n"
    "due: {response: 2026-11-22T10:15:02+03:00}\n"
    "colour:\n- red\n- {shade: dark}\n"
    "zone: '7'\n"
    "log:\n"
    "- {at: 2026-11-22T09:15:02+03:00, by: ivan@romashka.example, act: open, "
    "msg: 20261122T061502Z-5f3a09c1, set: {subject: Не работает сервер, "
    "state: new, line: 1, due: {response: 2026-11-22T10:15:02+03:00}, "
    "resolution: none, colour: [red, {shade: dark}]}}\n"
    "- {at: 2026-11-22T09:21:40+03:00, by: danila, act: take, set: {state: "
    "open, assignee: danila, resolution: null}}\n"
    "- {at: 2026-11-22T09:30:11+03:00, by: danila, act: reply, msg: "
    "20261122T063011Z-91c07d22, set: {state: waiting, zone: '7'}, by_hand: "
    "true}\n";

static struct tk_ticket *
read_ticket(const char *data)
{
	struct tk_ticket *t = NULL;

	if (tk_ticket_read(&t, data, strlen(data), "f", &err) != TK_OK)
		printf("# %s\n", err.text);
	return t;
}

static const char *
written(struct tk_ticket *t)
{
	tk_str_reset(&out);
	tk_ticket_write(&out, t);
	return out.data;
}

static void
refused(const char *data, const char *want)
{
	struct tk_ticket *t = NULL;
	enum tk_status st = tk_ticket_read(&t, data, strlen(data), "f", &err);

	ok(st == TK_EINPUT && t == NULL, "refused");
	is(err.text, want, "  and says why");
	tk_ticket_free(t);
}

#define LOG "id: TK-1\nlog:\n- "
#define AT "at: 2026-11-22T09:15:02+03:00"

static void
test_refusals(void)
{
	refused("subject: x\nlog: []\n", "f:1: no ticket id");
	refused("subject: x\nid: tk_1\nlog: []\n", "f:2: no ticket id");
	refused("id: TK-1\n", "f:1: no log");
	refused("id: TK-1\nlog: []\n", "f:2: no log");
	refused("id: TK-1\nlog: {a: b}\n", "f:2: no log");
	refused("[id, TK-1]\n", "f:1: no ticket id");
	refused(LOG "word\n", "f:3: a log entry must be a map");
	refused(LOG "{by: a, act: b}\n",
	    "f:3: log entry without a readable time (at)");
	refused(LOG "{by: a, act: b, at: noon}\n",
	    "f:3: log entry without a readable time (at)");
	refused(LOG "{" AT ", by: a}\n",
	    "f:3: log entry without \"by\" or \"act\"");
	refused(LOG "{" AT ", by: a, act: b, msg: ../x}\n",
	    "f:3: bad message name \"../x\"");
	refused(LOG "{" AT ", by: a, act: b, set: x}\n",
	    "f:3: \"set\" must be a map");
	refused(LOG "{" AT ", by: a, act: b, set: {id: TK-2}}\n",
	    "f:3: \"id\" and \"log\" cannot be set");
}

static void
test_read(void)
{
	struct tk_ticket *t = read_ticket(text), *copy, *old;
	struct tk_yaml *e;

	is(tk_ticket_id(t), "TK-1042", "id");
	is(tk_ticket_get(t, "state"), "waiting", "a field");
	ok(tk_ticket_get(t, "none") == NULL, "a field that is not there");
	ok(tk_ticket_get(NULL, "state") == NULL, "no ticket, no field");
	ok(tk_ticket_node(t, "log") == NULL, "the log is no field");
	is_int((long long)tk_ticket_log_n(t), 3, "three entries");
	is_int(tk_entry_at(tk_ticket_entry(t, 0)), 1795328102, "its time");
	ok(tk_ticket_entry(t, 3) == NULL, "no fourth");
	is(written(t), text, "written as it was, unknown keys too");
	is_int(tk_ticket_check(t, "f", &err), TK_OK, "head is fold of log");

	copy = tk_ticket_copy(t);
	e = tk_entry_new(1795328102 + 3600, "danila", "close");
	tk_yaml_set_str(tk_entry_set(e), "state", "closed");
	tk_yaml_set_str(tk_entry_set(e), "resolution", "null");
	tk_yaml_set(tk_entry_set(e), "assignee", tk_yaml_plain("null"));
	tk_ticket_apply(copy, e);
	is(tk_ticket_get(copy, "state"), "closed", "an entry is folded");
	is(tk_ticket_get(copy, "resolution"), "null",
	    "the word null is a text");
	ok(tk_ticket_get(copy, "assignee") == NULL, "a null removes");
	is_int(tk_ticket_check(copy, "f", &err), TK_OK, "and checks");
	ok(strstr(written(copy), "\nassignee") == NULL &&
		strstr(out.data, "resolution: 'null'\n") != NULL &&
		strstr(out.data, "assignee: null, resolution: 'null'}}\n"),
	    "head and log are written");
	is_int((long long)tk_ticket_log_n(t), 3, "the original is untouched");
	tk_ticket_free(copy);
	copy = read_ticket(out.data);
	is_int(tk_ticket_check(copy, "f", &err), TK_OK, "and read again");
	tk_ticket_free(copy);

	old = tk_ticket_at(t, 1);
	is(tk_ticket_get(old, "state"), "new", "as it was after one entry");
	is(tk_ticket_get(old, "resolution"), "none",
	    "  what was removed later");
	ok(tk_ticket_get(old, "assignee") == NULL, "  what was set later");
	tk_ticket_free(old);
	tk_ticket_free(t);
}

/* The text with one line of the head replaced. */
static enum tk_status
check_with(const char *from, const char *to)
{
	struct tk_str s = TK_STR_INIT;
	const char *at = strstr(text, from);
	struct tk_ticket *t;
	enum tk_status st;

	tk_str_add_data(&s, text, (size_t)(at - text));
	tk_str_add(&s, to);
	tk_str_add(&s, at + strlen(from));
	t = read_ticket(s.data);
	st = tk_ticket_check(t, "f", &err);
	tk_ticket_free(t);
	tk_str_clear(&s);
	return st;
}

static void
test_check(void)
{
	is_int(check_with("state: waiting\n", "state: closed\n"), TK_EINPUT,
	    "a head that lies");
	is(err.text, "f:3: \"state\" is not what the log says", "  where");
	is_int(check_with("assignee: danila\n", ""), TK_EINPUT,
	    "a head that is silent");
	is(err.text, "f:1: \"assignee\" is missing, but the log sets it",
	    "  what");
	is_int(check_with("zone: '7'\n", "zone: '7'\nextra: 1\n"), TK_EINPUT,
	    "a head that invents");
	is(err.text, "f:11: \"extra\" is not what the log says", "  where");
	is_int(check_with("zone: '7'\n", "zone: 7\n"), TK_OK,
	    "quotes do not matter");
	is_int(check_with("- {shade: dark}", "- {shade: light}"), TK_EINPUT,
	    "a deep difference");
}

static bool
id_ok(const char *s)
{
	struct tk_id id;
	bool good = tk_id_parse(&id, s);

	tk_str_reset(&out);
	if (good)
		tk_id_text(&out, &id);
	return good && strcmp(out.data, s) == 0;
}

static const char *
loose(const char *s)
{
	struct tk_id id;

	tk_str_reset(&out);
	if (!tk_id_parse_loose(&id, s, "TK"))
		return NULL;
	tk_id_text(&out, &id);
	return out.data;
}

static void
test_id(void)
{
	static const char *const good[] = { "TK-1", "TK-1042", "A1-7",
		"TK-17.kyiv", "TK-17.kyiv-2", "ABCDEFGHIJKLMNO-1",
		"TK-999999999999999" };
	static const char *const bad[] = { "", "TK", "TK-", "TK-0", "TK-01",
		"tk-1", "1K-1", "-1", "TK-1.", "TK-1.K", "TK-1.-a", "TK-1.a.b",
		"TK-1\n", "TK-1 ", "TK--1", "TK-+1", "TK-1/..", "ТК-1",
		"ABCDEFGHIJKLMNOP-1", "TK-9999999999999999",
		"TK-1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
	bool all = true;
	size_t i;

	for (i = 0; i < TK_COUNT(good); i++)
		all &= id_ok(good[i]);
	for (i = 0; i < TK_COUNT(bad); i++)
		all &= !id_ok(bad[i]);
	ok(all, "ids, good and bad");
	is(loose("42"), "TK-42", "a number");
	is(loose("#42"), "TK-42", "a number with a hash");
	is(loose("tk-42"), "TK-42", "small letters");
	is(loose("42.kyiv"), "TK-42.kyiv", "a site");
	ok(loose("AB-42") == NULL && loose("") == NULL && loose("-42") == NULL,
	    "another prefix, nothing");
	tk_str_reset(&out);
	tk_id_path(&out, "TK-1042");
	is(out.data, "tickets/00/10/TK-1042", "path");
	tk_str_reset(&out);
	tk_id_path(&out, "TK-1234567.kyiv");
	is(out.data, "tickets/123/45/TK-1234567.kyiv", "path of a long one");
}

static bool
path_is(const char *path, enum tk_path_kind kind, const char *ticket,
    const char *name)
{
	struct tk_path p;

	tk_path_parse(&p, path);
	return p.kind == kind && strcmp(p.ticket, ticket) == 0 &&
	    strcmp(p.name, name) == 0;
}

static void
test_path(void)
{
	static const char *const other[] = { "", "tickets/", "tickets/x",
		"tickets/00/11/TK-1042/ticket.yaml", "ticket.yaml",
		"tickets/00/10/TK-1042x/ticket.yaml", "tickets//ticket.yaml",
		"tickets/00/10/../10/TK-1042/ticket.yaml", "staff/.yaml",
		"staff/a/b.yaml", "staff/A.yaml", "staff/..yaml",
		"clients/a..b.yaml", "clients/x.lock.yaml", "README" };
	size_t i;
	bool all = true;

	ok(path_is("tickets/00/10/TK-1042/ticket.yaml", TK_PATH_TICKET,
	       "TK-1042", ""),
	    "a ticket");
	ok(path_is("tickets/00/10/TK-1042/20261122T061502Z-5f3a09c1.yaml",
	       TK_PATH_MESSAGE, "TK-1042", "20261122T061502Z-5f3a09c1"),
	    "a message");
	ok(path_is("tickets/00/10/TK-1042/20261122T061502Z-5f3a09c1.eml",
	       TK_PATH_LETTER, "TK-1042", "20261122T061502Z-5f3a09c1"),
	    "a letter");
	ok(path_is("tickets/00/10/TK-1042/notes.yaml", TK_PATH_OTHER, "TK-1042",
	       ""),
	    "another file in a ticket");
	ok(path_is("staff/danila.yaml", TK_PATH_STAFF, "", "danila"), "staff");
	ok(path_is("clients/ro-1.yaml", TK_PATH_CLIENT, "", "ro-1"), "client");
	ok(path_is("regulation/processes/a.yaml", TK_PATH_REGULATION, "", ""),
	    "regulation");
	for (i = 0; i < TK_COUNT(other); i++)
		if (!path_is(other[i], TK_PATH_OTHER, "", "")) {
			printf("# %s\n", other[i]);
			all = false;
		}
	ok(all, "all else");
	ok(!tk_message_name_valid("20261122T061502Z-5F3A09C1") &&
		!tk_message_name_valid("20261122T061502Z-5f3a09c") &&
		!tk_message_name_valid("20261122T061502Z-5f3a09c1x"),
	    "message names");
}

int
main(void)
{
	setenv("TZ", "MSK-3", 1);
	test_refusals();
	test_read();
	test_check();
	test_id();
	test_path();
	tk_str_clear(&out);
	done_testing();
	return tap_done();
}
