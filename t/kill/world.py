"""A desk with its mail beside it: made, copied, read with stock git, judged."""
import calendar
import collections
import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import time

import yaml

LOADER = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)
NOW = '2026-11-22T06:00:00Z'
# What may lie beside a desk when nothing runs.
KEPT = re.compile(
    r'(tk/(index\.db(-wal|-shm)?|(index\.|send\.|notice\.|gc\.)?lock|[a-z]+\.cache|noticed|breaker[^/]*'
    r'|(archive|backup)\.lock|archive/\d{4}\.git/((HEAD|packed-refs)(\.lock)?|config|refs/heads/main|objects/.*)'
    r'|last/.*|reports/.*|(outbox|quarantine|held)/(new|cur)/[^/]*))$')
LOCKS = ('HEAD.lock', 'index.lock', 'packed-refs.lock', 'config.lock')

SENDMAIL = '''#!/bin/sh
# Takes a letter when it has all of it, as a mail system does.
[ ! -e "$SENT/fails" ] || exit 75
cat >"$SENT/$$.part"
n=1
until ln "$SENT/$$.part" "$SENT/$n.eml" 2>/dev/null; do n=$((n + 1)); done
rm "$SENT/$$.part"
'''


def run(argv, env, cwd=None, data=None, **more):
    return subprocess.run(argv, env=env, cwd=cwd, input=data, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=120, **more)


class World:
    """Folder with desk d, maildir mail, clone c, what was sent in sent."""

    def __init__(self, top, build):
        self.top, self.build = top, build
        self.desk, self.mail, self.sent = (f'{top}/{n}' for n in ('d', 'mail', 'sent'))
        self.env = {
            'PATH': f'{top}/bin:{build}/bin:{os.environ["PATH"]}', 'HOME': f'{top}/home', 'TZ': 'UTC',
            'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'en', 'TERM': 'dumb', 'TK_NOW': NOW,
            'TK_HOST': 'desk.firma.example', 'TK_DESK': self.desk, 'SENT': self.sent,
            'GIT_CONFIG_NOSYSTEM': '1', 'GIT_CONFIG_GLOBAL': f'{top}/home/.gitconfig',
            'GIT_AUTHOR_DATE': NOW, 'GIT_COMMITTER_DATE': NOW, 'TMPDIR': f'{top}/home'}

    def tk(self, *argv, data=None, ok=(0,)):
        got = run(argv, self.env, self.top, data)
        if got.returncode not in ok:
            raise RuntimeError(f'{argv}: {got.returncode}: {got.stdout}{got.stderr}')
        return got.stdout.decode()

    def git(self, *argv, where=None):
        return self.tk('git', '-C', where or self.desk, *argv)

    def make(self):
        for d in (self.sent, *(f'{self.mail}/{s}' for s in ('new', 'cur', 'tmp')),
                  f'{self.top}/home', f'{self.top}/bin'):
            os.makedirs(d)
        with open(f'{self.top}/bin/kill-sendmail', 'w') as f:
            f.write(SENDMAIL)
        os.chmod(f'{self.top}/bin/kill-sendmail', 0o755)
        for k, v in {'user.name': 'Данила Петров', 'user.email': 'danila@firma.example',
                     'init.defaultBranch': 'main', 'gc.auto': '0'}.items():
            self.tk('git', 'config', '--global', k, v)
        self.tk('tk', 'init', '--bare', 'd', '--prefix', 'TK', '--lang', 'ru', '--regulation',
                'outsourcer', '--name', 'Данила Петров', '--mail', 'danila@firma.example',
                '--actor', 'danila', '--address', 'support@firma.example', '--timezone',
                'Europe/Moscow', '--quiet')
        self.git('config', 'tk.sendmail', 'kill-sendmail')
        self.git('config', 'tk.maildir', self.mail)
        self.tk('tk', 'client', 'add', '-q', 'romashka', '--name', 'Ромашка')
        for i in range(4):
            self.tk('tk-deliver', '-q', '-', data=letter(i, f'Письмо {i}'))
        self.tk('tk', 'take', '-q', 'TK-1', 'TK-2')
        self.git('gc', '-q')
        self.tk('tk', 'reindex', '-q')

    def copy(self, top):
        shutil.rmtree(top, ignore_errors=True)
        subprocess.run(['cp', '-a', self.top, top], check=True)
        new = World(top, self.build)
        with open(f'{new.desk}/config') as f:
            text = f.read()
        with open(f'{new.desk}/config', 'w') as f:
            f.write(text.replace(f'{self.top}/', f'{top}/'))
        return new


