/* test-term - view/term.h, on a terminal of its own where one is needed. */
#include "view/term.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

static struct tk_str out = TK_STR_INIT;

static const char *
painted(bool colour, enum tk_style style, const char *text)
{
	tk_str_reset(&out);
	tk_term_paint(&out, colour, style, text);
	return out.data;
}

/* What fn prints to a terminal, without CR; NULL: no terminal here. */
static const char *
on_terminal(void (*fn)(void))
{
	int master = posix_openpt(O_RDWR | O_NOCTTY), slave, status;
	char buf[512];
	ssize_t n, i;
	pid_t pid;

	tk_str_reset(&out);
	if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0 ||
	    (slave = open(ptsname(master), O_RDWR | O_NOCTTY)) < 0)
		return NULL;
	fflush(stdout);
	if ((pid = fork()) == 0) {
		dup2(slave, STDOUT_FILENO);
		close(slave);
		close(master);
		fn();
		exit(fflush(stdout) != 0 || ferror(stdout));
	}
	close(slave);
	while ((n = read(master, buf, sizeof(buf))) > 0)
		for (i = 0; i < n; i++)
			if (buf[i] != '\r')
				tk_str_add_char(&out, buf[i]);
	waitpid(pid, &status, 0);
	close(master);
	if (status != 0)
		tk_str_addf(&out, "status %d", status);
	return out.data;
}

static void
facts(void)
{
	printf("%d %zu %d\n", tk_term_is_there(), tk_term_width(),
	    tk_term_has_colour());
}

static void
page(void)
{
	printf("before\n");
	tk_pager_start();
	printf("paged %d %s\n", tk_term_has_colour(), getenv("LESS"));
	tk_pager_stop();
	printf("after\n");
}

static void
page_long(void)
{
	int i;

	tk_pager_start();
	for (i = 0; i < 100000; i++)
		printf("line %d\n", i);
	tk_pager_stop();
	printf("after\n");
}

static void
page_left_open(void)
{
	tk_pager_start();
	printf("paged\n");
	fflush(stdout);
}

static void
test_terminal(void)
{
	setenv("TERM", "xterm", 1);
	setenv("COLUMNS", "100", 1);
	unsetenv("NO_COLOR");
	unsetenv("LESS");
	unsetenv("TK_PAGER");
	is(on_terminal(facts), "1 100 1\n", "a terminal");
	setenv("NO_COLOR", "1", 1);
	setenv("COLUMNS", "many", 1);
	is(on_terminal(facts), "1 80 0\n", "without colour, 80 by default");
	setenv("TERM", "dumb", 1);
	is(on_terminal(facts), "0 0 0\n", "a dumb one is none");
	setenv("PAGER", "sed 's/^/> /'", 1);
	is(on_terminal(page), "before\npaged 0 (null)\nafter\n",
	    "and gets no pager");
	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	is(on_terminal(page), "before\n> paged 1 FRX\nafter\n", "PAGER");
	setenv("TK_PAGER", "sed 's/^/# /' | cat", 1);
	is(on_terminal(page), "before\n# paged 1 FRX\nafter\n",
	    "TK_PAGER comes first, a pipe is the shell's");
	setenv("TK_PAGER", "cat", 1);
	is(on_terminal(page), "before\npaged 1 (null)\nafter\n", "cat is none");
	setenv("TK_PAGER", "", 1);
	is(on_terminal(page_left_open), "paged\n", "empty is none");
	setenv("TK_PAGER", "/nowhere/less -x", 1);
	is(on_terminal(page_left_open), "paged\n", "a missing one is none");
	setenv("TK_PAGER", "sed 's/^/> /'", 1);
	is(on_terminal(page_left_open), "> paged\n", "stopped at the end");
	setenv("TK_PAGER", "sed 1q", 1);
	is(on_terminal(page_long), "line 0\nafter\n", "left early is no error");
}

int
main(void)
{
	int fd = open("/dev/null", O_WRONLY), saved = dup(STDOUT_FILENO);
	bool none;

	is(painted(true, TK_RED, "x"), "\x1b[31mx\x1b[0m", "colour");
	is(painted(false, TK_RED, "x"), "x", "no colour");
	is(painted(true, TK_PLAIN, "x"), "x", "a plain style");
	is(painted(true, TK_BOLD, ""), "", "nothing");
	if (on_terminal(facts) != NULL)
		test_terminal();
	setenv("TERM", "xterm", 1);
	fflush(stdout);
	dup2(fd, STDOUT_FILENO);
	none = !tk_term_is_there() && tk_term_width() == 0 &&
	    !tk_term_has_colour();
	dup2(saved, STDOUT_FILENO);
	ok(none, "a file is no terminal");
	close(fd);
	close(saved);
	tk_str_clear(&out);
	done_testing();
	return tap_done();
}
