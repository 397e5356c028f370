/* test-show - view/show.h, view/block.h. */
#include "view/show.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "tap.h"
#include "view/block.h"

static struct tk_err err;
static struct tk_str out = TK_STR_INIT;

static const char ticket_text[] =
    "id: TK-7\n"
    "subject: \"Сервер \\e[31mне работает\"\n"
    "state: waiting\n"
    "queue: support\n"
    "line: 1\n"
    "client: romashka\n"
    "cc: [boss@romashka.example, x@romashka.example]\n"
    "assignee: danila\n"
    "due: {response: 2026-11-22T10:15:02+03:00, resolution: "
    "2026-11-22T17:15:02+03:00}\n"
    "spent: [{who: danila, minutes: 15}, {who: danila, minutes: 30, "
    "billable: true}]\n"
    "impact: high\n"
    "channel: mail\n"
    "checklist: [{text: a, done: true}, {text: b, done: false}]\n"
    "colour: \"red\\nState: closed\"\n"
    "log:\n"
    "- {at: 2026-11-22T09:15:02+03:00, by: ivan@romashka.example, act: open, "
    "msg: 20261122T061502Z-00000001, set: {state: new, queue: support}}\n"
    "- {at: 2026-11-22T09:21:40+03:00, by: danila, act: take, set: {state: "
    "open, assignee: danila}}\n"
    "- {at: 2026-11-22T09:21:50+03:00, by: tk, act: \"dance\\e[1m\"}\n"
    "- {at: 2026-11-22T09:30:11+03:00, by: danila, act: reply, msg: "
    "20261122T063011Z-00000003, set: {state: waiting}}\n"
    "- {at: 2026-11-22T09:25:00+03:00, by: danila, act: note, msg: "
    "20261122T062500Z-00000002}\n"
    "- {at: 2026-11-22T09:31:00+03:00, by: tk, act: sent, msg: "
    "20261122T063011Z-00000003}\n";

static const char *const message_text[] = {
	"kind: request\nby: ivan@romashka.example\n"
	"at: 2026-11-22T09:15:02+03:00\nchannel: mail\n"
	"from: Иван <ivan@romashka.example>\nto: [support@firma.example]\n"
	"sha256: ab\nsubject: Сервер\n"
	"attachments:\n- {part: 2, name: \"a\\nb.pdf\", size: 245760}\n"
	"- {part: 3, name: c.png, size: 10}\n"
	"text: |\n  Не работает.\n\n  message 9 - reply\n  > 1\n  > 2\n  > 3\n"
	"  > 4\n  > 5\n  да\n\n\nquoted: \"a\\nb\\nc\"\n",
	"kind: note\nby: danila\nat: 2026-11-22T09:25:00+03:00\n"
	"text: пароль в сейфе\n",
	"kind: reply\nby: danila\nat: 2026-11-22T09:30:11+03:00\n"
	"from: Поддержка <support@firma.example>\nto: [ivan@romashka.example]\n"
	"message_id: x@y\ntext: Починили.\n"
	"attachments:\n- {part: 1, name: d.txt, size: 5}\n",
	"kind: bounce\nby: mailer@x.example\nat: 2026-11-22T09:40:00+03:00\n"
	"channel: mail\nclass_rule: Return-Path <>\nsha256: cd\n"
	"auth: mx.firma.example; dkim=pass\n"
	"verified: dkim romashka.example\n"
	"bounced: ivan@romashka.example 5.1.1\ntext: ''\n",
};

static const char *const names[] = { "20261122T061502Z-00000001",
	"20261122T062500Z-00000002", "20261122T063011Z-00000003",
	"20261122T064000Z-00000004" };

static const struct tk_label labels[] = {
	{ "state", "waiting", "ждём клиента" },
	{ "state", "open", "в работе" },
	{ "queue", "support", "Первая линия" },
	{ "impact", "high", "стоит отдел" },
	{ "channel", "mail", "письмо" },
	{ "client", "romashka", "ООО «Ромашка»" },
	{ "staff", "danila", "Данила Петров" },
};

static struct tk_message messages[4];
static struct tk_show show = {
	.message = messages,
	.n_messages = 4,
	.label = labels,
	.n_labels = TK_COUNT(labels),
	.now = 1795334400, /* 2026-11-22 11:00 in Moscow */
};

static const char *
shown(void)
{
	tk_str_reset(&out);
	tk_show_ticket(&out, &show);
	return out.data;
}

