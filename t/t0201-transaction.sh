#!/bin/sh
# Acts as transactions: many writers, pushes in between, locks, no disk.
[ ! -w /dev/shm ] || export TMPDIR="${TMPDIR:-/dev/shm}" # 500 fsyncs
. "$(dirname "$0")/lib.sh"

# A root that minds the permissions of files.
if [ "$(id -u)" != 0 ]; then
	plainly() { "$@"; }
elif setpriv --bounding-set=-dac_override,-dac_read_search true 2>/dev/null; then
	plainly() { setpriv --bounding-set=-dac_override,-dac_read_search "$@"; }
fi

cat >"$SCRATCH/count.py" <<'PY'
# What the log of a ticket (standard input) has: entries, acts in order.
import itertools, sys, yaml
t = yaml.safe_load(sys.stdin)
names = [e['act'] for e in t['log']]
print(t['id'], len(names), *[f'{k}:{len(list(g))}' for k, g in itertools.groupby(names)])
PY
counted() { # DESK PATH
	git -C "$1" show "main:$2/ticket.yaml" | python3 "$SCRATCH/count.py"
}
commits() { git -C "$1" rev-list --count main; }
head_of() { git -C "$1" rev-parse main; }
path=tickets/00/00/TK-1
desk gate
tk new -q -s 'Не печатает' -m 'Принтер молчит.' -w ivan@romashka.example
tk new -q -s 'Второй' -m 'Ещё один.' -w ivan@romashka.example
ok 'one act is one commit, with trailers that git log reads' '
	before=$(commits gate)
	tk take TK-1 -q
	tick
	tk note TK-1 -m "Позвонил, жду." -q
	[ $(commits gate) = $((before + 2)) ]
	for k in Ticket Act State Actor Regulation; do
		echo "$k=$(git -C gate log -1 --format="%(trailers:key=$k,valueonly)" main~1)"
	done >got
	version=$(git -C gate show main:regulation/regulation.yaml |
		python3 -c "import yaml,sys; print(yaml.safe_load(sys.stdin)[\"version\"])")
	same - got <<-TEXT
	Ticket=TK-1
	Act=take
	State=new -> open
	Actor=danila
	Regulation=$version
	TEXT
	git -C gate log -1 --format="%s|%(trailers:key=Act,valueonly)" >got
	printf "TK-1: note|note\n\n" | same - got
	m=$(git -C gate log -1 --format="%(trailers:key=Message,valueonly,separator=)")
	git -C gate cat-file -p main:'$path'/$m.yaml | grep -q "Позвонил"
	git -C gate diff --name-only main~1 main >got
	printf "%s\n" '$path'/$m.yaml '$path'/ticket.yaml | same - got'
ok 'the author is the actor, the committer the desk' '
	git -C gate log -1 --format="%an|%ae|%ad|%cn|%ce" --date=iso >got
	echo "Данила Петров|danila@firma.example|2026-11-22 09:01:00 +0300|support@firma.example|support@firma.example" |
		same - got'

ok 'eight writers lose nothing' '
	tk new -q -s Третий -m Много. -w ivan@romashka.example
	before=$(commits gate)
	for w in 1 2 3 4 5 6 7 8; do
		(for i in $(seq 50); do
			tk note TK-3 -m "Писатель $w, заметка $i." -q || echo $w $i >>lost
		done) &
	done
	wait
	[ ! -e lost ]
	[ $(commits gate) = $((before + 400)) ]
	counted gate tickets/00/00/TK-3 >got
	echo "TK-3 401 open:1 note:400" | same - got
	git -C gate ls-tree --name-only main:tickets/00/00/TK-3 >got
	[ $(wc -l <got) = 402 ]
	[ $(git -C gate rev-list --count --min-parents=2 main) = 0 ]
	echo 400 >want
	sqlite3 gate/tk/index.db "SELECT count(*) FROM message WHERE kind = '\''note'\'' AND ticket = '\''TK-3'\''" |
		same want -'
