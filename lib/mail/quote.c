/* quote - what is new in a text told apart from what is quoted. */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "mail/lines.h"
#include "mail/text.h"

#define LINE_LOOK 300 /* bytes of a line that may be an attribution */
#define HEAD_LINES 12 /* a longer quote on top is folded */
#define WORDS_MIN 12  /* bytes of the shortest of the lists below */

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

static size_t
run_of(const char *s, const char *chars)
{
	return strspn(s, chars);
}

/* "-----Original Message-----" and its like, from the list given. */
static bool
is_rule(const char *s, const char *const *words)
{
	size_t n = run_of(s, "-_*=# ");

	return n >= 2 && strlen(s + n) >= WORDS_MIN && tk_has_any(s + n, words);
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
is_header_block(struct tk_lines *l, size_t i, size_t end)
{
	size_t k, from = 0, labels = 0, seen = 0;
	const char *s;

	for (k = i; k < end && seen < 7; k++) {
		if (l->v[k].blank)
			continue;
		s = tk_lines_low(l, k);
		s += run_of(s, "*");
		if (seen == 0 && strchr(s, ':') == NULL)
			return false;
		if (tk_starts_any(s, from_labels))
			from++;
		else if (tk_starts_any(s, other_labels))
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
splitter(struct tk_lines *l, bool *forward)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		if (l->v[i].blank || l->v[i].quote)
			continue;
		if (is_forward(tk_lines_low(l, i)))
			*forward = true;
		if (*forward)
			return l->n;
		if (is_rule(tk_lines_low(l, i), originals) ||
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
	return isdigit((unsigned char)*s) || tk_starts_any(s, date_starts);
}

/* Lines i to end (excluded) as one attribution. strong: it would be one even
 * without ">" below. */
static bool
is_attribution(struct tk_lines *l, size_t i, size_t end, bool strong)
{
	struct tk_str s = TK_STR_INIT;
	bool yes, verb;

	for (; i < end; i++) {
		if (l->v[i].blank || l->v[i].quote ||
		    *tk_lines_low(l, i) == '\0') {
			tk_str_clear(&s);
			return false;
		}
		tk_str_add_char(&s, ' ');
		tk_str_add(&s, tk_lines_low(l, i));
	}
	while (s.len > 0 && strchr("*> ", s.data[s.len - 1]) != NULL)
		tk_str_cut(&s, s.len - 1);
	verb = tk_has_any(s.data, writes);
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

static bool
has_quotes(const struct tk_lines *l, size_t from, size_t to)
{
	for (; from < to; from++)
		if (l->v[from].quote)
			return true;
	return false;
}

/* Where the attribution that ends above line end begins, or end. */
static size_t
attribution(struct tk_lines *l, size_t end, bool strong)
{
	size_t last = end, n, more;

	while (last > 0 && l->v[last - 1].blank)
		last--;
	for (n = 1; n <= 4 && n <= last; n++) {
		if (!is_attribution(l, last - n, last, strong))
			continue;
		/* "On Monday, 5 May 2026, Ivan <" on the line above */
		if (!begins_date(tk_lines_low(l, last - n)))
			for (more = n + 1; more <= 4 && more <= last; more++)
				if (begins_date(tk_lines_low(l, last - more)) &&
				    is_attribution(
					l, last - more, last, strong))
					return last - more;
		return last - n;
	}
	return end;
}

static bool
digit_in(const struct tk_line *one)
{
	size_t i;

	for (i = 0; i < one->len; i++)
		if (isdigit((unsigned char)one->s[i]))
			return true;
	return false;
}

/* "On 5 May Ivan", "<", "mailto:Ivan <ivan@a.example>", "> wrote:": a link that
 * a program took to pieces. */
static bool
is_torn(struct tk_lines *l, size_t i, size_t end)
{
	size_t k, seen = 0;
	bool address = false;

	/* what costs least first: there may be 200,000 lines */
	if (l->v[i].blank || l->v[i].quote ||
	    !digit_in(&l->v[i]) || !begins_date(tk_lines_low(l, i)))
		return false;
	for (k = i + 1; k < end && seen < 5; k++) {
		const char *s = tk_lines_low(l, k);

		if (l->v[k].blank)
			continue;
		seen++;
		address = address || strchr(s, '@') != NULL;
		if (l->v[k].quote)
			return address && tk_has_any(s, writes) &&
			    tk_ends(s, ":");
	}
	return false;
}

/* The quote at the end of the lines above cut, with its attribution. */
static size_t
quote_tail(struct tk_lines *l, size_t cut)
{
	size_t i = cut, k, top = 0;
	bool any = false;

	for (; i > 0 && (l->v[i - 1].blank || l->v[i - 1].quote); i--)
		any |= l->v[i - 1].quote;
	if (any)
		return attribution(l, i, false);
	/* a quote that nothing marks but the line above it */
	while (top < cut && l->v[top].blank)
		top++;
	for (i = 0; i < cut && !is_torn(l, i, cut); i++)
		;
	if (i < cut || has_quotes(l, 0, cut))
		return i;
	for (i = 0; i < cut; i++) {
		if (l->v[i].blank)
			continue;
		if (strchr(tk_lines_low(l, i), ':') == NULL)
			continue;
		/* on top of everything it says nothing about an end */
		if ((k = attribution(l, i + 1, true)) <= i)
			return k > top ? k : cut;
	}
	return cut;
}

/* Above a cut there may be a rule and empty lines that belong to it. */
static size_t
step_back(struct tk_lines *l, size_t cut)
{
	const char *s;

	if (cut == l->n)
		return cut;
	while (cut > 0) {
		s = tk_lines_low(l, cut - 1);
		if (!l->v[cut - 1].blank &&
		    !(strlen(s) >= 3 && run_of(s, "_-*") == strlen(s)))
			break;
		cut--;
	}
	return cut;
}

/* The end of a quote on top, where the answer below it has no more quotes;
 * else 0. One that says whose words they are is the letter that is answered;
 * a short one that does not was chosen by the writer and stays. */
static size_t
quote_head(struct tk_lines *l, size_t cut)
{
	size_t i = 0, begin, quotes = 0, end, from;
	bool attributed;

	while (i < cut && l->v[i].blank)
		i++;
	for (begin = i; i < cut && i < begin + 4 && !l->v[i].quote;)
		i++;
	if (i == cut || !l->v[i].quote) {
		/* an attribution and no quote below it */
		for (i = begin + 1; i < cut && i < begin + 4; i++)
			if (attribution(l, i, true) == begin &&
			    !has_quotes(l, i, cut))
				return i;
		return 0;
	}
	from = i > begin ? attribution(l, i, false) : i;
	attributed = from < i;
	if (from > begin && i > begin)
		return 0;
	for (; i < cut && (l->v[i].blank || l->v[i].quote); i++)
		quotes += l->v[i].quote;
	end = i;
	if (has_quotes(l, i, cut))
		return 0;
	return attributed || quotes > HEAD_LINES ? end : 0;
}

static void
add_lines(struct tk_str *out, struct tk_lines *l, size_t from, size_t to)
{
	for (; from < to; from++)
		tk_str_add_data(out, l->v[from].s, l->v[from].len);
}

static bool
all_blank(const struct tk_lines *l, size_t from, size_t to)
{
	for (; from < to; from++)
		if (!l->v[from].blank)
			return false;
	return true;
}

void
tk_text_fold(struct tk_str *text, struct tk_str *quoted, bool forward)
{
	struct tk_lines l = { NULL, 0, 0 };
	struct tk_str fresh = TK_STR_INIT;
	size_t cut, head = 0;

	tk_lines_split(&l, text);
	cut = step_back(&l, splitter(&l, &forward));
	if (!forward) {
		cut = tk_lines_tail(&l, cut);
		cut = step_back(&l, quote_tail(&l, cut));
		cut = tk_lines_tail(&l, cut);
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
	tk_lines_clear(&l);
}
