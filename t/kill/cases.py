"""What is killed: each case prepares a desk, runs one command, and says how
often its act is there."""
import hashlib
import io
import os
import re
import subprocess
import tarfile
import time

from world import letter, run


class Case:
    name = ''
    argv = ()
    only = 'tk'        # programs whose calls count
    below = ''         # only calls below this folder of the world
    data = None        # standard input
    letters = ()       # of the maildir
    again = False      # run once more, although it was done
    clone = False
    later = False      # it is run once more after a night, not at once
    apart = False      # what it makes lies beside the desk

    def prepare(self, w):
        """Once, on a desk that all cases begin with."""

    def arrive(self, w, old):
        """In a copy of the desk, which was below old."""

    def check(self, w):
        """Complaints of what is there, at any moment."""
        return []

    def left(self, w):
        """Complaints of what is there in the end, beside the desk."""
        return []

    def done(self, seen):
        """How often the act is there: 0 or 1; None: no act."""
        return None


class New(Case):
    name = 'new'
    argv = ('tk-new', '-s', 'Убитая', '-m', 'Звонок о сбое.', '-w', 'anna@romashka.example')

    def done(self, seen):
        return sum(t['subject'] == 'Убитая' for t in seen.tickets.values())


class Reply(Case):
    name = 'reply'
    argv = ('tk-reply', 'TK-1', '-m', 'Проверьте кабель.')

    def done(self, seen):
        return seen.texts('Проверьте кабель.')


class Assign(Case):
    name = 'assign'
    argv = ('tk-assign', 'danila', 'TK-3')

    def done(self, seen):
        return seen.entries('assign', 'TK-3')


class Dead(Assign):
    """Where another was killed some seconds ago, while he moved the branch."""
    name = 'dead'
    below = '/d'

    def arrive(self, w, old):
        for name, words in (('tk/lock', 'moving\n'), ('refs/heads/main.lock', '')):
            with open(f'{w.desk}/{name}', 'w') as f:
                f.write(words)
            os.utime(f'{w.desk}/{name}', (time.time() - 5,) * 2)


class Close(Case):
    name = 'close'
    argv = ('tk-close', 'TK-2', '-m', 'Сделано.', '--resolution', 'Кабель.')

    def prepare(self, w):
        w.tk('tk-reply', '-q', 'TK-2', '-m', 'Заменили кабель.')
        w.tk('tk-set', '-q', 'category=workplace/computer', 'TK-2')

    def done(self, seen):
        return +(seen.tickets['TK-2']['state'] == 'closed')


class Merge(Case):
    name = 'merge'
    argv = ('tk-merge', '--into', 'TK-1', 'TK-4')

    def done(self, seen):
        return sum(e['act'] == 'merge' for e in seen.tickets['TK-4']['log'])


class Deliver(Case):
    """A thread, a newcomer, a letter that is there twice, one to be refused."""
    name = 'deliver'
    argv = ('tk-deliver',)

    def prepare(self, w):
        self.letters = [
            letter(10, 'Новое', 'Не включается.', 'pavel'),
            letter(11, 'Re: Письмо 0', 'Ещё не работает.',
                   more='In-Reply-To: <0.kill@romashka.example>\n'),
            letter(12, 'Второе новое', 'Мигает.', 'olga'),
            letter(1, 'Письмо 1'),
            letter(13, 'Без отправителя').replace(b'From: ivan@romashka.example\n', b'', 1)]
        put(w, self.letters)

    def done(self, seen):
        there = [x in seen.places for x in self.letters[:3]]
        return all(there)


class Stdin(Case):
    name = 'stdin'
    argv = ('tk-deliver', '-')
    data = letter(20, 'Из трубы', 'Шумит.', 'vera')

    def done(self, seen):
        return self.data in seen.places


class Mass(Case):
    """So many that they go into a pack."""
    name = 'mass'
    argv = ('tk-deliver', '-q')

    def prepare(self, w):
        self.letters = [letter(100 + i, f'Поток {i}', f'Беда {i}.', f'u{i}') for i in range(14)]
        put(w, self.letters)

    def done(self, seen):
        return all(x in seen.places for x in self.letters)


