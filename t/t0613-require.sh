#!/bin/sh
# What a step, a process and a handover may ask for: refused with file:line
# and a command, which is then run as it was printed; for one ticket, for
# many, for a letter, for a push.
. "$(dirname "$0")/lib.sh"

desk gate
tk staff add olga --name Olga --mail olga@firma.example --role engineer --queue support >"$SCRATCH/log" 2>&1
git -C gate config tk.actor danila
WORDS="comment reply reply-now checklist time evidence assignee category cause resolution inventory impact urgency"
! command -v tk-due >/dev/null || WORDS="$WORDS promised"
P=regulation/processes/probe.yaml

# A process with a step for each word; another category; a matrix of queues.
(
	unset TK_DESK
	git clone -q gate clone 2>"$SCRATCH/log"
	cd clone || exit
	git config tk.actor danila
	git config tk.site kyiv
	# shellcheck disable=SC2086
	{
		printf 'id: probe\nname: Probe\ninitial: new\nchecklist: [look, feel]\n'
		printf 'states:\n- {id: new, name: new}\n- {id: open, name: open}\n- {id: shut, name: shut, final: true, positive: true}\n'
		for w in $WORDS; do printf -- '- {id: s-%s, name: %s}\n' "$w" "$w"; done
		printf 'transitions:\n'
		for w in $WORDS; do printf -- '- {from: [new], to: s-%s, act: [status], require: [%s]}\n' "$w" "$w"; done
		printf -- '- {from: [open'
		for w in $WORDS; do printf ', s-%s' "$w"; done
		printf '], to: new, act: [reopen], set: {inventory: null}}\n'
		printf -- '- {from: [new, open], to: shut, act: [close], by: [director], require: [comment, checklist, cause]}\n'
		printf -- '- {from: [new, open], to: shut, act: [close], by: [client]}\n'
		printf -- '- {from: [s-comment], to: open, act: [answer], by: [client], require: [comment]}\n'
		printf -- '- {from: [s-assignee], to: open, act: [answer], by: [client], require: [resolution]}\n'
		printf 'results: [resolution, time]\n'
	} >$P
	sed -i 's/^types: \[/&probe, /' regulation/handling.yaml
	sed -i 's/^categories:/&\n- {id: probe, name: Probe, evidence: [mtr, ping]}/' regulation/handling.yaml
	python3 -c '
import re
path = "regulation/queues.yaml"
text = open(path).read()
head, rest = text.split("- id: support\n", 1)
support, rest = re.split(r"(?=^- id: )", rest, 1, re.M)
support = re.sub(r"^  handover:\n(  - .*\n)*", """  handover:
  - {to: network, require: [comment, category, evidence]}
  - {to: servers}
  - {to: [apps, experts]}
""", support, 1, re.M)
open(path, "w").write(head + "- id: support\n" + support + rest)'
	sed -i 's/^version: 1/version: 2/' regulation/regulation.yaml
	git add -A
	git commit -qm 'probe'
	git push -q
) >"$SCRATCH/log" 2>&1
line() { grep -n -e "$2" "clone/$1" | head -n 1 | cut -d: -f1; }
probe() {
	tk new --type probe -s Probe -w "Ivan <ivan@romashka.example>" -m broken -q "$@"
	id=$(tk list -l 1 sort:-created | cut -d" " -f1)
	tick
}
state() { git -C gate show "HEAD:tickets/00/00/$1/ticket.yaml" | sed -n "s/^state: //p"; }

# heal WANT COMMAND...: it is refused with WANT lines, each with a rule and a
# command; those are run as printed; then, at the latest, it is done.
heal() {
	lines=$1
	shift
	exits 1 "$@" 2>err
	cat err
	[ "$(wc -l <err)" = "$lines" ]
	exits 1 grep -vE "TK-[0-9]+: regulation/[a-z/]+\.yaml:[0-9]+: .*; tk [a-z]+ " err
	sed "s/.*; \(tk .*\)$/\1/" err >all
	{ grep -v "^$1 $2 " all || :; grep "^$1 $2 " all | sort -u || :; } >remedies
	while read -r remedy; do
		echo "\$ $remedy"
		exits 0 eval "$remedy"
	done <remedies
	grep -q "^$1 $2 \|--status" remedies || exits 0 "$@"
}

ok 'the regulation is good' 'tk -C clone regulation lint | exits 1 grep -v "nobody on the staff"'

for w in $WORDS; do
	ok "one ticket, $w: the command that is printed brings it" '
		w='$w'
		case $w in
		evidence) probe --category probe; n=$(line regulation/handling.yaml "id: probe"); f=regulation/handling.yaml ;;
		*) probe; n=$(line $P "to: s-$w,"); f=$P ;;
		esac
		heal 1 tk status s-$w $id
		grep "$id: $f:$n: " err
		[ "$(state $id)" = s-$w ]'
done

ok 'evidence that is there stays' '
	probe --category probe
	tk set -q $id evidence=photo,ping
	heal 1 tk status s-evidence $id
	tk show --json $id | grep -F "\"evidence\":[\"photo\",\"ping\",\"mtr\"]"'

ok 'all that is missing is told at once: steps and results of the process' '
	probe
	heal 5 tk close $id
	grep "$P:$(line $P "to: shut, act: .close., by: .director"): " err
	grep "$P:$(line $P "^results"): .*\"resolution\"" err
	grep -c "; tk close $id -r .TEXT. --cause .TEXT. -m .TEXT.$" err | grep -x 3
	[ "$(state $id)" = shut ]'

