/* Trains the scores of coreference (src/reading/coref_weights.c) and says where they come from.
**
**   train OUT GOLD.jsonl… [NAME=VALUE …]     (make train-coref)
**
** Gold: documents with "text", "genre" and "entities" of mentions with "span" and "head", as OntoGUM in the shared form. Each is read by the program's own
** stages up to its names; then the program's own walk (coref.c) goes over its phrases, asks this file to decide, and this file learns from what the
** options were. Learnt is a log-linear model over the options of a phrase: the probability of all right ones together (Durrett and Klein 2013, eq. 1),
** with their costs for the wrong ones (section 4: a false link, a wrong link, a missed link), by steps per weight (AdaGrad, Duchi, Hazan and
** Singer 2011). The first passes go where the truth is, the later ones where the model itself went, as it will have to live with that.
**
** Documents whose id holds a word of `without` are left out: their licence forbids the use. fold=0…4 keeps every fifth document back and, with
** predict=FILE, writes what the program then reads in those; fold=-1 learns from all.
**
** Always: one thread, one seed, no clock: the same data and model give the same file.
*/
#include "base/io.h"
#include "language/language.h"
#include "reading/coref.h"
#include "text/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    int passes, fold, folds, free;                       /* free: passes that go where the truth is */
    double rate, decay, wrong, missed, false_link;       /* costs, in log-odds */
    const char *without, *predict;
} how = {.passes = 6, .fold = -1, .folds = 3, .free = 2, .rate = 0.07, .decay = 1e-5, .wrong = 1, .missed = 2.5, .false_link = 0.3,
         .without = "GUM_essay_,GUM_letter_,GUM_podcast_,GUM_fiction_,GUM_whow_"};

enum { N = 1 << WEIGHT_BITS, SCALE = 2000, ZERO = 1 << 17 };
typedef struct { Record *r; Str id; int32_t fold, n; int32_t *gold; } Sample;      /* gold: of each phrase, or NONE */
typedef SLICE(Sample) Samples;

static Arena arena = {.budget = (ptrdiff_t)8 << 30}, scratch = {.budget = (ptrdiff_t)1 << 30};
static jmp_buf landing;
static Samples samples;
static double weight[N], sum[N], square[N];
static int64_t n_steps;

/* ---- reading --------------------------------------------------------------------------------------------------------- */
typedef struct { Span span, head; int32_t entity; } GoldMention;
typedef SLICE(GoldMention) GoldMentions;

static bool is_left_out(Str id)
{
    Str rest = str_of(how.without), word;
    while (str_split(&rest, ',', &word))
        if (word.n && str_find(id, word) >= 0) return true;
    return false;
}

static Span span_of(const Json *pair, const Place *place)
{
    if (!pair || pair->n != 2) return SPAN_NONE;
    return (Span){place_byte(place, (int32_t)pair->first->number), place_byte(place, (int32_t)pair->first->next->number)};
}

static GoldMentions gold_of(const Json *document, const Record *r)
{
    GoldMentions out = {0};
    Place place = place_of(&arena, r->text);
    int32_t entity = 0;
    const Json *all = json_get(document, S("entities"));
    for (const Json *e = all ? all->first : NULL; e; e = e->next, entity++) {
        const Json *mentions = json_get(e, S("mentions"));
        for (const Json *m = mentions ? mentions->first : NULL; m; m = m->next)
            *push(&arena, &out) = (GoldMention){span_of(json_get(m, S("span")), &place), span_of(json_get(m, S("head")), &place), entity};
    }
    return out;
}

/* The gold entity of a phrase: of the mention with its span; else of the shortest mention with its head. */
static int32_t gold_at(const Coref *c, const Phrase *p, const GoldMentions *gold)
{
    const Token *t = c->r->tokens.v;
    Span whole = {t[p->from].span.begin, t[p->to - 1].span.end}, head = t[p->head].span;
    int32_t best = NONE, best_n = 0;
    for (int32_t i = 0; i < gold->n; i++) {
        const GoldMention *m = &gold->v[i];
        if (m->span.begin == whole.begin && m->span.end == whole.end) return m->entity;
        if (p->kind == KIND_JOINT || m->head.begin != head.begin) continue;
        if (best < 0 || m->span.end - m->span.begin < best_n) best = m->entity, best_n = m->span.end - m->span.begin;
    }
    return best;
}

