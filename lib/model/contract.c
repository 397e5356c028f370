/* contract - what a client's contract says about hours and money. */
#include "model/contract.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"

#define MAX_WHOLE 9                   /* digits before the point */
#define MONTH ((int64_t)31 * 24 * 60) /* minutes */

bool
tk_money_parse(int64_t *out, const char *text)
{
	int64_t n = 0;
	int digits = 0, cents = 0;

	for (; isdigit((unsigned char)*text); text++, digits++)
		if (digits == MAX_WHOLE)
			return false;
		else
			n = n * 10 + (*text - '0');
	if (digits == 0)
		return false;
	if (*text == '.' || *text == ',')
		for (text++; isdigit((unsigned char)*text) && cents < 2;
		     text++, cents++)
			n = n * 10 + (*text - '0');
	for (; cents < 2; cents++)
		n *= 10;
	*out = n;
	return *text == '\0';
}

static enum tk_status
bad(struct tk_err *err, const char *path, const struct tk_yaml *map,
    const char *key, const char *what)
{
	return tk_fail(err, TK_EINPUT, _("%s:%u: contract, \"%s\": %s"), path,
	    tk_yaml_line(map, key), key, what);
}

/* 20 are hours, 7.5 and 90m too; a calendar month has no more than 744. */
static bool
hours(int64_t *minutes, const char *text)
{
	char *with = tk_strf("%s%s", text,
	    isdigit((unsigned char)text[strlen(text) - 1]) ? "h" : "");
	int64_t seconds;
	bool good = text[0] != '\0' && tk_span_parse(&seconds, with);

	free(with);
	if (good)
		*minutes = seconds / 60;
	return good && *minutes <= MONTH;
}

static bool
span(int64_t *minutes, const char *text)
{
	int64_t seconds;

	if (!tk_span_parse(&seconds, text) || seconds % 60 != 0 ||
	    seconds > 86400)
		return false;
	*minutes = seconds / 60;
	return true;
}

static bool
is_currency(const char *text)
{
	size_t n = 0;

	while (isupper((unsigned char)text[n]))
		n++;
	return n == 3 && text[n] == '\0';
}

static bool
is_day(const char *text)
{
	char *at = tk_strf("%sT00:00:00Z", text);
	int64_t when;
	bool is = strlen(text) == 10 && tk_date_parse(&when, at);

	free(at);
	return is;
}

static enum tk_status
read_money(struct tk_contract *c, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *text;

	if ((text = tk_yaml_str(y, "rate")) != NULL &&
	    !tk_money_parse(&c->rate, text))
		return bad(err, path, y, "rate",
		    _("a sum for an hour, like 2500 or 2500.50"));
	if ((text = tk_yaml_str(y, "currency")) != NULL && !is_currency(text))
		return bad(err, path, y, "currency",
		    _("three capital letters, like RUB, UAH or EUR"));
	c->currency = tk_strdup(text != NULL ? text : "");
	return TK_OK;
}

static enum tk_status
read_hours(struct tk_contract *c, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *text = tk_yaml_str(y, "hours");

	if (tk_streq(text, "unlimited"))
		c->hours = TK_CONTRACT_UNLIMITED;
	else if (text != NULL && !hours(&c->hours, text))
		return bad(err, path, y, "hours",
		    _("hours of a month, like 20 or 7.5, or unlimited"));
	else if (text == NULL && c->covers.n > 0)
		c->hours = TK_CONTRACT_UNLIMITED;
	c->limited = text != NULL && c->hours != TK_CONTRACT_UNLIMITED;
	if ((text = tk_yaml_str(y, "rounding")) != NULL &&
	    !span(&c->rounding, text))
		return bad(
		    err, path, y, "rounding", _("whole minutes, like 15m"));
	if ((text = tk_yaml_str(y, "block")) != NULL && !span(&c->block, text))
		return bad(err, path, y, "block",
		    _("whole minutes or hours, like 1h"));
	return TK_OK;
}

enum tk_status
tk_contract_read(struct tk_contract *out, const struct tk_yaml *client,
    const char *path, struct tk_err *err)
{
	const struct tk_yaml *y = tk_yaml_get(client, "contract");
	const char *text;
	enum tk_status st;

	memset(out, 0, sizeof(*out));
	if (y != NULL && !tk_yaml_is_null(y) && y->kind != TK_YAML_MAP)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"contract\" is a map"), path, y->line);
	tk_yaml_strv(y, "covers", &out->covers);
	if ((st = read_money(out, y, path, err)) == TK_OK)
		st = read_hours(out, y, path, err);
	text = tk_yaml_str(y, "until");
	if (st == TK_OK && text != NULL && !is_day(text))
		st = bad(err, path, y, "until", _("a day, like 2027-12-31"));
	if (st == TK_OK && text != NULL)
		memcpy(out->until, text, sizeof(out->until));
	if (st != TK_OK)
		tk_contract_clear(out);
	return st;
}

void
tk_contract_clear(struct tk_contract *c)
{
	free(c->currency);
	tk_strv_clear(&c->covers);
	memset(c, 0, sizeof(*c));
}
