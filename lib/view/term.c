/* term - the terminal: is there one, how wide, may it be coloured, pager. */
#include "view/term.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/proc.h"

#define DEFAULT_WIDTH 80
#define MIN_WIDTH 20 /* columns; less is a mistake, not a terminal */

static struct {
	bool known, is_there, has_colour;
	size_t width;
} term;

static struct {
	pid_t pid;     /* 0: none runs */
	int stdout_fd; /* the terminal, while fd 1 is the pipe */
	void (*on_pipe)(int);
	void (*on_int)(int);
} pager;

static size_t
find_width(void)
{
	const char *columns = getenv("COLUMNS");
	unsigned long n = columns != NULL ? strtoul(columns, NULL, 10) : 0;
	struct winsize size;

	if (n == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		n = size.ws_col;
	if (n == 0 || n > 10000)
		n = DEFAULT_WIDTH;
	return n < MIN_WIDTH ? MIN_WIDTH : n;
}

static void
look(void)
{
	const char *type = getenv("TERM"), *no_colour = getenv("NO_COLOR");

	if (term.known)
		return;
	term.known = true;
	term.is_there = isatty(STDOUT_FILENO) && type != NULL &&
	    type[0] != '\0' && strcmp(type, "dumb") != 0;
	term.has_colour =
	    term.is_there && (no_colour == NULL || no_colour[0] == '\0');
	term.width = term.is_there ? find_width() : 0;
}

bool
tk_term_is_there(void)
{
	look();
	return term.is_there;
}

size_t
tk_term_width(void)
{
	look();
	return term.width;
}

bool
tk_term_has_colour(void)
{
	look();
	return term.has_colour;
}

void
tk_term_paint(
    struct tk_str *out, bool colour, enum tk_style style, const char *text)
{
	static const char *const codes[] = {
		[TK_PLAIN] = "",
		[TK_BOLD] = "1",
		[TK_DIM] = "2",
		[TK_RED] = "31",
		[TK_GREEN] = "32",
		[TK_YELLOW] = "33",
		[TK_BLUE] = "34",
		[TK_CYAN] = "36",
	};

	if (!colour || style == TK_PLAIN || text[0] == '\0') {
		tk_str_add(out, text);
		return;
	}
	tk_str_addf(out, "\x1b[%sm%s\x1b[0m", codes[style], text);
}

static const char *
pager_command(void)
{
	const char *command = getenv("TK_PAGER");

	if (command == NULL)
		command = getenv("PAGER");
	if (command == NULL)
		command = "less";
	return strcmp(command, "cat") == 0 ? "" : command;
}

/* Plain words are run as they are, so that a missing program is noticed
 * before anything is lost in its pipe; all else is the shell's. */
static bool
start_pager(const char *command, int *to)
{
	const char *shell[] = { "sh", "-c", command, NULL };
	struct tk_strv words = TK_STRV_INIT;
	struct tk_err err = TK_ERR_INIT;
	struct tk_proc proc = { .argv = shell };
	bool started;

	if (strpbrk(command, "|&;<>()$`\\*?[#~=%") == NULL &&
	    tk_proc_words(&words, command, &err) == TK_OK && words.n > 0)
		proc.argv = (const char *const *)words.v;
	started = tk_proc_start(&pager.pid, to, &proc, &err) == TK_OK;
	if (!started)
		pager.pid = 0;
	tk_strv_clear(&words);
	return started;
}

void
tk_pager_start(void)
{
	static bool registered;
	const char *command = pager_command();
	int to;

	if (!tk_term_is_there() || pager.pid != 0 || command[0] == '\0')
		return;
	/* As git does: leave at once when it fits, keep colours. */
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	fflush(stdout);
	if ((pager.stdout_fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)) < 0)
		return;
	if (!start_pager(command, &to)) {
		close(pager.stdout_fd);
		return;
	}
	dup2(to, STDOUT_FILENO);
	close(to);
	/* Whoever leaves the pager early has seen enough: no error. And its
	 * Ctrl-C is for the pager. */
	pager.on_pipe = signal(SIGPIPE, SIG_IGN);
	pager.on_int = signal(SIGINT, SIG_IGN);
	if (!registered)
		atexit(tk_pager_stop);
	registered = true;
}

void
tk_pager_stop(void)
{
	struct tk_err err = TK_ERR_INIT;
	enum tk_status st;
	int code;

	if (pager.pid == 0)
		return;
	if (fflush(stdout) != 0 || ferror(stdout)) {
		__fpurge(stdout);
		clearerr(stdout);
	}
	dup2(pager.stdout_fd, STDOUT_FILENO);
	close(pager.stdout_fd);
	st = tk_proc_wait(&code, pager.pid, &err);
	(void)st; /* gone already, or not: it is over */
	pager.pid = 0;
	signal(SIGPIPE, pager.on_pipe);
	signal(SIGINT, pager.on_int);
}
