/* Linear tables: the sums of what was written, within a step of the weights' rounding; damage is refused or read within bounds. */
#include "model/model.h"
#include "test.h"
#include <math.h>

enum { FEATURES = 3000 };

typedef struct { uint64_t *key; float *row; int32_t n, n_classes; } Rows;

static Rows some_rows(Rng *r, int32_t n_classes, int32_t share)
{
    Rows t = {arena_new(&test_arena, uint64_t, FEATURES), arena_new(&test_arena, float, (ptrdiff_t)FEATURES * n_classes), FEATURES,
              n_classes};
    for (int32_t i = 0; i < FEATURES; i++) {
        t.key[i] = rng_next(r);
        for (int32_t c = 0; c < n_classes; c++)
            if (rng_below(r, share) == 0) t.row[i * n_classes + c] = (float)((rng_unit(r) - 0.5) * (i % 10 ? 0.2 : 4));
    }
    return t;
}

static Str written(const Rows *t)
{
    Buf b = {.to = &test_arena};
    linear_write(t->key, t->row, t->n, t->n_classes, &b);
    char *placed = arena_take(&test_arena, b.n, 64);
    memcpy(placed, b.p, (size_t)b.n);
    return (Str){placed, b.n};
}

static void check_sums(int32_t n_classes, int32_t share)
{
    Rng r = rng_seed((uint64_t)n_classes * 7 + (uint64_t)share);
    Rows t = some_rows(&r, n_classes, share);
    Linear l;
    Err e = {0};
    Str bytes = written(&t);
    check_str(bytes, written(&t));                       /* the same bytes each time */
    if (!check(linear_of(bytes, &l, &e))) return;
    int32_t lost = 0, wrong = 0;
    for (int32_t i = 0; i < t.n; i++) {
        int32_t score[LINEAR_CLASSES] = {0};
        bool is_there = false;
        float most = 0, worst = 0;
        linear_add(&l, &t.key[i], 1, score);
        for (int32_t c = 0; c < n_classes; c++) {
            float w = t.row[i * n_classes + c];
            is_there = is_there || score[c];
            most = fmaxf(most, fabsf(w));
            worst = fmaxf(worst, fabsf(w - (float)score[c] * l.scale));
        }
        if (!is_there && most > 0) lost++;
        else if (worst > most / 125 + l.scale) wrong++;
    }
    check(wrong <= 3);                                   /* two of one place and print */
    check(lost < FEATURES / 20);

    /* many together are the sum of each; unknown features add nothing but once in ten thousand */
    int32_t together[LINEAR_CLASSES] = {0}, alone[LINEAR_CLASSES] = {0}, unknown[LINEAR_CLASSES] = {0}, found = 0;
    linear_add(&l, t.key, 200, together);
    for (int32_t i = 0; i < 200; i++) linear_add(&l, &t.key[i], 1, alone);
    check(!memcmp(together, alone, sizeof alone));
    for (int32_t i = 0; i < 10000; i++) {
        uint64_t key = rng_next(&r);
        memset(unknown, 0, sizeof unknown);
        linear_add(&l, &key, 1, unknown);
        for (int32_t c = 0; c < n_classes; c++)
            if (unknown[c]) { found++; break; }
    }
    check(found < 10);
}

static void test_damage(int32_t n_classes)
{
    Rng r = rng_seed(3);
    Rows t = some_rows(&r, n_classes, 4);
    t.n = 60;
    Str good = written(&t);
    Linear l;
    Err e;
    int32_t score[LINEAR_CLASSES] = {0};
    for (ptrdiff_t n = 0; n < good.n; n++) {
        char *cut = arena_take(&test_arena, n + 1, 64);
        memcpy(cut, good.p, (size_t)n);
        e = (Err){0};
        check(!linear_of((Str){cut, n}, &l, &e) && e.text[0]);
    }
    for (int k = 0; k < 3000; k++) {
        char *bent = arena_take(&test_arena, good.n, 64);
        memcpy(bent, good.p, (size_t)good.n);
        bent[rng_below(&r, k % 2 ? 16 : (int32_t)good.n)] ^= (char)(1 << rng_below(&r, 8));
        e = (Err){0};
        if (linear_of((Str){bent, good.n}, &l, &e)) linear_add(&l, t.key, t.n, score);
        else check(e.text[0] != 0);
        if (k % 100 == 0) arena_reset(&test_arena), good = written((t = some_rows(&r, n_classes, 4), t.n = 60, &t));
    }
    arena_reset(&test_arena);
}

int main(void)
{
    test_arena.budget = (ptrdiff_t)1 << 30;
    TEST_BEGIN
    const int32_t classes[] = {1, 3, 5, 6, 16, 50, 255, 256};
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        check_sums(classes[i], 2);
        check_sums(classes[i], 20);
        arena_reset(&test_arena);
    }
    test_damage(3);
    test_damage(60);
    Rows none = {.n_classes = 4};
    Linear l;
    Err e = {0};
    int32_t score[4] = {0};
    check(linear_of(written(&none), &l, &e));
    linear_add(&l, (uint64_t[]){1, 2}, 2, score);
    check(!score[0] && !score[3]);
    return test_end();
}
