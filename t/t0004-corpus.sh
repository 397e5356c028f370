#!/bin/sh
# Every input that ever broke a parser, and some that should not.
. "$(dirname "$0")/lib.sh"

for src in "$ROOT"/t/fuzz/fuzz-*.c; do
	[ -e "$src" ] || continue
	x=$(basename "$src" .c)
	ok "the corpus of $x" '"$TK_BUILD/t/fuzz/$x" "$ROOT/t/fuzz/corpus/${x#fuzz-}"'
done
[ $N -gt 0 ] || skip_all 'no fuzz targets'
finish
