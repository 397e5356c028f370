#!/bin/sh
# Who writes the whole matter into the subject is read, but not in each line
# of a list.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
words() { # NUMBER of characters
	python3 -c "print((\"Не печатает принтер, и \" * 2000)[:$1].replace(\"\n\", \"\"))"
}

# taken SUBJECT [TEXT]: ticket and message of a letter with it
taken() {
	letter l.eml "$ivan" "$1" "${2-Текст письма.}"
	id=$(tk deliver --no-send - <l.eml | sed -n "s/^-: \(TK-[0-9]*\) .*/\1/p")
	python3 - "$(at "$id" ticket.yaml)" "$(text "$id" 1)" >got <<-PY
		import sys, yaml
		t, m = yaml.safe_load(sys.argv[1]), yaml.safe_load(sys.argv[2])
		assert t["subject"] == m["subject"], (t, m)
		print(t["subject"])
		print(m["text"])
	PY
}

ok 'two hundred characters stay as they are' '
	taken "$(words 200)"
	head -1 got | tr -d "\n" | wc -m | grep -x 200
	exits 1 grep "\[subject:" got'

ok 'of more the beginning is the name of the ticket, and all is below the text' '
	taken "$(words 741)"
	[ "$(head -1 got)" = "$(words 200)" ]
	sed -n 2p got | grep -x "Текст письма[.]"
	[ "$(sed -n 4p got)" = "[subject: $(words 741)]" ]
	tk list | grep "Не печатает" | tail -1 | wc -m >wide
	[ "$(cat wide)" -lt 300 ]'

ok 'a letter that is nothing but its subject has it for a text' '
	taken "$(words 300)" " "
	[ "$(sed -n 2p got)" = "[subject: $(words 300)]" ]'

ok 'no character is cut from its marks' '
	taken "$(words 199)$(printf "g\314\210")нет"
	[ "$(head -1 got)" = "$(words 199)" ]
	taken "$(words 198)$(printf "g\314\210")нет"
	[ "$(head -1 got)" = "$(words 198)$(printf "g\314\210")" ]'

ok 'what is told of it has an end, too' '
	taken "$(words 30000)"
	[ "$(wc -c <got)" -lt 9000 ]
	tail -1 got | grep "\[\.\.\.\]\]$"'

ok 'an answer has the short one, and the answer to it comes to the ticket' '
	taken "$(words 741)"
	tk take -q "$id" && tk reply -q "$id" -m "Да."
	sent $(sent) | header Subject | tee subject
	[ "$(sed "s/^Re: \[$id\] //" subject)" = "$(words 200)" ]
	letter a.eml "$ivan" "$(cat subject)" "Спасибо."
	tk deliver --no-send - <a.eml | grep "$id"'
ok 'what a letter belongs to is decided by all of it' '
	alarm() { # SUBJECT
		tick
		letter m.eml zabbix@firma.example "$1" "Подробности" "Auto-Submitted: auto-generated"
		tk deliver --no-send - <m.eml | tee line
	}
	alarm "Problem: $(words 190) on web1"
	a=$(sed -n "s/^-: \(TK-[0-9]*\) open (new.*/\1/p" line)
	alarm "Problem: $(words 190) on web2"
	b=$(sed -n "s/^-: \(TK-[0-9]*\) open (new.*/\1/p" line)
	[ -n "$a" ]
	[ -n "$b" ]
	[ "$a" != "$b" ]
	alarm "Resolved in 5m 3s: $(words 190) on web1"
	grep "^-: $a recover " line
	tk fsck
	tk audit >audit 2>&1 || { cat audit; exit 1; }'
finish
