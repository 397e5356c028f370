#!/bin/sh
# What people read of a letter, rule by rule (64 to 73 of the gateway's list;
# tk-deliver(1) has it). Real letters are in t0410 and t0425.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d

# part TYPE [FIELD...]: standard input as a part between lines of --B
part() {
	printf -- '--B\nContent-Type: %s\n' "$1"
	shift
	[ $# = 0 ] || printf '%s\n' "$@"
	echo
	cat
	echo
}

# mail TYPE: a letter with standard input as its body; its ticket in ./id
mail() {
	num=$(($(cat num 2>/dev/null || echo 0) + 1))
	echo $num >num
	{
		printf 'From: a@a.example\nTo: support@firma.example\nSubject: x %s\n' $num
		printf 'Message-ID: <%s@r.example>\nMIME-Version: 1.0\nContent-Type: %s\n\n' $num "$1"
		cat
	} >l.eml
	tk deliver --no-send - <l.eml | sed "s/^-: \(TK-[0-9]*\) .*/\1/" >id
}

# says [N] TEXT: the new text of the last letter, exactly
says() {
	field "$(cat id)" 1 text >got
	printf '%b\n' "$1" | same - got
}
folded() {
	field "$(cat id)" 1 quoted >folded
	grep -F "$1" folded
}
utf8='text/plain; charset=utf-8' utf8h='Content-Type: text/plain; charset=utf-8'

ok 'rule 64: text/plain is preferred, a stub of it is not' '
	{ echo "Простой текст письма." | part "$utf8"
	  echo "<p>HTML <b>текст</b> письма.</p>" | part "text/html; charset=utf-8"; echo "--B--"
	} | mail "multipart/alternative; boundary=B"
	says "Простой текст письма."
	{ echo " " | part "$utf8"
	  echo "<p>HTML <b>текст</b>: <a href=\"https://a.example/x\">сюда</a></p><img width=1 height=1 src=http://spy.example/x>" |
		part "text/html; charset=utf-8"; echo "--B--"
	} | mail "multipart/alternative; boundary=B"
	says "HTML текст: сюда <https://a.example/x>"'

ok 'rule 65: quotes are folded, in three languages' '
	for head in "22.11.2026 10:15, Иван Петров пишет:" "22 ноября 2026 г., 10:15 пользователь Иван <i@a.example> написал:" \
		"вс, 22 нояб. 2026 г. в 10:15, Иван <i@a.example>:" "нд, 22 лист. 2026 р. о 10:15 Іван <i@a.example> пише:" \
		"22.11.2026 10:15, Іван Петренко пише:" "On Sun, 22 Nov 2026 at 10:15, Ivan <i@a.example> wrote:"; do
		printf "Мой ответ.\n\n%s\n> Было так.\n> И так.\n" "$head" | mail "$utf8"
		says "Мой ответ." && folded "И так."
	done
	for head in "-----Исходное сообщение-----" "-----Original Message-----" "-------- Вихідне повідомлення --------" \
		"От: Иван\nОтправлено: 22 ноября 2026 г. 10:15\nКому: support@firma.example\nТема: x" \
		"Від: Іван\nНадіслано: 22 листопада 2026 р.\nКому: support@firma.example\nТема: x"; do
		printf "Мой ответ.\n\n$head\n\nБыло так.\n" | mail "$utf8"
		says "Мой ответ." && folded "Было так."
	done
	echo "<div>Мой ответ.</div><div class=gmail_quote>Иван написал:<blockquote>Было так.</blockquote></div>" |
		mail "text/html; charset=utf-8"
	says "Мой ответ." && folded "Было так."'

ok 'rule 65: a quote on top goes with the words that say whose it is' '
	printf "22.11.2026 10:15, Иван пишет:\n> Какой этаж?\nТретий.\n" | mail "$utf8"
	says "Третий." && folded "Какой этаж?"
	printf "> Какой этаж?\nТретий.\n" | mail "$utf8"
	says "> Какой этаж?\nТретий."
	printf "22.11.2026 10:15, Иван пишет:\n> Какой этаж?\nТретий.\n> А кабинет?\nСедьмой.\n" | mail "$utf8"
	says "22.11.2026 10:15, Иван пишет:\n> Какой этаж?\nТретий.\n> А кабинет?\nСедьмой."'

ok 'rule 66: signatures and the lines of telephones are folded' '
	printf "Да.\n-- \nИван\n+7 495 1\n" | mail "$utf8"
	says "Да." && folded "+7 495 1"
	for line in "Отправлено с iPhone" "Отправлено из мобильной Почты Mail.ru" "Надіслано з мого телефону" "Sent from my iPad" \
		"(Sent from mobile device)" "_____________\nИван Петров\nДиректор"; do
		printf "Да.\n\n$line\n" | mail "$utf8"
		says "Да."
	done'

ok 'rule 67: what would be folded whole is shown whole' '
	printf -- "-- \nИван\n" | mail "$utf8" && says "-- \nИван"
	printf "Отправлено с iPhone\n" | mail "$utf8" && says "Отправлено с iPhone"
	printf "> только\n> цитата\n" | mail "$utf8" && says "> только\n> цитата"
	{ echo "" | part "$utf8"; echo "<div></div>" | part "text/html"; echo "--B--"; } |
		mail "multipart/alternative; boundary=B" && says ""'

ok 'rule 68: pictures stand in the text by number, name and size' '
	{ echo "<p>Вот ошибка: <img src=\"cid:p1@x\" alt=foo> и всё.</p>" | part "text/html; charset=utf-8"
	  head -c 30000 /dev/zero | base64 | part "image/png; name=scr.png" "Content-ID: <p1@x>" "Content-Transfer-Encoding: base64"
	  echo logo | part "image/gif; name=logo.gif" "Content-ID: <p2@x>"
	  echo "--B--"
	} | mail "multipart/related; boundary=B"
	says "Вот ошибка: [image 1: scr.png 29 KB] и всё."
	text $(cat id) 1 | grep -c "inline: true" | grep -x 2
	tk show $(cat id) | grep "scr.png.*in the text"
	{ echo "Смотрите [cid:p1@x]." | part "$utf8"
	  head -c 30000 /dev/zero | base64 | part "image/png; name=a.png" "Content-ID: <p1@x>" "Content-Transfer-Encoding: base64"
	  head -c 30000 /dev/zero | base64 | part "image/png; name=b.png" "Content-ID: <p2@x>" "Content-Transfer-Encoding: base64"
	  echo "--B--"
	} | mail "multipart/related; boundary=B"
	says "Смотрите [image 1: a.png 29 KB].\n\n[image 2: b.png 29 KB]"'

tnef() { # ARGUMENTS of tnef.py: a letter that is a winmail.dat
	python3 "$ROOT/t/tnef.py" winmail.dat "$@"
	{ part "application/ms-tnef; name=winmail.dat" "Content-Transfer-Encoding: base64" <<-TEXT
		$(base64 winmail.dat)
	TEXT
	echo "--B--"; } | mail "multipart/mixed; boundary=B"
}

ok 'rule 62: a file that came empty is told of, and is no attachment' '
	{ echo "Смотрите журнал." | part "$utf8"
	  : | part "application/json; name=log.json" "Content-Disposition: attachment; filename=log.json" "Content-Transfer-Encoding: base64"
	  echo x | part "text/x-log; name=b.log" "Content-Disposition: attachment; filename=b.log"; echo "--B--"
	} | mail "multipart/mixed; boundary=B"
	says "Смотрите журнал.\n\n[empty file: log.json]"
	tk attach "$(cat id)" >list && cat list
	exits 1 grep log.json list
	[ "$(wc -l <list)" = 1 ]
	tk attach "$(cat id)" 1 -o b && [ "$(cat b)" = x ]'

ok 'rule 67: a letter with nothing but another letter in it shows that one' '
	{ printf -- "--B\nContent-Type: message/rfc822\n\nFrom: c@c.example\nSubject: y\n$utf8h\n\nВнутри.\n\n--B--\n"
	} | mail "multipart/mixed; boundary=B"
	says "[letter 1: c@c.example]\n\nВнутри."'

ok 'rule 69: winmail.dat gives way to its text and files' '
	tnef body="Текст из Outlook" file="Счёт.txt:за май" file="../../etc/passwd:x"
	says "Текст из Outlook"
	field $(cat id) 1 attachments | grep "Счёт.txt.*text/plain.*passwd"
	tk attach $(cat id) 1 -o got.bin && printf "за май" | cmp - got.bin
	raw $(cat id) 1 | cmp - l.eml
	tnef html="<p>Из <b>HTML</b></p>" && says "Из HTML"
	if command -v tnef >/dev/null; then
		mkdir -p unpacked && tnef body=x file="a.txt:abc" && command tnef -C unpacked winmail.dat && grep -x abc unpacked/a.txt
	fi'

ok 'rule 69: RTF in it, with and without HTML inside' '
	printf "{\\\\rtf1\\\\ansi\\\\ansicpg1251{\\\\fonttbl{\\\\f0 Arial;}}\\\\pard \\\\'\''cf\\\\'\''f0\\\\'\''e8\\\\'\''e2\\\\'\''e5\\\\'\''f2\\\\par \\\\u1103? \\\\{x\\\\}}" >rtf
	tnef rtf=rtf && says "Привет\nя {x}"
	printf "{\\\\rtf1\\\\ansi\\\\ansicpg1251\\\\fromhtml1 {\\\\*\\\\htmltag64 <p>}\\\\htmlrtf {\\\\b \\\\htmlrtf0 \\\\'\''cf\\\\'\''f0 \\\\htmlrtf }\\\\htmlrtf0 {\\\\*\\\\htmltag72 </p>}}" >rtf
	tnef rtf=rtf && says "Пр"'

ok 'rule 69: a damaged one stays a file' '
	for n in 3 20 60 150; do
		tnef body="Текст из Outlook" file="a.txt:abc" cut=$n
		field $(cat id) 1 attachments | grep "winmail.dat"
		raw $(cat id) 1 | cmp - l.eml
	done'

ok 'rule 70: an invitation says who, when and where' '
	{ echo "Приглашаю." | part "$utf8"
	  part "text/calendar; charset=utf-8; method=REQUEST" <<-TEXT
		BEGIN:VCALENDAR
		VERSION:2.0
		METHOD:REQUEST
		BEGIN:VEVENT
		UID:1@a.example
		DTSTART;TZID=Europe/Moscow:20261124T100000
		DTEND;TZID=Europe/Moscow:20261124T113000
		SUMMARY:Переезд склада\, этап 1
		LOCATION:Переговорная 2
		ORGANIZER;CN=Иван Петров:mailto:ivan@a.example
		ATTENDEE;CN=support@firma.example:mailto:support@firma.example
		END:VEVENT
		END:VCALENDAR
	TEXT
	echo "--B--"; } | mail "multipart/alternative; boundary=B"
	says "Приглашаю.\n\ninvitation: Переезд склада, этап 1\nwhen: 2026-11-24 10:00 - 11:30 (Europe/Moscow)\nwhere: Переговорная 2\norganizer: Иван Петров <ivan@a.example>\nattendees: support@firma.example"
	field $(cat id) 1 attachments | grep text/calendar
	printf "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261125\nSUMMARY:Отбой\nEND:VEVENT\nEND:VCALENDAR\n" |
		mail "text/calendar; charset=utf-8"
	says "cancelled: Отбой\nwhen: 2026-11-24"
	echo "no calendar" | mail "text/calendar" && says "no calendar" && field $(cat id) 1 attachments | grep ics'

ok 'rule 70: legal notices and their like are folded' '
	for notice in "Это сообщение и любые вложения являются конфиденциальными и предназначены только для адресата письма." \
		"This e-mail and any attachments are confidential and intended solely for the addressee. If you are not the intended recipient, delete it." \
		"CONFIDENTIALITY NOTICE: the contents are privileged\nand may not be used by anybody but the addressee of this." \
		"Цей лист містить конфіденційну інформацію і призначений виключно для адресата, зазначеного вище." \
		"Прежде чем печатать это письмо, подумайте об окружающей среде." "Без вирусов. www.avast.ru"; do
		printf "Да, приезжайте.\n\n$notice\n" | mail "$utf8"
		says "Да, приезжайте." && grep "." folded || field $(cat id) 1 quoted | grep "."
	done
	printf "Это сообщение появляется при входе, что делать?\n" | mail "$utf8"
	says "Это сообщение появляется при входе, что делать?"
	printf "Договор конфиденциальный, пришлите замок.\n" | mail "$utf8"
	says "Договор конфиденциальный, пришлите замок."'

ok 'rule 71: flowed text is joined, hard lines are not' '
	printf "Одна длинная \nстрока.\nДругая.\n-- \nПодпись\n" | mail "text/plain; charset=utf-8; format=flowed"
	says "Одна длинная строка.\nДругая."
	printf "日本 \n語\n" | mail "text/plain; charset=utf-8; format=flowed; delsp=yes"
	says "日本語"
	printf "10:00 ok \n10:01 error\n" | mail "$utf8" && says "10:00 ok \n10:01 error"'

ok 'rule 72: a wish for a receipt is not answered' '
	tk send -q && n=$(sent)
	letter 1.eml "Иван <ivan@romashka.example>" "Вопрос" "Текст." "Disposition-Notification-To: ivan@romashka.example" "Return-Receipt-To: ivan@romashka.example"
	tk deliver -q - <1.eml
	exits 1 grep -ilr "disposition-notification\|message/disposition" sent
	[ "$(sent)" = $((n + 1)) ]'

ok 'rule 73: a bounce is one line: address, code, action' '
	{ echo "It failed." | part "text/plain"
	  printf "Reporting-MTA: dns; mx.a.example\n\nFinal-Recipient: rfc822; nobody@b.example\nAction: failed\nStatus: 5.1.1\n" |
		part "message/delivery-status"; echo "--B--"
	} | mail "multipart/report; report-type=delivery-status; boundary=B"
	field $(cat id) 1 bounced | grep -x "nobody@b.example 5.1.1 failed"
	tk show $(cat id) | grep "Not delivered to.*nobody@b.example"'

ok 'every letter reads the same when its view is checked' 'tk fsck && tk audit'
finish
