#!/bin/sh
# A week of correspondence through a real mail system: OpenSMTPD on loopback,
# procmail on both sides, a company and its client. The clock of tk moves
# fast, the mail system's own does not matter.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

[ "$(id -u)" = 0 ] || skip_all 'a mail system wants root'
for p in smtpd smtpctl procmail formail setpriv; do
	PATH=$PATH:/usr/sbin command -v $p >/dev/null || skip_all "no $p"
done
smtpd -h 2>&1 | grep -q OpenSMTPD || skip_all 'another smtpd than OpenSMTPD'

# Its places are fixed: with mounts of our own nobody else's are touched.
if [ -z "${MTA_INSIDE:-}" ] && unshare -m true 2>/dev/null; then
	cd "$ROOT" && rm -rf "$SCRATCH"
	MTA_INSIDE=1 exec unshare -m sh "t/$(basename "$0")"
fi
if [ -n "${MTA_INSIDE:-}" ]; then
	mount -t tmpfs tmpfs /var/spool && mount -t tmpfs tmpfs /run || skip_all 'no mounts here'
elif [ -e /run/smtpd.sock ] || [ -n "$(ls -A /var/spool/smtpd/queue 2>/dev/null)" ]; then
	skip_all 'a mail system is at work here'
fi

W=$PWD
as='setpriv --reuid=65534 --regid=65534 --clear-groups'
chmod a+rx "$SCRATCH" "$HOME"
git config --global safe.directory '*'
chmod a+r "$HOME/.gitconfig"
$as "$TK_BUILD/bin/tk-deliver" -h >/dev/null 2>&1 || skip_all 'nobody may not run tk here'
PATH=$PATH:/usr/sbin
mkdir -p mail bin
chmod a+rx "$W" && chmod a+rwx mail

tk() { $as "$TK_BUILD/bin/tk" "$@"; }
now() { set_clock "$1" && echo "$1" >clock && echo "$1" >"$SCRATCH/now"; }

