# demarche: make demo and make check are all that a newcomer needs; each installs what it lacks first.
#   make            build/demarche, build/libdemarche.a, build/libdemarche.so
#   make B=DIR      the same into another folder
B       ?= build
CC      ?= gcc
VERSION := 0.1.0
PREFIX  ?= /usr/local
OPT     ?= -O3 -g
WARN    := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wno-missing-field-initializers
CFLAGS  += -std=c11 -D_GNU_SOURCE $(OPT) $(WARN) -fPIC -fvisibility=hidden -ffp-contract=off -fno-strict-aliasing $(SAN)
CPPFLAGS += -Isrc -Iinclude -I$(B)/gen -I/usr/include/libxml2 -DDEMARCHE_VERSION='"$(VERSION)"'
# Expanded at each use, so that it is right in the very run that installs GMime.
CPPFLAGS += $(shell pkg-config --cflags-only-I gmime-3.0 2>/dev/null)
LDLIBS  += -lgmp -lgmime-3.0 -lgobject-2.0 -lglib-2.0 -lsqlite3 -lxml2 -lutf8proc -larchive -lbrotlidec -lz -lnettle -lpthread -lm

TABLES  := $(wildcard data/*/*.tab)
GEN     := $(foreach t,$(TABLES),$(B)/gen/$(basename $(notdir $t)).c) $(B)/gen/schema.c $(B)/gen/article_forest.c \
           $(B)/gen/sentence_en.c $(B)/gen/actors_image.c $(B)/gen/coref_en.c
ACTORS  := $(wildcard data/actors/*.actors)
SRC     := $(filter-out src/faces/cli/main.c src/model/shipped.c,$(wildcard src/*/*.c src/faces/*/*.c))
OBJ     := $(SRC:%.c=$(B)/obj/%.o) $(GEN:$(B)/%.c=$(B)/obj/%.o)
# The shipped models: within the program and the libraries; tests and tools map the file (test/shipped.c) instead.
SHIPPED := $(B)/obj/src/model/shipped.o
MAPPED  := $(B)/obj/test/shipped.o
TESTS   := $(patsubst test/%.c,$(B)/test/%,$(wildcard test/*/*_test.c))

NEED    ?= tools/need
BUILD_DEBS := gcc libc6-dev binutils libsqlite3-dev libutf8proc-dev libxml2-dev zlib1g-dev pkg-config libarchive-dev libbrotli-dev libgmime-3.0-dev nettle-dev libgmp-dev
CHECK_DEBS := poppler-utils qpdf zip sqlite3 mandoc bash util-linux
EVAL_DEBS  := python3 xz-utils
BENCH_DEBS := hyperfine xz-utils sqlite3
FUZZ_DEBS  := clang libclang-rt-dev

# Short lines unless V=1.
ifeq ($(V),)
say = @printf '  %-6s %s\n' '$1' '$@';
else
say =
endif

all: $(B)/demarche $(B)/libdemarche.a $(B)/libdemarche.so $(B)/man/demarche.1 $(B)/demarche.pc

$(B)/.need: tools/need Makefile
	@mkdir -p $(@D)
	@$(NEED) $(BUILD_DEBS)
	@touch $@

