/* The kernels against what their header says, and each against the plain one, bit for bit. */
#include "base/io.h"
#include "model/kernel.h"
#include "test.h"
#include <math.h>

static const Kernel *kernels[KERNEL_KINDS];
static int32_t n_kernels;

/* Values of all sizes, plain ones more often than strange ones. */
static float some_float(Rng *r)
{
    static const float strange[] = {0.0f, -0.0f, 1e-45f, -1e-38f, 1e30f, -3e38f, 3.4e38f, 0.5f, -64.5f, 88.0f, -87.5f, 12582912.0f};
    if (rng_below(r, 8) == 0) return strange[rng_below(r, (int32_t)(sizeof strange / sizeof *strange))];
    float size = rng_below(r, 2) ? 8 : 120;
    return size * (2 * (float)rng_unit(r) - 1);
}
static bool same(const void *a, const void *b, ptrdiff_t n) { return memcmp(a, b, (size_t)n) == 0; }

/* n floats beginning at an odd place, so that nothing relies on alignment. */
static float *some_floats(Rng *r, int32_t n)
{
    float *x = arena_new(&test_arena, float, n + 1) + 1;
    for (int32_t i = 0; i < n; i++) x[i] = some_float(r);
    return x;
}
static float *small_floats(Rng *r, int32_t n, float size)
{
    float *x = arena_new(&test_arena, float, n + 1);
    for (int32_t i = 0; i < n; i++) x[i] = size * (2 * (float)rng_unit(r) - 1);
    return x;
}

/* ---- products --------------------------------------------------------------------------------------------- */
static int8_t some_weight(Rng *r, int kind) { return kind == 0 ? 127 : kind == 1 ? -127 : (int8_t)(rng_below(r, 255) - 127); }

/* Weights as a file gives them, made from whole numbers so that the bytes are known. */
static Dense written(const int8_t *w, int32_t n_out, int32_t n_in, int32_t zero)
{
    float *weights = arena_new(&test_arena, float, n_out * n_in), *bias = arena_new(&test_arena, float, n_out);
    for (int32_t i = 0; i < n_out * n_in; i++) weights[i] = (float)w[i] * 0.25f;
    for (int32_t i = 0; i < n_out; i++) bias[i] = (float)i;
    Buf b = {.to = &test_arena};
    dense_write(weights, bias, n_out, n_in, (Steps){0.5f, zero}, &b);
    ModelReader r = {.section = buf_str(&b)};
    Dense m;
    Err e;
    check(dense_read(&r, &m, &e) && r.at == b.n);
    return m;
}

static void products(void)
{
    Rng r = rng_seed(11);
    for (int round = 0; round < 300; round++) {
        arena_reset(&test_arena);
        const int32_t n_in = 1 + rng_below(&r, round % 3 ? 40 : 400), n_out = 1 + rng_below(&r, 150), n_rows = rng_below(&r, 30);
        const int32_t zero = round % 4 ? 64 : rng_below(&r, 128), stride = (n_in + 3) / 4 * 4 + rng_below(&r, 3), kind = round % 7;
        int8_t *w = arena_new(&test_arena, int8_t, n_out * n_in);
        for (int32_t i = 0; i < n_out * n_in; i++) w[i] = some_weight(&r, kind);
        for (int32_t j = 0; j < n_out; j++) w[j * n_in] = 127;          /* the largest of each row, so that bytes stay as they are */
        Dense m = written(w, n_out, n_in, zero);
        uint8_t *rows = arena_new(&test_arena, uint8_t, n_rows * stride + 4) + round % 4;
        for (int32_t i = 0; i < n_rows * stride; i++)                   /* beyond n_in: any byte */
            rows[i] = i % stride >= n_in ? (uint8_t)rng_next(&r) : kind < 3 ? 127 : (uint8_t)rng_below(&r, 128);
        const int32_t panel = rng_below(&r, m.n_panels), n_panels = 1 + rng_below(&r, m.n_panels - panel), wide = n_panels * 16;
        int32_t *plain = arena_new(&test_arena, int32_t, n_rows * wide + 1), *fast = arena_new(&test_arena, int32_t, n_rows * wide + 1);
        kernels[0]->product(&m, panel, n_panels, rows, stride, n_rows, plain);
        bool is_right = true;
        for (int32_t row = 0; row < n_rows; row++)
            for (int32_t j = 0; j < wide; j++) {
                int64_t sum = 0;
                for (int32_t i = 0; panel * 16 + j < n_out && i < n_in; i++)
                    sum += (rows[row * stride + i] - zero) * (int64_t)w[(panel * 16 + j) * n_in + i];
                is_right &= sum == plain[row * wide + j];
            }
        check(is_right);
        for (int32_t k = 1; k < n_kernels; k++) {
            fast[n_rows * wide] = 4711;
            kernels[k]->product(&m, panel, n_panels, rows, stride, n_rows, fast);
            check(same(plain, fast, n_rows * wide * 4) && fast[n_rows * wide] == 4711);
        }
    }
}

