/* ref-move - a branch moved as git moves it, durable in few waits. */
#include "store/ref-move.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

/* Opened; where its folder is missing that is made, too: git takes empty ones
 * away. */
static int
open_below(const char *path, int flags)
{
	struct tk_err ignored = TK_ERR_INIT;
	int fd = open(path, flags | O_CLOEXEC, 0666);
	char *dir;

	if (fd >= 0 || errno != ENOENT || (flags & O_CREAT) == 0)
		return fd;
	dir = tk_strndup(path, (size_t)(strrchr(path, '/') - path));
	if (tk_mkdirs(dir, 0777, &ignored) == TK_OK)
		fd = open(path, flags | O_CLOEXEC, 0666);
	free(dir);
	return fd;
}

/* The path is taken. */
static int
add(struct tk_ref_move *m, char *path, int fd, off_t before)
{
	m->path[m->n] = path;
	m->file[m->n] = (struct tk_sync){ fd, path };
	m->before[m->n++] = before;
	return fd;
}

static enum tk_status
take_lock(struct tk_ref_move *m, struct tk_err *err)
{
	char *path = tk_strf("%s.lock", m->ref);
	int fd = open_below(path, O_WRONLY | O_CREAT | O_EXCL);
	enum tk_status st = TK_OK;

	if (fd >= 0) {
		(void)add(m, path, fd, -1);
		return TK_OK;
	}
	if (errno == EEXIST)
		st = tk_fail(err, TK_EBUSY,
		    _("%s: git is moving the branch; try again"), path);
	else
		st = tk_fail_errno(err, "%s", path);
	free(path);
	return st;
}

/* Is it still where the snapshot is? */
static enum tk_status
compare(const struct tk_store *s, struct tk_err *err)
{
	git_oid now;
	int rc = git_reference_name_to_id(&now, s->repo, s->branch);

	if (rc == GIT_ENOTFOUND && !s->has_tip)
		return TK_OK;
	if (rc == GIT_ENOTFOUND ||
	    (rc == 0 && (!s->has_tip || !git_oid_equal(&now, &s->tip))))
		rc = GIT_EMODIFIED;
	return rc == 0 ? TK_OK : tk_fail_git(err, rc, _("move %s"), s->branch);
}

/* As git log -g shows it. */
static void
line_of(struct tk_str *out, const struct tk_ref_move *m)
{
	const struct tk_store *s = m->store;
	char from[41] = "0000000000000000000000000000000000000000", hex[41];
	git_signature *who = NULL;
	int zone;

	if (s->has_tip)
		git_oid_tostr(from, sizeof(from), &s->tip);
	git_oid_tostr(hex, sizeof(hex), &m->to);
	if (git_signature_default(&who, s->repo) < 0 &&
	    git_signature_now(&who, "unknown", "unknown") < 0)
		return;
	zone = who->when.offset;
	tk_str_addf(out, "%s %s %s <%s> %lld %c%02d%02d\ttk\n", from, hex,
	    who->name, who->email, (long long)who->when.time,
	    zone < 0 ? '-' : '+', abs(zone) / 60, abs(zone) % 60);
	git_signature_free(who);
}

/* Does git keep a log of branches here? One that is there is kept anyway. */
static bool
is_logged(struct tk_store *s)
{
	char *text = tk_store_config(s, "core.logallrefupdates");
	int on = !git_repository_is_bare(s->repo);

	if (text != NULL && tk_strcaseeq(text, "always"))
		on = true;
	else if (text != NULL)
		(void)git_config_parse_bool(&on, text);
	free(text);
	return on;
}

