#!/bin/sh
# tk-list: what is asked for, in columns for people and in rows for programs.
. "$(dirname "$0")/lib.sh"

desk gate
printf '\033[31mКРАСНЫЙ\033[0m \342\200\256txet\302\233 \007конец' >hostile
tk new -q -s 'Не печатает принтер' -m а -w 'Иван <ivan@romashka.example>' -p p1
tick 86400
tk new -q -s 'Нет сети: vpn' -m б -w olga@vasilek.example --category network/vpn
tk new -q -s "$(cat hostile)" -m в -p p4 -c chat
tk new -q -s '日本語の件名' -m г -Q network
tk new -q -s 'Закрытая' -m д
tk take -q TK-2
tk close -q TK-5 -m 'Ошиблись номером.'

finds() { # WANT QUERY...
	wanted=$1
	shift
	exits 0 tk list "$@" >out
	found=$(cut -d" " -f1 out | tr "\n" " ")
	[ "$found" = "$wanted " ] || { echo "$*: $found"; return 1; }
}
ok 'what is open, the urgent and old first' 'finds "TK-1 TK-2 TK-4 TK-3"'
ok '--all, is:closed, and the state' '
	finds "TK-1 TK-2 TK-4 TK-5 TK-3" -A
	finds TK-5 is:closed
	finds TK-2 state:open
	finds "TK-1 TK-4 TK-3" state:new'
ok 'fields' '
	finds TK-2 assignee:danila
	finds TK-2 assignee:me
	finds "TK-1 TK-4 TK-3" assignee:none
	finds TK-4 queue:network
	finds "TK-1 TK-2 TK-3" -- -queue:network
	finds TK-2 category:network
	finds TK-3 channel:chat
	finds "TK-1 TK-3" priority:p1,p4
	finds TK-1 is:urgent
	finds TK-1 requester:ivan@romashka.example
	finds "TK-2 TK-3" id:TK-3,2 line:1'
ok 'words, in any case, and quoted' '
	finds TK-1 ПРИНТЕР
	finds TK-1 "\"не печатает\""
	finds TK-2 "\"сети: vpn\""
	finds TK-4 日本
	finds TK-2 olga'
ok 'times and orders' '
	finds TK-1 created:2026-11-22
	finds "TK-2 TK-4 TK-3" created:2026-11-23
	finds TK-1 "created:>20h"
	finds "TK-4 TK-3 TK-2 TK-1" sort:-id
	finds "TK-1 TK-2" -l 2 sort:id'
ok 'nothing found is 1, without a word' '
	exits 1 tk list assignee:nobody >out
	same /dev/null out
	exits 1 tk list assignee:nobody --json >out
	same /dev/null out'
ok '--count counts, nothing included' '
	[ "$(tk list --count)" = 4 ]
	exits 0 tk list --count queue:nowhere >out
	echo 0 | same - out'

ok 'or, not, brackets, ranges' '
	finds "TK-1 TK-4" "queue:network OR priority:p1"
	finds "TK-2 TK-3" not "(queue:network or priority:p1)"
	finds "TK-1 TK-2 TK-5" "id:1..2 or is:closed"
	finds "TK-2 TK-4 TK-3" "created:2026-11-23.."
	finds "TK-1 TK-2" "created:2026-11-01..today id:..2"'
ok 'a limited reader stays limited, whatever is or-ed and bracketed' '
	export TK_QUEUES=network
	for q in "queue:support or id:1" "id:1 or id:4" ") or (id:1" "not queue:network" \
	    "(id:1) or (id:2)" "id:4 or not id:4"; do
		tk list -A "$q" >got 2>err || :
		exits 1 grep "TK-[1235]" got
		tk list -A --count "$q" >got 2>err || echo 0 >got
		[ "$(cat got)" -le 1 ]
	done'
ok '--query in place of ids' '
	tk note --query "queue:network or id:1" -m "Двум." >got
	cut -d" " -f1 got | tr "\n" " " | grep -x "TK-1 TK-4 "
	tk assign danila --query "queue:network" -q
	[ "$(tk list assignee:danila queue:network --count)" = 1 ]
	tk assign - --query "queue:network" -q
	exits 1 tk note --query "queue:nowhere" -m x 2>err
	exits 64 tk note --query "queue:network" TK-1 -m x 2>err
	exits 65 tk note --query "queue:(" -m x --query "due<x" 2>err'
ok 'a mistake is pointed at' '
	exits 65 tk list "сеть due<4x" 2>err
	sed -n "2,\$p" err >got
	same - got <<-TEXT
	tk-list:   сеть due<4x
	tk-list:            ^
	TEXT'

