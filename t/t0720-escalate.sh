#!/bin/sh
# tk-escalate by people: up by the regulation's own way, with a note that
# stands first for whoever gets the ticket.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
for p in ivan:agent olha:engineer vera:expert; do
	tk staff add ${p%:*} -q --name "${p%:*}" --mail ${p%:*}@firma.example --role ${p#*:}
done
for i in 1 2 3 4 5; do
	tk new -q -s "Заявка $i" -m "Текст $i." -w ivan@romashka.example
done

# head TICKET: "queue line assignee", read by another library
head_of() {
	at "$1" ticket.yaml | python3 -c '
import sys, yaml
t = yaml.safe_load(sys.stdin)
print(t["queue"], t.get("line"), t.get("assignee"))'
}

# law MESSAGE: the clone c's change of the regulation, pushed by its director
law() {
	(cd c && unset TK_DESK &&
		v=$(sed -n "s/^version: //p" regulation/regulation.yaml) &&
		sed -i "s/^version: .*/version: $((v + 1))/" regulation/regulation.yaml &&
		git commit -qam "regulation: $1" && git push -q 2>../err || { cat ../err; false; })
}

ok 'one line up: by the category, else by the last rule' '
	tk set -q TK-1 category=network/vpn
	tk take -q TK-1
	tk escalate TK-1 -m "Туннель не встаёт, ключи верные." >out
	grep -qx "TK-1 escalate" out
	head_of TK-1 >got && grep -x "network 2 None" got
	git -C d log -1 --format="%s|%(trailers:key=Act,valueonly,separator=)" >subject
	grep -x "TK-1: escalate, network|escalate" subject
	tk escalate -q TK-2 -m "Не знаю."
	head_of TK-2 >got && grep -x "servers 2 None" got
	tk escalate -q TK-1 -m "Нужен знаток."
	head_of TK-1 >got && grep -x "experts 3 None" got'

ok 'the note stands first, marked, and once more in its place' '
	tk show TK-1 >out
	n=$(grep -n "HANDED OVER by Данила Петров (message 3)" out | cut -d: -f1)
	sed -n "$((n + 1))p" out | grep -F "! Нужен знаток."
	[ "$n" -lt "$(grep -n "message 1 - " out | cut -d: -f1)" ]
	grep -F "| Нужен знаток." out
	tk move -q servers TK-1 -m "Это сервер."
	tk show TK-1 >out && exits 1 grep "HANDED OVER" out'

ok 'to a line, a queue, a person' '
	tk escalate -q TK-3 --to 3 -m "Сразу к знатокам."
	head_of TK-3 >got && grep -x "experts 3 None" got
	tk escalate -q TK-4 --to apps -m "База."
	head_of TK-4 >got && grep -x "apps 2 None" got
	tk escalate -q TK-4 --to olha -m "Ты знаешь эту базу."
	head_of TK-4 >got && grep -x "apps 2 olha" got
	tk escalate -q TK-4 --to vera -m "Теперь ты."
	echo TK-5 | tk escalate --to 2 -m "Вторая." >out && grep -x "TK-5 escalate" out'

ok 'a handover without a note is refused by the rule of the queue' '
	tk new -q -s "Заявка 6" -m "Текст 6." -w ivan@romashka.example
	exits 1 tk escalate TK-6 2>err
	n=$(sed -n "s,.*regulation/queues.yaml:\([0-9]*\): .*,\1,p" err)
	git -C d show "main:regulation/queues.yaml" | sed -n "${n}p" | grep -F "to: servers"
	grep -F "a comment is needed" err
	head_of TK-6 >got && grep -x "support 1 None" got'

ok 'refused: no such place, there already, nothing higher, not of the role' '
	exits 65 tk escalate TK-6 --to nowhere -m x 2>err
	grep "nowhere" err
	exits 1 tk escalate TK-3 --to experts -m x 2>err
	grep "there already" err
	exits 1 tk escalate TK-3 -m x 2>err
	grep "no higher line" err
	TK_ACTOR=nobody exits 77 tk escalate TK-6 -m x
	git clone -q "$DESK" c
	sed -i "s/ escalate,//" c/regulation/roles.yaml
	law "nobody escalates"
	TK_ACTOR=ivan exits 77 tk escalate TK-6 -m x 2>err
	grep "\"escalate\" is not an act of ivan" err'

ok 'lines within one queue; several queues of the next line' '
	git -C c pull -q
	sed -i "/^  escalate:/d; /^  - {category: /d; /^  - {to: servers}/d" c/regulation/queues.yaml
	sed -i "s/ move, set,/ move, escalate, set,/" c/regulation/roles.yaml
	law "no way up"
	exits 1 tk escalate TK-6 -m x 2>err
	grep -F "line 2 has several queues" err
	grep -F -- "--to network, servers, apps" err
	git -C c pull -q
	sed -i "s/^  line: 2/  line: 0/" c/regulation/queues.yaml
	law "one queue"
	tk escalate -q TK-6 -m "Дальше."
	head_of TK-6 >got && grep -x "support 2 None" got'

ok 'lint: a way up that is none' '
	cp -r "$ROOT/share/regulations/outsourcer/en" bad
	sed -i "s/^  escalate: experts/  escalate: nobody/" bad/queues.yaml
	sed -i "0,/^  escalate: nobody/s//  escalate: network/" bad/queues.yaml
	exits 1 tk regulation lint bad >out
	grep "no queue \"nobody\"" out
	sed -i "/to: network, require/d; s/escalate: nobody/escalate: network/" bad/queues.yaml
	exits 1 tk regulation lint bad >out
	grep "may not hand over to it" out'

ok 'it is pushed from a clone and judged there as well' '
	cd c && unset TK_DESK && git pull -q
	tk escalate -q TK-2 --to experts -m "Из клона."
	git push -q 2>err || { cat err; false; }
	cd .. && export TK_DESK=$DESK
	head_of TK-2 >got && grep -x "experts 3 None" got'
finish
