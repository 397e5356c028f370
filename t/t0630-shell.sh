#!/bin/sh
# tk-shell behind a real sshd on loopback, with real keys of real people.
. "$(dirname "$0")/lib.sh"

sshd=$(PATH=$PATH:/usr/sbin:/sbin command -v sshd) || skip_all 'no sshd here'
command -v ssh-keygen >/dev/null || skip_all 'no ssh here'
[ "$(id -u)" != 0 ] || [ -d /run/sshd ] || mkdir /run/sshd || skip_all 'no /run/sshd'
unset TK_NOW GIT_AUTHOR_DATE GIT_COMMITTER_DATE # what sshd starts has the clock of the machine
desk gate
S=$SCRATCH/ssh
mkdir "$S"
for who in host danila olga boris; do
	ssh-keygen -q -t ed25519 -N '' -C "$who of, the \$desk; id" -f "$S/$who"
done
PORT=$(perl -MIO::Socket::INET -e \
	'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport')
cat >"$S/sshd_config" <<TEXT
ListenAddress 127.0.0.1:$PORT
HostKey $S/host
PidFile none
AuthorizedKeysFile $S/authorized_keys
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
AcceptEnv *
SetEnv HOME=$HOME LC_ALL=C.UTF-8
Subsystem sftp internal-sftp
TEXT
for who in danila olga boris; do
	printf 'Host %s\nIdentityFile %s\n' $who "$S/$who"
done >"$S/config"
cat >>"$S/config" <<TEXT
Host *
HostName 127.0.0.1
Port $PORT
User $(id -un)
IdentitiesOnly yes
BatchMode yes
ConnectionAttempts 20
UserKnownHostsFile $S/known_hosts
LogLevel ERROR
TEXT
echo "[127.0.0.1]:$PORT $(cat "$S/host.pub")" >"$S/known_hosts"
export GIT_SSH_COMMAND="ssh -F $S/config"
as() { ssh -F "$S/config" "$@"; } # [OPTION...] WHO COMMAND
refused() { # WORDS COMMAND...: exit 77, says WORDS
	words=$1
	shift
	exits 77 "$@" 2>err
	grep -q -- "$words" err
}
tk staff change danila --key "$(cat "$S/danila.pub")" >"$SCRATCH/log"
tk staff add olga --name Ольга --mail olga@firma.example --role agent \
    --key "$(cat "$S/olga.pub")" >"$SCRATCH/log"
tk staff add boris --mail boris@firma.example --role agent --queue network \
    --key "$(cat "$S/boris.pub")" >"$SCRATCH/log"
tk staff keys >"$S/authorized_keys"
tk client add romashka --domain romashka.example >"$SCRATCH/log"
for q in support network; do
	tk new -s "About $q" -m 'It is broken.' -w ivan@romashka.example -Q $q
done >"$SCRATCH/log" 2>&1
"$sshd" -D -e -f "$S/sshd_config" 2>"$S/log" &
SSHD=$!
trap 'st=$?; kill $SSHD; [ -n "$DONE" ] || rm -rf "$SCRATCH"; exit $st' EXIT

say='It is $(id); `id` | "fun" * ~'
ok 'an agent works over ssh, under her name' '
	as olga tk list >got
	grep -q "^TK-1 .*About support" got
	grep -q "^TK-2 " got
	as olga tk >got
	grep -q "^TK-1 " got
	as olga tk take 1
	as olga "tk note 1 -m '"'\$say'"'"
	echo "from standard input" | as olga tk-note 1
	as olga tk reply 1 -m "We\\ are\\ on\\ it."
	git -C gate log --format="%an %ae" -6 | sort | uniq -c >got
	grep -q " 4 Ольга olga@firma.example" got
	grep -q "^To: .*ivan@romashka.example" sent/1.eml
	tk show 1 | grep -F "$say"'
ok 'clone and push, whatever path is asked for' '
	git clone -q olga:anything olga
	unset TK_DESK
	cd olga
	git config tk.actor olga
	tk note 1 -m "from the clone"
	git push -q
	as olga tk show 1 | grep "from the clone"'
ok 'people push their own work only' '
	git clone -q olga:desk other
	unset TK_DESK
	cd other
	git config tk.actor danila
	tk set 1 priority=p4
	exits 1 git push -q 2>../err
	grep -q "\\[author\\] .*danila@firma.example, but it is olga who pushes" ../err
	GIT_SSH_COMMAND="ssh -F $S/config -o SetEnv=TK_ACTOR=danila" exits 1 git push -q
	git push -q danila:desk'
ok 'what the other side sends does not speak for it' '
	as -o SetEnv="TK_ACTOR=danila TK_DESK=/nowhere GIT_DIR=/x TK_NOW=0 GIT_TRACE=$PWD/trace" \
	    olga tk note 1 -m who
	TK_ACTOR=danila as -o SendEnv="TK_*" olga tk note 1 -m who
	git -C gate log -2 --format=%an | uniq | sed "s/^/by /" >got
	echo "by Ольга" | same - got
	[ ! -e trace ]
	refused "TK-1 is not yours to read" as -o SetEnv=TK_QUEUES=support boris tk show 1
	TK_QUEUES=support as -o SendEnv=TK_QUEUES olga tk show 2 >got'
