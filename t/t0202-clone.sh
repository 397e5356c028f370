#!/bin/sh
# A desk with a work tree: an agent's clone of the gate.
. "$(dirname "$0")/lib.sh"

desk gate
letter ask.eml 'Иван Иванов <ivan@romashka.example>' 'Не печатает принтер'
tk deliver -q - <ask.eml
tk new -q -s 'Второй' -m 'Ещё один.' -w ivan@romashka.example
git clone -q gate kyiv
git -C kyiv config tk.actor danila
unset TK_DESK
path=tickets/00/00/TK-1/ticket.yaml

# Is the work tree what HEAD says, and does git think so too?
clean() {
	git -C kyiv status --porcelain=v1 | same /dev/null - || return
	git -C kyiv diff --exit-code HEAD || return
	git -C kyiv ls-files --stage | sort >files
	git -C kyiv ls-tree -r HEAD | sed 's/ blob / /; s/\t/ 0\t/' | sort |
		same - files
}
head_of() { git -C "$1" rev-parse HEAD; }

ok 'without tk.site a clone opens no tickets, and says what to do' '
	exits 1 tk -C kyiv new -s Тема -m Текст -q 2>err
	grep -q "git config tk.site" err
	[ $(git -C kyiv rev-list --count origin/main..) = 0 ]; clean'
git -C kyiv config tk.site kyiv
ok 'a ticket opened there has a number of its own' '
	exits 0 tk -C kyiv new -s "Сервер стоит" -m "Звонили." \
	    -w "Олег <oleg@vasilek.example>" >got
	echo "TK-1.kyiv open new" | same - got
	[ -e kyiv/tickets/00/00/TK-1.kyiv/ticket.yaml ]
	tk -C kyiv new -s Тема -m Текст >got
	grep -qx "TK-2.kyiv open new" got
	clean'
ok 'every act leaves git status clean' '
	cd kyiv
	act() {
		tick
		exits 0 tk "$@" >../out
		(cd ..; clean) || { echo "after: $*"; exit 1; }
	}
	act take TK-1; act note TK-1 -m "Смотрю."
	act set TK-1 priority=p2 category=network/vpn
	act move network TK-1 -m "Это сети."; act assign danila TK-1 TK-2
	act reply TK-1 -m "Проверьте кабель."; act reopen TK-1
	act status vendor TK-1 -m "Ждём провайдера."
	act close TK-1 -r "Кабель." -m "Готово."; act reopen TK-1
	act take TK-1.kyiv
	[ "$(git rev-list --count origin/main..HEAD)" -ge 12 ]'
ok 'the reply was not sent from there, and tk send says why' '
	[ ! -e sent/2.eml ] # 1 is what the gate acknowledged
	exits 1 tk -C kyiv send 2>err
	grep -q push err'
ok 'it goes out at the gate, once, when it was pushed' '
	git -C kyiv push -q
	exits 0 tk -C gate send
	exits 0 tk -C gate send
	[ ! -e sent/3.eml ]
	[ "$(tail -n 1 sent/2.args)" = ivan@romashka.example ]
	python3 -c "import email, email.policy as p
print(email.message_from_file(open(\"sent/2.eml\"), policy=p.default).get_content())" >got
	grep -qx "Проверьте кабель." got
	git -C gate log -1 --format="%(trailers:key=Act,valueonly)" | grep -qx sent
	git -C kyiv pull -q; clean'

refused() { # the acts on TK-1 are refused and the file stays as it is
	head_of kyiv >before
	cp kyiv/$path mine
	git -C kyiv ls-files --stage $path >staged
	exits 1 tk -C kyiv note TK-1 -m "Заметка." -q 2>err
	grep -q "$path" err
	head_of kyiv | same before -
	same mine kyiv/$path
	git -C kyiv ls-files --stage $path | same staged -
	[ ! -e kyiv/.git/tk/checkout ] || exits 0 tk -C kyiv note TK-2 -m Дальше. -q
}
ok 'an uncommitted edit of the same file is not overwritten' '
	echo "note: by hand" >>kyiv/$path
	refused
	git -C kyiv checkout -q -- $path
	exits 0 tk -C kyiv note TK-1 -m "Заметка." -q; clean'
ok 'nor is a staged one, whatever the work tree says' '
	cp kyiv/$path whole
	echo "note: by hand" >>kyiv/$path
	git -C kyiv add $path
	refused
	cp whole kyiv/$path
	refused
	git -C kyiv reset -q -- $path
	exits 0 tk -C kyiv note TK-1 -m "Заметка." -q; clean'
ok 'nor a file that was removed, or lies where a new one goes' '
	rm kyiv/$path
	exits 1 tk -C kyiv note TK-1 -m "Заметка." -q
	[ ! -e kyiv/$path ]
	git -C kyiv checkout -q -- $path
	mkdir kyiv/tickets/00/00/TK-3.kyiv
	echo mine >kyiv/tickets/00/00/TK-3.kyiv/ticket.yaml
	exits 1 tk -C kyiv new -s Тема -m Текст -q
	[ "$(cat kyiv/tickets/00/00/TK-3.kyiv/ticket.yaml)" = mine ]
	rm -r kyiv/tickets/00/00/TK-3.kyiv; clean'
ok 'unrelated dirty files are left alone' '
	echo "# моё" >>kyiv/desk.yaml
	echo new >kyiv/untracked
	echo staged >kyiv/README; git -C kyiv add README
	git -C kyiv rm -q --cached regulation/works.yaml
	git -C kyiv status --porcelain >before
	exits 0 tk -C kyiv note TK-1 -m "Заметка." -q
	git -C kyiv status --porcelain | same before -
	git -C kyiv reset -q --hard
	rm kyiv/untracked; clean'

# The branch has moved and the work tree has not, as after a crash.
crashed() {
	git clone -q kyiv other
	git -C other config tk.actor danila; git -C other config tk.site kyiv
	tk -C other note TK-1 -m "До обрыва." -q
	tk -C other new -s "Новая" -m "Текст" -q
	git -C kyiv fetch -q ../other main
	mkdir -p kyiv/.git/tk
	head_of kyiv >kyiv/.git/tk/checkout
	git -C kyiv update-ref refs/heads/main FETCH_HEAD
	rm -rf other
}
ok 'a crash between branch and work tree is mended by the next act' '
	crashed
	[ -n "$(git -C kyiv status --porcelain)" ]
	exits 0 tk -C kyiv note TK-2 -m "После." -q; clean
	[ ! -e kyiv/.git/tk/checkout ]'
ok 'but what was edited since is left to its author' '
	crashed
	echo "note: by hand" >>kyiv/$path
	cp kyiv/$path mine
	exits 0 tk -C kyiv note TK-2 -m "После." -q
	same mine kyiv/$path
	git -C kyiv checkout -q HEAD -- $path; clean'
ok 'git index locked: 75, nothing is done, and what to do is said' '
	: >kyiv/.git/index.lock
	head_of kyiv >before
	exits 75 tk -C kyiv note TK-1 -m "Заметка." 2>err
	grep -q "index.lock" err
	[ "$(git -C kyiv rev-parse HEAD)" = "$(cat before)" ]
	rm kyiv/.git/index.lock
	exits 0 tk -C kyiv note TK-2 -m "Дальше." -q; clean'
echo "$PWD/kyiv" >>"$SCRATCH/desks"
finish
