#!/bin/sh
# Many letters at once: packs that git verifies, and the same desk as by ones.
. "$(dirname "$0")/lib.sh"
LETTERS=300

# rules SED: the regulation of the desk, changed by hand.
rules() {
	f=regulation/relations.yaml
	export GIT_INDEX_FILE="$SCRATCH/index"
	git -C "$DESK" read-tree main
	git -C "$DESK" show "main:$f" | sed "$1" >"$SCRATCH/rules"
	git -C "$DESK" update-index --cacheinfo \
	    "100644,$(git -C "$DESK" hash-object -w "$SCRATCH/rules"),$f"
	git -C "$DESK" update-ref refs/heads/main "$(git -C "$DESK" commit-tree \
	    -p main -m 'regulation: by hand' "$(git -C "$DESK" write-tree)")"
	unset GIT_INDEX_FILE
}
# Acknowledgements have ids by chance: none where trees are compared.
desk bulk
rules 's/^acknowledgement: {send: true/acknowledgement: {send: false/'
cp -a bulk single
cp -a bulk empty
echo "$PWD/single" >>"$SCRATCH/desks"
python3 "$ROOT/t/perf/gen-mail.py" box $LETTERS 7 >/dev/null
cp -a box ones
cp -a box again
# All that look-ups go by; the numbers of documents are as they came.
rows() {
	for t in ticket many entry message msgid participant ack mark dead sent charset work; do
		sqlite3 bulk/tk/index.db "SELECT '$t', name FROM pragma_table_info('$t') WHERE name <> 'doc'" |
			cut -d"|" -f2 | sed 's/.*/"&"/' | paste -sd, >columns
		sqlite3 bulk/tk/index.db "SELECT '$t', $(cat columns) FROM $t" | sort
	done
}
packs() { find "$1/objects/pack" -name '*.pack' | wc -l; }
acts() { git -C "$1" log --format='%(trailers:key=Act,valueonly,separator=)' main; }

ok 'a maildir goes into packs, each letter a commit' '
	tk deliver --no-send -q box
	[ "$(ls box/new | wc -l)" = 0 ]
	[ "$(ls box/cur | wc -l)" = $LETTERS ]
	[ "$(packs bulk)" -gt 0 ]
	acts bulk | grep -cE "^(open|answer|auto|note)$" >got
	echo $LETTERS | same - got
	git -C bulk count-objects -v | sed -n "s/^in-pack: //p" >got
	[ "$(cat got)" -gt $((LETTERS * 6)) ]'
# The record of FTS5's structure, in fts5_index.c of SQLite: 4 bytes, or 8 where
# the second four are FF 00 00 01; varints of how many levels, segments and leaves
# ever written.
ok 'its words are written once a transaction, not once a letter' '
	python3 -c '\''import sqlite3, sys
r = sqlite3.connect(sys.argv[1]).execute("SELECT block FROM words_data WHERE id = 10").fetchone()[0]
at, n = (8 if r[4:8] == b"\xff\0\0\1" else 4), []
while len(n) < 3:
    n.append(0)
    while r[at] > 127:
        n[-1] = (n[-1] | r[at] & 127) << 7
        at += 1
    n[-1] |= r[at]
    at += 1
print(n[2])'\'' bulk/tk/index.db >leaves
	[ "$(cat leaves)" -gt 10 ]
	[ "$(cat leaves)" -lt $((LETTERS * 2 / 3)) ]'
ok 'the index is whole for SQLite, and its log is not left long' '
	size=$(stat -c %s bulk/tk/index.db-wal 2>/dev/null || echo 0)
	[ $size -lt $((500 * 4120)) ]
	sqlite3 bulk/tk/index.db "PRAGMA integrity_check" >got
	echo ok | same - got'
ok 'stock git verifies them' '
	for i in bulk/objects/pack/*.idx; do
		git verify-pack -v "$i" >"$SCRATCH/verify"
		grep -q "chain length = 1:" "$SCRATCH/verify"
	done
	git -C bulk fsck --full --strict
	find bulk/objects -name "tmp_*" >left
	[ ! -s left ]'
ok 'one by one makes the same desk' '
	for f in ones/new/*; do
		tk -C single deliver --no-send -q - <"$f"
	done
	[ "$(packs single)" = 0 ]
	for d in single bulk; do
		git -C $d ls-tree -r main:tickets >$d.files
		git -C $d log --reverse --format="%an %s" main >$d.log
	done
	same single.files bulk.files
	same single.log bulk.log'
ok 'the index has them all, and as it would be made anew' '
	rows >rows.was
	tk list --count >was
	tk search принтер >found
	[ -s found ]
	tk reindex
	tk list --count | same was -
	tk search принтер | same found -
	[ "$(wc -l <rows.was)" -gt $((LETTERS * 4)) ]
	rows | same rows.was -'
ok 'git gc makes one pack of them that is the same' '
	was=$(git -C bulk rev-parse main)
	git -C bulk gc -q
	git -C bulk fsck --full --strict
	[ "$(packs bulk)" = 1 ]
	[ "$(git -C bulk rev-parse main)" = "$was" ]
	tk fsck'

desk acks
rules 's/queue_limit: [^,}]*/queue_limit: 9999\/1h/'
ok 'acknowledgements are composed with them, a commit each' '
	tk deliver --no-send -q again
	acts acks | sort | uniq -c | sort -rn >got
	n=$(acts acks | grep -cx ack)
	[ "$n" -gt $((LETTERS / 2)) ]
	tk send --status >waiting
	[ "$(wc -l <waiting)" = "$n" ]'
finish
