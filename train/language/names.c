/* Learning names: a linear chain over the runtime's features, its facts, and the calibration of its probabilities.
**
**   1. two models on halves of the documents, each of which tags the other half: what a document's memory looks like
**   2. the model, with that memory
**   3. the calibration, on names that the model finds in development sentences
**
** The corpora disagree about what a name is. So each sentence says only which chains of tags its corpus allows: where a
** corpus has no MISC, a word without a name may be MISC or none; where demonyms are left out, one may be either. What
** is learnt raises the allowed chains over all chains (Tsuboi et al. 2008). Features of a corpus alone beside the
** common ones (Daumé 2007) were tried and cost 1.4 points of F1 on news.
**
** FTRL-Proximal (McMahan et al. 2013, algorithm 1): weights that do not earn their place are exactly zero.
*/
#include "train/language/train_language.h"
#include "language/name_inside.h"
#include "base/io.h"
#include "base/table.h"
#include "cities.h"
#include "demonyms.h"
#include "given.h"
#include "lands.h"
#include "orgwords.h"
#include "peoples.h"
#include "places.h"
#include "titles.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* ---- what is learnt from --------------------------------------------------------------------------------------- */
typedef struct {
    Sentence s;
    const NameSentence *gold;
    int32_t doc;                                         /* counted over all sets */
    bool is_copy;                                        /* in capitals; no part of its document's memory */
    float weight;
    uint32_t *mask;
    uint8_t *seen;                                       /* tags by a model that has not seen the document */
    int64_t at;                                          /* of its first token in Learner.begin */
} Example;

typedef struct {
    Arena *a;
    Train *t;
    SLICE(Example) x;
    NameFacts facts;
    /* features: the keys, and for each token the rows of those it has */
    uint64_t *key;
    int32_t *count, *row;
    uint64_t cells;
    int32_t rows;
    uint64_t *row_key;
    int64_t *begin;
    uint32_t *ids;
    /* weights */
    float *w, *z, *g;
    NameSteps steps, steps_z, steps_g;
    double alpha, beta, l1, l2;
    Rng rng;
} Learner;

static void *need(void *p)
{
    if (!p) io_note("not enough memory"), abort();
    return p;
}

/* ---- facts ----------------------------------------------------------------------------------------------------- */
typedef struct { uint64_t *key; uint16_t *flags; int32_t n, cap; Map index; Arena *a; } FactList;

static void fact_hash(FactList *l, uint64_t key, int flags)
{
    Str k = arena_str(l->a, (Str){(char *)&key, sizeof key});
    int32_t *at = map_at(&l->index, k);
    if (*at < 0) {
        if (l->n == l->cap) {
            l->cap = l->cap ? 2 * l->cap : 4096;
            l->key = need(realloc(l->key, sizeof *l->key * (size_t)l->cap));
            l->flags = need(realloc(l->flags, sizeof *l->flags * (size_t)l->cap));
        }
        l->key[l->n] = key;
        l->flags[l->n] = 0;
        *at = l->n++;
    }
    l->flags[*at] |= (uint16_t)flags;
}

/* A name of one or several words; `inside` marks each of several. */
static void fact_add(FactList *l, Str name, int flags, int inside)
{
    Clusters none = {0};
    Str rest = name, word;
    uint64_t phrase = 0;
    int n = 0;
    while (str_split(&rest, ' ', &word)) {
        uint64_t lower = word_of(&none, word, false).lower;
        phrase = n++ ? name_phrase(phrase, lower) : lower;
        if (name.n != word.n && inside) fact_hash(l, lower, inside);
    }
    if (n) fact_hash(l, phrase, flags);
}

