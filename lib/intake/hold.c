/* hold - letters of strangers that wait for a person's decision. */
#include "intake/hold.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "desk/letter-message.h"
#include "store/maildir.h"

#define WHY_MAX 65536   /* bytes */
#define TELL_SPAN 86400 /* one letter a day to one address */

static enum tk_status
write_why(const char *path, const struct tk_yaml *y, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;

	tk_yaml_write(&text, y);
	st = tk_file_write(path, text.data, text.len, 0600, err);
	tk_str_clear(&text);
	return st;
}

/* Was this address told already, not long ago? Notes that it is now. */
static bool
is_told(struct tk_desk *desk, const char *to)
{
	struct tk_err ignored = TK_ERR_INIT;
	struct tk_str low = TK_STR_INIT, text = TK_STR_INIT;
	char sum[65], *dir = tk_store_path(desk->store, "hold/told"), *path;
	bool told;

	tk_str_add(&low, to);
	for (size_t i = 0; i < low.len; i++)
		if (low.data[i] >= 'A' && low.data[i] <= 'Z')
			low.data[i] = (char)(low.data[i] - 'A' + 'a');
	tk_sha256(sum, low.data, low.len);
	path = tk_strf("%s/%.32s", dir, sum);
	told = tk_file_read(&text, path, 100, &ignored) == TK_OK &&
	    strtoll(text.data, NULL, 10) > tk_now() - TELL_SPAN;
	tk_str_reset(&text);
	tk_str_addf(&text, "%lld\n", (long long)tk_now());
	/* What cannot be noted is not sent either: rather silent than a bomb.
	 */
	if (!told &&
	    (tk_mkdirs(dir, 0700, &ignored) != TK_OK ||
		tk_file_write(path, text.data, text.len, 0600, &ignored) !=
		    TK_OK))
		told = true;
	tk_str_clear(&low);
	tk_str_clear(&text);
	free(path);
	free(dir);
	return told;
}

enum tk_status
tk_hold_put(struct tk_desk *desk, const struct tk_letter *l,
    const struct tk_str *raw, const struct tk_intake *in, struct tk_err *err)
{
	const char *sub = in->aside == TK_ASIDE_HELD ? "new" : "cur";
	char *dir = tk_store_path(desk->store, "hold");
	char *path = tk_strf("%s/%s/%.32s", dir, sub, l->sha256);
	char *why = tk_strf("%s.why", path), *words;
	char *from = tk_address_text(tk_letter_sender(l));
	char *title = tk_letter_title(l);
	struct tk_yaml *y = tk_yaml_map();
	enum tk_status st = TK_OK;
	bool known = tk_file_exists(path);

	words = tk_strf("%s: %s", in->act, in->rule);
	tk_yaml_set_time(y, "at", tk_now());
	tk_yaml_set_str(y, "from", from);
	tk_yaml_set_str(y, "subject", title);
	free(title);
	tk_yaml_set_str(y, "queue", in->queue);
	tk_yaml_set_str(y, "why", words);
	if (!known) {
		st = tk_maildir_init(dir, err);
		if (st == TK_OK)
			st = write_why(why, y, err);
		if (st == TK_OK)
			st =
			    tk_file_write(path, raw->data, raw->len, 0600, err);
		if (st == TK_OK && in->reject_to[0] != '\0' &&
		    !is_told(desk, in->reject_to))
			st = tk_hold_tell(desk, in->reject_to, l, NULL, err);
	}
	tk_yaml_free(y);
	free(words);
	free(from);
	free(why);
	free(path);
	free(dir);
	return st;
}

static char *
value(const struct tk_yaml *y, const char *key)
{
	const char *text = tk_yaml_str(y, key);

	return tk_strdup(text != NULL ? text : "");
}

