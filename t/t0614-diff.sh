#!/bin/sh
# Every kind of change of a regulation is told in words, by the diff.
. "$(dirname "$0")/lib.sh"

desk gate
git clone -q gate clone 2>"$SCRATCH/log"
cp -R "$ROOT/share/regulations/provider/en/." clone/regulation
sed -i 's/^version: .*/version: 2/' clone/regulation/regulation.yaml
cat >clone/regulation/sla.yaml <<'TEXT2'
classes:
- id: home
  name: Home
  calendar: always
  targets:
  - {priority: p1, response: 15m, update: 1h, resolution: 4h}
  escalation:
  - {at: 75%, do: warn}
- {id: hosting, name: Hosting, calendar: always}
TEXT2
cat >clone/regulation/calendar.yaml <<'TEXT2'
calendars:
- {id: always, name: Round the clock}
- id: office
  name: Working days
  hours: {mon: ["09:00-18:00"]}
  holidays: [2026-12-25]
TEXT2
cat >clone/regulation/works.yaml <<'TEXT2'
works: []
TEXT2
git -C clone add -A
git -C clone commit -qm 'the other regulation'

# changed FILE SED WANT: what diff says of it is WANT, and nothing else
changed() {
	(
		cd clone/regulation || exit
		cp "$1" "$SCRATCH/before"
		sed -i "$2" "$1"
		if cmp -s "$1" "$SCRATCH/before"; then echo "no change: $2"; exit 1; fi
		git commit -qam x
		LANGUAGE=en tk -C .. regulation diff HEAD~1 >"$SCRATCH/out"
		git reset -q --hard HEAD~1
	)
	cat "$SCRATCH/out"
	printf '%s\n' "$3" | same - "$SCRATCH/out"
}
I=processes/incident.yaml

ok 'purpose: version, title, day, who reads it and how long' '
	changed regulation.yaml "s/^version: 2/version: 3/" "version 2 -> 3"
	changed regulation.yaml "s/grace: [0-9]*d/grace: 1d/" "acknowledge: grace 7d -> 1d"
	changed regulation.yaml "/^acknowledge/,/^text/s/roles: \[agent, /roles: [cook, /" "acknowledge: roles +cook -agent"
	changed regulation.yaml "s/^since: .*/since: 2027-03-01/" "$(sed -n "s/^since: /since /p" clone/regulation/regulation.yaml) -> 2027-03-01"'
ok 'processes: states, steps, results, performers, checklist, visibility' '
	changed $I "s/^states:/&\n- {id: lost, name: lost}/" "process incident: new state lost"
	changed $I "/id: visit,/d" "process incident: state visit is gone"
	changed $I "s/id: solved, name: solved/id: solved, name: mended/" "process incident, state solved: name solved -> mended"
	changed $I "s/id: closed, name: closed, clock: stopped, final: true, positive: true/id: closed, name: closed, clock: stopped, final: true/" \
		"process incident, state closed: positive true is gone"
	changed $I "s/^transitions:/&\n- {from: [new], to: visit, act: [status], by: [agent], require: [comment]}/" \
		"process incident: new step new -> visit by agent, which needs comment"
	changed $I "s/^initial: new/initial: open/" "process incident: initial new -> open"
	changed $I "s/^results: .*/&\nchecklist: [look]/" "process incident: checklist +look"
	changed $I "s/^results: \[[a-z]*/&, cause/" "process incident: results +cause"
	changed $I "s/^  responsible: \[agent/&, cook/" "process incident, performers: responsible +cook"
	changed $I "s/^results: .*/&\nvisible: [director]/" "process incident: visible +director"'
ok 'terms, hours, holidays, works' '
	changed sla.yaml "/id: home/,/p1/s/response: 15m/response: 1m/" "class home, priority p1: response 15m -> 1m"
	changed sla.yaml "/id: home/,/escalation/s/calendar: always/calendar: office/" "class home: calendar always -> office"
	changed sla.yaml "/id: home/,/id: hosting/s/at: 75%, do: warn/at: 50%, do: warn/" "class home: alarm at 75% is gone
