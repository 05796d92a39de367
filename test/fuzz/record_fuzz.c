/* Any bytes as a record: refused with a sentence, or valid, and then the same line however often it goes round. */
#include "record/record.h"
#include <stdlib.h>

static Arena arena;
static jmp_buf landing;

static bool read_line(Str bytes, bool with_parts, Record *r)
{
    Err e = {0};
    Json *object;
    if (json_read(&arena, bytes, &object, &e) && record_of_json(&arena, object, with_parts, r, &e)) return true;
    if (e.code == ERR_NONE || e.text[0] == 0) abort();          /* refused without a word */
    return false;
}

static Str line_of(const Record *r)
{
    Buf b = {.to = &arena};
    record_json(r, true, &b);
    return buf_str(&b);
}

/* Were all of them known, what is left must be a record still. */
static void mark_all_passages(Record r)
{
    Err e = {0};
    Map known = {.to = &arena};
    Passages passages = record_passages(&arena, &r);
    for (int32_t i = 0; i < passages.n; i++) *map_at(&known, passages.v[i].key) = 1;
    r.tokens = (Tokens){0};
    if (!record_valid(&r, &e)) return;                          /* something leans on its tokens */
    record_mark_known(&arena, &r, &known);
    if (!record_valid(&r, &e)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena.landing = &landing;
    if (size > 1 << 20) return 0;
    if (setjmp(landing) == 0) {
        Record r;
        Err e = {0};
        Str bytes = {(const char *)data, (ptrdiff_t)size};
        read_line(bytes, false, &r);
        if (read_line(bytes, true, &r)) {
            mark_all_passages(r);
            Str line = line_of(&r);
            if (!record_valid(&r, &e) || !read_line(line, true, &r) || !str_eq(line_of(&r), line)) abort();
        }
    }
    arena_reset(&arena);
    return 0;
}
