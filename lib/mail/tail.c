/*
 * tail - what mail programs and lawyers put below an answer.
 *
 * None of it is lost: it is folded away, as a quote is.
 */
#include <string.h>

#include "base/mem.h"
#include "mail/lines.h"

#define SIGNATURE_LINES 30 /* below a "-- " of RFC 3676 */
#define DASHES_LINES 12    /* below a bare "--" */
#define RULE_LINES 8       /* below "_____" */
#define DEVICE_BYTES 160
#define NOTICE_LINES 25
#define ROUNDS 5 /* a notice below a signature below a telephone ... */

/* How a line begins that a telephone or a program adds. */
static const char *const devices[] = { "sent from ", "(sent from ",
	"<<sent by ", "<sent from ", "sent via ", "sent with ",
	"get outlook for ", "get [outlook", "from my iphone", "from my ipad",
	"from my android", "отправлено с ", "отправлено из ", "отправлено от ",
	"отправлено со ", "отправлено через ", "отправлено посредством ",
	"послано с ", "надіслано з ", "надіслано із ", "надіслано від ",
	"надіслано через ", "відправлено з ", "відправлено із ", "von meinem ",
	"gesendet von ", "diese nachricht wurde von meinem ", "envoyé de mon ",
	"envoyé depuis mon ", "enviado desde ", "verzonden met ",
	"verstuurd vanaf ", "inviato da ", "wysłano z ", "從我的 ", NULL };

static const char *const device_ends[] = { " from mobile", " from my mobile",
	"с моего iphone", "з мого iphone", NULL };

/* How a notice begins that nobody reads ... */
static const char *const notices[] = { "confidentiality notice",
	"confidential notice", "confidentiality:", "disclaimer", "legal notice",
	"this e-mail", "this email", "this message", "this communication",
	"this transmission", "the information contained in this",
	"the information in this", "the contents of this",
	"уведомление о конфиденциальности", "конфиденциально",
	"настоящее сообщение", "настоящее электронное", "настоящее письмо",
	"это сообщение", "это электронное", "это письмо", "данное сообщение",
	"данное электронное", "данное письмо", "информация, содержащаяся",
	"содержание данного", "содержание настоящего", "внимание! это",
	"конфіденційно", "повідомлення про конфіденційність", "це повідомлення",
	"цей електронний", "цей лист", "даний лист", "дане повідомлення",
	"інформація, що міститься", "інформація, яка міститься", "увага! це",
	NULL };

/* ... and what it is about. */
static const char *const confidential[] = { "confidential", "privileged",
	"intended only for", "intended solely", "intended recipient",
	"named addressee", "конфиденциальн", "предназначено исключительно",
	"предназначено только", "предназначена исключительно",
	"предназначены исключительно", "коммерческую тайну",
	"коммерческой тайн", "не являетесь адресатом",
	"не являетесь получателем", "конфіденційн", "призначений виключно",
	"призначене виключно", "призначена виключно", "комерційну таємницю",
	"не є адресатом", NULL };

/* One line is enough to know them. */
static const char *const footers[] = { "please consider the environment",
	"think before you print", "before printing this", "прежде чем печатать",
	"прежде чем распечат", "перед тем как печатать", "берегите природу",
	"подумайте об окружающей", "перш ніж друкувати",
	"подумайте про довкілля", "бережіть природу",
	"this email has been checked for viruses",
	"this e-mail has been checked for viruses", "virus-free. www.",
	"virus-free.www.", "без вирусов. www.", "без вирусов.www.",
	"не містить вірусів. www.", "без вірусів. www.",
	"это сообщение проверено на вирусы", "письмо проверено на вирусы",
	"проверено антивирусом", "перевірено на віруси", NULL };

static bool
is_device(struct tk_lines *l, size_t i)
{
	const char *s = tk_lines_low(l, i);
	size_t k;

	if (l->v[i].len >= DEVICE_BYTES)
		return false;
	for (k = 0; device_ends[k] != NULL; k++)
		if (l->v[i].len < 60 && tk_ends(s, device_ends[k]))
			return true;
	return tk_starts_any(s, devices);
}