static enum tk_status
add_to_log(struct tk_ref_move *m, const char *dir, const char *name,
    const struct tk_str *line, struct tk_err *err)
{
	char *path = tk_strf("%slogs/%s", dir, name);
	int flags = O_WRONLY | O_APPEND;
	struct stat sb;
	int fd = open_below(path, flags);
	bool is_new = fd < 0 && errno == ENOENT;

	if (is_new && !is_logged(m->store)) {
		free(path);
		return TK_OK;
	}
	if (is_new)
		fd = open_below(path, flags | O_CREAT);
	if (fd < 0 || fstat(fd, &sb) < 0) {
		(void)tk_fail_errno(err, "%s", path);
		if (fd >= 0)
			close(fd);
		free(path);
		return TK_ESYS;
	}
	(void)add(m, path, fd, is_new ? -1 : sb.st_size);
	return tk_fd_write(fd, line->data, line->len, path, err);
}

enum tk_status
tk_ref_move_begin(struct tk_ref_move *m, struct tk_store *s,
    const git_oid *to, struct tk_err *err)
{
	enum tk_status st;
	char hex[42];

	memset(m, 0, sizeof(*m));
	m->store = s;
	m->to = *to;
	m->ref = tk_strf("%s%s", git_repository_commondir(s->repo), s->branch);
	git_oid_tostr(hex, sizeof(hex), to);
	hex[40] = '\n';
	if ((st = take_lock(m, err)) == TK_OK &&
	    (st = compare(s, err)) == TK_OK)
		st = tk_fd_write(m->file[0].fd, hex, 41, m->path[0], err);
	return st == TK_OK || st == TK_EBUSY ? st : (err->status = TK_ESYS);
}

/* Not before the objects are there: git fsck would miss them. */
static enum tk_status
tell_logs(struct tk_ref_move *m, struct tk_err *err)
{
	git_repository *repo = m->store->repo;
	struct tk_str line = TK_STR_INIT;
	enum tk_status st;

	line_of(&line, m);
	st = add_to_log(m, git_repository_commondir(repo), m->store->branch,
	    &line, err);
	if (st == TK_OK)
		st = add_to_log(
		    m, git_repository_path(repo), "HEAD", &line, err);
	tk_str_clear(&line);
	return st;
}

enum tk_status
tk_ref_move_end(struct tk_ref_move *m, struct tk_err *err)
{
	if (tell_logs(m, err) != TK_OK)
		return err->status = TK_ESYS;
	if (rename(m->path[0], m->ref) < 0)
		return tk_fail_errno(err, _("move %s"), m->store->branch);
	m->moved = true;
	return TK_OK;
}

/* What cannot be synced is not worse off than it was, and done all the same. */
void
tk_ref_move_settle(struct tk_ref_move *m)
{
	struct tk_sync v[2 * TK_REF_FILES] = { { -1, NULL } };
	struct tk_err ignored = TK_ERR_INIT;
	size_t i, n = 0, files;
	char *dir;

	if (!m->moved)
		return;
	for (i = 1; i < m->n; i++)
		v[n++] = m->file[i];
	files = n;
	for (i = 0; i < m->n; i++) {
		if (m->before[i] >= 0)
			continue; /* it has had its name before */
		dir = tk_strndup(m->path[i],
		    (size_t)(strrchr(m->path[i], '/') - m->path[i]));
		v[n] = (struct tk_sync){
			open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), m->ref
		};
		n += v[n].fd >= 0;
		free(dir);
	}
	if (tk_sync_files(v, n, &ignored) != TK_OK)
		ignored.status = TK_OK;
	while (n > files)
		close(v[--n].fd);
}

void
tk_ref_move_clear(struct tk_ref_move *m)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		/* A log tells of moves that were made. */
		if (!m->moved && i > 0 &&
		    ftruncate(m->file[i].fd,
			m->before[i] < 0 ? 0 : m->before[i]) < 0)
			errno = 0;
		close(m->file[i].fd);
	}
	if (!m->moved && m->n > 0)
		unlink(m->path[0]);
	for (i = 0; i < m->n; i++)
		free(m->path[i]);
	free(m->ref);
	memset(m, 0, sizeof(*m));
}
