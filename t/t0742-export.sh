#!/bin/sh
# Tickets handed over: read back with tar, unzip, git and python's mailbox.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
tk client add -q romashka --name Ромашка --domain romashka.example
tk client add -q vasilek --name Василёк --domain vasilek.example
letter 1.eml 'Иван <ivan@romashka.example>' 'Не печатает принтер' 'From the office:
>From here too.
Привет.'
letter 2.eml 'Ольга <olga@vasilek.example>' 'Тайна василька'
tk deliver -q - <1.eml
tk deliver -q - <2.eml
python3 - <<'TEXT'
import email.message
m = email.message.EmailMessage()
m["From"] = "ivan@romashka.example"
m["To"] = "support@firma.example"
m["Subject"] = "Снимки"
m["Message-ID"] = "<files.1@romashka.example>"
m.set_content("Вот снимки.")
for name in ("../../../etc/passwd", "-rf", "отчёт.pdf", "отчёт.pdf", ".bashrc", "con: <a|b>?*.txt. ", "a\u202egnp.exe", "x" * 300 + ".txt", ""):
    m.add_attachment(("data of " + name).encode(), maintype="application", subtype="octet-stream", filename=name or None)
open("3.eml", "wb").write(m.as_bytes())
TEXT
tick
tk deliver -q - <3.eml
tk note -q TK-1 -m 'Только для своих.'
tk reply -q TK-1 -m 'Починим.'
tk send -q

# NAMES of what git has in a ticket's folder
inside() {
	git -C "$DESK" ls-tree --name-only "HEAD:tickets/00/00/$1"
}

ok 'one ticket as tar.zst: its files byte for byte' '
	tk export --notes -o one.tar.zst TK-1
	mkdir out && tar --zstd -xf one.tar.zst -C out
	[ "$(ls out)" = TK-1 ]
	[ "$(ls out/TK-1 | tr "\n" " ")" = "TK-1 history.bundle " ]
	for f in $(inside TK-1); do
		git -C "$DESK" show "HEAD:tickets/00/00/TK-1/$f" | cmp - "out/TK-1/TK-1/$f"
	done
	ls out/TK-1/TK-1 | grep -v "^history.txt$" >got
	inside TK-1 | same got -'

ok 'the same tickets give the same bytes' '
	tk export --notes -o two.tar.zst TK-1 TK-1
	cmp one.tar.zst two.tar.zst'

ok 'a zip, with attachments under names that harm nobody' '
	tk export -o three.zip TK-3
	unzip -q three.zip -d zip
	ls zip/TK-3/TK-3/attachments >names
	[ "$(wc -l <names)" = 9 ]
	exits 1 grep -v "^00[1-9]-[^-.]" names
	grep -qx "001-passwd" names
	grep -qx "003-отчёт.pdf" names
	grep -qx "004-отчёт.pdf" names
	[ "$(cat "zip/TK-3/TK-3/attachments/003-отчёт.pdf")" = "data of отчёт.pdf" ]
	[ "$(cat zip/TK-3/TK-3/attachments/001-passwd)" = "data of ../../../etc/passwd" ]
	exits 1 grep "[<>:|?*\"\\\\]\|[. ]$" names
	grep -x "006-con_ _a_b___.txt" names
	awk "length > 220" names | same /dev/null -
	exits 1 grep "$(printf "\342\200\256")" names
	unzip -Z1 three.zip | exits 1 grep "^/\|\.\.\|^[^T]"
	LC_ALL=C tk export -o c.zip TK-3 && cmp c.zip three.zip'

ok 'a whole client, nothing of another' '
	tk export --notes --client romashka -o client.tar.zst
	rm -rf out && mkdir out && tar --zstd -xf client.tar.zst -C out
	[ "$(ls out)" = romashka ]
	ls out/romashka | tr "\n" " " >got
	[ "$(cat got)" = "TK-1 TK-3 clients history.bundle " ]
	git -C "$DESK" show HEAD:clients/romashka.yaml | cmp - out/romashka/clients/romashka.yaml
	exits 1 grep -rl "Тайна\|TK-2\|vasilek" out'

ok 'the history as text: every act, with the ids of the desk' '
	git -C "$DESK" log --format=%H -- tickets/00/00/TK-1 | sort >want
	sed -n "s/^commit //p" out/romashka/TK-1/history.txt | sort | same want -
	grep -x "Act: reply" out/romashka/TK-1/history.txt
	head -n 1 out/romashka/TK-1/history.txt >first
	[ "$(cat first)" = "commit $(git -C "$DESK" log --reverse --format=%H -- tickets/00/00/TK-1 | head -n 1)" ]'

