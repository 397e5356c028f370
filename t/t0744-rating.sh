#!/bin/sh
# Ratings: the closing asks, the client answers once, and nobody else can.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
git clone -q d c 2>/dev/null
sed -i 's/^rating: .*/rating: {ask: true, template: rating, scale: 5}/' c/regulation/relations.yaml
sed -i 's/^version: .*/version: 2/; /^acknowledge:/d' c/regulation/regulation.yaml
sed -i 's/^plus_address: .*/plus_address: true/' c/desk.yaml
git -C c commit -qam 'regulation: we ask' && git -C c push -q origin HEAD:main

rating() { # TICKET
	at "$1" ticket.yaml | sed -n 's/^rating: //p'
}
# closed N: ticket N from ivan, answered and closed.
closed() {
	letter "$1.eml" 'Иван <ivan@romashka.example>' "Беда $1"
	tk deliver -q - <"$1.eml"
	tk reply -q "TK-$1" -m 'Починили.'
	tk close -q "TK-$1" -r 'Починено.'
	tk send -q
}
# The address for DIGIT in the letter on standard input.
address() {
	plaintext | sed -n "s/^$1: mailto://p"
}
# rate FILE FROM TO TEXT [HEADER...]
rate() {
	file=$1 from=$2 to=$3 text=$4
	shift 4
	letter "$file" "$from" 'Re: Как мы справились?' "$text" "$@"
	sed -i "s/^To: .*/To: $to/" "$file"
}

ok 'a closing asks once, with an address for each digit' '
	closed 1
	n=$(sent)
	sent $n >ask
	header To <ask | grep -x ivan@romashka.example
	header Auto-Submitted <ask | grep auto
	plaintext <ask | grep "от 1 (плохо) до 5"
	[ "$(plaintext <ask | grep -c "^[1-5]: mailto:support+TK-1\.r[1-5]-[0-9]*-[0-9a-f]\{12\}@firma.example$")" = 5 ]
	tk send -q
	[ "$(sent)" = $n ]
	at TK-1 ticket.yaml | grep -c "act: ack,.*rule: rating" | grep -x 1'

ok 'the rating comes to its address, and leaves the ticket closed' '
	rate r1.eml "Иван <ivan@romashka.example>" "$(address 4 <ask)" ""
	tk deliver -v - <r1.eml >out
	grep "TK-1 rate" out
	[ "$(rating TK-1)" = 4 ]
	[ "$(state TK-1)" = closed ]
	git -C "$DESK" log -1 --format=%s | grep "TK-1: rate"
	git -C "$DESK" log -1 --format=%ae | grep ivan@romashka.example
	tk list -A --json id:TK-1 | grep "\"id\":"
	tk show TK-1 | grep "Rating: *4"'

ok 'one rating for a closing' '
	rate r2.eml "Иван <ivan@romashka.example>" "$(address 1 <ask)" ""
	tk deliver - <r2.eml >out
	grep "TK-1 auto" out
	[ "$(rating TK-1)" = 4 ]
	[ "$(state TK-1)" = closed ]'

ok 'a digit in the answer to that letter' '
	closed 2
	sent "$(sent)" >ask2
	rate r3.eml "Иван <ivan@romashka.example>" support@firma.example "5/5!

Спасибо." "In-Reply-To: $(header Message-ID <ask2)"
	tk deliver - <r3.eml >out
	grep "TK-2 rate" out
	[ "$(rating TK-2)" = 5 ]
	[ "$(state TK-2)" = closed ]'

ok 'an answer in words opens the ticket again, as ever' '
	closed 3
	sent "$(sent)" >ask3
	rate r4.eml "Иван <ivan@romashka.example>" support@firma.example "3 принтера всё ещё стоят." \
	    "In-Reply-To: $(header Message-ID <ask3)"
	tk deliver -q - <r4.eml
	[ "$(state TK-3)" = open ]
	[ -z "$(rating TK-3)" ]'

ok 'the address of an older closing is worth nothing' '
	tk reply -q TK-3 -m "Теперь готово." && tk close -q TK-3 -r "Готово." && tk send -q
	sent "$(sent)" >ask4
	header To <ask4 | grep -x ivan@romashka.example
	[ "$(address 5 <ask3)" != "$(address 5 <ask4)" ]
	rate r5.eml "Иван <ivan@romashka.example>" "$(address 5 <ask3)" ""
	tk deliver -q - <r5.eml
	[ -z "$(rating TK-3)" ]
	[ "$(state TK-3)" = closed ]
	rate r6.eml "Иван <ivan@romashka.example>" "$(address 2 <ask4)" ""
	tk deliver -q - <r6.eml
	[ "$(rating TK-3)" = 2 ]'