/* A mark that programs leave for themselves: U+1427 of a Gmail plug-in. */
static bool
is_mark(struct tk_lines *l, size_t i)
{
	return strcmp(tk_lines_low(l, i), "\xE1\x90\xA7") == 0;
}

static size_t
width(const struct tk_line *one)
{
	size_t n = one->len;

	while (n > 0 && strchr("\r\n", one->s[n - 1]) != NULL)
		n--;
	return n;
}

/* "-- ", which is the mark of RFC 3676, a bare "--" near the end, and the
 * rule of underscores that Outlook draws. */
static bool
is_dashes(struct tk_lines *l, size_t i, size_t below)
{
	const struct tk_line *one = &l->v[i];
	size_t n = width(one);

	if (n == 3 && memcmp(one->s, "-- ", 3) == 0)
		return true;
	if (n == 2 && memcmp(one->s, "--", 2) == 0)
		return below <= DASHES_LINES;
	return n >= 5 && strspn(one->s, "_") >= n && below > 0 &&
	    below <= RULE_LINES;
}

static size_t
signature(struct tk_lines *l, size_t cut)
{
	size_t i = cut, below = 0, found = cut;

	for (; i > 0 && below <= SIGNATURE_LINES; i--, below++)
		if (is_dashes(l, i - 1, below))
			found = i - 1;
	return found;
}

/* All such lines at the end; up to two others may stand below the last. */
static size_t
devices_at_end(struct tk_lines *l, size_t cut)
{
	size_t i = cut, seen = 0, found = cut;

	for (; i > 0 && seen <= 2; i--) {
		if (l->v[i - 1].blank)
			continue;
		if (l->v[i - 1].quote)
			break;
		if (is_device(l, i - 1) || is_mark(l, i - 1)) {
			found = i - 1;
			seen = 0;
		} else if (found < cut) {
			break;
		} else {
			seen++;
		}
	}
	return found;
}

/* A paragraph from line i on that says it is confidential. */
static bool
is_notice(struct tk_lines *l, size_t i, size_t end)
{
	struct tk_str all = TK_STR_INIT, raw = TK_STR_INIT;
	const char *s = tk_lines_low(l, i);
	bool yes;

	if (*s == '\0' && l->v[i].len > 0) {
		/* a long line: its beginning tells */
		tk_str_add_data(
		    &raw, l->v[i].s, l->v[i].len < 2000 ? l->v[i].len : 2000);
		tk_lines_lower(&all, raw.data);
		tk_str_clear(&raw);
	} else {
		for (; i < end && !l->v[i].blank && all.len < 2000; i++) {
			tk_str_add(&all, tk_lines_low(l, i));
			tk_str_add_char(&all, ' ');
		}
	}
	s = all.data + strspn(all.data, "*_[(\"' ");
	yes = tk_starts_any(s, notices) && tk_has_any(s, confidential) &&
	    strlen(s) > 60;
	tk_str_clear(&all);
	return yes;
}

/* Where legal notices and the like begin that end the text. */
static size_t
notices_at_end(struct tk_lines *l, size_t cut)
{
	size_t i = cut, below = 0, found = cut;

	for (; i > 0 && below <= NOTICE_LINES; i--) {
		const struct tk_line *one = &l->v[i - 1];

		if (one->quote)
			break;
		if (one->blank)
			continue;
		below++;
		/* only where a paragraph begins */
		if (i > 1 && !l->v[i - 2].blank && found > i - 1 &&
		    width(&l->v[i - 2]) > 0 &&
		    !tk_has_any(tk_lines_low(l, i - 1), footers))
			continue;
		if (tk_has_any(tk_lines_low(l, i - 1), footers) ||
		    is_notice(l, i - 1, cut)) {
			found = i - 1;
			below = 0;
		} else if (below > 3 || found < cut) {
			break;
		}
	}
	return found;
}

size_t
tk_lines_tail(struct tk_lines *l, size_t cut)
{
	size_t was, rounds = 0;

	do {
		was = cut;
		cut = notices_at_end(l, cut);
		cut = signature(l, cut);
		cut = devices_at_end(l, cut);
	} while (cut < was && cut > 0 && ++rounds < ROUNDS);
	return cut;
}
