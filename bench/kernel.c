/* How fast the kernels are: multiply-adds of the byte product, and the floats around it, for the shapes of the language core.
**
**   kernel [SECONDS a measurement]       prints a line a shape, a column a kernel
*/
#include "base/io.h"
#include "model/kernel.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static jmp_buf landing;
static Arena arena = {.budget = 256 << 20, .landing = &landing};
static double seconds_a_time = 0.2;

static double now(void)                                  /* of this process: other programs may run beside it */
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}
static void *bytes(Rng *r, ptrdiff_t n, int below, int minus)
{
    int8_t *b = arena_take(&arena, n, 64);
    for (ptrdiff_t i = 0; i < n; i++) b[i] = (int8_t)(rng_below(r, below) - minus);
    return b;
}
static float *floats(Rng *r, ptrdiff_t n, float scale)
{
    float *x = arena_take(&arena, n * (ptrdiff_t)sizeof *x, 64);
    for (ptrdiff_t i = 0; i < n; i++) x[i] = scale * (2 * (float)rng_unit(r) - 1);
    return x;
}
enum { SPELLS = 25, AGAIN = 4 };                         /* AGAIN: calls between two looks at the clock */
/* The best of many spells: what the machine can do when nobody else is at it. Units of work a second. */
#define RATE(work, call)                                                                    \
    ({                                                                                      \
        double best_ = 0;                                                                   \
        for (int spell_ = 0; spell_ < SPELLS; spell_++) {                                        \
            int64_t times_ = 0;                                                             \
            double begin_ = now(), end_;                                                    \
            do {                                                                            \
                for (int again_ = 0; again_ < AGAIN; again_++) { call; }                       \
                times_ += AGAIN;                                                               \
            } while ((end_ = now()) < begin_ + seconds_a_time / SPELLS);                         \
            double rate_ = (double)times_ * (double)(work) / (end_ - begin_);               \
            if (rate_ > best_) best_ = rate_;                                               \
        }                                                                                   \
        best_;                                                                              \
    })

static void product(const Kernel **k, int32_t n_kernels, int32_t n_rows, int32_t n_in, int32_t n_out)
{
    Rng r = rng_seed(1);
    Dense m = {.n_in = n_in, .n_out = n_out, .n_groups = (n_in + 3) / 4, .n_panels = (n_out + 15) / 16};
    m.panels = bytes(&r, (ptrdiff_t)m.n_panels * m.n_groups * 64, 255, 127);
    m.start = arena_new(&arena, int32_t, m.n_panels * 16);
    m.scale = floats(&r, m.n_panels * 16, 1);
    m.bias = floats(&r, m.n_panels * 16, 1);
    const uint8_t *rows = bytes(&r, (ptrdiff_t)n_rows * m.n_groups * 4, 128, 0);
    int32_t *sums = arena_new(&arena, int32_t, (ptrdiff_t)n_rows * m.n_panels * 16);
    float *out = arena_new(&arena, float, (ptrdiff_t)n_rows * n_out);
    printf("%4d x %3d -> %4d  GMAC/s", n_rows, n_in, n_out);
    for (int32_t i = 0; i < n_kernels; i++)
        printf("%9.1f", RATE(1e-9 * n_rows * n_in * n_out, k[i]->product(&m, 0, m.n_panels, rows, m.n_groups * 4, n_rows, sums)));
    printf("   with floats");
    for (int32_t i = 0; i < n_kernels; i++)
        printf("%9.1f", RATE(1e-9 * n_rows * n_in * n_out, dense_rows(k[i], &m, rows, m.n_groups * 4, n_rows, out, n_out)));
    printf("\n");
    arena_reset(&arena);
}

