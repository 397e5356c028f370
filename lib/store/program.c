/* program - the git program, for what libgit2 has not. */
#include "store/program.h"

#include "base/disk.h"
#include "base/i18n.h"
#include "base/proc.h"

/* git does not always say why it could not write; the disk does. */
static enum tk_status
failed(const struct tk_git_program *git, const struct tk_str *errors,
    struct tk_err *err)
{
	enum tk_status st = tk_fail(err, TK_ESYS, "git: %s",
	    errors->len > 0 ? errors->data : _("it failed"));
	const char *on = git->disk != NULL ? git->disk : git->gitdir;
	struct tk_err disk = TK_ERR_INIT;

	if (on != NULL && tk_disk_try(on, &disk) != TK_OK)
		tk_err_add_line(err, "%s", disk.text);
	return st;
}

enum tk_status
tk_git_program(const struct tk_git_program *git, struct tk_err *err)
{
	struct tk_strv argv = TK_STRV_INIT;
	struct tk_str errors = TK_STR_INIT, ignored = TK_STR_INIT;
	struct tk_proc proc = { .in = "",
		.out = git->out != NULL ? git->out : &ignored,
		.errors = &errors };
	enum tk_status st;
	size_t i;
	int code;

	tk_strv_add(&argv, "git");
	if (git->gitdir != NULL)
		tk_strv_add_own(&argv, tk_strf("--git-dir=%s", git->gitdir));
	for (i = 0; git->args[i] != NULL; i++)
		tk_strv_add(&argv, git->args[i]);
	if (git->more != NULL)
		tk_strv_copy(&argv, git->more);
	if (git->in != NULL) {
		proc.in = git->in->data;
		proc.in_len = git->in->len;
	}
	proc.argv = (const char *const *)argv.v;
	st = tk_proc_run(&code, &proc, err);
	tk_str_trim(&errors);
	if (st == TK_OK && code != 0)
		st = failed(git, &errors, err);
	tk_str_clear(&ignored);
	tk_str_clear(&errors);
	tk_strv_clear(&argv);
	return st;
}
