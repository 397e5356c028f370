/* charset - bytes of a declared, wrongly declared or unknown charset. */
#include "mail/charset.h"

#include <errno.h>
#include <iconv.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <uchardet/uchardet.h>

#include "base/lazy.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/cyrillic.h"

#define REPLACEMENT "\xEF\xBF\xBD"
#define GUESS_MAX 65536 /* bytes shown to uchardet */

static void
set(char out[TK_CHARSET_MAX], const char *name)
{
	snprintf(out, TK_CHARSET_MAX, "%s", name);
}

/* Appends; the number of byte runs that could not be read, or -1 where there
 * is no such converter. */
static long
convert(struct tk_str *out, const char *data, size_t len, const char *normal)
{
	char buf[4096], *in = (char *)(uintptr_t)data, *to;
	size_t left = len, room;
	bool in_run = false;
	long bad = 0;
	iconv_t cd = iconv_open("UTF-8", tk_charset_code(normal));

	if (cd == (iconv_t)-1)
		return -1;
	for (;;) {
		const char *before = in;
		size_t rc;
		int why;

		to = buf;
		room = sizeof(buf);
		rc = iconv(cd, left > 0 ? &in : NULL, left > 0 ? &left : NULL,
		    &to, &room);
		why = errno;
		tk_str_add_data(out, buf, sizeof(buf) - room);
		if (in != before)
			in_run = false;
		if (rc != (size_t)-1) {
			if (left == 0 && in == before)
				break;
			continue; /* once more without input: shift back */
		}
		if (why == E2BIG)
			continue;
		if (left == 0)
			break;
		if (!in_run)
			bad++;
		if (!in_run)
			tk_str_add(out, REPLACEMENT);
		in_run = true;
		in++;
		left--;
	}
	iconv_close(cd);
	return bad;
}

static bool
is_seven_bit(const char *data, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((unsigned char)data[i] >= 0x80)
			return false;
	return true;
}

/* A charset whose text is made of ASCII bytes or of NULs. */
static bool
is_escaped(const char *normal)
{
	return tk_starts(normal, "utf-7") || tk_starts(normal, "utf-16") ||
	    tk_starts(normal, "utf-32") || tk_starts(normal, "ucs") ||
	    tk_starts(normal, "iso-2022") || tk_starts(normal, "hz");
}

static bool
has_jis_escape(const char *data, size_t len)
{
	size_t i;

	for (i = 0; i + 2 < len; i++)
		if (data[i] == '\033' && data[i + 1] == '$' &&
		    (data[i + 2] == 'B' || data[i + 2] == '@'))
			return true;
	return false;
}

/* Bytes of East Asian charsets may look like two-byte UTF-8 by chance; three
 * bytes in a row do not. */
static bool
has_long_sequence(const char *data, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((unsigned char)data[i] >= 0xE0)
			return true;
	return false;
}

static bool
is_east_asian(const char *normal)
{
	static const char *const all[] = { "gb2312", "gbk", "gb18030", "big5",
		"euc-kr", "euc-jp", "euc-tw", "shift_jis", NULL };
	size_t i;

	for (i = 0; all[i] != NULL; i++)
		if (strcmp(all[i], normal) == 0)
			return true;
	return false;
}

/* UTF-8 with a few bytes damaged, on the way or by a cut. */
static bool
is_nearly_utf8(const char *data, size_t len)
{
	const unsigned char *s = (const unsigned char *)data;
	size_t i = 0, n, k, good = 0, bad = 0;

	while (i < len) {
		n = s[i] < 0x80 ? 1 : s[i] >= 0xF0 ? 4 : s[i] >= 0xE0 ? 3 : 2;
		for (k = 1; k < n && i + k < len; k++)
			if ((s[i + k] & 0xC0) != 0x80)
				break;
		if (n > 1 && k == n && s[i] >= 0xC2)
			good++;
		else if (n > 1 && i + k < len)
			bad++; /* else it is cut at the end */
		i += k == n ? n : 1;
	}
	return good > 0 && good >= 4 * bad;
}

static bool
is_western(const char *normal)
{
	return strcmp(normal, "iso-8859-1") == 0 ||
	    strcmp(normal, "windows-1252") == 0 ||
	    strcmp(normal, "iso-8859-15") == 0;
}

static struct {
	__typeof__(&uchardet_new) uchardet_new;
	__typeof__(&uchardet_handle_data) uchardet_handle_data;
	__typeof__(&uchardet_data_end) uchardet_data_end;
	__typeof__(&uchardet_get_charset) uchardet_get_charset;
	__typeof__(&uchardet_delete) uchardet_delete;
} voice;

static bool is_there;

