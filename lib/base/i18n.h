/*
 * i18n.h - every string for people goes through gettext.
 *
 * Purpose    _() at the place of use, N_() in tables translated later.
 *            Catalogues are share/po/LL.po.
 */
#ifndef TK_I18N_H
#define TK_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text)

/* setlocale, bindtextdomain; once, from tk_main(). */
void tk_i18n_init(void);

#endif
