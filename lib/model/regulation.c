/* regulation - what the company has written down, as plain records. */
#include "model/regulation.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/regulation-parts.h"

#define QUEUES "regulation/queues.yaml"

struct tk_regulation *
tk_regulation_new(void)
{
	struct tk_regulation *r = tk_calloc(1, sizeof(*r));

	r->version = 1;
	r->ack_send = true;
	tk_mail_rules_init(&r->mail);
	r->reopen_window = 14 * 86400;
	r->offline_window = 7 * 86400;
	return r;
}

static char *
dup_str(const struct tk_yaml *y, const char *key)
{
	return tk_strdup(tk_yaml_str(y, key));
}

/* The list below key, or NULL; a thing of another kind is an error. */
static enum tk_status
list_of(const struct tk_yaml **out, const struct tk_yaml *y, const char *key,
    const char *path, struct tk_err *err)
{
	const struct tk_yaml *list = tk_yaml_get(y, key);
	size_t i;

	*out = NULL;
	if (tk_yaml_is_null(list))
		return TK_OK;
	if (list->kind != TK_YAML_LIST)
		return tk_fail(err, TK_EINPUT, _("%s:%u: \"%s\" must be a list"),
		    path, list->line, key);
	for (i = 0; i < list->n; i++)
		if (list->item[i]->kind != TK_YAML_MAP)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: an entry of \"%s\" must be a map"), path,
			    list->item[i]->line, key);
	*out = list;
	return TK_OK;
}

static enum tk_status
need(const struct tk_yaml *y, const char *key, const char *path,
    struct tk_err *err)
{
	if (tk_yaml_str(y, key) != NULL)
		return TK_OK;
	return tk_fail(err, TK_EINPUT, _("%s:%u: \"%s\" is missing"), path,
	    y->line, key);
}

static enum tk_status
read_states(struct tk_process *p, const struct tk_yaml *y, struct tk_err *err)
{
	const struct tk_yaml *list, *e;
	const char *clock;
	struct tk_state *s;
	enum tk_status st;
	size_t i;

	if ((st = list_of(&list, y, "states", p->file, err)) != TK_OK)
		return st;
	for (i = 0; list != NULL && i < list->n; i++) {
		e = list->item[i];
		if ((st = need(e, "id", p->file, err)) != TK_OK)
			return st;
		p->state = tk_more(p->state, p->n_states, &p->states_cap, sizeof(*p->state));
		s = &p->state[p->n_states++];
		s->id = dup_str(e, "id");
		s->name = tk_strdup(tk_yaml_str(e, "name") != NULL
			? tk_yaml_str(e, "name")
			: s->id);
		s->final = tk_yaml_bool(e, "final", false);
		s->positive = tk_yaml_bool(e, "positive", false);
		clock = tk_yaml_str(e, "clock");
		if (tk_streq(clock, "stopped"))
			s->clock = TK_CLOCK_STOPS;
		else if (tk_streq(clock, "updates"))
			s->clock = TK_CLOCK_UPDATES;
		else if (clock != NULL && strcmp(clock, "running") != 0)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"clock\" is running, stopped or "
			      "updates, not \"%s\""),
			    p->file, tk_yaml_line(e, "clock"), clock);
	}
	return TK_OK;
}

static enum tk_status
read_steps(struct tk_process *p, const struct tk_yaml *y, struct tk_err *err)
{
	const struct tk_yaml *list, *e, *set;
	struct tk_transition *t;
	enum tk_status st;
	size_t i;

	if ((st = list_of(&list, y, "transitions", p->file, err)) != TK_OK)
		return st;
	for (i = 0; list != NULL && i < list->n; i++) {
		e = list->item[i];
		if ((st = need(e, "to", p->file, err)) != TK_OK)
			return st;
		p->step = tk_more(p->step, p->n_steps, &p->steps_cap, sizeof(*p->step));
		t = &p->step[p->n_steps++];
		tk_yaml_strv(e, "from", &t->from);
		tk_yaml_strv(e, "act", &t->act);
		tk_yaml_strv(e, "by", &t->by);
		tk_yaml_strv(e, "require", &t->require);
		t->to = dup_str(e, "to");
		set = tk_yaml_get(e, "set");
		t->set = set != NULL ? tk_yaml_copy(set) : NULL;
		t->results = tk_yaml_bool(e, "results", true);
		t->file = p->file;
		t->line = e->line;
	}
	return TK_OK;
}

