#!/usr/bin/env python3
"""Kill tk anywhere: at each call that changes the disk in turn.

    kill.py [-c CASE]... [-m MODE]... [-n POINTS] [-g REGEX] [-j JOBS] [-t SECONDS]
        [--at N] [--deaf] [--keep]

Modes: kill (SIGKILL instead of the call), tear (half of a write, then SIGKILL),
enospc, eio, emfile, eintr (that call fails so), full (no room from that call
on), short (half of a write), cut and names (the power goes; see disk.py).
POINTS: at most so many of a case's calls, spread evenly; REGEX: those alone whose
line (call, path, second path) has it. --deaf: no sync counts, so that much is
found. Exit status 1: something was found.

A run costs 2 ms more with the shim, 60 ms more with strace --inject, and strace
cannot say where a pack is written through memory.
"""
import argparse
import concurrent.futures
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import cases  # noqa: E402
import disk  # noqa: E402
import world  # noqa: E402

# mode: (the shim's mode, errno, classes of calls, for each call from then on)
MODES = {
    'kill': ('kill', 0, 'wpcnst', False),
    'tear': ('tear', 0, 'w', False),
    'short': ('short', 0, 'w', False),
    'enospc': ('fail', errno.ENOSPC, 'wcnst', False),
    'full': ('fail', errno.ENOSPC, 'wct', True),
    'eio': ('fail', errno.EIO, 'wnst', False),
    'emfile': ('fail', errno.EMFILE, 'co', False),
    'eintr': ('fail', errno.EINTR, 'wcsf', False),
}
# SQLite has words of its own, and opens what it cannot write to read.
SQLITE = {errno.ENOSPC: ('database or disk is full', 'disk I/O error'),
          errno.EIO: ('disk I/O error',), errno.EMFILE: ('unable to open database file',)}


def says_why(said, number, sticky, is_git):
    """Of a call of its own that failed once git may say only what it could not
    do; where the disk stays so, tk must add the reason."""
    words = [os.strerror(number), 'readonly database']
    if not sticky:
        words += SQLITE.get(number, ())
    return any(w in said for w in words) or (is_git and said.strip() != '')


