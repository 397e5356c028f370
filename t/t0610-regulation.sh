#!/bin/sh
# The regulation as a document and as a graph; what changed in it.
. "$(dirname "$0")/lib.sh"

R=$ROOT/share/regulations
cp -R "$R/outsourcer/en" clean

# The headings 1 to 9, one after the other, whatever their language.
positions() {
	grep "^## [0-9]" "$1" | sed "s/^## \([0-9]*\) .*/\1/" >numbers
	seq 1 9 | same - numbers
}

for r in outsourcer provider; do for l in ru uk en; do
	ok "$r/$l: nine positions in their order, in its own words" '
		tk regulation show --markdown "$R/'$r/$l'" >doc.md
		positions doc.md
		head -n 1 doc.md | sed "s/^# /title: /" >title
		grep "^title: " "$R/'$r/$l'/regulation.yaml" | same - title
		tk regulation show "$R/'$r/$l'" >doc.txt
		grep -q "^1 " doc.txt && grep -q "^5.3 " doc.txt
		tk regulation show --markdown "$R/'$r/$l'" >again.md
		same doc.md again.md'
done; done

ok 'headings are in the language of the regulation, not of the reader' '
	export TEXTDOMAIN=tk TEXTDOMAINDIR="$TK_BUILD/share/locale"
	for l in ru uk en; do
		title=$(LANGUAGE=$l gettext Roles)
		LANGUAGE=en tk regulation show --markdown "$R/outsourcer/$l" >doc.md
		grep -qx "## 8 $title" doc.md
	done
	LC_ALL=C LANGUAGE=uk tk regulation show --markdown "$R/outsourcer/ru" >c.md
	tk regulation show --markdown "$R/outsourcer/ru" | same - c.md'

ok 'text is as wide as 80 columns, and terms are a table' '
	tk regulation show clean >doc.txt
	python3 -c "
for line in open(\"doc.txt\", encoding=\"utf-8\"):
	assert len(line.rstrip(\"\n\")) <= 80, line"
	grep -q "^Gold  *Round the clock  *critical (p1)  *15m  *1h  *4h$" doc.txt'

cat >page.py <<'TEXT2'
import sys
from html.parser import HTMLParser
VOID = {"meta", "br", "hr", "img", "link", "input"}
class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.refs, self.svg = [], [], [], 0
    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        assert tag not in ("script", "link", "img", "iframe", "object"), tag
        for k, v in attrs:
            assert not k.startswith("on"), k
            assert k not in ("src", "srcset", "data"), k
            if k.endswith("href"):
                assert v == "" or v.startswith("#"), v
                self.refs += [v[1:]] if v else []
        if "id" in a:
            self.ids.append(a["id"])
        self.svg += tag == "svg"
        if tag not in VOID:
            self.open.append(tag)
    def handle_startendtag(self, tag, attrs):
        pass
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
text = sys.stdin.read()
assert "url(http" not in text and "@import" not in text
p = Page()
p.feed(text)
p.close()
assert p.open == [], p.open
assert len(set(p.ids)) == len(p.ids)
assert set(p.refs) <= set(p.ids)
assert all("s%d" % n in p.refs for n in range(1, 10))
assert p.svg == int(sys.argv[1]), p.svg
TEXT2
for l in ru uk en; do
	ok "$l: the page needs nothing else" '
		tk regulation --html show "$R/outsourcer/'$l'" >page.html
		grep -q "<html lang=\"'$l'\">" page.html
		python3 page.py $(ls "$R/outsourcer/'$l'/processes" | wc -l) <page.html
		! command -v xmllint >/dev/null || {
			xmllint --html --noout --nonet page.html 2>odd || :
			grep "error :" odd | exits 1 grep -v "Tag [a-z]* invalid" # those of SVG
			xmllint --html --nonet --xpath "count(//@src | //link | //script)" page.html 2>odd | grep -x 0
		}'
done

ok 'foreign text is no markup: page, picture, graph, terminal' '
	cp -R clean bad
	x="<script>alert(1)</script>\"\\\\"
	sed -i "s|^title: .*|title: '\''$x'\''|; s|^text:.*|&\n  Hm <b onclick=x()>b</b> ![p](http://x.example/p.png) [j](javascript:bad)\n|" \
		bad/regulation.yaml
	sed -i "s|name: in work,|name: '\''$x'\'',|; s|^name: .*|name: '\''$x'\''|" bad/processes/incident.yaml
	tk regulation show --html bad >bad.html
	python3 page.py "$(ls bad/processes | wc -l)" <bad.html
	exits 1 grep -i "<script\|x.example\|href=.java\|<b " bad.html
	tk regulation show --markdown bad | exits 1 grep -i "^<script\|!\["
	sed -i "s|^title: .*|title: \"a\\\\e]0;b\"|" bad/regulation.yaml
	tk regulation show bad | exits 1 grep -q "$(printf "\033")"'

desk gate
git clone -q gate clone
ok 'without an operand it is the one in force' '
	tk regulation --markdown >a.md
	tk regulation show --markdown HEAD | same - a.md
	tk regulation show --markdown "$R/outsourcer/ru" | sed "s/2026-12-01/2026-11-22/" | same - a.md
	exits 1 tk regulation show no-such-rev'

ok 'the graph has each state and step; Graphviz takes it' '
	tk regulation graph incident >one.dot
	grep -q "\"incident/new\" -> \"incident/open\" \[label=\"take, assign" one.dot
	grep -q "needs comment" one.dot
	[ "$(grep -c "peripheries=2" one.dot)" = \
		"$(grep -c "final: true" "$R/outsourcer/ru/processes/incident.yaml")" ]
	tk regulation graph >all.dot
	[ "$(grep -c "subgraph" all.dot)" = "$(ls "$R/outsourcer/ru/processes" | wc -l)" ]
	[ "$(tr -cd "{" <all.dot | wc -c)" = "$(tr -cd "}" <all.dot | wc -c)" ]
	! command -v nop >/dev/null || nop -p all.dot one.dot
	! command -v dot >/dev/null || {
		dot -Tcanon one.dot >canon.dot
		grep -q "incident/new" canon.dot
		dot -Tsvg all.dot | grep -q "</svg>"
	}
	exits 1 tk regulation graph nothing'

cat >want.diff <<'WANT'
version 1 -> 2
process incident: new step new -> vendor by agent
class gold, priority p1: resolution 4h -> 8h
position 6, text changed: 3 lines
reopen: window 14d -> 7d
queue billing: name X -> Money
WANT
ok 'diff says in words what has changed' '
	(cd clone/regulation
	sed -i "s/^version: 1/version: 2/" regulation.yaml
	sed -i "/priority: p1, response: 15m/s/resolution: 4h/resolution: 8h/" sla.yaml
	sed -i "s/^transitions:/&\n- {from: [new], to: vendor, act: [status], by: [agent]}/" processes/incident.yaml
	sed -i "s/window: 14d/window: 7d/; s/^text: |/&\n  Одна строка.\n  Другая.\n/" relations.yaml
	sed -i "/id: billing/,/name:/s/name: .*/name: Money/" queues.yaml
	git commit -qam rules)
	LANGUAGE=en tk -C clone regulation diff HEAD~1 >out
	sed "s/name .* -> Money/name X -> Money/" out | same - want.diff
	[ -z "$(tk -C clone regulation diff HEAD)" ]
	LANGUAGE=en tk -C clone regulation diff HEAD HEAD~1 | grep -x "version 2 -> 1"
	exits 1 tk -C clone regulation diff no-such
	exits 64 tk -C clone regulation diff'
finish
