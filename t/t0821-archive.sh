#!/bin/sh
# Cold storage: two years moved away, read back by tk and by stock programs,
# letters to them, the restore drill.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван <ivan@romashka.example>'
set_clock 2023-03-01T06:00:00Z
desk d
tk regulation ack -q
tk client add romashka --name Ромашка --domain romashka.example -q
finished() { tk take -q "$1"; tk reply -q "$1" -m "Заменён кабель."; tick; tk close -q "$1" -r "Заменён кабель."; }
year() { set_clock "$1-03-01T06:00:00Z"; echo "$TK_NOW" >"$SCRATCH/now"; }
tree() { git -C "$1" rev-parse "$2:tickets/00/00/$3"; }
A=d/tk/archive

ok 'tickets of three years' '
	for n in 1 2 3; do
		letter $n.eml "$ivan" "Не работает сервер $n"
		tk deliver -q - <$n.eml
		finished TK-$n
	done
	year 2024
	letter 4.eml "Ольга <olga@vasilek.example>" "Принтер"
	tk deliver -q - <4.eml
	finished TK-4
	letter 5.eml "$ivan" "Долгая работа"
	tk deliver -q - <5.eml
	finished TK-5
	year 2025
	tk note -q TK-5 -m "Счёт оплачен."
	letter 6.eml "$ivan" "Почта"
	tk deliver -q - <6.eml
	tip >head'

ok 'a dry run says which, and changes nothing' '
	tk archive --before 2025 -n >out
	printf "TK-1 2023\nTK-2 2023\nTK-3 2023\nTK-4 2024\n" | same - out
	[ "$(tip)" = "$(cat head)" ] && [ ! -e $A ]'

ok 'moved: one commit a year, the tree is small, numbers and search go on' '
	tk archive --before 2025 >out
	cat out
	[ "$(wc -l <out)" = 2 ]
	grep "^2023: tickets moved 3, commit $(git -C $A/2023.git rev-parse main), of the desk at $(cat head)$" out
	[ "$(git -C d rev-list --count "$(cat head)..HEAD")" = 2 ]
	[ "$(git -C d ls-tree -r --name-only HEAD tickets | cut -d/ -f4 | sort -u | tr "\n" " ")" = "TK-5 TK-6 " ]
	[ "$(tk list -A | cut -d" " -f1 | sort | tr "\n" " ")" = "TK-5 TK-6 " ]
	git -C d log -1 --skip=1 --format="%(trailers:key=Act,valueonly)%(trailers:key=Desk-Head,valueonly)%(trailers:key=Archive,valueonly)" >out
	printf "archive\n%s\n2023 %s\n\n" "$(cat head)" "$(git -C $A/2023.git rev-parse main)" | same - out
	tk new -q -s Новая -m Раз. --requester ivan@romashka.example
	tk list -A | grep "^TK-7 "
	exits 1 tk search сервер'

ok 'stock git and python3-yaml read the archive; hashes are those of the history' '
	for n in 1 2 3; do [ "$(tree $A/2023.git main TK-$n)" = "$(tree d "$(cat head)" TK-$n)" ]; done
	[ "$(tree $A/2024.git main TK-4)" = "$(tree d "$(cat head)" TK-4)" ]
	git -C $A/2023.git show main:desk.yaml | python3 -c "
