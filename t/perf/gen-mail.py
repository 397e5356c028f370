#!/usr/bin/env python3
"""gen-mail.py MAILDIR N [SEED]: N letters in MAILDIR/new, as a desk gets them.

Russian, Ukrainian and English; plain, with an HTML half, 15% with attachments
(which are most of the bytes); quoted-printable, base64 and 8bit; UTF-8, KOI8
and windows-1251; one in five answers an earlier one. 26 KB on average. The same
numbers give the same letters."""
import base64
import itertools
import os
import quopri
import random
import sys

ENDS = {'ru': 'а у ом е ы ов ам ами ах ный ного ному ить ил ила ят ение ения'.split(),
        'uk': 'а у ом і и ів ам ами ах ний ного ному ити ив ила ять ення еннями'.split(),
        'en': 's ed ing er ers ly ion able ment ness'.split()}
STEMS = {
    'ru': 'компьютер файл каталог документ договор проект отдел кабинет склад магазин клиент '
          'менеджер директор инженер оператор сканер модем роутер коммутатор кабел провод '
          'адаптер браузер сайт портал домен сертификат ключ токен архив журнал протокол '
          'шаблон макрос скрипт модул пакет драйвер процессор вентилятор корпус экран '
          'проектор принтер сервер почт парол диск отчёт ошибк телефон доступ сотрудник',
    'uk': "комп'ютер файл каталог документ договір проєкт відділ кабінет склад магазин клієнт "
          'менеджер директор інженер оператор сканер модем роутер комутатор кабел дріт '
          'адаптер браузер сайт портал домен сертифікат ключ токен архів журнал протокол '
          'шаблон макрос скрипт модул пакет драйвер процесор вентилятор корпус екран '
          'проєктор принтер сервер пошт парол диск звіт помилк телефон доступ співробітник',
    'en': 'computer file folder document contract project department office store client '
          'manager director engineer operator scanner modem router switch cable wire adapter '
          'browser site portal domain certificate key token archive journal protocol template '
          'macro script module package driver processor cooler case screen projector printer '
          'server mail password disk report error phone access colleague'}
SMALL = {'ru': 'и в не на я что с по как у за из но от для мы так'.split(),
         'uk': 'і в не на я що з по як у за із але від для ми так'.split(),
         'en': 'and in not on I that with by how at for of but from to we so'.split()}
FORMS = {}
for lang, stems in STEMS.items():
    f = [s + e for e in [''] + ENDS[lang] for s in stems.split()]
    random.Random(1).shuffle(f)
    FORMS[lang] = SMALL[lang] + f + [f'{p}-{i}' for p in ('srv', 'АТС', 'cab') for i in range(400)]
WEIGHTS = {k: list(itertools.accumulate(1 / (i + 3) for i in range(len(v))))
           for k, v in FORMS.items()}
NAMES = {'ru': ('Иван Петров', 'Ольга Смирнова', 'Пётр Щукин'),
         'uk': ('Тарас Шевчук', 'Олена Іваненко', 'Євген Ґалаґан'),
         'en': ('Anna Smith', "Brian O'Hara", 'Carol Jones')}
CHARSETS = {'ru': ('koi8-r', 'windows-1251'), 'uk': ('koi8-u', 'windows-1251'),
            'en': ('us-ascii', 'us-ascii')}
FILES = (('image/jpeg', 'screen-%d.jpg'), ('image/png', 'экран %d.png'),
         ('application/pdf', 'счёт-%d.pdf'), ('application/zip', 'logs-%d.zip'),
         ('application/vnd.openxmlformats-officedocument.wordprocessingml.document',
          'Договор %d.docx'))
DAYS = 'Mon Tue Wed Thu Fri Sat Sun'.split()


def words(rnd, lang, n):
    return ' '.join(rnd.choices(FORMS[lang], cum_weights=WEIGHTS[lang], k=n))


def encoded(text):
    if text.isascii():
        return text
    out, part = [], ''
    for c in text:
        if len((part + c).encode()) > 42:
            out.append(part)
            part = ''
        part += c
    return '\r\n '.join(f'=?UTF-8?B?{base64.b64encode(p.encode()).decode()}?='
                        for p in out + [part])


def name_of(text):
    return encoded(text) if not text.isascii() else f'"{text}"'


def part(rnd, lang, kind, text):
    charset = 'utf-8' if rnd.random() < .75 else rnd.choice(CHARSETS[lang])
    try:
        raw = text.encode(charset)
    except UnicodeEncodeError:
        charset, raw = 'utf-8', text.encode()
    how = rnd.choice(('quoted-printable', 'base64', '8bit'))
    if how == 'base64':
        raw = base64.encodebytes(raw).replace(b'\n', b'\r\n')
    else:
        raw = raw.replace(b'\n', b'\r\n')
        if how == 'quoted-printable':
            raw = quopri.encodestring(raw.replace(b'\r\n', b'\n')).replace(b'\n', b'\r\n')
    return (f'Content-Type: {kind}; charset={charset}\r\n'
            f'Content-Transfer-Encoding: {how}\r\n').encode(), raw


