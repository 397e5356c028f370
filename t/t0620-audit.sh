#!/bin/sh
# tk-audit: a day's work is clean; what the owner of the gate rewrites is not.
. "$(dirname "$0")/lib.sh"

desk gate
tk staff add olga --name Olga --mail olga@firma.example --role engineer >"$SCRATCH/log" 2>&1
letter one.eml 'Иван <ivan@romashka.example>' 'Не работает сервер'
letter two.eml 'Данила <danila@firma.example>' 'И у меня'

ok 'a desk that was just begun is clean' '
	tk audit >out 2>err
	same /dev/null out
	grep "^commits: 2; violations: 0, " err'

ok 'a day of work is clean: letters, answers, notes, a clone, a regulation' '
	tk deliver - <one.eml
	tk deliver - <two.eml
	tick
	tk take 1
	tk reply 1 -m "Смотрим.

> Не работает

Заработает."
	tk send
	letter three.eml "Иван <ivan@romashka.example>" "Re: сервер" "Спасибо!" \
	    "In-Reply-To: <$(sed -n "s/^Message-ID: <\(.*\)>/\1/Ip" sent/3.eml)>"
	tick
	tk deliver - <three.eml
	tk regulation ack
	(
		unset TK_DESK
		git clone -q gate clone
		cd clone
		git config tk.actor danila
		git config tk.site kyiv
		tk new -q -s Phone -w "+7 495 123" -m "rang"
		sed -i "s/^version: 1/version: 2/" regulation/regulation.yaml
		git commit -qam "version 2"
		git push -q
	)
	tick 120
	tk close 2 -m Сделано. --resolution Сделано || tk note 2 -m Позже.
	tk audit -q >out
	cat out
	exits 1 grep -v "^unsigned " out
	tk fsck -q'

ok 'acknowledgements without a signature are told, and are no violation' '
	tk audit -q >out
	grep "^unsigned .* danila@firma.example: acks/danila.yaml: \[unsigned\]" out
	[ "$(wc -l <out)" = 1 ]'

ok 'git log alone tells the same story' '
	git -C gate log --reverse --format="%(trailers:key=Act,valueonly,separator=)" -- tickets/00/00/TK-1 >acts
	printf "%s\n" open ack sent take reply sent answer | same - acts
	git -C gate show HEAD:tickets/00/00/TK-1/ticket.yaml | sed -n "s/.* act: \([a-z]*\).*/\1/p" | same acts -'

ok 'a part of history' '
	tk audit HEAD~1 2>err
	grep "^commits: 1; " err
	tk audit HEAD~3..HEAD~1 2>err
	grep "^commits: 2; " err
	exits 1 tk audit nowhere..HEAD
	exits 64 tk audit --head HEAD'

ok 'the line that leaves the house' '
	tk audit --head >>lines
	[ "$(cut -d" " -f2,3 lines)" = "$(git -C gate rev-parse HEAD) $(git -C gate rev-list --count HEAD)" ]
	tk note 1 -m Ещё.
	tk audit --head >>lines
	tk audit --check lines 2>err
	grep "^lines: 2, do not fit: 0" err
	tk audit --check - <lines
	echo "lines" >bad
	exits 65 tk audit --check bad 2>err
	grep "^tk-audit: bad:1: not a line" err
	exits 65 tk audit --check - </dev/null'

