/* From floats to bytes and back, and a layer of BiLSTM: against doubles, against itself in other company, and from damaged files. */
#include "model/kernel.h"
#include "test.h"
#include <math.h>

static const Kernel *kernels[KERNEL_KINDS];
static int32_t n_kernels;

static float gauss(Rng *r)                               /* twelve uniform values: no C library's logarithm in it */
{
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += rng_unit(r);
    return (float)sum;
}
static float *gausses(Rng *r, ptrdiff_t n, float size)
{
    float *x = arena_new(&test_arena, float, n + 1);
    for (ptrdiff_t i = 0; i < n; i++) x[i] = size * gauss(r);
    return x;
}

/* ---- steps of an activation ------------------------------------------------------------------------------- */
static double error_with(const float *x, int32_t n, Steps s)
{
    double sum = 0;
    for (int32_t i = 0; i < n; i++) {
        uint8_t byte;
        kernels[0]->quantize(&x[i], 1 / s.step, s.zero, 1, &byte);
        double off = (byte - s.zero) * (double)s.step - x[i];
        sum += off * off;
    }
    return sum / n;
}

static void ranges(void)
{
    enum { N = 20000 };
    static Range range;
    Rng r = rng_seed(21);
    for (int kind = 0; kind < 5; kind++) {
        arena_reset(&test_arena);
        float *x = gausses(&r, N, kind == 4 ? 1e-4f : 1);
        if (kind == 1) for (int i = 0; i < N; i++) x[i] = x[i] > 0 ? x[i] : 0;                /* a ReLU's */
        if (kind == 2) for (int i = 0; i < N; i += 1000) x[i] *= 30;                          /* outliers */
        if (kind == 3) for (int i = 0; i < N; i++) x[i] = (float)(2 * rng_unit(&r) - 1);      /* nothing to cut */
        range = (Range){0};
        range_add(&range, x, N / 2);
        range_add(&range, x + N / 2, N / 2);
        const Steps s = range_steps(&range);
        check(s.zero == (kind == 1 ? 0 : KERNEL_ZERO));
        double least = 1e9;
        for (float step = s.step / 4; step < s.step * 4; step *= 1.02f) least = fmin(least, error_with(x, N, (Steps){step, s.zero}));
        check(error_with(x, N, s) < 1.06 * least);
        const double end = s.step * (KERNEL_TOP - s.zero);
        check(kind != 3 || (end > 0.95 && end < 1.07));
        check(kind != 4 || (end > 3e-4 && end < 5e-4));
    }
    range = (Range){0};
    check(range_steps(&range).step == 1.0f / 127);       /* of nothing: any step will do, but a number */
    const float zeros[3] = {0}, huge = 3e38f;
    range_add(&range, zeros, 3);
    check(range_steps(&range).step > 0);
    range_add(&range, &huge, 1);
    check(isfinite(range_steps(&range).step));
}

/* ---- weights ------------------------------------------------------------------------------------------------ */
static void weights(void)
{
    enum { OUT = 37, IN = 61 };
    Rng r = rng_seed(22);
    float *w = gausses(&r, OUT * IN, 0.1f), *bias = gausses(&r, OUT, 1);
    for (int i = 0; i < IN; i++) w[3 * IN + i] = 0;      /* a row of nothing, and one of great weights */
    for (int i = 0; i < IN; i++) w[4 * IN + i] *= 1000;
    const Steps in = {0.02f, KERNEL_ZERO};
    Buf b = {.to = &test_arena};
    dense_write(w, bias, OUT, IN, in, &b);
    ModelReader reader = {.section = buf_str(&b)};
    Dense m;
    Err e;
    if (!check(dense_read(&reader, &m, &e))) return;
    check(m.n_in == IN && m.n_out == OUT && m.n_groups == 16 && m.n_panels == 3 && m.zero == KERNEL_ZERO);
    uint8_t row[64] = {0};
    float out[OUT];
    for (int i = 0; i < IN; i++) row[i] = (uint8_t)rng_below(&r, 128);
    dense_rows(kernels[0], &m, row, 64, 1, out, OUT);
    bool is_near = true;
    for (int j = 0; j < OUT; j++) {
        double sum = bias[j], most = 0;
        for (int i = 0; i < IN; i++) sum += (row[i] - 64) * 0.02 * w[j * IN + i], most = fmax(most, fabs(w[j * IN + i]));
        is_near &= fabs(sum - out[j]) <= 1e-5 + most / 254 * 64 * 0.02 * IN / 2;
    }
    check(is_near && out[3] == bias[3]);
    for (int32_t k = 0; k < n_kernels; k++) {            /* many rows at once, on every kernel: the same */
        uint8_t rows[70][64];
        float many[70 * OUT];
        for (int i = 0; i < 70; i++) memcpy(rows[i], row, 64);
        dense_rows(kernels[k], &m, rows[0], 64, 70, many, OUT);
        bool is_same = true;
        for (int i = 0; i < 70; i++) is_same &= memcmp(many + (ptrdiff_t)i * OUT, out, sizeof out) == 0;
        check(is_same);
    }
}

