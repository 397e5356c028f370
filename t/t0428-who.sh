#!/bin/sh
# Rules 44-52 of tk-deliver(1): who wrote, and what he may.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
git -C d config tk.authserv mx.firma.example
tk client add romashka --name 'ООО «Ромашка»' --domain romashka.example -q
tk regulation ack -q
pass() { # DOMAIN: what our own mail system writes
	echo "Authentication-Results: mx.firma.example; dkim=pass (ok) header.d=$1; spf=none"
}

# verified FILE...: "verified" of the message that FILE became
bring() {
	tick
	letter "$@"
	tk deliver -v - <"$1" >line 2>err || :
	cat line err
}
ticket() { sed -n 's/^-: \(TK-[0-9]*\) .*/\1/p' line; }

ok 'rule 44: only the field of our own mail system counts' '
	bring 1.eml "$ivan" "Раз" "x" "$(pass romashka.example)"
	[ "$(field "$(ticket)" 1 verified)" = "dkim romashka.example" ]
	tk show "$(ticket)" >out && exits 1 grep "NOT VERIFIED" out
	bring 2.eml "$ivan" "Два" "x" \
		"Authentication-Results: mx.evil.example; dkim=pass header.d=romashka.example"
	[ "$(field "$(ticket)" 1 verified)" = None ]
	[ "$(field "$(ticket)" 1 auth)" = None ]
	tk show "$(ticket)" | grep "NOT VERIFIED"
	bring 3.eml "$ivan" "Три" "x" \
		"Authentication-Results: evil.example (mx.firma.example; dkim=pass header.d=romashka.example)"
	[ "$(field "$(ticket)" 1 verified)" = None ]'

ok 'rule 44: and only for the domain of From' '
	bring 4.eml "$ivan" "Четыре" "x" "$(pass evil.example)"
	[ "$(field "$(ticket)" 1 verified)" = None ]
	bring 5.eml "$ivan" "Пять" "x" "$(pass example)"
	[ "$(field "$(ticket)" 1 verified)" = None ]
	bring 6.eml "ivan@mail.romashka.example" "Шесть" "x" "$(pass romashka.example)"
	[ "$(field "$(ticket)" 1 verified)" = "dkim romashka.example" ]
	bring 7.eml "$ivan" "Семь" "x" \
		"Authentication-Results: mx.firma.example 1; dmarc=fail header.from=romashka.example;" \
		" spf=pass smtp.mailfrom=ivan@romashka.example"
	[ "$(field "$(ticket)" 1 verified)" = "spf romashka.example" ]'

ok 'rule 45: who is not verified does not open a closed ticket' '
	tk take -q TK-1 && tk reply -q TK-1 -m "Готово." && tk close -q TK-1 -r "Готово."
	bring 8.eml "$ivan" "Re: Раз" "Откройте" "In-Reply-To: <$(msgid 1.eml)>"
	grep "open (new, follows TK-1 closed, and the sender is not verified)" line
	[ "$(state TK-1)" = closed ]
	bring 9.eml "$ivan" "Re: Раз" "Откройте" "In-Reply-To: <$(msgid 1.eml)>" \
		"$(pass romashka.example)"
	grep "TK-1 answer .* closed -> open" line'

us="danila@firma.example"
answer() { # FILE TEXT HEADER...
	f=$1 t=$2
	shift 2
	bring "$f" "$us" "Re: [TK-1] Раз" "$t" "In-Reply-To: <$(msgid 1.eml)>" "$@"
}

ok 'rule 46: a colleague answers from a mail program; the client gets it from us' '
	had=$(sent)
	answer s1.eml "#take
#spend 40m кабель
Кабель заменён, проверьте.

-- 
Данила, с телефона" "$(pass firma.example)"
	grep "TK-1 note (in-reply-to" line
	grep "^  reply" line
	grep "^  #spend 40m" line
	[ "$(sent)" = $((had + 1)) ]
	n=$(sent)
	sent $n | header To | grep -xF "$ivan"
	sent $n | header From | grep "support@firma.example"
	sent $n | plaintext >body
	grep -x "Кабель заменён, проверьте." body
	exits 1 grep "#\|с телефона\|40m" body
	at TK-1 ticket.yaml >t
	grep "by: danila, act: reply" t
	grep "minutes: 40" t
	[ "$(state TK-1)" = waiting ]'

