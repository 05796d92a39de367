/* Bags: sums of what was written, within a step of the weights' rounding; damage is refused or read within bounds. */
#include "model/model.h"
#include "test.h"
#include <math.h>

enum { FEATURES = 2000, TASKS = 3 };
typedef struct { uint64_t key[FEATURES]; float row[FEATURES * BAG_WIDTH]; BagTask task[TASKS]; int32_t n; } Rows;

static Rows *some_rows(uint64_t seed, int32_t n)
{
    Rng r = rng_seed(seed);
    Rows *t = arena_new(&test_arena, Rows, 1);
    t->n = n;
    for (int32_t i = 0; i < n; i++) {
        t->key[i] = rng_next(&r);
        for (int k = 0; k < BAG_WIDTH; k++) t->row[i * BAG_WIDTH + k] = (float)((rng_unit(&r) - 0.5) * (k ? 1 : 4));
    }
    for (int i = 0; i < TASKS; i++)
        for (int k = 0; k < BAG_WIDTH; k++) t->task[i].bias[k] = (float)(rng_unit(&r) - 0.5), t->task[i].out[k] = (float)(rng_unit(&r) - 0.5);
    return t;
}

static Str written(const Rows *t)
{
    Buf b = {.to = &test_arena};
    bag_write(t->key, t->row, t->n, t->task, TASKS, &b);
    char *placed = arena_take(&test_arena, b.n, 64);
    memcpy(placed, b.p, (size_t)b.n);
    return (Str){placed, b.n};
}

/* The score as the trainer takes it: with the weights as they were. */
static double true_score(const Rows *t, int32_t task, int32_t from, int32_t to)
{
    double sum[BAG_WIDTH] = {0}, score;
    for (int32_t i = from; i < to; i++)
        for (int k = 0; k < BAG_WIDTH; k++) sum[k] += (double)t->row[i * BAG_WIDTH + k];
    score = sum[0] + (double)t->task[task].bias[0];
    for (int k = 1; k < BAG_WIDTH; k++) {
        double h = sum[k] + (double)t->task[task].bias[k];
        if (h > 0) score += h * (double)t->task[task].out[k];
    }
    return score;
}

static void test_scores(void)
{
    Rows *t = some_rows(5, FEATURES);
    Bag b;
    Err e = {0};
    Str bytes = written(t);
    check_str(bytes, written(t));
    if (!check(bag_of(bytes, &b, &e))) return;
    int32_t far = 0, lost = 0;
    for (int32_t i = 0; i + 20 < FEATURES; i += 20) {
        BagSum whole = {{0}}, one = {{0}}, other = {{0}};
        bag_add(&b, t->key + i, 20, &whole);
        bag_add(&b, t->key + i, 7, &one);
        bag_add(&b, t->key + i + 7, 13, &other);
        bag_join(&one, &other);
        check(!memcmp(&one, &whole, sizeof one));
        int32_t task = i / 20 % TASKS;
        far += fabs((double)bag_score(&b, task, &whole) - true_score(t, task, i, i + 20)) > 0.6;
    }
    for (int32_t i = 0; i < FEATURES; i++) {
        BagSum s = {{0}}, none = {{0}};
        bag_add(&b, t->key + i, 1, &s);
        lost += !memcmp(&s, &none, sizeof s);
    }
    check(lost < FEATURES / 10);                         /* what found no place in its bucket */
    check(far < FEATURES / 20 * 3 / 4);                  /* most groups have one such among their twenty, and it weighs little */
    BagSum unknown = {{0}}, none = {{0}};
    int32_t found = 0;
    for (uint64_t k = 1; k < 5000; k++) {
        uint64_t key = model_feature(9999, k);
        unknown = none;
        bag_add(&b, &key, 1, &unknown);
        found += memcmp(&unknown, &none, sizeof none) != 0;
    }
    check(found < 10);
}

static void test_caps(void)
{
    Rows *t = some_rows(6, 1);
    for (int k = 0; k < BAG_WIDTH; k++) t->row[k] = 1;
    Bag b;
    Err e = {0};
    if (!check(bag_of(written(t), &b, &e))) return;
    uint64_t many[1000];
    for (int i = 0; i < 1000; i++) many[i] = t->key[0];
    BagSum s = {{0}};
    bag_add(&b, many, 1000, &s);
    check(s.v[0] == INT16_MAX && s.v[BAG_WIDTH - 1] == INT16_MAX);
}

static void test_damage(void)
{
    Rng r = rng_seed(3);
    Rows *t = some_rows(7, 60);
    Str good = written(t);
    Bag b;
    Err e;
    for (ptrdiff_t n = 0; n < good.n; n++) {
        char *cut = arena_take(&test_arena, n + 1, 64);
        memcpy(cut, good.p, (size_t)n);
        e = (Err){0};
        check(!bag_of((Str){cut, n}, &b, &e) && e.text[0]);
    }
    for (int k = 0; k < 2000; k++) {
        char *bent = arena_take(&test_arena, good.n, 64);
        memcpy(bent, good.p, (size_t)good.n);
        bent[rng_below(&r, k % 2 ? 24 : (int32_t)good.n)] ^= (char)(1 << rng_below(&r, 8));
        e = (Err){0};
        BagSum s = {{0}};
        if (bag_of((Str){bent, good.n}, &b, &e)) bag_add(&b, t->key, t->n, &s);
        else check(e.text[0] != 0);
    }
}

int main(void)
{
    test_arena.budget = (ptrdiff_t)1 << 30;
    TEST_BEGIN
    test_scores();
    test_caps();
    test_damage();
    return test_end();
}
