#!/bin/sh
# The shipped crontab and systemd units, run as they are written.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk d
mkdir -p m/new m/cur m/tmp && git -C d config tk.maildir "$PWD/m"
tk staff add masha -q --name Маша --mail masha@firma.example --role manager
E=$ROOT/share/examples
# cron_line COMMAND: the one line of the crontab that runs it
cron_line() {
	grep -E "^[^#A-Z].*[[:space:]]$1" "$E/crontab"
}
# as_cron LINE: by sh, with the file's own settings but for the two places
as_cron() {
	(
		settings=$(sed -n "s,^PATH=/usr/local/bin,PATH=$TK_BUILD/bin,p; s,^TK_DESK=.*,TK_DESK=$DESK,p" "$E/crontab")
		env -i HOME="$HOME" SHELL=/bin/sh LOGNAME=tk TK_NOW="$TK_NOW" TK_HOST="$TK_HOST" \
			GIT_CONFIG_GLOBAL="$GIT_CONFIG_GLOBAL" $settings \
			/bin/sh -c "$(printf '%s\n' "$1" | sed 's/^\([^ ]* *\)\{5\}//')"
	)
}

ok 'every line of the crontab is five fields and a command that runs, silently' '
	grep -E "^[^#A-Z]" "$E/crontab" | grep . >lines
	[ "$(wc -l <lines)" -ge 5 ]
	while read -r line; do
		printf "%s\n" "$line" | grep -qE "^([0-9*/,-]+ +){5}[a-z]" || { echo "$line"; exit 1; }
		as_cron "$line" >out 2>&1 </dev/null || { cat out; echo "$line"; exit 1; }
		[ ! -s out ] || { cat out; echo "$line"; exit 1; }
	done <lines'

ok 'escalation from cron: the manager hears of silence' '
	letter 1.eml "Иван <ivan@romashka.example>" Молчание
	tk deliver -q - <1.eml
	set_clock 2026-11-23T10:00:00Z
	as_cron "$(cron_line "tk-escalate --due")" >out 2>&1 && [ ! -s out ]
	at TK-1 ticket.yaml | grep "act: breach"
	grep -lx masha@firma.example sent/*.args | grep .'

# unit FILE KEY
unit() {
	sed -n "s/^$2=//p" "$E/$1"
}
ok 'the service does the same, the timer belongs to it' '
	set_clock 2026-11-23T15:00:00Z
	unit tk-escalate.service Environment | grep -x "TK_DESK=%h/desk.git"
	n=$(git -C d rev-list --count HEAD)
	env -i HOME="$HOME" PATH=/usr/bin:/bin TK_NOW="$TK_NOW" GIT_CONFIG_GLOBAL="$GIT_CONFIG_GLOBAL" TK_DESK="$DESK" \
		sh -c "$(unit tk-escalate.service ExecStart | sed "s,/usr/local/bin,$TK_BUILD/bin,")" >out 2>&1
	[ ! -s out ]
	[ "$(git -C d rev-list --count HEAD)" -ge "$n" ]
	[ "$(unit tk-escalate.timer OnCalendar)" = "*:0/5" ]'

ok 'every night the objects are tidied, from cron and from the timer' '
	tk new -q -s Задача -m "Раз." --requester ivan@romashka.example
	[ "$(git -C d count-objects | cut -d" " -f1)" -gt 0 ]
	as_cron "$(cron_line tk-gc)" >out 2>&1 && [ ! -s out ]
	[ "$(git -C d count-objects | cut -d" " -f1)" = 0 ]
	tk note -q TK-1 -m Два.
	env -i HOME="$HOME" PATH=/usr/bin:/bin GIT_CONFIG_GLOBAL="$GIT_CONFIG_GLOBAL" TK_DESK="$DESK" \
		sh -c "$(unit tk-gc.service ExecStart | sed "s,/usr/local/bin,$TK_BUILD/bin,")" >out 2>&1
	[ ! -s out ] && [ "$(git -C d count-objects | cut -d" " -f1)" = 0 ]'

if command -v systemd-analyze >/dev/null; then
	ok 'systemd takes the units' '
		mkdir -p units
		for u in tk-deliver.path tk-deliver.service tk-deliver.timer tk-escalate.service tk-escalate.timer \
		    tk-gc.service tk-gc.timer; do
			sed "s,/usr/local/bin/,$TK_BUILD/bin/," "$E/$u" >units/$u
		done
		systemd-analyze --user verify units/*.service units/*.timer units/*.path >out 2>&1 ||
			systemd-analyze verify units/*.service units/*.timer units/*.path >out 2>&1 || { cat out; false; }
		systemd-analyze calendar "*:0/5" >/dev/null
		systemd-analyze calendar "$(unit tk-gc.timer OnCalendar)" >/dev/null'
else
	skip 'no systemd-analyze here' 'systemd takes the units'
fi
finish
