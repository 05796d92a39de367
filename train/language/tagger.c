/* The tagger's training: an averaged perceptron over the reading side's own features.
**
**   1  all training trees → kinds, weights, bundles of features, lemmas → "tag.*", "lemma.*"
**   2  the trees are dealt into folds by document, and each fold is tagged by a tagger that learnt from the others: the
**      parser must learn from tags that are as wrong as the ones that it will meet
**   3  development trees and all sentences with names get the tags of the model as it was written
**
** While learning, the words to the left carry the classes that the tagger itself gave them, right or wrong. A class
** must win by a margin, or the weights move.
**
** Always: a document's sentences are in one fold; the seed orders the sentences of each pass. Cost: about three seconds
** a pass over 300,000 words; folds + 1 times the passes.
*/
#include "train/language/tag_learn.h"
#include "base/io.h"
#include <string.h>

typedef struct {
    Train *t;
    TagExamples examples;
    Map ids[3];                                          /* XPOS, UPOS, pairs → numbers */
    Strs xpos, upos;
    SLICE(TagPair) pairs;
} TagLearn;
typedef struct { Clusters kinds; Perceptron *weights; int32_t n_classes; } FoldTagger;

/* ---- examples ---------------------------------------------------------------------------------------------------- */
static bool label_id(TagLearn *l, int which, Strs *names, Str name, uint8_t *id, Err *e)
{
    int32_t *at = map_at(&l->ids[which], name);
    if (*at < 0) *push(l->t->arena, names) = name, *at = names->n - 1;
    *id = (uint8_t)*at;
    return *at < TAG_CLASSES || fail(e, ERR_LIMIT, "the trees have more than %d tags of one kind", TAG_CLASSES - 1);
}

static bool pair_id(TagLearn *l, const TreeWord *w, uint8_t *class, Err *e)
{
    TagPair pair;
    if (!label_id(l, 0, &l->xpos, w->xpos, &pair.xpos, e) || !label_id(l, 1, &l->upos, w->upos, &pair.upos, e))
        return false;
    int32_t *at = map_at(&l->ids[2], arena_printf(l->t->arena, "%d %d", pair.xpos, pair.upos));
    if (*at < 0) *push(l->t->arena, &l->pairs) = pair, *at = l->pairs.n - 1;
    *class = (uint8_t)*at;
    return *at < TAG_CLASSES ||
           fail(e, ERR_LIMIT, "the trees have more than %d pairs of XPOS and UPOS", TAG_CLASSES - 1);
}

static bool make_examples(TagLearn *l, int folds, Err *e)
{
    Arena *a = l->t->arena;
    uint8_t none;
    if (!pair_id(l, &(TreeWord){0}, &none, e)) return false;               /* class 0, XPOS 0, UPOS 0: none */
    for (int32_t c = 0; c < l->t->trees.n; c++)
        for (int32_t i = 0; i < l->t->trees.v[c].n; i++) {
            TagExample *x = push(a, &l->examples);
            *x = (TagExample){.tree = &l->t->trees.v[c].tree[i], .s = &l->t->trees.v[c].sentence[i]};
            uint8_t *class = arena_new(a, uint8_t, x->s->n + 2);
            for (int32_t w = 0; w < x->s->n; w++)
                if (!pair_id(l, &x->tree->word[w], &class[w + 1], e)) return false;
            x->class = class;
            x->fold = (int32_t)((x->tree->doc.n ? hash64(x->tree->doc) : (uint64_t)i) % (uint64_t)folds);
        }
    return true;
}

/* ---- learning ---------------------------------------------------------------------------------------------------- */
static int32_t best_class(const float *score, int32_t n_classes, int32_t but)
{
    int32_t best = but == 1 ? 2 : 1;
    for (int32_t c = best + 1; c < n_classes; c++)
        if (c != but && score[c] > score[best]) best = c;
    return best;
}

typedef struct { float margin; double drop; Rng rng; } Habits;

/* Some features are left out by chance, a tenth, so that no single one is leant on. UPOS on the development sets, for
** two orders of the sentences (2026-11-22): EWT +0.02 and +0.04, GUM +0.06 and +0.17, of which 0.1 is noise. */
static int32_t leave_some_out(uint64_t *features, int32_t n, Habits *how)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < n; i++)
        if (rng_unit(&how->rng) >= how->drop) features[kept++] = features[i];
    return kept;
}

