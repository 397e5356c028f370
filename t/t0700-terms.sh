#!/bin/sh
# Terms: which a ticket gets, what grades it anew, ready calendars, and the
# examples of the manual.
. "$(dirname "$0")/lib.sh"

desk gate
letter 1.eml 'Иван <ivan@romashka.example>' 'Не печатает'
tk deliver - <1.eml >"$SCRATCH/log"

yaml() { # what python reads in a ticket's head: TICKET FIELD [KEY]
	git -C "$DESK" show "HEAD:tickets/00/00/$1/ticket.yaml" >head.yaml
	shift
	python3 - "$@" <<-"TEXT"
	import sys, yaml
	v = yaml.safe_load(open("head.yaml", encoding="utf-8")).get(sys.argv[1])
	if len(sys.argv) > 2:
	    v = v and v.get(sys.argv[2])
	print(v.isoformat() if hasattr(v, "isoformat") else v)
	TEXT
}

# The blocks of a page that have commands in them, run; what they print is
# what stands there.
example() {
	sed -n '/^\.Sh EXAMPLES/,$p; /^\.Dl \$ /s/^\.Dl //p' "$ROOT/man/$1" | python3 -c '
import subprocess, sys
text, run, want, bad = sys.stdin.read(), [], None, 0
for block in text.split(".Bd ")[1:]:
    lines = block.split("\n.Ed")[0].split("\n")[1:]
    if not any(l.startswith("$ '"$2"'") for l in lines):
        continue
    for l in lines:
        if l.startswith("$ "):
            run.append((l[2:], []))
        else:
            run[-1][1].append(l)
for command, want in run:
    got = subprocess.run(command, shell=True, stdout=subprocess.PIPE, text=True)
    lines = [l.rstrip() for l in got.stdout.rstrip("\n").split("\n")]
    print(command, got.returncode, lines)
    bad += got.returncode != 0 or (want or [""]) != lines
sys.exit(bad > 0 or len(run) < '"$3"')'
}

ok 'tk-sla(7): the examples are as they stand' 'example tk-sla.7 tk 3'
ok 'tk-wait(1): the examples are as they stand' 'example tk-wait.1 tk 2'
ok 'tk-due(1): the examples are as they stand' 'example tk-due.1 tk 2'
ok 'tk-regulation(1): the calendar is as it stands' \
	'example tk-regulation.1 "tk regulation calendar" 1'

ok 'a ticket keeps the terms it was opened under, until it is graded anew' '
	letter 2.eml "Пётр <petr@romashka.example>" "Не включается"
	tk deliver - <2.eml
	git clone -q "$DESK" clone 2>/dev/null
	sed -i "s/^version: 1$/version: 2/" clone/regulation/regulation.yaml
	sed -i "/^- id: basic/,/p3/s/{priority: p3, response: 4h/{priority: p3, response: 2h/" clone/regulation/sla.yaml
	git -C clone commit -qam "regulation: version 2"
	git -C clone push -q origin HEAD:main
	tk note -q 2 -m "новый регламент этой заявки не меняет"
	[ "$(yaml TK-2 terms regulation) $(yaml TK-2 terms response)" = "1 4h" ]
	[ "$(yaml TK-2 due response)" = 2026-11-23T13:00:00+03:00 ]
	tk set -q 2 category=$(yaml_category=$(sed -n "s/^- {id: \([a-z/-]*\),.*/\1/p" clone/regulation/handling.yaml | grep / | head -1); echo "$yaml_category")
	[ "$(yaml TK-2 terms regulation) $(yaml TK-2 terms response)" = "2 2h" ]
	[ "$(yaml TK-2 due response)" = 2026-11-23T11:00:00+03:00 ]'

ok 'the class comes from a rule, the contract or the default' '
	cd clone
	git pull -q
	sed -i "s/^default: basic/rules:\n- {type: complaint, class: gold}\n&/" regulation/sla.yaml
	sed -i "s/^version: 2$/version: 3/" regulation/regulation.yaml
	git commit -qam "regulation: version 3"
	git push -q origin HEAD:main
	cd ..
	tk client add -q lotos --name Lotos --domain lotos.example --sla silver
	tk new -q -c fax -s a -m a -w "A <a@lotos.example>"
	tk new -q -c fax -s a -m a -w "A <a@lotos.example>" --type complaint
	tk new -q -c fax -s a -m a -w "B <b@other.example>"
	for n in 3 4 5; do yaml TK-$n terms class; done >got
	printf "silver\ngold\nbasic\n" | same - got
	tk set -q 5 client=lotos
	[ "$(yaml TK-5 sla) $(yaml TK-5 terms class)" = "silver silver" ]'

