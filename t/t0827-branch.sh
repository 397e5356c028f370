#!/bin/sh
# The branch is moved as git would: its lock, its logs, however it is kept.
. "$(dirname "$0")/lib.sh"

desk gate
new() { tk new -q -s "$1" -m "Раз." --requester ivan@romashka.example; }
last() { git -C gate rev-parse HEAD; }
# The newest line of a log is the step that was made.
logged() { # LOG BEFORE
	git -C gate rev-parse HEAD "$1@{0}" | uniq | wc -l | grep -x 1
	git -C gate rev-parse "$1@{1}" | same - "$2"
}

ok 'both logs have the step, in the form that git reads' '
	last >before
	new Первая
	logged main before; logged HEAD before
	git -C gate reflog -1 main >got
	grep -x "[0-9a-f]* main@{0}: tk" got
	git -C gate log -g -1 --date=iso --format="%gd %gn <%ge>" HEAD >got
	grep -E "^HEAD@\{20[0-9-]+ [0-9:]+ [+-][0-9]{4}\} .+ <.+>$" got
	[ ! -e gate/refs/heads/main.lock ]'
ok 'by the name of who is configured' '
	git -C gate config user.name "Шлюз"; git -C gate config user.email g@firma.example
	new Вторая
	git -C gate log -g -1 --format="%gn <%ge>" | grep -x "Шлюз <g@firma.example>"'
ok 'a branch that is packed is moved, then a plain one again' '
	git -C gate pack-refs --all
	[ ! -e gate/refs/heads/main ]
	last >before
	new Третья
	logged main before; logged HEAD before
	last | same - gate/refs/heads/main
	new Четвёртая
	last | same - gate/refs/heads/main
	git -C gate fsck --strict'
ok 'without logs none is begun, and one that is there is gone on with' '
	git -C gate config core.logAllRefUpdates false
	rm gate/logs/HEAD
	n=$(wc -l <gate/logs/refs/heads/main)
	new Пятая
	[ ! -e gate/logs/HEAD ]
	[ "$(wc -l <gate/logs/refs/heads/main)" = $((n + 1)) ]
	git -C gate config core.logAllRefUpdates always
	new Шестая
	[ "$(wc -l <gate/logs/HEAD)" = 1 ]
	git -C gate config core.logAllRefUpdates true'
ok "a lock of git's that is held: nothing is done, 75, and it stays" '
	last >before
	: >gate/refs/heads/main.lock
	exits 75 tk new -q -s Нет -m Нет 2>err
	grep main.lock err || grep refs/heads/main err
	last | same - before
	[ -e gate/refs/heads/main.lock ]
	rm gate/refs/heads/main.lock
	new Седьмая'
ok 'a log that cannot be written: nothing is done, and the lock is given back' '
	last >before
	mv gate/logs/refs/heads/main kept; mkdir gate/logs/refs/heads/main
	exits 75 tk new -q -s Нет -m Нет 2>err
	grep "logs/refs/heads/main: Is a directory" err
	last | same - before
	[ ! -e gate/refs/heads/main.lock ]; [ ! -s gate/tk/lock ]
	rmdir gate/logs/refs/heads/main; mv kept gate/logs/refs/heads/main
	new Восьмая'
ok 'a work tree beside a clone moves its own branch and logs' '
	git clone -q gate kyiv; git -C kyiv config tk.actor danila
	git -C kyiv worktree add -q ../side -b side/track
	git -C kyiv rev-parse HEAD >before
	tk -C side note -q TK-1 -m "Сбоку."
	git -C kyiv rev-parse main | same - before
	git -C side rev-parse "side/track@{1}" "HEAD@{1}" | uniq | same - before
	git -C side rev-parse HEAD | same - kyiv/.git/refs/heads/side/track
	git -C side status --porcelain | same /dev/null -'
finish
