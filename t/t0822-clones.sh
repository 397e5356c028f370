#!/bin/sh
# Clones that have a part: sparse ones, partial ones, each kind of git index.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk gate
letter 1.eml 'Иван <ivan@romashka.example>' Принтер
tk deliver -q - <1.eml
for n in 2 3; do tk new -q -s "Задача $n" -m "Раз." --requester ivan@romashka.example; done
{ letter 4.eml 'Ольга <olga@romashka.example>' Большое; yes 'a large letter, 100 KB' | head -c 100000 >>4.eml; }
tk deliver -q - <4.eml
T=tickets/00/00
G=$DESK
unset TK_DESK
git -C gate config uploadpack.allowFilter true
git -C gate config uploadpack.allowAnySHA1InWant true
clone() { # NAME OPTION...
	name=$1
	shift
	git clone -q "$@" "file://$G" "$name"
	git -C "$name" config tk.actor danila
	git -C "$name" config tk.site "$name"
	git -C "$name" config core.hooksPath /dev/null
}

for v in 2 3 4; do
	ok "git's index of version $v: changed, added, as git would" '
		clone w$v
		git -C w$v update-index --index-version $v
		[ $v != 3 ] || git -C w3 update-index --skip-worktree kb 2>/dev/null || git -C w3 update-index --skip-worktree desk.yaml
		git -C w$v update-index --index-version $v
		[ "$(head -c 8 w$v/.git/index | od -An -tu1 | tr -s " " | cut -d" " -f9)" = $v ]
		tk -C w$v note -q TK-2 -m "Заметка."
		index_agrees w$v
		tk -C w$v take -q TK-1
		tk -C w$v new -q -s Новая -m "Два." --requester ivan@romashka.example
		index_agrees w$v
		for i in 1 2 3; do tk -C w$v note -q TK-$i -m "Ещё $i."; done
		index_agrees w$v
		[ "$(head -c 8 w$v/.git/index | od -An -tu1 | tr -s " " | cut -d" " -f9)" = $v ]
		git -C w$v rm -rq --cached "$T/TK-3"
		git -C w$v reset -q
		index_agrees w$v'
done

ok "git's cache of trees is right where it is kept" '
	git -C w2 write-tree
	tk -C w2 note -q TK-2 -m "И это."
	git -C w2 write-tree >got
	git -C w2 rev-parse HEAD^{tree} | same got -'

ok 'a changed file, or one that is staged, is in the way as ever' '
	n=$(git -C w2 rev-list --count HEAD)
	echo "# by hand" >>w2/$T/TK-2/ticket.yaml
	exits 1 tk -C w2 note -q TK-2 -m Нет 2>err
	grep "not committed" err
	git -C w2 add -A
	exits 1 tk -C w2 note -q TK-2 -m Нет
	git -C w2 reset -q --hard
	: >w2/.git/index.lock
	exits 75 tk -C w2 note -q TK-2 -m Нет
	rm w2/.git/index.lock
	[ "$(git -C w2 rev-list --count HEAD)" = "$n" ]
	tk -C w2 note -q TK-2 -m Да
	index_agrees w2'

ok 'a damaged index is named, nothing is done' '
	clone bad
	head -c 300 gate/config >bad/.git/index
	exits 65 tk -C bad note -q TK-2 -m Нет 2>err
	grep "git read-tree HEAD" err
	git -C bad read-tree HEAD
	git -C bad update-index -q --refresh
	tk -C bad note -q TK-2 -m Да
	index_agrees bad'

ok 'a sparse clone: what is left out stays out, and is committed' '
	clone s --sparse
	git -C s sparse-checkout set regulation staff
	[ ! -e s/tickets ]
	tk -C s note -q TK-1 -m "Издалека."
	tk -C s new -q -s "Из клона" -m "Три." --requester ivan@romashka.example
	tk -C s show TK-1 | grep Издалека
	[ ! -e s/tickets ]
	[ -e s/staff/danila.yaml ]
	index_agrees s
	git -C s sparse-checkout add $T/TK-2
	tk -C s note -q TK-2 -m "Рядом."
	[ "$(ls s/$T)" = TK-2 ]
	[ "$(ls s/$T/TK-2/*.yaml | wc -l)" = 3 ]
	index_agrees s
	git -C s sparse-checkout disable
	[ -e s/$T/TK-1/ticket.yaml ]
	index_agrees s'

ok 'the same with a sparse index: folders are one entry' '
	clone si --sparse
	git -C si sparse-checkout set --sparse-index staff
	small=$(git -C si ls-files --sparse | wc -l)
	tk -C si note -q TK-1 -m "Издалека."
	tk -C si new -q -s "Из клона" -m "Три." --requester ivan@romashka.example
	[ "$(git -C si ls-files --sparse | wc -l)" = "$small" ]
	[ ! -e si/tickets ]
	index_agrees si
	git -C si sparse-checkout add $T/TK-2
	tk -C si note -q TK-2 -m "Рядом."
	tk -C si note -q TK-1 -m "И там."
	[ "$(ls si/$T)" = TK-2 ]
	index_agrees si'

ok 'a partial clone: a large letter comes when it is asked for' '
	clone p --filter=blob:limit=64k --sparse
	missing() { git -C p rev-list --objects --all --missing=print | grep -c "^?" || :; }
	# The letter, and its text, which the index needs.
	[ "$(missing)" = 2 ]
	[ "$(tk -C p list --count)" = 4 ]
	tk -C p note -q TK-4 -m "Вижу."
	tk -C p fsck -q
	[ "$(missing)" = 1 ]
	tk -C p show --raw -M 1 TK-4 >got
	cmp 4.eml got
	[ "$(missing)" = 0 ]'

ok 'without the gate: said, and all else works' '
	clone off --filter=blob:limit=64k --sparse
	mv gate gate.away
	exits 75 tk -C off show --raw -M 1 TK-4 >got 2>err
	grep "left at the gate" err
	tk -C off show TK-1
	tk -C off note -q TK-1 -m "В поезде."
	mv gate.away gate
	tk -C off show --raw -M 1 TK-4 >got
	cmp 4.eml got'

finish
