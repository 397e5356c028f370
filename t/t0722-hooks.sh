#!/bin/sh
# Event hooks of the gate: what they are given, how long, and that they never
# stand in the way; the two shipped examples against a listener.
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
tk staff add olha -q --name 'Ольга "Шева"' --mail olha@firma.example --role engineer
# hook EVENT BODY
hook() {
	printf '#!/bin/sh\n%s\n' "$2" >"d/hooks/on-$1"
	chmod +x "d/hooks/on-$1"
}
# value FILE KEY, of the last line
value() {
	tail -1 "$1" | python3 -c '
import json, sys
v = json.loads(sys.stdin.buffer.read().decode())[sys.argv[1]]
sys.stdout.buffer.write((str(v) + "\n").encode())' "$2"
}

ok 'an event is one JSON object, in the folder of the gate, without GIT_DIR' '
	hook new "cat >>$PWD/new; pwd >$PWD/where; env >$PWD/env"
	letter 1.eml "$ivan" "Тема \"в кавычках\"" "Не грузится; \$(rm -rf /) \`id\`"
	tk deliver -q - <1.eml
	wc -l <new | grep -x 1
	[ "$(value new event)" = new ]
	[ "$(value new id)" = TK-1/1/new ]
	[ "$(value new ticket)" = TK-1 ]
	[ "$(value new queue)" = support ]
	[ "$(value new subject)" = "Тема \"в кавычках\"" ]
	value new text | grep -F "\$(rm -rf /)"
	[ "$(value new at)" = 2026-11-22T09:00:00+03:00 ]
	[ "$(value new to)" = "[]" ]
	[ "$(cat where)" = "$DESK" ] && exits 1 grep ^GIT_DIR env'

ok 'each event has its own hook; it runs once' '
	tick
	hook assigned "cat >>$PWD/assigned"
	hook reply "cat >>$PWD/reply"
	hook escalate "cat >>$PWD/escalate"
	tk assign -q olha TK-1
	tk escalate -q TK-1 --to network -m "Сеть."
	letter 2.eml "$ivan" "Re: [TK-1] Тема" "Ещё."
	tk deliver -q - <2.eml
	tk send -q && tk send --notices -q
	wc -l new assigned reply escalate | head -4 | grep -c " 1 " | grep -x 4
	[ "$(value assigned assignee)" = olha ]
	[ "$(value escalate queue)" = network ]
	[ "$(value escalate text)" = "Сеть." ] && [ "$(value reply by)" = ivan@romashka.example ]'

ok 'who wants it by hook is named, with a telephone' '
	tick
	tk staff change -q olha phone=+380441234567,+380671112233 notify=assigned notify.how=hook
	tk assign -q olha TK-1
	value assigned to >to
	grep -F "+380441234567" to
	grep -F "olha@firma.example" to
	[ "$(sent)" = 1 ]'

ok 'a hook that fails, is no program or reads nothing: said, and in nobody'\''s way' '
	tick
	hook assigned "echo no gateway >&2; exit 3"
	tk assign -q - TK-1
	tk assign olha TK-1 >out 2>err
	grep -x "TK-1 assign" out
	grep -F "on-assigned: status 3 for TK-1/" err
	grep "no gateway" err
	hook assigned "exit 0"
	sed -i "1s,.*,#!/no/such/shell," d/hooks/on-assigned
	tk assign -q - TK-1 && tk assign -q olha TK-1 2>err && [ -s err ]
	hook assigned "exec <&- ; exit 0"
	tk assign -q - TK-1 && tk assign -q olha TK-1 2>err && [ ! -s err ]
	chmod -x d/hooks/on-assigned
	tk assign -q - TK-1 && tk assign -q olha TK-1 2>err && [ ! -s err ]'

ok 'a slow one is stopped at its limit, and once a run' '
	tick
	git -C d config tk.hooktimeout 1
	hook assigned "exec >&- 2>&-; echo \$\$ >>$PWD/pids; exec sleep 60"
	tk new -q -s Два -m x -w "$ivan"; tk new -q -s Три -m x -w "$ivan"
	tk assign -q olha TK-2 TK-3 2>err
	wc -l <pids | grep -x 1
	exits 1 kill -0 "$(cat pids)"
	grep -F "on-assigned: status 137 for TK-2" err
	grep -F "1 further events were not told to it" err
	rm d/hooks/on-assigned'