static void elements(const Kernel **k, int32_t n_kernels)
{
    enum { N = 4096 };
    Rng r = rng_seed(2);
    float *x = floats(&r, N, 4), *out = arena_new(&arena, float, N);
    uint8_t *bytes_out = arena_new(&arena, uint8_t, N);
#define LINE(what, work, call)                                                          \
    printf("%-24s  M/s   ", what);                                                      \
    for (int32_t i = 0; i < n_kernels; i++) printf("%9.0f", RATE(1e-6 * (work), call)); \
    printf("\n");
    LINE("exp", N, k[i]->exp(x, N, out));
    LINE("sigmoid", N, k[i]->sigmoid(x, N, out));
    LINE("tanh", N, k[i]->tanh(x, N, out));
    LINE("quantize", N, k[i]->quantize(x, 16, 64, N, bytes_out));
    LINE("softmax of 50", N / 50 * 50, for (int j = 0; j < N / 50; j++) k[i]->softmax(x + 50 * j, 50, out + 50 * j));
    LINE("dot products, 25 of 128", 25 * 32, k[i]->dots(x, 128, 32, x + 100, 128, 25, 128, out, 25));
    const int32_t *sums = bytes(&r, 64 * 64 * 4, 256, 128);
    CellStep s = {.in = sums, .back = sums, .in_scale = x, .back_scale = x + 64, .bias = x + 128, .cell = out, .hidden = bytes_out,
                  .cell_stride = 16, .hidden_stride = 16, .per_step = 63, .n_rows = 64};
    float scale[64];
    for (int i = 0; i < 64; i++) scale[i] = 1e-9f;
    s.in_scale = s.back_scale = scale;
    LINE("LSTM cells", 64 * 16, k[i]->cell(&s));
    arena_reset(&arena);
}

/* The encoder: two layers of 160 units a direction over word vectors of 192, sentences of 4 … 40 words. */
static void encoder(const Kernel **k, int32_t n_kernels, int32_t n_sentences)
{
    enum { WORD = 192, UNITS = 160, MOST = 64 };
    const Steps in = {3.0f / 63, KERNEL_ZERO}, hidden = {1.0f / 63, KERNEL_ZERO};
    Rng r = rng_seed(3);
    BiLstm layer[2];
    for (int i = 0; i < 2; i++) {
        const int32_t n_in = i ? 2 * UNITS : WORD;
        LstmFloats d[2];
        for (int j = 0; j < 2; j++)
            d[j] = (LstmFloats){floats(&r, 4 * UNITS * n_in, 0.1f), floats(&r, 4 * UNITS * UNITS, 0.1f), floats(&r, 4 * UNITS, 0.1f)};
        Buf b = {.to = &arena};
        lstm_write(d, n_in, UNITS, i ? hidden : in, hidden, &b);
        char *section = arena_take(&arena, b.n, 64);
        memcpy(section, b.p, (size_t)b.n);
        Err e;
        if (!lstm_read(&(ModelReader){.section = {section, b.n}}, &layer[i], &e)) abort();
    }
    int32_t lengths[MOST];
    for (int32_t s = 0; s < n_sentences; s++) lengths[s] = 4 + rng_below(&r, 37);
    const Batch b = batch_of(&arena, lengths, n_sentences);
    const uint8_t *words = bytes(&r, (ptrdiff_t)b.n_rows * WORD, 128, 0);
    uint8_t *first = arena_take(&arena, (ptrdiff_t)b.n_rows * 2 * UNITS, 64), *second = arena_take(&arena, (ptrdiff_t)b.n_rows * 2 * UNITS, 64);
    static jmp_buf scratch_landing;
    Arena scratch = {.landing = &scratch_landing};
    if (setjmp(scratch_landing)) abort();
    printf("2 x 160 a direction, %2d    kw/s", n_sentences);
    for (int32_t i = 0; i < n_kernels; i++)
        printf("%9.1f", RATE(1e-3 * b.n_rows, ({
            arena_reset(&scratch);
            lstm_rows(k[i], &layer[0], &b, words, WORD, first, 2 * UNITS, NULL, 0, &scratch);
            lstm_rows(k[i], &layer[1], &b, first, 2 * UNITS, second, 2 * UNITS, NULL, 0, &scratch);
        })));
    printf("\n");
    arena_close(&scratch);
    arena_reset(&arena);
}

int main(int argc, char **argv)
{
    if (setjmp(landing)) return fprintf(stderr, "kernel: out of memory\n"), 1;
    if (argc > 1) seconds_a_time = atof(argv[1]);
    const Kernel *k[KERNEL_KINDS];
    int32_t n = kernel_all(k);
    printf("%-32s", "");
    for (int32_t i = 0; i < n; i++) printf("%9s", k[i]->name);
    printf("\n");
    static const int32_t shapes[][3] = {{64, 256, 256}, {64, 192, 640}, {64, 160, 640}, {64, 320, 640}, {64, 320, 128}, {64, 320, 96},
                                        {16, 160, 640}, {8, 160, 640}, {4, 160, 640}, {4, 256, 256}, {1, 160, 640}, {64, 48, 2400}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) product(k, n, shapes[i][0], shapes[i][1], shapes[i][2]);
    elements(k, n);
    for (int32_t s = 1; s <= 64; s *= 2) encoder(k, n, s);
    arena_close(&arena);
    return 0;
}