static void
test_ticket(void)
{
	is(shown(),
	    "TK-7  Сервер [31mне работает\n"
	    "State:      ждём клиента (waiting)\n"
	    "Impact:     стоит отдел (high)\n"
	    "Queue:      Первая линия (support)\n"
	    "Line:       1\n"
	    "Assignee:   Данила Петров (danila)\n"
	    "Due:        first answer 2026-11-22 10:15, solution 2026-11-22 "
	    "17:15 (44 min late) - OVERDUE\n"
	    "Client:     ООО «Ромашка» (romashka)\n"
	    "Copies to:  boss@romashka.example, x@romashka.example\n"
	    "Channel:    письмо (mail)\n"
	    "Checklist:  1 of 2 done\n"
	    "Time spent: 45 min, 30 min billable\n"
	    "colour:     red State: closed\n"
	    "\n"
	    "message 1 - request - 2026-11-22 09:15\n"
	    "  From:    Иван <ivan@romashka.example>\n"
	    "  Sender:  NOT VERIFIED\n"
	    "  To:      support@firma.example\n"
	    "  Subject: Сервер\n"
	    "\n"
	    "    Не работает.\n"
	    "\n"
	    "    message 9 - reply\n"
	    "    [... 5 folded lines: tk show -v]\n"
	    "    да\n"
	    "\n"
	    "    [... 3 folded lines: tk show -v]\n"
	    "\n"
	    "  [1] a b.pdf, 240 KB  (tk attach TK-7 1)\n"
	    "  [2] c.png, 10 B  (tk attach TK-7 2)\n"
	    "\n"
	    "2026-11-22 09:21  Данила Петров: taken - State: в работе, "
	    "Assignee: Данила Петров\n"
	    "2026-11-22 09:21  tk: dance[1m\n"
	    "\n"
	    "message 2 - note - not seen by the client - 2026-11-22 09:25\n"
	    "  From: Данила Петров\n"
	    "\n"
	    "  | пароль в сейфе\n"
	    "\n"
	    "message 3 - reply - 2026-11-22 09:30\n"
	    "  From:       Поддержка <support@firma.example>\n"
	    "  Written by: Данила Петров\n"
	    "  To:         ivan@romashka.example\n"
	    "  Sent:       2026-11-22 09:31\n"
	    "  Changed:    State: ждём клиента\n"
	    "\n"
	    "    Починили.\n"
	    "\n"
	    "  [3] d.txt, 5 B  (tk attach TK-7 3)\n"
	    "\n"
	    "message 4 - delivery failure - 2026-11-22 09:40\n"
	    "  From:             mailer@x.example\n"
	    "  Why automatic:    Return-Path <>\n"
	    "  Not delivered to: ivan@romashka.example 5.1.1\n",
	    "the ticket");
}

static void
test_ways(void)
{
	show.full = true;
	shown();
	ok(strstr(out.data, "\n    > 5\n    да\n\n    a\n    b\n    c\n") !=
		NULL,
	    "full: quotes are shown");
	ok(strstr(out.data,
	       "\n  Authentication:   mx.firma.example; "
	       "dkim=pass\n") != NULL,
	    "full: and details");
	show.full = false;
	show.no_log = true;
	ok(strstr(shown(), "taken") == NULL, "no log");
	show.no_log = false;
	show.colour = true;
	shown();
	ok(strstr(out.data,
	       "\x1b[33mmessage 2 - note - not seen by the "
	       "client - 2026-11-22 09:25\x1b[0m\n") != NULL,
	    "colour: a note");
	ok(strstr(out.data, "Сервер [31mне работает\x1b[0m\n") != NULL,
	    "colour: only ours");
	show.colour = false;
	show.now = 0;
	ok(strstr(shown(), "OVERDUE") == NULL, "nothing is overdue");
	tk_str_reset(&out);
	tk_show_message(&out, &show, 2);
	ok(tk_starts(out.data, "message 3 - reply - 2026-11-22 09:30\n") &&
		strstr(out.data, "\n  [3] d.txt") != NULL,
	    "one message");
	show.width = 50;
	ok(strstr(shown(),
	       "\n2026-11-22 09:21  Данила Петров: taken - State: в\n"
	       "                  работе, Assignee: Данила Петров\n") !=
		NULL,
	    "a line of the log is wrapped");
	ok(strstr(out.data,
	       "\nDue:        first answer 2026-11-22 10:15,\n"
	       "            solution 2026-11-22 17:15\n") != NULL,
	    "and so is a field");
	show.width = 0;
	is(tk_show_label(&show, "staff", "nobody"), "nobody", "no label");
	is(tk_show_label(&show, "staff", NULL), "", "no id");
}