/* ---- a layer ------------------------------------------------------------------------------------------------ */
typedef struct { LstmFloats direction[2]; int32_t n_in, n_units; Steps in, hidden; BiLstm layer; Str bytes; } Case;

static Case some_layer(Rng *r, int32_t n_in, int32_t n_units)
{
    Case c = {.n_in = n_in, .n_units = n_units, .in = {3.0f / 63, KERNEL_ZERO}, .hidden = {1.0f / 63, KERNEL_ZERO}};
    for (int d = 0; d < 2; d++)
        c.direction[d] = (LstmFloats){gausses(r, (ptrdiff_t)4 * n_units * n_in, 1.5f / sqrtf((float)n_in)),
                                      gausses(r, (ptrdiff_t)4 * n_units * n_units, 1.5f / sqrtf((float)n_units)),
                                      gausses(r, (ptrdiff_t)4 * n_units, 0.3f)};
    Buf b = {.to = &test_arena};
    lstm_write(c.direction, n_in, n_units, c.in, c.hidden, &b);
    c.bytes = buf_str(&b);
    ModelReader reader = {.section = c.bytes};
    Err e;
    check(lstm_read(&reader, &c.layer, &e) && reader.at == b.n && c.layer.n_in == n_in);
    return c;
}

/* A gate of unit u by doubles, from the trainer's weights. */
static double gate(const Case *c, int d, int q, int32_t u, const double *in, const double *back)
{
    const LstmFloats *w = &c->direction[d];
    const int32_t row = q * c->n_units + u;
    double sum = w->bias[row];
    for (int32_t i = 0; i < c->n_in; i++) sum += w->in[(ptrdiff_t)row * c->n_in + i] * in[i];
    for (int32_t i = 0; i < c->n_units; i++) sum += w->back[(ptrdiff_t)row * c->n_units + i] * back[i];
    return sum;
}

/* One sentence alone, by the textbook and in doubles, nothing rounded: out is [n][2 × units]. */
static void by_the_textbook(const Case *c, const double *in, int32_t n, double *out)
{
    const int32_t units = c->n_units;
    for (int d = 0; d < 2; d++) {
        double *cell = arena_new(&test_arena, double, units), *none = arena_new(&test_arena, double, units);
        for (int32_t i = 0; i < n; i++) {
            const int32_t t = d ? n - 1 - i : i;
            const double *back = i ? out + (ptrdiff_t)(d ? t + 1 : t - 1) * 2 * units + d * units : none;
            for (int32_t u = 0; u < units; u++) {
                double g[4];
                for (int q = 0; q < 4; q++) g[q] = gate(c, d, q, u, in + (ptrdiff_t)t * c->n_in, back);
                cell[u] = cell[u] / (1 + exp(-g[1])) + tanh(g[2]) / (1 + exp(-g[0]));
                out[(ptrdiff_t)t * 2 * units + d * units + u] = tanh(cell[u]) / (1 + exp(-g[3]));
            }
        }
    }
}