/* The table is made for four times the facts, so that none is without a place: rare words may be lost, facts may
** not. */
static void fact_section(Learner *l, const FactList *f)
{
    enum { ROOM = 4 };
    uint64_t *key = arena_new(l->a, uint64_t, (ptrdiff_t)f->n * ROOM);
    uint16_t *flags = arena_new(l->a, uint16_t, (ptrdiff_t)f->n * ROOM);
    for (int k = 0; k < ROOM; k++) {
        memcpy(key + (ptrdiff_t)k * f->n, f->key, sizeof *key * (size_t)f->n);
        memcpy(flags + (ptrdiff_t)k * f->n, f->flags, sizeof *flags * (size_t)f->n);
    }
    Buf out = {.to = l->t->arena};
    clusters_write(key, flags, f->n * ROOM, &out);       /* a key that comes again is left out */
    Err e;
    clusters_of(buf_str(&out), &l->facts, &e);
    int32_t lost = 0;
    for (int32_t i = 0; i < f->n; i++) lost += cluster_of(&l->facts, f->key[i]) != f->flags[i];
    io_note("  %d facts, %d of them lost, %td bytes", f->n, lost, out.n);
    train_section(l->t, "name.facts", buf_str(&out));
}

static void facts(Learner *l)
{
    FactList f = {.a = l->a, .index = {.to = l->a}};
    for (int32_t i = 0; i < given_n; i++) fact_add(&f, given_rows[i].name, FACT_GIVEN, 0);
    for (int32_t i = 0; i < demonyms_n; i++) fact_add(&f, demonyms_rows[i].word, FACT_PEOPLE, 0);
    for (int32_t i = 0; i < titles_n; i++) fact_add(&f, titles_rows[i].title, FACT_TITLE, 0);
    for (int32_t i = 0; i < orgwords_n; i++)
        if (str_eq(orgwords_rows[i].kind, S("head"))) fact_add(&f, orgwords_rows[i].word, FACT_ORG_HEAD, 0);
        else if (str_eq(orgwords_rows[i].kind, S("name"))) fact_add(&f, orgwords_rows[i].word, FACT_ORG, 0);
    for (int32_t i = 0; i < places_n; i++) {
        bool is_gpe = str_eq(places_rows[i].type, S("GPE")), is_city = str_eq(places_rows[i].what, S("city"));
        fact_add(&f, places_rows[i].place, FACT_PLACE | (is_gpe ? is_city ? FACT_CITY : FACT_STATE : 0), FACT_IN_PLACE);
    }
    for (int32_t i = 0; i < cities_n; i++) fact_add(&f, cities_rows[i].city, FACT_CITY, 0);
    for (int32_t i = 0; i < peoples_n; i++) fact_add(&f, peoples_rows[i].people, FACT_PEOPLE, 0);
    for (int32_t i = 0; i < lands_n; i++)
        fact_add(&f, lands_rows[i].word, str_eq(lands_rows[i].where, S("last")) ? FACT_LAND_LAST : FACT_LAND_OF, 0);
    fact_section(l, &f);
    free(f.key);
    free(f.flags);
}

/* ---- examples -------------------------------------------------------------------------------------------------- */
static int type_of_gold(int tag)                         /* 0 PER 1 ORG 2 LOC 3 GPE 4 MISC → ours */
{
    static const int type[] = {NAME_PER, NAME_ORG, NAME_LOC, NAME_LOC, NAME_MISC};
    return type[(tag - 1) / 2];
}
static bool goes_on(const NameSentence *g, int32_t i)
{
    return i + 1 < g->n && g->tag[i] && g->tag[i + 1] && (g->tag[i + 1] - 1) % 2 == 1;
}
static int tag_of_gold(const NameSentence *g, int32_t i)
{
    if (!g->tag[i]) return NAME_NONE;
    bool is_inner = (g->tag[i] - 1) % 2 == 1, on = goes_on(g, i);
    return name_tag(type_of_gold(g->tag[i]), is_inner ? on ? NAME_INNER : NAME_END : on ? NAME_BEGIN : NAME_SINGLE);
}

static bool corpus_is(Str corpus, const char *name) { return str_find(corpus, str_of(name)) >= 0; }

static uint32_t all_of(int type) { return 15u << name_tag(type, 0); }

