/* test-compose - letters that tk makes, read back. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "mail/compose.h"
#include "mail/letter.h"
#include "mail/text.h"
#include "tap.h"

static struct tk_err err;
static struct tk_str out = TK_STR_INIT;
static struct tk_strv to = TK_STRV_INIT, references = TK_STRV_INIT;

static struct tk_draft
draft(void)
{
	return (struct tk_draft){
		.from_name = "Поддержка, ООО \"Рога\"",
		.from = "support@desk.example",
		.to = &to,
		.subject =
		    "Re: [TK-1] Не работает сервер печати на втором этаже",
		.message_id = "TK-1.2.ab@desk.example",
		.references = &references,
		.date = 1795328102,
		.text = "Здравствуйте!\n\nГотово.\n-- \nДанила\n",
	};
}

static bool
compose(const struct tk_draft *d)
{
	tk_str_reset(&out);
	return tk_compose(&out, d, &err) == TK_OK;
}

static size_t
longest_line(const char *s)
{
	size_t n, longest = 0;

	for (; *s != '\0'; s += n + (s[n] != '\0')) {
		n = strcspn(s, "\n");
		longest = n > longest ? n : longest;
	}
	return longest;
}

static void
test_human(void)
{
	struct tk_draft d = draft();
	struct tk_letter l;
	char *first;

	ok(compose(&d), "a letter is made");
	first = strdup(out.data);
	ok(compose(&d) && strcmp(first, out.data) == 0, "twice the same bytes");
	free(first);
	ok(strchr(out.data, '\r') == NULL, "line ends are LF");
	ok(longest_line(out.data) <= 80, "no line is long");
	ok(!strstr(out.data, "Auto-") && !strstr(out.data, "Precedence"),
	    "nothing says that a program wrote it");
	ok(tk_letter_read(&l, out.data, out.len, &err) == TK_OK, "read back");
	is(l.subject, d.subject, "subject");
	is(l.from.v[0].name, d.from_name, "name");
	is(l.from.v[0].addr, d.from, "address");
	is_int((long long)l.to.n, 2, "two recipients");
	is(l.to.v[0].name, "Иван Константинопольский-Задунайский-Забайкальский",
	    "a long name");
	is(l.message_id, d.message_id, "Message-ID");
	is_int((long long)l.references.n, 20, "references are cut to 20");
	is(l.references.v[0], "0@a.example", "the root is kept");
	is(l.references.v[19], "29@a.example", "the last is In-Reply-To");
	is_int(l.date, d.date, "date");
	is(l.text.data, "Здравствуйте!\n\nГотово.", "text");
	is(l.quoted.data, "-- \nДанила", "signature");
	is_int(l.class, TK_LETTER_NORMAL, "class");
	tk_letter_clear(&l);
}

static void
test_automatic(void)
{
	struct tk_draft d = draft();
	struct tk_letter l;

	d.automatic = true;
	d.auto_kind = "auto-replied";
	d.loop = "desk-1";
	d.ticket = "TK-1";
	ok(compose(&d), "an automatic letter");
	ok(strstr(out.data, "\nAuto-Submitted: auto-replied\n") != NULL,
	    "Auto-Submitted");
	ok(strstr(out.data, "\nPrecedence: bulk\n") != NULL, "Precedence");
	ok(strstr(out.data, "\nX-Auto-Response-Suppress: All\n") != NULL,
	    "X-Auto-Response-Suppress");
	ok(tk_letter_read(&l, out.data, out.len, &err) == TK_OK, "read back");
	is(l.loop, "desk-1", "X-Tk-Loop");
	is_int(l.class, TK_LETTER_AUTO, "class");
	tk_letter_clear(&l);
}

static void
test_files(void)
{
	static const char data[] = "a\r\nb\0c\xFF";
	struct tk_draft_file files[] = {
		{ "Счёт на оплату № 15 от ромашки.pdf", NULL, "%PDF-1", 6 },
		{ "../x\n.bin", NULL, data, sizeof(data) },
		{ "old.eml", NULL, "Subject: x\n\ny\n", 14 },
	};
	struct tk_draft d = draft();
	struct tk_str part = TK_STR_INIT;
	struct tk_letter l;

	d.files = files;
	d.n_files = 3;
	ok(compose(&d), "a letter with files");
	ok(strstr(out.data, "filename*0*=UTF-8''") != NULL, "RFC 2231");
	ok(strstr(out.data, "name=\"=?UTF-8?B?") != NULL, "RFC 2047");
	ok(tk_letter_read(&l, out.data, out.len, &err) == TK_OK, "read back");
	is_int((long long)l.n_parts, 3, "three files");
	is(l.parts[0].name, files[0].name, "a name");
	is(l.parts[0].type, "application/pdf", "a type by the name");
	is(l.parts[1].name, "x .bin", "a name made safe");
	is(l.parts[2].type, "application/octet-stream", "a letter as bytes");
	ok(tk_letter_part(&part, out.data, out.len, 1, &err) == TK_OK &&
		part.len == sizeof(data) &&
		memcmp(part.data, data, sizeof(data)) == 0,
	    "the same bytes");
	tk_letter_clear(&l);

	tk_str_reset(&out);
	ok(tk_compose_note(&out, "Звонил.", files, 1, d.date, &err) == TK_OK,
	    "a note with a file");
	ok(!strstr(out.data, "\nTo:") && !strstr(out.data, "From:"),
	    "... is addressed to nobody");
	ok(tk_letter_read(&l, out.data, out.len, &err) == TK_OK, "read back");
	is(l.text.data, "Звонил.", "text");
	is_int((long long)l.n_parts, 1, "one file");
	tk_letter_clear(&l);
	tk_str_clear(&part);
}

static void
test_refused(void)
{
	struct tk_draft d = draft();
	struct tk_strv bad = TK_STRV_INIT, none = TK_STRV_INIT;

	d.subject = "x\r\nBcc: evil@x.example";
	ok(compose(&d) && strstr(out.data, "\nBcc:") == NULL,
	    "a line end in the subject becomes a blank");
	d = draft();
	d.from_name = "x\nBcc: evil@x.example";
	ok(compose(&d) && strstr(out.data, "\nBcc:") == NULL, "and in a name");
	d = draft();
	d.from = "a@b.example\nBcc: evil@x.example";
	ok(!compose(&d), "an address with a line end is refused");
	tk_strv_add(&bad, "A <a@b.example>\nBcc: evil@x.example");
	d = draft();
	d.to = &bad;
	ok(!compose(&d), "among the recipients too");
	d.to = &none;
	ok(!compose(&d), "a letter to nobody");
	d = draft();
	d.message_id = "a b@c";
	ok(!compose(&d), "a Message-ID with a blank");
	d = draft();
	d.loop = "x\ny";
	ok(!compose(&d), "a loop mark with a line end");
	d = draft();
	d.from = "иван@desk.example";
	ok(!compose(&d), "a local part that is not ASCII");
	d.from = "ivan@ромашка.example";
	ok(compose(&d) && strstr(out.data, "ivan@xn--") != NULL,
	    "a domain that is not ASCII");
	tk_strv_clear(&bad);
}

static void
subject(const char *from, const char *want)
{
	struct tk_str s = TK_STR_INIT;

	tk_compose_subject(&s, from, "TK-1");
	is(s.data, want, from);
	tk_str_clear(&s);
}

static void
test_flow(void)
{
	static const char text[] =
	    "Очень длинная строка, которую надо переломить по пробелам так, "
	    "чтобы получатель мог собрать её снова целиком без потерь.\n"
	    " с отступом\n> цитата\nFrom here\n-- \nподпись\n";
	struct tk_str flowed = TK_STR_INIT;
	const char *p;
	bool fits = true;

	tk_text_flow(&flowed, text);
	for (p = flowed.data; *p != '\0'; p += strcspn(p, "\n"), p += *p != 0)
		fits = fits && strcspn(p, "\n") < 160;
	ok(fits, "flowed lines are short");
	ok(strstr(flowed.data, "\nFrom") == NULL, "no \"From \" at a start");
	tk_text_unflow(&flowed, false);
	tk_str_add(&flowed, "\n");
	is(flowed.data, text, "and back");
	tk_str_clear(&flowed);
}

int
main(void)
{
	char id[32];
	int i;

	tk_strv_add(&to,
	    "Иван Константинопольский-Задунайский-Забайкальский "
	    "<ivan@romashka.example>");
	tk_strv_add(&to, "boss@romashka.example");
	for (i = 0; i < 30; i++) {
		snprintf(id, sizeof(id), "%d@a.example", i);
		tk_strv_add(&references, id);
	}
	test_human();
	test_automatic();
	test_files();
	test_refused();
	subject("Hello", "Re: [TK-1] Hello");
	subject("Re: RE[2]: Hello [TK-1]", "Re: [TK-1] Hello");
	subject("Отв: [TK-1]  Привет", "Re: [TK-1] Привет");
	subject("Refusal: x", "Re: [TK-1] Refusal: x");
	subject("Fwd: [TK-2] x", "Re: [TK-1] Fwd: [TK-2] x");
	subject("", "Re: [TK-1]");
	test_flow();
	tk_strv_clear(&to);
	tk_strv_clear(&references);
	tk_str_clear(&out);
	done_testing();
	return tap_done();
}
