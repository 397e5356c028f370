#!/bin/sh
# tk list with columns, groups, CSV and saved queries; tk next; who else of the
# client's is open.
. "$(dirname "$0")/lib.sh"

desk gate
tk client add romashka --domain romashka.example >"$SCRATCH/log"
tk new -q -s 'Первая, "в кавычках"; с запятой' -m а -w ivan@romashka.example -p p2
tk new -q -s '=1+1' -m б -w ivan@romashka.example -p p1
tk new -q -s 'Третья' -m в -w olga@vasilek.example -p p3 -Q network
tk new -q -s 'Закрытая' -m г -w ivan@romashka.example
tk close -q TK-4 -m 'Готово.'
tk set -q TK-1 tags=vip,склад
tk spend -q TK-1 1h30m -m 'Чинил.'
tk take -q TK-1

ok '--columns, in that order, and --sort' '
	tk list --columns id,priority,tag,spent --sort -id >got
	same - got <<-TEXT
	TK-3  p3  -              -
	TK-2  p1  -              -
	TK-1  p2  vip, склад  1:30
	TEXT
	exits 64 tk list --columns id,colour 2>err
	grep "colour" err
	exits 65 tk list --sort colour 2>err'
ok '--csv: read back by another program' '
	tk list -A --csv --columns id,subject,created,closed,line >got
	python3 -c "