import sys, yaml
y = yaml.safe_load(sys.stdin); print(y[\"archive\"], y[\"archive_of\"])" | same - "$(echo "2023 $(cat head)" >want; echo want)"
	[ "$(git -C $A/2023.git log -1 --format="%(trailers:key=Desk-Head,valueonly,separator=)" main)" = "$(cat head)" ]
	git -C d show HEAD:archives/2023/00/00.yaml | python3 -c "
import sys, yaml
for t in yaml.safe_load(sys.stdin)[\"tickets\"]: print(t[\"id\"], t[\"tree\"], len(t[\"letters\"]))" >out
	git -C d ls-tree "$(cat head)" tickets/00/00/ | sed "s,.* tree \(.*\)	.*/\(.*\),\2 \1," | head -3 >want
	cut -d" " -f1,2 out | same want -
	git clone -q $A/2023.git c
	[ "$(ls c/tickets/00/00 | tr "\n" " ")" = "TK-1 TK-2 TK-3 " ]
	grep -lF "$(msgid 1.eml)" c/tickets/00/00/TK-1/*.eml
	for y in 2023 2024; do git -C $A/$y.git fsck --strict --full; done
	sqlite3 d/tk/index.db "select ticket, year from archived order by number" >out
	printf "TK-1|2023\nTK-2|2023\nTK-3|2023\nTK-4|2024\n" | same - out'

ok 'the history of the desk, grafted behind a copy as the page says' '
	git clone -q --bare $A/2023.git copy.git
	git -C copy.git fetch -q "$PWD/d" main:desk
	git -C copy.git replace --graft "$(git -C copy.git rev-list --max-parents=0 main)" "$(cat head)"
	git -C copy.git log --format=%s main -- tickets/00/00/TK-1 >out
	sed -n "1p;\$p" out >got
	printf "TK-1: close, closed\nTK-1: open, incident\n" | same - got'

ok 'tk --archive reads it: show, list, search, report, export' '
	tk --archive 2023 show TK-1 >out && grep "Не работает сервер 1" out
	tk --archive 2023 list -A | cut -d" " -f1 | sort >out
	printf "TK-1\nTK-2\nTK-3\n" | same - out
	tk --archive 2024 list -A --json | python3 -c "import json, sys; print(json.loads(sys.stdin.readline())[\"id\"])" | grep -x TK-4
	tk --archive 2023 search кабель | grep "^TK-2 "
	tk --archive 2023 report flow --from 2023-01-01 --to 2023-12-31 >out
	grep "^2023-03-01  *3  *3 " out
	tk report flow --from 2024-01-01 --to 2024-12-31 2>err >out
	grep "also in the archives of 2024; ask them" err
	tk report flow --from 2025-01-01 --to 2025-12-31 2>err >out
	[ ! -s err ]
	tk --archive 2023 export --mbox -o out.mbox --client romashka
	grep -F "$(msgid 3.eml)" out.mbox
	TK_QUEUES=network exits 77 tk --archive 2023 show TK-1
	TK_QUEUES=network tk --archive 2023 list -A >out || :
	[ ! -s out ]
	TK_ARCHIVE=2023 tk-show TK-3 | grep "сервер 3"
	SSH_ORIGINAL_COMMAND="tk --archive 2023 show TK-2" tk-shell -C d danila | grep "сервер 2"
	SSH_ORIGINAL_COMMAND="tk --archive 2023 note TK-2" exits 77 tk-shell -C d danila'

ok 'the desk says where a ticket is; an archive is not changed' '
	exits 1 tk show TK-1 2>err
	grep "TK-1 is in the archive 2023: tk --archive 2023 show TK-1" err
	exits 1 tk note TK-4 -m x 2>err
	grep "TK-4 is in the archive 2024" err
	before=$(git -C $A/2023.git for-each-ref)
	exits 1 tk --archive 2023 note TK-1 -m x 2>err
	grep "an archive is read, not changed" err
	TK_ARCHIVE=2023 exits 1 tk-note TK-1 -m x 2>err
	grep "this is the archive 2023: it is read, not changed" err
	exits 1 tk -C $A/2023.git new -s x -m x --requester a@b.example 2>err
	[ "$(git -C $A/2023.git for-each-ref)" = "$before" ]
	exits 1 tk --archive 2022 list 2>err
	grep "no archive 2022" err
	exits 64 tk --archive ../../.. list'

ok 'a letter to one: a new ticket that follows it; the same letter again is none' '
	letter a.eml "$ivan" "Re: Не работает сервер 1" "Опять." "In-Reply-To: <$(msgid 1.eml)>"
	tk deliver - <a.eml >out
	grep "^-: TK-8 open (new, follows TK-1 closed long ago, in an archive)" out
	at TK-8 ticket.yaml | grep -xF -e "- {follows: TK-1}"
	tk deliver - <1.eml | grep "TK-1 duplicate"
	letter b.eml "Ольга <olga@vasilek.example>" "[TK-4] опять" "Мнёт."
	tk deliver - <b.eml | grep "^-: TK-9 open (new, follows TK-4"
	letter c.eml "Чужой <evil@nowhere.example>" "[TK-4] пустите" "Я тоже."
	tk deliver - <c.eml >out
	cat out
	grep "^-: TK-10 open (new)" out'

ok 'audit, fsck and a new index agree; a second run finds nothing' '
	tk audit 2>err
	grep "violations: 0," err
	tk fsck -q
	tk reindex -q
	tk fsck -q
	[ "$(sqlite3 d/tk/index.db "select count(*) from archived_letter where id = \"$(msgid 2.eml)\"")" = 1 ]
	before=$(git -C d for-each-ref; git -C $A/2023.git for-each-ref)
	tk archive --before 2025 2>/dev/null | grep -x "nothing to move"
	[ "$(git -C d for-each-ref; git -C $A/2023.git for-each-ref)" = "$before" ]
	tk archive >out
	[ "$(wc -l <out)" = 2 ] && grep "^2024: tickets 1, commit $(git -C $A/2024.git rev-parse main), of the desk at $(cat head)$" out'

ok 'a later run adds to the year; what is linked to an open ticket stays' '
	tk take -q TK-6
	tk merge -q --into TK-6 TK-7
	year 2027
	old=$(git -C $A/2024.git rev-parse main)
	tk archive --before 2027 >out 2>err
	grep "TK-7 stays: " err
	[ "$(wc -l <out)" = 1 ]
	grep "^2024: tickets moved 1, " out
	[ "$(git -C $A/2024.git rev-parse main^)" = "$old" ]
	tk --archive 2024 show TK-5 | grep "Счёт оплачен"
	tk --archive 2024 show TK-4 | grep Принтер
	git -C d show HEAD:archives/2024.yaml | python3 -c "
import sys, yaml
print([t[\"tickets\"] for t in yaml.safe_load(sys.stdin)[\"taken\"]])" | grep -x "\[1, 1\]"
	tk audit 2>err
	grep "violations: 0," err
	tk fsck -q'

ok 'the restore drill: backup, restore, and the archive is read' '
	tk backup -q b
	tk backup --check b | grep whole
	zstd -dcq b/0001.tar.zst | tar -tf - >names
	grep "^files/tk/archive/2023.git/objects/pack/pack-.*.pack" names
	exits 1 grep "archive/.*index.db" names
	tk restore -q b r 2>/dev/null
	TK_DESK=r tk --archive 2023 show TK-1 | grep "сервер 1"
	TK_DESK=r tk --archive 2024 search принтер | grep "^TK-4 "
	[ "$(git -C r/tk/archive/2023.git rev-parse main)" = "$(git -C $A/2023.git rev-parse main)" ]
	git -C r/tk/archive/2023.git fsck --strict
	git -C r fsck --strict
	tk -C r fsck -q
	rm -rf r/tk/archive/2024.git
	exits 1 tk -C r fsck >out 2>&1
	grep "^archives/2024.yaml: .*it is not there: .*tk archive --before 2024" out
	TK_DESK=r tk archive -q --before 2024
	tk -C r fsck -q
	TK_DESK=r tk --archive 2024 show TK-4 | grep Принтер'
for y in 2023 2024; do echo "$PWD/$A/$y.git" >>"$SCRATCH/desks"; done

finish
