#!/bin/sh
# Damage: tk fsck finds it and says what to do, other tickets keep working, and
# what can be made anew is made anew by itself.
. "$(dirname "$0")/lib.sh"

desk d
for n in 1 2 3; do
	letter $n.eml "Иван <ivan$n@romashka.example>" "Беда $n"
	tk deliver -q - <$n.eml
done
T1=tickets/00/00/TK-1 T2=tickets/00/00/TK-2

found() { # TEXT...: what tk fsck says has all of these
	exits 1 tk fsck >out 2>err
	for text; do grep -e "$text" out || { cat out; exit 1; }; done
}
works() { # on the other tickets
	tk list -A | grep "^TK-2 "
	tk show TK-2 | grep "Беда 2"
	tk note -q TK-2 -m "Идёт дальше."
	letter new.eml "Пётр <petr@vasilek.example>" "Новое"
	tk deliver -q - <new.eml
}
loose() { # the file of an object
	id=$(git -C d rev-parse "HEAD:$1")
	echo "d/objects/$(echo "$id" | cut -c1-2)/$(echo "$id" | cut -c3-)"
}

ok 'an index that is gone is there again with the next command' '
	rm -f d/tk/index.db*
	found "index.db: there is no index: make it anew: tk reindex"
	works
	tk fsck -q'

# Turns bytes all over the file, from page 3 on: what is asked for meets them.
scramble() {
	sqlite3 d/tk/index.db "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	python3 - <<-"TEXT"
	with open("d/tk/index.db", "r+b") as f:
	    data = bytearray(f.read())
	    for i in range(8192, len(data)):
	        data[i] ^= 0x55
	    f.seek(0)
	    f.write(data)
	TEXT
}
ok 'an index whose bytes were turned is found by fsck' '
	scramble
	found "index.db: .*tk reindex"
	tk reindex -q
	tk fsck -q'
ok 'and made anew under a letter that comes in, which is not held back' '
	scramble
	letter turned.eml "Пётр <petr@vasilek.example>" "Среди мусора"
	tk deliver - <turned.eml >out
	grep " open " out
	[ -z "$(ls d/tk/quarantine/new)" ]
	tk fsck -q'
ok 'and under an act' '
	scramble
	exits 0 tk note -q TK-2 -m "Среди мусора."
	tk fsck -q'
ok 'a reading command says so at the worst, and the next one reads' '
	scramble
	tk list -A >out 2>err || { grep "index.db: .*the next command makes it anew" err; }
	tk list -A | grep "^TK-1 "
	tk fsck -q'

ok 'a loose object cut off: its ticket is named, the others work' '
	tk take -q TK-1
	git clone -q --bare --no-hardlinks d whole
	o=$(loose $T1/ticket.yaml)
	chmod u+w "$o"
	truncate -s 30 "$o"
	found "^$T1/ticket.yaml: .*git fetch --refetch"
	got=0
	tk show TK-1 2>err || got=$?
	[ $got != 0 ]
	[ -s err ]
	works'
ok 'and what fsck says brings it back' '
	rm -f "$(loose $T1/ticket.yaml)"
	git -C d fetch -q --refetch "$PWD/whole" main
	tk fsck -q
	tk show TK-1 | grep "Беда 1"'

ok 'a pack cut short: those of its tickets are named, the others work' '
	tk take -q TK-3
	rm -rf whole
	git clone -q --bare --no-hardlinks d whole
	id=$(git -C d rev-parse "HEAD:tickets/00/00/TK-3/ticket.yaml")
	pack=d/objects/pack/pack-$(echo "$id" | git -C d pack-objects -q objects/pack/pack)
	rm -f "$(loose tickets/00/00/TK-3/ticket.yaml)"
	chmod u+w $pack.pack
	truncate -s 40 $pack.pack
	found "^tickets/00/00/TK-3/ticket.yaml: .*git fetch --refetch"
	works
	rm -f $pack.*
	git -C d fetch -q --refetch "$PWD/whole" main
	tk fsck -q'

ok 'a ticket broken by hand: named, the others work, and it can be mended' '
	git clone -q d c
	git -C c config core.hooksPath /dev/null
	echo "log: [" >>c/$T1/ticket.yaml
	git -C c commit -qam broken
	git -C d fetch -q "$PWD/c" main
	git -C d update-ref refs/heads/main FETCH_HEAD
	found "^$T1/ticket.yaml:[0-9]*: .*git checkout COMMIT -- FILE"
	works
	git -C c pull -q --rebase
	bad=$(git -C c log -1 --format=%h -- $T1/ticket.yaml)
	git -C c checkout -q $bad~1 -- $T1/ticket.yaml
	git -C c commit -qm "TK-1: mended" -m "Actor: danila"
	git -C d fetch -q "$PWD/c" main
	git -C d update-ref refs/heads/main FETCH_HEAD
	tk fsck -q
	tk note -q TK-1 -m "Снова цела."'

ok 'a lock left behind is told, and goes by itself' '
	: >d/refs/heads/main.lock
	touch -d "2 minutes ago" d/refs/heads/main.lock
	tk fsck 2>err
	grep "main.lock: a lock of git" err
	tk note -q TK-1 -m "Замок был ничей."
	[ ! -e d/refs/heads/main.lock ]'

ok 'what was turned in the outbox is named, and does not go out' '
	touch sent/fails
	tk reply -q TK-1 -m "Как есть." 2>err
	rm sent/fails
	f=$(ls d/tk/outbox/new/TK-1_*)
	echo garbage >"$f"
	head -c 100 /dev/urandom >d/tk/outbox/new/TK-77_20261122T060000Z-00000000
	: >d/tk/outbox/new/notice_0_danila
	found "$f: not the letter that is in the desk.*rm .*$f" "TK-77_.*: the desk has no such letter.*rm " "notice_0_danila: it is empty.*rm "
	rm -f d/tk/outbox/new/notice_* d/tk/outbox/new/TK-77_*
	tk send --now
	grep -l "$(printf "Как есть." | base64 | cut -c1-10)" sent/*.eml
	exits 1 grep -l garbage sent/*.eml
	tk fsck -q'

mkdir small
if mount -t tmpfs -o size=3m tmpfs small 2>/dev/null; then
	trap 'st=$?; umount "$SCRATCH/work/small" 2>/dev/null; [ -n "$DONE" ] || rm -rf "$SCRATCH"; exit $st' EXIT
	ok 'a full disk: said so, nothing half done, what reads works' '
		git clone -q --bare d small/d
		cp d/config small/d/config
		export TK_DESK="$PWD/small/d"
		tk note -q TK-2 -m "Ещё влезает."
		head -c 4m /dev/zero >small/fill 2>/dev/null || :
		was=$(git -C small/d rev-parse main)
		exits 75 tk note -q TK-2 -m "Не влезает." 2>err
		grep "No space left on device" err
		letter full.eml "Пётр <petr@vasilek.example>" "Не влезает"
		exits 75 tk deliver - <full.eml >out 2>&1
		[ "$(git -C small/d rev-parse main)" = "$was" ]
		tk list -A | grep "^TK-1 "
		tk show TK-2 | grep "Ещё влезает"
		rm small/fill
		tk note -q TK-2 -m "Снова влезает."
		tk fsck -q'
	umount small
else
	skip 'no tmpfs can be mounted here' 'a full disk'
fi
finish
