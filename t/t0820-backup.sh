#!/bin/sh
# The restore drill: a full desk put away, damaged, brought back.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
# unpack NUMBER: an archive of the chain, by tar and zstd, into ./u
unpack() { rm -rf u && mkdir u && zstd -dcq "b/000$1.tar.zst" | tar -xf - -C u; }
# letters that left: subjects and whom to
gone() { cat sent/*.args 2>/dev/null | grep -c '^ivan@' || :; }

ok 'a desk with all that can lie in one' '
	letter 1.eml "Иван <ivan@romashka.example>" "Не работает сервер"
	tk deliver -q - <1.eml
	tk take -q TK-1
	letter 2.eml "Ольга <olga@romashka.example>" Принтер
	tk deliver -q - <2.eml
	{ sed "/^$/q" 1.eml | sed "s/^Message-ID: </&big/"; yes "large letter" | head -c 70000000; } >big.eml
	tk deliver -q - <big.eml
	[ "$(ls d/tk/big)" ]
	(seq 60 | sed "s/.*/Received: from a by b/"; cat 1.eml) >loop.eml
	tk deliver -q - <loop.eml || :
	[ "$(ls d/tk/quarantine/new)" ]
	mkdir -p d/tk/hold/new d/tk/drafts
	echo held >d/tk/hold/new/h1
	echo draft >d/tk/drafts/x.txt
	git -C d tag -m Веха v1
	# This answer cannot leave now.
	touch sent/fails
	tk reply -q TK-1 -m "Проверьте, пожалуйста." || :
	[ "$(ls d/tk/outbox/new)" ]'

ok 'a chain begins: read back, whole, for nobody else to read' '
	tk backup b >out
	cat out
	grep -q "^b/0001.tar.zst: .*read back, whole" out
	[ "$(stat -c %a b/0001.tar.zst)" = 600 ]
	[ ! -e d/tk/backup.tmp ]
	[ "$(ls b)" = "0001.tar.zst
SHA256SUMS" ]'

ok 'what stock programs read in it' '
	(cd b && sha256sum -c SHA256SUMS)
	unpack 1
	git -C d bundle verify "$PWD/u/desk.bundle"
	git clone -q --bare u/desk.bundle c.git
	[ "$(git -C c.git rev-parse main)" = "$(tip)" ]
	git -C c.git rev-parse v1
	sed -n "s/^file \([0-9a-f]*\) [0-9]* [0-7]* [0-9]* 1 /\1  files\//p" u/MANIFEST >sums
	[ "$(wc -l <sums)" -gt 10 ]
	(cd u && sha256sum -c --quiet ../sums)
	sed "\$d" u/MANIFEST | sha256sum | cut -d" " -f1 | same - "$(sed -n "\$s/^sha256 //p" u/MANIFEST >want; echo want)"
	for f in config hooks/pre-receive logs/refs/heads/main tk/hold/new/h1 tk/drafts/x.txt; do
		cmp "d/$f" "u/files/$f"
	done
	ls u/files/tk/big/*.eml u/files/tk/outbox/new/* u/files/tk/quarantine/new/*.why
	exits 1 grep -E "index.db|rules.cache|lock" sums'

ok 'nothing new: no archive' '
	tk list >/dev/null
	tk backup b >out
	grep -q "nothing is new since number 1" out
	[ ! -e b/0002.tar.zst ]'

ok 'the next one holds only what is new' '
	rm sent/fails
	tk send -q --now
	n=$(gone)
	touch sent/fails
	tick
	tk reply -q TK-2 -m "Какая модель?" || :
	tk backup b >out
	cat out
	[ "$(stat -c %s b/0002.tar.zst)" -lt 20000 ]
	unpack 2
	git -C d bundle verify "$PWD/u/desk.bundle" 2>&1 | grep -q "requires this ref"
	[ ! -e u/files/tk/big ]
	[ ! -e u/files/config ]
	[ "$(ls u/files/tk/outbox/new | cut -d_ -f1)" = TK-2 ]
	grep " 1 tk/big/" u/MANIFEST
	(cd b && sha256sum -c --quiet SHA256SUMS)'

ok 'restored: the same commits, list, files; nothing is overwritten' '
	tk list >want
	tk restore b r >out 2>err
	cat out err
	[ "$(git -C r rev-parse HEAD)" = "$(tip)" ]
	[ "$(git -C r rev-parse v1)" = "$(git -C d rev-parse v1)" ]
	git -C r fsck --strict --full
	tk -C r fsck -q
	tk -C r list | same want -
	diff -r -x "*.sample" d/hooks r/hooks
	diff -r d/logs r/logs
	diff -r d/tk/quarantine/new r/tk/quarantine/new
	diff -r d/tk/big r/tk/big
	diff -r d/tk/hold/new r/tk/hold/new
	diff -r d/tk/outbox/new r/tk/outbox/new
	git -C r config tk.sendHeld
	exits 1 tk restore b r 2>err
	grep "there is something already" err'

ok 'it sends nothing by itself, then exactly what had not been sent' '
	rm sent/fails
	n=$(ls sent/*.eml | wc -l)
	exits 1 tk -C r send 2>err
	grep "restored from a backup" err
	tk -C r note -q TK-1 -m Восстановлено
	tk -C r send --status >out
	[ "$(cut -d" " -f1 out)" = TK-2 ]
	[ "$(ls sent/*.eml | wc -l)" = "$n" ]
	tk -C r send --release >out
	[ "$(cut -d" " -f1,2 out)" = "TK-2 sent" ]
	[ "$(ls sent/*.eml | wc -l)" = $((n + 1)) ]
	tk -C r send
	[ "$(ls sent/*.eml | wc -l)" = $((n + 1)) ]'

ok 'an old backup: what was sent since is not sent again' '
	tk restore --at 1 b old >out 2>err
	n=$(ls sent/*.eml | wc -l)
	tk -C old send --status >out
	[ "$(cut -d" " -f1 out)" = TK-1 ]
	exits 64 tk -C old send TK-1
	TK_REMOTE=1 exits 77 tk -C old send --as-sent
	tk -C old send --as-sent TK-1 >out
	cat out
	grep "^TK-1 sent" out
	git -C old show HEAD:tickets/00/00/TK-1/ticket.yaml | tail -1 | grep "act: sent, .*rule: sent before"
	tk -C old send --release
	[ "$(ls sent/*.eml | wc -l)" = "$n" ]
	tk -C old fsck -q
	exits 1 tk -C old send --as-sent'

ok 'one file, while others write; tried before it is trusted' '
	(n=0; while [ ! -e stop ] && [ $n -lt 60 ]; do n=$((n + 1)); tk note -q TK-1 -m "Ещё $n" || exit; done) &
	tk backup one.tar.zst >out || { touch stop; exit 1; }
	touch stop
	wait
	exits 1 tk backup one.tar.zst
	tk backup -q --force one.tar.zst
	tk backup --check one.tar.zst >out
	grep "^one.tar.zst: whole: archives 1, " out
	tk restore -q one.tar.zst one 2>err
	tk -C one fsck -q
	git -C one fsck --strict'

finish
