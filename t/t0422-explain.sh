#!/bin/sh
# Rules 31-43 of tk-deliver(1): which ticket, in which order, and why.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
tk client add romashka --name 'ООО «Ромашка»' --domain romashka.example -q
tk client add lutik --name 'Лютик' --domain lutik.example -q
tk regulation ack -q

# bring FILE FROM SUBJECT TEXT HEADER...: a minute later, delivered
bring() {
	tick
	letter "$@"
	tk deliver -v - <"$1"
}

ok 'rule 33: In-Reply-To before the tag, References from the last' '
	bring 1.eml "$ivan" "Первое" | grep "TK-1 open"
	bring 2.eml "$ivan" "Второе" | grep "TK-2 open"
	bring 3.eml "$ivan" "[TK-2]" "x" "In-Reply-To: <$(msgid 1.eml)>" |
		grep "TK-1 answer (in-reply-to $(msgid 1.eml))"
	field TK-1 3 rule | grep -xF "in-reply-to $(msgid 1.eml)"'

ok '--explain tells each rule and changes nothing' '
	was=$(tip) had=$(sent)
	letter e.eml "$ivan" "Re: [TK-2] Второе" "x" "In-Reply-To: <nobody@knows.example>"
	tk deliver --explain e.eml >out
	cat out
	[ "$(tip)" = $was ]
	[ "$(sent)" = $had ]
	grep "^e.eml: TK-2 answer (subject tag TK-2)" out
	sed -n "s/^  rule \([0-9]*\), .*: \(yes\|no\): .*/\1 \2/p" out | paste -sd" " >order
	echo "42 no 31 no 32 no 33 no 43 no 34 yes" | same - order
	grep "^  rule 33, .*no: none of its 1 ids" out
	grep "^  rule 39, closed: TK-2 is not" out
	grep "^  rule 44, sender: ivan@romashka.example" out'

ok 'rule 31: the bounce of an acknowledgement goes to its ticket, unanswered' '
	had=$(sent)
	{
		cat <<-TEXT
			Return-Path: <>
			From: Mail Delivery System <MAILER-DAEMON@mx.x.example>
			To: support@firma.example
			Subject: Undelivered Mail Returned to Sender
			Message-ID: <b1@mx.x.example>
			MIME-Version: 1.0
			Content-Type: multipart/report; report-type=delivery-status; boundary=B

			--B

			Sorry.
			--B
			Content-Type: message/delivery-status

			Reporting-MTA: dns; mx.x.example

			Final-Recipient: rfc822; ivan@romashka.example
			Action: ACTION
			Status: STATUS
			--B
			Content-Type: text/rfc822-headers

		TEXT
		sed "/^\$/q" sent/1.eml
		echo "--B--"
	} >b
	sed "s/ACTION/delayed/; s/STATUS/4.4.1/; s/b1@/b0@/" b >b0.eml
	sed "s/ACTION/failed/; s/STATUS/5.1.1/" b >b1.eml
	tick && tk deliver -v - <b0.eml | grep "TK-1 bounce (bounce of TK-1"
	tick && tk deliver -v - <b1.eml | grep "TK-1 bounce (bounce of TK-1"
	[ "$(sent)" = $had ]
	[ "$(state TK-1)" = new ]
	git -C "$DESK" grep -h "^bounced:" HEAD -- tickets | sort >got
	same - got <<-TEXT
		bounced: ivan@romashka.example 4.4.1 delayed
		bounced: ivan@romashka.example 5.1.1 failed
	TEXT'

ok 'rule 34: the stranger with a guessed number does not get in' '
	bring t.eml "thief@evil.example" "Re: [TK-1] Первое" "Пароль?" >out
	grep "^-: TK-3 open (new)" out
	tk deliver --explain t.eml | grep "duplicate"
	letter t2.eml "thief@evil.example" "Re: [TK-1] Первое"
	tk deliver --explain t2.eml | grep "rule 34, .*no: the sender has no part in TK-1"'

ok 'rule 35: an equal subject is told of and joins nothing' '
	bring w.eml "anna@romashka.example" "Re: Первое" | grep "TK-4 open (new; like TK-1)"
	bring w2.eml "x@lutik.example" "Первое" | grep "TK-5 open (new)"'

