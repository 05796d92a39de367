/* Times without a model (times.t) and with its tags and trees (times_tree.t: the nine points), the examples of days.tab, and when an
** undated text must have appeared (published.t). */
#include "days.h"
#include "language/language.h"
#include "reading_case.h"

static const char *file;
static Language *language;                               /* NULL: read without tags and trees */

static Record *read_case(Str text, Str published)
{
    Record *r = arena_new(&test_arena, Record, 1);
    record_blank(r);
    r->text = case_text(&test_arena, text);
    r->text_is_given = true;
    r->published = published;
    if (published.n) r->published_how = PUBLISHED_RECEIVED;
    text_clean(&test_arena, r);
    r->lang = S("en");
    text_sentences(&test_arena, r, (TextOptions){0});
    text_tokens(&test_arena, r);
    if (language) language_read(&test_arena, language, r);
    reading_times(&test_arena, r);
    reading_published(&test_arena, r);
    Err e = {0};
    if (!check(record_valid(r, &e))) printf("  %s\n", e.text);
    return r;
}

static void one_time(Str line, int number)
{
    Str published, text, expected, rest = line;
    if (!check(case_cell(&rest, &published) && case_cell(&rest, &text) && case_cell(&rest, &expected))) return;
    Record *r = read_case(text, str_eq(published, S("-")) ? (Str){0} : published);
    Buf got = {.to = &test_arena};
    for (int32_t i = 0; i < r->times.n; i++) {
        const Time *t = &r->times.v[i];
        Str words = span_str(r->text, t->span);
        buf_printf(&got, "%s%.*s = %.*s%s", i ? "; " : "", STR(words), STR(t->value), t->doubt ? "?" : "");
        if (t->begin.n) buf_printf(&got, " %.*s..%.*s", STR(t->begin), STR(t->end));
        check(str_eq(t->by, S("times/1")) || str_eq(t->by, S("times/2")));
    }
    if (!check_str(r->times.n ? buf_str(&got) : S("-"), expected)) printf("  %s:%d\n", file, number);
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

/* The rows of days.tab own examples: "+" lines with their times, "-" lines with none; read as of 18 March 2031. */
static void one_example(const TableExample *x)
{
    Record *r = read_case(x->text, S("2031-03-18"));
    Buf got = {.to = &test_arena};
    for (int32_t i = 0; i < r->times.n; i++) {
        Str words = span_str(r->text, r->times.v[i].span);
        buf_printf(&got, "%s%.*s = %.*s", i ? "; " : "", STR(words), STR(r->times.v[i].value));
    }
    if (!check_str(buf_str(&got), x->holds ? x->expected : (Str){0})) printf("  days.tab:%d\n", (int)x->line);
    arena_reset(&test_arena);
}

static void with_trees(void)
{
    Err e = {0};
    Str shipped = model_shipped(S("en"));
    Model *m = shipped.n ? model_of(shipped, S("en"), &e) : NULL;
    if (m && (language = language_open(m, &e)) != NULL) {
        file = "times_tree.t";
        case_each("test/reading/times_tree.t", one_time);
        language_close(language);
        language = NULL;
    }
    model_close(m);
}

int main(void)
{
    TEST_BEGIN
    file = "times.t";
    case_each("test/reading/times.t", one_time);
    with_trees();
    for (int32_t i = 0; i < days_examples_n; i++) one_example(&days_examples[i]);
    case_each("test/reading/published.t", one_range);
    Record *r = case_read(&test_arena, S("He left on 3 May 2019. He will return on 4 May 2030."), S("2025-03-18"));
    check(r->published_how == PUBLISHED_RECEIVED && r->published_range[0].n == 0);
    return test_end();
}
