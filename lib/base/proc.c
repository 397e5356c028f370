/* proc - run another program, without a shell. */
#define _GNU_SOURCE /* memfd_create, pipe2, ..._addchdir_np */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"

/* Nanoseconds between two looks at a child that has said all. */
#define PAUSE_FIRST 20000
#define PAUSE_MOST 5000000

extern char **environ;

struct pipes {
	int in[2], out[2], errors[2];
};

static void
shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
shut_all(struct pipes *p)
{
	int i;

	for (i = 0; i < 2; i++) {
		shut(&p->in[i]);
		shut(&p->out[i]);
		shut(&p->errors[i]);
	}
}

/* A borrowed list of the environment without git's own variables. */
static char **
child_env(bool keep_git)
{
	size_t n = 0, k = 0;
	char **env;

	while (environ[n] != NULL)
		n++;
	env = tk_calloc(n + 1, sizeof(*env));
	for (n = 0; environ[n] != NULL; n++)
		if (keep_git || !tk_starts(environ[n], "GIT_") ||
		    tk_starts(environ[n], "GIT_CONFIG_GLOBAL=") ||
		    tk_starts(environ[n], "GIT_SSH"))
			env[k++] = environ[n];
	return env;
}

static void
drain(int *fd, struct tk_str *to)
{
	char buf[16384];
	ssize_t n = read(*fd, buf, sizeof(buf));

	if (n > 0)
		tk_str_add_data(to, buf, (size_t)n);
	else if (n == 0 || errno != EINTR)
		shut(fd);
}

/* Milliseconds for poll() until then; -1: no limit. */
static int
left_until(int64_t end, const struct tk_proc *proc)
{
	int64_t left = end - tk_ticks();

	if (proc->timeout == 0)
		return -1;
	return left > 0 ? (int)left : 0;
}

static void
talk(struct pipes *p, const struct tk_proc *proc, pid_t pid)
{
	int64_t end = tk_ticks() + proc->timeout * 1000LL;
	int left;

	while (p->out[0] >= 0 || p->errors[0] >= 0) {
		struct pollfd f[2] = { { p->out[0], POLLIN, 0 },
			{ p->errors[0], POLLIN, 0 } };

		left = left_until(end, proc);
		if (left == 0)
			kill(pid, SIGKILL);
		if (poll(f, 2, left != 0 ? left : 1000) < 0 && errno != EINTR)
			break;
		if (left == 0)
			break;
		if (f[0].revents != 0)
			drain(&p->out[0], proc->out);
		if (f[1].revents != 0)
			drain(&p->errors[0], proc->errors);
	}
}

/* It may have closed its output and go on: the limit holds all the same. Most
 * often it is just about to end: so the first waits are short ones. */
static void
wait_or_kill(pid_t pid, int64_t end)
{
	struct timespec pause = { 0, PAUSE_FIRST };
	siginfo_t info;

	do {
		memset(&info, 0, sizeof(info));
		if (waitid(P_PID, (id_t)pid, &info,
			WEXITED | WNOHANG | WNOWAIT) < 0 ||
		    info.si_pid != 0)
			return;
		nanosleep(&pause, NULL);
		if (pause.tv_nsec < PAUSE_MOST)
			pause.tv_nsec *= 2;
	} while (tk_ticks() < end);
	kill(pid, SIGKILL);
}

/* All of it at once, as a file: were it a pipe, and we killed, the child would
 * take the half that it has got for the whole, and send half a letter. */
static int
open_input(struct pipes *p, const struct tk_proc *proc)
{
	const char *data = proc->in;
	size_t done = 0;
	ssize_t n;

	if ((p->in[0] = memfd_create("tk", MFD_CLOEXEC)) < 0)
		return -1;
	while (done < proc->in_len) {
		n = write(p->in[0], data + done, proc->in_len - done);
		if (n < 0 && errno != EINTR)
			return -1;
		done += n > 0 ? (size_t)n : 0;
	}
	return lseek(p->in[0], 0, SEEK_SET) < 0 ? -1 : 0;
}

static int
open_pipes(struct pipes *p, const struct tk_proc *proc)
{
	if (proc->in != NULL && open_input(p, proc) < 0)
		return -1;
	if (proc->out != NULL && pipe2(p->out, O_CLOEXEC) < 0)
		return -1;
	if (proc->errors != NULL && pipe2(p->errors, O_CLOEXEC) < 0)
		return -1;
	return 0;
}

