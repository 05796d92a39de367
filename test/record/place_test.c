/* place.c and when.c: bytes to code points and back on any bytes at all, and the many spellings of a date. */
#include "record/inside.h"
#include "test.h"

/* The defining count, one code point after the other. */
static int32_t slow_cp(Str text, int32_t byte)
{
    int32_t n = 0;
    for (ptrdiff_t i = 0; i < byte; n++) utf8_next(text, &i);
    return n;
}

static void test_text(Str text)
{
    Place place = place_of(&test_arena, text);
    bool agrees = true, returns = true;
    int32_t cp = 0;
    for (ptrdiff_t i = 0; i <= text.n; cp++) {
        agrees = agrees && place_cp(&place, (int32_t)i) == cp && slow_cp(text, (int32_t)i) == cp;
        returns = returns && place_byte(&place, cp) == (int32_t)i;
        if (i == text.n) break;
        utf8_next(text, &i);
    }
    check(agrees);
    check(returns);
    check(cp == utf8_count(text));
    check(place_byte(&place, cp + 1) == -1);
    check(place_byte(&place, -1) == -1);
}

static void test_random_bytes(void)
{
    static const char *const pieces[] = {"a", "ź", "…", "😀", "e\xCC\x81", "\x80", "\xC3", "\xE2\x80", "\xF0\x9F\x98",
                                         "\xFF", "\xED\xA0\x80", "\xC0\xAF", "\xF4\x90\x80\x80", " and then "};
    Rng rng = rng_seed(7);
    for (int round = 0; round < 300; round++) {
        Buf b = {.to = &test_arena};
        int n_kinds = round % 3 == 0 ? 1 : round % 3 == 1 ? 5 : (int)(sizeof pieces / sizeof *pieces);
        for (int n = rng_below(&rng, 150); n > 0; n--) buf_add(&b, str_of(pieces[rng_below(&rng, n_kinds)]));
        test_text(buf_str(&b));
        arena_reset(&test_arena);
    }
}

static void test_when(void)
{
    char line[512], iso[WHEN_MAX];
    FILE *cases = fopen("test/record/when.t", "r");
    if (!check(cases != NULL)) return;
    while (fgets(line, sizeof line, cases)) {
        char *bar = strstr(line, "| ");
        if (line[0] == '#' || !bar) continue;
        Str given = str_trim((Str){line, bar - line}), expected = str_trim(str_of(bar + 2));
        bool is_date = when_normal(given, iso);
        if (!check_str(is_date ? str_of(iso) : S("-"), expected)) printf("  of %.*s\n", STR(given));
        if (is_date) check(when_holds(str_of(iso)));
    }
    fclose(cases);
}

static void test_timex(void)
{
    static const char *const good[] = {"2025-H1", "2025-W07", "2025-W07-3", "2025-W53-WE", "2025-SP", "2025-WI",
                                       "2025-Q4", "2025-03-18TMO", "2025-03-18TNI", "2025-03-18T09", "2025-03-18T24"};
    static const char *const bad[] = {"", "P3W", "2025-W00", "2025-W54", "2025-W07-8", "2025-Q5", "2025-QQ",
                                      "PRESENT_REF", "2025-02-30TMO", "2025-03-18TXX", "2025-03-18T25", "2025-", "202",
                                      "18 March 2025", "2025-03-18 09:30"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!check(when_holds(str_of(good[i])))) printf("  %s\n", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (!check(!when_holds(str_of(bad[i])))) printf("  %s\n", bad[i]);
}

int main(void)
{
    TEST_BEGIN
    test_text(S(""));
    test_text(S("plain"));
    test_text(S("Łódź agreed."));
    test_random_bytes();
    test_when();
    test_timex();
    return test_end();
}
