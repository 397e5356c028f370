/* fsck-outbox - letters on their way out: are they those of the desk? */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "check/fsck-parts.h"
#include "model/id.h"

#define LETTER_MAX ((size_t)256 * 1024 * 1024) /* bytes */

/* TICKET_MESSAGE: the letter is in the desk. Others have their own names, and
 * nothing to be compared with. */
static bool
read_own(struct tk_store *store, struct tk_str *own, const char *name)
{
	char *id = tk_strdup(name), *bar = strrchr(id, '_');
	struct tk_str path = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	struct tk_id parsed;
	bool is = false;

	if (bar != NULL)
		*bar = '\0';
	if (bar != NULL && tk_id_parse(&parsed, id)) {
		tk_id_path(&path, id);
		tk_str_addf(&path, "/%s.eml", bar + 1);
		is = tk_store_read(store, own, path.data, &ignored) == TK_OK;
	}
	tk_str_clear(&path);
	free(id);
	return is;
}

static bool
is_other(const char *name)
{
	return tk_starts(name, "notice_") || tk_starts(name, "report_") ||
	    tk_starts(name, "loose_") || strchr(name, '_') == NULL;
}

static void
look_at(struct tk_fsck *f, struct tk_store *store, const char *dir,
    const char *name)
{
	struct tk_str data = TK_STR_INIT, own = TK_STR_INIT;
	struct tk_err err = TK_ERR_INIT;
	char *path = tk_strf("%s/%s", dir, name);
	char *remedy = tk_strf(_("tk send does without it: rm %s"), path);

	enum tk_status st = tk_file_read(&data, path, LETTER_MAX, &err);

	/* Sent meanwhile. */
	if (st == TK_ENOENT)
		goto out;
	if (st != TK_OK)
		tk_fsck_problem_err(f, &err, remedy);
	else if (is_other(name) && data.len == 0)
		tk_fsck_problem(f, path, _("it is empty"), remedy);
	else if (!is_other(name) && !read_own(store, &own, name))
		tk_fsck_problem(
		    f, path, _("the desk has no such letter"), remedy);
	else if (!is_other(name) &&
	    (own.len != data.len || memcmp(own.data, data.data, own.len) != 0))
		tk_fsck_problem(f, path,
		    _("not the letter that is in the desk, which is the one "
		      "that goes out"),
		    remedy);
out:
	tk_str_clear(&data);
	tk_str_clear(&own);
	free(remedy);
	free(path);
}

void
tk_fsck_outbox(struct tk_fsck *f, struct tk_store *store)
{
	static const char *const subs[] = { "new", "cur" };
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	size_t i, k;
	struct tk_err err = TK_ERR_INIT;
	char *dir;

	for (i = 0; i < TK_COUNT(subs); i++) {
		dir = tk_strf("%stk/outbox/%s", tk_store_gitdir(store), subs[i]);
		if (tk_dir_list(&names, dir, &ignored) != TK_OK)
			tk_strv_clear(&names);
		/* Others write meanwhile; a letter is in the desk before it is
		 * here. */
		if (names.n > 0 && tk_store_refresh(store, &err) != TK_OK)
			tk_fsck_problem_err(f, &err, tk_fsck_again());
		for (k = 0; k < names.n; k++)
			if (names.v[k][0] != '.')
				look_at(f, store, dir, names.v[k]);
		tk_strv_clear(&names);
		free(dir);
	}
}
