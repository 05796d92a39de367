/* genledger --documents N --statements N --events N --seed S OUT.db: a ledger of any size, for benchmarks and tests.
**
**   "Vamoru desta ile the karo," Premier Lisa Tovan told the Meridian Post on 4 March 2021.
**
** Everything is invented: a vocabulary made of syllables between the little words of English, some four hundred people
** of twenty countries, forty papers, six years of days with weekends and a few crises in which everybody speaks at once.
** Few speak often and many seldom, as in real news (a rank drawn as n·u³ is near enough to Zipf). All places are right: the
** ledger verifies. The same arguments give the same content, byte for byte (demarche's digest of it is the same).
**
** Cost: printed at the end. A generator of texts, not of reality: what is found in it means nothing.
*/
#include "base/io.h"
#include "ledger/ledger.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTRIES = 20, PEOPLE = 400, PAPERS = 40, VOCABULARY = 4000, FIRST_DAY = 17897, DAYS = 2192, BATCH = 1000 };  /* 2019 … 2024 */
typedef struct { Str name, title, full; int country; } Person;
typedef struct {
    Arena keep;                            /* names and words: the whole run */
    Rng rng;
    Str country[COUNTRIES], code[COUNTRIES], paper[PAPERS], word[VOCABULARY];
    Person person[PEOPLE];
    int32_t crisis[12];
} World;

typedef struct {
    World *w;
    Arena *a;
    Record *r;
    Buf text;
    int32_t entity_of[PEOPLE];             /* entity of this document, or -1 */
    int32_t day, n_people, people[12];
} Draft;

static int32_t below(World *w, int32_t n) { return rng_below(&w->rng, n); }
static int32_t skewed(World *w, int32_t n)
{
    double u = rng_unit(&w->rng);
    return (int32_t)(n * u * u * u);
}

/* ---- the world ------------------------------------------------------------------------------------------ */
static Str made_word(World *w, int syllables, bool is_name)
{
    static const char *const heads[] = {"v", "t", "k", "m", "l", "s", "d", "r", "b", "n", "p", "g", "z", "st", "dr", "kh", "tr", "h"};
    static const char *const tails[] = {"a", "e", "i", "o", "u", "an", "or", "el", "in", "ai", "ur", "es", "o", "a"};
    Buf b = {.to = &w->keep};
    for (int i = 0; i < syllables; i++) {
        buf_add(&b, str_of(heads[below(w, 18)]));
        buf_add(&b, str_of(tails[below(w, 14)]));
    }
    if (is_name) b.p[0] = (char)(b.p[0] - 32);
    return buf_str(&b);
}

static void make_world(World *w)
{
    static const char *const papers[] = {"Herald", "Courier", "Post", "Gazette", "Observer", "Ledger Daily", "Wire", "Chronicle"};
    static const char *const titles[] = {"Foreign Minister", "Premier", "Envoy", "Spokesperson", "Ambassador", "General", "Deputy"};
    for (int i = 0; i < COUNTRIES; i++) {
        w->country[i] = made_word(w, 3, true);
        w->code[i] = arena_printf(&w->keep, "X%c%c", 'A' + i / 5, 'A' + i % 5);   /* ISO keeps XAA … XZZ free for private use */
    }
    for (int i = 0; i < PAPERS; i++) {
        Str place = made_word(w, 2, true);
        w->paper[i] = arena_printf(&w->keep, "%.*s %s", STR(place), papers[i % 8]);
    }
    for (int i = 0; i < PEOPLE; i++) {
        Str given = made_word(w, 2, true), family = made_word(w, 2 + i % 2, true);
        Person *p = &w->person[i];
        p->country = below(w, COUNTRIES);
        p->name = arena_printf(&w->keep, "%.*s %.*s", STR(given), STR(family));
        p->title = str_of(titles[below(w, 7)]);
        p->full = arena_printf(&w->keep, "%.*s %.*s", STR(p->title), STR(p->name));
    }
    for (int i = 0; i < VOCABULARY; i++) w->word[i] = made_word(w, 1 + below(w, 3), false);
    for (int i = 0; i < 12; i++) w->crisis[i] = below(w, DAYS);
}