class home: new alarm at 50%"
	changed calendar.yaml "s/09:00-18:00/10:00-18:00/" "calendar office, hours: mon +10:00-18:00 -09:00-18:00"
	changed calendar.yaml "s/2026-12-25/&, 2026-12-31/" "calendar office: holidays +2026-12-31"
	changed works.yaml "s/^works: .*/works:\n- {id: backup, name: Backup}/" "new work backup"'
ok 'relations: windows, who writes, parting, penalties' '
	changed relations.yaml "s/window: 14d/window: 7d/" "reopen: window 14d -> 7d"
	changed relations.yaml "s/^write_to_clients: \[agent, /write_to_clients: [cook, /" "write_to_clients +cook -agent"
	changed relations.yaml "s/^refuse_client: {by: \[director\]/refuse_client: {by: [manager]/" "refuse_client: by +manager -director"
	changed relations.yaml "s/^offline_window: 7d/offline_window: 3d/" "offline_window 7d -> 3d"
	changed relations.yaml "s/class: home, for: downtime, over: 4h/class: home, for: downtime, over: 5h/" \
		"penalty home downtime: over 4h -> 5h"
	changed relations.yaml "/class: hosting, for: downtime/d" "penalty hosting downtime is gone"
	changed relations.yaml "s/^  \*\*Complaints\.\*\*/&\n  And more./" "position 6, text changed: 2 lines"'
ok 'departments: queues, handovers, routes' '
	changed queues.yaml "s/^  - {to: noc, require: \[category, comment, evidence\]}/  - {to: noc, require: [comment]}/" \
		"queue support, handover to noc: require -category -evidence"
	changed queues.yaml "s/^routing:/&\n- {subject: invoice, queue: billing}/" "new route invoice"
	changed queues.yaml "s/^default: .*/default: noc/" "$(sed -n "s/^default: /default /p" clone/regulation/queues.yaml) -> noc"'
ok 'roles: acts and queues' '
	changed roles.yaml "s/^roles:/&\n- {id: cook, name: Cook, acts: [note], queues: [all]}/" "new role cook"
	n=$(grep -n "id: agent$" clone/regulation/roles.yaml | cut -d: -f1)
	changed roles.yaml "$((n + 2))s/acts: \[open, /acts: [/" "role agent: acts -open"
	changed roles.yaml "$((n + 3))s/queues: \[.*\]/queues: [noc]/" "role agent: queues -support -servers -experts -billing"'
ok 'handling: priorities, categories, evidence, matrix, channels' '
	changed handling.yaml "s/^default_type: .*/default_type: request/" "$(sed -n "s/^default_type: /default_type /p" clone/regulation/handling.yaml) -> request"
	changed handling.yaml "s/^categories:/&\n- {id: moon, name: Moon}/" "new category moon"
	changed handling.yaml "s/id: abuse\/phishing, name: Fake page, ask: \[page address, screenshot\], evidence: \[screenshot\]/id: abuse\/phishing, name: Fake page, ask: [page address, screenshot], evidence: [letter]/" \
		"category abuse/phishing: evidence +letter -screenshot"
	changed handling.yaml "s/^channels: \[mail, /channels: [/" "channels -mail"
	changed handling.yaml "s/^- {impact: high, urgency: high, priority: p1}/- {impact: high, urgency: high, priority: p2}/" \
		"impact and urgency high high: priority p1 -> p2"'
ok 'a process comes and goes' '
	(
		cd clone/regulation || exit
		sed "s/^id: .*/id: vacation/" processes/request.yaml >processes/vacation.yaml
		git rm -q processes/idea.yaml
		git add -A
		git commit -qm x
		LANGUAGE=en tk -C .. regulation diff HEAD~1 >"$SCRATCH/out"
		git reset -q --hard HEAD~1
	)
	cat "$SCRATCH/out"
	grep -x "new: process vacation" "$SCRATCH/out"
	grep -x "gone: process idea" "$SCRATCH/out"'
finish
