#!/bin/sh
# Time and money: hours of a contract, rounding, blocks, and the bill.
. "$(dirname "$0")/lib.sh"

desk d
clock() { set_clock "$1"; echo "$1" >"$SCRATCH/now"; }
clock 2026-10-05T07:00:00Z
tk client add -q romashka name='ООО "Ромашка"' domain=romashka.example \
	language=uk contract.hours=2 contract.rate=2500.50 \
	contract.currency=UAH contract.rounding=15m contract.block=1h
tk client add -q vasilek name=Василёк domain=vasilek.example \
	contract.rate=100 contract.currency=RUB
tk client add -q lotos name=Лотос domain=lotos.example \
	contract.covers=network contract.until=2026-10-10 contract.rate=60 \
	contract.currency=RUB
for who in ivan@romashka.example olga@romashka.example petr@vasilek.example \
	anna@lotos.example; do
	tk new -q -s "Заявка $who" -m x -w $who
done

spent() { # WHEN ID TIME [WHAT]
	clock "$1"
	tk spend -q "$2" -b "$3" ${4:+-m "$4"}
}
spent 2026-10-05T08:00:00Z TK-1 40m 'Заміна кабелю; "терміново"'
spent 2026-10-06T08:00:00Z TK-2 61m 'Налаштування'
spent 2026-10-07T08:00:00Z TK-1 1m '=дрібниця'
clock 2026-10-07T09:00:00Z
tk spend -q TK-1 3h -m 'за свій рахунок'
spent 2026-10-08T08:00:00Z TK-3 1m
spent 2026-10-09T08:00:00Z TK-4 60m
tk set -q TK-4 category=network/internet 2>/dev/null || tk set -q TK-4 category=network
spent 2026-10-12T08:00:00Z TK-4 30m
# The next month has its own hours; 31 October 23:30 UTC is November here.
spent 2026-10-31T23:30:00Z TK-2 15m 'вже листопад'

ok 'the bill of a month: rounded, inside, outside, in blocks' '
	tk report bill romashka 2026-10 --csv --part 1 >bill.csv
	python3 - <<-TEXT
	import csv
	rows = list(csv.DictReader(open("bill.csv", newline="", encoding="utf-8")))
	got = [(r["id"], int(r["minutes"]), int(r["rounded"]), int(r["inside"]),
		int(r["outside"]), r["amount"], r["currency"]) for r in rows]
	# 45 + 75 fill the two hours, 15 is outside, and 60 are charged.
	assert got == [("TK-1", 40, 45, 45, 0, "0.00", "UAH"),
		("TK-2", 61, 75, 75, 0, "0.00", "UAH"),
		("TK-1", 1, 60, 0, 60, "2500.50", "UAH")], got
	assert rows[0]["what"] == "Заміна кабелю; \"терміново\"", rows[0]
	assert rows[0]["who"] == "danila" and rows[0]["at"].startswith("2026-10-05T11:00:00"), rows[0]
	TEXT
	tk report bill romashka 2026-10 --json >bill.json
	python3 - <<-TEXT
	import json
	rows = [json.loads(l) for l in open("bill.json", encoding="utf-8")]
	assert rows[0]["query"] == "client:romashka", rows[0]
	c = [r for r in rows if r.get("part") == 2][0]
	assert (c["included"], c["used"], c["remaining"], c["outside"],
		c["amount"]) == (120, 120, 0, 60, 250050), c
	TEXT'

ok 'sums are whole kopecks, half is rounded up' '
	tk report bill vasilek 2026-10 --csv --part 1 >got
	grep ",1,1,0,1,1.67" got # 100 / 60 = 1.666'

ok 'what the contract covers, and until when' '
	tk report bill lotos 2026-10 --csv --part 1 >got
	python3 - <<-TEXT
	import csv
	rows = list(csv.DictReader(open("got", newline="")))
	assert [(r["inside"], r["outside"], r["amount"]) for r in rows] == \
		[("60", "0", "0.00"), ("0", "30", "30.00")], rows
	TEXT'

ok 'in the language of the client, as text and for a sheet' '
	LANGUAGE=en tk report bill romashka 2026-10 >got
	head -n 1 got | grep "Рахунок за роботу, $(python3 -c "
