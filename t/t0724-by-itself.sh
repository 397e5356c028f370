#!/bin/sh
# What the desk does by itself: remind a silent client, close after silence,
# return a forgotten promise, tell the client that it goes on.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
for p in petro:agent masha:manager; do
	tk staff add ${p%:*} -q --name "Имя ${p%:*}" --mail ${p%:*}@firma.example --role ${p#*:}
done
clock() { # TIME in Moscow
	set_clock "$(date -u -d "$1 +0300" +%FT%TZ)"
	echo "$TK_NOW" >"$SCRATCH/now"
}
told() { # how many letters ADDRESS has got
	grep -lx "$1" sent/*.args 2>/dev/null | wc -l
}
newest() { # ADDRESS: the newest letter
	cat "$(grep -lx "$1" sent/*.args | sed "s/args/eml/" | sort -V | tail -1)"
}
# rule TICKET ACT: the line of the regulation that the last such entry names
rule() {
	at "$1" ticket.yaml | python3 -c '
import sys, yaml
e = [e for e in yaml.safe_load(sys.stdin)["log"] if e["act"] == sys.argv[1]][-1]
assert e["by"] == "tk", e
print(e["rule"])' "$2" >rule
	git -C d show "main:$(sed "s/:.*//" rule)" | sed -n "$(sed "s/.*://" rule)p"
}
clock "2026-11-23 10:00"
tk regulation ack >/dev/null
for i in 1 2 3; do
	letter $i.eml "$ivan" "Дело $i"
	tk deliver -q - <$i.eml
	tk take -q TK-$i
done

ok 'a silent client is reminded after three working days, once, in their language' '
	tk reply -q TK-1 -m "Какая у вас версия?"
	[ "$(state TK-1)" = waiting ]
	n=$(told ivan@romashka.example)
	clock "2026-11-26 09:59" && tk escalate --due >out && exits 1 grep "TK-1 remind" out
	clock "2026-11-26 10:00" && tk escalate --due >out && grep -x "TK-1 remind" out
	rule TK-1 remind | grep -F "remind: 3d"
	newest ivan@romashka.example >l
	header Subject <l | grep -F "ждём вашего ответа"
	header Auto-Submitted <l | grep -x auto-generated
	header In-Reply-To <l | grep -F "$(msgid 1.eml)"
	clock "2026-11-27 12:00" && tk escalate --due >out && exits 1 grep "TK-1 remind" out
	[ "$(state TK-1)" = waiting ]'

ok 'an answer ends the silence; the next one begins anew' '
	letter a.eml "$ivan" "Re: [TK-1] Дело 1" "Версия 5."
	tk deliver -q - <a.eml && [ "$(state TK-1)" = open ]
	clock "2026-12-01 12:00" && tk escalate --due >out && exits 1 grep "TK-1 remind" out
	tk reply -q TK-1 -m "Попробуйте ещё раз." && [ "$(state TK-1)" = waiting ]
	clock "2026-12-04 12:00" && tk escalate --due >out && grep -x "TK-1 remind" out'

ok 'closed after ten working days, with a letter; the answer opens it again' '
	clock "2026-12-15 11:59" && tk escalate --due >out && [ "$(state TK-1)" = waiting ]
	clock "2026-12-15 12:00" && tk escalate --due >out && grep -x "TK-1 close" out
	[ "$(state TK-1)" = closed ]
	rule TK-1 close | grep -F "close: 10d"
	newest ivan@romashka.example | header Subject | grep -F "заявка закрыта"
	git -C d log -1 --format="%an %(trailers:key=State,valueonly,separator=)" --grep "TK-1: close" | grep -x "tk waiting -> closed"
	tk escalate --due >out && [ ! -s out ]
	letter b.eml "$ivan" "Re: [TK-1] Дело 1" "Нет, не работает!"
	tk deliver -q - <b.eml && [ "$(state TK-1)" = open ]'

ok 'a weekend of cron was missed: the reminder first, and time to answer it' '
	tk reply -q TK-2 -m "Проверьте, пожалуйста." && [ "$(state TK-2)" = waiting ]
	clock "2027-01-25 12:00" && tk escalate --due >out && grep -x "TK-2 remind" out
	tk escalate --due >out && exits 1 grep "TK-2" out
	clock "2027-02-02 12:00" && tk escalate --due >out && exits 1 grep "TK-2 close" out
	clock "2027-02-03 12:00" && tk escalate --due >out && grep -x "TK-2 close" out'

ok 'solved: silence is consent' '
	tk take -q TK-3 2>/dev/null || :
	tk reply -q TK-3 -m "Готово, проверьте." --status solved 2>err || { tk reply -q TK-3 -m "Готово." && tk status -q solved TK-3; }
	[ "$(state TK-3)" = solved ]
	clock "2027-02-10 11:00" && tk escalate --due >out && exits 1 grep "TK-3 close" out
	clock "2027-02-10 12:00" && tk escalate --due >out && grep -x "TK-3 close" out
	rule TK-3 close | grep -F "silence: 5d" && [ "$(state TK-3)" = closed ]'

ok 'a process that does not let tk close is left alone' '
	clock "2027-02-15 10:00"
	tk new -q -s Жалоба -m Плохо -w "$ivan" --type complaint
	tk take -q TK-4 && tk reply -q TK-4 -m "Разберёмся."
	at TK-4 ticket.yaml | sed -n "s/^state: //p" >before
	clock "2027-03-29 12:00" && tk escalate --due >out 2>err
	exits 1 grep "TK-4 close" out'

ok 'a forgotten promise comes back: to the assignee and the manager' '
	clock "2027-04-05 10:00"
	letter 5.eml "$ivan" "Дело 5" && tk deliver -q - <5.eml
	tk assign -q petro TK-5
	tk due TK-5 "2027-04-05 16:00" -m "Обещали привезти." -q
	n=$(told petro@firma.example)
	clock "2027-04-05 15:59" && tk escalate --due >out && exits 1 grep "TK-5 breach promised" out
	clock "2027-04-05 16:00" && tk escalate --due >out && grep -x "TK-5 breach promised" out
	rule TK-5 breach | grep -F "promise: {tell:"
	newest petro@firma.example | plaintext | grep -F "обещанное клиенту"
	newest masha@firma.example | header Subject | grep -F "[TK-5]"
	tk escalate --due >out && exits 1 grep promised out'

ok 'the client is told that it goes on, before the news are late, once a round' '
	clock "2027-05-17 09:00"
	letter 6.eml "$ivan" "Дело 6" && tk deliver -q - <6.eml
	id=$(git -C d log -1 --format=%s --grep ": open" | sed "s/:.*//")
	tk take -q $id && tk set -q $id priority=p2 -m "Срочно."
	tk reply -q $id -m "Чиним." && { [ "$(state $id)" = open ] || tk reopen -q $id || tk status -q open $id; }
	clock "2027-05-17 15:00" && tk escalate --due >out && exits 1 grep "$id progress" out
	clock "2027-05-17 16:00" && tk escalate --due >out && grep -x "$id progress update" out
	rule $id progress | grep -F "progress: {at: 75%}"
	newest ivan@romashka.example | header Subject | grep -F "мы работаем над этим"
	clock "2027-05-17 17:00" && tk escalate --due >out && exits 1 grep "$id progress" out
	[ "$(at $id ticket.yaml | grep -c "act: progress")" = 1 ]'

ok 'nobody can push what only the desk itself does' '
	git -C d config receive.advertisePushOptions false
	git clone -q d c && cd c && unset TK_DESK
	f=tickets/00/00/TK-5/ticket.yaml
	sed -i "\$a - {at: $(date -d "$TK_NOW" +%FT%TZ), by: danila, act: remind}" $f
	git commit -qam "TK-5: remind" 2>/dev/null || git commit -qnam "TK-5: remind"
	exits 1 git push -q 2>err && grep "\"remind\" is recorded by the gate alone" err'

ok 'git log says of each that tk did it, and by which rule' '
	git -C d log --format="%an|%(trailers:key=Actor,valueonly,separator=)|%(trailers:key=Act,valueonly,separator=)|%(trailers:key=Rule,valueonly,separator=)" |
		grep "^tk|" | grep -Ev "^tk[|]tk[|](sent|ack)+[|]$" >by-itself
	for act in remind close breach progress; do
		grep -E "^tk[|]tk[|]$act[|]regulation/(relations|sla).yaml:[0-9]+(: .*)?$" by-itself || { cat by-itself; false; }
	done
	exits 1 grep -E "[|]$" by-itself
	git -C d log --format="%an|%(trailers:key=Rule,valueonly,separator=)" >all
	exits 1 grep -E "^[^t|][^|]*[|]." all'

ok 'audit and fsck find nothing' '
	tk audit --json >out || exits 1 grep "\"kind\":\"violation\"" out
	tk audit 2>err || grep -F " 0 violations" err
	tk fsck -q'

ok 'a commit that names another rule is refused' '
	git clone -q d e && cd e && unset TK_DESK
	tk note -q TK-5 -m "Узнал." && git push -q
	tk note -q TK-5 -m "Узнал ещё."
	git log -1 --format=%B >text && echo "Rule: regulation/relations.yaml:45" >>text
	git commit -q --amend --no-verify -F text
	exits 1 git push -q 2>err && grep -F "says \"Rule: regulation/relations.yaml:45\"" err'
finish