/* Some corpora have people's titles within ("Foreign Minister Venn"), or people who are nothing but a title: such names
** teach nothing. */
static bool has_title(const Learner *l, const Example *x, int32_t begin)
{
    const Word *w = &x->s.words[begin + 1];
    return !(w->flags & WORD_UPPER) || cluster_of(&l->facts, w->lower) & (FACT_TITLE | FACT_PEOPLE | FACT_STATE);
}

static void mask_example(Learner *l, Example *x, Str corpus)
{
    bool lacks_misc = corpus_is(corpus, "btc") || corpus_is(corpus, "re3d");
    bool has_titles = !corpus_is(corpus, "worldwide");
    bool has_some = corpus_is(corpus, "gum") || corpus_is(corpus, "wnut"), is_free = false;
    x->mask = arena_new(l->a, uint32_t, x->gold->n);
    for (int32_t i = 0; i < x->gold->n; i++) {
        int tag = tag_of_gold(x->gold, i);
        const Word *w = &x->s.words[i + 1];
        bool is_people = cluster_of(&l->facts, w->lower) & FACT_PEOPLE;
        x->mask[i] = 1u << tag;
        if (!tag && w->flags & WORD_UPPER && (lacks_misc || (has_some && is_people))) x->mask[i] |= all_of(NAME_MISC);
        bool is_person = tag && name_type_of(tag) == NAME_PER;
        if (is_person && name_may_begin(tag)) is_free = has_titles && has_title(l, x, i);
        if (is_person && is_free) x->mask[i] = (1u << NAME_TAGS) - 1;
    }
}

/* CrossNER has 200 sentences of politics, to learn from: they count more often. */
static double corpus_weight(const Train *t, Str corpus)
{
    return corpus_is(corpus, "crossner") ? train_option(t, "names.crossner", 3) : 1;
}

static void examples(Learner *l)
{
    int32_t docs = 0;
    for (int32_t set = 0; set < l->t->names.n; set++) {
        const TrainNames *n = &l->t->names.v[set];
        float weight = (float)corpus_weight(l->t, n->corpus);
        int32_t doc = -1;
        for (int32_t i = 0; i < n->n; i++) {
            if (n->gold[i].n > NAME_WORDS) continue;
            if (n->gold[i].doc != doc) doc = n->gold[i].doc, docs++;
            Example x = {.s = n->sentence[i], .gold = &n->gold[i], .doc = docs, .weight = weight};
            mask_example(l, &x, n->corpus);
            x.seen = arena_new(l->a, uint8_t, x.gold->n);
            *push(l->a, &l->x) = x;
        }
    }
}

/* A sentence in capitals, or as a headline: what it teaches is that capitals are no names there. */
static Str raised(Arena *a, Str form, bool whole)
{
    Buf out = {.to = a};
    for (ptrdiff_t i = 0; i < form.n;) {
        bool is_first = i == 0;
        int32_t cp = utf8_next(form, &i);
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t n = utf8proc_encode_char(whole || is_first ? utf8proc_toupper(cp) : cp, bytes);
        buf_add(&out, (Str){(char *)bytes, n});
    }
    return buf_str(&out);
}

static void copies(Learner *l)
{
    int32_t n = l->x.n, each = (int32_t)train_option(l->t, "names.copies", 20);
    Arena scratch = {.budget = 64 << 20, .landing = l->a->landing};
    Err none;
    Model *m = train_model(l->t, &none);                 /* without a tagger's sections: words without tags */
    Tagger *tagger = m && l->t->xpos.n ? tagger_of(l->a, m, &none) : NULL;
    for (int32_t i = 0; each && i < n; i++) {
        const Example *old = &l->x.v[i];
        int32_t what = rng_below(&l->rng, each);
        if (what > 1 || old->gold->n < 4) continue;
        Str *form = arena_new(l->a, Str, old->gold->n);
        for (int32_t k = 0; k < old->gold->n; k++) {
            bool stays = what == 1 && k && !old->s.words[k + 1].suffix[2];       /* "of", "the" in a headline */
            form[k] = stays ? old->gold->form[k] : raised(l->a, old->gold->form[k], what == 0);
        }
        Example x = *old;
        x.s = train_words(l->a, &l->t->clusters, form, old->gold->n);
        if (tagger) tagger_words(&scratch, tagger, &x.s), arena_reset(&scratch);
        x.is_copy = true;
        *push(l->a, &l->x) = x;
    }
    model_close(m);
    arena_close(&scratch);
}

