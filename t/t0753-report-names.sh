#!/bin/sh
# Reports: names beside ids, and fields that there are not.
. "$(dirname "$0")/lib.sh"

desk d
tk client add -q other name=Other domain=other.example language=ru
tk new -q --type callback -s 'Перезвонить' -m x -w ann@other.example -c phone
tk new -q --type incident -s 'Сломалось' -m x -w ann@other.example -c phone
tk take -q TK-1 TK-2

ok 'a state has the name that the process of the ticket gives it' '
	tk report clients --part 5 client:other >got
	grep "Сломалось.* в работе" got
	grep "Перезвонить.* звоним" got'

ok 'several types in one row: the id, where processes differ' '
	git clone -q "$DESK" clone 2>/dev/null
	mkdir clone/reports
	cat >clone/reports/mine.yaml <<-TEXT
	title: Mine
	period: all
	parts:
	- {of: tickets, by: [state], show: [count], total: true}
	TEXT
	git -C clone add -A && git -C clone commit -qm "reports: mine"
	git -C clone push -q origin HEAD:main
	tk report mine >got
	grep -xE "open +2" got
	tk report mine type:callback >got
	grep -xE "звоним +1" got
	# The incident and the request do agree, but others do not.
	tk report mine state:open type:incident,request >got
	grep -xE "в работе +1" got
	tk report mine --csv >got
	grep "^open,2" got'

ok 'grouped by what there is not: the option is told, and what there is' '
	exits 65 tk report flow --by nosuch 2>err
	grep -x "tk-report: --by nosuch: no such field; there are: id, subject, .*" err'
ok 'one person is one requester, however the name is written' '
	tk client add -q astra name=Астра domain=astra.example --contact "Анна <anna@astra.example>"
	tk new -q -s one -m x -w "Anna Petrova <Anna@astra.example>" -c mail
	tk new -q -s two -m x -w anna@astra.example -c phone
	tk new -q -s three -m x -w "\"A, <B>\" <x@astra.example>" -c phone
	tk report clients client:astra --part 3 --csv | tr -d "\r" >got
	printf "%s\n" requester,count,closed anna@astra.example,2,0 x@astra.example,1,0 | same - got
	tk report clients client:astra --part 3 >got
	grep "^Анна <anna@astra.example>  *2  *0$" got'

finish
