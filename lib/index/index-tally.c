/* index-tally - how many tickets went from a state to another on a day. */
#include "index/index-fact.h"
#include "index/sql.h"

const char tk_fact_tally[] =
    "INSERT INTO tally SELECT at / 86400, state_was, state, count(*)"
    "  FROM entry WHERE state <> '' GROUP BY 1, 2, 3;";

/* No trigger does it: a statement that has one begins with a savepoint, for
 * which FTS5 writes all words that it has gathered, a segment each time. */
enum tk_status
tk_fact_count(struct tk_index *ix, int64_t at, const char *was,
    const char *state, struct tk_err *err)
{
	return ix->fresh ? TK_OK
			 : tk_sql_run(ix, err,
			       "INSERT INTO tally VALUES(? / 86400, ?, ?, 1)"
			       " ON CONFLICT DO UPDATE SET n = n + 1",
			       "itt", at, was, state);
}

enum tk_status
tk_fact_uncount(struct tk_index *ix, const char *ticket, struct tk_err *err)
{
	enum tk_status st = tk_sql_run(ix, err,
	    "INSERT INTO tally SELECT at / 86400, state_was, state, -count(*)"
	    " FROM entry WHERE ticket = ? AND state <> '' GROUP BY 1, 2, 3"
	    " ON CONFLICT DO UPDATE SET n = n + excluded.n",
	    "t", ticket);

	if (st != TK_OK)
		return st;
	return tk_sql_run(ix, err,
	    "DELETE FROM tally WHERE n = 0 AND (day, state_was, state) IN"
	    " (SELECT at / 86400, state_was, state FROM entry"
	    "  WHERE ticket = ? AND state <> '')",
	    "t", ticket);
}
