#!/bin/sh
# Charsets and broken letters, rule by rule (53 to 63 of the gateway's list;
# tk-deliver(1) has it). Each pair of charsets is in t0422.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d

# came CHARSET DECLARED FROM SUBJECT TEXT: a letter, both raw in that charset
came() {
	num=$(($(cat num 2>/dev/null || echo 0) + 1))
	echo $num >num
	{
		printf 'From: %s\nTo: support@firma.example\nMIME-Version: 1.0\n' "$3"
		printf 'Message-ID: <%s@c.example>\nSubject: %s\n' $num "$4"
		printf 'Content-Type: text/plain%s\n' "${2:+; charset=$2}"
		printf 'Content-Transfer-Encoding: 8bit\n\n%s\n' "$5"
	} | iconv -t "$1" >l.eml
	tk deliver --no-send - <l.eml | sed 's/^-: \(TK-[0-9]*\) .*/\1/'
}

# head_is FIELDS WANT: subject of a letter with these header lines
head_is() {
	printf 'From: a@a.example\nMIME-Version: 1.0\n%b\n\ntext\n' "$1" >h.eml
	tk deliver -n --json h.eml | python3 -c '
import json, sys
o = json.load(sys.stdin)
sys.stdout.buffer.write((o["subject"] + "|" + ",".join(o["attachment_names"]) + "\n").encode())' >got
	printf '%s\n' "$2" | same - got
}

ok 'rule 53: names of charsets as letters spell them' '
	text="Проверьте, пожалуйста, настройки почты на новом сервере."
	for name in win-1251 cp-1251 WINDOWS1251 "\"windows-1251\"" x-cp1251 \
		"windows-1251*ru" "cp1251; format=flowed" windows-cp1251; do
		id=$(came CP1251 "$name" a@a.example Проверка "$text")
		field $id 1 text >got && echo "$text" | same - got
	done
	for name in koi8r koi8 cskoi8r KOI-8-R; do
		id=$(came KOI8-R "$name" a@a.example Проверка "$text")
		field $id 1 text >got && echo "$text" | same - got
	done
	for name in ks_c_5601-1987 x-user-defined default unknown-8bit x-unknown _iso-2022-jp\$ESC; do
		id=$(came CP1251 "$name" a@a.example Проверка "$text")
		field $id 1 text >got && echo "$text" | same - got
	done'

ok 'rule 54: valid UTF-8 is UTF-8 whatever is declared' '
	for name in windows-1251 koi8-r iso-8859-1 us-ascii ""; do
		id=$(came UTF-8 "$name" a@a.example "Ёж" "Это — «ёлки»")
		field $id 1 text | grep -x "Это — «ёлки»"
		field $id 1 charset | grep -e "utf-8$"
	done'

ok 'rule 56: Ukrainian letters are not lost between KOI8-U and KOI8-R' '
	id=$(came KOI8-U koi8-r a@a.example "Ґанок" "Їжак і єнот на ґанку")
	field $id 1 text | grep -x "Їжак і єнот на ґанку"
	id=$(came CP1251 koi8-u a@a.example "Ґанок" "Їжак і єнот на ґанку")
	field $id 1 text | grep -x "Їжак і єнот на ґанку"'

ok 'rule 57: the body tells what the subject is in' '
	id=$(came CP866 "" a@a.example "ОК" "Проверьте, пожалуйста, почту на новом сервере.")
	field $id 1 subject | grep -x "ОК"'

ok 'rule 57: a word too short to tell is read as its sender wrote before' '
	id=$(came CP866 "" short@b.example "Да" "Да")
	field $id 1 charset | grep "unsure$"
	field $id 1 text >alone
	came CP866 "" pupkin@b.example "Почта" "Не приходит почта с самого утра, проверьте сервер."
	id=$(came CP866 "" pupkin@b.example "ДА" "ДА")
	field $id 1 text | grep -x "ДА"
	field $id 1 charset | grep "read as cp866, unsure"
	# it is told once only: an unsure letter teaches nothing
	came KOI8-R "" vasya@b.example "НЕТ" "НЕТ"
	sqlite3 "$DESK/tk/index.db" "SELECT address, used FROM charset" | sort -u >got
	grep -x "pupkin@b.example|cp866" got
	exits 1 grep vasya got
	tk reindex -q && tk audit'

