# tk - a ticket desk. GNU make; everything built goes into $B.
#
#   make                 the programs, in build/bin
#   make check           all tests (T='t/t0300*' for some of them)
#   make install         PREFIX=/usr/local, DESTDIR= for packages
#   make deps            install what building and testing needs (Debian 12)
#   make lint            static checks (make deps DEV=1 for their tools)
#   make kill            kill tk at each call that changes the disk, in turn
#   make fuzz F=letter   libFuzzer on t/fuzz/fuzz-letter.c for T=60 seconds
#   make fuzz-all T=1200 all of them, one after the other
#   make SAN=address,undefined check      beside the plain build
#   DEV=1 turns warnings into errors, V=1 shows commands, B=dir builds there
#
VERSION := 0.1.0
PREFIX  ?= /usr/local
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(JOBS)
endif
Q       := $(if $V,,@)
comma   := ,
B       ?= build
ifdef SAN
override B := $(B)-$(subst $(comma),-,$(SAN))
endif

PKGS := libgit2 gmime-3.0 yaml-0.1 libarchive sqlite3 jansson libxml-2.0 uchardet \
	nettle zlib libcmark libical libdeflate
DEPS := gcc strace libc6-dev pkg-config gettext git perl procmail python3-yaml python3-icalendar curl sqlite3 libxml2-utils tzdata \
	libgit2-dev libgmime-3.0-dev libyaml-dev libarchive-dev libsqlite3-dev \
	libjansson-dev zlib1g-dev libxml2-dev libuchardet-dev libunistring-dev nettle-dev \
	libcmark-dev libical-dev libstemmer-dev libdeflate-dev libgpgme-dev libidn2-dev openssh-client openssh-server zstd unzip tnef gnupg gpgsm openssl \
	opensmtpd neomutt mblaze maildrop fdm getmail6 isync
DEPS_DEV := clang clang-format clang-tidy libclang-rt-dev llvm mandoc \
	shellcheck yamllint

# User CPPFLAGS, CFLAGS and LDFLAGS are kept and come last.
ifneq ($(filter default undefined,$(origin CC)),)
CC := $(if $(SAN),clang,gcc)
endif
CFLAGS ?= $(if $(SAN),-O1,-O2) -g
TK_CPPFLAGS := -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -DTK_VERSION='"$(VERSION)"' \
	-Ilib $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS)))
# Loaded when first needed (base/lazy.h), under the name of the one at hand.
soname = $(shell readelf -d "$$($(CC) -print-file-name=lib$1.so)" | sed -n 's/.*SONAME.*\[\(.*\)\]/"\1"/p')
TK_CPPFLAGS += -DTK_SO_XML='$(call soname,xml2)' -DTK_SO_UCHARDET='$(call soname,uchardet)' \
	-DTK_SO_ICAL='$(call soname,ical)'
TK_CFLAGS := -std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wundef -Wformat=2 \
	-Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes \
	$(addprefix -Werror=,implicit-function-declaration int-conversion \
	incompatible-pointer-types return-type) $(if $(DEV),-Werror) \
	-fstack-protector-strong -fno-common -ffunction-sections -fdata-sections
# Fortify hides from ASan what it replaces.
TK_CFLAGS += $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
TK_LDFLAGS := -Wl,--as-needed -Wl,--gc-sections $(if $(SAN),-fsanitize=$(SAN))
TK_LDLIBS  := $(shell pkg-config --libs $(PKGS)) -lunistring -lstemmer -lm
# All commands are one program, and what they stand on is linked into it: the
# dynamic linker took longer than a short command itself. Where an archive is
# missing it is linked as ever; STATIC= asks for that.
STATIC     ?= $(if $(SAN),,git2 http_parser pcre2-8 mbedcrypto gmime-3.0 gpgme assuan gpg-error \
	idn2 gobject-2.0 ffi gmodule-2.0 glib-2.0 yaml sqlite3 jansson nettle cmark deflate \
	stemmer unistring z)
static = -Wl,-z,pack-relative-relocs -Wl,-Bstatic -Wl,--start-group $(STATIC:%=-l%) \
	-Wl,--end-group -Wl,-Bdynamic -lm
# Programs of their own: they need libarchive, which would come with each.
apart      := export backup restore

