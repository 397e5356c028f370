/* cyrillic - which of the old Cyrillic charsets some bytes are in. */
#include "mail/cyrillic.h"

#include <iconv.h>
#include <pthread.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

#define SCAN_MAX 65536 /* bytes looked at; more changes no verdict */

/* What a byte is in one charset. */
enum {
	N_LETTERS = 37,
	BREAK = 37, /* white space, digits, punctuation; a column of pairs */
	LATIN = 38, /* an ASCII letter */
	JUNK = 39,  /* box drawing, letters of other languages, controls */
	UPPER = 64, /* flag beside a letter */
};

/*
 * How usual a pair of letters is in Russian and Ukrainian, rows by the first
 * letter, columns by the second, both in the order of the comments, then the
 * word break. 9 is the commonest; each step down is a factor of about 2.5.
 */
static const char pairs[][BREAK + 2] = {
	"07766667277878077784356754000056300609", /* а */
	"60002601506635606316044105560002150005", /* б */
	"82536742806646855656041232072003170008", /* в */
	"51033500500445706026000100000000050005", /* г */
	"84535752706736756556022230043003360006", /* д */
	"45667566567779568783345555000023210229", /* е */
	"53005700603406300004000200000000130004", /* ж */
	"84636401504367744436002130051005040007", /* з */
	"56756737677787467880666654000057100009", /* и */
	"01205200003734300560000220000000000008", /* й */
	"82300621701705806666006014000200060007", /* к */
	"74030750806315800306100400048067460007", /* л */
	"73600800705455750216000300060006260007", /* м */
	"80336904805008800676534340075047360206", /* н */
	"17878677567887578872345663000154035208", /* о */
	"70000700704504848346004200041003060005", /* п */
	"81552861805266834567253150062036160007", /* р */
	"64423730707755774696143340056017150007", /* с */
	"82602702806337838726200300058023160008", /* т */
	"34747654046665066660430535000061000508", /* у */
	"70000400500410604135300000000000050002", /* ф */
	"20300400400003604102000000000100050007", /* х */
	"50300600702000320003000000044034060004", /* ц */
	"70000700705206300053000010002000450005", /* ч */
	"50300600605304403134000000001000230004", /* ш */
	"40000600500000500003000000003000310001", /* щ */
	"00000400000000000000000000000002100000", /* ъ */
	"04614613073550054360060330000000000007", /* ы */
	"01000106006027500650002050000041000008", /* ь */
	"00000000003410010050200030000000000000", /* э */
	"02402010000001001150000605000020000407", /* ю */
	"00525504015154013360043103000043000309", /* я */
	"00000000000125002140000000000000000003", /* ё */
	"54647035056656325650132443000045005407", /* і */
	"00100000000000000000020000000000001006", /* ї */
	"00003000004042001250000000000020002006", /* є */
	"00000000000000000000000000000000000001", /* ґ */
	"77968548838679898978746755020626063500", /* word break */
};

static const char *const names[] = { "windows-1251", "koi8-u", "cp866",
	"iso-8859-5" };
static const char *const codes[] = { "CP1251", "KOI8-U", "CP866",
	"ISO-8859-5" };

#define N_CHARSETS TK_COUNT(names)

struct kinds {
	unsigned char of[128];
};

static unsigned char
kind_of(unsigned int c)
{
	static const struct {
		unsigned int c;
		unsigned char letter;
	} more[] = {
		{ 0x451, 32 },
		{ 0x456, 33 },
		{ 0x457, 34 },
		{ 0x454, 35 },
		{ 0x491, 36 },
		{ 0x401, 32 | UPPER },
		{ 0x406, 33 | UPPER },
		{ 0x407, 34 | UPPER },
		{ 0x404, 35 | UPPER },
		{ 0x490, 36 | UPPER },
	};
	size_t i;

	if (c >= 0x430 && c <= 0x44F)
		return (unsigned char)(c - 0x430);
	if (c >= 0x410 && c <= 0x42F)
		return (unsigned char)(c - 0x410) | UPPER;
	for (i = 0; i < TK_COUNT(more); i++)
		if (more[i].c == c)
			return more[i].letter;
	/* no-break space, section, copyright, guillemets, degree, middle dot */
	if (c == 0xA0 || c == 0xA7 || c == 0xA9 || c == 0xAB || c == 0xBB ||
	    c == 0xB0 || c == 0xB7 || c == 0x2116 ||
	    (c >= 0x2013 && c <= 0x2026))
		return BREAK;
	return JUNK;
}

