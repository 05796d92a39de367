/* Records made at random, all parts filled: each is valid, and goes out, in and out again as the same bytes; then one
** thing at a time is broken, and the sentence must name it. */
#include "record/record.h"
#include "some_record.h"

static Str written(const Record *r, Arena *to)
{
    Buf b = {.to = to};
    record_json(r, true, &b);
    return buf_str(&b);
}

static bool read_back(Arena *a, Str line, Record *r, Err *e)
{
    Json *object;
    return json_read(a, line, &object, e) && record_of_json(a, object, true, r, e);
}

static void test_round_trip(void)
{
    rng = rng_seed(20250318);
    for (int round = 0; round < 3000; round++) {
        Record r, again;
        Err e = {0};
        some_record(&r);
        if (!check(record_valid(&r, &e))) printf("  round %d: %s\n", round, e.text);
        Str line = written(&r, &test_arena);
        check(str_find(line, S("\n")) < 0);
        if (check(read_back(&test_arena, line, &again, &e))) {
            check_str(written(&again, &test_arena), line);
            check(again.text_is_given && str_eq(again.text, r.text) && again.statements.n == r.statements.n);
        } else {
            printf("  round %d: %s\n", round, e.text);
        }
        arena_reset(&test_arena);
    }
}

/* Whatever is broken in a line, reading it ends in a refusal or in a valid record; bytes are broken at random. */
static void test_broken_lines(void)
{
    rng = rng_seed(99);
    int32_t n_refused = 0;
    for (int round = 0; round < 3000; round++) {
        Record r, again;
        Err e = {0};
        some_record(&r);
        Str line = written(&r, &test_arena);
        char *bytes = arena_cstr(&test_arena, line);
        for (int n = 1 + below(3); n > 0; n--) {
            int32_t at = below((int32_t)line.n);
            bytes[at] = chance(2) ? "0123456789[]{}\",:-"[below(18)] : line.p[below((int32_t)line.n)];
        }
        if (!read_back(&test_arena, (Str){bytes, line.n}, &again, &e)) {
            n_refused++;
            check(e.code != ERR_NONE && e.text[0] != 0);
        } else {
            Str once = written(&again, &test_arena);
            check(record_valid(&again, &e) && read_back(&test_arena, once, &r, &e));
            check_str(written(&r, &test_arena), once);
        }
        arena_reset(&test_arena);
    }
    check(n_refused > 1000 && n_refused < 3000);
}

/* Every allocation in turn lands; nothing is left behind, nothing crashes. */
static jmp_buf landing;
static Arena small;
static volatile int64_t n_landed;

static void test_allocation(void)
{
    Str line = written(&(Record){.text = S("x")}, &test_arena);
    rng = rng_seed(5);
    Record r;
    some_record(&r);
    line = written(&r, &test_arena);
    small.landing = &landing;
    for (n_landed = 0; n_landed < 10000; n_landed++) {
        arena_reset(&small);
        arena_fail_after = n_landed;
        if (setjmp(landing) == 0) {
            Record again;
            Err e = {0};
            bool is_same = read_back(&small, line, &again, &e) && str_eq(written(&again, &small), line);
            arena_fail_after = -1;
            check(is_same);
            break;
        }
    }
    arena_fail_after = -1;
    check(n_landed > 20);
    arena_close(&small);
}

/* ---- one thing broken ----------------------------------------------------------------------------------- */

static Record *sound(void)
{
    Record *r = arena_new(&test_arena, Record, 1);
    record_blank(r);
    r->text = S("Łódź will reopen, Ito said.");
    *push(&test_arena, &r->sentences) = (Span){0, 20};
    *push(&test_arena, &r->sentences) = (Span){20, 30};
    *push(&test_arena, &r->tokens) = (Token){.span = {0, 7}, .mwt = SPAN_NONE, .head = 2};
    *push(&test_arena, &r->tokens) = (Token){.span = {8, 12}, .mwt = SPAN_NONE, .head = 0};
    *push(&test_arena, &r->tokens) = (Token){.span = {21, 24}, .mwt = SPAN_NONE, .head = -1, .sent = 1};
    record_add_entity(&test_arena, r)->name = S("Ito");
    Statement *s = record_add_statement(&test_arena, r);
    *push(&test_arena, &s->cue) = (Span){25, 29};
    s = record_add_statement(&test_arena, r);
    *push(&test_arena, &s->content) = (Span){0, 19};
    record_add_event(&test_arena, r)->span = (Span){0, 7};
    record_add_expectation(&test_arena, r)->span = (Span){0, 7};
    *push(&test_arena, &r->boilerplate) = (Boilerplate){{0, 7}, BOILERPLATE_TITLE};
    return r;
}

static void refused(const Record *r, const char *why)
{
    Err e = {0};
    check(!record_valid(r, &e));
    check_str(str_of(e.text), str_of(why));
}
#define BREAK(change, why) do { Record *r = sound(); change; refused(r, why); } while (0)

