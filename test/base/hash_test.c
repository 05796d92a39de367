/* Hashes against published vectors and against themselves; the random numbers against their authors' code. */
#include "base/inside.h"
#include "test.h"

static void sha256(void)
{
    static char million[1000000];
    char hex[65];
    memset(million, 'a', sizeof million);
    static const struct { Str bytes; const char *hex; } vectors[] = {                    /* FIPS 180-4 examples, NIST */
        {{"", 0}, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {{NULL, 0}, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {{"abc", 3}, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56},
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {{million, sizeof million}, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"}};
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        hash_sha256(vectors[i].bytes, hex);
        check_str(str_of(hex), str_of(vectors[i].hex));
    }
}

/* Every bit of the input moves about half of the bits of the hash; no two of many short texts agree. */
static void hash_mixes(void)
{
    Rng r = rng_seed(7);
    char bytes[64];
    double least = 64, most = 0;
    for (int n = 1; n <= 40; n++)
        for (int bit = 0; bit < 8 * n; bit++) {
            int moved = 0;
            for (int round = 0; round < 50; round++) {
                for (int i = 0; i < n; i++) bytes[i] = (char)rng_next(&r);
                uint64_t before = hash64((Str){bytes, n});
                bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
                moved += __builtin_popcountll(before ^ hash64((Str){bytes, n}));
            }
            if (moved / 50.0 < least) least = moved / 50.0;
            if (moved / 50.0 > most) most = moved / 50.0;
        }
    check(least > 28 && most < 36);
    memset(bytes, 0, sizeof bytes);
    for (int a = 0; a <= 64; a++)                         /* zeros of any length */
        for (int b = 0; b < a; b++)
            if (hash64((Str){bytes, a}) == hash64((Str){bytes, b})) check(!"lengths differ, hashes differ");
    Map seen = {.to = &test_arena};
    uint8_t *low = arena_new(&test_arena, uint8_t, 1 << 21);
    int same = 0;
    for (int i = 0; i < 200000; i++) {
        uint64_t h = hash64(arena_printf(&test_arena, "%d", i));
        Str key = arena_str(&test_arena, (Str){(char *)&h, 8});
        same += ++*map_at(&seen, key) > 0;
        low[h >> 43]++;
    }
    int used = 0;
    for (int i = 0; i < 1 << 21; i++) used += low[i] > 0;
    check(same == 0);
    check(used > 190000 && used < 191200);                /* 2^21 (1 - e^(-200000/2^21)) = 190770 expected */
}

static void hash_is_stable(void)
{
    uint64_t all = 0;
    char bytes[100];
    for (int i = 0; i < 100; i++) bytes[i] = (char)(i * 7);
    for (int n = 0; n <= 100; n++) all = all * 31 + hash64((Str){bytes, n});
    if (!check(all == 0x3ebfadadae12a63a)) printf("  got 0x%llx\n", (unsigned long long)all);
    check(hash64((Str){NULL, 0}) == hash64(S("")));
}

static void random_numbers(void)
{
    Rng r = rng_seed(0);
    check(r.s[0] == 0xe220a8397b1dcdafu && r.s[1] == 0x6e789e6aa1b965f4u && r.s[2] == 0x06c45d188009454fu);
    /* the first three of splitmix64 from 0 */
    Rng known = {{1, 2, 3, 4}};
    check(rng_next(&known) == 11520 && rng_next(&known) == 0 && rng_next(&known) == 1509978240
          && rng_next(&known) == 1215971899390074240u);   /* the first four from {1,2,3,4}, as published */
    int count[7] = {0}, whole = 0;
    double sum = 0;
    for (int i = 0; i < 70000; i++) {
        count[rng_below(&r, 7)]++;
        double u = rng_unit(&r);
        whole += u < 0 || u >= 1;
        sum += u;
        whole += rng_below(&r, 1) != 0 || rng_below(&r, INT32_MAX) < 0;
    }
    check(whole == 0 && sum > 34500 && sum < 35500);
    for (int i = 0; i < 7; i++) check(count[i] > 9600 && count[i] < 10400);   /* 10000 ± 4 × 93 */
}

int main(void)
{
    TEST_BEGIN
    sha256();
    hash_mixes();
    hash_is_stable();
    random_numbers();
    return test_end();
}
