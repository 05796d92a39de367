/* Two hashes: SHA-256 for what must be proved, a fast one for what must be found.
**
** hash_sha256 names a document by its bytes (FIPS 180-4; nettle's, which uses the processor's own
** instructions). hash64 is for tables and fingerprints: 16 bytes a step, each step a 64 × 64 → 128 bit product whose halves are folded together, after Wang Yi's wyhash (public domain,
** github.com/wangyi-fudan/wyhash, "final version 4"); the constants are its default secret, the order of the steps is
** ours, so values agree with no other program. They are the same on every machine: words are read little-endian.
*/
#include "base/inside.h"
#include <assert.h>
#include <nettle/sha2.h>
#include <string.h>

void hash_sha256(Str bytes, char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[SHA256_DIGEST_SIZE];
    struct sha256_ctx sha;
    sha256_init(&sha);
    if (bytes.n > 0) sha256_update(&sha, (size_t)bytes.n, (const uint8_t *)bytes.p);
    sha256_digest(&sha, sizeof sum, sum);
    for (int i = 0; i < SHA256_DIGEST_SIZE; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    hex[64] = 0;
}

enum { SECRETS = 3 };
static const uint64_t secret[SECRETS] = {0x2d358dccaa6c78a5u, 0x8bb84b93962eacc9u, 0x4b33a62ed433d4a3u};

static inline uint64_t fold(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t word(const char *p) { return le_number(p, 8); }

uint64_t hash64_keyed(Str s, uint64_t key)
{
    uint64_t h = key ^ secret[0], k1 = key ^ secret[1], k2 = fold(key ^ secret[2], secret[1]);
    const char *p = s.p;
    ptrdiff_t n = s.n;
    for (; n > 16; p += 16, n -= 16) h = fold(word(p) ^ k1, word(p + 8) ^ h);
    if (n > 8) h = fold(word(p) ^ k1, le_number(p + 8, n - 8) ^ h);
    else if (n > 0) h = fold(le_number(p, n) ^ k1, h ^ secret[2]);
    return fold(h ^ k2, (uint64_t)s.n ^ k1);
}

uint64_t hash64(Str bytes)
{
    return hash64_keyed(bytes, 0);
}