ok 'rule 36: a number in the text is not looked for' '
	bring n.eml "$ivan" "Без номера" "Это к [TK-1] и TK-1." | grep "TK-6 open (new)"'

ok 'rule 37: Thread-Index and empty ids thread nothing; nor an id of several clients' '
	bring x1.eml "$ivan" "Индекс" "x" "Thread-Index: AdABC" "In-Reply-To: <>" | grep "TK-7 open"
	bring x2.eml "$ivan" "Индекс два" "x" "Thread-Index: AdABC" "References: <> <@>" | grep "TK-8 open"
	for c in romashka lutik; do
		tick
		letter y-$c.eml "robot1@$c.example" "Отчёт $c" "Тело $c"
		sed -i "s/^Message-ID:.*/Message-ID: <same@program.example>/" y-$c.eml
		tk deliver -q - <y-$c.eml
	done
	letter y3.eml "$ivan" "Re: Отчёт" "x" "In-Reply-To: <same@program.example>"
	tk deliver --explain y3.eml >out
	cat out
	grep "^y3.eml: TK-[0-9]* open (new" out
	grep "rule 33, .*stands in letters of 2 clients" out'

ok 'rule 39: closed long ago: a new one that follows' '
	tk take -q TK-2 && tk reply -q TK-2 -m "Готово." && tk close -q TK-2 -r "Готово."
	tick $((15 * 86400))
	bring c.eml "$ivan" "Re: [TK-2]" "Снова" "In-Reply-To: <$(msgid 2.eml)>" |
		grep "open (new, follows TK-2 closed long ago)"'

ok 'rule 42: the same letter to two queues is one ticket' '
	letter q.eml "$ivan" "В две очереди"
	sed -i "s/^To:.*/To: support@firma.example, billing@firma.example/" q.eml
	tick && { echo "Delivered-To: support@firma.example"; cat q.eml; } | tk deliver - | grep " open "
	{ echo "Delivered-To: billing@firma.example"; cat q.eml; } | tk deliver - | grep " duplicate "'

ok 'rule 43: a forward to another queue is a matter of its own' '
	git clone -q d c && cd c
	sed -i "/^- id: billing/a\\  address: billing@firma.example" regulation/queues.yaml
	sed -i "s/^version: .*/version: 7/" regulation/regulation.yaml
	git commit -qam "billing has an address" && git push -q && cd ..
	tk regulation ack -q
	for p in "Fwd:" "WG:" "Пересл:" "TR:"; do
		tick
		letter f.eml "$ivan" "$p Первое" "Счёт по этому делу." "In-Reply-To: <$(msgid 1.eml)>"
		sed -i "s/^To:.*/To: billing@firma.example/" f.eml
		tk deliver - <f.eml | grep "open (new, follows TK-1 forwarded to another queue)"
	done
	bring g.eml "$ivan" "Fwd: Первое" "Сюда же." "In-Reply-To: <$(msgid 1.eml)>" |
		grep "TK-1 answer"'

ok 'rule 43: a colleague who forwards does not become the client' '
	tick
	{
		cat <<-TEXT
			From: danila@firma.example
			To: support@firma.example
			Subject: Fwd: help
			Message-ID: <fw1@firma.example>
			MIME-Version: 1.0
			Content-Type: multipart/mixed; boundary=B

			--B
			Content-Type: text/plain

			From my own box.
			--B
			Content-Type: message/rfc822

			From: Olga <olga@lutik.example>
			To: danila@firma.example
			Subject: help
			Message-ID: <private@lutik.example>

			Please.
			--B--
		TEXT
	} >fw.eml
	tk deliver - <fw.eml >out
	id=$(sed -n "s/^-: \(TK-[0-9]*\) open.*/\1/p" out)
	at "$id" ticket.yaml >t
	grep -x "requester: Olga <olga@lutik.example>" t
	grep -x "client: lutik" t
	sed "s/^Message-ID: <fw1/Message-ID: <fw2/; s/^From: danila/From: nobody/; s/<private@/<$(msgid 1.eml | cut -d@ -f1)@/; s/@lutik.example>\$/@romashka.example>/" fw.eml >fw2.eml
	tk deliver --explain fw2.eml | grep "rule 43, .*no: the sender is not on the staff"'
finish
