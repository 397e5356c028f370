#!/bin/sh
# PGP and S/MIME with real keys: letters that come in signed or encrypted, and
# letters that leave signed (rules 46 to 48).
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

command -v gpg >/dev/null && command -v gpgsm >/dev/null && command -v openssl >/dev/null ||
	skip_all 'no gpg, gpgsm or openssl'
# gpg-agent's socket must have a short path.
KEYS=$(mktemp -d "${TMPDIR:-/tmp}/k.XXXXXX")
OTHERS=$(mktemp -d "${TMPDIR:-/tmp}/k.XXXXXX")
trap 'for k in "$KEYS" "$OTHERS"; do GNUPGHOME=$k gpgconf --kill all; rm -rf "$k"; done; [ -n "$DONE" ] || rm -rf "$SCRATCH"' EXIT
key() { # FOLDER ADDRESS
	gpg --homedir "$1" --batch -q --pinentry-mode loopback --passphrase "" \
		--quick-gen-key "$2" ed25519 sign never
	gpg --homedir "$1" --batch -q --pinentry-mode loopback --passphrase "" --quick-add-key \
		"$(gpg --homedir "$1" --with-colons --list-keys "$2" | sed -n "s/^fpr:*\([0-9A-F]*\):/\1/p" | head -1)" cv25519 encr never
}
# Real keys, real time: TK_NOW is the future of gpg's clock or its past.
desk d
git -C "$DESK" config tk.gnupghome "$KEYS"
ok 'keys are made' '
	key "$KEYS" support@firma.example
	key "$OTHERS" "Ivan <ivan@romashka.example>"
	key "$OTHERS" eve@evil.example
	gpg --homedir "$OTHERS" --export ivan@romashka.example eve@evil.example | gpg --homedir "$KEYS" --batch -q --import
	for a in ivan@romashka.example eve@evil.example; do
		gpg --homedir "$KEYS" --batch -q --yes --pinentry-mode loopback --passphrase "" --quick-lsign-key \
			"$(gpg --homedir "$KEYS" --with-colons --list-keys $a | sed -n "s/^fpr:*\([0-9A-F]*\):/\1/p" | head -1)"
	done
	gpg --homedir "$KEYS" --export support@firma.example | gpg --homedir "$OTHERS" --batch -q --import' 2>/dev/null

head_of() { # FROM
	num=$(($(cat num 2>/dev/null || echo 0) + 1))
	echo $num >num
	printf 'From: %s\nTo: support@firma.example\nSubject: Секрет %s\n' "$1" $num | iconv -t CP1251
	printf 'Message-ID: <%s@crypto.example>\nMIME-Version: 1.0\n' $num
}
# signed FROM KEY TEXT: l.eml, a multipart/signed
signed() {
	printf 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n' "$(printf %s "$3" | base64)" >part
	gpg --homedir "$OTHERS" --batch -q --pinentry-mode loopback --passphrase "" -u "$2" --armor --detach-sign -o sig - <part
	{
		head_of "$1"
		printf 'Content-Type: multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"; boundary=S\n\n--S\n'
		tr -d '\r' <part
		printf '\n--S\nContent-Type: application/pgp-signature\n\n%s\n\n--S--\n' "$(cat sig)"
	} >l.eml
	rm -f part sig
}
take_in() {
	tk deliver --no-send - <l.eml >line
	cat line >&9
	sed 's/^-: \(TK-[0-9]*\) .*/\1/' line >id
}

ok 'rule 47: a good signature, and whose it is' '
	signed "ivan@romashka.example" ivan@romashka.example "Подписано мной."
	take_in
	field $(cat id) 1 signature | grep -E "^good, pgp, ivan@romashka.example, [0-9A-F]{16,40}$"
	field $(cat id) 1 text | grep -x "Подписано мной."
	tk show $(cat id) | grep "Signature.*good, pgp"
	signed "ivan@romashka.example" eve@evil.example "Подписано не мной."
	take_in
	field $(cat id) 1 signature | grep -E "^good, pgp, eve@evil.example, .*NOT THE SENDER"
	field $(cat id) 1 text | grep -x "Подписано не мной."'

