/* The operations on floats, for processors with vectors: included by each fast kernel behind kernel_product.h.
**
** Each is the operation of the same name in kernel_inside.h, on LANES values at once and in the same order; the last values of a
** row that fill no register go through the plain one. Besides what kernel_product.h asks for the includer says: MAX and MIN (the
** second where the first is NaN or they are equal), FLOATS (whole numbers to floats), and STORE_BYTES (the lowest byte of each lane).
*/
typedef float V __attribute__((vector_size(4 * LANES)));
typedef float VLoose __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
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
INLINE V lanes_cell(V i, V f, V g, V c)
{
    V u = lanes_gate_power(g, -2.0f * LOG2E);
    V a = 1.0f + lanes_gate_power(f, -LOG2E), b = (1.0f + lanes_gate_power(i, -LOG2E)) * (1.0f + u);
    return (c * b + (1.0f - u) * a) / (a * b);
}
INLINE V lanes_hidden(V o, V c)
{
    V u = lanes_gate_power(c, -2.0f * LOG2E);
    return (1.0f - u) / ((1.0f + lanes_gate_power(o, -LOG2E)) * (1.0f + u));
}

static TARGET void dequantize(const int32_t *sums, const float *scale, const float *bias, int32_t n, float *out)
{
    int32_t j = 0;
    for (; j + LANES <= n; j += LANES) store(out + j, lanes_dequantize(sums + j, scale + j, bias + j));
    for (; j < n; j++) out[j] = op_dequantize(sums[j], scale[j], bias[j]);
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

INLINE V gate(const CellStep *s, int32_t row, int32_t at)
{
    ptrdiff_t j = (ptrdiff_t)row * KERNEL_GATES * KERNEL_LANES + at;
    return FLOATS(*(const ILoose *)(s->in + j)) * load(s->in_scale + at) +
           (FLOATS(*(const ILoose *)(s->back + j)) * load(s->back_scale + at) + load(s->bias + at));
}
static TARGET void cell(const CellStep *s)
{
    for (int32_t r = 0; r < s->n_rows; r++)
        for (int32_t l = 0; l < KERNEL_LANES; l += LANES) {
            float *at = s->cell + r * s->cell_stride + l;
            V c = lanes_cell(gate(s, r, l), gate(s, r, KERNEL_LANES + l), gate(s, r, 2 * KERNEL_LANES + l), load(at));
            V h = lanes_hidden(gate(s, r, 3 * KERNEL_LANES + l), c);
            store(at, c);
            lanes_quantize(h, s->per_step, KERNEL_ZERO, s->hidden + r * s->hidden_stride + l);
            if (s->exact) store(s->exact + r * s->exact_stride + l, h);
        }
}

typedef struct { V part[PARTS]; } Sum;                   /* the KERNEL_LANES partial sums */
INLINE float sum_end(Sum s, const float *rest, int32_t n_rest)    /* n_rest values more, one for each of the first lanes */
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
static TARGET void dots(const float *a, ptrdiff_t a_stride, int32_t n_a, const float *b, ptrdiff_t b_stride, int32_t n_b, int32_t n,
                        float *out, ptrdiff_t out_stride)
{
    for (int32_t i = 0; i < n_a; i++)
        for (int32_t j = 0; j < n_b; j++) out[i * out_stride + j] = dot(a + i * a_stride, b + j * b_stride, n);
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