class Trial:
    def __init__(self, case, base, shim, options):
        self.case, self.base, self.shim, self.o = case, base, shim, options
        self.keep = options.keep

    def env(self, w, mode, at=0):
        e = dict(w.env, LD_PRELOAD=self.shim, KILL_CTL=f'{w.top}/ctl', KILL_LOG=f'{w.top}/log',
                 KILL_ROOT=w.top + (self.case.below if mode != 'record' else ''),
                 KILL_ONLY=self.case.only + (',ln' if mode == 'record' else ''), KILL_AT=str(at))
        with open(f'{w.top}/ctl', 'wb') as f:
            f.truncate(4096)
        kind, err, classes, sticky = MODES.get(mode, (mode, 0, '', False))
        e.update(KILL_MODE=kind, KILL_ERRNO=str(err), KILL_CLASSES=classes)
        if sticky:
            e['KILL_STICKY'] = '1'
        return e

    def copy(self, where):
        w = self.base.copy(where)
        self.case.arrive(w, self.base.top)
        return w

    def start(self, where, mode, at=0):
        w = self.copy(where)
        got = world.run(self.case.argv, self.env(w, mode, at), w.top, self.case.data)
        return w, got

    def count(self):
        """The calls of an undisturbed run: [class, program, call, ..., path, second]"""
        w, got = self.start(f'{self.base.top}.count', 'count')
        if got.returncode not in (0, 1):
            sys.exit(f'{self.case.name}: {got.returncode}: {got.stderr.decode()}')
        calls = disk.read_calls(f'{w.top}/log')
        shutil.rmtree(w.top)
        return calls

    def one(self, mode, at, slot):
        where = f'{self.base.top}.{slot}'
        w, got = self.start(where, mode, at)
        calls = disk.read_calls(f'{w.top}/log') if os.path.exists(f'{w.top}/log') else []
        last = calls[at - 1] if len(calls) >= at else None
        bad = self.judge(w, got, mode, last)
        if bad and self.keep:
            print(f'# kept: {where}')
        else:
            shutil.rmtree(where)
        return [f'{self.case.name} {mode} {at} ({" ".join((last[2], *last[5:7])) if last else "-"}): {b}'
                .replace(where, '') for b in bad]

    def judge(self, w, got, mode, last):
        bad, case = [], self.case
        status, said = got.returncode, got.stderr.decode(errors='replace')
        killed = mode in ('kill', 'tear')
        if status < 0 and not (killed and status == -signal.SIGKILL):
            bad.append(f'died of signal {-status}: {said}')
        seen = self.look(w)
        done = case.done(seen)
        if done is not None and done > 1:
            bad.append(f'done {done} times')
        if not killed and done is not None:
            if status in (0, 74) and not done and case.name not in ('send', 'deliver', 'mass'):
                bad.append(f'status {status}, and it is not done: {said}')
            # What could not be synced at the end is there, and not reported as safe.
            late = case.apart and last and last[0] == 's'
            if status in (75, 69, 71) and done and not late:
                bad.append(f'status {status}, and it is done: {said}')
        if not killed and status not in (0, 1, 74, 75, 128):
            bad.append(f'status {status}: {said}')
        if mode in MODES and MODES[mode][0] == 'fail' and status not in (0,) and last:
            all_said = said + got.stdout.decode(errors='replace')
            sticky = MODES[mode][3]
            by_git = case.name == 'push' or (last[1].startswith('git') and not sticky)
            if not says_why(all_said, MODES[mode][1], sticky, by_git):
                bad.append(f'status {status}, and it does not say why: {all_said}')
        window = None
        if last and 'rename' in last[2] and '/outbox/new/' in last[5] and '/outbox/cur/' in last[6]:
            window = os.path.basename(last[5])
        return bad + self.go_on(w, seen, window)

    def look(self, w):
        where = world.World(w.top, w.build)
        if self.case.clone:
            where.desk = f'{w.top}/c'
        return world.Seen(where)

    def go_on(self, w, seen, window, fsck=True):
        """The next commands: nothing lost, nothing doubled, nothing in the way."""
        bad, case = world.twice(seen) + world.lost(w, seen, case_letters(self.case)), self.case
        bad += case.check(w)

        def must(*argv, data=None, ok=(0,)):
            t = time.monotonic()
            got = world.run(argv, w.env, w.top, data)
            if got.returncode not in ok:
                bad.append(f'then {" ".join(argv[:2])}: {got.returncode}: '
                           f'{(got.stdout + got.stderr).decode()}')
            return time.monotonic() - t

        # A lock of git's own, without our mark, is in the way for a minute.
        if case.name == 'push' and os.path.exists(f'{w.desk}/refs/heads/main.lock'):
            world.age(w, 61)
        if case.later:
            world.age(w)
        must('tk-list', '-A', *(('-C', 'c') if case.clone else ()))
        if not case.done(seen) or case.letters or case.again:
            must(*case.argv, data=case.data, ok=(0, 1))
        where = ('-C', 'c') if case.clone else ()
        must('tk-note', *where, 'TK-3', '-m', 'Дальше.')
        must('tk-send', '--now')
        world.age(w)
        must('tk-send', '--now')
        if world.left_over(w):
            must('tk-gc', '-q')
        seen = self.look(w)
        done = case.done(seen)
        if done is not None and done != 1:
            bad.append(f'in the end done {done} times')
        bad += world.twice(seen) + world.lost(w, seen, case_letters(case))
        if not case.clone:
            bad += world.sent_twice(w, seen, window) + world.unsent(w, seen)
        else:
            got = world.run(['git', '-C', 'c', 'status', '--porcelain'], w.env, w.top)
            if got.stdout or got.returncode:
                bad.append(f'git status: {got.stdout}{got.stderr}')
            if os.path.exists(f'{w.top}/c/.git/index.lock'):
                bad.append('index.lock left')
        if os.listdir(f'{w.mail}/new') and case.letters:
            bad.append(f'still in new: {os.listdir(w.mail + "/new")}')
        bad += world.left_over(w) + case.left(w) + world.fsck(w) + case.check(w)
        return bad

    def cut(self, mode):
        """The power goes: all that was not synced is gone."""
        where = f'{self.base.top}.now'
        w, got = self.start(where, 'record')
        if got.returncode not in (0, 1):
            return [f'{self.case.name} {mode}: {got.returncode}: {got.stderr.decode()}'], 0
        calls, bad, n = disk.read_calls(f'{w.top}/log', True), [], 0
        chosen, was = set(points(calls, 's', self.o)), f'{self.base.top}.cut'
        os.rename(where, was)
        for k, state, end, sent in disk.cuts(self.base.top, where, self.case.below, calls,
                                             mode == 'names', self.o.deaf):
            if not end and k + 1 not in chosen:
                continue
            n += 1
            after = self.copy(where)
            state.write(where)
            for name in sent:  # what has left cannot be called back
                shutil.copy(f'{was}/sent/{name}', f'{where}/sent')
            found = self.after_cut(after, end and got.returncode == 0, disk.window_at(calls, k))
            bad += [f'{self.case.name} {mode} {k}{" (end)" if end else ""}: {f}'.replace(where, '')
                    for f in found]
            if found and self.keep:
                print(f'# kept: {where}')
                break
            shutil.rmtree(where)
        shutil.rmtree(was)
        return bad, n

    def after_cut(self, w, reported, window):
        # A machine is not up again at once; git's locks of then are old now.
        world.age(w, 120)
        if self.case.clone:
            world.age(self.look(w).world, 120)
        try:
            seen = self.look(w)
        except Exception as e:  # not even git can read it
            return [f'the desk cannot be read: {e!r}', *world.fsck(w)]
        done = self.case.done(seen)
        bad = []
        if reported and done is not None and done != 1:
            bad.append(f'reported done, and after the cut it is there {done} times')
        return bad + self.go_on(w, seen, window)


