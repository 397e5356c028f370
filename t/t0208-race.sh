#!/bin/sh
# Writers, letters and readers at once: no number is given twice, no ticket is
# written over, nothing that was reported done is missing.
. "$(dirname "$0")/lib.sh"

desk d
git -C "$DESK" config tk.sendmail true
tk regulation ack -q

tickets() {
	git -C "$DESK" ls-tree -r --name-only HEAD tickets | grep -c '/ticket.yaml$'
}

readers() { # as long as the file "busy" is there
	for r in 1 2 3; do
		while [ -e busy ]; do tk list --count >/dev/null 2>>err.read || :; done &
	done
}

ok 'tickets opened beside readers are all there' '
	: >busy; readers
	pids=
	for w in 1 2 3 4; do
		(for i in 1 2 3 4 5 6 7 8 9 10; do
			tk new -q -s "Писатель $w, $i" -m "Текст."
		done) & pids="$pids $!"
	done
	for p in $pids; do wait $p; done
	rm busy; wait
	[ "$(tickets)" = 40 ]
	[ "$(tk list -A --count)" = 40 ]
	git -C "$DESK" log --format=%s | grep ": open, " | sort | uniq -d >twice
	same /dev/null twice'

ok 'letters taken in beside readers are all there' '
	for i in $(seq 30); do letter in.$i.eml "c$i@romashka.example" "Письмо $i"; done
	: >busy; readers
	pids=
	for w in 0 1 2; do
		(for i in $(seq $((w * 10 + 1)) $((w * 10 + 10))); do
			tk-deliver - <in.$i.eml >>got.$w
		done) & pids="$pids $!"
	done
	for p in $pids; do wait $p; done
	rm busy; wait
	[ "$(cat got.* | grep -c " open ")" = 30 ]
	[ "$(tickets)" = 70 ]
	tk fsck -q'

ok 'fsck beside a writer finds nothing' '
	: >busy
	(while [ -e busy ]; do tk reply -q TK-50 -m "Смотрим."; done) & pid=$!
	for i in $(seq 20); do tk fsck -q || touch found; done
	rm busy; wait $pid
	[ ! -e found ]'

ok 'a ticket nobody can read keeps its number' '
	git clone -q "$DESK" clone 2>/dev/null
	echo "no: [yaml" >clone/tickets/00/00/TK-70/ticket.yaml
	git -C clone commit -qnam broken
	tree=$(git -C clone rev-parse HEAD)
	git -C "$DESK" fetch -q "$PWD/clone" main
	git -C "$DESK" update-ref refs/heads/main $tree
	tk new -s Следующая -m Текст. >got
	grep "^TK-71 open" got
	git -C "$DESK" show HEAD:tickets/00/00/TK-70/ticket.yaml >kept
	same - kept <<-TEXT
	no: [yaml
	TEXT'

finish
