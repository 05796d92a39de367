/* SHA-256 with the processor's own instructions, where it has them.
**
** Every document is hashed when it comes in, as text, and as its sealed record: with the plain kernel (libmd, 180 MB/s)
** that was a quarter of the whole reading (perf, 2026-11-22, 15,483 wire stories). Processors since 2017 do two rounds an
** instruction. The plain kernel defines the result; hash_test compares the two on every length up to a few blocks.
**
** The state is kept as the instructions want it, ABEF and CDGH; a group is four rounds, and its four words of the
** schedule come from the four groups before it (FIPS 180-4, 6.2.2; Intel SDM, SHA256RNDS2, SHA256MSG1, SHA256MSG2).
*/
#include "base/inside.h"
#include <sha2.h>

static void blocks_plain(uint32_t state[8], const uint8_t *p, ptrdiff_t n)
{
    for (; n > 0; n--, p += 64) SHA256Transform(state, p);
}

#if defined(__x86_64__)
#include <immintrin.h>

_Alignas(16) static const uint32_t round_constants[64] = {                  /* FIPS 180-4, 4.2.2 */
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

__attribute__((target("sha,sse4.1"))) static void blocks_fast(uint32_t state[8], const uint8_t *p, ptrdiff_t n)
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);    /* words are big-endian */
    __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);             /* CDAB */
    __m128i cdgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);      /* EFGH */
    __m128i abef = _mm_alignr_epi8(low, cdgh, 8);
    cdgh = _mm_blend_epi16(cdgh, low, 0xF0);
    for (; n > 0; n--, p += 64) {
        __m128i w[16], abef_before = abef, cdgh_before = cdgh;
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) {
            if (i < 4)
                w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p + 16 * i)), swap);
            else
                w[i] = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(w[i - 4], w[i - 3]),
                                                          _mm_alignr_epi8(w[i - 1], w[i - 2], 4)), w[i - 1]);
            __m128i sum = _mm_add_epi32(w[i], _mm_load_si128((const __m128i *)(round_constants + 4 * i)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    low = _mm_shuffle_epi32(abef, 0x1B);                                                        /* FEBA */
    cdgh = _mm_shuffle_epi32(cdgh, 0xB1);                                                       /* DCHG */
    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(low, cdgh, 0xF0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(cdgh, low, 8));
}

/* CPUID leaf 7, EBX bit 29 (SHA); leaf 1, ECX bits 9 and 19 (SSSE3, SSE4.1). gcc 12 has no name for the first. */
#include <cpuid.h>
static bool has_instructions(void)
{
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & 1u << 9) || !(c & 1u << 19)) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & 1u << 29);
}
#else
static void blocks_fast(uint32_t state[8], const uint8_t *p, ptrdiff_t n) { blocks_plain(state, p, n); }
static bool has_instructions(void) { return false; }
#endif

void sha256_sum(Str bytes, bool plain, uint8_t sum[32])
{
    static _Thread_local int fast = -1;                   /* asked once a thread: CPUID is slow in virtual machines */
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    uint8_t last[128] = {0};
    ptrdiff_t whole = bytes.n / 64, rest = bytes.n % 64, n_last = rest < 56 ? 1 : 2;
    if (fast < 0) fast = has_instructions();
    void (*blocks)(uint32_t *, const uint8_t *, ptrdiff_t) = fast && !plain ? blocks_fast : blocks_plain;
    if (whole) blocks(state, (const uint8_t *)bytes.p, whole);
    for (ptrdiff_t i = 0; i < rest; i++) last[i] = (uint8_t)bytes.p[whole * 64 + i];
    last[rest] = 0x80;
    for (int i = 0; i < 8; i++) last[n_last * 64 - 1 - i] = (uint8_t)((uint64_t)bytes.n * 8 >> 8 * i);
    blocks(state, last, n_last);
    for (int i = 0; i < 32; i++) sum[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}
