/* Tags: the class of each word (XPOS and UPOS together), from left to right.
**
** "The visit ended talks"
**   The    always DT DET in training: taken as it is, no scores
**   visit  NN NOUN or VB VERB: some fifty features are scored: its ends, shape and cluster, the words and clusters beside
**          it, the classes given to the left (DT), what the words to the right may be ("ended": VBD or VBN)
**
** Ratnaparkhi (1996) is the grandfather of the features; what stands to the right enters as kinds (tag_inside.h), which
** costs less than a second pass. Class by class the scores are sums of integers, so every machine gives the same tags; of
** equal scores the first class wins.
**
** Always: every word of a sentence gets a class that training saw. Cost: linear; about half a microsecond a word.
*/
#include "language/tag_inside.h"
#include <string.h>

enum { LABELS_MAX = 256 };

/* ---- features ----------------------------------------------------------------------------------------------------- */
Tagging tagging_of(Arena *scratch, const Clusters *kinds, const Sentence *s)
{
    Tagging t = {s->words, s->n, arena_new(scratch, uint16_t, s->n + 2), arena_new(scratch, uint8_t, s->n + 2)};
    for (int32_t i = 1; i <= s->n; i++) {
        const Word *w = &s->words[i];
        t.kind[i] = cluster_of(kinds, w->form);
        if (!t.kind[i] && w->lower != w->form) t.kind[i] = cluster_of(kinds, w->lower);
    }
    return t;
}

#define F(...) f[n++] = model_feature(T++, __VA_ARGS__)
#define MIX model_mix
int32_t tag_features(const Tagging *t, int32_t i, uint64_t *f)
{
    static const Word nothing;
    const Word *w = &t->words[i], *l = w - 1, *r = w + 1, *ll = i > 1 ? w - 2 : &nothing, *rr = i < t->n ? w + 2 : &nothing;
    uint64_t t1 = t->class[i - 1], t2 = i > 1 ? t->class[i - 2] : 0;
    uint64_t k = t->kind[i], k1 = t->kind[i + 1], k2 = i < t->n ? t->kind[i + 2] : 0;
    int32_t n = 0;
    uint32_t T = 1;
    uint64_t look = w->flags;
    F(0);
    F(w->form);
    F(w->norm);
    F(MIX(w->norm, look & (WORD_UPPER | WORD_FIRST)));
    for (int p = 0; p < WORD_PREFIXES; p++) F(w->prefix[p]);
    for (int p = 0; p < WORD_SUFFIXES; p++) F(w->suffix[p]);
    F(MIX(w->suffix[2], w->flags));
    F(MIX(w->suffix[1], w->flags));
    F(MIX(w->shape, look & WORD_FIRST));
    F(w->flags);
    F(k);
    F(w->cluster);
    F(cluster_top(w->cluster, 8));
    F(MIX(cluster_top(w->cluster, 6), w->suffix[1]));
    F(MIX(w->cluster, w->flags));
    F(MIX(w->cluster, w->suffix[1]));
    F(t1);
    F(MIX(t1, t2));
    F(MIX(t1, w->norm));
    F(MIX(t1, w->suffix[2]));
    F(MIX(t1, w->suffix[1]));
    F(MIX(t1, w->cluster));
    F(MIX(t1, k1));
    F(MIX(t1, MIX(t2, k1)));
    F(MIX(t1, MIX(k, k1)));
    F(MIX(t1, MIX(w->flags, r->flags)));
    F(MIX(k, k1));
    F(MIX(k1, k2));
    F(MIX(k, MIX(k1, k2)));
    F(MIX(w->norm, k1));
    F(l->norm);
    F(r->norm);
    F(ll->norm);
    F(rr->norm);
    F(MIX(l->norm, w->norm));
    F(MIX(r->norm, w->norm));
    F(MIX(l->norm, r->norm));
    F(MIX(r->norm, rr->norm));
    F(MIX(l->norm, ll->norm));
    F(l->cluster);
    F(r->cluster);
    F(cluster_top(r->cluster, 8));
    F(MIX(cluster_top(r->cluster, 8), cluster_top(w->cluster, 8)));
    F(rr->cluster);
    F(r->suffix[2]);
    F(r->suffix[1]);
    F(l->suffix[2]);
    F(MIX(r->suffix[1], w->suffix[1]));
    F(MIX(l->flags, MIX(w->flags, r->flags)));
    F(MIX(w->shape, t1));
    return n;
}

/* ---- the model ---------------------------------------------------------------------------------------------------- */
static bool labels_in(Arena *a, const Model *m, Str section, int32_t max, Labels *l, Err *e)
{
    ModelReader r = {.section = model_section(m, section)};
    return labels_of(a, &r, max, l, e) || err_while(e, "the section '%.*s'", STR(section));
}

