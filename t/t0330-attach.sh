#!/bin/sh
# tk-attach: attachments come out as they came in, under safe names.
. "$(dirname "$0")/lib.sh"

desk desk.git
printf 'one\0\377binary' >one.bin
printf 'two' >two.txt
part() { # FILE NAME TYPE
	printf -- '--b\nContent-Type: %s\nContent-Transfer-Encoding: base64\n' "$3"
	printf 'Content-Disposition: attachment; filename="%s"\n\n' "$2"
	base64 "$1"
}
{
	letter head.eml 'Иван <ivan@romashka.example>' 'Файлы'
	sed '/^Content/d; /^$/,$d' head.eml
	printf 'Content-Type: multipart/mixed; boundary=b\n\n'
	printf -- '--b\nContent-Type: text/plain\n\nSee.\n'
	part one.bin '../../etc/passwd' application/octet-stream
	part two.txt a.txt text/plain
	part two.txt a.txt text/plain
	part two.txt '-rf' text/plain
	printf -- '--b--\n'
} >files.eml

ok 'nothing to list is exit 1' '
	tk new -s Просто -m текст
	exits 1 tk attach TK-1 2>err
	grep -q "TK-1 has no attachments" err
	exits 1 tk attach TK-9'

ok 'numbers go through the ticket' '
	tk deliver - <files.eml
	echo note >log.txt
	tk note TK-2 -m "Журнал" -a log.txt
	tk attach TK-2 >got
	[ "$(wc -l <got)" = 5 ]
	grep -q "^2  1 .* a.txt$" got
	grep -q "^5  [23] .* log.txt$" got'
ok 'JSON' '
	tk attach TK-2 --json >got
	sum=$(sha256sum one.bin | cut -d" " -f1)
	head -1 got >got2
	echo "{\"n\":1,\"message\":1,\"name\":\"passwd\",\"type\":\"application/octet-stream\",\"size\":11,\"sha256\":\"$sum\"}" | same - got2'

ok 'bytes are the ones that came' '
	tk attach TK-2 1 >got
	cmp one.bin got
	tk attach . 5 -o - >got
	cmp log.txt got'
ok 'a file that is there stays, unless -f' '
	tk attach TK-2 2 -o out.txt
	cmp two.txt out.txt
	echo mine >out.txt
	exits 1 tk attach TK-2 2 -o out.txt
	echo mine | same - out.txt
	tk attach TK-2 2 -f -o out.txt
	cmp two.txt out.txt
	exits 1 tk attach TK-2 2 -f -o /dev/null
	[ -c /dev/null ]'
ok 'all into a folder: safe names, none over another' '
	tk attach TK-2 -D dir >got
	same - got <<-TEXT
		dir/passwd
		dir/a.txt
		dir/a-2.txt
		dir/rf
		dir/log.txt
	TEXT
	ls dir | wc -l >n
	[ "$(cat n)" = 5 ]
	cmp one.bin dir/passwd
	cmp two.txt dir/a-2.txt
	tk attach TK-2 2 3 -D dir -q >got
	same /dev/null got
	[ -e dir/a-3.txt ] && [ -e dir/a-4.txt ]'
ok 'a link in the way is not followed' '
	mkdir trap
	echo precious >precious
	ln -s ../precious trap/passwd
	tk attach TK-2 1 -D trap
	tk attach TK-2 1 -f -D trap
	echo precious | same - precious'

ok 'bytes that are not those of the message file are refused' '
	git clone -q desk.git work
	git -C work config core.hooksPath /dev/null
	cp -R desk.git bad.git
	rm -f bad.git/hooks/*
	y=$(cd work && grep -l passwd tickets/00/00/TK-2/*.yaml | head -1)
	sed -i "s/sha256: [0-9a-f]\{8\}/sha256: 00000000/" work/$y
	git -C work commit -qam x
	git -C work push -q ../bad.git HEAD:main
	exits 65 tk -C bad.git attach TK-2 1 >got
	same /dev/null got'

ok 'usage' '
	exits 1 tk attach TK-2 9
	exits 64 tk attach TK-2 0
	exits 64 tk attach TK-2 x
	exits 64 tk attach TK-2 1 2
	exits 64 tk attach TK-2 1 -o x -D y
	exits 64 tk attach TK-2 -o x
	exits 64 tk attach'
finish
