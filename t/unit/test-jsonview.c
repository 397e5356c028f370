/* test-jsonview - view/jsonview.h. */
#include "view/jsonview.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tap.h"

static struct tk_err err;
static struct tk_str out = TK_STR_INIT;

/* The JSON text; takes j. */
static const char *
text_of(struct tk_json *j)
{
	tk_str_reset(&out);
	tk_json_text(&out, j);
	tk_json_free(j);
	return out.data;
}

static void
test_yaml(void)
{
	static const char yaml[] =
	    "a: [1, '1', -5, 0, -0, 007, +1, 1_000, 1.5, 0x1F, "
	    "999999999999999999, 9999999999999999999, true, True, yes, 'true', "
	    "null, ~, 'null', 2026-11-22, '', -]\nb: {c: [], d: {}}\n"
	    "e: \"x\\ny\"\n";
	struct tk_yaml *y = NULL;

	if (tk_yaml_read(&y, yaml, sizeof(yaml) - 1, "f", &err) != TK_OK)
		printf("# %s\n", err.text);
	is(text_of(tk_jsonview_yaml(y)),
	    "{\"a\":[1,\"1\",-5,0,\"-0\",\"007\",\"+1\",\"1_000\",\"1.5\","
	    "\"0x1F\",999999999999999999,\"9999999999999999999\",true,"
	    "\"True\",\"yes\",\"true\",null,null,\"null\",\"2026-11-22\",\"\","
	    "\"-\"],\"b\":{\"c\":[],\"d\":{}},\"e\":\"x\\ny\"}",
	    "only what is exactly so becomes a number");
	is(text_of(tk_jsonview_yaml(NULL)), "null", "nothing is null");
	tk_yaml_free(y);
}

static void
test_records(void)
{
	static const char ticket[] =
	    "id: TK-7\nline: 1\nlog:\n- {at: 2026-11-22T09:15:02+03:00, by: a, "
	    "act: open, set: {line: 1}}\n";
	static const char message[] =
	    "kind: note\nby: a\nat: 2026-11-22T09:15:02+03:00\nto: [x@y]\n"
	    "attachments:\n- {part: 2, name: a, type: b/c, size: 7, sha256: "
	    "e}\n"
	    "text: да\n";
	static const struct tk_jsonview_field row[] = {
		{ "id", TK_JSONVIEW_TEXT, "TK-7", 0 },
		{ "who", TK_JSONVIEW_TEXT, "", 0 },
		{ "what", TK_JSONVIEW_TEXT, NULL, 0 },
		{ "n", TK_JSONVIEW_NUMBER, NULL, 0 },
		{ "at", TK_JSONVIEW_TIME, NULL, 1795328102 },
		{ "closed", TK_JSONVIEW_TIME, NULL, 0 },
		{ "late", TK_JSONVIEW_BOOL, NULL, 1 },
	};
	struct tk_ticket *t = NULL;
	struct tk_message m;

	is_int(tk_ticket_read(&t, ticket, sizeof(ticket) - 1, "f", &err), TK_OK,
	    "a ticket");
	is(text_of(tk_jsonview_ticket(t, false)),
	    "{\"id\":\"TK-7\",\"line\":1}", "  its head");
	is(text_of(tk_jsonview_ticket(t, true)),
	    "{\"id\":\"TK-7\",\"line\":1,\"log\":[{\"at\":"
	    "\"2026-11-22T09:15:02+03:00\",\"by\":\"a\",\"act\":\"open\","
	    "\"set\":{\"line\":1}}]}",
	    "  and its log");
	tk_ticket_free(t);
	is_int(tk_message_read(&m, message, sizeof(message) - 1, "f", &err),
	    TK_OK, "a message");
	is(text_of(tk_jsonview_message(&m, 3)),
	    "{\"number\":3,\"kind\":\"note\",\"by\":\"a\",\"at\":"
	    "\"2026-11-22T09:15:02+03:00\",\"to\":[\"x@y\"],\"cc\":[],"
	    "\"references\":[],\"attachments\":[{\"part\":2,\"name\":\"a\","
	    "\"type\":\"b/c\",\"size\":7,\"sha256\":\"e\"}],\"text\":\"да\"}",
	    "  as an object");
	tk_message_clear(&m);
	is(text_of(tk_jsonview_record(row, TK_COUNT(row))),
	    "{\"id\":\"TK-7\",\"who\":null,\"what\":null,\"n\":0,\"at\":"
	    "\"2026-11-22T09:15:02+03:00\",\"closed\":null,\"late\":true}",
	    "a row");
}

int
main(void)
{
	setenv("TZ", "MSK-3", 1);
	test_yaml();
	test_records();
	tk_str_clear(&out);
	done_testing();
	return tap_done();
}