ok 'the bundle is a repository with these tickets and no others' '
	git clone -q out/romashka/history.bundle b 2>/dev/null
	git -C b fsck --strict
	[ "$(git -C b rev-list --count HEAD)" = "$(git -C "$DESK" rev-list --count HEAD -- tickets/00/00/TK-1 tickets/00/00/TK-3 clients/romashka.yaml)" ]
	git -C b rev-parse HEAD:tickets/00/00/TK-1 >one
	git -C "$DESK" rev-parse HEAD:tickets/00/00/TK-1 | same one -
	git -C b log -p >all
	exits 1 grep "TK-2\|vasilek\|Тайна" all
	git -C b log --format="%(trailers:key=Act,valueonly)" | grep -x sent'

ok 'without --notes: no note, no file of a note, no history' '
	echo "Пароль: секрет" >secret.txt
	tk note -q -a secret.txt -m "Это тоже для своих." TK-3
	tk export --client romashka -o left.tar.zst 2>err
	[ "$(cat err)" = "tk-export: left out: internal notes (2) and the history; --notes takes them along" ]
	mkdir left && tar --zstd -xf left.tar.zst -C left
	[ "$(ls left/romashka | tr "\n" " ")" = "TK-1 TK-3 clients " ]
	find left -name "history*" | same /dev/null -
	find left -name "*secret*" | same /dev/null -
	exits 1 grep -r "для своих\|секрет\|kind: note" left
	grep -rq "Починим" left/romashka/TK-1
	[ "$(ls left/romashka/TK-3/attachments | wc -l)" = 9 ]
	for f in $(inside TK-1); do
		git -C "$DESK" show "HEAD:tickets/00/00/TK-1/$f" >whole
		[ ! -e "left/romashka/TK-1/$f" ] || cmp whole "left/romashka/TK-1/$f"
	done
	tk export --notes --client romashka -o with.tar.zst 2>err
	same /dev/null err
	tar --zstd -xOf with.tar.zst | grep -a "Пароль\|тоже для своих\|секрет"
	exits 64 tk export --mbox --notes -o box2 TK-1'

ok 'a query' '
	tk export -o q.tar.gz client:vasilek
	tar -xzf q.tar.gz && ls TK-2/TK-2 | grep -q ticket.yaml
	exits 1 tk export -o none.zip subject:никогда 2>err
	[ ! -e none.zip ]
	echo TK-2 | tk export -o - --format zip >std.zip
	unzip -t -q std.zip'

ok 'letters for a mail program, read back by another one' '
	tk export --mbox -o box TK-1 TK-3
	python3 - box "$DESK" <<-"TEXT"
	import mailbox, subprocess, sys
	box = mailbox.mbox(sys.argv[1])
	got = [m for m in box]
	assert len(got) == 4, len(got)
	assert got[0]["Message-ID"].startswith("<1.1@"), got[0]["Message-ID"]
	text = got[0].get_payload(decode=True).decode()
	# mboxrd: the reader takes one ">" away
	import re
	text = re.sub(r"(?m)^>(>*From )", r"\1", text)
	assert "From the office:\n>From here too.\n" in text, text
	assert all("Только для своих" not in str(m) for m in got)
	TEXT
	exits 1 grep "Только" box
	tk export --mbox -o - TK-1 TK-3 | cmp - box'

ok 'what is there is not replaced without a word' '
	echo mine >one.zip
	exits 1 tk export -o one.zip TK-1 2>err
	[ "$(cat one.zip)" = mine ]
	tk export --force -o one.zip TK-1 && unzip -t -q one.zip
	exits 1 tk export --mbox -o one.zip TK-1 2>err
	ls | grep "one.zip." && exit 1 || :'

ok 'what cannot be' '
	exits 64 tk export TK-1
	exits 64 tk export -o a.rar TK-1
	exits 64 tk export -o - TK-1 --format lzma
	exits 1 tk export -o x.zip TK-99
	exits 1 tk export --client nobody -o x.zip
	exits 65 tk export -o x.zip "nofield:1" 
	exits 1 tk export -o none/x.zip TK-1
	[ ! -e x.zip ]'

ok 'who may see one queue only exports no others' '
	TK_QUEUES=billing exits 77 tk export -o seen.zip TK-1
	TK_QUEUES=billing exits 1 tk export -o seen.zip client:romashka
	[ ! -e seen.zip ]'
finish
