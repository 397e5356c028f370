#!/bin/sh
# tk-escalate --due: the ladder of sla.yaml, step by step, each once, in
# working hours, with the clock moved on.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
for p in olha:engineer petro:agent masha:manager dima:dispatcher; do
	tk staff add ${p%:*} -q --name "Имя ${p%:*}" --mail ${p%:*}@firma.example --role ${p#*:}
done
clock() { # TIME in Moscow
	set_clock "$(date -u -d "$1 +0300" +%FT%TZ)"
	echo "$TK_NOW" >"$SCRATCH/now"
}
told() { # how many notices PERSON has got
	grep -lx "$1@firma.example" sent/*.args 2>/dev/null | wc -l
}
newest() { # PERSON: the newest letter
	cat "$(grep -lx "$1@firma.example" sent/*.args | sed "s/args/eml/" | sort -V | tail -1)"
}
# log_of TICKET: "act step passed to" of tk's own entries, by another library
log_of() {
	at "$1" ticket.yaml | python3 -c '
import sys, yaml
for e in yaml.safe_load(sys.stdin)["log"]:
    s = e.get("step")
    if s: print(e["by"], e["act"], s["target"], s["when"], "passed", s.get("passed", "-"), "to", s.get("to", "-"), "rule", e["rule"])'
}

ok 'a new ticket on Sunday: nothing, all night and all morning' '
	letter 1.eml "$ivan" "Не грузится"
	tk deliver -q - <1.eml
	was=$(tip)
	for t in "2026-11-22 10:00" "2026-11-22 23:59" "2026-11-23 03:00" "2026-11-23 09:00" "2026-11-23 11:59"; do
		clock "$t" && tk escalate --due >out && [ ! -s out ]
	done
	[ "$(tip)" = $was ]'

ok '75%: those of the queue are warned, once; the rule is in the log' '
	clock "2026-11-23 12:00"
	tk escalate --due -n >out && grep -x "TK-1 warn response 75% warn" out
	log_of TK-1 >got && [ ! -s got ]
	tk escalate --due >out && grep -x "TK-1 warn response 75% warn" out
	log_of TK-1 >got && n=$(sed -n "s,.*rule regulation/sla.yaml:\([0-9]*\): 75% warn$,\1,p" got)
	git -C d show main:regulation/sla.yaml | sed -n "${n}p" | grep -F "{at: 75%, do: warn}"
	git -C d log -1 --format="%an|%(trailers:key=Act,valueonly,separator=)" -- tickets >got && grep -x "tk|warn" got
	[ "$(told petro)" = 1 ]
	[ "$(told masha)" = 1 ]
	newest petro | header Subject | grep -x "\[TK-1\] истекает срок: Не грузится"
	newest petro | plaintext | grep -F "первый ответ (75%)"
	newest petro | plaintext | grep -E "Срок: +2026-11-23 13:00"
	[ "$(grep -lx ivan@romashka.example sent/*.args | wc -l)" = 1 ]'

ok 'a second run does nothing' '
	was=$(tip) n=$(sent)
	tk escalate --due >out && [ ! -s out ]
	clock "2026-11-23 12:30" && tk escalate --due >out && [ ! -s out ]
	[ "$(tip)" = $was ] && [ "$(sent)" = $n ]'

ok 'the term is over: the manager; then the priority; then the next line, with a note' '
	clock "2026-11-23 13:00" && tk escalate --due >out
	grep -x "TK-1 breach response 100% tell manager" out
	newest masha | header Subject | grep -x "\[TK-1\] СРОК НАРУШЕН: Не грузится"
	clock "2026-11-23 14:00" && tk escalate --due >out
	grep -x "TK-1 escalate response 125% raise" out
	at TK-1 ticket.yaml | grep -x "priority: p2"
	tk show TK-1 | grep "tk: escalated"'

ok 'answered: the clock of the answer rests' '
	tk take -q TK-1 && tk reply -q TK-1 -m "Смотрим." --status open 2>err || tk reply -q TK-1 -m "Смотрим."
	tk status -q open TK-1 2>err || :
	clock "2026-11-23 15:30" && tk escalate --due >out
	exits 1 grep response out'

ok 'a night was missed: the last step that tells and the last that changes act, the others are passed' '
	clock "2026-11-24 09:00"
	letter 2.eml "Пётр <petr@lilia.example>" "Принтер"
	tk deliver -q - <2.eml
	clock "2026-11-24 16:00"
	tk escalate --due >out
	grep -F "TK-2 breach response 100% tell manager, passed: 75% warn" out
	grep -F "TK-2 escalate response 150% up, passed: 125% raise" out
	[ "$(grep -c TK-2 out)" = 2 ]
	at TK-2 ticket.yaml >t && grep -x "queue: servers" t && grep -x "line: 2" t && grep -x "priority: p3" t
	log_of TK-2 >got
	grep -F "tk escalate response 150% passed ['\''125% raise'\'']" got
	tk show TK-2 | grep "^  ! .*response, 150%"
	tk escalate --due >out && exits 1 grep TK-2 out
	clock "2026-11-24 17:00" && tk escalate --due >out
	grep -x "TK-2 breach response 200% tell director" out'

ok 'after hours it waits for the morning' '
	clock "2026-11-25 09:00"
	letter 3.eml "Анна <anna@mak.example>" "Почта"
	tk deliver -q - <3.eml
	tk set -q TK-3 priority=p4 -m "Не горит."
	clock "2026-11-25 18:00" && tk escalate --due >out && exits 1 grep TK-3 out
	clock "2026-11-25 23:00" && tk escalate --due >out && exits 1 grep TK-3 out
	clock "2026-11-26 09:00" && tk escalate --due >out && grep "TK-3 breach response 100% tell manager" out'

ok 'many at once are one letter to each' '
	clock "2026-11-27 09:00"
	mkdir -p m/new m/cur m/tmp
	for i in 1 2 3 4 5 6; do letter m/new/$i "Пётр $i <p$i@lilia.example>" "Беда $i"; done
	git -C d config tk.maildir "$PWD/m" && tk deliver -q
	clock "2026-11-27 13:00"
	n=$(told masha)
	tk escalate --due >out
	[ "$(grep -c "breach response 100% tell manager" out)" = 6 ]
	[ "$(told masha)" = $((n + 1)) ]
	newest masha | plaintext >l && [ "$(grep -c "СРОК НАРУШЕН (первый ответ): Беда" l)" = 6 ]'

ok 'killed between the act and the letter: the next run tells it' '
	clock "2026-11-27 17:00"
	n=$(told danila)
	mv d/tk/noticed keep
	TK_NOTICING=1 tk escalate --due >out && grep "200% tell director" out
	mv keep d/tk/noticed
	[ "$(told danila)" = $n ]
	tk escalate --due >out && [ ! -s out ]
	[ "$(told danila)" = $((n + 1)) ]'

ok 'closed: nothing more; opened again: the clocks go on' '
	for i in 4 5 6 7 8 9; do tk close -q TK-$i -r "Сделано." -m "Без ответа" 2>err || tk close -q TK-$i -m "Спам." 2>>err; done || :
	clock "2026-11-30 09:30" && tk escalate --due >/dev/null
	sqlite3 d/tk/index.db "SELECT count(*) FROM watch w JOIN ticket t ON t.id = w.ticket WHERE t.state = '\''closed'\''" >n
	grep -x 0 n'

ok 'the index is made anew: nothing happens twice' '
	was=$(tip)
	tk reindex -q && tk escalate --due >out && [ ! -s out ] && [ "$(tip)" = $was ]'

ok 'steps of its own: +2h, a target, assign' '
	tk regulation ack >out
	git clone -q d c
	python3 - <<-X
	import re
	p = "c/regulation/sla.yaml"
	s = open(p).read()
	i = s.index("- id: basic")
	j = s.index("  escalation:", i)
	s = s[:j] + "  escalation:\n  - {at: 50%, target: response, do: assign, to: [petro]}\n  - {at: +2h, target: response, do: tell, to: [olha]}\n"
	open(p, "w").write(s)
	p = "c/regulation/regulation.yaml"
	s = open(p).read()
	open(p, "w").write(re.sub("(?m)^version: 1", "version: 2", s))
	X
	(cd c && unset TK_DESK && git commit -qam "regulation: steps" && git push -q 2>../err) || { cat err; false; }
	clock "2026-12-01 09:00"
	letter 4.eml "Олег <oleg@mak.example>" "Сеть"
	tk deliver -q - <4.eml
	clock "2026-12-01 11:00" && tk escalate --due >out
	id=TK-10
	grep -x "$id escalate response 50% assign petro" out
	at $id ticket.yaml | grep -x "assignee: petro"
	newest petro | header Subject | grep -F "[$id] передана выше: Сеть"
	clock "2026-12-01 14:59" && tk escalate --due >out && exits 1 grep "^$id " out
	clock "2026-12-01 15:00" && tk escalate --due >out && grep -x "$id breach response +2h tell olha" out
	[ "$(told olha)" -ge 1 ]'

ok 'refused: from a clone; with ids; a ladder that is none' '
	(cd c && unset TK_DESK && git pull -q && exits 1 tk escalate --due) 2>err
	exits 64 tk escalate --due TK-1 2>err
	exits 64 tk escalate -n TK-1 2>err
	cp -r "$ROOT/share/regulations/outsourcer/en" bad
	for e in "at: soon, do: warn" "at: 75%, do: pray" "at: 75%, do: tell" "at: 75%, do: warn, target: lunch"; do
		sed "s/{at: 75%, do: warn}/{$e}/" "$ROOT/share/regulations/outsourcer/en/sla.yaml" >bad/sla.yaml
		exits 1 tk regulation lint bad >out 2>err || exits 65 tk regulation lint bad >out 2>err
		cat out err | grep "bad/sla.yaml:[0-9]*: "
	done'

ok 'audit and fsck find nothing' 'tk audit >out || { cat out; false; }; tk fsck -q'
finish
