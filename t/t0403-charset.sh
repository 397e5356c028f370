#!/bin/sh
# Letters in the charsets that Russian and Ukrainian mail comes in, and in
# those that it only says to be in: what lands in the YAML is right.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
ru='Здравствуйте! После обновления не запускается 1С: пишет «Ошибка формата потока». Ёлки, что делать?'
uk='Доброго дня! Після оновлення не запускається ґанковий сервіс: їжак пише «Помилка». Щось робити?'

# head SUBJECT: the beginning of a header, the subject as it stands
head_of() {
	num=$(($(cat num 2>/dev/null || echo 0) + 1))
	echo $num >num
	printf 'From: a%s@romashka.example\nTo: support@firma.example\n' $num
	printf 'Message-ID: <%s@romashka.example>\nMIME-Version: 1.0\n' $num
	printf 'Date: Sun, 22 Nov 2026 06:00:00 +0000\nSubject: %s\n' "$1"
}

# Q or B encoded word of standard input in CHARSET
word() {
	printf '=?%s?B?%s?=' "$1" "$(iconv -t "$1" | base64 -w0)"
}

# came FILE SUBJECT TEXT: deliver it, and look in the YAML
came() {
	id=$(tk deliver - <"$1" | tee line | sed -n 's/^-: \(TK-[0-9]*\) open.*/\1/p')
	cat line >&9
	raw "$id" 1 | cmp - "$1"
	echo "$2" >want
	field "$id" 1 subject | same want -
	at "$id" ticket.yaml | python3 -c '
import sys, yaml
t = yaml.safe_load(sys.stdin.buffer.read().decode())
sys.stdout.buffer.write((t["subject"] + "\n").encode())' | same want -
	echo "$3" >want
	field "$id" 1 text | same want -
}

# plain CHARSET ENCODING DECLARED SUBJECT TEXT: a letter that declares one
# charset and has another
plain() {
	head_of "$(printf %s "$4" | word "$1")"
	printf 'Content-Type: text/plain; charset=%s\n' "$3"
	case $2 in
	8bit) printf 'Content-Transfer-Encoding: 8bit\n\n' && echo "$5" | iconv -t "$1" ;;
	base64) printf 'Content-Transfer-Encoding: base64\n\n' && echo "$5" | iconv -t "$1" | base64 ;;
	qp) printf 'Content-Transfer-Encoding: quoted-printable\n\n'
		echo "$5" | iconv -t "$1" | python3 -c '
import quopri, sys
quopri.encode(sys.stdin.buffer, sys.stdout.buffer, False)' ;;
	esac
}

for cs in UTF-8 KOI8-R WINDOWS-1251 CP866 ISO-8859-5; do
	text=$ru
	case $cs in KOI8-R|CP866|ISO-8859-5) text=$(echo "$ru" | sed 's,[«»],,g') ;; esac
	for enc in 8bit base64 qp; do
		ok "$cs, $enc" '
			plain $cs $enc $cs "Не запускается 1С" "$text" >l.eml
			came l.eml "Не запускается 1С" "$text"'
	done
done
for cs in UTF-8 KOI8-U WINDOWS-1251; do
	text=$uk
	case $cs in KOI8-U) text=$(echo "$uk" | sed 's,[«»],,g') ;; esac
	ok "Ukrainian in $cs" '
		plain $cs 8bit $cs "Не працює їжак" "$text" >l.eml
		came l.eml "Не працює їжак" "$text"'
done

# What is declared is not what it is.
for pair in WINDOWS-1251:KOI8-R KOI8-R:WINDOWS-1251 WINDOWS-1251:UTF-8 \
	UTF-8:WINDOWS-1251 KOI8-R:us-ascii WINDOWS-1251:iso-8859-1 \
	UTF-8:iso-8859-1 WINDOWS-1251:win-1251 KOI8-R:unknown-8bit \
	CP866:iso-8859-1; do
	is=${pair%:*} says=${pair#*:}
	text=$(echo "$ru" | sed 's,[«»],,g')
	ok "$is that says it is $says" '
		plain $is 8bit $says "Не запускается 1С" "$text" >l.eml
		came l.eml "Не запускается 1С" "$text"'
done

ok 'and that is written down' '
	grep -q "TK-" line
	field "$(sed "s/^-: \(TK-[0-9]*\) .*/\1/" line)" 1 charset |
		grep -i "iso-8859-1, read as .*866"'

for cs in UTF-8 KOI8-R WINDOWS-1251; do
	ok "a raw subject and sender in $cs, nothing declared" '
		text=$(echo "$ru" | sed "s,[«»],,g")
		{
			head_of "Не печатает принтер в бухгалтерии" |
				sed "s/^From: \(.*\)/From: Пётр Ильич <\1>/"
			printf "\n%s\n" "$text"
		} | iconv -t $cs >l.eml
		came l.eml "Не печатает принтер в бухгалтерии" "$text"
		at "$(sed "s/^-: \(TK-[0-9]*\) .*/\1/" line)" ticket.yaml |
			grep "^requester: Пётр Ильич <"'
done

ok 'UTF-8 that was taken for CP1251 and encoded once more' '
	twice=$(printf %s "Привет, не работает почта" | iconv -f CP1251 -t UTF-8)
	plain UTF-8 8bit UTF-8 "$twice" "$twice" >l.eml
	came l.eml "Привет, не работает почта" "Привет, не работает почта"'

ok 'a letter of HTML only' '
	{
		head_of "$(printf %s "Вёрстка" | word KOI8-R)"
		printf "Content-Type: text/html; charset=windows-1251\n\n"
		cat <<-TEXT | iconv -t CP1251
			<html><head><style>p { color: red }</style></head><body>
			<p>Не открывается <b>сайт</b>:&nbsp;<a href="http://a.example/?x=1&amp;y=2">вот</a></p>
			<script>alert("нет")</script><ul><li>раз<li>два</ul></body></html>
		TEXT
	} >l.eml
	id=$(tk deliver - <l.eml | sed "s/^-: \(TK-[0-9]*\) .*/\1/")
	field $id 1 subject | grep -x "Вёрстка"
	field $id 1 text >got && cat got
	grep "Не открывается .*сайт.*: .*вот.*http://a.example/?x=1&y=2" got
	grep "раз" got && grep "два" got && exits 1 grep "alert\|color\|<p\|</\|<li" got'

ok 'a letter with a picture' '
	{
		head_of "$(printf %s "Снимок экрана" | word WINDOWS-1251)"
		printf "Content-Type: multipart/mixed; boundary=B\n\n--B\n"
		printf "Content-Type: text/plain; charset=koi8-r\n\n"
		echo "Смотрите снимок." | iconv -t KOI8-R
		printf "%s\nContent-Type: image/png; name=\"%s\"\n" --B \
			"$(printf %s "Снимок экрана.png" | word KOI8-R)"
		printf "Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"
		printf "\211PNG\r\n\032\n" | base64
		echo "--B--"
	} >l.eml
	came l.eml "Снимок экрана" "Смотрите снимок."
	field "$(sed "s/^-: \(TK-[0-9]*\) .*/\1/" line)" 1 attachments |
		grep "Снимок экрана.png.*image/png.*: 8"'
finish
