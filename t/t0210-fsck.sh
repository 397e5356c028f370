#!/bin/sh
# tk-fsck finds each kind of damage, and tk-reindex mends the index.
. "$(dirname "$0")/lib.sh"

desk desk.git
letter one.eml 'Иван <ivan@romashka.example>' 'Не работает сервер'
letter two.eml 'Ольга <olga@romashka.example>' 'Принтер'

ok 'a new desk is whole' '
	tk fsck >out 2>err
	same /dev/null out
	grep -qx "0 tickets, 0 messages, 0 letters, 0 problems" err'

ok 'a desk with tickets is whole, and written as tk writes' '
	tk deliver - <one.eml
	tk deliver - <two.eml
	tk take TK-1
	tk note TK-1 -m "Смотрю."
	tk fsck -v >out 2>err
	same /dev/null out
	grep -q "^2 tickets, 5 messages, 4 letters, 0 problems" err
	! grep -q "not as tk writes" err'

ok '-q says nothing where nothing is wrong' '
	tk fsck -q >out 2>&1
	same /dev/null out'

ok 'a broken copy to work on' '
	git clone -q desk.git work
	cd work && git config core.hooksPath /dev/null && cd ..
	git clone -q --bare --no-hardlinks desk.git broken.git
	tk -C broken.git reindex -q'

# What stock git can do to a desk: COMMANDS in a clone, pushed without hooks.
T=tickets/00/00/TK-1
damage() {
	(
		cd work || exit 1
		git reset -q --hard origin/main
		eval "$1"
		git add -A
		git commit -q -m damage
		git push -q -f ../broken.git HEAD:main
	)
	exits 1 tk -C broken.git fsck >out 2>err
	grep -q "problems$" err
}
first=$(git -C work ls-tree -r --name-only HEAD $T | grep -m1 eml)
first=${first%.eml}

ok 'a head that is not the fold of its log' '
	damage "sed -i \"s/^state: .*/state: closed/\" $T/ticket.yaml"
	grep -q "^$T/ticket.yaml:4: \"state\" is not what the log says: " out
	exits 1 [ "$(wc -l <out)" -gt 1 ]'
ok 'YAML that does not read' '
	damage "echo \"x: [\" >>$T/ticket.yaml"
	grep -q "^$T/ticket.yaml:[0-9]*: " out'
ok 'a ticket in the wrong place' '
	damage "mkdir -p tickets/00/01 && git mv $T tickets/00/01/TK-1"
	grep -q "^tickets/00/01/TK-1/ticket.yaml: .*git mv" out'
ok 'an id that is not its folder'\''s' '
	damage "sed -i \"s/^id: TK-1/id: TK-9/\" $T/ticket.yaml"
	grep -q "^$T/ticket.yaml: the id in it is another" out
	exits 1 grep index.db out'
ok 'a message that is missing' '
	damage "git rm -q $first.yaml"
	grep -q "^$first.yaml: the log names this message" out
	grep -q "^$first.eml: a letter without its message" out'
ok 'a letter that is missing' '
	damage "git rm -q $first.eml"
	grep -q "^$first.eml: the letter is missing" out'
ok 'a letter that was changed' '
	damage "echo more >>$first.eml"
	grep -q "^$first.eml: not the letter that came" out'
ok 'a message that no log names' '
	damage "cp $first.yaml $T/20261122T060000Z-00000000.yaml"
	grep -q "^$T/20261122T060000Z-00000000.yaml: no entry" out'
ok 'a ticket without ticket.yaml' '
	damage "git rm -q $T/ticket.yaml"
	grep -q "^$T/ticket.yaml: there is none" out'
ok 'files that do not belong there; control characters are not shown' '
	damage "touch stray \"\$(printf \"a\\033[31mb\")\" $T/notes.txt"
	grep -q "^stray: " out
	grep -q "^$T/notes.txt: " out
	exits 1 grep "$(printf "\033")" out'