ok 'a push comes in between writers, and neither is lost' '
	git clone -q gate clone
	before=$(commits gate)
	for w in 1 2 3; do
		(for i in $(seq 15); do
			tk note TK-2 -m "Писатель $w, заметка $i." -q || echo $w $i >>lost
		done) &
	done
	cd clone
	mkdir kb
	for i in 1 2 3 4 5; do
		echo "Статья $i" >kb/$i.md
		git add kb
		git commit -q -m "kb: article $i" -m "Actor: danila"
		n=0
		until git push -q 2>>../push.err; do
			n=$((n + 1))
			[ $n -lt 100 ] || exit 1
			git pull -q --rebase
		done
	done
	wait
	cd ..
	[ ! -e lost ]
	[ $(commits gate) = $((before + 50)) ]
	counted gate tickets/00/00/TK-2 >got
	echo "TK-2 46 open:1 note:45" | same - got
	[ $(git -C gate ls-tree --name-only main:kb | wc -l) = 5 ]'
ok 'killed at any moment, an act is there or it is not' '
	for ms in 01 02 03 04 05 06 08 10 12 15 20 30; do
		timeout -s KILL 0.0$ms tk note TK-1 -m "Срок $ms." -q || :
	done
	exits 0 tk note TK-1 -m "После всех." -q
	log=$(counted gate '$path' | cut -d" " -f2)
	[ $log = $(git -C gate log --format=%h main -- '$path'/ticket.yaml | wc -l) ]
	git -C gate fsck --strict --no-dangling
	sqlite3 gate/tk/index.db "SELECT value FROM meta WHERE key='\''head'\''" >got
	head_of gate | same - got'

ok 'a lock left by the dead is no lock' '
	echo 999999 >gate/tk/lock
	python3 -c "
	import fcntl, os, signal
	f = open(\"gate/tk/lock\", \"r+\"); fcntl.flock(f, fcntl.LOCK_EX)
	os.kill(os.getpid(), signal.SIGKILL)" || :
	exits 0 timeout 20 tk note TK-1 -m "Замок ничей." -q'
ok "git's own lock on the branch: 75, and nothing has changed" '
	head_of gate >before
	: >gate/refs/heads/main.lock
	exits 75 tk note TK-1 -m "Занято." 2>err
	head_of gate | same before -
	grep -q "main" err
	rm gate/refs/heads/main.lock
	exits 0 tk note TK-1 -m "Свободно." -q'

ok "left by a tk that died there, or by a git long ago, it is taken away" '
	: >gate/refs/heads/main.lock
	echo moving >gate/tk/lock
	exits 0 tk note TK-1 -m "После смерти." -q
	: >gate/refs/heads/main.lock
	exits 75 tk note TK-1 -m "Может быть, жив." 2>err
	touch -d "2 minutes ago" gate/refs/heads/main.lock
	exits 0 tk note TK-1 -m "Давно мёртв." -q
	[ ! -e gate/refs/heads/main.lock ]
	: >gate/HEAD.lock
	touch -d "2 minutes ago" gate/HEAD.lock
	git -C clone pull -q --rebase
	git -C clone commit -q --allow-empty -m "kb: nothing" -m "Actor: danila"
	git -C clone push -q'
ok 'half a letter goes to nobody, when the sender is killed' '
	printf "#!/bin/sh\nkill -9 \$PPID\ncat >%s/part && mv %s/part %s/got\n" "$PWD" "$PWD" "$PWD" >slow
	chmod +x slow
	git -C gate config tk.sendmail "$PWD/slow"
	head -c 300000 /dev/urandom | base64 >long
	tk reply TK-1 -q <long || :
	until [ -e got ]; do :; done
	git -C gate config tk.sendmail true
	tk send --now
	raw=$(git -C gate ls-tree -r --name-only main '$path' | grep "eml$" | tail -1)
	git -C gate cat-file blob "main:$raw" | cmp - got'

for dir in objects refs/heads tk; do
	if ! command -v plainly >/dev/null; then
		skip 'root minds no permissions here' "no writing to $dir"
		continue
	fi
	ok "no writing to $dir: 75, and nothing has changed" '
		head_of gate >before
		find gate/'$dir' -type d -exec chmod a-w {} +
		chmod a-w gate/tk/index.db* gate/tk/lock
		got=0
		plainly tk note TK-1 -m "Только чтение." >out 2>err || got=$?
		find gate/'$dir' -type d -exec chmod u+w {} +
		chmod u+w gate/tk/index.db* gate/tk/lock
		[ $got = 75 ] || { echo "status $got"; cat err; exit 1; }
		[ ! -s out ]; [ -s err ]
		head_of gate | same before -
		exits 0 tk note TK-1 -m "Снова можно." -q'
done
finish
