/* The neural trainer's layers against differences: each gradient g of a weight w is held against
** (loss(w + e) - loss(w - e)) / 2e, in doubles, at networks so small that every weight can be asked. Then the
** products against their definition at awkward shapes, and the decoding of trees and names against all possibilities
** of short sentences.
*/
#define NEURAL_REAL double
#include "train/neural/product.c"
#include "train/neural/layer.c"
#include "train/neural/net.c"
#include "train/neural/decode.c"
#include "test.h"

static Rng rng;
static Real some_number(void) { return (Real)(2 * rng_unit(&rng) - 1); }
static Real *numbers(int32_t n)
{
    Real *v = arena_new(&test_arena, Real, n);
    for (int32_t i = 0; i < n; i++) v[i] = some_number();
    return v;
}

/* ---- products -------------------------------------------------------------------------------------------------- */
static bool product_holds(Work *k, Turn turn, int32_t m, int32_t n, int32_t depth, bool is_added)
{
    Real *a = numbers(m * depth), *b = numbers(depth * n), *c = numbers(m * n), worst = 0;
    Real *was = arena_new(&test_arena, Real, m * n);
    memcpy(was, c, (size_t)(m * n) * sizeof *c);
    multiply(k, turn, m, n, depth, a, turn == TURN_LEFT ? m : depth, b, turn == TURN_RIGHT ? depth : n, c, n, is_added);
    for (int32_t i = 0; i < m; i++)
        for (int32_t j = 0; j < n; j++) {
            Real sum = is_added ? was[i * n + j] : 0;
            for (int32_t d = 0; d < depth; d++)
                sum += (turn == TURN_LEFT ? a[d * m + i] : a[i * depth + d]) *
                       (turn == TURN_RIGHT ? b[j * depth + d] : b[d * n + j]);
            Real off = fabs(sum - c[i * n + j]);
            worst = off > worst ? off : worst;
        }
    return worst < 1e-12;
}
static void test_products(Work *k)
{
    check(product_agrees());
    static const int32_t shape[][3] = {{1, 1, 1}, {3, 5, 7}, {8, 16, 32}, {9, 17, 33}, {16, 40, 2}, {33, 70, 65}};
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++)
        for (int turn = AS_IS; turn <= TURN_RIGHT; turn++) {
            check(product_holds(k, (Turn)turn, shape[i][0], shape[i][1], shape[i][2], false));
            check(product_holds(k, (Turn)turn, shape[i][0], shape[i][1], shape[i][2], true));
        }
}

/* ---- losses ----------------------------------------------------------------------------------------------------- */
static void test_losses(void)
{
    static const Soft targets[] = {{{2}, {255}}, {{0}, {255}}, {{1, 3, 0}, {100, 90, 40}}, {{1}, {0}}};
    static const uint8_t open[5] = {0, 1, 0, 1, 0};
    for (size_t t = 0; t < sizeof targets / sizeof *targets; t++)
        for (int is_open = 0; is_open < 2; is_open++) {
            Real *x = numbers(5), slope[5], worst = 0;
            memcpy(slope, x, sizeof slope);
            softmax_loss(slope, 5, targets[t], is_open ? open : NULL, 0.7);
            for (int32_t i = 0; i < 5; i++) {
                Real up[5], down[5], e = 1e-5;
                memcpy(up, x, sizeof up), memcpy(down, x, sizeof down);
                up[i] += e, down[i] -= e;
                double by = softmax_loss(up, 5, targets[t], is_open ? open : NULL, 0.7) -
                            softmax_loss(down, 5, targets[t], is_open ? open : NULL, 0.7);
                Real off = fabs(by / (2 * e) - slope[i]);
                worst = off > worst ? off : worst;
            }
            check(worst < 1e-8);
        }
}

/* ---- the whole network ------------------------------------------------------------------------------------------ */
static const Shape tiny = {.layers = 2,
                           .hidden = 5,
                           .word = 7,
                           .vector_in = 6,
                           .vector = 4,
                           .norm = 3,
                           .prefix = 3,
                           .suffix = 4,
                           .shape = 2,
                           .arc = 5,
                           .relation = 3,
                           .tag = 4,
                           .name = 5,
                           .n_tags = 6,
                           .n_relations = 4,
                           .n_names = 5,
                           .n_rows = {9, 3, 4, 5, 3, 4, 5, 6, 3}};
enum { TYPES = 11, DIM = 6, SENTENCES = 4 };
typedef struct {
    Net net;
    Reader reader;
    VectorTable vectors;
    Sample sample[SENTENCES];
    const Sample *order[SENTENCES];
    Share whole;
} Tiny;

