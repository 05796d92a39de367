/* The operations on floats, for processors with vectors: included by each fast kernel behind kernel_product.h.
**
** Each is the operation of the same name in kernel_inside.h, on LANES values at once and in the same order; the last
** values of a row that fill no register go through the plain one. Besides what kernel_product.h asks for the includer
** says: MAX and MIN (the second where the first is NaN or they are equal), FLOATS (whole numbers to floats),
** STORE_BYTES (the lowest byte of each lane), CLAMP_EVEN (x within ±most), FRACTION (y less the whole number next to
** it; t is y + ROUND), and QUANTIZE_HIDDEN (op_quantize of values within ±1).
*/
typedef float V __attribute__((vector_size(4 * LANES)));
typedef float VLoose __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
enum { CHAINS = 4 };
#define INLINE static inline __attribute__((always_inline)) TARGET

INLINE V load(const float *p) { return *(const VLoose *)p; }
INLINE void store(float *p, V v) { *(VLoose *)p = v; }
INLINE V all(float x) { return (V){0} + x; }

INLINE V lanes_power2(V y)
{
    V t = y + ROUND, r = y - (t - ROUND);
    V p = ((((POWER_5 * r + POWER_4) * r + POWER_3) * r + POWER_2) * r + POWER_1) * r + 1.0f;
    return (V)((I)p + ((I)t << 23));
}
INLINE V lanes_exp(V x) { return lanes_power2(MIN(MAX(x * LOG2E, all(POWER_LEAST)), all(POWER_MOST))); }
INLINE V lanes_gate_power(V x, float by) { return lanes_power2(MIN(MAX(x * by, all(-GATE_MOST)), all(GATE_MOST))); }
INLINE V lanes_sigmoid(V x) { return 1.0f / (1.0f + lanes_gate_power(x, -LOG2E)); }
INLINE V lanes_tanh(V x)
{
    V e = lanes_gate_power(x, -2.0f * LOG2E);
    return (1.0f - e) / (1.0f + e);
}
INLINE V lanes_dequantize(const int32_t *sums, const float *scale, const float *bias)
{
    return FLOATS(*(const ILoose *)sums) * load(scale) + load(bias);
}
INLINE void lanes_quantize(V x, float per_step, int32_t zero, uint8_t *out)
{
    V y = MIN(MAX(x * per_step, all((float)-zero)), all((float)(KERNEL_TOP - zero))) + ROUND;
    STORE_BYTES(out, (I)y + zero);
}
static TARGET void dequantize(const int32_t *sums, const float *scale, const float *bias, int32_t n, float *out)
{
    int32_t j = 0;
    for (; j + LANES <= n; j += LANES) store(out + j, lanes_dequantize(sums + j, scale + j, bias + j));
    for (; j < n; j++) out[j] = op_dequantize(sums[j], scale[j], bias[j]);
}
static TARGET void outputs(const int32_t *sums, ptrdiff_t stride, const float *scale, const float *bias, float slope, int32_t n,
                           int32_t n_rows, float *out, ptrdiff_t out_stride)
{
    int32_t j = 0;
    for (; j + LANES <= n; j += LANES) {
        const V by = load(scale + j), more = load(bias + j);
        for (int32_t r = 0; r < n_rows; r++) {
            const V x = FLOATS(*(const ILoose *)(sums + r * stride + j)) * by + more;
            store(out + r * out_stride + j, MAX(x, x * slope));
        }
    }
    for (int32_t r = 0; r < n_rows; r++)
        for (int32_t l = j; l < n; l++)
            out[r * out_stride + l] = op_relu(op_dequantize(sums[r * stride + l], scale[l], bias[l]), slope);
}
static TARGET void quantize(const float *x, float per_step, int32_t zero, int32_t n, uint8_t *out)
{
    int32_t j = 0;
    for (; j + LANES <= n; j += LANES) lanes_quantize(load(x + j), per_step, zero, out + j);
    for (; j < n; j++) out[j] = op_quantize(x[j], per_step, zero);
}
static TARGET void exps(const float *x, int32_t n, float *out)
{
    int32_t j = 0;
    for (; j + LANES <= n; j += LANES) store(out + j, lanes_exp(load(x + j)));
    for (; j < n; j++) out[j] = op_exp(x[j]);
}
static TARGET void sigmoids(const float *x, int32_t n, float *out)
{
    int32_t j = 0;
    for (; j + LANES <= n; j += LANES) store(out + j, lanes_sigmoid(load(x + j)));
    for (; j < n; j++) out[j] = op_sigmoid(x[j]);
}
static TARGET void tanhs(const float *x, int32_t n, float *out)
{
    int32_t j = 0;
    for (; j + LANES <= n; j += LANES) store(out + j, lanes_tanh(load(x + j)));
    for (; j < n; j++) out[j] = op_tanh(x[j]);
}
static TARGET void relu(const float *x, float slope, int32_t n, float *out)
{
    int32_t j = 0;
    for (; j + LANES <= n; j += LANES) store(out + j, MAX(load(x + j), load(x + j) * slope));
    for (; j < n; j++) out[j] = op_relu(x[j], slope);
}
static TARGET void maxout(const float *x, int32_t pieces, int32_t n, float *out)
{
    int32_t j = 0;
    for (; j + LANES <= n; j += LANES) {
        V most = load(x + j);
        for (int32_t p = 1; p < pieces; p++) most = MAX(load(x + (ptrdiff_t)p * n + j), most);
        store(out + j, most);
    }
    for (; j < n; j++) {
        float most = x[j];
        for (int32_t p = 1; p < pieces; p++) most = op_max(x[(ptrdiff_t)p * n + j], most);
        out[j] = most;
    }
}

