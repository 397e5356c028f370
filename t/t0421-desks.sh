#!/bin/sh
# Two desks that acknowledge each other: one exchange, and silence.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

# gate NAME DOMAIN OTHER: a desk whose letters go to ./wire-NAME, from where
# "pump" takes them to the desk of the other.
gate() {
	tk init --bare "$1" --prefix TK --lang en --regulation outsourcer --name "$1" \
	    --mail danila@"$2" --actor danila --address support@"$2" --timezone UTC --quiet
	mkdir -p wire-"$1"
	cat >send-"$1" <<-TEXT
		#!/bin/sh
		set -C
		n=1
		until (: >'$PWD/wire-$1/'\$n) 2>/dev/null; do n=\$((n + 1)); done
		case \$2 in '<>') rp= ;; *) rp=\$2 ;; esac
		{ $3 echo "Return-Path: <\$rp>"; cat; } >>'$PWD/wire-$1/'\$n
	TEXT
	chmod +x send-"$1"
	git -C "$1" config tk.sendmail "$PWD/send-$1"
	echo "$PWD/$1" >>"$SCRATCH/desks"
}

# pump A B: what A has sent is delivered to B; how many there were.
pump() {
	n=0
	for f in $(find wire-"$1" -type f -size +0 | sort); do
		tk -C "$2" deliver -v - <"$f" >>log-"$2"
		mv "$f" taken-"$1-$(basename "$f")-$TK_NOW"
		n=$((n + 1))
	done
	echo $n
}

first() { # DESK FROM TO: a letter of a person to TO that names FROM's desk
	letter p.eml "$2" "$3"
	tk -C "$1" deliver -v - <p.eml
}

ok 'desk writes to desk: one acknowledgement, and nobody answers it' '
	gate one one.example ""
	gate two two.example ""
	letter p.eml support@one.example "Printer" "It is a desk that asks."
	sed -i "s/^To:.*/To: support@two.example/" p.eml
	tk -C two deliver -v - <p.eml | grep "ack to support@one.example"
	[ "$(pump two one)" = 1 ]
	cat log-one
	grep "held (an automatic answer to nothing of ours)" log-one
	[ "$(pump one two)" = 0 ]
	[ "$(pump two one)" = 0 ]'

# A relay that drops all that says "automatic": rule 19 is what is left.
ok 'even where every sign is lost on the way, the limits end it' '
	tick 86400
	strip="sed -e /^Auto-Submitted/d -e /^Precedence/d -e /^X-/d -e /^In-Reply-To/d -e /^References/d |"
	for g in one two; do
		sed -i "s/; cat; } >>/; $(echo "$strip" | sed "s/|//; s,/,\\\\/,g") ; } >>/; s/^{ .*echo \"Return-Path/{ echo \"X-Was/" send-$g
		sed -i "s/echo \"Return-Path[^;]*;//; s/echo \"X-Was[^;]*;//" send-$g
	done
	cat send-one
	letter q.eml support@one.example "Scanner"
	sed -i "s/^To:.*/To: support@two.example/; /^Message-ID/d" q.eml
	tk -C two deliver -v - <q.eml | grep "ack to support@one.example"
	total=0
	for round in 1 2 3 4 5 6 7 8 9 10; do
		tick 60
		a=$(pump two one) b=$(pump one two)
		total=$((total + a + b))
		[ $((a + b)) != 0 ] || break
	done
	echo "letters: $total"
	[ "$round" -lt 10 ] && [ $total -ge 2 ] && [ $total -le 4 ]'
finish
