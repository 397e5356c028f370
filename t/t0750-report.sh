#!/bin/sh
# Reports: what is counted, in which form, and for whom.
. "$(dirname "$0")/lib.sh"

desk d
# TK-1: answered and closed; TK-2: open; TK-3: handed over, closed, reopened.
clock() { set_clock "$1"; echo "$1" >"$SCRATCH/now"; }
clock 2026-10-05T07:00:00Z # Monday, 10:00 in Moscow
tk client add -q romashka name='ООО "Ромашка"' domain=romashka.example
tk new -q -s 'Принтер молчит' -m 'Не печатает.' -w ivan@romashka.example -c mail
tick 1800
tk take -q TK-1
tk reply -q TK-1 -m 'Смотрим.' 
tick 1800
tk close -q TK-1 -r 'Заменён кабель'
clock 2026-10-06T07:00:00Z
tk new -q -s 'Нет сети' -m 'Пропала сеть.' -w olga@other.example
tk new -q -s 'Почта не ходит' -m 'Ничего не приходит.' -w ivan@romashka.example -c mail
tick 3600
tk take -q TK-3 && tk reply -q TK-3 -m 'Проверяем.' && tk close -q TK-3 -r 'Готово'
clock 2026-10-08T07:00:00Z
tk reopen -q TK-3 -m 'Опять не ходит'

# json REPORT PYTHON: head is the first line, rows the others.
json() {
	report=$1
	shift
	tk report --json $report >json.out
	python3 - "$@" <<-TEXT
		import json
		lines = [json.loads(l) for l in open("json.out", encoding="utf-8")]
		head, rows = lines[0], lines[1:]
		$code
	TEXT
}

ok 'the list names every report that comes with tk' '
	tk report >got
	for r in assets bill causes channels clients flow lines load money \
		penalties ratings repeats sla staff time; do
		grep -q "^$r " got || { echo "no $r"; exit 1; }
		case $r in bill) continue ;; esac
		tk report $r >out
	done'

ok 'flow: opened, closed and what is open, day by day' '
	code="
