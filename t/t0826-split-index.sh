#!/bin/sh
# git's index in two files: what an act changes, beside what there was.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

desk gate
for n in 1 2 3 4 5 6; do tk new -q -s "Задача $n" -m "Раз." --requester ivan@romashka.example; done
T=tickets/00/00
G=$DESK
unset TK_DESK
clone() { # NAME
	git clone -q "file://$G" "$1"
	git -C "$1" config tk.actor danila
	git -C "$1" config tk.site "$1"
	git -C "$1" config core.hooksPath /dev/null
}
# The shared file that git says it builds on; an index in one file has none.
base() { git -C "$1" rev-parse --shared-index-path; }
is_split() { [ -n "$(base "$1")" ] && [ -e "$1/$(base "$1")" ]; }
say() { tk -C "$1" note -q "$2" -m "Слово $3."; }

ok 'a small index stays one file; core.splitIndex splits it at the next act' '
	clone a
	say a TK-1 1; exits 1 is_split a; index_agrees a
	cp a/.git/index before
	git -C a config core.splitIndex true
	git -C a config splitIndex.maxPercentChange 100 # git is not to make another
	say a TK-1 2; is_split a; index_agrees a
	cmp before "a/$(base a)"'
ok 'acts change, add and remove in the small file alone' '
	base a >was
	for i in 1 2 3 4 5 6; do say a TK-$i $i; index_agrees a; done
	tk -C a new -q -s Новая -m "Два." --requester ivan@romashka.example; index_agrees a
	tk -C a take -q TK-2; tk -C a take -q TK-1.a; index_agrees a
	base a | same was -
	[ "$(wc -c <a/.git/index)" -lt "$(wc -c <"a/$(base a)")" ]'
ok 'one over 16 MB is split with nothing configured; false keeps it whole' '
	clone big
	id=$(git -C big rev-parse HEAD:desk.yaml)
	seq -f "100644 $id	%.0f-a-name-as-long-as-those-of-tickets-are-in-this-desk" 140000 >many
	git -C big update-index --index-info <many
	[ "$(wc -c <big/.git/index)" -gt $((16 << 20)) ]
	git -C big ls-files --stage >before
	git -C big config core.splitIndex false
	say big TK-1 1; exits 1 is_split big
	git -C big config --unset core.splitIndex
	say big TK-2 2; is_split big
	[ "$(wc -c <big/.git/index)" -lt 100000 ]
	git -C big ls-files --stage | grep -v "	tickets/" >after
	grep -v "	tickets/" before | same after -
	git -C big status --porcelain | grep -v -c "^AD" | grep -x 0'
# A file system monitor that says: anything may have changed.
printf '#!/bin/sh\nprintf "token\\0/\\0"\n' >fsm
chmod +x fsm
ok "git and tk by turns, with each of git's ways to write it" '
	git -C a mv $T/TK-3 $T/TK-3.away; git -C a commit -qm away; say a TK-2 7; index_agrees a
	git -C a mv $T/TK-3.away $T/TK-3; git -C a commit -qm back; say a TK-3 8; index_agrees a
	git -C a checkout -q HEAD~4; git -C a checkout -q main; index_agrees a; say a TK-4 9; index_agrees a
	tk -C gate new -q -s Там -m "Раз."; git -C a pull -q --no-edit --no-rebase; index_agrees a; say a TK-5 10; index_agrees a
	git -C a rm -rq --cached $T/TK-6; git -C a reset -q; say a TK-6 11; index_agrees a
	git -C a update-index --force-write-index; say a TK-6 12; is_split a; index_agrees a
	git -C a gc -q; say a TK-1 13; index_agrees a
	git -C a update-index --force-untracked-cache; git -C a status >got; say a TK-2 13; index_agrees a
	git -C a update-index --no-split-index; git -C a status >got # its cache is of one file
	: >a/new; git -C a status --porcelain | grep -x "?? new"; rm a/new
	say a TK-3 13; say a TK-4 13; is_split a; index_agrees a
	git -C a config core.fsmonitor "$PWD/fsm"; git -C a update-index --fsmonitor
	git -C a status >got; say a TK-5 13; index_agrees a; say a TK-6 13; index_agrees a
	git -C a config --unset core.fsmonitor; git -C a update-index --no-fsmonitor
	say a TK-1 13; is_split a; index_agrees a'
for v in 2 3 4; do
	ok "an index of version $v that git has split" '
		clone v$v
		[ $v != 3 ] || git -C v3 update-index --skip-worktree desk.yaml
		git -C v$v update-index --index-version $v
		git -C v$v update-index --split-index
		base v$v >was
		say v$v TK-1 1; index_agrees v$v
		git -C v$v rm -q --cached $T/TK-2/ticket.yaml
		git -C v$v reset -q
		tk -C v$v new -q -s Новая -m "Два." --requester ivan@romashka.example
		say v$v TK-2 2; say v$v TK-1.v$v 3; index_agrees v$v
		base v$v | same was -
		[ $v != 3 ] || git -C v3 ls-files -v desk.yaml | grep "^S"
		git -C v$v update-index --no-split-index
		exits 1 is_split v$v; say v$v TK-3 4; exits 1 is_split v$v; index_agrees v$v'
