/* test-letter - raw letters read into plain records. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "mail/letter.h"
#include "tap.h"

#define HEAD                                   \
	"From: Ivan <ivan@Romashka.EXAMPLE>\n" \
	"To: support@desk.example\n"           \
	"Message-ID: <1@romashka.example>\n"

static struct tk_letter letter;
static struct tk_err err;

/* Reads into the letter above, which the next call replaces. */
static bool
read_bytes(const char *raw, size_t len)
{
	tk_letter_clear(&letter);
	return tk_letter_read(&letter, raw, len, &err) == TK_OK;
}

static bool
read_text(const char *raw)
{
	return read_bytes(raw, strlen(raw));
}

static void
class_is(const char *head, const char *body, const char *want)
{
	char *raw = tk_strf("%s\n%s\n", head, body), *name;

	name = tk_strf("%s: %.50s", want, head);
	name[strcspn(name, "\n")] = '\0';
	read_text(raw);
	is(tk_letter_class_name(letter.class), want, name);
	free(name);
	free(raw);
}

static void
test_head(void)
{
	ok(read_text(
	       "From ivan Mon Nov 22 09:15:02 2026\n"
	       "Return-Path: <ivan@romashka.example>\r\n"
	       "Delivered-To: sup@desk.example\r\n"
	       "Received: a\r\nReceived: b\r\n"
	       "From: \"=?utf-8?B?0JjQstCw0L0=?=\" <ivan@Romashka.EXAMPLE>"
	       "\r\n"
	       "To: A <a@x.example>, \"B, C\" <b@x.example>\r\n"
	       "Cc: group: c@x.example, a@x.example;\r\n"
	       "Subject: =?koi8-r?Q?=F0=D2=C9=D7=C5=D4?=\r\n"
	       " again\r\n"
	       "Date: Sun, 22 Nov 2026 09:15:02 +0300\r\n"
	       "Message-ID: <1@romashka.example>\r\n"
	       "References: <r@a.example> junk <q@a.example>\r\n"
	       " <p@a.example>\r\n"
	       "In-Reply-To: <q@a.example>\r\n\r\nHi\r\n"),
	    "a letter with an mbox line and CRLF");
	is(letter.subject, "Привет again", "subject");
	is(letter.from.v[0].name, "Иван", "the sender's name");
	is(letter.from.v[0].addr, "ivan@romashka.example",
	    "the domain in lower case");
	is_int((long long)letter.to.n, 2, "two in To");
	is(letter.to.v[1].name, "B, C", "a comma in quotes");
	is_int((long long)letter.cc.n, 2, "a group in Cc");
	is_int((long long)letter.rcpts.n, 4, "recipients without repeats");
	is(letter.delivered_to, "sup@desk.example", "Delivered-To");
	is(letter.return_path, "ivan@romashka.example", "Return-Path");
	is_int(letter.date, 1795328102, "date");
	is(letter.message_id, "1@romashka.example", "Message-ID");
	is_int((long long)letter.references.n, 3, "three references");
	is(letter.references.v[2], "q@a.example", "In-Reply-To is last");
	is_int(letter.received, 2, "two hops");
	is(letter.text.data, "Hi", "text with LF");
	is(letter.class_rule, "", "a person wrote it");
}

static void
test_limits(void)
{
	static const char nuls[] = "From: a@b.c\nSubject: x\0y\n\nte\0xt";
	struct tk_str s = TK_STR_INIT;
	int i;

	ok(!read_text(""), "nothing is refused");
	is(err.text, "the letter is empty", "... and why");
	ok(!read_text("just text\nwithout a header\n"), "no header is refused");
	ok(read_bytes(nuls, sizeof(nuls) - 1), "NULs are taken");
	is(letter.subject, "xy", "... out of the subject");
	is(letter.text.data, "text", "... and the text");

	tk_str_set(&s, HEAD);
	for (i = 0; i < 25; i++)
		tk_str_addf(&s,
		    "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i,
		    i);
	ok(!read_text(s.data), "25 levels are refused");
	tk_str_set(&s, HEAD "Content-Type: multipart/mixed; boundary=b\n\n");
	for (i = 0; i < 1100; i++)
		tk_str_add(&s, "--b\n\nx\n");
	ok(!read_text(s.data), "1100 parts are refused");
	tk_str_set(&s, HEAD "Content-Type: multipart/mixed; boundary=b\n\n");
	for (i = 0; i < 900; i++)
		tk_str_add(&s, "--b\n\nx\n");
	ok(read_text(s.data), "900 are not");
	tk_str_clear(&s);
}

