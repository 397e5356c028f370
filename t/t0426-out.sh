#!/bin/sh
# Rules 21-30 of tk-deliver(1): letters out, as other mail programs read them.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
letter 1.eml "$ivan" 'Не работает сервер «Альфа»' 'Помогите.' 'Cc: boss@romashka.example'
tk deliver -q - <1.eml
tk take -q TK-1

long='Очень длинное имя файла с описанием всего, что было сделано за ноябрь и немного за декабрь, часть первая.pdf'
printf '%%PDF-1.4\n%1000s' x >"$long"
printf 'один\nдва\n' >'Отчёт; "итог" (1).txt'
printf 'plain' >plain.txt
tick
tk reply -q TK-1 -m 'Строка первая, достаточно длинная для того, чтобы её пришлось переносить, потому что в ней больше семидесяти шести знаков.
From the start of a line.
 с пробелом впереди
-- 
не подпись' -a "$long" -a 'Отчёт; "итог" (1).txt' -a plain.txt
M=$PWD/sent/2.eml

ok 'rule 21: an acknowledgement says that it is automatic, and has no sender to bounce to' '
	sent 1 | header Auto-Submitted | grep -x auto-replied
	sent 1 | header X-Auto-Response-Suppress | grep -x All
	sent 1 | header Precedence | grep -x bulk
	sent 1 | header In-Reply-To | grep -xF "<$(msgid 1.eml)>"
	sent 1 | header References | grep -F "<$(msgid 1.eml)>"
	[ -n "$(sent 1 | header X-Tk-Loop)" ]
	[ "$(sed -n 2p sent/1.args)" = "<>" ]'

ok 'rule 22: an answer of a person does not' '
	sed "/^\$/q" sent/2.eml >head
	exits 1 grep -i "^Auto-Submitted\|^Precedence\|^X-Auto\|^List-" head
	[ "$(sed -n 2p sent/2.args)" = support@firma.example ]'

ok 'rule 23: the acknowledgement goes to the writer alone and quotes nothing' '
	sed 1,3d sent/1.args | paste -sd" " | grep -x ivan@romashka.example
	sent 1 | plaintext >t && grep TK-1 t && exits 1 grep "Помогите\|Альфа" t'

ok 'rule 24: own ids, the whole chain, twenty at most with the first' '
	sent 2 | header Message-ID | grep -x "<TK-1[.][0-9]*[.][0-9a-f]*@firma.example>"
	for i in $(seq 15); do
		tick
		letter a$i.eml "$ivan" "Re: x" "Ещё $i" "In-Reply-To: <$(msgid 1.eml)>"
		tk deliver -q - <a$i.eml
		tk reply -q TK-1 -m "Да $i."
	done
	n=$(sent)
	sent $n | header References | tr " \t" "\n\n" | grep -c "<" | grep -x 20
	sent $n | header References | grep "^<$(msgid 1.eml)>"
	sent $n | header In-Reply-To | grep -xF "<$(msgid a15.eml)>"
	cat sent/*.eml | grep -i "^Message-ID:" | sort | uniq -d | same /dev/null -'

ok 'rule 25: tag and Re: once' '
	sent $(sent) | header Subject | grep -xF "Re: [TK-1] Не работает сервер «Альфа»"'

ok 'rule 26: only ASCII on the wire, short lines, encoded words within 75' '
	LC_ALL=C exits 1 grep -n "[^ -~	]" "$M"
	awk "length > 998 { bad = 1 } END { exit bad }" "$M"
	python3 - "$M" <<-"PY"
		import re, sys
		head = open(sys.argv[1]).read().split("\n\n")[0]
		words = re.findall(r"=\?[^?]+\?[BQbq]\?[^?]*\?=", head)
		assert words and max(map(len, words)) <= 75, words
		import email.header
		for w in words:
		    for part, cs in email.header.decode_header(w):
		        part.decode(cs)
	PY'

ok 'rule 26: names of files in both ways, for old and for new programs' '
	grep -i "^Content-Disposition:\|filename" "$M" | head -20
	grep -i "filename\*" "$M" >/dev/null
	sent 2 | files >got
	cat got
	for f in "$long" "Отчёт; \"итог\" (1).txt" plain.txt; do
		grep -F "$f " got | grep "$(sha256sum <"$f" | cut -c-64)"
	done'

# A mail program that shares no code with us or with python: it prints what
# it shows.
if command -v neomutt >/dev/null && command -v script >/dev/null; then
	ok 'neomutt shows text and files' '
		mkdir -p box/tmp box/new box/cur && cp "$M" "box/cur/1.x:2,S"
		cat >muttrc <<-TEXT
			set folder=$PWD/box spoolfile=$PWD/box sort=date wait_key=no
			set pipe_decode=yes wrap=200 charset=utf-8 quit=yes delete=no header_cache=""
			set attach_save_dir=$PWD
		TEXT
		env LC_ALL=C.UTF-8 TERM=xterm script -qec "neomutt -n -F $PWD/muttrc -f $PWD/box -e \"push \\\"<pipe-message>cat >$PWD/shown<enter><view-attachments><pipe-entry>true<enter><exit><exit>\\\"\"" /dev/null </dev/null >/dev/null 2>&1 || :
		cat shown
		grep "^Subject: Re: \[TK-1\] Не работает сервер «Альфа»" shown
		grep "Строка первая" shown
		grep "^From the start of a line" shown
		grep -x "один" shown && grep -x "plain" shown'
fi

ok 'rule 27: text/plain that flows, as RFC 3676 has it' '
	python3 - "$M" <<-"PY"
		import email, email.policy, sys
		m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
		b = m.get_body(("plain",))
		print(b["Content-Type"])
		assert b.get_param("charset").lower() == "utf-8"
		assert not m.get_body(("html",))
		text = b.get_content()
		if b.get_param("format") == "flowed":
		    out, cur = [], ""
		    for l in text.split("\n"):
		        if l.startswith(" "): l = l[1:]
		        if l.endswith(" ") and l != "-- ": cur += l; continue
		        out.append(cur + l); cur = ""
		    text = "\n".join(out)
		assert "семидесяти шести знаков.\n" in text, text
		assert "\nFrom the start of a line.\n" in text
		assert "\n с пробелом впереди\n" in text
	PY'

ok 'rule 28: a note cannot be sent; recipients are shown first' '
	had=$(sent)
	tk note -q TK-1 -m "Внутреннее." && tk send -q && tk send -q --now && [ "$(sent)" = $had ]
	tk reply TK-1 -m "Проба." --dry-run 2>err >/dev/null
	grep "^To: $ivan" err && grep "^Cc: boss@romashka.example" err'

ok 'rule 30: committed before it is sent, and recorded after' '
	printf "#!/bin/sh\ngit -C %s log -1 --format=%%s >%s/before\n" "$DESK" "$PWD" >look
	chmod +x look && git -C d config tk.sendmail "$PWD/look"
	tk reply -q TK-1 -m "Порядок."
	grep "TK-1: reply" before
	git -C "$DESK" log -1 --format=%s | grep "sent"'
finish
