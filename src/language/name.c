/* Names: which words of a sentence name a person, an organisation, a place or something else, and how surely.
**
** "Lena Ostrov of the Harbour Council flew to Velline."
**  in:  tagged words
**  out: Lena Ostrov PER 0.98, Harbour Council ORG 0.95, Velline GPE 0.90
**
** Each word's features (name_features.c) give scores to seventeen tags, the best chain of tags is the answer, and the
** share of all chains that agree with a name (name_chain.c), seen through the calibration that the trainer measured, is
** its probability. What a name was called is remembered for the rest of the document (name_memory.c). Places are learnt
** as one type; those that a gazetteer knows as states or cities are given out as GPE, since few corpora tell them apart.
**
** Always: names are in order, do not overlap and lie in the sentence; probabilities are in (0, 1).
** Cost: linear; about a microsecond a word. A sentence of more than NAME_WORDS tokens is read in pieces.
*/
#include "language/name_inside.h"
#include <string.h>

/* ---- the model's sections -------------------------------------------------------------------------------------- */
enum { NAME_VERSION = 1 };

static uint32_t bits_of(float f) { uint32_t u; memcpy(&u, &f, 4); return u; }
static float float_of(uint32_t u) { float f; memcpy(&f, &u, 4); return f; }

void name_write(const NameSteps *t, const float sure[NAME_BINS], Buf *out)
{
    model_put_u32(out, NAME_VERSION);
    model_put_u32(out, NAME_TAGS);
    for (int i = 0; i < NAME_TAGS; i++)
        for (int j = 0; j < NAME_TAGS; j++) model_put_u32(out, bits_of(t->step[i][j]));
    model_put_u32(out, NAME_BINS);
    for (int i = 0; i < NAME_BINS; i++) model_put_u32(out, bits_of(sure[i]));
}

static bool read_head(Str head, Namer *n, Err *e)
{
    ModelReader r = {.section = head};
    uint32_t version = model_u32(&r), tags = model_u32(&r);
    if (version != NAME_VERSION || tags != NAME_TAGS)
        return fail(e, ERR_INPUT, "names are of version %u with %u tags, this program reads version %d with %d",
                    version, tags, NAME_VERSION, NAME_TAGS);
    bool is_sane = true;
    for (int i = 0; i < NAME_TAGS; i++)
        for (int j = 0; j < NAME_TAGS; j++) {
            float f = n->steps.step[i][j] = float_of(model_u32(&r));
            is_sane = is_sane && f > -100 && f < 100;    /* false for NaN too */
        }
    uint32_t bins = model_u32(&r);
    for (int i = 0; i < NAME_BINS; i++) {
        float f = n->sure[i] = float_of(model_u32(&r));
        is_sane = is_sane && f > 0 && f < 1;
    }
    if (r.is_short || r.at != head.n || bins != NAME_BINS || !is_sane)
        return fail(e, ERR_INPUT, "the section 'name.head' is damaged (%td bytes)", head.n);
    return true;
}

Namer *namer_of(Arena *a, const Model *m, Err *e)
{
    Namer *n = arena_new(a, Namer, 1);
    Str head = model_section(m, S("name.head"));
    if (!head.n) return fail(e, ERR_INPUT, "the model has no names"), NULL;
    if (!read_head(head, n, e)) return NULL;
    if (!linear_of(model_section(m, S("name.weights")), &n->linear, e)) return err_while(e, "names"), NULL;
    if (n->linear.n_classes != NAME_TAGS)
        return fail(e, ERR_INPUT, "names have %d classes, not %d", n->linear.n_classes, NAME_TAGS), NULL;
    if (!(n->linear.scale > 0 && n->linear.scale < 1000)) return fail(e, ERR_INPUT, "names have no scale"), NULL;
    if (!clusters_of(model_section(m, S("name.facts")), &n->facts, e)) return err_while(e, "facts of names"), NULL;
    return n;
}

/* ---- probabilities --------------------------------------------------------------------------------------------- */
/* The natural logarithm for (0, 1): our own, as name_exp is. atanh series on [0.7, 1.4]. */
static double log_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int64_t k = (int64_t)(bits >> 52) - 1023;
    bits = (bits & 0xFFFFFFFFFFFFFu) | (uint64_t)1023 << 52;
    double m;
    memcpy(&m, &bits, sizeof m);
    if (m > 1.4142135623730951) m /= 2, k++;
    double y = (m - 1) / (m + 1), q = y * y;
    double series = 1 + q * (1 / 3.0 + q * (1 / 5.0 + q * (1 / 7.0 + q * (1 / 9.0 + q * (1 / 11.0)))));
    return 2 * y * series + (double)k * 0.6931471805599453;
}

double name_sure(const float sure[NAME_BINS], double share)
{
    if (!(share > 1e-9)) share = 1e-9;
    if (share > 1 - 1e-9) share = 1 - 1e-9;
    double at = (log_of(share) - log_of(1 - share) + 8) * (NAME_BINS - 1) / 16;
    if (at < 0) at = 0;
    if (at > NAME_BINS - 1) at = NAME_BINS - 1;
    int k = (int)at < NAME_BINS - 2 ? (int)at : NAME_BINS - 2;
    return sure[k] + (at - k) * ((double)sure[k + 1] - sure[k]);
}

