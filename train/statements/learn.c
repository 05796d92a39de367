/* Learning: which of a group's candidates is right.
**
**   P(candidate) = softmax over the group of bag_score; for a group of one, 1 / (1 + exp(−bag_score))
**
** Stochastic gradient descent on −log P of the right one, with steps per weight (AdaGrad: Duchi, Hazan and Singer 2011,
** section 1.1) that shrink to nothing over the epochs. Each time a group is met, a share of its features is left out by
** chance, so that none is relied on alone. Rows begin small and random (by the feature's own hash), so that hidden units
** differ. A feature counts when `seen` groups have it.
**
** Parts are summed once a group and their gradients handed back once, so a group costs its features and its candidates,
** not their product.
**
** Always: one thread, one order, one seed: the same examples give the same weights.
*/
#include "train/statements/learn.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void *grown(void *v, int64_t *cap, int64_t need, size_t size)
{
    if (need <= *cap) return v;
    while (*cap < need) *cap = *cap ? *cap * 2 : 1024;
    void *to = realloc(v, (size_t)*cap * size);
    if (!to) abort();
    return to;
}

static void put(Numbers *n, int32_t v)
{
    n->v = grown(n->v, &n->cap, n->n + 1, sizeof *n->v);
    n->v[n->n++] = v;
}

/* ---- the dictionary ------------------------------------------------------------------------------------------------ */
static Met *cell_of(Dictionary *d, uint64_t key)
{
    int64_t mask = d->cap - 1, i = (int64_t)(key >> 20) & mask;
    while (d->cell[i].key && d->cell[i].key != key) i = (i + 1) & mask;
    return &d->cell[i];
}

static int32_t number_of(Dictionary *d, uint64_t key, int32_t group)
{
    if (key == 0) key = 1;
    if (d->n * 2 >= d->cap) {
        Dictionary old = *d;
        d->cap = d->cap ? d->cap * 2 : 1 << 16;
        d->cell = calloc((size_t)d->cap, sizeof *d->cell);
        if (!d->cell) abort();
        for (int64_t i = 0; i < old.cap; i++)
            if (old.cell[i].key) *cell_of(d, old.cell[i].key) = old.cell[i];
        free(old.cell);
    }
    Met *m = cell_of(d, key);
    if (!m->key) *m = (Met){key, (int32_t)d->n++, 0, -1};
    if (m->last != group) m->last = group, m->n_groups++;
    return m->id;
}

void task_add(Task *t, const Choices *c, int32_t gold)
{
    t->groups.v = grown(t->groups.v, &t->groups.cap, t->groups.n + 1, sizeof *t->groups.v);
    t->feature_begin.v = grown(t->feature_begin.v, &t->feature_begin.cap, t->groups.n + 1, sizeof *t->feature_begin.v);
    int32_t group = (int32_t)t->groups.n;
    t->feature_begin.v[group] = t->features.n;
    t->groups.v[t->groups.n++] = (Group){t->choices.n, t->part_end.n, c->choices.n, c->part_end.n, gold};
    for (int32_t i = 0; i < c->features.n; i++) put(&t->features, number_of(&t->met, c->features.v[i], group));
    for (int32_t i = 0; i < c->part_end.n; i++) put(&t->part_end, c->part_end.v[i]);
    for (int32_t i = 0; i < c->choices.n; i++)
        for (int k = 0; k < PARTS; k++) put(&t->choices, c->choices.v[i].part[k]);
}

void task_forget(Task *t)
{
    free(t->met.cell);
    free(t->features.v), free(t->part_end.v), free(t->choices.v);
    free(t->groups.v), free(t->feature_begin.v);
    free(t->key), free(t->row);
    *t = (Task){.task = t->task};
}

/* ---- descent --------------------------------------------------------------------------------------------------------- */
typedef struct { float v[BAG_WIDTH]; } Sum;
typedef struct {
    Task *t;
    float *grad;                                         /* squares of gradients, of each weight of each row */
    BagTask grad_weights;
    Rng rng;
    float rate, drop, decay;
    Sum *sum, *back;                                     /* of the group's parts */
    double *score;
    int32_t cap_parts, cap_choices;
    int32_t *kept;                                       /* features of the group that were not left out */
    int32_t cap_kept, *kept_end;
    double loss;
} Descent;