def letter(n, subject, text='Не работает принтер.', who='ivan', more=''):
    return (f'From: {who}@romashka.example\nTo: support@firma.example\n'
            f'Subject: {subject}\nDate: Sun, 22 Nov 2026 05:00:{n % 60:02} +0000\n'
            f'Message-ID: <{n}.kill@romashka.example>\nMIME-Version: 1.0\n{more}'
            'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n'
            f'\n{text}\n').encode()


class Seen:
    """What stock git finds in a desk."""

    def __init__(self, w):
        self.world = w
        self.tickets, self.messages, self.letters, self.places = {}, [], {}, {}
        self.names = {}  # of messages, by id()
        self.here = self.read(w, w.desk)  # not in an archive
        self.archived = set()
        for a in archives(w):
            self.archived |= self.read(w, a, self.here | self.archived)
        text = run(['git', '-C', w.desk, 'log', '--format=%H%x00%B%x01'], w.env).stdout.decode()
        self.commits = [c.strip('\n').split('\0') for c in text.split('\1') if c.strip('\n')]
        self.acts = collections.Counter(re.findall(r'^Act: (\S+)', ''.join(
            b for _, b in self.commits), re.M))

    def read(self, w, where, known=()):
        """Tickets of a repository, without those that are known already."""
        names = run(['git', '-C', where, 'ls-tree', '-rz', 'HEAD', 'tickets'], w.env).stdout
        rows = [r.split(b'\t') for r in names.split(b'\0') if r]
        ask = b''.join(r[0].split()[2] + b'\n' for r in rows)
        data = run(['git', '-C', where, 'cat-file', '--batch'], w.env, data=ask).stdout
        at, found = 0, set()
        for meta, path in rows:
            end = data.index(b'\n', at)
            size = int(data[at:end].split()[2])
            body, at = data[end + 1:end + 1 + size], end + size + 2
            found.add(path.decode().split('/')[-2])
            if path.decode().split('/')[-2] not in known:
                self.add(path.decode(), body)
        return found

    def add(self, path, body):
        ticket, name = path.split('/')[-2:]
        if name.endswith('.eml'):
            self.letters[hashlib.sha256(body).hexdigest()] = body
            self.places.setdefault(body, []).append(path)
        elif name == 'ticket.yaml':
            self.tickets[ticket] = yaml.load(body, LOADER)
        else:
            m = yaml.load(body, LOADER)
            self.names[id(m)] = name[:-5]
            self.messages.append((ticket, m))

    def entries(self, act, ticket=None):
        return sum(e['act'] == act for t, y in self.tickets.items() if ticket in (None, t)
                   for e in y['log'])

    def texts(self, text):
        return sum(text in (m.get('text') or '') for _, m in self.messages)


def archives(w):
    d = f'{w.desk}/tk/archive'
    return [f'{d}/{n}' for n in sorted(os.listdir(d))] if os.path.isdir(d) else []


def twice(seen):
    """Complaints of what is there more than once."""
    ids = collections.Counter(m['message_id'] for _, m in seen.messages if m.get('message_id'))
    bad = [f'{n} messages are {i}' for i, n in ids.items() if n > 1]
    bad += [f'a letter lies in {p}' for p in seen.places.values() if len(p) > 1]
    logged = collections.Counter(e['act'] for t in seen.tickets.values() for e in t['log'])
    bad += [f'{logged[a]} entries {a} in logs, {seen.acts[a]} in commits'
            for a in {*logged, *seen.acts} if logged[a] != seen.acts[a]
            and a in ('open', 'letter', 'reply', 'note', 'take', 'assign', 'close', 'sent', 'ack')]
    return bad


