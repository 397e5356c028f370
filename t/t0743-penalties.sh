#!/bin/sh
# Penalties: what a missed term costs, by which rule, shown by which commits.
. "$(dirname "$0")/lib.sh"

desk d
git clone -q d c 2>/dev/null
tk client add -q romashka --name Ромашка --domain romashka.example \
	contract.fee=30000.00 contract.currency=RUB
tk client add -q vasilek --name Василёк --domain vasilek.example \
	contract.fee=900 contract.currency=UAH
git -C c pull -q 2>/dev/null
cat >>c/regulation/relations.yaml <<'TEXT'
penalties:
- {for: response, refund: 7d}
- {for: downtime, type: [incident], over: 4h, each: 1h, refund: 2%}
TEXT
cat >c/clients/vasilek.yaml <<'TEXT'
name: Василёк
domains: [vasilek.example]
contract:
  fee: 900
  currency: UAH
  penalties: [{for: response, refund: 100.50}]
TEXT
sed -i 's/^version: .*/version: 2/; /^acknowledge:/d' c/regulation/regulation.yaml
git -C c commit -qam 'regulation: penalties' && git -C c push -q origin HEAD:main

clock() {
	set_clock "$1"
	echo "$1" >"$SCRATCH/now"
}

# On Monday at nine one letter from each; the one of romashka is answered on
# Tuesday evening, the other in ten minutes.
clock 2026-11-23T06:00:00Z
letter 1.eml 'Иван <ivan@romashka.example>' 'Не печатает'
letter 2.eml 'Ольга <olga@vasilek.example>' 'Нет сети'
letter 3.eml 'Ольга <olga@vasilek.example>' 'Нет телефона'
tk deliver -q - <1.eml && tk deliver -q - <2.eml && tk deliver -q - <3.eml
clock 2026-11-23T06:10:00Z
tk reply -q TK-2 -m 'Проверяем.' && tk send -q
clock 2026-11-24T14:00:00Z
tk reply -q TK-1 -m 'Починили.' && tk send -q
tk reply -q TK-3 -m 'Починили.' && tk send -q

rows() { # TICKET TARGET RULE PENALTY AMOUNT CURRENCY, sorted
	tk report penalties --from 2026-11-01 --to 2026-12-01 --csv >report.csv
	python3 - report.csv <<-'TEXT'
	import csv, sys
	rows = list(csv.reader(open(sys.argv[1], encoding="utf-8")))
	for r in sorted(rows):
	  if any(c.startswith("TK-") for c in r):
	    print("|".join(r))
	TEXT
}

ok 'a late answer costs what the regulation says, or the contract' '
	rows >got
	cat got
	[ "$(wc -l <got)" = 3 ]
	grep "TK-1.*response.*regulation/relations.yaml:[0-9]*|7d|.*|7000[.,]00" got
	grep "TK-3.*response.*clients/vasilek.yaml:6|100.50|.*|100[.,]50" got
	exits 1 grep "TK-2" got'

ok 'the line is that of the rule' '
	n=$(sed -n "s/.*relations.yaml:\([0-9]*\)|7d.*/\1/p" got | head -n 1)
	git -C "$DESK" show HEAD:regulation/relations.yaml | sed -n "${n}p" | grep "refund: 7d"'

ok 'downtime is summed by month and paid by the hour begun' '
	grep "TK-1.*downtime.*relations.yaml:[0-9]*|2% x 1[0-9]*|" got
	n=$(sed -n "s/.*2% x \([0-9]*\)|.*/\1/p" got)
	amount=$(sed -n "s/.*2% x [0-9]*|.*|\([0-9]*\)[.,]00.*/\1/p" got)
	[ "$amount" = $((n * 600)) ]'

ok 'the evidence are commits that git knows' '
	grep "TK-1.*response" got | grep -o "[0-9a-f]\{12\} [a-z]*" >commits
	[ "$(wc -l <commits)" = 2 ]
	while read -r id act; do
		git -C "$DESK" log -1 --format="%(trailers:key=Act,valueonly) %(trailers:key=Ticket,valueonly)" $id | tr "\n" " " >said
		grep "$act.*TK-1" said
	done <commits
	head -n 1 commits | grep " open$"
	tail -n 1 commits | grep " reply$"
	grep "TK-1.*response" got | grep "basic, .*regulation 2, regulation/sla.yaml:[0-9]*"'

ok 'another month has none of it' '
	tk report penalties --from 2026-10-01 --to 2026-11-01 --csv >other.csv 2>err || :
	exits 1 grep TK- other.csv'

ok 'a slip in a penalty is named with its line' '
	cp -R "$ROOT/share/regulations/provider/en" reg
	n=$(grep -n "for: response" reg/relations.yaml | cut -d: -f1)
	sed -i "s/for: response/for: delay/" reg/relations.yaml
	tk regulation lint reg >out 2>&1 || :
	grep "relations.yaml:$n: .*delay" out
	sed -i "s/for: delay/for: response/; s/class: home, for/class: house, for/" reg/relations.yaml
	tk regulation lint reg >out 2>&1 || :
	grep "relations.yaml:.*house" out'
finish