ok 'who telephones has been spoken to; the term is in JSON for programs' '
	tk new -q -s a -m a -w "B <b@other.example>"
	[ "$(yaml TK-6 due response)" = None ]
	tk list --json 6 >row
	python3 - row <<-"TEXT"
	import json, sys
	r = json.load(open(sys.argv[1]))
	assert r["sla"] == "basic" and r["due_response"] is None, r
	assert r["due"] == r["due_update"] == "2026-11-24T18:00:00+03:00", r
	TEXT'

ok 'hours of a calendar: JSON, what is not there' '
	tk regulation calendar always --from 2026-12-31 --to 2027-01-01 --json >got
	same - got <<-"TEXT"
	{"date":"2026-12-31","hours":["00:00-24:00"],"worked":86400,"name":null}
	{"date":"2027-01-01","hours":["00:00-24:00"],"worked":86400,"name":null}
	TEXT
	exits 1 tk regulation calendar moon
	exits 65 tk regulation calendar office --from 2027-02-29
	exits 65 tk regulation calendar office --from 2027-02-02 --to 2027-02-01
	exits 64 tk regulation calendar'

ok 'the ready calendars are what the laws make of the years' '
	python3 - "$ROOT/share/calendars" <<-"TEXT"
	import datetime as dt, sys, yaml
	def days(name):
	    out = set()
	    for h in yaml.safe_load(open(f"{sys.argv[1]}/{name}.yaml", encoding="utf-8"))["holidays"]:
	        d, last = h.get("date") or h["from"], h.get("date") or h["to"]
	        while d <= last:
	            out.add(d)
	            d += dt.timedelta(1)
	    return out
	def easter(y): # Julian computus (Meeus), 13 days to the Gregorian date
	    a, b, c = y % 4, y % 7, y % 19
	    d = (19 * c + 15) % 30
	    e = (2 * a + 4 * b - d + 34) % 7
	    return dt.date(y, (d + e + 114) // 31, (d + e + 114) % 31 + 1) + dt.timedelta(13)
	def moved(off, which):
	    out = set(off)
	    for d in sorted(which):
	        if d.weekday() > 4:
	            n = d + dt.timedelta(1)
	            while n.weekday() > 4 or n in out:
	                n += dt.timedelta(1)
	            out.add(n)
	    return out
	D = dt.date
	assert (easter(2026), easter(2027)) == (D(2026, 4, 12), D(2027, 5, 2))
	for y in (2026, 2027):
	    ua = {D(y, m, d) for m, d in ((1, 1), (3, 8), (5, 1), (5, 8), (6, 28), (7, 15), (8, 24), (10, 1), (12, 25))}
	    ua |= {easter(y), easter(y) + dt.timedelta(49)}
	    assert days(f"ua-{y}") == moved(ua, ua), sorted(days(f"ua-{y}") ^ moved(ua, ua))
	    new_year = {D(y, 1, d) for d in range(1, 9)}
	    rest = {D(y, m, d) for m, d in ((2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4))}
	    ru = moved(new_year | rest, rest)
	    if y == 2026: # two days of the New Year, by the government
	        ru |= {D(2026, 1, 9), D(2026, 12, 31)}
	    assert days(f"ru-{y}") == ru, sorted(days(f"ru-{y}") ^ ru)
	assert days("ua-martial") == set()
	year = [D(2026, 1, 1) + dt.timedelta(i) for i in range(365)]
	work = [d for d in year if d.weekday() < 5 and d not in days("ru-2026")]
	assert len(work) == 247 # as the production calendar of 2026 has it
	TEXT'

ok 'a calendar that does not fit is refused where it stands' '
	cd clone
	git pull -q
	sed -i "s/include: \[ru-2026, ru-2027\]/include: [ru-2026, moon]/" regulation/calendar.yaml
	exits 1 tk regulation lint regulation >got 2>&1
	grep "regulation/calendar.yaml:[0-9]*: .*calendars/moon.yaml" got
	git checkout -q .'

finish