ok 'rule 46: files go along; #note stays in the house; #close comes last' '
	had=$(sent)
	answer s2.eml "#note
Клиент нервничает." "$(pass firma.example)"
	[ "$(sent)" = $had ]
	exits 1 grep "^  reply" line
	bring c.eml "$ivan" "Re: [TK-1] Раз" "Ещё" "$(pass romashka.example)" "In-Reply-To: <$(msgid 1.eml)>"
	answer s3.eml "#close Заменён кабель.

Готово, закрываем." "$(pass firma.example)"
	cat line
	[ "$(state TK-1)" = closed ]
	[ "$(sent)" = $((had + 1)) ]
	at TK-1 ticket.yaml | grep -x "resolution: Заменён кабель."'

ok 'rule 46: not verified: a note, and the colleague is told' '
	had=$(sent)
	answer s4.eml "#take
Пришлите пароль."
	grep " note (in-reply-to" line
	grep "kept as a note" line
	[ "$(sent)" = $((had + 1)) ] && n=$(sent)
	sent $n | header To | grep -xF "$us"
	sent $n | plaintext | grep "kept as a note"
	sent $n | header Auto-Submitted | grep -x auto-replied
	answer s5.eml "#take" "Authentication-Results: mx.evil.example; dkim=pass header.d=firma.example"
	at TK-1 ticket.yaml | tail -3 >t && exits 1 grep "act: take" t'

ok 'rule 46: what the regulation refuses is told by letter' '
	had=$(sent)
	answer s6.eml "#assign nobody-here
#frobnicate
#note" "$(pass firma.example)"
	cat line
	grep "not done: #assign nobody-here" line
	grep "not done: #frobnicate" line
	sent $((had + 1)) | plaintext | grep "#frobnicate"'

ok 'rule 50: two senders, none, and one that is hidden in an encoded word' '
	letter f.eml "$ivan" "Двое"
	sed "s/^From:.*/From: a@romashka.example, b@evil.example/; s/^Message-ID: </&f1/" f.eml >f1.eml
	{ pass romashka.example; cat f1.eml; } >f2.eml
	tick && tk deliver - <f2.eml >line
	[ "$(field "$(ticket)" 1 verified)" = None ]
	sed "/^From:/d; s/^Message-ID: </&f3/" f.eml | tk deliver -v - | grep "ack none: no address"
	sed "s/^From:.*/From: =?UTF-8?B?$(printf "c@romashka.example" | base64)?=/; s/^Message-ID: </&f4/" f.eml >f4.eml
	tick && tk deliver - <f4.eml | grep "ack to c@romashka.example"'

ok 'rule 52: control fields of others control nothing' '
	was=$(at TK-1 ticket.yaml | cksum)
	bring x.eml "thief@evil.example" "Управление" "x" "X-Tk-Ticket: TK-1" "X-Tk-Loop: 00"
	grep "open (new)" line && [ "$(at TK-1 ticket.yaml | cksum)" = "$was" ]'

policy() { # WORD [QUEUE-WORD]
	rm -rf c && git clone -q d c && cd c || return 1
	sed -i "s/^unknown_senders:.*/unknown_senders: $1/" regulation/relations.yaml
	sed -i "s/^version: .*/version: $(($(sed -n 's/^version: //p' regulation/regulation.yaml) + 1))/" regulation/regulation.yaml
	git commit -qam "strangers: $1" && git push -q
	cd .. || return 1
	tk regulation ack -q
}