static Soft *softs(int32_t n, int32_t n_classes)
{
    Soft *s = arena_new(&test_arena, Soft, n);
    for (int32_t i = 0; i < n; i++) {
        s[i] = soft_one(rng_below(&rng, n_classes));
        if (i % 3 == 1) s[i] = (Soft){{0, (uint16_t)(n_classes - 1)}, {150, 90}};
    }
    return s;
}
static Soft *heads(int32_t n)
{
    Soft *s = softs(n, n + 1);
    for (int32_t i = 0; i < n; i++)
        for (int k = 0; k < SOFT; k++)
            if (s[i].class[k] == i + 1) s[i].class[k] = 0;   /* nobody hangs from himself */
    return s;
}
static void tiny_make(Tiny *t)
{
    static const int32_t length[SENTENCES] = {5, 4, 4, 1};
    static const uint8_t open[5] = {0, 0, 1, 1, 0};
    int8_t *value = arena_new(&test_arena, int8_t, TYPES * DIM);
    float *scale = arena_new(&test_arena, float, DIM);
    Type *types = arena_new(&test_arena, Type, TYPES);
    for (int32_t i = 0; i < TYPES * DIM; i++) value[i] = (int8_t)(rng_below(&rng, 255) - 127);
    for (int32_t i = 0; i < DIM; i++) scale[i] = 0.01f;
    for (int32_t i = 0; i < TYPES; i++) {
        types[i] = (Type){.vector = i % 3 ? i : -1, .count = i};
        for (int32_t f = 0; f < FEATURES; f++) types[i].row[f] = rng_below(&rng, tiny.n_rows[f]);
    }
    t->vectors = (VectorTable){TYPES, DIM, value, scale};
    for (int32_t s = 0; s < SENTENCES; s++) {
        int32_t n = length[s], *type = arena_new(&test_arena, int32_t, n);
        for (int32_t i = 0; i < n; i++) type[i] = rng_below(&rng, TYPES);
        t->sample[s] = (Sample){.n = n, .type = type};
        if (s != 1)
            t->sample[s].tag = softs(n, tiny.n_tags), t->sample[s].head = heads(n),
            t->sample[s].relation = softs(n, tiny.n_relations);
        if (s != 2) t->sample[s].name = softs(n, tiny.n_names), t->sample[s].open = s ? open : NULL;
        if (s != 1) t->whole.words += n;
        if (s != 2) t->whole.name_words += n;
        t->order[s] = t->sample + s;
    }
    net_layout(&t->net, &tiny), net_init(&t->net, 7);
    for (ptrdiff_t i = 0; i < t->net.n; i++) t->net.w[i] += (Real)0.3 * some_number();
    t->reader = (Reader){&t->net, types, &t->vectors};
}
static double tiny_loss(const Tiny *t, Work *k, const Drops *drops, Grad *g)
{
    work_reset(k);
    Loss l = net_learn(&t->reader, k, t->order, SENTENCES, t->whole, drops, 11, g);
    return l.tag + l.arc + l.relation + l.name;
}
/* Every third weight of every parameter, from the first or the second on. */
static void test_network(Work *k, const Drops *drops, int32_t begin)
{
    Tiny t = {0};
    Grad g, other;
    tiny_make(&t);
    grad_init(&g, &t.net), grad_init(&other, &t.net);
    tiny_loss(&t, k, drops, &g);
    for (int32_t i = 0; i < t.net.n_params; i++) {
        const Param *p = t.net.param + i;
        double worst = 0, largest = 0, e = 1e-5;
        for (ptrdiff_t j = p->at + begin; j < p->at + (ptrdiff_t)p->rows * p->columns; j += 3) {
            Real was = t.net.w[j];
            t.net.w[j] = was + e;
            double by = tiny_loss(&t, k, drops, &other);
            grad_clear(&other, &t.net), t.net.w[j] = was - e;
            by = (by - tiny_loss(&t, k, drops, &other)) / (2 * e);
            grad_clear(&other, &t.net), t.net.w[j] = was;
            worst = fabs(by - g.v[j]) > worst ? fabs(by - g.v[j]) : worst;
            largest = fabs(by) > largest ? fabs(by) : largest;
        }
        if (!check(worst < 1e-7 && (largest > 0 || p->first_row >= 0)))   /* a row of a table may be nobody's */
            printf("  parameter %s: off by %g of %g\n", p->name, worst, largest);
    }
    grad_free(&g), grad_free(&other), net_free(&t.net);
}
/* Gradients of two halves of a batch, added, are those of the batch. */
static void test_halves(Work *k)
{
    Tiny t = {0};
    Grad all, a, b;
    tiny_make(&t);
    grad_init(&all, &t.net), grad_init(&a, &t.net), grad_init(&b, &t.net);
    tiny_loss(&t, k, NULL, &all);
    net_learn(&t.reader, k, t.order, 1, t.whole, NULL, 0, &a);
    net_learn(&t.reader, k, t.order + 1, SENTENCES - 1, t.whole, NULL, 0, &b);
    grad_add(&a, &b, &t.net);
    double worst = 0;
    for (ptrdiff_t i = 0; i < t.net.n; i++) worst = fabs(all.v[i] - a.v[i]) > worst ? fabs(all.v[i] - a.v[i]) : worst;
    check(worst < 1e-12);
    check(all.n_touched == a.n_touched && b.n_touched == 0);
    grad_free(&all), grad_free(&a), grad_free(&b), net_free(&t.net);
}

