#!/bin/sh
# tk: the dispatcher, its help, and what there is to do.
. "$(dirname "$0")/lib.sh"

desk desk.git

ok 'a command beside it, with its own options' '
	tk staff --json >got
	tk-staff --json | same - got
	exits 64 tk staff --no-such
	tk staff -h | grep -q "^usage: tk-staff"'
ok '-C is for the command too' '
	(unset TK_DESK && exits 1 tk staff && tk -C desk.git staff && tk --desk=desk.git staff) >got
	[ "$(wc -l <got)" = 2 ]
	exits 1 tk -C /nonexistent staff
	exits 64 tk -C'
ok 'the exit status is the command'\''s' '
	exits 1 tk staff show nobody
	exits 65 tk staff change danila name='
ok 'what somebody adds to PATH is a command' '
	mkdir more
	printf "#!/bin/sh\necho hello \"\$@\"\nexit 7\n" >more/tk-hello
	printf "#!/bin/sh\necho never\n" >more/tk-staff
	chmod +x more/tk-*
	PATH=$PATH:$PWD/more
	exits 7 tk hello -x "a b" >got
	echo "hello -x a b" | same - got
	tk staff | exits 1 grep never
	tk -h | grep -qx "  hello *"'
ok 'but not what lies in the working folder' '
	cd more
	PATH=:$PATH
	exits 64 tk hello'
ok 'no command: near ones are named, exit 64' '
	exits 64 tk lsit 2>err
	grep -qx "tk: no command \"lsit\"; did you mean: list, .*" err
	exits 64 tk rep 2>err
	grep -q "did you mean: reply" err
	exits 64 tk ../bin/tk-list
	exits 64 tk xyzzyxyzzy 2>err
	grep -q "tk -h" err
	exits 64 tk ""'
ok 'help: groups with summaries' '
	tk -h >got
	head -1 got | grep -q "^usage: tk "
	grep -qx "Work" got
	grep -qx "  assign       give tickets to a member of staff" got
	tk help | same got -
	exits 64 tk --no-such 2>err
	grep -q "^usage: tk " err'
ok 'every command is in a group' '
	tk -h | exits 1 grep -x "Others"'
ok 'version' '
	tk --version | grep -qx "tk [0-9.]*"'
ok 'help COMMAND is its page in man' '
	mkdir fake
	printf "#!/bin/sh\necho \"\$1\"\necho \"\$MANPATH\"\n" >fake/man
	chmod +x fake/man
	PATH=$PWD/fake:$PATH
	tk help staff >got
	head -1 got | grep -qE "(^|/)tk-staff([.]1)?$"
	tail -1 got | grep -q "/share/man:$"'

ok 'help for what is not there is 1, whatever man says' '
	printf "#!/bin/sh\nexit 16\n" >fake/man
	PATH=$PWD/fake:$PATH
	exits 1 tk help nothing'

ok 'alone: nothing to do' '
	tk >got
	echo "Nothing is waiting for you." | same - got'
ok 'alone: mine, urgent, nobody'\''s' '
	tk staff add olga --mail olga@firma.example --role agent
	tk new -s Первая -m текст
	tk new -s Вторая -m текст -p p1 --assignee olga
	tk new -s Третья -m текст --assignee danila
	tk new -s Чужая -m текст --assignee olga -p p4
	tk >got
	sed -n "/^Mine/,/^$/p" got | grep -q "^TK-3 .*Третья"
	sed -n "/^Urgent/,\$p" got >urgent
	grep -q "^TK-1 " urgent
	grep -q "^TK-2 " urgent
	exits 1 grep -E "TK-4|Nothing is waiting" got
	[ "$(grep -c "^TK-2" got)" = 1 ]
	exits 1 grep UPDATED got'
ok 'alone: no ticket stands there twice, none without a word for its subject' '
	tk new -s Срочная -m текст -p p1 --assignee danila \
	    --requester ivan@romashka.example
	printf "From: x@romashka.example\nTo: support@firma.example\n\nx\n" | tk deliver -q -
	tk >got
	[ "$(grep -c "^TK-5 " got)" = 1 ]
	grep "^TK-5 .*ivan@romashka.example.*Срочная" got
	grep "^TK-6 .*(no subject)" got
	tk show 6 | head -1 | grep "^TK-6  (no subject)"'
ok 'alone: letters that are stuck' '
	mkdir -p desk.git/tk/quarantine/new
	echo x >desk.git/tk/quarantine/new/a
	echo y >desk.git/tk/quarantine/new/a.why
	tk >got
	grep -q "^1 letter could not be taken in: .*/quarantine/new" got'
ok 'alone and unknown: still the urgent ones' '
	TK_ACTOR=stranger tk >got 2>err
	grep -q "nobody on the staff is called \"stranger\"" err
	grep -q "^TK-1 " got
	exits 1 grep "^Mine" got'
ok 'alone without a desk' '
	unset TK_DESK
	exits 1 tk'
ok 'no room for the output is 74' '
	exits 74 tk --version >/dev/full
	exits 74 tk >/dev/full'
finish