ok 'rule 49: hold: no ticket, no letter out, until a person decides' '
	policy hold
	was=$(tip) had=$(sent)
	bring h1.eml "Олег <oleg@lutik.example>" "Нужна помощь" "Мы новые."
	grep "^-: - held (unknown sender)" line
	bring h2.eml "spam@evil.example" "Выгодно" "Купите."
	bring h3.eml "spam2@evil.example" "Ещё выгодней" "Купите два."
	[ "$(tip)" = $was ]
	[ "$(sent)" = $had ]
	tk hold >out && cat out
	[ "$(grep -c "held: unknown sender" out)" = 3 ]
	tk deliver - <h1.eml | grep "held"
	tk hold --json | wc -l | grep -x 3
	bring h4.eml "$ivan" "Свой" "x" && grep " open (new)" line'

ok 'tk hold --show, --accept: a ticket, acknowledged, and known from then on' '
	id=$(tk hold --json | python3 -c "
import json, sys
print([o[\"name\"] for o in map(json.loads, sys.stdin) if \"oleg\" in o[\"from\"]][0][:8])")
	tk hold --show "$id" | grep "Мы новые."
	had=$(sent)
	tk hold --accept "$id" >line && cat line
	t=$(sed -n "s/.* \(TK-[0-9]*\) open/\1/p" line)
	raw "$t" 1 | cmp - h1.eml
	[ "$(sent)" = $((had + 1)) ]
	bring h5.eml "oleg@lutik.example" "Второй вопрос" && grep " open (new)" line
	exits 1 tk hold --accept "$id"'

ok 'tk hold --reject: the sender is told, or not' '
	had=$(sent)
	tk hold --json >list
	a=$(sed -n "s/.*\"name\": *\"\([0-9a-f]\{12\}\)[^}]*spam@.*/\1/p" list)
	b=$(sed -n "s/.*\"name\": *\"\([0-9a-f]\{12\}\)[^}]*spam2@.*/\1/p" list)
	tk hold --reject -m "Не сейчас." "$a"
	[ "$(sent)" = $((had + 1)) ] && n=$(sent)
	[ "$(sed -n 2p sent/$n.args)" = "<>" ]
	[ "$(sed -n 4p sent/$n.args)" = spam@evil.example ]
	sent $n | plaintext >body && grep -x "Не сейчас." body && exits 1 grep "Купите" body
	tk hold --reject --silent "$b" && [ "$(sent)" = $n ]
	[ -z "$(tk hold --json)" ]
	tk hold --decided --json | wc -l | grep -x 2
	[ -z "$(tk send --status)" ]'

ok 'rule 51: tk hold --block stays until somebody unblocks' '
	bring b1.eml "spam3@evil.example" "Снова" && grep held line
	tk hold --block -m "спам" "$(tk hold --json | sed -n "s/.*\"name\": *\"\([0-9a-f]*\).*/\1/p")"
	git -C "$DESK" show HEAD:blocked.yaml | grep "address: spam3@evil.example"
	had=$(sent) was=$(tip)
	bring b2.eml "spam3@evil.example" "И снова" && grep "^-: - blocked (in blocked.yaml)" line
	[ "$(sent)" = "$had" ]
	[ "$(tip)" = "$was" ]
	tk hold --block @pest.example
	bring b3.eml "any@pest.example" "x" && grep blocked line
	tk hold --unblock spam3@evil.example
	bring b4.eml "spam3@evil.example" "Исправился" && grep held line
	tk hold --blocked | grep "^@pest.example"'

ok 'rule 49: reject: one neutral letter a day, and it is kept' '
	policy reject
	had=$(sent)
	bring r1.eml "new@else.example" "Первое" "Секрет" && grep "^-: - rejected" line
	bring r2.eml "new@else.example" "Второе" "Секрет" && grep "^-: - rejected" line
	tk send -q
	[ "$(sent)" = $((had + 1)) ]
	sent $((had + 1)) | plaintext >body && exits 1 grep Секрет body
	tk hold --decided | grep -c "rejected: unknown" | grep -x 2
	bring r3.eml "bot@else.example" "Робот" "x" "Auto-Submitted: auto-generated" && grep rejected line
	[ "$(sent)" = $((had + 1)) ]'

ok 'what the gate wrote is what its law allows' '
	tk audit >out 2>&1 || { cat out; exit 1; }'
finish
