/* Learner: softmax regression over hashed features.
**
** Loss: minus the logarithm of the probability of the right answer, or of the right answers together where several are
** right. Each weight has its own step, smaller the more it was moved (AdaGrad: Duchi, Hazan and Singer 2011, figure 1);
** what is written is the average over all examples (as the averaged perceptron's, train/common/perceptron.c). Against
** the averaged perceptron this gained some 0.5 points of LAS here, and its probabilities tell when to stop moving.
**
** A row is three vectors: weights, sums of squared gradients, sums of weights over the ticks, each padded to LANE
** classes.
** Always: rows are numbered in the order of their making, so that one order of examples gives one file.
*/
#include "train/language/learner.h"
#include "model/model.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LANE = 4, CELLS_FIRST = 1 << 16, COUNT_BITS = 26 };

typedef struct { uint64_t key; uint32_t row; } Cell;     /* key 0: empty; rows count from 1: 0 is no row */
struct Learner {
    int32_t n_classes, width;                            /* width: n_classes, padded */
    float rate;
    int32_t tick, seen;
    bool is_closed;
    Cell *cell;
    uint64_t mask;
    uint8_t *count;                                      /* by 26 bits of the hash: how often seen, at most 255 */
    float *value;                                        /* rows × 3 × width */
    int32_t *last;                                       /* rows: the tick up to which the sums count */
    uint32_t n_rows, cap_rows;                           /* with row 0 */
};

static void *grown(void *old, size_t size)
{
    void *p = realloc(old, size);
    if (!p) abort();                                     /* a trainer without memory has nothing better to do */
    return p;
}

Learner *learner_new(int32_t n_classes, float rate)
{
    Learner *l = calloc(1, sizeof *l);
    if (!l) abort();
    l->n_classes = n_classes;
    l->width = (n_classes + LANE - 1) / LANE * LANE;
    l->rate = rate;
    l->mask = CELLS_FIRST - 1;
    l->n_rows = 1;
    l->cell = calloc(CELLS_FIRST, sizeof *l->cell);
    l->count = calloc((size_t)1 << COUNT_BITS, 1);
    if (!l->cell || !l->count) abort();
    return l;
}

void learner_free(Learner *l)
{
    if (!l) return;
    free(l->cell);
    free(l->count);
    free(l->value);
    free(l->last);
    free(l);
}

static inline uint64_t key_of(uint64_t feature) { return feature ? feature : 1; }

void learner_see(Learner *l, const uint64_t *features, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        uint8_t *count = &l->count[key_of(features[i]) >> (64 - COUNT_BITS)];
        if (*count < UINT8_MAX) (*count)++;
    }
}

void learner_begin(Learner *l, int32_t seen) { l->seen = seen; }

/* ---- rows ------------------------------------------------------------------------------------------------------- */
static inline Cell *cell_at(const Learner *l, uint64_t key)
{
    uint64_t i = (key >> 20) & l->mask;
    while (l->cell[i].key && l->cell[i].key != key) i = (i + 1) & l->mask;
    return &l->cell[i];
}

static void resize(Learner *l, uint64_t cells)
{
    Cell *old = l->cell;
    uint64_t n = l->mask + 1;
    l->mask = cells - 1;
    l->cell = calloc(cells, sizeof *l->cell);
    if (!l->cell) abort();
    for (uint64_t i = 0; i < n; i++)
        if (old[i].key && old[i].row) *cell_at(l, old[i].key) = old[i];
    free(old);
}

static inline float *row_at(const Learner *l, uint32_t row) { return l->value + (size_t)row * 3 * (size_t)l->width; }

static uint32_t make_row(Learner *l, uint64_t key)
{
    if (l->n_rows >= l->cap_rows) {
        l->cap_rows = l->cap_rows ? l->cap_rows + l->cap_rows / 2 : CELLS_FIRST;
        l->value = grown(l->value, (size_t)l->cap_rows * 3 * (size_t)l->width * sizeof *l->value);
        l->last = grown(l->last, l->cap_rows * sizeof *l->last);
    }
    if ((uint64_t)l->n_rows * 10 > (l->mask + 1) * 6) resize(l, 2 * (l->mask + 1));
    memset(row_at(l, l->n_rows), 0, 3 * (size_t)l->width * sizeof *l->value);
    l->last[l->n_rows] = l->tick;
    *cell_at(l, key) = (Cell){key, l->n_rows};
    return l->n_rows++;
}

static inline uint32_t find_row(Learner *l, uint64_t key, bool is_new)
{
    const Cell *cell = cell_at(l, key);
    if (cell->key || !is_new || l->is_closed || l->count[key >> (64 - COUNT_BITS)] < l->seen) return cell->row;
    return make_row(l, key);
}