def html(text):
    rows = ''.join('<p class="MsoNormal" style="margin:0cm 0cm 8pt;font-family:Calibri,sans-serif">'
                   f'<span lang="RU" style="font-size:11.0pt;color:#1F497D">{line}</span></p>\n'
                   for line in text.split('\n'))
    return ('<html><head><meta http-equiv="Content-Type" content="text/html">\n'
            '<style>p.MsoNormal {margin:0cm; font-size:11.0pt} a:link {color:#0563C1}'
            ' div.WordSection1 {page:WordSection1}</style></head>\n'
            f'<body lang="RU"><div class="WordSection1">\n{rows}</div></body></html>\n')


def multi(rnd, kind, parts):
    b = f'=_{rnd.getrandbits(96):x}'
    body = b''.join(b'--%s\r\n%s\r\n%s\r\n' % (b.encode(), h, t) for h, t in parts)
    return (f'Content-Type: multipart/{kind}; boundary="{b}"\r\n'.encode(),
            body + b'--%s--\r\n' % b.encode())


def attachment(rnd):
    kind, name = rnd.choice(FILES)
    name %= rnd.randrange(1000)
    raw = rnd.randbytes(int(rnd.lognormvariate(10.85, .75)))
    return (f'Content-Type: {kind}; name="{encoded(name)}"\r\n'
            f'Content-Disposition: attachment; filename="{encoded(name)}"\r\n'
            'Content-Transfer-Encoding: base64\r\n').encode(), \
        base64.encodebytes(raw).replace(b'\n', b'\r\n')


def letter(rnd, n, earlier):
    lang = rnd.choices(('ru', 'uk', 'en'), (45, 30, 25))[0]
    answers = rnd.choice(earlier) if earlier and rnd.random() < .2 else None
    if answers:
        mid, who, subject, lang = answers
        subject = 'Re: ' + subject
    else:
        who, subject = rnd.randrange(4000), f'{words(rnd, lang, 5)} {n}'
    domain = f'client{who % 300}.example'
    addr, name = f'user{who}@{domain}', NAMES[lang][who % 3]
    own = f'{n}.{rnd.getrandbits(48):x}@{domain}'
    text = '\n'.join(words(rnd, lang, rnd.randrange(6, 22))
                     for _ in range(int(rnd.lognormvariate(2.4, .6)))) + '\n\n-- \n' + name + '\n'
    if answers or rnd.random() < .15:
        text += '\nOn Fri, 20 Nov 2026 at 10:00, Support wrote:\n' + \
            ''.join(f'> {words(rnd, lang, 10)}\n' for _ in range(rnd.randrange(4, 40)))
    made = part(rnd, lang, 'text/plain', text)
    if rnd.random() < .55:
        made = multi(rnd, 'alternative', [made, part(rnd, lang, 'text/html', html(text))])
    if rnd.random() < .15:
        made = multi(rnd, 'mixed', [made] + [attachment(rnd) for _ in range(rnd.choice((1, 1, 2)))])
    date = f'{DAYS[n % 7]}, {1 + n % 20} Nov 2026 {n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02} +0300'
    hops = ''.join(f'Received: from mx{i}.{domain} (mx{i}.{domain} [192.0.2.{n % 250}])\r\n'
                   f'\tby relay{i}.firma.example (Postfix) with ESMTPS id {rnd.getrandbits(44):X}\r\n'
                   f'\tfor <support@firma.example>; {date}\r\n' for i in range(4))
    head = (f'Return-Path: <{addr}>\r\nDelivered-To: support@firma.example\r\n{hops}'
            f'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=mail;\r\n'
            '\th=from:subject:date:message-id:to:mime-version:content-type;\r\n'
            f'\tbh={base64.b64encode(rnd.randbytes(32)).decode()};\r\n'
            f'\tb={base64.b64encode(rnd.randbytes(128)).decode()}\r\n'
            f'From: {name_of(name)} <{addr}>\r\nTo: support@firma.example\r\n'
            f'Subject: {encoded(subject)}\r\nDate: {date}\r\nMessage-ID: <{own}>\r\n')
    if answers:
        head += f'In-Reply-To: <{mid}>\r\nReferences: <{mid}>\r\n'
    head += 'X-Mailer: Microsoft Outlook 16.0\r\nMIME-Version: 1.0\r\n'
    if not answers:
        earlier.append((own, who, subject, lang))
        del earlier[:-2000]
    return head.encode() + made[0] + b'\r\n' + made[1]


def main():
    dir, count = sys.argv[1], int(sys.argv[2])
    rnd = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    for sub in ('tmp', 'new', 'cur'):
        os.makedirs(f'{dir}/{sub}', exist_ok=True)
    earlier, total = [], 0
    for n in range(count):
        data = letter(rnd, n, earlier)
        total += len(data)
        with open(f'{dir}/new/{1795000000 + n}.M{n}P1.host', 'wb') as f:
            f.write(data)
    print(f'{count} letters, {total / max(count, 1) / 1024:.1f} KB on average')


main()