/* A day: one in four documents falls into the ten days of a crisis; Sundays are quiet. */
static int32_t some_day(World *w)
{
    int32_t day = below(w, 4) == 0 ? w->crisis[below(w, 12)] + below(w, 10) : below(w, DAYS);
    if (date_weekday(date_civil(FIRST_DAY + day)) == 6 && below(w, 3)) day++;
    return FIRST_DAY + day % DAYS;
}

/* ---- sentences ------------------------------------------------------------------------------------------ */
static int32_t here(const Draft *d) { return (int32_t)d->text.n; }
static void say(Draft *d, const char *words) { buf_add(&d->text, str_of(words)); }

static void babble(Draft *d, int n)
{
    static const char *const little[] = {"the", "of", "and", "to", "in", "that", "a", "for", "will", "with", "not", "on"};
    for (int i = 0; i < n; i++) {
        if (i) say(d, " ");
        if (below(d->w, 5) < 2) say(d, little[below(d->w, 12)]);
        else buf_add(&d->text, d->w->word[skewed(d->w, VOCABULARY)]);
    }
}

/* Writes somebody, in full at first and by the family name afterwards, and notes the mention. */
static int32_t mention(Draft *d, int32_t person, Span *span)
{
    const Person *p = &d->w->person[person];
    bool first = d->entity_of[person] < 0;
    if (first) {
        Entity *n = record_add_entity(d->a, d->r);
        n->name = p->name;
        n->type = ENTITY_PER;
        n->key = p->name;
        n->actor = arena_printf(d->a, "%.*s GOV", STR(d->w->code[p->country]));
        n->by = S("genledger/1");
        d->entity_of[person] = d->r->entities.n - 1;
    }
    span->begin = here(d);
    if (first) {
        buf_add(&d->text, p->title);
        say(d, " ");
        buf_add(&d->text, p->name);
    } else {
        Str rest = p->name, family = p->name;
        while (str_split(&rest, ' ', &family)) { }
        buf_add(&d->text, family);
    }
    span->end = here(d);
    Entity *n = &d->r->entities.v[d->entity_of[person]];
    *push(d->a, &n->mentions) = (Mention){*span, MENTION_NAME, (double)NAN};
    return d->entity_of[person];
}

static void sentence_done(Draft *d, int32_t begin)
{
    *push(d->a, &d->r->sentences) = (Span){begin, here(d)};
    say(d, d->r->sentences.n % 4 ? " " : "\n\n");
}

static void dated(Draft *d)
{
    static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September",
                                         "October", "November", "December"};
    Date day = date_civil(d->day + below(d->w, 60) - 30);
    int32_t begin = here(d);
    buf_printf(&d->text, "%d %s %d", day.day, months[day.month - 1], day.year);
    Time *t = push(d->a, &d->r->times);
    *t = (Time){.span = {begin, here(d)}, .type = TIME_DATE, .value = date_iso(d->a, day), .by = S("genledger/1")};
}

static int32_t somebody(Draft *d) { return d->people[below(d->w, d->n_people)]; }

static void topic(Draft *d, int32_t statement, Span span)
{
    static const char *const keys[] = {"ceasefire", "sanctions", "grain", "gas", "border", "prisoners", "summit", "tariffs", "fishing",
                                       "elections", "water", "missiles", "refugees", "ports", "loans"};
    Topic *t = record_add_topic(d->a, d->r);
    t->key = str_of(keys[skewed(d->w, 15)]);
    *push(d->a, &t->spans) = span;
    t->statement = statement;
    t->by = S("genledger/1");
}

