/* quote - what is new in a text told apart from what is quoted. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "mail/text.h"

#define LINE_LOOK 300      /* bytes; markers do not stand in longer lines */
#define SIGNATURE_LINES 30 /* below a "-- " of RFC 3676 */
#define DASHES_LINES 12    /* below a bare "--" */
#define HEAD_LINES 5       /* a longer quote on top is folded */

struct line {
	const char *s;
	size_t len;
	bool blank, quote;
	char *low; /* trimmed, lower case; made when it is looked at */
};

struct lines {
	struct line *v;
	size_t n, cap;
};

static const char *const writes[] = { " wrote", "wrote:", " writes:", "написал",
	"пишет", "писал", "пишут", "пише:", "пише ", "написав", "писав",
	"schrieb", " a écrit", "escribió", "ha scritto", "schreef", "skrev",
	"escreveu", "napisał", "napsal", "kirjoitti", NULL };

static const char *const originals[] = { "original message",
	"original appointment", "исходное сообщение", "исходное письмо",
	"оригинальное сообщение", "первоначальное сообщение",
	"вихідне повідомлення", "оригінальне повідомлення",
	"початкове повідомлення", "первинне повідомлення",
	"ursprüngliche nachricht", "original-nachricht", "message d'origine",
	"mensaje original", "messaggio originale", "oorspronkelijk bericht",
	"mensagem original", "reply above this line",
	"ответьте выше этой строки", "відповідайте вище цього рядка", NULL };

static const char *const forwards[] = { "forwarded message", "forwarded by",
	"пересылаемое сообщение", "пересланное сообщение",
	"пересылаемое письмо", "переадресованное сообщение",
	"переадресованного сообщения", "переслане повідомлення",
	"пересилання повідомлення", "переадресоване повідомлення",
	"переадресованого повідомлення", "weitergeleitete nachricht",
	"message transféré", "mensaje reenviado", NULL };

static const char *const from_labels[] = { "from:", "от:", "от кого:", "від:",
	"від кого:", "von:", "de:", "da:", "van:", "från:", "from :", NULL };

static const char *const other_labels[] = { "sent:", "date:", "to:", "subject:",
	"cc:", "reply-to:", "отправлено:", "дата:", "кому:", "тема:", "копия:",
	"надіслано:", "дата надсилання:", "копія:", "gesendet:", "an:",
	"betreff:", "datum:", "envoyé:", "envoyé :", "à:", "à :", "objet:",
	"objet :", "enviado:", "para:", "asunto:", "date :", "skickat:",
	"till:", "ämne:", "data:", "oggetto:", NULL };

/* How a line begins that says when somebody wrote. */
static const char *const date_starts[] = { "on ", "am ", "le ", "el ", "il ",
	"op ", "den ", "в ", "во ", "у ", "понедельник", "вторник", "среда",
	"четверг", "пятница", "суббота", "воскресенье", "пн,", "вт,", "ср,",
	"чт,", "пт,", "сб,", "вс,", "нд,", "понеділок", "вівторок", "середа",
	"четвер", "п'ятниця", "пʼятниця", "субота", "неділя", NULL };

static const char *const devices[] = { "sent from my ", "sent from mobile",
	"sent from outlook", "sent from yahoo", "sent from mail for",
	"sent from samsung", "sent via ", "get outlook for ", "отправлено с ",
	"отправлено из ", "отправлено от ", "отправлено со ", "надіслано з ",
	"надіслано із ", "надіслано від ", "відправлено з ", "von meinem ",
	"envoyé de mon ", "envoyé depuis mon ", "enviado desde ", NULL };

static bool
has_any(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strstr(s, *list) != NULL)
			return true;
	return false;
}

static bool
starts_any(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (tk_starts(s, *list))
			return true;
	return false;
}

static void
split(struct lines *l, const struct tk_str *text)
{
	const char *p = text->data, *end = p + text->len, *nl, *q;
	struct line *one;

	for (; p < end; p = nl + 1) {
		if ((nl = memchr(p, '\n', (size_t)(end - p))) == NULL)
			nl = end;
		TK_GROW(l->v, l->n, l->cap);
		one = &l->v[l->n++];
		one->s = p;
		one->len = (size_t)(nl - p) + (nl < end);
		one->low = NULL;
		for (q = p; q < nl && (*q == ' ' || *q == '\t');)
			q++;
		one->blank = q == nl;
		one->quote = q < nl && *q == '>';
	}
}

