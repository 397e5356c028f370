/* tk-client - whom we work for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/dead.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/overview.h"
#include "model/people-find.h"
#include "people/people.h"
#include "view/people.h"

#define SHOWN 20 /* open tickets of a client */

static bool all, json, quiet;
static const char *name, *language, *sla, *comment;
static struct tk_strv domains, contacts, gone;

static const struct tk_opt opts[] = {
	{ .flag = 'A',
	    .name = "all",
	    .help = N_("list former clients too"),
	    .set = &all },
	{ .name = "name",
	    .arg = "NAME",
	    .help = N_("the name"),
	    .value = &name },
	{ .name = "domain",
	    .arg = "DOMAIN",
	    .help = N_("whose letters are theirs; again for another"),
	    .values = &domains },
	{ .name = "contact",
	    .arg = "CONTACT",
	    .help = N_("'Name <address>, phone', added or put right"),
	    .values = &contacts },
	{ .name = "no-contact",
	    .arg = "ADDRESS",
	    .help = N_("take the contact with this address out"),
	    .values = &gone },
	{ .name = "language",
	    .arg = "LL",
	    .help = N_("ru, uk, en ..."),
	    .value = &language },
	{ .name = "sla",
	    .arg = "CLASS",
	    .help = N_("class of the contract"),
	    .value = &sla },
	{ .flag = 'm',
	    .name = "message",
	    .arg = "TEXT",
	    .help = N_("why we part (retire)"),
	    .value = &comment },
	{ .name = "json",
	    .help = N_("print JSON, one object a line"),
	    .set = &json },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static enum tk_status
show(struct tk_desk *desk, const char *id, struct tk_err *err)
{
	const struct tk_client *c = tk_clients_find(&desk->clients, id);
	struct tk_rows rows = { NULL, 0, 0 };
	struct tk_str dead = TK_STR_INIT;
	struct tk_strv mail = TK_STRV_INIT;
	enum tk_status st;
	char *query;
	size_t i;

	if (c == NULL)
		return tk_fail(
		    err, TK_ENOENT, _("no client is called \"%s\""), id);
	tk_client_show(stdout, c->id, c->file, json);
	if (json)
		return TK_OK;
	for (i = 0; i < c->n_contacts; i++)
		tk_strv_copy(&mail, &c->contact[i].mail);
	st = tk_dead_lines(&dead, desk, &mail, err);
	fputs(dead.data, stdout);
	tk_str_clear(&dead);
	tk_strv_clear(&mail);
	if (st != TK_OK)
		return st;
	query = tk_strf("client:%s is:open", id);
	st = tk_overview_find(desk, &rows, query, SHOWN + 1, err);
	if (st == TK_OK && rows.n > 0)
		putchar('\n');
	if (st == TK_OK)
		tk_overview_print(
		    stdout, _("Open tickets"), &rows, SHOWN, query);
	tk_rows_clear(&rows);
	free(query);
	return st;
}

static enum tk_status
find(struct tk_desk *desk, const char *text, struct tk_err *err)
{
	struct tk_client_hits hits;
	enum tk_status st = TK_OK;

	tk_clients_search(&hits, &desk->clients, text);
	tk_clients_found(stdout, &hits, json);
	if (hits.n == 0)
		st = tk_fail(err, TK_ENOENT, _("no client with \"%s\""), text);
	free(hits.v);
	return st;
}

static enum tk_status
change(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	struct tk_people_change c = { .kind = TK_PEOPLE_CLIENT,
		.verb = argv[0],
		.id = argv[1],
		.contacts = &contacts,
		.gone = &gone,
		.comment = comment };
	struct tk_yaml *set = tk_yaml_map();
	enum tk_status st;

	if (name != NULL)
		tk_yaml_set_str(set, "name", name);
	if (language != NULL)
		tk_yaml_set_str(set, "language", language);
	if (sla != NULL)
		tk_yaml_set_str(set, "contract.sla", sla);
	if (domains.n > 0)
		tk_yaml_set_strv(set, "domains", &domains);
	st = tk_people_edit(
	    desk, &c, set, argc - 2, argv + 2, quiet ? NULL : stdout, err);
	tk_yaml_free(set);
	return st;
}

/* Each for itself: what is refused for one stops no other. */
static enum tk_status
retire(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	struct tk_err one = TK_ERR_INIT;
	char *words[] = { argv[0], NULL, NULL };
	enum tk_status st, worst = TK_OK;
	int i;

	if (argc == 2)
		return change(desk, argc, argv, err);
	err->text[0] = '\0';
	for (i = 1; i < argc; i++) {
		words[1] = argv[i];
		if ((st = change(desk, 2, words, &one)) == TK_OK)
			continue;
		tk_err_add_line(err, "%s: %s", argv[i], one.text);
		worst = worst == TK_OK || st == TK_EDENIED ? st : worst;
	}
	return err->status = worst;
}

static enum tk_status
client(int argc, char **argv, struct tk_err *err)
{
	const char *verb = argc > 0 ? argv[0] : "list";
	struct tk_desk *desk = NULL;
	enum tk_status st;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_desk_load_clients(desk, err)) != TK_OK)
		goto out;
	if (strcmp(verb, "list") == 0 && argc <= 1)
		tk_clients_list(stdout, &desk->clients, all, json);
	else if (strcmp(verb, "show") == 0 && argc == 2)
		st = show(desk, argv[1], err);
	else if (strcmp(verb, "find") == 0 && argc == 2)
		st = find(desk, argv[1], err);
	else if (strcmp(verb, "retire") == 0 && argc >= 2)
		st = retire(desk, argc, argv, err);
	else if ((strcmp(verb, "add") == 0 || strcmp(verb, "change") == 0) &&
	    argc >= 2)
		st = change(desk, argc, argv, err);
	else if (argc == 1 && tk_clients_find(&desk->clients, verb) != NULL)
		st = tk_fail(
		    err, TK_EUSAGE, _("to see it: tk client show %s"), verb);
	else
		st = tk_fail(err, TK_EUSAGE,
		    _("list, show ID, find TEXT, add ID, change ID or "
		      "retire ID..."));
out:
	tk_desk_free(desk);
	tk_strv_clear(&domains);
	tk_strv_clear(&contacts);
	tk_strv_clear(&gone);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-client",
		.operands = "[list | show ID | find TEXT | add ID | change ID "
			    "[FIELD=VALUE...] | retire ID...]",
		.summary = N_("list, find and change clients"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = client,
	};

	return tk_main(&cmd, argc, argv);
}