static void
test_parts(void)
{
	static const char raw[] = HEAD
	    "Content-Type: multipart/mixed; boundary=b\n\npreamble\n"
	    "--b\nContent-Type: multipart/alternative; boundary=c\n\n"
	    "--c\nContent-Type: text/plain; charset=utf-8\n"
	    "Content-Transfer-Encoding: base64\n\n0KLQtdC60YHRgg==\n"
	    "--c\nContent-Type: text/html\n\n<p>other</p>\n--c--\n"
	    "--b\nContent-Type: image/png\nContent-ID: <i1>\n"
	    "Content-Disposition: inline\n"
	    "Content-Transfer-Encoding: base64\n\niVBORw==\n"
	    "--b\nContent-Type: text/plain\n"
	    "Content-Disposition: attachment;\n"
	    " filename=\"../../etc/.-pass\xE2\x80\xAEwd.txt\"\n\nsecret\n"
	    "--b\nContent-Type: message/rfc822\n\nSubject: inner\n\nin\n"
	    "--b\nContent-Type: application/ms-tnef; name=winmail.dat\n\nx\n"
	    "--b--\n";
	struct tk_str data = TK_STR_INIT;

	ok(read_text(raw), "a letter with parts");
	is(letter.text.data, "Текст", "the plain alternative");
	is_int((long long)letter.n_parts, 4, "four attachments");
	is(letter.parts[0].name, "part-1.png", "a name is invented");
	is(letter.parts[0].cid, "i1", "Content-ID");
	ok(letter.parts[0].is_inline, "an inline picture");
	is_int((long long)letter.parts[0].size, 4, "its size");
	is(letter.parts[1].name, "passwd.txt", "a hostile name");
	is(letter.parts[2].type, "message/rfc822", "a letter in the letter");
	is(letter.parts[3].name, "winmail.dat", "winmail.dat");
	ok(tk_letter_part(&data, raw, sizeof(raw) - 1, 1, &err) == TK_OK,
	    "taken out");
	is(data.data, "secret", "... as it was sent");
	ok(tk_letter_part(&data, raw, sizeof(raw) - 1, 9, &err) == TK_ENOENT,
	    "there is no tenth");
	tk_str_clear(&data);
}

static void
test_html(void)
{
	read_text(HEAD "Content-Type: text/html; charset=utf-8\n\n"
		       "<html><head><style>p{}</style><title>t</title></head>"
		       "<body><p>One&nbsp;two<br>three</p><ul><li>a<li>b</ul>"
		       "<table><tr><td>x</td><td>y</td></tr></table>"
		       "<a href='https://a.example/q'>here</a> "
		       "<a href='https://b.example'>https://b.example</a>"
		       "<script>alert(1)</script>"
		       "<span style='display:none'>no</span></body></html>\n");
	is(letter.text.data,
	    "One two\nthree\n\n- a\n- b\n\nx\ty\n\n"
	    "here <https://a.example/q> https://b.example",
	    "HTML as text");
	ok(letter.from_html, "... and it is said");
	read_text(HEAD "Content-Type: multipart/alternative; boundary=b\n\n"
		       "--b\n\n\n--b\nContent-Type: text/html\n\n"
		       "<div>Full</div><blockquote>old</blockquote>\n--b--\n");
	is(letter.text.data, "Full", "HTML where the plain text is empty");
	is(letter.quoted.data, "> old", "a blockquote is a quote");
	read_text(HEAD "Content-Type: text/html; charset=utf-8\n\n"
		       "<p><i>unclosed <b>\xD0\xAF &lt;ok&gt; </b> end\n");
	is(letter.text.data, "unclosed Я <ok> end", "broken HTML");
}