/* ---- features to rows ------------------------------------------------------------------------------------------ */
enum { KEYS_MAX = 1 << 25 };                             /* cells; half of them at most are used */

static uint64_t cell_of(const Learner *l, uint64_t key)
{
    uint64_t at = (key * 0x9E3779B97F4A7C15u) >> 39;
    while (l->key[at] && l->key[at] != key) at = (at + 1) % KEYS_MAX;
    return at;
}

typedef struct { const NameLook *look; uint64_t f[NAME_FEATURES]; int32_t n; } Asked;

static void walk(Learner *l, bool with_memory, void (*each)(Learner *, const Example *, int32_t, const Asked *))
{
    Arena scratch = {.budget = 1 << 30, .landing = l->a->landing};
    NameLook *look = arena_new(l->a, NameLook, 1);
    Asked *q = arena_new(l->a, Asked, 1);
    q->look = look;
    NameMemory *memory = NULL;
    int32_t doc = -1;
    for (int32_t i = 0; i < l->x.n; i++) {
        const Example *x = &l->x.v[i];
        if (with_memory && x->doc != doc) {
            doc = x->doc;
            arena_reset(&scratch);
            memory = arena_new(&scratch, NameMemory, 1);
        }
        name_look(look, &x->s, &l->facts, with_memory && !x->is_copy ? memory : NULL);
        for (int32_t k = 0; k < x->s.n; k++) {
            q->n = name_features(look, k, q->f);
            each(l, x, k, q);
        }
        if (with_memory && !x->is_copy) name_remember(memory, &x->s, x->seen);
    }
    arena_close(&scratch);
}

static void count_one(Learner *l, const Example *x, int32_t i, const Asked *q)
{
    (void)x, (void)i;
    for (int32_t k = 0; k < q->n; k++) {
        uint64_t at = cell_of(l, q->f[k]);
        if (!l->key[at]) {
            if (++l->cells > KEYS_MAX * 3 / 4) io_note("more than %d features", KEYS_MAX * 3 / 4), abort();
            l->key[at] = q->f[k];
        }
        l->count[at]++;
    }
}

static int64_t fill_at, token_at;
static void fill_one(Learner *l, const Example *x, int32_t i, const Asked *q)
{
    if (i == 0) ((Example *)x)->at = token_at;
    l->begin[token_at++] = fill_at;
    for (int32_t k = 0; k < q->n; k++) {
        int32_t row = l->row[cell_of(l, q->f[k])];
        if (row >= 0) l->ids[fill_at++] = (uint32_t)row;
    }
    l->begin[token_at] = fill_at;
}

static void free_tables(Learner *l)
{
    void *tables[] = {l->key, l->count, l->row, l->row_key, l->begin, l->ids, l->w, l->z, l->g};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) free(tables[i]);
}

