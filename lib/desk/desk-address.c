/* desk-address - the desk's addresses, and the templates of its letters. */
#define _GNU_SOURCE /* FNM_CASEFOLD */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "desk/desk.h"
#include "desk/terms.h"
#include "model/id.h"

#define TEMPLATE_MAX (64 * 1024) /* bytes */

static bool
has_our_domain(const struct tk_desk *desk, const char *address)
{
	const char *ours = strrchr(desk->address, '@');
	const char *theirs = strrchr(address, '@');

	return ours != NULL && theirs != NULL && tk_strcaseeq(ours, theirs);
}

bool
tk_desk_is_ours(const struct tk_desk *desk, const char *address)
{
	const struct tk_regulation *r = desk->reg;
	size_t i;

	if (tk_strcaseeq(desk->address, address))
		return true;
	for (i = 0; r != NULL && i < r->n_queues; i++)
		if (r->queue[i].address != NULL &&
		    tk_strcaseeq(r->queue[i].address, address))
			return true;
	/* Routes are written for any domain: billing@*. */
	for (i = 0; r != NULL && i < r->n_routes; i++)
		if (r->route[i].to != NULL && has_our_domain(desk, address) &&
		    fnmatch(r->route[i].to, address, FNM_CASEFOLD) == 0)
			return true;
	return r != NULL && r->complaint_address != NULL &&
	    tk_strcaseeq(r->complaint_address, address);
}

const char *
tk_desk_queue_address(const struct tk_desk *desk, const struct tk_queue *q)
{
	return q != NULL && q->address != NULL && q->address[0] != '\0'
	    ? q->address
	    : desk->address;
}

enum tk_status
tk_desk_template(struct tk_desk *desk, struct tk_str *out, const char *language,
    const char *name, struct tk_err *err)
{
	char *path = tk_strf("templates/%s/%s.txt", language, name);
	char *share = tk_strf("%s/%s", tk_datadir(), path);
	struct tk_str names = TK_STR_INIT;
	enum tk_status st;

	if (!tk_name_valid(name) || !tk_name_valid(language))
		st = tk_fail(err, TK_ENOENT, _("no template \"%s\""), name);
	else if ((st = tk_store_read(desk->store, out, path, err)) == TK_ENOENT)
		st = tk_file_read(out, share, TEMPLATE_MAX, err);
	if (st == TK_ENOENT && strcmp(language, "en") != 0)
		st = tk_desk_template(desk, out, "en", name, err);
	if (st == TK_ENOENT) {
		tk_terms_templates(&names, desk);
		st = tk_fail(err, TK_ENOENT,
		    _("no template \"%s\"; there are: %s"), name, names.data);
	}
	tk_str_clear(&names);
	free(path);
	free(share);
	return st;
}

void
tk_desk_plus_address(
    struct tk_str *out, const struct tk_desk *desk, const char *id)
{
	const char *at = strrchr(desk->address, '@');
	char *all = tk_strf("plus:%s:%s", desk->token, id);
	char sum[65];

	tk_sha256(sum, all, strlen(all));
	tk_str_addf(out, "%.*s+%s.%.12s%s",
	    (int)(at != NULL ? at - desk->address : 0), desk->address, id, sum,
	    at != NULL ? at : "");
	free(all);
}
