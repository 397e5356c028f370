#!/bin/sh
# Whose an address is, without reading all clients: the index knows, and what
# it says is what the files say.
. "$(dirname "$0")/lib.sh"

desk gate
git -C gate config fetch.unpackLimit 10000
many() { # COUNT: clients that have nothing to do with it
	git clone -q gate work && mkdir -p work/clients
	python3 - "$1" <<-'PY'
	import sys
	for i in range(int(sys.argv[1])):
	    open(f"work/clients/c{i}.yaml", "w").write(
	        f"name: C{i}\ndomains: [c{i}.example]\n"
	        f"contacts:\n- {{name: Anna, mail: [anna@mail{i}.example]}}\n"
	        "active: true\n")
	PY
	git -C work add clients
	commit 'Many clients'
}
commit() {
	git -C work -c user.name=D -c user.email=danila@firma.example commit -qam "$1"
	git -C work -c user.name=D -c user.email=danila@firma.example pull -q --rebase origin main
	git -C gate fetch -q ../work HEAD:main
}
who() { # ADDRESS: the client of a new ticket
	tk new -s "$1" -m x -w "$1" >new
	read -r id rest <new
	tk show --json "$id" | python3 -c 'import json, sys
print(json.loads(sys.stdin.readline()).get("client", "none"))'
}

ok 'by address, by domain, in any case, and none' '
	many 300
	{ who anna@mail7.example; who someone@C8.Example; who ANNA@MAIL9.example
	who x@mail7.example; } >got
	printf "c7\nc8\nc9\nnone\n" | same - got'
ok 'an address goes before a domain, and the first of two before the second' '
	sed -i "s/anna@mail200.example/boss@c8.example/" work/clients/c200.yaml
	sed -i "s/c201.example/c10.example/" work/clients/c201.yaml
	commit "Two of them"
	{ who boss@c8.example; who other@c8.example; who any@c10.example; } >got
	printf "c200\nc8\nc10\n" | same - got'
ok 'what was changed and removed is seen at once' '
	sed -i "s/c11.example/c12-was-11.example/" work/clients/c11.yaml
	git -C work rm -q clients/c12.yaml
	commit "Changed"
	{ who a@c12-was-11.example; who a@c11.example; who a@c12.example; } >got
	printf "c11\nnone\nnone\n" | same - got'
ok 'nothing of it is kept in another place than the index' '
	rm gate/tk/index.db*
	[ "$(who anna@mail7.example)" = c7 ]
	sqlite3 gate/tk/index.db "SELECT count(*) FROM client_key WHERE file = '\''c7.yaml'\''" >got
	echo 2 | same - got'
ok 'a number that called, without reading all of them' '
	sed -i "s/mail: .anna@mail60.example./&, phone: [\"+380 44 123-45-67 доб. 12\"]/" work/clients/c60.yaml
	sed -i "s/mail: .anna@mail61.example./&, phone: [\"8 (495) 765-43-21\"]/" work/clients/c61.yaml
	sed -i "s/mail: .anna@mail6[23].example./&, phone: [\"+7 812 111 22 33\"]/" work/clients/c6[23].yaml
	commit "Numbers"
	blob=$(git -C gate rev-parse HEAD:clients/c98.yaml)
	file=gate/objects/$(printf %s "$blob" | sed "s,^..,&/,")
	mv "$file" kept98
	{ who "044 123-45-67"; who "Анна, +7 495 765 43 21"; who "812 111 22 33"; who "+1 999 888 77 66"; } >got
	mv kept98 "$file"
	printf "c60\nc61\nnone\nnone\n" | same - got
	[ "$(who "765-43-21")" = c61 ]'
ok 'one client is read, not all of them: another may even be lost' '
	who anna@mail50.example
	blob=$(git -C gate rev-parse HEAD:clients/c99.yaml)
	file=gate/objects/$(printf %s "$blob" | sed "s,^..,&/,")
	mv "$file" kept
	[ "$(who anna@mail50.example)" = c50 ]
	exits 75 tk new -q -s x -m x -w anna@mail99.example
	mv kept "$file"'
ok 'a file that nobody can read stops a letter, and is not guessed around' '
	echo "name: [" >work/clients/c13.yaml
	commit "Broken"
	printf "From: anna@mail7.example\nSubject: x\nMessage-ID: <a@b>\n\nx\n" >letter
	exits 75 tk deliver - <letter
	git -C work checkout -q HEAD~ -- clients/c13.yaml
	commit "Mended"
	tk deliver - <letter'
finish
