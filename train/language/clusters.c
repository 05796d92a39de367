/* Clusters: words that are used alike get paths that begin alike.
**
** "envoy" and "emissary" share a cluster, "envoy" and "spokesman" the first nine bits of their paths, all people's
** roles the first four, so that a model may ask for a fine kind of word or for a coarse one, as with Brown's clusters
** (Brown et al. 1992; Miller, Guinness and Zamanian 2004 for names). Ours come from word vectors:
**   1  k-means by cosine, from words drawn by the seed among the most frequent; a few rounds;
**   2  the centres are merged two by two, those first whose joining costs least (Ward 1963), into one binary tree;
**   3  a leaf's path is its way from the root, at most 15 bits, then a 1. A part of the tree that is too deep for the
**      bits left is cut into halves instead.
**
** Always: the same vectors and the same seed give the same bytes. Cost: rounds × words × clusters × dimensions; for
** 100,000 words and 1,000 clusters about a second a round.
*/
#include "train/language/train_language.h"
#include "base/io.h"
#include <math.h>
#include <string.h>

enum { PATH_BITS = 15, GROUP = 4, SEEDS_FROM = 20000 };

/* Both ways to run this multiply and then add, so they agree to the last bit. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

typedef struct {
    int32_t n, dim, k;
    float *word;                                         /* n × dim, of length one */
    float *across;                                       /* dim × k: the centres, one dimension after the other */
    int32_t *cluster;                                    /* n */
} Means;

static void to_length_one(float *v, int32_t dim)
{
    double sum = 0;
    for (int32_t d = 0; d < dim; d++) sum += (double)v[d] * v[d];
    float by = sum > 0 ? (float)(1 / sqrt(sum)) : 0;
    for (int32_t d = 0; d < dim; d++) v[d] *= by;
}

static void set_centre(Means *m, int32_t c, const float *v)
{
    for (int32_t d = 0; d < m->dim; d++) m->across[(ptrdiff_t)d * m->k + c] = v[d];
}

WIDE static void similarities(const Means *m, const float *word, float *sim)
{
    int32_t k = m->k, dim = m->dim;
    memset(sim, 0, (size_t)k * GROUP * sizeof *sim);
    for (int32_t d = 0; d < dim; d++) {
        const float *centre = m->across + (ptrdiff_t)d * k;
        float a = word[d], b = word[dim + d], c = word[2 * dim + d], e = word[3 * dim + d];
        for (int32_t i = 0; i < k; i++) {
            sim[i] += a * centre[i];
            sim[k + i] += b * centre[i];
            sim[2 * k + i] += c * centre[i];
            sim[3 * k + i] += e * centre[i];
        }
    }
}

static int32_t first_greatest(const float *v, int32_t n)
{
    int32_t best = 0;
    for (int32_t i = 1; i < n; i++)
        if (v[i] > v[best]) best = i;
    return best;
}

static int32_t assign(Means *m, float *sim)              /* how many words changed their cluster */
{
    int32_t changed = 0;
    for (int32_t w = 0; w < m->n; w += GROUP) {          /* m->word has room for a last group */
        similarities(m, m->word + (ptrdiff_t)w * m->dim, sim);
        for (int32_t g = 0; g < GROUP && w + g < m->n; g++) {
            int32_t best = first_greatest(sim + (ptrdiff_t)g * m->k, m->k);
            changed += m->cluster[w + g] != best;
            m->cluster[w + g] = best;
        }
    }
    return changed;
}

static void sums(const Means *m, float *sum, int32_t *size)
{
    memset(sum, 0, (size_t)m->k * (size_t)m->dim * sizeof *sum);
    memset(size, 0, (size_t)m->k * sizeof *size);
    for (int32_t w = 0; w < m->n; w++) {
        float *to = sum + (ptrdiff_t)m->cluster[w] * m->dim;
        for (int32_t d = 0; d < m->dim; d++) to[d] += m->word[(ptrdiff_t)w * m->dim + d];
        size[m->cluster[w]]++;
    }
}

static void draw_centres(Arena *a, Means *m, uint64_t seed)
{
    Rng rng = rng_seed(seed);
    int32_t from = m->n < SEEDS_FROM ? m->n : SEEDS_FROM, *word = arena_new(a, int32_t, from);
    for (int32_t i = 0; i < from; i++) word[i] = i;
    for (int32_t c = 0; c < m->k; c++) {
        int32_t other = c + rng_below(&rng, from - c), drawn = word[other];
        word[other] = word[c];
        word[c] = drawn;
        set_centre(m, c, m->word + (ptrdiff_t)drawn * m->dim);
    }
}

