/* Any bytes as a file that holds others, behind the magic number that the target gives, as documents or (first
** byte) inspected.
**
** What must hold: no crash, an end, every failure a sentence with a place, every record valid, inspection well-formed JSON.
** PDF is left to pdftotext's own fuzzers: a process for each input would be slow.
*/
#ifndef TEST_FUZZ_CONTAINER_H
#define TEST_FUZZ_CONTAINER_H
#include "base/io.h"
#include "input/input.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena arena;
static jmp_buf landing;
static InputOptions how;

static inline void check_item(const Item *item)
{
    Record r;
    Err e = {0};
    assert(item->where.n > 0);
    if (item->kind == CONTENT_PDF) return;
    if (item->kind == CONTENT_INSPECTED) {
        Json *root;
        Str object = arena_printf(&arena, "{%.*s}", STR(item->bytes));
        if (!json_read(&arena, object, &root, &e)) abort();
        return;
    }
    if (!input_record(&arena, item, how, &r, &e)) {
        assert(e.code != ERR_NONE && strchr(e.text, ':'));
        return;
    }
    assert(r.text.n > 0 && r.sha256.n == 64 && r.id.n > 0 && utf8_bad(r.text) < 0);
    if (!record_valid(&r, &e)) {
        fprintf(stderr, "%s\n", e.text);
        abort();
    }
}

static inline void put(int fd, const void *p, size_t n)
{
    if (write(fd, p, n) != (ssize_t)n) abort();
}

static inline int fuzz_container(Str magic, const uint8_t *data, size_t size)
{
    if (size < 1 || size > 64 << 10) return 0;
    how = (InputOptions){.inspects = data[0] & 1};
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    if (fd < 0) abort();
    put(fd, magic.p, (size_t)magic.n);
    put(fd, data + 1, size - 1);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    const char *paths[] = {path};
    arena.landing = &landing;
    arena.budget = 1 << 30;
    if (setjmp(landing)) abort();
    Err e = {0};
    Inputs *in = input_open(paths, 1, how, &e);
    Item item;
    for (ItemState s; (s = input_next(in, &arena, &item, &e)) != ITEM_END; arena_reset(&arena), e = (Err){0}) {
        assert(s == ITEM_DOCUMENT || (e.code != ERR_NONE && item.where.n > 0));
        if (s == ITEM_DOCUMENT) check_item(&item);
    }
    input_close(in);
    close(fd);
    return 0;
}
#endif
