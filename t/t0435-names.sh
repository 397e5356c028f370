#!/bin/sh
# Rule 26: files that go out keep their names. Two mail programs that share no
# code with us, or with each other, save them.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
letter 1.eml "$ivan" 'Не работает сервер «Альфа»' 'Помогите.'
tk deliver -q - <1.eml
tk take -q TK-1
mkdir files
i=0
while read -r name; do
	i=$((i + 1))
	printf 'file %d\n\000\377' $i >"files/$name"
done <<-'TEXT'
	plain.txt
	two words & 'quotes'; a=b, 100% (1).txt
	in "English" quotes.txt
	Отчёт; "итог" (1).txt
	Об'єднаний звіт, ґанок і їжак № 5.docx
	Очень длинное имя файла с описанием всего, что было сделано за ноябрь и немного за декабрь, часть первая.pdf
	пробел  два, точка. И ещё точка...xlsx
	смайлик 🙂 и é.png
	без расширения
TEXT
set --
for f in files/*; do
	set -- "$@" -a "$f"
done
tk reply -q TK-1 -m 'Файлы.' "$@"
(cd files && sha256sum -- *) | sort -k2 >want

ok 'they are in the letter that was sent' '
	wc -l <want | grep -x 9
	[ "$(grep -c "^Content-Disposition: attachment" sent/2.eml)" = 9 ]'

saved_are_right() { # DIR WANT
	(cd "$1" && sha256sum -- *) | sort -k2 >"$1.got"
	same "$2" "$1.got"
}

if command -v neomutt >/dev/null && command -v script >/dev/null; then
	ok 'neomutt saves each under its name' '
		mkdir -p box/tmp box/new box/cur neomutt
		cp sent/2.eml "box/cur/1.x:2,S"
		cat >muttrc <<-TEXT
			set folder=$PWD/box spoolfile=$PWD/box charset=utf-8 header_cache=""
			set wait_key=no quit=yes delete=no resolve=yes
		TEXT
		keys="<view-attachments><next-entry>"
		for f in files/*; do
			keys="$keys<save-entry><enter>"
		done
		cd neomutt
		TERM=xterm timeout 30 script -qec "stty cols 200 rows 40; neomutt -n -F ../muttrc -f ../box \
			-e \"push \\\"$keys<exit><exit>\\\"\"" ../typed </dev/null >/dev/null 2>&1 || tail -c 500 ../typed
		cd ..
		saved_are_right neomutt want'
else
	skip 'no neomutt' 'neomutt saves each under its name'
fi

# mblaze 1.1 takes \" for the end of a quoted string (RFC 5322 3.2.4 does not).
grep -v English want >most
if command -v mshow >/dev/null; then
	ok 'mblaze lists and saves each under its name' '
		mshow -t sent/2.eml >list
		while read -r sum name; do
			grep -F "name=\"$name\"" list
		done <most
		mkdir mblaze && cd mblaze && mshow -x ../sent/2.eml && cd ..
		rm mblaze/in*
		saved_are_right mblaze most'
	ok 'mblaze reads the subject and the text' '
		mshow -h subject:to sent/2.eml | tee head
		grep "Re: \[TK-1\] Не работает сервер «Альфа»" head
		grep "Иван Петров" head
		mshow -n -h "" sent/2.eml | grep -x "Файлы[.]"'
else
	skip 'no mblaze' 'mblaze lists and saves each under its name'
fi
finish
