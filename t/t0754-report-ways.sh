#!/bin/sh
# Reports are counted in several ways, for speed: days counted beforehand, rows
# fetched once for all tables. All ways say the same, and what the files say.
. "$(dirname "$0")/lib.sh"

desk d
python3 "$ROOT/t/perf/gen-desk.py" --years 1 --open 20 d 250
set_clock 2024-11-20T06:00:00Z

# levels FROM TO: "day open" of each day, from the logs in the files alone
levels() {
	git -C d archive main tickets | tar -xf - -C "$SCRATCH"
	python3 - "$1" "$2" <<-"X"
	import datetime as dt, glob, os, sys, yaml
	zone = dt.timezone(dt.timedelta(hours=3))
	steps = []
	for path in glob.glob(os.environ["SCRATCH"] + "/tickets/*/*/*/ticket.yaml"):
	    is_open = False
	    for e in yaml.load(open(path, encoding="utf-8"), Loader=yaml.CSafeLoader)["log"]:
	        state = (e.get("set") or {}).get("state")
	        if state is None: continue
	        now = state != "closed"
	        at = e["at"] if e["at"].tzinfo else e["at"].replace(tzinfo=dt.timezone.utc)
	        steps.append((at.astimezone(zone).date(), now - is_open))
	        is_open = now
	day, last = dt.date.fromisoformat(sys.argv[1]), dt.date.fromisoformat(sys.argv[2])
	while day <= last:
	    print(day, sum(n for at, n in steps if at <= day))
	    day += dt.timedelta(1)
	X
}
# told FROM TO [QUERY]: the same, as tk report says it
told() {
	tk report flow ${3:-} --from "$1" --to "$2" --csv --part 1 >csv
	python3 -c '
import csv
for r in csv.DictReader(open("csv", newline="", encoding="utf-8")):
    print(r["day"], r["backlog"])'
}

export SCRATCH
ok 'what was open on each day is what the logs say, in any month, whole or by a query' '
	for month in 2023-11-20:2023-12-05 2024-03-01:2024-03-31 2024-10-15:2024-11-10; do
		levels ${month%:*} ${month#*:} >want
		told ${month%:*} ${month#*:} >got
		same want got
		told ${month%:*} ${month#*:} "created>2000-01-01" >got
		same want got
	done'

ok 'after closing, opening again and a log rewritten by hand, too' '
	tk reopen -q TK-7 -m "Опять." && tk close -q TK-245 -r "Готово."
	git clone -q d c
	sed -i "/act: close/d; s/^state: .*/state: waiting/; /^resolution:/d; /^cause:/d; /^rating:/d; /act: rate/d" c/tickets/00/00/TK-50/ticket.yaml
	git -C c commit -qnam "by hand" && git -C d fetch -q ../c HEAD
	git -C d update-ref refs/heads/main FETCH_HEAD
	for month in 2024-03-01:2024-03-31 2024-10-15:2024-11-20; do
		levels ${month%:*} ${month#*:} >want
		told ${month%:*} ${month#*:} >got
		same want got
	done
	sqlite3 d/tk/index.db "SELECT count(*) FROM tally WHERE n <= 0" | grep -x 0'

# rows FILE: its rows without the number of their table, grouped by it
rows() {
	python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    r = json.loads(line)
    if "report" in r or "commit" in r: continue
    r.pop("part", None)
    print(json.dumps(r, ensure_ascii=False))' "$1"
}
ok 'tables made together are the tables made alone' '
	for r in flow staff lines sla clients repeats time; do
		parts=$(grep -c "^- title:" "$ROOT/share/reports/$r.yaml")
		for month in 2024-10; do
			tk report $r --from $month --to $month --json >all
			rows all >together
			: >alone
			for i in $(seq "$parts"); do
				tk report $r --from $month --to $month --json --part $i >one
				rows one >>alone
			done
			same together alone
			case $r in repeats) ;; *) [ -s alone ] ;; esac
		done
	done'

ok 'the caught-up index and a new one give the same bytes' '
	for r in flow staff sla clients; do
		tk report $r --from 2024-09 --to 2024-10 >"$r.was"
	done
	tk reindex -q
	for r in flow staff sla clients; do
		tk report $r --from 2024-09 --to 2024-10 >"$r.now"
		same "$r.was" "$r.now"
	done'
ok 'what is open is as old and as late as it is at the commit, whatever the period' '
	for part in 1 2; do
		tk report load --part $part --csv >want
		tk report load --part $part --csv --from 2024-03 --to 2024-03 >got
		same want got
		exits 1 grep ",-" got
	done
	grep -c . got | grep -x "[4-9]"'

finish
