/* The plain kernel: what each operation is. The fast ones are right where they give these bits, and tests hold them to
** it.
**
** It is written to be read, and still runs on anything: a compiler turns most of these loops into whatever vectors it
** knows.
*/
#include "model/kernel_inside.h"

static void product(const Dense *m, int32_t panel, int32_t n_panels, const uint8_t *rows, ptrdiff_t stride, int32_t n_rows,
                    int32_t *sums)
{
    for (int32_t r = 0; r < n_rows; r++)
        for (int32_t p = panel; p < panel + n_panels; p++, sums += KERNEL_LANES) {
            memcpy(sums, m->start + (ptrdiff_t)p * KERNEL_LANES, KERNEL_LANES * sizeof *sums);
            const uint8_t *a = rows + r * stride;
            const int8_t *w = m->panels + (ptrdiff_t)p * m->n_groups * KERNEL_LANES * KERNEL_GROUP;
            for (int32_t g = 0; g < m->n_groups; g++, a += KERNEL_GROUP)
                for (int32_t l = 0; l < KERNEL_LANES; l++, w += KERNEL_GROUP)
                    sums[l] += a[0] * w[0] + a[1] * w[1] + a[2] * w[2] + a[3] * w[3];
        }
}
static void dequantize(const int32_t *sums, const float *scale, const float *bias, int32_t n, float *out)
{
    for (int32_t j = 0; j < n; j++) out[j] = op_dequantize(sums[j], scale[j], bias[j]);
}
static void outputs(const int32_t *sums, ptrdiff_t stride, const float *scale, const float *bias, float slope, int32_t n,
                    int32_t n_rows, float *out, ptrdiff_t out_stride)
{
    for (int32_t r = 0; r < n_rows; r++)
        for (int32_t j = 0; j < n; j++)
            out[r * out_stride + j] = op_relu(op_dequantize(sums[r * stride + j], scale[j], bias[j]), slope);
}
static void quantize(const float *x, float per_step, int32_t zero, int32_t n, uint8_t *out)
{
    for (int32_t j = 0; j < n; j++) out[j] = op_quantize(x[j], per_step, zero);
}
static void exps(const float *x, int32_t n, float *out)
{
    for (int32_t j = 0; j < n; j++) out[j] = op_exp(x[j]);
}
static void sigmoids(const float *x, int32_t n, float *out)
{
    for (int32_t j = 0; j < n; j++) out[j] = op_sigmoid(x[j]);
}
static void tanhs(const float *x, int32_t n, float *out)
{
    for (int32_t j = 0; j < n; j++) out[j] = op_tanh(x[j]);
}
static void relu(const float *x, float slope, int32_t n, float *out)
{
    for (int32_t j = 0; j < n; j++) out[j] = op_relu(x[j], slope);
}
static void maxout(const float *x, int32_t pieces, int32_t n, float *out)
{
    for (int32_t j = 0; j < n; j++) {
        float most = x[j];
        for (int32_t p = 1; p < pieces; p++) most = op_max(x[(ptrdiff_t)p * n + j], most);
        out[j] = most;
    }
}
static float gate(const CellStep *s, int32_t row, int32_t at)
{
    const ptrdiff_t j = (ptrdiff_t)row * KERNEL_GATES * KERNEL_LANES + at;
    const float by = op_gate_by[at / KERNEL_LANES];
    return (float)s->in[j] * (s->in_scale[at] * by) + ((float)s->back[j] * (s->back_scale[at] * by) + s->bias[at] * by);
}
static void cell(const CellStep *s)
{
    for (int32_t r = 0; r < s->n_rows; r++)
        for (int32_t l = 0; l < KERNEL_LANES; l++) {
            float *c = s->cell + r * s->cell_stride + l;
            *c = op_cell(gate(s, r, l), gate(s, r, KERNEL_LANES + l), gate(s, r, 2 * KERNEL_LANES + l), *c);
            float h = op_hidden(gate(s, r, 3 * KERNEL_LANES + l), *c);
            s->hidden[r * s->hidden_stride + l] = op_quantize(h, s->per_step, KERNEL_ZERO);
            if (s->exact) s->exact[r * s->exact_stride + l] = h;
        }
}
static float dot(const float *a, const float *b, int32_t n)
{
    float s[KERNEL_LANES] = {0};
    for (int32_t k = 0; k < n; k++) s[k % KERNEL_LANES] = s[k % KERNEL_LANES] + a[k] * b[k];
    return op_tree(s);
}
static void dots(const float *a, ptrdiff_t a_stride, int32_t n_a, const float *b, ptrdiff_t b_stride, int32_t n_b, int32_t n,
                 float *out, ptrdiff_t out_stride)
{
    for (int32_t i = 0; i < n_a; i++)
        for (int32_t j = 0; j < n_b; j++) out[i * out_stride + j] = dot(a + i * a_stride, b + j * b_stride, n);
}
static void forms(const int32_t *sums, const float *scale, const float *bias, const float *b, int32_t n, int32_t n_a,
                  float *out)
{
    for (int32_t j = 0; j < n_a; j++, sums += n, scale += n, bias += n) {
        float s[KERNEL_LANES] = {0};
        for (int32_t k = 0; k < n; k++)
            s[k % KERNEL_LANES] = s[k % KERNEL_LANES] + op_dequantize(sums[k], scale[k], bias[k]) * b[k];
        out[j] = op_tree(s);
    }
}
static float max(const float *x, int32_t n)
{
    float most = x[0];
    for (int32_t j = 1; j < n; j++) most = op_max(x[j], most);
    return most + 0.0f;                                  /* of two zeros the plus one, in whatever order they came */
}
static void softmax(const float *x, int32_t n, float *out)
{
    if (n < 1) return;
    float most = max(x, n), s[KERNEL_LANES] = {0};
    for (int32_t j = 0; j < n; j++) {
        out[j] = op_exp(x[j] - most);
        s[j % KERNEL_LANES] = s[j % KERNEL_LANES] + out[j];
    }
    float share = 1.0f / op_tree(s);
    for (int32_t j = 0; j < n; j++) out[j] = out[j] * share;
}

const Kernel kernel_plain = {"plain", product, dequantize, outputs, quantize, exps, sigmoids, tanhs,
                             relu, maxout, cell, dots, forms, max, softmax, NULL};