/* ---- one sentence ---------------------------------------------------------------------------------------------- */
static const EntityType types[NAME_TYPES] = {ENTITY_PER, ENTITY_ORG, ENTITY_LOC, ENTITY_MISC};

/* What the text calls a place may be a state or a city; what stands for a government ("Kremlin") is an organisation; a
** people ("Americans") is nobody and nowhere. */
int name_type_fine(const NameFacts *f, const Sentence *s, int32_t begin, int32_t end, int type)
{
    uint64_t phrase = 0;
    for (int32_t i = begin; i < end; i++) {
        uint64_t lower = s->words[i + 1].lower;
        phrase = i == begin ? lower : name_phrase(phrase, lower);
    }
    uint16_t fact = cluster_of(f, phrase);
    if (fact & FACT_ORG && type != NAME_MISC) return ENTITY_ORG;
    bool is_people = fact & FACT_PEOPLE && !(fact & (FACT_GIVEN | FACT_FAMILY | FACT_PLACE));
    if (is_people && type != NAME_ORG && end - begin == 1) return ENTITY_MISC;
    if (type != NAME_LOC) return types[type];
    if (fact & (FACT_STATE | FACT_CITY)) return ENTITY_GPE;
    const Word *first = &s->words[begin + 1], *last = &s->words[end];
    bool has_land = end - begin > 1 && cluster_of(f, last->lower) & FACT_LAND_LAST;      /* "Arn Province" */
    bool is_land_of = end - begin > 2 && cluster_of(f, first->lower) & FACT_LAND_OF && !(first[1].flags & WORD_UPPER);
    return has_land || is_land_of ? ENTITY_GPE : ENTITY_LOC;
}

static void score_words(const Namer *n, NameWork *w)
{
    uint64_t feature[NAME_FEATURES];
    for (int32_t i = 0; i < w->look.s->n; i++) {
        int32_t score[NAME_TAGS] = {0};
        linear_add(&n->linear, feature, name_features(&w->look, i, feature), score);
        for (int j = 0; j < NAME_TAGS; j++) w->score[i][j] = (float)score[j] * n->linear.scale;
    }
}

/* A word that is none by so much that no steps between tags could make it one. */
enum { SURELY_NONE = 15 };
static bool is_surely_none(const NameRow score)
{
    float most = score[1];
    for (int j = 2; j < NAME_TAGS; j++) most = score[j] > most ? score[j] : most;
    return score[NAME_NONE] > most + SURELY_NONE;
}

/* The names of the words [from, to), which stand between words that are none. */
static void take_names(Arena *a, const Namer *n, const Sentence *s, NameWork *w, int32_t from, int32_t to,
                       FoundNames *out)
{
    const NameRow *score = (const NameRow *)w->score + from;
    uint8_t *tag = w->tag + from;
    bool is_asked = false, has_sums = false;
    name_best(&n->steps, score, to - from, tag);
    for (int32_t i = 0; i < to - from; i++) {
        if (!tag[i]) continue;
        if (!is_asked) is_asked = true, has_sums = name_sums(&w->sums, NULL, score, to - from, NULL);
        int32_t begin = i;
        while (!name_may_end(tag[i])) i++;
        int type = name_type_of(tag[begin]);
        EntityType fine = (EntityType)name_type_fine(&n->facts, s, from + begin, from + i + 1, type);
        bool is_fact = fine != types[type] && fine != ENTITY_GPE;      /* then chains of any type agree with it */
        double share = 0;
        for (int k = 0; k < NAME_TYPES; k++)
            if (has_sums && (is_fact || k == type)) share += name_share(&w->sums, begin, i + 1, k);
        *push(a, out) = (FoundName){.span = {from + begin, from + i + 1}, .type = fine, .p = name_sure(n->sure, share)};
    }
    if (has_sums) name_forget_unsure(&w->sums, tag);
}

static void read_piece(Arena *a, const Namer *n, const Sentence *s, NameWork *w, FoundNames *out)
{
    name_look(&w->look, s, &n->facts, &w->memory);
    score_words(n, w);
    for (int32_t i = 0; i < s->n;) {
        if (is_surely_none(w->score[i])) {
            w->tag[i++] = NAME_NONE;
            continue;
        }
        int32_t from = i > 0 ? i - 1 : 0;                /* the words at both sides belong to it, for their steps */
        while (i < s->n && !is_surely_none(w->score[i])) i++;
        if (i < s->n) i++;
        take_names(a, n, s, w, from, i, out);
    }
    name_remember(&w->memory, s, w->tag);
}

FoundNames namer_names(Arena *a, const Namer *n, const Sentence *s, NameMemory **document)
{
    FoundNames out = {0};
    NameWork *w = (NameWork *)*document;                 /* the memory is its first member */
    if (!w) {
        w = arena_new(a, NameWork, 1);
        name_sums_steps(&w->sums, &n->steps);
        *document = &w->memory;
    }
    for (int32_t from = 0; from < s->n; from += NAME_WORDS) {
        Sentence piece = *s;
        piece.words += from;
        piece.n = s->n - from < NAME_WORDS ? s->n - from : NAME_WORDS;
        int32_t before = out.n;
        read_piece(a, n, &piece, w, &out);
        for (int32_t i = before; i < out.n; i++) out.v[i].span.begin += from, out.v[i].span.end += from;
    }
    return out;
}
