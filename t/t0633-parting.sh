#!/bin/sh
# Parting with a client: who may, and only on good terms; one judge for the
# command, for several at once and for a push.
. "$(dirname "$0")/lib.sh"

desk gate
{
	tk staff add olga --name Olga --mail olga@firma.example --role agent
	for c in romashka vasilek klever; do
		tk client add $c --name $c --domain $c.example
	done
	tk client add fresh --name Fresh
} >"$SCRATCH/log" 2>&1
R=regulation/relations.yaml
LINE=$(git -C gate show "HEAD:$R" | grep -n '^refuse_client:' | cut -d: -f1)
new() { # CLIENT
	tk new -q -s Printer -w "Ivan <ivan@$1.example>" -m broken
}
file() { git -C gate show "HEAD:clients/$1.yaml"; }

ok 'all that is missing is told at once, each with its rule' '
	new romashka
	TK_ACTOR=olga exits 77 tk client retire romashka 2>err
	cat err
	grep "$R:$LINE: parting with a client (romashka) is for: director" err
	grep "$R:$LINE: parting with romashka: TK-1 is still open; tk close TK-1 -r" err
	grep "$R:$LINE: parting with romashka: a comment is needed; tk client retire romashka -m" err
	exits 1 tk client retire romashka -m "Не платит." 2>err
	[ "$(wc -l <err)" = 1 ]
	grep TK-1 err
	exits 1 tk client change romashka active=false
	file romashka | grep -x "active: true"'

ok 'what ended badly is not parted with; what ended well is' '
	tk take -q 1
	tk reply -q 1 -m "Отказываем."
	tk status -q rejected 1 -m "Отказ."
	exits 1 tk client retire romashka -m "Не платит." 2>err
	cat err
	grep "$R:$LINE: .*TK-1, ended in \"rejected\".*; tk reopen TK-1" err
	tick
	tk reopen -q 1
	tk reply -q 1 -m "Сделали."
	tk close -q 1 -r Сделано
	exits 1 tk client retire romashka 2>err
	grep "a comment is needed" err
	tk client retire romashka -m "Не платит."
	file romashka >got
	python3 -c "
import yaml
c = yaml.safe_load(open(\"got\"))
assert c[\"active\"] is False
assert c[\"retired\"][\"by\"] == \"danila\" and c[\"retired\"][\"why\"] == \"Не платит.\", c"
	git -C gate log -1 --format=%s | grep -x "client: retire romashka"'

ok 'who comes back has no reason any more' '
	tk client change -q romashka active=true
	file romashka >got
	exits 1 grep retired got
	tk client retire -q romashka -m "Опять не платит."'

ok 'a client who never asked for anything goes with a reason alone' '
	tk client retire -q fresh -m "Ошибка ввода."'

ok 'several at once: what is refused for one stops no other' '
	new vasilek
	exits 1 tk client retire vasilek klever nobody -m "Закрылись." >out 2>err
	cat out err
	grep -x "klever retire" out
	grep "vasilek: $R:$LINE: .* is still open" err
	grep "nobody: no client is called" err
	exits 1 grep klever err'

git clone -q gate clone 2>"$SCRATCH/log"
git -C clone config tk.actor danila
git -C clone config tk.site kyiv
# push WHO WORDS: what was edited, refused with these words
push() {
	GIT_COMMITTER_EMAIL=$1@firma.example git commit -qam "by hand" --author "x <$1@firma.example>"
	unset TK_DESK
	exits 1 git push -q 2>../err
	cat ../err
	grep -qE "clients/[a-z]*.yaml: \[$2" ../err
	git reset -q --hard origin/main
}
part() { # CLIENT RETIRED
	sed -i "s/^active: true/active: false/" clients/$1.yaml
	[ -z "$2" ] || echo "retired: {at: ${3:-2026-11-22T09:01:00+03:00}, $2}" >>clients/$1.yaml
}

ok 'a push is judged by the same rule' '
	cd clone
	part vasilek ""
	push danila "$R:$LINE\] parting with vasilek: TK-2 is still open; tk close TK-2"
	part vasilek ""
	push danila "$R:$LINE\] parting with vasilek: a comment is needed"
	part vasilek "by: olga, why: x"
	push olga "$R:$LINE\] parting with a client \(vasilek\) is for: director"'

ok 'a push parts in the name of who pushes, in these days, and once' '
	cd clone
	TK_DESK=../gate tk take -q 2
	TK_DESK=../gate tk reply -q 2 -m "Готово."
	TK_DESK=../gate tk close -q 2 -r Готово
	git pull -q --rebase
	part vasilek "by: olga, why: x"
	push danila "client\] .retired. is by who does it"
	part vasilek "by: danila, why: x" 2020-01-01T00:00:00Z
	push danila "client\] .retired. is by who does it"
	sed -i "s/why: .*}/why: They love us}/" clients/romashka.yaml
	push danila "client\] .retired. is said once"'

ok 'tickets of the same push count' '
	cd clone
	unset TK_DESK
	new vasilek
	part vasilek "by: danila, why: x"
	git commit -qam "by hand"
	exits 1 git push -q 2>../err
	cat ../err
	grep "parting with vasilek: TK-1.kyiv is still open" ../err
	git reset -q --hard origin/main
	part vasilek "by: danila, why: Закрылись."
	git commit -qam "by hand"
	git push -q
	tk -C ../gate audit -q >../out
	cat ../out
	[ ! -s ../out ]'

ok 'the document says it' '
	LANGUAGE=en tk regulation show --markdown "$ROOT/share/regulations/outsourcer/en" >doc
	grep "Who parts with a client .*Director" doc
	grep "Parting with a client needs .*no ticket open" doc
	grep "closed.*yes, a good end" doc'

ok 'lint: who parts, with what, after what' '
	cp -R "$ROOT/share/regulations/outsourcer/en" bad
	sed -i "s/^refuse_client: .*/refuse_client: {by: [nurse], require: [positive-close, tears]}/" bad/relations.yaml
	sed -i "s/, positive: true//" bad/processes/*.yaml
	sed -i "s/id: solved, name: solved, clock: stopped/&, positive: true/" bad/processes/incident.yaml
	n=$(grep -n "^refuse_client" bad/relations.yaml | cut -d: -f1)
	LANGUAGE=en exits 1 tk regulation lint bad >out
	cat out
	grep -xF "bad/relations.yaml:$n: no role \"nurse\"" out
	grep -F "bad/relations.yaml:$n: \"tears\" is no word of \"refuse_client\"" out
	grep -F "bad/relations.yaml:$n: no final state says \"positive: true\"" out
	grep -E "incident.yaml:[0-9]+: the state \"solved\" is \"positive\", but not final" out
	[ "$(wc -l <out)" = 4 ]'
finish