static void features(Learner *l, bool with_memory)
{
    int64_t tokens = 0;
    for (int32_t i = 0; i < l->x.n; i++) tokens += l->x.v[i].s.n;
    free_tables(l);
    l->key = need(calloc(KEYS_MAX, sizeof *l->key));
    l->count = need(calloc(KEYS_MAX, sizeof *l->count));
    l->row = need(malloc(KEYS_MAX * sizeof *l->row));
    l->cells = 0;
    walk(l, with_memory, count_one);
    int64_t total = 0;
    l->rows = 0;
    int32_t seen = (int32_t)train_option(l->t, "names.seen", 2);
    for (uint64_t i = 0; i < KEYS_MAX; i++) {
        l->row[i] = l->key[i] && l->count[i] >= seen ? l->rows++ : -1;
        if (l->row[i] >= 0) total += l->count[i];
    }
    l->row_key = need(malloc(sizeof *l->row_key * (size_t)l->rows));
    for (uint64_t i = 0; i < KEYS_MAX; i++)
        if (l->row[i] >= 0) l->row_key[l->row[i]] = l->key[i];
    l->begin = need(malloc(sizeof *l->begin * (size_t)(tokens + 1)));
    l->ids = need(malloc(sizeof *l->ids * (size_t)total));
    fill_at = token_at = 0;
    walk(l, with_memory, fill_one);
    size_t cells = (size_t)l->rows * NAME_TAGS;
    l->w = need(calloc(cells, sizeof *l->w));
    l->z = need(calloc(cells, sizeof *l->z));
    l->g = need(calloc(cells, sizeof *l->g));
    io_note("  %d sentences, %lld tokens, %llu features, %d kept", l->x.n, (long long)tokens,
            (unsigned long long)l->cells, l->rows);
}

/* ---- learning -------------------------------------------------------------------------------------------------- */
static void score_example(const Learner *l, const Example *x, NameRow *score)
{
    for (int32_t i = 0; i < x->s.n; i++) {
        memset(score[i], 0, sizeof score[i]);
        for (int64_t k = l->begin[x->at + i]; k < l->begin[x->at + i + 1]; k++) {
            const float *row = l->w + (size_t)l->ids[k] * NAME_TAGS;
            for (int j = 0; j < NAME_TAGS; j++) score[i][j] += row[j];
        }
    }
}

static inline void learn(const Learner *l, float *w, float *z, float *n, double g, double l1)
{
    double before = *n, after = before + g * g, sigma = (sqrt(after) - sqrt(before)) / l->alpha;
    *z = (float)(*z + g - sigma * *w);
    *n = (float)after;
    double size = fabs((double)*z) - l1;
    *w = size <= 0 ? 0 : (float)(-(*z > 0 ? size : -size) / ((l->beta + sqrt(after)) / l->alpha + l->l2));
}

static double step_share(const NameSums *z, int32_t i, int k, int j)
{
    return z->forward[i - 1][k] * z->step[k][j] * z->emit[i][j] * z->back[i][j] / z->norm[i];
}

static void learn_steps(Learner *l, const NameSums *all, const NameSums *may, float weight)
{
    double g[NAME_TAGS][NAME_TAGS] = {{0}};
    for (int32_t i = 1; i < all->n; i++)
        for (int k = 0; k < NAME_TAGS; k++)
            for (int j = 0; j < NAME_TAGS; j++) {
                if (all->step[k][j] == 0) continue;
                g[k][j] += step_share(all, i, k, j) - step_share(may, i, k, j);
            }
    for (int k = 0; k < NAME_TAGS; k++)
        for (int j = 0; j < NAME_TAGS; j++)
            if (fabs(g[k][j]) > 1e-4)
                learn(l, &l->steps.step[k][j], &l->steps_z.step[k][j], &l->steps_g.step[k][j], g[k][j] * weight, 0.01);
}

enum { TOO_SMALL_INVERSE = 500 };                        /* gradients below a five-hundredth are left out */

static void learn_example(Learner *l, const Example *x, NameSums *all, NameSums *may)
{
    static NameRow score[NAME_WORDS];
    score_example(l, x, score);
    if (!name_sums(all, &l->steps, (const NameRow *)score, x->s.n, NULL)) return;
    if (!name_sums(may, &l->steps, (const NameRow *)score, x->s.n, x->mask)) return;
    bool any = false;
    for (int32_t i = 0; i < x->s.n; i++) {
        int tag[NAME_TAGS], n = 0;
        double g[NAME_TAGS];
        for (int j = 0; j < NAME_TAGS; j++) {
            double d = all->forward[i][j] * all->back[i][j] - may->forward[i][j] * may->back[i][j];
            if (fabs(d) * TOO_SMALL_INVERSE > 1) tag[n] = j, g[n++] = d * x->weight;
        }
        if (!n) continue;
        any = true;
        for (int64_t k = l->begin[x->at + i]; k < l->begin[x->at + i + 1]; k++) {
            size_t row = (size_t)l->ids[k] * NAME_TAGS;
            for (int j = 0; j < n; j++)
                learn(l, l->w + row + tag[j], l->z + row + tag[j], l->g + row + tag[j], g[j], l->l1);
        }
    }
    if (any) learn_steps(l, all, may, x->weight);
}