# owner NAME WORDS COMMANDS: in a copy with a work tree, without any hook.
owner() {
	words=$2 edit=$3
	ok "found: $1" '
		rm -rf copy
		git clone -q gate copy
		git -C copy config tk.gate true
		cd copy
		eval "$edit"
		exits 1 tk audit -C . -q >../out
		cat ../out
		grep -qE "$words" ../out'
}
edited() { # git commit as tk would sign it
	git add -A
	GIT_COMMITTER_NAME=support@firma.example GIT_COMMITTER_EMAIL=support@firma.example \
	    git commit -qm "${1:-edited}"
}
D=tickets/00/00/TK-1
one() { grep -l "$1" $D/*Z-*.yaml | sed -n 1p; }

owner 'a message changed by a commit' '^violation .*\[message\] a message is never changed' \
	'sed -i s/принтер/сервер/ "$(one "kind: request")"; edited'
owner 'a log entry backdated' '^violation .*ticket.yaml: \[log\] entry 4 ' \
	'sed -i "/act: take/s/at: 2026-11-22/at: 2026-11-20/" $D/ticket.yaml; edited'
owner 'a head that was bent, told once' '^violation .*ticket.yaml:[0-9]+: \[fold\]|\[log\]' \
	'sed -i "s/^priority: .*/priority: p1/" $D/ticket.yaml; edited; tk note -C . 1 -m x'
owner 'a letter of a client made up' '\[message\] who is not on the staff speaks by letters' '
	M=20261122T061000Z-$(printf "x\n" | sha256sum | cut -c1-8)
	printf "kind: request\nby: ivan@romashka.example\nat: 2026-11-22T09:10:00+03:00\ntext: |\n  x\n" >$D/$M.yaml
	echo "- {at: 2026-11-22T09:10:00+03:00, by: ivan@romashka.example, act: answer, msg: $M}" >>$D/ticket.yaml
	GIT_AUTHOR_DATE=2026-11-22T06:10:00Z GIT_COMMITTER_DATE=2026-11-22T06:10:00Z \
	GIT_AUTHOR_NAME=Ivan GIT_AUTHOR_EMAIL=ivan@romashka.example edited'
owner 'an act that is not of the role' '\[regulation/roles.yaml:[0-9]+\] "close"' '
	echo "- {at: $(date -d "$TK_NOW" +%FT%T+00:00), by: olga, act: close, set: {resolution: x}}" >>$D/ticket.yaml
	GIT_AUTHOR_EMAIL=olga@firma.example edited'
owner 'a merge' '\[merge\]' \
	'git checkout -q -b side HEAD~1; mkdir kb; echo >kb/a; git add kb; git commit -qm a
	git checkout -q main; git merge -q --no-edit side'

# rewrite FILTER: the whole history made anew, every date and name kept, as
# somebody does who knows git well.
rewrite() {
	FILTER_BRANCH_SQUELCH_WARNING=1 git filter-branch -f --tree-filter "$1" -- main
	git update-ref -d refs/original/refs/heads/main
}
owner 'a note rewritten from the beginning' '\[message\] the name is not the time and the hash' \
	'rewrite "sed -i s/Ещё/Никогда/ $D/*Z-*.yaml 2>/dev/null || :"'
owner 'what a letter says rewritten from the beginning' '\[rewritten\] what it says is not what the letter' \
	'rewrite "sed -i s/принтер/телефон/ $D/*Z-*.yaml 2>/dev/null || :"'
owner 'a time rewritten from the beginning' '\[time\] the entry says' \
	'rewrite "sed -i \"/act: take/s/at: 2026-11-22T09:01/at: 2026-11-22T08:01/\" $D/ticket.yaml 2>/dev/null || :"'
owner 'old commits made anew by git rebase' '\[rewritten\] only the gate records' '
	GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@firma.example git rebase -q --force-rebase --root'

ok 'what fits is still history made anew: the line that was mailed tells' '
	cd copy
	git checkout -q -B main origin/main
	git commit -q --amend -m "$(git log -1 --format=%B | sed 1s/note/notes/)"
	tk audit -C . -q >../out
	exits 1 tk audit -C . --check ../lines >../out 2>../err
	cat ../out
	grep "^violation .*../lines:2: \[head\] .* was rewritten" ../out
	[ "$(wc -l <../out)" = 1 ]
	git reset -q --hard HEAD~3
	exits 1 tk audit -C . --check ../lines --json >../out
	python3 -c "import json, sys
for line in open(sys.argv[1]):
    row = json.loads(line)
    assert row[\"kind\"] == \"violation\" and row[\"rule\"] == \"head\", row" ../out
	[ "$(wc -l <../out)" = 2 ]'

ok 'acts of people who have not acknowledged, and emergencies' '
	tick 5184000
	TK_ACTOR=olga exits 77 tk note 1 -m late
	TK_ACTOR=olga tk note 1 -m "the server burns" --emergency "nobody else is here"
	tk audit -q >out
	grep "^emergency .* olga@firma.example: $D/ticket.yaml: \[emergency\] note: nobody else is here" out
	rm -rf copy
	git clone -q gate copy
	cd copy
	at=$(date -d "$TK_NOW" +%FT%T+00:00)
	sed -i "s/, emergency: [^,}]*//" $D/ticket.yaml
	git add -A
	git -c user.email=olga@firma.example commit -q --amend --reset-author -m "by hand"
	exits 1 tk audit -C . --json >../out
	python3 -c "import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
row = [r for r in rows if r[\"kind\"] == \"unread\"][0]
assert row[\"mail\"] == \"olga@firma.example\" and row[\"ticket\"] == \"TK-1\", row
assert row[\"file\"].endswith(\"ticket.yaml\") and len(row[\"commit\"]) == 40, row" ../out'
finish
