#!/bin/sh
# Killed anywhere, the disk full, the power gone: nothing is lost, nothing is
# doubled, nothing is in the way. A sample; make kill tries each call.
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null && command -v cc >/dev/null || skip_all 'needs python3 and cc'
[ ! -e /usr/lib/llvm-14 ] || [ "${TK_BUILD%-address*}" = "$TK_BUILD" ] || skip_all 'the shim and ASan both want to be first'

tried() { python3 "$ROOT/t/kill/kill.py" "$@" >out 2>&1 || { cat out; exit 1; }; }

ok 'killed where the branch moves, an act is there once or not at all' '
	tried -c new -m kill -g "heads/main|tk/lock" -n 6
	grep " 0 found" out'
ok 'killed where a letter leaves, it leaves once, and whole' '
	tried -c send -m kill -g /outbox/ -n 6'
ok 'killed where another was killed before: nobody waits for a minute' '
	tried -c dead -m kill -g "tk/lock|main.lock"'
ok 'killed in the middle of a maildir' '
	tried -c deliver -m kill -m tear -n 4'
ok 'killed while a push is judged and taken' '
	tried -c push -m kill -n 5'
ok 'killed in a work tree' '
	tried -c clone -m kill -g "index.lock|tickets/|checkout" -n 5
	tried -c split -m kill -g "index" -n 5'
ok 'what fails is told, and has not happened' '
	tried -c reply -m enospc -m full -m eio -m emfile -n 2'
ok 'the power goes: what was reported is on the disk' '
	tried -c stdin -m cut -m names -n 3
	tried -c split -m names -n 2
	tried -c push -m cut -n 1'
ok 'no files to open for a moment: nothing is taken for gone' '
	tried -c push -m emfile -g "open .*/objects/../" -n 6'
ok 'the power goes: what it has emptied in a work tree is made again' '
	tried -c clone -m names -n 2'
ok 'a backup that was cut off is none, a restored desk is whole' '
	tried -c backup -m kill -m names -n 4
	tried -c restore -m kill -m cut -n 3'
ok 'packs are tidied, and the power goes' '
	tried -c gc -m kill -m names -n 3'
ok 'and a disk that does not sync is found out' '
	exits 1 python3 "$ROOT/t/kill/kill.py" -c note -c new -m cut -n 1 --deaf >out 2>&1
	grep "reported done, and after the cut it is there 0 times" out'
finish