static void learn_all(Learner *l, int fold, int passes)  /* fold: documents that are left out; -1: none */
{
    NameSums *all = need(malloc(sizeof *all)), *may = need(malloc(sizeof *may));
    int32_t *order = need(malloc(sizeof *order * (size_t)l->x.n)), n = 0;
    size_t cells = (size_t)l->rows * NAME_TAGS;
    memset(l->w, 0, cells * sizeof *l->w), memset(l->z, 0, cells * sizeof *l->z), memset(l->g, 0, cells * sizeof *l->g);
    l->steps = l->steps_z = l->steps_g = (NameSteps){0};
    for (int32_t i = 0; i < l->x.n; i++)
        if (fold < 0 || l->x.v[i].doc % 2 != fold) order[n++] = i;
    for (int p = 0; p < passes; p++) {
        for (int32_t i = n; i-- > 1;) {
            int32_t k = rng_below(&l->rng, i + 1), swap = order[i];
            order[i] = order[k], order[k] = swap;
        }
        for (int32_t i = 0; i < n; i++) learn_example(l, &l->x.v[order[i]], all, may);
    }
    free(all), free(may), free(order);
}

/* What a document's memory holds: tags by the model that was trained on the other documents. Sets without documents of
** their own are one each; they are in one half. */
static void see(Learner *l)
{
    static NameRow score[NAME_WORDS];
    int passes = (int)train_option(l->t, "names.see", 4);
    NameSums *z = need(malloc(sizeof *z));
    for (int fold = 0; fold < 2 && passes; fold++) {
        learn_all(l, fold, passes);
        int64_t right = 0, all = 0;
        for (int32_t i = 0; i < l->x.n; i++) {
            Example *x = &l->x.v[i];
            if (x->doc % 2 != fold || x->is_copy) continue;
            score_example(l, x, score);
            name_best(&l->steps, (const NameRow *)score, x->s.n, x->seen);
            for (int32_t k = 0; k < x->s.n; k++) right += x->mask[k] >> x->seen[k] & 1, all++;
            if (name_sums(z, &l->steps, (const NameRow *)score, x->s.n, NULL)) name_forget_unsure(z, x->seen);
        }
        io_note("  half %d: %.2f %% of tags as allowed", fold, 100.0 * (double)right / (double)(all ? all : 1));
    }
    free(z);
}

/* ---- writing, measuring ---------------------------------------------------------------------------------------- */
static void write_head(Learner *l, const float sure[NAME_BINS])
{
    Buf head = {.to = l->t->arena};
    name_write(&l->steps, sure, &head);
    train_section(l->t, "name.head", buf_str(&head));
}

static void write_model(Learner *l, const float sure[NAME_BINS])
{
    double least = train_option(l->t, "names.least", 0.03);
    Train *t = l->t;
    int32_t n = 0;
    uint64_t *keys = need(malloc(sizeof *keys * (size_t)l->rows));
    float *rows = need(malloc(sizeof *rows * (size_t)l->rows * NAME_TAGS));
    for (int32_t r = 0; r < l->rows; r++) {
        bool any = false;
        for (int j = 0; j < NAME_TAGS; j++) {
            float v = l->w[(size_t)r * NAME_TAGS + (size_t)j];
            rows[(size_t)n * NAME_TAGS + (size_t)j] = fabsf(v) < least ? 0 : v;
            any = any || fabsf(v) >= least;
        }
        keys[n] = l->row_key[r];
        n += any;
    }
    Buf weights = {.to = t->arena};
    linear_write(keys, rows, n, NAME_TAGS, &weights);
    train_section(t, "name.weights", buf_str(&weights));
    write_head(l, sure);
    io_note("  %d rows written, %td bytes", n, weights.n);
    free(keys), free(rows);
}

