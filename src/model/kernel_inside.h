/* What each operation means, for one value: the kernels apply these to many.
**
** The plain kernel loops over the functions below, the fast ones repeat them with vectors, operation for operation, and
** use them as they stand for the last few values of a row. Two rules keep the bits equal. A clamp is
** "x > low ? x : low" with x first, since that is what the instruction does, also for NaN (which becomes low) and for
** zeros of either sign. And nothing is fused: the Makefile's -ffp-contract=off covers C and intrinsics alike.
**
** 2^y: y = n + r with n whole and |r| at most 1/2; a polynomial gives 2^r, and n is added to the exponent bits. The
** polynomial is 1 + r q(r), q of degree 4 through (2^r - 1)/r at the Chebyshev points of [-1/2, 1/2] (computed with 40
** digits; relative error 2.1e-7), so that 2^0 is 1 exactly, sigmoid(0) is 1/2 and tanh(0) is 0. Adding ROUND rounds y
** to a whole number and leaves it in the low bits.
**
** The cells of an LSTM take most of the time that floats take, and what they hand on has steps of 1/63: their 2^r is of
** degree 3 (q through three such points; relative error 2.0e-4, so that a hidden state errs by 1e-4 at most), and what
** the exponent is to be multiplied with (log2 e, or twice that for a tanh) is multiplied into the scales and the bias
** of its gate.
*/
#ifndef MODEL_KERNEL_INSIDE_H
#define MODEL_KERNEL_INSIDE_H
#include "model/kernel.h"
#include <float.h>
#include <string.h>

_Static_assert(FLT_EVAL_METHOD == 0, "floats must be computed as floats, or results differ between machines");

#define ROUND 12582912.0f                                /* 1.5 × 2^23 */
#define LOG2E 1.44269504f
#define POWER_1 0.6931471806f
#define POWER_2 0.2402234904f
#define POWER_3 0.05550381014f
#define POWER_4 0.009666368515f
#define POWER_5 0.001338130254f
#define CELL_POWER_1 0.6931471806f                       /* of the cells' shorter polynomial */
#define CELL_POWER_2 0.2420353302f
#define CELL_POWER_3 0.05575464978f
#define POWER_LEAST (-125.0f)                            /* 2^y stays a normal number */
#define POWER_MOST 127.0f
/* of a gate's exponent: products of three such powers stay finite, and 2^-40 is nothing beside 1 */
#define GATE_MOST 40.0f
static inline float op_max(float x, float low) { return x > low ? x : low; }
static inline float op_min(float x, float high) { return x < high ? x : high; }

static inline float op_power2(float y)                   /* y within POWER_LEAST … POWER_MOST */
{
    float t = y + ROUND, r = y - (t - ROUND);
    float p = ((((POWER_5 * r + POWER_4) * r + POWER_3) * r + POWER_2) * r + POWER_1) * r + 1.0f;
    uint32_t bits, n;
    memcpy(&bits, &p, 4);
    memcpy(&n, &t, 4);
    bits += n << 23;
    memcpy(&p, &bits, 4);
    return p;
}
static inline float op_exp(float x) { return op_power2(op_min(op_max(x * LOG2E, POWER_LEAST), POWER_MOST)); }
static inline float op_gate_power(float x, float by)     /* 2^(x × by), held within 2^±GATE_MOST */
{
    return op_power2(op_min(op_max(x * by, -GATE_MOST), GATE_MOST));
}
static inline float op_sigmoid(float x) { return 1.0f / (1.0f + op_gate_power(x, -LOG2E)); }
static inline float op_tanh(float x)
{
    float e = op_gate_power(x, -2.0f * LOG2E);
    return (1.0f - e) / (1.0f + e);
}
static inline float op_relu(float x, float slope) { return op_max(x, x * slope); }
static inline float op_dequantize(int32_t sum, float scale, float bias) { return (float)sum * scale + bias; }
static inline uint8_t op_quantize(float x, float per_step, int32_t zero)
{
    float y = op_min(op_max(x * per_step, (float)-zero), (float)(KERNEL_TOP - zero)) + ROUND;
    uint32_t bits;
    memcpy(&bits, &y, 4);
    return (uint8_t)(bits + (uint32_t)zero);             /* ROUND's own low eight bits are zero */
}
static inline float op_cell_power(float y)               /* 2^y, y held within ±GATE_MOST */
{
    y = op_min(op_max(y, -GATE_MOST), GATE_MOST);
    float t = y + ROUND, r = y - (t - ROUND);
    float p = ((CELL_POWER_3 * r + CELL_POWER_2) * r + CELL_POWER_1) * r + 1.0f;
    uint32_t bits, n;
    memcpy(&bits, &p, 4);
    memcpy(&n, &t, 4);
    bits += n << 23;
    memcpy(&p, &bits, 4);
    return p;
}
/* What a gate's exponent is its value times: for σ(x) = 1 / (1 + 2^(x × BY)), for tanh(x) = (1 - 2^(x × BY)) / (1 +
** 2^(x × BY)). */
#define SIGMOID_BY (-LOG2E)
#define TANH_BY (-2.0f * LOG2E)
static const float op_gate_by[KERNEL_GATES] = {SIGMOID_BY, SIGMOID_BY, TANH_BY, SIGMOID_BY};
/* c' = σ(f) c + σ(i) tanh(g) and h = σ(o) tanh(c'), each over one common denominator, since a division costs as much as
** ten products: with F = e^-f, I = e^-i, G = e^-2g:  c' = (c (1+I)(1+G) + (1-G)(1+F)) / ((1+F)(1+I)(1+G)),  and h
** likewise. i, f, g and o come as exponents of 2: multiplied with their op_gate_by. */
static inline float op_cell(float i, float f, float g, float c)
{
    float u = op_cell_power(g);
    float a = 1.0f + op_cell_power(f), b = (1.0f + op_cell_power(i)) * (1.0f + u);
    return (c * b + (1.0f - u) * a) / (a * b);
}
static inline float op_hidden(float o, float c)
{
    float u = op_cell_power(c * TANH_BY);
    return (1.0f - u) / ((1.0f + op_cell_power(o)) * (1.0f + u));
}
static inline float op_tree(float s[KERNEL_LANES])       /* the end of every sum of floats */
{
    for (int half = KERNEL_LANES / 2; half; half /= 2)
        for (int l = 0; l < half; l++) s[l] = s[l] + s[l + half];
    return s[0];
}

/* dense_write; where units is not 0 the rows are an LSTM's, all units of each gate together, and outputs are in the
** order of CellStep. */
void dense_put(const float *weights, const float *bias, int32_t n_out, int32_t n_in, Steps in, int32_t units, Buf *out);

extern const Kernel kernel_plain;
#if defined(__x86_64__)
extern const Kernel kernel_avx2, kernel_avxvnni, kernel_vnni, kernel_amx;
bool kernel_amx_is_there(void);                          /* asks the system for the tiles at the first call */
#endif
#endif
