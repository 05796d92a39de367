/* What the kernels with registers of 512 bits share: sixteen lanes, a panel in one register, and everything but the
** product. The includer has said TARGET.
*/
#include "model/kernel_inside.h"
#include <immintrin.h>

#define LANES 16
#define ROWS 6
#define PANELS 4
#define DOT(sums, a, w) (I) _mm512_dpbusd_epi32((__m512i)(sums), (__m512i)(a), (__m512i)(w))
#include "model/kernel_product.h"

#define MAX(x, low) (V) _mm512_max_ps((__m512)(x), (__m512)(low))
#define MIN(x, high) (V) _mm512_min_ps((__m512)(x), (__m512)(high))
#define FLOATS(i) (V) _mm512_cvtepi32_ps((__m512i)(i))
#define STORE_BYTES(out, i) _mm_storeu_si128((__m128i *)(out), _mm512_cvtepi32_epi8((__m512i)(i)))
/* One instruction each: the smaller size with the sign of x; y less its nearest whole number. */
#define CLAMP_EVEN(x, most) (V) _mm512_range_ps((__m512)(x), _mm512_set1_ps(most), 2)
#define FRACTION(y, t) (V) _mm512_reduce_ps((__m512)(y), 0)
#define QUANTIZE_HIDDEN(h, per_step, out) quantize_hidden((__m512)((h) * (per_step)), out)
static inline __attribute__((always_inline)) TARGET void quantize_hidden(__m512 h, uint8_t *out)
{
    const __m512i byte = _mm512_add_epi32(_mm512_cvtps_epi32(h), _mm512_set1_epi32(KERNEL_ZERO));
    _mm_storeu_si128((__m128i *)out, _mm_max_epi8(_mm512_cvtsepi32_epi8(byte), _mm_setzero_si128()));
}
#define SUM_TREE(part) sum_tree((__m512)(part)[0])
static inline __attribute__((always_inline)) TARGET float sum_tree(__m512 s)
{
    __m256 o = _mm256_add_ps(_mm512_castps512_ps256(s), _mm512_extractf32x8_ps(s, 1));
    __m128 q = _mm_add_ps(_mm256_castps256_ps128(o), _mm256_extractf128_ps(o, 1));
    q = _mm_add_ps(q, _mm_movehl_ps(q, q));
    return _mm_cvtss_f32(_mm_add_ss(q, _mm_shuffle_ps(q, q, 1)));
}
#define SUM_TREES(s, out) \
    sum_trees((__m512)(s)[0].part[0], (__m512)(s)[1].part[0], (__m512)(s)[2].part[0], (__m512)(s)[3].part[0], out)
static inline __attribute__((always_inline)) TARGET void sum_trees(__m512 a, __m512 b, __m512 c, __m512 d, float *out)
{
    const __m512 ab = _mm512_add_ps(_mm512_shuffle_f32x4(a, b, 0x44), _mm512_shuffle_f32x4(a, b, 0xEE));
    const __m512 cd = _mm512_add_ps(_mm512_shuffle_f32x4(c, d, 0x44), _mm512_shuffle_f32x4(c, d, 0xEE));
    __m512 s = _mm512_add_ps(_mm512_shuffle_f32x4(ab, cd, 0x88), _mm512_shuffle_f32x4(ab, cd, 0xDD));    /* a b c d, four each */
    s = _mm512_add_ps(s, _mm512_permute_ps(s, 0x4E));
    s = _mm512_add_ps(s, _mm512_permute_ps(s, 0xB1));
    _mm_storeu_ps(out, _mm512_castps512_ps128(_mm512_maskz_compress_ps(0x1111, s)));
}
#include "model/kernel_lanes.h"