typedef struct { double p; bool is_right; int32_t part; } Found;   /* part: of its sentence, for folds */
typedef SLICE(Found) Founds;

static EntityType entity_of_gold(int tag)
{
    static const EntityType type[] = {ENTITY_PER, ENTITY_ORG, ENTITY_LOC, ENTITY_GPE, ENTITY_MISC};
    return type[(tag - 1) / 2];
}

static bool gold_has(const NameSentence *g, FoundName f, EntityType type, bool merge)
{
    int32_t i = f.span.begin;
    if (!g->tag[i] || (g->tag[i] - 1) % 2 == 1) return false;
    EntityType is = entity_of_gold(g->tag[i]);
    if (merge && is == ENTITY_GPE) is = ENTITY_LOC;
    while (goes_on(g, i)) i++;
    return is == type && i + 1 == f.span.end;
}

/* Exact names. Sets but CrossNER have places of one kind; UNER has no MISC. */
static void measure(Learner *l, const Namer *n, const TrainNames *d, Founds *out)
{
    bool merge = !corpus_is(d->corpus, "crossner"), drop = corpus_is(d->corpus, "uner");
    Arena scratch = {.budget = 1 << 30, .landing = l->a->landing};
    NameMemory *memory = NULL;
    int64_t right = 0, found = 0, gold = 0;
    for (int32_t i = 0; i < d->n; i++) {
        if (!i || d->gold[i].doc != d->gold[i - 1].doc) arena_reset(&scratch), memory = NULL;
        FoundNames names = namer_names(&scratch, n, &d->sentence[i], &memory);
        for (int32_t k = 0; k < names.n; k++) {
            FoundName f = names.v[k];
            EntityType type = merge && f.type == ENTITY_GPE ? ENTITY_LOC : f.type;
            if (drop && type == ENTITY_MISC) continue;
            bool is_right = gold_has(&d->gold[i], f, type, merge);
            right += is_right, found++;
            *push(l->a, out) = (Found){f.p, is_right, d->gold[i].doc + i / 20};
        }
        for (int32_t k = 0; k < d->gold[i].n; k++) {
            int tag = d->gold[i].tag[k];
            gold += tag && (tag - 1) % 2 == 0 && !(drop && entity_of_gold(tag) == ENTITY_MISC);
        }
    }
    arena_close(&scratch);
    train_score(l->t, "names P", d->corpus, found ? 100.0 * (double)right / (double)found : 0);
    train_score(l->t, "names R", d->corpus, gold ? 100.0 * (double)right / (double)gold : 0);
    train_score(l->t, "names F1", d->corpus, found + gold ? 200.0 * (double)right / (double)(found + gold) : 0);
}

/* ---- calibration: right names against their shares (Platt 2000): log-odds' = a × log-odds + b ------------------ */
typedef struct { double a, b; } Line;
enum { PARTS = 5, ECE_BINS = 15 };

static double odds_of(double p)
{
    p = p < 1e-6 ? 1e-6 : p > 1 - 1e-6 ? 1 - 1e-6 : p;
    return log(p / (1 - p));
}
static double logistic(double x) { return 1 / (1 + exp(-x)); }

static Line fit(const Founds *f, int without)            /* Newton's method on the log-likelihood */
{
    Line l = {1, 0};
    for (int step = 0; step < 30; step++) {
        double ga = 0, gb = 0, haa = 1e-3, hab = 0, hbb = 1e-3;
        for (int32_t i = 0; i < f->n; i++) {
            if (f->v[i].part % PARTS == without) continue;
            double x = odds_of(f->v[i].p), p = logistic(l.a * x + l.b), d = f->v[i].is_right - p, v = p * (1 - p);
            ga += d * x, gb += d, haa += v * x * x, hab += v * x, hbb += v;
        }
        double det = haa * hbb - hab * hab;
        l.a += (ga * hbb - gb * hab) / det;
        l.b += (gb * haa - ga * hab) / det;
    }
    return l;
}

