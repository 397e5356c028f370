/* sent-forget - letters in the outbox whose end is in their tickets already:
 * the one who recorded it was killed before he could take them away. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "model/id.h"
#include "model/ticket.h"
#include "send/parcel.h"
#include "store/outbox.h"

/* Only a log that can be read and says so: else the letter in cur/ is all that
 * keeps it from being sent again. */
static bool
is_recorded(const struct tk_desk *desk, const char *id, const char *msg)
{
	struct tk_str path = TK_STR_INIT, text = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	struct tk_ticket *t = NULL;
	const struct tk_yaml *e;
	bool is = false;
	const char *act;
	size_t i;

	tk_id_path(&path, id);
	tk_str_add(&path, "/ticket.yaml");
	if (tk_store_read(desk->store, &text, path.data, &ignored) != TK_OK ||
	    tk_ticket_read(&t, text.data, text.len, path.data, &ignored) !=
		TK_OK)
		t = NULL;
	for (i = 0; !is && t != NULL && i < tk_ticket_log_n(t); i++) {
		e = tk_ticket_entry(t, i);
		act = tk_yaml_str(e, "act");
		is = (tk_streq(act, "sent") || tk_streq(act, "failed")) &&
		    tk_streq(tk_yaml_str(e, "msg"), msg);
	}
	tk_ticket_free(t);
	tk_str_clear(&path);
	tk_str_clear(&text);
	return is;
}

/* TICKET_MESSAGE; those of the run are dealt with by the run. */
static void
look_at(const struct tk_send_run *r, const char *name)
{
	char *id = tk_strdup(name), *bar = strrchr(id, '_');
	struct tk_id parsed;
	size_t i;

	for (i = 0; bar != NULL && i < r->n; i++)
		if (strcmp(r->v[i].name, name) == 0)
			bar = NULL;
	if (bar != NULL) {
		*bar = '\0';
		if (tk_id_parse(&parsed, id) &&
		    is_recorded(r->desk, id, bar + 1))
			tk_outbox_forget(r->dir, name);
	}
	free(id);
}

void
tk_sent_forget(const struct tk_send_run *r)
{
	static const char *const subs[] = { "new", "cur", "tmp" };
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	size_t i, k;
	char *dir;

	for (i = 0; i < 3; i++) {
		dir = tk_strf("%s/%s", r->dir, subs[i]);
		if (tk_dir_list(&names, dir, &ignored) != TK_OK)
			tk_strv_clear(&names);
		for (k = 0; k < names.n; k++) {
			if (tk_ends(names.v[k], ".try"))
				names.v[k][strlen(names.v[k]) - 4] = '\0';
			look_at(r, names.v[k]);
		}
		tk_strv_clear(&names);
		free(dir);
	}
}
