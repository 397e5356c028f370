#!/bin/sh
# tk-init: what a new desk is made of, and what is refused with no trace.
. "$(dirname "$0")/lib.sh"

full="--prefix TK --lang ru --regulation outsourcer --actor danila
	--mail danila@firma.example --address support@firma.example
	--timezone Europe/Moscow"

# Everything in a folder: names, modes, bytes.
picture() {
	(cd "$1" && find . -printf '%p %m %s %l\n' | sort
	find . -type f ! -name 'index.db*' -exec sha256sum {} + | sort)
}

# ask.py ANSWER... -- COMMAND...: runs it on a terminal, answers question by
# question; prints the talk.
cat >"$SCRATCH/ask.py" <<'PY'
import os, pty, sys
cut = sys.argv.index('--')
answers, command, talk, seen = sys.argv[1:cut], sys.argv[cut + 1:], b'', 0
pid, fd = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
try:
    while got := os.read(fd, 4096):
        talk += got
        if talk.endswith(b': ') and len(talk) > seen:
            seen = len(talk)
            os.write(fd, answers.pop(0).encode() + b'\n' if answers else b'\4')
except OSError:
    pass
sys.stdout.buffer.write(talk.replace(b'\r', b''))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
PY

desk gate
ok 'the layout of a bare desk' '
	for f in HEAD tk/index.db tk/outbox/new tk/quarantine/new \
	    hooks/pre-receive hooks/post-receive; do
		[ -e gate/$f ] || { echo "no $f"; exit 1; }
	done
	[ -x gate/hooks/pre-receive ]
	[ ! -e gate/.git ]; [ ! -e gate/desk.yaml ]
	git -C gate ls-tree -r --name-only main |
		sed "s,/processes/.*,/processes/," | uniq | tr "\n" " " >got
	echo ".gitattributes desk.yaml regulation/calendar.yaml" \
	    "regulation/calendars/ru-2026.yaml regulation/calendars/ru-2027.yaml" \
	    "regulation/handling.yaml regulation/processes/" \
	    "regulation/queues.yaml regulation/regulation.yaml" \
	    "regulation/relations.yaml regulation/roles.yaml" \
	    "regulation/sla.yaml regulation/works.yaml staff/danila.yaml " |
		tr -d "\n" | same - got'
ok 'its settings are YAML that others read' '
	git -C gate show main:desk.yaml >desk.yaml
	git -C gate show main:staff/danila.yaml >staff.yaml
	python3 - >got <<-PY
	import yaml
	d = yaml.safe_load(open("desk.yaml")); s = yaml.safe_load(open("staff.yaml"))
	print(d["prefix"], d["language"], d["timezone"], d["address"])
	print(s["name"], *s["mail"], *s["roles"], s["active"])
	PY
	printf "%s\n" "TK ru Europe/Moscow support@firma.example" \
	    "Данила Петров danila@firma.example director True" | same - got'
ok 'one commit, by the founder, written down by the desk' '
	git -C gate log --format="%an <%ae> %ce %ad%n%(trailers:key=Act,valueonly)%(trailers:key=Actor,valueonly)" --date=iso >got
	printf "%s\ninit\ndanila\n\n" "Данила Петров <danila@firma.example> support@firma.example 2026-11-22 09:00:00 +0300" |
		same - got'
ok 'a gate refuses what git itself can refuse, and keeps a reflog' '
	for k in receive.denyNonFastForwards receive.denyDeletes \
	    receive.fsckObjects core.logAllRefUpdates tk.gate; do
		echo "$k $(git -C gate config $k)"
	done >got
	[ "$(grep -c " true$" got)" = 5 ]
	[ "$(git -C gate reflog main | wc -l)" = 1 ]'
ok 'an ordinary desk has a clean work tree' '
	exits 0 tk init plain $full --name "Данила Петров" -q
	git -C plain status --porcelain | same /dev/null -
	[ -d plain/.git/tk/outbox/new ]
	git -C plain ls-tree -r --name-only main >a
	git -C gate ls-tree -r --name-only main >b
	same a b'
