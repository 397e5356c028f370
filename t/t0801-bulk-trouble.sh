#!/bin/sh
# Many letters at once, when a letter is bad and when the process is killed.
. "$(dirname "$0")/lib.sh"
some=100

# Acknowledgements have ids by chance: none where trees are compared.
desk empty
git clone -q empty by-hand 2>/dev/null
sed -i 's/^acknowledgement: {send: true/acknowledgement: {send: false/' \
    by-hand/regulation/relations.yaml
git -C by-hand commit -qam 'regulation: by hand'
git -C empty fetch -q ../by-hand main
git -C empty update-ref refs/heads/main "$(git -C by-hand rev-parse HEAD)"
python3 "$ROOT/t/perf/gen-mail.py" letters $some 7 >/dev/null
acts() { git -C "$1" log --format='%(trailers:key=Act,valueonly,separator=)' main; }
# The letters again, and what the desk is with them.
box() {
	rm -rf "$1"
	mkdir -p "$1/tmp" "$1/new" "$1/cur"
	cp -p letters/new/* "$1/new/"
}
files() { git -C "$1" ls-tree -r main:tickets; }
cp -a empty whole
echo "$PWD/whole" >>"$SCRATCH/desks"
box few
tk -C whole deliver --no-send -q few
files whole >want
ok 'a bad letter goes to quarantine and delays none' '
	cp -a empty bad
	box few
	{
		for i in $(seq 60); do echo "Received: from a by b; Sun, 22 Nov 2026 06:00:00 +0000"; done
		cat "$(ls few/new/* | head -n 1)"
	} >few/new/1795000050.M50P0.host
	exits 1 tk -C bad deliver --no-send -q few
	[ "$(ls few/new | wc -l)" = 0 ]
	ls bad/tk/quarantine/new/*.why >whys
	[ "$(wc -l <whys)" = 1 ]
	grep -q "mail loop" "$(cat whys)"
	files bad | same want -'

# At each of these calls it is killed, then run again.
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	ok 'killed in a batch and run again: nothing lost, nothing doubled' '
		for n in 1 2 3 4 5 6 7 8 9 10 12 40 90; do
			rm -rf killed
			cp -a empty killed
			box few
			status=0
			strace -f -qq -o /dev/null -e trace=fsync,fdatasync,rename \
			    -e inject=fsync,fdatasync,rename:signal=SIGKILL:when=$n \
			    tk -C killed deliver --no-send -q few || status=$?
			[ $n -gt 12 ] || [ $status = 137 ]
			# git leaves it behind as well, and says so.
			rm -f killed/refs/heads/main.lock
			git -C killed fsck --full --strict --no-dangling
			tk -C killed deliver --no-send -q few
			[ "$(ls few/new | wc -l)" = 0 ]
			[ "$(ls few/cur | wc -l)" = $some ]
			files killed | same want -
			acts killed | grep -cE "^(open|answer|auto|note)$" >got
			echo $some | same - got
			tk -C killed fsck
		done'
else
	skip 'no strace here' 'killed in a batch and run again'
fi
finish
