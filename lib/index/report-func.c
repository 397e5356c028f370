/* report-func - what SQL cannot say of itself: tk_final() and its like. */
#include "index/report-parts.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

static const struct tk_report_ask *
ask_of(sqlite3_context *c)
{
	return sqlite3_user_data(c);
}

static const char *
text_of(sqlite3_value *v)
{
	const void *text = sqlite3_value_text(v);

	return text != NULL ? text : "";
}

static void
is_final(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	sqlite3_result_int(c, tk_strv_has(ask_of(c)->finals, text_of(v[0])));
}

static void
is_urgent(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	sqlite3_result_int(c, tk_strv_has(ask_of(c)->urgent, text_of(v[0])));
}

static void
working(sqlite3_context *c, int n, sqlite3_value **v)
{
	const struct tk_report_ask *ask = ask_of(c);
	int64_t from, to;

	(void)n;
	if (sqlite3_value_type(v[1]) == SQLITE_NULL ||
	    sqlite3_value_type(v[2]) == SQLITE_NULL) {
		sqlite3_result_null(c);
		return;
	}
	from = sqlite3_value_int64(v[1]);
	to = sqlite3_value_int64(v[2]);
	sqlite3_result_int64(c,
	    to <= from ? 0 : ask->working(ask->arg, text_of(v[0]), from, to));
}

static void
what(sqlite3_context *c, int n, sqlite3_value **v)
{
	const struct tk_report_ask *ask = ask_of(c);
	char *text = ask->what(ask->arg, text_of(v[0]), text_of(v[1]));

	(void)n;
	sqlite3_result_text(c, text != NULL ? text : "", -1, SQLITE_TRANSIENT);
	free(text);
}

/* strftime takes no form but a literal one here. */
static void
local_text(char *out, size_t size, const char *unit, const struct tm *tm)
{
	if (strcmp(unit, "day") == 0)
		strftime(out, size, "%Y-%m-%d", tm);
	else if (strcmp(unit, "week") == 0)
		strftime(out, size, "%G-W%V", tm);
	else if (strcmp(unit, "month") == 0)
		strftime(out, size, "%Y-%m", tm);
	else if (strcmp(unit, "year") == 0)
		strftime(out, size, "%Y", tm);
	else if (strcmp(unit, "weekday") == 0)
		strftime(out, size, "%u", tm);
	else
		strftime(out, size, "%H", tm);
}

/* Within a quarter of an hour it is the same hour everywhere. */
#define QUARTER 900

struct moment {
	int64_t quarter;
	char text[24];
};

/* Rows come by time: what was said of the last one is kept beside the unit,
 * which is the same for the whole statement. */
static void
when(sqlite3_context *c, int n, sqlite3_value **v)
{
	int64_t quarter = sqlite3_value_int64(v[1]) / QUARTER;
	struct moment *last = sqlite3_get_auxdata(c, 0), one = { 0, "" };
	time_t at = (time_t)sqlite3_value_int64(v[1]);
	struct tm tm;

	(void)n;
	if (last != NULL && last->quarter == quarter && at >= 0) {
		sqlite3_result_text(c, last->text, -1, SQLITE_TRANSIENT);
		return;
	}
	if (localtime_r(&at, &tm) != NULL)
		local_text(one.text, sizeof(one.text), text_of(v[0]), &tm);
	sqlite3_result_text(c, one.text, -1, SQLITE_TRANSIENT);
	if (last == NULL) {
		last = tk_calloc(1, sizeof(*last));
		*last = one;
		last->quarter = quarter;
		sqlite3_set_auxdata(c, 0, last, free);
		return;
	}
	*last = one;
	last->quarter = quarter;
}

struct mean {
	int64_t sum, n;
};

static void
mean_step(sqlite3_context *c, int n, sqlite3_value **v)
{
	struct mean *m = sqlite3_aggregate_context(c, (int)sizeof(*m));

	(void)n;
	if (m == NULL || sqlite3_value_type(v[0]) == SQLITE_NULL)
		return;
	m->sum += sqlite3_value_int64(v[0]);
	m->n++;
}

/* Half is rounded up. */
static void
mean_end(sqlite3_context *c)
{
	struct mean *m = sqlite3_aggregate_context(c, 0);

	if (m == NULL || m->n == 0)
		sqlite3_result_null(c);
	else
		sqlite3_result_int64(c, (m->sum * 2 + m->n) / (m->n * 2));
}

struct rank {
	int64_t *v;
	size_t n, cap;
	int percent;
};

static void
rank_step(sqlite3_context *c, int n, sqlite3_value **v)
{
	struct rank *r = sqlite3_aggregate_context(c, (int)sizeof(*r));

	(void)n;
	if (r == NULL || sqlite3_value_type(v[1]) == SQLITE_NULL)
		return;
	r->percent = sqlite3_value_int(v[0]);
	TK_GROW(r->v, r->n, r->cap);
	r->v[r->n++] = sqlite3_value_int64(v[1]);
}

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* The nearest rank; between the two in the middle for an even median. */
static void
rank_end(sqlite3_context *c)
{
	struct rank *r = sqlite3_aggregate_context(c, 0);
	size_t at;

	if (r == NULL || r->n == 0) {
		sqlite3_result_null(c);
		return;
	}
	qsort(r->v, r->n, sizeof(*r->v), compare);
	at = (r->n * (size_t)r->percent + 99) / 100 - 1;
	if (r->percent == 50 && r->n % 2 == 0)
		sqlite3_result_int64(
		    c, r->v[at] + (r->v[at + 1] - r->v[at]) / 2);
	else
		sqlite3_result_int64(c, r->v[at]);
	free(r->v);
}

enum tk_status
tk_report_functions(
    struct tk_index *ix, const struct tk_report_ask *ask, struct tk_err *err)
{
	static const struct {
		const char *name;
		int n;
		void (*call)(sqlite3_context *c, int n, sqlite3_value **v);
		void (*step)(sqlite3_context *c, int n, sqlite3_value **v);
		void (*end)(sqlite3_context *c);
	} f[] = { { "tk_final", 1, is_final, NULL, NULL },
		{ "tk_urgent", 1, is_urgent, NULL, NULL },
		{ "tk_work", 3, working, NULL, NULL },
		{ "tk_what", 2, what, NULL, NULL },
		{ "tk_when", 2, when, NULL, NULL },
		{ "tk_mean", 1, NULL, mean_step, mean_end },
		{ "tk_rank", 2, NULL, rank_step, rank_end } };
	size_t i;

	for (i = 0; i < TK_COUNT(f); i++)
		/* The ask is only read; SQLite has no const. */
		if (sqlite3_create_function_v2(ix->db, f[i].name, f[i].n,
			SQLITE_UTF8, (void *)(uintptr_t)ask, f[i].call,
			f[i].step, f[i].end, NULL) != SQLITE_OK)
			return tk_fail_sqlite(err, ix);
	return TK_OK;
}
