#!/bin/sh
# demo.sh - one morning of a ticket desk, from the client's letter to the
# closed ticket: make demo. KEEP=1 keeps the scratch folder.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
for v in $(env | sed -n 's/^\(\(TK\|GIT\|XDG\)_[A-Za-z0-9_]*\)=.*/\1/p'); do
	unset "$v"
done
unset v EDITOR VISUAL
dir=$(mktemp -d "${TMPDIR:-/tmp}/tk-demo.XXXXXX")
dir=$(cd "$dir" && pwd -P)
leave() {
	st=$?
	if [ -n "${KEEP:-}" ]; then
		printf '\nKept: %s\n' "$dir"
	else
		rm -rf "$dir"
	fi
	exit $st
}
trap leave EXIT
trap 'exit 130' HUP INT TERM
bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
	bold=$(printf '\033[1m') plain=$(printf '\033[0m')
fi

cd "$dir"
mkdir home bin
HOME=$dir/home
PATH=$dir/bin:$PATH
export HOME PATH PAGER=cat TK_DESK="$dir/desk.git"
export LC_ALL=C.UTF-8 LANGUAGE=en GIT_CONFIG_NOSYSTEM=1
git config --global user.name 'Данила Петров'
git config --global user.email danila@firma.example

step() {
	printf '\n%s== %s%s\n' "$bold" "$1" "$plain"
}

# The command as one would type it, then what it says.
run() {
	printf '\n%s$ %s%s\n' "$bold" "$1" "$plain"
	# Not in a condition: set -e would be off within it.
	set +e
	(
		set -e
		eval "$1"
	) 2>&1
	st=$?
	set -e
	[ $st = 0 ] || {
		echo "demo: failed with status $st: $1" >&2
		exit 1
	}
}

# Beside the story: the internet, and the mail program of the clients.
cat >bin/internet <<TEXT
#!/bin/sh
# In place of sendmail: procmail puts the letter into each recipient's folder.
while [ "\$1" != -- ]; do shift; done
shift
letter=\$(mktemp) && cat >"\$letter"
for to; do procmail -m WHO="\${to%%@*}" $dir/clients.rc <"\$letter" || exit 75; done
rm "\$letter"
TEXT
printf 'MAILDIR=%s/clients\n:0 r\n$WHO/\n' "$dir" >clients.rc
cp "$here/demo/read-mail" bin
chmod +x bin/*
mkdir clients
# The Message-ID of our last letter to a client: <TICKET.COUNT.RANDOM@...>.
last_id() {
	grep -rh '^Message-I[dD]: ' "clients/$1" | sort -t. -k2,2n |
		sed -n '$s/^[^ ]* //p'
}

step 'A desk is a git repository. This one is the gate, where mail comes and goes.'
run "tk init --bare desk.git --prefix TK --lang ru --regulation outsourcer \\
	--name 'Данила Петров' --actor danila --mail danila@firma.example \\
	--address support@firma.example --timezone Europe/Moscow"
run 'git -C desk.git config tk.sendmail "$PWD/bin/internet"'
run "tk client add romashka --name 'ООО «Ромашка»' --domain romashka.example"

step 'Five letters arrive. procmail drops them into a maildir.'
cat >procmailrc <<'TEXT'
:0 r
* ^TO_support@firma\.example
Maildir/
TEXT
run 'cat procmailrc'
cp "$here"/demo/*.eml .
run 'for f in [1-5]-*.eml; do procmail -m ./procmailrc <$f; done; ls Maildir/new | wc -l'

step 'tk deliver makes a ticket of each and acknowledges it; a cron line does it every minute.'
run 'tk deliver Maildir'
run 'ls Maildir/new | wc -l'

step 'UTF-8, KOI8-R, CP1251 that claims to be Latin-1, HTML from Outlook, a picture: all is readable.'
run 'tk list'
run 'tk show TK-3 | head -n 20'
run 'tk show TK-5 | grep -A9 "^message 1"'

step 'What Ivan has in his mailbox:'
run 'read-mail clients/ivan'

step 'Danila takes the ticket, leaves a note for his colleagues and answers.'
run 'tk take TK-1'
run "tk note TK-1 -m 'На сервере кончилось место: журналы за год. Почистил, служба поднялась.'"
run "tk reply TK-1 -m 'Перезапустили службу сервера баз данных. Попробуйте, пожалуйста,
войти ещё раз.'"
run 'read-mail clients/ivan'

step 'Ivan answers from his mail program: his letter joins the ticket and wakes it.'
id=$(last_id ivan)
sed "s/@ANSWER@/$id/" 6-answer.eml >answer.eml
run 'grep -a "^In-Reply-To:" answer.eml'
run 'procmail -m ./procmailrc <answer.eml && tk deliver Maildir'

step 'A bounce and an out-of-office find their tickets, and nobody answers a robot.'
LC_ALL=C sed "s/@ACK@/$(last_id petr)/" 7-bounce.eml >bounce.eml
LC_ALL=C sed "s/@ANSWER@/$(last_id olga)/" 8-vacation.eml >vacation.eml
run 'for f in bounce vacation; do procmail -m ./procmailrc <$f.eml; done; tk deliver -v Maildir'
run 'ls clients/olga/new | wc -l'

step 'The regulation does not let a ticket be closed anyhow: it asks for what is missing.'
printf '\n%s$ tk close TK-1%s\n' "$bold" "$plain"
if tk close TK-1 2>&1; then
	echo 'demo: closed without a resolution' >&2
	exit 1
fi
run "tk reply TK-1 -m 'Не случится: теперь следим за местом на диске заранее.'"
run "tk close TK-1 -r 'Освобождено место на сервере 1С; поставлено наблюдение за диском.'"

step 'The whole story, as the desk tells it and as git does.'
run 'tk show TK-1'
run 'git -C desk.git log --reverse --format="%h %an: %s" -- tickets/00/00/TK-1'
run 'tk list'
run 'git -C desk.git fsck --strict --no-dangling --no-progress && echo sound'