static enum tk_status
add_process(struct tk_regulation *r, const char *path,
    const struct tk_yaml *y, struct tk_err *err)
{
	struct tk_process *p;
	enum tk_status st;

	if ((st = need(y, "id", path, err)) != TK_OK ||
	    (st = need(y, "initial", path, err)) != TK_OK)
		return st;
	r->process = tk_more(r->process, r->n_processes, &r->processes_cap, sizeof(*r->process));
	p = &r->process[r->n_processes++];
	p->id = dup_str(y, "id");
	p->name = tk_strdup(
	    tk_yaml_str(y, "name") != NULL ? tk_yaml_str(y, "name") : p->id);
	p->initial = dup_str(y, "initial");
	p->file = tk_strdup(path);
	tk_yaml_strv(y, "results", &p->results);
	p->results_line = tk_yaml_line(y, "results");
	tk_yaml_strv(y, "checklist", &p->checklist);
	tk_yaml_strv(y, "visible", &p->visible);
	p->visible_line = tk_yaml_line(y, "visible");
	if ((st = read_states(p, y, err)) != TK_OK)
		return st;
	return read_steps(p, y, err);
}

static enum tk_status
read_handovers(struct tk_queue *q, const struct tk_yaml *y, struct tk_err *err)
{
	const struct tk_yaml *list;
	struct tk_handover *h;
	enum tk_status st;
	size_t i;

	if ((st = list_of(&list, y, "handover", QUEUES, err)) != TK_OK)
		return st;
	for (i = 0; list != NULL && i < list->n; i++) {
		q->handover = tk_more(q->handover, q->n_handovers,
		    &q->handovers_cap, sizeof(*q->handover));
		h = &q->handover[q->n_handovers++];
		tk_yaml_strv(list->item[i], "to", &h->to);
		tk_yaml_strv(list->item[i], "require", &h->require);
		h->line = list->item[i]->line;
	}
	return TK_OK;
}

static enum tk_status
add_queues(struct tk_regulation *r, const char *path, const struct tk_yaml *y,
    struct tk_err *err)
{
	const struct tk_yaml *list, *e;
	struct tk_queue *q;
	struct tk_route *t;
	enum tk_status st;
	size_t i;

	if ((st = list_of(&list, y, "queues", path, err)) != TK_OK)
		return st;
	for (i = 0; list != NULL && i < list->n; i++) {
		e = list->item[i];
		if ((st = need(e, "id", path, err)) != TK_OK)
			return st;
		r->queue = tk_more(r->queue, r->n_queues, &r->queues_cap, sizeof(*r->queue));
		q = &r->queue[r->n_queues++];
		q->id = dup_str(e, "id");
		q->name = tk_strdup(tk_yaml_str(e, "name") != NULL
			? tk_yaml_str(e, "name")
			: q->id);
		q->address = dup_str(e, "address");
		q->language = dup_str(e, "language");
		q->calendar = dup_str(e, "calendar");
		q->line = (int)tk_yaml_int(e, "line", 0);
		q->where = e->line;
		if ((st = tk_by_language_read(
			 &q->from, e, "from", path, err)) != TK_OK ||
		    (st = tk_by_language_read(
			 &q->signature, e, "signature", path, err)) != TK_OK ||
		    (st = tk_unknown_read(&q->unknown, e, path, err)) != TK_OK ||
		    (st = read_handovers(q, e, err)) != TK_OK ||
		    (st = tk_upwards_read(q, e, path, err)) != TK_OK ||
		    (st = tk_queue_keys_read(q, e, path, err)) != TK_OK)
			return st;
	}
	if ((st = tk_mail_rules_queues(&r->mail, path, y, err)) != TK_OK)
		return st;
	r->default_queue = dup_str(y, "default");
	if ((st = list_of(&list, y, "routing", path, err)) != TK_OK)
		return st;
	for (i = 0; list != NULL && i < list->n; i++) {
		e = list->item[i];
		r->route = tk_more(r->route, r->n_routes, &r->routes_cap, sizeof(*r->route));
		t = &r->route[r->n_routes++];
		t->to = dup_str(e, "to");
		t->from = dup_str(e, "from");
		t->subject = dup_str(e, "subject");
		t->client = dup_str(e, "client");
		t->queue = dup_str(e, "queue");
		t->type = dup_str(e, "type");
		t->priority = dup_str(e, "priority");
		t->category = dup_str(e, "category");
		t->where = e->line;
	}
	return TK_OK;
}

static enum tk_status
add_roles(struct tk_regulation *r, const char *path, const struct tk_yaml *y,
    struct tk_err *err)
{
	const struct tk_yaml *list, *e;
	struct tk_role *role;
	enum tk_status st;
	size_t i;