static float at_random(uint64_t key, uint64_t k)         /* -1 … 1 */
{
    return (float)((double)(int64_t)model_mix(key, k * 2 + 1) / 9.3e18);
}

static void make_rows(Task *t, int seen)
{
    int32_t *row_of = malloc(sizeof *row_of * (size_t)(t->met.n + 1));
    t->n_rows = 0;
    for (int64_t i = 0; i < t->met.cap; i++) {
        const Met *m = &t->met.cell[i];
        if (m->key) row_of[m->id] = m->n_groups >= seen ? 0 : -1;
    }
    for (int64_t i = 0; i < t->met.n; i++)               /* by first meeting: no order of hashes */
        if (row_of[i] >= 0) row_of[i] = t->n_rows++;
    t->key = malloc(sizeof *t->key * (size_t)(t->n_rows + 1));
    t->row = malloc(sizeof *t->row * (size_t)(t->n_rows + 1) * BAG_WIDTH);
    if (!t->key || !t->row) abort();
    for (int64_t i = 0; i < t->met.cap; i++) {
        const Met *m = &t->met.cell[i];
        int32_t r = m->key ? row_of[m->id] : -1;
        if (r < 0) continue;
        t->key[r] = m->key;
        for (int k = 0; k < BAG_WIDTH; k++) t->row[(ptrdiff_t)r * BAG_WIDTH + k] = k ? 0.03f * at_random(m->key, (uint64_t)k) : 0;
    }
    for (int64_t i = 0; i < t->features.n; i++) t->features.v[i] = row_of[t->features.v[i]];
    free(row_of);
    t->weights = (BagTask){{0}, {1}};
    for (int k = 1; k < BAG_WIDTH; k++) {
        t->weights.bias[k] = 0.1f;
        t->weights.out[k] = (k & 1 ? 1.0f : -1.0f) * (0.6f + 0.4f * at_random(7919, (uint64_t)k));
    }
}

static void make_room(Descent *d, const Group *g, int64_t n_features)
{
    if (g->n_parts > d->cap_parts) {
        d->cap_parts = g->n_parts * 2;
        d->sum = realloc(d->sum, sizeof *d->sum * (size_t)d->cap_parts);
        d->back = realloc(d->back, sizeof *d->back * (size_t)d->cap_parts);
        d->kept_end = realloc(d->kept_end, sizeof *d->kept_end * (size_t)d->cap_parts);
    }
    if (g->n_choices > d->cap_choices) {
        d->cap_choices = g->n_choices * 2;
        d->score = realloc(d->score, sizeof *d->score * (size_t)d->cap_choices);
    }
    if (n_features > d->cap_kept) {
        d->cap_kept = (int32_t)n_features * 2;
        d->kept = realloc(d->kept, sizeof *d->kept * (size_t)d->cap_kept);
    }
    if (!d->sum || !d->back || !d->kept_end || !d->score || !d->kept) abort();
}

static void sum_parts(Descent *d, const Group *g, const int32_t *features)
{
    const Task *t = d->t;
    uint64_t bits = 0;
    int left = 0;
    int32_t kept = 0, from = 0, least = (int32_t)(d->drop * 256);
    for (int32_t p = 0; p < g->n_parts; p++) {
        int32_t to = t->part_end.v[g->part + p];
        Sum s = {{0}};
        for (int32_t i = from; i < to; i++) {
            if (left-- == 0) bits = rng_next(&d->rng), left = 7;
            bool is_out = (int32_t)(bits & 255) < least;
            bits >>= 8;
            if (features[i] < 0 || is_out) continue;
            const float *row = t->row + (ptrdiff_t)features[i] * BAG_WIDTH;
            for (int k = 0; k < BAG_WIDTH; k++) s.v[k] += row[k];
            d->kept[kept++] = features[i];
        }
        d->sum[p] = s;
        d->kept_end[p] = kept;
        from = to;
    }
}

