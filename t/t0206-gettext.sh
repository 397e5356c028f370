#!/bin/sh
# What a person reads is in the reader's language; what a program reads is not.
. "$(dirname "$0")/lib.sh"

[ -d "$ROOT/share/po" ] || skip_all 'no share/po'
export TEXTDOMAIN=tk TEXTDOMAINDIR="$TK_BUILD/share/locale"
[ -e "$TEXTDOMAINDIR/ru/LC_MESSAGES/tk.mo" ] || skip_all 'no catalogues were built'
command -v gettext >/dev/null || skip_all 'no gettext(1)'

desk gate
tk new -q -s 'Не печатает' -m 'Молчит.' -r ivan@romashka.example

said() { # LANGUAGE MSGID ARG...: as the gettext program reads the catalogue
	text=$(LANGUAGE=$1 gettext "$2")
	shift 2
	# shellcheck disable=SC2059
	printf "$text\n" "$@"
}
for l in ru uk en; do
	ok "LANGUAGE=$l: errors" '
		LANGUAGE='$l' exits 1 tk take TK-99 2>err
		said '$l' "no ticket %s" TK-99 | sed "s/^/tk-take: /" | same - err'
	ok "LANGUAGE=$l: help, options and all" '
		LANGUAGE='$l' exits 0 tk take -h >out
		said '$l' "take tickets: they are yours now" >want
		sed -n 2p out | same want -
		said '$l' "show this text" >text
		grep -qF "$(cat text)" out'
	ok "LANGUAGE=$l: refusals" '
		LANGUAGE='$l' exits 1 tk status new TK-1 2>err
		said '$l' "the state is \"%s\" already" new >text
		grep -qF "$(cat text)" err'
done
ok 'Russian is Russian' '
	LANGUAGE=ru exits 1 tk take TK-99 2>err
	grep -qP "\p{Cyrillic}" err
	LANGUAGE=ru:en tk list --help | head -n 1 | grep -qP "^\p{Cyrillic}"'
ok 'the first language that is there counts; none is English' '
	LANGUAGE=xx:uk exits 1 tk take TK-99 2>err
	said uk "no ticket %s" TK-99 | sed "s/^/tk-take: /" | same - err
	LANGUAGE=xx exits 1 tk take TK-99 2>err
	echo "tk-take: no ticket TK-99" | same - err
	LC_ALL=C LANGUAGE=ru exits 1 tk take TK-99 2>err
	echo "tk-take: no ticket TK-99" | same - err'
ok 'programs read the same in every language' '
	for l in ru en; do
		export LANGUAGE=$l
		tk list --json >list.$l
		tk list >rows.$l
		tk show --json TK-1 >show.$l
		tk take --list-options >options.$l
	done
	for l in ru en; do
		export LANGUAGE=$l
		tk note TK-1 -m "Заметка." >note.$l
		git -C gate log -1 --format="%s%n%an%n%(trailers:key=Act)" >log.$l
	done
	for f in list rows show options note log; do same $f.ru $f.en; done'
ok 'the catalogues are whole: formats agree with the source' '
	for po in "$ROOT"/share/po/*.po; do
		msgfmt -c -o /dev/null "$po"
	done'
finish