/* ---- one array in, one out ---------------------------------------------------------------------------------- */
typedef void Unary(const Kernel *k, const float *x, int32_t n, float *out);
static void do_exp(const Kernel *k, const float *x, int32_t n, float *out) { k->exp(x, n, out); }
static void do_sigmoid(const Kernel *k, const float *x, int32_t n, float *out) { k->sigmoid(x, n, out); }
static void do_tanh(const Kernel *k, const float *x, int32_t n, float *out) { k->tanh(x, n, out); }
static void do_softmax(const Kernel *k, const float *x, int32_t n, float *out) { k->softmax(x, n, out); }
static void do_relu(const Kernel *k, const float *x, int32_t n, float *out) { k->relu(x, 0.1f, n, out); }
static void do_relu_0(const Kernel *k, const float *x, int32_t n, float *out) { k->relu(x, 0, n, out); }
static void do_max(const Kernel *k, const float *x, int32_t n, float *out) { if (n) *out = k->max(x, n); }
static void do_maxout(const Kernel *k, const float *x, int32_t n, float *out) { k->maxout(x, 3, n / 3, out); }
static void do_dots(const Kernel *k, const float *x, int32_t n, float *out)
{
    const float *y = x + n / 2;
    if (n >= 4) k->dots(x, 1, 2, y - 1, 1, 2, n / 2, out, 2);
}
static void do_quantize(const Kernel *k, const float *x, int32_t n, float *out) { k->quantize(x, 1.5f, n % 128, n, (uint8_t *)out); }
static void do_dequantize(const Kernel *k, const float *x, int32_t n, float *out)
{
    int32_t *sums = arena_new(&test_arena, int32_t, n);
    for (int32_t i = 0; i < n; i++) memcpy(&sums[i], &x[i], 4);         /* whole numbers of every size */
    float *scale = arena_new(&test_arena, float, n);
    for (int32_t i = 0; i < n; i++) scale[i] = 1e-5f * (float)(i + 1);
    k->dequantize(sums, scale, x, n, out);
}

/* Rows of n / 4 and of n / 4 + 1; forms of 16 and of odd widths. */
static void do_outputs(const Kernel *k, const float *x, int32_t n, float *out)
{
    int32_t *sums = arena_new(&test_arena, int32_t, n);
    for (int32_t i = 0; i < n; i++) memcpy(&sums[i], &x[i], 4);
    if (n >= 8) k->outputs(sums, n / 4 + 1, x, x + n / 2, n % 3 ? 0.1f : 1, n / 4, 3, out, n / 4);
}
static void do_forms(const Kernel *k, const float *x, int32_t n, float *out)
{
    const int32_t width = n % 2 ? 16 : 7, most = n / 2 / width;
    int32_t *sums = arena_new(&test_arena, int32_t, n);
    for (int32_t i = 0; i < n; i++) sums[i] = (int32_t)(x[i] * 1000);
    if (n >= 2 * width) k->forms(sums, x, x + n / 2, x + 1, width, most, out);
}

