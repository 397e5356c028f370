#!/bin/sh
# Reports about a query that finds few tickets, and about one that finds many,
# which are gone about from the two ends.
[ ! -w /dev/shm ] || export TMPDIR="${TMPDIR:-/dev/shm}"
. "$(dirname "$0")/lib.sh"

desk gate
python3 "$ROOT/t/perf/gen-desk.py" --years 1 --open 300 --batch 1000 gate 6000
db=gate/tk/index.db
# flow STATES: opened and closed by queue in March 2024, as SQLite counts them.
flow() {
	sqlite3 -csv $db "SELECT t.queue, sum(e.state_was = ''), sum(e.state = 'closed')
	    FROM entry e JOIN ticket t ON t.id = e.ticket WHERE e.state <> ''
	    AND e.at >= 1709240400 AND e.at < 1711918800 AND t.state $1
	    GROUP BY 1 ORDER BY 2 DESC, 1"
}
ask() { # QUERY: the same, of tk report
	tk report flow --part 2 --csv --from 2024-03-01 --to 2024-03-31 "$@" |
		tr -d '\r' | sed 1d | grep -v '^,' | cut -d, -f1-3
}
[ "$(tk list -A --count)" = 6000 ]
ok 'few tickets' '
	flow "= '\''waiting'\''" >want
	ask state:waiting >got
	same want got'
ok 'many tickets' '
	flow "= '\''closed'\''" >want
	[ "$(wc -l <want)" = 4 ]
	ask state:closed >got
	same want got
	grep -q "^support,[1-9][0-9]*,[1-9]" got'
ok 'all tickets' '
	flow "<> '\'\''" >want
	ask >got
	same want got'
ok 'several tables at once say the same' '
	tk report flow --csv --from 2024-03-01 --to 2024-03-31 state:closed >all
	tk report flow --part 2 --csv --from 2024-03-01 --to 2024-03-31 state:closed >one
	tail -n "$(wc -l <one)" all | same one -'
finish
