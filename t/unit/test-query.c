/* test-query - store/query.h: what a query finds, and what it refuses. */
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "index/index.h"
#include "index/query.h"

#include "tap.h"

static struct tk_err err;
static struct tk_index *ix;
static struct tk_strv finals, priorities, urgent;
static struct tk_query_context ctx = { "danila", &finals, &priorities,
	&urgent, NULL, NULL, NULL, false };

static void
put(const char *id, const char *created, const char *updated, const char *head)
{
	struct tk_ticket *t = NULL;
	char *text =
	    tk_strf("id: %s\n%slog:\n"
		    "- {at: %s, by: tk, act: open, set: {state: new}}\n"
		    "- {at: %s, by: tk, act: set, set: {state: closed}}\n",
		id, head, created, updated);

	if (tk_ticket_read(&t, text, strlen(text), id, &err) != TK_OK ||
	    tk_index_put_ticket(ix, t, &err) != TK_OK)
		printf("Bail out! %s\n", err.text);
	tk_ticket_free(t);
	free(text);
}

/* The ids that a query finds, or the error. */
static const char *
ask_n(const char *text, size_t limit)
{
	static char got[TK_ERR_MAX + 16];
	struct tk_rows rows = { 0 };
	struct tk_query *q = NULL;
	size_t i;

	if (tk_query_parse(&q, text, &ctx, &err) != TK_OK ||
	    tk_index_list(ix, &rows, q, limit, &err) != TK_OK)
		snprintf(got, sizeof(got), "%d %s", (int)err.status, err.text);
	else
		got[0] = '\0';
	for (i = 0; i < rows.n; i++)
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%s",
		    i > 0 ? " " : "", rows.v[i].id + 3);
	tk_rows_clear(&rows);
	tk_query_free(q);
	return got;
}

static const char *
ask(const char *text)
{
	return ask_n(text, 0);
}

static void
fill(void)
{
	put("TK-1", "2026-11-01T10:00:00+03:00", "2026-11-22T10:00:00+03:00",
	    "subject: Не работает СЕРВЕР cs4471\nstate: open\nqueue: support\n"
	    "line: 1\npriority: p1\ncategory: network/routing\n"
	    "client: romashka\nrequester: Ivan@Romashka.example\n"
	    "assignee: danila\ntype: incident\nchannel: mail\nsite: office\n"
	    "due: {response: 2026-11-22T14:00:00+03:00}\n"
	    "terms: {regulation: 3}\n"
	    "spent: [{who: olga, minutes: 50}, {who: tk, minutes: 40}]\n");
	put("TK-2", "2026-11-01T00:30:00+03:00", "2026-11-20T10:00:00+03:00",
	    "subject: \"100% of \\\"disks\\\" o'full\\x07_\"\nstate: new\n"
	    "queue: support\nline: 2\npriority: p3\ncategory: network\n"
	    "channel: phone\ntags: [a, vip]\nextra: {floor: 3}\n"
	    "due: {resolution: 2026-11-25T14:00:00+03:00}\n");
	put("TK-10", "2026-10-31T23:30:00+03:00", "2026-11-10T10:00:00+03:00",
	    "subject: \"жёсткий диск, queue:none\"\nstate: closed\n"
	    "queue: sales\nline: 3\npriority: p2\ncategory: networking\n"
	    "assignee: olga\nclient: none\n");
	put("TK-3.kyiv", "2025-05-05T12:00:00+03:00",
	    "2026-11-21T10:00:00+03:00", "subject: tk-10\nstate: closed\n");
}

