/* The neural core: a small network of random numbers, written here, read by the runtime; against the formulas in
** doubles, against itself on every kernel and in other company, and from damaged sections. And trees against all
** trees there are.
*/
#include "base/io.h"
#include "language/neural.h"
#include "test.h"
#include <math.h>

enum { WORD = 24, HIDDEN = 16, LAYERS = 2, ARC = 20, RELATION = 8, TAG = 12, NAME = 10, TAGS = 9, RELATIONS = 5,
      FORMS = 60 };
static const NeuralShape shape = {{8, 12, 4, 4, 4, 8, 8, 8, 8, 4}, WORD, LAYERS, HIDDEN, ARC, RELATION, TAG, NAME};
enum { MIXED = 8 + 12 + 4 + 8 + 4, SAID = RELATIONS * RELATION + RELATIONS };
static const float unit = 1.0f / 64, state_unit = 1.0f / 63;

/* ---- the network in floats --------------------------------------------------------------------------------------- */
typedef struct { float *w, *b; int32_t n_in, n_out; } Layer;             /* outputs × inputs */
typedef struct {
    int32_t n_rows[NEURAL_PARTS];                        /* without row 0 */
    uint64_t *key[NEURAL_PARTS];
    int8_t *rows[NEURAL_PARTS];                          /* in the order of keys; row 0 first */
    Layer mix, in[LAYERS][2], back[LAYERS][2], top, arc, relations, tag, name;
    float *arc_root, *relation_root;
} Plain;

static float *floats(Rng *r, ptrdiff_t n, double size)
{
    float *x = arena_new(&test_arena, float, n);
    for (ptrdiff_t i = 0; i < n; i++) x[i] = (float)((2 * rng_unit(r) - 1) * size);
    return x;
}
static Layer layer(Rng *r, int32_t n_in, int32_t n_out)
{
    return (Layer){floats(r, (ptrdiff_t)n_in * n_out, 1.7 / sqrt(n_in)), floats(r, n_out, 0.2), n_in, n_out};
}
static Str form_at(Arena *a, int32_t i)                  /* invented words of all sorts */
{
    static const char *const heads[] = {"Vel", "ostr", "NAR", "port", "mi", "é", "3", "U."},
        *const tails[] = {"line", "ova", "ING", "s", "-7", "", "tion", "a"};
    return arena_printf(a, "%s%s%s", heads[i % 8], i % 3 ? "k" : "", tails[i / 8 % 8]);
}
static uint64_t part_key(const Word *w, int p)
{
    return p == 0 ? w->lower : p == 1 ? w->norm : p < 5 ? w->prefix[p - 2] : p < 9 ? w->suffix[p - 5] : w->shape;
}
static Word word_new(Str form)
{
    static const Clusters none;
    return word_of(&none, form, false);
}

static Plain *plain_new(uint64_t seed)
{
    Rng r = rng_seed(seed);
    Plain *n = arena_new(&test_arena, Plain, 1);
    for (int p = 0; p < NEURAL_PARTS; p++) {             /* two forms in three are known */
        n->key[p] = arena_new(&test_arena, uint64_t, FORMS);
        for (int32_t i = 0; i < FORMS; i++) {
            Word w = word_new(form_at(&test_arena, i));
            bool is_new = part_key(&w, p) && i % 3;
            for (int32_t k = 0; k < n->n_rows[p]; k++) is_new = is_new && n->key[p][k] != part_key(&w, p);
            if (is_new) n->key[p][n->n_rows[p]++] = part_key(&w, p);
        }
        n->rows[p] = arena_new(&test_arena, int8_t, (ptrdiff_t)(n->n_rows[p] + 1) * shape.part[p]);
        for (int32_t i = 0; i < (n->n_rows[p] + 1) * shape.part[p]; i++)
            n->rows[p][i] = (int8_t)(rng_below(&r, 61) - 30);
    }
    n->mix = layer(&r, MIXED, WORD);
    for (int l = 0; l < LAYERS; l++)
        for (int d = 0; d < 2; d++) {
            n->in[l][d] = layer(&r, l ? 2 * HIDDEN : WORD, 4 * HIDDEN);
            n->back[l][d] = layer(&r, HIDDEN, 4 * HIDDEN);
        }
    n->top = layer(&r, 2 * HIDDEN, neural_columns(&shape).all);
    n->arc = layer(&r, ARC, ARC), n->relations = layer(&r, RELATION, SAID), n->tag = layer(&r, TAG, TAGS),
        n->name = layer(&r, NAME, NAME_TAGS);
    n->arc_root = floats(&r, ARC, 1), n->relation_root = floats(&r, RELATION, 1);
    for (int32_t i = 0; i < NAME_TAGS; i++) n->name.b[i] += i == NAME_NONE ? 0.1f : 0;
    return n;
}

