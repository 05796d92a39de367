/* coref.t: who "he", "the minister" and "I" are, with the shipped model's trees and names. Needs models/en.dm. */
#include "language/language.h"
#include "reading/actors.h"
#include "reading/inside.h"
#include "reading_case.h"
#include <time.h>

static Language *language;

static Record *read_text(Str text)
{
    Record *r = arena_new(&test_arena, Record, 1);
    Err e = {0};
    record_blank(r);
    r->text = case_text(&test_arena, text);
    r->text_is_given = true;
    r->published = S("2023-05-01");
    r->published_how = PUBLISHED_RECEIVED;
    text_clean(&test_arena, r);
    text_language(r);
    text_sentences(&test_arena, r, (TextOptions){0});
    text_tokens(&test_arena, r);
    language_read(&test_arena, language, r);
    reading_names(&test_arena, r);
    reading_link(&test_arena, actors_shipped(), r);
    reading_coref(&test_arena, actors_shipped(), r, false);
    reading_quotes(&test_arena, r);
    if (!check(record_valid(r, &e))) printf("  %s\n", e.text);
    return r;
}

/* "Ana Velline: She, the minister; Strelsau: its": what is no name, of each entity that has such. */
static Str mentions_of(const Record *r)
{
    Buf b = {.to = &test_arena};
    for (int32_t i = 0; i < r->entities.n; i++) {
        const Entity *e = &r->entities.v[i];
        int32_t n = 0;
        for (int32_t m = 0; m < e->mentions.n; m++) {
            Str s = span_str(r->text, e->mentions.v[m].span);
            check(m == 0 || e->mentions.v[m - 1].span.begin <= e->mentions.v[m].span.begin);
            bool is_wide = false;              /* the phrase around a name is left out here */
            for (int32_t k = 0; k < e->mentions.n; k++)
                is_wide |= e->mentions.v[k].kind == MENTION_NAME && e->mentions.v[m].span.begin <= e->mentions.v[k].span.begin &&
                           e->mentions.v[k].span.end <= e->mentions.v[m].span.end;
            if (e->mentions.v[m].kind == MENTION_NAME || is_wide) continue;
            if (n == 0) buf_printf(&b, "%s%.*s: ", b.n ? "; " : "", STR(e->name));
            buf_printf(&b, "%s%.*s", n++ ? ", " : "", STR(s));
        }
    }
    return b.n ? buf_str(&b) : S("-");
}

static void one(Str line, int number)
{
    Str text, expected, rest = line;
    if (!check(case_cell(&rest, &text) && case_cell(&rest, &expected))) return;
    if (!check_str(mentions_of(read_text(text)), expected)) printf("  coref.t:%d\n", number);
}

static void heads(void)
{
    const Record *r = read_text(S("The spokesman for President Ana Velline met Tomas Orrel. He thanked her."));
    int32_t ana = NONE;
    for (int32_t e = 0; e < r->entities.n; e++)
        if (str_eq(r->entities.v[e].name, S("Ana Velline"))) ana = e;
    check(ana >= 0);
    check(entity_at(r, (Span){18, 39}) == ana);          /* President Ana Velline */
    check(entity_at(r, (Span){0, 39}) != ana);           /* The spokesman for … */
    check(entity_at(r, (Span){40, 43}) == NONE);         /* met */
}

/* Time and memory grow with the text alone: 10⁵ pronouns, 10⁵ names of one form, in one paragraph and in as many. */
static void hostile(void)
{
    static const char *const pieces[] = {"He said she told him. ", "Ana Velline left. ", "“I am,” he said. ", "Velline\n\n", "I?\n\nYou.\n\n", "“ x "};
    for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
        Buf b = {.to = &test_arena};
        for (int i = 0; i < 25000; i++) buf_add(&b, str_of(pieces[k]));
        clock_t begin = clock();
        const Record *r = read_text(buf_str(&b));
        check((double)(clock() - begin) / CLOCKS_PER_SEC < 60);          /* processor time: some 2 s, most of it the trees */
        check(r->text.n >= 25000);
        arena_reset(&test_arena);
    }
}

int main(void)
{
    TEST_BEGIN
    test_arena.budget = (ptrdiff_t)2 << 30;
    Err e = {0};
    Model *model = model_of(model_shipped(S("en")), S("models/en.dm"), &e);
    language = model ? language_open(model, &e) : NULL;
    if (!check(language != NULL)) {
        printf("  %s\n", e.text);
        return test_end();
    }
    case_each("test/reading/coref.t", one);
    heads();
    arena_reset(&test_arena);
    hostile();
    language_close(language);
    model_close(model);
    return test_end();
}