class Send(Case):
    name = 'send'
    argv = ('tk-send', '--now')

    def prepare(self, w):
        open(f'{w.sent}/fails', 'w').close()
        for n in (1, 2, 3):
            w.tk('tk-reply', '-q', f'TK-{n}', '-m', f'Ответ {n}.')
        os.remove(f'{w.sent}/fails')

    def done(self, seen):
        return min(2, seen.entries('sent')) // 2


class Reindex(Case):
    name = 'reindex'
    argv = ('tk-reindex', '-q')


class Lost(Case):
    """The first command on a desk whose index is gone."""
    name = 'noindex'
    argv = ('tk-note', 'TK-1', '-m', 'Без индекса.')

    def prepare(self, w):
        for e in ('', '-wal', '-shm'):
            os.remove(f'{w.desk}/tk/index.db{e}')

    def done(self, seen):
        return seen.texts('Без индекса.')


def make_clone(w):
    w.git('clone', '-q', 'd', 'c', where=w.top)
    c = f'{w.top}/c'
    for k, v in {'tk.actor': 'danila', 'tk.site': 'kyiv'}.items():
        w.git('config', k, v, where=c)
    # The desk may be copied to another folder.
    w.git('config', 'remote.origin.url', '../d', where=c)
    for hook in os.listdir(f'{w.desk}/hooks'):
        if hook in ('pre-commit', 'commit-msg'):
            subprocess.run(['cp', f'{w.desk}/hooks/{hook}', f'{c}/.git/hooks'], check=True)


class Push(Case):
    """Two acts of a clone, judged by the gate's hooks."""
    name = 'push'
    argv = ('git', '-C', 'c', 'push', '-q', 'origin', 'main')
    only = 'tk,git'
    below = '/d'

    def prepare(self, w):
        make_clone(w)
        w.tk('tk-note', '-C', 'c', '-q', 'TK-1', '-m', 'Из клона.')
        w.tk('tk-reply', '-C', 'c', '-q', 'TK-2', '-m', 'Ответ из клона.')

    def done(self, seen):
        return seen.texts('Из клона.')


class Clone(Case):
    """An act in a work tree."""
    name = 'clone'
    argv = ('tk-note', '-C', 'c', 'TK-1', '-m', 'В клоне.')
    below = '/c'
    clone = True

    def prepare(self, w):
        make_clone(w)
        w.tk('tk-note', '-C', 'c', '-q', 'TK-2', '-m', 'Раньше.')

    def done(self, seen):
        return seen.texts('В клоне.')


class Split(Clone):
    """The same, where git's index becomes one in two files."""
    name = 'split'

    def prepare(self, w):
        super().prepare(w)
        w.git('config', 'core.splitIndex', 'true', where=f'{w.top}/c')
        w.git('config', 'splitIndex.maxPercentChange', '100', where=f'{w.top}/c')


class Archive(Case):
    """Two closed tickets go into an archive, two years later."""
    name = 'archive'
    argv = ('env', 'TK_NOW=2028-02-01T06:00:00Z', 'tk-archive', '-q', '--before', '2027')
    only = 'tk,git'
    below = '/d'

    def prepare(self, w):
        for n in ('TK-1', 'TK-2'):
            w.tk('tk-reply', '-q', n, '-m', 'Заменили кабель.')
            w.tk('tk-set', '-q', 'category=workplace/computer', n)
            w.tk('tk-close', '-q', n, '-m', 'Сделано.', '--resolution', 'Кабель.')
        w.tk('tk-regulation', 'ack', '-q')

    def done(self, seen):
        gone = {'TK-1', 'TK-2'} - seen.here
        return -1 if gone - seen.archived else +(len(gone) == 2)


class Tidy(Case):
    """Loose objects and packs, all of whose objects are needed."""
    name = 'gc'
    argv = ('tk-gc', '-q')
    only = 'tk,git'
    below = '/d'
    later = True

    def prepare(self, w):
        for n in range(4):
            w.tk('tk-note', '-q', 'TK-1', '-m', f'Заметка {n}.')
            w.git('repack', '-q')
        w.tk('tk-reply', '-q', 'TK-2', '-m', 'Ответ.')


