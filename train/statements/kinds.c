/* Kinds: words that are used alike get the same two numbers, a coarse one and a fine one.
**
** "surmise" stands in no article that people marked, but beside "suppose" in the space of word vectors; so what was learned of
** the one is known of the other. K-means by cosine over the most frequent words, from words drawn by the seed.
**
** Always: the same vectors and seed give the same bytes. Cost: rounds × words × kinds × dimensions, some ten seconds.
*/
#include "model/model.h"
#include "train/common/train.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 30000, FINE = 400, COARSE = 48, ROUNDS = 8 };

typedef struct { int32_t n, dim; float *v; const Str *word; } Space;

static bool is_plain(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && s.p[i] != '-') return false;
    return s.n > 1;
}

static Space space_of(Arena *a, const Vectors *vectors)
{
    Space s = {.dim = vectors->dim};
    s.v = arena_new(a, float, (ptrdiff_t)WORDS * s.dim);
    Str *word = arena_new(a, Str, WORDS);
    for (int32_t i = 0; i < vectors->n && s.n < WORDS; i++) {
        if (!is_plain(vectors->words.v[i])) continue;
        float *to = s.v + (ptrdiff_t)s.n * s.dim;
        double sum = 0;
        for (int32_t d = 0; d < s.dim; d++) {
            to[d] = (float)vectors->value[(ptrdiff_t)i * s.dim + d] * vectors->scale[d];
            sum += (double)to[d] * (double)to[d];
        }
        for (int32_t d = 0; d < s.dim; d++) to[d] *= (float)(1 / sqrt(sum + 1e-9));
        word[s.n++] = vectors->words.v[i];
    }
    s.word = word;
    return s;
}

static int32_t nearest(const Space *s, int32_t w, const float *across, int32_t k, float *sim)
{
    memset(sim, 0, sizeof *sim * (size_t)k);
    for (int32_t d = 0; d < s->dim; d++) {
        float x = s->v[(ptrdiff_t)w * s->dim + d];
        const float *c = across + (ptrdiff_t)d * k;
        for (int32_t i = 0; i < k; i++) sim[i] += x * c[i];
    }
    int32_t best = 0;
    for (int32_t i = 1; i < k; i++)
        if (sim[i] > sim[best]) best = i;
    return best;
}

static void means(Arena *a, const Space *s, int32_t k, uint64_t seed, int32_t *kind)
{
    float *across = arena_new(a, float, (ptrdiff_t)s->dim * k), *sim = arena_new(a, float, k);
    Rng rng = rng_seed(seed);
    for (int32_t c = 0; c < k; c++) {
        int32_t w = rng_below(&rng, s->n < 6000 ? s->n : 6000);
        for (int32_t d = 0; d < s->dim; d++) across[(ptrdiff_t)d * k + c] = s->v[(ptrdiff_t)w * s->dim + d];
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int32_t w = 0; w < s->n; w++) kind[w] = nearest(s, w, across, k, sim);
        memset(across, 0, sizeof *across * (size_t)s->dim * (size_t)k);
        for (int32_t w = 0; w < s->n; w++)
            for (int32_t d = 0; d < s->dim; d++) across[(ptrdiff_t)d * k + kind[w]] += s->v[(ptrdiff_t)w * s->dim + d];
        for (int32_t c = 0; c < k; c++) {
            double sum = 0;
            for (int32_t d = 0; d < s->dim; d++) sum += pow((double)across[(ptrdiff_t)d * k + c], 2);
            for (int32_t d = 0; d < s->dim; d++) across[(ptrdiff_t)d * k + c] *= (float)(1 / sqrt(sum + 1e-9));
        }
    }
}

/* The section "kinds": cells, a power of two; a check of each word's hash; its kinds (kind_of in statement_tree.c reads it). */
bool kinds_make(Arena *a, const char *vectors, const char *words, uint64_t seed, Str *section, char sha256[65], Err *e);
static Str table_of(Arena *a, const Vectors *vectors, uint64_t seed)
{
    Space s = space_of(a, vectors);
    int32_t *fine = arena_new(a, int32_t, s.n), *coarse = arena_new(a, int32_t, s.n), n_cells = 1;
    means(a, &s, FINE, seed, fine);
    means(a, &s, COARSE, seed + 1, coarse);
    while (n_cells * 3 < s.n * 4) n_cells *= 2;
    uint16_t *check = arena_new(a, uint16_t, n_cells), *kind = arena_new(a, uint16_t, n_cells);
    for (int32_t w = 0; w < s.n; w++) {
        uint64_t hash = hash64(s.word[w]);
        uint32_t i = (uint32_t)(hash >> 32) & (uint32_t)(n_cells - 1);
        while (check[i]) i = (i + 1) & (uint32_t)(n_cells - 1);
        check[i] = (uint16_t)hash ? (uint16_t)hash : 1;
        kind[i] = (uint16_t)(1 + fine[w] + coarse[w] * 512);
    }
    Buf b = {.to = a};
    model_put_u32(&b, (uint32_t)n_cells);
    model_put_bytes(&b, (Str){(const char *)check, n_cells * 2}, 4);
    model_put_bytes(&b, (Str){(const char *)kind, n_cells * 2}, 4);
    char *at = arena_take(a, b.n, 64);
    memcpy(at, b.p, (size_t)b.n);
    return (Str){at, b.n};
}

bool kinds_make(Arena *a, const char *vectors, const char *words, uint64_t seed, Str *section, char sha256[65], Err *e)
{
    Str numbers, names;
    char ignored[65];
    Vectors v = {0};
    if (!train_file(a, str_of(vectors), &numbers, sha256, e) || !train_file(a, str_of(words), &names, ignored, e) ||
        !vectors_read(a, names, numbers, &v, e)) return false;
    *section = table_of(a, &v, seed);
    return true;
}