/* Some sentences' inputs as bytes, by sentence and word; and the same as rows of a batch. */
static uint8_t *some_words(Rng *r, int32_t n, int32_t n_in)
{
    uint8_t *x = arena_new(&test_arena, uint8_t, (ptrdiff_t)n * n_in + 1);
    for (ptrdiff_t i = 0; i < (ptrdiff_t)n * n_in; i++) {
        const float value = gauss(r);
        kernels[0]->quantize(&value, 63 / 3.0f, KERNEL_ZERO, 1, &x[i]);
    }
    return x;
}
typedef struct { uint8_t *out; float *exact; ptrdiff_t stride; Batch batch; } Run;

static Run run(const Kernel *k, const Case *c, const uint8_t *const *words, const int32_t *lengths, int32_t n)
{
    Run v = {.batch = batch_of(&test_arena, lengths, n), .stride = 2 * c->n_units};
    const ptrdiff_t in_stride = (c->n_in + 3) / 4 * 4;
    uint8_t *in = arena_new(&test_arena, uint8_t, v.batch.n_rows * in_stride);
    memset(in, 201, (size_t)(v.batch.n_rows * in_stride));
    for (int32_t s = 0; s < n; s++)
        for (int32_t t = 0; t < lengths[s]; t++)
            memcpy(in + batch_row(&v.batch, s, t) * in_stride, words[s] + (ptrdiff_t)t * c->n_in, (size_t)c->n_in);
    v.out = arena_new(&test_arena, uint8_t, v.batch.n_rows * v.stride);
    v.exact = arena_new(&test_arena, float, v.batch.n_rows * v.stride);
    lstm_rows(k, &c->layer, &v.batch, in, in_stride, v.out, v.stride, v.exact, v.stride, &test_arena);
    return v;
}

/* How far bytes take the layer from the textbook. The outputs' own rounding is 1/126 at most and 0.0046 in the square mean. */
static void against_the_textbook(void)
{
    Rng r = rng_seed(23);
    double sum = 0, worst = 0;
    int64_t n_values = 0;
    for (int round = 0; round < 3; round++) {
        arena_reset(&test_arena);
        const Case c = some_layer(&r, 58, 48);
        const int32_t lengths[] = {7, 30, 1, 12};
        const uint8_t *words[4];
        for (int s = 0; s < 4; s++) words[s] = some_words(&r, lengths[s], c.n_in);
        const Run v = run(kernels[0], &c, words, lengths, 4);
        for (int s = 0; s < 4; s++) {
            double *in = arena_new(&test_arena, double, lengths[s] * c.n_in), *out = arena_new(&test_arena, double, lengths[s] * v.stride);
            for (int32_t i = 0; i < lengths[s] * c.n_in; i++) in[i] = (words[s][i] - KERNEL_ZERO) * (double)c.in.step;
            by_the_textbook(&c, in, lengths[s], out);
            for (int32_t t = 0; t < lengths[s]; t++)
                for (int32_t u = 0; u < v.stride; u++, n_values++) {
                    const double off = out[t * v.stride + u] - v.exact[batch_row(&v.batch, s, t) * v.stride + u];
                    sum += off * off;
                    worst = fmax(worst, fabs(off));
                }
        }
    }
    printf("hidden states: %.4f from the textbook in the square mean, %.3f at worst\n", sqrt(sum / (double)n_values), worst);
    check(sqrt(sum / (double)n_values) < 0.004 && worst < 0.04);
}

/* Batches: rows are where the header says. */
static void batches(void)
{
    Rng r = rng_seed(24);
    for (int round = 0; round < 100; round++) {
        arena_reset(&test_arena);
        const int32_t n = rng_below(&r, 20);
        int32_t lengths[20], sum = 0;
        for (int32_t s = 0; s < n; s++) sum += lengths[s] = rng_below(&r, round % 2 ? 3 : 30);
        const Batch b = batch_of(&test_arena, lengths, n);
        bool *is_taken = arena_new(&test_arena, bool, sum + 1), fits = b.n_rows == sum && b.begin[0] == 0;
        for (int32_t s = 0; s < n; s++)
            for (int32_t t = 0; t < lengths[s]; t++) {
                const int32_t row = batch_row(&b, s, t);
                fits &= row >= b.begin[t] && row < b.begin[t + 1] && !is_taken[row];
                is_taken[row] = true;
            }
        for (int32_t s = 0; s < n; s++)
            for (int32_t o = 0; o < s; o++) fits &= lengths[s] > lengths[o] ? b.place[s] < b.place[o] : b.place[s] > b.place[o];
        check(fits);
    }
}

