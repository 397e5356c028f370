/*
 * states.h - the states of a process as a picture.
 *
 * Purpose    As a description for Graphviz, and as an SVG element for a page
 *            (no other program is asked). Names are foreign and escaped.
 */
#ifndef TK_VIEW_STATES_H
#define TK_VIEW_STATES_H

#include "model/regulation.h"

/* A digraph with a cluster for each process, or with the one given. Edges
 * say act, roles and what is required. */
void tk_states_dot(struct tk_str *out, const struct tk_regulation *r,
    const struct tk_process *only);

/*
 * One state a row, in the order in which they are reached, final ones last
 * and doubled; so no arrow runs through a box. Steps down are on the right,
 * steps back up on the left, with the step's number (its place in the file)
 * and its act. n makes the names inside the element unique on the page.
 */
void tk_states_svg(struct tk_str *out, const struct tk_process *p, size_t n);

#endif
