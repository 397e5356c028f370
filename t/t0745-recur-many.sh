#!/bin/sh
# Recurring works of many clients: what is not due costs nothing.
. "$(dirname "$0")/lib.sh"

clock() { # from here on, in the tests that follow too
	set_clock "$1"
	echo "$1" >"$SCRATCH/now"
}
works() { # works YAML...: put it in force
	git -C c fetch -q && git -C c reset -q --hard origin/main
	printf '%s\n' 'text: Работы.' works: "$@" >c/regulation/works.yaml
	was=$(sed -n 's/^version: //p' c/regulation/regulation.yaml)
	sed -i "s/^version: .*/version: $((was + 1))/; /^acknowledge:/d" c/regulation/regulation.yaml
	git -C c commit -qam "regulation: works" && git -C c push -q origin HEAD:main
}
n=300
file_of() { # the loose object of a path at the gate
	git -C d rev-parse "main:$1" | sed 's|^..|d/objects/&/|'
}

desk d
git -C d config receive.unpackLimit 1000
git clone -q d c 2>/dev/null
mkdir c/clients
for i in $(seq $n); do
	printf 'name: Клиент %s\ndomains: [k%s.example]\nactive: true\n' $i $i >c/clients/k$i.yaml
done
git -C c add clients && git -C c commit -qm 'clients: many' && git -C c push -q origin HEAD:main
clock 2026-11-24T06:10:00Z
works '- {id: round, name: Обход, recur: FREQ=WEEKLY;BYDAY=MO, start: 2026-11-30, clients: all, type: work, queue: servers, priority: p3}'

ok 'before the time comes no client is read' '
	tk recur >got
	file=$(file_of clients/k7.yaml)
	mv "$file" gone
	tk recur >>got
	[ ! -s got ]
	# It is read where somebody asks.
	! tk recur -n 2>err || exit 1
	mv gone "$file"'
ok 'nor are the rules of recurrence worked out, or anything locked' '
	command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null || exit 0
	[ -z "$TK_SANITIZED" ] || exit 0
	strace -f -o trace -e trace=flock,fsync,openat tk-recur -q
	exits 1 grep -E "flock|fsync" trace
	[ $(grep -c objects/ trace) -lt 20 ]'
ok 'another rule, another client: it is looked at anew' '
	works "- {id: round, name: Обход, recur: FREQ=WEEKLY;BYDAY=TU, start: 2026-11-24, client: k5, type: work, queue: servers, priority: p3}" \
	    "- {id: own, name: Свои, recur: FREQ=WEEKLY;BYDAY=TH, start: 2026-11-24, type: work, queue: servers, priority: p3}"
	tk recur >got
	echo "TK-1 open round/2026-11-24/k5" | same - got
	tk recur >got
	tk recur >>got
	[ ! -s got ]
	works "- {id: extra, name: Для особых, recur: FREQ=DAILY, start: 2026-11-24, clients: {contract.extra: [true]}, type: work, queue: servers, priority: p3}"
	tk recur >got
	tk client change -q k9 contract.extra=true
	tk recur >>got
	echo "TK-2 open extra/2026-11-24/k9" | same - got'
ok 'the moment it is due, and not one before' '
	tk recur -q
	clock 2026-11-24T20:59:59Z
	tk recur >got
	[ ! -s got ]
	clock 2026-11-24T21:00:00Z
	tk recur >got
	echo "TK-3 open extra/2026-11-25/k9" | same - got
	works "- {id: lead, name: Заранее, recur: FREQ=MONTHLY;BYMONTHDAY=28, start: 2026-11-28, lead: 3d, client: k3, type: work, queue: servers, priority: p3}"
	tk recur >got
	clock 2026-11-24T21:00:01Z
	tk recur >>got
	echo "TK-4 open lead/2026-11-28/k3" | same - got'
ok 'each of many is opened once, by two at a time as well' '
	works "- {id: round, name: Обход, recur: FREQ=WEEKLY;BYDAY=WE, start: 2026-11-25, clients: all, type: work, queue: servers, priority: p3}"
	tk recur >a &
	tk recur >b &
	wait
	sort -o got a b
	[ $(wc -l <got) = '$n' ]
	cut -d" " -f3 got | sort -u >keys
	for i in $(seq '$n'); do echo "round/2026-11-25/k$i"; done | sort | same - keys
	[ $(git -C d ls-tree -r --name-only main tickets | grep -c "ticket.yaml") = $(('$n' + 4)) ]
	tk recur >got
	[ ! -s got ]'
ok 'the audit has nothing against any of it' 'tk audit >out || { cat out; exit 1; }'
finish
