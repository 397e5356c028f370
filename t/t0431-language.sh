#!/bin/sh
# Letters of ours are in the client's language, else in that of the letter,
# where it is certain, else in that of the queue or the desk (tk-deliver(1)).
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
tk client add -q romashka --name Ромашка --domain romashka.example || exit 1
tk client add -q kalyna --name Калина --domain kalyna.example --language uk || exit 1
uk='Добрий день! Не можу увійти в пошту, допоможіть.'
ru='Здравствуйте! Почта не открывается, помогите, пожалуйста.'
en='Hello, the printer in our office does not work. Please help us.'

# answered FROM TEXT: the ticket in ./id, the acknowledgement in ./ack
answered() {
	tick 1801
	letter l.eml "$1" "$3" "$2"
	tk deliver - <l.eml >line && cat line
	sed -n "s/^-: \(TK-[0-9]*\) open.*/\1/p" line >id
	sent "$(sent)" | plaintext >ack
}
in_uk() { grep "Доброго дня\|Ваше звернення\|Вітаємо\|Дякуємо\|звернення" ack; }
in_ru() { grep "обращение\|Здравствуйте\|заявк" ack; }
in_en() { grep -i "your request\|we have received\|thank you\|dear\|hello" ack; }

ok 'rule 23: a stranger is acknowledged as he writes' '
	answered "taras@else.example" "$uk" "Пошта" && in_uk
	exits 1 in_ru
	at "$(cat id)" ticket.yaml | grep -x "language: uk"
	answered "ivan@else.example" "$ru" "Почта" && in_ru
	at "$(cat id)" ticket.yaml >t && exits 1 grep "^language:" t
	answered "john@else.example" "$en" "Printer" && in_en
	at "$(cat id)" ticket.yaml | grep -x "language: en"'

ok 'so is a client without a language; with one it is that' '
	answered "olena@romashka.example" "$uk" "Пошта" && in_uk
	answered "petro@kalyna.example" "$ru" "Почта" && in_uk
	answered "john@kalyna.example" "$en" "Printer" && in_uk'

ok 'where it is not certain, the desk decides' '
	answered "a1@else.example" "Принтер" "Принтер" && in_ru
	answered "a2@else.example" "Jan 1 10:00:00 host sshd[1]: Failed password for root from 10.0.0.1" "log" && in_ru
	answered "a3@else.example" "Bitte helfen Sie, der Drucker druckt nicht mehr." "Drucker" && in_ru
	answered "a4@else.example" "Смотрите: the disk is not ready and we have to check it" "Диск" && in_ru'

ok 'what comes later is in it too, and a person can put it right' '
	answered "oksana@else.example" "$uk" "Принтер не друкує" && in_uk
	tk reply -n "$(cat id)" -m "Яка модель?" | grep "З повагою"
	exits 65 tk set -q "$(cat id)" language=xx
	tk set -q "$(cat id)" language=ru
	at "$(cat id)" ticket.yaml | grep -x "language: ru"
	tk audit >out 2>&1 || { cat out; exit 1; }'

ok 'who is rejected is told so in the language of the letter' '
	letter r.eml "boss@else.example" "Отпуск" "Мене немає до понеділка, їду у відпустку." "Auto-Submitted: auto-replied"
	tk deliver - <r.eml | grep "held"
	letter r2.eml "boss2@else.example" "Відпустка" "Мене немає." "Auto-Submitted: auto-replied"
	git clone -q d work && cd work
	sed -i "s/^unknown_senders:.*/unknown_senders: reject/" regulation/relations.yaml
	grep -q "^unknown_senders: reject" regulation/relations.yaml
	sed -i "s/^version: .*/version: $(($(sed -n "s/^version: //p" regulation/regulation.yaml) + 1))/" regulation/regulation.yaml
	git commit -qam "strangers: reject" && git push -q
	cd .. && tk regulation ack -q
	had=$(sent)
	letter r3.eml "new@third.example" "Прохання" "$uk"
	tk deliver - <r3.eml | grep rejected
	tk send -q
	[ "$(sent)" = $((had + 1)) ]
	sent $((had + 1)) | plaintext >ack && cat ack
	grep "[їіє]" ack'
finish