ok 'a regulation that does not fit together' '
	damage "sed -i \"s/^default: .*/default: nowhere/\" regulation/queues.yaml"
	grep -q "^regulation/queues.yaml" out'
ok 'staff files that do not read' '
	damage "echo \"- x\" >>staff/danila.yaml"
	grep -q "^staff/danila.yaml:" out'

ok 'what was good comes back' '
	(cd work && git push -q -f ../broken.git origin/main:main)
	tk -C broken.git fsck -q'

db=broken.git/tk/index.db
ok 'an index that is gone' '
	rm -f $db $db-wal $db-shm
	exits 1 tk -C broken.git fsck >out 2>err
	grep -q "/index.db: there is no index: make it anew: tk reindex" out
	tk -C broken.git reindex >got
	grep -qx "2 tickets, 5 messages, [0-9]* acts" got
	tk -C broken.git fsck -q'
sql() {
	python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute(sys.argv[2])
db.commit()
db.execute("pragma wal_checkpoint(truncate)")' $db "$1"
}
ok 'an index that says something else' '
	sql "delete from message where kind = \"note\""
	exits 1 tk -C broken.git fsck >out 2>err
	grep -q "/index.db: it has 2 tickets, 4 messages, .*: tk reindex" out
	tk -C broken.git reindex -q
	tk -C broken.git fsck -q'
ok 'an index that is scrambled' '
	sql "pragma optimize"
	dd if=/dev/zero of=$db bs=1 seek=8200 count=20000 conv=notrunc
	exits 1 tk -C broken.git fsck >out 2>err
	grep -q "/index.db: .*: make it anew: tk reindex" out
	tk -C broken.git reindex -q >got
	same /dev/null got
	tk -C broken.git fsck -q'
ok 'an index that is no database' '
	echo garbage >$db
	rm -f $db-wal $db-shm
	exits 1 tk -C broken.git fsck >out 2>err
	grep -q "/index.db: " out
	tk -C broken.git reindex -q
	tk -C broken.git fsck -q'

loose() { # the loose object of a path
	id=$(git -C broken.git rev-parse "HEAD:$1")
	o=broken.git/objects/$(echo "$id" | cut -c1-2)/$(echo "$id" | cut -c3-)
	if [ ! -e "$o" ]; then
		mv broken.git/objects/pack/* .
		for p in pack-*.pack; do git -C broken.git unpack-objects -q <"$p"; done
	fi
	chmod u+w "$o"
	echo "$o"
}
ok 'an object that is cut off, and one that is gone' '
	o=$(loose $first.eml)
	cp "$o" saved
	truncate -s 20 "$o"
	exits 1 tk -C broken.git fsck >out 2>err
	grep -q "^$first.eml: .*git fsck --full" out
	rm -f "$o"
	exits 1 tk -C broken.git fsck >out 2>err
	grep -q "^$first.eml: " out
	cp saved "$o"
	tk -C broken.git fsck -q'
ok 'a folder of the tree that is gone' '
	o=$(loose $T)
	mv "$o" saved
	exits 1 tk -C broken.git fsck >out 2>err
	grep -q "^$T/: " out
	mv saved "$o"
	tk -C broken.git fsck -q'

ok 'leftovers are told, and are no problem' '
	mkdir -p broken.git/tk/quarantine/new broken.git/tk/outbox/new
	cp one.eml broken.git/tk/quarantine/new/x
	echo why >broken.git/tk/quarantine/new/x.why
	echo letter >broken.git/tk/outbox/new/y
	touch broken.git/refs/heads/main.lock
	tk -C broken.git fsck >out 2>err
	same /dev/null out
	grep -q "quarantine/new: 1 could not be taken in" err
	grep -q "outbox/new: 1 waiting" err
	grep -q "main.lock: a lock of git" err'
ok 'no desk is exit 1, operands are 64' '
	exits 1 tk -C /nonexistent fsck
	exits 64 tk fsck TK-1
	exits 64 tk reindex TK-1'
finish