static void test_broken_spans(void)
{
    Err e;
    check(record_valid(sound(), &e));
    BREAK(r->statements.v[1].content.v[0].end = 900, "statement 1: content [0, 900) ends after the text (30 bytes)");
    BREAK(r->statements.v[1].content.v[0].begin = 1, "statement 1: content [1, 19) begins inside a character");
    BREAK(r->statements.v[1].content.v[0].end = 3, "statement 1: content [0, 3) ends inside a character");
    BREAK(r->statements.v[1].content.v[0].begin = 20, "statement 1: content [20, 19) ends before it begins");
    BREAK(r->statements.v[1].content.v[0].begin = -7, "statement 1: content [-7, 19) begins before the text");
    BREAK(record_add_event(&test_arena, r), "event 1: span was never set");
    BREAK(r->sentences.v[1].begin = 19, "sentences 1 [19, 30) begins before 0 [0, 20) has ended");
    BREAK(*push(&test_arena, &r->boilerplate) = (Boilerplate){{0}},
          "boilerplate 1 [0, 0) begins before 0 [0, 7) has ended");
    BREAK(r->text = S("\xFF"), "text is not UTF-8 at byte 0");
    BREAK(r->title = S("ab\xC3"), "title is not UTF-8 at byte 2");
    BREAK(r->author = S("ab\0c"), "author holds a zero character at byte 2");
    BREAK(r->events.v[0].place = ((Span){0, 2}); r->events.v[0].anchor = ((Span){5, 99}),
          "event 0: anchor [5, 99) ends after the text (30 bytes)");
}

static void test_broken_words(void)
{
    BREAK(r->tokens.v[0].head = 3, "token 0 has head 3, and its sentence has 2 tokens");
    BREAK(r->tokens.v[1].head = 2, "token 1 is its own head");
    BREAK(r->tokens.v[1].head = -2, "token 1: head is -2, out of its range -1 to 2147483647");
    BREAK(r->tokens.v[2].sent = 2, "token 2 is of sentence 2, and there are 2");
    BREAK(r->tokens.v[0].sent = 1, "token 0 lies outside its sentence 1");
    BREAK(r->tokens.v[0].span.begin = 9; r->tokens.v[0].span.end = 9, "token 1 begins before token 0");
    BREAK(r->tokens.v[2].span.begin = 19, "token 2 lies outside its sentence 1");
}

static void test_broken_links(void)
{
    BREAK(r->statements.v[0].speaker = 1, "statement 0: speaker points at entity 1, and there are 1");
    BREAK(r->statements.v[0].speaker = -2, "statement 0: speaker points at entity -2, and there are 1");
    BREAK(r->statements.v[0].inside = 0, "statement 0: inside leads in a circle back to it");
    BREAK(r->statements.v[0].inside = 1; r->statements.v[1].inside = 0,
          "statement 0: inside leads in a circle back to it");
    BREAK(r->statements.v[0].judged_by = 1, "statement 0: judged has 'by' or 'span', but no 'how'");
    BREAK(r->statements.v[1].judged = JUDGED_FALSE; r->statements.v[1].judged_by = 1,
          "statement 1: it is judged by itself");
    BREAK(r->statements.v[0].has_sources = true; r->statements.v[0].sources.same_as = 0,
          "statement 0: same_as points at itself");
    BREAK(r->statements.v[0].cue.n = 0, "statement 0: it has neither content nor cue");
    BREAK(r->events.v[0].statement = 2, "event 0: statement points at statement 2, and there are 2");
    BREAK(*push(&test_arena, &r->events.v[0].after) = 0, "event 0: it precedes or follows itself");
    BREAK(*push(&test_arena, &r->events.v[0].before) = 1, "event 0: before points at event 1, and there are 1");
    BREAK(r->expectations.v[0].after = 0, "expectation 0: after leads in a circle back to it");
    BREAK(*push(&test_arena, &r->events.v[0].source) = ((Role){4}),
          "event 0: source 0: entity points at entity 4, and there are 1");
}

static void test_broken_values(void)
{
    BREAK(r->published = S("18 March 2025"),
          "published '18 March 2025' is no date (as 2025-03-18 or 2025-03-18T09:30)");
    BREAK(r->statements.v[0].time = S("soon"),
          "statement 0: time 'soon' is no date (as 2025-03-18, 2025-03 or 2025-W12)");
    BREAK(r->published_range[0] = S("2025"), "published_range is given, but published_how is not inferred");
    BREAK(r->published_how = (PublishedHow)4, "published_how is 4, out of its range 0 to 3");
    BREAK(r->events.v[0].p = 1.01, "event 0: p is 1.01, out of its range 0 to 1");
    BREAK(r->events.v[0].goldstein = -11, "event 0: goldstein is -11, out of its range -10 to 10");
    BREAK(r->expectations.v[0].strength = -0.1, "expectation 0: strength is -0.1, out of its range 0 to 1");
    BREAK(r->expectations.v[0].polarity = 2, "expectation 0: polarity is 2, out of its range -1 to 1");
    BREAK(r->sha256 = S("xyz"), "sha256 is 3 characters, not 64");
    BREAK(r->events.v[0].cameo = S("02311"), "event 0: cameo '02311' is not two to four digits");
}

/* A chain is followed to its end, and no farther than it may be. */
static void test_long_chains(void)
{
    Record *r = sound();
    Err e = {0};
    for (int i = 2; i < 100000; i++) {
        Statement *s = record_add_statement(&test_arena, r);
        *push(&test_arena, &s->cue) = (Span){25, 29};
        if (i <= 64) s->inside = i - 1;
    }
    check(record_valid(r, &e));
    for (int i = 65; i < 100000; i++) r->statements.v[i].inside = i - 1;
    refused(r, "statement 66: inside leads on for more than 64 steps");
}

int main(void)
{
    TEST_BEGIN
    test_round_trip();
    test_broken_lines();
    test_allocation();
    test_broken_spans();
    test_broken_words();
    test_broken_links();
    test_broken_values();
    test_long_chains();
    return test_end();
}
