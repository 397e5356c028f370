"""A disk as it is after a power cut, from the calls that shim.c has recorded.

Two of what a file system may do with that which nobody has synced: cut drops
all of it, bytes and names; names keeps all names (created, moved, removed) and
drops the bytes, as a journal of names does. A file's bytes are safe when it
was fsynced, a name when its folder was.
"""
import os
import shutil


def read_calls(path, with_bytes=False):
    """[class, program, call, offset, length, path, second, bytes]"""
    calls, at = [], 0
    with open(path, 'rb') as f:
        data = f.read()
    while at < len(data):
        end = data.index(b'\n', at)
        c = data[at:end].decode().split('\t')
        at = end + 1
        c[3], c[4] = int(c[3]), int(c[4])
        c[5:7] = [os.path.normpath(p) if p else '' for p in c[5:7]]
        body = b''
        if with_bytes and c[4] > 0:
            body, at = data[at:at + c[4]], at + c[4]
        calls.append([*c, body])
    return calls


class File:
    """source: where its bytes lie as long as nobody has written it."""

    def __init__(self, source=None):
        self.source = source
        self.data = None if source else bytearray()
        self.safe = None if source else b''

    def open(self):
        if self.data is None:
            with open(self.source, 'rb') as f:
                self.safe = f.read()
            self.data = bytearray(self.safe)
        return self.data

    def write(self, off, body):
        data = self.open()
        if len(data) < off:
            data.extend(bytes(off - len(data)))
        data[off:off + len(body)] = body

    def size(self, n):
        data = self.open()
        data[n:] = bytes(max(0, n - len(data)))

    def sync(self):
        if self.data is not None:
            self.safe = bytes(self.data)


class Dir:
    def __init__(self):
        self.names, self.safe = {}, {}

    def sync(self):
        self.safe = dict(self.names)


class Disk:
    def __init__(self, base, all_names):
        self.base, self.all_names = base, all_names
        self.root = self.load(base)

    def load(self, path):
        d = Dir()
        for e in os.scandir(path):
            d.names[e.name] = self.load(e.path) if e.is_dir(follow_symlinks=False) \
                else File(e.path)
        d.sync()
        return d

    def find(self, path):
        at = self.root
        for part in path.split('/') if path else ():
            at = at.names.get(part) if isinstance(at, Dir) else None
        return at

    def place(self, path):
        head, _, name = path.rpartition('/')
        return self.find(head), name

    def do(self, call, off, body, path, second):
        d, name = self.place(path)
        if call == 'syncfs':
            self.sync_all(self.root)
        elif call in ('fsync', 'fdatasync'):
            node = self.find(path)
            if node is not None:
                node.sync()
        elif d is None:
            return
        elif call == 'create':
            d.names[name] = File()
        elif call in ('mkdir', 'mkdirat'):
            d.names[name] = Dir()
        elif call in ('unlink', 'unlinkat', 'rmdir', 'remove'):
            d.names.pop(name, None)
        elif call in ('rename', 'renameat', 'renameat2', 'link', 'linkat'):
            to, new = self.place(second)
            if to is not None and name in d.names:
                to.names[new] = d.names[name]
                if 'rename' in call:
                    del d.names[name]
        elif name in d.names:
            if call == 'truncate':
                d.names[name].size(off)
            else:
                d.names[name].write(off, body)

    def sync_all(self, d):
        d.sync()
        for node in d.names.values():
            if isinstance(node, Dir):
                self.sync_all(node)
            else:
                node.sync()

    def files(self, d, path=''):
        for name, node in (d.names if self.all_names else d.safe).items():
            if isinstance(node, Dir):
                yield f'{path}{name}/', None
                yield from self.files(node, f'{path}{name}/')
            elif not name.endswith('-shm'):  # SQLite makes it anew
                yield f'{path}{name}', node

    def write(self, where):
        """What is safe, over a copy of the base in where."""
        there = {}
        for path, node in self.files(self.root):
            there[path] = node
        for at, dirs, names in os.walk(where, topdown=False):
            rel = os.path.relpath(at, where)
            for n in names:
                if os.path.normpath(f'{rel}/{n}') not in there:
                    os.remove(f'{at}/{n}')
            if rel != '.' and f'{rel}/' not in there:
                shutil.rmtree(at)
        for path, node in there.items():
            full = f'{where}/{path}'
            if node is None:
                os.makedirs(full, exist_ok=True)
            elif node.safe is None and node.source == f'{self.base}/{path}':
                continue
            elif node.safe is None:
                shutil.copy2(node.source, full)
            else:
                if os.path.exists(full):
                    os.remove(full)
                with open(full, 'wb') as f:
                    f.write(node.safe)


def cuts(base, top, below, calls, all_names, deaf):
    """(number of the call, the disk, whether it is the end, letters sent so
    far) before each sync and at the end."""
    disk, sent = Disk(base, all_names), []
    for i, c in enumerate(calls):
        if c[0] == 's':
            yield i, disk, False, sent
        if c[6].startswith(f'{top}/sent/'):
            sent.append(os.path.basename(c[6]))
        if deaf and c[0] == 's':
            continue
        if f'{c[5]}/'.startswith(f'{top}{below}/') or f'{c[6]}/'.startswith(f'{top}{below}/'):
            disk.do(c[2], c[3], c[7], c[5][len(top) + 1:], c[6][len(top) + 1:])
    yield len(calls), disk, True, sent


def window_at(calls, at):
    """The letter that the program has taken at that call and that is not yet
    known to be: its name in the outbox."""
    sent = moved = None
    for i, c in enumerate(calls):
        if '/sent/' in c[6]:
            sent, moved = i, None
        elif sent is not None and 'rename' in c[2] and '/outbox/cur/' in c[6]:
            moved = os.path.basename(c[6])
        elif moved and c[0] == 's' and c[5].endswith('/outbox/cur'):
            if sent < at <= i:
                return moved
            sent = moved = None
    return None
