/* Seeded random numbers: xoshiro256** 1.0 (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
** ACM Trans. Math. Softw. 47, 2021; their public-domain code at prng.di.unimi.it), its state filled by splitmix64 as
** they advise, so that neighbouring seeds give unrelated streams.
**
** Always: the seed comes from the caller; the same seed gives the same numbers on every machine.
*/
#include "base/inside.h"
#include <assert.h>

static inline uint64_t rotated(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

Rng rng_seed(uint64_t seed)
{
    Rng r;
    for (int i = 0; i < 4; i++) {                         /* splitmix64: Steele, Lea and Flood, OOPSLA 2014 */
        uint64_t z = seed += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        r.s[i] = z ^ (z >> 31);
    }
    return r;
}

uint64_t rng_next(Rng *r)
{
    uint64_t *s = r->s, result = rotated(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotated(s[3], 45);
    return result;
}

/* Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019: a product, and rarely a second draw. */
int32_t rng_below(Rng *r, int32_t n)
{
    assert(n > 0 && "a number below n exists");
    uint32_t range = (uint32_t)n, unfair = -range % range;
    uint64_t product;
    do product = (rng_next(r) >> 32) * (uint64_t)range;
    while ((uint32_t)product < unfair);
    return (int32_t)(product >> 32);
}

double rng_unit(Rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1.0p-53;
}
