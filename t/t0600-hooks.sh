#!/bin/sh
# The law of the gate: what is pushed by stock git is judged commit by commit.
. "$(dirname "$0")/lib.sh"

desk gate
tk staff add olga --name Olga --mail olga@firma.example --role engineer >"$SCRATCH/log" 2>&1
git -C gate config tk.actor danila
unset TK_DESK
git clone -q gate clone 2>"$SCRATCH/log"
git -C clone config tk.actor danila
git -C clone config tk.site kyiv
D=tickets/00/00/TK-1.kyiv
T=$D/ticket.yaml

ok 'lawful acts of a clone are pushed, listed and sent' '
	cd clone
	tk new -s Printer -w "Ivan <ivan@romashka.example>" -m "broken"
	tk note 1.kyiv -m "look inside"
	tk reply 1.kyiv -m "We are on it."
	git push -q
	tk check
	tk list -C ../gate >../listed
	grep TK-1.kyiv ../listed
	grep "^To: .*ivan@romashka.example" ../sent/1.eml
	git -C ../gate log -1 --format=%s | grep sent'

ok 'the desk of the one who pushes is not the one that is judged' '
	(unset TK_DESK; desk other)
	cd clone
	git pull -q --rebase
	tk set 1.kyiv priority=p2
	TK_DESK=$SCRATCH/work/other git push -q'

ok 'a push stays done when letters cannot go out' '
	touch sent/fails
	cd clone
	tk take 1.kyiv
	tk reply 1.kyiv -m "Done soon."
	exits 0 git push -q
	rm ../sent/fails'

ok 'tk-check is found by PATH or by tk.bindir, and nothing goes without it' '
	cd clone
	git pull -q --rebase
	tk note 1.kyiv -m "more"
	PATH=/usr/bin:/bin exits 1 git push -q 2>err
	grep "tk.bindir" err
	git -C ../gate config tk.bindir "$TK_BUILD/bin"
	PATH=/usr/bin:/bin git push -q
	git -C ../gate config --unset tk.bindir'

