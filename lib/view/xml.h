/*
 * xml.h - foreign text inside HTML and SVG.
 */
#ifndef TK_VIEW_XML_H
#define TK_VIEW_XML_H

#include "base/str.h"

/* Appends text as content or as the value of an attribute in quotes: no
 * markup, no control characters. */
void tk_xml_add(struct tk_str *out, const char *text);

#endif
