/* Any bytes through text and reading: the record stays valid, and reading the same again says the same.
**
** The first byte chooses whether the text is given as it stands and whether a day of publication is known.
*/
#include "reading/reading.h"
#include "text/text.h"

#include <stdlib.h>

static Arena arena = {.budget = 256 << 20};
static jmp_buf landing;

static uint64_t read_once(Str text, bool is_given, bool is_dated)
{
    Record *r = arena_new(&arena, Record, 1);
    record_blank(r);
    Buf b = {.to = &arena};                    /* the input stage lets no zero and no ill byte through */
    for (ptrdiff_t i = 0; i < text.n; i++) buf_char(&b, text.p[i] ? text.p[i] : ' ');
    r->text = utf8_clean(&arena, buf_str(&b));
    r->text_is_given = is_given;
    if (is_dated) {
        r->published = S("2025-03-18");
        r->published_how = PUBLISHED_RECEIVED;
    }
    text_clean(&arena, r);
    text_language(r);
    text_sentences(&arena, r, (TextOptions){0});
    text_tokens(&arena, r);
    reading_times(&arena, r);
    reading_published(&arena, r);
    reading_names(&arena, r);
    reading_quotes(&arena, r);
    if (!record_valid(r, NULL)) abort();
    for (int32_t i = 0; i < r->statements.n; i++)
        if (r->statements.v[i].cue.n == 0 || r->statements.v[i].content.n == 0) abort();
    Buf json = {.to = &arena};
    record_json(r, false, &json);
    return hash64(buf_str(&json));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 65536) return 0;
    arena.landing = &landing;
    arena_reset(&arena);
    if (setjmp(landing)) return 0;
    Str text = {(const char *)data + 1, (ptrdiff_t)size - 1};
    uint64_t one = read_once(text, data[0] & 1, data[0] & 2);
    if (one != read_once(text, data[0] & 1, data[0] & 2)) abort();
    return 0;
}
