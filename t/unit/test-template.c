/* test-template - view/template.h. */
#include "view/template.h"

#include "base/mem.h"
#include "tap.h"

static struct tk_err err;
static struct tk_str out = TK_STR_INIT, subject = TK_STR_INIT;

static const struct tk_var vars[] = {
	{ "ticket.id", "TK-17" },
	{ "client.name", "ООО «Ромашка»" },
	{ "text", "{{ticket.id}} {{#none}} 100%s" },
	{ "line", "a\r\nBcc: x@y" },
	{ "empty", "" },
	{ "none", NULL },
};

static const char *
filled(const char *text)
{
	tk_str_set(&out, "");
	if (tk_template_render(&out, text, "f", vars, TK_COUNT(vars), &err) !=
	    TK_OK)
		return err.text;
	return out.data;
}

static void
test_needs(void)
{
	ok(tk_template_needs("a {{ text }}\n", "text"), "{{text}} is needed");
	ok(!tk_template_needs("{{#text}}{{text}}{{/text}} {{x", "text"),
	    "it is not, in a block of its own");
	ok(tk_template_needs("{{#text}}{{text}}{{/text}}{{text}}", "text"),
	    "after its block it is");
	ok(tk_template_needs("{{#line}}{{text}}{{/line}}", "text"),
	    "in a block of another it is");
	ok(!tk_template_needs("{{line}} {{{{", "text"), "nothing says it");
}

static void
test_values(void)
{
	is(filled(""), "", "nothing");
	is(filled("a\n\nb"), "a\n\nb", "plain text");
	is(filled("{{ticket.id}}: {{ client.name }}!\n"),
	    "TK-17: ООО «Ромашка»!\n", "values");
	is(filled("<{{text}}>"), "<{{ticket.id}} {{#none}} 100%s>",
	    "a value is not looked into");
	is(filled("<{{empty}}{{none}}>"), "<>", "empty values");
	is(filled("{a} }} { {b}\n"), "{a} }} { {b}\n", "single braces");
}

static void
test_blocks(void)
{
	is(filled("a{{#ticket.id}} b{{/ticket.id}} c"), "a b c", "shown");
	is(filled("a{{#none}} b{{/none}} c"), "a c", "not shown");
	is(filled("a\n{{#empty}}\nb {{ticket.id}}\n{{/empty}}\nc\n"), "a\nc\n",
	    "lines not shown");
	is(filled("a\n  {{#ticket.id}}  \nb\n{{/ticket.id}}\r\nc\n"),
	    "a\nb\nc\n", "tags alone leave no line");
	is(filled("a\n{{#ticket.id}}\nb\n{{/ticket.id}}"), "a\nb\n",
	    "at the end of the file too");
	is(filled("{{#ticket.id}}1{{#none}}2{{#text}}3{{/text}}{{/none}}4"
		  "{{/ticket.id}}"),
	    "14", "a block in a block");
	is(filled("{{#none}}{{#ticket.id}}x{{/ticket.id}}y{{/none}}z"), "z",
	    "a full one in an empty one");
}

static void
test_errors(void)
{
	is(filled("a\n{{nobody}}\n"), "f:2: unknown variable \"nobody\"",
	    "unknown");
	is(out.data, "", "  and nothing was added");
	is(filled("{{#none}}\n{{nobody}}\n{{/none}}\n"),
	    "f:2: unknown variable \"nobody\"", "unknown in what is not shown");
	is(filled("{{#nobody}}x{{/nobody}}"),
	    "f:1: unknown variable \"nobody\"", "unknown block");
	is(filled("a\nb {{ticket.id\n}}"),
	    "f:2: a tag that cannot be read: {{ticket.id", "open tag");
	is(filled("{{}}"), "f:1: a tag that cannot be read: {{}}", "no name");
	is(filled("a\n{{#text}}\nb\n"), "f:2: {{#text}} is not closed",
	    "open block");
	is(filled("{{/text}}"), "f:1: {{/text}} closes nothing", "no block");
	is(filled("{{#text}}{{#line}}{{/text}}{{/line}}"),
	    "f:1: {{/text}} closes nothing", "crossed blocks");
	is(filled("{{#text}}{{#text}}{{#text}}{{#text}}{{#text}}{{#text}}"
		  "{{#text}}{{#text}}{{#text}}"),
	    "f:1: blocks nested too deeply", "too deep");
}

static enum tk_status
letter(const char *text)
{
	tk_str_set(&out, "");
	tk_str_set(&subject, "");
	return tk_template_letter(
	    &subject, &out, text, "f", vars, TK_COUNT(vars), &err);
}

static void
test_letter(void)
{
	is(tk_template_split(&subject, "Subject:  a b \n\nc\n"), "c\n",
	    "split");
	is(subject.data, "a b", "  the subject");
	is(tk_template_split(&subject, "Subject: x"), "", "only a subject");
	is(tk_template_split(&subject, "Hello\nSubject: x\n"),
	    "Hello\nSubject: x\n", "none in the first line");
	is(tk_template_split(&subject, "Subject: x\nno gap\n"), "no gap\n",
	    "no empty line");

	is_int(letter("Subject: [{{ticket.id}}] {{line}}\n\n{{text}}\n"), TK_OK,
	    "a letter");
	is(subject.data, "[TK-17] a Bcc: x@y", "a subject is one line");
	is(out.data, "{{ticket.id}} {{#none}} 100%s\n", "its text");
	is_int(letter("{{text}}\n"), TK_OK, "a letter without a subject");
	is(subject.data, "", "  has none");
	is_int(letter("Subject: a\n\nb\n{{x}}\n"), TK_EINPUT, "a bad text");
	is(err.text, "f:4: unknown variable \"x\"", "  its line");
	is_int(letter("Subject: {{x}}\n\nb\n"), TK_EINPUT, "a bad subject");
	is(err.text, "f:1: unknown variable \"x\"", "  its line");
	ok(subject.len == 0 && out.len == 0, "  and nothing was added");
}

int
main(void)
{
	test_needs();
	test_values();
	test_blocks();
	test_errors();
	test_letter();
	tk_str_clear(&out);
	tk_str_clear(&subject);
	done_testing();
	return tap_done();
}