static void
folds(const char *body, const char *text, const char *quoted, const char *name)
{
	char *raw =
	    tk_strf(HEAD "Content-Type: text/plain; charset=utf-8\n\n%s", body);

	read_text(raw);
	is(letter.text.data, text, name);
	is(letter.quoted.data, quoted, "... and the rest is kept");
	free(raw);
}

static void
test_fold(void)
{
	folds("Да.\n\nOn Mon, 2 Nov 2026, A <a@b.c> wrote:\n> Готово?\n", "Да.",
	    "On Mon, 2 Nov 2026, A <a@b.c> wrote:\n> Готово?", "wrote:");
	folds("Нет.\n\n22.11.2026 9:15, Данила пишет:\n> Готово?\n", "Нет.",
	    "22.11.2026 9:15, Данила пишет:\n> Готово?", "пишет:");
	folds("Ні.\n-----Вихідне повідомлення-----\nВід: a@b.c\nстаре", "Ні.",
	    "-----Вихідне повідомлення-----\nВід: a@b.c\nстаре", "a rule");
	folds("Да\n\nОт: Данила\nОтправлено: 22 ноября\nКому: Иван\nТема: x\n\n"
	      "старое",
	    "Да",
	    "От: Данила\nОтправлено: 22 ноября\nКому: Иван\nТема: x\n\nстарое",
	    "Outlook's block");
	folds("Text\n-- \nIvan\n+7", "Text", "-- \nIvan\n+7", "a signature");
	folds("Ок\n\nОтправлено с iPhone", "Ок", "Отправлено с iPhone",
	    "a phone's signature");
	folds("> one?\nyes\n> two?\nno\n", "> one?\nyes\n> two?\nno", "",
	    "answers between quotes stay");
	folds("> all\n> of it", "> all\n> of it", "",
	    "what is only a quote is shown");
	folds("См.\n---------- Forwarded message ----------\nFrom: x\n"
	      "Date: y\nSubject: z\nTo: w\n\nтело",
	    "См.\n---------- Forwarded message ----------\nFrom: x\n"
	    "Date: y\nSubject: z\nTo: w\n\nтело",
	    "", "a forwarded letter stays");
	read_text(HEAD "Content-Type: text/plain; format=flowed; delsp=yes\n\n"
		       "long \nline\n>> quo \n>> ted\nend\n-- \nme\n");
	is(letter.text.data, "longline\n>> quoted\nend",
	    "format=flowed and delsp");
	is(letter.quoted.data, "-- \nme", "... and a signature");
}

static void
test_class(void)
{
	class_is(HEAD "Subject: q", "text", "normal");
	class_is("Auto-Submitted: auto-replied\n" HEAD, "x", "auto");
	class_is("Auto-Submitted: no\n" HEAD, "x", "normal");
	class_is("Auto-Submitted: auto-forwarded\n" HEAD, "x", "normal");
	class_is("Return-Path: <>\n" HEAD, "x", "auto");
	class_is("X-Autoreply: yes\n" HEAD, "x", "auto");
	class_is("X-Auto-Response-Suppress: All\n" HEAD, "x", "auto");
	class_is("Precedence: bulk\n" HEAD, "x", "list");
	class_is("Precedence: auto_reply\n" HEAD, "x", "auto");
	class_is("List-Id: <l.example>\n" HEAD, "x", "list");
	class_is("From: no-reply@x.example\n", "x", "auto");
	class_is("Subject: =?utf-8?B?0JDQstGC0L7QvtGC0LLQtdGC?=: q\n" HEAD, "x",
	    "auto");
	class_is("Subject: Re: Undelivered Mail\n" HEAD,
	    "could not be delivered, what shall I do?", "normal");
	class_is("Subject: mailbox full\n" HEAD,
	    "My mailbox is full, 550 5.1.1 user unknown", "normal");
	class_is("From: MAILER-DAEMON@mx.example\nSubject: failure notice\n",
	    "<ivan@x.example>:\nno such user", "bounce");
}

