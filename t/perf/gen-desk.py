#!/usr/bin/env python3
"""gen-desk.py [--open K] [--batch B] [--years Y] DESK N [FIRST]: N tickets put into a bare
desk that tk init has made, with git fast-import: one commit a ticket, or one
for B of them, files as tk writes them.

A ticket is a letter, an answer and a note, its log five or six entries. Two of
three are closed, or with --open all but the last K. Words are as frequent as in
real letters (Zipf's law): the first of WORDS is in some 4 tickets of 100. 20
colleagues and 100 clients come with the first. A second lies between two
tickets; with --years they are spread over so many years and have what reports
count: terms kept and broken, hours, ratings, causes, steps up a line. The same
numbers give the same desk."""
import argparse
import datetime
import hashlib
import itertools
import random
import subprocess
import sys

ZONE = datetime.timezone(datetime.timedelta(hours=3))
WORDS = ('принтер не печатает после обновления сервер почта медленно сеть '
         'пропала связь с офисом счёт выставлен дважды пароль забыт диск '
         'заполнен бухгалтерия отчёт ошибка телефон молчит vpn wifi wiki '
         'доступ новый сотрудник монитор мерцает клавиша залипла').split()
ENDINGS = ('', 'а', 'у', 'ом', 'е', 'ы', 'ов', 'ам', 'ами', 'ах')
STEMS = ('компьютер файл каталог документ договор проект отдел кабинет склад магазин '
         'клиент менеджер директор инженер оператор сканер модем роутер коммутатор '
         'кабел провод разъём адаптер браузер сайт портал домен сертификат ключ токен '
         'архив журнал протокол шаблон макрос скрипт модул пакет драйвер процессор '
         'вентилятор корпус экран проектор микрофон наушник динамик планшет ноутбук '
         'терминал касс чек платёж банк налог акт накладн заказ товар цен скидк').split()
FORMS = WORDS[1:] + [s + e for e in ENDINGS for s in STEMS]
random.Random(1).shuffle(FORMS)
FORMS.insert(450, WORDS[0])
FORMS += [f'srv-{i}' for i in range(3000)]
WEIGHTS = list(itertools.accumulate(1 / (i + 3) for i in range(len(FORMS))))
CHUNK = 50000  # tickets
QUEUES = [('support', 1), ('network', 2), ('servers', 2), ('apps', 2)]
STAFF = ['danila'] + [f'agent{i}' for i in range(1, 20)]
CLIENTS = [f'client{i}' for i in range(100)]
START = 1700000000
CATEGORIES = 'hardware network printing mail software access'.split()
HEAD = ('subject type state queue line priority category channel client requester assignee '
        'sla due terms spent rating resolution cause').split()
CAUSES = 'износ,ошибка настройки,обрыв,нет места,забыт пароль,вирус'.split(',')
TERMS = ('{class: silver, regulation: 1, calendar: extended, response: 3h, update: 12h, '
         'resolution: 24h, floor: {calendar: workdays, response: 24h}}')


def sha(data):
    return hashlib.sha256(data).hexdigest()


def rfc3339(t):
    return datetime.datetime.fromtimestamp(t, ZONE).isoformat()


def stamp(t, content):
    utc = datetime.datetime.fromtimestamp(t, datetime.timezone.utc)
    return f'{utc:%Y%m%dT%H%M%SZ}-{sha(content)[:8]}'


def hexed(digits):
    """Quoted where it could be taken for a number."""
    return f"'{digits}'" if digits[:2] == '0b' or not set(digits) & set('abcdf') else digits


def block(text):
    return '|\n' + ''.join(f'  {line}\n' for line in text.splitlines())


def words(rnd, n):
    return ' '.join(rnd.choices(FORMS, cum_weights=WEIGHTS, k=n))


def letter(head, text):
    body = text.encode()
    return '\r\n'.join(head).encode() + b'\r\n\r\n' + body, sha(body)