static void
add(struct tk_held_list *out, const char *dir, const char *name)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_err bad = TK_ERR_INIT;
	struct tk_yaml *y = NULL;
	struct tk_held *h;
	char *why = tk_strf("%s/%s.why", dir, name);

	/* Without its .why the letter is still one. */
	if (tk_file_read(&text, why, WHY_MAX, &bad) != TK_OK ||
	    tk_yaml_read(&y, text.data, text.len, why, &bad) != TK_OK)
		y = tk_yaml_map();
	out->v = tk_more(out->v, out->n, &out->cap, sizeof(*out->v));
	h = &out->v[out->n++];
	h->name = tk_strdup(name);
	h->path = tk_strf("%s/%s", dir, name);
	h->at = value(y, "at");
	h->from = value(y, "from");
	h->subject = value(y, "subject");
	h->queue = value(y, "queue");
	h->why = value(y, "why");
	tk_yaml_free(y);
	tk_str_clear(&text);
	free(why);
}

static int
by_time(const void *a, const void *b)
{
	const struct tk_held *x = a, *y = b;
	int64_t tx = 0, ty = 0;

	if (!tk_date_parse(&tx, x->at) || !tk_date_parse(&ty, y->at) ||
	    tx == ty)
		return strcmp(x->name, y->name);
	return tx < ty ? -1 : 1;
}

enum tk_status
tk_hold_list(struct tk_held_list *out, struct tk_desk *desk, bool decided,
    struct tk_err *err)
{
	char *dir =
	    tk_store_path(desk->store, decided ? "hold/cur" : "hold/new");
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	size_t i;

	memset(out, 0, sizeof(*out));
	if (tk_is_dir(dir))
		st = tk_dir_list(&names, dir, err);
	for (i = 0; st == TK_OK && i < names.n; i++)
		if (names.v[i][0] != '.' && !tk_ends(names.v[i], ".why"))
			add(out, dir, names.v[i]);
	if (out->n > 0)
		qsort(out->v, out->n, sizeof(*out->v), by_time);
	tk_strv_clear(&names);
	free(dir);
	return st;
}

void
tk_held_clear(struct tk_held_list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->v[i].name);
		free(l->v[i].path);
		free(l->v[i].at);
		free(l->v[i].from);
		free(l->v[i].subject);
		free(l->v[i].queue);
		free(l->v[i].why);
	}
	free(l->v);
	memset(l, 0, sizeof(*l));
}

enum tk_status
tk_hold_find(const struct tk_held **out, const struct tk_held_list *l,
    const char *name, struct tk_err *err)
{
	size_t i;

	*out = NULL;
	for (i = 0; name[0] != '\0' && i < l->n; i++) {
		if (!tk_starts(l->v[i].name, name))
			continue;
		if (*out != NULL)
			return tk_fail(err, TK_EUSAGE,
			    _("several letters begin with \"%s\""), name);
		*out = &l->v[i];
	}
	return *out != NULL
	    ? TK_OK
	    : tk_fail(err, TK_ENOENT, _("no letter \"%s\" is held"), name);
}

enum tk_status
tk_hold_decided(struct tk_desk *desk, const struct tk_held *h, const char *why,
    struct tk_err *err)
{
	char *dir = tk_store_path(desk->store, "hold/cur");
	char *to = tk_strf("%s/%s", dir, h->name);
	char *beside = tk_strf("%s.why", to), *old = tk_strf("%s.why", h->path);
	struct tk_yaml *y = tk_yaml_map();
	enum tk_status st;

	tk_yaml_set_str(y, "at", h->at);
	tk_yaml_set_str(y, "from", h->from);
	tk_yaml_set_str(y, "subject", h->subject);
	tk_yaml_set_str(y, "queue", h->queue);
	tk_yaml_set_str(y, "why", why);
	tk_yaml_set_time(y, "decided", tk_now());
	if ((st = write_why(beside, y, err)) == TK_OK &&
	    (st = tk_file_move(h->path, to, err)) == TK_OK)
		unlink(old);
	tk_yaml_free(y);
	free(old);
	free(beside);
	free(to);
	free(dir);
	return st;
}

void
tk_hold_release(const struct tk_held *h)
{
	char *why = tk_strf("%s.why", h->path);

	unlink(h->path);
	unlink(why);
	free(why);
}
