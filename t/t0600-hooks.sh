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

entry() { echo "- {at: 2026-11-22T09:01:00+03:00, by: danila, $1}" >>$T; }
head() { sed -i "s|^$1: .*|$1: $2|" $T; }
as() { git config user.email "$1@firma.example"; git config user.name "$1"; }

ok 'the regulation of an earlier commit judges the later one' '
	git clone -q gate staff
	cd staff
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
	entry "act: set, set: {subject: Printers}"
	head subject Printers
	printf "x\n\nAct: take\n" >text
	exits 1 git commit -qa -F text 2>err
	grep "\[trailer\]" err
	git commit -qam "urgent"
	git log -1 --format="%(trailers:key=Act,valueonly)" | grep -x set
	git log -1 --format="%(trailers:key=Actor,valueonly)" | grep -x danila
	git commit -q --amend -m "$(git log -1 --format=%B | sed "1s/.*/very urgent/")"
	git push -q'

ok 'tk writes keys that it does not know in its own order, and may' '
	cd clone
	entry "act: set, weather: fine, set: {subject: A printer}"
	head subject "A printer"
	git commit -qam "by hand"
	tk note 1.kyiv -m "by tk"
	git push -q'

ok 'who grades a ticket by hand is told its terms' '
	cd clone
	entry "act: set, set: {priority: p1}"
	head priority p1
	exits 1 git commit -qam "urgent" 2>err
	terms=$(sed -n "s/.*\[terms\] .* it is: \({.*}\); tk.*/\1/p" err)
	git checkout -q $T
	entry "act: set, set: {priority: p1, terms: $terms}"
	head priority p1
	head terms "$terms"
	git commit -qam "urgent"
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
