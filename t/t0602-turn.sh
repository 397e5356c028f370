#!/bin/sh
# A push among acts: each takes its turn, and who is late is told what to do.
. "$(dirname "$0")/lib.sh"

desk gate
for i in Первый Второй Третий Четвёртый; do
	tk new -q -s $i -m Один. -w ivan@romashka.example
done
unset TK_DESK
git clone -q gate clone 2>"$SCRATCH/log"
git -C clone config tk.actor danila
git -C clone config tk.site kyiv
G=$PWD/gate
at_gate() { # COMMAND...: by somebody at the gate, from within a hook
	env -u GIT_DIR -u GIT_QUARANTINE_PATH -u GIT_OBJECT_DIRECTORY \
	    -u GIT_ALTERNATE_OBJECT_DIRECTORIES TK_DESK="$G" TK_ACTOR=danila "$@"
}
log() { git -C gate log -"$1" --format=%s; }

ok 'an act while a push is on its way: pull and push again, it says' '
	mkdir bin
	cat >bin/tk-check <<-TEXT
		#!/bin/sh
		[ -e $PWD/done ] || env -u GIT_DIR -u GIT_QUARANTINE_PATH -u GIT_OBJECT_DIRECTORY \
		    -u GIT_ALTERNATE_OBJECT_DIRECTORIES TK_DESK=$G tk note TK-1 -q -m Пока.
		>$PWD/done
		exec $TK_BUILD/bin/tk-check "\$@"
	TEXT
	chmod +x bin/tk-check
	git -C gate config tk.bindir "$PWD/bin"
	git -C gate config tk.actor danila
	(cd clone && tk note TK-2 -q -m "Из клона.")
	exits 1 git -C clone push 2>err
	cat err
	sed -n "s/^remote: *\(.*[^ ]\) *$/\1/p" err >got
	grep "refs/heads/main: \[ref\] it has moved on meanwhile, to $(git -C gate log -1 --format=%h --abbrev=10); do \"git pull --rebase\"" got
	git -C clone pull -q --rebase
	git -C clone push -q
	log 2 >got
	printf "TK-2: note\nTK-1: note\n" | same - got
	git -C gate config --unset tk.bindir'

ok 'an act between the judgement and the move waits until the push is in' '
	cat >gate/hooks/update <<-TEXT
		#!/bin/sh
		env -u GIT_DIR TK_DESK=$G tk note TK-1 -q -m Посреди. </dev/null >/dev/null 2>&1 &
		echo \$! >$PWD/pid
		lock=:\$(stat -c %i $G/tk/lock)
		while kill -0 \$! 2>/dev/null && ! grep -q -- "-> FLOCK.*\$lock " /proc/locks; do :; done
	TEXT
	chmod +x gate/hooks/update
	(cd clone && tk new -q -s Пятый -m Два. -w ivan@romashka.example)
	git -C clone push -q
	while kill -0 $(cat pid) 2>/dev/null; do :; done
	log 2 >got
	printf "TK-1: note\nTK-1.kyiv: open, incident\n" | same - got'

ok 'a push that git gives up after all holds nobody' '
	printf "#!/bin/sh\nexit 1\n" >gate/hooks/update
	git -C clone pull -q --rebase
	(cd clone && tk note TK-2 -q -m "Не туда.")
	exits 1 git -C clone push -q
	flock -w 20 gate/tk/lock true
	rm gate/hooks/update
	git -C clone push -q'

ok 'judged by hand, nothing is held' '
	(cd clone && tk note TK-2 -q -m "Ещё.")
	git -C gate fetch -q ../clone main:refs/heads/tried
	echo "$(git -C gate rev-parse main tried | tr "\n" " ")refs/heads/main" |
		(cd gate && GIT_DIR=. tk-check --push)
	flock -n gate/tk/lock true'
ok 'of many at once each is in, once' '
	rm -f gate/hooks/update
	for i in 1 2 3; do
		git clone -q gate c$i
		git -C c$i config tk.actor danila
		git -C c$i config tk.site s$i
		(cd c$i && for k in 1 2 3; do
			tk note TK-$((i + 1)) -q -m "$i $k конец"
			n=0
			until git push -q 2>>../err$i; do
				n=$((n + 1))
				[ $n -lt 200 ] || exit 1
				git pull -q --rebase
			done
		done) &
	done
	for k in 1 2 3 4 5 6; do at_gate tk note TK-1 -q -m "у ворот $k конец"; done
	wait
	exits 1 grep "failed to update ref" err1 err2 err3
	git -C gate grep -h "конец" main -- tickets | sort >got
	[ $(wc -l <got) = 15 ]
	[ $(sort -u got | wc -l) = 15 ]'
finish
