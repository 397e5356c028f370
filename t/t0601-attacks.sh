#!/bin/sh
# What must not get past the gate, each one pushed by stock git and for real.
# The hooks of the clone are not there, and git's own checks at the gate are
# switched off: only tk's law is left.
. "$(dirname "$0")/lib.sh"

desk gate
tk staff add olga --name Olga --mail olga@firma.example --role engineer >"$SCRATCH/log" 2>&1
git -C gate config tk.actor danila
unset TK_DESK
D=tickets/00/00/TK-1.kyiv
T=$D/ticket.yaml

ok 'lawful acts before the attacks' '
	git clone -q gate clone
	cd clone
	git config tk.actor danila
	git config tk.site kyiv
	tk new -s Printer -w "Ivan <ivan@romashka.example>" -m "broken"
	tk note 1.kyiv -m "look inside"
	tk reply 1.kyiv -m "We are on it."
	git push -q'

git clone -q gate evil 2>"$SCRATCH/log"
N1=$(cd evil && ls "$D" | sed -n 1p) # the first message of the ticket
R1=$(cd evil && grep -l '^kind: reply' "$D"/*Z-*.yaml | sed -n 1p)

ATTACKS=0
# attack NAME WORDS EDIT [PUSH]: EDIT changes files, PUSH pushes the commit;
# it must fail with the words WORDS and leave the gate as it was.
attack() {
	words=$2 edit=$3 push=${4:-git push -q origin HEAD:main}
	ATTACKS=$((ATTACKS + 1))
	ok "refused: $1" '
		cd evil
		git checkout -qf -B main origin/main
		git clean -qfdx
		as danila
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
as() { git config user.email "$1@firma.example"; git config user.name "$1"; }
message() { # of a note by danila; sets M
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
attack 'a merge that brings a change of its own' 'commit [0-9a-f]{10}: \[merge\]' '
	git checkout -q -b b HEAD~1; mkdir -p kb; echo b >kb/b.md; git add kb
	git commit -qm b; git checkout -q main; git merge -q --no-commit b; head priority p1
	git commit -qam merged; git branch -qD b'
attack 'a merge' 'commit [0-9a-f]{10}: \[merge\]' '
	git checkout -q -b a HEAD~1; mkdir -p kb; echo a >kb/a.md; git add kb
	git commit -qm a; git checkout -q main; git merge -q --no-edit a; git branch -qD a'
attack 'the last commit made anew' '\[history\]' \
	'git commit -q --amend --no-edit -m "TK-1.kyiv: nothing"' 'git push -qf origin HEAD:main'
later() { # SECONDS: a lawful act, at another time
	entry "act: set, set: {priority: p1}"
	head priority p1
	git add -A
}
attack 'a committer time in the future' '\[time\] the commit is from the future' \
	'later; GIT_COMMITTER_DATE=2026-11-22T07:00:00Z git commit -qm x'
attack 'an author time in the future' '\[time\] the commit is from the future' \
	'later; GIT_AUTHOR_DATE=2030-01-01T00:00:00Z git commit -qm x'
attack 'a commit older than the one before it' '\[time\] the commit was made .* before' \
	'later; GIT_COMMITTER_DATE=2026-11-01T00:00:00Z git commit -qm x'
attack 'a file outside the layout' 'README.md: \[layout\]' 'echo x >README.md'
attack 'a foreign file in a ticket' 'TK-1.kyiv/x.txt: \[layout\]' 'echo x >$D/x.txt'
attack 'a ticket in another folder' 'TK-2.kyiv/ticket.yaml: \[layout\]' \
	'mkdir -p tickets/00/01/TK-2.kyiv; cp $T tickets/00/01/TK-2.kyiv'
attack 'an executable' 'desk.yaml: \[mode\]' 'chmod +x desk.yaml'
attack 'a symbolic link for a ticket' 'ticket.yaml: \[mode\]' 'ln -sf /etc/passwd $T'
attack 'a symbolic link' 'kb/x.md: \[mode\]' 'mkdir kb; ln -s /etc/passwd kb/x.md'
attack 'a submodule' 'kb/x: \[mode\]' 'raw_tree 160000 commit $(git rev-parse HEAD) x' "$raw"
attack 'a control character in a name' 'kb/a.*b.md: \[layout\]' \
	'raw_tree 100644 blob $(git rev-parse HEAD:desk.yaml) "$(printf "a\033b.md")"' "$raw"
attack '.GIT' 'kb/.GIT: \[layout\]' 'raw_tree 100644 blob $(git rev-parse HEAD:desk.yaml) .GIT' "$raw"
attack '..' 'kb/: \[tree\]' 'raw_tree 040000 tree $(git rev-parse HEAD:staff) ..' "$raw"
blob='100644 blob $(git rev-parse HEAD:desk.yaml)'
attack '.git' 'kb/.git: \[layout\]' "raw_tree $blob .git" "$raw"
attack '.git with a character nobody sees' 'kb/.g.*it: \[layout\]' \
	"raw_tree $blob \"\$(printf '.g\\342\\200\\214it')\"" "$raw"
attack 'git~1' 'kb/git~1: \[layout\]' "raw_tree $blob git~1" "$raw"
attack 'a backslash' 'kb/a.*b: \[layout\]' "raw_tree $blob 'a\\b'" "$raw"
attack 'a slash in a name' '\[tree\]' "raw_tree $blob xxx; git cat-file tree \$(git rev-parse \$R:kb) | sed s,xxx,a/b, >../t
	R=\$(git commit-tree -p HEAD -m x \$({ git ls-tree HEAD; printf '040000 tree %s\\tkb\\n' \
	\$(git hash-object -t tree -w --literally ../t); } | git mktree))" "$raw"
attack 'a name twice' 'kb/: \[tree\]' "raw_tree $blob xxx; git cat-file tree \$(git rev-parse \$R:kb) >../t; cat ../t ../t >../t2
	R=\$(git commit-tree -p HEAD -m x \$({ git ls-tree HEAD; printf '040000 tree %s\\tkb\\n' \
	\$(git hash-object -t tree -w --literally ../t2); } | git mktree))" "$raw"
attack 'capital letters' 'staff/Olga.yaml: \[layout\]' 'cp staff/olga.yaml staff/Olga.yaml'
attack 'a folder of capital letters' 'Staff/olga.yaml: \[layout\]' 'mkdir Staff; cp staff/olga.yaml Staff'
attack 'folders too deep' '\[(tree|layout)\]' 'd=kb/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/g/h; mkdir -p $d; echo >$d/x'
attack 'a blob of 200 MB' 'kb/big.bin: \[size\] 209715200 bytes' 'mkdir kb; truncate -s 200M kb/big.bin'
attack '3000 files' '\[size\] 3000 files' 'mkdir kb; for i in $(seq 3000); do echo >kb/$i; done'
yaml() { # NAME RULE TEXT
	TEXT=$3
	attack "YAML: $1" "clients/x.yaml:?[0-9]*: \\[$2\\]" 'mkdir clients; eval "$TEXT" >clients/x.yaml'
}
yaml 'an anchor' yaml 'echo "name: &a x"'
yaml 'aliases of aliases' yaml 'printf "a: &a [x, x]\nb: &b [*a, *a]\nname: [*b, *b]\n"'
yaml 'a tag' yaml 'echo "name: !!python/object:os.system x"'
yaml 'depth' yaml 'printf "name: "; printf "[%.0s" $(seq 5000); printf "]%.0s" $(seq 5000)'
yaml 'size' size 'echo "name: |"; yes "  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" | sed 150000q'
yaml 'keys' yaml 'for i in $(seq 5000); do echo "k$i: x"; done'
yaml 'a key twice' yaml 'printf "name: x\nname: y\n"'
yaml 'two documents' yaml 'printf "name: x\n---\nname: y\n"'
attack 'a log entry changed' 'ticket.yaml: \[log\] entry 1 ' 'sed -i "s/act: open/act: open, rule: x/" $T'
attack 'a log entry removed' 'ticket.yaml: \[log\] entry 2 ' 'sed -i "/act: note/d" $T'
attack 'log entries in another order' 'ticket.yaml: \[log\] entry 2 ' 'sed -i "/act: note/{h;d}; /act: reply/G" $T'
attack 'a log entry backdated' 'ticket.yaml: \[log\] entry 2 ' 'sed -i "/act: note/s/at: 2026-11-22/at: 2026-11-21/" $T'
attack 'a head without an act' 'ticket.yaml: \[log\] .* 0 ' 'head priority p1'
attack 'two acts in one commit' 'ticket.yaml: \[log\] .* 2 ' \
	'entry "act: set, set: {priority: p1}"; entry "act: set, set: {priority: p4}"; head priority p4'
attack 'a head that is not the fold' 'ticket.yaml:[0-9]+: \[fold\]' 'entry "act: set, set: {priority: p1}"; head priority p4'
attack 'an act under another name' 'ticket.yaml: \[author\] .*by: olga' \
	'entry "by: olga, act: set, set: {priority: p1}"; head priority p1'
attack 'an author nobody knows' '\[author\] nobody on the staff is mallory@' 'as mallory; mkdir kb; echo >kb/a'
attack 'work of another one' '\[author\] .*it is olga who pushes' 'mkdir kb; echo >kb/a' \
	'TK_ACTOR=olga git push -q origin HEAD:main'
attack 'an act of tomorrow' 'ticket.yaml: \[time\] .*future' \
	'entry "act: set, set: {priority: p1}" 2026-11-23T09:00:00+03:00; head priority p1'
attack 'an act of last year' 'ticket.yaml: \[time\] .*older' \
	'entry "act: set, set: {priority: p1}" 2025-11-22T09:00:00+03:00; head priority p1'
attack 'what the role may not do' 'ticket.yaml: \[regulation/roles.yaml:[0-9]+\] "close"' \
	'as olga; entry "by: olga, act: close, set: {state: closed, resolution: x}"; head state closed
	sed -i "/^log:/iresolution: x" $T'
attack 'a state without a step' 'ticket.yaml: \[regulation/processes/incident.yaml:[0-9]+\]' \
	'entry "act: status, set: {state: rejected, resolution: x}"; head state new'
attack 'a state jumped over' 'ticket.yaml: \[regulation/processes/incident.yaml:[0-9]+\]' \
	'entry "act: take, set: {state: closed, assignee: danila}"; head state closed; sed -i "/^log:/iassignee: danila" $T'
attack 'handed over without a note' 'ticket.yaml: \[regulation/queues.yaml:[0-9]+\].*handing over' \
	'entry "act: move, set: {queue: network, line: 2}"; head queue network; head line 2'
attack 'an act that is the gate'"'"'s' 'ticket.yaml: \[act\] "sent"' 'entry "act: sent"'
attack 'a field that is not the act'"'"'s' 'ticket.yaml: \[fields\] .*"rating"' \
	'entry "act: set, set: {rating: 5}"; sed -i "/^log:/irating: 5" $T'
F='{response: 2027-12-01T09:00:00+03:00}'
attack 'a term put off' 'ticket.yaml: \[terms\] "due"' \
	'entry "act: set, set: {subject: x, due: $F}"; head subject x; head due "$F"'
attack 'terms of somebody'"'"'s own making' 'ticket.yaml: \[terms\] "terms"' \
	'entry "act: set, set: {subject: x, terms: {class: basic}}"; head subject x; head terms "{class: basic}"'
attack 'graded without the terms that follow' 'ticket.yaml: \[terms\] "terms" .*response: 1h' \
	'entry "act: set, set: {priority: p1}"; head priority p1'
attack 'a promise without its act' 'ticket.yaml: \[fields\] .*"promised"' \
	'entry "act: set, set: {promised: 2026-12-01T09:00:00+03:00}"; sed -i "/^log:/ipromised: 2026-12-01T09:00:00+03:00" $T'
attack 'time of somebody else' 'ticket.yaml: \[fields\] "spent"' '
	S="[{at: 2026-11-22T09:01:00+03:00, who: olga, minutes: 5, billable: true}]"
	entry "act: spend, set: {spent: $S}"; sed -i "/^log:/ispent: $S" $T'
attack 'a ticket removed' 'ticket.yaml: \[log\] ' 'git rm -rq $D'
attack 'a number of the gate' 'TK-9/ticket.yaml: \[id\] ' '
	mkdir tickets/00/00/TK-9; sed "s/TK-1.kyiv/TK-9/; s/, msg: [^,]*//; 9,\$d" $T >tickets/00/00/TK-9/ticket.yaml
	sed -n "/^log:/,/act: open/p" $T | sed "s/msg: [^,]*, //" >>tickets/00/00/TK-9/ticket.yaml'
attack 'a message changed' "$N1: \\[message\\]" 'echo "  more" >>$D/$N1'
attack 'a raw letter changed' '\.eml: \[message\] a message is never changed' 'echo more >>"${R1%.yaml}.eml"'
attack 'a raw letter removed' '\.eml: \[message\] a message is never removed' 'rm "${R1%.yaml}.eml"'
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
attack 'a letter with another subject' '\.yaml: \[message\] the subject' 'again "s/^Subject: .*/Subject: Pay now/" ""'
attack 'a letter with other words' '\.yaml: \[message\] the text' 'again "" "s/We are on it/Go away/"'
attack 'other words for those who read HTML' '\.yaml: \[message\] the text' 'again "s,^Content-Type: text/plain,Content-Type: text/html," ""'
attack 'answers led to somebody else' '\.yaml: \[message\] .*address of the desk' 'again "1iReply-To: x@bank.example" ""'
attack 'a letter in a foreign name' '\.yaml: \[message\] .*address of the desk' \
	'again "s/^From: .*/From: ceo@bank.example/" "s/^from: .*/from: ceo@bank.example/"'
attack 'a Message-ID of somebody else' '\.yaml: \[message\] the Message-ID' \
	'again "s/^Message-ID: .*/Message-ID: <a@b.example>/I" "s/^message_id: .*/message_id: a@b.example/"'
attack 'a role given to oneself' 'staff/olga.yaml: \[regulation/roles.yaml:[0-9]+\]' \
	'as olga; sed -i s/engineer/director/ staff/olga.yaml'
attack 'the regulation changed by an engineer' 'roles.yaml: \[regulation/roles.yaml:[0-9]+\]' \
	'as olga; echo "# x" >>regulation/roles.yaml'
attack 'the settings changed by an engineer' 'desk.yaml: \[regulation/roles.yaml:[0-9]+\]' 'as olga; echo "x: y" >>desk.yaml'
attack 'a regulation of the same version' 'regulation.yaml: \[version\]' 'echo "x: y" >>regulation/sla.yaml'
attack 'a regulation that contradicts itself' '\[regulation\] regulation/' \
	'sed -i "s/^version: 1/version: 2/" regulation/regulation.yaml; sed -i "s/^default: .*/default: nowhere/" regulation/queues.yaml'
attack 'an acknowledgement for another one' 'acks/olga.yaml: \[acks\]' \
	'mkdir acks; echo "acks: [{version: 1, at: 2026-11-22T09:00:00+03:00}]" >acks/olga.yaml'
attack 'a colleague removed' 'staff/olga.yaml: \[people\]' 'rm staff/olga.yaml'
# What git log would show, and it is not so.
act='entry "act: set, set: {tags: [x]}"; sed -i "/^log:/itags: [x]" $T'
said() { # SUBJECT [LINE...]: the commit of a lawful act, in these words
	subject=$1
	shift
	{ printf '%s\n\n' "$subject"; printf '%s\n' "$@"; } >../text
	git commit -qa --cleanup=verbatim -F ../text
}
good='"Ticket: TK-1.kyiv" "Act: set" "Actor: danila"'
attack 'no trailers: git log finds no act' '\[trailer\] .*does not say "Ticket: TK-1.kyiv"' "$act; said x 'All is well.'"
attack 'an act that is said in small letters' '\[trailer\] .*Act: close' "$act; said x $good 'act: close'"
attack 'an act with a blank before the colon' '\[trailer\] .*Act: close' "$act; said x $good 'Act : close'"
attack 'an act without a blank behind the colon' '\[trailer\] .*Act: close' "$act; said x $good 'Act:close'"
attack 'a trailer of two lines' '\[trailer\] a trailer of two lines' "$act; said x $good '  and closed'"
attack 'another state' '\[trailer\] .*State: new -> closed' "$act; said x $good 'State: new -> closed'"
attack 'a message of another act' '\[trailer\] .*Message: ' "$act; said x $good 'Message: 20261122T060100Z-01234567'"
attack 'a regulation that is still to come' '\[trailer\] .*Regulation: 7' "$act; said x $good 'Regulation: 7'"
attack 'an act of another one' '\[trailer\] .*Actor: olga' "$act; said x 'Ticket: TK-1.kyiv' 'Act: set' 'Actor: olga'"
attack 'a subject of another act' '\[trailer\] the subject' "$act; said 'TK-1.kyiv: close, closed' $good"
attack 'a subject of another ticket' '\[trailer\] the subject' "$act; said 'TK-7: set' $good"
attack 'a ticket that is not touched' '\[trailer\] .*Act: close' 'mkdir kb; echo >kb/a; git add kb; said x "Act: close"'
attack 'a subject of a ticket that is not touched' '\[trailer\] the subject' \
	'mkdir kb; echo >kb/a; git add kb; said "TK-1.kyiv: close"'
attack 'a text that git log turns into another one' '\[text\] .*UTF-7' "$act; git add -A
	printf '+AEEAYwB0-: close\\n' >../text
	printf 'x\\n\\nTicket: TK-1.kyiv\\nAct: set\\nActor: danila\\n' >>../text
	git -c i18n.commitEncoding=UTF-7 commit -q -F ../text"
attack 'words written from right to left' '\[text\] control characters' "$act; said \"\$(printf 'x\\342\\200\\256esolc')\" $good"
attack 'the name of a colleague beside the own address' '\[author\] .*under the name "Olga"' \
	"$act; git -c user.name=Olga commit -qam x"
attack 'the name of tk itself' '\[author\] .*under the name "tk"' "$act; git -c user.name=tk commit -qam x"
attack 'another committer' '\[author\] .*the committer olga@' \
	"$act; GIT_COMMITTER_NAME=Olga GIT_COMMITTER_EMAIL=olga@firma.example git commit -qam x"
attack 'a time zone that moves the day' '\[time\] .*time zone that is nowhere' \
	"$act; git commit -qam x; git cat-file commit HEAD |
	sed 's/^\\(author .*> [0-9]*\\) .*/\\1 +9900/' | git hash-object -t commit -w --stdin --literally >../id
	git reset -q --hard \$(cat ../id)"
attack 'a commit of the desk itself that is not of its time' '\[time\] the entry says' \
	"$act; GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=support@firma.example GIT_AUTHOR_DATE=2026-11-22T05:00:00Z git commit -qam x"
attack 'a commit that is said to be of last month' '\[time\] the entry says' \
	"$act; GIT_AUTHOR_DATE=2026-10-22T05:00:00Z git commit -qam x"
attack 'names that git log would show in place of others' '.mailmap: \[layout\]' \
	'echo "Olga <olga@firma.example> Danila <danila@firma.example>" >.mailmap'
attack 'a commit in the place of another one' 'refs/replace/[0-9a-f]*: \[ref\]' : \
	'git push -q origin HEAD:refs/replace/$(git rev-parse HEAD~1)'
attack 'notes beside the history' 'refs/notes/commits: \[ref\]' : 'git push -q origin HEAD:refs/notes/commits'
attack 'attributes that hide what changed' '.gitattributes: \[regulation/roles.yaml:[0-9]+\]' \
	'as olga; echo "*.yaml -diff" >>.gitattributes'

# Names that are not there.
set_to() { entry "act: set, set: {$1: $2}"; sed -i "/^$1: /d; /^log:/i$1: $2" $T; }
for f in 'client ghost no.client' 'sla platinum no.class' 'category ufo no.category' 'priority p0 no.priority' \
	'type whim no.process' 'channel pigeon no.channel' 'requester a@b@c not.a.mail.address' \
	'watchers [ghost] called..ghost' 'cc [nobody] not.a.mail.address' 'impact huge no.impact'; do
	set -f
	set -- $f
	set +f
	attack "a $1 that is not there" "ticket.yaml: \\[.*$3" "set_to $1 '$2'"
done
attack 'a queue that is not there' 'ticket.yaml: \[.*no queue .nowhere' 'entry "act: move, set: {queue: nowhere}"; head queue nowhere'
attack 'somebody who is not there' 'ticket.yaml: \[.*called .ghost' \
	'entry "act: assign, set: {assignee: ghost}"; sed -i "/^log:/iassignee: ghost" $T'
attack 'a list for a text' 'ticket.yaml: \[fields\] "priority"' 'set_to priority "[p1, p2]"'
attack 'a map for a list' 'ticket.yaml: \[fields\] "cc"' 'set_to cc "{a: b}"'
attack 'a line of support that is none' 'ticket.yaml: \[(fields|regulation)' 'entry "act: move, set: {line: 9}"; head line 9'
attack 'a new ticket that is rated already' 'TK-9.kyiv/ticket.yaml: \[fields\] a new ticket has no "rating"' '
	mkdir tickets/00/00/TK-9.kyiv; sed "s/TK-1.kyiv/TK-9.kyiv/; s/, msg: [^,]*//; 1,/act: open/!d; s/set: {/set: {rating: 5, /" $T |
	sed "/^log:/irating: 5" >tickets/00/00/TK-9.kyiv/ticket.yaml'
attack 'an act older than its arrival allows' 'ticket.yaml: \[time\] .*older' \
	'entry "act: set, set: {priority: p1}" 2026-11-14T09:00:00+03:00; head priority p1'
card() { mkdir clients; printf "name: x\ndomains: [x.example]\n$1\nactive: true\n" >clients/x.yaml; }
attack 'a client of a class that is not there' 'clients/x.yaml: \[client\] .*no class "platinum"' 'card "contract: {sla: platinum}"'
attack 'a contact without an address' 'clients/x.yaml: \[client\] .*not a contact like' 'card "contacts:\n- {name: Ivan, mail: [nobody]}"'
attack 'a contact with the address of the desk' 'clients/x.yaml: \[client\] .*address of the desk' \
	'card "contacts:\n- {name: Ivan, mail: [support@firma.example]}"'
attack 'a client of a language without letters' 'clients/x.yaml: \[client\] .*no letters in the language' 'card "language: xx"'
attack 'a client parted with by who may not' 'clients/x.yaml: \[regulation/(roles|relations).yaml:[0-9]+\]' \
	'as olga; mkdir clients; printf "name: x\ndomains: [x.example]\nactive: false\n" >clients/x.yaml'
attack 'a commit that says something else' '\[trailer\] .*Act: take' \
	'entry "act: set, set: {subject: x}"; head subject x; git commit -qam "x

Act: take"'

ok 'trailers that are left out are put in by what is printed' '
	cd evil
	git checkout -qf -B main origin/main
	git clean -qfdx
	as danila
	eval "$act"
	git commit -qam x
	exits 1 git push -q origin HEAD:main 2>../err
	sed -n "s/.*\(git commit --amend .*'"'"'\) *$/\1/p" ../err >../remedies
	[ "$(wc -l <../remedies)" = 3 ]
	sh -eu ../remedies
	git push -q origin HEAD:main'

ok 'after all of them the gate is whole, and takes lawful work' '
	tk -C gate fsck -q
	tk -C gate audit -q
	cd clone
	git pull -q --rebase
	tk note 1.kyiv -m "still here"
	git push -q'
echo "# $ATTACKS attacks, each one refused with its reason"
finish