/* Expected calibration error: mean distance of promised and kept shares over bins of the probability (Guo et al.
** 2017). */
static double error_of(const Founds *f, const Line *line)
{
    double promised[ECE_BINS] = {0}, kept[ECE_BINS] = {0}, sum = 0;
    for (int32_t i = 0; i < f->n; i++) {
        double p = logistic(line[f->v[i].part % PARTS].a * odds_of(f->v[i].p) + line[f->v[i].part % PARTS].b);
        int bin = (int)(p * ECE_BINS) < ECE_BINS ? (int)(p * ECE_BINS) : ECE_BINS - 1;
        promised[bin] += p, kept[bin] += f->v[i].is_right;
    }
    for (int i = 0; i < ECE_BINS; i++) sum += fabs(promised[i] - kept[i]);
    return f->n ? sum / f->n : 0;
}

static void plain_sure(float sure[NAME_BINS], Line l)
{
    for (int i = 0; i < NAME_BINS; i++) sure[i] = (float)logistic(l.a * (-8 + 16.0 * i / (NAME_BINS - 1)) + l.b);
}

static void calibrate(Learner *l, const Founds *found, const int32_t *ends, float sure[NAME_BINS])
{
    Line line[PARTS], raw[PARTS], all = fit(found, -1);
    for (int i = 0; i < PARTS; i++) line[i] = fit(found, i), raw[i] = (Line){1, 0};
    train_score(l->t, "names ECE before", S("all"), 100 * error_of(found, raw));
    train_score(l->t, "names ECE in folds", S("all"), 100 * error_of(found, line));
    for (int32_t i = 0, from = 0; i < l->t->names_dev.n; from = ends[i++]) {
        Founds part = {found->v + from, ends[i] - from, 0};
        if (!part.n) continue;
        train_score(l->t, "names ECE in folds", l->t->names_dev.v[i].corpus, 100 * error_of(&part, line));
    }
    plain_sure(sure, all);
}

static bool measure_all(Learner *l, float sure[NAME_BINS], Err *e)
{
    Model *m = train_model(l->t, e);
    Namer *n = m ? namer_of(l->a, m, e) : NULL;
    Founds found = {0};
    int32_t *ends = arena_new(l->a, int32_t, l->t->names_dev.n + 1);
    for (int32_t i = 0; n && i < l->t->names_dev.n; i++) {
        Str corpus = l->t->names_dev.v[i].corpus;
        Founds others = {0};
        bool is_near = corpus_is(corpus, "worldwide") || corpus_is(corpus, "crossner");  /* news, politics */
        measure(l, n, &l->t->names_dev.v[i], is_near ? &found : &others);
        ends[i] = found.n;
    }
    if (n && found.n) calibrate(l, &found, ends, sure);
    model_close(m);
    return n != NULL;
}

bool train_names(Train *t, Err *e)
{
    Arena a = {.budget = (ptrdiff_t)4 << 30, .landing = t->arena->landing};
    Learner l = {.a = &a, .t = t, .rng = rng_seed(train_seed(t, "names"))};
    l.alpha = train_option(t, "names.alpha", 0.1), l.beta = train_option(t, "names.beta", 1);
    l.l1 = train_option(t, "names.l1", 2), l.l2 = train_option(t, "names.l2", 0.0);
    float sure[NAME_BINS];
    plain_sure(sure, (Line){1, 0});
    facts(&l);
    examples(&l);
    copies(&l);
    features(&l, false);
    see(&l);
    features(&l, true);
    learn_all(&l, -1, (int)train_option(t, "names.passes", 6));
    write_model(&l, sure);
    bool ok = measure_all(&l, sure, e);
    write_head(&l, sure);
    free_tables(&l);
    arena_close(&a);
    return ok;
}
