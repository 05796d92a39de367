/* What AVX2 and AVX-VNNI have in common: registers of eight floats. */
#include "model/kernel_product.h"
#define MAX(x, low) (V) _mm256_max_ps((__m256)(x), (__m256)(low))
#define MIN(x, high) (V) _mm256_min_ps((__m256)(x), (__m256)(high))
#define FLOATS(i) (V) _mm256_cvtepi32_ps((__m256i)(i))
#define STORE_BYTES(out, i) store_bytes(out, (__m256i)(i))
#define CLAMP_EVEN(x, most) MIN(MAX(x, all(-(most))), all(most))
#define FRACTION(y, t) ((y) - ((t) - ROUND))
#define QUANTIZE_HIDDEN(h, per_step, out) lanes_quantize(h, per_step, KERNEL_ZERO, out)
#define SUM_TREE(part) sum_tree((__m256)((part)[0] + (part)[1]))
static inline __attribute__((always_inline)) TARGET void store_bytes(uint8_t *out, __m256i i)
{
    i = _mm256_and_si256(i, _mm256_set1_epi32(255));
    __m128i words = _mm_packus_epi32(_mm256_castsi256_si128(i), _mm256_extracti128_si256(i, 1));
    _mm_storel_epi64((__m128i *)out, _mm_packus_epi16(words, words));
}
static inline __attribute__((always_inline)) TARGET float sum_tree(__m256 s)     /* the last eight of sixteen */
{
    __m128 q = _mm_add_ps(_mm256_castps256_ps128(s), _mm256_extractf128_ps(s, 1));
    q = _mm_add_ps(q, _mm_movehl_ps(q, q));
    return _mm_cvtss_f32(_mm_add_ss(q, _mm_shuffle_ps(q, q, 1)));
}
#define SUM_TREES(s, out) \
    sum_trees((__m256)((s)[0].part[0] + (s)[0].part[1]), (__m256)((s)[1].part[0] + (s)[1].part[1]), \
              (__m256)((s)[2].part[0] + (s)[2].part[1]), (__m256)((s)[3].part[0] + (s)[3].part[1]), out)
static inline __attribute__((always_inline)) TARGET void sum_trees(__m256 a, __m256 b, __m256 c, __m256 d, float *out)
{
    const __m256 ab = _mm256_add_ps(_mm256_permute2f128_ps(a, b, 0x20), _mm256_permute2f128_ps(a, b, 0x31));
    const __m256 cd = _mm256_add_ps(_mm256_permute2f128_ps(c, d, 0x20), _mm256_permute2f128_ps(c, d, 0x31));
    __m256 s = _mm256_add_ps(_mm256_shuffle_ps(ab, cd, 0x44), _mm256_shuffle_ps(ab, cd, 0xEE));  /* aacc | bbdd */
    s = _mm256_add_ps(s, _mm256_permute_ps(s, 0xB1));
    const __m128 ac = _mm256_castps256_ps128(s), bd = _mm256_extractf128_ps(s, 1);
    _mm_storeu_ps(out, _mm_blend_ps(ac, bd, 10));
}
#include "model/kernel_lanes.h"
