/* cold - tickets closed long ago, moved into archives of a year each. */
#include "backup/cold.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/cold-parts.h"
#include "base/ambient.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#define TRIES 5 /* tickets that were touched meanwhile */

/* What was chosen; the years stay. */
static void
forget(struct tk_cold *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		free(c->v[i].id);
	for (i = 0; i < c->n_kept; i++) {
		free(c->kept[i].id);
		free(c->kept[i].why);
	}
	free(c->v);
	free(c->kept);
	c->v = NULL;
	c->kept = NULL;
	c->n = c->cap = c->n_kept = c->kept_cap = 0;
}

void
tk_cold_clear(struct tk_cold *c)
{
	forget(c);
	free(c->year);
	c->year = NULL;
	c->n_years = c->years_cap = 0;
}

struct tk_cold_year *
tk_cold_year(struct tk_cold *c, const char *year)
{
	size_t i;

	for (i = 0; i < c->n_years; i++)
		if (strcmp(c->year[i].year, year) == 0)
			return &c->year[i];
	return NULL;
}

/* It was written, perhaps once more. */
static void
note_year(struct tk_cold *c, const struct tk_cold_write *w)
{
	struct tk_cold_year *y = tk_cold_year(c, w->year);

	if (y == NULL) {
		c->year =
		    tk_more(c->year, c->n_years, &c->years_cap, sizeof(*y));
		y = &c->year[c->n_years++];
		memset(y, 0, sizeof(*y));
		memcpy(y->year, w->year, sizeof(y->year));
	}
	memcpy(y->commit, w->commit, sizeof(y->commit));
}

/* May this actor? Findings as those of an act. */
enum tk_status
tk_cold_judge(const struct tk_desk *desk, const struct tk_actor *actor,
    struct tk_err *err)
{
	struct tk_findings f = { NULL, 0, 0 };
	enum tk_status st = TK_OK;
	size_t i;

	tk_rules_may(
	    &f, actor, "archive", desk->reg, &desk->staff, tk_now());
	err->text[0] = '\0';
	for (i = 0; i < f.n; i++) {
		st = f.v[i].denied || st == TK_EDENIED ? TK_EDENIED
						       : TK_EREFUSED;
		tk_err_add_line(err, "%s: %s%s%s", f.v[i].rule, f.v[i].text,
		    f.v[i].remedy != NULL ? "; " : "",
		    f.v[i].remedy != NULL ? f.v[i].remedy : "");
	}
	tk_findings_clear(&f);
	return err->status = st;
}

static enum tk_status
write_year(struct tk_cold *c, struct tk_desk *desk,
    const struct tk_actor *actor, const char *year, bool always,
    struct tk_err *err)
{
	struct tk_cold_list list = { NULL, 0, 0 };
	struct tk_cold_write w = { .year = year, .head = c->head,
		.actor = actor, .list = &list };
	struct tk_err bad = TK_ERR_INIT;
	enum tk_status st;
	size_t i;

	st = tk_cold_recorded(&list, desk->store, year, err);
	w.is_new = list.n == 0;
	for (i = 0; i < c->n; i++)
		if (strcmp(c->v[i].year, year) == 0)
			tk_cold_add(&list, c->v[i].id, year, c->v[i].tree);
	if (st == TK_OK &&
	    (always || tk_cold_check(desk->store, year, &bad) != TK_OK)) {
		st = tk_cold_write(&w, desk, err);
		if (st == TK_OK)
			note_year(c, &w);
	}
	tk_cold_list_clear(&list);
	return st;
}

/* Those with something new, and those that are gone or not whole. */
static enum tk_status
write_all(struct tk_cold *c, struct tk_desk *desk,
    const struct tk_actor *actor, struct tk_err *err)
{
	struct tk_strv recorded = TK_STRV_INIT;
	enum tk_status st = tk_cold_years(&recorded, desk->store, err);
	size_t i;

	for (i = 0; st == TK_OK && i < c->n; i++)
		if (i == 0 || strcmp(c->v[i - 1].year, c->v[i].year) != 0)
			st = write_year(
			    c, desk, actor, c->v[i].year, true, err);
	for (i = 0; st == TK_OK && i < recorded.n; i++)
		if (tk_cold_year(c, recorded.v[i]) == NULL)
			st = write_year(
			    c, desk, actor, recorded.v[i], false, err);
	tk_strv_clear(&recorded);
	return st;
}

/* In parts: each holds the lock for some tenths of a second. */
static enum tk_status
take_out(struct tk_cold_removing *r, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	struct tk_cold_year *y;
	size_t i;

	for (r->from = 0; st == TK_OK && r->from < r->cold->n; r->from = r->to) {
		st = tk_store_change(
		    r->desk->store, tk_cold_take_out, r, err);
		for (i = r->from; st == TK_OK && i < r->to; i++)
			if ((y = tk_cold_year(
				 r->cold, r->cold->v[i].year)) != NULL)
				y->moved++;
	}
	return st;
}

static enum tk_status
run_once(struct tk_cold_removing *r, struct tk_err *err)
{
	struct tk_cold *c = r->cold;
	enum tk_status st;

	forget(c);
	if ((st = tk_store_refresh(r->desk->store, err)) != TK_OK ||
	    (st = tk_desk_load(r->desk, err)) != TK_OK ||
	    (st = tk_desk_actor(r->desk, &r->actor, err)) != TK_OK ||
	    (st = tk_cold_judge(r->desk, r->actor, err)) != TK_OK ||
	    (st = tk_cold_choose(c, r->desk, err)) != TK_OK || c->dry_run ||
	    (st = write_all(c, r->desk, r->actor, err)) != TK_OK)
		return st;
	return take_out(r, err);
}

static enum tk_status
lock(int *fd, struct tk_desk *desk, struct tk_err *err)
{
	char *path = tk_store_path(desk->store, "archive.lock");
	enum tk_status st = TK_OK;

	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (*fd < 0)
		st = tk_fail_errno(err, "%s", path);
	else
		st = tk_lock_wait(*fd, path, 1, err);
	free(path);
	return st;
}

enum tk_status
tk_cold_run(struct tk_cold *c, struct tk_desk *desk, struct tk_err *err)
{
	struct tk_cold_removing r = { .cold = c, .desk = desk, .path = TK_STR_INIT };
	enum tk_status st;
	int fd = -1, i;

	if (desk->archive != NULL || !desk->is_gate)
		return tk_fail(err, TK_EREFUSED,
		    _("tickets are moved into an archive at the gate, where "
		      "it lies"));
	tk_store_pass_by();
	st = lock(&fd, desk, err);
	for (i = 0; st == TK_OK && i < TRIES; i++) {
		st = run_once(&r, err);
		if (st != TK_EREFUSED || !r.moved)
			break;
		if (i + 1 < TRIES)
			st = TK_OK;
	}
	if (fd >= 0)
		close(fd);
	tk_str_clear(&r.path);
	return st;
}
