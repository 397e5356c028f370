#!/bin/sh
# support+TK-1.TOKEN@: an address of one ticket that nobody can guess.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d

# to ADDRESS FILE: a letter without any other thread
to() {
	tick
	letter "$2" "$ivan" "Ни о чём $2" "Текст $2"
	sed -i "s/^To: .*/To: $1/" "$2"
	tk deliver -v - <"$2"
}

ok 'switched off, our letters do not have it' '
	letter 1.eml "$ivan" "Первое"
	tk deliver -q - <1.eml
	[ -z "$(sent 1 | header Reply-To)" ]'

ok 'plus_address: true in desk.yaml switches it on' '
	git clone -q d c && cd c
	sed -i "s/^plus_address:.*/plus_address: true/" desk.yaml
	git commit -qam "desk: plus addresses" && git push -q && cd ..
	tick 3600
	letter 2.eml "$ivan" "Второе"
	tk deliver -q - <2.eml
	sent 2 | header Reply-To | sed "s/.*<//; s/>.*//" >"$SCRATCH/plus"
	grep -x "support+TK-2[.][0-9a-f]\{12,\}@firma.example" "$SCRATCH/plus"
	tk take -q TK-2 && tk reply -q TK-2 -m "Ответ."
	sent 3 | header Reply-To | grep -F "$(cat "$SCRATCH/plus")"'

ok 'rule 32: it leads to its ticket, in capitals too' '
	plus=$(cat "$SCRATCH/plus")
	to "$plus" a.eml | grep "^-: TK-2 answer (address "
	to "$(echo "$plus" | tr a-z A-Z)" b.eml | grep "^-: TK-2 answer (address "
	to "$(echo "$plus" | tr A-Z a-z)" c.eml | grep "^-: TK-2 answer (address "'

ok 'the envelope counts as well' '
	plus=$(cat "$SCRATCH/plus")
	tick
	letter e.eml "$ivan" "Конверт" "Текст" "Delivered-To: $plus"
	tk deliver - <e.eml | grep "^-: TK-2 answer (address "'

ok 'rule 32: a forged token leads nowhere' '
	plus=$(cat "$SCRATCH/plus")
	token=${plus#*TK-2.} && token=${token%@*}
	to "support+TK-1.$token@firma.example" f1.eml | grep "^-: TK-3 open (new)"
	to "support+TK-2.000000000000@firma.example" f2.eml | grep "^-: TK-4 open (new)"
	to "support+TK-2@firma.example" f3.eml | grep "^-: TK-5 open (new)"
	to "support+TK-2.@firma.example" f4.eml | grep "^-: TK-6 open (new)"
	to "support+TK-2.$token@other.example" f5.eml | grep "^-: TK-7 open (new)"
	to "support+TK-2.${token%?}@firma.example" f6.eml | grep "^-: TK-8 open (new)"'

ok 'rule 32: where strangers are held, a token that was passed on opens no door' '
	cd c && git pull -q
	sed -i "s/^unknown_senders:.*/unknown_senders: hold/" regulation/relations.yaml
	sed -i "s/^version: .*/version: $(($(sed -n "s/^version: //p" regulation/regulation.yaml) + 1))/" regulation/regulation.yaml
	git commit -qam "strangers: hold" && git push -q && cd .. && tk regulation ack -q
	plus=$(cat "$SCRATCH/plus")
	letter s.eml "eve@evil.example" "Пустите" "Я с вами."
	sed -i "s/^To: .*/To: $plus/" s.eml
	tk deliver - <s.eml | grep "^-: - held (unknown sender)"
	to "$plus" t.eml | grep "^-: TK-2 answer (address "
	tk hold --accept "$(tk hold --json | sed -n "s/.*\"name\": *\"\([0-9a-f]*\).*/\1/p")" | grep "TK-2 answer"'

ok 'no plus address of ours gets into a ticket'\''s cc' '
	exits 1 git -C "$DESK" grep -n "^cc:.*support.*@firma" HEAD -- "tickets/*/ticket.yaml"'
finish