/* A sentence is the same alone, in any company, and on every kernel. */
static void company(void)
{
    Rng r = rng_seed(25);
    for (int round = 0; round < 12; round++) {
        arena_reset(&test_arena);
        const Case c = some_layer(&r, 1 + rng_below(&r, 70), 16 * (1 + rng_below(&r, 3)));
        enum { MOST = 80 };
        const int32_t n = round < 2 ? MOST : 1 + rng_below(&r, 40);
        int32_t lengths[MOST];
        const uint8_t *words[MOST];
        for (int32_t s = 0; s < n; s++) words[s] = some_words(&r, lengths[s] = rng_below(&r, round % 3 ? 12 : 4), c.n_in);
        for (int32_t k = 0; k < n_kernels; k++) {
            const Run all = run(kernels[k], &c, words, lengths, n);
            bool is_same = true;
            for (int32_t s = 0; s < n; s++) {
                const Run alone = run(kernels[0], &c, &words[s], &lengths[s], 1);
                for (int32_t t = 0; t < lengths[s]; t++) {
                    const ptrdiff_t there = batch_row(&all.batch, s, t) * all.stride, here = batch_row(&alone.batch, 0, t) * all.stride;
                    is_same &= memcmp(all.out + there, alone.out + here, (size_t)all.stride) == 0 &&
                               memcmp(all.exact + there, alone.exact + here, (size_t)all.stride * sizeof(float)) == 0;
                }
            }
            check(is_same);
        }
    }
}

/* ---- files that are damaged ----------------------------------------------------------------------------------- */
static bool reads(Str bytes)
{
    ModelReader reader = {.section = bytes};
    BiLstm l;
    Err e = {0};
    const bool is_read = lstm_read(&reader, &l, &e);
    return is_read || !check(e.code == ERR_INPUT && e.text[0]);
}
static void damage(void)
{
    Rng r = rng_seed(26);
    arena_reset(&test_arena);
    const Case c = some_layer(&r, 10, 16);
    for (ptrdiff_t n = 0; n < c.bytes.n; n += n < 300 ? 1 : 97) {       /* cut: in a place of its own, so that reading beyond shows */
        void *cut;
        if (!check(posix_memalign(&cut, 64, (size_t)n) == 0)) return;
        memcpy(cut, c.bytes.p, (size_t)n);
        check(!reads((Str){cut, n}));
        free(cut);
    }
    char *bytes = arena_take(&test_arena, c.bytes.n, 64);
    memcpy(bytes, c.bytes.p, (size_t)c.bytes.n);
    check(reads((Str){bytes, c.bytes.n}));
    for (ptrdiff_t i = 0; i < 20; i++) {                 /* the head: units, step, shape, zero */
        bytes[i] ^= 0x40;
        check(!reads((Str){bytes, c.bytes.n}) || (i >= 4 && i < 7));    /* but the low bits of a step, which any step may have */
        bytes[i] ^= 0x40;
    }
    int32_t n_weights = 0, n_seen = 0;
    for (ptrdiff_t i = 64; i < 64 + 12 * 64; i += 7) {   /* a weight: its row no longer sums to what start says */
        bytes[i] ^= 1;
        n_weights++;
        n_seen += !reads((Str){bytes, c.bytes.n});
        bytes[i] ^= 1;
    }
    check(n_seen == n_weights);
}

int main(void)
{
    TEST_BEGIN
    n_kernels = kernel_all(kernels);
    ranges();
    weights();
    batches();
    against_the_textbook();
    company();
    damage();
    return test_end();
}
