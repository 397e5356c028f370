#!/bin/sh
# Archives where it hurts: killed anywhere, not whole, pushed by hand, by
# whom it may not be done, a ticket touched meanwhile.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

set_clock 2024-03-01T06:00:00Z
desk d
tk regulation ack -q
git -C d config gc.auto 0
A=tk/archive/2024.git
year() { set_clock "$1-03-01T06:00:00Z"; echo "$TK_NOW" >"$SCRATCH/now"; }

ok 'closed tickets of 2024 in two folders of numbers, one that is open' '
	for n in 1 2 3; do
		letter $n.eml "Иван <ivan@romashka.example>" "Сервер $n"
		tk deliver -q - <$n.eml
		tk take -q TK-$n && tk reply -q TK-$n -m Готово. && tick && tk close -q TK-$n -r Кабель.
	done
	year 2026
	letter 4.eml "Иван <ivan@romashka.example>" "Почта"
	tk deliver -q - <4.eml
	tip >head'

ok 'by whom the regulation lets, at the gate, a year' '
	tk staff add olga --name Olga --mail olga@firma.example --role engineer
	tip >head
	TK_ACTOR=olga exits 77 tk archive --before 2025
	git clone -q d c
	(unset TK_DESK; git -C c config tk.actor danila; exits 1 tk -C c archive --before 2025 2>err; grep "at the gate" err)
	exits 64 tk archive --before 25
	exits 64 tk archive -n
	[ "$(tip)" = "$(cat head)" ] && [ ! -e d/tk/archive ]'

if command -v cc >/dev/null && { [ ! -e /usr/lib/llvm-14 ] || [ "${TK_BUILD%-address*}" = "$TK_BUILD" ]; }; then
ok 'killed anywhere, or the power goes: nothing is lost, the next run ends it' '
	python3 "$ROOT/t/kill/kill.py" -c archive -m kill -m tear -m cut -m names -n 6 >out 2>&1 || { cat out; exit 1; }
	grep ", 0 found" out'
else
	skip 'the shim needs cc, and ASan wants to be first' 'killed anywhere'
fi

ok 'moved; a clone learns of it, and numbers are not given again' '
	tk archive -q --before 2025
	(
		unset TK_DESK
		cd c
		git config tk.site kyiv
		tk new -q -s Своя -m x --requester ivan@romashka.example
		mkdir -p x && git checkout -q -b old && git checkout -q main
		git pull -q --rebase
		exits 1 tk show TK-1 2>../err
		grep "TK-1 is in the archive 2024" ../err
		exits 1 tk --archive 2024 list 2>../err
		grep "they lie at the gate" ../err
		git push -q
	)
	tk list -A | grep "^TK-1.kyiv "'

ok 'what a push may not do: take tickets away, bring one back, write records' '
	unset TK_DESK
	cd c
	refused() { # WORDS
		exits 1 git push -q origin HEAD:main 2>../err
		cat ../err
		grep -q "$1" ../err
		git reset -q --hard origin/main
	}
	git rm -rq tickets/00/00/TK-4
	git commit -qnm "archive 2024: 1 tickets

Act: archive
Actor: danila"
	refused "moved into an archive at the gate"
	git checkout -q old -- tickets/00/00/TK-1
	git commit -qnm "TK-1: by hand"
	refused "TK-1 is in the archive 2024; its number is not given again"
	sed -i "2d" archives/2024/00/00.yaml
	git commit -qnam "by hand"
	refused "only \"tk archive\" writes here"
	echo "archive: 2024" >>desk.yaml
	git commit -qnam "by hand"
	refused "stands in archives only"'

ok 'what the owner of the gate does by hand, the audit finds' '
	cp -a d e
	git clone -q e f
	cd f
	unset TK_DESK
	git rm -rq tickets/00/00/TK-4
	sed -i "s/tree: ....../tree: 000000/" archives/2024/00/00.yaml
	git commit -qnam "archive 2024: 1 tickets

Act: archive
Actor: danila
Regulation: 1"
	rm ../e/hooks/pre-receive
	git push -q
	exits 1 tk -C ../e audit >out 2>&1
	cat out
	grep "archives/2024/00/00.yaml: .archive. what is said of archives stays" out
	grep "TK-4/ticket.yaml: .archive. removed, and in no record of an archive" out'

ok 'an archive that is not whole is found, and made again of the history' '
	old=$(git -C d/$A rev-parse main)
	rm -rf d/$A/objects/pack
	exits 1 tk fsck >out 2>&1
	grep "archives/2024.yaml: " out
	tk archive -q --before 2025
	tk fsck -q
	git -C d/$A fsck --strict
	tk --archive 2024 show TK-2 | grep "Сервер 2"'

ok 'another one at work: try again later' '
	(flock 8; exits 75 tk archive --before 2025) 8>d/tk/archive.lock'

ok 'many leave in parts: the lock is free in between, commits are of a hundred numbers' '
	desk many
	python3 "$ROOT/t/perf/gen-desk.py" --years 1 --open 20 --batch 200 many 900
	tk list -A --count
	moves() { git -C many reflog show main | wc -l; }
	n=$(moves)
	tk archive --before 2025 >out
	cat out
	[ "$(sed -n "s/.*tickets moved \([0-9]*\),.*/\1/p" out | paste -sd+ | sed "s/.*/echo \$((&))/" | sh)" = 880 ]
	[ "$(($(moves) - n))" -ge 3 ]
	[ "$(tk list -A --count)" = 20 ]
	for y in 2023 2024; do
		[ "$(tk --archive $y list -A --count)" = "$(sed -n "s/^$y: tickets moved \([0-9]*\),.*/\1/p" out)" ]
	done
	git -C many log --format=%s -20 | sed -n "s/^archive 20..: \([0-9]*\) tickets.*/\1/p" >sizes
	[ "$(sort -n sizes | tail -1)" -le 100 ]
	tk fsck -q
	git -C many fsck --strict
	tk archive --before 2025 2>/dev/null | grep -x "nothing to move"'
echo "$PWD/d/$A" >>"$SCRATCH/desks"

finish
