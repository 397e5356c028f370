/* fuzz-letter - any bytes as a letter; what comes out must be valid. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "mail/letter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const char *s)
{
	assert(s != NULL && tk_utf8_valid(s, strlen(s)));
}

static void
check_letter(const struct tk_letter *l)
{
	size_t i;

	check(l->subject);
	check(l->message_id);
	check(l->class_rule);
	check(l->bounced_rcpt);
	check(l->charset_declared);
	check(l->delivered_to);
	for (i = 0; i < l->auth.n; i++)
		check(l->auth.v[i]);
	check(l->loop);
	check(l->return_path != NULL ? l->return_path : "");
	assert(strlen(l->text.data) == l->text.len);
	assert(strlen(l->quoted.data) == l->quoted.len);
	check(l->text.data);
	check(l->quoted.data);
	for (i = 0; i < l->from.n; i++) {
		check(l->from.v[i].name);
		check(l->from.v[i].addr);
	}
	for (i = 0; i < l->n_parts; i++) {
		check(l->parts[i].name);
		assert(*l->parts[i].name != '\0');
		assert(strpbrk(l->parts[i].name, "/\\\n") == NULL);
		assert(strchr(".-", *l->parts[i].name) == NULL);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tk_str part = TK_STR_INIT;
	struct tk_letter letter;
	struct tk_err err = TK_ERR_INIT;
	size_t i;

	if (tk_letter_read(&letter, data, size, &err) == TK_OK) {
		check_letter(&letter);
		for (i = 0; i < letter.n_parts && i < 3; i++) {
			tk_str_reset(&part);
			if (tk_letter_part(&part, data, size, i, &err) == TK_OK)
				assert(part.len == letter.parts[i].size);
		}
	}
	tk_letter_clear(&letter);
	tk_str_clear(&part);
	return 0;
}