class TidyFull(Tidy):
    name = 'gcfull'
    argv = ('tk-gc', '-q', '--full')


class Backup(Case):
    """The second one of a folder. The first stays what it was, and what is
    half written is never one."""
    name = 'backup'
    argv = ('tk-backup', '-q', 'b')
    only = 'tk,git'
    again = True       # as on the next night
    apart = True

    def prepare(self, w):
        w.tk('tk-backup', '-q', 'b')
        w.tk('tk-reply', '-q', 'TK-1', '-m', 'После первой копии.')

    def arrive(self, w, old):
        """A folder of backups knows its desk by its path."""
        name = f'{w.top}/b/0001.tar.zst'
        tar = run(('zstd', '-dcq', name), w.env).stdout
        new = io.BytesIO()
        with tarfile.open(fileobj=io.BytesIO(tar)) as a, tarfile.open(fileobj=new, mode='w') as b:
            for m in a:
                data = a.extractfile(m).read()
                if m.name == 'MANIFEST':
                    data = data.replace(f'{old}/'.encode(), f'{w.top}/'.encode())[:-72]
                    data += f'sha256 {hashlib.sha256(data).hexdigest()}\n'.encode()
                    m.size = len(data)
                    m.pax_headers = {}
                b.addfile(m, io.BytesIO(data))
        with open(name, 'wb') as f:
            f.write(run(('zstd', '-q'), w.env, data=new.getvalue()).stdout)
        with open(f'{w.top}/b/SHA256SUMS', 'wb') as f:
            f.write(run(('sha256sum', '0001.tar.zst'), w.env, f'{w.top}/b').stdout)

    def done(self, seen):
        with open(f'{seen.world.top}/b/SHA256SUMS') as f:
            return sum(' 0001' not in line for line in f)

    def check(self, w):
        bad = [f'{" ".join(argv)}: {got.returncode}: {(got.stdout + got.stderr).decode()}'
               for argv, where in ((('sha256sum', '-c', '--quiet', 'SHA256SUMS'), f'{w.top}/b'),
                                   (('tk-backup', '--check', '-q', 'b'), w.top))
               for got in [run(argv, w.env, where)] if got.returncode]
        return bad

    def left(self, w):
        return [f'left over: b/{n}' for n in os.listdir(f'{w.top}/b')
                if not re.fullmatch(r'\d{4}\.tar\.zst|SHA256SUMS', n)]


class Restore(Case):
    """A desk that is brought back is there as a whole or not at all."""
    name = 'restore'
    argv = ('tk-restore', '-q', 'b', 'r')
    only = 'tk,git'
    apart = True

    def prepare(self, w):
        w.tk('tk-backup', '-q', 'b')
        w.tk('tk-reply', '-q', 'TK-1', '-m', 'После первой копии.')
        w.tk('tk-backup', '-q', 'b')
        self.head = w.git('rev-parse', 'HEAD')

    def done(self, seen):
        return +os.path.exists(f'{seen.world.top}/r')

    def check(self, w):
        if not os.path.exists(f'{w.top}/r'):
            return []
        run(('tk-list', '-C', 'r', '-A'), w.env, w.top)  # makes the index, where it is missing
        bad = [f'restored: {" ".join(argv)}: {(got.stdout + got.stderr).decode()}'
               for argv in (('git', '-C', 'r', 'fsck', '--strict', '--no-dangling'),
                            ('tk-fsck', '-C', 'r', '-q'))
               for got in [run(argv, w.env, w.top)] if got.returncode]
        got = run(('git', '-C', 'r', 'rev-parse', 'HEAD'), w.env, w.top)
        return bad + (['restored: another head'] if got.stdout.decode() != self.head else [])


def put(w, letters):
    for i, data in enumerate(letters):
        with open(f'{w.mail}/new/{1795000000 + i}.M{i}.host', 'wb') as f:
            f.write(data)


ALL = [c() for c in (New, Reply, Assign, Dead, Close, Merge, Stdin, Deliver, Mass, Send, Reindex,
                     Lost, Push, Clone, Split, Archive, Tidy, TidyFull, Backup, Restore)]
