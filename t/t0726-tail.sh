#!/bin/sh
# tk-tail: what happened last, of what one asks for and may see; and what
# happens now, with a bell.
. "$(dirname "$0")/lib.sh"

desk d
tk staff add petro -q --name Пётр --mail petro@firma.example --role agent --queue network
letter 1.eml 'Иван <ivan@romashka.example>' 'Не грузится'
tk deliver -q - <1.eml
for i in 2 3; do tk new -q -s "Дело $i" -m x -w ivan@romashka.example; done
tick
tk take -q TK-2
tk move -q network TK-3 -m "Сеть."

ok 'one line an act, oldest first; that letters left is not among them' '
	tk tail >out
	cut -d" " -f4,6- out >acts
	cat >want <<-X
	TK-1 ivan@romashka.example: opened  Не грузится
	TK-1 tk: receipt confirmed  Не грузится
	TK-2 danila: opened  Дело 2
	TK-3 danila: opened  Дело 3
	TK-2 danila: taken  Дело 2
	TK-3 danila: moved  Дело 3
	X
	same want acts
	grep -c "^2026-11-22 09:0[01]  TK-" out | grep -x 6'

ok 'in the language of the reader, each act' '
	LANGUAGE=ru tk tail >ru && grep "TK-1  tk: получение подтверждено" ru
	LANGUAGE=uk tk tail >uk && grep "TK-1  tk: отримання підтверджено" uk
	exits 1 grep -E ": [a-z]+  " ru uk
	# Each act that the law knows has its words.
	sed -n "/own_acts\[\]\|ticket_acts\[\]/,/};\|NULL }/p" "$ROOT"/lib/check/check-*.c |
		grep -o "\"[a-z]*\"" | tr -d "\"" | sort -u >known
	[ $(grep -c . known) -gt 20 ]
	sed -n "/^} acts/,/^};/s/.*{ \"\([a-z]*\)\".*/\1/p" "$ROOT/lib/view/show.c" | sort -u >told
	comm -23 known told >missing
	exits 1 grep . missing'

ok 'so many; of a query; as JSON' '
	tk tail -l 1 >out && grep -c . out | grep -x 1 && grep "TK-3 .*moved" out
	tk tail -l 0 >out && [ ! -s out ]
	tk tail queue:network >out && [ "$(grep -c TK-3 out)" = 2 ] && exits 1 grep -E "TK-[12]" out
	tk tail --json assignee:me | python3 -c "
import json, sys
l = [json.loads(x) for x in sys.stdin]
assert [e[\"act\"] for e in l] == [\"open\", \"take\"], l
assert l[1][\"ticket\"] == \"TK-2\" and l[1][\"at\"] == \"2026-11-22T09:01:00+03:00\" and len(l[1][\"commit\"]) == 40"
	exits 64 tk tail -l x 2>err && exits 65 tk tail nosuch:1 2>err'

ok 'who sees some queues sees the acts there' '
	TK_QUEUES=network tk tail >out && [ "$(grep -c TK-3 out)" = 2 ] && exits 1 grep -E "TK-[12]" out
	SSH_ORIGINAL_COMMAND="tk tail" tk-shell -C "$DESK" petro >out 2>err || { cat err; false; }
	grep TK-3 out && exits 1 grep -E "TK-[12]" out'

ok '-f goes on, wakes at once, and rings for clients only' '
	mkfifo lines bells
	tk tail -f --bell -l 1 >lines 2>bells & tail=$!
	exec 5<lines 6<bells
	read -r line <&5 && echo "$line" | grep "TK-3 .*moved"
	tick
	tk take -q TK-1
	read -r line <&5 && echo "$line" | grep "TK-1  danila: taken"
	letter 2.eml "Иван <ivan@romashka.example>" "Re: [TK-1] Не грузится" "Ау?"
	tk deliver -q - <2.eml
	read -r line <&5 && echo "$line" | grep "TK-1  ivan@romashka.example: the client wrote"
	kill $tail; wait $tail || :
	[ "$(cat <&6 | tr -cd "\007" | wc -c)" = 1 ]
	exec 5<&- 6<&-'
finish
