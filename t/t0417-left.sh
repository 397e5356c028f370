#!/bin/sh
# Several send at once: who finds another at it leaves his letters to him.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
for i in 1 2 3; do
	letter $i.eml "Иван Петров <ivan@romashka.example>" "Не работает сервер $i"
	tk deliver -q - <$i.eml
done
tk take -q TK-1 TK-2 TK-3
recorded() { # ID
	at "$1" ticket.yaml | grep -c "act: sent," || :
}
# While the first letter is handed over, COMMAND is run.
meanwhile() {
	rm -rf once inner status
	cat >slow <<-TEXT
		#!/bin/sh
		$SCRATCH/sendmail "\$@" || exit
		mkdir $PWD/once 2>/dev/null || exit 0
		$* >$PWD/inner 2>&1
		echo \$? >$PWD/status
	TEXT
	chmod +x slow
	git -C d config tk.sendmail "$PWD/slow"
}

ok 'an answer during another one does not wait, and goes out behind it' '
	had=$(sent)
	meanwhile timeout 15 tk reply -q TK-2 -m Второй.
	tk reply -q TK-1 -m Первый. 2>err
	[ ! -s err ]
	[ $(cat status) = 0 ]
	[ ! -s inner ]
	[ $(sent) = $((had + 2)) ]
	[ $(recorded TK-1) = 2 ] && [ $(recorded TK-2) = 1 ]
	[ -z "$(tk send --status)" ]'
ok 'who asks for notices alone takes such a letter along' '
	had=$(sent)
	meanwhile timeout 15 tk reply -q TK-3 -m Третий.
	tk reply -q TK-2 -m "Ещё раз." 2>err
	[ $(cat status) = 0 ]
	[ $(sent) = $((had + 2)) ]
	[ $(recorded TK-3) = 1 ]
	tk send --notices
	[ $(sent) = $((had + 2)) ]'
ok 'who is left more and more lets another go on, and is done' '
	had=$(sent)
	# Each letter that leaves brings one more, nine times.
	cat >slow <<-TEXT
		#!/bin/sh
		$SCRATCH/sendmail "\$@" || exit
		echo \$PPID >>$PWD/senders
		n=\$(cat $PWD/more 2>/dev/null || echo 0)
		[ \$n -lt 9 ] || exit 0
		echo \$((n + 1)) >$PWD/more
		timeout 15 tk reply -q TK-2 -m "Ещё \$n." >>$PWD/inner 2>&1
	TEXT
	git -C d config tk.sendmail "$PWD/slow"
	timeout 60 tk reply -q TK-1 -m "И ещё." 2>err
	[ ! -s err ]
	n=0
	until [ $(sent) = $((had + 10)) ]; do n=$((n + 1)); [ $n -lt 3000 ]; done
	flock -w 60 d/tk/send.lock true
	[ -z "$(tk send --status)" ]
	[ $(grep -c "^$(head -1 senders)\$" senders) = 3 ]'
ok 'a letter that waits for its time does not keep the sender going' '
	touch sent/fails
	git -C d config tk.sendmail "$SCRATCH/sendmail"
	tk reply -q TK-1 -m "Не сейчас." 2>err
	grep "has not left yet" err
	rm sent/fails
	timeout 15 tk reply -q TK-2 -m "А это сейчас." 2>err
	[ "$(tk send --status | cut -d" " -f1)" = TK-1 ]'
finish