static bool pairs_of(Arena *a, Tagger *t, const Model *m, Err *e)
{
    ModelReader r = {.section = model_section(m, S("tag.pairs"))};
    uint32_t n = model_u32(&r);
    Str pairs = model_bytes(&r, 2 * (uint64_t)n, 1);
    if (r.is_short || n < 2 || n > TAG_CLASSES)
        return fail(e, ERR_INPUT, "the classes of tags are damaged: %u of them", n);
    t->pairs = (const uint8_t *)pairs.p;
    t->n_classes = (int32_t)n;
    for (uint32_t c = 0; c < n; c++)
        if (t->pairs[2 * c] >= t->xpos.n || t->pairs[2 * c + 1] >= t->upos.n)
            return fail(e, ERR_INPUT, "the classes of tags are damaged at class %u of %u", c, n);
    t->class_of_pair = arena_new(a, uint8_t, t->xpos.n * t->upos.n);
    for (uint32_t c = 0; c < n; c++) t->class_of_pair[t->pairs[2 * c] * t->upos.n + t->pairs[2 * c + 1]] = (uint8_t)c;
    return true;
}

static bool lemmas_with_classes(Arena *a, Tagger *t, const Model *m, Err *e)
{
    return labels_in(a, m, S("tag.xpos"), LABELS_MAX, &t->xpos, e) &&
           labels_in(a, m, S("tag.upos"), LABELS_MAX, &t->upos, e) && pairs_of(a, t, m, e) && lemmas_of(a, m, &t->lemmas, e);
}

static bool weights_of(Arena *a, Tagger *t, const Model *m, Err *e)
{
    if (!labels_in(a, m, S("tag.feats"), TAG_BUNDLES, &t->feats, e) ||
        !clusters_of(model_section(m, S("tag.kinds")), &t->kinds, e) ||
        !clusters_of(model_section(m, S("tag.bundles")), &t->bundles, e) ||
        !linear_of(model_section(m, S("tag.weights")), &t->weights, e))
        return false;
    return t->weights.n_classes == t->n_classes ||
           fail(e, ERR_INPUT, "the classes of tags are damaged: %d of them, %d with weights", t->n_classes,
                t->weights.n_classes);
}

static Tagger *tagger_with(Arena *a, const Model *m, bool has_weights, Err *e)
{
    Tagger *t = arena_new(a, Tagger, 1);
    if (lemmas_with_classes(a, t, m, e) && (!has_weights || weights_of(a, t, m, e))) return t;
    err_while(e, "taking up the tags of model '%.*s'", STR(model_name(m)));
    return NULL;
}
Tagger *tagger_of(Arena *a, const Model *m, Err *e) { return tagger_with(a, m, true, e); }
Tagger *tagger_lemmas_of(Arena *a, const Model *m, Err *e) { return tagger_with(a, m, false, e); }

/* ---- tagging -------------------------------------------------------------------------------------------------------- */
static uint8_t class_at(const Tagger *t, const Word *w) { return t->class_of_pair[w->xpos * t->upos.n + w->upos]; }

static uint8_t class_of(const Tagger *t, const Tagging *x, int32_t i)
{
    uint64_t f[TAG_FEATURES];
    int32_t score[TAG_CLASSES], best = 1;
    uint8_t fixed = tag_fixed(x, i);
    if (fixed && fixed < t->n_classes) return fixed;
    memset(score, 0, (size_t)t->n_classes * sizeof *score);
    linear_add(&t->weights, f, tag_features(x, i, f), score);
    for (int32_t c = 2; c < t->n_classes; c++)
        if (score[c] > score[best]) best = c;
    return (uint8_t)best;
}

static uint16_t feats_of(const Tagger *t, const Word *w, uint8_t class)
{
    uint16_t feats = cluster_of(&t->bundles, bundle_word(w, class));
    if (!feats) feats = cluster_of(&t->bundles, bundle_suffix(w, class));
    if (!feats) feats = cluster_of(&t->bundles, bundle_class(class));
    return feats > 0 && feats <= t->feats.n ? feats - 1 : 0;             /* the map counts from 1 */
}

void tagger_words(Arena *scratch, const Tagger *t, Sentence *s)
{
    Tagging x = tagging_of(scratch, &t->kinds, s);
    for (int32_t i = 1; i <= s->n; i++) {
        Word *w = &s->words[i];
        x.class[i] = class_of(t, &x, i);
        w->xpos = t->pairs[2 * x.class[i]];
        w->upos = t->pairs[2 * x.class[i] + 1];
        w->feats = feats_of(t, w, x.class[i]);
    }
}

void tagger_fill(Arena *a, const Tagger *t, const Sentence *s, Token *tokens)
{
    for (int32_t i = 0; i < s->n; i++) {
        const Word *w = &s->words[i + 1];
        tokens[i].xpos = t->xpos.name[w->xpos];
        tokens[i].upos = t->upos.name[w->upos];
        tokens[i].feats = t->feats.name[w->feats];
        tokens[i].lemma = lemma_of(a, &t->lemmas, tokens[i].form, w, class_at(t, w));
    }
}

/* ---- lemmas for tags from elsewhere --------------------------------------------------------------------------------- */
static int32_t place_in(const Labels *l, Str name)
{
    int32_t i = l->n - 1;
    while (i > 0 && !str_eq(l->name[i], name)) i--;
    return i;
}

uint8_t tagger_class(const Tagger *t, Str xpos, Str upos)
{
    return t->class_of_pair[place_in(&t->xpos, xpos) * t->upos.n + place_in(&t->upos, upos)];
}

Str tagger_lemma(Arena *a, const Tagger *t, Str form, const Word *w, uint8_t class)
{
    return lemma_of(a, &t->lemmas, form, w, class);
}
