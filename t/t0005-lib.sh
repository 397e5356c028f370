#!/bin/sh
# The tests' own floor: a test that cannot fail is worse than none.
. "$(dirname "$0")/lib.sh"

inner() {
	printf '. "%s/t/lib.sh"\nok x '\''%s'\''\nfinish\n' "$ROOT" "$1" >in.sh
	TMPDIR=$SCRATCH sh in.sh
}

ok 'a command that fails in the middle fails the test' '
	exits 1 inner "false; true"
	exits 1 inner "true | false; true"
	exits 1 inner "exits 1 true; true"
	exits 1 inner "echo \$nothing_of_the_kind; true"'
ok 'what succeeds does not' '
	exits 0 inner "true; exits 1 false"'
finish
