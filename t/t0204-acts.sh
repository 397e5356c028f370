#!/bin/sh
# Acts that set fields: done as the regulation allows, refused by its rule.
. "$(dirname "$0")/lib.sh"

desk gate
for p in olha:engineer ivan:agent left:agent; do
	tk staff add ${p%:*} -q --name ${p%:*} --mail ${p%:*}@firma.example --role ${p#*:}
done
tk staff retire left -q
for i in 1 2 3 4 5 6; do
	tk new -q -s "Заявка $i" -m "Текст $i." -w ivan@romashka.example
done
at() { # TICKET: its head as "key=value" lines, read by another library
	git -C gate show "main:tickets/00/00/$1/ticket.yaml" | python3 -c '
import sys, yaml
t = yaml.safe_load(sys.stdin)
head = {"id": t["id"]}
for e in t.pop("log"): head.update(e.get("set", {}))
assert {k: v for k, v in head.items() if v is not None} == t, (head, t)
for k, v in t.items(): print(f"{k}={v}")'
}
has() { # TICKET key=value...
	at "$1" >fields || return
	shift
	for kv; do grep -qxF -e "$kv" fields || { echo "no $kv"; cat fields; return 1; }; done
}
lacks() { at "$1" >fields && exits 1 grep "^$2=" fields; } # TICKET key
tip() { git -C gate rev-parse main; }
# refused STATUS RULE WORDS COMMAND...: nothing happens, and err names the rule
# by file and line (RULE: file, what that line says) and says WORDS.
refused() {
	status=$1 file=${2%% *} line=${2#* } words=$3
	shift 3
	tip >before
	exits "$status" "$@" >out 2>err </dev/null || { cat err; return 1; }
	tip | same before - || return
	same /dev/null out || return
	grep -qF -e "$words" err || { cat err; return 1; }
	[ "$file" != - ] || return 0
	n=$(sed -n "s,.*: $file:\([0-9]*\): .*,\1,p" err | head -n 1)
	git -C gate show "main:$file" | sed -n "${n:-0}p" | grep -qF -e "$line" ||
		{ echo "rule $file:$n is not: $line"; cat err; return 1; }
}
incident=regulation/processes/incident.yaml

ok 'take, assign' '
	tk take TK-1 | grep -qx "TK-1 take open"
	has TK-1 state=open assignee=danila
	tk assign olha TK-1 -m "Твоё." | grep -qx "TK-1 assign"
	has TK-1 assignee=olha
	exits 0 tk assign - TK-1 -q
	lacks TK-1 assignee'
ok 'set: many fields, lists, and none' '
	exits 0 tk set TK-1 priority=p1 cc=a@x.example,b@x.example subject="Новая: \"тема\" # 1" -q
	has TK-1 priority=p1 "subject=Новая: \"тема\" # 1" "cc=['\''a@x.example'\'', '\''b@x.example'\'']"
	exits 0 tk set cc= TK-1 -q
	lacks TK-1 cc'
ok 'move with a word for those who get it' '
	exits 0 tk take TK-2 -q
	exits 0 tk move network TK-2 -m "Кабель цел." >got
	has TK-2 queue=network line=2
	lacks TK-2 assignee
	m=$(git -C gate log -1 --format="%(trailers:key=Message,valueonly,separator=)")
	git -C gate show main:tickets/00/00/TK-2/$m.yaml | grep -q "^kind: note"'
ok 'status, close, reopen' '
	tk status vendor TK-1 -m "Ждём." | grep -qx "TK-1 status vendor"
	tk reply TK-1 -m "Заменим." -q
	exits 0 tk close TK-1 -r "Заменили." -m "Готово." >got
	has TK-1 state=closed resolution=Заменили.
	tk reopen TK-1 | grep -qx "TK-1 reopen open"
	has TK-1 state=open'

ok 'refused: what the step requires, and how to give it' '
	refused 1 "$incident from: [open, waiting]" "-m '\''" tk status vendor TK-1
	tk take TK-3 -q
	refused 1 "$incident from: [open, waiting, vendor]" "tk reply TK-3 -m" tk status solved TK-3
	refused 1 "$incident from: [open, waiting, vendor, solved]" "tk close TK-3 -r" tk close TK-3
	refused 1 "regulation/queues.yaml {to: network" "-m '\''" tk move network TK-3'
ok 'refused: no such step, and where one can go' '
	refused 1 - "it is open already" tk reopen TK-3
	refused 1 - "to: waiting, vendor, solved, closed, rejected" tk status new TK-3
	refused 1 - "is \"open\" already" tk status open TK-3
	refused 1 - "there are: support, network" tk move nowhere TK-3 -m Туда.
	refused 1 - "no priority \"p9\"" tk set priority=p9 TK-3
	refused 1 - nobody tk assign nobody TK-3
	refused 1 - "left does not work here" tk assign left TK-3'
ok 'refused: what there is already' '
	exits 0 tk close TK-1 -r "Заменили." -m "Готово." >got
	refused 1 - "it is closed already" tk close TK-1
	exits 0 tk reopen TK-1 -q
	refused 1 - "in \"network\" already" tk move network TK-2 -m Ещё.
	refused 1 - "there are: new, open, waiting" tk status nowhere TK-3'
ok 'refused: set what cannot be' '
	refused 65 - "did you mean \"priority\"" tk set prioriti=p1 TK-3
	refused 65 - "x-zzzzzzzz" tk set zzzzzzzz=1 TK-3
	refused 65 - "no client" tk set client=nobody TK-3
	refused 65 - "not a mail address" tk set cc=a@b.example,nobody TK-3
	refused 65 - "not a mail address" tk set "requester=Ivan <ivan@>" TK-3
	refused 65 - "no class" tk set sla=platinum TK-3
	refused 65 - "must not be empty" tk set requester= TK-3
	refused 65 - "must not be empty" tk set subject= TK-3
	refused 1 - "nobody on the staff" tk set watchers=olha,nobody TK-3
	refused 1 - "no impact \"huge\"" tk set impact=huge TK-3
	exits 0 tk set x-rack=7 watchers=olha "requester=044 123-45-67" TK-4 -q
	has TK-4 x-rack=7 "requester=044 123-45-67"'
ok 'refused: somebody to whom the queue is not open' '
	tk staff add narrow -q --name n --mail narrow@firma.example --role engineer --queue network
	refused 1 - "queue \"support\" is not open to narrow" tk assign narrow TK-3'
ok 'a refusal names no ticket that is not there, and each line its command' '
	refused 1 - "new ticket: " tk new -s а -m б -p p9 --category nothing
	[ "$(grep -c "^tk-new: new ticket: " err)" = 2 ]
	[ "$(wc -l <err)" = 2 ]'
ok 'ids on standard input: an unreadable line by its number' '
	printf "TK-3\n\nwhat\n" | exits 64 tk take 2>err
	grep -q "line 3: \"what\"" err'

ok '77: not this role, not this person' '
	export TK_ACTOR=olha
	refused 77 "regulation/roles.yaml id: engineer" olha tk close TK-3 -r Готово.
	exits 0 tk take TK-3 -q
	refused 77 - director env TK_ACTOR=ivan tk status rejected TK-3 -m Нет.
	refused 77 - "nobody" env TK_ACTOR=nobody tk take TK-3
	refused 77 - "left.yaml" env TK_ACTOR=left tk take TK-3'
ok '77 where nobody knows who you are, with what to say' '
	tk staff change danila login=somebody -q
	git config --global user.email stranger@elsewhere.example
	bad=0
	refused 77 - "git config tk.actor" tk take TK-3 || bad=1
	git config --global user.email ivan@firma.example
	tk take TK-3 -q
	git config --global user.email danila@firma.example
	has TK-3 assignee=ivan
	[ $bad = 0 ]'

ok 'ids as operands in any form, on standard input, and "."' '
	exits 0 tk note 4 -m Раз. -q
	exits 0 tk note tk-4 -m Два. -q
	tk show TK-4 >/dev/null
	tk note . -m Три. | grep -qx "TK-4 note"
	printf "TK-5 слова после id\n\n  6\tp3\r\n" | tk take >got
	[ "$(cat got)" = "TK-5 take open
TK-6 take open" ]
	tk list assignee:danila state:open | tk assign ivan -m "Ухожу." >got
	[ $(grep -c "^TK-[56] assign$" got) = 2 ]
	has TK-6 assignee=ivan'
ok 'of many, what is refused stops nothing else: 1' '
	n=$(git -C gate rev-list --count main)
	exits 1 tk status vendor TK-5 TK-4 TK-99 TK-6 -m Ждём. >got 2>err
	printf "%s\n" "TK-5 status vendor" "TK-6 status vendor" | same - got
	grep -q "TK-4: $incident" err
	grep -q "TK-99" err
	exits 77 env TK_ACTOR=olha tk close TK-5 TK-6 -r Нет. 2>err
	[ $(git -C gate rev-list --count main) = $((n + 2)) ]'
ok 'unknown ticket 1, bad id 64, half an id 64' '
	refused 1 - "TK-99" tk take TK-99
	for id in TK- XX-1 TK-1x ../TK-1 "TK-1 TK-2" -- ""; do
		refused 64 - "" tk take -- "$id"
	done
	refused 1 - "nothing found" tk take
	for c in "set TK-1" "move TK-1" "status TK-1"; do refused 64 - "" tk $c; done
	refused 65 - "tk move" tk set queue=network TK-1
	refused 65 - log tk set log=x TK-1'

git clone -q gate work
ok 'what nobody here knows survives a rewrite' '
	cd work
	git config core.hooksPath /dev/null
	f=tickets/00/00/TK-1/ticket.yaml
	sed -i "s/^log:/colour: красный\nrack: {row: 3, units: [1, 2]}\nlog:/" $f
	echo "- {at: 2026-11-22T09:00:00+03:00, by: danila, act: set, weather: fine," \
	    "set: {colour: красный, rack: {row: 3, units: [1, 2]}}}" >>$f
	git commit -q -a -m "TK-1: set"
	git -C ../gate fetch -q ../work main
	git -C ../gate update-ref refs/heads/main FETCH_HEAD
	cd ..
	exits 0 tk take TK-1 -q
	exits 0 tk set TK-1 priority=p2 -q
	has TK-1 colour=красный "rack={'\''row'\'': 3, '\''units'\'': [1, 2]}" assignee=danila
	git -C gate show main:tickets/00/00/TK-1/ticket.yaml | grep -q "weather: fine"'
finish
