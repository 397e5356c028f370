/* when-words - the words that times are told with. */
#include "base/when-words.h"

#include <string.h>

#include "base/mem.h"

#define MINUTE 60
#define HOUR 3600
#define DAY 86400

static bool
is_in(const char *word, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(word, list[i]) == 0)
			return true;
	return false;
}

bool
tk_when_is_filler(const char *word)
{
	static const char *const fillers[] = { "at", "on", "by", "of", "the",
		"в", "во", "до", "к", "о", "об", "у", "года", "г.", "г", "року",
		"р.", "р" };

	return is_in(word, fillers, TK_COUNT(fillers));
}

bool
tk_when_is_ahead(const char *word)
{
	static const char *const ahead[] = { "in", "через", "за" };

	return is_in(word, ahead, TK_COUNT(ahead));
}

bool
tk_when_is_ago(const char *word)
{
	static const char *const ago[] = { "ago", "назад", "тому" };

	return is_in(word, ago, TK_COUNT(ago));
}

bool
tk_when_near(int *days, const char *word)
{
	static const struct {
		const char *word;
		int days;
	} near[] = {
		{ "today", 0 },
		{ "сегодня", 0 },
		{ "сьогодні", 0 },
		{ "tomorrow", 1 },
		{ "завтра", 1 },
		{ "послезавтра", 2 },
		{ "післязавтра", 2 },
		{ "yesterday", -1 },
		{ "вчера", -1 },
		{ "вчора", -1 },
		{ "учора", -1 },
		{ "позавчера", -2 },
		{ "позавчора", -2 },
	};
	size_t i;

	for (i = 0; i < TK_COUNT(near); i++)
		if (strcmp(word, near[i].word) == 0) {
			*days = near[i].days;
			return true;
		}
	return false;
}

static bool
is_beginning(const char *word, const char *starts, const char *full)
{
	if (strcmp(word, starts) == 0)
		return true;
	return full[0] != '\0' && strncmp(word, starts, strlen(starts)) == 0 &&
	    strncmp(full, word, strlen(word)) == 0;
}

/* How a weekday begins is enough: пт, пятн, пятница. */
static const struct {
	const char *starts, *full;
	int weekday;
} weekdays[] = {
	{ "mon", "monday", 0 },
	{ "tue", "tuesday", 1 },
	{ "wed", "wednesday", 2 },
	{ "thu", "thursday", 3 },
	{ "fri", "friday", 4 },
	{ "sat", "saturday", 5 },
	{ "sun", "sunday", 6 },
	{ "пн", "", 0 },
	{ "вт", "", 1 },
	{ "ср", "", 2 },
	{ "чт", "", 3 },
	{ "пт", "", 4 },
	{ "сб", "", 5 },
	{ "вс", "", 6 },
	{ "нд", "", 6 },
	{ "пон", "понедельник", 0 },
	{ "пон", "понеділок", 0 },
	{ "втор", "вторник", 1 },
	{ "вівт", "вівторок", 1 },
	{ "среда", "среда", 2 },
	{ "среду", "среду", 2 },
	{ "сер", "середа", 2 },
	{ "сер", "середу", 2 },
	{ "четв", "четверг", 3 },
	{ "четв", "четвер", 3 },
	{ "пятн", "пятница", 4 },
	{ "пятн", "пятницу", 4 },
	{ "п'ят", "п'ятниця", 4 },
	{ "п'ят", "п'ятницю", 4 },
	{ "п’ят", "п’ятниця", 4 },
	{ "п’ят", "п’ятницю", 4 },
	{ "суб", "суббота", 5 },
	{ "суб", "субботу", 5 },
	{ "суб", "субота", 5 },
	{ "суб", "суботу", 5 },
	{ "воскр", "воскресенье", 6 },
	{ "нед", "неділя", 6 },
	{ "нед", "неділю", 6 },
};

int
tk_when_weekday(const char *word)
{
	size_t i;

	for (i = 0; i < TK_COUNT(weekdays); i++)
		if (is_beginning(word, weekdays[i].starts, weekdays[i].full))
			return weekdays[i].weekday;
	return -1;
}

/* Each from January on: in a date, and alone. */
static const char *const months[][12] = {
	{ "january", "february", "march", "april", "may", "june", "july",
	    "august", "september", "october", "november", "december" },
	{ "января", "февраля", "марта", "апреля", "мая", "июня", "июля",
	    "августа", "сентября", "октября", "ноября", "декабря" },
	{ "январь", "февраль", "март", "апрель", "май", "июнь", "июль",
	    "август", "сентябрь", "октябрь", "ноябрь", "декабрь" },
	{ "січня", "лютого", "березня", "квітня", "травня", "червня", "липня",
	    "серпня", "вересня", "жовтня", "листопада", "грудня" },
	{ "січень", "лютий", "березень", "квітень", "травень", "червень",
	    "липень", "серпень", "вересень", "жовтень", "листопад", "грудень" },
};

int
tk_when_month(const char *word, bool *english)
{
	size_t len = strlen(word), i, k;

	if (len > 0 && word[len - 1] == '.') /* нояб. */
		len--;
	if (len < 3 || ((unsigned char)word[0] >= 0x80 && len < 6))
		return 0;
	for (i = 0; i < TK_COUNT(months); i++)
		for (k = 0; k < 12; k++)
			if (strncmp(months[i][k], word, len) == 0) {
				*english = i == 0;
				return (int)k + 1;
			}
	if (len == 4 && strncmp(word, "sept", len) == 0)
		return *english = true, 9;
	return 0;
}

int64_t
tk_when_unit(const char *word)
{
	static const struct {
		const char *words; /* between blanks */
		int64_t seconds;
	} units[] = {
		{ " minute minutes min m минуту минута минуты минут мин мин. м"
		  " хвилину хвилина хвилини хвилин хв хв. ",
		    MINUTE },
		{ " hour hours h час часа часов ч ч. годину година години"
		  " годин год год. ",
		    HOUR },
		{ " day days d день дня дней д д. дні днів сутки суток добу"
		  " доби діб ",
		    DAY },
		{ " week weeks w неделю неделя недели недель нед нед. тиждень"
		  " тижні тижнів ",
		    7 * DAY },
	};
	char padded[40];
	size_t i, len = strlen(word);

	if (len == 0 || len > sizeof(padded) - 3)
		return 0;
	padded[0] = ' ';
	memcpy(padded + 1, word, len);
	memcpy(padded + 1 + len, " ", 2);
	for (i = 0; i < TK_COUNT(units); i++)
		if (strstr(units[i].words, padded) != NULL)
			return units[i].seconds;
	return 0;
}

int64_t
tk_when_alone(const char *word)
{
	static const char *const half[] = { "полчаса", "півгодини" };

	return is_in(word, half, TK_COUNT(half)) ? HOUR / 2 : 0;
}
