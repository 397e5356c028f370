#!/bin/sh
# The real procmail in front of tk-deliver, both ways.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

command -v procmail >/dev/null || skip_all 'no procmail'
ivan='Иван Петров <ivan@romashka.example>'
desk d
umask 077

cat >rc.maildir <<TEXT
MAILDIR=$PWD
LOGFILE=$PWD/log
# The address of the desk, with or without +ticket.
:0
* ^TO_support(\+[^@]*)?@firma\.example
support/

:0
other/
TEXT

cat >rc.pipe <<TEXT
MAILDIR=$PWD
LOGFILE=$PWD/log
PATH=$PATH
TK_DESK=$DESK
# r: as it is, without an empty line at the end.
:0 rw
* ^TO_support(\+[^@]*)?@firma\.example
| tk-deliver -q -

# Not taken in: the MTA shall keep it and come again.
:0 e
{
	EXITCODE=75
	HOST
}

:0
other/
TEXT

# mda RC OPTION...: procmail hands on nothing of the environment by itself.
mda() {
	rc=$1
	shift
	procmail "$@" -m TK_NOW="$TK_NOW" HOME="$HOME" "$PWD/$rc"
}

ok 'into a maildir, from there into the desk' '
	letter 1.eml "$ivan" "Через папку"
	sed "s/^To: .*/To: Иванна <x@y.example>, support+TK-1.abc@firma.example/" 1.eml >2.eml
	sed "s/^To: .*/To: sales@firma.example/" 1.eml >3.eml
	for i in 1 2 3; do mda rc.maildir <$i.eml; done
	ls support/new | wc -l | grep -x 2
	ls other/new | wc -l | grep -x 1
	git -C "$DESK" config tk.maildir "$PWD/support"
	tk deliver >out
	wc -l <out | grep -x 2
	grep -c ": TK-1 open\|: TK-1 duplicate" out | grep -x 2
	[ -z "$(ls support/new)" ]
	ls support/cur | wc -l | grep -x 2
	raw TK-1 1 >got && cmp got 1.eml || cmp got 2.eml'

ok 'through a pipe' '
	tick 3600
	letter 4.eml "$ivan" "Через трубу"
	mda rc.pipe <4.eml
	at TK-2 ticket.yaml | grep -x "subject: Через трубу"
	raw TK-2 1 | cmp - 4.eml
	[ "$(sent)" = 2 ]
	ls other/new | wc -l | grep -x 1'

ok 'with the line that mail programs put on top' '
	tick 3600
	letter 5.eml "$ivan" "С конвертом"
	mda rc.pipe -f ivan@romashka.example <5.eml
	raw TK-3 1 >got && head -1 got | grep "^From ivan@romashka.example "
	sed 1d got | cmp - 5.eml
	at TK-3 ticket.yaml | grep -x "requester: $ivan"
	field TK-3 1 text | grep -x "Не работает принтер."'

ok 'a letter for quarantine is not offered again' '
	{ for i in $(seq 60); do echo "Received: from a by b"; done; cat 5.eml; } >6.eml
	exits 0 mda rc.pipe <6.eml
	ls "$DESK"/tk/quarantine/new/*.why'

ok 'trouble: procmail says 75 and the MTA keeps it' '
	tick 3600
	letter 7.eml "$ivan" "Вернусь"
	was=$(tip)
	ref=$(git -C "$DESK" symbolic-ref HEAD) && : >"$DESK/$ref.lock"
	exits 75 mda rc.pipe <7.eml
	[ "$(tip)" = $was ]
	[ ! -e other/new/7.eml ]
	rm "$DESK/$ref.lock"
	exits 0 mda rc.pipe <7.eml
	raw TK-4 1 | cmp - 7.eml'

ok 'the example: what the desk cannot take now waits in a maildir for cron' '
	tick 3600
	sed "s,^PATH=.*,PATH=$PATH,; s,HOME/desk.git,PWD/d,; s,\$HOME/Maildir,$PWD/wait,
		s,\$PWD,$PWD," "$ROOT/share/examples/procmailrc" >rc.example
	letter 8.eml "$ivan" "Сразу"
	letter 9.eml "$ivan" "Потом"
	exits 0 mda rc.example <8.eml
	raw TK-5 1 | cmp - 8.eml
	mv d away
	exits 0 mda rc.example <9.eml
	mv away d
	cmp wait/new/* 9.eml
	tk deliver wait | grep ": TK-6 open"'
finish
