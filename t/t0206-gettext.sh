#!/bin/sh
# What a person reads is in the reader's language; what a program reads is not.
. "$(dirname "$0")/lib.sh"

[ -d "$ROOT/share/po" ] || skip_all 'no share/po'
export TEXTDOMAIN=tk TEXTDOMAINDIR="$TK_BUILD/share/locale"
[ -e "$TEXTDOMAINDIR/ru/LC_MESSAGES/tk.mo" ] || skip_all 'no catalogues were built'
command -v gettext >/dev/null || skip_all 'no gettext(1)'

desk gate
tk new -q -s 'Не печатает' -m 'Молчит.' -w ivan@romashka.example

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
ok 'what is written down is English' '
	LANGUAGE=uk tk take TK-1
	git -C gate log -1 --format=%B >got
	exits 1 grep -P "[^\\x00-\\x7f]" got'
ok 'the labels of a ticket are in the language of the reader' '
	for l in ru uk; do
		LANGUAGE=$l tk show TK-1 >out
		grep -qE "^(Состояние|Стан): " out
		exits 1 grep -E "^ *[A-Z][a-z ]+: " out
	done'
ok 'a number has the form that goes with it' '
	for n in 1:0 2:1 5:2 11:2 12:2 21:0 22:1; do
		for l in ru uk; do
			LANGUAGE=$l ngettext tk "%zu letter waits for tk-send" \
			    "%zu letters wait for tk-send" ${n%:*} >got
			sed -n "/^msgid_plural \"%zu letters wait for tk-send/,/^$/s/^msgstr\[${n#*:}\] \"\(.*\)\"/\1/p" \
			    "$ROOT/share/po/$l.po" >want
			[ -s want ]
			printf "%s\n" "$(cat got)" | same want -
		done
	done
	LANGUAGE=ru ngettext tk "%zu letter waits for tk-send" "%zu letters wait for tk-send" 22 >got
	grep "письма ждут" got'
for l in ru uk; do
	ok "LANGUAGE=$l: every command has help" '
		for x in "$TK_BUILD"/bin/tk-*; do
			LANGUAGE='$l' "$x" -h >out
			sed -n 2p out | grep -qP "\\p{Cyrillic}" || {
				echo "not translated: $x"
				exit 1
			}
		done'
done

# The source as it is now against the catalogues: a new text without a
# translation is a failure that shows the text.
pot=$SCRATCH/pot/tk.pot
ok 'xgettext has nothing to say' '
	make -s -C "$ROOT" B="$SCRATCH/pot" pot >said 2>&1
	test "$(grep -c "^msgid" "$pot")" -gt 500
	exits 1 grep warning said'

texts() { # OPTION PO: the texts that msgattrib picks, one in a line
	msgattrib --no-obsolete --no-wrap "$1" "$2" |
		sed '1,/^$/d; /^msgid /!d; s/^msgid "\(.*\)"$/\1/'
}
cmds=$(cd "$TK_BUILD/bin" && printf '%s|' tk-* | sed 's/tk-//g; s/|$//')
cat >typed.pl <<'PERL'
my $bad = 0;
$/ = "";
while (<STDIN>) {
	my ($id, $t) = /^msgid "(.*)"\nmsgstr "(.*)"$/m or next;
	for ($id =~ /(?<![\w-])--[a-z-]+|\btk (?:$ARGV[0])\b/g) {
		next if index($t, $_) >= 0;
		print "$_: $t\n";
		$bad = 1;
	}
}
exit $bad;
PERL
for l in ru uk en; do
	po=$ROOT/share/po/$l.po
	# Merged, an entry has the flags of today: c-format and all.
	msgmerge --quiet --no-fuzzy-matching -o $l.po "$po" "$pot"
	ok "$l.po: every text is translated" '
		texts --untranslated $l.po >missing
		same - missing </dev/null'
	ok "$l.po: no translation is a guess" '
		texts --only-fuzzy "$po" >guesses
		same - guesses </dev/null'
	ok "$l.po: headers, plurals, %-formats, line ends are right" '
		msgfmt -c -o /dev/null "$po"
		msgfmt -c -o /dev/null $l.po
		exits 1 grep -P "[\\x00-\\x08\\x0b-\\x1f\\x7f]|^(msgstr.*)?\".*\\\\[abefrtvx0]" $l.po'
	ok "$l.po: what is typed is not translated" '
		msgattrib --no-obsolete --no-wrap --translated $l.po >plain
		perl typed.pl "$cmds" <plain'
done
finish
