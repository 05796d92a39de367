/* Views of text: every function at its edges, the empty view with and without a pointer among them. */
#include "test.h"

static void cutting(void)
{
    Str s = S("  Minister Ito \t\r\n");
    check_str(str_trim(s), S("Minister Ito"));
    check_str(str_trim(S(" \t ")), S(""));
    check_str(str_trim((Str){0}), S(""));
    check_str(str_sub(S("abcdef"), 2, 4), S("cd"));
    check_str(str_sub(S("abc"), -5, 99), S("abc"));
    check_str(str_sub(S("abc"), 9, 12), S(""));
    check_str(str_sub(S("abc"), 2, 1), S(""));
    check_str(str_sub((Str){0}, 1, 2), S(""));
    check_str(str_of(NULL), S(""));
    check_str(str_of("a"), S("a"));
    check_str(span_str(S("Minister Ito"), (Span){9, 12}), S("Ito"));
}

static void comparing(void)
{
    check(str_eq(S(""), (Str){0}));
    check(!str_eq(S("a"), S("b")) && !str_eq(S("a"), S("ab")));
    check(str_eq(S("a\0b"), S("a\0b")) && !str_eq(S("a\0b"), S("a\0c")));
    check(str_eq_fold(S("Ito"), S("iTO")) && !str_eq_fold(S("Ito"), S("Ita")));
    check(!str_eq_fold(S("@[`{"), S("`{@[")));            /* what is 32 apart and no letter */
    check(!str_eq_fold(S("\xC3\x89"), S("\xC3\xA9")));    /* É, é: beyond ASCII, utf8_fold is for that */
    check(str_cmp(S("a"), S("b")) < 0 && str_cmp(S("b"), S("a")) > 0 && str_cmp(S("a"), S("a")) == 0);
    check(str_cmp(S("ab"), S("a")) > 0 && str_cmp((Str){0}, S("a")) < 0 && str_cmp((Str){0}, S("")) == 0);
    check(str_cmp(S("\xFF"), S("a")) > 0);                /* bytes are unsigned */
    check(str_starts(S("port"), S("po")) && str_starts(S("port"), S("")) && !str_starts(S("po"), S("port")));
    check(str_ends(S("port"), S("rt")) && str_ends(S("port"), S("")) && !str_ends(S("rt"), S("port")));
}

static void finding(void)
{
    check(str_find(S("the port of Ostrava"), S("port")) == 4);
    check(str_find(S("the port"), S("ports")) == -1);
    check(str_find(S("a\0b"), S("\0b")) == 1);
    check(str_find(S("abc"), S("")) == 0 && str_find((Str){0}, S("a")) == -1 && str_find((Str){0}, (Str){0}) == 0);
}

static void splitting(void)
{
    static const struct { const char *text; int n; const char *joined; } cases[] = {
        {"a,b", 2, "a|b|"}, {"a,b,", 3, "a|b||"}, {",", 2, "||"}, {"", 1, "|"}, {"abc", 1, "abc|"}, {",,a", 3, "||a|"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Buf b = {.to = &test_arena};
        Str rest = str_of(cases[i].text), piece;
        int n = 0;
        for (; str_split(&rest, ',', &piece); n++) {
            buf_add(&b, piece);
            buf_char(&b, '|');
        }
        check(n == cases[i].n);
        check_str(buf_str(&b), str_of(cases[i].joined));
        check(rest.p == NULL && !str_split(&rest, ',', &piece));
    }
    Str none = {0}, piece;
    check(!str_split(&none, ',', &piece));
}

int main(void)
{
    TEST_BEGIN
    cutting();
    comparing();
    finding();
    splitting();
    return test_end();
}
