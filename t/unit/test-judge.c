/* test-judge - what the regulation says to acts. */
#include "rules/judge.h"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

static const char queues[] = "default: support\n"
			     "queues:\n"
			     "- id: support\n"
			     "  handover:\n"
			     "  - {to: network, require: [comment, evidence]}\n"
			     "- {id: network}\n"
			     "- {id: billing}\n";
static const char roles[] =
    "roles:\n"
    "- {id: agent, acts: [take, reply, note, set, move, close, status], "
    "queues: [support, network]}\n"
    "- {id: engineer, acts: [all], queues: [all]}\n"
    "- {id: director, acts: [all], queues: [all]}\n";
static const char handling[] =
    "types: [incident]\n"
    "channels: [mail, phone]\n"
    "priorities:\n"
    "- {id: p1, urgent: true}\n"
    "- {id: p3}\n"
    "matrix:\n"
    "- {impact: high, urgency: high, priority: p1}\n"
    "categories:\n"
    "- {id: network, evidence: [mtr, ping]}\n"
    "- {id: other}\n";
static const char relations[] = "write_to_clients: [agent, director]\n";
static const char incident[] =
    "id: incident\n"
    "initial: new\n"
    "results: [resolution, reply]\n"
    "states:\n"
    "- {id: new}\n"
    "- {id: open}\n"
    "- {id: waiting}\n"
    "- {id: rejected, final: true}\n"
    "- {id: closed, final: true}\n"
    "transitions:\n"
    "- {from: [new], to: open, act: [take], by: [agent]}\n"
    "- {from: [new, open], to: waiting, act: [reply], by: [agent]}\n"
    "- {from: [waiting, closed], to: open, act: [answer, reopen], "
    "by: [client, director]}\n"
    "- {from: [open, waiting], to: closed, act: [close], by: [agent], "
    "require: [checklist, time]}\n"
    "- {from: [open], to: rejected, act: [status], by: [director], "
    "require: [comment], results: false}\n"
    "- {from: [open, waiting], to: closed, act: [close], by: [client]}\n";

static struct tk_regulation *reg;
static struct tk_staff staff;
static struct tk_actor agent, engineer, director, client, self;

static void
add(const char *path, const char *text)
{
	struct tk_err err = TK_ERR_INIT;

	if (tk_regulation_add(reg, path, text, strlen(text), &err) != TK_OK)
		ok(false, err.text);
}

static void
person(struct tk_actor *a, const char *id)
{
	struct tk_err err = TK_ERR_INIT;
	char *text;

	a->kind = TK_ACTOR_STAFF;
	a->id = tk_strf("%s", id);
	tk_strv_add(&a->roles, id);
	text = tk_strf("name: N\nroles: [%s]\n", id);
	if (tk_staff_add(&staff, id, text, strlen(text), "staff", &err) !=
	    TK_OK)
		ok(false, err.text);
	free(text);
}

static void
set_up(void)
{
	struct tk_err err = TK_ERR_INIT;

	reg = tk_regulation_new();
	add("regulation/queues.yaml", queues);
	add("regulation/roles.yaml", roles);
	add("regulation/handling.yaml", handling);
	add("regulation/relations.yaml", relations);
	add("regulation/processes/incident.yaml", incident);
	ok(tk_regulation_finish(reg, &err) == TK_OK, "the rules fit together");
	person(&agent, "agent");
	person(&engineer, "engineer");
	person(&director, "director");
	client.kind = TK_ACTOR_CLIENT;
	client.id = tk_strf("ivan@romashka.example");
	self.kind = TK_ACTOR_TK;
	self.id = tk_strf("tk");
}

static struct tk_ticket *
opened(void)
{
	struct tk_ticket *t = tk_ticket_new("TK-1");
	struct tk_yaml *e = tk_entry_new(0, client.id, "open");
	struct tk_yaml *set = tk_entry_set(e);

	tk_yaml_set_str(set, "type", "incident");
	tk_yaml_set_str(set, "state", "new");
	tk_yaml_set_str(set, "queue", "support");
	tk_yaml_set_str(set, "priority", "p3");
	tk_yaml_set_str(
	    set, "requester", "Ivan <Ivan@romashka.example>");
	tk_ticket_apply(t, e);
	return t;
}

static struct tk_yaml *
one_entry(const char *minutes)
{
	struct tk_yaml *list = tk_yaml_list(), *item = tk_yaml_map();

	tk_yaml_set_str(item, "minutes", minutes);
	tk_yaml_add(list, item);
	return list;
}

