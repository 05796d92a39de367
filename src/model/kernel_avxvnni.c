/* AVX-VNNI: eight lanes, and one instruction for four products of bytes and their sum. Laptops since 2021 (Intel Alder Lake; AMD Zen 5).
**
** Six rows by one panel is twelve sums; with five clocks from sum to sum and two such instructions a clock ten are needed.
*/
#if defined(__x86_64__)
#include "model/kernel_inside.h"
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,avxvnni")))
#define LANES 8
#define ROWS 6
#define PANELS 1
#define DOT(sums, a, w) (I) _mm256_dpbusd_avx_epi32((__m256i)(sums), (__m256i)(a), (__m256i)(w))
#include "model/kernel_256.h"

const Kernel kernel_avxvnni = {"avxvnni", product, dequantize, outputs, quantize, exps, sigmoids, tanhs,
    relu, maxout, cell, dots, forms, max, softmax, NULL};
#endif