	if ((st = list_of(&list, y, "roles", path, err)) != TK_OK)
		return st;
	for (i = 0; list != NULL && i < list->n; i++) {
		e = list->item[i];
		if ((st = need(e, "id", path, err)) != TK_OK)
			return st;
		r->role = tk_more(r->role, r->n_roles, &r->roles_cap, sizeof(*r->role));
		role = &r->role[r->n_roles++];
		role->id = dup_str(e, "id");
		role->name = dup_str(e, "name");
		tk_yaml_strv(e, "acts", &role->acts);
		tk_yaml_strv(e, "queues", &role->queues);
		role->where = e->line;
	}
	return TK_OK;
}

static enum tk_status
read_choices(struct tk_choices *c, const struct tk_yaml *y, const char *key,
    const char *path, struct tk_err *err)
{
	const struct tk_yaml *list, *e;
	struct tk_choice *one;
	enum tk_status st;
	size_t i;

	if ((st = list_of(&list, y, key, path, err)) != TK_OK)
		return st;
	for (i = 0; list != NULL && i < list->n; i++) {
		e = list->item[i];
		if ((st = need(e, "id", path, err)) != TK_OK)
			return st;
		c->v = tk_more(c->v, c->n, &c->cap, sizeof(*c->v));
		one = &c->v[c->n++];
		one->id = dup_str(e, "id");
		one->name = tk_strdup(tk_yaml_str(e, "name") != NULL
			? tk_yaml_str(e, "name")
			: one->id);
		one->urgent = tk_yaml_bool(e, "urgent", false);
		tk_yaml_strv(e, "ask", &one->ask);
		tk_yaml_strv(e, "evidence", &one->evidence);
		one->where = e->line;
	}
	return TK_OK;
}

static enum tk_status
read_matrix(struct tk_regulation *r, const struct tk_yaml *y,
    const char *path, struct tk_err *err)
{
	const struct tk_yaml *list, *e;
	struct tk_matrix_cell *c;
	enum tk_status st;
	size_t i;

	if ((st = list_of(&list, y, "matrix", path, err)) != TK_OK)
		return st;
	for (i = 0; list != NULL && i < list->n; i++) {
		e = list->item[i];
		if ((st = need(e, "impact", path, err)) != TK_OK ||
		    (st = need(e, "urgency", path, err)) != TK_OK ||
		    (st = need(e, "priority", path, err)) != TK_OK)
			return st;
		r->matrix = tk_more(r->matrix, r->n_matrix, &r->matrix_cap,
		    sizeof(*r->matrix));
		c = &r->matrix[r->n_matrix++];
		c->impact = dup_str(e, "impact");
		c->urgency = dup_str(e, "urgency");
		c->priority = dup_str(e, "priority");
		c->where = e->line;
	}
	return TK_OK;
}

static enum tk_status
add_handling(struct tk_regulation *r, const char *path,
    const struct tk_yaml *y, struct tk_err *err)
{
	enum tk_status st;

	if ((st = read_choices(
		 &r->priorities, y, "priorities", path, err)) != TK_OK ||
	    (st = read_choices(
		 &r->categories, y, "categories", path, err)) != TK_OK ||
	    (st = read_choices(
		 &r->impacts, y, "impact", path, err)) != TK_OK ||
	    (st = read_choices(
		 &r->urgencies, y, "urgency", path, err)) != TK_OK ||
	    (st = read_matrix(r, y, path, err)) != TK_OK)
		return st;
	tk_yaml_strv(y, "types", &r->types);
	tk_yaml_strv(y, "channels", &r->channels);
	r->default_type = dup_str(y, "default_type");
	r->default_priority = dup_str(y, "default_priority");
	return TK_OK;
}

static enum tk_status
add_relations(struct tk_regulation *r, const char *path,
    const struct tk_yaml *y, struct tk_err *err)
{
	const struct tk_yaml *ack = tk_yaml_get(y, "acknowledgement");
	const struct tk_yaml *reopen = tk_yaml_get(y, "reopen");
	const struct tk_yaml *complaint = tk_yaml_get(y, "complaint");
	enum tk_status st;
	const char *text;

	r->promise_tell =
	    tk_yaml_bool(tk_yaml_get(y, "promise"), "tell", false);
	r->promise_template = dup_str(tk_yaml_get(y, "promise"), "template");
	r->ack_send = tk_yaml_bool(ack, "send", true);
	r->ack_template = dup_str(ack, "template");
	if ((st = tk_mail_rules_relations(&r->mail, path, y, err)) != TK_OK)
		return st;
	text = tk_yaml_str(reopen, "window");
	if (text != NULL && !tk_span_parse(&r->reopen_window, text))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"window\" must be like 14d"), path,
		    tk_yaml_line(reopen, "window"));
	tk_yaml_strv(y, "write_to_clients", &r->write_to_clients);
	r->write_line = tk_yaml_line(y, "write_to_clients");
	r->complaint_address = dup_str(complaint, "address");
	if (tk_regulation_add_refusal(r, path, y, err) != TK_OK ||
	    tk_regulation_add_rating(r, path, y, err) != TK_OK)
		return TK_EINPUT;
	if (tk_upkeep_read(&r->upkeep, path, y, err) != TK_OK)
		return TK_EINPUT;
	return tk_by_language_read(
	    &r->complaint_name, complaint, "name", path, err);
}

