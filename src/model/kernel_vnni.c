/* AVX-512 with VNNI: sixteen lanes, a panel in one register, one instruction for its 64 products. Servers since 2019 (Intel Cascade
** Lake), laptops of Ice Lake to Rocket Lake, AMD since Zen 4.
**
** Six rows by four panels is 24 sums of 32 registers; a step loads 4 × 64 bytes of weights and 6 × 4 of activations for 24 instructions.
*/
#if defined(__x86_64__)
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))
#include "model/kernel_512.h"

const Kernel kernel_vnni = {"vnni", product, dequantize, outputs, quantize, exps, sigmoids, tanhs,
    relu, maxout, cell, dots, forms, max, softmax, NULL};
#endif