done
ok 'core.splitIndex false makes it one file again' '
	git -C a config core.splitIndex false
	say a TK-2 14; exits 1 is_split a; index_agrees a
	git -C a config --unset core.splitIndex'

ok 'a file changed, staged or removed by hand is in the way as ever' '
	git -C a config core.splitIndex true
	say a TK-1 15; is_split a
	n=$(git -C a rev-list --count HEAD)
	echo "# by hand" >>a/$T/TK-2/ticket.yaml
	exits 1 tk -C a note -q TK-2 -m Нет 2>err
	grep "not committed" err
	git -C a add -A
	exits 1 tk -C a note -q TK-2 -m Нет
	git -C a reset -q --hard
	git -C a rm -q --cached $T/TK-2/ticket.yaml
	exits 1 tk -C a note -q TK-2 -m Нет
	git -C a reset -q
	[ "$(git -C a rev-list --count HEAD)" = "$n" ]
	say a TK-2 16; index_agrees a'
ok 'what git filters on its way in is no change' '
	clone crlf
	git -C crlf config core.splitIndex true
	echo "*.yaml text eol=crlf merge=tk" >crlf/.git/info/attributes
	rm -r crlf/tickets; git -C crlf checkout -q .
	grep -q "$(printf "\r")" crlf/$T/TK-1/ticket.yaml
	say crlf TK-1 1; is_split crlf
	say crlf TK-2 2; say crlf TK-1 3
	git -C crlf status --porcelain | same /dev/null -
	printf "# by hand\r\n" >>crlf/$T/TK-2/ticket.yaml
	exits 1 tk -C crlf note -q TK-2 -m Нет'
for r in whole split; do
	ok "a file edited as its entry is written is seen, whatever its times say ($r)" '
		clone r.$r
		git -C r.$r config core.splitIndex true
		git -C r.$r config core.trustctime false
		[ $r = whole ] || say r.$r TK-1 1
		# As long as before, as old as before, and of the second of the index.
		f=r.$r/$T/TK-2/ticket.yaml
		sed "s/^id: TK-2/id: TK-9/" $f >new
		touch -d "1 hour ago" $f; git -C r.$r -c core.splitIndex=false update-index -q --refresh
		[ $r = whole ] || git -C r.$r update-index --split-index
		touch -r $f r.$r/.git/index
		cat new >$f; touch -r r.$r/.git/index $f
		[ -n "$(git --no-optional-locks -C r.$r status --porcelain)" ]
		say r.$r TK-3 2; is_split r.$r
		git -C r.$r status --porcelain | grep TK-2/ticket.yaml'
done
ok 'where much was added the next act writes one file, the one after splits that' '
	base a >was
	mkdir a/more; (cd a/more; seq 1100 | split -l 1 -a 3 -)
	git -C a add more; git -C a commit -qm more
	base a | same was -
	say a TK-1 30; exits 1 is_split a; index_agrees a
	say a TK-1 31; is_split a; index_agrees a
	base a >is
	exits 1 cmp -s was is
	git -C a ls-files more | wc -l | grep -x 1100'
ok 'the shared file is kept fresh; those not used for two weeks go' '
	git -C a config core.splitIndex false; say a TK-1 17
	touch -d "15 days ago" a/.git/sharedindex.*
	touch a/.git/sharedindex.of-another
	git -C a config core.splitIndex true; say a TK-1 18
	ls a/.git | grep sharedindex >got
	{ basename "$(base a)"; echo sharedindex.of-another; } | sort | same - got
	touch -d "15 days ago" "a/$(base a)"
	say a TK-1 19
	[ -n "$(find "a/$(base a)" -mtime -1)" ]; index_agrees a'
ok 'a shared file that is gone or cut is named; git mends it' '
	f=a/$(base a)
	mv "$f" away
	n=$(git -C a rev-list --count HEAD)
	exits 65 tk -C a note -q TK-2 -m Нет 2>err
	grep "sharedindex.*git read-tree HEAD" err
	head -c 300 away >"$f"
	exits 65 tk -C a note -q TK-2 -m Нет
	[ "$(git -C a rev-list --count HEAD)" = "$n" ]
	rm "$f" a/.git/index
	git -C a read-tree HEAD; git -C a update-index -q --refresh
	say a TK-2 20; is_split a; index_agrees a'
ok 'a sparse index stays one' '
	clone si
	git -C si update-index --split-index # git refuses to have both configured
	say si TK-1 1; is_split si
	git -C si sparse-checkout set --sparse-index staff
	say si TK-2 2; exits 1 is_split si
	git -C si sparse-checkout reapply
	git -C si ls-files --sparse | grep -x tickets/
	say si TK-2 3; say si TK-4 4
	git -C si ls-files --sparse | grep -x tickets/
	git -C si status --porcelain | same /dev/null -'
ok 'a work tree beside has an index of its own' '
	git -C a worktree add -q ../b -b beside
	cp a/.git/index before
	git -C b update-index --split-index
	say b TK-1 1; index_agrees b; index_agrees a; cmp before a/.git/index'
finish
