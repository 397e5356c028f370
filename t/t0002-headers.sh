#!/bin/sh
# Each header compiles alone, in any order, and has its guard.
. "$(dirname "$0")/lib.sh"
cd "$ROOT" || exit 1

cppflags=$(make -s print-TK_CPPFLAGS)
for h in lib/*/*.h; do
	ok "$h" '
		echo "#include \"${h#lib/}\"
#include \"${h#lib/}\"
extern int not_empty;" >"$SCRATCH/x.c"
		gcc $cppflags -std=c11 -Wall -Wextra -Wpedantic -Werror \
		    -fsyntax-only "$SCRATCH/x.c"'
done
finish
