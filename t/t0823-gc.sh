#!/bin/sh
# tk-gc: few packs, nothing lost, commands go on meanwhile.
. "$(dirname "$0")/lib.sh"

desk d
loose() { git -C d count-objects | cut -d' ' -f1; }
packs() { ls d/objects/pack/*.pack | wc -l; }

ok 'loose objects become a pack; -n only counts' '
	for n in 1 2 3 4 5 6; do
		tk new -q -s "Задача $n" -m "Раз, два, $n." --requester ivan@romashka.example
	done
	[ "$(loose)" -gt 30 ]
	n=$(loose)
	tk gc -n >out
	grep -qx "0 packs, $n loose objects" out
	[ "$(loose)" = "$n" ]
	git -C d rev-parse HEAD >was
	tk gc >out
	cat out
	grep -qx "1 packs, 0 loose objects; before: 0, $n" out
	[ "$(loose)" = 0 ]
	[ "$(packs)" = 1 ]
	git -C d rev-parse HEAD | same was -
	git -C d fsck --strict --full
	git -C d commit-graph verify
	tk fsck -q'

ok 'small packs are joined, the largest stays' '
	for n in 1 2 3 4 5; do
		tk note -q TK-$n -m "Смотрю $n."
		tk gc -q
	done
	[ "$(packs)" -le 4 ]
	git -C d fsck --strict --full
	tk fsck -q
	[ "$(loose)" = 0 ]'

ok 'a pack over gc.bigPackThreshold is never joined' '
	tk gc -q --full
	[ "$(packs)" = 1 ]
	old=$(ls d/objects/pack/*.pack)
	git -C d config gc.bigPackThreshold 1k
	for n in 1 2 3 4 5 6; do
		tk new -q -s "Ещё $n" -m "$(seq $((n * 100)) $((n * 100 + 99)))" --requester ivan@romashka.example
	done
	tk gc -q
	[ -e "$old" ]
	[ "$(packs)" -gt 1 ]
	git -C d config --unset gc.bigPackThreshold'

ok 'acts and gc at the same time' '
	(n=0; while [ ! -e stop ]; do tk gc -q || exit; n=$((n + 1)); done; echo $n >gcs) &
	for n in 1 2 3 4 5 6 7 8 9 10; do
		tk note -q TK-$((n % 6 + 1)) -m "Ещё $n" || { touch stop; exit 1; }
		tk show TK-$((n % 6 + 1)) >out || { touch stop; exit 1; }
		git -C d log --oneline -- tickets >out
	done
	touch stop
	wait
	[ "$(cat gcs)" -gt 0 ]
	tk fsck -q
	git -C d fsck --strict --full'

ok 'two at a time: the second gives way' '
	flock d/tk/gc.lock tk gc -q && exit 1 || [ $? = 75 ]'

ok 'what killed writers left is removed after a day; letters are not' '
	old="$(date -u -d "$TK_NOW - 2 days" +%FT%TZ)"
	cd d
	: >objects/pack/tmp_pack_XyZ123
	: >objects/tmp_obj_0011
	: >tk/quarantine/tmp/1.2_3.host
	: >tk/outbox/tmp/.TK-1_x.tk-AbCdEf
	: >tk/.noticed.tk-AbCdEf
	: >tk/outbox/tmp/TK-1_x.try
	: >tk/index.new
	: >tk/quarantine/new/1.2_3.example
	touch -d "$old" tk/.noticed.tk-AbCdEf tk/outbox/tmp/.TK* objects/pack/tmp_pack_XyZ123 objects/tmp_obj_0011 tk/index.new \
	    tk/quarantine/tmp/* tk/outbox/tmp/* tk/quarantine/new/*
	touch -d "$TK_NOW" tk/quarantine/tmp/new.one
	cd ..
	tk gc >out
	cat out
	[ "$(grep -c "^left behind, removed: " out)" = 6 ]
	for f in objects/pack/tmp_pack_XyZ123 objects/tmp_obj_0011 tk/quarantine/tmp/1.2_3.host tk/index.new tk/.noticed.tk-AbCdEf; do
		[ ! -e "d/$f" ]
	done
	[ -e d/tk/quarantine/new/1.2_3.example ]
	[ -e d/tk/outbox/tmp/TK-1_x.try ]
	[ -e d/tk/quarantine/tmp/new.one ]
	rm d/tk/quarantine/new/1.2_3.example d/tk/outbox/tmp/TK-1_x.try'

ok 'the time of receipt does not expire' '
	n=$(git -C d reflog main | wc -l)
	sed -i "s/> [0-9]* +0000/> 1000000000 +0000/" d/logs/refs/heads/main
	tk gc -q --full
	git -C d gc --quiet
	[ "$(git -C d reflog main | wc -l)" = "$n" ]'

ok 'where git fails its words are told, and nothing is lost' '
	tk note -q TK-1 -m "И это."
	mkdir -p no && printf "#!/bin/sh\necho broken disk >&2\nexit 128\n" >no/git && chmod +x no/git
	PATH="$PWD/no:$PATH" exits 75 tk gc 2>err
	grep "broken disk" err
	tk fsck -q'

finish