def aged(rnd, t, log, agent, closed):
    """The log of a desk of years: what reports count besides."""
    asked = (('response', 3), ('update', 12), ('resolution', 24 if closed else 1440))
    due = ', '.join(f'{k}: {rfc3339(t[0] + hours * 3600)}' for k, hours in asked)
    log[0][4].update(sla='silver', terms=TERMS, due='{' + due + '}',
                     category=rnd.choice(CATEGORIES))
    if closed or rnd.random() < .5:
        log[2][4]['due'] = 'null'  # the clock stops
    else:
        del log[2][4]['state']
    if rnd.random() < .2:
        log.append((t[4] + 60, agent, 'escalate', None, {'line': 3}))
    if not closed:
        return
    if rnd.random() < .5:
        log.append((t[4] + 90, agent, 'spend', None, {
            'spent': f'[{{at: {rfc3339(t[4] + 90)}, who: {agent}, minutes: ' +
            str(rnd.randrange(10, 180)) + rnd.choice(('', ', billable: true')) + '}]'}))
    log.append((t[5], agent, 'close', None, {
        'state': 'closed', 'resolution': 'Сделано', 'cause': rnd.choice(CAUSES)}))
    if rnd.random() < .15:
        log.append((t[5] + 3600, log[0][1], 'rate', None, {'rating': rnd.choice('1344555')}))


def ticket(n, now, closed, years):
    """The files of a ticket: {path: bytes}."""
    rnd = random.Random(n)
    tid, base = f'TK-{n}', f'tickets/{n // 10000:02}/{n // 100 % 100:02}/TK-{n}/'
    who = f'anna{rnd.randrange(3)}@{rnd.choice(CLIENTS)}.example'
    client, agent = who.split('@')[1][:-8], rnd.choice(STAFF)
    queue, line = rnd.choice(QUEUES)
    subject = f'{words(rnd, 4).capitalize()} {n}'
    asked, done = f'{n}.q@{who.split("@")[1]}', f'{tid}.2.x@firma.example'
    slow = rnd.choice((1, 1, 2, 3, 5, 9, 40)) if years and closed else 1
    t = [now + d * slow for d in (0, 600, 1800, 1801, 3600, 7200)]
    files = {}

    def put(at, kind, by, lines, text, raw=None):
        name = stamp(at, raw[0] if raw else text.encode())
        y = [f'kind: {kind}', f'by: {by}', f'at: {rfc3339(at)}', *lines]
        if raw:
            y += [f'sha256: {hexed(sha(raw[0]))}', f'body_sha256: {hexed(raw[1])}']
            files[f'{base}{name}.eml'] = raw[0]
        files[f'{base}{name}.yaml'] = ('\n'.join(y) + '\ntext: ' + block(text)).encode()
        return name

    text = 'Здравствуйте!\n' + '\n'.join(words(rnd, 9) for _ in range(8)) + '\n'
    request = put(t[0], 'request', who, [
        'channel: mail', f'from: {who}', 'to: [support@firma.example]',
        f'subject: {subject}', f'message_id: {asked}', 'rule: new', 'charset: utf-8'],
        text, letter([f'From: {who}', 'To: support@firma.example',
                      f'Message-ID: <{asked}>', 'MIME-Version: 1.0',
                      'Content-Type: text/plain; charset=utf-8'], text))
    text = words(rnd, 40).capitalize() + '.\n'
    reply = put(t[2], 'reply', agent, [
        'channel: mail', 'from: support@firma.example', f'to: [{who}]',
        f"subject: 'Re: [{tid}] {subject}'", f'message_id: {done}',
        f'references: [{asked}]'], text,
        letter(['From: support@firma.example', f'To: {who}',
                f'Message-ID: <{done}>', f'In-Reply-To: <{asked}>'], text))
    note = put(t[4], 'note', agent, [], words(rnd, 20) + '\n')

    opened = {'subject': subject, 'type': 'incident', 'state': 'new',
              'queue': queue, 'line': line, 'priority': rnd.choice(['p2', 'p3', 'p3', 'p4']),
              'channel': 'mail', 'client': client, 'requester': who}
    log = [(t[0], who, 'open', request, opened),
           (t[1], agent, 'take', None, {'state': 'open', 'assignee': agent}),
           (t[2], agent, 'reply', reply, {'state': 'waiting'}),
           (t[3], 'tk', 'sent', reply, {}),
           (t[4], agent, 'note', note, {})]
    if years:
        aged(rnd, t, log, agent, closed)
    elif closed:
        log.append((t[5], agent, 'close', None, {'state': 'closed', 'resolution': 'Сделано'}))
    head, out = {}, [f'id: {tid}']
    for entry in log:
        head.update(entry[4])
    out += [f'{k}: {head[k]}' for k in HEAD if head.get(k, 'null') != 'null']
    out.append('log:')
    for at, by, act, msg, fields in log:
        line = [f'at: {rfc3339(at)}', f'by: {by}', f'act: {act}']
        if msg:
            line.append(f'msg: {msg}')
        if act == 'open':
            line.append('rule: new')
        if fields:
            line.append('set: {' + ', '.join(f'{k}: {v}' for k, v in fields.items()) + '}')
        out.append('- {' + ', '.join(line) + '}')
    files[f'{base}ticket.yaml'] = ('\n'.join(out) + '\n').encode()
    return files