static void
test_bounce(void)
{
	read_text("Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\n"
		  "To: support@desk.example\nSubject: Undelivered\n"
		  "Content-Type: multipart/report;\n"
		  " report-type=delivery-status; boundary=b\n\n"
		  "--b\n\nSorry.\n"
		  "--b\nContent-Type: message/delivery-status\n\n"
		  "Reporting-MTA: dns; mx.example\n\n"
		  "Final-Recipient: rfc822; slow@x.example\n"
		  "Action: delayed\nStatus: 4.4.1\n\n"
		  "Final-Recipient: rfc822; ivan@x.example\n"
		  "Action: failed\nStatus: 5.1.1 (no such)\n"
		  "--b\nContent-Type: text/rfc822-headers\n\n"
		  "Message-ID: <TK-1.2.ab@desk.example>\nTo: ivan@x.example\n"
		  "--b--\n");
	is(tk_letter_class_name(letter.class), "bounce", "RFC 3464");
	is(letter.bounced_ids.v[0], "TK-1.2.ab@desk.example", "which letter");
	is(letter.bounced_rcpt, "ivan@x.example", "which address");
	is(letter.bounced_status, "5.1.1", "why");
	is(letter.bounced_action, "failed", "what became of it");
	read_text("From: MAILER-DAEMON@q.example\nSubject: failure notice\n\n"
		  "Hi. This is the qmail-send program.\n\n"
		  "<ivan@x.example>:\n192.0.2.1 does not like recipient.\n"
		  "Remote host said: 550 5.2.2 full\n\n"
		  "--- Below this line is a copy of the message.\n\n"
		  "From: support@desk.example\nTo: ivan@x.example\n"
		  "Message-Id: <TK-3.1.cd@desk.example>\n\nhello\n");
	is(letter.bounced_ids.v[0], "TK-3.1.cd@desk.example",
	    "an old report: which letter");
	is(letter.bounced_rcpt, "ivan@x.example", "which address");
	is(letter.bounced_status, "5.2.2", "why");
	ok(strstr(letter.text.data, "Below this line") != NULL,
	    "a report is not folded");
}

static void
test_address(void)
{
	struct tk_addresses a = { NULL, 0, 0 };

	tk_addresses_parse(&a, "Doe, John <j@x.example>; k@y.example (Kay)");
	is_int((long long)a.n, 2, "two addresses");
	is(a.v[0].name, "Doe, John", "a comma without quotes");
	is(a.v[1].name, "Kay", "a name in a comment");
	tk_addresses_clear(&a);
	tk_addresses_parse(&a, "undisclosed-recipients:;, nonsense");
	is_int((long long)a.n, 0, "junk gives none");
	tk_addresses_clear(&a);
	ok(tk_address_valid("a.b+c@x.example"), "a plus address");
	ok(tk_address_valid("\"a b\"@x.example"), "a quoted local part");
	ok(tk_address_valid("a@[192.0.2.1]"), "a literal");
	ok(!tk_address_valid("-oQ/tmp@x.example"), "an option of sendmail");
	ok(!tk_address_valid("a@b@c"), "two ats");
	ok(!tk_address_valid("a@x.example\n"), "a line end");
	ok(!tk_address_valid("a b@x.example"), "a blank");
	ok(!tk_address_valid("a@"), "no domain");
	ok(!tk_address_valid("a..b@x"), "two dots");
}

int
main(void)
{
	test_head();
	test_limits();
	test_parts();
	test_html();
	test_fold();
	test_class();
	test_bounce();
	test_address();
	read_text("From: a@b.example\nSubject: \xD1\xF7\xB8\xF2\n\n"
		  "\xC7\xE4\xF0\xE0\xE2\xF1\xF2\xE2\xF3\xE9\xF2\xE5, "
		  "\xEF\xF0\xE8\xF8\xEB\xE8\xF2\xE5 \xF1\xF7\xB8\xF2\n");
	is(letter.text.data, "Здравствуйте, пришлите счёт",
	    "a body without charset");
	is(letter.charset_used, "windows-1251", "... is recognised");
	is(letter.subject, "Счёт", "... and tells how to read the subject");
	tk_letter_clear(&letter);
	done_testing();
	return tap_done();
}