ok 'no other name, no shell, no other program, no other desk' '
	for c in "tk-shell danila" "tk shell danila" "tk list; id" "tk; id" id sh "sh -c id" \
	    "git-upload-pack --help" "git-upload-pack --upload-pack=id x" "git archive x" \
	    "git-upload-archive x" "tk -C /tmp list" "tk --desk=/tmp list" "tk tk list" \
	    "/bin/sh" "tk ../tk-list" "tk-init /tmp/x" "tk check" "tk deliver" "tk help list" \
	    "internal-sftp" "scp -t /tmp" "rsync --server . /"; do
		refused . as olga "$c"
	done
	for c in "list -C /tmp" "list --desk /tmp" "list --de=/tmp" "note 1 -m x -a /etc/passwd" \
	    "new -s x -m x -w x@x.example --attach /etc/passwd" "attach 1 1 -o $PWD/stolen" \
	    "attach 1 -fo$PWD/stolen" "attach 1 -D $PWD" "audit --check /etc/passwd" \
	    "regulation lint $ROOT/share/regulations/outsourcer/en"; do
		refused "not over ssh" as olga tk "$c"
	done
	[ ! -e stolen ]
	exits 64 as olga "tk list \"x"
	exits 64 as olga git-upload-pack
	as olga "tk list subject:\"\$(id)\`id\`\" ; exit" 2>err || :
	exits 1 grep uid= err'
ok 'git is this desk, even when it is told of another' '
	git init -q --bare other.git
	git -C gate rev-parse HEAD >want
	git ls-remote olga:../other.git refs/heads/main | cut -f1 | same want -
	unset TK_DESK
	cd olga
	git pull -q --rebase
	tk note 1 -m "to another"
	git push -q olga:../other.git HEAD:main
	git -C ../gate log -1 --format=%s | grep -x "TK-1: note"
	[ -z "$(git -C ../other.git for-each-ref)" ]'
ok 'no interactive shell, no terminal, no files, no forwarding' '
	refused "Hello Ольга. There is no shell here" as olga
	exits 255 as -tt olga
	echo x >x
	exits 255 scp -F "$S/config" x "olga:$PWD/y"
	exits 1 scp -O -F "$S/config" x "olga:$PWD/y"
	echo "put x y" | exits 255 sftp -F "$S/config" -b - olga
	[ ! -e y ]
	exits 255 as -W "127.0.0.1:$PORT" olga
	exits 255 as -o ExitOnForwardFailure=yes -R "0:127.0.0.1:$PORT" olga tk list'
ok 'who may see one queue sees one queue' '
	as boris tk list -A >got
	grep -q "^TK-2 " got
	exits 1 grep "^TK-1 " got
	[ "$(as boris tk list -A --count)" = 1 ]
	exits 1 as boris tk list queue:support
	as boris tk >got
	exits 1 grep TK-1 got
	as boris tk show 2 | grep "About network"
	for c in "show" "show --raw -M1" "attach" "checklist" "reply -m x"; do
		refused "TK-1 is not yours to read" as boris tk $c 1
	done
	for c in "note 1 -m x" "set 1 queue=network" "move network 1 -m x" "take 1" "assign boris 1"; do
		refused . as boris tk $c || exits 65 as boris tk $c
	done
	as boris tk note 2 -m mine
	for c in "client" "staff" "staff keys" "audit"; do
		refused "is not for boris over ssh" as boris tk $c
	done'
ok 'nor do search and report tell him of others' '
	tk new -q -s "Кабель оборван" -m "Шредингер" -w i@x.example -Q support
	tk new -q -s "Кабель вынут" -m "Шредингер" -w i@x.example -Q network
	as boris tk search шредингер >out
	grep -q "Кабель вынут" out
	exits 1 grep -q "Кабель оборван" out
	as danila tk search шредингер | grep -q "Кабель оборван"
	as boris tk report channels --json >mine
	as danila tk report channels --json >all
	exits 1 cmp -s mine all
	as boris tk list --count >out
	[ "$(cat out)" -lt "$(tk list --count)" ]'

ok 'and has neither clone nor push' '
	exits 128 git clone -q boris:desk boris 2>err
	grep -q "boris may not read all queues, and git cannot hand out a part" err
	cd olga
	exits 128 git push -q boris:desk HEAD:main 2>../err
	grep -q "git cannot hand out a part" ../err'
ok 'who has left is out at once, key or not' '
	tk staff retire boris
	grep -q " boris\"" "$S/authorized_keys"
	refused "\"boris\" does not work here" as boris tk list
	tk staff keys | exits 1 grep " boris\""'
ok 'sshd has seen nobody without a key' '
	exits 255 as nobody tk list
	exits 255 as -o PubkeyAuthentication=no olga tk list'
finish
