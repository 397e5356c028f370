#!/bin/sh
# Recurring works: each time is opened once, whatever happens to tk recur.
. "$(dirname "$0")/lib.sh"

desk d
git clone -q d c 2>/dev/null

# works YAML...: put it in force.
works() {
	git -C c fetch -q && git -C c reset -q --hard origin/main
	printf '%s\n' 'text: Работы.' works: "$@" >c/regulation/works.yaml
	was=$(sed -n 's/^version: //p' c/regulation/regulation.yaml)
	sed -i "s/^version: .*/version: $((was + 1))/; /^acknowledge:/d" c/regulation/regulation.yaml
	git -C c commit -qam "regulation: works" && git -C c push -q origin HEAD:main
}

# What the tickets say, read by git and python: KEY SUBJECT, sorted.
cat >opened.py <<'TEXT'
import subprocess, yaml
def git(*a):
    return subprocess.run(("git", "-C", "d") + a, stdout=subprocess.PIPE, check=True).stdout.decode()
for f in git("ls-tree", "-r", "--name-only", "HEAD", "tickets").split():
    if f.endswith("ticket.yaml"):
        t = yaml.safe_load(git("show", "HEAD:" + f))
        if "work" in t:
            print(t["work"], t["subject"])
TEXT
opened() {
	PYTHONIOENCODING=utf-8 python3 opened.py | sort
}

clock() { # from here on, in the tests that follow too
	set_clock "$1"
	echo "$1" >"$SCRATCH/now"
}

tk client add -q romashka --name Ромашка contract.backup=true
tk client add -q vasilek --name Василёк
git -C c pull -q 2>/dev/null
cat >>c/clients/romashka.yaml <<'TEXT'
sites: [office, {id: store, name: Склад}]
TEXT
printf 'name: Бывший\nactive: false\n' >c/clients/gone.yaml
git -C c add clients && git -C c commit -qm 'clients: sites' && git -C c push -q origin HEAD:main
clock 2026-11-23T06:10:00Z

ok 'a time of a work becomes one ticket, as the work says' '
	works "- {id: backup, name: Копии, recur: FREQ=WEEKLY;BYDAY=MO, start: 2026-11-23, client: romashka, type: work, queue: servers, priority: p2, category: servers/backup, assignee: danila, checklist: [раз, два], subject: \"{{work.name}}, {{client.name}}, {{work.day}}\", text: \"За {{work.month}}.\"}"
	tk recur -n >got
	echo "- open backup/2026-11-23/romashka" | same - got
	tk recur >got
	echo "TK-1 open backup/2026-11-23/romashka" | same - got
	tk recur >got
	[ ! -s got ]
	git -C "$DESK" show HEAD:tickets/00/00/TK-1/ticket.yaml | python3 -c "
