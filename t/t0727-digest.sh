#!/bin/sh
# tk-digest: the morning of a member of staff, as a text and as a letter.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
tk staff add olha -q --name Ольга --mail olha@firma.example --role engineer --queue network --language en
tk staff add petro -q --name Пётр --mail petro@firma.example --role agent
clock() { # TIME in Moscow
	set_clock "$(date -u -d "$1 +0300" +%FT%TZ)"
	echo "$TK_NOW" >"$SCRATCH/now"
}
# part FILE TITLE: the ids below it
part() {
	sed -n "/^$2/,/^\$/p" "$1" | grep -o "TK-[0-9]*" | sort | tr '\n' ' '
}
clock "2026-11-23 10:00"
n=0
for s in Давно Сегодня Завтра Ничья Сеть; do
	n=$((n + 1))
	letter $n.eml 'Иван <ivan@romashka.example>' "$s"
	tk deliver -q - <$n.eml
done
tk move -q network TK-5 -m "Сеть."
tk assign -q petro TK-1 TK-2 TK-3
tk set -q TK-1 priority=p1 -m "Важно." # the answer is due at 11:00
tk set -q TK-3 priority=p4 -m "Терпит." # nine hours: tomorrow
clock "2026-11-23 12:00"

ok 'overdue, today, without an answer, nobody'\''s; in the language of who reads' '
	tk digest -w petro >out
	[ "$(part out Просрочено)" = "TK-1 " ]
	[ "$(part out "Срок сегодня")" = "TK-2 " ]
	[ "$(part out "Клиенты ещё без ответа")" = "TK-3 " ]
	[ "$(part out Ничьи)" = "TK-4 TK-5 " ]
	grep -F "Доброе утро, Пётр!" out
	tk digest -w olha >out && [ "$(part out "Nobody")" = "TK-5 " ] && exits 1 grep TK-4 out
	tk digest >mine && [ "$(part mine Ничьи)" = "TK-4 TK-5 " ]
	exits 1 tk digest -w nobody 2>err'

ok 'a letter to those who want one, through the outbox; nothing to do is no letter' '
	tk staff change -q petro notify=digest && tk staff change -q danila notify=all
	tk digest --mail >out && grep -x "letters: 2" out
	[ "$(grep -lx petro@firma.example sent/*.args | wc -l)" = 1 ]
	cat "$(grep -lx petro@firma.example sent/*.args | sed "s/args/eml/")" >l
	header Subject <l | grep -x "2026-11-23: что предстоит"
	header Auto-Submitted <l | grep -x auto-generated
	plaintext <l >text && [ "$(part text Просрочено)" = "TK-1 " ]
	tk assign -q danila TK-4 TK-5
	tk staff change -q olha notify=digest
	tk digest -q -w olha --mail && exits 1 grep -lx olha@firma.example sent/*.args
	tk digest -w olha >out && grep -x "Nothing is waiting for you." out'

ok 'a promise counts as a term' '
	tk due TK-3 "2026-11-23 17:00" -m "Обещали." -q 2>err || tk set -q TK-3 promised=2026-11-23T17:00:00+03:00
	tk digest -w petro >out && [ "$(part out "Срок сегодня")" = "TK-2 TK-3 " ]'

ok 'a clone prints, but sends nothing' '
	git clone -q d c && cd c && unset TK_DESK
	tk digest -w petro >out && grep -F TK-1 out
	exits 1 tk digest --mail 2>err'
finish