static void
fields(void)
{
	is(ask(""), "1 3.kyiv 2 10", "everything, newest change first");
	is(ask_n("", 2), "1 3.kyiv", "as many as asked for");
	is(ask("queue:support"), "1 2", "a name");
	is(ask("QUEUE:Support state:open"), "1", "in any case; two terms");
	is(ask("queue:support,sales -state:new"), "1 10", "any of, and not");
	is(ask("queue:none"), "3.kyiv", "none");
	is(ask("assignee:none,me"), "1 3.kyiv 2", "none and me");
	is(ask("-assignee:none"), "1 10", "not none");
	is(ask("client:\"none\""), "10", "a client whose name is none");
	is(ask("category:network"), "1 2", "a category and what is below");
	is(ask("category:Network/"), "1", "only what is below");
	is(ask("id:tk-1,#2,3.KYIV"), "1 3.kyiv 2", "ids as people write them");
	is(ask("id:TK-3"), "", "a site's number is not the gate's");
	is(ask("line:2,3"), "2 10", "a number");
	is(ask("line:<3"), "1 2", "compared, and none is not a number");
	is(ask("line:none"), "3.kyiv", "no number");
	is(ask("is:open"), "1 2", "is:open");
	is(ask("is:closed"), "3.kyiv 10", "is:closed");
	is(ask("is:urgent,closed"), "1 3.kyiv 10", "is: any of");
	is(ask("-is:urgent"), "3.kyiv 2 10", "not urgent");
}

static void
words(void)
{
	is(ask("сервер"), "1", "Cyrillic in any case");
	is(ask("ИВАН"), "", "a word nobody has");
	is(ask("romashka.EXAMPLE"), "1", "a word of the requester");
	is(ask("requester:ivan@"), "1", "a part of the requester");
	is(ask("\"Жёсткий диск\""), "10", "words in quotation marks");
	is(ask("диск жёсткий"), "10", "two words in any order");
	is(ask("-\"диск\" -сервер"), "3.kyiv 2", "not these");
	is(ask("\"queue:none\""), "10", "no field in quotation marks");
	is(ask("диск,"), "10", "a comma in a word is a comma");
	is(ask("tk-10"), "3.kyiv 10", "an id, or a word that looks like one");
	is(ask("100%"), "2", "% is only itself");
	is(ask("1%0"), "", "and matches nothing else");
	is(ask("o'full"), "2", "an apostrophe");
	is(ask("\"\\\"disks\\\"\""), "2", "a quotation mark");
	is(ask("_"), "2", "_ is only itself");
	is(ask("\x07"), "2", "a control character");
	is(ask("') 1 /*"), "", "no SQL");
	is(ask("state:\"x') OR 1 --\""), "", "nor in a value");
	is(ask("subject:СЕРВЕР,disks"), "1 2", "of the subject");
	is(ask("subject:none"), "", "all have one");
	is(ask("subject:\"none\""), "10", "the word none");
}

static void
joined(void)
{
	is(ask("queue:support or queue:sales"), "1 2 10", "or");
	is(ask("state:new OR state:open AND line:1"), "1 2", "and first");
	is(ask("(state:new OR state:open) and line:1"), "1", "brackets");
	is(ask("not queue:support"), "3.kyiv 10", "not");
	is(ask("NOT (queue:support OR is:closed)"), "", "not of brackets");
	is(ask("-(queue:support line:1) is:open"), "2", "minus of brackets");
	is(ask("((line:1)) OR ((line:3))"), "1 10", "brackets in brackets");
	is(ask("NOT NOT line:1"), "1", "twice not");
	is(ask("queue!=support"), "3.kyiv 10", "unequal");
	is(ask("queue=support"), "1 2", "equal");
	is(ask("line:2..3"), "2 10", "a range");
	is(ask("line:..2"), "1 2", "up to");
	is(ask("id:2..10"), "2 10", "of numbers");
	is(ask("created:2026-11.."), "1 2", "from a month on");
	is(ask("created:2026-10..2026-11-01"), "1 2 10", "to a day's end");
	is(ask("created:..2025"), "3.kyiv", "until a year's end");
	is(ask("updated:2d..today"), "1 3.kyiv", "from an age to a day");
	is(ask("due<4h"), "1", "a term that comes, or has passed");
	is(ask("due>4h"), "2", "a term far off");
	is(ask("due:none"), "3.kyiv 10", "no term");
	is(ask("due:today"), "1", "a day");
	is(ask("due:+1h..+3h"), "1", "so far from now");
	is(ask("breached:yes is:overdue"), "", "none has passed");
	is(ask("spent>1h"), "1", "a sum of time");
	is(ask("spent:30m..2h,none"), "1 3.kyiv 2 10", "or none");
	is(ask("tag:vip"), "2", "one of several");
	is(ask("tag:VIP,none"), "1 3.kyiv 2 10", "or none");
	is(ask("-tags:vip"), "1 3.kyiv 10", "and not");
	is(ask("extra.Floor:3"), "", "names of your own count as they are");
	is(ask("extra.floor:3"), "2", "a field of your own");
	is(ask("site:office"), "1", "a site of the client's");
	is(ask("regulation:>2"), "1", "the version of the regulation");
	is(ask("by:tk -by:me"), "1 3.kyiv 2 10", "who did something");
	is(ask("participant:ivan"), "1", "who takes part");
	is(ask("queue:sup*,none"), "1 3.kyiv 2", "a beginning");
	is(ask("state:new не OR line:1"), "1", "and words besides");
	ok(tk_starts(ask("(line:1"), "1 query, column 1:"), "no end");
	ok(tk_starts(ask("line:1 )"), "1 query, column 8:"), "no beginning");
	ok(tk_starts(ask("()"), "1 query, column 1:"), "nothing inside");
	ok(tk_starts(ask("OR line:1"), "1 query, column 1:"), "or alone");
	ok(tk_starts(ask("line:1 or"), "1 query, column 8:"), "or at the end");
	ok(tk_starts(ask("line:1 AND"), "1 query, column"), "and at the end");
	ok(tk_starts(ask("(line:1 sort:id)"), "1 query, column 9:"), "order");
	ok(tk_starts(ask("created:2026-11..x"), "1 query, column 9:"), "range");
}

