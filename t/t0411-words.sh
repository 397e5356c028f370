#!/bin/sh
# The editor, notes, and another reader: the rest of what people write.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
letter 1.eml "$ivan" 'Не работает сервер' 'Помогите.'
tk deliver -q - <1.eml
tk take -q TK-1

# typing COMMAND: on a terminal, with ./ed for an editor
typing() {
	EDITOR="$PWD/ed --wait" script -qec "$1" /dev/null </dev/null
}
cat >./ed <<-TEXT
	#!/bin/sh
	[ "\$1" = --wait ] && cp "\$2" seen
	cat words seen >"\$2"
TEXT
chmod +x ed

ok 'the editor shows who will get it, and that is not sent' '
	echo "Из редактора." >words
	typing "tk reply TK-1" >out
	grep -F "To: $ivan" seen
	grep -e "------ >8 ------" seen
	sent 2 | plaintext >got && head -1 got | grep -x "Из редактора."
	exits 1 grep -F ">8" got && exits 1 grep "^To:" got'

ok 'a ready answer is there to be changed' '
	echo "Сначала так." >words
	typing "tk reply TK-1 -t ask-info" >out
	grep -x "Здравствуйте, Иван!" seen
	sent 3 | plaintext >got
	head -2 got | grep -x "Сначала так." && grep -x "Здравствуйте, Иван!" got'

ok 'an empty text or a failing editor stops it' '
	was=$(tip)
	: >words
	exits 65 typing "tk reply TK-1"
	printf "#!/bin/sh\nexit 3\n" >./ed
	exits 1 typing "tk reply TK-1"
	[ "$(tip)" = $was ] && [ "$(sent)" = 3 ]'

ok 'a note with a file is kept and goes nowhere' '
	tick
	head -c 2000 /dev/urandom >дамп.bin
	tk note TK-1 -m "Пароль у них 4711-тайна." -a дамп.bin
	echo "Второе 4711-тайна." | tk note -q TK-1
	[ "$(sent)" = 3 ] && tk send -q && [ "$(sent)" = 3 ]
	raw TK-1 5 | files | grep -xF \
		"дамп.bin application/octet-stream $(sha256sum <дамп.bin | cut -c-64)"
	raw TK-1 5 | exits 1 grep -i "^To:\|^Cc:\|^From:"
	field TK-1 5 kind | grep -x note'

ok 'no note, comment or handover is in any letter' '
	tk status -q TK-1 open -m "Комментарий 4711-тайна." || :
	tk move -q TK-1 network -m "Передаю: 4711-тайна."
	tk reply -q TK-1 -m "Ответ после заметок."
	tk reply -q TK-1 -t done </dev/null
	letter 2.eml "$ivan" "Re: [TK-1]" "Спасибо" && tk deliver -q - <2.eml
	tk reply -q TK-1 -m "Пожалуйста."
	tk close -q TK-1 -r "Сделано." -m "Закрыл, 4711-тайна."
	git -C "$DESK" grep -c 4711-тайна HEAD -- tickets | wc -l | grep -x "[4-9]"
	for f in sent/*.eml; do
		python3 -c "
import email, sys
m = email.message_from_binary_file(open(sys.argv[1], \"rb\"))
for p in m.walk():
    b = p.get_payload(decode=True) or b\"\"
    assert \"4711-\".encode() not in b, sys.argv[1]
" "$f"
		exits 1 grep 4711- "$f"
	done'

ok 'a note cannot be sent, even if the index says so' '
	tick
	note=$(msg TK-1 5)
	was=$(sent)
	ls "$DESK/tk/outbox/new" | wc -l | grep -x 0
	python3 -c "
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute(\"UPDATE message SET outgoing = 1, unsent = 1 WHERE name = ?\", [sys.argv[2]])
db.commit()" "$DESK/tk/index.db" "$note"
	exits 1 tk send >out
	grep "not a letter to send" out
	[ "$(sent)" = "$was" ]'

command -v neomutt >/dev/null && command -v script >/dev/null ||
	skip 'no neomutt' 'neomutt shows the answer'
[ $N = 7 ] || ok 'neomutt shows the answer' '
	mkdir -p mm/tmp mm/new mm/cur
	cp sent/2.eml mm/cur/1:2,S
	printf "set pipe_decode wait_key=no\npush \"<shell-escape>true<enter>|tee piped\\\\n<exit>\"\n" >mm.rc
	sleep 1 | TERM=vt100 timeout 10 script -qec "neomutt -n -F mm.rc -R -f mm" \
		/dev/null >tty
	grep -x "Subject: Re: .TK-1. Не работает сервер" piped
	grep -x "Из редактора." piped'
finish
