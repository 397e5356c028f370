#!/bin/sh
# tk-send: what was committed to go out goes out, once, whatever happens.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
letter 1.eml "$ivan" 'Не работает сервер'
tk deliver -q - <1.eml
tk take -q TK-1
ref=$DESK/$(git -C "$DESK" symbolic-ref HEAD)

# recorded ACT: how often the log has it
recorded() {
	at TK-1 ticket.yaml | grep -c "act: $1," || :
}

# A sendmail that does BODY, with the letter on standard input.
sendmail() {
	printf '#!/bin/sh\n%s\n' "$1" >other
	chmod +x other
	git -C "$DESK" config tk.sendmail "$PWD/other"
}

usual() {
	git -C "$DESK" config tk.sendmail "$SCRATCH/sendmail"
}

ok 'a failure that may pass: the answer is kept and waits' '
	touch sent/fails
	tk reply TK-1 -m "Первый ответ." >out 2>talk
	grep -x "TK-1 reply waiting" out
	grep "has not left yet" talk
	[ "$(sent)" = 1 ]
	[ "$(recorded sent)" = 1 ]
	tk send --status >status
	grep -x "TK-1 $(msg TK-1 3) 1 .*sendmail: status 75" status
	grep -F "2026-11-22 09:05" status'

ok 'it is tried again later, not at once' '
	exits 1 tk send
	tk send --status | grep "^TK-1 [^ ]* 1 "
	exits 1 tk send --now
	tk send --status | grep "^TK-1 [^ ]* 2 "
	rm sent/fails
	tick 599
	exits 1 tk send
	[ "$(sent)" = 1 ]
	tick 1
	tk send >out && grep -x "TK-1 sent $(msg TK-1 3)" out
	[ "$(sent)" = 2 ]
	[ "$(recorded sent)" = 2 ]
	raw TK-1 3 | cmp - sent/2.eml
	[ -z "$(tk send --status)" ]
	[ -z "$(find "$DESK/tk/outbox" -type f)" ]
	was=$(tip) && tk send && [ "$(tip)" = $was ]'

ok 'no such user: failed, written down, never tried again' '
	tick
	sendmail "echo 550 5.1.1 no such user >&2; exit 67"
	tk reply -q TK-1 -m "Второй ответ." 2>talk
	at TK-1 ticket.yaml | tail -1 >log
	grep "act: failed, msg: $(msg TK-1 4)" log
	grep "status 67: 550 5.1.1" log
	usual
	tk send && tk send --now && [ "$(sent)" = 2 ] && [ -z "$(tk send --status)" ]
	tk show TK-1 | grep -i "failed\|550 5.1.1"'

ok 'no program to send with: it waits' '
	git -C "$DESK" config tk.sendmail "$PWD/nowhere -t"
	tk reply -q TK-1 -m "Третий ответ." 2>talk
	tk send --status | grep nowhere
	usual && tk send --now && [ "$(sent)" = 3 ]'

ok 'stopped after the program took it: it is only recorded' '
	tick
	sendmail "cat >>taken; : >$ref.lock"
	tk reply -q TK-1 -m "Четвёртый ответ." 2>talk
	ls "$DESK/tk/outbox/cur" | wc -l | grep -x 1
	had=$(recorded sent)
	rm "$ref.lock" && usual
	tk send
	[ "$(sent)" = 3 ]
	[ "$(recorded sent)" = $((had + 1)) ]
	grep -c "^Message-I[dD]: " taken | grep -x 1'

ok 'killed before that: it is sent, once' '
	tick
	sendmail "kill -9 \$PPID; sleep 0.1; exit 75"
	tk reply -q TK-1 -m "Пятый ответ." 2>talk || :
	[ "$(sent)" = 3 ]
	ls "$DESK/tk/outbox/new" | wc -l | grep -x 1
	usual && tk send && tk send && [ "$(sent)" = 4 ]'

ok 'the outbox is not needed to remember' '
	tick
	touch sent/fails
	tk reply -q TK-1 -m "Шестой ответ." 2>talk
	rm -r "$DESK"/tk/outbox "$DESK"/tk/index.db* sent/fails
	tk send && [ "$(sent)" = 5 ]
	raw TK-1 $(at TK-1 ticket.yaml | grep -c "act: [^sft].*msg:") | cmp - sent/5.eml'

ok 'two at once send each letter once' '
	tick
	touch sent/fails
	for i in 1 2 3 4; do tk reply -q TK-1 -m "Вдвоём $i." 2>talk; done
	rm sent/fails
	tk send --now >one & a=$!
	tk send --now >two & b=$!
	wait $a && wait $b
	[ "$(sent)" = 9 ] && [ -z "$(tk send --status)" ]'

ok 'after five days it is given up, and that is written down' '
	touch sent/fails
	tk reply -q TK-1 -m "Седьмой ответ." 2>talk
	tick $((4 * 86400)) && exits 1 tk send
	tk send --status | grep "^TK-1 "
	tick $((2 * 86400)) && exits 1 tk send
	rm sent/fails
	at TK-1 ticket.yaml | tail -1 | grep "act: failed, .*status 75"
	tk send && [ "$(sent)" = 9 ]'

ok 'a clone sends nothing; the gate does when it has been pushed' '
	tick
	tk clone -q "$DESK" c 2>talk || git clone -q "$DESK" c
	cd c && unset TK_DESK
	git config tk.sendmail "$SCRATCH/sendmail"
	tk reply TK-1 -m "Из клона." 2>talk
	grep "when you have pushed" talk
	exits 1 tk send
	[ "$(cd .. && sent)" = 9 ]
	git push -q
	cd .. && tk -C d send && [ "$(sent)" = 10 ]
	sent 10 | plaintext | head -1 | grep -x "Из клона."'
finish
