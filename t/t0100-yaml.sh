#!/bin/sh
# Another YAML library reads what we write, and we read what it writes.
. "$(dirname "$0")/lib.sh"

python3 -c 'import yaml' 2>/dev/null || skip_all 'no python3-yaml'
unit=$TK_BUILD/t/unit/test-yaml

# check.py YAML JSON: are they the same texts? check.py: JSON to YAML.
cat >"$SCRATCH/check.py" <<'PY'
import json, sys, yaml

if len(sys.argv) == 3:
    got = yaml.safe_load(open(sys.argv[1], encoding='utf-8', newline=''))
    want = json.load(open(sys.argv[2], encoding='utf-8'))
    def differ(a, b, at):
        if type(a) is not type(b):
            print(at, repr(a), repr(b)); return 1
        if isinstance(a, dict):
            if list(a) != list(b):
                print(at, [k for k in a if k not in b],
                      [k for k in b if k not in a]); return 1
            return sum(differ(a[k], b[k], f'{at}/{k}') for k in a)
        if isinstance(a, list):
            return len(a) != len(b) or \
                sum(differ(x, y, f'{at}[{i}]') for i, (x, y) in enumerate(zip(a, b)))
        if a != b:
            print(at, repr(a), repr(b)); return 1
        return 0
    sys.exit(differ(got, want, '') > 0)
data = json.load(sys.stdin)
yaml.safe_dump(data, sys.stdout, sort_keys=False,
               default_flow_style=None, width=60)
PY
export PYTHONIOENCODING=utf-8

"$unit" yaml >"$SCRATCH/ours.yaml"
"$unit" json >"$SCRATCH/want.json"
ok 'what we write is read the same by another' \
	'python3 "$SCRATCH/check.py" "$SCRATCH/ours.yaml" "$SCRATCH/want.json"'
ok 'what another writes is read the same by us' '
	python3 "$SCRATCH/check.py" <"$SCRATCH/want.json" >"$SCRATCH/its.yaml"
	"$unit" read <"$SCRATCH/its.yaml" >"$SCRATCH/got.json"
	cmp "$SCRATCH/got.json" "$SCRATCH/want.json"'
finish