import yaml, subprocess
print(yaml.safe_load(subprocess.check_output([\"git\", \"-C\", \"$DESK\", \"show\", \"main:clients/romashka.yaml\"]))[\"name\"])")"
	grep "Заміна кабелю" got
	tk report bill romashka 2026-10 --excel >x.csv
	python3 - <<-TEXT
	raw = open("x.csv", encoding="utf-8-sig").read()
	assert "2500,50" in raw and "1:01" in raw, raw
	assert "\x27=дрібниця" in raw, raw
	TEXT'

ok 'a month is that of the desk, with hours of its own' '
	tk report bill romashka 2026-11 --csv --part 1 >got
	grep "TK-2,danila,вже листопад,UAH,15,15,15,0,0.00" got
	tk report bill vasilek 2026-11 --csv --part 1 >got
	[ "$(wc -l <got)" = 1 ]'

ok 'money: contracts side by side, currencies never added' '
	tk report money --from 2026-10 --to 2026-10 --json >got
	python3 - <<-TEXT
	import json
	rows = [json.loads(l) for l in open("got", encoding="utf-8")][1:]
	c = {r["client"]: r for r in rows if r["part"] == 1}
	assert c["romashka"]["amount"] == 250050 and c["romashka"]["currency"] == "UAH"
	assert c["vasilek"]["amount"] == 167 and c["lotos"]["amount"] == 3000
	who = {r["currency"]: r["amount"] for r in rows if r["part"] == 3}
	assert who == {"UAH": 250050, "RUB": 3167}, who
	TEXT
	tk report time --from 2026-10 --to 2026-10 --csv --part 1 >got
	grep "^danila,4,373,193" got
	# By what one of the tables has; the other stays. What none has is refused.
	tk report money --by queue --from 2026-10 --to 2026-10 --csv >got
	grep "^client,month,currency" got && grep "^queue,currency" got
	exits 65 tk report money --by colour --from 2026-10 2>err
	grep "colour" err && grep "client" err
	exits 65 tk report money --part 1 --by queue --from 2026-10 2>err'

ok 'the index is the log: the entries read with sqlite3' '
	[ "$(sqlite3 "$DESK/tk/index.db" "SELECT sum(minutes) FROM spent WHERE billable")" = 208 ]
	tk reindex -q && tk report bill romashka 2026-10 --csv --part 1 >again
	same bill.csv again'

ok 'who and what: a bill needs a client and a month' '
	exits 64 tk report bill
	exits 64 tk report bill romashka
	exits 1 tk report bill nobody 2026-10
	exits 65 tk report bill romashka soon
	exits 77 env TK_QUEUES=support tk report bill romashka 2026-10'

ok 'a contract that cannot be is refused, by command and by push' '
	exits 65 tk client change romashka contract.hours=many 2>err
	grep "hours" err
	exits 65 tk client change romashka contract.rate=2500.505 2>err
	exits 65 tk client change romashka contract.currency=rubles 2>err
	exits 65 tk client change romashka contract.until=2026-02-30 2>err
	exits 65 tk client change romashka contract.rounding=90s 2>err
	git clone -q "$DESK" clone 2>/dev/null
	sed -i "s/rate: [^,}]*/rate: a lot/" clone/clients/romashka.yaml
	grep "a lot" clone/clients/romashka.yaml
	git -C clone commit -qam "clients: a slip"
	exits 1 git -C clone push -q origin HEAD:main 2>err
	grep "clients/romashka.yaml:[0-9]*: .*rate" err'

ok 'time that was made up is refused on a push' '
	git -C clone reset -q --hard && git -C clone fetch -q && git -C clone reset -q --hard origin/main
	git -C clone config tk.actor danila
	for forged in "minutes: 0" "minutes: 9999" "minutes: -77" "minutes: 77.5"; do
		tk -C clone spend -q TK-3 -b 77m
		sed -i "s/minutes: 77/$forged/g" clone/tickets/00/00/TK-3/ticket.yaml
		git -C clone commit -q --amend -a --no-edit
		exits 1 git -C clone push -q origin HEAD:main 2>err
		grep "spent" err
		git -C clone reset -q --hard origin/main
	done
	exits 65 tk spend TK-3 25h
	tk -C clone spend -q TK-3 -b 77m
	git -C clone push -q origin HEAD:main'

finish
