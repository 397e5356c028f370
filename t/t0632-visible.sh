#!/bin/sh
# Who sees what: queues of $TK_QUEUES, processes that say "visible".
. "$(dirname "$0")/lib.sh"

desk gate
tk client add romashka --domain romashka.example >"$SCRATCH/log"
tk staff add olga --mail olga@firma.example --role agent >"$SCRATCH/log"
tk staff add maria --mail maria@firma.example --role manager >"$SCRATCH/log"
tk staff add boris --mail boris@firma.example --role agent --queue network >"$SCRATCH/log"
new() { # SUBJECT OPTION...
	s=$1
	shift
	tk new -s "$s" -m "About $s." -w ivan@romashka.example "$@"
}
{
	new support
	new network -Q network
	new complaint --type complaint
	new urgent --type complaint -Q network -p p1
} >"$SCRATCH/log" 2>&1
export TK_ACTOR
ids() { tk "$@" | grep -o "^TK-[0-9]*" | sort -u | tr '\n' ' '; }
sees() { # WANT: these and no others, by every command that reads
	echo "$1"
	[ "$(ids list)" = "$1" ]
	[ "$(ids list -A)" = "$1" ]
	[ "$(ids list sort:id)" = "$1" ]
	[ "$(tk list --json | wc -l)" = "$(echo $1 | wc -w)" ]
	[ "$(tk list -z | tr '\0' '\n' | sort | tr '\n' ' ')" = "$1" ]
	[ "$(tk list --count)" = "$(echo $1 | wc -w)" ]
	[ "$(ids)" = "$1" ]
	[ "$(ids client show romashka)" = "$1" ]
	for i in 1 2 3 4; do
		want=77
		case $1 in *TK-$i*) want=0 ;; esac
		for c in "show $i" "show --json $i" "show -M 1 $i" "checklist $i"; do
			exits $want tk $c >out 2>err
			[ $want = 0 ] || grep -q "TK-$i is not yours to read" err
		done
		[ $want = 0 ] && want=1 # no attachments
		exits $want tk attach $i 2>err
	done
}

ok 'without a limit: all' 'TK_ACTOR=danila sees "TK-1 TK-2 TK-3 TK-4 "'
ok 'a process is for the roles that it names' '
	TK_ACTOR=maria sees "TK-1 TK-2 TK-3 TK-4 "
	TK_ACTOR=olga sees "TK-1 TK-2 "'
ok 'queues and processes together' '
	export TK_QUEUES=network
	TK_ACTOR=maria sees "TK-2 TK-4 "
	TK_ACTOR=olga sees "TK-2 "
	TK_QUEUES=network,support TK_ACTOR=olga sees "TK-1 TK-2 "'
ok 'no queue at all, and none that is there' '
	for q in - "" nowhere; do
		export TK_QUEUES=$q
		exits 1 tk list
		exits 77 tk show 1
		TK_ACTOR=danila tk >got
		exits 1 grep TK- got
	done'
ok 'no query gets round it' '
	export TK_ACTOR=olga TK_QUEUES=support
	for q in queue:network id:TK-2 "id:TK-2,TK-3" "subject:network" -- \
	    "queue:support,network" "-queue:support" "type:complaint" "state:new -" "\"" "\"x" \
	    "sort:id queue:network," "\\" "x\" -queue:support \""; do
		tk list -A -- "$q" >got 2>err || :
		exits 1 grep -E "TK-[234]" got
	done'
ok 'who may not see it does not change it, nor make it seen' '
	TK_ACTOR=olga
	for c in "set 3 type=incident" "note 3 -m x" "take 3" "assign olga 3" "spend 3 5m" \
	    "move network 3 -m x" "checklist --add x 3"; do
		exits 77 tk $c 2>err
		grep "processes/complaint.yaml:4: tickets of type \"complaint\" are for: manager, director" err
	done
	exits 77 tk reply 3 -m x
	TK_ACTOR=maria tk note 3 -m x'
ok 'anybody hands a complaint on' '
	TK_ACTOR=olga
	new another --type complaint
	exits 77 tk show 5
	tk set 1 type=complaint
	exits 77 tk show 1
	exits 77 tk set 1 type=incident
	TK_ACTOR=maria tk set 1 type=incident'
ok 'the client goes on with it' '
	letter a.eml ivan@romashka.example "Re: [TK-3] complaint" "And more."
	tk deliver a.eml >got
	grep "TK-3 answer" got'
ok 'acts on a ticket of a foreign queue are refused' '
	TK_ACTOR=boris
	for c in "set 1 priority=p1" "note 1 -m x" "take 1" "assign boris 1" "move network 1 -m x" \
	    "spend 1 5m" "checklist --add x 1" "close 1 -m x"; do
		exits 77 tk $c 2>err
		grep "regulation/roles.yaml:[0-9]*: queue \"support\" is not open to boris" err
	done
	exits 77 new mine
	new mine -Q network
	tk take 2
	tk move support 2 -m "It is theirs."
	exits 77 tk note 2 -m "and more"'
ok 'a clone that is pushed is judged so too' '
	unset TK_DESK
	TK_ACTOR=
	git clone -q gate clone
	cd clone
	git config user.email olga@firma.example
	git config user.name Olga
	T=tickets/00/00/TK-3/ticket.yaml
	sed -i "s/^type: complaint/type: incident/" $T
	echo "- {at: 2026-11-22T09:01:00+03:00, by: olga, act: set, set: {type: incident}}" >>$T
	git commit -qam "by hand" --no-verify
	exits 1 git push -q 2>err
	grep "complaint.yaml:4\\] tickets of type" err'
finish