ok 'it is not to be forged: another ticket, a stranger, a robot' '
	closed 4
	sent "$(sent)" >ask5
	good=$(address 5 <ask5)
	other=$(address 5 <ask2 | sed "s/TK-2/TK-4/")
	rate f1.eml "Иван <ivan@romashka.example>" "$other" ""
	tk deliver -q - <f1.eml
	rate f2.eml "Мария <maria@chuzhie.example>" "$good" ""
	tk deliver -q - <f2.eml
	rate f4.eml "Иван <ivan@romashka.example>" "$good" "" "Auto-Submitted: auto-replied"
	tk deliver -q - <f4.eml
	rate f5.eml "Иван <ivan@romashka.example>" support@firma.example 5 \
	    "In-Reply-To: $(header Message-ID <ask2)"
	tk deliver -q - <f5.eml
	[ -z "$(rating TK-4)" ]
	[ "$(state TK-4)" = closed ]
	rate f6.eml "Иван <ivan@romashka.example>" "$good" ""
	tk deliver -q - <f6.eml
	[ "$(rating TK-4)" = 5 ]'

ok 'who works here cannot give one' '
	exits 65 tk set TK-4 rating=5
	git -C c pull -q --rebase 2>/dev/null
	python3 - c/tickets/00/00/TK-4/ticket.yaml <<-"TEXT"
	import sys
	p = sys.argv[1]
	s = open(p, encoding="utf-8").read()
	s = s.replace("rating: 5", "rating: 1", 1)
	s += "- {at: 2026-11-22T09:00:00+03:00, by: danila, act: rate, set: {rating: 1}}\n"
	open(p, "w", encoding="utf-8").write(s)
	TEXT
	git -C c commit -qam "TK-4: rate" --no-verify
	exits 1 git -C c push -q origin HEAD:main 2>err
	git -C c reset -q --hard origin/main'

ok 'junk that nobody answered is not asked about' '
	letter 9.eml "Спам <spam@spam.example>" "Купите"
	tk deliver -q - <9.eml
	id=$(git -C "$DESK" log -1 --format="%(trailers:key=Ticket,valueonly)" | head -n 1)
	n=$(sent)
	tk close -q "$id" -r Спам -m "Спам."
	tk send -q
	[ "$(sent)" = "$n" ]'

ok 'the event is told' '
	mkdir -p "$DESK/hooks"
	cat >"$DESK/hooks/on-rating" <<-TEXT
		#!/bin/sh
		cat >>"$SCRATCH/work/events"
	TEXT
	chmod +x "$DESK/hooks/on-rating"
	letter 10.eml "Иван <ivan@romashka.example>" "Беда 10"
	tk deliver - <10.eml >out
	id=$(sed "s/^-: \(TK-[0-9]*\) .*/\1/" out)
	tk reply -q "$id" -m "Починили." && tk close -q "$id" -r "Починено." && tk send -q
	sent "$(sent)" >ask10
	rate r10.eml "Иван <ivan@romashka.example>" "$(address 3 <ask10)" ""
	rm -f events
	tk deliver -q - <r10.eml
	[ "$(rating "$id")" = 3 ]
	tk send -q --notices
	grep "\"rating\"" events | grep "$id"'

ok 'without plus-addresses the digit alone is asked for' '
	git -C c pull -q --rebase 2>/dev/null
	sed -i "s/^plus_address: .*/plus_address: false/" c/desk.yaml
	git -C c commit -qam "desk: no plus" && git -C c push -q origin HEAD:main
	tk reopen -q TK-4 -m "Ещё раз." && tk reply -q TK-4 -m "Готово." && tk close -q TK-4 -r "Готово." && tk send -q
	sent "$(sent)" >ask11
	plaintext <ask11 | grep "от 1 (плохо) до 5"
	plaintext <ask11 | exits 1 grep mailto'

ok 'the audit has nothing against it' 'tk audit >out || { cat out; exit 1; }'
finish
