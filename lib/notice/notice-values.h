/*
 * notice-values.h - what the templates of notices are filled with.
 *
 * Ownership  Values borrow from the desk and the event; clear gives back what
 *            is their own.
 */
#ifndef TK_NOTICE_VALUES_H
#define TK_NOTICE_VALUES_H

#include "notice/notice-parts.h"
#include "view/template.h"

#define TK_NOTICE_VARS 40

struct tk_notice_values {
	struct tk_var v[TK_NOTICE_VARS];
	size_t n;
	struct tk_str at, due;
};

void tk_notice_values_fill(struct tk_notice_values *s, struct tk_desk *desk,
    const struct tk_notice *e, const struct tk_person *p);
void tk_notice_values_clear(struct tk_notice_values *s);

#endif
