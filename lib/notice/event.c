/* event - what happened to tickets, in the order it came to the gate. */
#include "notice/event.h"

#include <stdlib.h>
#include <string.h>

#include "store/history.h"

static bool
is_ticket(const char *path)
{
	return tk_starts(path, "tickets/") && tk_ends(path, "/ticket.yaml");
}

/* One that cannot be read is told by tk fsck, not here. */
static struct tk_ticket *
read_ticket(struct tk_history *h, const char *id, const char *path)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_err bad = TK_ERR_INIT;
	struct tk_ticket *t = NULL;

	if (id[0] != '\0' && tk_history_read(&text, h, id, &bad) == TK_OK &&
	    tk_ticket_read(&t, text.data, text.len, path, &bad) != TK_OK)
		t = NULL;
	tk_str_clear(&text);
	return t;
}

static enum tk_status
each_entry(struct tk_history *h, const struct tk_commit *c,
    const struct tk_file_change *f, tk_event_fn fn, void *arg,
    struct tk_err *err)
{
	struct tk_ticket *was = read_ticket(h, f->was, f->path);
	struct tk_ticket *now = read_ticket(h, f->id, f->path);
	struct tk_event e = { .commit = c->id,
		.received = c->committed,
		.was = was,
		.now = now };
	enum tk_status st = TK_OK;
	size_t i;

	for (i = was != NULL ? tk_ticket_log_n(was) : 0;
	     st == TK_OK && now != NULL && i < tk_ticket_log_n(now); i++) {
		e.entry = tk_ticket_entry(now, i);
		e.n = i + 1;
		st = fn(&e, arg, err);
	}
	tk_ticket_free(was);
	tk_ticket_free(now);
	return st;
}

enum tk_status
tk_events_walk(struct tk_desk *desk, const char *from, const char *to,
    tk_event_fn fn, void *arg, struct tk_err *err)
{
	const struct tk_commit *c;
	struct tk_history *h = NULL;
	struct tk_err late = TK_ERR_INIT;
	enum tk_status st;
	size_t i;

	if ((st = tk_history_past(&h, desk->store, from, to, err)) != TK_OK)
		goto out;
	while ((st = tk_history_next(&c, h, err)) == TK_OK && c != NULL) {
		for (i = 0; st == TK_OK && i < c->n; i++)
			if (is_ticket(c->change[i].path))
				st = each_entry(
				    h, c, &c->change[i], fn, arg, err);
		if (st != TK_OK)
			break;
	}
out:
	tk_history_free(h);
	if (tk_store_refresh(desk->store, &late) != TK_OK && st == TK_OK) {
		*err = late;
		st = late.status;
	}
	return st;
}

void
tk_events_back(char out[41], struct tk_desk *desk, size_t n)
{
	struct tk_err ignored = TK_ERR_INIT;
	char *rev = tk_strf("%s~%zu", tk_store_head(desk->store), n);

	if (tk_store_revision(out, desk->store, rev, &ignored) != TK_OK)
		out[0] = '\0';
	free(rev);
}

size_t
tk_event_kinds(const char *out[2], const struct tk_event *e)
{
	static const char *const same[] = { "warn", "breach", "escalate" };
	const char *act = tk_yaml_str(e->entry, "act");
	const char *who = tk_yaml_str(tk_yaml_get(e->entry, "set"), "assignee");
	size_t n = 0, i;

	for (i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		if (tk_streq(act, same[i]))
			out[n++] = same[i];
	if (tk_streq(act, "open") || tk_streq(act, "split"))
		out[n++] = "new";
	else if (tk_streq(act, "answer"))
		out[n++] = "reply";
	else if (tk_streq(act, "rate"))
		out[n++] = "rating";
	/* Who gets a ticket by an escalation is told of that. */
	if (who != NULL && !tk_streq(act, "escalate") && n < 2)
		out[n++] = "assigned";
	return n;
}
