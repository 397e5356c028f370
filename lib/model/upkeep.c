/* upkeep - what the desk does by itself. */
#include "model/upkeep.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"

static enum tk_status
read_span(int64_t *out, unsigned *line, const struct tk_yaml *y,
    const char *key, const char *path, struct tk_err *err)
{
	const char *text = tk_yaml_str(y, key);

	if (text == NULL)
		return TK_OK;
	*line = tk_yaml_line(y, key);
	if (tk_span_parse(out, text))
		return TK_OK;
	return tk_fail(err, TK_EINPUT, _("%s:%u: \"%s\" must be like %s"), path,
	    *line, key, "3d");
}

static char *
word(const struct tk_yaml *y, const char *key, const char *def)
{
	const char *text = tk_yaml_str(y, key);

	return tk_strdup(text != NULL ? text : def);
}

static void
read_states(struct tk_strv *out, const struct tk_yaml *y, const char *def)
{
	tk_yaml_strv(y, "states", out);
	if (out->n == 0)
		tk_strv_add(out, def);
}

static enum tk_status
read_progress(struct tk_upkeep *u, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *text = tk_yaml_str(y, "at");
	char *end;
	long n;

	if (text == NULL)
		return TK_OK;
	u->progress_line = tk_yaml_line(y, "at");
	n = strtol(text, &end, 10);
	if (n < 1 || n > 100 || strcmp(end, "%") != 0)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"%s\" must be like %s"), path, u->progress_line,
		    "at", "80%");
	u->progress = (int)n;
	return TK_OK;
}

enum tk_status
tk_upkeep_read(struct tk_upkeep *u, const char *path, const struct tk_yaml *y,
    struct tk_err *err)
{
	const struct tk_yaml *waiting = tk_yaml_get(y, "waiting");
	const struct tk_yaml *close = tk_yaml_get(y, "close");
	const struct tk_yaml *promise = tk_yaml_get(y, "promise");
	const struct tk_yaml *progress = tk_yaml_get(y, "progress");
	enum tk_status st;

	read_states(&u->waiting.states, waiting, "waiting");
	read_states(&u->solved.states, close, "solved");
	u->waiting.remind_template = word(waiting, "remind_template", "remind");
	u->waiting.close_template =
	    word(waiting, "close_template", "close-silence");
	u->solved.close_template = word(close, "template", "close-silence");
	u->progress_template = word(progress, "template", "progress");
	tk_yaml_strv(promise, "return", &u->promise_to);
	u->promise_line = tk_yaml_line(promise, "return");
	if ((st = read_span(&u->waiting.remind, &u->waiting.remind_line,
		 waiting, "remind", path, err)) != TK_OK ||
	    (st = read_span(&u->waiting.close, &u->waiting.close_line, waiting,
		 "close", path, err)) != TK_OK ||
	    (st = read_span(&u->solved.close, &u->solved.close_line, close,
		 "silence", path, err)) != TK_OK)
		return st;
	return read_progress(u, progress, path, err);
}

static void
clear(struct tk_silence *s)
{
	tk_strv_clear(&s->states);
	free(s->remind_template);
	free(s->close_template);
}

void
tk_upkeep_clear(struct tk_upkeep *u)
{
	clear(&u->waiting);
	clear(&u->solved);
	tk_strv_clear(&u->promise_to);
	free(u->progress_template);
	memset(u, 0, sizeof(*u));
}
