/* From floats to bytes, once after training; and back from a file, checked.
**
** Weights: a row (one output) is divided by its largest, times 127, and rounded. Activations: the trainer runs the development set, counts
** how large the values of each layer are (Range), and takes the end of the scale that errs least. Both are fixed from then on; nothing
** is measured while texts are read, so a sentence's result cannot depend on what else was read.
**
**   in a file:  n_in u32, n_out u32, zero u32
**               panels  [n_panels][n_groups][16][4]     at a multiple of 64
**               start   [16 × n_panels] i32             at a multiple of 64, as the next two
**               scale   [16 × n_panels] f32             0 for outputs that are only there to fill the panel
**               bias    [16 × n_panels] f32
**
** Always: a Dense that dense_read accepts cannot overflow a sum, and gives finite floats.
*/
#include "model/kernel_inside.h"
#include <assert.h>
#include <math.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "panels, starts and scales are used as they lie in the file");

enum {
    INPUTS_MAX = 1 << 14,                                /* sums stay below 2^30 whatever the bytes are */
    OUTPUTS_MAX = 1 << 20,
    RANGE_SHIFT = 19                                     /* of a float's bits: exponent and four bits of the fraction remain */
};
#define SCALE_MAX 1e6f                                   /* times 2^30, plus another such and a bias: far from the end of floats */

/* ---- ranges ----------------------------------------------------------------------------------------------- */
void range_add(Range *r, const float *x, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, &x[i], 4);
        assert((bits << 1) < 0xFF000000u && "activations are finite");
        r->count[(bits & 0x7FFFFFFFu) >> RANGE_SHIFT]++;
        if (x[i] < 0) r->has_minus = true;
    }
}

static double bin_begin(int32_t bin)
{
    uint32_t bits = (uint32_t)bin << RANGE_SHIFT;
    float x;
    memcpy(&x, &bits, 4);
    return (double)x;
}

static double squared_error(const Range *r, double end, double step)
{
    double sum = 0;
    for (int32_t b = 1; b < RANGE_BINS - 16; b++) {      /* bin 0 is zero, which is exact; the last 16 are not finite */
        if (!r->count[b]) continue;
        const double x = (bin_begin(b) + bin_begin(b + 1)) / 2, off = x > end ? x - end : 0;
        sum += (double)r->count[b] * (off * off + step * step / 12);
    }
    return sum;
}

Steps range_steps(const Range *r)
{
    const int32_t zero = r->has_minus ? KERNEL_ZERO : 0;
    const double steps = KERNEL_TOP - zero;
    int32_t first = 1, last = RANGE_BINS - 17;
    while (last > first && !r->count[last]) last--;
    while (first < last && !r->count[first]) first++;
    if (!r->count[first]) return (Steps){(float)(1 / steps), zero};
    double end = bin_begin(last + 1), least = squared_error(r, end, end / steps);
    for (int32_t b = last; b >= first; b--) {
        const double to = bin_begin(b), error = squared_error(r, to, to / steps);
        if (to > 0 && error < least) {
            least = error;
            end = to;
        }
    }
    return (Steps){(float)(end / steps), zero};
}

/* ---- writing ---------------------------------------------------------------------------------------------- */
/* The row of the trainer's matrix that is output j. An LSTM's: output j belongs to a group of 16 units, within it to a gate, within it to a unit. */
static int32_t source(int32_t j, int32_t units)
{
    enum { GROUP = KERNEL_GATES * KERNEL_LANES };
    return units == 0 ? j : j % GROUP / KERNEL_LANES * units + j / GROUP * KERNEL_LANES + j % KERNEL_LANES;
}

static float row_scale(const float *row, int32_t n)      /* what a weight of 1 stands for */
{
    float most = 0;
    for (int32_t i = 0; i < n; i++) most = op_max(fabsf(row[i]), most);
    return most < 1e-30f ? 0 : most / KERNEL_TOP;        /* so small a row is none */
}

static int8_t weight_byte(float weight, float scale) { return scale > 0 ? (int8_t)rintf(weight / scale) : 0; }

