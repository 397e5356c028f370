#!/bin/sh
# tk search, and words in every query: subjects, letters, notes, attachments,
# people, the knowledge base; nothing for those who may not see it.
. "$(dirname "$0")/lib.sh"

desk gate
letter a.eml 'Иван Орлов <ivan@romashka.example>' 'Не печатает принтер' \
    'Добрый день! Картридж меняли вчера, лампа мигает.'
tk deliver -q - <a.eml
tk new -q -s 'Сеть' -m 'Пропала связь с офисом, принтер тоже.' -w olga@vasilek.example -Q network
tk note -q TK-1 -m 'Клиент грубит, но платит исправно.'
tk reply -q TK-1 -m 'Перезагрузите устройство.' --cc boss@romashka.example 2>/dev/null ||
	tk reply -q TK-1 -m 'Перезагрузите устройство.'
printf 'x' >'акт-выполненных-работ.txt'
tk note -q TK-2 -m 'Смотрите приложение.' -a 'акт-выполненных-работ.txt'
{
	i=0
	while [ $i -lt 3000 ]; do
		echo "Строка $i длинного письма ни о чём."
		i=$((i + 1))
	done
	echo 'А в самом конце пропал ноутбук.'
} >long
tk new -q -s 'Длинное' <long

found() { # WANT QUERY...: the ids, sorted
	want=$1
	shift
	tk search -z "$@" | tr '\0' '\n' | sort | tr '\n' ' ' >ids || :
	[ "$(cat ids)" = "${want:+$want }" ] || { echo "$*: $(cat ids)"; return 1; }
}
ok 'subjects, letters, notes, attachments, long letters' '
	found "TK-1 TK-2" принтеры
	found TK-1 картриджей
	found TK-1 грубить
	found TK-2 акты
	found TK-2 attachment:акт
	found TK-3 ноутбуки
	found "" бегемот'
ok 'words of several messages, phrases, beginnings, exclusion' '
	found TK-1 картридж устройством
	found TK-1 "\"картриджи меняли\""
	found "" "\"меняли картриджи\""
	found "TK-1 TK-2" "принт*"
	found TK-2 принтер NOT картридж
	found "TK-1 TK-3" "картридж or ноутбук"
	found TK-2 принтер queue:network'
ok 'ё = е, look-alikes, case, marks, apostrophes' '
	printf "Щелкает. Пам\\342\\200\\231ять в порядке. Кафе́ закрыто." >text
	tk new -q -s "Жесткий диск" <text
	found TK-4 жёсткие диски
	found TK-4 ЩЁЛКАЕТ
	found TK-4 "пам'\''яті"
	found TK-4 кафе
	found TK-4 "диcк"'
ok 'from, to, cc, text, note' '
	found TK-1 from:ivan@romashka.example
	found TK-1 from:орлов
	found TK-1 to:ivan
	found TK-1 text:лампы
	found TK-1 note:исправно
	found "" note:лампа
	tk list from:ivan@romashka.example | grep "^TK-1 "'
ok 'a snippet shows the place, and which message' '
	tk search ноутбука >got
	grep "^TK-3 .*1: .*А в самом конце пропал ноутбук" got
	[ $(wc -l <got) = 1 ]
	[ $(wc -m <got) -lt 400 ]
	tk search --json грубить >got
	python3 -c "
import json
r = json.loads(open(\"got\").read())
assert r[\"id\"] == \"TK-1\" and r[\"message\"] == 3 and \"Клиент грубит\" in r[\"snippet\"], r"
	LC_ALL=C grep -c "$(printf "\\033")" got >count || :
	echo 0 | same - count'
ok 'on a terminal the words are painted, and hostile text is not' '
	printf "Злой \\033[31m барсук \\007 пришёл" >evil
	tk new -q -s "Тема" -m "$(cat evil)"
	TERM=xterm COLUMNS=80 TK_PAGER=cat python3 -c "
import pty
pty.spawn([\"tk\", \"search\", \"барсуки\"])" >out
	grep "$(printf "\\033\\[1m")барсук" out
	exits 1 grep "$(printf "\\033\\[31m")" out'
ok 'the subject counts most, then what is rare' '
	tk new -q -s "Другое" -m "Слово фиалка здесь, в длинном письме о разном и всяком."
	tk new -q -s "Фиалка" -m "Текст."
	[ "$(tk search фиалки | head -n 1 | cut -d" " -f1)" = TK-7 ]
	[ "$(tk search -l 1 фиалки | wc -l)" = 1 ]'
ok 'pages of the knowledge base' '
	git clone -q gate kb
	mkdir -p kb/kb/network
	printf "# Маршрутизаторы\\n\\nСброс кнопкой на десять секунд.\\n" >kb/kb/network/reset.md
	git -C kb add kb
	git -C kb commit -qm "kb: reset"
	git -C kb push -q
	tk search --kb сбросить маршрутизатор >got
	grep "^kb/network/reset.md  Маршрутизаторы .*Сброс кнопкой" got
	found "" кнопки
	tk search --kb --json кнопки | python3 -c "
import json, sys
assert json.load(sys.stdin)[\"page\"] == \"kb/network/reset.md\""
	git -C kb rm -q kb/network/reset.md
	git -C kb commit -qm "kb: no more"
	git -C kb push -q
	exits 1 tk search --kb кнопка'
ok 'notes are not for clients' '
	found TK-1 грубит
	found "" --no-notes грубит
	found "" --no-notes note:грубит
	found "" --no-notes text:грубит
	found TK-1 --no-notes картридж
	tk search --no-notes устройство >got
	exits 1 grep груб got'
ok 'who does not see a ticket does not find it, nor count it' '
	export TK_QUEUES=network
	found TK-2 принтер
	found "" картридж
	for q in "картридж or id:1" "id:1 картридж" "not бегемот картридж" "картридж*"; do
		tk search "$q" >got 2>err && exit 1
		exits 1 tk list -A "$q" --json >>got
		[ "$(tk list -A --count "картридж")" = 0 ]
		same /dev/null got
	done'
ok 'a purged message is not found' '
	git clone -q gate hand
	cd hand
	git config core.hooksPath /dev/null
	f=$(grep -l ноутбук tickets/00/00/TK-3/2*.yaml)
	sed -i "s/пропал ноутбук/пусто/" $f
	git commit -qam "by hand"
	git -C ../gate fetch -q ../hand main
	git -C ../gate update-ref refs/heads/main FETCH_HEAD
	cd ..
	found "" ноутбук
	found TK-3 "\"строка 7\""'
ok 'nothing to look for, and mistakes' '
	exits 64 tk search
	exits 64 tk search state:open 2>err
	grep "no words" err
	exits 65 tk search "text:---" 2>err
	exits 65 tk search "(принтер" 2>err
	exits 64 tk search -l x принтер 2>err
	exits 1 tk search бегемот'
ok 'a name with a number is that one and no longer one' '
	tk new -q -s "Опять srv-1042" -m x -w olga@vasilek.example
	tk new -q -s "Стоит srv-1" -m x -w olga@vasilek.example
	[ "$(tk list -A --count srv-1)" = 1 ] && [ "$(tk list -A --count srv-10*)" = 1 ]
	[ "$(tk list -A --count srv-1042)" = 1 ] && [ "$(tk list -A --count srv1042)" = 0 ]'

finish
