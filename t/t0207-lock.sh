#!/bin/sh
# What is done while the desk's lock is held, and all others wait.
. "$(dirname "$0")/lib.sh"
command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null || skip_all 'no strace here'
[ -z "$TK_SANITIZED" ] || skip_all 'strace and LeakSanitizer exclude each other'

desk gate
tk new -q -s Первый -m Один. -w ivan@romashka.example
git clone -q gate clone
git -C clone config tk.actor danila

# Calls of a command, one a line, as the main thread and its helpers begin and
# end them: before, under and behind the lock.
cat >"$SCRATCH/phases.py" <<'PY'
import re, sys
phase, waits = 'before', {'before': [], 'under': [], 'behind': []}
for line in open(sys.argv[1]):
    m = re.search(r'(\w+)\((?:(\d+)<([^>]*)>)?', line)
    if not m:
        continue
    call, path = m.group(1), m.group(3) or ''
    if path.endswith('/tk/lock'):
        if call == 'flock':
            phase = 'under'
        elif call == 'close' and phase == 'under':
            phase = 'behind'
    # objects/ itself only where there is a new folder in it.
    elif call in ('fsync', 'fdatasync', 'syncfs') and not path.endswith('/objects'):
        waits[phase].append((call, path))
for k, v in waits.items():
    print(k, *sorted({c + ':' + re.sub(r'.*/gate/|tmp_obj_.*|(?<=objects/)..$', '', p) for c, p in v}))
PY
phases() { # COMMAND...: what it waits for the disk for
	strace -f -y -o trace -e trace=flock,close,fsync,fdatasync,syncfs "$@" >&2
	python3 "$SCRATCH/phases.py" trace
}

ok 'an act waits for its objects and the branch; log and folder are behind it' '
	phases tk-note TK-1 -q -m Ждём. >got
	same - got <<-TEXT
	before
	under fsync:objects/ fsync:refs/heads/main.lock
	behind fsync:logs/HEAD fsync:logs/refs/heads/main fsync:refs/heads
	TEXT
	git -C gate reflog -1 --format=%gs >got
	echo tk | same - got
	git -C gate log -g -2 --format=%h main >got
	git -C gate log -2 --format=%h main | same - got'

ok 'what was pushed becomes durable before the lock is taken' '
	git -C clone pull -q
	(cd clone && TK_DESK=. tk note TK-1 -q -m "Из клона." 2>&1)
	mv gate/hooks/post-receive . # it would have done so
	git -C clone push -q
	mv post-receive gate/hooks
	phases tk-note TK-1 -q -m После. >got
	grep -x "before fsync:objects/ .*fsync:refs/heads fsync:refs/heads/main" got
	exits 1 grep syncfs got
	grep -x "under fsync:objects/ fsync:refs/heads/main.lock" got'
ok 'all of the disk where git does not sync what it writes' '
	git -C clone pull -q
	(cd clone && TK_DESK=. tk note TK-1 -q -m "Ещё." 2>&1)
	mv gate/hooks/post-receive .
	git -C clone push -q
	mv post-receive gate/hooks
	git -C gate config core.fsync none
	phases tk-note TK-1 -q -m После. >got
	grep -x "before syncfs:[^ ]*" got'
finish
