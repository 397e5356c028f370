#!/bin/sh
# tk-staff and tk-client: directories changed by command, one commit each.
. "$(dirname "$0")/lib.sh"

desk desk.git
file() { git -C desk.git show "HEAD:$1"; }
trailer() { git -C desk.git log -1 --format="%(trailers:key=$1,valueonly)" | sed '/^$/d'; }

ok 'the first one is there' '
	tk staff >got
	echo "danila  Данила Петров  danila@firma.example  director" | same - got'

ok 'somebody new: the file, the commit, the trailers' '
	tk staff add olga --name "Ольга Ким" --mail olga@firma.example \
	    --role agent --role dispatcher --queue support --language uk >got
	echo "olga add" | same - got
	file staff/olga.yaml >got
	same - got <<-TEXT
		name: Ольга Ким
		mail: [olga@firma.example]
		roles: [agent, dispatcher]
		queues: [support]
		language: uk
		active: true
		since: 2026-11-22T09:00:00+03:00
	TEXT
	git -C desk.git log -1 --format="%an <%ae>%n%s" >got
	same - got <<-TEXT
		Данила Петров <danila@firma.example>
		staff: add olga
	TEXT
	[ "$(trailer Act)" = staff ]
	[ "$(trailer Actor)" = danila ]
	[ "$(trailer Staff)" = olga ]
	[ "$(trailer Regulation)" = 1 ]'

ok 'what cannot be is refused, and nothing is committed' '
	git -C desk.git rev-parse HEAD >before
	add="--mail x@firma.example --role agent"
	exits 1 tk staff add olga $add
	exits 65 tk staff add Olga $add
	exits 65 tk staff add ../x $add
	exits 64 tk staff add x --role agent
	exits 64 tk staff add x --mail x@firma.example
	exits 65 tk staff add x --mail "x y@firma.example" --role agent
	exits 65 tk staff add x --mail x@y@firma.example --role agent
	exits 65 tk staff add x --mail support@firma.example --role agent
	exits 1 tk staff add x --mail OLGA@firma.example --role agent
	exits 1 tk staff add x --mail x@firma.example --role king 2>err
	grep -q "no role \"king\"; there are: agent, " err
	exits 1 tk staff add x $add --queue nowhere
	exits 65 tk staff add x $add --language Russian
	exits 65 tk staff add x $add --name "$(printf "a\nb")"
	exits 65 tk staff change olga rolse=agent
	exits 65 tk staff change olga name=
	exits 65 tk staff change olga active=perhaps
	exits 64 tk staff change olga
	exits 64 tk staff change olga name
	exits 64 tk staff sing
	exits 1 tk staff change nobody name=x
	git -C desk.git rev-parse HEAD | same - before'

ok 'a change keeps what it does not know, and says when there is none' '
	git clone -q desk.git work
	(
		cd work
		echo "phone_home: {a: [1, 2]}" >>staff/olga.yaml
		git -c core.hooksPath=/dev/null commit -qam "staff: by hand"
		git push -q --receive-pack="git -c core.hooksPath=/dev/null receive-pack" \
		    ../desk.git HEAD:main
	)
	tk staff change olga skills=cisco,voip language= lines=1,2
	file staff/olga.yaml >got
	grep -qx "phone_home: {a: \[1, 2\]}" got
	grep -qx "lines: \[1, 2\]" got
	grep -qx "skills: \[cisco, voip\]" got
	exits 1 grep language got
	git -C desk.git rev-parse HEAD >before
	tk staff change olga skills=cisco,voip 2>err
	grep -q "nothing to change" err
	git -C desk.git rev-parse HEAD | same - before'

ok 'only whom the regulation lets' '
	TK_ACTOR=olga exits 77 tk staff add x --mail x@firma.example --role agent 2>err
	grep -q "regulation/roles.yaml:[0-9]*: \"staff\" is not an act of olga" err
	TK_ACTOR=olga tk client add nova --name Нова --domain nova.example'

ok 'who leaves is not active any more, and told of open tickets' '
	tk new -s Диск -m "Шумит" -w "Иван <ivan@nova.example>" --assignee olga
	tk staff retire olga >got 2>err
	echo "olga retire" | same - got
	grep -q "olga still has 1 open ticket: tk list assignee:olga is:open" err
	file staff/olga.yaml | grep -qx "active: false"
	tk staff | exits 1 grep olga
	tk staff -A | grep -q "^olga .*(left)"
	TK_ACTOR=olga exits 77 tk client add x'