/* One act: fields as "name=value" words; a value of "-" is removed. The
 * findings as "rule|rule", denied ones with "!" in front. */
static char *
act(struct tk_ticket **t, const struct tk_actor *who, const char *name,
    const char *msg, const char *fields)
{
	struct tk_ticket *now = tk_ticket_copy(*t);
	struct tk_yaml *e = tk_entry_new(0, who->id, name);
	struct tk_findings f = { NULL, 0, 0 };
	const struct tk_transition *step;
	struct tk_str out = TK_STR_INIT;
	char *words = tk_strf("%s", fields), *rest = words, *w, *eq;
	size_t i;

	if (msg != NULL)
		tk_yaml_set_str(e, "msg", msg);
	step = tk_rules_step(reg, "incident", tk_ticket_get(*t, "state"), name,
	    who);
	while ((w = strsep(&rest, " ")) != NULL) {
		if ((eq = strchr(w, '=')) == NULL)
			continue;
		*eq = '\0';
		if (strcmp(w, "spent") == 0)
			tk_yaml_set(tk_entry_set(e), w, one_entry(eq + 1));
		else
			tk_yaml_set_str(tk_entry_set(e), w, eq + 1);
	}
	if (step != NULL && strstr(fields, "state=") == NULL)
		tk_yaml_set_str(tk_entry_set(e), "state", step->to);
	tk_rules_derive(e, *t, reg);
	tk_ticket_apply(now, e);
	tk_rules_judge(&f, *t, now, who, reg, &staff);
	for (i = 0; i < f.n; i++)
		tk_str_addf(&out, "%s%s%s", i > 0 ? "|" : "",
		    f.v[i].denied ? "!" : "", f.v[i].rule);
	if (f.n == 0) {
		tk_ticket_free(*t);
		*t = now;
	} else {
		tk_ticket_free(now);
	}
	tk_findings_clear(&f);
	free(words);
	return tk_str_detach(&out);
}

#define ACT(who, name, msg, fields, want, text)                              \
	do {                                                                 \
		char *got = act(&t, &(who), name, msg, fields);              \
		is(got, want, text);                                         \
		free(got);                                                   \
	} while (0)

#define PROCESS "regulation/processes/incident.yaml"

static void
test_states(void)
{
	struct tk_ticket *t = opened();

	ACT(engineer, "take", NULL, "assignee=engineer", "!" PROCESS ":11",
	    "a step is for its roles");
	ACT(agent, "take", NULL, "assignee=agent", "", "the agent takes it");
	is(tk_ticket_get(t, "state"), "open", "taking made the step");
	ACT(agent, "status", NULL, "state=new", PROCESS ":1",
	    "no step back to new");
	ACT(agent, "status", NULL, "state=nowhere", PROCESS ":1",
	    "no such state");
	ACT(agent, "close", NULL, "", PROCESS ":14|" PROCESS ":3|" PROCESS ":3",
	    "closing asks for time, resolution and answer");
	ACT(director, "status", NULL, "state=rejected", PROCESS ":15",
	    "a refusal needs a comment, but no results");
	ACT(agent, "reply", "m", "", "", "the answer");
	is(tk_ticket_get(t, "state"), "waiting", "answering made the step");
	ACT(client, "answer", "m", "", "", "the client writes");
	is(tk_ticket_get(t, "state"), "open", "his letter made the step");
	ACT(agent, "close", NULL, "resolution=done spent=5", PROCESS ":3",
	    "the client has written since the answer");
	ACT(agent, "close", "m", "resolution=done spent=5", "",
	    "all is there");
	ACT(agent, "close", NULL, "", PROCESS ":1", "closed is closed");
	ACT(client, "answer", "m", "", "", "a letter opens it again");
	is(tk_ticket_get(t, "state"), "open", "it is open");
	ACT(agent, "close", NULL, "", PROCESS ":3",
	    "he has written since the answer");
	ACT(agent, "close", "m", "", "", "a comment says why none is needed");
	tk_ticket_free(t);
}

/* The client's own step: his ticket, and where the process says so. */
static void
test_client(void)
{
	struct tk_ticket *t = opened();
	struct tk_actor other = { .kind = TK_ACTOR_CLIENT,
		.id = tk_strf("petr@romashka.example") };

	ACT(client, "close", "m", "", "!regulation/roles.yaml:1",
	    "a new one is not his to close");
	ACT(agent, "take", NULL, "assignee=agent", "", "somebody takes it");
	ACT(other, "close", "m", "", "!regulation/roles.yaml:1",
	    "a ticket of somebody else is not his to close");
	ACT(client, "set", "m", "priority=p1", "!regulation/roles.yaml:1",
	    "nothing else is his");
	ACT(client, "close", "m", "", "", "his own is");
	is(tk_ticket_get(t, "state"), "closed", "it is closed, without results");
	tk_actor_clear(&other);
	tk_ticket_free(t);
}