# ---- tables and the schema become C -----------------------------------------------------------------------
$(B)/tools/tabc $(B)/tools/embed: | $(B)/.need
$(B)/tools/tabc: tools/tabc.c src/base/table.c src/base/base.h src/base/table.h $(wildcard src/base/*.c)
	@mkdir -p $(@D)
	$(call say,build)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ tools/tabc.c $(wildcard src/base/*.c) -lutf8proc -lnettle -lpthread -lm
define TABLE_RULE
$(B)/gen/$(basename $(notdir $1)).c: $1 $(B)/tools/tabc
	@mkdir -p $$(@D)
	$(B)/tools/tabc $1 $$(basename $$@)
endef
$(foreach t,$(TABLES),$(eval $(call TABLE_RULE,$t)))
$(B)/tools/embed: tools/embed.c
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $<
$(B)/gen/schema.c: src/ledger/schema.sql $(B)/tools/embed
	@mkdir -p $(@D)
	$(B)/tools/embed schema_sql $< > $@
$(B)/gen/article_forest.c: models/article.forest $(B)/tools/embed
	@mkdir -p $(@D)
	$(B)/tools/embed article_forest $< > $@
$(B)/gen/sentence_en.c: models/sentence.en $(B)/tools/embed
	@mkdir -p $(@D)
	$(B)/tools/embed sentence_en $< > $@

# The table of actors, by the parser that reads a user's files (the image lies beside the C that includes it).
ACTORC  := tools/actorc.c $(foreach n,form file office check pack,src/reading/actor_$n.c)
$(B)/tools/actorc: $(ACTORC) src/reading/actor_inside.h src/reading/actors.h $(B)/gen/codes.c $(B)/gen/offices.c $(wildcard src/base/*.c)
	@mkdir -p $(@D)
	$(call say,build)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $(ACTORC) $(B)/gen/codes.c $(B)/gen/offices.c $(wildcard src/base/*.c) -lutf8proc -lnettle -lpthread -lm
$(B)/gen/actors_image.c: $(ACTORS) $(B)/tools/actorc $(wildcard data/actors)
	@mkdir -p $(@D)
	$(B)/tools/actorc $(B)/gen/actors.img $@ $(ACTORS)
$(B)/gen/coref_en.c: models/coref.en $(B)/tools/embed
	@mkdir -p $(@D)
	$(B)/tools/embed coref_en $< > $@

# ---- objects, program, libraries --------------------------------------------------------------------------
$(B)/.flags: FORCE | $(B)/.need
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(CFLAGS)' > $@
$(SHIPPED): models $(wildcard models/*.dm models/statements.en)
$(OBJ) $(SHIPPED) $(MAPPED) $(B)/obj/src/faces/cli/main.o: $(B)/.flags | $(GEN) $(B)/.need
$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(call say,cc)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(B)/obj/gen/%.o: $(B)/gen/%.c
	@mkdir -p $(@D)
	$(call say,cc)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(B)/internal.a: $(OBJ) $(MAPPED)
	@rm -f $@; ar rcs $@ $^
$(B)/demarche: $(B)/obj/src/faces/cli/main.o $(SHIPPED) $(B)/internal.a
	$(call say,link)$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)
$(B)/libdemarche.so: $(OBJ) $(SHIPPED)
	$(call say,link)$(CC) $(CFLAGS) -shared -Wl,-soname,libdemarche.so.0 -o $@ $^ $(LDLIBS)
$(B)/libdemarche.a: $(OBJ) $(SHIPPED)
	$(call say,ar)ld -r -o $(B)/libdemarche.o $^
	@objcopy --wildcard --keep-global-symbol='dm_*' $(B)/libdemarche.o
	@rm -f $@; ar rcs $@ $(B)/libdemarche.o

# ---- manual pages, completions, pkg-config: from the one table of commands ----------------------------------
$(B)/man/demarche.1: $(B)/demarche
	@mkdir -p $(B)/man $(B)/completion
	@$(B)/demarche help --man > $@
	@for c in $$($(B)/demarche help --names); do $(B)/demarche help --man $$c > $(B)/man/demarche-$$c.1; done
	@for s in bash zsh fish; do $(B)/demarche help --completion $$s > $(B)/completion/$$s; done
$(B)/demarche.pc: tools/demarche.pc.in Makefile
	@sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBS@|$(LDLIBS)|' $< > $@

install: all
	install -D -m 755 $(B)/demarche $(DESTDIR)$(PREFIX)/bin/demarche
	install -D -m 644 include/demarche.h $(DESTDIR)$(PREFIX)/include/demarche.h
	install -D -m 644 $(B)/libdemarche.a $(DESTDIR)$(PREFIX)/lib/libdemarche.a
	install -D -m 755 $(B)/libdemarche.so $(DESTDIR)$(PREFIX)/lib/libdemarche.so.0
	ln -sf libdemarche.so.0 $(DESTDIR)$(PREFIX)/lib/libdemarche.so
	install -D -m 644 $(B)/demarche.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/demarche.pc
	for m in $(B)/man/*.1; do install -D -m 644 $$m $(DESTDIR)$(PREFIX)/share/man/man1/$$(basename $$m); done
	install -D -m 644 $(B)/completion/bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/demarche
	install -D -m 644 $(B)/completion/zsh $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_demarche
	install -D -m 644 $(B)/completion/fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/demarche.fish

# ---- the main job, shown -----------------------------------------------------------------------------------
INPUT ?= examples/chronicle
demo: all
	@rm -f $(B)/demo.db $(B)/demo.db-*
	$(B)/demarche add --ledger $(B)/demo.db $(INPUT)
	@$(B)/demarche brief --ledger $(B)/demo.db

$(B)/tools/genledger: tools/genledger.c $(B)/internal.a
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(B)/internal.a $(LDLIBS)

# ---- tests: every test/FOLDER/NAME_test.c is a program that ends with "N passed, N failed" -----------------
$(B)/test/%: test/%.c test/test.h $(B)/internal.a
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(CPPFLAGS) -Itest $(CFLAGS) -O1 -o $@ $< $(B)/internal.a $(LDLIBS)
tests: $(TESTS) $(B)/train/language

# Both builds at once and a test a core, unless make was told how many jobs there may be.
ASAN := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CORES := $(shell nproc)
check:
	@$(NEED) $(BUILD_DEBS) $(CHECK_DEBS)
	@$(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(CORES)) all tests tests-asan
	@test/check $(B) $(B)-asan $(CORES)
tests-asan:
	@$(MAKE) --no-print-directory B=$(B)-asan OPT='-O1 -g1' SAN='$(ASAN)' $(B)-asan/demarche tests fuzz-seeds
layers:
	@tools/layers

# ---- fuzzing: each test/fuzz/NAME_fuzz.c; in check the seeds alone, through a plain driver ------------------
FUZZ := $(patsubst test/fuzz/%_fuzz.c,%,$(wildcard test/fuzz/*_fuzz.c))
fuzz-seeds: $(FUZZ:%=$(B)/fuzz/%)
FUZZ_WITH_conllu := train/common/conllu.c                # what a target needs beside the library
$(B)/fuzz/conllu: train/common/conllu.c
$(B)/fuzz/conllu fuzz-conllu: private CPPFLAGS += -I.
$(B)/fuzz/%: test/fuzz/%_fuzz.c test/fuzz/driver.c $(B)/internal.a
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< test/fuzz/driver.c $(FUZZ_WITH_$*) $(B)/internal.a $(LDLIBS)
FUZZ_SECONDS ?= 60
fuzz: $(FUZZ:%=fuzz-%)
fuzz-%: all
	@$(NEED) $(FUZZ_DEBS)
	@$(MAKE) --no-print-directory B=$(B)-fuzz CC=clang OPT='-O1 -g' \
	    SAN='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined' WARN= $(B)-fuzz/internal.a
	clang -std=c11 -D_GNU_SOURCE $(CPPFLAGS:-I$(B)/gen=-I$(B)-fuzz/gen) -O1 -g -fsanitize=fuzzer,address,undefined \
	    -o $(B)-fuzz/fuzz-$* test/fuzz/$*_fuzz.c $(FUZZ_WITH_$*) $(B)-fuzz/internal.a $(LDLIBS)
	@mkdir -p $(B)-fuzz/corpus/$*
	$(B)-fuzz/fuzz-$* -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=4096 \
	    -artifact_prefix=$(B)-fuzz/ $(B)-fuzz/corpus/$* $(wildcard test/fuzz/seeds/$*)

# ---- measuring: bench/NAME.sh and bench/eval/NAME.sh print a line for bench/RESULTS.md -----------------------
EVALS := $(patsubst bench/eval/%.sh,%,$(wildcard bench/eval/*.sh))
eval: $(EVALS:%=eval-%)
eval-%: all
	@$(NEED) $(EVAL_DEBS)
	@bench/eval/$*.sh $(B)
BENCHES := $(patsubst bench/%.sh,%,$(wildcard bench/*.sh))
bench: $(BENCHES:%=bench-%)
bench-%: all
	@$(NEED) $(BENCH_DEBS)
	@bench/$*.sh $(B)

$(B)/bench/%: bench/%.c $(B)/internal.a
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(B)/internal.a $(LDLIBS)
# ---- training (developers): one command writes models/en.dm from the data beside the project: the tables of the linear core (lemmas,
# ---- facts of names), then the network (some 40 minutes of one core with AMX), then its last weights and the tables in one file --
TRAIN_OBJ := $(patsubst %.c,$(B)/obj/%.o,$(filter-out train/language/main.c,$(wildcard train/common/*.c train/language/*.c)))
TRAIN_DATA ?= ../shared/data
$(B)/obj/train/%.o: private CPPFLAGS += -I.
$(TRAIN_OBJ) $(B)/obj/train/language/main.o: $(B)/.flags | $(GEN) $(B)/.need
$(B)/train.a: $(TRAIN_OBJ)
	@rm -f $@; ar rcs $@ $^
$(B)/train/language: $(B)/obj/train/language/main.o $(B)/train.a $(B)/internal.a
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)
train-en: $(B)/train/linear.dm $(B)/train/student.dm $(B)/train/neural_export
	$(B)/train/neural_export --in $(B)/train/student.dm.state --sets train/en.sets --data $(TRAIN_DATA) --with $(B)/train/linear.dm --out models/en.dm
$(B)/train/linear.dm: $(B)/train/language train/en.sets
	@mkdir -p $(B)/train/cache
	nice -n 10 $(B)/train/language --sets train/en.sets --data $(TRAIN_DATA) --cache $(B)/train/cache --out $@ $(TRAIN_WITH)
$(B)/train/student.dm: | $(B)/train/neural
	nice -n 10 $(B)/train/neural --sets train/en.sets --data $(TRAIN_DATA) --out $@
$(B)/test/train/%: private CPPFLAGS += -I.
$(B)/test/train/%: test/train/%.c test/test.h $(B)/train.a $(B)/internal.a
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(CPPFLAGS) -Itest $(CFLAGS) -O1 -o $@ $< $(B)/train.a $(B)/internal.a $(LDLIBS)
# The neural trainer runs for hours: it is compiled for the machine it runs on.
NEURAL_EXPORT := train/neural/export.c train/neural/export_bytes.c
NEURAL_TRAIN := $(filter-out $(NEURAL_EXPORT),$(wildcard train/neural/*.c))
NEURAL_CC = $(call say,link)$(CC) $(CPPFLAGS) -I. $(CFLAGS) -O3 -march=native -ffp-contract=fast -fno-math-errno
$(B)/train/neural: $(NEURAL_TRAIN) train/neural/neural.h $(B)/train.a $(B)/internal.a
	@mkdir -p $(@D)
	$(NEURAL_CC) -o $@ $(NEURAL_TRAIN) $(B)/train.a $(B)/internal.a $(LDLIBS)
$(B)/train/neural_export: $(NEURAL_TRAIN) $(NEURAL_EXPORT) train/neural/neural.h train/neural/export.h $(B)/train.a $(B)/internal.a
	@mkdir -p $(@D)
	$(NEURAL_CC) -o $@ $(filter-out train/neural/main.c,$(NEURAL_TRAIN)) $(NEURAL_EXPORT) $(B)/train.a $(B)/internal.a $(LDLIBS)
# models/statements.en: half a dozen minutes of one core, most of it twice: once with articles kept aside, once with all.
STATEMENTS_TRAIN := $(wildcard train/statements/*.c)
$(B)/train/statements: $(STATEMENTS_TRAIN) $(wildcard train/statements/*.h) $(B)/train.a $(B)/internal.a
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(CPPFLAGS) -I. $(CFLAGS) -march=native -o $@ $(STATEMENTS_TRAIN) $(B)/train.a $(B)/internal.a $(LDLIBS)
train-statements: $(B)/train/statements
	nice -n 10 $(B)/train/statements --data $(TRAIN_DATA)/attribution/train.jsonl \
	    --vectors $(TRAIN_DATA)/emb/glove6b-100d-150k.int8.xz --words $(TRAIN_DATA)/emb/glove6b-150k.words.txt.xz --out models/statements.en
$(B)/train/%: train/%.c $(B)/internal.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -O3 -o $@ $< $(B)/internal.a $(LDLIBS)

# Coreference: models/coref.en from OntoGUM (train/coref/train.c); a minute of one core. It rests on models/en.dm: made anew after that.
COREF_GOLD ?= $(TRAIN_DATA)/coref/ontogum_train.jsonl
train-coref: $(B)/train/coref/train
	nice -n 10 $(B)/train/coref/train models/coref.en $(COREF_GOLD)
$(B)/train/coref/train: train/coref/train.c $(B)/internal.a
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(B)/internal.a $(LDLIBS)

clean:
	rm -rf $(B) $(B)-asan $(B)-fuzz

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)
.PHONY: train-en train-coref train-statements FORCE all tests tests-asan check layers demo eval bench fuzz fuzz-seeds install clean
.SECONDARY:
