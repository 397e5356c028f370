#!/bin/sh
# tk-reply: what the client gets, as other mail programs read it.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
letter 1.eml "$ivan" 'Не работает сервер' 'Помогите.' 'Cc: boss@romashka.example'
tk deliver -q - <1.eml
tk take -q TK-1

signature() {
	printf '\n-- \nС уважением,\nДанила Петров,\nслужба поддержки\n'
}

ok 'the recipients are shown, the answer goes to them' '
	tick
	tk reply TK-1 -m "Уже смотрим." >out 2>talk
	same - talk <<-TEXT
		To: $ivan
		Cc: boss@romashka.example
	TEXT
	echo "TK-1 reply waiting" | same - out
	[ "$(sent)" = 2 ]
	same - sent/2.args <<-TEXT
		-f
		support@firma.example
		--
		ivan@romashka.example
		boss@romashka.example
	TEXT
	[ "$(state TK-1)" = waiting ]'

ok 'another mail program reads it' '
	{ echo "Уже смотрим."; signature; } >want
	sent 2 | plaintext | same want -
	sent 2 | header To | grep -x "$ivan"
	sent 2 | header Subject | grep -xF "Re: [TK-1] Не работает сервер"'

ok 'it is threaded' '
	sent 2 | header In-Reply-To | grep -xF "<$(msgid 1.eml)>"
	refs=$(sent 2 | header References)
	ack=$(sent 1 | header Message-ID)
	[ "$refs" = "$ack <$(msgid 1.eml)>" ]
	id=$(sent 2 | header Message-ID)
	echo "$id" | grep -x "<TK-1[.].*@firma.example>"
	echo "<$(field TK-1 3 message_id)>" | grep -xF "$id"'

ok 'nothing in it looks like a robot'\''s' '
	sed "/^\$/q" sent/2.eml >head
	exits 1 grep -i "^Auto-Submitted\|^Precedence\|^X-Auto" head'

ok 'what was sent is what is kept' '
	raw TK-1 3 | cmp - sent/2.eml
	at TK-1 ticket.yaml | tail -1 | grep "by: tk, act: sent, msg: $(msg TK-1 3)"'

ok 'the subject has its tag once, however often one writes' '
	tick
	letter 2.eml "$ivan" "RE: Re: [TK-1] Отв: Не работает сервер" "Ну что?" \
		"In-Reply-To: $(sent 2 | header Message-ID)"
	tk deliver -q - <2.eml
	tick
	echo "Из трубы." | tk reply -q TK-1
	sent 3 | header Subject | grep -xF "Re: [TK-1] Не работает сервер"
	sent 3 | header In-Reply-To | grep -xF "<$(msgid 2.eml)>"
	{ echo "Из трубы."; signature; } >want
	sent 3 | plaintext | same want -
	tk reply -q TK-1 -s "[TK-1] Другая тема" -m "x"
	sent 4 | header Subject | grep -xF "Re: [TK-1] Другая тема"'

ok 'a file with a Russian name' '
	name="Отчёт за ноябрь (черновик), часть 1; \"итог\".txt"
	head -c 3000 /dev/urandom | base64 >"$name"
	printf "\211PNG\r\n" >схема.png
	tk reply -q TK-1 -m "Вот." -a "$name" -a ./схема.png
	sent 5 | files >got
	same - got <<-TEXT
		$name text/plain $(sha256sum <"$name" | cut -c-64)
		схема.png image/png $(sha256sum <схема.png | cut -c-64)
	TEXT
	text TK-1 $(at TK-1 ticket.yaml | grep -c "act: [^s].*msg:") >m
	grep -F "схема.png" m && grep -F "часть 1" m'

ok 'a ready answer, with and without own words' '
	tk reply -q TK-1 -t done </dev/null
	sent 6 | plaintext >got && grep -x "Здравствуйте, Иван!" got
	exits 1 grep "{{" got
	tk reply -q TK-1 -t done -m "Поменяли кабель." && sent 7 | plaintext >got
	grep -x "Здравствуйте, Иван!" got
	grep -x "Поменяли кабель." got
	exits 1 tk reply -q TK-1 -t nonsense -m x'

ok '--to, --cc, --no-cc' '
	tk reply -q TK-1 --to "Олег <oleg@lutik.example>" --cc c@lutik.example -m x
	sed 1,3d sent/8.args | tr "\n" " " | grep -x "oleg@lutik.example c@lutik.example "
	tk reply -q TK-1 --no-cc -m x
	sed 1,3d sent/9.args | tr "\n" " " | grep -x "ivan@romashka.example "'

ok 'what it cannot send is refused, and nothing is kept' '
	was=$(tip)
	exits 65 tk reply TK-1 </dev/null
	exits 65 tk reply TK-1 -m "  "
	printf "\377\376" | exits 65 tk reply TK-1
	exits 65 tk reply TK-1 -m x -a nowhere.txt
	tk reply --to "no address" TK-1 -m x && exit 1
	tk reply --to "a@b.example
Bcc: evil@c.example" TK-1 -m x && exit 1
	tk reply --dry-run TK-1 -m "Проба пера" | grep -x "Проба пера"
	[ "$(tip)" = $was ] && [ "$(sent)" = 9 ]'

ok 'somebody wrote meanwhile: read it first' '
	tick
	cat >slow <<-TEXT
		#!/bin/sh
		touch started
		until [ -e go ]; do sleep 0.02; done
		echo "Ответ вслепую." >"\$1"
	TEXT
	chmod +x slow
	for how in "" -f; do
		rm -f started go
		EDITOR=$PWD/slow script -qec "tk reply $how TK-1" /dev/null </dev/null >out & p=$!
		until [ -e started ]; do sleep 0.02; done
		letter m$how.eml "$ivan" "Re: [TK-1]" "Стойте! $how"
		tk deliver -q - <m$how.eml
		touch go && got=0 && wait $p || got=$?
		[ $got = "$([ -n "$how" ] && echo 0 || echo 1)" ]
		cat out
		[ -n "$how" ] || grep "ivan@romashka.example wrote meanwhile" out
	done
	[ "$(sent)" = 10 ]'
ok 'an answer on what is closed goes out, with a word about it' '
	tk reopen -q TK-1 2>/dev/null || :
	tk close -q TK-1 -r "Готово."
	tk reply TK-1 -m "Ещё одно." >out 2>talk
	grep -qx "TK-1 reply" out
	grep -q "TK-1 is closed and stays so.*tk reopen TK-1" talk
	tk note TK-1 -m "Для себя." 2>talk
	exits 1 grep -q closed talk
	tk reply -q TK-1 -m "И ещё." 2>talk
	exits 1 grep -q closed talk'
finish
