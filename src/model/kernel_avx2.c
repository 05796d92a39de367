/* AVX2: eight lanes, and products of bytes by way of 16 bits. Any x86 processor since 2013 (Intel) or 2015 (AMD).
**
** maddubs multiplies 32 activations with 32 weights and adds neighbours into 16 bits, saturating; with activations of seven bits nothing
** saturates (kernel.h). madd with ones adds neighbours once more, into 32. Four rows by one panel is eight sums, and leaves registers
** for the weights, the activations and what is on its way.
*/
#if defined(__x86_64__)
#include "model/kernel_inside.h"
#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define LANES 8
#define ROWS 4
#define PANELS 1
#define DOT(sums, a, w)                                                                                                          \
    (I) _mm256_add_epi32((__m256i)(sums), _mm256_madd_epi16(_mm256_maddubs_epi16((__m256i)(a), (__m256i)(w)), _mm256_set1_epi16(1)))
#include "model/kernel_256.h"

const Kernel kernel_avx2 = {"avx2", product, dequantize, outputs, quantize, exps, sigmoids, tanhs,
    relu, maxout, cell, dots, forms, max, softmax, NULL};
#endif