/* The scales and the bias of 16 units' gates, each times what the exponent wants. */
typedef struct { float in[KERNEL_GATES * KERNEL_LANES], back[KERNEL_GATES * KERNEL_LANES], bias[KERNEL_GATES * KERNEL_LANES]; } GateScales;
INLINE GateScales gate_scales(const CellStep *s)
{
    GateScales x;
    for (int g = 0; g < KERNEL_GATES; g++)
        for (int at = g * KERNEL_LANES; at < (g + 1) * KERNEL_LANES; at += LANES) {
            store(x.in + at, load(s->in_scale + at) * op_gate_by[g]);
            store(x.back + at, load(s->back_scale + at) * op_gate_by[g]);
            store(x.bias + at, load(s->bias + at) * op_gate_by[g]);
        }
    return x;
}
INLINE V gate(const CellStep *s, const GateScales *x, int32_t row, int32_t at)
{
    const ptrdiff_t j = (ptrdiff_t)row * KERNEL_GATES * KERNEL_LANES + at;
    return FLOATS(*(const ILoose *)(s->in + j)) * load(x->in + at) +
           (FLOATS(*(const ILoose *)(s->back + j)) * load(x->back + at) + load(x->bias + at));
}
/* Powers of several values step by step: a processor looks some hundred instructions ahead, less than one such chain of
** waiting ones, so independent chains must lie side by side. */
INLINE void lanes_cell_powers(V *x, const int n)
{
    V t[CHAINS], p[CHAINS];
    for (int i = 0; i < n; i++) x[i] = CLAMP_EVEN(x[i], GATE_MOST);
    for (int i = 0; i < n; i++) t[i] = x[i] + ROUND;
    for (int i = 0; i < n; i++) x[i] = FRACTION(x[i], t[i]);
    for (int i = 0; i < n; i++) p[i] = CELL_POWER_3 * x[i] + CELL_POWER_2;
    for (int i = 0; i < n; i++) p[i] = p[i] * x[i] + CELL_POWER_1;
    for (int i = 0; i < n; i++) p[i] = p[i] * x[i] + 1.0f;
    for (int i = 0; i < n; i++) x[i] = (V)((I)p[i] + ((I)t[i] << 23));
}
/* n registers of cells, from register v on (PARTS a row). */
INLINE void cell_block(const CellStep *s, const GateScales *x, int32_t v, const int n)
{
    V c[CHAINS], o[CHAINS];
    for (int i = 0; i < n; i++) {
        const int32_t row = (v + i) / PARTS, at = (v + i) % PARTS * LANES;
        float *cells = s->cell + row * s->cell_stride + at;
        V p[KERNEL_GATES];
        for (int g = 0; g < KERNEL_GATES; g++) p[g] = gate(s, x, row, g * KERNEL_LANES + at);
        lanes_cell_powers(p, KERNEL_GATES);
        V a = 1.0f + p[1], b = (1.0f + p[0]) * (1.0f + p[2]), last = (load(cells) * b + (1.0f - p[2]) * a) / (a * b);
        o[i] = 1.0f + p[3];
        store(cells, last);
        c[i] = last * TANH_BY;
    }
    lanes_cell_powers(c, n);
    for (int i = 0; i < n; i++) {
        const int32_t row = (v + i) / PARTS, at = (v + i) % PARTS * LANES;
        V h = (1.0f - c[i]) / (o[i] * (1.0f + c[i]));
        QUANTIZE_HIDDEN(h, s->per_step, s->hidden + row * s->hidden_stride + at);
        if (s->exact) store(s->exact + row * s->exact_stride + at, h);
    }
}
static TARGET void cell(const CellStep *s)
{
    const GateScales x = gate_scales(s);
    int32_t v = 0, n = s->n_rows * PARTS;
    for (; v + CHAINS <= n; v += CHAINS) cell_block(s, &x, v, CHAINS);
    for (; v < n; v++) cell_block(s, &x, v, 1);
}

