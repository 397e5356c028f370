#!/bin/sh
# How far the making of an index has come: seen on a terminal, and only there.
[ ! -w /dev/shm ] || export TMPDIR="${TMPDIR:-/dev/shm}"
. "$(dirname "$0")/lib.sh"

# on-terminal.py COMMAND...: its standard error is a terminal, and what it
# writes there is printed; its standard output goes to the file out.
cat >"$SCRATCH/on-terminal.py" <<'PY'
import os, pty, sys
master, slave = pty.openpty()
pid = os.fork()
if pid == 0:
    out = os.open('out', os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(slave, 2)
    os.close(master)
    os.execvp(sys.argv[1], sys.argv[1:])
os.close(slave)
said = b''
try:
    while got := os.read(master, 4096):
        said += got
except OSError:
    pass
sys.stdout.buffer.write(said)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
PY

desk gate
python3 "$ROOT/t/perf/gen-desk.py" --batch 500 gate 2500
ok 'on a terminal a bar grows, and is gone at the end' '
	python3 "$SCRATCH/on-terminal.py" tk reindex >said
	python3 - <<-PY
		import re
		said = open("said", newline="").read()
		bars = re.findall("\r\[([#.]{40})\] +(\d+)% (\d+)/(\d+)", said)
		percent = [int(b[1]) for b in bars]
		assert len(bars) > 10 and percent == sorted(set(percent)), percent
		assert percent[-1] == 100 and bars[-1][2:] == ("2500", "2500"), bars[-1]
		assert all(b[0].count("#") == int(b[1]) * 40 // 100 for b in bars)
		assert said.endswith("\r\033[K") and said.count("\033[K") == 1, said[-20:]
	PY
	grep -q "^2500 tickets, 7500 messages" out'
ok 'so it is where another command has to make it' '
	rm -f gate/tk/index.db*
	python3 "$SCRATCH/on-terminal.py" tk list -A --count >said
	grep -q "100% 2500/2500" said
	[ "$(tail -c 4 said | od -An -c | tr -d " \n")" = "\\r033[K" ]
	echo 2500 | same - out'
ok 'with -q nothing is said' '
	python3 "$SCRATCH/on-terminal.py" tk reindex -q >said
	[ ! -s said ]
	[ ! -s out ]'
ok 'nor anything where standard error is no terminal' '
	tk reindex >out 2>err
	[ ! -s err ]
	grep -qx "2500 tickets, 7500 messages, .* acts" out
	rm -f gate/tk/index.db*
	tk list -A --count >out 2>err
	[ ! -s err ]
	echo 2500 | same - out'
finish
