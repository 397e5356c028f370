#!/bin/sh
# Real answers, where they are at hand: what is new in them and what is
# quoted. TK_MAIL_CORPUS says where they are.
corpus=${TK_MAIL_CORPUS:-$(dirname "$0")/../../shared/mail-corpus}
corpus=$(cd "$corpus" 2>/dev/null && pwd)
. "$(dirname "$0")/lib.sh"

[ -r "$corpus/trim.csv" ] || skip_all 'no mail corpus; see TK_MAIL_CORPUS'
unset TK_DESK
cat >"$SCRATCH/trim.py" <<'PY'
import csv, json, os, re, subprocess, sys
corpus, top = sys.argv[1] + "/", sys.argv[2]
rows = list(csv.DictReader(open(corpus + "trim.csv", encoding="utf-8")))
head = ("From: a@a.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/%s; "
        "charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n")
files = []
for i, r in enumerate(rows):
    body = open(corpus + r["file"], "rb").read()
    if r["kind"] != "eml":
        body = (head % {"text": "plain", "html": "html"}[r["kind"]]).encode() + body
    files.append("%s/%d.eml" % (top, i))
    open(files[-1], "wb").write(body)
out = subprocess.run(["tk-deliver", "-n", "--json"] + files, stdout=subprocess.PIPE).stdout
good = empty = lost = 0
words = lambda s: re.sub(r"\s", "", s)
for line, r in zip(out.decode().splitlines(), rows):
    o = json.loads(line)
    new = o["text"][:len(o["text"]) - len(o["quoted"])]
    want = r["expected_text"] or open(corpus + r["expected_file"], encoding="utf-8").read()
    if r["kind"] == "html":
        same = words(new) == words(want)
    else:
        same = new.strip() == want.strip().replace("\r\n", "\n")
    good += same
    empty += not new.strip()
    if r["kind"] == "text":
        body = open(corpus + r["file"], encoding="utf-8", newline="").read()
        if sorted(words(body)) != sorted(words(o["text"])):
            lost += 1
            print("lost from " + r["file"])
    if not same:
        print("%s\n  want %r\n  got  %r" % (r["file"], want[-200:], new[-200:]))
print("%d of %d as expected, %d empty, %d with something lost" % (good, len(rows), empty, lost))
sys.exit(10 * good < 9 * len(rows) or empty > 0 or lost > 0)
PY
ok 'rules 65-67: at least 90 % as expected, none empty, nothing lost' '
	PYTHONIOENCODING=utf-8 python3 "$SCRATCH/trim.py" "$corpus" "$SCRATCH" >"$SCRATCH/told" || st=$?
	cat "$SCRATCH/told"
	[ "${st:-0}" = 0 ]'
tail -1 "$SCRATCH/told" | sed 's/^/# /'
finish