typedef struct { V part[PARTS]; } Sum;                   /* the KERNEL_LANES partial sums */
INLINE float sum_end(Sum s, const float *rest, int32_t n_rest) /* n_rest values more, one for each of the first lanes */
{
    float lane[KERNEL_LANES];
    for (int p = 0; p < PARTS; p++) store(lane + p * LANES, s.part[p]);
    for (int32_t l = 0; l < n_rest; l++) lane[l] = lane[l] + rest[l];
    return op_tree(lane);
}
INLINE float dot(const float *a, const float *b, int32_t n)
{
    Sum s = {0};
    int32_t k = 0;
    for (; k + KERNEL_LANES <= n; k += KERNEL_LANES)
        for (int p = 0; p < PARTS; p++) s.part[p] = s.part[p] + load(a + k + p * LANES) * load(b + k + p * LANES);
    if (k == n) return SUM_TREE(s.part);
    float rest[KERNEL_LANES];
    for (int32_t l = 0; l < n - k; l++) rest[l] = a[k + l] * b[k + l];
    return sum_end(s, rest, n - k);
}
/* Four sums at once where no value is left over: their chains lie side by side, and their trees are one. */
static TARGET void dots(const float *a, ptrdiff_t a_stride, int32_t n_a, const float *b, ptrdiff_t b_stride, int32_t n_b, int32_t n,
                        float *out, ptrdiff_t out_stride)
{
    for (int32_t i = 0; i < n_a; i++) {
        const float *x = a + i * a_stride;
        int32_t j = 0;
        for (; n % KERNEL_LANES == 0 && j + 4 <= n_b; j += 4) {
            Sum s[4] = {0};
            for (int32_t k = 0; k < n; k += KERNEL_LANES)
                for (int p = 0; p < PARTS; p++)
                    for (int q = 0; q < 4; q++) {
                        const float *y = b + (j + q) * b_stride + k + p * LANES;
                        s[q].part[p] = s[q].part[p] + load(x + k + p * LANES) * load(y);
                    }
            SUM_TREES(s, out + i * out_stride + j);
        }
        for (; j < n_b; j++) out[i * out_stride + j] = dot(x, b + j * b_stride, n);
    }
}
static TARGET void forms(const int32_t *sums, const float *scale, const float *bias, const float *b, int32_t n, int32_t n_a,
                         float *out)
{
    int32_t j = 0;
    for (; n % KERNEL_LANES == 0 && j + 4 <= n_a; j += 4) {
        Sum s[4] = {0};
        for (int32_t k = 0; k < n; k += KERNEL_LANES)
            for (int p = 0; p < PARTS; p++)
                for (int q = 0; q < 4; q++) {
                    const ptrdiff_t at = (ptrdiff_t)(j + q) * n + k + p * LANES;
                    const V x = lanes_dequantize(sums + at, scale + at, bias + at);
                    s[q].part[p] = s[q].part[p] + x * load(b + k + p * LANES);
                }
        SUM_TREES(s, out + j);
    }
    for (; j < n_a; j++) {
        const ptrdiff_t at = (ptrdiff_t)j * n;
        float s[KERNEL_LANES] = {0};
        for (int32_t k = 0; k < n; k++)
            s[k % KERNEL_LANES] = s[k % KERNEL_LANES] + op_dequantize(sums[at + k], scale[at + k], bias[at + k]) * b[k];
        out[j] = op_tree(s);
    }
}
static TARGET float max(const float *x, int32_t n)
{
    float most = x[0];
    int32_t j = 0;
    if (n >= LANES) {
        V m = load(x);
        for (j = LANES; j + LANES <= n; j += LANES) m = MAX(load(x + j), m);
        for (int l = 0; l < LANES; l++) most = op_max(m[l], most);
    }
    for (; j < n; j++) most = op_max(x[j], most);
    return most + 0.0f;
}
static TARGET void softmax(const float *x, int32_t n, float *out)
{
    if (n < 1) return;
    const float most = max(x, n);
    Sum s = {0};
    int32_t j = 0, i = 0;
    for (; j + KERNEL_LANES <= n; j += KERNEL_LANES)
        for (int p = 0; p < PARTS; p++) {
            V e = lanes_exp(load(x + j + p * LANES) - most);
            store(out + j + p * LANES, e);
            s.part[p] = s.part[p] + e;
        }
    for (int32_t l = j; l < n; l++) out[l] = op_exp(x[l] - most);
    const float share = 1.0f / sum_end(s, out + j, n - j);
    for (; i + LANES <= n; i += LANES) store(out + i, load(out + i) * share);
    for (; i < n; i++) out[i] = out[i] * share;
}
