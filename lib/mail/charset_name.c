/* charset_name - what charsets are called in letters. */
#include <ctype.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "mail/charset.h"

/* Names that letters use, what we call them, what iconv reads them with
 * where that differs: a superset that loses nothing. */
static const struct alias {
	const char *name; /* without punctuation */
	const char *normal;
	const char *code;
} aliases[] = {
	{ "utf8", "utf-8", NULL },
	{ "uft8", "utf-8", NULL },
	{ "utf8mb4", "utf-8", NULL },
	{ "unicode11utf8", "utf-8", NULL },
	{ "usascii", "us-ascii", NULL },
	{ "ascii", "us-ascii", NULL },
	{ "ansix3.41968", "us-ascii", NULL },
	{ "iso646us", "us-ascii", NULL },
	{ "usaskey", "us-ascii", NULL },
	{ "iso88591", "iso-8859-1", "CP1252" },
	{ "88591", "iso-8859-1", "CP1252" },
	{ "latin1", "iso-8859-1", "CP1252" },
	{ "l1", "iso-8859-1", "CP1252" },
	{ "windows1252", "windows-1252", "CP1252" },
	{ "iso885911", "iso-8859-11", "CP874" },
	{ "tis620", "tis-620", "CP874" },
	{ "iso88599", "iso-8859-9", "CP1254" },
	{ "iso88598i", "iso-8859-8", NULL },
	{ "iso88598e", "iso-8859-8", NULL },
	{ "koi8", "koi8-r", NULL },
	{ "koi8r", "koi8-r", NULL },
	{ "cskoi8r", "koi8-r", NULL },
	{ "koi8u", "koi8-u", NULL },
	{ "koi8ru", "koi8-u", NULL },
	{ "ibm866", "cp866", NULL },
	{ "dos866", "cp866", NULL },
	{ "866", "cp866", NULL },
	{ "cyrillic", "iso-8859-5", NULL },
	{ "1251", "windows-1251", "CP1251" },
	{ "ansi1251", "windows-1251", "CP1251" },
	{ "ksc56011987", "euc-kr", "CP949" },
	{ "ksc56011989", "euc-kr", "CP949" },
	{ "ksc5601", "euc-kr", "CP949" },
	{ "euckr", "euc-kr", "CP949" },
	{ "gb2312", "gb2312", "GB18030" },
	{ "gbk", "gbk", "GB18030" },
	{ "xgbk", "gbk", "GB18030" },
	{ "euccn", "gb2312", "GB18030" },
	{ "shiftjis", "shift_jis", "CP932" },
	{ "sjis", "shift_jis", "CP932" },
	{ "xsjis", "shift_jis", "CP932" },
	{ "mskanji", "shift_jis", "CP932" },
	{ "windows31j", "shift_jis", "CP932" },
	{ "iso2022jp", "iso-2022-jp", "ISO-2022-JP-3" },
	{ "unicode11utf7", "utf-7", NULL },
	{ "big5", "big5", "BIG5-HKSCS" },
	{ "xmacroman", "macintosh", "MACINTOSH" },
	{ "macroman", "macintosh", "MACINTOSH" },
};

static const struct alias *
alias_of(const char *plain)
{
	size_t i;

	for (i = 0; i < TK_COUNT(aliases); i++)
		if (strcmp(aliases[i].name, plain) == 0)
			return &aliases[i];
	return NULL;
}

static void
set(char out[TK_CHARSET_MAX], const char *name)
{
	snprintf(out, TK_CHARSET_MAX, "%s", name);
}

/* Letters, digits and dots only, in lower case. */
static void
squeeze(char out[TK_CHARSET_MAX], const char *name)
{
	size_t n = 0;

	for (; *name != '\0' && n + 1 < TK_CHARSET_MAX; name++)
		if (isalnum((unsigned char)*name) || *name == '.')
			out[n++] = (char)tolower((unsigned char)*name);
	out[n] = '\0';
}

/* "windows-1251" for win1251, cp1251, xcp1251, windowscp1251 ... */
static bool
windows_page(char out[TK_CHARSET_MAX], const char *plain)
{
	size_t n = strlen(plain);

	if (n <= 4 || strncmp(plain + n - 4, "125", 3) != 0 ||
	    !isdigit((unsigned char)plain[n - 1]))
		return false;
	if (strstr(plain, "win") == NULL && strstr(plain, "cp") == NULL &&
	    strstr(plain, "ms") == NULL)
		return false;
	snprintf(out, TK_CHARSET_MAX, "windows-%s", plain + n - 4);
	return true;
}

const char *
tk_charset_code(const char *normal)
{
	char plain[TK_CHARSET_MAX];
	const struct alias *alias;

	squeeze(plain, normal);
	alias = alias_of(plain);
	return alias != NULL && alias->code != NULL ? alias->code : normal;
}

void
tk_charset_normal(char out[TK_CHARSET_MAX], const char *name)
{
	char plain[TK_CHARSET_MAX], cut[TK_CHARSET_MAX];
	const struct alias *alias;
	size_t n = 0;
	iconv_t cd;

	/* a junk tail: "koi8-r; format=flowed", "utf-8*ru" */
	name += strspn(name, " \t\"'=");
	while (n + 1 < sizeof(cut) && name[n] != '\0' &&
	    strchr(" \t\"';*,?/", name[n]) == NULL) {
		cut[n] = (char)tolower((unsigned char)name[n]);
		n++;
	}
	cut[n] = '\0';
	squeeze(plain, cut);
	if ((alias = alias_of(plain)) != NULL)
		set(out, alias->normal);
	else if (!windows_page(out, plain))
		set(out, cut);
	if (*out == '\0' || strcmp(out, "default") == 0)
		*out = '\0';
	else if ((cd = iconv_open("UTF-8", tk_charset_code(out))) ==
	    (iconv_t)-1)
		*out = '\0';
	else
		iconv_close(cd);
}
