/* times.t: what the reading finds of dates, and when an undated text must have appeared (published.t). */
#include "reading_case.h"

static void one_time(Str line, int number)
{
    Str published, text, expected, rest = line;
    if (!check(case_cell(&rest, &published) && case_cell(&rest, &text) && case_cell(&rest, &expected))) return;
    Record *r = case_read(&test_arena, text, str_eq(published, S("-")) ? (Str){0} : published);
    Buf got = {.to = &test_arena};
    for (int32_t i = 0; i < r->times.n; i++) {
        const Time *t = &r->times.v[i];
        Str words = span_str(r->text, t->span);
        buf_printf(&got, "%s%.*s = %.*s%s", i ? "; " : "", STR(words), STR(t->value), t->doubt ? "?" : "");
        check_str(t->by, S("times/1"));
    }
    if (!check_str(r->times.n ? buf_str(&got) : S("-"), expected)) printf("  times.t:%d\n", number);
}

static void one_range(Str line, int number)
{
    Str text, low, high, rest = line;
    if (!check(case_cell(&rest, &text) && case_cell(&rest, &low) && case_cell(&rest, &high))) return;
    Record *r = case_read(&test_arena, text, (Str){0});
    bool holds = check_str(r->published_range[0].n ? r->published_range[0] : S("-"), low);
    holds &= check_str(r->published_range[1].n ? r->published_range[1] : S("-"), high);
    holds &= check((r->published_how == PUBLISHED_INFERRED) == (r->published_range[0].n || r->published_range[1].n));
    if (!holds) printf("  published.t:%d\n", number);
}

int main(void)
{
    TEST_BEGIN
    case_each("test/reading/times.t", one_time);
    case_each("test/reading/published.t", one_range);
    Record *r = case_read(&test_arena, S("He left on 3 May 2019. He will return on 4 May 2030."), S("2025-03-18"));
    check(r->published_how == PUBLISHED_RECEIVED && r->published_range[0].n == 0);
    return test_end();
}
