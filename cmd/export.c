/* tk-export - hand tickets over: an archive, or a mailbox. */
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/main.h"
#include "report/export.h"

static const char *client, *output, *format;
static bool force, mbox, notes;

static const struct tk_opt opts[] = {
	{ .name = "client",
	    .arg = "CLIENT",
	    .help = N_("all tickets of this client, and his own files"),
	    .value = &client },
	{ .name = "force",
	    .help = N_("replace the file that is there"),
	    .set = &force },
	{ .name = "format",
	    .arg = "KIND",
	    .help = N_("tar.zst, tar.gz or zip; else by the name's ending"),
	    .value = &format },
	{ .name = "mbox",
	    .help = N_("the letters alone, for a mail program"),
	    .set = &mbox },
	{ .name = "notes",
	    .help = N_("internal notes and the history too"),
	    .set = &notes },
	{ .flag = 'o',
	    .name = "output",
	    .arg = "FILE",
	    .help = N_("write FILE; - is standard output"),
	    .value = &output },
	{ 0 },
};

static enum tk_status
find_kind(enum tk_archive_kind *kind, struct tk_err *err)
{
	struct tk_str ending = TK_STR_INIT;
	bool known;

	if (output == NULL)
		return tk_fail(err, TK_EUSAGE,
		    _("where to? -o FILE, or - for standard output"));
	if (mbox && notes)
		return tk_fail(err, TK_EUSAGE,
		    _("--notes: there are none in a mailbox"));
	if (mbox)
		return TK_OK;
	tk_str_addf(&ending, ".%s", format != NULL ? format : output);
	known = tk_archive_kind_of(kind, ending.data);
	tk_str_clear(&ending);
	if (!known)
		return tk_fail(err, TK_EUSAGE,
		    _("as what? name it .tar.zst, .tar.gz or .zip, or say "
		      "--format"));
	if (strcmp(output, "-") == 0 && isatty(STDOUT_FILENO))
		return tk_fail(
		    err, TK_EUSAGE, _("an archive is not for a terminal"));
	return TK_OK;
}

static enum tk_status
export_all(int argc, char **argv, struct tk_err *err)
{
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_export e = { .ids = &ids, .over = force, .notes = notes };
	enum tk_archive_kind kind = TK_ARCHIVE_TAR_ZST;
	enum tk_status st;
	size_t n = 0;

	if ((st = find_kind(&kind, err)) != TK_OK)
		return st;
	e.client = client;
	e.path = output;
	if ((st = tk_desk_open(&e.desk, tk_main_desk(), err)) == TK_OK &&
	    (st = tk_export_ids(&ids, e.desk, client, argc, argv, err)) ==
		TK_OK)
		st = mbox ? tk_export_mbox(&e, &n, err)
			  : tk_export_archive(&e, kind, &n, err);
	if (st == TK_OK && !mbox && !notes)
		tk_warn(_("left out: internal notes (%zu) and the history; "
			  "--notes takes them along"),
		    n);
	tk_strv_clear(&ids);
	tk_desk_free(e.desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-export",
		.operands = "[ID...|QUERY...]",
		.summary = N_("hand tickets over as an archive or a mailbox"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = export_all,
	};

	return tk_main(&cmd, argc, argv);
}