ok 'rule 47: a bad signature, an unknown key, junk: the text is there' '
	signed "ivan@romashka.example" ivan@romashka.example "Подписано."
	sed -i "s,^$(printf "Подписано." | base64),$(printf "Подделано." | base64)," l.eml
	take_in
	field $(cat id) 1 signature | grep "^bad, pgp"
	field $(cat id) 1 text | grep -x "Подделано."
	git -C "$DESK" config tk.gnupghome "$SCRATCH/nokeys" && mkdir -m 700 "$SCRATCH/nokeys"
	signed "ivan@romashka.example" ivan@romashka.example "Без ключа."
	take_in
	field $(cat id) 1 signature | grep "^unknown key, pgp"
	field $(cat id) 1 text | grep -x "Без ключа."
	git -C "$DESK" config tk.gnupghome "$KEYS"
	sed -i "/BEGIN PGP/,/END PGP/s/[a-z]/x/g; s/^Message-ID: </&junk/" l.eml
	take_in
	field $(cat id) 1 signature | grep -v "^good"
	field $(cat id) 1 text | grep -x "Без ключа."'

# sealed TEXT: l.eml, encrypted to the desk, with a file
sealed() {
	{
		printf 'Content-Type: multipart/mixed; boundary=M\n\n--M\nContent-Type: text/plain; charset=utf-8\n\n%s\n' "$1"
		printf -- '--M\nContent-Type: text/plain; name=pass.txt\nContent-Disposition: attachment\n\nхранить\n--M--\n'
	} | gpg --homedir "$OTHERS" --batch -q --trust-model always -r support@firma.example --armor -e -o enc -
	{
		head_of ivan@romashka.example
		printf 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=E\n\n--E\n'
		printf 'Content-Type: application/pgp-encrypted\n\nVersion: 1\n\n--E\nContent-Type: application/octet-stream\n\n%s\n\n--E--\n' "$(cat enc)"
	} >l.eml
	rm -f enc
}

ok 'rule 48: what is encrypted stays so unless the queue says otherwise' '
	sealed "Пароль 4711."
	take_in
	field $(cat id) 1 encrypted | grep -x pgp
	exits 1 git -C "$DESK" grep -q "Пароль 4711" HEAD
	raw $(cat id) 1 | cmp - l.eml'

regulation() { # KEYS of queue support
	git clone -q "$DESK" w 2>/dev/null || git -C w pull -q
	python3 - "$1" <<-TEXT
		import re, sys
		s = open("w/regulation/queues.yaml", encoding="utf-8").read()
		s = re.sub(r"  (sign|sign_key|decrypt): .*\n", "", s)
		s = s.replace("  line: 1\n", "  line: 1\n" + "".join("  %s\n" % k for k in sys.argv[1].split(";") if k), 1)
		open("w/regulation/queues.yaml", "w", encoding="utf-8").write(s)
		r = open("w/regulation/regulation.yaml", encoding="utf-8").read()
		r = re.sub(r"(?m)^version: (\d+)", lambda m: "version: %d" % (int(m[1]) + 1), r)
		open("w/regulation/regulation.yaml", "w", encoding="utf-8").write(r)
	TEXT
	git -C w commit -qam "Regulation: $1" && git -C w push -q
}

ok 'rule 48: with "decrypt: true" it is read, and its files' '
	regulation "decrypt: true"
	sealed "Пароль 4712."
	take_in
	field $(cat id) 1 encrypted | grep -x "pgp, read"
	field $(cat id) 1 text | grep -x "Пароль 4712."
	raw $(cat id) 1 | cmp - l.eml
	tk attach $(cat id) 1 -o f.txt && grep -x "хранить" f.txt
	git -C "$DESK" config tk.gnupghome "$SCRATCH/nokeys"
	sealed "Пароль 4713." && take_in
	field $(cat id) 1 encrypted | grep "^pgp, not read: "
	git -C "$DESK" config tk.gnupghome "$KEYS"
	tk fsck && tk audit'