static void statement(Draft *d)
{
    static const char *const cues[] = {"said", "told reporters", "warned", "insisted", "denied", "promised"};
    int32_t begin = here(d);
    Span content, source, cue;
    bool is_direct = below(d->w, 3) > 0;
    if (is_direct) say(d, "\xE2\x80\x9C");
    else {
        int32_t speaker = mention(d, somebody(d), &source);
        (void)speaker;
        say(d, " ");
        cue.begin = here(d);
        say(d, cues[below(d->w, 6)]);
        cue.end = here(d);
        say(d, " that ");
    }
    content.begin = here(d);
    babble(d, 6 + below(d->w, 12));
    content.end = here(d);
    if (is_direct) {
        say(d, ",\xE2\x80\x9D ");
        mention(d, somebody(d), &source);
        say(d, " ");
        cue.begin = here(d);
        say(d, cues[below(d->w, 6)]);
        cue.end = here(d);
        if (below(d->w, 4) == 0) say(d, " on "), dated(d);
    }
    say(d, ".");
    Statement *s = record_add_statement(d->a, d->r);
    for (int32_t i = 0; i < d->r->entities.n; i++) {
        const Entity *n = &d->r->entities.v[i];
        if (n->mentions.v[n->mentions.n - 1].span.begin == source.begin) s->speaker = i;
    }
    *push(d->a, &s->source) = source;
    *push(d->a, &s->cue) = cue;
    *push(d->a, &s->content) = content;
    s->form = is_direct ? FORM_DIRECT : FORM_INDIRECT;
    s->class = CLASS_SPEECH;
    s->sourcing = SOURCING_NAMED;
    s->by = S("genledger/1");
    if (below(d->w, 2) == 0) topic(d, d->r->statements.n - 1, content);
    if (below(d->w, 6) == 0) {
        static const ExpectationKind which[] = {EXPECT_FORECAST, EXPECT_DEMAND, EXPECT_PROMISE, EXPECT_THREAT, EXPECT_OFFER};
        Expectation *x = record_add_expectation(d->a, d->r);
        x->span = content;
        x->holder = s->speaker;
        x->kind = which[below(d->w, 5)];
        x->polarity = below(d->w, 3) - 1;
        x->strength = below(d->w, 100) / 100.0;
        x->due = date_iso(d->a, date_civil(d->day + 7 + below(d->w, 120)));
        x->statement = d->r->statements.n - 1;
        x->by = S("genledger/1");
    }
    sentence_done(d, begin);
}

static void event(Draft *d)
{
    static const struct { const char *verb, *type, *cameo; double goldstein; } kinds[] = {
        {"met with", "CONSULT", "040", 1.0}, {"accused", "ACCUSE", "112", -2.0}, {"called on", "REQUEST", "020", 3.0},
        {"signed an accord with", "AGREE", "057", 8.0}, {"threatened", "THREATEN", "130", -4.4}, {"rejected", "REJECT", "120", -4.0},
        {"imposed sanctions on", "SANCTION", "163", -8.0}, {"sent aid to", "AID", "070", 7.0}};
    int32_t begin = here(d), kind = skewed(d->w, 8);
    Span from, to;
    int32_t a = mention(d, somebody(d), &from);
    say(d, " ");
    int32_t verb = here(d);
    say(d, kinds[kind].verb);
    int32_t verb_end = here(d);
    say(d, " ");
    int32_t b = mention(d, somebody(d), &to);
    if (below(d->w, 3) == 0) say(d, " on "), dated(d);
    say(d, ".");
    Event *v = record_add_event(d->a, d->r);
    v->span = (Span){begin, here(d)};
    v->anchor = (Span){verb, verb_end};
    v->type = str_of(kinds[kind].type);
    v->cameo = str_of(kinds[kind].cameo);
    v->goldstein = kinds[kind].goldstein;
    *push(d->a, &v->contexts) = S("diplomatic");
    *push(d->a, &v->source) = (Role){a, d->r->entities.v[a].actor};
    *push(d->a, &v->target) = (Role){b, d->r->entities.v[b].actor};
    v->time = date_iso(d->a, date_civil(d->day - below(d->w, 3)));
    v->status = below(d->w, 8) ? STATUS_OCCURRED : STATUS_PLANNED;
    v->p = 0.5 + below(d->w, 50) / 100.0;
    v->by = S("genledger/1");
    sentence_done(d, begin);
}

static void filler(Draft *d)
{
    int32_t begin = here(d);
    babble(d, 8 + below(d->w, 14));
    say(d, ".");
    sentence_done(d, begin);
}

