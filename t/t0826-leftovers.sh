#!/bin/sh
# What a power cut has emptied in a clone, and what the killed have left beside
# backups and packs: made again, taken away, and nothing else with it.
. "$(dirname "$0")/lib.sh"

desk d
for n in 1 2 3; do tk new -q -s "Задача $n" -m "Раз." --requester ivan@romashka.example; done
T=tickets/00/00
clone() { # NAME OPTION...
	name=$1
	shift
	git clone -q "$@" "file://$PWD/d" "$name"
	git -C "$name" config tk.actor danila
	git -C "$name" config tk.site kyiv
}

ok "git's index and files of a work tree, emptied, are what is committed again" '
	unset TK_DESK
	clone c
	: >c/.git/index
	: >c/$T/TK-1/ticket.yaml
	: >c/desk.yaml
	exits 128 git -C c status
	tk -C c note -q TK-2 -m "Дальше."
	git -C c status --porcelain >out
	same /dev/null out
	git -C c diff --exit-code HEAD
	tk -C c show TK-2 | grep "Дальше."'

ok 'what somebody has written meanwhile stays, and is in the way as ever' '
	unset TK_DESK
	: >c/.git/index
	echo "# мимо" >>c/$T/TK-1/ticket.yaml
	exits 1 tk -C c note TK-1 -m "Мимо." 2>err
	grep "TK-1/ticket.yaml has changes that are not committed" err
	tail -1 c/$T/TK-1/ticket.yaml | grep мимо
	tk -C c note -q TK-3 -m "Прямо."
	git -C c status --porcelain >out
	echo " M $T/TK-1/ticket.yaml" | same - out
	git -C c checkout -q .'

ok 'one emptied file of a ticket is not in its way' '
	unset TK_DESK
	: >c/$T/TK-1/ticket.yaml
	tk -C c note -q TK-1 -m "Снова."
	git -C c status --porcelain >out
	same /dev/null out'

ok 'in a sparse clone what was left out stays so' '
	unset TK_DESK
	clone s
	git -C s sparse-checkout set regulation $T/TK-1
	[ ! -e s/$T/TK-2 ]
	: >s/.git/index
	tk -C s note -q TK-1 -m "В части."
	git -C s status --porcelain >out
	same /dev/null out
	[ ! -e s/$T/TK-2 ]
	git -C s ls-files -t | grep "^S $T/TK-2/ticket.yaml"'

ok 'a backup takes away what a killed one has left, and nothing else' '
	tk backup -q b
	left=1795358310.M987862P17510Q0R786ccdac.desk
	touch b/0001.tar.zst.$left b/0001.tar.zst.$left.bundle b/0002.tar.zst.$left.bundle.lock b/.SHA256SUMS.tk-a4b006
	touch b/0001.tar.zst.mine b/notes.txt
	tk note -q TK-1 -m "Новое."
	tk backup -q b
	ls -A b >out
	printf "%s\n" 0001.tar.zst 0001.tar.zst.mine 0002.tar.zst SHA256SUMS notes.txt | same - out
	[ "$(stat -c %a b/0002.tar.zst)" = 600 ]
	tk backup --check b | grep "archives 2"
	tk backup -q one.tar.zst
	touch one.tar.zst.$left two.tar.zst.$left
	tk backup -q --force one.tar.zst
	[ ! -e one.tar.zst.$left ] && [ -e two.tar.zst.$left ]'

ok 'where the new one cannot be written the old one stays' '
	sum=$(sha256sum <one.tar.zst)
	tk note -q TK-1 -m "Ещё новее."
	(ulimit -f 1; trap "" XFSZ; exits 75 tk backup -q --force one.tar.zst 2>err)
	cat err
	grep "File too large" err
	[ "$(sha256sum <one.tar.zst)" = "$sum" ]
	tk backup --check -q one.tar.zst'

ok "tk gc goes on where git was killed tidying: its locks of yesterday" '
	tk gc -q
	tk note -q TK-2 -m "Ещё."
	I=d/objects/info/commit-graphs fan=$(ls d/objects | grep -x "[0-9a-f][0-9a-f]" | head -1)
	touch $I/commit-graph-chain.lock d/packed-refs.lock
	exits 75 tk gc 2>err
	grep "commit-graph-chain.lock" err
	[ -e $I/commit-graph-chain.lock ]
	touch -d 2020-01-01 $I/commit-graph-chain.lock d/packed-refs.lock d/gc.pid.lock $I/tmp_graph_OTmkHw
	mkdir -p "d/objects/$fan"
	touch -d 2020-01-01 "d/objects/$fan/tmp_obj_en3Rdg"
	tk gc -n >out
	[ "$(grep -c "left behind: " out)" = 5 ]
	tk gc -q --full
	[ ! -e d/packed-refs.lock ] && [ ! -e $I/tmp_graph_OTmkHw ] && [ ! -e "d/objects/$fan/tmp_obj_en3Rdg" ]
	git -C d commit-graph verify
	tk fsck -q'

finish
