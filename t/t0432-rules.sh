#!/bin/sh
# Each of the 73 rules of the gate stands in tk-deliver(1), and has a test that
# names it by its number.
. "$(dirname "$0")/lib.sh"

cat >"$SCRATCH/rules.py" <<'PY'
import glob, re, sys
root = sys.argv[1]
page = open(root + "/man/tk-deliver.1", encoding="utf-8").read()
page = page[page.index("\n.Sh RULES"):page.index("\n.Sh FILES")]
RANGE = r"(\d+)(?:-(\d+))?"

def numbers(text):
    for a, b in re.findall(RANGE, text):
        yield from range(int(a), int(b or a) + 1)

told = [n for item in re.findall(r"(?m)^\.It (.*)$", page) for n in numbers(item)]
tests = {}
for path in sorted(glob.glob(root + "/t/t04*.sh")):
    for name in re.findall(r"(?m)^(?:ok|t=|skip '[^']*'|recipe \S+) ?'?((?:rule|rules) [^:']*:[^'\n]*)",
                           open(path, encoding="utf-8").read()):
        for n in numbers(name.split(":")[0]):
            tests.setdefault(n, []).append(path.rsplit("/", 1)[1][:5] + " " + name)
want = list(range(1, 74))
for n in want:
    print(n, " | ".join(tests.get(n, ["NO TEST"])))
bad = [("in tk-deliver(1), missing or out of order", told)] if told != want else []
bad += [("without a test", [n for n in want if n not in tests])] if any(n not in tests for n in want) else []
bad += [("tested and unknown", sorted(set(tests) - set(want)))] if set(tests) - set(want) else []
for what in bad:
    print("rules", *what)
sys.exit(bool(bad))
PY
ok 'each rule of the gate is in tk-deliver(1) and has a test of its number' '
	PYTHONIOENCODING=utf-8 python3 "$SCRATCH/rules.py" "$ROOT"'

ok 'and that is seen where it is not so' '
	mkdir -p bad/t bad/man
	sed "/^.It 33$/d" "$ROOT/man/tk-deliver.1" >bad/man/tk-deliver.1
	cp "$ROOT"/t/t04*.sh bad/t && sed -i "s/rule 40:/rule forty:/" bad/t/*.sh
	PYTHONIOENCODING=utf-8 exits 1 python3 "$SCRATCH/rules.py" bad >said
	grep "^rules in tk-deliver(1), missing" said && grep "^rules without a test \[40\]" said'
finish
