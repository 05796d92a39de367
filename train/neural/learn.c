/* Learning: one step of Adam for each batch (Kingma & Ba 2015), on the mean of what its threads found.
**
** The sentences of a batch are dealt to the threads in turn; each computes gradients in a memory of its own; they are
** added in the order of the threads. The rate rises to its height in `warm` steps and falls in a straight line to
** zero. Rows of tables learn only when a batch holds them (their moments rest meanwhile). What is measured and
** shipped is the running mean of the weights (Polyak & Juditsky 1992), taken every EVERY steps.
**
** Always: one seed and one number of threads give one result; the random numbers of a step depend on seed and step
** alone, so a training that was interrupted goes on as if it had not been.
*/
#include "train/neural/neural.h"
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { EVERY = 8 };

typedef struct {
    const Reader *r;
    const Drops *drops;
    const Sample **samples;
    int32_t n, room;
    Share whole;
    uint64_t seed;
    Work work;
    Grad grad;
    Loss loss;
} Worker;
struct Crew { Worker *v; int32_t n; const Net *net; };

Crew *crew_open(const Net *n, int32_t threads)
{
    Crew *c = calloc(1, sizeof *c);
    if (!c || !(c->v = calloc((size_t)threads, sizeof *c->v))) abort();
    c->n = threads, c->net = n;
    for (int32_t i = 0; i < threads; i++) grad_init(&c->v[i].grad, n);
    return c;
}
void crew_close(Crew *c)
{
    for (int32_t i = 0; i < c->n; i++) work_free(&c->v[i].work), grad_free(&c->v[i].grad), free(c->v[i].samples);
    free(c->v), free(c);
}

static void *worker_run(void *of)
{
    Worker *w = of;
    product_begin();
    work_reset(&w->work);
    w->loss = net_learn(w->r, &w->work, w->samples, w->n, w->whole, w->drops, w->seed, &w->grad);
    return NULL;
}
static void deal(Crew *c, const Reader *r, const Plan *p, const Batch *b, uint64_t seed)
{
    for (int32_t i = 0; i < c->n; i++) {
        Worker *w = c->v + i;
        if (w->room < b->n) {
            w->room = b->n * 2;
            w->samples = realloc(w->samples, (size_t)w->room * sizeof *w->samples);
            if (!w->samples) abort();
        }
        w->r = r, w->drops = &p->drops, w->n = 0, w->whole = b->whole, w->seed = seed * 64 + (uint64_t)i;
        for (int32_t j = i; j < b->n; j += c->n) w->samples[w->n++] = b->v[j];
    }
}

static double rate_at(const Plan *p, int64_t step)
{
    if (step < p->warm) return (double)p->rate * (double)(step + 1) / p->warm;
    return step >= p->steps ? 0 : (double)p->rate * (double)(p->steps - step) / (p->steps - p->warm);
}

/* Adam over n weights that lie together. scale: of the gradient; rate: with the moments' corrections in it. */
static void adam(Real *restrict w, Real *restrict moment, Real *restrict square, const Real *restrict g, ptrdiff_t n,
                 Real scale, Real rate, Real beta1, Real beta2)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        Real d = g[i] * scale;
        moment[i] = beta1 * moment[i] + (1 - beta1) * d;
        square[i] = beta2 * square[i] + (1 - beta2) * d * d;
        w[i] -= rate * moment[i] / ((Real)sqrtf((float)square[i]) + (Real)1e-8);
    }
}
static double squares(const Real *g, ptrdiff_t n)
{
    Lanes part = {0};
    double sum = 0;
    ptrdiff_t i = 0;
    for (; i + LANES <= n; i += LANES) part += *(const Lanes *)(g + i) * *(const Lanes *)(g + i);
    for (int32_t j = 0; j < LANES; j++) sum += (double)part[j];
    for (; i < n; i++) sum += (double)g[i] * (double)g[i];
    return sum;
}
static ptrdiff_t row_place(const Net *n, int32_t id, int32_t *columns)
{
    const Param *p = n->param + n->n_params - 1;
    while (p->first_row > id) p--;
    *columns = p->columns;
    return p->at + (ptrdiff_t)(id - p->first_row) * p->columns;
}

static void take_step(Learner *l, const Plan *p, Grad *g)
{
    const Net *n = &l->net;
    double length = squares(g->v, n->n_dense);
    int32_t columns;
    for (int32_t i = 0; i < g->n_touched; i++) {
        ptrdiff_t at = row_place(n, g->touched[i], &columns);
        length += squares(g->v + at, columns);
    }
    length = sqrt(length);
    Real scale = length > (double)p->clip ? (Real)((double)p->clip / length) : 1;
    double t = (double)(l->step + 1);
    Real rate = (Real)(rate_at(p, l->step) * sqrt(1 - pow((double)p->beta2, t)) / (1 - pow((double)p->beta1, t)));
    adam(n->w, l->moment, l->square, g->v, n->n_dense, scale, rate, p->beta1, p->beta2);
    for (int32_t i = 0; i < g->n_touched; i++) {
        ptrdiff_t at = row_place(n, g->touched[i], &columns);
        adam(n->w + at, l->moment + at, l->square + at, g->v + at, columns, scale, rate, p->beta1, p->beta2);
    }
    l->step++;
    if (l->step % EVERY == 0) {                          /* the mean forgets faster while it is young */
        double keep = pow((double)p->average, EVERY), young = 1 - 8.0 * EVERY / (8.0 * EVERY + (double)l->step);
        Real k = (Real)(keep < young ? keep : young);
        for (ptrdiff_t i = 0; i < n->n; i++) l->mean[i] = k * l->mean[i] + (1 - k) * n->w[i];
    }
}

Loss learn_batch(Learner *l, const Plan *p, Crew *c, const Reader *r, const Batch *b)
{
    deal(c, r, p, b, p->seed * 1000003 + (uint64_t)l->step);
    pthread_t thread[64];
    for (int32_t i = 1; i < c->n; i++)
        if (pthread_create(thread + i, NULL, worker_run, c->v + i)) abort();
    worker_run(c->v);
    Loss all = c->v->loss;
    for (int32_t i = 1; i < c->n; i++) {
        pthread_join(thread[i], NULL);
        const Loss *x = &c->v[i].loss;
        all.tag += x->tag, all.arc += x->arc, all.relation += x->relation, all.name += x->name;
        grad_add(&c->v->grad, &c->v[i].grad, c->net);
    }
    take_step(l, p, &c->v->grad);
    grad_clear(&c->v->grad, c->net);
    return all;
}

void learner_init(Learner *l, const Shape *s, uint64_t seed)
{
    *l = (Learner){0};
    net_layout(&l->net, s), net_init(&l->net, seed);
    size_t n = (size_t)l->net.n;
    l->moment = calloc(n, sizeof(Real)), l->square = calloc(n, sizeof(Real)), l->mean = calloc(n, sizeof(Real));
    if (!l->moment || !l->square || !l->mean) abort();
    memcpy(l->mean, l->net.w, n * sizeof(Real));
}
void learner_free(Learner *l)
{
    net_free(&l->net);
    free(l->moment), free(l->square), free(l->mean);
}