static Means means_of(Arena *a, const Vectors *v, int32_t n, int32_t k, int rounds, uint64_t seed)
{
    Means m = {.n = n < v->n ? n : v->n, .dim = v->dim};
    m.k = k < m.n ? k : m.n;
    if (m.k > SEEDS_FROM) m.k = SEEDS_FROM;
    m.word = arena_new(a, float, (ptrdiff_t)(m.n + GROUP) * m.dim);
    m.across = arena_new(a, float, (ptrdiff_t)m.dim * m.k);
    m.cluster = arena_new(a, int32_t, m.n);
    for (int32_t w = 0; w < m.n; w++) {
        m.cluster[w] = -1;
        for (int32_t d = 0; d < m.dim; d++)
            m.word[(ptrdiff_t)w * m.dim + d] = v->scale[d] * v->value[(ptrdiff_t)w * m.dim + d];
        to_length_one(m.word + (ptrdiff_t)w * m.dim, m.dim);
    }
    draw_centres(a, &m, seed);
    float *sim = arena_new(a, float, (ptrdiff_t)m.k * GROUP), *sum = arena_new(a, float, (ptrdiff_t)m.k * m.dim);
    int32_t *size = arena_new(a, int32_t, m.k);
    for (int r = 0; r < rounds && assign(&m, sim) > 0; r++) {
        sums(&m, sum, size);
        for (int32_t c = 0; c < m.k; c++) {              /* one that lost all its words stays where it was */
            if (!size[c]) continue;
            to_length_one(sum + (ptrdiff_t)c * m.dim, m.dim);
            set_centre(&m, c, sum + (ptrdiff_t)c * m.dim);
        }
    }
    assign(&m, sim);
    return m;
}

/* ---- the tree ---------------------------------------------------------------------------------------------------- */
typedef struct { int32_t left, right, leaves, size; } Node;                /* left -1: a leaf */
typedef struct {
    const Means *m;
    Node *node;                                          /* 2k - 1; the first k are the clusters */
    int32_t n;
    /* k × dim and k × k, by places; a merged pair takes the first's */
    float *sum, *apart;
    int32_t *at, *near;                                  /* place → node (-1: gone), and its nearest place */
} Merger;

static float cost(const Merger *g, int32_t i, int32_t j)
{
    int32_t dim = g->m->dim;
    const float *a = g->sum + (ptrdiff_t)i * dim, *b = g->sum + (ptrdiff_t)j * dim;
    double n = g->node[g->at[i]].size, m = g->node[g->at[j]].size, apart = 0;
    for (int32_t d = 0; d < dim; d++) {
        double by = a[d] / n - b[d] / m;
        apart += by * by;
    }
    return (float)(apart * n * m / (n + m));
}

static void find_near(Merger *g, int32_t i)
{
    g->near[i] = -1;
    for (int32_t j = 0; j < g->m->k; j++)
        if (j != i && g->at[j] >= 0 &&
            (g->near[i] < 0 || g->apart[(ptrdiff_t)i * g->m->k + j] < g->apart[(ptrdiff_t)i * g->m->k + g->near[i]]))
            g->near[i] = j;
}

static void measure(Merger *g, int32_t i)
{
    int32_t k = g->m->k;
    for (int32_t j = 0; j < k; j++)
        if (j != i && g->at[j] >= 0) g->apart[(ptrdiff_t)i * k + j] = g->apart[(ptrdiff_t)j * k + i] = cost(g, i, j);
}

static void merge_nearest(Merger *g)
{
    int32_t k = g->m->k, i = -1;
    for (int32_t p = 0; p < k; p++)
        if (g->at[p] >= 0 && g->near[p] >= 0 &&
            (i < 0 || g->apart[(ptrdiff_t)p * k + g->near[p]] < g->apart[(ptrdiff_t)i * k + g->near[i]])) i = p;
    int32_t j = g->near[i];
    Node a = g->node[g->at[i]], b = g->node[g->at[j]];
    g->node[g->n] = (Node){g->at[i], g->at[j], a.leaves + b.leaves, a.size + b.size};
    for (int32_t d = 0; d < g->m->dim; d++)
        g->sum[(ptrdiff_t)i * g->m->dim + d] += g->sum[(ptrdiff_t)j * g->m->dim + d];
    g->at[i] = g->n++;
    g->at[j] = -1;
    measure(g, i);
    find_near(g, i);
    for (int32_t p = 0; p < k; p++) {
        if (g->at[p] < 0 || p == i) continue;
        if (g->near[p] == i || g->near[p] == j) find_near(g, p);
        else if (g->apart[(ptrdiff_t)p * k + i] < g->apart[(ptrdiff_t)p * k + g->near[p]]) g->near[p] = i;
    }
}

