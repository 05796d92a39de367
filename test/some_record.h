/* Records made at random, with every part that FORMAT.md has; each is valid. For tests of what takes any record. */
#ifndef SOME_RECORD_H
#define SOME_RECORD_H
#include "record/record.h"
#include "test.h"
#include <math.h>

static Rng rng;
static int32_t below(int32_t n) { return rng_below(&rng, n); }
static bool chance(int32_t of) { return below(of) == 0; }

static const char *const pieces[] = {"The port ", "\"", "Łódź ", "e\xCC\x81t\xC3\xA9 ", "😀", "“", "”", "\n\n", "\t", "\\",
                                     "今日", "\x01", "\x7F", "\xE2\x80\xA8", "a", ".", "said ", "👍🏽",
                                     "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80"};

static Str some_text(int32_t n_pieces)
{
    Buf b = {.to = &test_arena};
    bool is_ascii = chance(4);
    for (; n_pieces > 0; n_pieces--)
        buf_add(&b, is_ascii ? S("plain ") : str_of(pieces[below(sizeof pieces / sizeof *pieces)]));
    return buf_str(&b);
}

static Str some_str(void) { return chance(3) ? (Str){0} : some_text(below(4)); }

static Str some_when(void)
{
    static const char *const when[] = {
        "2025", "2025-03", "2025-03-18", "2025-03-18T09:30", "2025-03-18T09:30:01+03:00", "2025-W07", "2025-SU"};
    return chance(2) ? (Str){0} : str_of(when[below(7)]);
}

/* A beginning of a character at or behind `from`. */
static int32_t some_place(Str text, int32_t from)
{
    int32_t at = from + below((int32_t)text.n - from + 1);
    while (at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80) at++;
    return at;
}

static Span some_span(Str text)
{
    int32_t begin = some_place(text, 0);
    return (Span){begin, some_place(text, begin)};
}

static Spans some_spans(Str text, int32_t most)
{
    Spans spans = {0};
    int32_t at = 0;
    for (int32_t n = below(most + 1); n > 0 && at < text.n; n--) {
        int32_t begin = some_place(text, at);
        at = some_place(text, begin);
        *push(&test_arena, &spans) = (Span){begin, at};
    }
    return spans;
}

static int32_t some_index(int32_t n) { return n == 0 || chance(3) ? NONE : below(n); }
static double some_share(void) { return chance(3) ? (double)__builtin_nan("") : rng_unit(&rng); }

static void fill_statements(Record *r, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        Statement *s = record_add_statement(&test_arena, r);
        s->source = some_spans(r->text, 2);
        s->cue = some_spans(r->text, 2);
        s->content = some_spans(r->text, 3);
        if (s->cue.n + s->content.n == 0) *push(&test_arena, &s->cue) = some_span(r->text);
        s->speaker = some_index(r->entities.n);
        s->form = (Form)below(FORM_COUNT);
        s->class = (StatementClass)below(CLASS_COUNT);
        s->sourcing = (Sourcing)below(SOURCING_COUNT);
        if (chance(3)) {
            s->has_sources = true;
            s->sources.count[0] = below(5) - 1;
            s->sources.count[1] = chance(2) ? NONE : 4 + below(5);
            s->sources.affiliation = some_str();
            s->sources.reason = some_spans(r->text, 2);
            s->sources.same_as = i == 0 ? NONE : below(i);
        }
        s->addressee = some_index(r->entities.n);
        s->medium = some_index(r->entities.n);
        s->judged = (Judgement)below(JUDGED_COUNT);
        if (s->judged && i > 0) s->judged_by = some_index(i);
        if (s->judged) s->judged_span = chance(2) ? SPAN_NONE : some_span(r->text);
        if (i > 0 && i < 60) s->inside = some_index(i);
        s->time = some_when();
        s->by = some_str();
    }
}

static void fill_roles(void *slice, int32_t n_entities)
{
    SLICE(Role) *roles = slice;
    for (int32_t n = below(3); n > 0; n--) *push(&test_arena, roles) = (Role){some_index(n_entities), some_str()};
}

static void fill_events(Record *r, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        Event *event = record_add_event(&test_arena, r);
        event->span = some_span(r->text);
        event->anchor = chance(2) ? SPAN_NONE : some_span(r->text);
        event->type = some_str();
        event->mode = some_str();
        event->cameo = chance(2) ? S("0231") : S("");
        for (int32_t k = below(3); k > 0; k--) *push(&test_arena, &event->contexts) = some_str();
        fill_roles(&event->source, r->entities.n);
        fill_roles(&event->target, r->entities.n);
        event->time = some_when();
        event->time_range[below(2)] = some_when();
        if (i > 0) *push(&test_arena, &event->before) = below(i);
        if (i > 1) *push(&test_arena, &event->after) = below(i);
        event->place = chance(2) ? SPAN_NONE : some_span(r->text);
        event->place_name = some_str();
        event->goldstein = chance(2) ? below(20) / 2.0 - 5 : (double)__builtin_nan("");
        event->p = some_share();
        event->status = (EventStatus)below(STATUS_COUNT);
        event->statement = some_index(r->statements.n);
        event->by = some_str();
    }
}

static void fill_expectations(Record *r, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        Expectation *x = record_add_expectation(&test_arena, r);
        x->span = some_span(r->text);
        x->holder = some_index(r->entities.n);
        x->kind = (ExpectationKind)below(EXPECT_COUNT);
        x->polarity = below(3) - 1;
        x->strength = some_share();
        x->condition = some_spans(r->text, 2);
        x->due = some_when();
        if (i > 0) x->after = some_index(i);
        x->statement = some_index(r->statements.n);
        x->by = some_str();
    }
}

static void fill_others(Record *r, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        Relation *relation = record_add_relation(&test_arena, r);
        relation->span = some_span(r->text);
        relation->type = (RelationType)below(RELATION_COUNT);
        relation->from = some_index(r->entities.n);
        relation->to = some_index(r->entities.n);
        relation->via = some_index(r->entities.n);
        relation->what = some_spans(r->text, 2);
        relation->time = some_when();
        relation->statement = some_index(r->statements.n);
        Topic *topic = record_add_topic(&test_arena, r);
        topic->key = some_str();
        topic->spans = some_spans(r->text, 3);
        topic->by = some_str();
        Figure *figure = record_add_figure(&test_arena, r);
        figure->span = some_span(r->text);
        figure->value = chance(4) ? (double)__builtin_nan("") : (rng_unit(&rng) - 0.5) * (chance(2) ? 1e12 : 1e-7);
        figure->unit = some_str();
        figure->what = some_spans(r->text, 2);
        figure->period = some_str();
        figure->statement = some_index(r->statements.n);
        Time *time = push(&test_arena, &r->times);
        *time = (Time){.span = some_span(r->text),
                       .type = (TimeType)below(TIME_COUNT),
                       .value = some_str(),
                       .mod = some_str(),
                       .doubt = chance(2)};
        Origin *origin = push(&test_arena, &r->origin);
        *origin = (Origin){
            .span = some_span(r->text), .how = (OriginHow)below(ORIGIN_COUNT), .name = some_str(), .uri = some_str()};
    }
}

static void fill_words(Record *r)
{
    r->sentences = some_spans(r->text, 6);
    Spans furniture = some_spans(r->text, 3);
    for (int32_t i = 0; i < furniture.n; i++)
        *push(&test_arena, &r->boilerplate) =
            (Boilerplate){furniture.v[i], (BoilerplateReason)below(BOILERPLATE_COUNT)};
    for (int32_t sent = 0; sent < r->sentences.n; sent++) {
        int32_t n = below(4);
        for (int32_t i = 0; i < n; i++) {
            Token *token = push(&test_arena, &r->tokens);
            *token = (Token){.span = r->sentences.v[sent],
                             .mwt = chance(3) ? some_span(r->text) : SPAN_NONE,
                             .form = some_str(),
                             .lemma = some_str(),
                             .upos = some_str(),
                             .xpos = some_str(),
                             .feats = some_str(),
                             .deprel = some_str(),
                             .head = i == 0 ? below(2) - 1 : below(i + 1),
                             .sent = sent};
        }
    }
    for (int32_t n = below(6); n > 0; n--) {
        Entity *entity = record_add_entity(&test_arena, r);
        entity->name = some_str();
        entity->type = (EntityType)below(ENTITY_COUNT);
        entity->actor = some_str();
        for (int32_t k = below(4); k > 0; k--)
            *push(&test_arena, &entity->mentions) = (Mention){some_span(r->text), (MentionKind)below(MENTION_COUNT),
                                                               chance(2) ? below(1001) / 1000.0 : (double)NAN};
    }
}

static void some_record(Record *r)
{
    record_blank(r);
    r->text = chance(20) ? (Str){0} : some_text(1 + below(60));
    r->id = some_str();
    r->uri = some_str();
    r->publisher = some_str();
    r->title = some_str();
    r->published = chance(2) ? S("2025-03-18T09:30") : S("");
    r->published_how = (PublishedHow)(r->published.n ? 1 + below(PUBLISHED_COUNT - 1)
                                      : chance(2)    ? PUBLISHED_INFERRED
                                                     : PUBLISHED_UNKNOWN);
    if (r->published_how == PUBLISHED_INFERRED) r->published_range[below(2)] = some_when();
    r->truncated = chance(2);
    if (chance(2)) r->sha256 = S("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    fill_words(r);
    fill_statements(r, below(8));
    fill_events(r, below(5));
    fill_expectations(r, below(5));
    fill_others(r, below(4));
}
#endif
