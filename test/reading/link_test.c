/* Linking: who a name is, what he acts as, and when a capital is a government. Read with the model, as users read. */
#include "language/language.h"
#include "metonyms.h"
#include "reading/actor_link.h"
#include "reading_case.h"

static Model *model;
static Language *language;
static Actors world;

static void open_all(void)
{
    Err e = {0};
    IoFile f = {0};
    ActorDraft d = {.a = &test_arena, .by_key = {.to = &test_arena}, .codes = {.to = &test_arena}};
    check(io_open(&f, "test/reading/actors/world.actors", 1 << 20, &e));
    draft_read(&d, S("world"), arena_str(&test_arena, f.bytes), true);
    draft_read(&d, S("more"), S("agent senator = senator\ncode LEG\n"), false);
    io_close(&f);
    draft_check(&d);
    check(image_view(draft_pack(&test_arena, &d), &world));
    Str shipped = model_shipped(S("en"));
    model = shipped.n ? model_of(shipped, S("the shipped model"), &e) : NULL;
    language = model ? language_open(model, &e) : NULL;
    if (!check(language != NULL)) printf("  %s\n", e.text);
}

static Record *read_text(Str text, Str published)
{
    Record *r = arena_new(&test_arena, Record, 1);
    record_blank(r);
    r->text = case_text(&test_arena, text);
    r->text_is_given = true;
    r->lang = S("en");
    r->published = published;
    if (published.n) r->published_how = PUBLISHED_RECEIVED;
    text_clean(&test_arena, r);
    text_sentences(&test_arena, r, (TextOptions){0});
    text_tokens(&test_arena, r);
    language_read(&test_arena, language, r);
    return r;
}

static Str linked(const Record *r)
{
    Buf b = {.to = &test_arena};
    for (int32_t i = 0; i < r->entities.n; i++) {
        const Entity *e = &r->entities.v[i];
        if (e->type == ENTITY_MISC && !e->key.n) continue;         /* adjectives */
        Str form = span_str(r->text, e->mentions.v[0].span);
        buf_printf(&b, "%s%.*s=%.*s", b.n ? "; " : "", STR(form), STR(e->key.n ? e->key : S("-")));
        if (e->actor.n) buf_printf(&b, " %.*s", STR(e->actor));
    }
    return buf_str(&b);
}

static void test_cases(void)
{
    IoFile f = {0};
    Err e = {0};
    check(io_open(&f, "test/reading/link.t", 1 << 20, &e));
    Str rest = arena_str(&test_arena, f.bytes), line;
    io_close(&f);
    while (str_split(&rest, '\n', &line)) {
        Str published, text, expected;
        if (!line.n || line.p[0] == '#') continue;
        if (!check(case_cell(&line, &published) && case_cell(&line, &text) && case_cell(&line, &expected))) continue;
        Record *r = read_text(text, published);
        reading_names(&test_arena, r);
        reading_link(&test_arena, &world, r);
        Str first = linked(r);
        if (!check(str_eq(first, expected))) printf("  %.*s\n    expected %.*s\n    got      %.*s\n", STR(text), STR(expected), STR(first));
        if (!check(record_valid(r, &e))) printf("  %s\n", e.text);
        reading_link(&test_arena, &world, r);  /* what is linked stays so */
        check_str(linked(r), first);
    }
}

/* Each example of metonyms.tab: "+" the government, "-" the place. */
static void test_metonyms(void)
{
    int32_t right = 0;
    for (int32_t i = 0; i < metonyms_examples_n; i++) {
        const TableExample *x = &metonyms_examples[i];
        ptrdiff_t at = str_find(x->text, S("Strelsau"));
        if (at < 0) continue;
        Record *r = read_text(x->text, S("2029-06-01"));
        Link l = {.a = &test_arena, .t = &world, .r = r, .day = actors_day(r->published), .has_trees = true};
        l.first = arena_new(&test_arena, int32_t, r->sentences.n + 1);
        bool acts = metonym_acts(&l, (Span){(int32_t)at, (int32_t)at + 8});
        right += acts == x->holds;
        if (!check(acts == x->holds)) printf("  %.*s: %s\n", STR(x->text), acts ? "acts" : "is the place");
    }
    check(right > 20);
}

int main(void)
{
    TEST_BEGIN
    test_arena.budget = 1 << 30;
    open_all();
    if (language) {
        test_cases();
        test_metonyms();
    }
    language_close(language);
    model_close(model);
    return test_end();
}
