#!/bin/sh
# Rule 29: no notice goes to a colleague whose letters come back for good, and
# it is said who that is.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
for p in olha petro; do
	tk staff add $p -q --name "Имя $p" --mail $p@firma.example --role agent
	tk staff change -q $p notify=assigned,new language=en
done
told() { # how many letters PERSON has got
	grep -lx "$1@firma.example" sent/*.args 2>/dev/null | wc -l
}
# bounce NUMBER-SENT ADDRESS STATUS
bounce() {
	cat >b.eml <<-TEXT
		Return-Path: <>
		From: MAILER-DAEMON@mx.firma.example
		To: support@firma.example
		Subject: Undelivered Mail
		Message-ID: <$(date -d "$TK_NOW" +%s).$1@mx.firma.example>
		MIME-Version: 1.0
		Content-Type: multipart/report; report-type=delivery-status; boundary=B

		--B
		Content-Type: message/delivery-status

		Reporting-MTA: dns; mx

		Final-Recipient: rfc822; $2
		Action: failed
		Status: $3
		--B
		Content-Type: text/rfc822-headers

		Message-ID: $(sent "$1" | header Message-ID)
		--B--
	TEXT
	tk deliver -q - <b.eml
}
# The desk writes to olha as to anybody: she has asked for something.
letter o.eml "Olha <olha@firma.example>" "Мышь не работает"
tk deliver -q - <o.eml
tk take -q TK-1 && tk reply -q TK-1 -m "Какая?"
tick

ok 'she is told while her address is good' '
	was=$(told olha)
	tk new -q -s "Принтер" -m "Стоит." -w ivan@romashka.example
	tk assign -q olha TK-2
	[ "$(told olha)" -gt "$was" ]
	exits 1 grep . <<-TEXT
		$(tk staff 2>&1 >/dev/null)
	TEXT'

ok 'a letter that may come later is no reason' '
	bounce "$(grep -lx olha@firma.example sent/*.args | sort -V | head -1 | tr -dc 0-9)" olha@firma.example 4.2.2
	tick && was=$(told olha)
	tk new -q -s "Сканер" -m "Стоит." -w ivan@romashka.example
	tk assign -q olha TK-3
	[ "$(told olha)" -gt "$was" ]'

ok 'one that came back for good is: nothing is sent, and nothing waits' '
	n=$(for f in $(grep -lx olha@firma.example sent/*.args); do
		[ "$(sed -n 2p $f)" != "<>" ] && echo "$f" | tr -dc 0-9 || :
	done)
	bounce "$n" olha@firma.example 5.1.1
	tick && was=$(told olha) petro=$(told petro)
	tk new -q -s "Факс" -m "Стоит." -w ivan@romashka.example
	tk assign -q olha TK-4 2>err || cat err
	[ "$(told olha)" = "$was" ]
	[ "$(told petro)" -gt "$petro" ]
	[ -z "$(find d/tk/outbox -type f)" ]
	[ -z "$(tk send --status)" ]'

ok 'who looks at the staff reads it' '
	tk staff 2>err >out
	grep "^letters to olha@firma.example come back: 5.1.1, .*(TK-1)$" err
	exits 1 grep "come back" out
	exits 1 grep petro err
	tk staff show olha | grep "letters to olha@firma.example come back"
	tk staff show olha --json | python3 -m json.tool >/dev/null
	exits 1 grep . <<-TEXT
		$(tk staff show petro | grep "come back")
	TEXT'

ok 'another address, and she is told again' '
	tk staff change -q olha mail=olha@new.example
	exits 1 grep . <<-TEXT
		$(tk staff 2>&1 >/dev/null)
	TEXT
	tick
	tk new -q -s "Экран" -m "Стоит." -w ivan@romashka.example
	tk assign -q olha TK-5
	grep -lx olha@new.example sent/*.args'

ok 'who writes from it is alive' '
	tk staff change -q olha mail=olha@firma.example
	tick && letter o2.eml "Olha <olha@firma.example>" "Я здесь" && tk deliver -q - <o2.eml
	tick && was=$(told olha)
	tk new -q -s "Кабель" -m "Нет." -w ivan@romashka.example
	tk assign -q olha TK-7
	[ "$(told olha)" -gt "$was" ]'
finish