/* ---- its sections ------------------------------------------------------------------------------------------------ */
static float *times(const float *w, int32_t n, float by)
{
    float *to = arena_new(&test_arena, float, n);
    for (int32_t i = 0; i < n; i++) to[i] = w[i] * by;
    return to;
}
/* Units fold into weights as the exporter does it: in: what a step of the input's byte is; out: of the output's. */
static void put_layer(Buf *b, const Layer *l, Steps steps, float in, float out)
{
    dense_write(times(l->w, l->n_in * l->n_out, in / out), times(l->b, l->n_out, 1 / out), l->n_out, l->n_in, steps, b);
}
static void put_labels(Buf *b, int32_t n, const char *const *names)
{
    Labels l = {arena_new(&test_arena, Str, n + 1), n + 1};
    for (int32_t i = 0; i < n; i++) l.name[i + 1] = names ? str_of(names[i]) : arena_printf(&test_arena, "T%d", i);
    labels_write(&l, b);
}
static void put_words(Buf *b, const Plain *n)
{
    for (int p = 0; p < NEURAL_PARTS; p++) {
        const int32_t width = shape.part[p];
        int32_t *place = arena_new(&test_arena, int32_t, n->n_rows[p] + 1);
        int8_t *to = arena_new(&test_arena, int8_t, (ptrdiff_t)(n->n_rows[p] + 1) * width);
        row_keys_write(n->key[p], n->n_rows[p], place, b);
        for (int32_t i = 0; i <= n->n_rows[p]; i++)
            memcpy(to + (i ? place[i - 1] : 0) * width, n->rows[p] + i * width, (size_t)width);
        model_put_bytes(b, (Str){(const char *)to, (ptrdiff_t)(n->n_rows[p] + 1) * width}, 64);
    }
    put_layer(b, &n->mix, (Steps){1, KERNEL_ZERO}, unit, unit);
}
static void put_heads(Buf *b, const Plain *n)
{
    const Columns c = neural_columns(&shape);
    float *w = times(n->top.w, c.all * 2 * HIDDEN, 1), *bias = times(n->top.b, c.all, 1);
    for (int32_t i = 0; i < c.bytes * 2 * HIDDEN; i++) w[i] /= unit;
    for (int32_t i = 0; i < c.bytes; i++) bias[i] /= unit;
    dense_write(w, bias, c.all, 2 * HIDDEN, (Steps){state_unit, KERNEL_ZERO}, b);
    const Steps leaky = {1, NEURAL_ZERO};
    put_layer(b, &n->arc, leaky, unit, 1), put_layer(b, &n->relations, leaky, unit, 1);
    put_layer(b, &n->tag, leaky, unit, 1), put_layer(b, &n->name, leaky, unit, 1);
    model_put_bytes(b, (Str){(const char *)n->arc_root, ARC * 4}, 64);
    model_put_bytes(b, (Str){(const char *)n->relation_root, RELATION * 4}, 64);
}
enum { SECTIONS = 7 };
static void sections(const Plain *n, ModelSection out[SECTIONS])
{
    static const char *const names[SECTIONS] = {"net.shape", "net.tags", "net.relations", "net.words", "net.encoder",
                                                "net.heads", "net.sure"};
    static const char *const relations[RELATIONS] = {"nsubj", "obj", "root", "det", "obl"};
    Buf b[SECTIONS];
    for (int i = 0; i < SECTIONS; i++) b[i] = (Buf){.to = &test_arena};
    const int32_t *number = (const int32_t *)&shape;
    model_put_u32(&b[0], NEURAL_VERSION);
    for (int i = 0; i < SHAPE_NUMBERS; i++) model_put_u32(&b[0], (uint32_t)number[i]);
    for (int i = 0; i < 3; i++) put_labels(&b[1], 4, NULL);
    model_put_u32(&b[1], TAGS);
    for (uint32_t i = 0; i < TAGS; i++)
        model_put_u32(&b[1], 1 + i % 4), model_put_u32(&b[1], i % 5), model_put_u32(&b[1], i / 4);
    put_labels(&b[2], RELATIONS, relations);
    put_words(&b[3], n);
    for (int l = 0; l < LAYERS; l++) {
        LstmFloats way[2];
        for (int d = 0; d < 2; d++)
            way[d] = (LstmFloats){times(n->in[l][d].w, n->in[l][d].n_in * 4 * HIDDEN, l ? 1 : unit), n->back[l][d].w,
                                  n->back[l][d].b};
        lstm_write(way, n->in[l][0].n_in, HIDDEN, l ? (Steps){state_unit, KERNEL_ZERO} : (Steps){1, NEURAL_ZERO},
                   (Steps){state_unit, KERNEL_ZERO}, &b[4]);
    }
    put_heads(&b[5], n);
    for (int i = 0; i < NAME_BINS; i++) {
        float p = (float)(1 / (1 + exp(8 - 16.0 * i / (NAME_BINS - 1))));
        uint32_t bits;
        memcpy(&bits, &p, 4);
        model_put_u32(&b[6], bits);
    }
    for (int i = 0; i < SECTIONS; i++) out[i] = (ModelSection){str_of(names[i]), buf_str(&b[i])};
}
static Model *model_with(const ModelSection *s, Err *e)
{
    ModelSections list = {(ModelSection *)s, SECTIONS, SECTIONS};
    Buf file = {.to = &test_arena};
    model_write(&list, &file);
    char *p = arena_take(&test_arena, file.n, 64);
    memcpy(p, file.p, (size_t)file.n);
    return model_of((Str){p, file.n}, S("small.dm"), e);
}

