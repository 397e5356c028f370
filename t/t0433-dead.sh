#!/bin/sh
# Rule 29: what the program writes by itself does not go to addresses from
# which letters come back for good; a person may insist.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
clock() { # TIME in Moscow
	set_clock "$(date -u -d "$1 +0300" +%FT%TZ)"
	echo "$TK_NOW" >"$SCRATCH/now"
}
# bounce MESSAGE-ID ADDRESS STATUS
bounce() {
	cat >b.eml <<-TEXT
		Return-Path: <>
		From: MAILER-DAEMON@mx.else.example
		To: support@firma.example
		Subject: Undelivered Mail
		Message-ID: <$(date -d "$TK_NOW" +%s)@mx.else.example>
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

		Message-ID: $1
		--B--
	TEXT
	tk deliver -q - <b.eml
}
told() { # how many letters ADDRESS has got
	grep -lx "$1" sent/*.args 2>/dev/null | wc -l
}
clock "2026-11-23 10:00"
tk regulation ack >/dev/null
for who in gone here; do
	letter $who.eml "$who@else.example" "Дело $who"
	tk deliver -q - <$who.eml
done
tk take -q TK-1 && tk take -q TK-2
tk reply -q TK-1 -m "Какая у вас версия?" && tk reply -q TK-2 -m "Какая у вас версия?"
tick
bounce "$(sent "$(grep -lx gone@else.example sent/*.args | sort -V | tail -1 | tr -dc 0-9)" | header Message-ID)" \
	gone@else.example 5.1.1 || exit 1

ok 'rule 29: a reminder to a dead address is recorded as failed and not sent' '
	[ "$(state TK-1)" = waiting ]
	[ "$(state TK-2)" = waiting ]
	dead=$(told gone@else.example) alive=$(told here@else.example)
	clock "2026-11-26 12:00" && tk escalate --due >out && cat out
	grep -x "TK-1 remind" out
	grep -x "TK-2 remind" out
	tk send >out 2>&1 || cat out
	[ "$(told gone@else.example)" = "$dead" ]
	[ "$(told here@else.example)" = $((alive + 1)) ]
	at TK-1 ticket.yaml | grep "act: failed.*gone@else.example.*5.1.1"
	[ -z "$(tk send --status)" ]
	tk show TK-1 | grep "letters to gone@else.example come back"'

ok 'rule 29: a person is refused, and may insist' '
	dead=$(told gone@else.example)
	exits 1 tk reply -q TK-1 -m "Ау"
	tk reply -q -f TK-1 -m "Настаиваю."
	[ "$(told gone@else.example)" = $((dead + 1)) ]'

ok 'rule 29: one who writes again is alive' '
	tick
	letter back.eml "gone@else.example" "Re: Дело gone" "Я вернулся." "In-Reply-To: <$(msgid gone.eml)>"
	tk deliver -q - <back.eml
	tick && tk reply -q TK-1 -m "Рады."
	alive=$(told gone@else.example)
	clock "2026-12-01 12:10" && tk escalate --due >out && grep -x "TK-1 remind" out
	tk send >/dev/null 2>&1
	[ "$(told gone@else.example)" = $((alive + 1)) ]
	tk audit >out 2>&1 || { cat out; exit 1; }'
finish