static void
test_people(void)
{
	struct tk_ticket *t = opened();

	ACT(agent, "assign", NULL, "assignee=agent",
	    "!regulation/roles.yaml:2", "not an act of the role");
	ACT(engineer, "reply", "m", "state=new", "!regulation/relations.yaml:1",
	    "the second line does not write to clients");
	ACT(engineer, "assign", NULL, "assignee=nobody", "staff/",
	    "nobody is on the staff");
	ACT(engineer, "assign", NULL, "assignee=agent", "", "to the agent");
	ACT(engineer, "move", NULL, "queue=billing", "regulation/queues.yaml:3",
	    "no such handover");
	ACT(self, "sent", NULL, "", "", "the program's own record");
	tk_ticket_free(t);
}

static void
test_fields(void)
{
	struct tk_ticket *t = opened();

	ACT(engineer, "set", NULL, "urgency=soon", "regulation/handling.yaml:7",
	    "an urgency that the matrix does not know");
	ACT(engineer, "set", NULL, "watchers=nobody", "staff/",
	    "nobody on the staff watches");

	ACT(agent, "move", NULL, "queue=nowhere", "regulation/queues.yaml:1",
	    "no such queue");
	ACT(agent, "set", NULL, "category=network", "", "a category");
	ACT(agent, "move", NULL, "queue=network",
	    "regulation/queues.yaml:5|regulation/handling.yaml:9",
	    "comment and evidence are told at once");
	ACT(agent, "set", NULL, "category=ufo", "regulation/handling.yaml:1",
	    "no such category");
	ACT(agent, "set", NULL, "channel=pigeon", "regulation/handling.yaml:1",
	    "no such channel");
	ACT(agent, "set", NULL, "impact=high urgency=high", "", "the matrix");
	is(tk_ticket_get(t, "priority"), "p1", "it gave the priority");
	ACT(agent, "set", NULL, "priority=p3", "regulation/handling.yaml:7",
	    "another priority needs a comment");
	ACT(agent, "set", "m", "priority=p3", "", "and with one it may be");
	tk_ticket_free(t);
}

static void
test_may(void)
{
	struct tk_findings f = { NULL, 0, 0 };

	tk_rules_may(&f, &agent, "staff", reg, &staff, 0);
	is_int((long)f.n, 1, "an agent does not change the staff");
	ok(f.n == 1 && f.v[0].denied, "and is told that it is not his");
	tk_findings_clear(&f);
	tk_rules_may(&f, &director, "staff", reg, &staff, 0);
	is_int((long)f.n, 0, "the director does");
	tk_findings_clear(&f);
}

static void
bad(const char *path, const char *text, const char *want)
{
	struct tk_regulation *r = tk_regulation_new();
	struct tk_err err = TK_ERR_INIT;
	enum tk_status st =
	    tk_regulation_add(r, path, text, strlen(text), &err);

	if (st == TK_OK)
		st = tk_regulation_finish(r, &err);
	ok(st == TK_EINPUT && strstr(err.text, want) != NULL, want);
	tk_regulation_free(r);
}

static void
test_broken(void)
{
	bad("regulation/processes/a.yaml", "id: a\n", "a.yaml:1");
	bad("regulation/processes/a.yaml",
	    "id: a\ninitial: x\nstates:\n- {id: new}\n", "initial state");
	bad("regulation/processes/a.yaml",
	    "id: a\ninitial: new\nstates:\n- {id: new}\n"
	    "transitions:\n- {from: [new], to: gone}\n",
	    "a.yaml:6: no state");
	bad("regulation/queues.yaml", "queues: {id: a}\n", "queues.yaml:1");
	bad("regulation/relations.yaml", "acknowledgement: {limit: often}\n",
	    "relations.yaml:1");
	bad("regulation/roles.yaml", "roles:\n- {name: x}\n", "roles.yaml:2");
}

int
main(void)
{
	set_up();
	test_states();
	test_client();
	test_people();
	test_fields();
	test_may();
	test_broken();
	tk_regulation_free(reg);
	tk_staff_clear(&staff);
	tk_actor_clear(&agent);
	tk_actor_clear(&engineer);
	tk_actor_clear(&director);
	tk_actor_clear(&client);
	tk_actor_clear(&self);
	done_testing();
	return tap_done();
}