/* ---- the formulas ------------------------------------------------------------------------------------------------ */
static void apply(const Layer *l, const double *x, double *y)
{
    for (int32_t o = 0; o < l->n_out; o++) {
        y[o] = l->b[o];
        for (int32_t i = 0; i < l->n_in; i++) y[o] += (double)l->w[o * l->n_in + i] * x[i];
    }
}
static void leaky(double *x, int32_t n)
{
    for (int32_t i = 0; i < n; i++) x[i] = x[i] > 0 ? x[i] : x[i] / 10;
}
static void plain_word(const Plain *n, const Word *w, double *out)
{
    double mix[MIXED] = {0};
    for (int p = 0, at = 0; p < NEURAL_PARTS; p++) {
        int32_t row = 0, width = shape.part[p];
        for (int32_t i = 0; i < n->n_rows[p]; i++)
            if (part_key(w, p) && n->key[p][i] == part_key(w, p)) row = i + 1;
        for (int32_t j = 0; j < width; j++) mix[at + j] += n->rows[p][row * width + j] * (double)unit / 2;
        if (p < 2 || p == 4 || p == 8) at += width;
    }
    apply(&n->mix, mix, out);
    leaky(out, WORD);
}
static double logistic(double x) { return 1 / (1 + exp(-x)); }
static void plain_lstm(const Plain *n, int l, int d, const double *x, int32_t n_in, int32_t words, double *h)
{
    double cell[HIDDEN] = {0}, before[HIDDEN] = {0}, in[4 * HIDDEN], back[4 * HIDDEN];
    for (int32_t i = 0; i < words; i++) {
        const int32_t w = d ? words - 1 - i : i;
        Layer without_bias = n->in[l][d];
        without_bias.b = arena_new(&test_arena, float, 4 * HIDDEN);
        apply(&without_bias, x + w * n_in, in);
        apply(&n->back[l][d], before, back);
        for (int32_t u = 0; u < HIDDEN; u++) {
            double g[4];
            for (int k = 0; k < 4; k++) g[k] = in[k * HIDDEN + u] + back[k * HIDDEN + u];
            cell[u] = logistic(g[1]) * cell[u] + logistic(g[0]) * tanh(g[2]);
            before[u] = logistic(g[3]) * tanh(cell[u]);
        }
        memcpy(h + w * 2 * HIDDEN + d * HIDDEN, before, sizeof before);
    }
}
typedef struct { double *tag, *arc, *name, *top; } Scores;               /* arc: words × (words + 1) */
static Scores plain_read(const Plain *n, const Sentence *s)
{
    Arena *a = &test_arena;
    const Columns c = neural_columns(&shape);
    double *x = arena_new(a, double, s->n * WORD), *h[LAYERS];
    for (int32_t i = 0; i < s->n; i++) plain_word(n, &s->words[i + 1], x + i * WORD);
    for (int l = 0; l < LAYERS; l++) {
        h[l] = arena_new(a, double, s->n * 2 * HIDDEN);
        for (int d = 0; d < 2; d++) plain_lstm(n, l, d, l ? h[l - 1] : x, l ? 2 * HIDDEN : WORD, s->n, h[l]);
    }
    Scores r = {arena_new(a, double, s->n * TAGS), arena_new(a, double, s->n * (s->n + 1)),
                arena_new(a, double, s->n * NAME_TAGS),
                arena_new(a, double, s->n * c.all)};
    for (int32_t i = 0; i < s->n; i++) {
        double *top = r.top + i * c.all;
        apply(&n->top, h[LAYERS - 1] + i * 2 * HIDDEN, top);
        leaky(top, c.all);
        apply(&n->tag, top + c.tag, r.tag + i * TAGS);
        apply(&n->name, top + c.name, r.name + i * NAME_TAGS);
    }
    for (int32_t i = 0; i < s->n; i++) {
        double d[ARC];
        apply(&n->arc, r.top + i * c.all + c.arc_d, d);
        for (int32_t j = 0; j <= s->n; j++)
            for (int32_t k = 0; k < ARC; k++)
                r.arc[i * (s->n + 1) + j] += d[k] * (j ? r.top[(j - 1) * c.all + c.arc_h + k] : (double)n->arc_root[k]);
    }
    return r;
}
static double plain_relation(const Plain *n, const Scores *r, int32_t word, int32_t head, int32_t relation)
{
    const Columns c = neural_columns(&shape);
    double said[SAID], sum;
    apply(&n->relations, r->top + word * c.all + c.relation_d, said);
    sum = said[RELATIONS * RELATION + relation];
    for (int32_t k = 0; k < RELATION; k++)
        sum += said[relation * RELATION + k] * (head ? r->top[(head - 1) * c.all + c.relation_h + k]
                                                : (double)n->relation_root[k]);
    return sum;
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */
static Sentence sentence_new(Arena *a, Rng *r, int32_t n)
{
    Sentence s = {arena_new(a, Word, n + 2), n, NULL};
    for (int32_t i = 0; i < n; i++) s.words[i + 1] = word_new(form_at(a, rng_below(r, FORMS)));
    sentence_mark(&s);
    return s;
}
static NeuralSentence *sentences_new(Arena *a, uint64_t seed, const int32_t *lengths, int32_t n)
{
    Rng r = rng_seed(seed);
    NeuralSentence *s = arena_new(a, NeuralSentence, n);
    for (int32_t i = 0; i < n; i++) s[i].s = sentence_new(a, &r, lengths[i]);
    return s;
}
static bool same_reading(const NeuralSentence *a, const NeuralSentence *b)
{
    const size_t size = (size_t)a->s.n * sizeof(int32_t);
    bool same = !memcmp(a->tag, b->tag, size) && !memcmp(a->head, b->head, size) &&
        !memcmp(a->label, b->label, size) && a->names.n == b->names.n;
    for (int32_t i = 0; same && i < a->names.n; i++) {
        const FoundName *x = &a->names.v[i], *y = &b->names.v[i];
        same = x->span.begin == y->span.begin && x->span.end == y->span.end && x->type == y->type &&
            !memcmp(&x->p, &y->p, sizeof x->p);
    }
    return same;
}

/* Heads that are lawful by themselves, tags and labels within bounds, names in order: whatever the numbers are. */
static bool is_sound(const Neural *n, const NeuralSentence *s)
{
    int32_t roots = 0, end = 0;
    for (int32_t i = 0; i < s->s.n; i++) {
        int32_t steps = 0;
        for (int32_t v = i + 1; v && steps <= s->s.n; v = s->head[v - 1]) {
            if (s->head[v - 1] < 0 || s->head[v - 1] > s->s.n) return false;
            steps++;
        }
        if (steps > s->s.n) return false;                /* a cycle */
        roots += s->head[i] == 0;
        if (s->tag[i] < 0 || s->tag[i] >= n->n_tags || s->label[i] < 1 || s->label[i] >= n->relation.n) return false;
        if (n->root >= 0 && (s->label[i] == n->root) != (s->head[i] == 0)) return false;
    }
    for (int32_t i = 0; i < s->names.n; i++) {
        const FoundName *f = &s->names.v[i];
        if (f->span.begin < end || f->span.end <= f->span.begin || f->span.end > s->s.n || !(f->p > 0 && f->p < 1) ||
            f->type == ENTITY_UNKNOWN) return false;
        end = f->span.end;
    }
    return roots == (s->s.n > 0);
}

static Model *model;                                     /* the network's, until the next one */
static Neural *network(uint64_t seed, Plain **plain)
{
    Err e = {0};
    ModelSection s[SECTIONS];
    *plain = plain_new(seed);
    sections(*plain, s);
    model_close(model);
    model = model_with(s, &e);
    Neural *n = model ? neural_of(&test_arena, model, &e) : NULL;
    if (!check(n != NULL)) printf("%s\n", e.text);
    return n;
}

/* ---- tests ------------------------------------------------------------------------------------------------------- */
static double largest(const double *x, int32_t n, int32_t *at)
{
    *at = 0;
    for (int32_t i = 1; i < n; i++)
        if (x[i] > x[*at]) *at = i;
    return x[*at];
}

/* The sum of a tree's scores, or -1e9 where the heads are no tree with one root. */
static double tree_sum(const float *scores, int32_t n, const int32_t *head)
{
    double sum = 0;
    int32_t roots = 0;
    for (int32_t i = 0; i < n; i++) {
        int32_t steps = 0;
        for (int32_t v = i + 1; v && steps <= n; v = head[v - 1]) steps++;
        if (steps > n) return -1e9;
        roots += head[i] == 0;
        sum += (double)scores[i * (n + 1) + head[i]];
    }
    return roots == 1 ? sum : -1e9;
}
/* How much worse than the best tree by the formulas the tree is that was read, and how much worse the flat one is,
** that hangs all words from the first. */
static void compare_trees(const Scores *r, const NeuralSentence *s, double *lost, double *at_stake)
{
    const int32_t n = s->s.n;
    int32_t *best = arena_new(&test_arena, int32_t, n), *flat = arena_new(&test_arena, int32_t, n);
    float *scores = arena_new(&test_arena, float, n * (n + 1));
    for (int32_t i = 0; i < n * (n + 1); i++) scores[i] = (float)r->arc[i];
    neural_tree(&test_arena, scores, n, best);
    for (int32_t i = 1; i < n; i++) flat[i] = 1;
    *lost += tree_sum(scores, n, best) - tree_sum(scores, n, s->head);
    *at_stake += tree_sum(scores, n, best) - tree_sum(scores, n, flat);
}

/* What was decided must score nearly as well by the formulas as what they like best. */
static void against_formulas(void)
{
    arena_reset(&test_arena);
    Plain *plain;
    Neural *n = network(5, &plain);
    if (!n) return;
    enum { SENTENCES = 40 };
    int32_t lengths[SENTENCES], words = 0, tags = 0, labels = 0;
    double lost = 0, at_stake = 0;
    for (int32_t i = 0; i < SENTENCES; i++) lengths[i] = 1 + i * 7 % 23;
    NeuralSentence *s = sentences_new(&test_arena, 6, lengths, SENTENCES);
    NeuralMemo *memo = neural_memo_open(n);
    neural_read(&test_arena, &test_arena, n, memo, s, SENTENCES);
    neural_memo_close(memo);
    for (int32_t i = 0; i < SENTENCES; i++) {
        Scores r = plain_read(plain, &s[i].s);
        compare_trees(&r, &s[i], &lost, &at_stake);
        for (int32_t w = 0; w < lengths[i]; w++) {
            int32_t best;
            double most = largest(r.tag + w * TAGS, TAGS, &best);
            words++, tags += best == s[i].tag[w];
            check(r.tag[w * TAGS + s[i].tag[w]] > most - 0.1);
            if (!s[i].head[w]) continue;
            double score[RELATIONS];
            for (int32_t k = 0; k < RELATIONS; k++)
                score[k] = k + 1 == n->root ? -1e9 : plain_relation(plain, &r, w, s[i].head[w], k);
            most = largest(score, RELATIONS, &best);
            labels += best + 1 == s[i].label[w];
            check(score[s[i].label[w] - 1] > most - 0.15);
        }
    }
    check(tags > words * 9 / 10);                        /* margins are thin among random numbers */
    check(lost < 0.1 * at_stake);
    check(labels > (words - SENTENCES) * 95 / 100);
}

static void words_against_formulas(void)
{
    arena_reset(&test_arena);
    Plain *plain;
    Neural *n = network(11, &plain);
    if (!n) return;
    NeuralMemo *memo = neural_memo_open(n);
    Word words[FORMS];
    const Word *list[FORMS];
    uint8_t cold[FORMS * 64], warm[FORMS * 64];
    for (int32_t i = 0; i < FORMS; i++) words[i] = word_new(form_at(&test_arena, i)), list[i] = &words[i];
    memset(cold, 0, sizeof cold), memset(warm, 0, sizeof warm);
    neural_words(&test_arena, n, memo, list, FORMS, cold, 64);
    neural_words(&test_arena, n, memo, list, FORMS, warm, 64);
    check(!memcmp(cold, warm, sizeof cold));
    neural_memo_close(memo);
    for (int32_t i = 0; i < FORMS; i++) {
        double exact[WORD], worst = 0;
        plain_word(plain, &words[i], exact);
        for (int32_t j = 0; j < WORD; j++) {
            double held = fmax(-NEURAL_ZERO * (double)unit, fmin((KERNEL_TOP - NEURAL_ZERO) * (double)unit, exact[j]));
            worst = fmax(worst, fabs((cold[i * 64 + j] - NEURAL_ZERO) * (double)unit - held));
        }
        check(worst < 2.5 * (double)unit);
    }
}

/* Every kernel, alone and in company, in any order, with a memo that is cold or warm: the same bits. */
static void same_bytes(void)
{
    arena_reset(&test_arena);
    Plain *plain;
    Neural *n = network(7, &plain);
    if (!n) return;
    enum { SENTENCES = 33 };
    int32_t lengths[SENTENCES], names = 0;
    for (int32_t i = 0; i < SENTENCES; i++) lengths[i] = i == 9 ? 0 : i == 20 ? 300 : i == 21 ? 1200 : 1 + i * 13 % 41;
    const Kernel *kernels[KERNEL_KINDS];
    const int32_t n_kernels = kernel_all(kernels);
    NeuralSentence *first = NULL;
    for (int32_t k = 0; k < n_kernels; k++) {
        n->kernel = kernels[k];
        NeuralMemo *memo = neural_memo_open(n);
        NeuralSentence *all = sentences_new(&test_arena, 8, lengths, SENTENCES),
            *single = sentences_new(&test_arena, 8, lengths, SENTENCES);
        neural_read(&test_arena, &test_arena, n, memo, all, SENTENCES);
        if (!first) first = all;
        for (int32_t i = SENTENCES - 1; i >= 0; i--) {
            neural_read(&test_arena, &test_arena, n, memo, &single[i], 1);
            check(is_sound(n, &all[i]));
            check(same_reading(&all[i], &first[i]));
            check(same_reading(&all[i], &single[i]));
            names += all[i].names.n;
        }
        neural_memo_close(memo);
    }
    check(names > 20);                                   /* or the checks of names said nothing */
}

static void all_trees(void)
{
    Rng r = rng_seed(3);
    float scores[5 * 6];
    for (int round = 0; round < 400; round++) {
        arena_reset(&test_arena);
        const int32_t n = 1 + round % 5;
        int32_t head[5], any[5] = {0};
        for (int32_t i = 0; i < n * (n + 1); i++) scores[i] = round % 3 ? (float)rng_unit(&r) : (float)rng_below(&r, 4);
        neural_tree(&test_arena, scores, n, head);
        double best = -1e9;
        for (;;) {                                       /* all heads of n words, as a number of n digits */
            double sum = tree_sum(scores, n, any);
            best = sum > best ? sum : best;
            int32_t i = 0;
            while (i < n && ++any[i] > n) any[i++] = 0;
            if (i == n) break;
        }
        check(fabs(tree_sum(scores, n, head) - best) < 1e-5);
    }
}
static void large_trees(void)
{
    Rng r = rng_seed(4);
    for (int round = 0; round < 12; round++) {
        arena_reset(&test_arena);
        const int32_t n = round < 10 ? 2 + rng_below(&r, 80) : NEURAL_WORDS;
        float *scores = arena_new(&test_arena, float, (ptrdiff_t)n * (n + 1));
        int32_t *head = arena_new(&test_arena, int32_t, n);
        for (int32_t i = 0; i < n * (n + 1); i++)
            scores[i] = round % 2 ? (float)rng_unit(&r) : round % 4 ? 0 : -1e6f * (float)(i % 7);
        neural_tree(&test_arena, scores, n, head);
        check(tree_sum(scores, n, head) > -1e9 * n);
        int32_t roots = 0;
        for (int32_t i = 0; i < n; i++) roots += head[i] == 0;
        check(roots == 1);
    }
}

/* Some bytes of one section are changed, or it is cut: refused with a sentence, or read all the same without harm. */
static void damaged(void)
{
    Rng r = rng_seed(9);
    int32_t refused = 0, read = 0;
    const int32_t lengths[3] = {5, 1, 30};
    for (int round = 0; round < 300; round++) {
        arena_reset(&test_arena);
        ModelSection s[SECTIONS];
        sections(plain_new(5), s);
        const int32_t which = rng_below(&r, SECTIONS);
        Str bytes = arena_str(&test_arena, s[which].bytes);
        char *p = (char *)bytes.p;
        if (round % 5 == 0) bytes.n = rng_below(&r, (int32_t)bytes.n);
        else
            for (int k = round % 3; k >= 0; k--) {       /* half of them among the first bytes, where the numbers are */
                int32_t at = rng_below(&r, round % 2 && bytes.n > 100 ? 100 : (int32_t)bytes.n);
                p[at] = (char)(round % 4 ? p[at] ^ (1 << rng_below(&r, 8)) : 255);
            }
        s[which].bytes = bytes;
        Err e = {0};
        Model *m = model_with(s, &e);
        check(m != NULL);
        Neural *n = neural_of(&test_arena, m, &e);
        if (!n) refused += check(e.code != ERR_NONE && strstr(e.text, "small.dm"));
        else {
            NeuralSentence *x = sentences_new(&test_arena, 12, lengths, 3);
            NeuralMemo *memo = neural_memo_open(n);
            neural_read(&test_arena, &test_arena, n, memo, x, 3);
            neural_memo_close(memo);
            for (int i = 0; i < 3; i++) read += check(is_sound(n, &x[i]));
        }
        model_close(m);
    }
    check(refused > 50 && read > 50);
}

/* Keys: each is found in its row, and hardly anything else is. */
static void keys(void)
{
    enum { N = 5000 };
    arena_reset(&test_arena);
    Rng r = rng_seed(13);
    uint64_t *key = arena_new(&test_arena, uint64_t, N);
    int32_t *place = arena_new(&test_arena, int32_t, N), found = 0;
    for (int32_t i = 0; i < N; i++) key[i] = i % 2 ? rng_next(&r) : (uint64_t)i * 2 + 1;
    Buf b = {.to = &test_arena};
    row_keys_write(key, N, place, &b);
    ModelReader m = {.section = buf_str(&b)};
    RowKeys k = {.n = (int32_t)model_u32(&m), .bits = (int)model_u32(&m)};
    k.begin = (const uint32_t *)(const void *)model_bytes(&m, ((UINT64_C(1) << k.bits) + 1) * 4, 64).p;
    k.print = (const uint32_t *)(const void *)model_bytes(&m, N * 4, 64).p;
    bool is_right = !m.is_short && m.at == m.section.n;
    for (int32_t i = 0; i < N; i++) is_right = is_right && row_of(&k, key[i]) == place[i];
    check(is_right);
    for (int32_t i = 0; i < 100000; i++) found += row_of(&k, rng_next(&r)) != 0;
    check(found == 0);
}

/* ---- a whole language of it ----------------------------------------------------------------------------------------- */
enum { BOOK = 600 };
static Record *record_new(Arena *a)
{
    Record *r = arena_new(a, Record, 1);
    Rng rng = rng_seed(17);
    record_blank(r);
    r->lang = S("xx");
    for (int32_t i = 0, sent = 0, at = 0; i < BOOK; i++) {
        Token *t = push(a, &r->tokens);
        sent += i && rng_below(&rng, 12) == 0;
        *t = (Token){.form = form_at(a, rng_below(&rng, FORMS)), .sent = sent, .head = NONE, .mwt = SPAN_NONE};
        t->span = (Span){at, at + (int32_t)t->form.n};
        at = t->span.end + 1;
    }
    return r;
}
static bool same_record(const Record *a, const Record *b)
{
    bool same = a->tokens.n == b->tokens.n && a->names.n == b->names.n;
    for (int32_t i = 0; same && i < a->tokens.n; i++) {
        const Token *x = &a->tokens.v[i], *y = &b->tokens.v[i];
        same = x->head == y->head && str_eq(x->deprel, y->deprel) && str_eq(x->upos, y->upos) && str_eq(x->lemma, y->lemma);
    }
    for (int32_t i = 0; same && i < a->names.n; i++) same = a->names.v[i].span.begin == b->names.v[i].span.begin;
    return same;
}
static void put_pairs(Buf *b)                            /* XPOS and UPOS side by side, the first for none */
{
    model_put_u32(b, 5);
    for (char i = 0; i < 5; i++) buf_char(b, i), buf_char(b, i);
}
static Model *language_model(void)
{
    ModelSection net[SECTIONS];
    ModelSections all = {0};
    Buf labels = {.to = &test_arena}, pairs = {.to = &test_arena}, edits = {.to = &test_arena}, file = {.to = &test_arena};
    Err e = {0};
    sections(plain_new(5), net);
    for (int i = 0; i < SECTIONS; i++) *push(&test_arena, &all) = net[i];
    put_labels(&labels, 4, NULL);
    put_pairs(&pairs);
    model_put_u32(&edits, 0);
    *push(&test_arena, &all) = (ModelSection){S("language"), S("xx")};
    *push(&test_arena, &all) = (ModelSection){S("tag.xpos"), buf_str(&labels)};
    *push(&test_arena, &all) = (ModelSection){S("tag.upos"), buf_str(&labels)};
    *push(&test_arena, &all) = (ModelSection){S("tag.pairs"), buf_str(&pairs)};
    *push(&test_arena, &all) = (ModelSection){S("lemma.edits"), buf_str(&edits)};
    model_write(&all, &file);
    char *p = arena_take(&test_arena, file.n, 64);
    memcpy(p, file.p, (size_t)file.n);
    return model_of((Str){p, file.n}, S("small.dm"), &e);
}

typedef struct {
    const Language *l;
    const Record *expected;
    jmp_buf landing;
    bool is_same, has_landed, has_begun;
    ptrdiff_t budget;
} Reader;
static bool read_record(Reader *r, Arena *a)             /* false: landed */
{
    if (setjmp(r->landing)) return false;
    Record *mine = record_new(a);
    r->has_begun = true;
    language_read(a, r->l, mine);
    if (r->expected) r->is_same = r->is_same && same_record(mine, r->expected);
    return true;
}
static void *read_often(void *with)
{
    Reader *r = with;
    Arena a = {.landing = &r->landing, .budget = r->budget};
    for (int i = 0; i < 10; i++) {
        r->has_landed = !read_record(r, &a) || r->has_landed;
        arena_reset(&a);
    }
    arena_close(&a);
    return NULL;
}
/* Some threads at once get what one gets; a document that its memory does not suffice for harms no later one. */
static void language_in_threads(void)
{
    enum { THREADS = 3 };
    arena_reset(&test_arena);
    Err e = {0};
    Model *m = language_model();
    Language *l = m ? language_open(m, &e) : NULL;
    if (!check(l != NULL)) { printf("%s\n", e.text); return; }
    const ptrdiff_t before = test_arena.used;
    Record *expected = record_new(&test_arena);
    const ptrdiff_t room = test_arena.used - before + 32;                /* for the words, and not for names */
    language_read(&test_arena, l, expected);
    check(expected->names.n > 0 && expected->has_names);
    check(expected->tokens.v[0].upos.n && expected->tokens.v[0].deprel.n);
    check(expected->tokens.v[0].lemma.n);
    Reader small = {.l = l, .budget = room}, reader[THREADS];
    read_often(&small);
    check(small.has_landed && small.has_begun);
    Reader torn = {.l = l, .expected = expected, .is_same = true};       /* memory ends at each of the first places */
    Arena a = {.landing = &torn.landing};
    for (int64_t n = 0; n < 2000; n += n < 100 ? 1 : 97) {
        arena_fail_after = n;
        read_record(&torn, &a);
        arena_fail_after = -1;
        arena_reset(&a);
    }
    check(read_record(&torn, &a) && torn.is_same);
    arena_close(&a);
    IoThread thread[THREADS];
    for (int i = 0; i < THREADS; i++) reader[i] = (Reader){.l = l, .expected = expected, .is_same = true};
    for (int i = 0; i < THREADS; i++) check(io_thread_start(&thread[i], read_often, &reader[i]));
    for (int i = 0; i < THREADS; i++) io_thread_join(&thread[i]);
    for (int i = 0; i < THREADS; i++) check(reader[i].is_same && !reader[i].has_landed);
    language_close(l);
    model_close(m);
}

int main(void)
{
    TEST_BEGIN
    test_arena.budget = 512 << 20;
    keys();
    all_trees();
    large_trees();
    words_against_formulas();
    against_formulas();
    same_bytes();
    model_close(model);
    damaged();
    language_in_threads();
    return test_end();
}
