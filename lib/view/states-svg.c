/* states-svg - the states of a process as an SVG element. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "view/states.h"
#include "view/xml.h"

/* All in pixels. */
#define ROW 72      /* from one state to the next */
#define TOP 60      /* middle of the first box */
#define HALF 17     /* of a box's height */
#define PORT 8      /* arrows leave and come so far off the middle */
#define BEND 38     /* how far out the shortest arrow goes */
#define TRACK 46    /* and each further one: room for a label */
#define CHAR 8      /* of one column of text */
#define NAME_MAX 28 /* columns */
#define MOST 60     /* states; more are no picture */

struct drawing {
	const struct tk_process *p;
	size_t *row;        /* of each state */
	size_t left, right; /* sides of the boxes */
	size_t n;           /* of the picture */
	struct tk_str *out;
};

static size_t
index_of(const struct tk_process *p, const char *id)
{
	size_t i;

	for (i = 0; i < p->n_states; i++)
		if (strcmp(p->state[i].id, id) == 0)
			return i;
	return p->n_states;
}

/* How many steps away from the initial state; far away where there is no
 * way. Each round finds one more layer. */
static void
find_layers(const struct tk_process *p, size_t *layer)
{
	size_t round, i, k, from, to, far = p->n_states + 1;

	for (i = 0; i < p->n_states; i++)
		layer[i] = strcmp(p->state[i].id, p->initial) == 0 ? 0 : far;
	for (round = 0; round < p->n_states; round++)
		for (i = 0; i < p->n_steps; i++)
			for (k = 0; k < p->step[i].from.n; k++) {
				from = index_of(p, p->step[i].from.v[k]);
				to = index_of(p, p->step[i].to);
				if (from < p->n_states && to < p->n_states &&
				    layer[from] == round && layer[to] == far)
					layer[to] = round + 1;
			}
}

/* Final ones last, else by layer, else as written. */
static void
find_rows(const struct tk_process *p, size_t *row)
{
	size_t *layer = tk_calloc(p->n_states, sizeof(*layer)), i, k;
	bool before;

	find_layers(p, layer);
	for (i = 0; i < p->n_states; i++)
		for (k = row[i] = 0; k < p->n_states; k++) {
			if (p->state[k].final != p->state[i].final)
				before = p->state[i].final;
			else if (layer[k] != layer[i])
				before = layer[k] < layer[i];
			else
				before = k < i;
			row[i] += before;
		}
	free(layer);
}

static size_t
middle(const struct drawing *d, size_t state)
{
	return TOP + d->row[state] * ROW;
}

static void
put_text(const struct drawing *d, size_t x, size_t y, const char *text,
    const char *attributes)
{
	tk_str_addf(d->out,
	    "<text x=\"%zu\" y=\"%zu\" text-anchor=\"middle\" %s>", x, y,
	    attributes);
	tk_xml_add(d->out, text);
	tk_str_add(d->out, "</text>");
}

static void
put_box(const struct drawing *d, size_t i)
{
	struct tk_str name = TK_STR_INIT;
	size_t width = d->right - d->left, y = middle(d, i), in;

	for (in = 0; in <= (d->p->state[i].final ? 4U : 0U); in += 4)
		tk_str_addf(d->out,
		    "<rect x=\"%zu\" y=\"%zu\" width=\"%zu\" height=\"%u\" "
		    "rx=\"6\" fill=\"none\" stroke=\"currentColor\"/>",
		    d->left + in, y - HALF + in, width - 2 * in,
		    2 * HALF - 2 * (unsigned)in);
	tk_utf8_fit(&name, d->p->state[i].name, NAME_MAX, false);
	put_text(d, (d->left + d->right) / 2, y + 4, name.data, "");
	tk_str_add_char(d->out, '\n');
	tk_str_clear(&name);
}

static size_t
bend(size_t span)
{
	return BEND + (span > 0 ? span - 1 : 0) * TRACK;
}

/* What stands at the arrow: numbers of the steps, the first act. */
static void
put_label(const struct drawing *d, const struct tk_str *numbers,
    const struct tk_strv *acts, size_t x, size_t y)
{
	static const char halo[] = "style=\"font-size:10px;paint-order:stroke;"
				   "stroke:Canvas;stroke-width:3px\"";
	char *act;

	put_text(d, x, y, numbers->data, halo);
	if (acts->n > 0) {
		act = tk_strf(
		    "%s%s", acts->v[0], acts->n > 1 ? "\xE2\x80\xA6" : "");
		put_text(d, x, y + 11, act, halo);
		free(act);
	}
}

