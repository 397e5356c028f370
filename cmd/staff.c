/* tk-staff - who works here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/dead.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/gate.h"
#include "notice/notice.h"
#include "people/people.h"
#include "view/people.h"

static bool all, json, quiet;
static const char *name, *language, *login;
static struct tk_strv mails, roles, queues, keys;

static const struct tk_opt opts[] = {
	{ .flag = 'A',
	    .name = "all",
	    .help = N_("list those who have left too"),
	    .set = &all },
	{ .name = "name",
	    .arg = "NAME",
	    .help = N_("the name"),
	    .value = &name },
	{ .name = "mail",
	    .arg = "ADDRESS",
	    .help = N_("an address; again for another"),
	    .values = &mails },
	{ .name = "role",
	    .arg = "ROLE",
	    .help = N_("a role of the regulation; again for another"),
	    .values = &roles },
	{ .name = "queue",
	    .arg = "QUEUE",
	    .help = N_("work in this queue only; again for another"),
	    .values = &queues },
	{ .name = "language",
	    .arg = "LL",
	    .help = N_("ru, uk, en ..."),
	    .value = &language },
	{ .name = "key",
	    .arg = "KEY",
	    .help = N_("an ssh key, as in id_ed25519.pub; again for another"),
	    .values = &keys },
	{ .name = "login",
	    .arg = "LOGIN",
	    .help = N_("the Unix login at the gate"),
	    .value = &login },
	{ .name = "json",
	    .help = N_("print JSON, one object a line"),
	    .set = &json },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

/* Those among these whom no notice reaches. */
static enum tk_status
print_dead(FILE *to, struct tk_desk *desk, const struct tk_strv *addresses,
    struct tk_err *err)
{
	struct tk_str lines = TK_STR_INIT;
	enum tk_status st = tk_dead_lines(&lines, desk, addresses, err);

	fputs(lines.data, to);
	tk_str_clear(&lines);
	return st;
}

static enum tk_status
list(struct tk_desk *desk, struct tk_err *err)
{
	struct tk_strv mail = TK_STRV_INIT;
	enum tk_status st;
	size_t i;

	tk_staff_list(stdout, &desk->staff, all, json);
	for (i = 0; i < desk->staff.n; i++)
		if (desk->staff.v[i].active)
			tk_strv_copy(&mail, &desk->staff.v[i].mail);
	st = print_dead(stderr, desk, &mail, err);
	tk_strv_clear(&mail);
	return st;
}

static enum tk_status
show(struct tk_desk *desk, const char *id, struct tk_err *err)
{
	const struct tk_person *p = tk_staff_find(&desk->staff, id);

	if (p == NULL)
		return tk_fail(err, TK_ENOENT,
		    _("nobody on the staff is called \"%s\""), id);
	tk_people_show(stdout, p->id, p->file, json);
	return json ? TK_OK : print_dead(stdout, desk, &p->mail, err);
}

static enum tk_status
change(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	struct tk_people_change c = {
		.kind = TK_PEOPLE_STAFF, .verb = argv[0], .id = argv[1]
	};
	struct tk_yaml *set = tk_yaml_map();
	enum tk_status st;

	if (name != NULL)
		tk_yaml_set_str(set, "name", name);
	if (language != NULL)
		tk_yaml_set_str(set, "language", language);
	if (login != NULL)
		tk_yaml_set_str(set, "login", login);
	if (keys.n > 0)
		tk_yaml_set_strv(set, "keys", &keys);
	if (mails.n > 0)
		tk_yaml_set_strv(set, "mail", &mails);
	if (roles.n > 0)
		tk_yaml_set_strv(set, "roles", &roles);
	if (queues.n > 0)
		tk_yaml_set_strv(set, "queues", &queues);
	st = tk_people_edit(
	    desk, &c, set, argc - 2, argv + 2, quiet ? NULL : stdout, err);
	/* Who wants to be told is told from now on. */
	if (st == TK_OK)
		tk_notice_wake(desk);
	tk_yaml_free(set);
	return st;
}

/* For ~/.ssh/authorized_keys of the gate's user. */
static enum tk_status
print_keys(struct tk_desk *desk, struct tk_err *err)
{
	struct tk_str lines = TK_STR_INIT;
	char *program = tk_strf("%s/tk-shell", tk_bindir());
	enum tk_status st;

	if (!desk->is_gate)
		st = tk_fail(err, TK_EREFUSED,
		    _("this is a clone: people come in at the gate"));
	else if ((st = tk_gate_keys(&lines, desk, program, err)) == TK_OK)
		fputs(lines.data, stdout);
	free(program);
	tk_str_clear(&lines);
	return st;
}

static enum tk_status
staff(int argc, char **argv, struct tk_err *err)
{
	const char *verb = argc > 0 ? argv[0] : "list";
	struct tk_desk *desk = NULL;
	enum tk_status st;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_desk_load(desk, err)) != TK_OK)
		goto out;
	if (strcmp(verb, "list") == 0 && argc <= 1)
		st = list(desk, err);
	else if (strcmp(verb, "show") == 0 && argc == 2)
		st = show(desk, argv[1], err);
	else if (strcmp(verb, "keys") == 0 && argc == 1)
		st = print_keys(desk, err);
	else if ((strcmp(verb, "add") == 0 || strcmp(verb, "change") == 0 ||
		     strcmp(verb, "retire") == 0) &&
	    argc >= 2)
		st = change(desk, argc, argv, err);
	else
		st = tk_fail(err, TK_EUSAGE,
		    _("list, show ID, add ID, change ID, retire ID or keys"));
out:
	tk_desk_free(desk);
	tk_strv_clear(&mails);
	tk_strv_clear(&roles);
	tk_strv_clear(&queues);
	tk_strv_clear(&keys);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-staff",
		.operands = "[list | show ID | add ID | change ID "
			    "[FIELD=VALUE...] | retire ID | keys]",
		.summary = N_("list and change those who work here"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = staff,
	};

	return tk_main(&cmd, argc, argv);
}
