#!/bin/sh
# The recipes in share/examples, each read by the program it is for. A machine
# has one mail system; others can be looked at from a folder that TK_MTA names:
#   apt-get download postfix exim4-daemon-light libnsl2
#   for p in *.deb; do dpkg -x $p DIR; done; TK_MTA=DIR prove t/t0427*
mta=${TK_MTA-}
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"
E=$ROOT/share/examples
PATH=$PATH:/usr/sbin:/sbin
if [ -n "$mta" ]; then
	PATH=$PATH:$mta/usr/sbin
	LD_LIBRARY_PATH=$mta/usr/lib/x86_64-linux-gnu:$mta/usr/lib/postfix
	export LD_LIBRARY_PATH
fi

# recipe PROGRAM NAME BODY
recipe() {
	if command -v "$1" >/dev/null; then
		ok "$2" "$3"
	else
		skip "no $1" "$2"
	fi
}
umask 077
letter l.eml 'Иван <ivan@romashka.example>' 'Через рецепт'
desk d

recipe procmail 'procmailrc hands the letter over' '
	sed "s,^PATH=.*,PATH=$PATH,; s,\$HOME/desk.git,$DESK,; s,\$HOME/Maildir,$PWD/late," "$E/procmailrc" >rc
	procmail -m TK_NOW="$TK_NOW" HOME="$HOME" "$PWD/rc" <l.eml
	[ "$(state TK-1)" = new ]'

recipe maildrop 'maildroprc hands the letter over, and its status back' '
	sed "s,^PATH=.*,PATH=\"$PATH\",; s,\$HOME/desk.git,$DESK,; s,\$HOME/Maildir,$PWD/box," "$E/maildroprc" >mrc
	chmod 600 mrc && tick 7200
	sed "s/^Message-ID: </&m/" l.eml >m.eml
	maildrop ./mrc <m.eml
	raw TK-2 1 | grep -q "^Message-ID: <m"
	mv d away
	sed "s/^Message-ID: </&n/" l.eml >n.eml
	got=0 && maildrop ./mrc <n.eml || got=$?
	mv away d && [ $got = 75 ]'

recipe fdm 'fdm.conf is what fdm reads' '
	cp "$E/fdm.conf" fdm.conf && chmod 600 fdm.conf
	sed "s,imaps server.*,stdin disabled,; /user \"support\"/d; s,/usr/local/bin,$TK_BUILD/bin,; s,%h/desk.git,$DESK," fdm.conf >fdm2.conf
	chmod 600 fdm2.conf
	fdm -n -f fdm.conf 2>&1 | tee got
	exits 1 grep -i "error\|unknown\|line" got
	tick 7200
	sed "s/^Message-ID: </&f/; s/^Subject:.*/Subject: fdm/" l.eml >f.eml
	fdm -q -f fdm2.conf -a support fetch <f.eml 2>&1 || :'

recipe smtpd 'opensmtpd.conf is what smtpd reads' '
	smtpd -h 2>&1 | grep OpenSMTPD || exit 0
	smtpd -n -f "$E/opensmtpd.conf" 2>&1 | grep "configuration OK"'

recipe postconf 'postfix-master.cf is what postfix reads' '
	mkdir -p pf && cp "$E/postfix-master.cf" pf/master.cf && : >pf/main.cf
	postconf -c pf -M desk/unix | grep "tk-deliver -C /srv/desk.git -q -"
	postconf -c pf -F desk/unix/command >/dev/null'

exim=exim4
command -v exim4 >/dev/null || exim=exim
recipe $exim 'exim-router.conf is what exim reads' '
	id mail >/dev/null
	sed "s/user = desk/user = mail/" "$E/exim-router.conf" >exim.conf
	chmod 644 exim.conf && $exim -C "$PWD/exim.conf" -bV | grep -i "configuration file is"
	$exim -C "$PWD/exim.conf" -bP transport desk_pipe >got
	grep "tk-deliver -C /srv/desk.git -q -" got && grep -x "message_prefix = " got
	$exim -C "$PWD/exim.conf" -bt support@firma.example support+TK-1.0@firma.example >got 2>&1
	cat got && grep -c "router = desk, transport = desk_pipe" got | grep -x 2
	$exim -C "$PWD/exim.conf" -bt other@firma.example | grep -i "undeliverable\|unrouteable"'

recipe getmail 'getmailrc is what getmail reads' '
	mkdir -p gm && cp "$E/getmailrc" gm/rc
	sed -i "s,/usr/local/bin,$TK_BUILD/bin," gm/rc
	getmail --dump --getmaildir "$PWD/gm" --rcfile rc >got 2>&1
	grep "tk-deliver" got && grep "SimpleIMAPSSLRetriever" got'

recipe mbsync 'mbsyncrc is what mbsync reads' '
	mbsync -c "$E/mbsyncrc" -l support >got 2>&1 || :
	cat got
	exits 1 grep -i "unknown\|unrecognized\|:[0-9]*:" got'

ok 'what stands in the shell is shell' '
	for f in sendmail-opensmtpd; do sh -n "$E/$f"; done'
finish