static void read_document(const Language *language, const Json *document, Str line)
{
    Sample s = {.r = arena_new(&arena, Record, 1), .id = json_text(document, S("id"))};
    Err e = {0};
    (void)line;
    if (!how.predict && is_left_out(s.id)) return;
    record_blank(s.r);
    if (!record_of_json(&arena, document, false, s.r, &e)) {
        fprintf(stderr, "%.*s: %s\n", STR(s.id), e.text);
        return;
    }
    s.r->id = s.id;
    text_clean(&arena, s.r);
    text_language(s.r);
    text_sentences(&arena, s.r, (TextOptions){0});
    text_tokens(&arena, s.r);
    language_read(&arena, language, s.r);
    reading_names(&arena, s.r);
    reading_link(&arena, actors_shipped(), s.r);
    Words w = words_of(&arena, s.r);
    Coref *c = coref_new(&arena, actors_shipped(), s.r, &w);
    GoldMentions gold = gold_of(document, s.r);
    s.n = c->phrases.n;
    s.gold = arena_new(&arena, int32_t, s.n + 1);
    for (int32_t i = 0; i < s.n; i++) s.gold[i] = gold_at(c, &c->phrases.v[i], &gold);
    s.fold = samples.n % how.folds;
    *push(&arena, &samples) = s;
}

static bool read_file(const Language *language, const char *path)
{
    IoFile f;
    Err e = {0};
    if (!io_open(&f, path, 1 << 30, &e)) {
        fprintf(stderr, "%s\n", e.text);
        return false;
    }
    Str rest = arena_str(&arena, f.bytes), line;
    io_close(&f);
    while (str_split(&rest, '\n', &line)) {
        Json *document;
        if (line.n && json_read(&arena, line, &document, &e)) read_document(language, document, line);
    }
    return true;
}

/* ---- learning -------------------------------------------------------------------------------------------------------- */
typedef struct { const Sample *s; int32_t done; bool learns, goes_right; int64_t n, right, links, found, wanted; } Learner;

/* The gold entity of each cluster: the one that most of its phrases speak of (Boyer and Moore's count). */
static void follow(Learner *l, const Coref *c, int32_t i)
{
    for (; l->done < i; l->done++) {
        int32_t gold = l->s->gold[l->done], k = coref_root(c, c->phrases.v[l->done].cluster);
        if (gold < 0 || k < 0) continue;
        Cluster *at = &c->clusters.v[k];
        if (at->gold == gold) at->gold_n++;
        else if (at->gold_n == 0) at->gold = gold, at->gold_n = 1;
        else at->gold_n--;
    }
}

static double score_of(const Option *o)
{
    double s = 0;
    for (int32_t f = 0; f < o->n; f++) s += weight[o->v[f]];
    return s;
}

static void step(const Option *o, double gradient)
{
    if (fabs(gradient) < 1e-3) return;
    for (int32_t f = 0; f < o->n; f++) {
        int32_t at = o->v[f];
        double g = gradient + how.decay * weight[at], before = weight[at];
        square[at] += g * g;
        weight[at] -= how.rate * g / sqrt(square[at] + 1e-3);
        sum[at] += (double)n_steps * (before - weight[at]);    /* average = weight + sum / steps, by deferred sums */
    }
}

static int32_t decide(void *with, const Coref *c, int32_t i, const Options *o, double *p)
{
    Learner *l = with;
    follow(l, c, i);
    bool right[RECENT + 4];
    double score[RECENT + 4], cost[RECENT + 4], top = -1e300, top_right = -1e300, all = 0, all_right = 0;
    int32_t best = 0, best_right = NONE, gold = l->s->gold[i];
    bool is_known = false;
    for (int32_t k = 1; k < o->n; k++) is_known |= right[k] = gold >= 0 && c->clusters.v[o->v[k].cluster].gold == gold;
    right[0] = !is_known;
    for (int32_t k = 0; k < o->n; k++) {
        score[k] = score_of(&o->v[k]);
        if (score[k] > score[best]) best = k;
        if (right[k] && (best_right < 0 || score[k] > score[best_right])) best_right = k;
        cost[k] = right[k] ? 0 : k == 0 ? how.missed : is_known ? how.wrong : how.false_link;
        if (score[k] + cost[k] > top) top = score[k] + cost[k];
        if (right[k] && score[k] > top_right) top_right = score[k];
    }
    l->n++;
    l->right += right[best];
    l->links += best > 0;
    l->wanted += is_known;
    l->found += best > 0 && right[best];
    double mass = 0;
    for (int32_t k = 0; k < o->n; k++) mass += exp(score[k] - score[best]);
    *p = 1 / mass;
    if (l->learns) {
        n_steps++;
        for (int32_t k = 0; k < o->n; k++) {
            all += exp(score[k] + cost[k] - top);
            if (right[k]) all_right += exp(score[k] - top_right);
        }
        for (int32_t k = 0; k < o->n; k++)
            step(&o->v[k], exp(score[k] + cost[k] - top) / all - (right[k] ? exp(score[k] - top_right) / all_right : 0));
    }
    return l->goes_right ? best_right : best;
}

