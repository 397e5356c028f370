#!/bin/sh
# Much at once is taken in several transactions, so that others get their turn.
. "$(dirname "$0")/lib.sh"
command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null || skip_all 'no strace here'
[ -z "$TK_SANITIZED" ] || skip_all 'strace and LeakSanitizer exclude each other'

n=40
desk gate
for i in $(seq $n); do
	tk new -q -s "Задача $i" -m Раз. -w ivan@romashka.example
done
ids=$(seq -s " " $n | sed 's/\([0-9]*\)/TK-\1/g')
# As on a disk that takes long to answer: what is read of the index and the
# packs under the lock takes its time.
slowly() {
	strace -f -qq -o trace -y -e trace=flock,rename,pread64,openat \
	    -e inject=openat,pread64:delay_enter=5000 "$@"
}
turns() { grep -c "rename.*heads/main.lock" trace; }
acts() { git -C gate log --format='%(trailers:key=Act,valueonly,separator=)' "$1" | sort | uniq -c | sed 's/^ *//'; }

ok 'many tickets of one command: all done, each once, in their order' '
	head=$(git -C gate rev-parse main)
	slowly tk-note $ids -m Всем. >out
	[ $(wc -l <out) = '$n' ]
	acts $head.. >got
	echo "'$n' note" | same - got
	cut -d" " -f1 out >got
	echo "$ids" | tr " " "\n" | same - got
	echo "$(turns) turns"
	[ $(turns) -gt 1 ]'
ok 'few are one transaction' '
	strace -f -qq -o trace -e trace=rename tk-note TK-1 TK-2 -q -m Двум.
	[ $(turns) = 1 ]'
ok 'where a later one fails, the first are told, and it is not 75' '
	head=$(git -C gate rev-parse main)
	exits 1 strace -f -qq -o trace -y -e trace=flock,openat,pread64 -e inject=openat,pread64:delay_enter=5000 \
	    -e inject=flock:error=EIO:when=2+ tk-note $ids -m Полно. >out 2>err
	cat err
	done=$(wc -l <out)
	[ $done -gt 0 ] && [ $done -lt '$n' ]
	acts $head.. >got
	echo "$done note" | same - got
	grep "Input/output error; done are $done of '$n'" err'

ok 'what one of them refuses stops no other' '
	exits 1 tk note TK-1 TK-999 TK-2 -m Нет. >out 2>err
	[ $(wc -l <out) = 2 ]
	grep TK-999 err'
finish
