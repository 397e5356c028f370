/* again - the same command once more, with what it lacked. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "rules/judging.h"

/* One word of a shell's command line; what cannot be shown well is left to
 * who types it. */
static void
add_word(struct tk_str *out, const char *text)
{
	const char *p;

	if (text[0] != '\0' &&
	    strspn(text,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_-.,:/@+=") == strlen(text)) {
		tk_str_add(out, text);
		return;
	}
	for (p = text; (unsigned char)*p >= 0x20 && *p != 0x7f; p++)
		;
	if (*p != '\0' || strlen(text) > 200)
		text = "TEXT";
	tk_str_add_char(out, '\'');
	for (; *text != '\0'; text++)
		if (*text == '\'')
			tk_str_add(out, "'\\''");
		else
			tk_str_add_char(out, *text);
	tk_str_add_char(out, '\'');
}

static void
add_option(struct tk_str *out, const struct tk_judging *j, const char *field,
    const char *option, unsigned lack)
{
	const char *value = tk_yaml_str(tk_yaml_get(j->entry, "set"), field);

	if (value == NULL && (j->lacks & lack) == 0)
		return;
	tk_str_addf(out, " %s ", option);
	if (value != NULL)
		add_word(out, value);
	else
		tk_str_add(out, "'TEXT'");
}

/* FIELD=VALUE for each; maps are what follows from them. */
static void
add_fields(struct tk_str *out, const struct tk_yaml *set)
{
	struct tk_strv words = TK_STRV_INIT;
	struct tk_str word = TK_STR_INIT;
	size_t i, k;

	for (i = 0; set != NULL && i < set->n; i++) {
		tk_str_reset(&word);
		tk_strv_clear(&words);
		tk_yaml_strv(set, set->key[i], &words);
		if (words.n == 0 && !tk_yaml_is_null(set->item[i]))
			continue;
		tk_str_addf(&word, "%s=", set->key[i]);
		for (k = 0; k < words.n; k++)
			tk_str_addf(
			    &word, "%s%s", k > 0 ? "," : "", words.v[k]);
		tk_str_add_char(out, ' ');
		add_word(out, word.data);
	}
	tk_strv_clear(&words);
	tk_str_clear(&word);
}

/* What stands before the ticket; NULL: the field is not there. */
static const char *
operand_of(const struct tk_judging *j)
{
	static const struct {
		const char *act, *field;
	} operands[] = {
		{ "status", "state" },
		{ "move", "queue" },
		{ "assign", "assignee" },
		{ "take", "" },
		{ "close", "" },
		{ "reopen", "" },
		{ "set", "" },
		{ "reply", "" },
	};
	const char *field = NULL;
	size_t i;

	for (i = 0; i < TK_COUNT(operands); i++)
		if (strcmp(operands[i].act, j->act) == 0)
			field = operands[i].field;
	if (field == NULL || field[0] == '\0')
		return field;
	return tk_yaml_str(tk_yaml_get(j->entry, "set"), field);
}

char *
tk_judge_again(const struct tk_judging *j)
{
	const char *state = tk_ticket_get(j->now, "state");
	const char *act = (j->lacks & TK_LACKS_REPLY) != 0 ? "reply" : j->act;
	const char *operand = strcmp(act, j->act) == 0 ? operand_of(j) : "";
	struct tk_str s = TK_STR_INIT;
	bool good = operand != NULL;

	tk_str_addf(&s, "tk %s", act);
	if (good && operand[0] != '\0') {
		tk_str_add_char(&s, ' ');
		add_word(&s, operand);
	}
	if (strcmp(act, "set") == 0)
		add_fields(&s, tk_yaml_get(j->entry, "set"));
	tk_str_addf(&s, " %s", tk_ticket_id(j->now));
	if (strcmp(act, "close") == 0) {
		add_option(&s, j, "resolution", "-r", TK_LACKS_RESOLUTION);
		add_option(&s, j, "cause", "--cause", TK_LACKS_CAUSE);
	}
	if (strcmp(act, "reply") == 0 && state != NULL &&
	    !tk_streq(state, tk_ticket_get(j->old, "state")))
		tk_str_addf(&s, " --status %s", state);
	if ((j->lacks & TK_LACKS_COMMENT) != 0 || strcmp(act, "reply") == 0)
		tk_str_add(&s, " -m 'TEXT'");
	if (good)
		return tk_str_detach(&s);
	tk_str_clear(&s);
	return tk_strdup(_("the same command with -m 'TEXT'"));
}
