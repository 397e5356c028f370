/* law - findings, and reading what is judged. */
#include "check/law.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

static void
add_line(struct tk_law *l, const char *file, const char *where,
    const char *rule, const char *remedy, const char *text)
{
	char commit[32];

	l->found++;
	if (l->listen != NULL) {
		l->listen(l,
		    &(struct tk_remark){ .file = file,
			.where = where,
			.rule = rule,
			.text = text,
			.remedy = remedy });
		return;
	}
	snprintf(commit, sizeof(commit), _("commit %.10s"), l->commit->id);
	tk_err_add_line(&l->findings, "%s: %s%s%s[%s] %s%s%s",
	    l->commit->staged ? _("to be committed") : commit,
	    file != NULL ? file : "", where, file != NULL ? ": " : "", rule,
	    text, remedy != NULL ? "; " : "", remedy != NULL ? remedy : "");
}

void
tk_law_find(struct tk_law *l, const char *file, const char *rule,
    const char *remedy, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	add_line(l, file, "", rule, remedy, text);
}

void
tk_law_info(
    struct tk_law *l, const char *file, const char *rule, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	if (l->listen == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	l->listen(l,
	    &(struct tk_remark){ .file = file,
		.where = "",
		.rule = rule,
		.text = text,
		.info = true });
}

void
tk_law_find_err(struct tk_law *l, const char *file, const char *rule,
    const struct tk_err *err)
{
	size_t n = strlen(file), k = 0;
	const char *text = err->text;
	char where[32] = "";

	if (strncmp(text, file, n) == 0 && text[n] == ':') {
		k = 1 + strspn(text + n + 1, "0123456789");
		if (text[n + k] == ':' && k < sizeof(where)) {
			memcpy(where, text + n, k);
			where[k] = '\0';
			text += n + k + 1;
		} else {
			text += n + 1;
		}
		text += strspn(text, " ");
	}
	add_line(l, file, where, rule, NULL, text);
}

void
tk_law_find_all(struct tk_law *l, const char *file, const struct tk_findings *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		add_line(
		    l, file, "", f->v[i].rule, f->v[i].remedy, f->v[i].text);
}

enum tk_status
tk_law_read(struct tk_law *l, struct tk_str *out, const char *path,
    const char *id, size_t max, bool *good, struct tk_err *err)
{
	enum tk_status st;
	size_t size;

	*good = false;
	if ((st = tk_history_size(&size, l->history, id, err)) != TK_OK)
		return st;
	if (size > max) {
		tk_law_find(l, path, "size", NULL,
		    _("%zu bytes; at most %zu are taken"), size, max);
		return TK_OK;
	}
	*good = true;
	return tk_history_read(out, l->history, id, err);
}