/* ---- a document ----------------------------------------------------------------------------------------- */
static void write_document(World *w, Arena *a, Record *r, int32_t number, int32_t n_statements, int32_t n_events)
{
    Draft d = {.w = w, .a = a, .r = r, .text = {.to = a}, .day = some_day(w), .n_people = 3 + below(w, 6)};
    char hex[65];
    record_blank(r);
    for (int i = 0; i < PEOPLE; i++) d.entity_of[i] = -1;
    for (int i = 0; i < d.n_people; i++) d.people[i] = skewed(w, PEOPLE);
    r->id = arena_printf(a, "gen-%d", number);
    r->publisher = w->paper[skewed(w, PAPERS)];
    r->published = date_iso(a, date_civil(d.day));
    r->published_how = PUBLISHED_STATED;
    r->lang = S("en");
    babble(&d, 5);
    r->title = arena_str(a, buf_str(&d.text));
    say(&d, "\n\n");
    *push(a, &r->boilerplate) = (Boilerplate){{0, here(&d)}, BOILERPLATE_TITLE};
    for (filler(&d); n_statements > 0 || n_events > 0;) {
        bool which = n_events == 0 || (n_statements > 0 && below(w, n_statements + n_events) < n_statements);
        which ? statement(&d) : event(&d);
        *(which ? &n_statements : &n_events) -= 1;
    }
    filler(&d);
    r->text = str_sub(buf_str(&d.text), 0, r->sentences.v[r->sentences.n - 1].end);
    hash_sha256(arena_printf(a, "%d\n%.*s", number, STR(r->text)), hex);
    r->sha256 = arena_str(a, str_of(hex));
}

typedef struct { int64_t documents, statements, events, seed; const char *out; } Order;
static World world;
static Arena page;
static jmp_buf landing;

static bool generate(const Order *o, Err *e)
{
    Ledger *db = ledger_open(o->out, LEDGER_WRITE, e);
    bool ok = db && ledger_start_run(db, S("2025-01-01T00:00:00Z"), S("genledger"), e);
    double begun = io_seconds();
    int64_t rows = 0, added = 0;
    for (int64_t i = 0; ok && i < o->documents; i++) {
        Record r;
        bool is_new;
        arena_reset(&page);
        int32_t n_statements = (int32_t)(o->statements * (i + 1) / o->documents - o->statements * i / o->documents);
        int32_t n_events = (int32_t)(o->events * (i + 1) / o->documents - o->events * i / o->documents);
        write_document(&world, &page, &r, (int32_t)i, n_statements, n_events);
        const LedgerRow *row = ledger_prepare(&page, &r);
        if (i % BATCH == 0) ok = ledger_begin(db, e);
        ok = ok && ledger_put(db, row, &is_new, e);
        added += ok && is_new;
        rows += 1 + r.statements.n + r.events.n + r.entities.n + r.times.n + r.topics.n + r.expectations.n;
        if (ok && (i % BATCH == BATCH - 1 || i == o->documents - 1)) ok = ledger_commit(db, e);
    }
    ok = ok && ledger_note_run(db, S("2025-01-01T00:00:00Z"), S("genledger"), added, o->documents - added, 0, e);
    double took = io_seconds() - begun;
    ledger_close(db);
    if (ok) printf("%lld documents, %lld rows in %.1f s: %.0f documents/s, %.0f rows/s\n", (long long)added, (long long)rows, took,
                   (double)added / took, (double)rows / took);
    return ok;
}

static bool number_after(char **argv, int argc, int *i, const char *name, int64_t most, int64_t *n)
{
    if (strcmp(argv[*i], name) || *i + 1 >= argc) return false;
    char *end;
    *n = strtoll(argv[++*i], &end, 10);
    if (*end || *n < 0 || *n > most) {
        io_note("genledger: %s is a number from 0 to %lld", name, (long long)most);
        exit(2);
    }
    return true;
}

int main(int argc, char **argv)
{
    Order o = {.documents = 1000, .statements = 3000, .events = 3000, .seed = 1};
    Err e = {0};
    for (int i = 1; i < argc; i++) {
        if (number_after(argv, argc, &i, "--documents", 10000000, &o.documents)) continue;
        if (number_after(argv, argc, &i, "--statements", 100000000, &o.statements)) continue;
        if (number_after(argv, argc, &i, "--events", 100000000, &o.events)) continue;
        if (number_after(argv, argc, &i, "--seed", INT64_MAX, &o.seed)) continue;
        if (argv[i][0] == '-' || o.out) o.documents = 0;
        o.out = argv[i];
    }
    if (!o.out || o.documents < 1) {
        io_note("usage: genledger --documents N --statements N --events N --seed S OUT.db");
        return 2;
    }
    world.rng = rng_seed((uint64_t)o.seed);
    world.keep.landing = page.landing = &landing;
    if (setjmp(landing)) {
        io_note("genledger: a document is larger than the memory for one; ask for fewer statements in a document");
        return 1;
    }
    make_world(&world);
    if (generate(&o, &e)) return 0;
    io_note("genledger: %s", e.text);
    return 1;
}
