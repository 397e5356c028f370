#!/bin/sh
# Who gets an answer: nobody whom a letter only names, hides or quotes.
. "$(dirname "$0")/lib.sh"

desk d
args() { sed -n '/^--$/,$p' "sent/$1.args" | grep -v '^--$' | paste -sd' '; }
last() { find sent -name '*.args' | wc -l; }

raw() { # FILE FROM-FIELD SUBJECT [HEADER...]
	f=$1 from=$2 subject=$3
	shift 3
	{
		printf 'From: %s\nTo: support@firma.example\nSubject: %s\n' "$from" "$subject"
		printf 'Message-ID: <%s@romashka.example>\n' "$f"
		[ $# = 0 ] || printf '%s\n' "$@"
		printf '\nText of %s.\n' "$f"
	} >"$f"
}

ok 'an address in a display name gets nothing' '
	raw a "\"victim@v.example, Ivan\" <ivan@romashka.example>" Printer
	raw b "\"ivan <x@evil.example>, y\" <ivan@romashka.example>" Scanner
	tk deliver a b
	tk reply -q TK-1 -m Done. && [ "$(args "$(last)")" = ivan@romashka.example ]
	tk reply -q TK-2 -m Done. && [ "$(args "$(last)")" = ivan@romashka.example ]'

ok 'a stranger who quotes a Message-ID gets no copies, nor do his friends' '
	raw c "evil@attacker.example" Re: "In-Reply-To: <a@romashka.example>" \
	    "Cc: evil2@attacker.example"
	tk deliver c >got
	grep "TK-1 answer" got
	tk reply -q TK-1 -m Again. && [ "$(args "$(last)")" = ivan@romashka.example ]'

ok 'each address of --to gets it, once' '
	tk reply -q TK-1 -m Third. --to "A <a@x.example>, b@x.example" --cc a@x.example
	[ "$(args "$(last)")" = "a@x.example b@x.example" ]'

ok 'a letter from nobody is acknowledged to nobody' '
	was=$(last)
	raw e x Plain; sed -i 1d e
	tk deliver e
	[ "$(last)" = "$was" ]'

ok 'a pipe or a link in new/ holds up no letter' '
	mkdir -p m/new m/cur m/tmp
	raw m/new/2.x ivan@romashka.example Scanner2
	mkfifo m/new/1.x
	ln -s /etc/passwd m/new/3.x
	got=0; timeout 20 tk deliver m >out || got=$?
	[ $got = 1 ]
	[ -e m/cur/2.x:2,S ]; [ -p m/new/1.x ]; [ -L m/new/3.x ]'

finish