git clone -q gate evil 2>"$SCRATCH/log"
N1=$(cd evil && ls "$D" | sed -n 1p) # the first message of the ticket
R1=$(cd evil && grep -l '^kind: reply' "$D"/*Z-*.yaml | sed -n 1p)

# attack NAME WORDS EDIT [PUSH]: EDIT changes files, PUSH pushes the commit;
# it must fail with the words WORDS and leave the gate as it was.
attack() {
	words=$2 edit=$3 push=${4:-git push -q origin HEAD:main}
	ok "refused: $1" '
		cd evil
		git checkout -qf -B main origin/main
		git clean -qfdx
		eval "$edit"
		git add -A
		git diff --cached --quiet || git commit -qm "by hand"
		before=$(git -C "$DESK" for-each-ref)
		exits 1 eval "$push" 2>../err
		cat ../err
		grep -qE "$words" ../err
		[ "$before" = "$(git -C "$DESK" for-each-ref)" ]'
}
entry() { # a log entry, of danila unless it says
	case $1 in *by:*) by= ;; *) by=' by: danila,' ;; esac
	echo "- {at: ${2:-2026-11-22T09:01:00+03:00},$by $1}" >>$T
}
head() { sed -i "s|^$1: .*|$1: $2|" $T; }
as() { git config user.email "$1@firma.example"; }
message() { # FIELD... of a note by danila; sets M
	text='by hand'
	M=20261122T060100Z-$(printf '%s\n' "$text" | sha256sum | cut -c1-8)
	printf 'kind: note\nby: danila\nat: 2026-11-22T09:01:00+03:00\ntext: |\n  %s\n' "$text" >$D/$M.yaml
}
raw_tree() { # MODE TYPE ID NAME: R is a commit with that below kb
	sub=$(printf '%s %s %s\t%s\0' "$@" | git mktree -z --missing)
	top=$({ git ls-tree HEAD; printf '040000 tree %s\tkb\n' "$sub"; } | git mktree)
	R=$(git commit-tree -p HEAD -m tree "$top")
}
raw='git push -q origin $R:main'

git -C gate config receive.fsckObjects false
git -C gate config receive.denyDeletes false
git -C gate config receive.denyNonFastForwards false
attack 'history rewritten' '\[history\]|\[merge\]' \
	'git checkout -q --orphan new; git commit -qm new' 'git push -qf origin HEAD:main'
attack 'an older commit' '\[history\]' \
	'git reset -q --hard HEAD~2; echo x >views; rm views' 'git push -qf origin HEAD:main'
attack 'the branch deleted' 'refs/heads/main: \[ref\]' : 'git push -q origin :main'
attack 'a tag' 'refs/tags/v1: \[ref\]' : 'git push -q origin HEAD:refs/tags/v1'
attack 'another branch' 'refs/heads/side: \[ref\]' : 'git push -q origin HEAD:side'
attack 'a merge' 'commit [0-9a-f]{10}: \[merge\]' '
	git checkout -q -b a HEAD~1; mkdir -p kb; echo a >kb/a.md; git add kb
	git commit -qm a; git checkout -q main; git merge -q --no-edit a; git branch -qD a'
attack 'a file outside the layout' 'README.md: \[layout\]' 'echo x >README.md'
attack 'a foreign file in a ticket' 'TK-1.kyiv/x.txt: \[layout\]' 'echo x >$D/x.txt'
attack 'a ticket in another folder' 'TK-2.kyiv/ticket.yaml: \[layout\]' \
	'mkdir -p tickets/00/01/TK-2.kyiv; cp $T tickets/00/01/TK-2.kyiv'
attack 'an executable' 'desk.yaml: \[mode\]' 'chmod +x desk.yaml'
attack 'a symbolic link' 'kb/x.md: \[mode\]' 'mkdir kb; ln -s /etc/passwd kb/x.md'
attack 'a submodule' 'kb/x: \[mode\]' 'raw_tree 160000 commit $(git rev-parse HEAD) x' "$raw"
attack 'a control character in a name' 'kb/a.*b.md: \[layout\]' \
	'raw_tree 100644 blob $(git rev-parse HEAD:desk.yaml) "$(printf "a\033b.md")"' "$raw"
attack '.GIT' 'kb/.GIT: \[layout\]' 'raw_tree 100644 blob $(git rev-parse HEAD:desk.yaml) .GIT' "$raw"
attack '..' 'kb/: \[tree\]' 'raw_tree 040000 tree $(git rev-parse HEAD:staff) ..' "$raw"
attack 'over 64 MiB' 'kb/big.bin: \[size\]' 'mkdir kb; truncate -s 65M kb/big.bin'
attack 'YAML with an anchor' 'clients/x.yaml:1: \[yaml\]' 'mkdir clients; echo "name: &a x" >clients/x.yaml'
attack 'a log entry changed' 'ticket.yaml: \[log\] entry 1 ' 'sed -i "s/act: open/act: open, rule: x/" $T'
attack 'a log entry removed' 'ticket.yaml: \[log\] entry 2 ' 'sed -i "/act: note/d" $T'
attack 'a head without an act' 'ticket.yaml: \[log\] .* 0 ' 'head priority p1'
attack 'two acts in one commit' 'ticket.yaml: \[log\] .* 2 ' \
	'entry "act: set, set: {priority: p1}"; entry "act: set, set: {priority: p4}"; head priority p4'
attack 'a head that is not the fold' 'ticket.yaml:[0-9]+: \[fold\]' 'entry "act: set, set: {priority: p1}"; head priority p4'
attack 'an act under another name' 'ticket.yaml: \[author\] .*by: olga' \
	'entry "by: olga, act: set, set: {priority: p1}"; head priority p1'
attack 'an author nobody knows' '\[author\] nobody on the staff is mallory@' 'as mallory; mkdir kb; echo >kb/a'
attack 'work of another one' '\[author\] .*it is olga who pushes' 'as danila; mkdir kb; echo >kb/a' \
	'TK_ACTOR=olga git push -q origin HEAD:main'
attack 'an act of tomorrow' 'ticket.yaml: \[time\] .*future' \
	'entry "act: set, set: {priority: p1}" 2026-11-23T09:00:00+03:00; head priority p1'
attack 'an act of last year' 'ticket.yaml: \[time\] .*older' \
	'entry "act: set, set: {priority: p1}" 2025-11-22T09:00:00+03:00; head priority p1'
attack 'what the role may not do' 'ticket.yaml: \[regulation/roles.yaml:[0-9]+\] "close"' \
	'as olga; entry "by: olga, act: close, set: {state: closed, resolution: x}"; head state closed
	sed -i "/^log:/iresolution: x" $T'
attack 'a state without a step' 'ticket.yaml: \[regulation/processes/incident.yaml:[0-9]+\]' \
	'as danila; entry "act: status, set: {state: rejected, resolution: x}"; head state new'
attack 'an act that is the gate'"'"'s' 'ticket.yaml: \[act\] "sent"' 'entry "act: sent"'
attack 'a field that is not the act'"'"'s' 'ticket.yaml: \[fields\] .*"rating"' \
	'entry "act: set, set: {rating: 5}"; sed -i "/^log:/irating: 5" $T'
attack 'time of somebody else' 'ticket.yaml: \[fields\] "spent"' '
	S="[{at: 2026-11-22T09:01:00+03:00, who: olga, minutes: 5, billable: true}]"
	entry "act: spend, set: {spent: $S}"; sed -i "/^log:/ispent: $S" $T'
attack 'a ticket removed' 'ticket.yaml: \[log\] ' 'git rm -rq $D'
attack 'a number of the gate' 'TK-9/ticket.yaml: \[id\] ' '
	mkdir tickets/00/00/TK-9; sed "s/TK-1.kyiv/TK-9/; s/, msg: [^,]*//; 9,\$d" $T >tickets/00/00/TK-9/ticket.yaml
	sed -n "/^log:/,/act: open/p" $T | sed "s/msg: [^,]*, //" >>tickets/00/00/TK-9/ticket.yaml'
attack 'a message changed' "$N1: \\[message\\]" 'echo "  more" >>$D/$N1'
attack 'a message removed' "$N1: \\[message\\]" 'rm $D/$N1'
attack 'a message without an act' '\.yaml: \[message\] no log entry' message
attack 'an act without its message' '\.yaml: \[message\] the log names it' 'message; rm $D/$M.yaml; entry "act: note, msg: $M"'
attack 'a message of another kind' '\.yaml: \[message\] .*"request"' \
	'message; sed -i "s/kind: note/kind: request/" $D/$M.yaml; entry "act: set, msg: $M"'
attack 'a message with other words' '\.yaml: \[message\] the name' 'message; sed -i s/hand/foot/ $D/$M.yaml; entry "act: note, msg: $M"'
attack 'words put into a mouth' '\.yaml: \[author\]' 'message; sed -i "s/by: danila/by: olga/" $D/$M.yaml; entry "act: note, msg: $M"'

# A second reply, made of the first: its letter, its message, its entry.
again() { # SED FOR THE LETTER, SED FOR THE MESSAGE
	sed "$1" "${R1%.yaml}.eml" >new.eml
	sum=$(sha256sum <new.eml | cut -c1-64)
	M=20261122T060100Z-$(echo "$sum" | cut -c1-8)
	mv new.eml "$D/$M.eml"
	sed "s/^at: .*/at: 2026-11-22T09:01:00+03:00/; s/^sha256: .*/sha256: $sum/; $2" "$R1" >"$D/$M.yaml"
	entry "act: reply, msg: $M"
}
attack 'a letter with another hash' '\.yaml: \[message\] sha256' 'again "" "s/^sha256: .*/sha256: 0123/"'
attack 'a letter to somebody else' '\.yaml: \[message\] the recipients' 'again "" "s/ivan@/boss@/"'
attack 'a hidden copy' '\.yaml: \[message\] the recipients' 'again "1iBcc: boss@romashka.example" ""'
attack 'a letter in a foreign name' '\.yaml: \[message\] .*address of the desk' \
	'again "s/^From: .*/From: ceo@bank.example/" "s/^from: .*/from: ceo@bank.example/"'
attack 'a Message-ID of somebody else' '\.yaml: \[message\] the Message-ID' \
	'again "s/^Message-ID: .*/Message-ID: <a@b.example>/I" "s/^message_id: .*/message_id: a@b.example/"'
attack 'a role given to oneself' 'staff/olga.yaml: \[regulation/roles.yaml:[0-9]+\]' \
	'as olga; sed -i s/engineer/director/ staff/olga.yaml'
attack 'the regulation changed by an engineer' 'roles.yaml: \[regulation/roles.yaml:[0-9]+\]' \
	'as olga; echo "# x" >>regulation/roles.yaml'
attack 'the settings changed by an engineer' 'desk.yaml: \[regulation/roles.yaml:[0-9]+\]' 'as olga; echo "x: y" >>desk.yaml'
attack 'a regulation of the same version' 'regulation.yaml: \[version\]' 'as danila; echo "x: y" >>regulation/sla.yaml'
attack 'a regulation that contradicts itself' '\[regulation\] regulation/' \
	'sed -i "s/^version: 1/version: 2/" regulation/regulation.yaml; sed -i "s/^default: .*/default: nowhere/" regulation/queues.yaml'
attack 'an acknowledgement for another one' 'acks/olga.yaml: \[acks\]' \
	'mkdir acks; echo "acks: [{version: 1, at: 2026-11-22T09:00:00+03:00}]" >acks/olga.yaml'
attack 'a colleague removed' 'staff/olga.yaml: \[people\]' 'rm staff/olga.yaml'
attack 'a commit that says something else' '\[trailer\] .*Act: take' \
	'entry "act: set, set: {priority: p1}"; head priority p1; git commit -qam "x

Act: take"'

ok 'the regulation of an earlier commit judges the later one' '
	cd evil
	git checkout -qf -B main origin/main
	as danila
	sed -i "s/^version: 1/version: 2/" regulation/regulation.yaml
	sed -i "/^- id: engineer/,/acts:/s/acts: \[/acts: [client, /" regulation/roles.yaml
	git commit -qam "engineers keep the clients"
	as olga
	mkdir -p clients
	printf "name: Romashka\ndomains: [romashka.example]\nactive: true\n" >clients/romashka.yaml
	git add clients
	git commit -qm "a client"
	git push -q origin HEAD:main'

ok 'pre-commit refuses a log edited by hand' '
	cd clone
	git pull -q --rebase
	cp "$ROOT/hooks/pre-commit" "$ROOT/hooks/commit-msg" .git/hooks
	sed -i "s/act: note/act: reply/" $T
	TK_DESK=$SCRATCH/work/other exits 1 git commit -qam x 2>err
	cat err
	grep "ticket.yaml: \[log\] entry 2" err
	git checkout -q $T'

ok 'a lawful act by hand is committed with its trailers and pushed' '
	cd clone
	entry "act: set, set: {priority: p1}"
	head priority p1
	printf "x\n\nAct: take\n" >text
	exits 1 git commit -qa -F text 2>err
	grep "\[trailer\]" err
	git commit -qam "urgent"
	git log -1 --format="%(trailers:key=Act,valueonly)" | grep -x set
	git log -1 --format="%(trailers:key=Actor,valueonly)" | grep -x danila
	git commit -q --amend -m "$(git log -1 --format=%B | sed "1s/.*/very urgent/")"
	git push -q'

ok 'who has read the regulation says so in a clone' '
	cd clone
	tk regulation ack
	git push -q
	git -C ../gate show main:acks/danila.yaml | grep "version: 2"'

ok 'a commit of no ticket needs no trailers' '
	cd clone
	mkdir -p kb/сеть
	echo text >kb/сеть/mtr.md
	git add kb
	git commit -qm "kb: mtr"
	git push -q
	exits 0 tk check HEAD~1
	exits 64 tk check -C ../gate 2>../err; grep upstream ../err
	exits 64 tk check --push --staged </dev/null'
finish
