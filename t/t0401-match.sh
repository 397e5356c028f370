#!/bin/sh
# Which ticket a letter belongs to.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
tk client add romashka --name 'ООО «Ромашка»' --domain romashka.example -q
mkdir -p md/tmp md/new md/cur

# deliver FILE PATTERN: the line it prints
deliver() {
	tk deliver - <"$1" | tee line >&9
	grep -q "^-: $2" line
}

# answer FILE FROM SUBJECT HEADER...: a minute later
answer() {
	tick
	f=$1 from=$2 subject=$3
	shift 3
	letter "$f" "$from" "$subject" "Дополнение $f" "$@"
}

ok 'In-Reply-To the client'\''s own letter' '
	letter 1.eml "$ivan" "Не работает сервер"
	letter 2.eml "$ivan" "Нет почты"
	deliver 1.eml "TK-1 open (new)"
	deliver 2.eml "TK-2 open (new)"
	answer a1.eml "$ivan" "Ещё" "In-Reply-To: <$(msgid 1.eml)>"
	deliver a1.eml "TK-1 answer (in-reply-to $(msgid 1.eml))"
	text TK-1 3 | grep -xF "rule: in-reply-to $(msgid 1.eml)"'

ok 'In-Reply-To our acknowledgement' '
	ack=$(sent 1 | header Message-ID)
	answer a2.eml "$ivan" "Ещё" "In-Reply-To: $ack"
	deliver a2.eml "TK-1 answer (in-reply-to TK-1"'

ok 'In-Reply-To our answer: the ticket is open again' '
	tk take -q TK-1 && tk reply -q TK-1 -m "Перезагрузите его."
	[ "$(state TK-1)" = waiting ]
	our=$(sent 2 | header Message-ID)
	answer a3.eml "boss@other.example" "Re: что-то своё" "In-Reply-To: $our"
	deliver a3.eml "TK-1 answer (in-reply-to TK-1[^)]*) waiting -> open"'

ok 'References, the nearest first' '
	answer a4.eml "$ivan" "Ещё" "In-Reply-To: <lost@other.example>" \
		"References: <old@other.example> <$(msgid 1.eml)>" " <$(msgid 2.eml)>"
	deliver a4.eml "TK-2 answer (references $(msgid 2.eml))"'

ok 'of hundreds of References the first and the last count' '
	for where in first last; do
		seq -f " <r%g.$where@other.example>" 400 >refs
		[ $where = first ] || cat refs >head
		[ $where = last ] || echo " <$(msgid 1.eml)>" | cat - refs >head
		[ $where = first ] || echo " <$(msgid 2.eml)>" >>head
		answer r-$where.eml "$ivan" "Ещё" "In-Reply-To: <lost@other.example>" "References:" "$(cat head)"
	done
	deliver r-first.eml "TK-1 answer (references $(msgid 1.eml))"
	deliver r-last.eml "TK-2 answer (references $(msgid 2.eml))"'

ok 'a subject that is the same joins nothing' '
	answer s.eml "$ivan" "Re: Не работает сервер"
	deliver s.eml "TK-3 open (new; like TK-1)"'

ok 'the tag in the subject: from who is in it, or works there' '
	answer t1.eml "ivan@romashka.example" "Re: [TK-1] Не работает сервер"
	deliver t1.eml "TK-1 answer (subject tag TK-1)"
	answer t2.eml "anna@romashka.example" "[TK-1]"
	deliver t2.eml "TK-1 answer (subject tag TK-1)"
	answer t3.eml "danila@firma.example" "Fwd: [TK-2]"
	deliver t3.eml "TK-2 note (subject tag TK-2)"'

ok 'from a stranger it makes a ticket of his own' '
	was=$(at TK-1 ticket.yaml | cksum)
	answer t4.eml "thief@other.example" "Re: [TK-1] Не работает сервер"
	deliver t4.eml "TK-4 open (new)"
	answer t5.eml "thief@romashka.example.other.example" "[TK-1] Пароль?"
	deliver t5.eml "TK-5 open (new)"
	answer t6.eml "$ivan" "[TK-77] [OTHER-1] нет таких"
	deliver t6.eml "TK-6 open (new)"
	[ "$(at TK-1 ticket.yaml | cksum)" = "$was" ]'

ok 'a bounce goes to the letter it is about, and nobody answers' '
	tick
	had=$(sent) was=$(state TK-1)
	{
		cat <<-TEXT
			From: Mail Delivery System <MAILER-DAEMON@mx.romashka.example>
			To: support@firma.example
			Subject: Undelivered Mail Returned to Sender
			Message-ID: <b1@mx.romashka.example>
			MIME-Version: 1.0
			Content-Type: multipart/report; report-type=delivery-status; boundary=B

			--B

			I could not deliver it.
			--B
			Content-Type: message/delivery-status

			Reporting-MTA: dns; mx.romashka.example

			Final-Recipient: rfc822; ivan@romashka.example
			Action: failed
			Status: 5.1.1
			--B
			Content-Type: message/rfc822

		TEXT
		sent 1
		echo
		echo "--B--"
	} >b.eml
	deliver b.eml "TK-1 bounce (bounce of TK-1"
	git -C "$DESK" grep -h "^bounced: ivan@romashka.example 5.1.1 failed" HEAD -- tickets
	tk send -q && [ "$(sent)" = $had ] && [ "$(state TK-1)" = $was ]'

ok 'out of office: stored, nothing moves, nobody is answered' '
	tick
	tk take -q TK-2 && tk reply -q -f TK-2 -m "Какая ошибка?"
	had=$(sent)
	answer o.eml "$ivan" "Автоответ: [TK-2] Нет почты" "Auto-Submitted: auto-replied" \
		"In-Reply-To: $(sent $had | header Message-ID)"
	deliver o.eml "TK-2 auto (in-reply-to [^)]*)\$"
	[ "$(state TK-2)" = waiting ]
	[ "$(sent)" = $had ]
	tk show TK-2 | grep "Дополнение o.eml"'

ok 'two letters of one batch: the second answers the first' '
	tick
	letter md/new/1.host "oleg@lutik.example" "Пачка"
	letter md/new/2.host "oleg@lutik.example" "Re: Пачка" "Да" \
		"In-Reply-To: <$(msgid md/new/1.host)>"
	tk deliver md >out
	grep "^md/new/1.host: TK-7 open" out
	grep "^md/new/2.host: TK-7 answer (in-reply-to" out'

ok 'the index is not needed to remember' '
	rm "$DESK"/tk/index.db*
	answer i.eml "$ivan" "Ещё" "In-Reply-To: <$(msgid a3.eml)>"
	deliver i.eml "TK-1 answer (in-reply-to $(msgid a3.eml))"'
finish
