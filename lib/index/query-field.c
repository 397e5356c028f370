/* query-field - the fields of a query: those of the head, and others. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/term.h"

static const struct tk_field others[] = {
	{ .name = "id",
	    .column = "number",
	    .compile = tk_ask_id,
	    .order = tk_order_id,
	    .states = true },
	{ .name = "closed",
	    .column = "since",
	    .compile = tk_ask_closed,
	    .order = tk_order_closed,
	    .compares = true,
	    .states = true },
	{ .name = "is", .compile = tk_ask_is },
	{ .name = "breached", .compile = tk_ask_breached },
	{ .name = "messages",
	    .column = "(SELECT count(*) FROM message WHERE"
		      " message.ticket = ticket.id)",
	    .compile = tk_ask_messages,
	    .order = tk_order_column,
	    .compares = true },
	{ .name = "by", .compile = tk_ask_by, .me = true },
	{ .name = "participant", .compile = tk_ask_participant },
	{ .name = "contact", .compile = tk_ask_participant },
	{ .name = "text", .column = "text note", .compile = tk_ask_letter },
	{ .name = "note", .column = "note", .compile = tk_ask_letter },
	{ .name = "attachment", .column = "file", .compile = tk_ask_letter },
	{ .name = "from", .column = "sender", .compile = tk_ask_letter },
	{ .name = "to", .column = "receiver", .compile = tk_ask_letter },
	{ .name = "cc", .column = "copy", .compile = tk_ask_letter },
	{ .name = "sort", .compile = tk_ask_order, .orders = true },
};

/* People type the plural too. */
static const struct alias {
	const char *name, *field;
} aliases[] = {
	{ "tags", "tag" },
	{ "assets", "asset" },
	{ "watchers", "watcher" },
	{ "attachments", "attachment" },
	{ "subj", "subject" },
};

static void
from_head(struct tk_field *f, const struct tk_head_field *h)
{
	static tk_compile_fn *const compile[] = {
		[TK_HEAD_NAME] = tk_ask_name,
		[TK_HEAD_PATH] = tk_ask_path,
		[TK_HEAD_TEXT] = tk_ask_text,
		[TK_HEAD_NUMBER] = tk_ask_number,
		[TK_HEAD_SPAN] = tk_ask_span,
		[TK_HEAD_PAST] = tk_ask_time,
		[TK_HEAD_AHEAD] = tk_ask_time,
		[TK_HEAD_LIST] = tk_ask_list,
	};

	f->name = h->ask != NULL ? h->ask : h->name;
	f->column = h->name;
	f->compile = compile[h->kind];
	f->me = h->me;
	f->ahead = h->kind == TK_HEAD_AHEAD;
	f->compares = h->kind == TK_HEAD_NUMBER || h->kind == TK_HEAD_SPAN ||
	    h->kind == TK_HEAD_PAST || h->kind == TK_HEAD_AHEAD;
	f->order = h->kind == TK_HEAD_LIST     ? NULL
	    : h->kind == TK_HEAD_AHEAD         ? tk_order_ahead
	    : strcmp(h->name, "priority") == 0 ? tk_order_priority
					       : tk_order_column;
	f->states = strcmp(h->name, "state") == 0;
}

/* Made once: lists and commands ask again and again. */
static const struct tk_field *
head_fields(size_t *n)
{
	static struct tk_field made[64];
	static size_t count;
	const struct tk_head_field *h;
	size_t i, all;

	h = tk_head_fields(&all);
	for (i = count; i < all && i < TK_COUNT(made); i++)
		from_head(&made[i], &h[i]);
	count = i;
	*n = count;
	return made;
}

/* extra.NAME: one field for all of them, the name is in the term's text. */
static const struct tk_field extra = { .name = TK_HEAD_EXTRA,
	.compile = tk_ask_list };

const struct tk_field *
tk_field_find(const char *name, size_t len)
{
	const struct tk_field *head, *found = NULL;
	char *want = tk_strndup(name, len);
	const char *plain = want;
	size_t i, n;

	for (i = 0; i < TK_COUNT(aliases); i++)
		if (tk_strcaseeq(aliases[i].name, want))
			plain = aliases[i].field;
	head = head_fields(&n);
	for (i = 0; found == NULL && i < n; i++)
		if (tk_strcaseeq(head[i].name, plain))
			found = &head[i];
	for (i = 0; found == NULL && i < TK_COUNT(others); i++)
		if (tk_strcaseeq(others[i].name, plain))
			found = &others[i];
	if (found == NULL && tk_starts(plain, TK_HEAD_EXTRA) &&
	    plain[strlen(TK_HEAD_EXTRA)] != '\0')
		found = &extra;
	free(want);
	return found;
}

const struct tk_field *
tk_field_word(void)
{
	static const struct tk_field word = { .name = "",
		.compile = tk_ask_word };

	return &word;
}
