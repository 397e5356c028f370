#!/bin/sh
# The index beside the desk: always what HEAD says, whatever happens to it.
[ ! -w /dev/shm ] || export TMPDIR="${TMPDIR:-/dev/shm}"
. "$(dirname "$0")/lib.sh"

desk gate
db=gate/tk/index.db
# All rows of all tables, in an order of their own; documents of full text by
# what they are of, as their numbers are those of the day.
tables() {
	sqlite3 "$1/tk/index.db" "SELECT name FROM sqlite_master WHERE type = 'table'
	    AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'words%' AND name <> 'doc'
	    ORDER BY name" >names
	while read -r t; do
		echo "== $t"
		cols=$(sqlite3 "$1/tk/index.db" "SELECT group_concat('\"' || name || '\"')
		    FROM pragma_table_info('$t') WHERE name <> 'doc'")
		sqlite3 "$1/tk/index.db" ".mode insert $t" "SELECT $cols FROM \"$t\"" | sort
	done <names
	sqlite3 "$1/tk/index.db" "CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, words, instance);
	    CREATE TEMP TABLE o(doc INTEGER PRIMARY KEY, what TEXT);
	    INSERT INTO o SELECT doc, id FROM ticket WHERE doc > 0;
	    INSERT INTO o SELECT doc, ticket || '/' || name || kind FROM message WHERE doc > 0;
	    INSERT INTO o SELECT doc, path FROM page WHERE doc > 0;
	    SELECT 'word', term, col, offset, d.ticket, d.message, what FROM v
	    JOIN doc AS d ON d.id = v.doc LEFT JOIN o ON o.doc = d.id" | sort
}
# The index is what tk reindex makes of the desk.
sound() {
	tables gate >now
	cp -R gate fresh
	rm -f fresh/tk/index.db*
	tk -C fresh reindex -q
	tables fresh >want
	rm -rf fresh
	same want now
	grep -q "INSERT INTO ticket" now
	grep -q "^word|" now
	sqlite3 $db "PRAGMA integrity_check" | grep -qx ok
	git -C gate rev-parse HEAD >tip
	sqlite3 $db "SELECT value FROM meta WHERE key = 'head'" | same tip -
}

letter 1.eml 'Иван <ivan@romashka.example>' 'Не печатает принтер'
letter 2.eml 'Ольга <olga@vasilek.example>' 'Нет сети'
ok 'acts move it along' '
	tk deliver -q - <1.eml
	tk deliver -q - <2.eml
	letter 3.eml "Иван <ivan@romashka.example>" "Re: Не печатает" "Ещё и мигает." \
	    "In-Reply-To: <$(msgid 1.eml)>"
	tk deliver -q - <3.eml
	tick
	tk new -q -s Третий -m Звонок -w oleg@vasilek.example --ack
	tk take -q TK-1 TK-2
	tk reply -q TK-1 -m "Выключите и включите."
	tk note -q TK-2 -m "Смотрю."
	tk set -q TK-2 priority=p1 cc=boss@vasilek.example
	tk set -q TK-2 cc=
	tk set -q TK-2 tags=vip,сеть watchers=danila
	tk set -q TK-2 tags=VIP
	tk set -q TK-2 cc=olga@vasilek.example,boss@vasilek.example
	tk set -q TK-2 requester=Olga@vasilek.example
	tk spend -q TK-2 20m
	tk note -q TK-2 -m "Ещё смотрю."
	tk set -q TK-2 category=network/wifi
	tk close -q TK-1 -r "Включили."
	tk reopen -q TK-1
	sound'

git clone -q gate work
git -C work config tk.actor danila
git -C work config tk.site kyiv
ok 'a push is seen by the next command' '
	tk -C work new -q -s "Из клона" -m Текст
	tk -C work set -q TK-3 subject="Переименован"
	git -C work push -q
	tk list --json id:TK-1.kyiv >got
	grep -q "Из клона" got
	tk list subject:переименован | grep -q "^TK-3 "
	sound'
ok 'so is a pull' '
	tk note -q TK-3 -m "Заметка."
	tk set -q TK-3 subject="Ещё раз"
	git -C work pull -q
	tk -C work list "subject:\"ещё раз\"" | grep -q "^TK-3 "'
ok 'so is a commit made by hand, without any tk' '
	git clone -q gate hand
	cd hand
	git config core.hooksPath /dev/null
	git mv tickets/00/00/TK-2 tickets/00/00/TK-77
	sed -i "s/TK-2/TK-77/; s/^subject: .*/subject: Вручную/" tickets/00/00/TK-77/ticket.yaml
	rm tickets/00/00/TK-1/*.yaml
	git add -A
	git commit -q -m "by hand"
	git -C ../gate fetch -q ../hand main
	git -C ../gate update-ref refs/heads/main FETCH_HEAD
	cd ..
	tk list -A --json >got
	grep -q "\"id\": *\"TK-77\".*Вручную" got
	exits 1 grep "\"id\": *\"TK-[12]\"" got
	sound'
ok 'history that was put back is seen too' '
	git -C gate update-ref refs/heads/main main~1
	git -C gate reflog expire --expire=now --all
	git -C gate prune --expire=now
	[ "$(tk list -A id:TK-1,TK-2 --count)" = 2 ]
	exits 1 tk list -A id:TK-77
	sound'
ok 'a ticket file broken by hand does not hide the others' '
	cd hand
	git fetch -q
	git reset -q --hard origin/main
	echo "id: [broken" >tickets/00/00/TK-3/ticket.yaml
	git commit -q -a -m broken
	git -C ../gate fetch -q ../hand main
	git -C ../gate update-ref refs/heads/main FETCH_HEAD
	cd ..
	[ "$(tk list -A --count)" = 3 ]
	sound
	git -C gate update-ref refs/heads/main main~1
	[ "$(tk list -A --count)" = 4 ]
	sound'

tk list -A --json >"$SCRATCH/list"
damaged() { # NAME COMMANDS: a reader, then a writer meet it
	damage=$2
	ok "$1: rebuilt" '
		eval "$damage"
		exits 0 tk list -A --json >got
		same "$SCRATCH/list" got
		sound
		eval "$damage"
		exits 0 tk note TK-2 -m "Заметка." -q
		sound
		tk list -A --json >"$SCRATCH/list"'
}
scramble() { # FILE OFFSET BYTES
	seq 1000 20000 | head -c "$3" >bytes # the same each time
	dd if=bytes of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}
damaged 'deleted' 'rm -f $db*'
damaged 'without its log' 'sqlite3 $db "PRAGMA wal_checkpoint(TRUNCATE)"; rm -f $db-*'
damaged 'empty' 'rm -f $db-*; : >$db'
damaged 'cut short' 'sqlite3 $db VACUUM; rm -f $db-*; truncate -s 20000 $db'
damaged 'cut to half a page' 'sqlite3 $db VACUUM; rm -f $db-*; truncate -s 2000 $db'
damaged 'its beginning scrambled' 'scramble $db 0 100; rm -f $db-*'
damaged 'all of it scrambled' 'rm -f $db-*; scramble $db 0 30000'
damaged 'its log scrambled' 'scramble $db-wal 0 3000; scramble $db-shm 0 3000'
damaged 'of another version' 'sqlite3 $db "PRAGMA user_version = 99"'
damaged "another program's" 'rm -f $db*; sqlite3 $db "CREATE TABLE x(y)"'
damaged 'of a commit that is not there' '
	sqlite3 $db "UPDATE meta SET value = replace(value, substr(value, 1, 8), '\''deadbeef'\'')"'
ok 'pages in the middle scrambled: reindex mends it' '
	sqlite3 $db VACUUM
	rm -f $db-*
	scramble $db 8192 4096
	scramble $db 20480 100
	exits 0 tk reindex -q
	sound'
ok 'two commands may rebuild it at once' '
	rm -f $db*
	for i in 1 2 3 4 5 6; do
		tk list -A --json >list.$i 2>err.$i &
	done
	wait
	for i in 1 2 3 4 5 6; do
		same "$SCRATCH/list" list.$i
	done
	sound'

# Many tickets are fed by threads, into a file of its own.
ok 'a large desk: all at once is what one by one makes' '
	tk init gate2 --bare --prefix TK --lang ru --regulation outsourcer --name Д \
	    --mail danila@firma.example --actor danila --address support@firma.example \
	    --timezone Europe/Moscow --quiet
	rm -rf gate
	mv gate2 gate
	python3 "$ROOT/t/perf/gen-desk.py" gate 50
	[ "$(tk list -A --count)" = 50 ]
	python3 "$ROOT/t/perf/gen-desk.py" --batch 500 gate 1990 51
	[ "$(tk list -A --count)" = 2040 ]
	sound
	ls gate/tk >got
	exits 1 grep "index.new" got'
ok 'many readers of a large desk without an index make one' '
	tk list -A --json >want
	rm -f gate/tk/index.db*
	for i in 1 2 3; do
		tk list -A --json >list.$i 2>err.$i &
	done
	wait
	for i in 1 2 3; do
		same want list.$i
	done'
ok 'it is made anew beside readers and a writer' '
	for i in 1 2 3; do
		tk reindex -q &
		tk note -q TK-$i -m "Между делом."
		tk list -A --count >>counts
	done
	wait
	sort -u counts >got
	echo 2040 | same - got
	[ "$(tk list -A --count)" = 2040 ] # one of them may lag behind
	sound'
ok 'acts do not merge the full text of a rebuild with theirs' '
	tk reindex -q
	cat >levels.py <<-"PY"
		import sqlite3, sys
		c = sqlite3.connect("gate/tk/index.db")
		b, at = c.execute("SELECT block FROM words_data WHERE id = 10").fetchone()[0], 4
		def varint():
		    global at
		    n = 0
		    while True:
		        at += 1
		        n = n << 7 | b[at - 1] & 127
		        if b[at - 1] < 128:
		            return n
		levels, segments, writes, v = varint(), varint(), varint(), []
		for i in range(levels):
		    varint()
		    v.append(varint())
		    for k in range(3 * v[-1]):
		        varint()
		print(v)
		assert sum(v) == segments and at == len(b)
		assert sum(v[5:]) > 0 and (sys.argv[1] == "later") == (sum(v[:5]) > 0)
		c.execute("INSERT INTO words(words) VALUES(?)", ("integrity-check",))
	PY
	python3 levels.py now
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do tk note -q TK-$i -m "Дописано вомбатом."; done
	python3 levels.py later
	[ "$(tk search вомбат | grep -c "^TK-")" = 12 ]'
finish
