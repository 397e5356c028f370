# lib.sh - what every shell test starts with. Sourced by sh (dash).
#
#   ok NAME BODY           one test: BODY runs in a subshell under set -eu
#   todo WHY NAME BODY     the same, not done yet: its failure does not count
#   skip WHY NAME          not possible here; said, counted, not run
#   skip_all WHY           the whole file; before the first test
#   exits N COMMAND...     wants exactly this exit status
#   same WANT GOT          two files are equal; - is standard input
#   tick [SECONDS]         move the clock of tk and git on (60)
#   desk NAME              a bare gate in ./NAME; sets TK_DESK, DESK
#   letter FILE FROM SUBJECT [TEXT [HEADER...]]     a letter in UTF-8
#   msgid FILE             the Message-ID of a letter, without <>
#   finish                 last line: git fsck of the desks, plan, clean up
#
# All tests of a file share one scratch folder, which is kept on failure; the
# body's own variables end with it. set -e does not see "! command": use
# exits; nor what stands before an &&: a line for each check. A sanitizer's
# find exits 99, so that no crash is ever expected.

ROOT=$(cd "$(dirname "$0")/.." && pwd)
TK_BUILD=${TK_BUILD:-$ROOT/build}
for v in $(env | sed -n 's/^\(\(TK\|GIT\|XDG\|LC\|MAKE\)_*[A-Za-z0-9_]*\)=.*/\1/p'); do
	[ "$v" = TK_BUILD ] || unset "$v"
done
unset v LANG EDITOR VISUAL PAGER MAIL EMAIL NO_COLOR COLUMNS CDPATH
unset MFLAGS SAN B T F V DEV DESTDIR PREFIX JOBS
SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/tk-$(basename "$0" .sh).XXXXXX") || exit 1
SCRATCH=$(cd "$SCRATCH" && pwd -P)
trap 'st=$?; [ -n "$DONE" ] || rm -rf "$SCRATCH"; exit $st' EXIT
trap 'exit 130' HUP INT TERM
HOME=$SCRATCH/home
PATH=$TK_BUILD/bin:$PATH
# A build with sanitizers (make SAN=...) is several times slower and larger.
case ${TK_BUILD##*/} in *-address*|*-undefined*|*-thread*|*-memory*) TK_SANITIZED=yes ;; *) TK_SANITIZED= ;; esac
export TK_BUILD TK_SANITIZED PATH HOME TZ=UTC LC_ALL=C.UTF-8 LANGUAGE=en TERM=dumb
export GIT_CONFIG_GLOBAL="$HOME/.gitconfig" GIT_CONFIG_NOSYSTEM=1
export TK_NOW=2026-11-22T06:00:00Z TK_HOST=desk.firma.example
export GIT_AUTHOR_DATE=$TK_NOW GIT_COMMITTER_DATE=$TK_NOW
export ASAN_OPTIONS="detect_leaks=1:exitcode=99${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
export UBSAN_OPTIONS="print_stacktrace=1:exitcode=99"
export LSAN_OPTIONS="suppressions=$ROOT/t/lsan.supp:print_suppressions=0"
N=0 FAILED=0 DONE='' DESK=''

mkdir -p "$HOME" "$SCRATCH/work" && cd "$SCRATCH/work" || exit 1
git config --global user.name 'Данила Петров'
git config --global user.email danila@firma.example
git config --global init.defaultBranch main
git config --global advice.detachedHead false
exec 9>&2

# Runs a body; its exit status, and what it printed in $SCRATCH/log.
body() {
	(
		set -eu
		exec >"$SCRATCH/log" 2>&1 </dev/null 9>&1
		eval "$1"
	)
	set -- $?
	[ ! -e "$SCRATCH/now" ] || set_clock "$(cat "$SCRATCH/now")"
	return "$1"
}

set_clock() {
	TK_NOW=$1 GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1
}

result() { # "ok" or "not ok", name with its directive
	N=$((N + 1))
	echo "$1 $N - $2"
	[ "$1" = ok ] || sed 's/^/#   /' "$SCRATCH/log"
}

# Not "if body": the shell would not obey set -e within a condition.
ok() {
	body "$2"
	if [ $? = 0 ]; then
		result ok "$1"
	else
		FAILED=$((FAILED + 1))
		result 'not ok' "$1"
	fi
}

todo() {
	body "$3"
	if [ $? = 0 ]; then
		result ok "$2 # TODO $1"
	else
		result 'not ok' "$2 # TODO $1"
	fi
}

skip() {
	result ok "$2 # SKIP $1"
}

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

exits() {
	want=$1
	shift
	got=0
	"$@" || got=$?
	[ "$got" = "$want" ] || {
		echo "exit status $got, wanted $want: $*" >&9
		return 1
	}
}

same() {
	diff -u "$1" "$2" >&9
}

tick() {
	set_clock "$(date -u -d @$(($(date -d "$TK_NOW" +%s) + ${1:-60})) +%FT%TZ)"
	echo "$TK_NOW" >"$SCRATCH/now"
}

desk() {
	tk init --bare "$1" --prefix TK --lang ru --regulation outsourcer \
	    --name 'Данила Петров' --mail danila@firma.example \
	    --actor danila --address support@firma.example \
	    --timezone Europe/Moscow --quiet >&9 || exit 1
	DESK=$PWD/$1
	export DESK TK_DESK="$DESK"
	echo "$DESK" >>"$SCRATCH/desks"
	# Letters go to ./sent/N.eml, the arguments to N.args.
	mkdir -p sent
	cat >"$SCRATCH/sendmail" <<-TEXT
		#!/bin/sh
		[ ! -e '$SCRATCH/work/sent/fails' ] || exit 75
		set -C
		n=1
		until (: >'$SCRATCH/work/sent/'\$n.eml) 2>/dev/null; do n=\$((n + 1)); done
		printf '%s\n' "\$@" >'$SCRATCH/work/sent/'\$n.args
		cat >>'$SCRATCH/work/sent/'\$n.eml
	TEXT
	chmod +x "$SCRATCH/sendmail"
	git -C "$DESK" config tk.sendmail "$SCRATCH/sendmail"
}

encoded() { # RFC 2047 where the text is not ASCII
	case $1 in
	*[!\ -~]*) printf '=?UTF-8?B?%s?=' "$(printf %s "$1" | base64 -w0)" ;;
	*) printf %s "$1" ;;
	esac
}

