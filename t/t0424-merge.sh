#!/bin/sh
# Merged tickets, monitoring, partners: rules 38, 40 and 41 of tk-deliver(1).
. "$(dirname "$0")/lib.sh"
. "$ROOT/t/mail.sh"

ivan='Иван Петров <ivan@romashka.example>'
desk d
tk regulation ack -q
bring() {
	tick
	letter "$@"
	tk deliver -v - <"$1" >line
	cat line
}

ok 'tk merge: one is given up, its people come along' '
	bring 1.eml "$ivan" "Принтер"
	bring 2.eml "Анна <anna@romashka.example>" "Тоже принтер" "x" "Cc: boss@romashka.example"
	tk merge --into TK-1 -m "Один и тот же." 2 >out
	echo "TK-2 merged TK-1" | same - out
	[ "$(state TK-2)" = closed ]
	[ "$(state TK-1)" = new ]
	at TK-2 ticket.yaml | grep -A1 -x "links:" | grep -xF -e "- {merged-into: TK-1}"
	at TK-1 ticket.yaml >t
	grep -xF -e "- {merged: TK-2}" t
	python3 -c "
import yaml
t = yaml.safe_load(open(\"t\", encoding=\"utf-8\"))
assert sorted(t[\"cc\"]) == [\"boss@romashka.example\", \"Анна <anna@romashka.example>\"], t[\"cc\"]"'

ok 'rule 38: letters to it lead to the one that stays' '
	bring 3.eml "anna@romashka.example" "Re: Тоже принтер" "Ну что?" "In-Reply-To: <$(msgid 2.eml)>"
	grep "TK-1 answer (in-reply-to $(msgid 2.eml), TK-2 merged)" line
	bring 4.eml "anna@romashka.example" "[TK-2]" "Ау" && grep "TK-1 answer (subject tag TK-2, TK-2 merged)" line'

ok 'a merge in a circle, or twice, is refused' '
	bring 5.eml "$ivan" "Третий"
	exits 1 tk merge --into TK-2 1
	exits 1 tk merge --into TK-1 2
	exits 1 tk merge --into TK-3 3
	exits 64 tk merge 1
	tk merge -q --into TK-3 1
	bring 6.eml "anna@romashka.example" "[TK-2]" "Далеко" && grep "TK-3 answer (subject tag TK-2, TK-2 merged, TK-1 merged)" line'

ok 'tk merge --undo' '
	tk merge --undo TK-1 && tk reopen -q TK-1
	exits 1 tk merge --undo TK-1
	bring 7.eml "$ivan" "[TK-1]" "Обратно" && grep "TK-1 answer (subject tag TK-1)" line
	exits 1 grep "merged-into" <<-TEXT
		$(at TK-1 ticket.yaml | sed -n "/^links:/,/^[a-z]/p")
	TEXT'

# alarm FROM SUBJECT
alarm() {
	tick
	letter m.eml "$1" "$2" "Подробности $2" "Auto-Submitted: auto-generated"
	tk deliver -v - <m.eml >line
	cat line
}

ok 'rule 41: Zabbix: problem and recovery on one ticket' '
	had=$(sent)
	alarm zabbix@firma.example "Problem: High CPU on web1" && grep " open (new)" line
	z=$(sed -n "s/^-: \(TK-[0-9]*\).*/\1/p" line)
	echo $z >"$SCRATCH/z"
	at $z ticket.yaml >t && grep -x "monitor: zabbix High CPU on web1" t && grep -x "queue: servers" t
	alarm zabbix@firma.example "Problem: High CPU on web1" && grep "^-: $z auto (monitoring zabbix High CPU on web1)" line
	alarm zabbix@firma.example "Problem: High CPU on web2" && grep " open (new)" line
	alarm zabbix@firma.example "Resolved in 5m 3s: High CPU on web1" && grep "^-: $z recover (monitoring .*) new -> solved" line
	alarm zabbix@firma.example "Problem: High CPU on web1" && grep "^-: $z answer .* solved -> open" line
	alarm zabbix@firma.example "Resolved: High CPU on web1" && grep "^-: $z recover .* -> solved" line
	[ "$(sent)" = "$had" ]'

ok 'rule 41: Nagios and Icinga, host and service' '
	alarm nagios@firma.example "** PROBLEM Service Alert: web1/HTTP is CRITICAL **"
	nag=$(sed -n "s/^-: \(TK-[0-9]*\) open.*/\1/p" line)
	at $nag ticket.yaml | grep -x "monitor: nagios web1/HTTP"
	alarm nagios@firma.example "** RECOVERY Service Alert: web1/HTTP is OK **" && grep "^-: $nag recover" line
	alarm nagios@firma.example "** PROBLEM Host Alert: db1 is DOWN **" && grep open line
	alarm nagios@firma.example "** RECOVERY Host Alert: db1 is UP **" && grep "recover .*solved" line
	alarm icinga@firma.example "[PROBLEM] Ping on web1 is CRITICAL!"
	i=$(sed -n "s/^-: \(TK-[0-9]*\) open.*/\1/p" line)
	alarm icinga@firma.example "[RECOVERY] Ping on web1 is OK!" && grep "^-: $i recover" line'

ok 'rule 41: a closed one is followed by a new one; a stranger ends nothing' '
	z=$(cat "$SCRATCH/z")
	tk reply -q $z -m "x" --to ivan@romashka.example && tk close -q $z -r "Перезапущен."
	alarm zabbix@firma.example "Problem: High CPU on web1" && grep "open (new, follows $z)" line
	alarm thief@evil.example "Resolved: High CPU on web2" && grep " open (new" line
	git -C d config tk.authserv mx.firma.example
	alarm zabbix@firma.example "Resolved: High CPU on web1" && grep " auto (monitoring" line
	git -C d config --unset tk.authserv'

ok 'rule 40: a number of a partner leads to our ticket' '
	git clone -q d c && cd c
	cat >>regulation/queues.yaml <<-TEXT
		partners:
		- {id: vendor, from: "*@vendor.example", subject: "*SR#{number}*", key: "SR#{number}"}
	TEXT
	sed -i "s/^version: .*/version: 9/" regulation/regulation.yaml
	git commit -qam "a partner" && git push -q && cd ..
	tk regulation ack -q
	bring p.eml "$ivan" "Сломалась СХД"
	p=$(sed -n "s/^-: \(TK-[0-9]*\).*/\1/p" line)
	tk take -q $p && tk reply -q $p --to support@vendor.example -m "Please help."
	out=$(sent)
	bring v1.eml "support@vendor.example" "Case SR#5551 opened" "We look." "In-Reply-To: $(sent $out | header Message-ID)"
	grep "^-: $p answer (in-reply-to" line
	at $p ticket.yaml | grep -A1 "^partner_ref:" | grep "SR#5551"
	bring v2.eml "engineer@vendor.example" "RE: SR#5551 update" "Reboot it."
	grep "^-: $p answer (partner.s number SR#5551)" line
	bring v3.eml "engineer@vendor.example" "RE: SR#7777" "?" && grep " open (new" line
	bring v4.eml "thief@evil.example" "RE: SR#5551" "?" && grep " open (new" line
	tk set -q TK-3 partner_ref="SR#7000"
	bring v5.eml "engineer@vendor.example" "SR#7000 done" "ok" && grep "^-: TK-3 answer (partner" line'

ok 'what the gate wrote is what its law allows' '
	tk audit >out 2>&1 || { cat out; exit 1; }'
finish
