/* test-message - model/message.h. */
#include "model/message.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tap.h"
#include "yaml/yaml.h"

static struct tk_err err;
static struct tk_str out = TK_STR_INIT;

static const char text[] =
    "kind: request\n"
    "by: ivan@romashka.example\n"
    "at: 2026-11-22T09:15:02+03:00\n"
    "channel: mail\n"
    "from: Иван <ivan@romashka.example>\n"
    "to: [support@firma.example]\n"
    "cc: [boss@romashka.example, 'x, y <z@a.example>']\n"
    "subject: 'Re: сервер'\n"
    "message_id: a.b@romashka.example\n"
    "references: [1@x, 2@x]\n"
    "rule: new\n"
    "charset: koi8-r, read as windows-1251\n"
    "auth: dkim=pass\n"
    "sha256: ab12\n"
    "body_sha256: '0012'\n"
    "attachments:\n"
    "- {part: 2, name: план.pdf, type: application/pdf, size: 240000, sha256: "
    "ff}\n"
    "- {part: 3, name: '', type: image/png, size: 0, sha256: ee}\n"
    "text: |\n"
    "  Не работает.\n"
    "\n"
    "  -- \n"
    "  Иван\n"
    "quoted: '> да'\n";

static enum tk_status
read_message(struct tk_message *m, const char *data)
{
	return tk_message_read(m, data, strlen(data), "f", &err);
}

static const char *
written(const struct tk_message *m)
{
	tk_str_reset(&out);
	tk_message_write(&out, m);
	return out.data;
}

static void
test_read(void)
{
	struct tk_message m;

	is_int(read_message(&m, text), TK_OK, "read");
	is(m.kind, "request", "kind");
	is_int(m.at, 1795328102, "at");
	is(m.cc.v[1], "x, y <z@a.example>", "cc");
	is_int((long long)m.n_files, 2, "two files");
	is(m.file[0].name, "план.pdf", "a file's name");
	is_int((long long)m.file[0].size, 240000, "its size");
	is(m.text, "Не работает.\n\n-- \nИван\n", "text");
	is(m.quoted, "> да", "quoted");
	ok(m.bounced == NULL && m.name == NULL, "what is absent");
	is(written(&m), text, "written as it was");
	ok(!tk_message_is_outgoing(&m), "a request does not go out");
	tk_message_set_name(&m, "5f3a09c1aabbccdd");
	is(m.name, "20261122T061502Z-5f3a09c1", "name");
	tk_message_clear(&m);
	ok(m.text == NULL && m.n_files == 0, "cleared");
}

static void
test_odd(void)
{
	struct tk_message m;

	is_int(read_message(&m, "by: a\nat: 2026-11-22T09:15:02Z\n"), TK_EINPUT,
	    "no kind");
	is(err.text, "f:1: a message needs \"kind\", \"by\" and \"at\"",
	    "  said");
	is_int(read_message(&m, "kind: note\nby: a\nat: today\n"), TK_EINPUT,
	    "no time");
	is_int(read_message(&m, "[]\n"), TK_EINPUT, "a list");
	is_int(read_message(&m, "a: 1\na: 2\n"), TK_EINPUT, "bad YAML");
	is(err.text, "f:2: duplicate key \"a\"", "  said");
	is_int(read_message(&m,
		   "kind: note\nby: a\nat: 2026-11-22T09:15:02Z\nto: x@y\n"
		   "attachments: [{part: -7, size: -1}, word, {part: x}]\n"),
	    TK_OK, "odd attachments");
	ok(m.n_files == 3 && m.file[0].part == 1 && m.file[0].size == 0 &&
		m.file[2].part == 3,
	    "  get numbers that can be used");
	is(m.file[1].type, "application/octet-stream", "  and a type");
	is_int((long long)m.to.n, 1, "one address as a word");
	tk_message_clear(&m);
	is_int(read_message(&m,
		   "kind: note\nby: a\nat: 2026-11-22T09:15:02Z\n"
		   "attachments: none\n"),
	    TK_OK, "no list of attachments");
	is_int((long long)m.n_files, 0, "  is none");
	tk_message_clear(&m);
}

static void
test_outgoing(void)
{
	struct tk_message m = { 0 };

	m.kind = tk_strdup("reply");
	m.by = tk_strdup("danila");
	m.message_id = tk_strdup("x@y");
	ok(!tk_message_is_outgoing(&m), "a reply to nobody stays");
	tk_strv_add(&m.to, "ivan@romashka.example");
	ok(tk_message_is_outgoing(&m), "a reply goes out");
	m.kind[0] = '\0';
	free(m.kind);
	m.kind = tk_strdup("note");
	ok(!tk_message_is_outgoing(&m), "a note never does");
	free(m.kind);
	m.kind = tk_strdup("auto");
	ok(!tk_message_is_outgoing(&m), "another's automatic letter");
	free(m.by);
	m.by = tk_strdup("tk");
	ok(tk_message_is_outgoing(&m), "and ours");
	tk_message_clear(&m);
}

/* len bytes of c as text and quoted: what is written can be read. */
static void
test_long(const char *unit, const char *name)
{
	struct tk_message m = { 0 }, back;
	struct tk_str s = TK_STR_INIT;
	size_t n;

	while (s.len < 2 * TK_TEXT_MAX)
		tk_str_add(&s, unit);
	m.kind = tk_strdup("request");
	m.by = tk_strdup("a");
	m.text = tk_strdup(s.data);
	m.quoted = tk_str_detach(&s);
	written(&m);
	ok(out.len <= TK_YAML_MAX && strstr(out.data, "\ncut: true\n") != NULL,
	    name);
	is_int(read_message(&back, out.data), TK_OK, "  can be read");
	n = back.text != NULL ? strlen(back.text) : 0;
	ok(n >= TK_TEXT_MAX / 4 && n <= TK_TEXT_MAX &&
		memcmp(back.text, m.text, n) == 0,
	    "  and is its beginning");
	tk_message_clear(&back);
	tk_message_clear(&m);
}

int
main(void)
{
	setenv("TZ", "MSK-3", 1);
	test_read();
	test_odd();
	test_outgoing();
	test_long("Текст. ", "a long text is cut");
	test_long("a\n", "a text of short lines is cut");
	test_long("\x01", "a text of controls is cut");
	tk_str_clear(&out);
	done_testing();
	return tap_done();
}
