#!/bin/sh
# The house rules that a reader of one file cannot see: who includes whom.
. "$(dirname "$0")/lib.sh"
cd "$ROOT" || exit 1

ok 'no file includes upwards or sideways' '
	awk '\''
	BEGIN {
		split("base yaml model index mail rules view store desk regulation notice act people send intake report backup check cmd", f)
		split("1 2 3 4 4 4 4 5 6 7 7 8 9 9 10 10 10 11 12", r)
		for (i in f) rank[f[i]] = r[i]
	}
	FNR == 1 {
		n = split(FILENAME, path, "/")
		own = path[1] == "lib" ? path[2] : "cmd"
		if (!(own in rank)) { print FILENAME ": no such floor"; bad = 1 }
	}
	/^[ \t]*#[ \t]*include[ \t]*"/ {
		split($0, q, "\"")
		if (split(q[2], to, "/") != 2 || !(to[1] in rank)) {
			print FILENAME ":" FNR ": not floor/noun.h: " q[2]; bad = 1
		} else if (to[1] != own && (rank[to[1]] >= rank[own] ||
		    own == "store" && rank[to[1]] == 4 && to[1] != "index")) {
			print FILENAME ":" FNR ": " own " includes " q[2]; bad = 1
		}
	}
	END { exit bad }'\'' $(find lib cmd -name "*.[ch]")'

# only HEADER-PATTERN FILE-PATTERN [most]: who includes it lies there, in at
# most that many files.
only() {
	grep -rlE "^[ 	]*#[ 	]*include[ 	]*<($1)>" lib cmd >"$SCRATCH/who" || :
	exits 1 grep -vE "^($2)\$" "$SCRATCH/who"
	[ "$(wc -l <"$SCRATCH/who")" -le "${3:-99}" ]
}

ok 'libgit2 only in store' 'only "git2(/.*)?[.]h" "lib/store/.*"'
ok 'sqlite only in index' 'only "sqlite3[.]h" "lib/index/.*"'
ok 'GMime and GLib only in mail' 'only "(gmime|glib|gio)[a-z/.-]*[.]h" "lib/mail/.*"'
ok 'libyaml only in yaml' 'only "yaml[.]h" "lib/yaml/.*"'
ok 'libarchive only in store/archive*.c' 'only "archive(_entry)?[.]h" "lib/store/archive.*[.]c" 2'
ok 'jansson only in base/json.c' 'only "jansson[.]h" "lib/base/json[.]c"'
ok 'libxml2 only in mail/html.c' 'only "libxml/.*[.]h" "lib/mail/html[.]c"'
ok 'libical for zones and recurrence, in base' 'only "libical/.*[.]h" "lib/base/.*"'
ok 'libcmark only in view/markdown.c' 'only "cmark.*[.]h" "lib/view/markdown[.]c"'
ok 'libical only in base' 'only "libical/.*[.]h" "lib/base/.*"'
ok 'libstemmer only in base/stem.c' 'only "libstemmer[.]h" "lib/base/stem[.]c"'
ok 'nettle only in base/sha1.c and base/sha256.c' 'only "nettle/.*[.]h" "lib/base/sha(1|256)[.]c"'
ok 'libdeflate only in store/deflate.c' 'only "libdeflate[.]h" "lib/store/deflate[.]c"'
ok 'libunistring only in base/utf8.c' \
	'only "uni(str|norm|case|width|ctype|conv|name|lbrk|gbrk|wbrk|types)[.]h" "lib/base/utf8[.]c"'

# The code without comments, one line of FILE:LINE:TEXT each.
code() {
	for f in lib/*/*.c; do
		sed 's/"\([^"\\]\|\\.\)*"/""/g' "$f" |
			gcc -fpreprocessed -dD -E -P -x c - 2>/dev/null |
			sed "s|^|$f: |"
	done
}
code >"$SCRATCH/code"

# nowhere PATTERN FILES: no call of it in lib, but for these files.
nowhere() {
	grep -E "[^a-z_.>]($1)" "$SCRATCH/code" >"$SCRATCH/all" || :
	exits 1 grep -vE "^($2): " "$SCRATCH/all"
}

ok 'lib does not print' \
	'nowhere "printf\(|puts\(|putchar\(|perror\(|stderr" "lib/base/(main|progress)[.]c"'
ok 'lib does not exit' 'nowhere "_?exit\(" "lib/base/(mem|main|proc)[.]c"'
ok 'the clock and chance come through base/ambient' \
	'nowhere "time\(NULL|clock_gettime\(|gettimeofday\(|getrandom\(|s?rand(om)?\(|gethostname\(" "lib/base/ambient[.]c"'
ok 'other programs are run by base/proc' \
	'nowhere "fork\(|posix_spawn|system\(|popen\(|exec[lv][pe]*\(" "lib/base/proc[.]c"'
ok 'no function that writes past its buffer' \
	'nowhere "strcpy\(|strcat\(|sprintf\(|vsprintf\(|strtok\(|gets\(|alloca\(" ""'

# A command starts in milliseconds because it loads what it needs: few ask for
# a rule of recurrence, for an archive, for text out of HTML.
if [ -x "$TK_BUILD/bin/tk-assign" ]; then
	ok 'no command loads at its start what few of them need' '
		readelf -d "$TK_BUILD/bin/tk-assign" >"$SCRATCH/libs"
		grep -F "[libc.so" "$SCRATCH/libs"
		exits 1 grep -E "ical|icu|stdc|archive|xml|uchardet" "$SCRATCH/libs"'
	grep -q __asan_init "$TK_BUILD/bin/tk" || ok 'and what it needs is linked into it' '
		grep NEEDED "$SCRATCH/libs" >"$SCRATCH/needed"
		exits 1 grep -vE "lib(c|m)[.]so" "$SCRATCH/needed"'
fi
finish
