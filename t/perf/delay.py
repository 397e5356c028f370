"""delay.py DIR LETTERS [MB]: one bad letter of each kind among so many good ones.

Fills the maildir DIR/md, takes it in with tk-deliver (TK_DESK says where), and
tells for each bad letter how much longer than usual the letters behind it
waited: in seconds, and in seconds of the processor, which other programs on
the machine do not change. The last line is the worst of both.
"""
import os
import statistics
import subprocess
import sys
import time

top, total = sys.argv[1], int(sys.argv[2])
big = int(sys.argv[3]) if len(sys.argv) > 3 else 60
here = os.path.dirname(os.path.abspath(__file__))
md = os.path.join(top, "md")
bombs = os.path.join(top, "bombs")
for d in (bombs, *(os.path.join(md, s) for s in ("tmp", "new", "cur"))):
    os.makedirs(d, exist_ok=True)
subprocess.run([sys.executable, os.path.join(here, "hostile.py"), bombs, str(big)], check=True)


def huge(name, size, line=None):
    path = os.path.join(bombs, name + ".eml")
    with open(path, "wb") as f:
        f.write(b"From: a@a.example\nTo: support@firma.example\nSubject: x\n"
                b"Message-ID: <%s@h.example>\n\n" % name.encode())
        if line is None:
            f.truncate(size)  # one line without end; no disk is needed for it
        else:
            chunk = line * ((1 << 20) // len(line))
            for _ in range(size >> 20):
                f.write(chunk)


if big >= 60:
    huge("huge-line-1g", 1 << 30)
    huge("huge-letter-200m", 200 << 20, b"The line of a log that has no end. \n")

bad = sorted(n[:-4] for n in os.listdir(bombs))
step = total // (len(bad) + 1)
good = (b"From: Ivan <ivan%d@c%d.example>\nTo: support@firma.example\nSubject: Letter %d\n"
        b"Message-ID: <%d@c.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n%s\n")
body = "Принтер в бухгалтерии снова не печатает, помогите. ".encode() * 12
for i in range(total):
    with open("%s/new/%08d.good" % (md, 2 * i), "wb") as f:
        f.write(good % (i, i % 97, i, i, body))
for k, name in enumerate(bad):
    os.rename("%s/%s.eml" % (bombs, name), "%s/new/%08d.%s" % (md, 2 * step * (k + 1) + 1, name))

ticks = os.sysconf("SC_CLK_TCK")
begun = (time.monotonic(), 0.0)
p = subprocess.Popen(["stdbuf", "-oL", "tk-deliver", "--no-send", md], stdout=subprocess.PIPE)
stat = "/proc/%d/stat" % p.pid


def cpu():
    try:
        with open(stat) as f:
            v = f.read().rsplit(")", 1)[1].split()
        return sum(map(int, v[11:15])) / ticks
    except (OSError, IndexError):
        return seen[-1][1] if seen else 0.0


seen = []  # (time, processor, name)
for line in p.stdout:
    name = line.split(b": ", 1)[0].rsplit(b"/", 1)[-1].decode()
    seen.append((time.monotonic(), cpu(), name))
p.wait()

# Letters come in batches, and so do the lines: a step is a burst of them.
steps, names = [], []
last = begun
for n, (at, used, name) in enumerate(seen):
    names.append(name)
    if n + 1 == len(seen) or seen[n + 1][0] - at > 0.05:
        steps.append((at - last[0], used - last[1], names))
        last, names = (at, used), []
usual = [statistics.median(s[k] for s in steps if all(n.endswith("good") for n in s[2])) for k in (0, 1)]
worst = [0.0, 0.0]
for wall, used, names in steps:
    kinds = [n.split(".", 1)[1] for n in names if not n.endswith("good")]
    if kinds:
        over = [max(wall - usual[0], 0), max(used - usual[1], 0)]
        # letters over 64 MiB come last: nobody waits behind them
        if not all(k.startswith("huge") for k in kinds):
            worst = [max(a, b) for a, b in zip(worst, over)]
        print("%6.2f s %6.2f s cpu  %4d letters  %s" % (*over, len(names), " ".join(kinds)))
came = sum(1 for s in seen if s[2].endswith("good"))
print("%d of %d good letters, %d bad ones, %d steps of %.2f s, status %d, %.0f s"
      % (came, total, len(bad), len(steps), usual[0], p.returncode, seen[-1][0] - begun[0]))
print("worst %.2f s, %.2f s cpu" % tuple(worst))
sys.exit(came != total or p.returncode not in (0, 1))
