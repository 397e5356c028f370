#!/bin/sh
# rules.cache: what a command remembers of the regulation, and never more.
. "$(dirname "$0")/lib.sh"

desk gate
cache=gate/tk/rules.cache
tk new -q -s 'Не печатает' -m 'Молчит.' -w ivan@romashka.example
act() { tk note -q TK-1 -m 'Смотрю.'; }
sum() { sha256sum <"$1"; }

ok 'the first command makes it, the next ones leave it' '
	rm -f $cache
	act
	[ -s $cache ]
	ls -i $cache >before
	act
	tk show TK-1 >/dev/null
	ls -i $cache | same before -'
ok 'the judge says the same with it and without' '
	exits 1 tk close TK-1 2>with
	[ -s with ]
	rm $cache
	exits 1 tk close TK-1 2>without
	same with without'
damaged() { # NAME COMMAND: as good as none, and made anew
	ok "$1" "
		act
		sum $cache >good
		$2
		exits 1 tk close TK-1 2>now
		same with now
		sum $cache | same good -"
}
damaged 'cut short' 'head -c 3000 $cache >c && cat c >$cache'
damaged 'empty, as after a power cut' ': >$cache'
damaged 'one byte turned' 'python3 - $cache <<-"E"
	import sys
	b = bytearray(open(sys.argv[1], "rb").read())
	b[len(b) // 2] ^= 1
	open(sys.argv[1], "wb").write(b)
	E'
damaged 'of another version' 'sed -i "1s/ [0-9.]* 2$/ 0.0.0 2/" $cache'
ok 'where it may not be written, all goes on' '
	rm $cache
	mkdir $cache
	act
	exits 1 tk close TK-1 2>now
	same with now
	rmdir $cache'
ok 'a changed regulation is seen at once, and the old text forgotten' '
	act
	git clone -q gate work
	cd work
	sed -i "s/^version: .*/version: 77/" regulation/regulation.yaml
	git -c user.name=D -c user.email=danila@firma.example commit -qam "Regulation: 77"
	git push -q --no-verify origin HEAD:main 2>/dev/null ||
		git -C ../gate fetch -q ../work HEAD:main
	cd ..
	act
	git -C gate log -1 --format="%(trailers:key=Regulation,valueonly)" | grep -qx 77
	[ "$(wc -c <$cache)" -lt 200000 ]'
finish
