#!/bin/sh
# Each command has its page and a test; page, -h and --list-options agree.
. "$(dirname "$0")/lib.sh"

complain() {
	echo "$*"
	bad=1
}

# The options of a page: what follows Fl on its .It lines. Those that all
# commands have are described once, in tk(1).
page_options() {
	awk '$1 == ".It" {
		for (i = 2; i < NF; i++)
			if ($i == "Fl") { o = $(i + 1); sub(/=.*/, "", o); print "-" o }
	}' "$1" | grep -vxe -C -e --desk -e -h -e --help -e --emergency -e --query | sort -u
}

command_options() {
	"$1" --list-options | sed 's/=$//' |
		grep -vxe -C -e --desk -e -h -e --help -e --emergency -e --query | sort -u
}

agree() { # tk-x
	bad=0
	page=$ROOT/man/$1.1
	[ -e "$page" ] || {
		echo "no man/$1.1"
		return 1
	}
	grep -q "^\.Dt $(echo "$1" | tr a-z A-Z) 1\$" "$page" ||
		complain "its .Dt is another"
	grep -q "^\.Nm $1\$" "$page" || complain "its .Nm is another"
	for s in SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
		grep -q "^\.Sh $s" "$page" || complain "no section $s"
	done
	exits 0 "$1" -h >help </dev/null || complain "-h fails"
	grep -q "^usage: $1" help || complain "-h does not show the usage"
	summary=$(sed -n 's/^\.Nd //p' "$page")
	[ "$1" = tk ] || grep -qxF -e "$summary" help ||
		complain "-h does not say: $summary"
	page_options "$page" >page.options
	command_options "$1" >command.options
	diff -u --label "$page" page.options --label "$1 --list-options" \
	    command.options || bad=1
	exits 64 "$1" --no-such-option </dev/null >out 2>err || bad=1
	exits 64 "$1" -C </dev/null >out 2>err || bad=1
	return $bad
}

for src in "$ROOT"/cmd/*.c; do
	[ -e "$src" ] || continue
	x=$(basename "$src" .c)
	name=tk-$x
	[ "$x" != tk ] || name=tk
	ok "$name: page and program agree" 'agree $name'
	ok "$name: some test runs it" '
		grep -qEe "(^|[^a-z-])tk[ -]$x([^a-z-]|\$)" "$ROOT"/t/t0[1-9]*.sh \
		    "$ROOT"/t/t0[1-9]*.sh || [ "$x" = tk ]'
done

ok 'no page without a command' '
	bad=0
	for page in "$ROOT"/man/*.1; do
		[ -e "$page" ] || continue
		x=$(basename "$page" .1)
		[ -e "$ROOT/cmd/${x#tk-}.c" ] || complain "$page"
	done
	exit $bad'

ok 'each page that is referred to exists' '
	bad=0
	cat "$ROOT"/man/*.[1-8] 2>/dev/null |
	    sed -n "s/^\.Xr \(tk[a-z-]*\) \([1-8]\).*/\1.\2/p" | sort -u >refs
	while read -r page; do
		[ -e "$ROOT/man/$page" ] || complain "$page"
	done <refs
	exit $bad'

ok 'tk(1) names each command' '
	bad=0
	for src in "$ROOT"/cmd/*.c; do
		x=tk-$(basename "$src" .c)
		[ ! -e "$src" ] || [ "$x" = tk-tk ] ||
		    grep -q "^\.Xr $x 1" "$ROOT/man/tk.1" || complain "$x"
	done
	exit $bad'

cat >complete.bash <<'TEXT'
. "$1"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_tk "$1" "${COMP_WORDS[COMP_CWORD]}" ''
printf '%s\n' "${COMPREPLY[@]}"
TEXT
if [ -x "$TK_BUILD/bin/tk-list" ]; then
	ok 'completion knows the commands' '
		bash complete.bash "$ROOT/share/completions/tk.bash" tk li >got
		grep -qx list got'
	ok 'completion asks the command for its options' '
		bash complete.bash "$ROOT/share/completions/tk.bash" tk list --de >got
		echo --desk= | same - got
		bash complete.bash "$ROOT/share/completions/tk.bash" tk-list --js >got
		echo --json | same - got'
fi
finish
