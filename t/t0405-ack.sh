#!/bin/sh
# The acknowledgement: to people, once, and never into a loop.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d

ok 'the acknowledgement has the number and where to complain' '
	letter 1.eml "$ivan" "Не работает сервер" "Помогите."
	tk deliver - <1.eml
	[ "$(sent)" = 1 ]
	[ "$(sed -n 2p sent/1.args)" = "<>" ]
	[ "$(sed -n 4p sent/1.args)" = ivan@romashka.example ]
	sent 1 | header Subject | grep -F "[TK-1]"
	sent 1 | header Auto-Submitted | grep -x auto-replied
	sent 1 | header In-Reply-To | grep -xF "<$(msgid 1.eml)>"
	text TK-1 2 | grep -F "номер — TK-1"
	text TK-1 2 | grep -x "  support@firma.example"
	text TK-1 2 | exits 1 grep "Помогите\|{{"'


# silent NAME WHY HEADER...: a letter from somebody new, stored and not answered
silent() {
	tick 60
	name=$1 why=$2
	shift 2
	n=$(($(cat "$SCRATCH/silent" 2>/dev/null || echo 0) + 1))
	echo $n >"$SCRATCH/silent"
	letter $name.eml "a$n@other.example" "Тема $n" "Текст $n" "$@"
	was=$(sent)
	tk deliver -v - <$name.eml >out
	cat out
	grep "^-: TK-[0-9]* open (new), ack none: $why" out
	[ "$(sent)" = "$was" ]
}

ok 'automatic letters get none' '
	silent auto "Auto-Submitted: auto-generated" "Auto-Submitted: auto-generated"
	silent xauto "X-Autoreply: yes" "X-Autoreply: yes"
	silent oof "X-Auto-Response-Suppress" "X-Auto-Response-Suppress: All"
	silent loop "X-Loop" "X-Loop: other"
	[ "$(state TK-2)" = new ]'

ok 'bulk and list mail gets none' '
	silent bulk "Precedence: bulk" "Precedence: bulk"
	silent list "List-Id" "List-Id: <news.other.example>"
	silent unsub "List-Unsubscribe" "List-Unsubscribe: <mailto:u@other.example>"'

ok 'a bounce and a letter from <> get none' '
	silent report "X-Failed-Recipients" "X-Failed-Recipients: x@y.example"
	silent null "Return-Path: <>" "Return-Path: <>"'

ok 'robots get none' '
	tick 60
	for from in noreply no-reply mailer-daemon postmaster owner-x; do
		letter r.eml "$from@other.example" "От робота $from"
		tk deliver -v - <r.eml | grep "ack none: From"
	done'

ok 'a blind copy or a list we are on gets none' '
	tick 60
	letter b.eml "boss@other.example" "Скрытая копия"
	sed "s/^To: .*/To: other@other.example/" b.eml >bcc.eml
	tk deliver -v - <bcc.eml | grep "ack none: none of our addresses"
	sed "s/^To: .*/To: other@other.example\nCc: Support@Firma.Example/
		s/^Message-ID: </&x/" b.eml >cc.eml
	tk deliver -v - <cc.eml | grep "ack to boss@other.example"'

ok 'our own address, and our own letter that came back, get none' '
	tick 60
	letter o.eml "support@firma.example" "Сам себе"
	tk deliver -v - <o.eml | grep "ack none: from our own address"
	loop=$(sent 1 | header X-Tk-Loop) && [ -n "$loop" ]
	letter o.eml "robot@other.example" "Вернулось" "Текст" "X-Tk-Loop: $loop"
	tk deliver -v - <o.eml | grep "ack none: our own letter came back"'

ok 'one in half an hour to one sender' '
	tick 3600
	had=$(sent)
	for i in 1 2 3; do
		letter s$i.eml "anna@romashka.example" "Шквал $i"
		tk deliver -v - <s$i.eml >>out3
	done
	sed "s/.*, ack //" out3 >acks
	same - acks <<-TEXT
		to anna@romashka.example
		none: limit of acknowledgements to this sender
		none: limit of acknowledgements to this sender
	TEXT
	tick 1700
	letter 4.eml "Anna@Romashka.Example" "Шквал 4"
	tk deliver -v - <4.eml | grep "ack none: limit"
	tick 200
	letter 5.eml "anna@romashka.example" "Шквал 5"
	tk deliver -v - <5.eml | grep "ack to anna@"
	[ "$(sent)" = $((had + 2)) ]'

ok 'it goes where Reply-To asks, and to nobody in the copy' '
	tick 3600
	had=$(sent)
	letter 6.eml "$ivan" "Отвечать бухгалтеру" "" "Reply-To: buh@romashka.example" \
		"Cc: boss@romashka.example"
	tk deliver - <6.eml | grep "ack to buh@romashka.example"
	sed 1,3d sent/$((had + 1)).args >args
	echo buh@romashka.example | same - args'

ok 'a letter that joins a ticket gets none' '
	tick 3600
	had=$(sent)
	letter 7.eml "$ivan" "Re: Не работает сервер" "Всё ещё." \
		"In-Reply-To: <$(msgid 1.eml)>"
	tk deliver -v - <7.eml | grep "^-: TK-1 answer (in-reply-to"
	[ "$(sent)" = "$had" ]'

ok 'two desks do not acknowledge each other for ever' '
	tick 3600
	letter 8.eml "$ivan" "Круг"
	had=$(sent) && tk deliver -q - <8.eml
	sed "s/^To: .*/To: support@firma.example/; s/^From: .*/From: desk@other.example/
		/^X-Tk-Loop/d" sent/$((had + 1)).eml >back.eml
	tk deliver -v - <back.eml | grep " auto (in-reply-to\| auto (references\| auto (subject" ||
		tk deliver -v - <back.eml | grep duplicate
	[ "$(sent)" = $((had + 1)) ]'
finish