static int64_t learn_sentence(FoldTagger *f, Tagging *x, const uint8_t *gold, Habits *how)
{
    uint64_t features[TAG_FEATURES];
    float score[TAG_CLASSES];
    int64_t wrong = 0;
    for (int32_t w = 1; w <= x->n; w++) {
        x->class[w] = tag_fixed(x, w);
        if (x->class[w]) continue;
        int32_t n = leave_some_out(features, tag_features(x, w, features), how);
        perceptron_score(f->weights, features, n, score);
        int32_t other = best_class(score, f->n_classes, gold[w]);
        bool is_wrong = score[other] >= score[gold[w]];
        if (score[other] + how->margin >= score[gold[w]]) perceptron_update(f->weights, features, n, gold[w], other, 1);
        x->class[w] = is_wrong ? (uint8_t)other : gold[w];
        wrong += is_wrong;
        perceptron_tick(f->weights);
    }
    return wrong;
}

static FoldTagger learn_weights(TagLearn *l, int32_t without_fold, Buf *kinds)
{
    Train *t = l->t;
    FoldTagger f = {.kinds = learn_kinds(t, &l->examples, without_fold, kinds),
                    .weights = perceptron_new(l->pairs.n),
                    .n_classes = l->pairs.n};
    int32_t n = 0, *order = arena_new(t->arena, int32_t, l->examples.n);
    Tagging *x = arena_new(t->arena, Tagging, l->examples.n);
    Habits how = {(float)train_option(t, "tag.margin", 3), train_option(t, "tag.drop", 0.1),
                  rng_seed(train_seed(t, "tagger"))};
    int passes = (int)train_option(t, "tag.passes", 5);
    for (int32_t i = 0; i < l->examples.n; i++) {
        if (l->examples.v[i].fold == without_fold) continue;
        x[i] = tagging_of(t->arena, &f.kinds, l->examples.v[i].s);
        order[n++] = i;
    }
    for (int pass = 0; pass < passes; pass++) {
        int64_t wrong = 0;
        for (int32_t i = n - 1; i > 0; i--) {
            int32_t j = rng_below(&how.rng, i + 1), moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        for (int32_t i = 0; i < n; i++) wrong += learn_sentence(&f, &x[order[i]], l->examples.v[order[i]].class, &how);
        if (without_fold < 0) io_note("  pass %d: %ld words wrong", pass + 1, (long)wrong);
    }
    perceptron_average(f.weights);
    return f;
}

/* ---- tags for the parser's training ------------------------------------------------------------------------------ */
static void tag_unseen(Arena *scratch, const FoldTagger *f, const TagLearn *l, Sentence *s)
{
    uint64_t features[TAG_FEATURES];
    float score[TAG_CLASSES];
    Tagging x = tagging_of(scratch, &f->kinds, s);
    for (int32_t w = 1; w <= s->n; w++) {
        x.class[w] = tag_fixed(&x, w);
        if (!x.class[w]) {
            perceptron_score(f->weights, features, tag_features(&x, w, features), score);
            x.class[w] = (uint8_t)best_class(score, f->n_classes, -1);
        }
        s->words[w].xpos = l->pairs.v[x.class[w]].xpos;
        s->words[w].upos = l->pairs.v[x.class[w]].upos;
    }
}

static void tag_folds(TagLearn *l, int folds)
{
    Train *t = l->t;
    Arena scratch = {.budget = 1 << 28, .landing = t->arena->landing};
    for (int32_t fold = 0; fold < folds; fold++) {
        Buf kinds = {.to = t->arena};
        FoldTagger f = learn_weights(l, fold, &kinds);
        for (int32_t c = 0, k = 0; c < t->trees.n; c++)
            for (int32_t i = 0; i < t->trees.v[c].n; i++, k++) {
                if (l->examples.v[k].fold != fold) continue;
                arena_reset(&scratch);
                tag_unseen(&scratch, &f, l, &t->trees.v[c].sentence[i]);
            }
        perceptron_free(f.weights);
    }
    arena_close(&scratch);
}

/* ---- what is written, and how good it is ------------------------------------------------------------------------- */
static void write_sections(TagLearn *l, const FoldTagger *f, Str kinds)
{
    Train *t = l->t;
    Buf pairs = {.to = t->arena}, weights = {.to = t->arena}, xpos = {.to = t->arena}, upos = {.to = t->arena};
    t->xpos = (Labels){l->xpos.v, l->xpos.n};
    t->upos = (Labels){l->upos.v, l->upos.n};
    labels_write(&t->xpos, &xpos);
    labels_write(&t->upos, &upos);
    model_put_u32(&pairs, (uint32_t)l->pairs.n);
    for (int32_t i = 0; i < l->pairs.n; i++) {
        buf_char(&pairs, (char)l->pairs.v[i].xpos);
        buf_char(&pairs, (char)l->pairs.v[i].upos);
    }
    perceptron_write(f->weights, (int32_t)train_option(t, "tag.seen", 2), (float)train_option(t, "tag.least", 0.01),
                     &weights);
    train_section(t, "tag.xpos", buf_str(&xpos));
    train_section(t, "tag.upos", buf_str(&upos));
    train_section(t, "tag.pairs", buf_str(&pairs));
    train_section(t, "tag.kinds", kinds);
    train_section(t, "tag.weights", buf_str(&weights));
    learn_bundles(t, &l->examples);
    learn_lemmas(t, &l->examples);
}

typedef struct { double words, xpos, upos, feats, lemma; } TagScore;

static void measure_sentence(Arena *scratch, const Tagger *tagger, const Sentence *s, const Tree *tree, TagScore *sum)
{
    Token *token = arena_new(scratch, Token, s->n);
    for (int32_t i = 0; i < s->n; i++) token[i].form = tree->word[i].form;
    tagger_fill(scratch, tagger, s, token);
    for (int32_t i = 0; i < s->n; i++) {
        const TreeWord *gold = &tree->word[i];
        sum->words++;
        sum->xpos += str_eq(gold->xpos, token[i].xpos);
        sum->upos += str_eq(gold->upos, token[i].upos);
        sum->feats += str_eq(gold->feats, token[i].feats);
        sum->lemma += str_eq(gold->lemma, token[i].lemma) || !gold->lemma.n;
    }
}

static void put_scores(Train *t, Str corpus, TagScore s)
{
    train_score(t, "XPOS", corpus, 100 * s.xpos / s.words);
    train_score(t, "UPOS", corpus, 100 * s.upos / s.words);
    train_score(t, "UFeats", corpus, 100 * s.feats / s.words);
    train_score(t, "Lemmas", corpus, 100 * s.lemma / s.words);
}

static void tag_all(Train *t, const Tagger *tagger)
{
    Arena scratch = {.budget = 1 << 28, .landing = t->arena->landing};
    double begin = io_seconds(), words = 0, seconds;
    for (int32_t d = 0; d < t->trees_dev.n; d++) {
        TrainTrees *dev = &t->trees_dev.v[d];
        TagScore sum = {0};
        for (int32_t i = 0; i < dev->n; i++) {
            arena_reset(&scratch);
            tagger_words(&scratch, tagger, &dev->sentence[i]);
            measure_sentence(&scratch, tagger, &dev->sentence[i], &dev->tree[i], &sum);
        }
        words += sum.words;
        if (sum.words > 0) put_scores(t, dev->corpus, sum);
    }
    seconds = io_seconds() - begin;
    if (words > 0) io_note("  tags, features and lemmas: %.2f microseconds a word", 1e6 * seconds / words);
    for (int which = 0; which < 2; which++)
        for (int32_t c = 0; c < (which ? t->names_dev.n : t->names.n); c++) {
            TrainNames *names = which ? &t->names_dev.v[c] : &t->names.v[c];
            for (int32_t i = 0; i < names->n; i++) {
                arena_reset(&scratch);
                tagger_words(&scratch, tagger, &names->sentence[i]);
            }
        }
    arena_close(&scratch);
}

static void measure_folds(Train *t)
{
    double words = 0, right = 0;
    for (int32_t c = 0; c < t->trees.n; c++)
        for (int32_t i = 0; i < t->trees.v[c].n; i++)
            for (int32_t w = 0; w < t->trees.v[c].tree[i].n; w++) {
                words++;
                right += str_eq(t->upos.name[t->trees.v[c].sentence[i].words[w + 1].upos],
                                t->trees.v[c].tree[i].word[w].upos);
            }
    if (words > 0) io_note("  UPOS of the trees by taggers that have not seen them: %.2f", 100 * right / words);
}

bool train_tagger(Train *t, Err *e)
{
    TagLearn l = {.t = t, .ids = {{.to = t->arena}, {.to = t->arena}, {.to = t->arena}}};
    int folds = (int)train_option(t, "tag.folds", 5);
    Buf kinds = {.to = t->arena};
    if (!make_examples(&l, folds > 0 ? folds : 1, e)) return false;
    if (l.pairs.n < 3) return fail(e, ERR_INPUT, "the trees have fewer than two kinds of words");
    FoldTagger f = learn_weights(&l, -1, &kinds);
    write_sections(&l, &f, buf_str(&kinds));
    perceptron_free(f.weights);
    Model *m = train_model(t, e);
    Tagger *tagger = m ? tagger_of(t->arena, m, e) : NULL;
    if (tagger) {
        tag_all(t, tagger);
        tag_folds(&l, folds);
        measure_folds(t);
    }
    model_close(m);
    return tagger != NULL;
}
