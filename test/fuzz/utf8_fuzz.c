/* Bytes that claim to be text: all ways of looking at them agree, and cleaning and folding settle after one step. */
#include "fuzz.h"

static void look(Str s)
{
    Str clean = utf8_clean(&arena, s), once = utf8_fold(&arena, s), twice = utf8_fold(&arena, once);
    ptrdiff_t count = 0;
    must(utf8_bad(clean) < 0, "cleaning leaves nothing ill");
    must(utf8_bad(s) >= 0 || clean.p == s.p, "cleaning touches nothing well");
    for (ptrdiff_t i = 0; i < s.n; count++) utf8_next(s, &i);
    must(count == utf8_count(s) && count == utf8_count(clean), "a byte or sequence counts one");
    must(utf8_bad(once) < 0 && str_eq(once, twice), "folding settles");
    must(str_eq(once, utf8_fold(&arena, clean)), "folding cleans");
    must(utf8_width(s) >= 0 && utf8_width(s) <= 2 * count, "a character is at most two columns wide");
    Date d, again;
    if (date_parse(s, &d)) {
        must(d.year > 0 && (d.day == 0 || date_is_valid(d)), "a date that is read is one");
        must(date_parse(date_iso(&arena, d), &again) && date_days(again) == date_days(d), "a date is read again");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > INPUT_MAX) return 0;
    arena_reset(&arena);
    arena.landing = &landing;
    if (setjmp(landing)) return 0;
    look((Str){(const char *)data, (ptrdiff_t)n});
    return 0;
}