ok 'the umask says who may use it, not the program' '
	(umask 002; tk init shared $full --name Ada -q)
	[ "$(stat -c %a shared/.git/tk)" = 775 ]'

ok 'nothing is asked when all is given, even on a terminal' '
	python3 "$SCRATCH/ask.py" -- tk init told $full --name Ada >talk
	grep -q "^told: the desk is ready; you are danila" talk'
ok 'on a terminal the rest is asked; an empty answer takes the default' '
	python3 "$SCRATCH/ask.py" "HD" uk "" help@abc.example "АБВ" \
	    Europe/Kyiv olha "Ольга" "" -- tk init asked --bare >talk || {
		cat talk; exit 1; }
	git -C asked show main:desk.yaml >got
	grep -qx "prefix: HD" got; grep -qx "language: uk" got
	grep -qx "name: АБВ" got; grep -qx "timezone: Europe/Kyiv" got
	git -C asked show main:staff/olha.yaml >got
	grep -qx "name: Ольга" got; grep -q "danila@firma.example" got'
ok 'an answer that cannot be is asked for again at once' '
	python3 "$SCRATCH/ask.py" hd "H D" HD xx uk nope provider nobody \
	    help@abc.example "" Mars/Phobos Europe/Kyiv "О/" olha "<x>" "Ольга" \
	    no "" -- tk init again --bare >talk || { cat talk; exit 1; }
	[ "$(grep -c "What do ticket numbers start with" talk)" = 3 ]
	grep "^tk-init: --prefix hd: " talk
	grep "^tk-init: --timezone: " talk
	git -C again show main:desk.yaml >got
	grep -qx "prefix: HD" got; grep -qx "timezone: Europe/Kyiv" got
	exits 65 python3 "$SCRATCH/ask.py" HD -- tk init nobody --mail nobody >talk
	exits 1 grep "start with" talk
	exits 64 python3 "$SCRATCH/ask.py" hd -- tk init nobody >talk
	[ ! -e nobody ]'
ok 'the regulation is in force from the day of init, in the zone of the desk' '
	for r in outsourcer provider; do for l in ru uk en; do
		TK_NOW=2027-02-03T22:30:00Z tk init $r-$l -q --prefix TK --lang $l \
		    --regulation $r --timezone Europe/Kyiv --name Ada --actor ada --mail a@b.example
		sed "s/^since: .*/since: 2027-02-04/" "$ROOT/share/regulations/$r/$l/regulation.yaml" |
			same - $r-$l/regulation/regulation.yaml
		tk regulation lint $r-$l/regulation
	done; done'
ok 'an end of input is no answer' '
	exits 64 python3 "$SCRATCH/ask.py" HD -- tk init nobody >talk
	[ ! -e nobody ]'
ok 'without a terminal the defaults are taken' '
	exits 0 tk init silent >got
	git -C silent show main:desk.yaml >got
	grep -qx "language: en" got
	grep -qx "address: support@desk.firma.example" got'

ok 'a second run is refused and changes nothing' '
	for d in gate plain; do
		picture $d >before
		exits 1 tk init $d $full --name Ada -q 2>err
		exits 1 tk init --bare $d $full --name Ada -q 2>err
		grep -q "^tk-init: $d: " err
		picture $d >after
		same before after
	done'
ok 'so is a folder that holds another git repository' '
	git init -q other; echo text >other/file
	git init -q --bare other.git
	for d in other other.git; do
		picture $d >before
		exits 1 tk init $d $full --name Ada -q 2>err
		picture $d >after
		same before after
	done
	exits 1 tk init other/file $full --name Ada -q 2>err
	grep -q "file: not a folder" err'
ok 'files that are in the way are kept, and no half desk is left' '
	mkdir busy; echo mine >busy/desk.yaml
	exits 1 tk init busy $full --name Ada -q 2>err
	grep -q desk.yaml err
	[ "$(ls -A busy)" = desk.yaml ] && [ "$(cat busy/desk.yaml)" = mine ]'