def lost(w, seen, letters):
    """Letters of the maildir that are in no ticket, quarantine or new/."""
    there = set(seen.letters.values())
    for sub in (f'{w.mail}/new', f'{w.desk}/tk/quarantine/new', f'{w.desk}/tk/held/new'):
        for n in os.listdir(sub) if os.path.isdir(sub) else ():
            with open(f'{sub}/{n}', 'rb') as f:
                there.add(f.read())
    return [f'lost: {x.splitlines()[4].decode()}' for x in letters if x not in there]


def sent_twice(w, seen, window):
    """Letters that went out more than once, or cut off; window: the name of
    the one in the outbox that may have."""
    bad, count = [], collections.Counter()
    for n in os.listdir(w.sent):
        if not n.endswith('.eml'):
            continue
        with open(f'{w.sent}/{n}', 'rb') as f:
            data = f.read()
        count[data] += 1
        if data not in seen.letters.values() and b'X-Tk-Notice' not in data:
            bad.append(f'sent and not in the desk (cut off?): {data[-200:]!r}')
    for data, n in count.items():
        where = seen.places.get(data, ['?/?/?'])[0].split('/')
        name = f'{where[-2]}_{where[-1][:-4]}'
        if n > (2 if window == name else 1):
            bad.append(f'sent {n} times: {name}')
    return bad


def unsent(w, seen):
    went = set()
    for n in os.listdir(w.sent):
        with open(f'{w.sent}/{n}', 'rb') as f:
            went.add(f.read())
    bad = []
    for ticket, m in seen.messages:
        if m['kind'] in ('reply', 'auto') and m.get('sha256') and \
                seen.letters.get(m['sha256']) not in went:
            bad.append(f'never sent: {ticket} {m.get("subject")}')
    return bad


def left_over(w):
    """Locks, and files that no command would ever take away."""
    bad = []
    for at, _, names in os.walk(w.desk):
        for n in names:
            path = os.path.relpath(f'{at}/{n}', w.desk)
            if n.endswith('.lock') and not path.startswith('tk/'):  # of git
                bad.append(f'lock left: {path}')
            elif path.startswith('tk/') and not KEPT.match(path):
                bad.append(f'left over: {path}')
            elif path.startswith(('refs/', 'logs/')) and n not in ('main', 'HEAD', 'c'):
                bad.append(f'left over: {path}')
            elif path.startswith('objects/') and re.search(r'tmp|_git2_|idx$', n) and \
                    not re.fullmatch(r'pack-[0-9a-f]{40}\.idx', n):
                bad.append(f'left over: {path}')
            elif path.count('/') == 0 and n not in ('HEAD', 'config', 'description',
                                                    'packed-refs', 'ORIG_HEAD', 'FETCH_HEAD'):
                bad.append(f'left over: {path}')
    for sub in ('outbox/new', 'outbox/cur', 'outbox/tmp', 'quarantine/tmp'):
        d = f'{w.desk}/tk/{sub}'
        bad += [f'left over: {sub}/{n}' for n in (os.listdir(d) if os.path.isdir(d) else ())]
    return bad


def age(w, seconds=None):
    """Two days go by for what lies in the desk, or seconds on the disk's clock."""
    then = calendar.timegm(time.strptime(NOW, '%Y-%m-%dT%H:%M:%SZ')) - 2 * 86400
    if seconds:
        then = time.time() - seconds
    for at, dirs, names in os.walk(w.desk):
        for n in (*names, *dirs):
            with contextlib.suppress(FileNotFoundError):  # a git may still be at work
                os.utime(f'{at}/{n}', (then, then))


def fsck(w):
    bad = []
    for d in (w.desk, *archives(w)):
        got = run(['git', '-C', d, 'fsck', '--full', '--strict', '--no-dangling',
                   '--no-progress'], w.env)
        if got.returncode or got.stderr or got.stdout:
            bad.append(f'git fsck: {d}: {got.returncode}: {(got.stdout + got.stderr).decode()}')
    got = run(['tk-fsck', '-q'], w.env)
    if got.returncode or got.stdout:
        bad.append(f'tk fsck: {got.returncode}: {(got.stdout + got.stderr).decode()}')
    return bad