/* 2026-12-01 in the desk's zone, or a time with its own. */
static bool
parse_day(int64_t *at, const char *text)
{
	char *full = tk_strf("%sT00:00:00Z", text);
	bool good = tk_date_parse(at, text);

	if (!good && tk_date_parse(at, full)) {
		*at -= tk_date_offset(*at) * 60;
		good = true;
	}
	free(full);
	return good;
}

static enum tk_status
add_title(struct tk_regulation *r, const char *path, const struct tk_yaml *y,
    struct tk_err *err)
{
	const struct tk_yaml *ack = tk_yaml_get(y, "acknowledge");
	const char *since = tk_yaml_str(y, "since");
	const char *grace = tk_yaml_str(ack, "grace");

	r->version = (int)tk_yaml_int(y, "version", 1);
	r->title = dup_str(y, "title");
	r->language = dup_str(y, "language");
	tk_yaml_strv(ack, "roles", &r->ack_roles);
	r->ack_line = tk_yaml_line(y, "acknowledge");
	if (since != NULL && !parse_day(&r->since, since))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"since\" must be a day like 2026-12-01"), path,
		    tk_yaml_line(y, "since"));
	if (grace != NULL && !tk_span_parse(&r->ack_grace, grace))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"grace\" must be like 7d"), path,
		    tk_yaml_line(ack, "grace"));
	return TK_OK;
}

static enum tk_status
add_sla(struct tk_regulation *r, const char *path, const struct tk_yaml *y,
    struct tk_err *err)
{
	return tk_sla_read(&r->sla, path, y, err);
}

static enum tk_status
add_calendars(struct tk_regulation *r, const char *path,
    const struct tk_yaml *y, struct tk_err *err)
{
	return tk_calendars_read(&r->calendars, path, y, err);
}

/* The file without its prose, every line in its place. Each command reads
 * the rules, and most of the bytes are prose that it does not look at. */
static void
without_prose(struct tk_str *out, const char *data, size_t len)
{
	const char *end = data + len, *next;
	bool in_text = false;

	for (; data < end; data = next) {
		next = memchr(data, '\n', (size_t)(end - data));
		next = next != NULL ? next + 1 : end;
		if (in_text && *data != ' ' && *data != '\n')
			in_text = false;
		if (in_text)
			tk_str_add_char(out, '\n');
		else
			tk_str_add_data(out, data, (size_t)(next - data));
		if (next - data == 8 && memcmp(data, "text: |\n", 8) == 0)
			in_text = true;
	}
}

enum tk_status
tk_regulation_add(struct tk_regulation *r, const char *path, const char *data,
    size_t len, struct tk_err *err)
{
	static const struct {
		const char *path;
		enum tk_status (*add)(struct tk_regulation *r, const char *path,
		    const struct tk_yaml *y, struct tk_err *err);
	} files[] = {
		{ "regulation/regulation.yaml", add_title },
		{ QUEUES, add_queues },
		{ "regulation/roles.yaml", add_roles },
		{ "regulation/handling.yaml", add_handling },
		{ "regulation/relations.yaml", add_relations },
		{ "regulation/sla.yaml", add_sla },
		{ "regulation/calendar.yaml", add_calendars },
	};
	struct tk_str rules = TK_STR_INIT;
	struct tk_yaml *y;
	enum tk_status st;
	size_t i;

	if (!tk_ends(path, ".yaml"))
		return TK_OK;
	if (data != NULL)
		without_prose(&rules, data, len);
	st = tk_yaml_read(
	    &y, data != NULL ? rules.data : NULL, rules.len, path, err);
	tk_str_clear(&rules);
	if (st != TK_OK)
		return st;
	if (tk_starts(path, "regulation/processes/"))
		st = add_process(r, path, y, err);
	else if (tk_starts(path, "regulation/calendars/"))
		st = tk_calendars_read_days(&r->calendars, path, y, err);
	for (i = 0; i < TK_COUNT(files); i++)
		if (strcmp(path, files[i].path) == 0)
			st = files[i].add(r, path, y, err);
	tk_yaml_free(y);
	return st;
}
