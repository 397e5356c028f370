# mail.sh - what the mail tests share. Sourced after lib.sh.
#
#   tip                the commit of the desk
#   at TICKET FILE     a file of a ticket; numbers below 100
#   state TICKET       its state
#   msg TICKET N       the name of message N, as the log counts
#   text TICKET N      the YAML of message N
#   raw TICKET N       its letter
#   field TICKET N KEY a value of it, read by python3-yaml
#   sent [N]           how many letters went out; the Nth
#   header NAME        of a letter on standard input, unfolded
#   plaintext          its text, as another mail program reads it
#   files              its attachments: name, type, cksum

tip() {
	git -C "$DESK" rev-parse HEAD
}

at() {
	git -C "$DESK" show "HEAD:tickets/00/00/$1/$2"
}

state() {
	at "$1" ticket.yaml | sed -n 's/^state: //p'
}

msg() {
	at "$1" ticket.yaml |
		sed -n '/act: sent,/d; /act: failed,/d; s/.* msg: \([^,}]*\).*/\1/p' |
		sed -n "${2}p"
}

text() {
	at "$1" "$(msg "$1" "$2").yaml"
}

raw() {
	at "$1" "$(msg "$1" "$2").eml"
}

field() {
	text "$1" "$2" | python3 -c '
import sys, yaml
v = yaml.safe_load(sys.stdin.buffer.read().decode()).get(sys.argv[1])
sys.stdout.buffer.write((str(v).rstrip("\n") + "\n").encode())' "$3"
}

sent() {
	if [ $# = 0 ]; then
		find sent -name '*.eml' | wc -l
	else
		cat "sent/$1.eml"
	fi
}

header() {
	python3 -c '
import email, email.policy, sys
m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
for v in m.get_all(sys.argv[1]) or []:
    sys.stdout.buffer.write((str(v) + "\n").encode())' "$1"
}

plaintext() {
	python3 -c '
import email, email.policy, sys
m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
sys.stdout.buffer.write(m.get_body(("plain",)).get_content().encode())'
}

files() {
	python3 -c '
import email, email.policy, hashlib, sys
m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
for a in m.iter_attachments():
    b = a.get_payload(decode=True)
    line = "%s %s %s\n" % (a.get_filename(), a.get_content_type(), hashlib.sha256(b).hexdigest())
    sys.stdout.buffer.write(line.encode())'
}
