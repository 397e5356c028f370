#!/bin/sh
# What is due and what is planned: terms, promises, works; as a calendar.
. "$(dirname "$0")/lib.sh"

desk d
git clone -q d c 2>/dev/null
tk client add -q romashka --name 'Ромашка, ООО'
tk staff add -q oleg --name 'Олег' --mail oleg@firma.example --role engineer
git -C c pull -q 2>/dev/null
cat >c/regulation/works.yaml <<'TEXT'
text: Работы.
works:
- {id: backup, name: Копии, recur: FREQ=WEEKLY;BYDAY=MO, start: 2026-11-23, client: romashka, assignee: danila, queue: servers, type: work, subject: "Копии; {{client.name}}"}
- {id: call, name: Созвон, recur: FREQ=WEEKLY;BYDAY=TU, start: 2026-11-24T10:30, assignee: oleg, queue: servers, type: work}
- {id: nobody, name: Ничья, recur: FREQ=WEEKLY;BYDAY=WE, start: 2026-11-23, queue: servers, type: work}
TEXT
sed -i 's/^version: .*/version: 2/; /^acknowledge:/d' c/regulation/regulation.yaml
git -C c commit -qam 'regulation: works' && git -C c push -q origin HEAD:main
tk new -q -s 'Не печатает' -m 'Принтер.' -w 'Иван <ivan@romashka.example>' -p p3
tk assign -q danila TK-1

# WHAT DAY TICKET WORK, of a plan in JSON
short() {
	python3 -c '
import json, sys
for line in sys.stdin:
    o = json.loads(line)
    print(o["what"], o["day"] or o["at"], o["ticket"] or "-", o["work"] or "-")'
}

ok 'mine: terms of my tickets, and the works that are mine' '
	tk plan --json --to 2026-11-30 >got
	short <got >plan
	grep -x "planned 2026-11-23 - backup/2026-11-23/romashka" plan
	grep -x "planned 2026-11-30 - backup/2026-11-30/romashka" plan
	grep "^resolution 2026-11-2.* TK-1 -" plan
	exits 1 grep "call\|nobody" plan
	TK_ACTOR=oleg tk plan --json | short >oleg
	echo "planned 2026-11-24T10:30:00+03:00 - call/2026-11-24T10:30" | same - oleg'

ok 'all: in the order of time' '
	tk plan -A --json --to 2026-11-30 >got
	short <got | grep -c "nobody\|call\|backup" | grep -x 4
	python3 -c "
import json, sys
at = [json.loads(l)[\"at\"] for l in open(\"got\", encoding=\"utf-8\")]
assert at == sorted(at), at"
	tk plan -A >table
	grep "^2026-11-25 .*nobody\|^2026-11-25 .*Ничья" table
	grep "^2026-11-24 10:30 .*oleg .*Созвон" table'

ok 'what a work has become is shown as its ticket, until it is closed' '
	tick 86400
	tk recur -q
	tk plan -A --json | short >plan
	grep "^work 2026-11-23 TK-2 backup/2026-11-23/romashka" plan
	tk status -q cancelled TK-2 -m "Переносим."
	tk plan -A --json | short >plan
	exits 1 grep backup/2026-11-23 plan'

ok 'week is the week that is' '
	tk plan week -A >got && tk plan this -A | same - got'

ok 'weeks: this, next, by number, by dates' '
	tk plan -A next --json | short >next
	grep "backup/2026-11-30" next
	exits 1 grep "2026-11-2[0-9]" next
	tk plan -A 2026-W49 --json | short | same next -
	tk plan -A 49 --json | short | same next -
	tk plan -A --from 2026-11-30 --to 2026-12-06 --json | short | same next -
	tk plan -A 2026-W53 --json | short >last
	grep "backup/2026-12-28" last
	exits 64 tk plan -A 2027-W53
	exits 64 tk plan -A W1
	exits 64 tk plan -A --from 2026-11-31
	exits 64 tk plan -A --from 2026-12-02 --to 2026-12-01
	exits 64 tk plan -A next --to 2026-12-01
	exits 1 tk plan -A --from 2020-01-01 --to 2020-01-02'

ok 'what is late stands first' '
	tick 864000
	tk plan --json >got
	head -n 1 got | grep "\"late\": *true"
	short <got | head -n 1 | grep TK-1'

# Debian's own, where another one stands first in PATH.
py=python3
$py -c 'import icalendar' 2>/dev/null || py=/usr/bin/python3
if $py -c 'import icalendar' 2>/dev/null; then
	ok 'a calendar that another program reads, with UIDs that stay' '
		set_clock 2026-11-22T06:00:00Z
		tk plan -A --ical --to 2026-12-06 >one.ics
		cat >read.py <<-"TEXT"
		import icalendar, sys
		c = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
		for e in c.walk():
		  if e.name in ("VEVENT", "VTODO"):
		    when = (e.get("DTSTART") or e.get("DUE")).dt
		    print(e.name, e["UID"], when.isoformat(), str(e["SUMMARY"]))
		TEXT
		PYTHONIOENCODING=utf-8 $py read.py one.ics >read
		grep -x "VEVENT backup/2026-11-30/romashka@firma.example 2026-11-30 Копии; Ромашка, ООО" read
		grep -x "VEVENT call/2026-12-01T10:30@firma.example 2026-12-01T07:30:00+00:00 Созвон" read
		grep "^VTODO TK-1-resolution@firma.example 2026-.*00:00 TK-1 .*Не печатает" read
		cut -d" " -f2 read | sort >uids
		sort -u uids | same uids -
		set_clock 2026-12-03T06:00:00Z
		tk recur -q
		tk plan -A --ical --from 2026-11-22 --to 2026-12-06 >two.ics
		PYTHONIOENCODING=utf-8 $py read.py two.ics >read2
		grep "^VEVENT backup/2026-11-30/romashka@firma.example 2026-11-30 TK-[0-9]* .*Копии" read2
		file=$(tr -d "\n" <two.ics | tr "\r" "\n" | awk "length > 75" | wc -l)
		[ "$file" = 0 ]'
else
	skip 'python3-icalendar is not installed' 'a calendar that another program reads'
fi

ok 'who may see one queue only sees no others in the plan' '
	TK_QUEUES=support tk plan -A --json >got 2>err || :
	exits 1 grep servers got
	grep -q support got'
finish