/* The line as the markers are written; "" for a long one. */
static const char *
low(struct lines *l, size_t i)
{
	struct line *one = &l->v[i];
	struct tk_str raw = TK_STR_INIT, out = TK_STR_INIT;

	if (one->low != NULL)
		return one->low;
	if (one->len <= LINE_LOOK) {
		tk_str_add_data(&raw, one->s, one->len);
		tk_str_trim(&raw);
		tk_utf8_lower(&out, raw.data);
	}
	tk_str_clear(&raw);
	one->low = tk_str_detach(&out);
	return one->low;
}

static size_t
run_of(const char *s, const char *chars)
{
	return strspn(s, chars);
}

/* "-----Original Message-----" and its like, from the list given. */
static bool
is_rule(const char *s, const char *const *words)
{
	return run_of(s, "-_*=# ") >= 2 && has_any(s, words);
}

static bool
is_forward(const char *s)
{
	return is_rule(s, forwards) ||
	    tk_starts(s, "begin forwarded message") ||
	    tk_starts(s, "начало переадресованного") ||
	    tk_starts(s, "початок переадресованого");
}

/* From:, Sent:, To:, Subject: as Outlook puts them above a quote. */
static bool
is_header_block(struct lines *l, size_t i, size_t end)
{
	size_t k, from = 0, labels = 0, seen = 0;
	const char *s;

	for (k = i; k < end && seen < 7; k++) {
		if (l->v[k].blank)
			continue;
		s = low(l, k);
		s += run_of(s, "*");
		if (starts_any(s, from_labels))
			from++;
		else if (starts_any(s, other_labels))
			labels++;
		else if (seen == 0)
			return false; /* it begins with a label */
		seen++;
	}
	return from > 0 && labels >= 2;
}

/* The first line that says "what follows is another letter"; *forward is set
 * where that letter was meant to be read. */
static size_t
splitter(struct lines *l, bool *forward)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		if (l->v[i].blank || l->v[i].quote)
			continue;
		if (is_forward(low(l, i)))
			*forward = true;
		if (*forward)
			return l->n;
		if (is_rule(low(l, i), originals) ||
		    is_header_block(l, i, l->n))
			break;
	}
	return i;
}

static bool
has_digit(const char *s)
{
	return s[strcspn(s, "0123456789")] != '\0';
}

static bool
begins_date(const char *s)
{
	return isdigit((unsigned char)*s) || starts_any(s, date_starts);
}

/* Lines i to end (excluded) as one attribution. strong: it would be one even
 * without ">" below. */
static bool
is_attribution(struct lines *l, size_t i, size_t end, bool strong)
{
	struct tk_str s = TK_STR_INIT;
	bool yes, verb;

	for (; i < end; i++) {
		if (l->v[i].blank || l->v[i].quote || *low(l, i) == '\0') {
			tk_str_clear(&s);
			return false;
		}
		tk_str_add_char(&s, ' ');
		tk_str_add(&s, low(l, i));
	}
	while (s.len > 0 && strchr("*> ", s.data[s.len - 1]) != NULL)
		tk_str_cut(&s, s.len - 1);
	verb = has_any(s.data, writes);
	yes = s.len > 0 && s.len < 2 * LINE_LOOK &&
	    (s.data[s.len - 1] == ':' || tk_ends(s.data, "wrote"));
	if (strong)
		yes = yes && verb &&
		    (strchr(s.data, '@') != NULL ||
			(has_digit(s.data) && begins_date(s.data + 1)));
	else
		yes = yes &&
		    (verb ||
			(strchr(s.data, '@') != NULL && has_digit(s.data)));
	tk_str_clear(&s);
	return yes;
}

/* Where the attribution that ends above line end begins, or end. */
static size_t
attribution(struct lines *l, size_t end, bool strong)
{
	size_t last = end, n, more;

	while (last > 0 && l->v[last - 1].blank)
		last--;
	for (n = 1; n <= 4 && n <= last; n++) {
		if (!is_attribution(l, last - n, last, strong))
			continue;
		/* "On Monday, 5 May 2026, Ivan <" on the line above */
		if (!begins_date(low(l, last - n)))
			for (more = n + 1; more <= 4 && more <= last; more++)
				if (begins_date(low(l, last - more)) &&
				    is_attribution(
					l, last - more, last, strong))
					return last - more;
		return last - n;
	}
	return end;
}

