#!/bin/sh
# When something is wrong with the desk, letters stay where they are.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
mkdir -p md/tmp md/new md/cur

ok 'rule 1: without the commit it stays in new/, and comes in the next time' '
	tick 3600
	letter md/new/1.y.host "$ivan" "Ссылка занята"
	was=$(tip)
	ref=$(git -C "$DESK" symbolic-ref HEAD)
	: >"$DESK/$ref.lock"
	exits 75 tk deliver md
	exits 75 tk deliver - <md/new/1.y.host
	[ "$(tip)" = $was ]
	[ -e md/new/1.y.host ]
	rm "$DESK/$ref.lock"
	tk deliver md
	[ "$(tip)" != $was ] && [ -e md/cur/1.y.host:2,S ]'

ok 'rule 2: without a desk the letter stays with whoever has it' '
	exits 75 env TK_DESK=nowhere tk deliver - <md/cur/1.y.host:2,S
	exits 1 env TK_DESK=nowhere tk deliver md'

# Root may write everywhere.
as=
if [ "$(id -u)" = 0 ]; then
	git config --global safe.directory "*"
	chmod -R a+rX "$SCRATCH"
	as='setpriv --reuid=65534 --regid=65534 --clear-groups'
	$as "$TK_BUILD/bin/tk-deliver" -h >/dev/null 2>&1 || as=none
fi
t='rule 2: so does one for a desk that cannot be written'
if [ "$as" = none ]; then
	skip 'root, and nobody may not run tk here' "$t"
else
	ok "$t" '
		tick 3600
		letter new.eml "$ivan" "Только чтение"
		chmod a+r new.eml
		was=$(tip) && chmod -R a-w d
		exits 75 $as tk deliver - <new.eml
		chmod -R u+w d && [ "$(tip)" = $was ]
		tk deliver - <new.eml | grep "^-: TK-[0-9]* open (new)"'
fi

ok 'one that cannot be read does not keep the others out' '
	tick 3600
	letter md/new/1.r.host "$ivan" "До"
	ln -s nowhere md/new/2.r.host
	letter md/new/3.r.host "$ivan" "После"
	had=$(tk list | wc -l)
	exits 1 tk deliver md >out
	grep "^md/new/2.r.host: left (" out
	[ "$(tk list | wc -l)" = $((had + 2)) ]
	[ "$(ls md/new)" = 2.r.host ]
	exits 75 tk deliver md
	rm md/new/2.r.host'

ok 'two at once take each letter once' '
	tick 3600
	had=$(tk list | wc -l)
	for i in $(seq 20); do letter md/new/$i.w.host "c$i@romashka.example" "Вдвоём $i"; done
	tk deliver md >one & a=$!
	tk deliver md >two & b=$!
	wait $a; wait $b
	[ -z "$(ls md/new)" ]
	[ "$(tk list | wc -l)" = $((had + 20)) ]'

ok 'rule 1: killed at any moment: each letter comes in, and only once' '
	tick 3600
	had=$(tk list | wc -l)
	for i in $(seq 30); do letter md/new/$i.k.host "b$i@romashka.example" "Убитый $i"; done
	for ms in 005 010 015 020 025 030 040 050 070; do
		timeout -s KILL 0.$ms tk deliver --no-send md >/dev/null || :
	done
	tk deliver md >/dev/null
	[ -z "$(ls md/new)" ]
	tk list >list
	grep -o "Убитый [0-9]*" list | sort -u | wc -l | grep -x 30
	[ "$(wc -l <list)" = $((had + 30)) ]
	tk send -q
	[ -z "$(tk send --status)" ]
	cat sent/*.args | grep "^b[0-9]*@" | sort | uniq -c >acks
	wc -l <acks | grep -x 30
	exits 1 grep -v "^ *1 " acks'
finish