static void pass(int number, bool learns)
{
    Learner l = {.learns = learns, .goes_right = learns && number < how.free};
    for (int32_t k = 0; k < samples.n; k++) {
        int32_t at = (int32_t)(((int64_t)k * 7919 + number * 31) % samples.n);       /* another order each pass */
        const Sample *s = &samples.v[at];
        if ((s->fold == how.fold) == learns || is_left_out(s->id)) continue;
        arena_reset(&scratch);
        Words w = words_of(&scratch, s->r);
        Coref *c = coref_new(&scratch, actors_shipped(), s->r, &w);
        l.s = s;
        l.done = 0;
        coref_walk(c, decide, &l);
    }
    if (l.n)
        fprintf(stderr, "%s %2d: %lld decisions, right %.4f; links P %.4f R %.4f\n", learns ? "pass" : "kept back", number, (long long)l.n,
                (double)l.right / (double)l.n, (double)l.found / (double)(l.links ? l.links : 1), (double)l.found / (double)(l.wanted ? l.wanted : 1));
}

/* ---- writing --------------------------------------------------------------------------------------------------------- */
static bool write_weights(const char *path, Err *e)
{
    Buf b = {.to = &arena};
    buf_printf(&b, "# Weights of coreference (src/reading/coref_weights.c), made by make train-coref (train/coref/train.c).\n"
                   "# From OntoGUM, train: annotations CC BY 4.0; texts of the genres academic, bio, conversation, court, interview, news, speech, textbook,\n"
                   "# vlog and voyage (CC BY, CC BY-SA or public domain); no other genre. %lld steps.\nscale %d\n", (long long)n_steps, SCALE);
    for (int32_t i = 0; i < N; i++) {
        if (i % 32 == 0) buf_add(&b, S("~ "));
        long v = lround(weight[i] * SCALE) + ZERO;
        if (v < 0) v = 0;
        if (v >= 2 * ZERO) v = 2 * ZERO - 1;
        for (int k = 0; k < 3; k++) buf_char(&b, (char)('0' + (v >> (6 * k) & 63)));
        if (i % 32 == 31) buf_char(&b, '\n');
    }
    return io_write_file(path, buf_str(&b), e);
}

static bool write_predictions(const char *path, Err *e)
{
    Buf b = {.to = &arena};
    for (int32_t k = 0; k < samples.n; k++) {
        const Sample *s = &samples.v[k];
        if (s->fold != how.fold && how.fold >= 0) continue;
        Words w = words_of(&arena, s->r);
        Coref *c = coref_new(&arena, actors_shipped(), s->r, &w);
        Learner l = {.s = s};
        coref_walk(c, decide, &l);
        coref_put(c);
        record_json(s->r, false, &b);
        buf_char(&b, '\n');
    }
    return io_write_file(path, buf_str(&b), e);
}

static bool option(const char *arg)
{
    const char *eq = strchr(arg, '=');
    if (!eq) return false;
    Str name = {arg, eq - arg};
    const struct { const char *name; int *i; double *d; const char **s; } all[] = {
        {"passes", &how.passes}, {"fold", &how.fold}, {"free", &how.free}, {"rate", NULL, &how.rate}, {"decay", NULL, &how.decay},
        {"wrong", NULL, &how.wrong}, {"missed", NULL, &how.missed}, {"false", NULL, &how.false_link}, {"predict", NULL, NULL, &how.predict}};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        if (!str_eq(name, str_of(all[k].name))) continue;
        if (all[k].i) *all[k].i = atoi(eq + 1);
        if (all[k].d) *all[k].d = atof(eq + 1);
        if (all[k].s) *all[k].s = eq + 1;
        return true;
    }
    fprintf(stderr, "no option '%s'\n", arg);
    exit(2);
}

int main(int argc, char **argv)
{
    Err e = {0};
    arena.landing = scratch.landing = &landing;
    if (setjmp(landing)) return fprintf(stderr, "out of memory\n"), 1;
    Model *model = model_of(model_shipped(S("en")), S("models/en.dm"), &e);
    Language *language = model ? language_open(model, &e) : NULL;
    if (!language || argc < 3) return fprintf(stderr, "usage: train OUT GOLD.jsonl... [NAME=VALUE ...] %s\n", e.text), 2;
    for (int i = 2; i < argc; i++) (void)option(argv[i]);
    for (int i = 2; i < argc; i++)
        if (!strchr(argv[i], '=') && !read_file(language, argv[i])) return 1;
    for (int k = 0; k < how.passes; k++) pass(k, true);
    for (int32_t i = 0; i < N; i++) weight[i] += sum[i] / (double)(n_steps ? n_steps : 1);
    pass(how.passes, false);
    bool ok = write_weights(argv[1], &e) && (!how.predict || write_predictions(how.predict, &e));
    if (!ok) fprintf(stderr, "%s\n", e.text);
    language_close(language);
    model_close(model);
    return !ok;
}