bad() { # COLUMN QUERY
	exits 65 tk list "$2" >out 2>err
	same /dev/null out
	grep -q "column $1[^0-9]" err || { echo "$2:"; cat err; return 1; }
}
ok 'a bad query is 65 and points at its column' '
	bad 1 nosuch:x
	bad 12 "принтер да nosuch:x"
	bad 6 "line:abc"
	bad 9 "is:open \"без конца"
	bad 9 "created:вчера-не-тогда"
	exits 64 tk list -l x 2>err'

ok '--json: an object a line, the truth in it' '
	tk list -A --json >rows
	while read -r row; do
		printf "%s\n" "$row" | python3 -m json.tool >one
	done <rows
	python3 - >got <<-PY
	import json
	rows = {r["id"]: r for r in map(json.loads, open("rows"))}
	r = rows["TK-3"]
	print(len(rows), r["subject"] == open("hostile").read(), r["channel"], r["priority"])
	r = rows["TK-2"]
	print(r["assignee"], r["state"], r["line"], r["requester"], r["client"], r["closed"])
	print(r["created"], rows["TK-5"]["closed"] is not None, rows["TK-4"]["subject"])
	PY
	same - got <<-TEXT
	5 True chat p4
	danila open 1 olga@vasilek.example None None
	2026-11-23T09:00:00+03:00 True 日本語の件名
	TEXT
	LC_ALL=C grep -c "[[:cntrl:]]" rows >count || :
	echo 0 | same - count'
ok '-z: ids, each ended by NUL' '
	tk list -z sort:id >got
	printf "TK-1\0TK-2\0TK-3\0TK-4\0" | cmp - got
	tk list -z sort:id | xargs -0 tk note -m "Всем." -q'

cat >"$SCRATCH/cells.py" <<'PY'
# In how many different cells does the word start?
import sys, unicodedata
def cells(s):
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in s)
print(len({cells(l.split(sys.argv[1])[0]) for l in sys.stdin if sys.argv[1] in l}))
PY
ok 'columns line up, whatever the letters' '
	for i in TK-1 TK-2; do tk set $i subject="ЪЪ конец" -q; done
	tk set TK-3 subject="ЪЪ" -q
	tk set TK-4 subject="ЪЪ" requester="日本 <a@b.example>" -q
	tk set TK-1 requester="Очень Длинное Имя <x@y.example>" -q
	tk list >out
	[ $(grep -c ЪЪ out) = 4 ]
	python3 "$SCRATCH/cells.py" ЪЪ <out >got
	echo 1 | same - got
	exits 1 grep " $" out'
ok 'a pipe gets no header, no colour, and whole cells' '
	exits 1 grep -i "TICKET\|ESC" out
	LC_ALL=C grep -c "[[:cntrl:]]" out >count || :
	echo 0 | same - count
	grep -q "Очень Длинное Имя <x@y.example>" out'
ok 'a terminal gets a header, and lines no longer than it is wide' '
	for i in TK-1 TK-2; do tk set $i subject="ЪЪ очень длинная тема заявки" -q; done
	TERM=xterm COLUMNS=100 NO_COLOR=1 TK_PAGER=cat python3 -c "
import pty
pty.spawn([\"tk\", \"list\"])" >out
	tr -d "\r" <out >lines
	head -n 1 lines | grep -q "^TICKET .* SUBJECT"
	[ $(grep -c "^TK-" lines) = 4 ]
	exits 1 grep -E ".{101}" lines'

ok 'a hostile subject does not reach the terminal' '
	tk set TK-3 subject="$(cat hostile)" -q
	for c in "list" "list -A id:TK-3" "show TK-3"; do
		exits 0 tk $c >out 2>&1
		grep -q КРАСНЫЙ out
		python3 -c "
import sys, unicodedata
s = open(\"out\", encoding=\"utf-8\").read()
bad = [hex(ord(c)) for c in s if c not in \"\n\t\" and unicodedata.category(c) in (\"Cc\", \"Cf\")]
sys.exit(\"$c: %s\" % bad if bad else 0)"
	done
	exits 64 tk take "$(cat hostile)" 2>err
	LC_ALL=C grep -c "$(printf "\033\\|\007")" err >count || :
	echo 0 | same - count'
ok 'a number is that ticket only, closed or not; in quotes a word' '
	tk new -q -s "Порт 77 не отвечает" -m е
	finds TK-3 3
	finds TK-5 5
	finds TK-6 "\"77\""
	exits 1 tk list 77'
finish