ok 'a hook may act, and what it does is an event too' '
	tick
	git -C d config tk.hooktimeout 60
	hook new "tk assign -q olha \$(python3 -c \"import json,sys; print(json.load(sys.stdin)[\\\"ticket\\\"])\")"
	hook assigned "cat >>$PWD/by-hook"
	tk new -q -s Само -m x -w "$ivan" 2>err || { cat err; false; }
	[ ! -s err ] || { cat err; false; }
	[ "$(value by-hook ticket)" = TK-4 ] && [ "$(value by-hook assignee)" = olha ]'

ok 'a hook that goes round in circles stops' '
	tick
	hook assigned "t=\$(python3 -c \"import json,sys; print(json.load(sys.stdin)[\\\"ticket\\\"])\"); echo \$t >>$PWD/round; tk assign -q - \$t; tk assign -q olha \$t"
	: >round
	tk assign -q danila TK-4 2>err
	n=$(wc -l <round) && [ "$n" -ge 2 ] && [ "$n" -le 12 ]
	rm d/hooks/on-* && tk send --notices'

ok 'the shipped examples, by a real web server' '
	tick
	cat >server.py <<-X
	import http.server, sys
	class H(http.server.BaseHTTPRequestHandler):
	    def do_POST(self):
	        body = self.rfile.read(int(self.headers["Content-Length"]))
	        with open("posts", "ab") as f:
	            f.write(b"%s %s %s\n" % (self.path.encode(), (self.headers["Authorization"] or "-").encode(), body))
	        self.send_response(200); self.end_headers()
	    def log_message(self, *a): pass
	s = http.server.HTTPServer(("127.0.0.1", 0), H)
	print(s.server_port, flush=True)
	s.serve_forever()
	X
	mkfifo port
	python3 server.py >port & server=$!
	read -r p <port
	trap "kill $server" EXIT
	git -C d config tk.smsurl "http://127.0.0.1:$p/sms" && git -C d config tk.smskey secret
	git -C d config tk.chaturl "http://127.0.0.1:$p/chat"
	:
	cp "$ROOT/share/examples/on-event-sms" d/hooks/on-assigned
	cp "$ROOT/share/examples/on-event-chat" d/hooks/on-new
	tk new -q -s "Горит & дымит" -m x -w "$ivan" -p p1 2>err
	tk assign -q olha TK-5 2>>err
	[ ! -s err ] || { cat err; false; }
	python3 - <<-X
	import json, urllib.parse
	chat, *sms = open("posts", encoding="utf-8").read().splitlines()
	path, key, body = chat.split(" ", 2)
	assert path == "/chat" and json.loads(body)["text"].startswith("**TK-5** new: Горит & дымит | priority p1"), chat
	assert len(sms) == 2, sms
	path, key, scheme_body = sms[0].split(" ", 2)
	assert path == "/sms" and key == "Bearer", sms
	token, body = scheme_body.split(" ", 1)
	q = urllib.parse.parse_qs(body)
	assert token == "secret" and q["to"] == ["+380441234567"], sms
	assert q["text"] == ["TK-5 assigned: Горит & дымит"], q
	X
	kill $server && trap - EXIT
	tk assign -q - TK-5
	tk assign -q olha TK-5 2>err
	grep -F "on-assigned: status 1" err'

# mine FILE ID: the lines of the ticket, one
mine() {
	grep -F "\"ticket\":\"$2\"" "$1" >"$1.mine"
	wc -l <"$1.mine" | grep -x 1
}
ok 'time has its hooks: a warning, and the term that is over, each once' '
	rm -f d/hooks/on-*
	hook warn "cat >>$PWD/warn"
	hook breach "cat >>$PWD/breach"
	letter t.eml "$ivan" "Срок" "Жду."
	tk deliver -q - <t.eml
	id=$(git -C d log -1 --format=%s --grep ": open" | sed "s/:.*//")
	set_clock "2026-11-23T08:59:00Z"
	tk escalate --due
	[ ! -e warn ]
	set_clock "2026-11-23T09:00:00Z"
	tk escalate --due >out && grep -x "$id warn response 75% warn" out
	mine warn "$id"
	[ ! -e breach ]
	[ "$(value warn.mine event)" = warn ]
	[ "$(value warn.mine by)" = tk ]
	value warn.mine rule | grep -E "^regulation/sla.yaml:[0-9]+: 75% warn$"
	set_clock "2026-11-23T10:00:00Z"
	tk escalate --due >out && grep "^$id breach response" out
	mine breach "$id"
	[ "$(value breach.mine event)" = breach ]
	value breach.mine rule | grep -E "^regulation/sla.yaml:[0-9]+: 100% "
	tk escalate --due >out
	[ ! -s out ]
	mine warn "$id"
	mine breach "$id"'
finish