ok 'answers leave signed, and gpg agrees' '
	regulation "decrypt: true;sign: pgp"
	tk regulation lint -C w >lint 2>&1 || :
	exits 1 grep "sign\|decrypt" lint
	letter 1.eml "Иван <ivan@romashka.example>" "Принтер" "Не печатает."
	tk deliver -q - <1.eml
	id=$(sqlite3 "$DESK/tk/index.db" "SELECT id FROM ticket ORDER BY number DESC LIMIT 1")
	echo $id >rid
	echo "данные" >файл.txt
	tk reply -q $id -m "Ответ с подписью." -a файл.txt
	n=$(sent)
	sent $n | plaintext | head -1 | grep -x "Ответ с подписью."
	python3 - sent/$n.eml <<-TEXT
		import sys
		raw = open(sys.argv[1], "rb").read().replace(b"\r\n", b"\n")
		head, body = raw.split(b"\n\n", 1)
		assert b"multipart/signed" in head and b"micalg=pgp-sha" in head
		b = b"--" + head.split(b"boundary=\"")[1].split(b"\"")[0]
		_, part, sig, _ = (b"\n" + body).split(b"\n" + b)
		open("part", "wb").write(part[1:].replace(b"\n", b"\r\n"))
		open("sig", "wb").write(sig.split(b"\n\n", 1)[1])
	TEXT
	gpg --homedir "$OTHERS" --batch --verify sig part 2>said || { cat said; false; }
	grep "Good signature from \"support@firma.example" said
	sent $n | header To | grep ivan@romashka.example
	exits 1 git -C "$DESK" grep -q "BEGIN PGP SIGNATURE" HEAD -- "*/$(msg $id 2)*"'

ok 'a letter that cannot be signed waits' '
	regulation "sign: pgp;sign_key: nobody@firma.example"
	id=$(cat rid) n=$(sent)
	tk reply -q $id -m "Не уйдёт." 2>err || :
	[ "$(sent)" = $n ]
	tk send --status | grep "$id.*"
	exits 1 tk send >out 2>&1 || cat out
	regulation "sign: pgp"
	tk send --now -q || tk send -q
	[ "$(sent)" = $((n + 1)) ]'

ok 'a wrong word is refused' '
	git -C w pull -q
	sed -i "s/  sign: pgp/  sign: pkg/" w/regulation/queues.yaml
	exits 65 tk regulation lint -C w >lint 2>&1 || cat lint
	grep "queues.yaml:.*pgp or smime" lint'

ok 'S/MIME: signed letters of a certificate' '
	openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj "/CN=Ivan/emailAddress=ivan@romashka.example" \
		-addext "subjectAltName=email:ivan@romashka.example" -addext "keyUsage=digitalSignature,keyEncipherment,keyCertSign" -keyout k.pem -out c.pem 2>/dev/null
	gpgsm --homedir "$KEYS" --batch -q --import c.pem
	fpr=$(gpgsm --homedir "$KEYS" --with-colons --list-keys 2>/dev/null | sed -n "s/^fpr:*\([0-9A-F]*\):.*/\1/p" | head -1)
	echo "$fpr S relax" >>"$KEYS/trustlist.txt"
	echo "disable-crl-checks" >"$KEYS/gpgsm.conf"
	gpgconf --homedir "$KEYS" --kill all
	printf "Content-Type: text/plain; charset=utf-8\n\nПодписано сертификатом.\n" >part
	for opaque in "" -nodetach; do
		{
			head_of ivan@romashka.example | sed "/^MIME-Version/d"
			openssl smime -sign $opaque -in part -signer c.pem -inkey k.pem
		} >l.eml 2>/dev/null
		take_in
		field $(cat id) 1 signature
		field $(cat id) 1 signature | grep "^good.*, smime, ivan@romashka.example"
		field $(cat id) 1 text | grep -x "Подписано сертификатом."
	done
	tk audit'
finish