def people():
    files = {}
    for p in STAFF[1:] + ['newcomer']:  # who has no tickets yet
        files[f'staff/{p}.yaml'] = (f'name: Имя {p}\nmail: [{p}@firma.example]\n'
                                    'roles: [agent]\nactive: true\n').encode()
    for c in CLIENTS:
        files[f'clients/{c}.yaml'] = (
            f'name: ООО «{c}»\ndomains: [{c}.example]\ncontacts:\n' +
            ''.join(f"- {{name: Анна, mail: [anna{i}@{c}.example], phone: ['+38044{i}123456']}}\n"
                    for i in range(3)) + 'contract: {sla: silver}\nactive: true\n').encode()
    return files


def fill(a, first, stop, end):
    now, step = START, max(1, int(a.years * 31557600 / a.count))
    # Deltas take most of the time, and a large desk is wanted soon.
    depth = ['--depth=0'] if a.batch > 1 else []
    git = subprocess.Popen(['git', '-C', a.desk, 'fast-import', '--quiet', *depth],
                           stdin=subprocess.PIPE)
    out = git.stdin

    def commit(at, text, files, parent=None):
        message = text.encode()
        out.write(b'commit refs/heads/main\n'
                  b'committer firma <support@firma.example> %d +0300\n'
                  b'data %d\n%s\n' % (at, len(message), message))
        if parent:
            out.write(b'from %s\n' % parent)
        for path, data in files.items():
            out.write(b'M 100644 inline %s\ndata %d\n%s\n' % (path.encode(), len(data), data))

    commit(now, 'desk: people\n', people() if first == 1 else {}, b'refs/heads/main^0')
    for n in range(first, stop, a.batch):
        files = {}
        for i in range(n, min(n + a.batch, stop)):
            closed = i % 3 if a.open is None else i < end - a.open
            files.update(ticket(i, now + i * step, closed, a.years))
        text = f'TK-{n}: open, incident\n\nTicket: TK-{n}\nAct: open\n'
        commit(now + n * step, text if a.batch == 1 else f'desk: tickets from {n} on\n', files)
    out.close()
    if git.wait():
        sys.exit(git.returncode)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--open', type=int)
    p.add_argument('--batch', type=int, default=1)
    p.add_argument('--years', type=float, default=0)
    p.add_argument('desk')
    p.add_argument('count', type=int)
    p.add_argument('first', type=int, nargs='?', default=1)
    a = p.parse_args()
    end = a.first + a.count
    # What fast-import keeps of each name makes it slower and slower: a new one
    # now and then.
    for n in range(a.first, end, CHUNK):
        fill(a, n, min(n + CHUNK, end), end)


main()
