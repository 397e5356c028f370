#!/bin/sh
# Every pair of a real charset and what a letter says about it, for short,
# long, capital and Ukrainian texts: how many are read right.
. "$(dirname "$0")/lib.sh"

cat >"$SCRATCH/texts" <<'TEXT'
Здравствуйте! После обновления не запускается бухгалтерия, пишет ошибку формата потока.
Принтер на втором этаже опять жуёт бумагу, пришлите кого-нибудь до обеда.
Прошу завести учётную запись новому сотруднику: Щербаков Эдуард Юрьевич, отдел снабжения.
Сервер не отвечает на запросы уже полчаса, все склады стоят.
Забыл пароль от почты, как его можно сменить?
Не открываются вложения в письмах от поставщика, хотя раньше открывались.
Подскажите, когда будет готова замена жёсткого диска в рабочей станции директора.
Телефон внутренней связи в приёмной не работает, гудка нет совсем.
Выставьте, пожалуйста, счёт за обслуживание касс за третий квартал.
Резервная копия за пятницу не сделана, в журнале ошибка доступа.
На сайте не проходит оплата картой, клиенты жалуются и уходят.
Нужно перенести рабочее место из кабинета двенадцать в кабинет семь.
Почему каждое утро так долго загружается компьютер? Минут десять, не меньше.
Спасибо, всё заработало, заявку можно закрывать.
Просьба ускорить решение вопроса, у нас горят сроки сдачи отчётности.
Интернет пропадает каждые пять минут, переговоры по видео невозможны.
TEXT
cat >"$SCRATCH/texts.uk" <<'TEXT'
Доброго дня! Після оновлення не запускається бухгалтерія, пише помилку формату.
Принтер на другому поверсі знову жує папір, надішліть когось до обіду.
Прошу створити обліковий запис новому співробітнику: Їжакевич Юрій Євгенович.
Сервер не відповідає на запити вже пів години, усі склади стоять.
Забув пароль від пошти, як його можна змінити?
Не відкриваються вкладення в листах від постачальника, хоча раніше відкривалися.
Підкажіть, коли буде готова заміна жорсткого диска у робочій станції директора.
Внутрішній телефон у приймальні не працює, гудка немає зовсім.
Виставте, будь ласка, рахунок за обслуговування кас за третій квартал.
Резервну копію за п'ятницю не зроблено, у журналі помилка доступу.
Дякую, все запрацювало, заявку можна закривати. Ґрати на вікнах теж гарні.
Інтернет зникає кожні п'ять хвилин, переговори по відео неможливі.
TEXT
cat >"$SCRATCH/pairs.py" <<'PY'
import json, os, subprocess, sys
top = sys.argv[1]
real = ["utf-8", "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5"]
said = ["", "us-ascii", "iso-8859-1", "windows-1252", "utf-8", "windows-1251",
        "koi8-r", "koi8-u", "cp866", "iso-8859-5", "unknown-8bit",
        "x-user-defined", "x-mac-cyrillic", "default"]
lines = lambda f: open(f, encoding="utf-8").read().splitlines()
texts = []
for lang, own in (("ru", lines(top + "/texts")), ("uk", lines(top + "/texts.uk"))):
    for i, t in enumerate(own):
        words = t.split()
        texts.append((lang, "one sentence", t))
        texts.append((lang, "capital", t.upper()))
        texts.append((lang, "short", " ".join(words[:2])))
        texts.append((lang, "capital, short", " ".join(words[:2]).upper()))
        texts.append((lang, "long", "\n".join(own[i:] + own[:i])))
jobs = []
os.makedirs(top + "/l")
for r in real:
    for s in said:
        for lang, kind, t in texts:
            try:
                body = t.encode(r)
            except UnicodeEncodeError:
                continue
            name = "%s/l/%d.eml" % (top, len(jobs))
            ct = "Content-Type: text/plain" + ("; charset=" + s if s else "")
            head = "From: a@a.example\nSubject: x\nMIME-Version: 1.0\n%s\nContent-Transfer-Encoding: 8bit\n\n" % ct
            with open(name, "wb") as f:
                f.write(head.encode() + body + b"\n")
            jobs.append((name, r, s, lang, kind, t))
out = b""
for i in range(0, len(jobs), 500):
    out += subprocess.run(["tk-deliver", "-n", "--json"] + [j[0] for j in jobs[i:i + 500]],
                          stdout=subprocess.PIPE, check=True).stdout
count, bad = {}, []
for line, (name, r, s, lang, kind, t) in zip(out.decode().splitlines(), jobs):
    o = json.loads(line)
    assert o["file"] == name
    good = o["text"] == t
    size = "over 40 letters" if sum(c.isalpha() for c in t) > 40 else "up to 40 letters"
    for key in (size, "%s, %s" % (size, r), "%s, %s, %s" % (size, lang, kind)):
        c = count.setdefault(key, [0, 0])
        c[0] += good
        c[1] += 1
    if not good:
        bad.append("%s said %s, %s: %s" % (r, s or "nothing", kind, t[:60]))
for key in sorted(count):
    good, n = count[key]
    print("%-45s %5d of %5d  %5.1f %%" % (key, good, n, 100.0 * good / n))
print("\n".join(bad), file=sys.stderr)
good, n = count["over 40 letters"]
sys.exit(n < 3000 or 100 * good < 98 * n)
PY
ok 'rule 55: at least 98 % of texts over 40 letters are read right' '
	unset TK_DESK
	PYTHONIOENCODING=utf-8 python3 "$SCRATCH/pairs.py" "$SCRATCH" \
		>"$SCRATCH/table" 2>"$SCRATCH/wrong" || st=$?
	head -30 "$SCRATCH/wrong"
	[ "${st:-0}" = 0 ]'
sed 's/^/# /' "$SCRATCH/table"
finish