import sys, yaml
t = yaml.safe_load(sys.stdin.buffer.read().decode())
assert t[\"subject\"] == \"Копии, Ромашка, 2026-11-23\", t
assert [c[\"text\"] for c in t[\"checklist\"]] == [\"раз\", \"два\"], t
for k, v in dict(client=\"romashka\", type=\"work\", queue=\"servers\", priority=\"p2\",
    category=\"servers/backup\", assignee=\"danila\", state=\"new\").items():
	assert t[k] == v, k
e = t[\"log\"][0]
assert (e[\"by\"], e[\"act\"]) == (\"tk\", \"open\") and e[\"rule\"].startswith(\"regulation/works.yaml:\"), e
"
	tk show TK-1 | grep "За 2026-11\."
	git -C "$DESK" log -1 --format="%an %s" | grep "TK-1: open, work"'

ok 'the index made anew knows it too' '
	rm -f "$DESK"/tk/index.db*
	tk recur >got
	[ ! -s got ]'

ok 'ten at once open one' '
	clock 2026-11-30T06:00:00Z
	for i in 0 1 2 3 4 5 6 7 8 9; do tk recur >out.$i 2>err.$i & done
	wait
	[ "$(cat out.? | wc -l)" = 1 ]
	cat err.? | same /dev/null -
	opened | grep -c "^backup/2026-11-30/romashka" | grep -x 1'

ok 'of what was missed the last is opened, and the number is told' '
	clock 2026-12-23T06:00:00Z
	tk recur >got
	echo "TK-3 open backup/2026-12-21/romashka missed 2 since 2026-12-07" | same - got
	tk show TK-3 | grep "2026-12-07"
	tk recur | same /dev/null -'

ok 'or all of it' '
	clock 2026-12-23T06:00:00Z
	works "- {id: daily, name: Тревоги, recur: FREQ=DAILY, start: 2026-12-19, missed: all, type: work}"
	tk recur >got
	[ "$(wc -l <got)" = 5 ]
	opened | grep "^daily/" | cut -d" " -f1 >keys
	printf "daily/2026-12-%s\n" 19 20 21 22 23 | same - keys'

ok 'a day off moves it, or leaves it out; it is counted as the day it was' '
	clock 2027-01-08T06:00:00Z
	works "- {id: after, name: A, recur: FREQ=MONTHLY;BYMONTHDAY=9, start: 2027-01-01, calendar: office, holiday: after, type: work}" \
		"- {id: before, name: B, recur: FREQ=MONTHLY;BYMONTHDAY=17, start: 2027-01-01, calendar: office, holiday: before, type: work}" \
		"- {id: skip, name: C, recur: FREQ=MONTHLY;BYMONTHDAY=17, start: 2027-01-01, calendar: office, holiday: skip, type: work}" \
		"- {id: asis, name: D, recur: FREQ=MONTHLY;BYMONTHDAY=17, start: 2027-01-01, type: work}"
	clock 2027-01-10T20:59:59Z
	tk recur | same /dev/null -
	clock 2027-01-10T21:00:00Z
	tk recur | sed "s/^TK-[0-9]* //" >got
	echo "open after/2027-01-09" | same - got
	clock 2027-01-15T06:00:00Z
	tk recur | sed "s/^TK-[0-9]* //" >got
	echo "open before/2027-01-17" | same - got
	clock 2027-01-20T06:00:00Z
	tk recur | sed "s/^TK-[0-9]* //" >got
	echo "open asis/2027-01-17" | same - got'

ok 'lead opens it before its day' '
	clock 2027-02-16T20:59:00Z
	works "- {id: lead, name: L, recur: FREQ=MONTHLY;BYMONTHDAY=20, start: 2027-02-01, lead: 3d, type: work}"
	tk recur | same /dev/null -
	clock 2027-02-16T21:00:00Z
	tk recur | grep "open lead/2027-02-20"'

ok 'nobody has asked: the work has a term, an answer has none' '
	tk list --json type:work >rows
	python3 - <<-TEXT
	import json
	rows = [json.loads(l) for l in open("rows", encoding="utf-8")]
	assert rows and all(r["due_resolution"] and not r["due_response"] and not r["due_update"] for r in rows), rows
	TEXT'

ok 'each client that fits and is one still, each of the sites' '
	clock 2027-03-01T06:00:00Z
	works "- {id: all, name: Всем, recur: FREQ=MONTHLY, start: 2027-03-01, clients: all, type: work}" \
		"- {id: some, name: Копии, recur: FREQ=MONTHLY, start: 2027-03-01, clients: {contract.backup: [true]}, type: work}" \
		"- {id: site, name: \"Объект {{site.name}}\", recur: FREQ=MONTHLY, start: 2027-03-01, clients: all, sites: true, type: work}" \
		"- {id: own, name: Своё, recur: FREQ=MONTHLY, start: 2027-03-01, type: work}"
	tk recur >got
	opened | grep 2027-03-01 >keys
	same - keys <<-TEXT
		all/2027-03-01/romashka Всем
		all/2027-03-01/vasilek Всем
		own/2027-03-01 Своё
		site/2027-03-01/romashka/office Объект office
		site/2027-03-01/romashka/store Объект Склад
		some/2027-03-01/romashka Копии
	TEXT
	tk recur | same /dev/null -'

ok 'killed at any moment, it opens each once in the end' '
	clock 2027-04-30T06:00:00Z
	works "- {id: many, name: Много, recur: FREQ=DAILY, start: 2026-06-01, missed: all, type: work}"
	for t in 0.02 0.05 0.1 0.2 0.3 0.45; do
		timeout -s KILL $t tk recur -q || :
	done
	tk recur -q
	tk recur | same /dev/null -
	git -C "$DESK" grep -h "^work: many/" HEAD -- tickets | sort >keys
	sort -u keys | same - keys
	[ "$(wc -l <keys)" = 334 ]'

ok 'a performer who has left does not keep the work from being opened' '
	clock 2027-05-03T06:00:00Z
	tk staff add -q oleg --name "Олег" --mail oleg@firma.example --role engineer
	works "- {id: gone, name: G, recur: FREQ=DAILY, start: 2027-05-03, assignee: oleg, queue: servers, type: work}"
	tk staff retire -q oleg
	tk recur | grep "open gone/2027-05-03"
	exits 1 tk regulation lint >out 2>&1
	grep "works.yaml:3: oleg" out'

ok 'what the judge refuses is told, and the others are opened' '
	clock 2027-06-01T06:00:00Z
	works "- {id: bad, name: B, recur: FREQ=DAILY, start: 2027-06-01, queue: nowhere, type: work}" \
		"- {id: good, name: G, recur: FREQ=DAILY, start: 2027-06-01, type: work}"
	exits 1 tk recur >out 2>err
	grep "open good/2027-06-01" out
	grep "bad/2027-06-01: .*nowhere" err
	exits 1 tk recur >out 2>err
	[ ! -s out ]'

ok 'a clone does not open them' '
	git -C c config tk.site c
	exits 1 tk -C c recur 2>err
	grep "gate\|шлюз" err'

ok 'nobody pushes a ticket that passes for one' '
	works "- {id: later, name: L, recur: FREQ=DAILY, start: 2027-07-01, type: work}"
	tk -C c new -q -s Мнимая -m Текст
	id=$(git -C c log -1 --format="%(trailers:key=Ticket,valueonly)" | head -1)
	f=$(git -C c ls-files | grep "/$id/ticket.yaml")
	python3 - c/$f <<-"TEXT"
	import sys
	p = sys.argv[1]
	s = open(p, encoding="utf-8").read()
	s = s.replace("\nlog:", "\nwork: later/2027-07-01\nlog:", 1)
	s = s.replace("set: {", "set: {work: later/2027-07-01, ", 1)
	open(p, "w", encoding="utf-8").write(s)
	TEXT
	git -C c add -A && git -C c commit -q --amend --no-edit --no-verify
	exits 1 git -C c push -q origin HEAD:main 2>err
	grep "work" err
	git -C c reset -q --hard origin/main
	clock 2027-07-01T06:00:00Z
	tk recur | grep "open later/2027-07-01"'

ok 'a slip in works.yaml is named with its line' '
	cp -R "$ROOT/share/regulations/outsourcer/en" reg
	slip() {
		printf "%s\n" "text: T" works: "- {id: x, name: X, recur: FREQ=DAILY, $1}" >reg/works.yaml
		tk regulation lint reg >out 2>&1 || :
		grep "works.yaml:3: .*$2" out || { cat out; exit 1; }
	}
	slip "recur2: x" "not known"
	slip "start: tomorrow" "start"
	slip "holiday: after" "calendar"
	slip "calendar: none" "no calendar"
	slip "missed: some" "missed"
	slip "sites: true" "client"
	slip "queue: none" "no queue"
	slip "subject: \"{{client.nam}}\"" "client.nam"
	slip "lead: long" "lead"
	printf "%s\n" "text: T" works: "- {id: x, name: X, recur: FREQ=OFTEN}" >reg/works.yaml
	tk regulation lint reg >out 2>&1 || :
	grep "works.yaml:3: .*FREQ=OFTEN" out'

# The example files are run as they are written, but for the places.
ok 'the line of the crontab opens what is due' '
	clock 2027-07-02T06:00:00Z
	line=$(sed -n "/tk-recur/s/^\([^ ]* \)\{5\} *//p" "$ROOT/share/examples/crontab")
	[ -n "$line" ]
	/bin/sh -c "$line" >out 2>&1
	same /dev/null out
	opened | grep "^later/2027-07-02"'

ok 'and so does the unit of systemd' '
	clock 2027-07-03T06:00:00Z
	unit=$ROOT/share/examples/tk-recur.service
	line=$(sed -n "s|^ExecStart=/usr/local/bin/||p" "$unit")
	$line >out 2>&1
	same /dev/null out
	opened | grep "^later/2027-07-03"
	grep -x "OnCalendar=hourly" "$ROOT/share/examples/tk-recur.timer"
	command -v systemd-analyze >/dev/null || exit 0
	sed "s|/usr/local/bin|$TK_BUILD/bin|" "$unit" >tk-recur.service
	cp "$ROOT/share/examples/tk-recur.timer" .
	systemd-analyze verify --man=no --user ./tk-recur.service ./tk-recur.timer >out 2>&1 ||
		grep -v "XDG_RUNTIME_DIR\|Failed to" out | same /dev/null -'

ok 'the audit has nothing against any of it' 'tk audit >out || { cat out; exit 1; }'
finish
