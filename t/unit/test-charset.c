/* test-charset - bytes of a declared, wrongly declared or unknown charset. */
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "mail/charset.h"
#include "mail/words.h"
#include "tap.h"

static const char ru[] = "Добрый день! Не работает сервер печати, помогите.";
static const char uk[] = "Добрий день! Не працює інтернет, їхній ґанок є.";

/* text in another charset, NUL-terminated; free(3) it. */
static char *
encode(const char *text, const char *charset)
{
	size_t in_left = strlen(text), out_left = in_left * 4 + 8;
	char *out = calloc(1, out_left), *to = out;
	char *copy = strdup(text), *in = copy;
	iconv_t cd = iconv_open(charset, "UTF-8");

	iconv(cd, &in, &in_left, &to, &out_left);
	iconv_close(cd);
	free(copy);
	return out;
}

static void
reads(const char *bytes, const char *declared, const char *hint,
    const char *want, const char *want_used, const char *name)
{
	struct tk_str s = TK_STR_INIT;
	char used[TK_CHARSET_MAX];

	tk_charset_decode(&s, bytes, strlen(bytes), declared, hint, used);
	is(s.data, want, name);
	if (want_used != NULL)
		is(used, want_used, "... and says what it was read as");
	tk_str_clear(&s);
}

static void
undeclared(const char *text, const char *charset, const char *used)
{
	static const char *const lies[] = { NULL, "us-ascii", "iso-8859-1",
		"utf-8", "x-unknown" };
	char *bytes = encode(text, charset), name[80];
	size_t i;

	for (i = 0; i < sizeof(lies) / sizeof(*lies); i++) {
		snprintf(name, sizeof(name), "%s declared as %s", charset,
		    lies[i] ? lies[i] : "nothing");
		reads(bytes, lies[i], NULL, text, used, name);
	}
	free(bytes);
}

static void
normal(const char *name, const char *want)
{
	char out[TK_CHARSET_MAX];

	tk_charset_normal(out, name);
	is(out, want, name);
}

static void
words(const char *raw, const char *hint, const char *want, const char *name)
{
	struct tk_str s = TK_STR_INIT;

	tk_words_decode(&s, raw, strlen(raw), hint);
	is(s.data, want, name);
	tk_str_clear(&s);
}

static void
param(const char *raw, const char *want, const char *name)
{
	struct tk_str s = TK_STR_INIT;

	tk_params_get(&s, raw, "filename", NULL);
	is(s.data, want, name);
	tk_str_clear(&s);
}

static void
test_names(void)
{
	normal("UTF8", "utf-8");
	normal("cp-1251", "windows-1251");
	normal("Win-1251", "windows-1251");
	normal("\"koi8r\"", "koi8-r");
	normal("koi8-u; format=flowed", "koi8-u");
	normal("ks_c_5601-1987", "euc-kr");
	normal("unknown-8bit", "");
	normal("x-user-defined", "");
	normal("default", "");
	normal("", "");
}

static void
test_words(void)
{
	char *koi = encode("Счёт", "KOI8-R");

	words("=?utf-8?B?0J/RgNC40LI=?= =?utf-8?B?0LXRgg==?=", NULL, "Привет",
	    "adjacent words are joined");
	words("=?utf-8?B?0J/R?= =?utf-8?B?gNC40LLQtdGC?=", NULL, "Привет",
	    "a character cut in two is whole again");
	words("\"=?utf-8?Q?=D0=AF?=\"", NULL, "\"Я\"", "inside of quotes");
	words("=?koi8-r?Q?=F0=D2=C9=D7=C5=D4?= mir", NULL, "Привет mir",
	    "plain text beside a word keeps its blank");
	words("=?windows-1251?Q?=D1=F7_=B9 5?=", NULL, "Сч № 5",
	    "blanks inside of a word");
	words("=?utf-8?B?0K8", NULL, "Я", "a word without its end");
	words("=?utf-8?Q?=D0=AF?= =?x?y?z", NULL, "Я =?x?y?z",
	    "what is no word stays");
	words(koi, "koi8-r", "Счёт", "raw bytes by the body's charset");
	words("=?us-ascii?Q?=D0=AF=D0=BD?=", NULL, "Ян",
	    "UTF-8 that is declared as ASCII");
	words("a\tb\nc", NULL, "a b c", "one line");
	free(koi);
}