ok 'rule 57: the memory is made again from the letters' '
	rm "$DESK"/tk/index.db*
	id=$(came CP866 "" pupkin@b.example "УРА" "УРА")
	field $id 1 text | grep -x "УРА"'

ok 'rule 58: encoded twice is undone only when certain' '
	good="Не работает почта у директора"
	for code in CP1251 CP1252 ISO-8859-1; do
		twice=$(printf %s "$good" | iconv -f $code -t UTF-8 2>/dev/null) ||
			twice=$(printf %s "$good" | iconv -f ISO-8859-1 -t UTF-8)
		id=$(came UTF-8 utf-8 a@a.example "$twice" "$twice")
		field $id 1 text | grep -x "$good"
		raw $id 1 | grep -x "$twice"
	done
	for kept in "Серёжа РЎ. РљРѓ" "Рћ" "Ð÷ — знак"; do
		id=$(came UTF-8 utf-8 a@a.example "x" "$kept")
		field $id 1 text | grep -xF "$kept"
	done'

ok 'rule 59: sins of encoded words' '
	b=$(printf "Отчёт за май" | base64 -w0)
	head_is "Subject: =?utf-8?B?$b" "Отчёт за май|"
	head_is "Subject: =?utf-8?B?${b%%=*}?=" "Отчёт за май|"
	head_is "Subject: \"=?utf-8?B?$b?=\"" "\"Отчёт за май\"|"
	head_is "Subject: =?utf-8?Q?=D0=9E =D1=82?=" "О т|"
	head_is "Subject: =?UTF-8?Q?Отчёт?=" "Отчёт|"
	head_is "Subject: Отчёт" "Отчёт|"
	f="Content-Type: application/pdf\nContent-Disposition: attachment; filename"
	head_is "Subject: x\n$f=\"=?utf-8?B?$b?=.pdf\"" "x|Отчёт за май.pdf"
	head_is "Subject: x\n$f==?utf-8?B?$b?=" "x|Отчёт за май"
	head_is "Subject: x\n$f=\"Отчёт.pdf\"" "x|Отчёт.pdf"'

ok 'rule 60: a character cut between two encoded words' '
	head_is "Subject: =?utf-8?Q?=D0=9E=D1?=\n =?utf-8?Q?=82=D0=B0?=" "Ота|"
	head_is "Subject: =?utf-8?B?0J7R?= =?utf-8?B?gtCw?=" "Ота|"'

ok 'rule 61: continued and percent-coded file names' '
	f="Subject: x\nContent-Type: application/pdf\nContent-Disposition: attachment"
	head_is "$f;\n filename*0*=utf-8'\'\''%D0%9E;\n filename*1*=%D1%82.p;\n filename*2=df" "x|От.pdf"
	head_is "$f; filename=\"Ot.pdf\"; filename*=utf-8'\'\''%D0%9E%D1%82.pdf" "x|От.pdf"
	head_is "$f; filename*=windows-1251'\'\''%D0%9E%D1%82.pdf" "x|От.pdf"
	head_is "$f; filename*=utf-8'\'\''100%25%zz.pdf" "x|100%%zz.pdf"
	head_is "$f; filename*=nonsense'\'\''%D0%9E%D1%82.pdf" "x|От.pdf"'

ok 'rule 62: what cannot be read is marked, never dropped' '
	printf "From: a@a.example\nTo: support@firma.example\nSubject: x\nMessage-ID: <bad@a.example>\nContent-Type: text/plain; charset=utf-8\n\nдо \377 после, и ещё немного слов\n" >l.eml
	id=$(tk deliver --no-send - <l.eml | sed "s/^-: \(TK-[0-9]*\) .*/\1/")
	field $id 1 text | grep -x "до � после, и ещё немного слов"
	raw $id 1 | cmp - l.eml
	id=$(came CP1251 utf-8 a@a.example "Кодировка" "Объявлена одна, а на деле другая кодировка.")
	field $id 1 charset | grep -x "utf-8, read as windows-1251"'

ok 'rule 63: composed letters, and names of files too' '
	head_is "Subject: Пои\314\206дём" "Пойдём|"
	head_is "Subject: x\nContent-Type: application/pdf; name=\"И\314\206од.pdf\"" "x|Йод.pdf"'
finish
