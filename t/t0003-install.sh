#!/bin/sh
# What is installed runs from there, and is taken away again.
. "$(dirname "$0")/lib.sh"

into=$SCRATCH/root
run_make() {
	make -s -C "$ROOT" -o all B="$TK_BUILD" DESTDIR="$into" PREFIX=/opt/tk "$@"
}

ok 'make install' '
	run_make install
	test -x "$into/opt/tk/bin/tk"
	test -r "$into/opt/tk/share/man/man1/tk.1"
	test -d "$into/opt/tk/share/tk/hooks"'
ok 'each program of the build is there' '
	ls "$TK_BUILD/bin" >want
	ls "$into/opt/tk/bin" >got
	same want got'
ok 'each page and catalogue is there' '
	(cd "$ROOT/man" && ls) >want
	find "$into/opt/tk/share/man" -type f -printf "%f\n" | LC_ALL=C sort >got
	LC_ALL=C sort want | same - got
	for po in "$ROOT"/share/po/*.po; do
		test -s "$into/opt/tk/share/locale/$(basename "$po" .po)/LC_MESSAGES/tk.mo"
	done'
ok 'it finds its own regulations: a desk is made by what was installed' '
	PATH=$into/opt/tk/bin:/usr/bin:/bin
	DESK= desk installed
	[ "$(tk list --count)" = 0 ]'
ok 'and speaks Russian' '
	LANGUAGE=ru "$into/opt/tk/bin/tk" list -h >got
	grep -e а -e и -e о got'
ok 'make uninstall leaves nothing' '
	run_make uninstall
	find "$into" ! -type d >left
	same /dev/null left'
finish
