#!/bin/sh
# run.sh - all benchmarks, one after the other: each executable file beside it.
here=$(cd "$(dirname "$0")" && pwd)
status=0
for b in "$here"/*; do
	case $b in *.sh | *.py) continue ;; esac
	if [ ! -f "$b" ] || [ ! -x "$b" ]; then continue; fi
	printf '== %s\n' "${b##*/}"
	"$b" || status=1
done
exit $status