/* The quote at the end of the lines above cut, with its attribution. */
static size_t
quote_tail(struct lines *l, size_t cut)
{
	size_t i = cut, k;
	bool any = false;

	for (; i > 0 && (l->v[i - 1].blank || l->v[i - 1].quote); i--)
		any |= l->v[i - 1].quote;
	if (any)
		return attribution(l, i, false);
	/* a quote that nothing marks but the line above it */
	for (i = 0; i < cut; i++)
		if (l->v[i].quote)
			return cut;
	for (i = 0; i < cut; i++) {
		if (l->v[i].blank)
			continue;
		if (strchr(low(l, i), ':') == NULL)
			continue;
		if ((k = attribution(l, i + 1, true)) <= i)
			return k;
	}
	return cut;
}

static bool
is_short_device_line(struct lines *l, size_t i)
{
	return starts_any(low(l, i), devices) && l->v[i].len < 120;
}

/* A signature at the end of the lines above cut. */
static size_t
signature(struct lines *l, size_t cut)
{
	size_t i = cut, below = 0, seen = 0, found = cut;

	for (; i > 0 && below <= SIGNATURE_LINES; i--) {
		const struct line *one = &l->v[i - 1];
		size_t text = one->len;

		while (text > 0 && strchr("\r\n", one->s[text - 1]) != NULL)
			text--;
		if ((text == 3 && memcmp(one->s, "-- ", 3) == 0) ||
		    (text == 2 && memcmp(one->s, "--", 2) == 0 &&
			below <= DASHES_LINES))
			found = i - 1;
		else if (seen <= 2 && !one->blank && !one->quote &&
		    is_short_device_line(l, i - 1))
			found = i - 1;
		below++;
		seen += !one->blank;
	}
	return found;
}

/* Above a cut there may be a rule and empty lines that belong to it. */
static size_t
step_back(struct lines *l, size_t cut)
{
	const char *s;

	if (cut == l->n)
		return cut;
	while (cut > 0) {
		s = low(l, cut - 1);
		if (!l->v[cut - 1].blank &&
		    !(strlen(s) >= 3 && run_of(s, "_-*") == strlen(s)))
			break;
		cut--;
	}
	return cut;
}

/* The end of a long quote on top, where the answer below it has no more
 * quotes; else 0. */
static size_t
quote_head(struct lines *l, size_t cut)
{
	size_t i = 0, begin, quotes = 0, end;

	while (i < cut && l->v[i].blank)
		i++;
	for (begin = i; i < cut && i < begin + 4 && !l->v[i].quote;)
		i++;
	if (i == cut || !l->v[i].quote ||
	    (i > begin && attribution(l, i, false) > begin))
		return 0;
	for (; i < cut && (l->v[i].blank || l->v[i].quote); i++)
		quotes += l->v[i].quote;
	for (end = i; i < cut; i++)
		if (l->v[i].quote)
			return 0;
	return quotes > HEAD_LINES ? end : 0;
}

static void
add_lines(struct tk_str *out, struct lines *l, size_t from, size_t to)
{
	for (; from < to; from++)
		tk_str_add_data(out, l->v[from].s, l->v[from].len);
}

static bool
all_blank(const struct lines *l, size_t from, size_t to)
{
	for (; from < to; from++)
		if (!l->v[from].blank)
			return false;
	return true;
}

void
tk_text_fold(struct tk_str *text, struct tk_str *quoted, bool forward)
{
	struct lines l = { NULL, 0, 0 };
	struct tk_str fresh = TK_STR_INIT;
	size_t cut, head = 0, i;

	split(&l, text);
	cut = step_back(&l, splitter(&l, &forward));
	if (!forward) {
		cut = signature(&l, cut);
		cut = step_back(&l, quote_tail(&l, cut));
		cut = signature(&l, cut);
		head = quote_head(&l, cut);
	}
	if (!all_blank(&l, head, cut) && (head > 0 || cut < l.n)) {
		add_lines(&fresh, &l, head, cut);
		add_lines(quoted, &l, 0, head);
		add_lines(quoted, &l, cut, l.n);
		tk_str_clear(text);
		*text = fresh;
		tk_text_clean(text);
		tk_text_clean(quoted);
	}
	for (i = 0; i < l.n; i++)
		free(l.v[i].low);
	free(l.v);
}
