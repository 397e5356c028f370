/* terms - names that stand in files beside the rules. */
#include "desk/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"

#define SLA "regulation/sla.yaml"

static void
join(struct tk_str *out, const char *word)
{
	tk_str_addf(out, "%s%s", out->len > 0 ? ", " : "", word);
}

enum tk_status
tk_terms_check_class(const struct tk_desk *desk, const char *what,
    const char *class, struct tk_err *err)
{
	struct tk_str names = TK_STR_INIT;
	const struct tk_sla *sla = &desk->reg->sla;
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; i < sla->n_classes; i++)
		join(&names, sla->class[i].id);
	if (sla->n_classes > 0 && tk_sla_class_find(sla, class) == NULL)
		st = tk_fail(err, TK_EINPUT,
		    _("%s: no class \"%s\" in %s; there are: %s"), what, class,
		    SLA, names.data);
	tk_str_clear(&names);
	return st;
}

/* The languages there are templates in, tk's and the desk's own. */
static void
languages(struct tk_strv *out, const struct tk_desk *desk)
{
	char *share = tk_strf("%s/templates", tk_datadir()), *name;
	struct tk_err ignored = TK_ERR_INIT;
	struct tk_strv own = TK_STRV_INIT;
	size_t i;

	if (tk_dir_list(out, share, &ignored) != TK_OK)
		tk_strv_clear(out);
	if (tk_store_list(desk->store, &own, "templates", &ignored) == TK_OK)
		for (i = 0; i < own.n; i++) {
			name = tk_strf("%.*s", (int)strcspn(own.v[i], "/"),
			    own.v[i]);
			if (!tk_strv_has(out, name))
				tk_strv_add(out, name);
			free(name);
		}
	tk_strv_clear(&own);
	free(share);
}

enum tk_status
tk_terms_check_language(
    const struct tk_desk *desk, const char *language, struct tk_err *err)
{
	struct tk_strv l = TK_STRV_INIT;
	struct tk_str names = TK_STR_INIT;
	enum tk_status st = TK_OK;
	size_t i;

	languages(&l, desk);
	for (i = 0; i < l.n; i++)
		join(&names, l.v[i]);
	if (!tk_strv_has(&l, language))
		st = tk_fail(err, TK_EINPUT,
		    _("there are no letters in the language \"%s\"; there are: "
		      "%s"),
		    language, names.data);
	tk_str_clear(&names);
	tk_strv_clear(&l);
	return st;
}

static void
add_names(struct tk_strv *out, const struct tk_strv *files)
{
	char *name;
	size_t i;

	for (i = 0; i < files->n; i++) {
		/* Notices are for staff, and no answer to anybody. */
		if (!tk_ends(files->v[i], ".txt") ||
		    tk_starts(files->v[i], "notice-"))
			continue;
		name = tk_strf("%.*s",
		    (int)(strlen(files->v[i]) - strlen(".txt")), files->v[i]);
		if (!tk_strv_has(out, name))
			tk_strv_add(out, name);
		free(name);
	}
}

void
tk_terms_templates(struct tk_str *out, const struct tk_desk *desk)
{
	struct tk_strv l = TK_STRV_INIT, names = TK_STRV_INIT,
		       files = TK_STRV_INIT;
	struct tk_str all = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	char *share, *own;
	size_t i;

	languages(&l, desk);
	for (i = 0; i < l.n; i++) {
		share = tk_strf("%s/templates/%s", tk_datadir(), l.v[i]);
		own = tk_strf("templates/%s", l.v[i]);
		if (tk_dir_list(&files, share, &ignored) == TK_OK)
			add_names(&names, &files);
		tk_strv_clear(&files);
		if (tk_store_list(desk->store, &files, own, &ignored) == TK_OK)
			add_names(&names, &files);
		tk_strv_clear(&files);
		free(share);
		free(own);
	}
	tk_strv_sort(&names);
	for (i = 0; i < names.n; i++)
		join(&all, names.v[i]);
	tk_str_add(out, all.data);
	tk_str_clear(&all);
	tk_strv_clear(&names);
	tk_strv_clear(&l);
}