/* ---- learning ---------------------------------------------------------------------------------------------------- */
void learner_score(Learner *l, const uint64_t *features, int32_t n, bool is_new, uint32_t *row, float *score)
{
    float sum[LINEAR_CLASSES] = {0};
    for (int32_t i = 0; i < n; i++) __builtin_prefetch(&l->cell[(key_of(features[i]) >> 20) & l->mask]);
    for (int32_t i = 0; i < n; i++) {
        row[i] = find_row(l, key_of(features[i]), is_new);
        if (row[i]) __builtin_prefetch(row_at(l, row[i]));
    }
    for (int32_t i = 0; i < n; i++) {
        if (!row[i]) continue;
        const float *w = row_at(l, row[i]);
        if (l->width == LANE)
            for (int32_t c = 0; c < LANE; c++) sum[c] += w[c];
        else
            for (int32_t c = 0; c < l->width; c++) sum[c] += w[c];
    }
    memcpy(score, sum, (size_t)l->n_classes * sizeof *score);
}

static inline void move_row(float *restrict w, const float *restrict gradient, int32_t width, float rate, float ticks)
{
    float *restrict square = w + width, *restrict sum = w + 2 * width;
    for (int32_t c = 0; c < width; c++) {
        sum[c] += w[c] * ticks;
        square[c] += gradient[c] * gradient[c];
        w[c] -= rate * gradient[c] / sqrtf(square[c] + 1.0f);
    }
}

/* gradient: width numbers; the padding's are 0 */
void learner_update(Learner *l, const uint32_t *row, int32_t n, const float *gradient)
{
    float g[LINEAR_CLASSES] = {0};
    memcpy(g, gradient, (size_t)l->n_classes * sizeof *g);
    for (int32_t i = 0; i < n; i++) {
        if (!row[i]) continue;
        float ticks = (float)(l->tick - l->last[row[i]]);
        l->last[row[i]] = l->tick;
        if (l->width == LANE) move_row(row_at(l, row[i]), g, LANE, l->rate, ticks);
        else move_row(row_at(l, row[i]), g, l->width, l->rate, ticks);
    }
}

void learner_tick(Learner *l) { l->tick++; }

void learner_average(Learner *l)
{
    for (uint32_t r = 1; r < l->n_rows; r++) {
        float *w = row_at(l, r), *sum = w + 2 * l->width, ticks = (float)(l->tick - l->last[r]);
        for (int32_t c = 0; c < l->width; c++) w[c] = l->tick ? (sum[c] + w[c] * ticks) / (float)l->tick : 0;
    }
    l->is_closed = true;
}

/* ---- pruning and writing ----------------------------------------------------------------------------------------- */
int32_t learner_rows(const Learner *l) { return (int32_t)l->n_rows - 1; }

static int by_number(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* How much a row tells answers apart: the spread of its weights. */
static float worth(const float *w, int32_t n)
{
    float sum = 0, squares = 0;
    for (int32_t c = 0; c < n; c++) sum += w[c], squares += w[c] * w[c];
    return squares - sum * sum / (float)n;
}

void learner_prune(Learner *l, int32_t keep)
{
    l->is_closed = true;
    if (learner_rows(l) <= keep) return;
    float *all = grown(NULL, l->n_rows * sizeof *all), *own = grown(NULL, l->n_rows * sizeof *own);
    for (uint32_t r = 1; r < l->n_rows; r++) all[r - 1] = own[r] = worth(row_at(l, r), l->n_classes);
    qsort(all, l->n_rows - 1, sizeof *all, by_number);
    float least = all[(int32_t)l->n_rows - 1 - keep];
    for (uint64_t i = 0; i <= l->mask; i++)
        if (l->cell[i].row && own[l->cell[i].row] < least) l->cell[i].row = 0;
    free(all);
    free(own);
}

void learner_write(const Learner *l, float least, Buf *out)
{
    uint64_t *keys = calloc(l->n_rows, sizeof *keys);
    float *rows = calloc((size_t)l->n_rows * (size_t)l->n_classes, sizeof *rows), most = 0;
    int32_t n = 0;
    if (!keys || !rows) abort();
    for (uint64_t i = 0; i <= l->mask; i++)
        for (int32_t c = 0; l->cell[i].row && c < l->n_classes; c++)
            most = fmaxf(most, fabsf(row_at(l, l->cell[i].row)[c]));
    for (uint64_t i = 0; i <= l->mask; i++) {
        if (!l->cell[i].key || !l->cell[i].row) continue;
        const float *w = row_at(l, l->cell[i].row);
        for (int32_t c = 0; c < l->n_classes; c++)
            rows[(size_t)n * (size_t)l->n_classes + (size_t)c] = fabsf(w[c]) >= least * most ? w[c] : 0;
        keys[n++] = l->cell[i].key;
    }
    linear_write(keys, rows, n, l->n_classes, out);
    free(keys);
    free(rows);
}
