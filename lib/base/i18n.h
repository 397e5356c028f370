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

/* From here on texts come in this language ("ru"), whatever the user's is and
 * although the system may have no such locale. NULL or no name of a language
 * changes nothing. */
void tk_i18n_language(const char *language);

/* The language that texts come in: "ru"; "en" where there is no catalogue. */
const char *tk_i18n_current(void);

#endif