static void leaves_of(const Node *node, int32_t at, int32_t *leaf, int32_t *n)
{
    if (node[at].left < 0) {
        leaf[(*n)++] = at;
        return;
    }
    leaves_of(node, node[at].left, leaf, n);
    leaves_of(node, node[at].right, leaf, n);
}

static void put_path(uint16_t *path, int32_t leaf, uint32_t bits) { path[leaf] = (uint16_t)(bits << 1 | 1); }

static void halve(const int32_t *leaf, int32_t n, int left, uint32_t bits, uint16_t *path)
{
    if (n == 1) {
        put_path(path, leaf[0], bits << left);
        return;
    }
    halve(leaf, (n + 1) / 2, left - 1, bits << 1, path);
    halve(leaf + (n + 1) / 2, n / 2, left - 1, bits << 1 | 1, path);
}

/* left: bits that may still be given out below this node, enough for its leaves. */
static void walk(Arena *a, const Node *node, int32_t at, int left, uint32_t bits, uint16_t *path)
{
    Node here = node[at];
    if (here.left < 0) {
        put_path(path, at, bits << left);
        return;
    }
    int32_t room = 1 << (left - 1);
    if (node[here.left].leaves > room || node[here.right].leaves > room) {
        int32_t n = 0, *leaf = arena_new(a, int32_t, here.leaves);
        leaves_of(node, at, leaf, &n);
        halve(leaf, n, left, bits, path);
        return;
    }
    walk(a, node, here.left, left - 1, bits << 1, path);
    walk(a, node, here.right, left - 1, bits << 1 | 1, path);
}

static uint16_t *tree_paths(Arena *a, const Means *m)
{
    int32_t k = m->k;
    Merger g = {.m = m,
                .n = k,
                .node = arena_new(a, Node, 2 * k),
                .sum = arena_new(a, float, (ptrdiff_t)k * m->dim),
                .apart = arena_new(a, float, (ptrdiff_t)k * k),
                .at = arena_new(a, int32_t, k),
                .near = arena_new(a, int32_t, k)};
    int32_t *size = arena_new(a, int32_t, k);
    uint16_t *path = arena_new(a, uint16_t, k);
    sums(m, g.sum, size);
    for (int32_t c = 0; c < k; c++) {
        g.node[c] = (Node){-1, -1, 1, size[c] ? size[c] : 1};
        g.at[c] = c;
    }
    for (int32_t c = 0; c < k; c++) measure(&g, c);
    for (int32_t c = 0; c < k; c++) find_near(&g, c);
    while (g.n < 2 * k - 1) merge_nearest(&g);
    walk(a, g.node, g.n - 1, PATH_BITS, 0, path);
    return path;
}

bool train_clusters(Train *t, Err *e)
{
    Buf out = {.to = t->arena};
    if (t->vectors.n > 0) {
        double begin = io_seconds();
        Means m = means_of(t->arena, &t->vectors, (int32_t)train_option(t, "clusters.words", 90000),
                           (int32_t)train_option(t, "clusters.k", 1000), (int)train_option(t, "clusters.rounds", 8),
                           train_seed(t, "clusters"));
        uint16_t *path = tree_paths(t->arena, &m), *cluster = arena_new(t->arena, uint16_t, m.n);
        uint64_t *lower = arena_new(t->arena, uint64_t, m.n);
        for (int32_t w = 0; w < m.n; w++) {
            lower[w] = hash64(t->vectors.words.v[w]);
            cluster[w] = path[m.cluster[w]];
        }
        clusters_write(lower, cluster, m.n, &out);
        io_note("clusters: %d words in %d clusters, %.1f s", m.n, m.k, io_seconds() - begin);
    }
    train_section(t, "words", buf_str(&out));
    return clusters_of(buf_str(&out), &t->clusters, e);
}