ok 'what was given is in the command that is printed' '
	probe
	exits 1 tk close $id -r "it'\''s done; \$HOME" 2>err
	cat err
	sed -n "s/.*; \(tk close .*\)$/\1/p" err | sort -u >one
	[ "$(wc -l <one)" = 1 ]
	tk checklist -q $id -d 1 -d 2
	tk spend -q $id 5
	eval "$(cat one)"
	tk show --json $id | grep -F "it'\''s done; \$HOME"'

ok 'a handover: the matrix of queues and what it asks for' '
	probe
	n=$(line regulation/queues.yaml "to: network, require: .comment, category, evidence")
	exits 1 tk move billing $id 2>err
	grep "regulation/queues.yaml:[0-9]*: .support. may not hand over to .billing." err
	heal 2 tk move network $id
	grep "regulation/queues.yaml:$n: .*a comment is needed; tk move network $id -m .TEXT.$" err
	grep "regulation/queues.yaml:$n: .*\"category\" is needed" err
	probe --category probe
	heal 2 tk move network $id
	grep "evidence=mtr,ping$" err
	probe --category network/routing
	heal 2 tk move network $id
	grep "evidence=mtr,traceroute$" err'

ok 'another priority than the matrix gives' '
	probe
	tk set -q $id impact=high urgency=high
	heal 1 tk set priority=p4 $id
	tk show --json $id | grep -F "\"priority\":\"p4\""'

ok 'many tickets: what has it all is done, the others are told' '
	probe --assignee danila; a=$id
	probe; b=$id
	probe --assignee danila; c=$id
	printf "%s\n" $a $b $c | exits 1 tk status s-assignee >out 2>err
	cat out err
	printf "%s status s-assignee\n" $a $c | same - out
	n=$(line $P "to: s-assignee,")
	[ "$(wc -l <err)" = 1 ]
	grep "$b: $P:$n: .*; tk take $b$" err
	[ "$(state $a) $(state $b) $(state $c)" = "s-assignee new s-assignee" ]
	for w in comment checklist time cause resolution inventory; do
		printf "%s\n" $b | exits 1 tk status s-$w 2>err
		grep "$b: $P:$(line $P "to: s-$w,"): " err
	done
	tk take -q $b
	printf "%s\n" $a $b $c | exits 1 tk move network 2>err
	[ "$(grep -c "a comment is needed; tk move network TK-" err)" = 3 ]'

ok 'acts of a role, and queues of a person' '
	probe
	TK_ACTOR=olga exits 77 tk close $id -r x -m x 2>err
	grep "$id: regulation/roles.yaml:[0-9]*: \"close\" is not an act of olga" err
	TK_ACTOR=olga exits 77 tk reply $id -m x 2>err
	grep "regulation/relations.yaml:[0-9]*: only these roles write to clients" err
	tk move -q servers $id
	TK_ACTOR=olga exits 77 tk note $id -m x 2>err
	grep "$id: regulation/roles.yaml:[0-9]*: queue \"servers\" is not open to olga" err'

answer() { # FILE: a letter of Ivan to the ticket
	letter "$1" "Ivan <ivan@romashka.example>" "Re: [$id] Probe" "Ещё слово."
	tk deliver - <"$1"
}
ok 'a letter that brings what its step asks for makes the step' '
	probe
	tk status -q s-comment $id -m x
	answer one.eml
	[ "$(state $id)" = open ]'
ok 'a letter that does not is kept, and makes none' '
	probe --assignee danila
	tk status -q s-assignee $id
	answer two.eml
	[ "$(state $id)" = s-assignee ]
	git -C gate log -1 --format="%(trailers:key=Act,valueonly,separator=)" | grep -x "answer\|ack"
	git -C gate show "HEAD:tickets/00/00/$id/ticket.yaml" | tail -n 2 | grep "act: answer"
	[ -z "$(ls gate/tk/quarantine/new 2>/dev/null)" ]'

# What is pushed: an act by hand on a ticket of the clone.
T=tickets/00/00/TK-1.kyiv/ticket.yaml
pushed() { # STATE WORDS
	echo "- {at: $(date -d "$TK_NOW" +%FT%T+00:00), by: danila, act: status, set: {state: $1}}" >>$T
	sed -i "s/^state: .*/state: $1/" $T
	git commit -qam "by hand"
	exits 1 git push -q 2>../err
	cat ../err
	grep -qE "$T: \[$2" ../err
	git reset -q --hard origin/main
}
ok 'a push is asked for the same' '
	cd clone
	unset TK_DESK
	git pull -q --rebase
	tk new --type probe -s Probe -w "Ivan <ivan@romashka.example>" -m broken -q --category probe
	git push -q
	cd ..
	for w in comment reply reply-now checklist time assignee cause resolution inventory impact; do
		n=$(line $P "to: s-$w,")
		(cd clone; pushed s-$w "$P:$n\].*; tk ")
	done
	n=$(line regulation/handling.yaml "id: probe")
	cd clone
	pushed s-evidence "regulation/handling.yaml:$n\].*; tk set TK-1.kyiv evidence=mtr,ping"'
ok 'a push that brings it is taken' '
	cd clone
	unset TK_DESK
	tk status s-comment 1.kyiv -m "Looked."
	git push -q
	tk -C ../gate audit -q'
finish
