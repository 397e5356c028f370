#!/bin/sh
# A backup that is damaged, cut off, or of something else.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
ok 'a chain of two' '
	tk new -q -s Задача -m "Раз." --requester ivan@romashka.example
	tk backup -q b
	tk note -q TK-1 -m "$(seq 1000 | sha256sum) $(seq 1001 | sha512sum) $(seq 1002 | sha512sum)"
	tk backup -q b
	(cd b && sha256sum -c --quiet SHA256SUMS)'

ok 'a byte is damaged: refused, and said what; the part before it still serves' '
	cp -R b bad
	printf X | dd of=bad/0002.tar.zst bs=1 seek=700 conv=notrunc status=none
	exits 65 tk restore bad no 2>err
	grep "bad/0002.tar.zst: damaged" err
	[ ! -e no ]
	exits 65 tk backup bad 2>err
	grep "bad/0002.tar.zst: damaged" err
	exits 65 tk backup --check bad 2>err
	# Sums that were made to fit do not help.
	(cd bad && sha256sum 0001.tar.zst 0002.tar.zst >SHA256SUMS)
	exits 65 tk restore bad no 2>err
	grep "bad/0002.tar.zst: damaged" err
	[ ! -e no ]
	[ -z "$(ls -d no.* 2>/dev/null)" ]
	tk restore --at 1 bad half >out 2>err
	git -C half fsck --strict
	rm bad/0001.tar.zst
	exits 65 tk restore bad no 2>err
	grep "0001.tar.zst: it is missing" err'

ok 'an archive of another chain, and what is no backup' '
	mkdir mix && cp b/0002.tar.zst mix/0001.tar.zst && (cd mix && sha256sum 0001.tar.zst >SHA256SUMS)
	exits 65 tk restore mix no 2>err
	grep "number 2 of a chain" err
	tk init other --bare --prefix OT --lang en --regulation outsourcer --name "A B" --mail a@b.example \
		--actor ab --address s@b.example --timezone UTC --quiet
	exits 1 tk -C other backup b 2>err
	grep "another desk" err
	echo no >no.tar.zst
	exits 65 tk restore no.tar.zst no 2>err
	exits 1 tk restore nowhere no
	TK_REMOTE=1 exits 77 tk backup b'

ok 'one that was cut off is written anew' '
	rm -rf cut
	tk backup -q cut
	echo rubbish >cut/0002.tar.zst
	mkdir -p d/tk/backup.tmp/tk
	echo x >d/tk/backup.tmp/tk/old
	tk note -q TK-1 -m "После."
	tk backup cut >out && cat out && (cd cut && sha256sum -c --quiet SHA256SUMS)
	tk restore -q cut again 2>err
	[ "$(git -C again rev-parse HEAD)" = "$(tip)" ]'

ok 'a clone is restored with its work tree; a partial one is refused' '
	git clone -q d w
	git -C w config user.email danila@firma.example
	tk -C w backup -q w.tar.zst
	tk restore -q w.tar.zst w2 2>err
	[ -z "$(git -C w2 status --porcelain)" ]
	[ -e w2/desk.yaml ]
	git -C d config uploadpack.allowFilter true
	git clone -q --filter=blob:limit=1k "file://$PWD/d" p
	exits 1 tk -C p backup p.tar.zst 2>err
	grep "not all objects" err'

finish
