/* AVX-512 with VNNI: sixteen lanes, a panel in one register, one instruction for its 64 products. Servers since 2019 (Intel Cascade
** Lake), laptops of Ice Lake to Rocket Lake, AMD since Zen 4.
**
** Six rows by four panels is 24 sums of 32 registers; a step loads 4 × 64 bytes of weights and 6 × 4 of activations for 24 instructions.
*/
#if defined(__x86_64__)
#include "model/kernel_inside.h"
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))
#define LANES 16
#define ROWS 6
#define PANELS 4
#define DOT(sums, a, w) (I) _mm512_dpbusd_epi32((__m512i)(sums), (__m512i)(a), (__m512i)(w))
#include "model/kernel_product.h"

#define MAX(x, low) (V) _mm512_max_ps((__m512)(x), (__m512)(low))
#define MIN(x, high) (V) _mm512_min_ps((__m512)(x), (__m512)(high))
#define FLOATS(i) (V) _mm512_cvtepi32_ps((__m512i)(i))
#define STORE_BYTES(out, i) _mm_storeu_si128((__m128i *)(out), _mm512_cvtepi32_epi8((__m512i)(i)))
#define SUM_TREE(part) sum_tree((__m512)(part)[0])
static inline __attribute__((always_inline)) TARGET float sum_tree(__m512 s)
{
    __m256 o = _mm256_add_ps(_mm512_castps512_ps256(s), _mm512_extractf32x8_ps(s, 1));
    __m128 q = _mm_add_ps(_mm256_castps256_ps128(o), _mm256_extractf128_ps(o, 1));
    q = _mm_add_ps(q, _mm_movehl_ps(q, q));
    return _mm_cvtss_f32(_mm_add_ss(q, _mm_shuffle_ps(q, q, 1)));
}
#include "model/kernel_lanes.h"

const Kernel kernel_vnni = {"vnni", product, dequantize, quantize, exps, sigmoids, tanhs, relu, maxout, cell, dots, max, softmax};
#endif
