/* names.t: names, their types, and which mentions are one. found.t: the same where a model looked for names. */
#include "reading_case.h"
#include <math.h>

static void check_entities(const Record *r, Str expected, int number, const char *file)
{
    Buf got = {.to = &test_arena};
    for (int32_t i = 0; i < r->entities.n; i++) {
        const Entity *e = &r->entities.v[i];
        Str type = e->type == ENTITY_UNKNOWN ? S("?") : entity_type_name(e->type);
        buf_printf(&got, "%s%.*s %.*s %d", i ? "; " : "", STR(e->name), STR(type), (int)e->mentions.n);
        check(e->key.n == 0 && e->actor.n == 0);
        check_str(e->by, isnan(e->mentions.v[0].p) ? S("names/1") : S("names/2"));
        for (int32_t m = 0; m < e->mentions.n; m++) check(r->has_names || isnan(e->mentions.v[m].p));
    }
    if (!check_str(r->entities.n ? buf_str(&got) : S("-"), expected)) printf("  %s:%d\n", file, number);
}

static void one(Str line, int number)
{
    Str text, expected, rest = line;
    if (!check(case_cell(&rest, &text) && case_cell(&rest, &expected))) return;
    check_entities(case_read(&test_arena, text, (Str){0}), expected, number, "names.t");
}

/* "[PER Ana Velline] came." becomes the text and the name. */
static Str names_taken_out(Str marked, FoundNames *found)
{
    Buf text = {.to = &test_arena};
    for (ptrdiff_t i = 0; i < marked.n; i++) {
        ptrdiff_t close = marked.p[i] == '[' ? str_find(str_sub(marked, i, marked.n), S("]")) : -1;
        if (close < 0) {
            buf_char(&text, marked.p[i]);
            continue;
        }
        Str inside = str_sub(marked, i + 1, i + close);
        ptrdiff_t blank = str_find(inside, S(" "));
        FoundName *name = push(&test_arena, found);
        check(entity_type_of(str_sub(inside, 0, blank), &name->type));
        name->span.begin = (int32_t)text.n;
        buf_add(&text, str_sub(inside, blank + 1, inside.n));
        name->span.end = (int32_t)text.n;
        name->p = 0.9;
        i += close;
    }
    return buf_str(&text);
}

static void one_found(Str line, int number)
{
    Str text, expected, rest = line;
    FoundNames found = {0};
    if (!check(case_cell(&rest, &text) && case_cell(&rest, &expected))) return;
    text = names_taken_out(case_text(&test_arena, text), &found);
    check_entities(case_read_found(&test_arena, text, (Str){0}, &found), expected, number, "found.t");
}

/* What a model must not do, and what furniture hides: half a word, two names on one word, a name in an appeal. */
static void odd_names(void)
{
    FoundNames found = {0};
    static const Span spans[] = {{0, 3}, {4, 8}, {4, 17}, {9, 17}, {10, 12}, {30, 60}};
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
        *push(&test_arena, &found) = (FoundName){spans[i], ENTITY_PER, 0.5};
    const Record *r = case_read_found(&test_arena, S("The Anna Vellines met."), (Str){0}, &found);
    check_entities(r, S("The PER 1; Anna PER 1; Vellines PER 1"), 0, "odd");
}

int main(void)
{
    TEST_BEGIN
    case_each("test/reading/names.t", one);
    case_each("test/reading/found.t", one_found);
    odd_names();
    return test_end();
}
