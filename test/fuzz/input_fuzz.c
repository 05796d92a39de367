/* Any bytes as a file: cut into items, and each item made a record. The first byte chooses the options.
**
** What must hold: no crash, an end, every item or failure with a place, every record with text, sha256 and id, and
** valid; every failure with a sentence.
*/
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

static void check_item(const Item *item, InputOptions how)
{
    Record r;
    Err e = {0};
    assert(item->where.n > 0);
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 64 << 10) return 0;
    static InputOptions how;                             /* static: it outlives a landing */
    how = (InputOptions){.as_is = data[0] & 1, .records = data[0] & 2};
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data + 1, size - 1) != (ssize_t)(size - 1)) abort();
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    const char *paths[] = {path};
    arena.landing = &landing;
    arena.budget = 64 << 20;
    if (setjmp(landing)) abort();                        /* 64 KiB of input never need that much */
    Err e = {0};
    Inputs *in = input_open(paths, 1, how, &e);
    Item item;
    for (ItemState s; (s = input_next(in, &arena, &item, &e)) != ITEM_END; arena_reset(&arena)) {
        assert(s == ITEM_DOCUMENT || (e.code != ERR_NONE && item.where.n > 0));
        if (s == ITEM_DOCUMENT) check_item(&item, how);
    }
    assert(input_bytes_done(in) == input_bytes_total(in) && input_files_done(in) == 1);
    input_close(in);
    close(fd);
    return 0;
}