static void
times(void)
{
	is(ask("created:2026-11-01"), "1 2", "a day, in the desk's zone");
	is(ask("created:>2026-10-31"), "1 2", "from the day after");
	is(ask("created:<=2026-10-31"), "3.kyiv 10", "up to its end");
	is(ask("created:<2026-10-31"), "3.kyiv", "before");
	is(ask("created:2026-10"), "10", "a month");
	is(ask("created:2025,2026-10"), "3.kyiv 10", "a year, or a month");
	is(ask("created>=2026-11-01T10:00"), "1", "a minute, without colon");
	is(ask("created:2026-11-01T07:00:00Z"), "1", "a second elsewhere");
	is(ask("updated:<3d"), "1 3.kyiv 2", "younger than three days");
	is(ask("updated:1d"), "1", "within a day");
	is(ask("updated:>3d"), "10", "older");
	is(ask("updated:today"), "1", "today");
	is(ask("updated:yesterday"), "3.kyiv", "yesterday");
	is(ask("created:\"1 ноября\""), "1 2", "a day with its month's name");
	is(ask("created:1.11"), "1 2", "or number");
	is(ask("created:ноябрь"), "1 2", "a month");
	is(ask("created:листопад,жовтень"), "1 2 10", "or two of them");
	is(ask("created:\"31 Oct..1 Nov 2026\""), "1 2 10", "a range");
	is(ask("updated>=\"3 дня назад\""), "1 3.kyiv 2", "so long ago");
	ok(tk_starts(ask("created:\"31 ноября\""), "1 query, column 9:"),
	    "no such day");
	is(ask("closed:2026-11"), "3.kyiv 10", "closed in a month");
	is(ask("closed:none"), "1 2", "not closed");
	is(ask("-closed:none"), "3.kyiv 10", "closed");
}

static void
orders(void)
{
	is(ask("sort:id"), "1 2 3.kyiv 10", "numbers go by number");
	is(ask("sort:-created"), "1 2 10 3.kyiv", "backwards");
	is(ask("sort:priority,created"), "1 10 2 3.kyiv",
	    "as the regulation has them, the unknown last");
	is(ask("sort:queue,-id"), "3.kyiv 10 2 1", "one behind another");
	is(ask("is:closed sort:closed sort:id"), "10 3.kyiv", "by closing");
	is(ask("sort:id,id,-id is:open"), "1 2", "twice is once");
}