static void
test_params(void)
{
	param("attachment; filename*0*=utf-8''%D0%9F%D1%80; filename*1=x.txt",
	    "Прx.txt", "continuations");
	param("attachment; filename*=windows-1251''%C0%EA%F2.doc", "Акт.doc",
	    "one extended value");
	param("attachment; filename=\"=?utf-8?B?0JDQutGCLnBkZg==?=\"",
	    "Акт.pdf", "an encoded word in quotes");
	param("attachment; filename=a b.txt; size=3", "a b.txt",
	    "blanks without quotes");
	param("attachment; filename=\"a;\\\"b.txt", "a;\"b.txt",
	    "a quote without its end");
	param("attachment; filename=\"x.txt\"; filename*=utf-8''%D0%AF.txt",
	    "Я.txt", "the extended value is better");
	param("inline", "", "none");
}

static void
test_encode(void)
{
	struct tk_str s = TK_STR_INIT, back = TK_STR_INIT;
	const char *p;
	size_t longest = 0;

	tk_words_encode(&s,
	    "Re: [TK-1] безпробеловаяпоследовательностькоторуюнельзяразделить",
	    "\n ");
	for (p = s.data; *p != '\0'; p += strspn(p, "\n ")) {
		size_t n = strcspn(p, "\n");

		if (n > longest)
			longest = n;
		p += n;
	}
	ok(longest <= 75, "encoded words have at most 75 characters");
	ok(tk_starts(s.data, "Re: [TK-1]\n =?UTF-8?B?"),
	    "what is ASCII stays readable");
	tk_words_decode(&back, s.data, s.len, NULL);
	is(back.data,
	    "Re: [TK-1]  безпробеловаяпоследовательностькоторуюнельзяразделить",
	    "and back");
	tk_str_clear(&s);
	tk_str_clear(&back);
}

int
main(void)
{
	test_names();
	reads("plain", NULL, NULL, "plain", "us-ascii", "ASCII");
	reads(ru, "windows-1251", NULL, ru, "utf-8", "UTF-8 in spite of all");
	undeclared(ru, "CP1251", "windows-1251");
	undeclared(ru, "KOI8-R", "koi8-r");
	undeclared(ru, "CP866", "cp866");
	undeclared(ru, "ISO-8859-5", "iso-8859-5");
	undeclared(uk, "CP1251", "windows-1251");
	undeclared(uk, "KOI8-U", "koi8-u");
	undeclared("СРОЧНО! НЕ РАБОТАЕТ ПОЧТА", "CP1251", "windows-1251");
	undeclared("СРОЧНО! НЕ РАБОТАЕТ ПОЧТА", "KOI8-R", "koi8-r");
	reads("Fr\xF6sche h\xFCpfen \xE0 gauche", "iso-8859-1", NULL,
	    "Frösche hüpfen à gauche", "iso-8859-1", "Latin-1 stays");
	reads("Fr\xF6sche h\xFCpfen", NULL, NULL, "Frösche hüpfen", NULL,
	    "Latin-1 without a name");
	reads("\xD4\xE0", NULL, "windows-1251", "Фа", "windows-1251",
	    "a short word by its neighbour");
	reads("\xD0\xAF\xD0", "utf-8", NULL, "Я\xEF\xBF\xBD", NULL,
	    "UTF-8 that was cut");
	reads("\x1B$B$3$s\x1B(B", "iso-2022-jp", NULL, "こん", "iso-2022-jp",
	    "ISO-2022-JP");
	reads("\xC4\xE3\xBA\xC3", "gb2312", NULL, "你好", "gb2312", "GB2312");
	reads("РџСЂРёРІРµС‚ РјРёСЂ", "utf-8", NULL, "Привет мир", "utf-8",
	    "encoded twice through windows-1251");
	reads("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "utf-8", NULL, "привет", "utf-8",
	    "encoded twice through windows-1252");
	reads("Рис, Сахар, Рожь", "utf-8", NULL, "Рис, Сахар, Рожь", "utf-8",
	    "ordinary words are left alone");
	test_words();
	test_params();
	test_encode();
	done_testing();
	return tap_done();
}
