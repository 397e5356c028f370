/* test-json - base/json.h. */
#include "base/json.h"

#include "tap.h"

int
main(void)
{
	struct tk_json *o = tk_json_object(), *a = tk_json_array(),
		       *inner = tk_json_object();
	struct tk_strv l = TK_STRV_INIT;
	struct tk_str s = TK_STR_INIT;

	tk_json_set_str(o, "z", "первый");
	tk_json_set_int(o, "a", INT64_C(-9007199254740993));
	tk_json_set_bool(o, "yes", true);
	tk_json_set_str(o, "none", NULL);
	tk_json_text(&s, o);
	is(s.data,
	    "{\"z\":\"первый\",\"a\":-9007199254740993,\"yes\":true,"
	    "\"none\":null}",
	    "one line, keys in the order of setting");

	tk_str_reset(&s);
	tk_strv_add(&l, "a\"b\\c\n\033");
	tk_strv_add(&l, "\xFF");
	tk_json_set_strv(inner, "l", &l);
	tk_json_add_str(a, "x");
	tk_json_add_str(a, NULL);
	tk_json_add(a, inner);
	tk_json_text(&s, a);
	is(s.data,
	    "[\"x\",null,{\"l\":[\"a\\\"b\\\\c\\n\\u001B\",\"\xEF\xBF\xBD\"]}]",
	    "text is escaped, and repaired where it is not UTF-8");

	tk_json_set(o, "a", a);
	tk_json_set_str(o, "z", "again");
	tk_str_set(&s, "> ");
	tk_json_text(&s, o);
	ok(tk_starts(s.data, "> {\"z\":\"again\",\"a\":[\"x\""),
	    "set again replaces in place; the text is appended");
	tk_json_free(o);
	tk_json_free(NULL);
	tk_strv_clear(&l);
	tk_str_clear(&s);
	done_testing();
	return tap_done();
}