void dense_put(const float *weights, const float *bias, int32_t n_out, int32_t n_in, Steps in, int32_t units, Buf *out)
{
    assert(n_in > 0 && n_in <= INPUTS_MAX && n_out > 0 && n_out <= OUTPUTS_MAX && "a layer has inputs and outputs");
    const int32_t n_groups = (n_in + KERNEL_GROUP - 1) / KERNEL_GROUP, n_panels = (n_out + KERNEL_LANES - 1) / KERNEL_LANES;
    const int32_t n = n_panels * KERNEL_LANES, size = n_groups * KERNEL_LANES * KERNEL_GROUP;
    int8_t *panels = arena_new(out->to, int8_t, (ptrdiff_t)n_panels * size);
    int32_t *start = arena_new(out->to, int32_t, n);
    float *scales = arena_new(out->to, float, n), *biases = arena_new(out->to, float, n);
    for (int32_t j = 0; j < n_out; j++) {
        const float *row = weights + (ptrdiff_t)source(j, units) * n_in, scale = row_scale(row, n_in);
        int8_t *to = panels + (ptrdiff_t)(j / KERNEL_LANES) * size + j % KERNEL_LANES * KERNEL_GROUP;
        int32_t sum = 0;
        for (int32_t i = 0; i < n_in; i++) {
            const int8_t w = weight_byte(row[i], scale);
            to[i / KERNEL_GROUP * KERNEL_LANES * KERNEL_GROUP + i % KERNEL_GROUP] = w;
            sum += w;
        }
        start[j] = -in.zero * sum;
        scales[j] = scale * in.step;
        if (bias) biases[j] = bias[source(j, units)];
    }
    model_put_u32(out, (uint32_t)n_in);
    model_put_u32(out, (uint32_t)n_out);
    model_put_u32(out, (uint32_t)in.zero);
    model_put_bytes(out, (Str){(const char *)panels, (ptrdiff_t)n_panels * size}, 64);
    model_put_bytes(out, (Str){(const char *)start, (ptrdiff_t)n * 4}, 64);
    model_put_bytes(out, (Str){(const char *)scales, (ptrdiff_t)n * 4}, 64);
    model_put_bytes(out, (Str){(const char *)biases, (ptrdiff_t)n * 4}, 64);
}

void dense_write(const float *weights, const float *bias, int32_t n_out, int32_t n_in, Steps in, Buf *out)
{
    dense_put(weights, bias, n_out, n_in, in, 0, out);
}

/* ---- reading ---------------------------------------------------------------------------------------------- */
static bool floats_fit(const float *x, int32_t n, float least)
{
    bool fit = true;
    for (int32_t i = 0; i < n; i++) fit &= x[i] >= least && x[i] <= SCALE_MAX;
    return fit;
}

static bool starts_fit(const Dense *m)     /* -zero × the sum of the row's weights: whatever else would be a shift */
{
    for (int32_t p = 0; p < m->n_panels; p++) {
        int32_t sum[KERNEL_LANES] = {0};
        const int8_t *w = m->panels + (ptrdiff_t)p * m->n_groups * KERNEL_LANES * KERNEL_GROUP;
        for (int32_t g = 0; g < m->n_groups; g++)
            for (int32_t l = 0; l < KERNEL_LANES; l++, w += KERNEL_GROUP) sum[l] += w[0] + w[1] + w[2] + w[3];
        for (int32_t l = 0; l < KERNEL_LANES; l++)
            if (m->start[p * KERNEL_LANES + l] != -m->zero * sum[l]) return false;
    }
    return true;
}

static bool padding_fits(const Dense *m)                 /* inputs beyond the last may hold any byte: their weights are zero */
{
    for (int32_t p = 0; p < m->n_panels; p++) {
        const int8_t *w = m->panels + ((ptrdiff_t)(p + 1) * m->n_groups - 1) * KERNEL_LANES * KERNEL_GROUP;
        for (int32_t l = 0; l < KERNEL_LANES; l++, w += KERNEL_GROUP)
            for (int32_t i = (m->n_in - 1) % KERNEL_GROUP + 1; i < KERNEL_GROUP; i++)
                if (w[i]) return false;
    }
    return true;
}

bool dense_read(ModelReader *r, Dense *m, Err *e)
{
    const uint32_t n_in = model_u32(r), n_out = model_u32(r), zero = model_u32(r);
    if (r->is_short || n_in == 0 || n_in > INPUTS_MAX || n_out == 0 || n_out > OUTPUTS_MAX || zero > KERNEL_TOP)
        return fail(e, ERR_INPUT, "a layer of %u inputs and %u outputs with zero at %u is none of ours", n_in, n_out, zero);
    *m = (Dense){.n_in = (int32_t)n_in, .n_out = (int32_t)n_out, .zero = (int32_t)zero};
    m->n_groups = (m->n_in + KERNEL_GROUP - 1) / KERNEL_GROUP;
    m->n_panels = (m->n_out + KERNEL_LANES - 1) / KERNEL_LANES;
    const uint64_t outs = (uint64_t)m->n_panels * KERNEL_LANES;
    m->panels = (const int8_t *)model_bytes(r, outs * (uint64_t)m->n_groups * KERNEL_GROUP, 64).p;
    m->start = (const int32_t *)(const void *)model_bytes(r, outs * 4, 64).p;
    m->scale = (const float *)(const void *)model_bytes(r, outs * 4, 64).p;
    m->bias = (const float *)(const void *)model_bytes(r, outs * 4, 64).p;
    if (r->is_short) return fail(e, ERR_INPUT, "a layer of %u inputs and %u outputs is cut off", n_in, n_out);
    if (!starts_fit(m) || !padding_fits(m) || !floats_fit(m->scale, (int32_t)outs, 0) ||
        !floats_fit(m->bias, (int32_t)outs, -SCALE_MAX))
        return fail(e, ERR_INPUT, "a layer of %u inputs and %u outputs is damaged: its numbers do not agree", n_in, n_out);
    return true;
}