static void
refused(void)
{
	char *text;
	int i;

	is(ask("state:new кто:я"), "",
	    "a word of other letters before a colon is a word");
	is(ask("диск qeue:x"),
	    "1 query, column 6: qeue:x: no such field; put quotation marks "
	    "around words with a colon\n  диск qeue:x\n       ^",
	    "an unknown field, columns counted in characters");
	is(ask("queue:a,"),
	    "1 query, column 9: queue:a,: a value is missing here; \"none\" "
	    "stands for nothing\n  queue:a,\n          ^",
	    "a value that is missing");
	is(ask("x \"y z"),
	    "1 query, column 3: \"y z: this quotation mark has no end\n"
	    "  x \"y z\n    ^",
	    "an open quotation mark");
	is(ask("id:1,foo"),
	    "1 query, column 6: id:1,foo: this is no ticket number\n"
	    "  id:1,foo\n       ^",
	    "an id");
	is(ask("sort:id,-is"),
	    "1 query, column 9: sort:id,-is: there is no such field to sort "
	    "by\n  sort:id,-is\n          ^",
	    "an order");
	is(ask("is:new"),
	    "1 query, column 4: is:new: is: takes open, closed, urgent and "
	    "overdue\n  is:new\n     ^",
	    "is:");
	ok(tk_starts(ask("created:2026-13-01"), "1 query, column 9:"),
	    "a month that is none");
	ok(tk_starts(ask("created:>2026-02-30"), "1 query, column 10:"),
	    "a day that is none");
	ok(tk_starts(ask("updated:soon"), "1 query, column 9:"), "a time");
	ok(tk_starts(ask("line:x"), "1 query, column 6:"), "a number");
	ok(tk_starts(ask("state:<x"), "1 query, column 1:"), "names compared");
	ok(tk_starts(ask("line:>1,2"), "1 query, column 9:"), "two limits");
	ok(tk_starts(ask("-sort:id"), "1 query, column 2:"), "no order");
	ok(tk_starts(ask("-"), "1 query, column 2:"), "only a minus");
	ok(tk_starts(ask("\"\""), "1 query, column 1:"), "nothing");
	ok(tk_starts(ask("\xC3("), "1 "), "bytes that are not UTF-8");
	ctx.me = NULL;
	ok(tk_starts(ask("assignee:me"), "1 query, column 10:"), "nobody");
	ctx.me = "danila";
	text = tk_strf("%20000s", "");
	for (i = 0; i < 20000; i++)
		text[i] = i % 2 ? ' ' : 'a';
	ok(tk_starts(ask(text), "1 query, column 401:"), "too many words");
	free(text);
	text = tk_strf("x%0199d", 1);
	for (i = 1; i < 200; i++)
		text[i] = i % 2 ? ',' : 'o';
	memcpy(text, "is:", 3);
	ok(tk_starts(ask(text), "1 "), "a long list");
	free(text);
	text = tk_strf("%600s", "");
	for (i = 0; i < 600; i++)
		text[i] = "-z "[i % 3];
	is(ask(text), "1 3.kyiv 2 10", "200 terms are not too many");
	free(text);
}

int
main(void)
{
	char dir[] = "/tmp/tk-query-XXXXXX";
	char *path, *sweep;

	setenv("TK_NOW", "2026-11-22T12:00:00+03:00", 1);
	if (mkdtemp(dir) == NULL ||
	    tk_date_zone("Europe/Moscow", &err) != TK_OK)
		return 1;
	path = tk_strf("%s/index.db", dir);
	sweep = tk_strf("rm -r %s", dir);
	tk_strv_add(&finals, "closed");
	tk_strv_add(&priorities, "p1");
	tk_strv_add(&priorities, "p2");
	tk_strv_add(&priorities, "p3");
	tk_strv_add(&urgent, "p1");
	ok(tk_index_open(&ix, path, &err) == TK_OK &&
		tk_index_begin(ix, &err) == TK_OK,
	    "an index");
	fill();
	ok(tk_index_finish(ix, "1", &err) == TK_OK, "with four tickets");
	fields();
	words();
	joined();
	times();
	orders();
	refused();
	ctx.finals = ctx.priorities = ctx.urgent = NULL;
	is(ask("is:open -is:closed,urgent sort:priority,id"), "3.kyiv 1 10 2",
	    "without a regulation nothing is final or urgent");
	tk_index_free(ix);
	tk_strv_clear(&finals);
	tk_strv_clear(&priorities);
	tk_strv_clear(&urgent);
	ok(system(sweep) == 0, "swept up");
	free(path);
	free(sweep);
	done_testing();
	return tap_done();
}
