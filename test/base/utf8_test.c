/* UTF-8: what is well-formed, byte for byte against a plain decoder; what Unicode knows; folding. */
#include "test.h"

/* ---- well-formedness: Unicode table 3-7 and its neighbours --------------------------------------------------- */

static const struct { Str bytes; ptrdiff_t bad; } forms[] = {
    {{"", 0}, -1}, {{"a", 1}, -1}, {{"\0", 1}, -1}, {{"\x7F", 1}, -1},
    {{"\xC2\x80", 2}, -1}, {{"\xDF\xBF", 2}, -1}, {{"\xE0\xA0\x80", 3}, -1}, {{"\xED\x9F\xBF", 3}, -1},
    {{"\xEE\x80\x80", 3}, -1}, {{"\xEF\xBF\xBF", 3}, -1}, {{"\xF0\x90\x80\x80", 4}, -1}, {{"\xF4\x8F\xBF\xBF", 4}, -1},
    {{"\xC0\x80", 2}, 0}, {{"\xC1\xBF", 2}, 0}, {{"\xE0\x80\x80", 3}, 0}, {{"\xE0\x9F\xBF", 3}, 0},  /* overlong */
    {{"\xF0\x80\x80\x80", 4}, 0}, {{"\xF0\x8F\xBF\xBF", 4}, 0},
    {{"\xED\xA0\x80", 3}, 0}, {{"\xED\xBF\xBF", 3}, 0},  /* surrogates */
    {{"\xF4\x90\x80\x80", 4}, 0}, {{"\xF5\x80\x80\x80", 4}, 0}, {{"\xFF", 1}, 0}, {{"\xFE", 1}, 0},  /* too high */
    {{"\x80", 1}, 0}, {{"\xBF", 1}, 0}, {{"ab\x80", 3}, 2},                                                /* alone */
    {{"\xC3", 1}, 0}, {{"\xE2\x82", 2}, 0}, {{"\xF0\x9F\x98", 3}, 0}, {{"a\xE2", 2}, 1},                   /* cut off */
    {{"\xC3(", 2}, 0}, {{"\xE2(\xA1", 3}, 0}, {{"\xE2\x82(", 3}, 0}, {{"\xF0\x9F\x98(", 4}, 0},
    {{"0123456789abcdef\xC3\xA9ghijklmn\xC3", 27}, 26},
};

static void table_of_forms(void)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (!check(utf8_bad(forms[i].bytes) == forms[i].bad)) printf("  in row %zu\n", i);
        Str clean = utf8_clean(&test_arena, forms[i].bytes);
        check(utf8_bad(clean) < 0);
        check(utf8_count(clean) == utf8_count(forms[i].bytes));
        if (forms[i].bad < 0) check(clean.p == forms[i].bytes.p && clean.n == forms[i].bytes.n);
    }
    check_str(utf8_clean(&test_arena, S("a\xFF" "b\xE2\x82")), S("a\xEF\xBF\xBD" "b\xEF\xBF\xBD\xEF\xBF\xBD"));
}