static void unary(Unary *does, bool is_in_place, bool is_small)
{
    Rng r = rng_seed(12);
    for (int32_t n = 0; n < 200; n++) {
        arena_reset(&test_arena);
        float *x = is_small ? small_floats(&r, n, 30) : some_floats(&r, n);
        float *plain = arena_new(&test_arena, float, n + 5), *fast = arena_new(&test_arena, float, n + 6) + 1;
        does(kernels[0], x, n, plain);
        bool is_finite = true;
        for (int32_t i = 0; i < n; i++) is_finite &= isfinite(plain[i]);
        check(is_finite);
        for (int32_t k = 1; k < n_kernels; k++) {
            memset(fast, 0, (size_t)(n + 4) * 4);
            does(kernels[k], x, n, fast);
            check(same(plain, fast, (n + 4) * 4));                      /* and nothing behind the end */
        }
        for (int32_t k = 0; is_in_place && k < n_kernels; k++) {
            memcpy(fast, x, (size_t)n * 4);
            does(kernels[k], fast, n, fast);
            check(same(plain, fast, n * 4));
        }
    }
}

/* NaN goes nowhere: a clamp makes it the low end, in every kernel. */
static void nans(void)
{
    float x[40], out[40];
    for (int i = 0; i < 40; i++) x[i] = i % 3 ? (float)NAN : (float)INFINITY * (i % 2 ? 1 : -1);
    for (int32_t k = 0; k < n_kernels; k++) {
        bool is_finite = true;
        Unary *does[] = {do_exp, do_sigmoid, do_tanh};
        for (int d = 0; d < 3; d++) {
            does[d](kernels[k], x, 40, out);
            for (int i = 0; i < 40; i++) is_finite &= isfinite(out[i]);
        }
        check(is_finite);
    }
}

/* ---- how far from the true values ---------------------------------------------------------------------------- */
static void accuracy(void)
{
    double worst_exp = 0, worst_sigmoid = 0, worst_tanh = 0, worst_sum = 0;
    for (int32_t i = -864000; i <= 880000; i++) {
        float x = (float)i * 1e-4f, e, s, t;
        kernels[0]->exp(&x, 1, &e);
        kernels[0]->sigmoid(&x, 1, &s);
        kernels[0]->tanh(&x, 1, &t);
        worst_exp = fmax(worst_exp, fabs(e / exp((double)x) - 1));
        worst_sigmoid = fmax(worst_sigmoid, fabs(s - 1 / (1 + exp(-(double)x))));
        worst_tanh = fmax(worst_tanh, fabs(t - tanh((double)x)));
        if (fabsf(s) > 1 || s < 0 || fabsf(t) > 1) worst_tanh = 9;
    }
    printf("exp %.2g relative, sigmoid %.2g, tanh %.2g\n", worst_exp, worst_sigmoid, worst_tanh);
    check(worst_exp < 5e-6 && worst_sigmoid < 2e-7 && worst_tanh < 4e-7);
    const float zero = 0;
    float one, half, none;
    kernels[0]->exp(&zero, 1, &one);
    kernels[0]->sigmoid(&zero, 1, &half);
    kernels[0]->tanh(&zero, 1, &none);
    check(one == 1 && half == 0.5f && none == 0);
    Rng r = rng_seed(13);
    for (int32_t n = 1; n < 300; n++) {
        arena_reset(&test_arena);
        float *x = small_floats(&r, n, 20), *y = arena_new(&test_arena, float, n), dot;
        kernels[0]->softmax(x, n, y);
        double sum = 0, exact = 0, size = 0;
        for (int32_t i = 0; i < n; i++) sum += y[i];
        worst_sum = fmax(worst_sum, fabs(sum - 1));
        kernels[0]->dots(x, n, 1, y, n, 1, n, &dot, 1);
        for (int32_t i = 0; i < n; i++) exact += (double)x[i] * y[i], size += fabs((double)x[i] * y[i]);
        check(fabs(dot - exact) <= 1e-5 * size);
    }
    check(worst_sum < 1e-5);
}

