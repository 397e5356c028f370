#!/bin/sh
# Rules 1-9, 29 and 30 of tk-deliver(1) where something is wrong: large
# letters, long headers, broken files, a sending program that hangs.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d

# 200 MB in one attachment, made as fast as can be.
huge() { # FILE BYTES
	{
		cat <<-TEXT
			From: ivan@romashka.example
			To: support@firma.example
			Subject: Huge
			Message-ID: <huge@romashka.example>
			MIME-Version: 1.0
			Content-Type: multipart/mixed; boundary=B

			--B
			Content-Type: text/plain; charset=utf-8

			Here is the disk image.
			--B
			Content-Type: application/octet-stream; name=disk.img
			Content-Transfer-Encoding: base64

		TEXT
		yes "$(printf 'QUJD%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19)" | head -c "$2"
		echo
		echo "--B--"
	} >"$1"
}

ok 'rules 5 and 6: 200 MB are taken in, with little memory, and kept whole' '
	huge h.eml 199999954
	python3 - "$TK_BUILD/bin/tk-deliver" <<-"PY"
		import resource, subprocess, sys
		with open("h.eml", "rb") as f:
		    out = subprocess.run([sys.argv[1], "-"], stdin=f, stdout=subprocess.PIPE, check=True)
		print(out.stdout.decode())
		assert b"TK-1 open" in out.stdout
		mem = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
		print("MiB:", mem)
		assert mem < 400, mem
	PY
	sum=$(sha256sum <h.eml | cut -c-64)
	cmp h.eml "$DESK/tk/big/$sum.eml"
	field TK-1 1 whole | grep -x "$sum $(wc -c <h.eml)"
	field TK-1 1 text | grep "Here is the disk image."
	tk show TK-1 | grep -i "beginning"
	[ "$(raw TK-1 1 | wc -c)" -le 1048576 ]
	tk deliver - <h.eml | grep duplicate
	[ "$(ls "$DESK/tk/big" | wc -l)" = 1 ] && [ "$(ls -A "$DESK/tk/big" | wc -l)" = 1 ]'

ok 'rule 6: its attachments come out of the whole letter' '
	sum=$(sha256sum <h.eml | cut -c-64)
	{ sed -n "/^QUJD/,\$p" h.eml | grep -v "^--B--" | base64 -d 2>/dev/null || :; } | sha256sum | cut -c-64 >want
	tk attach --whole 1 TK-1 >list && cat list
	grep "^ *1 .*application/octet-stream .*disk.img" list
	python3 - "$TK_BUILD/bin/tk-attach" <<-"PY"
		import os, resource, subprocess, sys
		subprocess.run([sys.argv[1], "TK-1", "1", "-o", "disk"], check=True)
		mem = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
		print("times the letter:", mem / os.path.getsize("h.eml"))
		assert mem < 3 * os.path.getsize("h.eml") or os.environ["TK_SANITIZED"]
	PY
	sha256sum <disk | cut -c-64 | same want -
	tk attach -q --whole 1 TK-1 -D out && cmp out/disk.img disk
	exits 1 tk attach --whole 2 TK-1
	exits 64 tk attach --whole x TK-1
	mv "$DESK/tk/big/$sum.eml" kept && exits 1 tk attach --whole 1 TK-1
	echo x >"$DESK/tk/big/$sum.eml" && exits 65 tk attach --whole 1 TK-1
	mv kept "$DESK/tk/big/$sum.eml"
	rm -r disk out
	rm h.eml "$DESK/tk/big/$sum.eml"'

ok 'rule 5: a header of 30 MB, and 100,000 fields, stop nobody' '
	mkdir -p md/tmp md/new md/cur
	letter md/new/1.a.host "$ivan" "До"
	{ printf "From: a@x.example\nX-Long: "; head -c 30000000 /dev/zero | tr "\0" x; printf "\n\nText\n"; } >md/new/2.a.host
	{ printf "From: b@x.example\nSubject: many\n"; seq 100000 | sed "s/^/X-F: /"; printf "\nText\n"; } >md/new/3.a.host
	letter md/new/4.a.host "$ivan" "После"
	got=0
	timeout 60 tk deliver --no-send md >out || got=$?
	cat out
	[ $got = 1 ]
	[ -z "$(ls md/new)" ]
	grep "2.a.host: quarantine (the header of the letter is larger" out
	grep "3.a.host: TK-[0-9]* open" out
	grep -c "[14].a.host: TK-[0-9]* open" out | grep -x 2'

ok 'rule 5: whoever sends more than 64 MiB lets the others go first' '
	{ printf "From: big@x.example\nSubject: big\nMessage-ID: <64m@x.example>\n\n"; } >md/new/10.a.host
	truncate -s 65M md/new/10.a.host
	letter md/new/11.a.host "$ivan" "Первым"
	letter md/new/12.a.host "$ivan" "Вторым"
	tk deliver --no-send md >out
	sed "s|^md/new/\([0-9]*\).*|\1|" out | tr "\n" " " | grep "^11 12 10 $"
	rm "$DESK"/tk/big/*.eml'

ok 'long subjects, names and lists of people are cut to what people write' '
	python3 -c "
print(\"From: %s <c@x.example>\" % (\"n\" * 5000))
print(\"To: support@firma.example\" + \"\".join(\",\\n p%d@x.example\" % i for i in range(500)))
print(\"Subject: \" + \"s\" * 5000)
print(\"References:\" + \"\".join(\"\\n <%d@x.example>\" % i for i in range(500)))
print(\"Message-ID: <long@x.example>\\n\\nText\")" >l.eml
	tk deliver --no-send - <l.eml >line
	id=$(sed -n "s/^-: \(TK-[0-9]*\) .*/\1/p" line)
	text "$id" 1 >m
	python3 -c "
