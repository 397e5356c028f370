#!/bin/sh
# Checklist and time: lists of a ticket, and steps that ask for them.
. "$(dirname "$0")/lib.sh"

desk d
tk new -q -s 'Новый сервер' -m 'Купить и поставить.' -w 'Иван <ivan@romashka.example>'

head_of() { # FIELD as JSON
	tk show --json TK-1 | python3 -c "import json, sys
print(json.dumps(json.load(sys.stdin).get('$1'), ensure_ascii=False))"
}

ok 'items are added, ticked off and unticked' '
	tk checklist TK-1 --add "заказать" --add "поставить" >got
	same - got <<-TEXT
		TK-1 1 [ ] заказать
		TK-1 2 [ ] поставить
	TEXT
	tk checklist TK-1 -d 1 -d 2 >/dev/null
	tk checklist TK-1 -u 2 >got
	same - got <<-TEXT
		TK-1 1 [x] заказать
		TK-1 2 [ ] поставить
	TEXT
	git -C "$DESK" show HEAD:tickets/00/00/TK-1/ticket.yaml |
		grep "^checklist:" -A2 >got
	grep "done: true" got
	[ "$(git -C "$DESK" log -1 --format="%(trailers:key=Act,valueonly)" | head -1)" = checklist ]'

ok 'an item that is not there is refused, and nothing changes' '
	was=$(git -C "$DESK" rev-parse HEAD)
	exits 65 tk checklist TK-1 -d 3
	exits 65 tk checklist TK-1 -d first
	[ "$(git -C "$DESK" rev-parse HEAD)" = "$was" ]'

ok 'time is recorded with who and whether the client pays' '
	tk spend TK-1 40m -m "подбор" && tk spend TK-1 -b 2h
	head_of spent >got
	python3 - got <<-TEXT
	import json, sys
	a, b = json.load(open(sys.argv[1]))
	assert (a["who"], a["minutes"], a["billable"]) == ("danila", 40, False), a
	assert (b["minutes"], b["billable"]) == (120, True), b
	TEXT'

ok 'what is no time is refused' '
	exits 65 tk spend TK-1 soon
	exits 65 tk spend TK-1 0m
	exits 64 tk spend
	exits 64 tk spend 8 2>err
	grep -q "tk spend 8 40m" err
	exits 64 tk reply 2>err
	grep -q "which ticket" err
	exits 64 tk reply 1 2 -m x 2>err
	grep -q "one ticket" err'

ok 'a step can ask for the checklist and the time' '
	git clone -q "$DESK" clone 2>/dev/null
	python3 - clone/regulation/processes/incident.yaml <<-"TEXT"
	import sys
	p = sys.argv[1]
	s = open(p, encoding="utf-8").read()
	s = s.replace("require: [resolution]", "require: [resolution, checklist, time]")
	open(p, "w", encoding="utf-8").write(s)
	TEXT
	sed -i "s/^version: 1$/version: 2/" clone/regulation/regulation.yaml
	git -C clone commit -qam "regulation: version 2"
	git -C clone push -q origin HEAD:main
	tk take -q TK-1 && tk reply -q TK-1 -m "Поставили."
	exits 1 tk close TK-1 -r "Поставлен" 2>err
	grep "incident.yaml:[0-9]*: .*checklist.*tk checklist TK-1" err
	tk checklist -q TK-1 -d 2
	tk close TK-1 -r "Поставлен"'

ok 'the list of an unknown ticket is exit 1' 'exits 1 tk checklist TK-9'

finish
