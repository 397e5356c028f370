#!/bin/sh
# Ids that come several times, or not at all.
. "$(dirname "$0")/lib.sh"

desk d
for i in 1 2 3; do tk new -q -s "n$i" -m x -w ann@other.example -c phone; done

ok 'an id that is named twice is one' '
	tk take 2 TK-2 1 2 >out 2>err
	[ "$(cut -d " " -f 1 out | tr "\n" " ")" = "TK-2 TK-1 " ]
	same /dev/null err
	printf "TK-3\nTK-1\n3\n" | tk note -m "Заметка" >out
	[ "$(cut -d " " -f 1 out | tr "\n" " ")" = "TK-3 TK-1 " ]
	tk show TK-3 | grep -c Заметка | grep -x 1'

ok 'nothing from a pipe is nothing found' '
	tk list assignee:nosuch 2>/dev/null | exits 1 tk take 2>err
	grep -x "tk-take: nothing found" err
	printf "\n \n" | exits 1 tk close -r x 2>err
	script -qec "tk take" out >/dev/null && exit 1
	grep "which ticket?" out'
finish