/* A ticket without a subject, a letter that did not go out. */
static void
test_trouble(void)
{
	static const char text[] = "id: TK-8\nstate: open\nlog:\n"
		"- {at: 2026-11-22T09:20:00+03:00, by: danila, act: spend, "
		"set: {spent: [{minutes: 40}, {minutes: 15, billable: true}]}}"
		"\n"
		"- {at: 2026-11-22T09:30:11+03:00, by: danila, act: reply, "
		"msg: 20261122T063011Z-00000003}\n"
		"- {at: 2026-11-22T09:31:00+03:00, by: tk, act: failed, msg: "
		"20261122T063011Z-00000003, rule: \"550 no\\nsuch\"}\n";
	struct tk_show s = { .message = &messages[2], .n_messages = 1 };
	struct tk_ticket *t = NULL;

	is_int(tk_ticket_read(&t, text, strlen(text), "f", &err), TK_OK,
	    "a ticket");
	s.ticket = t;
	tk_str_reset(&out);
	tk_show_ticket(&out, &s);
	ok(tk_starts(out.data, "TK-8  (no subject)\n"), "no subject");
	ok(strstr(out.data, ": time recorded - Time spent: 15 min, billable\n") !=
		NULL,
	    "the time of an entry is the last one");
	ok(strstr(out.data,
	       "  Not sent:   2026-11-22 09:31 - 550 no such\n") != NULL,
	    "not sent, and why");
	tk_ticket_free(t);
}

static void
test_block(void)
{
	tk_str_reset(&out);
	tk_block_text(&out,
	    "один два три четыре пять шесть семь\n\n"
	    "a  table that is not wrapped because of blanks\n"
	    "https://example.org/a-very-long-address-that-stays-whole word\n"
	    "  \x1b[2Jx\xe2\x80\xaey  \n\n\n",
	    "| ", 24, true);
	is(out.data,
	    "| один два три четыре\n| пять шесть семь\n|\n"
	    "| a  table that is not wrapped because of blanks\n"
	    "| https://example.org/a-very-long-address-that-stays-whole\n"
	    "| word\n|   [2Jxy\n",
	    "a block, wrapped and safe");
	tk_str_reset(&out);
	tk_block_text(&out, "> a\n> b\n> c\n> d\nx\n> a\n> b\n> c\n> d\n> e",
	    "", 0, true);
	is(out.data, "> a\n> b\n> c\n> d\nx\n[... 5 folded lines: tk show -v]\n",
	    "a long quote is folded, a short one is not");
	tk_str_reset(&out);
	tk_block_text(&out, "\n \n", "", 0, true);
	tk_block_text(&out, "", "", 0, true);
	is(out.data, "", "nothing");
	tk_str_reset(&out);
	tk_block_folded(&out, "  ", 1);
	is(out.data, "  [... 1 folded line: tk show -v]\n", "one line");
	is_int((long long)tk_block_lines("a\nb"), 2, "lines");
}

static void
test_file(void)
{
	size_t m = 9, f = 9;

	ok(tk_show_file(&m, &f, messages, 4, 1) && m == 0 && f == 0, "file 1");
	ok(tk_show_file(&m, &f, messages, 4, 2) && m == 0 && f == 1, "file 2");
	ok(tk_show_file(&m, &f, messages, 4, 3) && m == 2 && f == 0, "file 3");
	ok(!tk_show_file(&m, &f, messages, 4, 4) &&
		!tk_show_file(&m, &f, messages, 4, 0),
	    "no file");
}

int
main(void)
{
	struct tk_ticket *t = NULL;
	size_t i;

	setenv("TZ", "MSK-3", 1);
	if (tk_ticket_read(&t, ticket_text, strlen(ticket_text), "f", &err) !=
	    TK_OK)
		printf("# %s\n", err.text);
	show.ticket = t;
	for (i = 0; i < TK_COUNT(messages); i++) {
		if (tk_message_read(&messages[i], message_text[i],
			strlen(message_text[i]), "m", &err) != TK_OK)
			printf("# %s\n", err.text);
		messages[i].name = tk_strdup(names[i]);
	}
	test_ticket();
	test_ways();
	test_trouble();
	test_file();
	test_block();
	for (i = 0; i < TK_COUNT(messages); i++)
		tk_message_clear(&messages[i]);
	tk_ticket_free(t);
	tk_str_clear(&out);
	done_testing();
	return tap_done();
}
