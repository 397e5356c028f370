#!/bin/sh
# One bad letter does not keep the others waiting. Measured in seconds of the
# processor, which nothing else on the machine changes; t/perf/delay takes
# 10,000 letters, bad ones of full size, and a clock.
. "$(dirname "$0")/lib.sh"

desk d
mkdir -p bombs md/tmp md/new md/cur
python3 "$ROOT/t/perf/hostile.py" bombs 6

ok 'rules 3 and 5: whatever stands before it, a letter waits less than a second' '
	letter good.eml "Иван <ivan@romashka.example>" "За плохим письмом"
	python3 - <<-"PY"
		import glob, os, shutil, subprocess, sys
		raw = open("good.eml", "rb").read()
		slow, n = [], 0
		for bomb in sorted(glob.glob("bombs/*.eml")):
		    n += 1
		    os.rename(bomb, "md/new/%d.a.host" % (2 * n))
		    with open("md/new/%d.b.host" % (2 * n + 1), "wb") as f:
		        f.write(raw.replace(b"Message-ID: <", b"Message-ID: <%d." % n))
		    p = subprocess.Popen(["tk-deliver", "--no-send", "md"], stdout=subprocess.PIPE)
		    out = p.stdout.read().decode()
		    _, status, use = os.wait4(p.pid, 0)
		    cpu = use.ru_utime + use.ru_stime
		    print("%5.2f s  %s" % (cpu, bomb))
		    assert os.WEXITSTATUS(status) in (0, 1), status
		    assert "%d.b.host: TK-" % (2 * n + 1) in out, out
		    if cpu > 1 and not os.environ["TK_SANITIZED"]:
		        slow.append(bomb)
		print(n, "bad letters; too slow:", slow)
		sys.exit(n < 38 or bool(slow))
	PY'
finish
