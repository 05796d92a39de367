/* The averaged perceptron: weights that are moved only where the model is wrong, and averaged over all that was seen.
**
** Collins (2002, "Discriminative training methods for hidden Markov models", section 2.5): the average of the weights
** after each example stands unseen data better than the last ones. Each weight keeps its sum and the tick of its last
** change, so that an example costs only what it changes (Daumé 2006, "Practical structured learning", figure 2.3).
**
** A feature's row holds the classes that were ever moved for it, which are few; rows lie in one pool and are moved to
** a larger place when they grow. Always: the table's order depends on nothing but the order of the updates.
*/
#include "train/common/train.h"
#include "model/model.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct { int32_t class, last; float weight; double sum; } Weight;
typedef struct { uint64_t key; uint32_t begin, seen; uint16_t n, cap; } Cell;         /* key 0: empty */
struct Perceptron {
    int32_t n_classes, tick;
    Cell *cell;
    uint64_t mask, n_cells;
    Weight *pool;
    uint64_t n_pool, cap_pool;
};
enum { CELLS_FIRST = 1 << 16, ROW_FIRST = 2 };

static void *grown(void *old, size_t size)
{
    void *p = realloc(old, size);
    if (!p) abort();                                     /* a trainer without memory has nothing better to do */
    return p;
}

Perceptron *perceptron_new(int32_t n_classes)
{
    Perceptron *p = calloc(1, sizeof *p);
    if (!p || n_classes > UINT16_MAX) abort();
    p->n_classes = n_classes;
    p->mask = CELLS_FIRST - 1;
    p->cell = calloc(CELLS_FIRST, sizeof *p->cell);
    if (!p->cell) abort();
    return p;
}

void perceptron_free(Perceptron *p)
{
    if (!p) return;
    free(p->cell);
    free(p->pool);
    free(p);
}

static inline uint64_t key_of(uint64_t feature) { return feature ? feature : 1; }

static Cell *cell_at(const Perceptron *p, uint64_t key)
{
    uint64_t i = (key >> 20) & p->mask;
    while (p->cell[i].key && p->cell[i].key != key) i = (i + 1) & p->mask;
    return &p->cell[i];
}

static void grow(Perceptron *p)
{
    Cell *old = p->cell;
    uint64_t n = p->mask + 1;
    p->mask = 2 * n - 1;
    p->cell = calloc(2 * n, sizeof *p->cell);
    if (!p->cell) abort();
    for (uint64_t i = 0; i < n; i++)
        if (old[i].key) *cell_at(p, old[i].key) = old[i];
    free(old);
}

void perceptron_score(const Perceptron *p, const uint64_t *features, int32_t n, float *scores)
{
    for (int32_t c = 0; c < p->n_classes; c++) scores[c] = 0;
    for (int32_t i = 0; i < n; i++) __builtin_prefetch(&p->cell[(key_of(features[i]) >> 20) & p->mask]);
    for (int32_t i = 0; i < n; i++) {
        const Cell *cell = cell_at(p, key_of(features[i]));
        const Weight *w = p->pool + cell->begin;
        for (int k = 0; k < cell->n; k++) scores[w[k].class] += w[k].weight;
    }
}

static Weight *weight_at(Perceptron *p, Cell *cell, int32_t class)
{
    for (int k = 0; k < cell->n; k++)
        if (p->pool[cell->begin + (uint32_t)k].class == class) return &p->pool[cell->begin + (uint32_t)k];
    if (cell->n == cell->cap) {
        uint16_t cap = (uint16_t)(cell->cap ? 2 * cell->cap : ROW_FIRST);
        if (p->n_pool + cap > p->cap_pool) {
            p->cap_pool = 2 * p->cap_pool + CELLS_FIRST;
            p->pool = grown(p->pool, p->cap_pool * sizeof *p->pool);
        }
        if (cell->n) memcpy(p->pool + p->n_pool, p->pool + cell->begin, cell->n * sizeof *p->pool);
        cell->begin = (uint32_t)p->n_pool;
        cell->cap = cap;
        p->n_pool += cap;
    }
    Weight *w = &p->pool[cell->begin + cell->n++];
    *w = (Weight){.class = class, .last = p->tick};
    return w;
}

static void move(Perceptron *p, Cell *cell, int32_t class, float by)
{
    if (class < 0) return;
    Weight *w = weight_at(p, cell, class);
    w->sum += (double)w->weight * (p->tick - w->last);
    w->last = p->tick;
    w->weight += by;
}

void perceptron_update(Perceptron *p, const uint64_t *features, int32_t n, int32_t good, int32_t bad, float by)
{
    for (int32_t i = 0; i < n; i++) {
        if (p->n_cells * 10 > (p->mask + 1) * 6) grow(p);
        uint64_t key = key_of(features[i]);
        Cell *cell = cell_at(p, key);
        if (!cell->key) *cell = (Cell){.key = key}, p->n_cells++;
        cell->seen++;
        move(p, cell, good, by);
        move(p, cell, bad, -by);
    }
}

void perceptron_tick(Perceptron *p) { p->tick++; }

void perceptron_average(Perceptron *p)
{
    for (uint64_t i = 0; i <= p->mask; i++)
        for (int k = 0; k < p->cell[i].n; k++) {
            Weight *w = &p->pool[p->cell[i].begin + (uint32_t)k];
            w->sum += (double)w->weight * (p->tick - w->last);
            w->last = p->tick;
            w->weight = p->tick ? (float)(w->sum / p->tick) : 0;
        }
}

void perceptron_write(const Perceptron *p, int32_t seen, float least, Buf *out)
{
    float most = 0;
    for (uint64_t i = 0; i <= p->mask; i++)
        for (int k = 0; k < p->cell[i].n; k++)
            most = fmaxf(most, fabsf(p->pool[p->cell[i].begin + (uint32_t)k].weight));
    uint64_t n = 0;
    uint64_t *keys = calloc(p->n_cells + 1, sizeof *keys);
    float *rows = NULL;
    ptrdiff_t cap = 0;
    if (!keys) abort();
    for (uint64_t i = 0; i <= p->mask; i++) {
        const Cell *cell = &p->cell[i];
        if (!cell->key || (int64_t)cell->seen < seen) continue;
        if ((ptrdiff_t)n == cap)
            rows = grown(rows, (size_t)(cap = 2 * cap + 1024) * (size_t)p->n_classes * sizeof *rows);
        float *row = rows + (ptrdiff_t)n * p->n_classes;
        bool is_kept = false;
        memset(row, 0, (size_t)p->n_classes * sizeof *row);
        for (int k = 0; k < cell->n; k++) {
            Weight w = p->pool[cell->begin + (uint32_t)k];
            if (fabsf(w.weight) >= least * most) row[w.class] = w.weight, is_kept = true;
        }
        if (is_kept) keys[n++] = cell->key;
    }
    linear_write(keys, rows, (int32_t)n, p->n_classes, out);
    free(keys);
    free(rows);
}
