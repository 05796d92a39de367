/* Data: sentences as the network learns them, and the order in which it does.
**
** A batch holds sentences with trees and sentences with names, about as many words of each kind, all of about one
** length, so that the places of a batch are full. One pass goes over all trees; of the names it takes a share of each
** corpus, since the corpora differ in worth and in size. Corpora disagree about names of kind MISC: where a corpus
** does not mark them, "no name" there means "no name, or a MISC".
**
** Always: the batches of a pass depend on the seed alone. GPE is learnt as LOC: only one small corpus tells them apart.
*/
#include "train/neural/neural.h"
#include <stdlib.h>
#include <string.h>

/* share: how often a pass takes a sentence of the corpus, on average. */
static const struct { Str corpus; float share; bool lacks_misc;
} name_sets[] = {
    {{"worldwide", 9}, 0.45f, false}, {{"crossner", 8}, 4.0f, false}, {{"re3d", 4}, 1.5f, true},
    {{"gum", 3}, 0.4f, true},         {{"wikigold", 8}, 1.0f, false}, {{"wnut17", 6}, 0.4f, false},
    {{"btc", 3}, 0.25f, true},        {{"uner_ewt", 8}, 0.0f, true},
};
/* longer sentences are not learnt from */
enum { NAME_SETS = sizeof name_sets / sizeof *name_sets, LONGEST = 160 };

/* ---- samples --------------------------------------------------------------------------------------------------- */
static Map label_map(Arena *a, const Strs *labels)
{
    Map m = {.to = a};
    for (int32_t i = 0; i < labels->n; i++) *map_at(&m, labels->v[i]) = i;
    return m;
}
static Soft soft_label(const Map *m, Str label)
{
    int32_t i = map_get(m, label);
    return i < 0 ? (Soft){0} : soft_one(i);
}
static Samples tree_samples(Arena *a, Lexicon *l, const TreeSet *t, const Map *tags, const Map *relations)
{
    Samples s = {.corpus = t->corpus, .v = arena_new(a, Sample, t->trees.n), .n = t->trees.n, .gold = &t->trees};
    for (int32_t i = 0; i < s.n; i++) {
        const Tree *tree = t->trees.v + i;
        int32_t *type = arena_new(a, int32_t, tree->n);
        Soft *tag = arena_new(a, Soft, tree->n), *head = arena_new(a, Soft, tree->n),
             *relation = arena_new(a, Soft, tree->n);
        for (int32_t w = 0; w < tree->n; w++) {
            const TreeWord *x = tree->word + w;
            type[w] = lexicon_type(l, x->form);
            tag[w] = soft_label(tags, arena_printf(a, "%.*s\t%.*s\t%.*s", STR(x->upos), STR(x->xpos), STR(x->feats)));
            head[w] = soft_one(x->head), relation[w] = soft_label(relations, x->deprel);
        }
        s.v[i] = (Sample){.n = tree->n, .type = type, .tag = tag, .head = head, .relation = relation};
    }
    return s;
}

/* IOB2 over five types (train.h) to begin, inside, end, single over four. */
static int32_t name_class(const uint8_t *tag, int32_t n, int32_t i)
{
    static const int32_t type_of[] = {0, 1, 2, 2, 3};    /* PER ORG LOC GPE MISC */
    if (!tag[i]) return 0;
    int32_t type = (tag[i] - 1) / 2;
    bool begins = (tag[i] - 1) % 2 == 0, goes_on = i + 1 < n && tag[i + 1] == 2 + 2 * type;
    return 1 + 4 * type_of[type] + (begins ? goes_on ? 0 : 3 : goes_on ? 1 : 2);
}
static Samples name_samples(Arena *a, Lexicon *l, const NameSet *t)
{
    Samples s = {.corpus = t->corpus, .v = arena_new(a, Sample, t->names.n), .n = t->names.n};
    static const uint8_t misc[NAME_CLASSES] = {[13] = 1, [14] = 1, [15] = 1, [16] = 1};
    bool lacks_misc = false;
    int32_t corpus = -1;
    for (int32_t i = 0; i < NAME_SETS; i++)
        if (str_eq(name_sets[i].corpus, t->corpus)) lacks_misc = name_sets[i].lacks_misc, corpus = i;
    for (int32_t i = 0; i < s.n; i++) {
        const NameSentence *of = t->names.v + i;
        int32_t *type = arena_new(a, int32_t, of->n);
        Soft *name = arena_new(a, Soft, of->n);
        for (int32_t w = 0; w < of->n; w++)
            type[w] = lexicon_type(l, of->form[w]), name[w] = soft_one(name_class(of->tag, of->n, w));
        s.v[i] = (Sample){.n = of->n, .corpus = corpus, .type = type, .name = name, .open = lacks_misc ? misc : NULL};
    }
    return s;
}
static Samples soft_samples(Arena *a, Lexicon *l, const SoftText *t)
{
    Samples s = {.corpus = S("teacher"), .v = arena_new(a, Sample, t->sentences.n), .n = t->sentences.n};
    for (int32_t i = 0; i < s.n; i++) {
        const SoftSentence *of = t->sentences.v + i;
        int32_t *type = arena_new(a, int32_t, of->n);
        for (int32_t w = 0; w < of->n; w++) type[w] = lexicon_type(l, t->forms.v[of->form[w]]);
        s.v[i] = (Sample){
            .n = of->n, .type = type, .tag = of->tag, .head = of->head, .relation = of->relation, .name = of->name};
    }
    return s;
}
void data_make(Arena *a, const Texts *t, Lexicon *l, Data *d)
{
    Map tags = label_map(a, &l->tags), relations = label_map(a, &l->relations);
    for (int32_t i = 0; i < t->trees.n; i++)
        *push(a, &d->trees) = tree_samples(a, l, t->trees.v + i, &tags, &relations);
    for (int32_t i = 0; i < t->trees_dev.n; i++)
        *push(a, &d->trees_dev) = tree_samples(a, l, t->trees_dev.v + i, &tags, &relations);
    for (int32_t i = 0; i < t->names.n; i++) *push(a, &d->names) = name_samples(a, l, t->names.v + i);
    for (int32_t i = 0; i < t->names_dev.n; i++) *push(a, &d->names_dev) = name_samples(a, l, t->names_dev.v + i);
    if (t->soft) d->soft = soft_samples(a, l, t->soft);
}

