#!/bin/sh
# Every key that lint knows is in tk-regulation(5), in its file's section; and
# the page's own examples are taken by lint.
. "$(dirname "$0")/lib.sh"

P=$ROOT/man/tk-regulation.5
cat >keys.py <<'TEXT2'
import re, sys
page, source = open(sys.argv[1]).read(), open(sys.argv[2]).read()
source = source[source.index("known[] = {"):]
source = source[:source.index("};\n")]
sections, name = {}, ""
for line in page.split("\n"):
    if re.match(r"\.S[sh] ", line):
        name = line[4:]
    sections[name] = sections.get(name, "") + line + "\n"
def section(file):
    return "".join(text for head, text in sections.items()
        for word in re.split(r"[ ,]+", head)
        if word == file or file.endswith("/") and word.startswith(file))
missing = n = 0
for file, keys in re.findall(r'\{ "([^"]+)",((?:\s*"[^"]*")+)\s*\}', source):
    text = section(file)
    for key in "".join(re.findall(r'"([^"]*)"', keys)).split():
        word = [w for w in key.split(".") if w != "*"][-1]
        n += 1
        if not re.search(r"^\.(It )?(Cm|Pq Cm|Ql) (.*\W)?%s\b" % word, text, re.M):
            print(file, key)
            missing += 1
assert n > 100, n
sys.exit(missing > 0)
TEXT2
ok 'every key that lint knows is in the page' '
	python3 keys.py "$P" "$ROOT/lib/regulation/reglint-keys.c"'

ok 'the comparison can fail' '
	sed "/refuse_client/d" "$P" >less.5
	exits 1 python3 keys.py less.5 "$ROOT/lib/regulation/reglint-keys.c" >out
	grep -x "relations.yaml refuse_client" out'

# The examples of the page, each in the file whose section it is in.
cat >examples.py <<'TEXT2'
import os, re, sys
page, out = open(sys.argv[1]).read(), sys.argv[2]
os.makedirs(out + "/processes")
for head, text in re.findall(r"^\.Ss (\S+\.yaml)\n(.*?)(?=^\.S[sh] )", page, re.M | re.S):
    name = head.replace("TYPE", "request")
    for block in re.findall(r"^\.Bd [^\n]*\n(.*?)^\.Ed", text, re.M | re.S):
        open(os.path.join(out, name), "a").write(block.replace("\\&", ""))
TEXT2
ok 'the examples of the page are good rules' '
	python3 examples.py "$P" ex
	ls ex ex/processes
	for f in regulation queues roles handling relations processes/request; do [ -s ex/$f.yaml ]; done
	LANGUAGE=en tk regulation lint ex >out || :
	cat out
	exits 1 grep "is not known\|not a map\|YAML" out'

ok 'rules are modules: one file more in processes/ is one process more' '
	cp -R "$ROOT/share/regulations/outsourcer/en" own
	exits 1 grep -q vacation own/handling.yaml
	sed "s/^id: .*/id: vacation/; s/^name: .*/name: Vacation/" own/processes/request.yaml >own/processes/vacation.yaml
	sed -i "s/^types: \[incident/&, vacation/" own/handling.yaml
	tk regulation lint own
	tk regulation show --markdown own | grep "Vacation (vacation)"
	rm own/processes/idea.yaml
	exits 1 tk regulation lint own >out
	grep "no process \"idea\"" out'
ok 'a module that another one includes' '
	rm -rf own
	cp -R "$ROOT/share/regulations/outsourcer/en" own
	sed -i "0,/^- id: office/s//&\n  include: [feasts]/" own/calendar.yaml
	n=$(grep -n "include: .feasts" own/calendar.yaml | cut -d: -f1)
	LANGUAGE=en exits 1 tk regulation lint own >out
	cat out
	echo "own/calendar.yaml:$n: the file calendars/feasts.yaml is missing" | same - out
	mkdir -p own/calendars
	printf "text: |\n  Feasts.\nholidays: [2027-05-05]\n" >own/calendars/feasts.yaml
	tk regulation lint own'
finish