static int
start(pid_t *pid, const struct pipes *p, const struct tk_proc *proc)
{
	posix_spawn_file_actions_t act;
	posix_spawnattr_t attr;
	sigset_t def;
	char **env = child_env(proc->keep_git_env);
	int rc;

	posix_spawn_file_actions_init(&act);
	posix_spawnattr_init(&attr);
	/* tk ignores SIGPIPE; the child must not inherit that. */
	sigemptyset(&def);
	sigaddset(&def, SIGPIPE);
	posix_spawnattr_setsigdefault(&attr, &def);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
	if (p->in[0] >= 0)
		posix_spawn_file_actions_adddup2(&act, p->in[0], 0);
	if (p->out[1] >= 0)
		posix_spawn_file_actions_adddup2(&act, p->out[1], 1);
	if (p->errors[1] >= 0)
		posix_spawn_file_actions_adddup2(&act, p->errors[1], 2);
	if (proc->dir != NULL)
		posix_spawn_file_actions_addchdir_np(&act, proc->dir);
	rc = posix_spawnp(
	    pid, proc->argv[0], &act, &attr, (char *const *)proc->argv, env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&act);
	free(env);
	return rc;
}

enum tk_status
tk_proc_wait(int *code, pid_t pid, struct tk_err *err)
{
	int wstatus = 0;
	pid_t got;

	do
		got = waitpid(pid, &wstatus, 0);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return tk_fail_errno(err, _("wait for process %d"), (int)pid);
	*code = WIFSIGNALED(wstatus) ? 128 + WTERMSIG(wstatus)
				     : WEXITSTATUS(wstatus);
	return TK_OK;
}

enum tk_status
tk_proc_start(
    pid_t *pid, int *to, const struct tk_proc *proc, struct tk_err *err)
{
	struct pipes p = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
	int rc = pipe2(p.in, O_CLOEXEC) < 0 ? errno : start(pid, &p, proc);

	if (rc == 0) {
		*to = p.in[1];
		p.in[1] = -1;
	}
	shut_all(&p);
	if (rc == 0)
		return TK_OK;
	errno = rc;
	return tk_fail_errno(err, _("run %s"), proc->argv[0]);
}

enum tk_status
tk_proc_run(int *code, const struct tk_proc *proc, struct tk_err *err)
{
	struct pipes p = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
	enum tk_status st = TK_OK;
	pid_t pid = -1;
	int rc = 0;
	int64_t end = tk_ticks() + proc->timeout * 1000LL;

	if (open_pipes(&p, proc) < 0)
		st = tk_fail_errno(err, _("run %s"), proc->argv[0]);
	else if ((rc = start(&pid, &p, proc)) != 0) {
		errno = rc;
		st = tk_fail_errno(err, _("run %s"), proc->argv[0]);
	} else {
		shut(&p.in[0]);
		shut(&p.out[1]);
		shut(&p.errors[1]);
		talk(&p, proc, pid);
		if (proc->timeout > 0)
			wait_or_kill(pid, end);
		if ((st = tk_proc_wait(code, pid, err)) != TK_OK)
			st = tk_wrap(err, st, _("run %s"), proc->argv[0]);
	}
	shut_all(&p);
	return st;
}

enum tk_status
tk_proc_words(struct tk_strv *words, const char *line, struct tk_err *err)
{
	struct tk_str w = TK_STR_INIT;
	bool in_word = false;
	char quote = '\0';
	const char *p;

	for (p = line; *p != '\0'; p++) {
		if (quote == '\'' ? *p != '\'' : quote == '"' && *p != '"') {
			if (quote == '"' && *p == '\\' &&
			    (p[1] == '"' || p[1] == '\\'))
				p++;
			tk_str_add_char(&w, *p);
		} else if (quote != '\0') {
			quote = '\0';
		} else if (*p == '\'' || *p == '"') {
			quote = *p;
			in_word = true;
		} else if (*p == ' ' || *p == '\t' || *p == '\n') {
			if (in_word)
				tk_strv_add(words, w.data);
			tk_str_reset(&w);
			in_word = false;
		} else {
			if (*p == '\\' && p[1] != '\0')
				p++;
			tk_str_add_char(&w, *p);
			in_word = true;
		}
	}
	if (in_word && quote == '\0')
		tk_strv_add(words, w.data);
	tk_str_clear(&w);
	if (quote != '\0')
		return tk_fail(err, TK_EINPUT, _("open quote in: %s"), line);
	return TK_OK;
}

bool
tk_proc_apart(void (*fn)(void *arg), void *arg)
{
	int null, i;
	pid_t pid = fork();

	if (pid != 0)
		return pid > 0;
	null = open("/dev/null", O_RDWR);
	for (i = 0; i < 3; i++)
		if (null < 0 || dup2(null, i) < 0)
			_exit(1);
	fn(arg);
	_exit(0);
}