static void
load_once(void)
{
	static const struct tk_lazy want[] = {
		TK_LAZY(voice, uchardet_new),
		TK_LAZY(voice, uchardet_handle_data),
		TK_LAZY(voice, uchardet_data_end),
		TK_LAZY(voice, uchardet_get_charset),
		TK_LAZY(voice, uchardet_delete),
	};

	is_there = tk_lazy_load(TK_SO_UCHARDET, want, sizeof(want) / sizeof(*want));
}

static bool
load(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, load_once);
	return is_there;
}

/* uchardet's opinion, "" for none. Cyrillic was ruled out before. */
static void
ask_uchardet(char out[TK_CHARSET_MAX], const char *data, size_t len)
{
	uchardet_t ud;

	*out = '\0';
	if (!load())
		return;
	ud = voice.uchardet_new();
	if (voice.uchardet_handle_data(ud, data, len < GUESS_MAX ? len : GUESS_MAX) ==
	    0) {
		voice.uchardet_data_end(ud);
		tk_charset_normal(out, voice.uchardet_get_charset(ud));
	}
	voice.uchardet_delete(ud);
	if (tk_cyrillic_is(out) || tk_starts(out, "mac") ||
	    strcmp(out, "us-ascii") == 0)
		*out = '\0';
}

static bool
converts_cleanly(const char *data, size_t len, const char *normal)
{
	struct tk_str scratch = TK_STR_INIT;
	bool clean;

	if (len > GUESS_MAX)
		len = GUESS_MAX;
	clean = convert(&scratch, data, len, normal) == 0;
	tk_str_clear(&scratch);
	return clean;
}

/* High bytes that are not UTF-8: the charset to read them with. */
static void
choose(char out[TK_CHARSET_MAX], const char *data, size_t len,
    const char *declared, const char *hint)
{
	bool western = is_western(declared);
	bool open = *declared == '\0' || strcmp(declared, "us-ascii") == 0 ||
	    strcmp(declared, "utf-8") == 0;
	struct tk_cyrillic guess;
	const char *prefer = tk_cyrillic_is(declared) ? declared : hint;

	if (!open && !western && !tk_cyrillic_is(declared) &&
	    converts_cleanly(data, len, declared)) {
		set(out, declared);
		return;
	}
	if (open && is_nearly_utf8(data, len)) {
		set(out, "utf-8");
		return;
	}
	guess = tk_cyrillic_guess(data, len, prefer);
	if (tk_cyrillic_is(declared) ||
	    (!guess.mixed && guess.score >= TK_CYRILLIC_SURE &&
		guess.letters > 0 &&
		(guess.run >= (open ? 2 : 3) || tk_cyrillic_is(prefer)))) {
		set(out, guess.charset);
		if (tk_cyrillic_is(declared) &&
		    (guess.mixed || guess.score < TK_CYRILLIC_SURE))
			set(out, declared);
		return;
	}
	if (!open && !is_east_asian(declared)) {
		set(out, declared);
		return;
	}
	set(out, hint);
	if (*out == '\0' || strcmp(out, "utf-8") == 0 ||
	    strcmp(out, "us-ascii") == 0 || tk_cyrillic_is(out) ||
	    !converts_cleanly(data, len, out))
		ask_uchardet(out, data, len);
	if (*out == '\0' || !converts_cleanly(data, len, out))
		set(out, "windows-1252");
}

void
tk_charset_decode(struct tk_str *out, const char *data, size_t len,
    const char *declared, const char *hint, char used[TK_CHARSET_MAX])
{
	char name[TK_CHARSET_MAX], chosen[TK_CHARSET_MAX];
	size_t from = out->len;

	tk_charset_normal(name, declared != NULL ? declared : "");
	if (is_seven_bit(data, len)) {
		set(chosen, *name != '\0' ? name : "us-ascii");
		if (!is_escaped(chosen) && has_jis_escape(data, len))
			set(chosen, "iso-2022-jp");
	} else if (is_escaped(name) && converts_cleanly(data, len, name)) {
		set(chosen, name);
	} else if (tk_utf8_valid(data, len) &&
	    (!is_east_asian(name) || has_long_sequence(data, len) ||
		!converts_cleanly(data, len, name))) {
		set(chosen, "utf-8");
	} else {
		choose(chosen, data, len, name, hint != NULL ? hint : "");
	}

	if (strcmp(chosen, "utf-8") == 0 ||
	    (is_seven_bit(data, len) && !is_escaped(chosen)))
		tk_utf8_repair(out, data, len);
	else if (convert(out, data, len, chosen) < 0)
		tk_utf8_repair(out, data, len);
	if (strcmp(chosen, "utf-8") == 0)
		tk_charset_untwist(out, from);
	if (used != NULL)
		set(used, chosen);
}