/* All steps from one state to another are one arrow. */
static void
put_arrow(const struct drawing *d, size_t from, size_t to,
    const struct tk_str *numbers, const struct tk_strv *acts)
{
	size_t a = middle(d, from), b = middle(d, to), span, out, x, far, apex;
	bool down = d->row[from] <= d->row[to];

	span = down ? d->row[to] - d->row[from] : d->row[from] - d->row[to];
	out = bend(span);
	a = down && span > 0 ? a + PORT : a - PORT;
	b = down && span > 0 ? b - PORT : b + PORT;
	x = down ? d->right : d->left;
	/* A cubic curve goes three quarters of the way to its handles. */
	far = down ? x + out * 4 / 3 : x - out * 4 / 3;
	apex = down ? x + out : x - out;
	tk_str_addf(d->out,
	    "<path d=\"M%zu %zu C%zu %zu %zu %zu %zu %zu\" fill=\"none\" "
	    "stroke=\"currentColor\" stroke-opacity=\".6\" "
	    "marker-end=\"url(#arrow%zu)\"/>\n",
	    x, a, far, a, far, b, x, b, d->n);
	put_label(d, numbers, acts, apex, (a + b) / 2);
	tk_str_add_char(d->out, '\n');
}

static void
put_arrows(const struct drawing *d, size_t from, size_t to)
{
	const struct tk_process *p = d->p;
	struct tk_str numbers = TK_STR_INIT;
	struct tk_strv acts = TK_STRV_INIT;
	size_t i, k;

	for (i = 0; i < p->n_steps; i++) {
		if (strcmp(p->step[i].to, p->state[to].id) != 0 ||
		    !tk_strv_has(&p->step[i].from, p->state[from].id))
			continue;
		tk_str_addf(
		    &numbers, "%s%zu", numbers.len > 0 ? ", " : "", i + 1);
		for (k = 0; k < p->step[i].act.n; k++)
			if (!tk_strv_has(&acts, p->step[i].act.v[k]))
				tk_strv_add(&acts, p->step[i].act.v[k]);
	}
	if (numbers.len > 0)
		put_arrow(d, from, to, &numbers, &acts);
	tk_strv_clear(&acts);
	tk_str_clear(&numbers);
}

/* The longest arrow of each side decides how much room it needs. */
static void
measure(struct drawing *d, size_t *width)
{
	const struct tk_process *p = d->p;
	size_t i, k, from, to, up = 0, down = 0, name = 8, w;

	for (i = 0; i < p->n_states; i++) {
		w = tk_utf8_width(p->state[i].name);
		w = w > NAME_MAX ? NAME_MAX : w;
		name = w > name ? w : name;
	}
	for (i = 0; i < p->n_steps; i++)
		for (k = 0; k < p->step[i].from.n; k++) {
			from = index_of(p, p->step[i].from.v[k]);
			to = index_of(p, p->step[i].to);
			if (from == p->n_states || to == p->n_states)
				continue;
			from = d->row[from];
			to = d->row[to];
			if (from > to && from - to > up)
				up = from - to;
			if (to > from && to - from > down)
				down = to - from;
		}
	/* Room for the label, and for the handles of the curve: nothing may
	 * be left of 0. */
	d->left = bend(up) * 4 / 3 + TRACK / 2;
	d->right = d->left + name * CHAR + 24;
	*width = d->right + bend(down) + TRACK;
}

void
tk_states_svg(struct tk_str *out, const struct tk_process *p, size_t n)
{
	struct drawing d = { .p = p, .n = n, .out = out };
	size_t i, k, width, x;

	if (p->n_states == 0 || p->n_states > MOST)
		return;
	d.row = tk_calloc(p->n_states, sizeof(*d.row));
	find_rows(p, d.row);
	measure(&d, &width);
	tk_str_addf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
	    "width=\"%zu\" viewBox=\"0 0 %zu %zu\"><title>",
	    width, width, TOP + p->n_states * ROW - ROW / 2);
	tk_xml_add(out, p->name);
	tk_str_addf(out,
	    "</title><defs><marker id=\"arrow%zu\" viewBox=\"0 0 8 8\" "
	    "refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
	    "orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"currentColor\"/>"
	    "</marker></defs>\n",
	    n);
	x = (d.left + d.right) / 2;
	if (index_of(p, p->initial) < p->n_states)
		tk_str_addf(out,
		    "<circle cx=\"%zu\" cy=\"10\" r=\"6\" "
		    "fill=\"currentColor\"/><path d=\"M%zu 16V%d\" "
		    "stroke=\"currentColor\" "
		    "marker-end=\"url(#arrow%zu)\"/>\n",
		    x, x, TOP - HALF, n);
	for (i = 0; i < p->n_states; i++)
		put_box(&d, i);
	for (i = 0; i < p->n_states; i++)
		for (k = 0; k < p->n_states; k++)
			put_arrows(&d, i, k);
	tk_str_add(out, "</svg>");
	free(d.row);
}
