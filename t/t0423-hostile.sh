#!/bin/sh
# Letters made to hurt: they cost little, stop nobody, and are harmless to
# look at. t/perf/hostile measures each of them at full size.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
mkdir -p md/tmp md/new md/cur bombs
python3 "$ROOT/t/perf/hostile.py" bombs 6
[ "$(find bombs -name '*.eml' | wc -l)" -gt 35 ] || exit 1

ok 'rule 3: hostile letters stop none of the others' '
	n=0
	for f in bombs/*.eml; do
		n=$((n + 1))
		cp "$f" md/new/$n.a.host
		letter md/new/$n.b.host "Иван <ivan@romashka.example>" "Письмо $n"
	done
	got=0
	timeout 600 tk deliver --no-send md >out 2>err || got=$?
	[ $got = 1 ] && cat err
	[ "$(wc -l <out)" = $((2 * n)) ]
	[ -z "$(ls md/new)" ]
	exits 1 grep ": left (" out
	[ "$(grep -c "[.]b[.]host: TK-[0-9]* open" out)" = $n ]
	grep quarantine out'

ok 'rule 5: bombs go to quarantine with the reason' '
	grep quarantine out
	grep "nested deeper than 20" out
	grep "more than 1000 parts" out
	grep "too many or too long header fields" out
	grep "Received: headers: a mail loop" out
	ls "$DESK/tk/quarantine/new" | grep "why$"'

ok 'rule 9: 50 Received fields are a way, 51 a loop' '
	for n in 50 51; do
		{ yes "Received: from a by b; Sun, 22 Nov 2026 06:00:00 +0000" | head -$n
		  printf "From: a@a.example\nSubject: hops\nMessage-ID: <hops%s@h.example>\n\nx\n" $n; } >hops.eml
		tk deliver --no-send - <hops.eml >>hops
	done
	cat hops
	sed -n 1p hops | grep "^-: TK-[0-9]* open"
	sed -n 2p hops | grep "^-: quarantine (51 Received: headers: a mail loop)"
	why=$(grep -l "a mail loop" "$DESK"/tk/quarantine/new/*.why | head -1)
	raw=$(ls "$DESK"/tk/quarantine/new/* | grep -v "why$" | xargs grep -l hops51)
	cmp hops.eml "$raw" && [ -s "$why" ]'

ok 'rule 5: what is taken in is within the limits, the letter is whole' '
	tk fsck && tk audit
	git -C "$DESK" ls-tree -r -l HEAD -- tickets | awk "/[.]yaml\$/ && \$4 > 4194304 { bad = 1 } END { exit bad }"'

ok 'rule 5: an archive is not opened' '
	printf "PK\003\004" >want
	id=$(sqlite3 "$DESK/tk/index.db" "SELECT ticket FROM message WHERE message_id = '\''zip-bomb@h.example'\''")
	field "$id" 1 attachments | grep "b.zip.*application/zip.*: 1019[0-9][0-9]"'

ok 'rule 8: a terminal, YAML and HTML get no controls' '
	id=$(sqlite3 "$DESK/tk/index.db" "SELECT ticket FROM message WHERE message_id = '\''bidi@h.example'\''")
	tk show $id >shown && tk list >listed && tk show --json $id >json
	for f in shown listed out; do
		exits 1 grep -aP "[\x00-\x08\x0b-\x1f\x7f]" $f
		exits 1 grep -P "[\x{80}-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]" $f
	done
	exits 1 grep -aP "[\x00-\x09\x0b-\x1f\x7f]" json
	text $id 1 >y && exits 1 grep -aP "[\x00-\x08\x0b-\x1f\x7f]" y
	python3 -c "
import sys, yaml
yaml.safe_load(open(\"y\", encoding=\"utf-8\"))"'

ok 'rule 7: names of files cannot leave, hide or turn' '
	for name in "../../x" ".git" "-rf" "a\\\\b.exe" "gnp.\342\200\256exe" "a\033[2Jb" "a\nb" "CON" "$(printf "%0300d" 1).txt" ""; do
		printf "From: a@a.example\nSubject: x\nContent-Type: image/png\nContent-Disposition: attachment; filename*=utf-8'\'''\''$(
			printf "$name" | od -An -v -tx1 | tr -d "\n" | sed "s/ /%/g" | sed "s/%/%%/g")\n\nx\n" >n.eml
		tk deliver -n --json n.eml >json
		python3 -c "
import json, unicodedata
n = json.load(open(\"json\", encoding=\"utf-8\"))[\"attachment_names\"][0]
assert n and n[0] not in \".-~ \" and len(n.encode()) <= 200, n
assert not any(c in \"/\\\\\\\\\" or unicodedata.category(c) in (\"Cc\", \"Cf\") for c in n), n"
	done'

ok 'memory stays below three times a letter of 60 MiB, and of 200 MB' '
	python3 - <<-TEXT
		import base64, os
		head = b"From: a@a.example\nSubject: x\nMIME-Version: 1.0\nMessage-ID: <%d@big.example>\nContent-Type: application/octet-stream; name=b.bin\nContent-Transfer-Encoding: base64\n\n"
		line = base64.encodebytes(os.urandom(1 << 20))
		for n, times in ((60, 44), (200, 141)):
		    with open("%d.eml" % n, "wb") as f:
		        f.write(head % n + line * times)
	TEXT
	for n in 60 200; do
		python3 - $n.eml <<-TEXT
			import os, subprocess, sys
			size = os.path.getsize(sys.argv[1])
			p = subprocess.Popen(["tk-deliver", "--no-send", sys.argv[1]])
			_, status, use = os.wait4(p.pid, 0)
			assert status == 0, status
			times = use.ru_maxrss * 1024 / size
			print("%d bytes, %.2f times in memory" % (size, times))
			asan = "address" in os.environ["TK_BUILD"]
			sys.exit(times > 3 and not asan)
		TEXT
	done
	id=$(sqlite3 "$DESK/tk/index.db" "SELECT ticket FROM message WHERE message_id = '\''60@big.example'\''")
	raw "$id" 1 | cmp - 60.eml'

ok 'of a letter of a gigabyte the beginning is read' '
	printf "From: a@a.example\nSubject: x\nMessage-ID: <1g@big.example>\n\n" >1g.eml
	truncate -s 1G 1g.eml
	python3 - <<-TEXT
		import os, subprocess
		p = subprocess.Popen(["tk-deliver", "--no-send", "1g.eml"])
		_, status, use = os.wait4(p.pid, 0)
		print("%d KiB of memory" % use.ru_maxrss)
		assert status == 0, status
		assert use.ru_maxrss < 400 * 1024 or os.environ["TK_SANITIZED"]
	TEXT
	[ "$(find "$DESK/tk/big" -type f -size +1000M | wc -l)" = 1 ]'
finish
