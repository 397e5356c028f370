#!/bin/sh
# Keys of the staff: taken on by tk staff, printed for authorized_keys.
. "$(dirname "$0")/lib.sh"

command -v ssh-keygen >/dev/null || skip_all 'no ssh here'
desk gate
S=$SCRATCH/ssh
mkdir "$S"
for who in host danila olga boris; do
	ssh-keygen -q -t ed25519 -N '' -C "$who of, the \$desk; id" -f "$S/$who"
done
command_of() { # WHO: what sshd runs, from lines of authorized_keys
	sed -n "s/^command=\"\(.* $1\)\",restrict .*/\1/p" | sed 's/\\"/"/g'
}

ok 'keys are taken on and come out as lines of authorized_keys' '
	tk staff change danila --key "$(tr -d , <"$S/danila.pub")"
	tk staff add olga --name Ольга --mail olga@firma.example --role agent \
	    --key "$(cat "$S/olga.pub")" --login olga
	tk staff add boris --mail boris@firma.example --role agent --queue network \
	    key="$(tr -d , <"$S/boris.pub")"
	tk staff keys >"$S/authorized_keys"
	for who in boris danila olga; do
		printf "command=\"%s -C %s %s\",restrict " "$TK_BUILD/bin/tk-shell" "$DESK" $who
		[ $who = olga ] && cat "$S/$who.pub" || tr -d , <"$S/$who.pub"
	done | same - "$S/authorized_keys"
	ssh-keygen -lf "$S/authorized_keys" >got
	[ "$(wc -l <got)" = 3 ]'
ok 'what is no key, or that of another, is refused' '
	K=$(cut -d" " -f1,2 "$S/host.pub")
	for k in x "ssh-ed25519 AAAA" "ssh-dss ${K#* }" "no-pty $K" "$K\\x" "$K a\"b" \
	    "$(printf "%s\\n%s" "$K" "$K")" "command=\"id\" $K"; do
		exits 65 tk staff change boris --key "$k"
	done
	exits 1 tk staff change boris --key "$(cat "$S/olga.pub")" 2>err
	grep -q "a key of boris is that of olga already" err
	exits 65 tk staff change boris "login=a b"
	exits 1 tk staff change boris login=olga
	cp -R gate bad
	git clone -q bad by-hand
	cd by-hand
	bad() { # YAML: a line in boris.yaml that nobody has checked
		sed -i "s|^keys:.*|keys: [$1]|" staff/boris.yaml
		git -c core.hooksPath=/dev/null commit -qam bad
		git push -q --receive-pack="git -c core.hooksPath=/dev/null receive-pack" \
		    ../bad HEAD:main
		exits 65 tk -C ../bad staff keys >out 2>err
		[ ! -s out ]
		grep -q "staff/$2" err
	}
	bad "\"$K \\\\nssh-ed25519 AAAA\"" "boris.yaml:5: not an ssh key"
	bad "\"$K \\\\\"x\"" "boris.yaml:5: not an ssh key"
	bad "$(cat "$S/danila.pub" | cut -d" " -f1,2)" "danila.yaml:4: this is the key of boris"'
ok 'a folder with a strange name is one word of the line' '
	cp -R gate "a \"b\" \$(id) o'"'"'c"
	tk -C "a \"b\" \$(id) o'"'"'c" staff keys >got
	command_of danila <got >line
	cat line
	SSH_ORIGINAL_COMMAND="tk staff" sh line >got
	grep -q "^danila " got'

ok 'a clone has no gate to come in at' '
	unset TK_DESK
	git clone -q gate clone
	exits 1 tk -C clone staff keys'
ok 'a key and a login that are pushed are looked at too' '
	cd clone
	sed -i "s|^keys:.*|keys: [\"$(cut -d" " -f1,2 "$S/host.pub") \\\\\"x\"]|" staff/olga.yaml
	git commit -qam "staff: key"
	exits 1 git push -q 2>err
	grep "staff/olga.yaml: \[staff\] not an ssh key" err'
ok 'who was hired has all the time that the regulation gives' '
	tk regulation ack
	TK_NOW=2027-11-22T06:00:00Z tk staff add ivan --mail i@firma.example --role agent
	git -C gate show HEAD:staff/ivan.yaml | grep "^since: 2027-11-22T09:00:00+03:00"
	TK_NOW=2027-11-22T06:00:00Z TK_ACTOR=olga exits 77 tk new -s x -m x -w x@x.example 2>err
	grep "has not acknowledged version 1" err
	TK_NOW=2027-11-22T06:00:00Z TK_ACTOR=ivan tk new -s x -m x -w x@x.example
	TK_NOW=2027-12-22T06:00:00Z TK_ACTOR=ivan exits 77 tk new -s x -m x -w x@x.example'
finish
