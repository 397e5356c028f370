#!/bin/sh
# What stands around an answer: the signature in the reader's language, ready
# answers that need words, and what was typed when it could not be sent.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
letter 1.eml "$ivan" 'Не работает сервер' "$(seq -f 'строка %g' 50)"
tk deliver -q - <1.eml
tk take -q TK-1

# typing COMMAND: on a terminal, with ./ed for an editor
typing() {
	EDITOR="$PWD/ed" script -qec "$1" /dev/null </dev/null
}
editor() { # COMMANDS: an editor that does them; $1 is the file
	printf '#!/bin/sh\ncp "$1" seen\n%s\n' "$1" >./ed
	chmod +x ed
}

ok 'a ready answer that needs words is not sent without them' '
	was=$(tip)
	for m in "" "  "; do
		exits 65 tk reply TK-1 -t ask-info -m "$m" 2>err
		grep "the template ask-info needs a text: -m" err
	done
	exits 65 tk reply TK-1 -t ask-info </dev/null
	[ "$(tip)" = $was ]
	[ "$(sent)" = 1 ]
	tk reply -q TK-1 -t ask-info -m "Какой этаж?" 2>err
	sent 2 | plaintext | grep -x "Какой этаж?"
	[ ! -s err ]'

ok 'ready answers are signed once' '
	for t in ask-info callback close done password-reset remote-access wait-vendor; do
		tk reply -n TK-1 -t $t -m "Слова." >out
		grep -c "^-- $" out | grep -x 1
		grep -c "^С уважением,$" out | grep -x 1
		exits 1 grep "{{" out
	done'

ok '--dry-run shows what will be sent' '
	tk reply -n TK-1 -m "Проба." >want
	tk reply -q TK-1 -m "Проба."
	sent 3 | plaintext | same want -'

ok 'an own template with the signature in it does not sign twice' '
	git clone -q d w
	mkdir -p w/templates/ru
	printf "Своё.\n\n{{queue.signature}}\n" >w/templates/ru/own.txt
	git -C w add . && git -C w commit -qm "Template" && git -C w push -q
	tk reply -n TK-1 -t own </dev/null >out
	grep -c "^С уважением,$" out | grep -x 1
	[ "$(sed -n 3p out)" = "-- " ]'

ok 'close is true before the ticket is closed, and can close it' '
	tk set -q TK-1 resolution="Сменили кабель."
	tk reply -q TK-1 -t close --status closed </dev/null
	[ "$(state TK-1)" = closed ]
	sent 4 | plaintext >got
	grep -x "Сменили кабель." got
	grep "закрываем её" got
	tk reopen -q TK-1 -m "Рано."'

ok 'an empty subject is an error of usage' '
	exits 64 tk reply TK-1 -s "" -m x
	exits 64 tk reply TK-1 -s " " -m x'

ok 'the client'\''s language: letter, signature, name' '
	git -C w pull -q
	python3 - w/regulation/queues.yaml <<-TEXT
		import sys
		s = open(sys.argv[1], encoding="utf-8").read()
		s = s.replace("  line: 1\n", "  line: 1\n  from: {ru: Поддержка, uk: Підтримка}\n", 1)
		open(sys.argv[1], "w", encoding="utf-8").write(s)
	TEXT
	sed -i "s/^version: .*/version: 2/" w/regulation/regulation.yaml
	git -C w commit -qam "Names" && git -C w push -q
	tk client add lutik name="Лютік" domains=lutik.example language=uk
	letter 2.eml "oleg@lutik.example" "Не друкує" "Допоможіть."
	tk deliver -q - <2.eml
	n=$(sent)
	sent $n | plaintext | grep -x "З повагою"
	sent $n | header From | grep -xF "Підтримка <support@firma.example>"
	tk reply -n TK-2 -m x | grep -x "служба підтримки"
	tk reply -n TK-2 -m x | exits 1 grep "С уважением"
	tk reply -n TK-1 -m x | grep -x "служба поддержки"
	tk client change -q lutik language=en
	tk reply -n TK-2 -m x | grep -x "Kind regards,"
	tk reply -q TK-2 -m x
	sent $((n + 1)) | header From | grep -xF "Поддержка <support@firma.example>"
	tk client change -q lutik language=
	tk reply -n TK-2 -m x | grep -x "служба поддержки"'

ok 'a signature may be one text, and must be a text' '
	git -C w pull -q
	cp w/regulation/queues.yaml kept
	sig() { # YAML
		python3 - "$1" <<-TEXT
			import re, sys
			s = open("kept", encoding="utf-8").read()
			s = re.sub(r"  signature:\n(    .*\n)+", "  signature: " + sys.argv[1] + "\n", s)
			open("w/regulation/queues.yaml", "w", encoding="utf-8").write(s)
		TEXT
		tk regulation -C w lint >lint 2>&1 || :
	}
	sig "{ru: [a]}" && grep "\"signature\" must be a text" lint
	sig "[a, b]" && grep "\"signature\" must be a text" lint
	sig "Одна на всех" && exits 1 grep signature lint
	sed -i "s/^version: .*/version: 3/" w/regulation/regulation.yaml
	git -C w commit -qam "One" && git -C w push -q
	tk reply -n TK-2 -m x | tail -1 | grep -x "Одна на всех"'

ok 'the editor shows what is answered, and that is not sent' '
	editor "{ echo Ответ.; cat seen; } >\"\$1\""
	n=$(sent)
	typing "tk reply -q TK-1" >out
	grep -F "$ivan:" seen
	grep -x "> строка 40" seen
	exits 1 grep -x "> строка 41" seen
	grep "and more" seen
	sent $((n + 1)) | plaintext >got
	grep -x "Ответ." got && exits 1 grep "строка" got'

ok 'what was typed and not sent is kept, and how to go on is said' '
	drafts() { find "$DESK/tk/drafts" -type f 2>/dev/null | wc -l; }
	editor "echo Слова. >\"\$1\"; exit 3"
	exits 1 typing "tk reply TK-1" >out
	grep "to go on: tk reply TK-1 <" out
	[ $(drafts) = 1 ]
	cat "$DESK"/tk/drafts/* | grep -x "Слова."
	editor "printf \"\\377\\376 слова\" >\"\$1\""
	exits 65 typing "tk reply TK-1"
	[ $(drafts) = 2 ]
	editor "exit 3"
	exits 1 typing "tk reply TK-1"
	editor ": >\"\$1\""
	exits 65 typing "tk reply TK-1"
	[ $(drafts) = 2 ]
	n=$(sent)
	tk reply -q TK-1 <"$(grep -l Слова "$DESK"/tk/drafts/*)"
	sent $((n + 1)) | plaintext | head -1 | grep -x "Слова."'
finish
