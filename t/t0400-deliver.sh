#!/bin/sh
# tk-deliver: no letter is lost, none is taken twice, none stops another.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
mkdir -p md/tmp md/new md/cur

ok 'a letter on standard input becomes a ticket' '
	letter 1.eml "$ivan" "Не работает сервер" "Помогите."
	tk deliver - <1.eml >out
	same - out <<-TEXT
		-: TK-1 open (new), ack to ivan@romashka.example
	TEXT
	[ "$(state TK-1)" = new ]
	at TK-1 ticket.yaml | grep -x "subject: Не работает сервер"'

ok 'rule 4: the raw letter is kept byte for byte' '
	tick 3600
	letter plain.eml "$ivan" "Странные байты"
	{ sed "s/\$/\r/" plain.eml; printf "a\0b\377\376\r\rc\n\n\177 no end"; } >2.eml
	tk deliver -q - <2.eml >out
	same /dev/null out
	raw TK-2 1 | cmp - 2.eml
	text TK-2 1 | grep -x "sha256: $(sha256sum <2.eml | cut -d" " -f1)"'

ok 'a duplicate is dropped, and that is said' '
	was=$(tip)
	tk deliver - <1.eml | grep "^-: TK-1 duplicate (duplicate of "
	[ "$(tip)" = $was ] && [ "$(sent)" = 2 ]'

ok 'so is a letter without Message-ID' '
	tick 3600
	letter l.eml "$ivan" "Без номера"
	grep -v ^Message-ID: l.eml >3.eml
	tk deliver - <3.eml | grep "^-: TK-3 open"
	tk deliver - <3.eml | grep "^-: TK-3 duplicate"
	raw TK-3 1 | cmp - 3.eml'

ok 'other words under the same Message-ID are kept' '
	{ sed "/^\$/q" 1.eml; echo "Уже горит!"; } >4.eml
	tk deliver - <4.eml |
		grep -F -e "-: TK-4 open (new, same Message-ID as in TK-1"
	raw TK-4 1 | cmp - 4.eml'

ok 'a maildir: letters go to cur/ when they are safe' '
	tick 3600
	for i in 1 2 3; do letter md/new/170$i.a.host "$ivan" "Письмо $i"; done
	cp 1.eml md/new/1704.a.host
	tk deliver md >out
	sed "s/ (.*//" out | sed "s/TK-[0-9]*/TK/" >short
	same - short <<-TEXT
		md/new/1701.a.host: TK open
		md/new/1702.a.host: TK open
		md/new/1703.a.host: TK open
		md/new/1704.a.host: TK duplicate
	TEXT
	[ -z "$(ls md/new)" ]
	[ "$(ls md/cur | tr "\n" " ")" = "1701.a.host:2,S 1702.a.host:2,S 1703.a.host:2,S 1704.a.host:2,S " ]
	tk deliver md >out && same /dev/null out'

ok 'one commit a letter, by its sender' '
	tick 3600
	was=$(tip)
	letter md/new/1.x.host "$ivan" "Раз"
	letter md/new/2.x.host "Олег <oleg@lutik.example>" "Два"
	tk deliver --no-send md
	git -C "$DESK" log --format="%an <%ae>: %(trailers:key=Act,valueonly,separator=)" \
		--reverse $was.. >log
	same - log <<-TEXT
		$ivan: open
		tk <support@firma.example>: ack
		Олег <oleg@lutik.example>: open
		tk <support@firma.example>: ack
	TEXT
	had=$(sent); tk send -q; [ "$(sent)" = $((had + 2)) ]'

ok 'a letter that leads nowhere goes to quarantine, the rest go on' '
	tick 3600
	letter md/new/1.z.host "$ivan" "До"
	letter l.eml "$ivan" "Петля"
	{ for i in $(seq 60); do echo "Received: from a by b"; done; cat l.eml; } >md/new/2.z.host
	: >md/new/3.z.host
	letter md/new/4.z.host "$ivan" "После"
	cp md/new/2.z.host loop.eml
	exits 1 tk deliver md >out
	grep -c " open (new)" out | grep -x 2
	grep "^md/new/2.z.host: quarantine (60 Received: headers" out
	grep "^md/new/3.z.host: quarantine" out
	[ -z "$(ls md/new)" ]
	ls "$DESK"/tk/quarantine/new/*.why | wc -l | grep -x 2
	why=$(grep -l Received: "$DESK"/tk/quarantine/new/*.why)
	cmp "${why%.why}" loop.eml
	tk deliver - <loop.eml | grep "^-: quarantine"
	ls "$DESK"/tk/quarantine/new/*.why | wc -l | grep -x 2'

ok 'a dry run tells all and changes nothing' '
	tick 3600
	letter md/new/1.d.host "Пётр <petr@vasilek.example>" "Проба"
	cp loop.eml md/new/2.d.host
	rm -r "$DESK"/tk/quarantine/new/*
	was=$(tip) had=$(sent)
	exits 1 tk deliver --dry-run md >out
	grep "1.d.host: TK-[0-9]* open (new), ack to petr@" out
	grep "2.d.host: would go to quarantine" out
	[ "$(tip)" = $was ]
	[ "$(sent)" = $had ]
	ls md/new | wc -l | grep -x 2
	[ -z "$(ls "$DESK/tk/quarantine/new")" ]
	[ -z "$(ls "$DESK/tk/outbox/new")" ]
	rm md/new/*'

ok 'JSON: one object a letter' '
	tick 3600
	letter md/new/1.j.host "Пётр <petr@vasilek.example>" "Для программы" "Текст."
	cp loop.eml md/new/2.j.host
	exits 1 tk deliver --json md >out
	python3 -c "
import json, sys
a, b = [json.loads(l) for l in open(\"out\", encoding=\"utf-8\")]
assert a[\"act\"] == \"open\" and a[\"subject\"] == \"Для программы\", a
assert a[\"text\"].strip() == \"Текст.\" and a[\"rc\"] == 0, a
assert b[\"rc\"] == 1 and \"Received\" in b[\"reason\"], b"'
finish