cat >rc.desk <<TEXT
PATH=$PATH
HOME=$HOME
TK_DESK=$W/d
TK_NOW=\`cat $W/clock\`
TK_HOST=desk.firma.example
LOGFILE=$W/mail/log.desk
DEFAULT=$W/mail/late/
:0 rw
| tk-deliver -q -
TEXT
cat >rc.client <<TEXT
PATH=$PATH
LOGFILE=$W/mail/log.client
SHELL=/bin/sh
WHO=\$1
# Out of office, as the manual of procmail has it.
:0
* ? test -e $W/mail/away.\$WHO
* !^FROM_DAEMON
* !^X-Loop: \$WHO
{
	:0 c
	| (formail -r -A"Auto-Submitted: auto-replied" -A"X-Loop: \$WHO" \\
		-I"From: \$WHO@romashka.example" -I"Subject: I am away"; \\
		echo "Back on Monday.") | sendmail -t -f "<>"
}
:0
$W/mail/\$WHO/
TEXT
cat >smtpd.conf <<TEXT
table people { ivan@romashka.example, boss@romashka.example }
listen on lo port 2525 tag FIRMA hostname mx.firma.example
listen on lo port 2526 tag CLIENT hostname mx.romashka.example
action desk mda "env -i /usr/bin/procmail -m $W/rc.desk" virtual { "@" = nobody } user nobody
action client mda "env -i /usr/bin/procmail -m $W/rc.client %{rcpt.user}" virtual { "@" = nobody } user nobody
action to_firma relay host smtp://127.0.0.1:2525
action to_client relay host smtp://127.0.0.1:2526
match tag FIRMA from any for domain firma.example action desk
match tag CLIENT from any for rcpt-to <people> action client
match from socket for domain firma.example action to_firma
match from socket for domain romashka.example action to_client
TEXT
smtpd -n -f smtpd.conf >"$SCRATCH/log" 2>&1 || {
	cat "$SCRATCH/log"
	skip_all 'this smtpd does not take our configuration'
}

# One process group, so that what was started here is what is ended here.
mta=
start() {
	setsid smtpd -d -f "$W/smtpd.conf" >>"$W/mail/log.mta" 2>&1 &
	echo $! >"$SCRATCH/mta"
	eventually 'smtpctl show stats'
}
stop() {
	kill "$(cat "$SCRATCH/mta")" 2>/dev/null || :
	eventually '! smtpctl show stats'
	rm -f "$SCRATCH/mta"
}
trap 'st=$?; [ ! -e "$SCRATCH/mta" ] || kill "$(cat "$SCRATCH/mta")"; [ -n "$DONE" ] || rm -rf "$SCRATCH"; exit $st' EXIT

# eventually CONDITION: other programs are at work; 20 seconds at most.
eventually() {
	i=0
	until eval "$1" >/dev/null 2>&1; do
		i=$((i + 1))
		[ $i -lt 400 ] || {
			echo "never: $1"
			cat "$W/mail/log.mta" "$W"/mail/log.* 2>/dev/null | tail -40
			return 1
		}
		sleep 0.05
	done
}
boxes() { find mail/"$1"/new -type f 2>/dev/null | wc -l; }
newest() { ls -t mail/"$1"/new/* | head -1; }
idle() { [ -z "$(smtpctl show queue)" ]; }

# write FILE FROM: a client's letter goes off
write() {
	$as sendmail -f "$2" support@firma.example <"$1"
}

ok 'the mail system is up' '
	now 2026-11-23T09:00:00Z
	mkdir d && chown 65534:65534 d
	desk d
	cp "$ROOT/share/examples/sendmail-opensmtpd" bin
	git -C d config tk.sendmail "$W/bin/sendmail-opensmtpd"
	chown -R 65534:65534 d && chmod -R a+rwX d
	start'
DESK=$W/d TK_DESK=$W/d
export DESK TK_DESK
echo "$DESK" >"$SCRATCH/desks"
tk regulation ack -q

ok 'Monday: a letter with a picture becomes a ticket, and is acknowledged' '
	python3 - <<-"PY"
		from email.message import EmailMessage
		m = EmailMessage()
		m["From"] = "Иван Петров <ivan@romashka.example>"
		m["To"] = "support@firma.example"
		m["Subject"] = "Не печатает принтер в бухгалтерии"
		m["Message-ID"] = "<mon.1@romashka.example>"
		m["Date"] = "Mon, 23 Nov 2026 09:00:00 +0000"
		m.set_content("Горит красная лампа, снимок приложен.\n")
		m.add_attachment(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 200, maintype="image",
		                 subtype="png", filename="Снимок экрана.png")
		open("mon.eml", "wb").write(m.as_bytes())
	PY
	write mon.eml ivan@romashka.example
	eventually "[ \$(boxes ivan) = 1 ]"
	f=$(newest ivan)
	header Subject <$f | grep -F "[TK-1]"
	header Auto-Submitted <$f | grep -x auto-replied
	header In-Reply-To <$f | grep -xF "<mon.1@romashka.example>"
	header Return-Path <$f | grep -x "<>" || exits 1 grep -i "^Return-Path: <..*>" $f
	[ "$(state TK-1)" = new ]
	tk attach -h >/dev/null
	raw TK-1 1 | files | grep "^Снимок экрана.png image/png"'

ok 'Monday: the answer, with a file, reaches the client' '
	now 2026-11-23T10:00:00Z
	tk take -q TK-1
	echo "шаг 1" >"Памятка №1.txt"
	tk reply -q TK-1 -m "Проверьте картридж, памятка приложена." -a "Памятка №1.txt"
	eventually "[ \$(boxes ivan) = 2 ]"
	f=$(newest ivan)
	plaintext <$f | head -1 | grep -x "Проверьте картридж, памятка приложена."
	files <$f | grep "^Памятка №1.txt text/plain $(sha256sum <"Памятка №1.txt" | cut -c-64)"
	exits 1 grep -i "^Auto-Submitted\|^Precedence" $f
	cp $f answer.eml'

ok 'Tuesday: the client answers, by Reply in a mail program' '
	now 2026-11-24T09:30:00Z
	python3 - <<-"PY"
		import email, email.policy
		from email.message import EmailMessage
		a = email.message_from_binary_file(open("answer.eml", "rb"), policy=email.policy.default)
		m = EmailMessage()
		m["From"] = "Иван Петров <ivan@romashka.example>"
		m["To"] = str(a["Reply-To"] or a["From"])
		m["Cc"] = "boss@romashka.example"
		m["Subject"] = "Re: " + str(a["Subject"])
		m["In-Reply-To"] = a["Message-ID"]
		m["References"] = (str(a["References"]) + " " + a["Message-ID"]).strip()
		m["Message-ID"] = "<tue.1@romashka.example>"
		m.set_content("Не помогло.\n\nВ понедельник Данила писал:\n> Проверьте картридж\n")
		open("tue.eml", "wb").write(m.as_bytes())
	PY
	write tue.eml ivan@romashka.example
	eventually "[ \"\$(state TK-1)\" = open ]"
	at TK-1 ticket.yaml | grep -A3 "^cc:" | grep boss@romashka.example
	eventually idle && [ "$(boxes ivan)" = 2 ]'

ok 'Wednesday: a wrong address: the bounce lands in the ticket and is remembered' '
	now 2026-11-25T11:00:00Z
	tk reply -q TK-1 --to nosuch@romashka.example -m "Кто у вас закупает картриджи?"
	eventually "at TK-1 ticket.yaml | grep \"act: bounce\""
	git -C d grep -h "^bounced: nosuch@romashka.example 5" HEAD -- tickets
	tk show TK-1 | grep -i "nosuch@romashka.example 5.*failed"
	eventually idle
	[ "$(boxes ivan)" = 2 ] && [ "$(boxes boss)" = 0 ]'

ok 'Thursday: the boss is away: his robot is heard, and not answered' '
	now 2026-11-26T12:00:00Z
	touch mail/away.boss && chmod a+r mail/away.boss
	tk reply -q TK-1 -m "Едем к вам в пятницу."
	eventually "[ \$(boxes ivan) = 3 ] && [ \$(boxes boss) = 1 ]"
	eventually "at TK-1 ticket.yaml | grep \"act: auto\""
	[ "$(state TK-1)" = waiting ]
	eventually idle
	[ "$(boxes ivan)" = 3 ] && [ "$(boxes boss)" = 1 ]'

ok 'Friday: the mail system is down: letters wait, and leave when it is up' '
	now 2026-11-27T09:00:00Z
	stop
	tk reply -q TK-1 -m "Приехали, заменили, работает." 2>talk || :
	tk send -q || :
	[ "$(boxes ivan)" = 3 ]
	start
	now 2026-11-27T09:30:00Z
	tk send -q
	eventually "[ \$(boxes ivan) = 4 ] && [ \$(boxes boss) = 2 ]"
	[ -z "$(tk send --status)" ]
	plaintext <$(newest ivan) | head -1 | grep -x "Приехали, заменили, работает."'

ok 'Saturday: each letter once, nothing waits, nothing goes round' '
	now 2026-11-28T09:00:00Z
	eventually idle
	[ "$(boxes ivan)" = 4 ]
	[ "$(boxes boss)" = 2 ]
	cat mail/ivan/new/* mail/boss/new/* | grep -ic "^Message-Id: <TK-1\." | grep -x 6
	[ "$(git -C d ls-tree -r --name-only HEAD tickets | grep -c ticket.yaml)" = 1 ]
	tk fsck >out 2>&1 || { cat out; exit 1; }
	stop'
chown -R 0:0 d
finish