import yaml
m = yaml.safe_load(open(\"m\", encoding=\"utf-8\"))
assert len(m[\"subject\"]) == 200 and len(m[\"from\"]) < 300
assert len(m[\"to\"]) == 200, len(m[\"to\"])
assert m[\"references\"][-1] == \"499@x.example\" and len(m[\"references\"]) == 100"'

ok 'rule 3: what was mended leaves the quarantine when it is delivered again' '
	letter q.eml "$ivan" "Петля"
	{ seq 60 | sed "s/.*/Received: from a by b/"; cat q.eml; } >loop.eml
	tk deliver - <loop.eml || :
	f=$(ls "$DESK"/tk/quarantine/new/*.why | head -1)
	f=$(grep -l Received "$DESK"/tk/quarantine/new/*.why) && f=${f%.why}
	cmp "$f" loop.eml
	sed -i "/^Received:/d" "$f"
	tk deliver --no-send "$f" | grep " open "
	[ ! -e "$f" ] && [ ! -e "$f.why" ]'

ok 'a message file that cannot be read does not hide its ticket' '
	letter b.eml "$ivan" "Битый"
	tk deliver --no-send - <b.eml >line
	id=$(sed -n "s/^-: \(TK-[0-9]*\) .*/\1/p" line)
	tk note -q "$id" -m "Заметка цела."
	git clone -q d c 2>/dev/null && cd c
	echo "kind: [broken" >tickets/00/00/$id/$(cd .. && msg "$id" 1).yaml
	git -c core.hooksPath=/dev/null commit -qam "broken"
	git push -q -o x ../d HEAD:refs/heads/broken 2>/dev/null || git -C ../d fetch -q ../c HEAD:refs/heads/broken
	cd .. && git -C d update-ref "$(git -C d symbolic-ref HEAD)" refs/heads/broken
	tk show "$id" >out
	cat out
	grep "Заметка цела" out
	grep -i "unreadable" out
	tk reply -q "$id" -m "Ответ идёт."
	rm -rf c'

ok 'rule 30: a letter that is not in the desk fails, the rest goes on' '
	letter s.eml "$ivan" "Без письма"
	tk deliver --no-send - <s.eml >line
	id=$(sed -n "s/^-: \(TK-[0-9]*\) .*/\1/p" line)
	touch sent/fails
	tk reply -q "$id" -m "Пропавший ответ." 2>/dev/null
	rm sent/fails
	m=$(at "$id" ticket.yaml | sed -n "s/.*act: reply, msg: \([^,}]*\).*/\1/p")
	git clone -q d c && cd c
	git rm -q "tickets/00/00/$id/$m.eml"
	git -c core.hooksPath=/dev/null commit -qm "gone"
	git -C ../d fetch -q ../c HEAD:refs/heads/gone
	cd .. && git -C d update-ref "$(git -C d symbolic-ref HEAD)" refs/heads/gone
	tk send --now || :
	at "$id" ticket.yaml | grep "act: failed, msg: $m, rule: .*nothing to send"
	tk send && [ -z "$(tk send --status)" ]
	rm -rf c'

ok 'rule 30: a sending program that hangs is ended, the letter waits' '
	printf "#!/bin/sh\nexec sleep 600\n" >hang && chmod +x hang
	git -C d config tk.sendmail "$PWD/hang" && git -C d config tk.sendmailtimeout 1
	tick
	tk reply -q TK-1 -m "Кто-нибудь есть?" 2>/dev/null
	tk send --status >out
	cat out
	grep "^TK-1 " out
	git -C d config tk.sendmail "$SCRATCH/sendmail" && git -C d config --unset tk.sendmailtimeout
	tk send --now && [ -z "$(tk send --status)" ]'

ok 'rule 29: an address that is none is remembered, shown, and not written to' '
	tick
	letter n.eml "new@romashka.example" "Опечатка"
	tk deliver - <n.eml >line
	id=$(sed -n "s/^-: \(TK-[0-9]*\) .*/\1/p" line)
	our=$(sent "$(sent)" | header Message-ID)
	{
		cat <<-TEXT
			Return-Path: <>
			From: MAILER-DAEMON@mx.romashka.example
			To: support@firma.example
			Subject: Undelivered Mail
			Message-ID: <dead@mx.romashka.example>
			MIME-Version: 1.0
			Content-Type: multipart/report; report-type=delivery-status; boundary=B

			--B
			Content-Type: message/delivery-status

			Reporting-MTA: dns; mx

			Final-Recipient: rfc822; new@romashka.example
			Action: failed
			Status: 5.1.1
			--B
			Content-Type: text/rfc822-headers

			Message-ID: $our
			--B--
		TEXT
	} >dead.eml
	tick && tk deliver - <dead.eml | grep "$id bounce"
	tk show "$id" | grep "letters to new@romashka.example come back: 5.1.1"
	tk client add -q romashka --name Ромашка --contact "Новый <new@romashka.example>"
	tk client show romashka 2>/dev/null >out || tk client romashka >out
	grep "letters to new@romashka.example come back" out
	tk reply -q "$id" -m "Ау" 2>err && exit 1
	grep "come back: 5.1.1" err
	had=$(sent) && tk reply -q -f "$id" -m "Настаиваю." && [ "$(sent)" = $((had + 1)) ]
	letter n2.eml "x@other.example" "Кому-то" "x" "Reply-To: new@romashka.example"
	tick && tk deliver -v - <n2.eml | grep "ack none: letters to this address come back"
	letter n3.eml "new@romashka.example" "Я есть"
	tick 3600 && tk deliver -v - <n3.eml | grep " open "
	tk show "$id" >out && exits 1 grep "come back" out
	tk reply -q "$id" -m "Рады слышать."'
finish
