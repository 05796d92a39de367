# demarche: make demo and make check are all that a newcomer needs; each installs what it lacks first.
#   make            build/demarche, build/libdemarche.a, build/libdemarche.so
#   make B=DIR      the same into another folder
B       ?= build
CC      ?= gcc
VERSION := 0.1.0
PREFIX  ?= /usr/local
OPT     ?= -O2 -g
WARN    := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wno-missing-field-initializers
CFLAGS  += -std=c11 -D_GNU_SOURCE $(OPT) $(WARN) -fPIC -fvisibility=hidden -ffp-contract=off -fno-strict-aliasing $(SAN)
CPPFLAGS += -Isrc -Iinclude -I$(B)/gen -DDEMARCHE_VERSION='"$(VERSION)"'
LDLIBS  += -lsqlite3 -lutf8proc -lz -lmd -lpthread -lm

TABLES  := $(wildcard data/*/*.tab)
GEN     := $(foreach t,$(TABLES),$(B)/gen/$(basename $(notdir $t)).c) $(B)/gen/schema.c
SRC     := $(filter-out src/faces/cli/main.c,$(wildcard src/*/*.c src/faces/*/*.c))
OBJ     := $(SRC:%.c=$(B)/obj/%.o) $(GEN:$(B)/%.c=$(B)/obj/%.o)
TESTS   := $(patsubst test/%.c,$(B)/test/%,$(wildcard test/*/*_test.c))

all: $(B)/demarche $(B)/libdemarche.a $(B)/libdemarche.so

# ---- tables and the schema become C -----------------------------------------------------------------------
$(B)/tools/tabc: tools/tabc.c src/base/table.c src/base/base.h src/base/table.h $(wildcard src/base/*.c)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ tools/tabc.c $(wildcard src/base/*.c) -lutf8proc -lmd -lpthread -lm
define TABLE_RULE
$(B)/gen/$(basename $(notdir $1)).c: $1 $(B)/tools/tabc
	@mkdir -p $$(@D)
	$(B)/tools/tabc $1 $$(basename $$@)
endef
$(foreach t,$(TABLES),$(eval $(call TABLE_RULE,$t)))
$(B)/tools/embed: tools/embed.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $<
$(B)/gen/schema.c: src/ledger/schema.sql $(B)/tools/embed
	@mkdir -p $(@D)
	$(B)/tools/embed schema_sql $< > $@

# ---- objects, program, libraries --------------------------------------------------------------------------
$(OBJ): | $(GEN)
$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(B)/obj/gen/%.o: $(B)/gen/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(B)/internal.a: $(OBJ)
	@rm -f $@; ar rcs $@ $^
$(B)/demarche: $(B)/obj/src/faces/cli/main.o $(B)/internal.a
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)
$(B)/libdemarche.so: $(OBJ)
	$(CC) $(CFLAGS) -shared -Wl,-soname,libdemarche.so.0 -o $@ $^ $(LDLIBS)
$(B)/libdemarche.a: $(OBJ)
	ld -r -o $(B)/libdemarche.o $^
	objcopy --wildcard --keep-global-symbol='dm_*' $(B)/libdemarche.o
	@rm -f $@; ar rcs $@ $(B)/libdemarche.o

# ---- tests: every test/FOLDER/NAME_test.c is a program that ends with "N passed, N failed" -----------------
$(B)/test/%: test/%.c test/test.h $(B)/internal.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itest $(CFLAGS) -o $@ $< $(B)/internal.a $(LDLIBS)
tests: $(TESTS)

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)
.PHONY: all tests
.SECONDARY:
