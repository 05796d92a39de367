/* Layers: what a network is made of, forward and backward.
**
** A forward fills y from x; its backward gets dy, what the loss changes by as y does, adds to the gradients of the
** weights and sets dx. Nothing here knows what the numbers mean. Every backward is held against differences in
** test/train/neural_test.c.
**
** The recurrent layer: Hochreiter & Schmidhuber 1997 with forget gates (Gers et al. 2000), in both directions (Graves
** & Schmidhuber 2005); dropped recurrent inputs are the same ones all along a sentence (Gal & Ghahramani 2016). Arcs:
** Dozat & Manning 2017, equations 4 to 6; relations: their equation 3 without its linear part, which net.c adds.
**
** Cost: the products (product.c), and some ten passes over the gates, written so that a compiler makes vectors of them.
*/
#include "train/neural/neural.h"
#include <math.h>
#include <string.h>

/* ---- exp and its kin -------------------------------------------------------------------------------------------- */
/* e^x: 2^n times a polynomial on [-ln2/2, ln2/2] (Cephes expf; relative error below 2e-7). Without branches, for
** vectors. */
static inline float exp_float(float x)
{
    x = x < -87.0f ? -87.0f : x > 87.0f ? 87.0f : x;
    const float magic = 12582912.0f;                     /* 1.5 × 2^23: adding it rounds to a whole number */
    float n = (x * 1.44269504f + magic) - magic;
    float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    float p = ((((1.9875691500e-4f * r + 1.3981999507e-3f) * r + 8.3334519073e-3f) * r + 4.1665795894e-2f) * r
               + 1.6666665459e-1f) * r + 0.5f;
    p = p * r * r + r + 1.0f;
    int32_t bits = ((int32_t)n + 127) * (1 << 23);
    float scale;
    memcpy(&scale, &bits, sizeof scale);
    return p * scale;
}
static inline Real exp_real(Real x) { return REAL_IS_FLOAT ? (Real)exp_float((float)x) : (Real)exp((double)x); }
static inline Real logistic(Real x) { return 1 / (1 + exp_real(-x)); }
static inline Real tanh_real(Real x) { return 1 - 2 / (1 + exp_real(2 * x)); }

/* ---- linear ----------------------------------------------------------------------------------------------------- */
void linear_forward(Work *k, const LinearLayer *l, const Real *x, int32_t n, Real *y)
{
    for (int32_t i = 0; l->b && i < n; i++) memcpy(y + (ptrdiff_t)i * l->out, l->b, (size_t)l->out * sizeof(Real));
    multiply(k, AS_IS, n, l->out, l->in, x, l->in, l->w, l->out, y, l->out, l->b != NULL);
}
static void add_columns(const Real *x, int32_t n, int32_t width, Real *sum)
{
    for (int32_t i = 0; i < n; i++, x += width)
        for (int32_t j = 0; j < width; j++) sum[j] += x[j];
}
void linear_backward(Work *k, const LinearLayer *l, const Real *x, const Real *dy, int32_t n, Real *dx)
{
    multiply(k, TURN_LEFT, l->in, l->out, n, x, l->in, dy, l->out, l->dw, l->out, true);
    if (l->db) add_columns(dy, n, l->out, l->db);
    if (dx) multiply(k, TURN_RIGHT, n, l->in, l->out, dy, l->out, l->w, l->out, dx, l->in, false);
}
void leaky(Real *x, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i++) x[i] = x[i] > 0 ? x[i] : x[i] * (Real)0.1;
}
void leaky_backward(const Real *y, Real *dy, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i++) dy[i] = y[i] > 0 ? dy[i] : dy[i] * (Real)0.1;
}

/* ---- the recurrent layer ---------------------------------------------------------------------------------------- */
/* One word, one direction: gates (4 × n: in, forget, out, candidate) from scores to values; the new cell and its
** output. */
static void cell_forward(Real *restrict gates, const Real *restrict old, Real *restrict cell, Real *restrict tanh_cell,
                         Real *restrict h, int32_t n)
{
    Real *restrict in = gates, *restrict forget = gates + n, *restrict out = gates + 2 * n,
                   *restrict candidate = gates + 3 * n;
    for (int32_t j = 0; j < n; j++) {
        Real i = logistic(in[j]), f = logistic(forget[j]), o = logistic(out[j]), g = tanh_real(candidate[j]);
        Real c = f * old[j] + i * g, t = tanh_real(c);
        in[j] = i, forget[j] = f, out[j] = o, candidate[j] = g;
        cell[j] = c, tanh_cell[j] = t, h[j] = o * t;
    }
}
/* dh: what comes from above and from the next word; dcell: from the next word, becomes what goes to the one before.
** gates become their scores' gradients. */
static void cell_backward(Real *restrict gates, const Real *restrict old, const Real *restrict tanh_cell,
                          const Real *restrict dh, Real *restrict dcell, int32_t n)
{
    Real *restrict in = gates, *restrict forget = gates + n, *restrict out = gates + 2 * n,
                   *restrict candidate = gates + 3 * n;
    for (int32_t j = 0; j < n; j++) {
        Real i = in[j], f = forget[j], o = out[j], g = candidate[j], t = tanh_cell[j];
        Real dc = dcell[j] + dh[j] * o * (1 - t * t);
        in[j] = dc * g * i * (1 - i);
        forget[j] = dc * old[j] * f * (1 - f);
        out[j] = dh[j] * t * o * (1 - o);
        candidate[j] = dc * i * (1 - g * g);
        dcell[j] = dc * f;
    }
}

/* A way through the sentences: forward (way 0) from the first words, back (way 1) from the last ones. At each
** place the sentences that are long enough are rows 0 … live - 1; `before` holds the recurrent inputs of the way. */
typedef struct { int32_t place, live, row, next_live, next_row; } Step;
static Step step_of(const Rows *r, int32_t way, int32_t i)
{
    int32_t place = way ? r->n_places - 1 - i : i, next = way ? place - 1 : place + 1;
    Step s = {place, r->first[place + 1] - r->first[place], r->first[place], 0, 0};
    if (next >= 0 && next < r->n_places) s.next_row = r->first[next], s.next_live = r->first[next + 1] - r->first[next];
    return s;
}

static void lstm_way(Work *k, const LstmLayer *l, const Rows *r, int32_t way, Real *h, LstmTrace *t)
{
    int32_t n = l->hidden, gates = 8 * n;
    Real *zeros = work_zeros(k, n);
    panel_right(&k->weights, l->wh + (ptrdiff_t)way * n * 4 * n, 4 * n, n, 4 * n, false);
    Real *before = t->before + way * n;                  /* words × 2n: what came from the word before, with drops */
    for (int32_t i = 0; i < r->n_places; i++) {
        Step s = step_of(r, way, i);
        panel_left(&k->left, before + (ptrdiff_t)s.row * 2 * n, 2 * n, s.live, n, false);
        panels_multiply(&k->left, &k->weights, t->gates + (ptrdiff_t)s.row * gates + way * 4 * n, gates, true);
        for (int32_t j = 0; j < s.live; j++) {
            ptrdiff_t at = (ptrdiff_t)(s.row + j) * 2 * n + way * n;
            /* Way 0: every live sentence has a word before, but at place 0. Way 1: only those longer than this
            ** place. */
            bool has_old = way ? r->length[j] > s.place + 1 : s.place > 0;
            ptrdiff_t old = has_old ? (ptrdiff_t)rows_at(r, j, way ? s.place + 1 : s.place - 1) * 2 * n + way * n : 0;
            cell_forward(t->gates + (ptrdiff_t)(s.row + j) * gates + way * 4 * n, has_old ? t->cell + old : zeros,
                         t->cell + at, t->tanh_cell + at, h + at, n);
            if (j >= s.next_live) continue;
            Real *next = before + (ptrdiff_t)(s.next_row + j) * 2 * n;
            const Real *kept = t->kept ? t->kept + (ptrdiff_t)j * 2 * n + way * n : NULL;
            for (int32_t u = 0; u < n; u++) next[u] = kept ? h[at + u] * kept[u] : h[at + u];
        }
    }
}

void lstm_forward(Work *k, const LstmLayer *l, const Rows *r, const Real *x, const Real *kept, Real *h,
                  LstmTrace *trace)
{
    int32_t n = l->hidden, words = r->n_words;
    *trace = (LstmTrace){work_take(k, (ptrdiff_t)words * 8 * n), work_take(k, (ptrdiff_t)words * 2 * n),
                         work_take(k, (ptrdiff_t)words * 2 * n), work_zeros(k, (ptrdiff_t)words * 2 * n), kept};
    LinearLayer in = {l->wx, l->b, NULL, NULL, l->in, 8 * n};
    linear_forward(k, &in, x, words, trace->gates);
    for (int32_t way = 0; way < 2; way++) lstm_way(k, l, r, way, h, trace);
}

static void lstm_way_back(Work *k, const LstmLayer *l, const Rows *r, int32_t way, LstmTrace *t, const Real *dh)
{
    int32_t n = l->hidden, gates = 8 * n;
    Real *zeros = work_zeros(k, n), *dcell = work_zeros(k, (ptrdiff_t)r->n_sentences * n);
    Real *from_next = work_zeros(k, (ptrdiff_t)r->n_sentences * n), *sum = work_take(k, n);
    panel_right(&k->weights, l->wh + (ptrdiff_t)way * n * 4 * n, 4 * n, 4 * n, n, true);
    for (int32_t i = r->n_places - 1; i >= 0; i--) {
        Step s = step_of(r, way, i);
        for (int32_t j = 0; j < s.live; j++) {
            ptrdiff_t at = (ptrdiff_t)(s.row + j) * 2 * n + way * n;
            bool has_old = way ? r->length[j] > s.place + 1 : s.place > 0;
            ptrdiff_t old = has_old ? (ptrdiff_t)rows_at(r, j, way ? s.place + 1 : s.place - 1) * 2 * n + way * n : 0;
            const Real *kept = t->kept ? t->kept + (ptrdiff_t)j * 2 * n + way * n : NULL,
                       *next = from_next + (ptrdiff_t)j * n;
            /* else from_next is not of this sentence's next word: there is none */
            bool has_next = j < s.next_live;
            for (int32_t u = 0; u < n; u++)
                sum[u] = dh[at + u] + (has_next ? kept ? next[u] * kept[u] : next[u] : 0);
            cell_backward(t->gates + (ptrdiff_t)(s.row + j) * gates + way * 4 * n, has_old ? t->cell + old : zeros,
                          t->tanh_cell + at, sum, dcell + (ptrdiff_t)j * n, n);
        }
        panel_left(&k->left, t->gates + (ptrdiff_t)s.row * gates + way * 4 * n, gates, s.live, 4 * n, false);
        panels_multiply(&k->left, &k->weights, from_next, n, false);
    }
}

void lstm_backward(Work *k, const LstmLayer *l, const Rows *r, const Real *x, LstmTrace *trace, const Real *dh,
                   Real *dx)
{
    int32_t n = l->hidden, words = r->n_words;
    for (int32_t way = 0; way < 2; way++) {
        lstm_way_back(k, l, r, way, trace, dh);
        multiply(k, TURN_LEFT, n, 4 * n, words, trace->before + way * n, 2 * n, trace->gates + way * 4 * n, 8 * n,
                 l->dwh + (ptrdiff_t)way * n * 4 * n, 4 * n, true);
    }
    LinearLayer in = {l->wx, l->b, l->dwx, l->db, l->in, 8 * n};
    linear_backward(k, &in, x, trace->gates, words, dx);
}

/* ---- what a word should be -------------------------------------------------------------------------------------- */
void softmax(Real *scores, int32_t n)
{
    Real top = scores[0], sum = 0;
    for (int32_t i = 1; i < n; i++) top = scores[i] > top ? scores[i] : top;
    for (int32_t i = 0; i < n; i++) scores[i] = exp_real(scores[i] - top);
    for (int32_t i = 0; i < n; i++) sum += scores[i];
    for (int32_t i = 0; i < n; i++) scores[i] /= sum;
}

double softmax_loss(Real *scores, int32_t n_classes, Soft target, const uint8_t *open, Real scale)
{
    double loss = 0;
    Real weight = 0;
    for (int32_t k = 0; k < SOFT; k++) weight += target.p[k] / (Real)255;
    if (weight == 0) { memset(scores, 0, (size_t)n_classes * sizeof(Real)); return 0; }
    softmax(scores, n_classes);
    if (open && target.class[0] == 0 && target.p[0] == 255) {
        Real sum = scores[0];
        for (int32_t i = 1; i < n_classes; i++) sum += open[i] ? scores[i] : 0;
        sum = sum < (Real)1e-20 ? (Real)1e-20 : sum;
        for (int32_t i = 0; i < n_classes; i++)
            scores[i] = scale * (scores[i] - (i == 0 || open[i] ? scores[i] / sum : 0));
        return -log((double)sum) * (double)scale;
    }
    for (int32_t k = 0; k < SOFT; k++)
        if (target.p[k]) loss -= target.p[k] / 255.0 * log((double)scores[target.class[k]] + 1e-20);
    for (int32_t i = 0; i < n_classes; i++) scores[i] *= scale * weight;
    for (int32_t k = 0; k < SOFT; k++)
        if (target.p[k]) scores[target.class[k]] -= scale * (target.p[k] / (Real)255);
    return loss * (double)scale;
}

/* ---- arcs ------------------------------------------------------------------------------------------------------- */
static Real dot(const Real *a, const Real *b, int32_t n)
{
    Lanes sum = {0};
    int32_t i = 0;
    for (; i + LANES <= n; i += LANES) sum += *(const Lanes *)(a + i) * *(const Lanes *)(b + i);
    Real total = 0;
    for (int32_t j = 0; j < LANES; j++) total += sum[j];
    for (; i < n; i++) total += a[i] * b[i];
    return total;
}
static void add_times(Real *restrict to, const Real *restrict x, Real times, int32_t n)
{
    for (int32_t i = 0; i < n; i++) to[i] += times * x[i];
}
void arc_forward(const Real *a, const Real *h, int32_t n, int32_t width, Real *scores)
{
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j <= n; j++)
            scores[(ptrdiff_t)i * (n + 1) + j] =
                j == i + 1 ? (Real)-1e9 : dot(a + (ptrdiff_t)i * width, h + (ptrdiff_t)j * width, width);
}
void arc_backward(const Real *a, const Real *h, const Real *dscores, int32_t n, int32_t width, Real *da, Real *dh)
{
    memset(da, 0, (size_t)n * (size_t)width * sizeof(Real));
    memset(dh, 0, (size_t)(n + 1) * (size_t)width * sizeof(Real));
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j <= n; j++) {
            Real by = dscores[(ptrdiff_t)i * (n + 1) + j];
            if (j == i + 1 || by == 0) continue;
            add_times(da + (ptrdiff_t)i * width, h + (ptrdiff_t)j * width, by, width);
            add_times(dh + (ptrdiff_t)j * width, a + (ptrdiff_t)i * width, by, width);
        }
}

/* ---- relations -------------------------------------------------------------------------------------------------- */
/* words at once, so that their n_relations × width numbers stay in the cache */
enum { BILINEAR_ROWS = 32 };
void bilinear_forward(Work *k, const BilinearLayer *l, const Real *d, const Real *h, int32_t n, Real *scores)
{
    int32_t w = l->width, all = l->n_relations * w;
    Real *t = work_take(k, (ptrdiff_t)BILINEAR_ROWS * all);
    panel_right(&k->weights, l->u, all, w, all, false);
    for (int32_t at = 0; at < n; at += BILINEAR_ROWS) {
        int32_t rows = n - at < BILINEAR_ROWS ? n - at : BILINEAR_ROWS;
        panel_left(&k->left, d + (ptrdiff_t)at * w, w, rows, w, false);
        panels_multiply(&k->left, &k->weights, t, all, false);
        for (int32_t i = 0; i < rows; i++)
            for (int32_t r = 0; r < l->n_relations; r++)
                scores[(ptrdiff_t)(at + i) * l->n_relations + r] =
                    dot(t + (ptrdiff_t)i * all + r * w, h + (ptrdiff_t)(at + i) * w, w);
    }
}
/* The scores are linear in t = dᵀ U and in h: t is computed again rather than kept, it is 50 times a word's vector. */
void bilinear_backward(Work *k, const BilinearLayer *l, const Real *d, const Real *h, const Real *dscores, int32_t n,
                       Real *dd, Real *dh)
{
    int32_t w = l->width, all = l->n_relations * w;
    Real *t = work_take(k, (ptrdiff_t)BILINEAR_ROWS * all);
    panel_right(&k->weights, l->u, all, w, all, false);
    panel_right(&k->turned, l->u, all, all, w, true);
    memset(dh, 0, (size_t)n * (size_t)w * sizeof(Real));
    for (int32_t at = 0; at < n; at += BILINEAR_ROWS) {
        int32_t rows = n - at < BILINEAR_ROWS ? n - at : BILINEAR_ROWS;
        panel_left(&k->left, d + (ptrdiff_t)at * w, w, rows, w, false);
        panels_multiply(&k->left, &k->weights, t, all, false);
        for (int32_t i = 0; i < rows; i++)
            for (int32_t r = 0; r < l->n_relations; r++) {
                Real by = dscores[(ptrdiff_t)(at + i) * l->n_relations + r];
                Real *of = t + (ptrdiff_t)i * all + r * w;
                add_times(dh + (ptrdiff_t)(at + i) * w, of, by, w);
                for (int32_t j = 0; j < w; j++) of[j] = by * h[(ptrdiff_t)(at + i) * w + j];
            }
        panel_left(&k->left, t, all, rows, all, false);
        panels_multiply(&k->left, &k->turned, dd + (ptrdiff_t)at * w, w, false);
        multiply(k, TURN_LEFT, w, all, rows, d + (ptrdiff_t)at * w, w, t, all, l->du, all, true);
    }
}