/* ---- decoding --------------------------------------------------------------------------------------------------- */
static double tree_value(const Real *scores, int32_t n, const int32_t *head)   /* -1e9: no tree with one root */
{
    double sum = 0;
    int32_t roots = 0;
    for (int32_t i = 0; i < n; i++) {
        int32_t v = i + 1, steps = 0;
        for (; v && steps <= n; steps++) v = head[v - 1];
        if (v) return -1e9;
        roots += head[i] == 0, sum += scores[i * (n + 1) + head[i]];
    }
    return roots == 1 ? sum : -1e9;
}
/* All ways to give n words heads, against the decoder. Steep scores bring cycles, and cycles of cycles. */
static void test_trees(Work *k)
{
    for (int32_t n = 1; n <= 5; n++)
        for (int32_t time = 0; time < 60; time++) {
            Real *scores = numbers(n * (n + 1));
            for (int32_t i = 0; i < n; i++) scores[i * (n + 1)] -= time % 3, scores[i * (n + 1) + i + 1] = -1e9;
            int32_t head[5], all[5] = {0};
            double best = -1e9;
            for (int32_t more = 1; more;) {
                double value = tree_value(scores, n, all);
                best = value > best ? value : best;
                more = 0;
                for (int32_t i = 0; i < n && !more; i++) more = ++all[i] <= n || (all[i] = 0);
            }
            decode_tree(k, scores, n, head);
            check(fabs(tree_value(scores, n, head) - best) < 1e-9);
        }
}
static void test_long_tree(Work *k)
{
    enum { N = 120 };
    int32_t head[N];
    for (int32_t time = 0; time < 5; time++) {
        decode_tree(k, numbers(N * (N + 1)), N, head);
        check(tree_value(numbers(N * (N + 1)), N, head) > -1e8);
    }
}
static void test_names(Work *k)
{
    for (int32_t time = 0; time < 40; time++) {
        Real *scores = numbers(3 * NAME_CLASSES), best = -1e9, got = 0;
        int32_t class[3];
        for (int32_t a = 0; a < NAME_CLASSES; a++)
            for (int32_t b = 0; b < NAME_CLASSES; b++)
                for (int32_t c = 0; c < NAME_CLASSES; c++) {
                    if (!may_follow(-1, a) || !may_follow(a, b) || !may_follow(b, c) || !may_follow(c, -1)) continue;
                    Real sum = scores[a] + scores[NAME_CLASSES + b] + scores[2 * NAME_CLASSES + c];
                    best = sum > best ? sum : best;
                }
        decode_names(k, scores, 3, class);
        check(may_follow(-1, class[0]) && may_follow(class[0], class[1]) && may_follow(class[1], class[2]) &&
              may_follow(class[2], -1));
        for (int32_t i = 0; i < 3; i++) got += scores[i * NAME_CLASSES + class[i]];
        check(fabs(got - best) < 1e-12);
    }
    /* Ana Ruiz, of the Port Office: PER begin and end, nothing, ORG begin, inside, end. */
    static const int32_t class[] = {1, 3, 0, 0, 5, 6, 7, 16};
    int64_t span[8];
    check(spans_of(class, 8, true, span) == 3 && span[0] == 1 << 3 && span[1] == ((4 << 20) | (6 << 3) | 1) &&
          (span[2] & 7) == 3);
    check(spans_of(class, 8, false, span) == 2);
}

int main(void)
{
    TEST_BEGIN
    Work k = {0};
    rng = rng_seed(3);
    test_products(&k);
    test_losses();
    test_network(&k, NULL, 0);
    test_network(
        &k, &(Drops){.word = 3, .vector = 0.3f, .input = 0.3f, .recurrent = 0.3f, .hidden = 0.3f, .head = 0.3f}, 1);
    test_halves(&k);
    test_trees(&k);
    test_long_tree(&k);
    test_names(&k);
    work_free(&k);
    return test_end();
}
