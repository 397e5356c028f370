#!/bin/sh
# What is agreed about time: waiting, a promised date, and what clients read.
. "$(dirname "$0")/lib.sh"

desk gate
tk client add romashka --name 'ООО «Ромашка»' --domain romashka.example -q
set_clock 2026-11-23T07:00:00Z # Monday, 10:00 in Moscow
letter 1.eml 'Иван <ivan@romashka.example>' 'Не печатает'
tk deliver - <1.eml >"$SCRATCH/log"

yaml() { # what python reads in a ticket's head: FIELD [KEY]
	git -C "$DESK" show HEAD:tickets/00/00/TK-1/ticket.yaml >head.yaml
	python3 - "$@" <<-"TEXT"
	import sys, yaml
	t = yaml.safe_load(open("head.yaml", encoding="utf-8"))
	v = t.get(sys.argv[1])
	if len(sys.argv) > 2:
	    v = v and v.get(sys.argv[2])
	print(v.isoformat() if hasattr(v, "isoformat") else v)
	TEXT
}
text_of() { # FILE: the letter's text, as python's email reads it
	python3 - "$1" <<-"TEXT"
	import email, email.policy, sys
	m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
	print(m.get_body(("plain",)).get_content())
	TEXT
}

ok 'the acknowledgement says when the answer comes, on the clock of the client' '
	text_of sent/1.eml >got
	cat got
	grep "не позднее 14:00 по Москве (23 ноября)" got
	[ "$(yaml due response)" = 2026-11-23T14:00:00+03:00 ]
	tk client change romashka timezone=Europe/Kyiv
	exits 65 tk client change romashka timezone=Europe/Nowhere
	letter 2.eml "Петро <petro@romashka.example>" "Не печатает"
	tk deliver - <2.eml
	text_of sent/2.eml >got
	grep "не позднее 13:00 по Киеву (23 ноября)" got
	tk client change romashka language=uk timezone=Asia/Kathmandu
	letter 3.eml "Оля <olia@romashka.example>" "Не друкує"
	tk deliver - <3.eml
	text_of sent/3.eml >got
	grep "не пізніше ніж 16:45 UTC+5:45 (23 листопада)" got'

ok 'a promise is recorded and told, and the ticket stays where it is' '
	tk client change romashka language=ru timezone=Europe/Kyiv
	tk take -q 1
	n=$(ls sent/*.eml | wc -l)
	tk due 1 "завтра 14:00" -m "поставщик везёт деталь" >got
	same - got <<-TEXT
		TK-1 due
	TEXT
	[ "$(yaml promised)" = 2026-11-24T14:00:00+03:00 ]
	[ "$(yaml state)" = open ]
	text_of sent/$((n + 1)).eml >got
	cat got
	grep "назначен срок: 13:00 по Киеву (24 ноября)" got
	exits 1 grep "поставщик" got
	grep -i "^To:.*ivan@romashka.example" sent/$((n + 1)).eml
	git -C "$DESK" log -3 --format="%(trailers:key=Act,valueonly)" | grep -v "^$" >acts
	same - acts <<-TEXT
		sent
		reply
		due
	TEXT'

ok 'the letter of a promise is an answer: the clock of the first one stops' '
	[ "$(yaml due response)" = None ]
	[ "$(yaml due update)" != None ]
	[ "$(yaml due resolution)" != None ]'

ok 'a promise nobody may write about is not recorded' '
	tk staff add olga --name Olga --mail olga@firma.example --role engineer -q
	was=$(git -C "$DESK" rev-parse HEAD)
	TK_ACTOR=olga exits 77 tk due 1 +4h -m why 2>err
	grep "no-letter" err
	[ "$(git -C "$DESK" rev-parse HEAD)" = "$was" ]
	TK_ACTOR=olga tk due 1 +4h -m why --no-letter
	[ "$(yaml promised)" = 2026-11-23T14:00:00+03:00 ]
	tk due 1 none -q
	[ "$(yaml promised)" = None ]'

ok 'as people say it, in one word or in several' '
	tk due 1 "30 ноября 14:00" -m x --no-letter
	[ "$(yaml promised)" = 2026-11-30T14:00:00+03:00 ]
	tk due 1 Dec 1 15:00 -m x --no-letter
	[ "$(yaml promised)" = 2026-12-01T15:00:00+03:00 ]
	tk due 1 через 2 дня в 16:00 -m x --no-letter
	[ "$(yaml promised)" = "$(date -u -d "${TK_NOW%T*} + 2 days" +%F)T16:00:00+03:00" ]
	# A number within the time is no ticket.
	git -C "$DESK" show main | grep -c "^    Ticket: TK-1$" | grep -x 1
	exits 65 tk due 1 2 часа -m x
	tk due 1 none -q'

ok 'what is no promise is refused' '
	exits 65 tk due 1 yesterday -m x
	exits 65 tk due 1 "31 ноября" -m x 2>err
	grep "30 November" err
	exits 65 tk due 1 "через 2 часа в 10:00" -m x
	exits 65 tk due 1 "2026-11-01 10:00" -m x 2>err
	grep past err
	exits 64 tk due 1 -m x
	exits 1 tk due 1 +1h 2>err
	grep "a comment is needed.*-m" err
	exits 65 tk set 1 promised=2026-12-01T10:00:00+03:00 2>err
	grep "tk due" err'

ok 'an agreed waiting puts the solution off until then' '
	before=$(yaml due resolution)
	tk wait 1 --on vendor --until "ср 10:00" -m "деталь в среду"
	[ "$(yaml wait for) $(yaml wait until)" = "vendor 2026-11-25T10:00:00+03:00" ]
	tk show 1 >got && grep -x "Waits: *for the vendor, until when: 2026-11-25 10:00" got
	python3 - "$before" "$(yaml due resolution)" <<-"TEXT"
	import sys
	from datetime import datetime
	a, b = (datetime.fromisoformat(x) for x in sys.argv[1:])
	# from Monday 10:00 to Wednesday 10:00 it stands: Friday becomes Tuesday
	assert (a.strftime("%a"), b.strftime("%a")) == ("Fri", "Tue"), (a, b)
	assert (b - a).days == 4, (a, b)
	TEXT
	tk wait 1 --end
	[ "$(yaml wait) $(yaml due resolution)" = "None $before" ]
	exits 1 tk wait 1 --end'

ok 'the client who writes ends the waiting for him' '
	tk wait -q 1 --on client --until +2d -m "пришлёт журнал"
	reply=$(grep -li "^Message-ID: <TK-1[.]" sent/*.eml | tail -1)
	letter 4.eml "Иван <ivan@romashka.example>" "Re: Не печатает" "Вот." "In-Reply-To: <$(sed -n "s,^Message-I[dD]: <\(.*\)>,\1,p" "$reply")>"
	tk deliver - <4.eml
	[ "$(yaml wait)" = None ]'

ok 'a waiting without whom, how long or why is refused' '
	exits 64 tk wait 1 --on client -m x
	exits 64 tk wait 1 --on boss --until +1h -m x
	exits 65 tk wait 1 --on client --until soon -m x
	exits 1 tk wait 1 --on client --until +1h 2>err
	grep "a comment is needed" err
	tk reply -q 1 -m "Готово." && tk close -q 1 -r "Починили"
	exits 1 tk wait 1 --on client --until +1h -m x 2>err
	grep "closed" err
	exits 1 tk due 1 +1h -m x --no-letter
	[ "$(yaml due)" = None ]'

finish