ok 'a regulation that is not there: those that are' '
	exits 1 tk init never --lang xx 2>err
	grep -q "there are: outsourcer (en, ru, uk), provider (" err'
bad() { # STATUS OPTION VALUE...
	status=$1 option=$2
	shift 2
	for value; do
		ok "$option \"$value\" is refused by name, with no trace" '
			exits $status tk init never $full --name Ada "$option" "$value" 2>err
			grep -q -e "^tk-init: .*$option" err
			[ ! -e never ]'
	done
}
bad 65 --prefix tk T-K '' TK1234567890123456 'T K' ../T
bad 1 --lang xx ../outsourcer/ru ''
bad 1 --regulation nope ../regulations/outsourcer .
bad 65 --timezone Mars/Phobos ../../../etc/passwd /etc/localtime ''
bad 65 --address nobody @firma.example a@ 'a@b c' -f@x a@b@c
bad 65 --mail nobody
bad 65 --actor ../x
bad 65 --name 'x <y>'
# calendars LANG ZONE REGULATION: the desk's calendars, for python
calendars() {
	rm -rf place
	tk init --bare -q --lang "$1" --timezone "$2" --regulation "$3" --actor danila \
		--address support@firma.example place
	tk -C place regulation lint >lint 2>&1 || :
	exits 1 grep -v "^regulation/roles.yaml:.*nobody on the staff" lint
	tk -C place regulation show >document
	git -C place show main:regulation/calendar.yaml >calendar.yaml
	git -C place ls-tree --name-only main:regulation/calendars 2>/dev/null | tr "\\n" " " >lists || :
}
want() { # PYTHON, of the list c and the text t
	python3 -c "
import yaml
y = yaml.safe_load(open('calendar.yaml', encoding='utf-8'))
c, t = y['calendars'], ' '.join(y['text'].split())
assert $1, y"
}

ok 'the calendars are those of the place, whatever the language is' '
	for reg in outsourcer provider; do
		calendars ru Europe/Kyiv $reg
		want "all(x[\"timezone\"] == \"Europe/Kyiv\" for x in c)"
		want "all(x.get(\"include\") == [\"ua-martial\"] and x[\"holidays\"] == [] for x in c if not x.get(\"always\"))"
		want "\"по Киеву\" in t and \"военное положение\" in t and \"моск\" not in t and \"ru-2026\" not in t"
		grep "^ua-2026.yaml ua-2027.yaml ua-martial.yaml $" lists
		git -C place show main:regulation/queues.yaml >queues
		grep "18" queues && exits 1 grep -i "моск\|mosc" queues
		calendars uk Europe/Moscow $reg
		want "all(x.get(\"include\") == [\"ru-2026\", \"ru-2027\"] for x in c if not x.get(\"always\"))"
		want "\"за Москвою\" in t and \"воєн\" not in t"
		calendars en Europe/Kiev $reg
		want "all(x[\"timezone\"] == \"Europe/Kiev\" for x in c) and \"Kyiv time\" in t and \"martial law\" in t"
		calendars ru Pacific/Fiji $reg
		want "all(\"include\" not in x and not x.get(\"holidays\") for x in c) and \"по времени Pacific/Fiji\" in t"
		exits 1 grep . lists
	done'

ok 'the same country by another clock keeps its days; UTC is no place' '
	calendars ru Asia/Yekaterinburg outsourcer
	want "all(x[\"timezone\"] == \"Asia/Yekaterinburg\" for x in c) and \"по Екатеринбургу\" in t"
	want "c[0][\"include\"] == [\"ru-2026\", \"ru-2027\"] and \"постановления правительства\" in t"
	calendars en Europe/Berlin outsourcer
	want "c[0][\"timezone\"] == \"Europe/Berlin\" and c[0][\"holidays\"] and \"Berlin time\" in t"
	for zone in Europe/Moscow UTC; do
		calendars ru $zone outsourcer
		same "$ROOT/share/regulations/outsourcer/ru/calendar.yaml" calendar.yaml
		grep "^ru-2026.yaml ru-2027.yaml $" lists
	done'

finish