def case_letters(case):
    return [x for x in case.letters if x.startswith(b'From')]


def build_shim(build):
    here = os.path.dirname(os.path.abspath(__file__))
    out = f'{build}/t/kill'
    os.makedirs(out, exist_ok=True)
    shim = f'{out}/shim.so'
    if not os.path.exists(shim) or os.path.getmtime(shim) < os.path.getmtime(f'{here}/shim.c'):
        subprocess.run([os.environ.get('CC', 'cc'), '-O1', '-g', '-shared', '-fPIC', '-o',
                        f'{shim}.{os.getpid()}', f'{here}/shim.c', '-ldl'], check=True)
        os.rename(f'{shim}.{os.getpid()}', shim)
    return shim


def points(calls, classes, o):
    at = [i + 1 for i, c in enumerate(calls) if c[0] in classes
          and (not o.grep or re.search(o.grep, ' '.join((c[2], *c[5:7]))))]
    if not o.points or len(at) <= o.points:
        return at
    return [at[int((i + o.first) * len(at) / o.points) % len(at)] for i in range(o.points)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument('-c', '--case', action='append')
    p.add_argument('-m', '--mode', action='append')
    p.add_argument('-n', '--points', type=int)
    p.add_argument('-f', '--first', type=float, default=0.5)
    p.add_argument('-g', '--grep')
    p.add_argument('--deaf', action='store_true')
    p.add_argument('-j', '--jobs', type=int, default=os.cpu_count())
    p.add_argument('-t', '--time', type=float, default=0, help='seconds; then no more are begun')
    p.add_argument('--at', type=int)
    p.add_argument('--keep', action='store_true')
    a = p.parse_args()
    build = os.path.abspath(os.environ.get('TK_BUILD', 'build'))
    room = '/dev/shm' if os.access('/dev/shm', os.W_OK) else os.environ.get('TMPDIR', '/tmp')
    top = tempfile.mkdtemp(prefix='tk-kill.', dir=room)
    begun, found, total = time.monotonic(), [], 0
    try:
        first = world.World(f'{top}/base', build)
        os.makedirs(first.top)
        first.make()
        for case in cases.ALL:
            if a.case and case.name not in a.case:
                continue
            base = first.copy(f'{top}/{case.name}')
            case.prepare(base)
            t = Trial(case, base, build_shim(build), a)
            for mode in a.mode or [*MODES, 'cut', 'names']:
                if a.time and time.monotonic() - begun > a.time:
                    break
                since = time.monotonic()
                if mode in MODES:
                    at = [a.at] if a.at else points(t.count(), MODES[mode][2], a)
                    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
                        bad = [b for r in pool.map(
                            lambda x: t.one(mode, x, x), at) for b in r]
                    n = len(at)
                else:
                    bad, n = t.cut(mode)
                total += n
                found += bad
                print(f'{case.name:8} {mode:7} {n:5} tried, {len(bad):4} found, '
                      f'{time.monotonic() - since:6.1f} s', flush=True)
                for b in bad[:40]:
                    print(f'  {b}', flush=True)
    finally:
        if not a.keep:
            shutil.rmtree(top, ignore_errors=True)
    print(f'{total} tried, {len(found)} found, {time.monotonic() - begun:.0f} s')
    return 1 if found else 0


sys.exit(main())