/* ---- batches ---------------------------------------------------------------------------------------------------- */
typedef struct { const Sample *s; float key; int32_t number; } Drawn;    /* key: length, blurred; number: breaks ties */
typedef struct { Drawn *v; int32_t n; int64_t words; } Draw;
static int by_key(const void *a, const void *b)
{
    const Drawn *x = a, *y = b;
    return x->key != y->key ? x->key < y->key ? 1 : -1 : x->number < y->number ? -1 : 1;
}
static int by_length(const void *a, const void *b)
{
    const Sample *const *x = a, *const *y = b;
    return (*y)->n - (*x)->n;
}
static void draw(Draw *d, const Samples *s, double share, Rng *rng)
{
    for (int32_t i = 0; i < s->n; i++) {
        int32_t often = (int32_t)(share + rng_unit(rng));
        for (int32_t k = 0; k < often && s->v[i].n <= LONGEST; k++) {
            float key = (float)s->v[i].n * (float)(0.8 + 0.4 * rng_unit(rng)) + (float)rng_unit(rng);
            d->v[d->n] = (Drawn){s->v + i, key, d->n};
            d->n++, d->words += s->v[i].n;
        }
    }
}
static double share_of(int32_t corpus) { return corpus < 0 ? 1 : (double)name_sets[corpus].share; }

static Draw draw_trees(Arena *a, const Data *d, double soft_share, Rng *rng)
{
    int32_t most = (int32_t)(d->soft.n * (soft_share + 1)) + 1;
    for (int32_t i = 0; i < d->trees.n; i++) most += d->trees.v[i].n;
    Draw all = {arena_new(a, Drawn, most), 0, 0};
    for (int32_t i = 0; i < d->trees.n; i++) draw(&all, d->trees.v + i, 1, rng);
    draw(&all, &d->soft, soft_share, rng);
    qsort(all.v, (size_t)all.n, sizeof *all.v, by_key);
    return all;
}
static Draw draw_names(Arena *a, const Data *d, Rng *rng)
{
    int32_t most = 0;
    for (int32_t i = 0; i < d->names.n; i++)
        most += (int32_t)(d->names.v[i].n * (share_of(d->names.v[i].v[0].corpus) + 1)) + 1;
    Draw all = {arena_new(a, Drawn, most), 0, 0};
    for (int32_t i = 0; i < d->names.n; i++) draw(&all, d->names.v + i, share_of(d->names.v[i].v[0].corpus), rng);
    qsort(all.v, (size_t)all.n, sizeof *all.v, by_key);
    return all;
}

/* Trees in pieces of `words`; each gets the piece of names at the same height of the order by length. */
Batches data_batches(Arena *a, const Data *d, int32_t words, double soft_share, uint64_t seed)
{
    Rng rng = rng_seed(seed);
    Draw trees = draw_trees(a, d, soft_share, &rng), names = draw_names(a, d, &rng);
    int32_t n = (int32_t)((trees.words + words - 1) / words), tree = 0, name = 0;
    int64_t tree_words = 0, name_words = 0;
    Batches b = {arena_new(a, Batch, n), n};
    for (int32_t i = 0; i < n; i++) {
        int32_t tree_from = tree, name_from = name;
        Batch *to = b.v + i;
        while (tree < trees.n && (tree == tree_from || tree_words * n < trees.words * (i + 1)))
            tree_words += trees.v[tree].s->n, to->whole.words += trees.v[tree].s->n,
                to->whole.name_words += trees.v[tree].s->name ? trees.v[tree].s->n : 0, tree++;
        while (name < names.n && (name == name_from || name_words * n < names.words * (i + 1)))
            name_words += names.v[name].s->n, to->whole.name_words += names.v[name].s->n, name++;
        to->v = arena_new(a, const Sample *, tree - tree_from + name - name_from);
        for (int32_t j = tree_from; j < tree; j++) to->v[to->n++] = trees.v[j].s;
        for (int32_t j = name_from; j < name; j++) to->v[to->n++] = names.v[j].s;
        qsort(to->v, (size_t)to->n, sizeof *to->v, by_length);
    }
    for (int32_t i = n - 1; i > 0; i--) {
        int32_t j = rng_below(&rng, i + 1);
        Batch was = b.v[i];
        b.v[i] = b.v[j], b.v[j] = was;
    }
    return b;
}