ok 'the address is free then' '
	tk staff add olya --mail olga@firma.example --role agent
	exits 1 tk staff change olga active=true'

ok 'the last who may do everything cannot leave, nor lose the role' '
	exits 1 tk staff retire danila 2>err
	grep -q "danila is the last one here who may do everything" err
	exits 1 tk staff change danila roles=agent
	tk staff change olya roles=director
	tk staff retire danila
	TK_ACTOR=olya exits 1 tk staff change olya active=false
	TK_ACTOR=olya tk staff change danila active=true'

ok 'show and JSON' '
	tk staff show danila | grep -qx "Name:        Данила Петров"
	tk staff show danila --json >got
	grep -q "^{\"id\":\"danila\",\"name\":\"Данила Петров\",\"mail\":\[\"danila@firma.example\"\],\"roles\":\[\"director\"\],\"active\":true" got
	[ "$(tk staff --json | wc -l)" = 2 ]
	exits 1 tk staff show nobody'

ok 'a client with contacts and a contract' '
	tk client add romashka --name "ООО «Ромашка»" --domain romashka.example \
	    --contact "Иван <ivan@romashka.example>, +38 (050) 123-45-67" \
	    --contact boss@romashka.example --sla gold --language ru
	tk client change romashka contract.until=2027-12-31
	file clients/romashka.yaml >got
	same - got <<-TEXT
		name: ООО «Ромашка»
		domains: [romashka.example]
		language: ru
		contacts:
		- {name: Иван, mail: [ivan@romashka.example], phone: [+38 (050) 123-45-67]}
		- {mail: [boss@romashka.example]}
		contract: {sla: gold, until: 2027-12-31}
		active: true
	TEXT
	[ "$(trailer Act)" = client ]
	[ "$(trailer Client)" = romashka ]'

ok 'a contact is put right, another goes' '
	tk client change romashka --contact "Шеф <BOSS@romashka.example>" \
	    --no-contact ivan@romashka.example
	file clients/romashka.yaml >got
	grep -A1 "^contacts:" got >got2
	same - got2 <<-TEXT
		contacts:
		- {name: Шеф, mail: [boss@romashka.example]}
	TEXT
	exits 1 tk client change romashka --no-contact ivan@romashka.example'

ok 'one address, one domain: one client, retired ones too' '
	tk reply -q 1 -m "Готово."
	tk close -q 1 -r Готово
	tk client retire nova -m "Закрылись."
	exits 1 tk client add x --contact boss@romashka.example
	exits 1 tk client add x --domain Nova.Example
	exits 65 tk client add x --domain "no va"
	exits 65 tk client add x --contact "Имя без адреса"
	exits 65 tk client add x --contact "a@b.example, нет"
	exits 65 tk client change romashka contacts=x
	exits 65 tk client change romashka sites="Главный офис"
	exits 65 tk client change romashka language=xx 2>err
	grep -q "there are: en, ru, uk" err
	exits 65 tk client change romashka sla=platinum 2>err
	grep -q "no class .*; there are: .*gold" err
	exits 64 tk client romashka 2>err
	grep -q "tk client show romashka" err
	tk client | exits 1 grep nova'

ok 'found by mail, domain, phone and name' '
	tk client change romashka --contact "Иван <ivan@romashka.example>, +38 (050) 123-45-67"
	for what in ivan@romashka.example new@romashka.example romashka.exam \
	    0501234567 "8 050 123 45 67" 1234567 ИВАН ромашка; do
		tk client find "$what" >got
		grep -q "^romashka " got
	done
	tk client find 0501234567 --json >got
	grep -q "\"contact\":{\"name\":\"Иван\"" got
	exits 1 tk client find 0509999999
	exits 1 tk client find Пушкин'
ok 'a ticket finds its client by the telephone' '
	tk new -q -s Звонок -m Перезвонить -w "Иван, 050 123-45-67"
	[ "$(tk show --json TK-2 | grep -c "\"client\":\"romashka\"")" = 1 ]
	tk new -q -s Звонок -m Перезвонить -w "050 999-99-99"
	exits 1 grep -q "\"client\":\"romashka\"" <<-X
	$(tk show --json TK-3)
	X'

ok 'show has the open tickets' '
	tk new -s Сервер -m "Не работает" -w "Иван <ivan@romashka.example>"
	tk client show romashka >got
	grep -q "^Contact:     Иван <ivan@romashka.example>, +38 (050) 123-45-67" got
	grep -q "^TK-4 .*Сервер" got
	exits 1 tk client show nobody'
finish
