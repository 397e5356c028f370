#!/bin/sh
# The page tk-audit(1) says that git alone tells the same story: its own
# examples, run as they stand there.
. "$(dirname "$0")/lib.sh"

desk gate
letter one.eml 'Иван <ivan@romashka.example>' 'Не работает сервер'
{
	tk deliver - <one.eml
	tk take 1
	tk reply 1 -m 'Смотрим.'
	tk note 1 -m 'Диск.'
	tk regulation ack
	tk audit --head >lines.txt
	tk note 1 -m 'the server burns' --emergency 'nobody else is here'
} >"$SCRATCH/log" 2>&1
D=tickets/00/00/TK-1

# The commands of the section, one a line, with what is here for what is
# there.
sed -n '/^\.Ss The same story/,/^\.Ed/p' "$ROOT/man/tk-audit.1" |
	sed -n '/^\.Bd/,/^\.Ed/{/^\./d; /^#/d; /^$/d; s/\\e$/\\/; p}' >page
eml=$(git -C gate grep -l '^kind: request' HEAD -- $D)
eml=$(basename "$eml" .yaml).eml
sed "s,tickets/00/10/TK-1042,$D,; s,NAME.eml,$eml,; s,COMMIT,$(cut -d' ' -f2 lines.txt),g" page >commands
sed -e :a -e '/\\$/N; s/\\\n *//; ta' commands >story

ok 'the page has commands' '[ "$(wc -l <story)" -ge 9 ]; cat story'
n=0
while read -r line; do
	n=$((n + 1))
	export line n
	ok "said by git: $(echo "$line" | cut -c1-50)" '
		cd gate
		sh -c "$line" >../said.$n 2>../err
		cat ../err
		[ ! -s ../err ] && [ -s ../said.$n ]'
done <story

ok 'each act: when, who, which ticket, what' '
	sed "s/.*+[0-9]* //" said.1 | tac >got
	same - got <<-TEXT
		Данила Петров: init
		Иван: TK-1 open
		tk: TK-1 ack
		tk: TK-1 sent
		Данила Петров: TK-1 take
		Данила Петров: TK-1 reply
		tk: TK-1 sent
		Данила Петров: TK-1 note
		Данила Петров: acknowledge
		Данила Петров: TK-1 note
	TEXT
	tac said.2 | grep . | tr "\n" " " | grep -x "init open ack sent take reply sent note acknowledge note "'

ok 'the letter is the one that came, the line that was mailed is there' '
	n=$(grep -n sha256sum story | cut -d: -f1)
	[ "$(cut -d" " -f1 said.$n)" = "$(sha256sum <one.eml | cut -d" " -f1)" ]
	n=$(grep -n is-ancestor story | cut -d: -f1)
	grep -x yes said.$n
	grep -x "$(cut -d" " -f3 lines.txt)" said.$((n + 1))
	tk audit --check lines.txt 2>err
	grep -x "lines: 1, do not fit: 0" err'

ok 'the examples: a summary, a program, and a bar on a terminal' '
	tk audit 2>err
	grep -E "^commits: [0-9]+; violations: 0, acts without acknowledgement: 0, emergencies: 1, unsigned acknowledgements: 1" err
	tk audit --json 2>err | python3 -c "
import json, sys
rows = [json.loads(line) for line in sys.stdin]
found = [r for r in rows if r[\"kind\"] == \"emergency\"]
assert len(found) == 1 and found[0][\"text\"] == \"note: nobody else is here\", rows"
	! command -v jq >/dev/null || tk audit --json 2>err | jq -e "select(.kind == \"emergency\")" | grep burns\\\|nobody
	! command -v script >/dev/null || {
		script -qec "tk audit" typescript >typed
		grep -a "100%\|11/11\|10/10" typed || { od -c typed | tail -n 20; false; }
	}'
finish
