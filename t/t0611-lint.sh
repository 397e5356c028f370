#!/bin/sh
# Contradictions in the regulation are found before people find them.
. "$(dirname "$0")/lib.sh"

R=$ROOT/share/regulations
cp -R "$R/outsourcer/en" clean
desk gate
git clone -q gate clone

for r in outsourcer provider; do for l in ru uk en; do
	ok "$r/$l: lint finds nothing" 'tk regulation lint "$R/'$r/$l'"'
done; done

# fault FILE SED WANT: lint says WANT, and nothing else, once it is seeded
fault() {
	rm -rf bad
	cp -R clean bad
	sed -i "$2" "bad/$1"
	if cmp -s "clean/$1" "bad/$1"; then return 2; fi
	LANGUAGE=en exits 1 tk regulation lint bad >out
	cat out
	printf 'bad/%s\n' "$1:$3" | same - out
}
line() { grep -n -m1 -e "$2" "clean/$1" | cut -d: -f1; }

I=processes/incident.yaml
ok 'lint: a key that nobody knows' '
	n=$(line sla.yaml "^default:")
	fault sla.yaml "s/^default: basic/&\nsilence: {a: 1}/" "$((n + 1)): the key \"silence\" is not known"
	n=$(line $I "to: solved")
	fault $I "${n}s/.*/&\n  need: [comment]/" "$((n + 1)): the key \"transitions.need\" is not known"'
ok 'lint: a state nobody reaches, a dead end, no way to the end' '
	n=$(line $I "id: vendor")
	fault $I "${n}s/.*/&\n- {id: lost, name: lost}/; s/^transitions:/&\n- {from: [lost], to: open}/" \
		"$((n + 1)): no step leads to the state \"lost\""
	fault $I "${n}s/.*/&\n- {id: lost, name: lost}/; s/^transitions:/&\n- {from: [open], to: lost}/" \
		"$((n + 1)): the state \"lost\" is a dead end: not final, and no step leads out"'
ok 'lint: a step nobody may make, and roles that are not there' '
	n=$(line $I "^transitions:")
	fault $I "s/^transitions:/&\n- {from: [open], to: vendor, by: [nurse]}/" "$((n + 1)): no role \"nurse\"
bad/$I:$((n + 1)): nobody may make the step to \"vendor\": no role of \"by\" has an act for it"
	n=$(line relations.yaml "^write_to")
	fault relations.yaml "s/^write_to_clients: \[agent/&, nurse/" "$n: no role \"nurse\""'
ok 'lint: words of require' '
	n=$(line $I "require: \[reply\]")
	fault $I "${n}s/reply/repyl/" "$n: \"repyl\" is no word of \"require\" and no field of a ticket"'
ok 'lint: terms longer than those above them' '
	n=$(line sla.yaml "priority: p2, response: 30m")
	fault sla.yaml "${n}s/30m/9h/; ${n}s/update: 2h/update: 9h/" "$n: response of p2 is 9h: longer than resolution of p2, 8h
bad/sla.yaml:$n: update of p2 is 9h: longer than resolution of p2, 8h
bad/sla.yaml:$n: response of p2 is 9h: longer than response of p3, 2h
bad/sla.yaml:$n: update of p2 is 9h: longer than update of p3, 8h"
	fault sla.yaml "$((n - 1))s/resolution: 4h/resolution: 9h/" \
		"$((n - 1)): resolution of p1 is 9h: longer than resolution of p2, 8h"'
ok 'lint: queues, processes and templates that are not there' '
	n=$(line queues.yaml "to: billing, req")
	fault queues.yaml "${n}s/billing/biling/" "$n: no queue \"biling\""
	n=$(line queues.yaml "to: idea@")
	fault queues.yaml "${n}s/type: idea/type: ideas/" "$n: no process \"ideas\""
	n=$(line relations.yaml "^acknowledgement")
	fault relations.yaml "${n}s/template: ack/template: akc/" "$n: no template \"akc\" in the language \"en\""'
ok 'lint: a file that is no YAML is a line, too' '
	printf "a: [\n" >clean/works.yaml
	LANGUAGE=en exits 1 tk regulation lint clean/ >out 2>err
	grep "^clean/works.yaml:[0-9]*: " out
	[ ! -s err ]'

ok 'lint: roles and queues that nobody on the staff has' '
	LANGUAGE=en exits 1 tk regulation lint >out
	n=$(grep -n "id: agent" "$R/outsourcer/ru/roles.yaml" | cut -d: -f1)
	grep -qxF "regulation/roles.yaml:$n: nobody on the staff has the role \"agent\"" out
	exits 1 grep -q queue out
	sed -i "s/^roles: .*/roles: [agent]/; s/^active:/queues: [support]\n&/" clone/staff/danila.yaml
	git -C clone commit -qam staff
	LANGUAGE=en exits 1 tk -C clone regulation lint >out
	grep -q "queues.yaml:[0-9]*: nobody on the staff works in the queue \"network\"" out
	exits 1 grep -q "\"agent\"\|\"support\"" out'
ok 'lint looks at what is being written: the work tree of a clone' '
	sed -i "s/^default: support/default: suport/" clone/regulation/queues.yaml
	LANGUAGE=en exits 1 tk -C clone regulation lint >out
	grep -q "queues.yaml:[0-9]*: no queue \"suport\"" out
	git -C clone checkout -q regulation'
finish
