/* Any bytes as a text: cleaned, its language told, cut into sentences and words. The first byte chooses the way.
**
** What must hold: the record is valid after every step; a given text does not change by a byte; the words cover every
** character of their sentence that is no blank; the same text gives the same marks twice; there is always a body.
*/
#include "text/text.h"
#include "text/inside.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena arena;
static jmp_buf landing;

static void check_valid(Record *r)
{
    Err e = {0};
    if (record_valid(r, &e)) return;
    fprintf(stderr, "%s\n", e.text);
    abort();
}

static void check_cover(const Record *r)
{
    int32_t token = 0;
    for (int32_t s = 0; s < r->sentences.n; s++) {
        for (int32_t i = r->sentences.v[s].begin; i < r->sentences.v[s].end;) {
            int size;
            bool blank = char_is_blank_at(r->text, i, &size);
            while (token < r->tokens.n && r->tokens.v[token].span.end <= i) token++;
            bool covered = token < r->tokens.n && r->tokens.v[token].span.begin <= i && r->tokens.v[token].sent == s;
            assert(blank || covered);
            i += size;
        }
    }
}

static void read_text(Record *r, Str text, bool given, TextOptions how)
{
    record_blank(r);
    r->id = S("x");
    r->sha256 = S("0123456789012345678901234567890123456789012345678901234567890123");
    r->text = text;
    r->text_is_given = given;
    text_clean(&arena, r);
    check_valid(r);
    text_language(r);
    text_sentences(&arena, r, how);
    check_valid(r);
    text_tokens(&arena, r);
    check_valid(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 64 << 10) return 0;
    arena.budget = (ptrdiff_t)256 << 20;
    arena.landing = &landing;
    if (setjmp(landing)) { arena_reset(&arena); return 0; }
    arena_reset(&arena);
    Buf b = {.to = &arena};                              /* as it arrives: well-formed, without zeros */
    for (size_t i = 1; i < size; i++) buf_char(&b, data[i] ? (char)data[i] : ' ');
    Str text = utf8_clean(&arena, buf_str(&b)), copy = arena_str(&arena, text);
    bool given = data[0] & 1;
    Record r, again;
    read_text(&r, text, given, (TextOptions){data[0] & 2});
    read_text(&again, copy, given, (TextOptions){data[0] & 2});
    assert(str_eq(text, copy));                          /* what came in is only read */
    if (given) assert(str_eq(r.text, text));
    assert(str_eq(r.text, again.text) && r.boilerplate.n == again.boilerplate.n && r.tokens.n == again.tokens.n);
    assert(r.paragraphs.n == 0 || text_body(&arena, &r).n > 0);
    check_cover(&r);
    return 0;
}
