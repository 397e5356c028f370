#!/bin/sh
# A letter to a closed ticket: within the window it is open again, after it a
# new ticket follows the old one.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
tk regulation ack -q

ok 'a ticket, answered and closed' '
	letter 1.eml "$ivan" "Не печатает" "Помогите."
	tk deliver -q - <1.eml
	tk take -q TK-1 && tk reply -q TK-1 -m "Заменили картридж."
	tk close -q TK-1 -r "Заменён картридж."
	[ "$(state TK-1)" = closed ]'

ok 'thanks from a robot do not open it' '
	tick 3600
	letter o.eml "$ivan" "Автоответ" "Меня нет." "Auto-Submitted: auto-replied" \
		"In-Reply-To: <$(msgid 1.eml)>"
	tk deliver - <o.eml | grep "^-: TK-1 auto"
	[ "$(state TK-1)" = closed ]'

ok 'within the window the client opens it again' '
	tick $((13 * 86400))
	had=$(sent)
	letter 2.eml "$ivan" "Re: Не печатает" "Опять!" "In-Reply-To: <$(msgid 1.eml)>"
	tk deliver - <2.eml | grep "^-: TK-1 answer (in-reply-to [^)]*) closed -> open"
	[ "$(sent)" = "$had" ]
	at TK-1 ticket.yaml >ticket
	grep -x "assignee: danila" ticket
	tail -1 ticket | grep "by: ivan@romashka.example, act: answer.*state: open"'

ok 'the window starts with the last closing' '
	tk reply -q TK-1 -m "И правда." && tk close -q TK-1 -r "Заменён кабель."
	tick $((10 * 86400))
	letter 3.eml "$ivan" "Re: Не печатает" "Снова!" "In-Reply-To: <$(msgid 1.eml)>"
	tk deliver - <3.eml | grep "^-: TK-1 answer .* closed -> open"
	tk reply -q TK-1 -m "Едем." && tk close -q TK-1 -r "Заменён принтер."'

ok 'after it a new ticket follows the old one' '
	tick $((15 * 86400))
	had=$(sent) was=$(at TK-1 ticket.yaml | cksum)
	letter 4.eml "$ivan" "Re: [TK-1] Не печатает" "А теперь сканер." \
		"In-Reply-To: <$(msgid 3.eml)>"
	tk deliver - <4.eml >out
	grep "^-: TK-2 open (new, follows TK-1 closed long ago), ack to ivan@" out
	[ "$(sent)" = $((had + 1)) ]
	[ "$(at TK-1 ticket.yaml | cksum)" = "$was" ]
	at TK-2 ticket.yaml | grep -A1 -x "links:" | grep -xF -e "- {follows: TK-1}"
	sent $((had + 1)) | header Subject | grep -F "[TK-2]"
	tk take -q TK-2 && tk reply -q TK-2 -m "Какой?"
	sent $((had + 2)) | header Subject | grep "^Re: .TK-2. "'

ok 'what comes next joins the new one' '
	tick
	letter 5.eml "$ivan" "Re: [TK-2]" "Ау." "In-Reply-To: <$(msgid 4.eml)>" \
		"References: <$(msgid 1.eml)> <$(msgid 4.eml)>"
	tk deliver - <5.eml | grep "^-: TK-2 answer (in-reply-to"'

ok 'a late bounce still goes to the old one' '
	tick
	letter o.eml "$ivan" "Автоответ" "Меня опять нет." "Auto-Submitted: auto-replied" \
		"In-Reply-To: <$(msgid 1.eml)>"
	tk deliver - <o.eml | grep "^-: TK-1 auto"
	[ "$(state TK-1)" = closed ]'
finish
