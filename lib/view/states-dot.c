/* states-dot - the states of a process for Graphviz. */
#include "base/utf8.h"
#include "view/states.h"

/* Between quotes: nothing in it ends them or is an escape of its own. */
static void
put_text(struct tk_str *out, const char *text)
{
	struct tk_str safe = TK_STR_INIT;
	const char *p;

	tk_utf8_safe(&safe, text, false);
	for (p = safe.data; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			tk_str_add_char(out, '\\');
		tk_str_add_char(out, *p);
	}
	tk_str_clear(&safe);
}

static void
put_list(struct tk_str *out, const char *before, const struct tk_strv *l)
{
	size_t i;

	if (l->n == 0)
		return;
	tk_str_add(out, before);
	for (i = 0; i < l->n; i++) {
		tk_str_add(out, i > 0 ? ", " : "");
		put_text(out, l->v[i]);
	}
}

static void
put_node(struct tk_str *out, const struct tk_process *p, const char *state)
{
	tk_str_add_char(out, '"');
	put_text(out, p->id);
	tk_str_add_char(out, '/');
	put_text(out, state);
	tk_str_add_char(out, '"');
}

static void
put_steps(struct tk_str *out, const struct tk_process *p)
{
	const struct tk_transition *t;
	size_t i, k;

	for (i = 0; i < p->n_steps; i++)
		for (k = 0; k < p->step[i].from.n; k++) {
			t = &p->step[i];
			tk_str_add(out, "    ");
			put_node(out, p, t->from.v[k]);
			tk_str_add(out, " -> ");
			put_node(out, p, t->to);
			tk_str_add(out, " [label=\"");
			put_list(out, "", &t->act);
			put_list(out, "\\nby ", &t->by);
			put_list(out, "\\nneeds ", &t->require);
			tk_str_add(out, "\"];\n");
		}
}

static void
put_process(struct tk_str *out, const struct tk_process *p)
{
	size_t i;

	tk_str_add(out, "  subgraph \"cluster_");
	put_text(out, p->id);
	tk_str_add(out, "\" {\n    label=\"");
	put_text(out, p->name);
	tk_str_add(out, "\";\n");
	for (i = 0; i < p->n_states; i++) {
		tk_str_add(out, "    ");
		put_node(out, p, p->state[i].id);
		tk_str_add(out, " [label=\"");
		put_text(out, p->state[i].id);
		tk_str_add(out, "\\n");
		put_text(out, p->state[i].name);
		tk_str_addf(out, "\"%s%s];\n",
		    p->state[i].final ? ", peripheries=2" : "",
		    tk_streq(p->state[i].id, p->initial) ? ", style=bold" : "");
	}
	put_steps(out, p);
	tk_str_add(out, "  }\n");
}

void
tk_states_dot(struct tk_str *out, const struct tk_regulation *r,
    const struct tk_process *only)
{
	size_t i;

	tk_str_add(out,
	    "digraph regulation {\n  node [shape=box];\n"
	    "  edge [fontsize=10];\n");
	for (i = 0; i < r->n_processes; i++)
		if (only == NULL || only == &r->process[i])
			put_process(out, &r->process[i]);
	tk_str_add(out, "}\n");
}