static int encode(int32_t cp, char *to)                   /* without any judgement: the definition's arithmetic */
{
    if (cp < 0x80) return to[0] = (char)cp, 1;
    int n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    static const int head[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (int i = n - 1; i > 0; i--, cp >>= 6) to[i] = (char)(0x80 | (cp & 0x3F));
    to[0] = (char)(head[n] | cp);
    return n;
}

static void every_code_point(void)
{
    int wrong = 0;
    for (int32_t cp = 0; cp < 0x110000; cp++) {
        char bytes[4];
        Str s = {bytes, encode(cp, bytes)};
        ptrdiff_t i = 0;
        bool is_surrogate = cp >= 0xD800 && cp <= 0xDFFF;
        int32_t got = utf8_next(s, &i);
        if (is_surrogate ? got != 0xFFFD || i != 1 || utf8_bad(s) != 0 : got != cp || i != s.n || utf8_bad(s) != -1)
            wrong++;
        if (!is_surrogate && utf8_count(s) != 1) wrong++;
    }
    check(wrong == 0);
}

/* The fast ways agree with utf8_next on random bytes at all alignments. */
static void fast_ways_agree(void)
{
    Rng r = rng_seed(1);
    int wrong = 0;
    for (int round = 0; round < 20000; round++) {
        char bytes[80];
        Str s = {bytes + rng_below(&r, 8), rng_below(&r, 70)};
        int kind = rng_below(&r, 3);
        for (int i = 0; i < 80; i++)
            bytes[i] = (char)(kind == 0 || rng_below(&r, 12) ? 'a' + rng_below(&r, 26) : 0x80 + rng_below(&r, 128));
        if (kind == 2) memcpy(bytes + 20, "\xF0\x9F\x98\x80\xC3\xA9\xE2\x82\xAC", 9);
        ptrdiff_t count = 0, bad = -1;
        for (ptrdiff_t i = 0, at = 0; i < s.n; at = i, count++)
            if (utf8_next(s, &i) == 0xFFFD && bad < 0) bad = at;
        wrong += utf8_count(s) != count || utf8_bad(s) != bad;
    }
    check(wrong == 0);
}

/* ---- kinds, widths ------------------------------------------------------------------------------------------- */

static void kinds(void)
{
    check(utf8_is_upper('A') && !utf8_is_upper('a') && !utf8_is_upper('1'));
    check(utf8_is_upper(0x130) && utf8_is_upper(0x1C5));
    check(utf8_is_upper(0x416) && !utf8_is_upper(0x436));
    check(utf8_is_letter('z') && utf8_is_letter(0xE9) && utf8_is_letter(0x4E2D) && !utf8_is_letter('_')
          && !utf8_is_letter('@') && !utf8_is_letter('[') && !utf8_is_letter('`') && !utf8_is_letter('{')
          && !utf8_is_letter(0x301));
    check(utf8_is_digit('0') && utf8_is_digit('9') && utf8_is_digit(0x661));
    check(!utf8_is_digit('a') && !utf8_is_digit(0xBD));
    static const int32_t spaces[] = {' ', '\t', '\n', '\v', '\f', '\r', 0x85, 0xA0, 0x2009, 0x202F, 0x3000,
                                     0x2028, 0x2029};
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) check(utf8_is_space(spaces[i]));
    check(!utf8_is_space('a') && !utf8_is_space(0x200B) && !utf8_is_space(0xFEFF));
    check(!utf8_is_space(0) && !utf8_is_space(0x1F));
    check(!utf8_is_letter(-1) && !utf8_is_letter(0x110000));
    check(utf8_width(S("Ito")) == 3 && utf8_width(S("伊藤")) == 4 && utf8_width(S("e\xCC\x81")) == 1);
    check(utf8_width(S("a\tb\x1b")) == 2 && utf8_width(S("")) == 0 && utf8_width(S("\xFF")) == 1);
}

/* ---- folding: cases in fold.t -------------------------------------------------------------------------------- */

static void folding_cases(void)
{
    static char bytes[1 << 16];
    FILE *f = fopen("test/base/fold.t", "rb");
    if (!check(f != NULL)) return;
    Str rest = {bytes, (ptrdiff_t)fread(bytes, 1, sizeof bytes, f)}, line;
    fclose(f);
    while (str_split(&rest, '\n', &line)) {
        Str left;
        if (line.n == 0 || line.p[0] == '#') continue;
        if (!check(str_find(line, S("|")) > 0)) continue;
        str_split(&line, '|', &left);
        check_str(utf8_fold(&test_arena, str_trim(left)), str_trim(line));
    }
}

/* Of every code point: what is folded is well-formed, and folding it again changes nothing. */
static void folding_is_settled(void)
{
    int wrong = 0;
    for (int32_t cp = 0; cp < 0x110000; cp++) {
        if (cp >= 0xD800 && cp <= 0xDFFF) continue;
        char bytes[4];
        Str once = utf8_fold(&test_arena, (Str){bytes, encode(cp, bytes)}), twice = utf8_fold(&test_arena, once);
        if ((utf8_bad(once) >= 0 || !str_eq(once, twice)) && wrong++ < 5)
            printf("  U+%04X folds to «%.*s», then to «%.*s»\n", cp, STR(once), STR(twice));
        if (cp % 4096 == 0) arena_reset(&test_arena);
    }
    check(wrong == 0);
}

static void folding_keeps_its_own(void)
{
    char name[] = "Ito";
    Str folded = utf8_fold(&test_arena, str_of(name));
    name[0] = 'X';
    check_str(folded, S("ito"));
    check_str(utf8_fold(&test_arena, (Str){0}), S(""));
    check_str(utf8_fold(&test_arena, S("A\0B")), S("a\0b"));
    check_str(utf8_fold(&test_arena, S("A\xFFZ")), S("a\xEF\xBF\xBDz"));
    char wide[3 * 200];                                   /* U+FDFA, 3 bytes, becomes 18 letters and more bytes */
    for (int i = 0; i < 200; i++) memcpy(wide + 3 * i, "\xEF\xB7\xBA", 3);
    Str out = utf8_fold(&test_arena, (Str){wide, sizeof wide});
    check(out.n == 200 * 33 && utf8_bad(out) < 0);
}

int main(void)
{
    TEST_BEGIN
    table_of_forms();
    every_code_point();
    fast_ways_agree();
    kinds();
    folding_cases();
    folding_is_settled();
    folding_keeps_its_own();
    return test_end();
}
