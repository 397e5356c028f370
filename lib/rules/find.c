/* find - findings: made and given back. */
#include "rules/find.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
tk_find(struct tk_findings *out, bool denied, const char *file, unsigned line,
    const char *remedy, const char *fmt, ...)
{
	struct tk_finding *f;
	char text[TK_ERR_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	out->v = tk_more(out->v, out->n, &out->cap, sizeof(*out->v));
	f = &out->v[out->n++];
	f->rule = line > 0 ? tk_strf("%s:%u", file, line) : tk_strdup(file);
	f->text = tk_strdup(text);
	f->remedy = tk_strdup(remedy);
	f->denied = denied;
}

void
tk_findings_clear(struct tk_findings *f)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		free(f->v[i].rule);
		free(f->v[i].text);
		free(f->v[i].remedy);
	}
	free(f->v);
	memset(f, 0, sizeof(*f));
}

void
tk_actor_clear(struct tk_actor *a)
{
	free(a->id);
	free(a->name);
	free(a->mail);
	tk_strv_clear(&a->roles);
	tk_strv_clear(&a->queues);
	memset(a, 0, sizeof(*a));
}