letter() {
	n=$(($(cat "$SCRATCH/letters" 2>/dev/null || echo 0) + 1))
	echo $n >"$SCRATCH/letters"
	file=$1 from=$2 subject=$3 text=${4:-Не работает принтер.}
	shift $(($# > 4 ? 4 : $#))
	addr=${from##*<}
	case $from in *\<*) from="$(encoded "${from% <*}") <$addr" ;; esac
	addr=${addr%>}
	{
		printf 'From: %s\nTo: support@firma.example\n' "$from"
		printf 'Subject: %s\n' "$(encoded "$subject")"
		LC_ALL=C date -u -d "$TK_NOW" '+Date: %a, %d %b %Y %T +0000'
		printf 'Message-ID: <%s.%s@%s>\n' "$n" "$(basename "$file" .eml)" "${addr#*@}"
		printf 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n'
		printf 'Content-Transfer-Encoding: 8bit\n'
		[ $# = 0 ] || printf '%s\n' "$@"
		printf '\n%s\n' "$text"
	} >"$file"
}

msgid() {
	sed -n '/^$/q; s/^Message-ID: <\(.*\)>/\1/p' "$1"
}

# git's index, work tree and last commit agree, in git's eyes.
index_agrees() { # CLONE
	git -C "$1" status --porcelain=v1 | same /dev/null -
	git -C "$1" diff --exit-code HEAD
	git -C "$1" -c index.sparse=false ls-files --stage | sort >files
	git -C "$1" ls-tree -r HEAD | sed 's/ blob / /; s/\t/ 0\t/' | sort | same - files
	git -C "$1" fsck --strict --no-dangling
	git -C "$1" write-tree >tree
	git -C "$1" rev-parse "HEAD^{tree}" | same tree -
}

finish() {
	[ ! -e "$SCRATCH/desks" ] || for d in $(cat "$SCRATCH/desks"); do
		[ ! -d "$d" ] ||
			ok "git fsck finds nothing in ${d##*/}" 'git -C "$d" fsck --strict --no-dangling'
	done
	echo "1..$N"
	DONE=1
	if [ $FAILED = 0 ]; then
		rm -rf "$SCRATCH"
	else
		echo "# $FAILED of $N failed; kept: $SCRATCH"
	fi
	exit $((FAILED > 0))
}
