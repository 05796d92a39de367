/* Any bytes as a page: read or refused with a sentence; what is read is a valid text, the same twice. The first byte
** chooses the charset.
*/
#include "input/page.h"
#include "fuzz.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const Str charsets[] = {{0}, {"windows-1251", 12}, {"shift_jis", 9}, {"utf-8", 5}};
    if (n < 1 || n > INPUT_MAX) return 0;
    arena_reset(&arena);
    arena.budget = (ptrdiff_t)512 << 20;                 /* whatever is in 64 KiB, that is enough: a landing is a fault */
    arena.landing = &landing;
    if (setjmp(landing)) abort();
    Str page = {(const char *)data + 1, (ptrdiff_t)n - 1};
    Record one, two;
    Err e = {0};
    record_blank(&one);
    record_blank(&two);
    bool is_read = page_record(&arena, page, charsets[data[0] & 3], (Str){0}, &one, &e);
    must(is_read || e.text[0], "a refusal has its reason");
    must(page_record(&arena, page, charsets[data[0] & 3], (Str){0}, &two, &e) == is_read,
         "the second reading is the first");
    if (!is_read) return 0;
    must(one.text.n > 0 && utf8_bad(one.text) < 0 && !memchr(one.text.p, 0, (size_t)one.text.n),
         "a text is well-formed");
    must(str_eq(one.text, two.text) && str_eq(one.title, two.title) && str_eq(one.published, two.published),
         "the second reading says the same");
    must(utf8_bad(one.title) < 0 && utf8_bad(one.author) < 0 && utf8_bad(one.publisher) < 0, "metadata is well-formed");
    one.sha256 = S("0000000000000000000000000000000000000000000000000000000000000000");
    one.id = S("x");
    must(record_valid(&one, &e), e.text);
    return 0;
}