static void rounding(void)
{
    static const struct { float x; int32_t zero; uint8_t byte; } cases[] = {
        {0, 64, 64}, {-0.0f, 64, 64}, {0.5f, 64, 64}, {1.5f, 64, 66}, {2.5f, 64, 66}, {-0.5f, 64, 64}, {-1.5f, 64, 62}, {63, 64, 127},
        {62.49f, 64, 126}, {1e9f, 64, 127}, {-64, 64, 0}, {-1e9f, 64, 0}, {3e38f, 0, 127}, {-3, 0, 0}, {0.51f, 0, 1}, {126.5f, 0, 126}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int32_t k = 0; k < n_kernels; k++) {
            float x[20];
            uint8_t out[20];
            for (int j = 0; j < 20; j++) x[j] = cases[i].x;
            kernels[k]->quantize(x, 1, cases[i].zero, 20, out);
            check(out[0] == cases[i].byte && out[19] == cases[i].byte);
        }
}

static void argmaxes(void)
{
    const float x[] = {-3, 2, 2, -0.0f, 1, 0, 2}, zeros[] = {-0.0f, 0, -0.0f}, falls[] = {5, 4, 3};
    Rng r = rng_seed(14);
    for (int32_t k = 0; k < n_kernels; k++) {
        check(kernel_argmax(kernels[k], x, 7) == 1 && kernel_argmax(kernels[k], zeros, 3) == 0 && kernel_argmax(kernels[k], falls, 3) == 0);
        for (int32_t n = 1; n < 100; n++) {
            arena_reset(&test_arena);
            float *y = small_floats(&r, n, 1);
            int32_t at = rng_below(&r, n), tie = at + rng_below(&r, n - at);
            y[at] = y[tie] = 2;
            check(kernel_argmax(kernels[k], y, n) == at);
        }
    }
}

/* ---- the cells of an LSTM --------------------------------------------------------------------------------------- */
static void cells(void)
{
    enum { ROWS = 5, STRIDE = 21 };
    Rng r = rng_seed(15);
    for (int round = 0; round < 60; round++) {
        arena_reset(&test_arena);
        int32_t *in = arena_new(&test_arena, int32_t, ROWS * 64), *back = arena_new(&test_arena, int32_t, ROWS * 64);
        const int32_t size = round % 2 ? 400000000 : 40000;
        for (int i = 0; i < ROWS * 64; i++) in[i] = rng_below(&r, size) - size / 2, back[i] = rng_below(&r, size) - size / 2;
        float *scale = small_floats(&r, 192, 1e-4f), *before = small_floats(&r, ROWS * STRIDE, 3);
        float cell[ROWS * STRIDE], exact[ROWS * STRIDE], plain_cell[ROWS * STRIDE], plain_exact[ROWS * STRIDE];
        uint8_t hidden[ROWS * STRIDE], plain_hidden[ROWS * STRIDE];
        double worst = 0;
        for (int32_t k = 0; k < n_kernels; k++) {
            CellStep s = {.in = in, .back = back, .in_scale = scale, .back_scale = scale + 64, .bias = scale + 128, .cell = cell,
                          .hidden = hidden, .exact = round % 3 ? exact : NULL, .cell_stride = STRIDE, .hidden_stride = STRIDE,
                          .exact_stride = STRIDE, .per_step = 63, .n_rows = ROWS};
            memcpy(cell, before, sizeof cell);
            memset(exact, 0, sizeof exact);
            memset(hidden, 3, sizeof hidden);
            kernels[k]->cell(&s);
            if (k > 0) check(same(cell, plain_cell, sizeof cell) && same(exact, plain_exact, sizeof exact) && same(hidden, plain_hidden, sizeof hidden));
            memcpy(plain_cell, cell, sizeof cell);
            memcpy(plain_exact, exact, sizeof exact);
            memcpy(plain_hidden, hidden, sizeof hidden);
        }
        bool is_rounded = true;
        for (int row = 0; row < ROWS; row++)
            for (int u = 0; u < 16; u++) {
                double g[4];
                for (int q = 0; q < 4; q++)
                    g[q] = (double)in[row * 64 + q * 16 + u] * scale[q * 16 + u] +
                           ((double)back[row * 64 + q * 16 + u] * scale[64 + q * 16 + u] + scale[128 + q * 16 + u]);
                double c = before[row * STRIDE + u] / (1 + exp(-g[1])) + tanh(g[2]) / (1 + exp(-g[0])), h = tanh(c) / (1 + exp(-g[3]));
                worst = fmax(worst, fabs(c - plain_cell[row * STRIDE + u]));
                if (round % 3) worst = fmax(worst, fabs(h - plain_exact[row * STRIDE + u]));
                is_rounded &= fabs(64 + 63 * h - plain_hidden[row * STRIDE + u]) < 0.51;
            }
        check(is_rounded && worst < (round % 2 ? 2e-3 : 3e-4));         /* gates of ± 20,000 carry the error of a float's end */
    }
}

