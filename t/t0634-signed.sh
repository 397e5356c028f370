#!/bin/sh
# Who has read the regulation says so with an ssh signature, where git has a
# key to sign with; the keys are those of the staff files, and stock git says
# the same.
. "$(dirname "$0")/lib.sh"
command -v ssh-keygen >/dev/null || skip_all 'no ssh here'

desk gate
for k in danila other olga; do ssh-keygen -q -t ed25519 -N '' -C $k -f "$SCRATCH/$k"; done
{
	tk staff change danila key="$(cut -d' ' -f1,2 "$SCRATCH/danila.pub")"
	tk staff add olga --name Olga --mail olga@firma.example --role agent
	tk staff change olga key="$(cut -d' ' -f1,2 "$SCRATCH/olga.pub")"
} >"$SCRATCH/log" 2>&1
echo "danila@firma.example $(cut -d' ' -f1,2 "$SCRATCH/danila.pub")" >signers
git config --global gpg.ssh.allowedSignersFile "$PWD/signers"

sign() { # KEY: git signs with it
	git config --global gpg.format ssh
	git config --global user.signingkey "$SCRATCH/$1.pub"
}
row() { tk regulation who --json | grep "\"id\":\"$1\""; }
raise() { # the next version, in a clone
	rm -rf clone
	git clone -q gate clone
	sed -i "s/^version: .*/version: $1/" clone/regulation/regulation.yaml
	git -C clone commit -qam "version $1"
	TK_DESK='' git -C clone push -q
}

ok 'without a key it is not signed, and the audit says so' '
	tk regulation ack
	row danila | grep "\"signed\":\"no\""
	tk audit -q | grep "^unsigned .*acknowledged without a signature"'

ok 'with the key of the staff file it is signed; git verifies it' '
	raise 2
	sign danila
	tk regulation ack
	git -C gate verify-commit HEAD 2>err
	cat err
	grep "Good \"git\" signature for danila@firma.example" err
	row danila | grep "\"version\":2,\"signed\":\"good\""
	[ "$(tk audit -q | grep -c "^unsigned")" = 1 ]'

ok 'with another key it is signed by nobody here' '
	raise 3
	sign other
	tk regulation ack
	exits 1 git -C gate verify-commit HEAD
	row danila | grep "\"version\":3,\"signed\":\"bad\""
	tk audit -q | grep "^unsigned .*signed, but by no key of staff/danila.yaml"'

ok 'in a clone it is signed and pushed; who else has it is told' '
	raise 4
	sign danila
	(
		cd clone
		git config tk.actor danila
		unset TK_DESK
		tk regulation ack
		git push -q
	)
	git -C gate verify-commit main
	row danila | grep "\"version\":4,\"signed\":\"good\""
	row olga | grep "\"acknowledged\":false"
	exits 1 tk regulation who >out
	cat out
	grep "^danila .*yes .* 4 .* signed" out
	grep "^olga .*no" out'
finish