import csv
rows = list(csv.DictReader(open(\"got\", newline=\"\", encoding=\"utf-8\")))
by = {r[\"id\"]: r for r in rows}
assert len(rows) == 4 and by[\"TK-1\"][\"subject\"] == \"Первая, \\\"в кавычках\\\"; с запятой\", by
assert by[\"TK-1\"][\"created\"] == \"2026-11-22T09:00:00+03:00\" and by[\"TK-1\"][\"closed\"] == \"\"
assert by[\"TK-4\"][\"closed\"] != \"\" and by[\"TK-2\"][\"subject\"] == \"=1+1\""
	tk list --csv | head -n 1 | grep "^id,state,priority,type,queue,.*,subject"'
ok '--excel: BOM, semicolons, no formula' '
	tk list -A --excel --columns id,subject >got
	python3 -c "
import csv
data = open(\"got\", \"rb\").read()
assert data[:3] == b\"\\xef\\xbb\\xbf\"
rows = {r[\"id\"]: r for r in csv.DictReader(data[3:].decode().splitlines(), delimiter=\";\")}
assert rows[\"TK-2\"][\"subject\"] == chr(39) + \"=1+1\", rows"'
ok '--json with columns' '
	tk list --json --columns id,spent,tag id:1 >got
	python3 -c "
import json
r = json.loads(open(\"got\").read())
assert r == {\"id\": \"TK-1\", \"spent\": 90, \"tag\": \"vip, склад\"} or sorted(r[\"tag\"].split(\", \")) == [\"vip\", \"склад\"] and r[\"spent\"] == 90, r"'
ok '--group-by: counts, also of lists and days' '
	tk list -A --group-by client >got
	same - got <<-TEXT
	romashka  3
	-         1
	TEXT
	tk list -A --group-by created --json | python3 -c "
import json, sys
assert json.load(sys.stdin) == {\"created\": \"2026-11-22\", \"tickets\": 4}"
	tk list --group-by tag id:1 >got
	[ $(wc -l <got) = 2 ]
	tk list --group-by priority --csv is:open >got
	grep "^p1,1" got
	exits 64 tk list --group-by colour 2>err'
ok 'a limited reader does not count what he does not see' '
	export TK_QUEUES=network
	tk list -A --group-by client >got
	same - got <<-TEXT
	-  1
	TEXT
	[ "$(tk list -A --count)" = 1 ]
	[ "$(tk list -A --csv --columns id | wc -l)" = 2 ]
	exits 1 tk list -A --csv --columns subject client:romashka >got
	exits 1 grep -E "Первая|1\\+1" got'

git clone -q gate work
mkdir work/views
cat >work/views/hot.yaml <<'Y'
title: Горячее
query: priority:p1 or priority:p2
sort: -id
columns: [id, subject]
Y
git -C work add views && git -C work commit -qm 'views: hot' && git -C work push -q
ok 'a saved query, with more beside it' '
	tk list :hot >got
	cut -d" " -f1 got | tr "\n" " " | grep -x "TK-2 TK-1 "
	[ "$(tk list :hot assignee:danila --count)" = 1 ]
	tk list :hot --columns id --sort id | tr "\n" " " | grep -x "TK-1 TK-2 "
	tk note --query ":hot assignee:danila" -m "Смотрю." | grep "^TK-1 "
	tk search -z ":hot кавычки" | grep -az "^TK-1"'
ok 'ones own view goes first; over ssh it does not count' '
	mkdir -p "$HOME/.config/tk/views"
	echo "query: queue:network" >"$HOME/.config/tk/views/my.yaml"
	echo "query: id:3" >"$HOME/.config/tk/views/hot.yaml"
	tk list :my | grep "^TK-3 "
	[ "$(tk list :hot --count)" = 1 ]
	export TK_REMOTE=1
	[ "$(tk list :hot --count)" = 2 ]
	exits 1 tk list :my 2>err
	unset TK_REMOTE
	XDG_CONFIG_HOME="$PWD/cfg"
	export XDG_CONFIG_HOME
	[ "$(tk list :hot --count)" = 2 ]
	mkdir -p cfg/tk/views
	echo "query: id:1" >cfg/tk/views/hot.yaml
	[ "$(tk list :hot --count)" = 1 ]'
ok 'a view that is none, or a broken one' '
	exits 1 tk list :nowhere 2>err
	grep "nowhere" err
	exits 65 tk list ":../x" 2>err
	echo "query: due<x" >"$HOME/.config/tk/views/bad.yaml"
	exits 65 tk list :bad 2>err
	grep "bad.yaml:1" err
	echo "colour: red" >"$HOME/.config/tk/views/bad.yaml"
	exits 65 tk list :bad 2>err'
ok 'a broken view is not taken at the gate' '
	cd work
	git pull -q
	for t in "query: qeue:x" "query: (id:1" "query: id:1 sort:id" "colour: red" "columns: [colour]" \
	    "sort: colour"; do
		echo "$t" >views/bad.yaml
		git add views
		git commit -qm "views: bad"
		exits 1 git push -q 2>err
		grep "views/bad.yaml" err
		git reset -q --hard HEAD~1
	done'
ok 'tk next: what is due first' '
	tk next >got
	[ $(wc -l <got) = 1 ]
	tk next -l 9 --json | python3 -c "
import json, sys
rows = [json.loads(l) for l in sys.stdin]
assert len(rows) == 3, rows
dues = [r[\"due\"] or \"9\" for r in rows]
assert dues == sorted(dues), dues"
	tk next --mine | grep "^TK-1 "
	tk show . --json | grep "\"TK-1\""
	tk staff add olga --mail olga@firma.example --role agent --queue network >"$SCRATCH/log"
	TK_ACTOR=olga tk next | grep "^TK-3 "
	exits 1 env TK_ACTOR=olga tk next --mine'
ok 'tk show: the client has more that is open' '
	tk show TK-1 >got
	sed -n "/^Also open/,\$p" got >others
	grep "^TK-2 " others
	exits 1 grep "^TK-[1345] " others
	tk show TK-3 >got
	exits 1 grep "^TK-[12] \|^Also" got'
ok 'no control character of others comes through a table' '
	tk new -q -s "$(printf "\001=1+1 \033[31mred\342\200\256")" -m x -w ivan@romashka.example
	for how in --csv --excel; do
		tk list -A $how --columns id,subject id:TK-5 >got
		grep "1+1 .*red" got
		LC_ALL=C exits 1 grep "$(printf "[\001\033]\|\342\200\256")" got
	done
	grep "=1+1" got | cut -d";" -f2 | exits 1 grep "^\"*[=+-]"'
finish