parts := $(filter-out tk $(apart),$(patsubst cmd/%.c,%,$(wildcard cmd/*.c)))
libs  := $(patsubst %.c,$B/%.o,$(wildcard lib/*/*.c))
cmds  := $(patsubst %/tk-tk,%/tk,$(patsubst cmd/%.c,$B/bin/tk-%,$(wildcard cmd/*.c)))
units := $(patsubst %.c,$B/%,$(wildcard t/unit/test-*.c))
fuzz  := $(patsubst %.c,$B/%,$(wildcard t/fuzz/fuzz-*.c))
po    := $(wildcard share/po/*.po)
mos   := $(patsubst share/po/%.po,$B/share/locale/%/LC_MESSAGES/tk.mo,$(po))
# What programs read at run time: BINDIR/../share/tk, there and installed.
data  := $(filter-out share/po share/completions,$(wildcard share/*)) hooks
csrc  := $(wildcard lib/*/*.c cmd/*.c)
tests := $(wildcard t/t[0-9]*.sh) $(units)
pages := $(wildcard man/*.[1-8])
shs   := $(wildcard t/*.sh t/perf/*.sh) $(shell grep -lsE '^\#!.*sh' hooks/* share/examples/* 2>/dev/null)

.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
.PHONY: fuzz-all all check lint install uninstall deps po pot demo perf kill fuzz dist clean \
	format format-check lint-c lint-sh lint-man lint-po lint-yaml data

all: $(cmds) $(mos) data

in_c = $(subst -,_,tk_command_$1)
$(parts:%=$B/cmd/%.o): part = -Dmain=$(call in_c,$(notdir $*)) -Wno-missing-prototypes
$B/%.o: %.c Makefile
	@mkdir -p $(@D) && echo "cc   $<"
	$Q$(CC) $(TK_CPPFLAGS) $(CPPFLAGS) $(TK_CFLAGS) $(part) $(CFLAGS) -MMD -MP -c -o $@ $<

$B/commands.c: Makefile $(wildcard cmd)
	@mkdir -p $(@D)
	$Q{ echo '#include "base/command.h"'; \
	for c in $(foreach c,$(parts),$(call in_c,$c)); do echo "int $$c(int argc, char **argv);"; done; \
	echo 'const struct tk_command tk_commands[] = {'; \
	for c in $(foreach c,$(parts),$c/$(call in_c,$c)); do echo "{ \"$${c%/*}\", $${c#*/} },"; done; \
	echo '{ 0, 0 } };'; } >$@
$B/commands.o: $B/commands.c
	$Q$(CC) $(TK_CPPFLAGS) $(CPPFLAGS) $(TK_CFLAGS) $(CFLAGS) -c -o $@ $<

$B/libtk.a: $(libs)
	@rm -f $@ && echo "ar   $@" && $(AR) rcs $@ $^

link = @mkdir -p $(@D) && echo "link $@" $(if $V,&& set -x) && $(CC) $(TK_CFLAGS) \
	$(CFLAGS) $(TK_LDFLAGS) $(LDFLAGS) $1 -o $@ $(filter %.o %.a,$^) $(or $2,$(TK_LDLIBS)) $(LDLIBS)

$B/bin/tk: $B/cmd/tk.o $(parts:%=$B/cmd/%.o) $B/commands.o $B/libtk.a
	$(if $(STATIC),$(call link,,$(static)) 2>$B/static.log || \
	{ echo "link without archives ($B/static.log)"; $(subst @mkdir,mkdir,$(link)); },$(link))
$(apart:%=$B/bin/tk-%): $B/bin/tk-%: $B/cmd/%.o $B/libtk.a
	$(link)
$(parts:%=$B/bin/tk-%): $B/bin/tk
	@ln -sf tk $@
$B/t/unit/%: $B/t/unit/%.o $B/libtk.a
	$(link)
$B/t/fuzz/fuzz-%: $B/t/fuzz/fuzz-%.o $B/t/fuzz/driver.o $B/libtk.a
	$(link)
$B/t/fuzz/libfuzzer-%: $B/t/fuzz/fuzz-%.o $B/libtk.a
	$(call link,-fsanitize=fuzzer)

$B/share/locale/%/LC_MESSAGES/tk.mo: share/po/%.po
	@mkdir -p $(@D)
	msgfmt -o $@ $<

data:
	@mkdir -p $B/share/tk && ln -sfnr $(data) $B/share/tk

-include $(shell find $B -name '*.d' 2>/dev/null)

check: all $(units) $(fuzz)
	TK_BUILD=$(abspath $B) prove -j$(JOBS) --timer $(if $T,$T,$(tests))

demo perf: all
	PATH="$(abspath $B)/bin:$$PATH" TK_BUILD=$(abspath $B) \
	sh $(if $(filter demo,$@),t/demo.sh,t/perf/run.sh)

# Hours, all of it; KILL='-c send -m kill' for some, see t/kill/kill.py.
kill: all
	TK_BUILD=$(abspath $B) python3 t/kill/kill.py $(KILL)

# The library is built with coverage hooks, only the target has fuzzer's main.
fuzz: $(if $(SAN),$B/t/fuzz/libfuzzer-$F)
ifndef SAN
	$(MAKE) SAN=fuzzer-no-link,address,undefined fuzz
else
	@mkdir -p $B/corpus/$F
	$B/t/fuzz/libfuzzer-$F -max_total_time=$(or $T,60) -timeout=10 \
	-artifact_prefix=$B/ $B/corpus/$F $(wildcard t/fuzz/corpus/$F)
endif
fuzz-all:
	@set -e; for f in $(patsubst t/fuzz/fuzz-%.c,%,$(wildcard t/fuzz/fuzz-*.c)); do \
	echo "fuzz $$f"; $(MAKE) --no-print-directory fuzz F=$$f T=$(or $T,60); done

lint: lint-c lint-sh lint-man lint-po lint-yaml
lint-c: $(csrc:%=$B/%.lint)
# Leaks are LeakSanitizer's; gcc 12 sees some where there are none. The whole
# search of clang's analyzer (NODES=225000) takes five times as long.
$B/%.c.lint: %.c .clang-tidy t/lint.h
	@mkdir -p $(@D) && echo "lint $<"
	$Qclang-tidy --quiet $(tidyflags) $< -- $(lintflags) -std=c11 >$@ 2>$@.err || { cat $@ $@.err; exit 1; }
	$Qgcc $(lintflags) $(TK_CFLAGS) -O1 -Werror -fanalyzer -Wno-analyzer-malloc-leak -c -o /dev/null $<
tidyflags = $(addprefix -extra-arg=-Xclang -extra-arg=,-analyzer-config max-nodes=$(or $(NODES),40000))
lintflags = $(TK_CPPFLAGS) $(if $(filter %base/err.c,$<),,-include t/lint.h)
lint-sh:
	shellcheck -s sh -S warning -e SC1090,SC1091,SC2034,SC2154 $(shs)
	shellcheck .ci/run share/completions/tk.bash
lint-man:
	mandoc -T lint -W warning $(pages)
lint-po: $(po:%=$B/%.lint)
$B/%.po.lint: %.po
	@mkdir -p $(@D)
	msgfmt -c --statistics -o /dev/null $<
	@touch $@
lint-yaml:
	yamllint -s -d '{extends: relaxed, rules: {line-length: disable}}' share

# The law of layout for .c files; headers keep their hand-made columns.
format format-check:
	clang-format $(if $(filter format,$@),-i,--dry-run -Werror) $(csrc) $(wildcard t/unit/*.c t/fuzz/*.c)

# New texts come untranslated into ru.po and uk.po: t/t0206-gettext.sh tells
# which. The English catalogue fills itself.
po: pot
	for f in $(po); do msgmerge --quiet --update --backup=none --no-fuzzy-matching $$f $B/tk.pot; done
	msgen -o share/po/en.po share/po/en.po
pot:
	@mkdir -p $B
	xgettext --from-code=UTF-8 -L C -k_ -kN_ -kngettext:1,2 --add-location=file \
	--package-name=tk --package-version=$(VERSION) -o $B/tk.pot $(sort $(csrc))

# Says what is missing and installs only that; never a second mail system, which
# would drive out the one that is there.
deps:
	@set -e; want='$(DEPS) $(if $(DEV),$(DEPS_DEV))'; miss=; \
	for p in $$want; do \
	if [ $$p = opensmtpd ] && [ -e /usr/sbin/sendmail ]; then continue; fi; \
	dpkg-query -W -f '$${Status}' $$p 2>/dev/null | \
	grep -q 'ok installed' || miss="$$miss $$p"; done; \
	if [ -z "$$miss" ]; then echo "deps: everything is installed"; exit; fi; \
	echo "deps: installing$$miss"; \
	if [ "$$(id -u)" = 0 ]; then as=; else as=sudo; fi; \
	$$as env DEBIAN_FRONTEND=noninteractive apt-get update -q; \
	$$as env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $$miss

prefix = $(DESTDIR)$(PREFIX)
compl  = share/bash-completion/completions
install: all
	install -d $(prefix)/bin $(prefix)/share/tk $(prefix)/$(compl)
	install $B/bin/tk $(apart:%=$B/bin/tk-%) $(prefix)/bin
	for c in $(parts); do ln -sf tk $(prefix)/bin/tk-$$c || exit; done
	cp -R $(data) $(prefix)/share/tk
	for m in $(mos:$B/%=%); do install -Dm644 $B/$$m $(prefix)/$$m || exit; done
	for p in $(pages:man/%=%); do install -Dm644 man/$$p $(prefix)/share/man/man$${p##*.}/$$p || exit; done
	install -m644 share/completions/tk.bash $(prefix)/$(compl)/tk
	for c in $(filter-out tk,$(notdir $(cmds))); do ln -sf tk $(prefix)/$(compl)/$$c; done

uninstall:
	rm -f $(cmds:$B/%=$(prefix)/%) $(mos:$B/%=$(prefix)/%) \
	$(patsubst $B/bin/%,$(prefix)/$(compl)/%,$(cmds))
	for p in $(pages:man/%=%); do rm -f $(prefix)/share/man/man$${p##*.}/$$p; done
	rm -rf $(prefix)/share/tk

dist:
	@mkdir -p $B
	git archive --prefix=tk-$(VERSION)/ -o $B/tk-$(VERSION).tar.gz HEAD

print-%:
	@echo '$($*)'

clean:
	rm -rf $B
