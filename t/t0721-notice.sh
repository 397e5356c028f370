#!/bin/sh
# Staff are told what happened: letters, hooks, what each of them wants.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
for p in olha:engineer petro:agent vera:expert; do
	tk staff add ${p%:*} -q --name "Имя ${p%:*}" --mail ${p%:*}@firma.example --role ${p#*:}
done
told() { # how many notices have gone out; to PERSON
	grep -lx "${1:-.*}@firma.example" sent/*.args 2>/dev/null | wc -l
}
last() { # the newest letter
	cat "sent/$(sent).eml"
}
as_staff() { # ACTOR COMMAND...
	(export TK_ACTOR=$1 && shift && "$@")
}

ok 'nobody wants anything: nothing is sent, nothing is kept' '
	letter 1.eml "$ivan" "Старое"
	tk deliver -q - <1.eml
	tk assign -q olha TK-1
	[ "$(sent)" = 1 ] && [ ! -e d/tk/noticed ]'

ok 'what is wanted is told from now on, not what was before' '
	tick 3600
	tk staff change -q olha notify=assigned,reply language=en
	tk staff change -q petro notify=new
	[ -e d/tk/noticed ]
	[ "$(told "olha")" = 0 ]
	git -C d show main:staff/olha.yaml >olha.yaml
	python3 -c "
import yaml
assert yaml.safe_load(open(\"olha.yaml\"))[\"notify\"] == {\"what\": [\"assigned\", \"reply\"]}"'

ok 'assigned: a letter in her language, by the one composer, that nobody answers' '
	tk new -q -s "Сервер молчит" -m "Совсем." -w "$ivan"
	tk assign -q olha TK-2
	[ "$(told olha)" = 1 ]
	last >l && header Subject <l | grep -x "\[TK-2\] yours: Сервер молчит"
	header To <l | grep -F "<olha@firma.example>"
	header From <l | grep -F "support@firma.example"
	header Auto-Submitted <l | grep -x auto-generated
	header X-Tk-Ticket <l | grep -x TK-2
	header X-Tk-Loop <l | grep .
	head -2 sent/$(sent).args | tail -1 >from && grep -x "<>" from
	plaintext <l | grep -F "Данила Петров gave you this ticket."
	[ -z "$(find d/tk/outbox -type f)" ]
	was=$(tip) && tk send && [ "$(tip)" = $was ] && [ "$(told olha)" = 1 ]'

ok 'new: to those of the queue who want it, in the language of the desk' '
	[ "$(told petro)" = 1 ]
	[ "$(told danila)" = 0 ]
	cat $(grep -lx "petro@firma.example" sent/*.args | sed "s/args/eml/") >l
	header Subject <l | grep -x "\[TK-2\] новая: Сервер молчит"
	plaintext <l | grep -x "Совсем."'

ok 'reply: to the assignee alone; of nobody'\''s ticket, to the queue' '
	tick
	letter 2.eml "$ivan" "Re: [TK-1] Старое" "Есть новости?"
	tk deliver -q - <2.eml
	[ "$(told olha)" = 2 ]
	last | header Subject | grep -x "\[TK-1\] the client wrote: Старое"
	tk staff change -q petro notify=new,reply
	tk assign -q - TK-1
	tick
	letter 3.eml "$ivan" "Re: [TK-1] Старое" "Ау?"
	tk deliver -q - <3.eml
	[ "$(told olha)" = 3 ] && [ "$(told petro)" = 2 ]'

ok 'nobody is told of what they did' '
	n=$(told olha)
	as_staff olha tk take -q TK-1
	as_staff olha tk note -q TK-2 -m "Смотрю."
	tk assign -q - TK-1 && tk assign -q olha TK-1
	[ "$(told olha)" = $((n + 1)) ]'

ok 'an answer to a notice becomes a note' '
	tick
	letter 4.eml "Имя olha <olha@firma.example>" "Re: [TK-2] yours: Сервер молчит" "Меняю диск." \
		"Message-ID: <a1@firma.example>" "In-Reply-To: <$(last | msgid /dev/stdin)>"
	sed -i "0,/^Message-ID/{/^Message-ID/d}" 4.eml
	tk deliver - <4.eml >out && grep TK-2 out
	at TK-2 ticket.yaml | tail -1 | grep "act: note"'

ok 'escalate: the queue that gets it is told, with the note' '
	tk staff change -q vera notify=escalate
	tk escalate -q TK-2 --to experts -m "Диск новый, то же самое."
	[ "$(told vera)" = 1 ]
	last >l && header Subject <l | grep -x "\[TK-2\] передана выше: Сервер молчит"
	plaintext <l | grep -x "Диск новый, то же самое."'

ok 'many at once are one letter' '
	tick
	n=$(sent) p=$(told petro)
	mkdir -p m/new m/cur m/tmp
	for i in 1 2 3 4 5; do letter m/new/$i "Пётр $i <p$i@lilia.example>" "Беда $i"; done
	git -C d config tk.maildir "$PWD/m"
	tk deliver -q
	[ "$(told petro)" = $((p + 1)) ]
	cat $(grep -lx "petro@firma.example" sent/*.args | sed "s/args/eml/" | sort -V | tail -1) >l
	header Subject <l | grep -F "Событий: 5"
	[ "$(plaintext <l | grep -c "новая: Беда")" = 5 ]'

ok 'working hours: what comes at night waits for the morning, in one letter' '
	n=$(told olha)
	tk staff change -q olha notify.when=working-hours
	exits 65 tk staff change olha notify.calendar=nothing 2>err
	grep calendar.yaml err
	for i in 2 3; do tick; tk assign -q - TK-1; tk assign -q olha TK-1; done
	[ "$(told olha)" = $n ]
	[ -s d/tk/held/olha ]
	tick $((24 * 3600))
	tk send -q
	[ "$(told olha)" = $((n + 1)) ]
	[ ! -e d/tk/held/olha ]
	cat $(grep -lx "olha@firma.example" sent/*.args | sed "s/args/eml/" | sort -V | tail -1) >l
	[ "$(plaintext <l | grep -c "yours: Старое")" = 2 ]
	tk assign -q - TK-1 && tk assign -q olha TK-1
	[ "$(told olha)" = $((n + 2)) ]
	tk send -q && [ "$(told olha)" = $((n + 2)) ]'

ok 'never: not a word' '
	n=$(told olha)
	tk staff change -q olha notify.when=never
	tk assign -q - TK-1 && tk assign -q olha TK-1
	[ "$(told olha)" = $n ]
	tk staff change -q olha notify.when=always'

ok 'never to a client: an address that has become one gets nothing' '
	tick
	n=$(sent)
	tk staff change -q vera mail=vera@zavod.example
	tk client add zavod -q --name Завод --contact "Вера <vera@zavod.example>" 2>err ||
		{ grep . err; tk client add zavod -q --name Завод --domain zavod.example; }
	tk escalate -q TK-1 --to experts -m "Кому?" 2>err
	grep -F "is an address of the client zavod" err
	exits 1 grep -l "vera@zavod.example" sent/*.args'

ok 'a sender that fails: the notice waits and is tried again' '
	tick
	touch sent/fails
	tk assign -q petro TK-1; tk staff change -q petro notify=assigned
	tk assign -q - TK-1; tk assign -q petro TK-1
	tk send --status >status && grep "^notice petro 1 .*status 75" status
	rm sent/fails && n=$(told petro)
	exits 1 tk send -q
	[ "$(told petro)" = $n ]
	tick 600
	tk send >out && grep -x "notice sent petro" out && [ "$(told petro)" = $((n + 1)) ]
	tk send >out && [ ! -s out ]'

ok 'killed between the commit and the notice: the next one tells it' '
	tick
	n=$(told petro)
	TK_NOTICING=1 tk assign -q - TK-1
	TK_NOTICING=1 tk assign -q petro TK-1
	[ "$(told petro)" = $n ]
	tk send --notices && [ "$(told petro)" = $((n + 1)) ]
	tk send && [ "$(told petro)" = $((n + 1)) ]'

ok 'notify is checked, by hand and on push' '
	exits 65 tk staff change olha notify=nothing 2>err
	grep -F "new, assigned, reply" err
	exits 65 tk staff change olha notify.when=sometimes 2>err
	exits 65 tk staff change olha notify.how=pigeon 2>err
	git clone -q d c && cd c && unset TK_DESK
	sed -i "s/notify: .*/notify: {what: [assigned, replies]}/" staff/olha.yaml
	git commit -qam "staff: olha" 
	exits 1 git push -q 2>err
	grep "staff/olha.yaml:[0-9]*: .*\"what\" of \"notify\" cannot be \"replies\"" err
	git reset -q --hard origin/main
	sed -i "s/notify: .*/notify: {what: [all], how: [mail, hook]}/" staff/petro.yaml
	git commit -qam "staff: petro" && git push -q 2>err || { cat err; false; }'

ok 'what one wants to be told is one'\''s own choice, and no more than that' '
	as_staff petro tk staff change petro -q notify=new
	git -C d show main:staff/petro.yaml | grep -F "what: [new]"
	as_staff petro exits 77 tk staff change olha -q notify=new 2>err
	as_staff petro exits 77 tk staff change petro -q notify=new role=director 2>err
	cd c && unset TK_DESK && git pull -q
	git config user.email petro@firma.example && git config user.name "Имя petro"
	sed -i "s/what: \[new\]/what: [all]/" staff/petro.yaml
	git commit -qam "staff: petro" && git push -q 2>err || { cat err; false; }
	sed -i "s/roles: .*/roles: [director]/" staff/petro.yaml
	git commit -qam "staff: petro"
	exits 1 git push -q 2>err
	grep "\"staff\" is not an act of petro" err
	git reset -q --hard origin/main
	sed -i "s/what: .*\]/what: [new]/" staff/olha.yaml
	git commit -qam "staff: olha" && exits 1 git push -q 2>err
	git reset -q --hard origin/main 
	git config user.email danila@firma.example && git config user.name "Данила Петров"'

ok 'what was pushed is told as well' '
	tick
	cd c && unset TK_DESK && n=$(cd .. && told petro)
	tk assign -q petro TK-2 && git push -q 2>err || { cat err; false; }
	cd .. && [ "$(told petro)" = $((n + 1)) ]'
finish