assert head[\"commit\"] == \"$(git -C "$DESK" rev-parse HEAD)\", head
by = {r[\"day\"]: r for r in rows if r[\"part\"] == 1}
assert len(by) == 8, by
d = by[\"2026-10-05\"]; assert (d[\"opened\"], d[\"closed\"], d[\"backlog\"]) == (1, 1, 0), d
d = by[\"2026-10-06\"]; assert (d[\"opened\"], d[\"closed\"], d[\"backlog\"]) == (2, 1, 1), d
assert by[\"2026-10-07\"][\"backlog\"] == 1
d = by[\"2026-10-08\"]; assert (d[\"reopened\"], d[\"backlog\"]) == (1, 2), d
"
	json flow
	tk report flow --from 2026-10-06 --to 2026-10-07 --csv --part 1 >csv
	python3 - <<-TEXT
	import csv
	rows = list(csv.DictReader(open("csv", newline="")))
	assert [r["day"] for r in rows] == ["2026-10-06", "2026-10-07"], rows
	assert [r["backlog"] for r in rows] == ["1", "1"], rows
	TEXT
	code="assert [r[\"week\"] for r in rows if r[\"part\"] == 1] == [\"2026-W40\", \"2026-W41\"], rows"
	json "flow --by week"'

ok 'staff: answers and solutions in working hours' '
	code="
r = [r for r in rows if r[\"part\"] == 1]
assert [x[\"assignee\"] for x in r] == [\"danila\"], r
assert (r[0][\"count\"], r[0][\"answer.median\"], r[0][\"resolution.median\"]) == (1, 1800, 3600), r
acts = [r for r in rows if r[\"part\"] == 2]
assert (acts[0][\"who\"], acts[0][\"replies\"], acts[0][\"closings\"]) == (\"danila\", 2, 2), acts
assert not [x for x in acts if x[\"who\"] == \"tk\" or \"@\" in x[\"who\"]], acts
"
	json staff'

ok 'a night is not working time' '
	clock 2026-10-09T13:00:00Z # Friday, 16:00
	tk new -q -s "Ночью" -m x -w olga@other.example
	clock 2026-10-12T07:30:00Z # Monday, 10:30
	tk take -q TK-4 && tk reply -q TK-4 -m "Доброе утро." && tk close -q TK-4 -r "Готово"
	code="
r = [x for x in rows if x.get(\"id\") == \"TK-4\"]
assert 0 < r[0][\"resolution.sum\"] < 5 * 3600, r
"
	json clients'

ok 'sla: kept where the answer left in time, broken where none did' '
	# What comes by telephone is answered at once; this is a letter.
	tk new -q -s "Без ответа" -m x -w olga@other.example -c mail
	clock 2026-10-20T07:00:00Z
	tk note -q TK-2 -m "time passes"
	code="
print(rows)
by = {r[\"target\"]: r for r in rows if r[\"part\"] == 1}
r = by[\"response\"]
assert (r[\"kept\"], r[\"broken\"], r[\"kept.share\"]) == (2, 1, 667), r
assert r[\"late.max\"] > 3600, r
r = by[\"resolution\"] # TK-1 and TK-4; not TK-2, nor TK-3, which is open again
assert (r[\"kept\"], r[\"broken\"]) == (2, 3), r
"
	json sla
	code="
r = [r for r in rows if r[\"part\"] == 1 and r[\"target\"] == \"response\"]
assert (r[0][\"kept\"], r[0][\"broken\"]) == (0, 1), r
"
	json "sla id:TK-5"'

ok 'a query and a field to group by' '
	code="
assert head[\"query\"] == \"client:romashka or id:TK-2\", head
r = {x[\"client\"]: x[\"count\"] for x in rows if x[\"part\"] == 1}
assert r == {\"romashka\": 2, \"\": 1}, r
"
	json "clients client:romashka or id:TK-2"
	tk report load --by client --csv --part 1 >got
	grep "^client,count" got
	exits 65 tk report load --by nothing 2>err
	grep "assignee" err
	exits 65 tk report flow "color:red" 2>err
	exits 1 tk report nosuch
	exits 65 tk report flow --from someday
	exits 65 tk report flow --from 2027
	exits 65 tk report flow --part 9'

ok 'the same commit gives the same bytes, whatever the clock says' '
	for r in flow staff load sla clients lines; do
		tk report $r --html "updated<30d" >a
		TK_NOW=2027-03-01T00:00:00Z tk report $r --html "updated<30d" >b
		same a b
	done'

ok 'the page is well formed, loads nothing, has charts and no script' '
	tk new -q -s "<script>alert(1)</script> & \"co\"" -m x -w evil@other.example
	for r in flow staff clients lines load; do
		tk report $r --html >page.html
		sed 1d page.html | sed "s/<meta [^>]*/&\//" >page.xml
		xmllint --noout page.xml
		exits 1 grep -i "<script" page.html
		python3 - <<-TEXT
		import re, xml.dom.minidom
		t = open("page.html", encoding="utf-8").read()
		svgs = re.findall(r"<svg.*?</svg>", t, re.S)
		assert svgs
		for s in svgs: xml.dom.minidom.parseString(s)
		assert not re.search(r"(src|href)=", t)
		TEXT
	done
	tk report clients --html | grep "&lt;script&gt;alert"'

ok 'for spreadsheets: BOM, semicolons, names, and no formulas' '
	tk new -q -s "=1+1;2" -m x -w evil@other.example
	LANGUAGE=ru tk report clients --excel --from all >x.csv
	python3 - <<-TEXT
	import csv
	raw = open("x.csv", "rb").read()
	assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
	rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
	assert rows[0][0] == "Клиент", rows[0]
	assert any("ООО \"Ромашка\"" in r for r in rows)
	assert any("\x27=1+1;2" in r for r in rows), rows
	TEXT'

ok 'in the terminal: in columns, with bars, in three languages' '
	tk report load >got
	grep -q "^Total" got
	LANGUAGE=ru tk report flow >got
	grep -q "Поток заявок" got
	grep -q "^Всего" got
	LANGUAGE=uk tk report flow >got
	grep -q "Потік заявок" got
	script -qc "COLUMNS=100 TERM=xterm TK_PAGER=cat NO_COLOR=1 tk report flow" out >/dev/null
	grep -q "█" out'

ok 'who sees one queue counts one queue' '
	code="
assert sum(r[\"count\"] for r in rows if r[\"part\"] == 1) == 0, rows
"
	TK_QUEUES=network json "clients --from all"
	exits 77 env TK_QUEUES=network tk report money 2>err'

ok 'of your own: listed, and checked on a push' '
	git clone -q "$DESK" clone 2>/dev/null
	mkdir -p clone/reports
	cat >clone/reports/mine.yaml <<-TEXT
	title: {ru: Мой, en: Mine}
	period: all
	parts:
	- {of: tickets, by: [queue, state], show: [count, resolution.p90], sort: -count, total: true}
	TEXT
	git -C clone add -A && git -C clone commit -qm "reports: mine"
	git -C clone push -q origin HEAD:main
	tk report | grep "^mine  *Mine"
	tk report mine --csv >got
	grep "^support,new," got
	sed -i "s/count, /counts, /" clone/reports/mine.yaml
	git -C clone commit -qam "reports: a slip"
	exits 1 git -C clone push -q origin HEAD:main 2>err
	grep "reports/mine.yaml:4: .*no word .counts" err'

finish