/* The same bits on every machine and from every compiler: what the definitions gave on the day they were written (gcc
** 12, clang 14, x86-64 and aarch64). Another number here means that models would read texts differently than their
** trainer measured. */
static void same_everywhere(void)
{
    enum { N = 5000 };
    Rng r = rng_seed(16);
    arena_reset(&test_arena);
    float *x = small_floats(&r, N, 12), *out = arena_new(&test_arena, float, N);
    uint64_t sum = 0;
    Unary *does[] = {do_exp, do_sigmoid, do_tanh, do_softmax, do_relu, do_maxout, do_dots, do_quantize};
    for (size_t d = 0; d < sizeof does / sizeof *does; d++) {
        memset(out, 0, N * sizeof *out);
        does[d](kernels[0], x, N, out);
        sum = model_mix(sum, hash64((Str){(const char *)out, N * (ptrdiff_t)sizeof *out}));
    }
    if (!check(sum == 0x5d0ca8a2b7e6b13eu)) printf("the sum is %#llx\n", (unsigned long long)sum);
}

/* ---- choosing ------------------------------------------------------------------------------------------------- */
static void choosing(void)
{
    Err e;
    check(str_eq(str_of(kernels[0]->name), S("plain")));
    for (int32_t k = 0; k < n_kernels; k++) check(kernel_of(str_of(kernels[k]->name), &e) == kernels[k]);
    unsetenv("DEMARCHE_KERNEL");
    check(kernel_of(S(""), &e) == kernels[n_kernels - 1]);
    setenv("DEMARCHE_KERNEL", "plain", 1);
    check(kernel_of(S(""), &e) == kernels[0]);
    setenv("DEMARCHE_KERNEL", "abacus", 1);
    check(!kernel_of(S(""), &e) && strstr(e.text, "no kernel 'abacus' (DEMARCHE_KERNEL)") && strstr(e.text, "has plain"));
    check(!kernel_of(S("sse9"), &e) && strstr(e.text, "'sse9'; this"));
    unsetenv("DEMARCHE_KERNEL");
}

int main(void)
{
    TEST_BEGIN
    n_kernels = kernel_all(kernels);
    for (int32_t k = 0; k < n_kernels; k++) printf("%s%s", kernels[k]->name, k < n_kernels - 1 ? ", " : "\n");
    choosing();
    products();
    unary(do_exp, true, false);
    unary(do_sigmoid, true, false);
    unary(do_tanh, true, false);
    unary(do_softmax, true, false);
    unary(do_relu, true, false);
    unary(do_relu_0, true, false);
    unary(do_max, false, false);
    unary(do_maxout, false, false);
    unary(do_dots, false, true);
    unary(do_quantize, false, false);
    unary(do_dequantize, false, true);
    unary(do_outputs, false, true);
    unary(do_forms, false, true);
    nans();
    accuracy();
    rounding();
    argmaxes();
    cells();
    same_everywhere();
    return test_end();
}
