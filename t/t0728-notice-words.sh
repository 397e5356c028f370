#!/bin/sh
# What notices say: the client's name, which term it is, what the ladder did.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
tk client add romashka -q --name 'ООО «Ромашка»' --domain romashka.example
tk staff add petro -q --name Петро --mail petro@firma.example --role agent
tk staff change -q petro notify=all
clock() { # TIME in Moscow
	set_clock "$(date -u -d "$1 +0300" +%FT%TZ)"
	echo "$TK_NOW" >"$SCRATCH/now"
}
newest() { # the newest letter to petro
	cat "$(grep -lx petro@firma.example sent/*.args | sed s/args/eml/ | sort -V | tail -1)"
}

ok 'a letter for one event names the client, as the file has him' '
	clock "2026-11-23 09:00"
	letter 1.eml "$ivan" "Не грузится"
	tk deliver -q - <1.eml
	newest | plaintext | grep -x "Клиент: *ООО «Ромашка»"'

ok 'a priority that is raised is told as that, not as handed up' '
	clock "2026-11-23 14:00" && tk escalate --due >out && grep raise out
	newest >l && header Subject <l | grep -x "\[TK-1\] приоритет повышен: Не грузится"
	plaintext <l | grep -x "Приоритет повышен, теперь он p2: срок истёк."
	plaintext <l | grep -x "Клиент: *ООО «Ромашка»"
	exits 1 grep -l "передана выше" l'

ok 'two clocks that are over together: up is done once, each line says which term' '
	clock "2026-11-30 11:00"
	letter 2.eml "Олег <oleg@mak.example>" "Сеть"
	tk deliver -q - <2.eml
	clock "2026-11-30 17:00" && tk escalate --due >out && cat out
	[ "$(grep -c "^TK-1 escalate .* 150% up" out)" = 1 ]
	at TK-1 ticket.yaml | grep -x "queue: servers"
	tk escalate --due >out && [ ! -s out ]
	newest | plaintext >l && cat l
	grep -F "СРОК НАРУШЕН (первый ответ): Не грузится (ООО" l
	grep -F "передана выше (первый ответ): Не грузится (ООО" l
	grep -F "СРОК НАРУШЕН (решение): Не грузится (ООО" l'

finish