/* The kinds of the bytes 0x80 to 0xFF in each charset, made once. */
static struct kinds kind_table[N_CHARSETS];

static void
make_kinds(void)
{
	size_t n, i;

	for (n = 0; n < N_CHARSETS; n++) {
		iconv_t cd = iconv_open("UTF-16BE", codes[n]);

		memset(kind_table[n].of, JUNK, sizeof(kind_table[n].of));
		if (cd == (iconv_t)-1)
			continue;
		for (i = 0; i < 128; i++) {
			char byte = (char)(i + 128), *in = &byte;
			unsigned char wide[4];
			char *out = (char *)wide;
			size_t in_left = 1, out_left = sizeof(wide);

			if (iconv(cd, &in, &in_left, &out, &out_left) == 0 &&
			    out_left == 2)
				kind_table[n].of[i] = kind_of(
				    (unsigned int)wide[0] << 8 | wide[1]);
		}
		iconv_close(cd);
	}
}

static const struct kinds *
kinds(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, make_kinds);
	return kind_table;
}

static bool
is_latin(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int
pair_score(unsigned char a, unsigned char b)
{
	unsigned char la = a & ~UPPER, lb = b & ~UPPER;
	int score;

	if (a == JUNK || b == JUNK)
		return -6;
	if (a == LATIN || b == LATIN)
		return -3;
	score = pairs[la][lb] - '4';
	if (la < N_LETTERS && !(a & UPPER) && (b & UPPER))
		score -= 6;
	return score;
}

/* The mean over all pairs that have at least one high byte, times 100. */
static int
score(const unsigned char *table, const unsigned char *s, size_t len,
    size_t *letters)
{
	unsigned char last = BREAK, kind;
	bool last_high = false, high;
	long sum = 0, n = 0;
	size_t i;

	*letters = 0;
	for (i = 0; i <= len; i++) {
		high = i < len && s[i] >= 0x80;
		kind = high                     ? table[s[i] - 0x80]
		    : i < len && is_latin(s[i]) ? LATIN
						: BREAK;
		if (high && (kind & ~UPPER) < N_LETTERS)
			(*letters)++;
		if (high || last_high) {
			sum += pair_score(last, kind);
			n++;
		}
		last = kind;
		last_high = high;
	}
	return n > 0 ? (int)(sum * 100 / n) : -1000;
}

static bool
stands_in_latin(const unsigned char *s, size_t len)
{
	size_t i, high = 0, beside = 0;

	for (i = 0; i < len; i++) {
		if (s[i] < 0x80)
			continue;
		high++;
		if ((i > 0 && is_latin(s[i - 1])) ||
		    (i + 1 < len && is_latin(s[i + 1])))
			beside++;
	}
	return beside * 5 > high * 2;
}

static size_t
longest_run(const unsigned char *s, size_t len)
{
	size_t i, run = 0, longest = 0;

	for (i = 0; i < len; i++) {
		run = s[i] >= 0x80 ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

static bool
has_ukrainian_koi8(const unsigned char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (memchr("\xA4\xA6\xA7\xAD\xB4\xB6\xB7\xBD", s[i], 8))
			return true;
	return false;
}

bool
tk_cyrillic_is(const char *charset)
{
	size_t n;

	for (n = 0; n < N_CHARSETS; n++)
		if (tk_streq(charset, names[n]))
			return true;
	return tk_streq(charset, "koi8-r");
}

struct tk_cyrillic
tk_cyrillic_guess(const char *data, size_t len, const char *prefer)
{
	struct tk_cyrillic best = { names[0], -10000, 0, 0, false };
	const struct kinds *tables = kinds();
	const unsigned char *s = (const unsigned char *)data;
	int with_bonus, best_with_bonus = -10000, n_score;
	size_t n, letters;

	if (len > SCAN_MAX)
		len = SCAN_MAX;
	if (tk_streq(prefer, "koi8-r"))
		prefer = "koi8-u";
	for (n = 0; n < N_CHARSETS; n++) {
		with_bonus = n_score = score(tables[n].of, s, len, &letters);
		/* nobody can tell a short word from its bytes alone */
		if (tk_streq(prefer, names[n]))
			with_bonus += letters < 12 ? 150 : 50;
		if (with_bonus > best_with_bonus) {
			best_with_bonus = with_bonus;
			best.charset = names[n];
			best.score = n_score;
			best.letters = letters;
		}
	}
	if (best.charset == names[1] && !has_ukrainian_koi8(s, len))
		best.charset = "koi8-r";
	best.run = longest_run(s, len);
	best.mixed = stands_in_latin(s, len);
	return best;
}
