#!/bin/sh
# The demo works, says what it is meant to say, and fails when a step does.
. "$(dirname "$0")/lib.sh"

command -v procmail >/dev/null || skip_all 'no procmail'

# Without what the tests set: the demo makes its own world.
demo() {
	env -u TK_NOW -u TK_HOST -u TK_DESK TMPDIR="$SCRATCH/work" \
		sh "$ROOT/t/demo.sh" </dev/null
}

ok 'it runs to its end' '
	demo >"$SCRATCH/out" 2>&1 || { cat "$SCRATCH/out"; exit 1; }
	tail -1 "$SCRATCH/out" | grep -x sound'

# says PATTERN...: in this order
says() {
	ok "it says: $1" 'awk -v p='"'$1'"' "\$0 ~ p { found = 1 } END { exit !found }" "$SCRATCH/out"'
}
says '^Maildir/new/.*: TK-1 open .new., ack to ivan@romashka.example'
says '^TK-2 .* new .*Ольга Смирнова .*Пропадает связь со складом'
says '^TK-3 .* new .*Пётр Ёжиков .*Принтер печатает иероглифы'
says '^TK-4 .*Доступ до теки для нових працівників'
says 'Снимок экрана.png, 9. B'
says '^Subject: Re: .TK-1. Заявка принята'
says '^TK-1 take open'
says '^Cc: Марья Ивановна <buh@romashka.example>'
says '^Subject: Re: .TK-1. Не открывается 1С'
says '^Maildir/new/.*: TK-1 answer .in-reply-to TK-1.*waiting -> open'
says '^Maildir/new/.*: TK-3 bounce .bounce of TK-3'
says '^Maildir/new/.*: TK-2 auto .in-reply-to TK-2'
says '^tk-close: TK-1: regulation/processes/incident.yaml:.*resolution'
says '^TK-1 close closed'
says '^[0-9a-f]* Иван Петров: TK-1: open, incident'
says '^[0-9a-f]* Данила Петров: TK-1: close, closed'

ok 'the note is in no client'\''s letter, and nothing is left behind' '
	sed -n "/^.* read-mail/,/^== /p" "$SCRATCH/out" >letters
	grep -q "Заявка принята" letters
	exits 1 grep "журналы за год" letters
	[ -z "$(ls -d tk-demo.* 2>/dev/null)" ]'

ok 'KEEP=1 keeps the desk' '
	KEEP=1 demo >out 2>&1
	kept=$(sed -n "s/^Kept: //p" out)
	git -C "$kept/desk.git" log --oneline -- tickets/00/00/TK-1 | wc -l | grep -x 11
	ls "$kept"/clients/*/*/* >/dev/null && rm -r "$kept"'

ok 'it fails when a step fails' '
	mkdir -p fake && printf "#!/bin/sh\nexit 73\n" >fake/procmail
	chmod +x fake/procmail
	PATH=$PWD/fake:$PATH exits 1 demo >out 2>&1
	grep "^demo: failed with status 73: for f in" out
	[ -z "$(ls -d tk-demo.* 2>/dev/null)" ]'
finish
