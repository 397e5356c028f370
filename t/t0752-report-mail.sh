#!/bin/sh
# Reports by mail: to whom, what is in them, and never twice.
. "$(dirname "$0")/lib.sh"

desk d
tk client add -q romashka name=Ромашка domain=romashka.example language=uk \
	--contact 'Ірина <boss@romashka.example>'
tk client add -q other name=Other domain=other.example \
	--contact 'Ann <ann@other.example>'
tk new -q -s 'Принтер' -m x -w ivan@romashka.example -c mail
tk new -q -s 'Чужая тайна' -m x -w ann@other.example -c mail
tk spend -q TK-1 90m --billable -m x && tk close -q TK-1 -r 'Готово.' -m x
rm -f sent/*

count() { find sent -name '*.eml' | wc -l; }

ok 'to a colleague: text, page and sheet, and nobody answers it' '
	tk report flow --mail danila@firma.example
	[ "$(count)" = 1 ]
	grep -qx "danila@firma.example" sent/1.args
	grep -qx "<>" sent/1.args
	grep -qi "^Auto-Submitted: auto-generated" sent/1.eml
	python3 - <<-TEXT
	import email, email.policy
	m = email.message_from_binary_file(open("sent/1.eml", "rb"), policy=email.policy.default)
	assert "Поток заявок" in m["subject"], m["subject"]
	text = m.get_body(("plain",)).get_content()
	assert "Поток заявок" in text and "2026-11-22" in text, text
	files = {p.get_filename(): p for p in m.iter_attachments()}
	assert set(files) == {"flow.html", "flow.csv"}, files
	assert b"<svg" in files["flow.html"].get_payload(decode=True)
	TEXT
	[ -z "$(find "$DESK/tk/outbox" -type f)" ]'

ok 'nothing of a wide table is cut, in the text of a mail nor on a terminal' '
	tk client change -q romashka --name "Общество с очень длинным названием «Ромашка и сыновья»"
	tk report lines --mail danila@firma.example
	tk report clients --mail danila@firma.example
	cat >whole.py <<-TEXT
	import csv, io, re, sys, email, email.policy
	flat = lambda s: re.sub(r"\s+", "", s)
	def check(text, sheet, width):
	    assert "…" not in text and max(map(len, text.split("\n"))) <= width, text
	    # A name may stand in two lines, with another cell between them.
	    for row in csv.reader(io.StringIO(sheet)):
	        for word in " ".join(row).split():
	            assert ":" in word or word in text or flat(word) in flat(text), (word, text)
	TEXT
	for n in 2 3; do N=$n python3 - <<-TEXT
	import os
	exec(open("whole.py").read())
	m = email.message_from_binary_file(open("sent/%s.eml" % os.environ["N"], "rb"), policy=email.policy.default)
	sheet = [p for p in m.iter_attachments() if p.get_filename().endswith(".csv")][0]
	check(m.get_body(("plain",)).get_content(), sheet.get_payload(decode=True).decode("utf-8-sig").replace(";", ","), 76)
	TEXT
	done
	tk report staff --excel >sheet
	TERM=xterm NO_COLOR=1 COLUMNS=60 TK_PAGER=cat python3 -c "
import pty
pty.spawn([\"tk\", \"report\", \"staff\"])" >out </dev/null
	python3 - <<-TEXT
	exec(open("whole.py").read())
	text = "\n".join(l for l in open("out", encoding="utf-8").read().replace("\r", "").split("\n") if not l.startswith(("Script", "период", "period")))
	check(text, open("sheet", encoding="utf-8-sig").read().replace(";", ","), 60)
	TEXT
	TERM=xterm NO_COLOR=1 COLUMNS=80 TK_PAGER=cat python3 -c "
import pty
pty.spawn([\"tk\", \"report\", \"flow\", \"--part\", \"1\"])" >out </dev/null
	grep "^Day  *Came in  *Closed  *Reopened  *Open  *Came in" out
	rm -f sent/2.* sent/3.*'

ok 'once more is not sent once more; another period is' '
	tk report flow --mail danila@firma.example
	tk send -q
	[ "$(count)" = 1 ]
	tk report flow --from today --mail danila@firma.example
	[ "$(count)" = 2 ]'

ok 'a contact gets what is about the client, in its language' '
	tk report clients --mail boss@romashka.example
	[ "$(count)" = 3 ]
	python3 - <<-TEXT
	import email, email.policy
	m = email.message_from_binary_file(open("sent/3.eml", "rb"), policy=email.policy.default)
	assert "Звіт для клієнта" in m["subject"], m["subject"]
	all = "".join(p.get_payload(decode=True).decode("utf-8", "replace")
		for p in m.walk() if not p.is_multipart())
	assert "Принтер" in all and "тайна" not in all and "Other" not in all
	TEXT
	exits 1 tk report bill other 2026-11 --mail boss@romashka.example 2>err
	grep "boss@romashka.example" err
	[ "$(count)" = 3 ]'

ok 'to strangers nothing goes, and to nobody where one is a stranger' '
	exits 1 tk report load --mail danila@firma.example --mail evil@evil.example 2>err
	grep "evil@evil.example" err
	exits 1 tk report load --mail ivan@romashka.example 2>err
	[ "$(count)" = 3 ]'

ok 'what could not be sent waits, and goes out once' '
	touch sent/fails
	exits 74 tk report load --mail danila@firma.example 2>err
	exits 1 tk send --now >got 2>err
	grep "^report waiting" got
	tk send --status >got && grep "^report " got
	rm sent/fails
	exits 0 tk send --now >got
	grep "^report sent" got
	tk report load --mail danila@firma.example
	[ "$(count)" = 4 ]'

ok 'killed after it was handed over, it is not sent again' '
	tk new -q -s next -m x -w ann@other.example -c phone
	# As the sender leaves it before it has written down that it was sent.
	tk report staff --mail danila@firma.example
	[ "$(count)" = 5 ]
	name=$(ls -t "$DESK/tk/reports" | head -1)
	for f in "$DESK"/tk/reports/*; do
		n=${f##*/}
		! grep -q "$n" sent/5.eml || name=$n
	done
	rm "$DESK/tk/reports/$name"
	cp sent/5.eml "$DESK/tk/outbox/cur/$name"
	tk report staff --mail danila@firma.example
	tk send -q
	[ "$(count)" = 5 ]
	[ -e "$DESK/tk/reports/$name" ] && [ ! -e "$DESK/tk/outbox/cur/$name" ]'

ok 'a clone sends nothing' '
	git clone -q "$DESK" clone 2>/dev/null
	git -C clone config tk.actor danila
	exits 1 tk -C clone report flow --mail danila@firma.example 2>err
	grep "gate" err'

finish
