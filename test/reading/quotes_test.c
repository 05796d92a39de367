/* quotes.t: who is said to have said what; and the day on which, and how the source is named. */
#include "reading_case.h"

static void one(Str line, int number)
{
    Str text, expected, rest = line;
    if (!check(case_cell(&rest, &text) && case_cell(&rest, &expected))) return;
    Record *r = case_read(&test_arena, text, (Str){0});
    Buf got = {.to = &test_arena};
    for (int32_t i = 0; i < r->statements.n; i++) {
        const Statement *s = &r->statements.v[i];
        Str speaker = s->speaker >= 0 ? r->entities.v[s->speaker].name : S("-");
        buf_printf(&got, "%s%.*s / %.*s / %.*s / %.*s / %.*s", i ? " || " : "",
                   STR(case_spans(&test_arena, r->text, &s->source)), STR(case_spans(&test_arena, r->text, &s->cue)),
                   STR(case_spans(&test_arena, r->text, &s->content)), STR(speaker), STR(form_name(s->form)));
        check(s->cue.n > 0 && s->content.n > 0);
        bool is_pronoun = s->source.n && s->speaker >= 0 && s->source.v[0].end - s->source.v[0].begin <= 3;
        check_str(s->by, is_pronoun ? S("quotes-carried/1") : S("quotes/1"));
    }
    if (!check_str(r->statements.n ? buf_str(&got) : S("-"), expected)) printf("  quotes.t:%d\n", number);
}

static void the_day(void)
{
    Str now = S("2025-03-18");
    Record *r = case_read(&test_arena, S("\"It is over,\" Ana Velline said on Friday."), now);
    check(r->statements.n == 1 && str_eq(r->statements.v[0].time, S("2025-03-14")));
    r = case_read(&test_arena, S("\"It was over on Friday,\" Ana Velline said."), now);
    check(r->statements.n == 1 && r->statements.v[0].time.n == 0);
    r = case_read(&test_arena, S("\"It is over,\" Ana Velline says of the talks of Friday."), now);
    check(r->statements.n == 1 && r->statements.v[0].time.n == 0);
}

static void the_limits(void)
{
    Buf b = {.to = &test_arena};               /* a forgotten mark does not swallow what follows it */
    buf_add(&b, S("\"The port is open, Ana Velline said."));
    for (int i = 0; i < 200; i++) buf_add(&b, S("\n\n\"Another day went by without news of any kind."));
    buf_add(&b, S("\n\nThen it ended."));
    Record *r = case_read(&test_arena, buf_str(&b), (Str){0});
    check(r->statements.n == 0);
}

int main(void)
{
    TEST_BEGIN
    case_each("test/reading/quotes.t", one);
    the_day();
    the_limits();
    return test_end();
}