static Sum sum_of(const Descent *d, const int32_t *part)
{
    Sum s = d->sum[part[0]];
    for (int k = 1; k < PARTS; k++)
        if (part[k] >= 0)
            for (int w = 0; w < BAG_WIDTH; w++) s.v[w] += d->sum[part[k]].v[w];
    return s;
}

static double score_of(const Task *t, const Sum *s)
{
    float score = s->v[0] + t->weights.bias[0];
    for (int k = 1; k < BAG_WIDTH; k++) {
        float h = s->v[k] + t->weights.bias[k];
        score += h > 0 ? h * t->weights.out[k] : 0;
    }
    return (double)score;
}

static void step(float *w, float *squares, float g, float rate)
{
    *squares += g * g;
    *w -= rate * g / (sqrtf(*squares) + 1e-6f);
}

/* The gradient `by` of one candidate's score: into its parts, and into the task's own weights. */
static void give_back(Descent *d, const int32_t *part, float by, BagTask *back)
{
    const Task *t = d->t;
    Sum s = sum_of(d, part), g;
    g.v[0] = by;
    back->bias[0] += by;
    for (int k = 1; k < BAG_WIDTH; k++) {
        float h = s.v[k] + t->weights.bias[k];
        g.v[k] = h > 0 ? by * t->weights.out[k] : 0;
        back->out[k] += h > 0 ? by * h : 0;
        back->bias[k] += g.v[k];
    }
    for (int p = 0; p < PARTS; p++)
        if (part[p] >= 0)
            for (int k = 0; k < BAG_WIDTH; k++) d->back[part[p]].v[k] += g.v[k];
}

static void update(Descent *d, const Group *g, const BagTask *back)
{
    Task *t = d->t;
    int32_t from = 0;
    for (int32_t p = 0; p < g->n_parts; p++) {
        const Sum *b = &d->back[p];
        bool is_any = false;
        for (int k = 0; k < BAG_WIDTH; k++) is_any |= b->v[k] != 0;
        for (int32_t i = from; i < d->kept_end[p] && is_any; i++) {
            float *row = t->row + (ptrdiff_t)d->kept[i] * BAG_WIDTH, *squares = d->grad + (ptrdiff_t)d->kept[i] * BAG_WIDTH;
            for (int k = 0; k < BAG_WIDTH; k++) {
                float gk = b->v[k] + d->decay * row[k];
                squares[k] += gk * gk;
                row[k] -= d->rate * gk / (sqrtf(squares[k]) + 1e-6f);
            }
        }
        from = d->kept_end[p];
    }
    for (int k = 0; k < BAG_WIDTH; k++) {
        step(&t->weights.bias[k], &d->grad_weights.bias[k], back->bias[k], d->rate);
        if (k) step(&t->weights.out[k], &d->grad_weights.out[k], back->out[k], d->rate);
    }
}

static void learn_group(Descent *d, int64_t at)
{
    const Task *t = d->t;
    const Group *g = &t->groups.v[at];
    const int32_t *choices = t->choices.v + g->choice;
    BagTask back = {{0}, {0}};
    make_room(d, g, g->n_parts ? t->part_end.v[g->part + g->n_parts - 1] : 0);
    sum_parts(d, g, t->features.v + t->feature_begin.v[at]);
    memset(d->back, 0, sizeof *d->back * (size_t)g->n_parts);
    if (g->n_choices == 1) {
        Sum s = sum_of(d, choices);
        double p = statement_share(score_of(t, &s)), by = p - (g->gold ? 1 : 0);
        d->loss -= log(1e-9 + (g->gold ? p : 1 - p));
        if (fabs(by) < 1e-4) return;
        give_back(d, choices, (float)by, &back);
    } else {
        double top = -1e30, all = 0;
        for (int32_t i = 0; i < g->n_choices; i++) {
            Sum s = sum_of(d, choices + (ptrdiff_t)i * PARTS);
            d->score[i] = score_of(t, &s);
            if (d->score[i] > top) top = d->score[i];
        }
        for (int32_t i = 0; i < g->n_choices; i++) all += d->score[i] = exp(d->score[i] - top);
        d->loss -= log(1e-9 + d->score[g->gold] / all);
        for (int32_t i = 0; i < g->n_choices; i++) {
            double by = d->score[i] / all - (i == g->gold);
            if (fabs(by) > 1e-4) give_back(d, choices + (ptrdiff_t)i * PARTS, (float)by, &back);
        }
    }
    update(d, g, &back);
}

void task_learn(Task *t, const LearnOrders *how)
{
    make_rows(t, how->seen);
    Descent d = {.t = t, .rng = rng_seed(how->seed + (uint64_t)t->task), .drop = (float)how->drop, .decay = (float)how->decay};
    d.grad = calloc((size_t)(t->n_rows + 1) * BAG_WIDTH, sizeof *d.grad);
    int64_t n = t->groups.n, *order = malloc(sizeof *order * (size_t)(n + 1));
    if (!d.grad || !order) abort();
    for (ptrdiff_t i = 0; i < (ptrdiff_t)(t->n_rows + 1) * BAG_WIDTH; i++) d.grad[i] = 0.01f;
    for (int64_t i = 0; i < n; i++) order[i] = i;
    for (int epoch = 0; epoch < how->epochs; epoch++) {
        for (int64_t i = n - 1; i > 0; i--) {
            int64_t k = (int64_t)(rng_next(&d.rng) % (uint64_t)(i + 1)), x = order[i];
            order[i] = order[k], order[k] = x;
        }
        d.loss = 0;
        for (int64_t i = 0; i < n; i++) {
            double done = (epoch + (double)i / (double)n) / how->epochs;
            d.rate = (float)(how->rate * (1 - 0.95 * done));
            learn_group(&d, order[i]);
        }
    }
    /* the share of features that was left out by chance is there when it runs: rows count that much less */
    for (ptrdiff_t i = 0; i < (ptrdiff_t)t->n_rows * BAG_WIDTH; i++) t->row[i] *= 1 - d.drop;
    free(d.grad), free(order), free(d.sum), free(d.back), free(d.kept), free(d.kept_end), free(d.score);
    t->loss = n ? d.loss / (double)n : 0;
}

/* ---- one table ------------------------------------------------------------------------------------------------------- */
typedef struct { float size; int32_t task, row; } Heavy;

static int by_size(const void *a, const void *b)
{
    const Heavy *x = a, *y = b;
    if (x->size > y->size) return -1;
    if (x->size < y->size) return 1;
    return x->task != y->task ? x->task - y->task : x->row - y->row;
}

void tasks_write(Arena *a, const Task *tasks, int n_tasks, int32_t n_max, Buf *out)
{
    int64_t n = 0, at = 0;
    BagTask weights[BAG_TASKS];
    for (int i = 0; i < n_tasks; i++) n += tasks[i].n_rows, weights[i] = tasks[i].weights;
    Heavy *all = malloc(sizeof *all * (size_t)(n + 1));
    if (!all) abort();
    for (int i = 0; i < n_tasks; i++)
        for (int32_t r = 0; r < tasks[i].n_rows; r++) {
            float size = 0;
            for (int k = 0; k < BAG_WIDTH; k++) {
                float w = fabsf(tasks[i].row[(ptrdiff_t)r * BAG_WIDTH + k]);
                size += k ? w * fabsf(tasks[i].weights.out[k]) * 0.5f : w;
            }
            all[at++] = (Heavy){size, i, r};
        }
    qsort(all, (size_t)n, sizeof *all, by_size);
    if (n > n_max) n = n_max;
    uint64_t *key = arena_new(a, uint64_t, n + 1);
    float *row = arena_new(a, float, (n + 1) * BAG_WIDTH);
    for (int64_t i = 0; i < n; i++) {
        const Task *t = &tasks[all[i].task];
        key[i] = t->key[all[i].row];
        memcpy(row + i * BAG_WIDTH, t->row + (ptrdiff_t)all[i].row * BAG_WIDTH, sizeof(float) * BAG_WIDTH);
    }
    free(all);
    bag_write(key, row, (int32_t)n, weights, n_tasks, out);
}
