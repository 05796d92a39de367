/* Training of trees: what a reading should do next, and learning it from the readings that go wrong.
**
** trees → projective ones, with relations that say what was lifted → a backward reading, its guesses about every tree
** by a
**   reading that did not see it (jackknife) → a forward reading that knows the guesses → smaller tables → "parse.*"
**
** The moves are learnt with a dynamic oracle (Goldberg and Nivre 2013, "Training deterministic parsers with
** non-deterministic oracles", section 4 for arc-hybrid): in any state, also a wrong one, it tells which moves lose no
** further arc of the tree. So the reading is trained in states that its own mistakes lead to. What it learnt by heart
** leads to no mistakes, so a quarter of the features is left out at random, and now and then the second best move is
** taken.
**
** Always: development trees are measured on, never learnt from. The order of everything comes from the seed.
*/
#include "language/parse.h"
#include "train/language/learner.h"
#include "train/language/train_language.h"
#include "base/io.h"
#include <math.h>
#include <string.h>
#include <time.h>

/* One tree to learn from or to measure on. Words are 1 … n. */
typedef struct {
    const Sentence *s;
    int32_t n;
    const int32_t *head, *label;                         /* projective, and what a reading should say */
    const int32_t *first, *next;                         /* dependents of each head: a list, -1 ends it */
    const TreeWord *gold;                                /* n, as in the treebank */
    Guess *guess;
} Case;
typedef SLICE(Case) Cases;

typedef struct { Learner *move, *relation; } Lessons;
typedef struct {
    int32_t passes, fold_passes, folds, seen;
    float rate_move, rate_relation, drop_move, drop_relation, stop, explore, stray;
    int32_t rows_move, rows_relation, rows_back_move, rows_back_relation;
    float least;
} Settings;

typedef struct {
    Train *t;
    Settings set;
    RelationTable relations;
    Labels names;
    Arena scratch;                                       /* reset after each sentence */
    Rng rng;
} School;

/* ---- trees become projective ------------------------------------------------------------------------------------- */
static bool is_crossed(const int32_t *head, int32_t d)
{
    int32_t h = head[d], a = d < h ? d : h, b = d < h ? h : d;
    for (int32_t k = a + 1; k < b; k++) {
        int32_t up = k;
        while (up && up != h) up = head[up];
        if (up != h) return true;
    }
    return false;
}

/* Lifts the shortest crossed arc by one step until none is crossed (Nivre and Nilsson 2005). */
static void lift(int32_t *head, int32_t n)
{
    for (;;) {
        int32_t best = 0, length = INT32_MAX;
        for (int32_t d = 1; d <= n; d++) {
            int32_t l = d < head[d] ? head[d] - d : d - head[d];
            if (l < length && is_crossed(head, d)) best = d, length = l;
        }
        if (!best) return;
        head[best] = head[head[best]];
    }
}

static Str relation_of(Arena *a, const Tree *t, int32_t w, bool is_lifted)
{
    Str own = t->word[w].deprel, via = is_lifted ? t->word[t->word[w].head - 1].deprel : (Str){0};
    return via.n ? arena_printf(a, "%.*s|%.*s", STR(own), STR(via)) : own;
}

typedef struct { Str name; int32_t count; } Seen;
typedef SLICE(Seen) Seens;
/* a lifted relation seen fewer times is learnt as the plain one */
enum { LIFTED_LEAST = 4 };

static int32_t seen_at(Arena *a, Map *map, Seens *all, Str name)
{
    int32_t *at = map_at(map, name);
    if (*at < 0) {
        *at = all->n;
        *push(a, all) = (Seen){.name = name};
    }
    return *at;
}

/* The plain relations of the training trees first, then the lifted ones that are frequent; both in the order of the
** trees. */
static bool list_relations(School *c, const int32_t *const *head, Err *e)
{
    Arena *a = c->t->arena;
    Map map = {.to = a};
    Seens plain = {0}, lifted = {0};
    Map lifted_map = {.to = a};
    int32_t k = 0;
    for (int32_t i = 0; i < c->t->trees.n; i++)
        for (int32_t j = 0; j < c->t->trees.v[i].n; j++, k++) {
            const Tree *t = &c->t->trees.v[i].tree[j];
            for (int32_t w = 0; w < t->n; w++) {
                seen_at(a, &map, &plain, t->word[w].deprel);
                if (head[k][w + 1] == t->word[w].head) continue;
                int32_t at = seen_at(a, &lifted_map, &lifted, relation_of(a, t, w, true));
                lifted.v[at].count++;
            }
        }
    Strs names = {0};
    *push(a, &names) = (Str){0};
    for (int32_t i = 0; i < plain.n; i++) *push(a, &names) = plain.v[i].name;
    for (int32_t i = 0; i < lifted.n; i++)
        if (lifted.v[i].count >= LIFTED_LEAST) *push(a, &names) = lifted.v[i].name;
    if (names.n > RELATIONS)
        return fail(e, ERR_LIMIT, "the trees have %d relations, at most %d are learnt", names.n, RELATIONS);
    c->names = (Labels){names.v, names.n};
    return parse_relations(a, c->names, &c->relations, e);
}

static int32_t name_index(const Labels *l, Str name)
{
    for (int32_t i = 1; i < l->n; i++)
        if (str_eq(l->name[i], name)) return i;
    return 0;
}

static Case case_of(School *c, const Tree *t, const Sentence *s, int32_t *head)
{
    Arena *a = c->t->arena;
    int32_t n = t->n, *label = arena_new(a, int32_t, n + 1), *first = arena_new(a, int32_t, n + 1),
            *next = arena_new(a, int32_t, n + 1);
    for (int32_t w = 0; w <= n; w++) first[w] = next[w] = -1;
    for (int32_t w = n; w >= 1; w--) {
        label[w] = name_index(&c->names, relation_of(a, t, w - 1, head[w] != t->word[w - 1].head));
        if (!label[w]) label[w] = name_index(&c->names, t->word[w - 1].deprel);
        next[w] = first[head[w]];
        first[head[w]] = w;
    }
    return (Case){.s = s, .n = n, .head = head, .label = label, .first = first, .next = next, .gold = t->word};
}

static int32_t *projective(Arena *a, const Tree *t)
{
    int32_t *head = arena_new(a, int32_t, t->n + 1);
    for (int32_t w = 0; w < t->n; w++) head[w + 1] = t->word[w].head;
    lift(head, t->n);
    return head;
}

/* The same tree with its words in the other order. */
static Case turned(Arena *a, const Case *c)
{
    int32_t n = c->n, *head = arena_new(a, int32_t, n + 1), *label = arena_new(a, int32_t, n + 1),
            *first = arena_new(a, int32_t, n + 1), *next = arena_new(a, int32_t, n + 1);
    for (int32_t w = 0; w <= n; w++) first[w] = next[w] = -1;
    for (int32_t w = n; w >= 1; w--) {
        int32_t from = n + 1 - w;
        head[w] = c->head[from] ? n + 1 - c->head[from] : 0;
        label[w] = c->label[from];
        next[w] = first[head[w]];
        first[head[w]] = w;
    }
    return (Case){.s = c->s, .n = n, .head = head, .label = label, .first = first, .next = next, .gold = c->gold};
}

/* ---- the oracle -------------------------------------------------------------------------------------------------- */
/* How many arcs of the tree can no longer be made after each move. is_on: words on the stack. */
static void costs_of(const Case *c, const State *t, const bool *is_on, int32_t cost[MOVES])
{
    int32_t top = t->stack[t->top], next = t->next, later = 0;
    memset(cost, 0, MOVES * sizeof *cost);
    if (next <= t->n) {
        int32_t h = c->head[next];                       /* the root waits for its word to the end */
        cost[MOVE_SHIFT] = h > 0 && h < next && is_on[h] && h != top;
        for (int32_t d = c->first[next]; d >= 0; d = c->next[d]) cost[MOVE_SHIFT] += d < next && is_on[d];
    }
    if (t->top == 0) return;
    int32_t h = c->head[top], below = t->stack[t->top - 1];
    for (int32_t d = c->first[top]; d >= 0; d = c->next[d]) later += d >= next;
    cost[MOVE_LEFT] = later + ((h >= next && h != next) || h == below || h == 0);
    cost[MOVE_RIGHT] = later + (h >= next || (h == 0 && below != 0));
}

/* ---- one sentence ------------------------------------------------------------------------------------------------ */
typedef struct { int64_t moves, right_moves, arcs, right_relations; } Tally;

static int32_t dropped(School *c, uint64_t *f, int32_t n, float share)
{
    int32_t kept = 0;
    uint64_t bits = 0;
    for (int32_t i = 0; i < n; i++) {
        if (i % 4 == 0) bits = rng_next(&c->rng);
        if ((float)(bits & 0xFFFF) >= share * 65536.0f) f[kept++] = f[i];
        bits >>= 16;
    }
    return kept;
}

static void learn_move(School *c, Learner *l, const State *t, const int32_t cost[MOVES], int32_t least,
                       float score[MOVES], Tally *tally)
{
    uint64_t f[MOVE_FEATURES];
    uint32_t row[MOVE_FEATURES];
    float p[MOVES] = {0}, all = 0, right = 0, most = -INFINITY, gradient[MOVES];
    int32_t n = dropped(c, f, parse_move_features(t, f), c->set.drop_move), best = 0;
    learner_score(l, f, n, true, row, score);
    for (int m = 0; m < MOVES; m++)
        if (parse_is_legal(t, (Move)m) && score[m] > most) most = score[m], best = m;
    for (int m = 0; m < MOVES; m++) {
        if (!parse_is_legal(t, (Move)m)) continue;
        all += p[m] = expf(score[m] - most);
        if (cost[m] == least) right += p[m];
    }
    for (int m = 0; m < MOVES; m++) gradient[m] = p[m] / all - (cost[m] == least && right > 0 ? p[m] / right : 0);
    if (right / all < c->set.stop) learner_update(l, row, n, gradient);
    learner_tick(l);
    tally->moves++;
    tally->right_moves += cost[best] == least;
}

static int32_t best_relation(const RelationTable *r, const float *score)
{
    int32_t best = 0;
    for (int32_t l = 1; l < r->names.n; l++)
        if (l != r->root && (!best || score[l] > score[best])) best = l;
    return best;
}

/* a wrong relation as improbable as this is left alone: rows stay short */
static const float TINY = 0.003f;

static int32_t learn_relation(School *c, Learner *l, const Case *k, const State *t, int32_t head, int32_t dependent,
                              Tally *tally)
{
    if (head == 0) return c->relations.root;
    uint64_t f[RELATION_FEATURES];
    uint32_t row[RELATION_FEATURES];
    float score[LINEAR_CLASSES], gradient[LINEAR_CLASSES] = {0}, all = 0;
    int32_t n = dropped(c, f, parse_relation_features(t, head, dependent, f), c->set.drop_relation),
            right = k->label[dependent];
    learner_score(l, f, n, true, row, score);
    int32_t best = best_relation(&c->relations, score);
    if (k->head[dependent] != head) return best;         /* an arc that the tree does not have has no right relation */
    for (int32_t i = 1; i < c->names.n; i++)
        if (i != c->relations.root) all += gradient[i] = expf(score[i] - score[best]);
    for (int32_t i = 1; i < c->names.n; i++) {
        gradient[i] /= all;
        if (i != right && gradient[i] < TINY) gradient[i] = 0;
    }
    if (gradient[right] < c->set.stop) {
        gradient[right] -= 1;
        learner_update(l, row, n, gradient);
    }
    learner_tick(l);
    tally->arcs++;
    tally->right_relations += best == right;
    return best;
}

/* What is done next: mostly what the reading itself would do, so that it meets the states of its own mistakes. */
static Move next_move(School *c, const State *t, const int32_t cost[MOVES], int32_t least, const float score[MOVES],
                      bool is_first)
{
    int best = -1, second = -1, right = -1;
    for (int m = 0; m < MOVES; m++) {
        if (!parse_is_legal(t, (Move)m)) continue;
        if (cost[m] == least && (right < 0 || score[m] > score[right])) right = m;
        if (best < 0 || score[m] > score[best]) second = best, best = m;
        else if (second < 0 || score[m] > score[second]) second = m;
    }
    if (is_first || rng_unit(&c->rng) >= c->set.explore) return (Move)right;
    if (second >= 0 && rng_unit(&c->rng) < c->set.stray &&
        rng_unit(&c->rng) < 1 / (1 + exp(score[best] - score[second])))
        return (Move)second;
    return (Move)best;
}

typedef enum { SEE, LEARN_FIRST, LEARN } Mode;

static void take_lesson(School *c, Lessons *l, const Case *k, bool is_backward, Mode mode, Tally *tally)
{
    State t = parse_begin(&c->scratch, parse_atoms(&c->scratch, k->s, is_backward), k->n, k->guess);
    bool *is_on = arena_new(&c->scratch, bool, k->n + 2);
    is_on[0] = true;
    while (!parse_is_done(&t)) {
        int32_t cost[MOVES], least = INT32_MAX, label = 0;
        float score[MOVES] = {0};
        costs_of(k, &t, is_on, cost);
        for (int m = 0; m < MOVES; m++)
            if (parse_is_legal(&t, (Move)m) && cost[m] < least) least = cost[m];
        bool is_choice = parse_forced(&t) == MOVES;
        uint64_t f[MOVE_FEATURES > RELATION_FEATURES ? MOVE_FEATURES : RELATION_FEATURES];
        if (mode == SEE && is_choice) learner_see(l->move, f, parse_move_features(&t, f));
        if (mode != SEE && is_choice) learn_move(c, l->move, &t, cost, least, score, tally);
        Move m = next_move(c, &t, cost, least, score, mode != LEARN);
        if (m == MOVE_SHIFT) is_on[t.next] = true;
        else {
            int32_t head = parse_head(&t, m), dependent = parse_dependent(&t);
            is_on[dependent] = false;
            if (mode == SEE) learner_see(l->relation, f, parse_relation_features(&t, head, dependent, f));
            else label = learn_relation(c, l->relation, k, &t, head, dependent, tally);
            if (mode != LEARN) label = k->label[dependent];
        }
        parse_move(&t, m, label);
    }
    arena_reset(&c->scratch);
}

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- passes ------------------------------------------------------------------------------------------------------ */
static void shuffle(Rng *r, int32_t *order, int32_t n)
{
    for (int32_t i = n - 1; i > 0; i--) {
        int32_t k = rng_below(r, i + 1), x = order[i];
        order[i] = order[k];
        order[k] = x;
    }
}

enum { FOLD_RUN = 10 };                                  /* neighbours stay together: they are of one text */
static inline int32_t fold_of(int32_t i, int32_t folds) { return i / FOLD_RUN % folds; }

/* Learns from all cases but those of the fold `but` (-1: from all). */
static Lessons learn(School *c, const Cases *all, bool is_backward, int32_t passes, int32_t but)
{
    Lessons l = {learner_new(MOVES, c->set.rate_move), learner_new(c->names.n, c->set.rate_relation)};
    int32_t *order = arena_new(c->t->arena, int32_t, all->n), n = 0;
    for (int32_t i = 0; i < all->n; i++)
        if (but < 0 || fold_of(i, c->set.folds) != but) order[n++] = i;
    Tally tally = {0};
    for (int32_t i = 0; i < n; i++) take_lesson(c, &l, &all->v[order[i]], is_backward, SEE, &tally);
    learner_begin(l.move, c->set.seen);
    learner_begin(l.relation, c->set.seen);
    for (int32_t pass = 0; pass < passes; pass++) {
        double begin = cpu_seconds();
        tally = (Tally){0};
        shuffle(&c->rng, order, n);
        for (int32_t i = 0; i < n; i++)
            take_lesson(c, &l, &all->v[order[i]], is_backward, pass ? LEARN : LEARN_FIRST, &tally);
        if (but < 0)
            io_note("  pass %2d: %.2f %% of the moves right, %.2f %% of the relations; %d and %d features; %.1f s",
                    pass + 1, 100.0 * (double)tally.right_moves / (double)tally.moves,
                    100.0 * (double)tally.right_relations / (double)tally.arcs, learner_rows(l.move),
                    learner_rows(l.relation), cpu_seconds() - begin);
    }
    learner_average(l.move);
    learner_average(l.relation);
    return l;
}

static void forget(Lessons *l)
{
    learner_free(l->move);
    learner_free(l->relation);
}

/* ---- sections, and reading with them ----------------------------------------------------------------------------- */
typedef struct { Str move, relation; } Tables;

static bool tables_of(School *c, Lessons *l, int32_t rows_move, int32_t rows_relation, Tables *to, Reading *r, Err *e)
{
    Buf move = {.to = c->t->arena}, relation = {.to = c->t->arena};
    learner_prune(l->move, rows_move);
    learner_prune(l->relation, rows_relation);
    learner_write(l->move, 0, &move);
    learner_write(l->relation, c->set.least, &relation);
    *to = (Tables){buf_str(&move), buf_str(&relation)};
    return linear_of(to->move, &r->move, e) && linear_of(to->relation, &r->relation, e);
}

static void guess_case(School *c, const Reading *r, Case *k)
{
    State t = parse_begin(&c->scratch, parse_atoms(&c->scratch, k->s, true), k->n, NULL);
    parse_read(r, &c->relations, &t);
    k->guess = parse_guess(c->t->arena, &t);
    arena_reset(&c->scratch);
}

static bool guess_by_others(School *c, Cases *cases, const Cases *backward, Err *e)
{
    for (int32_t fold = 0; fold < c->set.folds; fold++) {
        Lessons l = learn(c, backward, true, c->set.fold_passes, fold);
        Tables tables;
        Reading r;
        bool ok = tables_of(c, &l, c->set.rows_back_move, c->set.rows_back_relation, &tables, &r, e);
        forget(&l);
        if (!ok) return false;
        for (int32_t i = 0; i < cases->n; i++)
            if (fold_of(i, c->set.folds) == fold) guess_case(c, &r, &cases->v[i]);
        io_note("  guesses %d of %d", fold + 1, c->set.folds);
    }
    return true;
}

/* ---- the step ---------------------------------------------------------------------------------------------------- */
static void settings(School *c)
{
    const Train *t = c->t;
    c->set = (Settings){
        .passes = (int32_t)train_option(t, "parse.passes", 10),
        .fold_passes = (int32_t)train_option(t, "parse.fold_passes", 5),
        .folds = (int32_t)train_option(t, "parse.folds", 4),
        .seen = (int32_t)train_option(t, "parse.seen", 3),
        .rate_move = (float)train_option(t, "parse.rate_move", 0.1),
        .rate_relation = (float)train_option(t, "parse.rate_relation", 0.15),
        .drop_move = (float)train_option(t, "parse.drop_move", 0.25),
        .drop_relation = (float)train_option(t, "parse.drop_relation", 0.3),
        .stop = (float)train_option(t, "parse.stop", 0.9),
        .explore = (float)train_option(t, "parse.explore", 0.9),
        .stray = (float)train_option(t, "parse.stray", 0.2),
        .rows_move = (int32_t)train_option(t, "parse.rows_move", 350000),
        .rows_relation = (int32_t)train_option(t, "parse.rows_relation", 120000),
        .rows_back_move = (int32_t)train_option(t, "parse.rows_back_move", 150000),
        .rows_back_relation = (int32_t)train_option(t, "parse.rows_back_relation", 60000),
        .least = (float)train_option(t, "parse.least", 0.01),
    };
}

static bool make_cases(School *c, Cases *cases, Err *e)
{
    Arena *a = c->t->arena;
    SLICE(int32_t *) head = {0};
    for (int32_t i = 0; i < c->t->trees.n; i++)
        for (int32_t j = 0; j < c->t->trees.v[i].n; j++) *push(a, &head) = projective(a, &c->t->trees.v[i].tree[j]);
    if (!list_relations(c, (const int32_t *const *)head.v, e)) return false;
    int32_t k = 0;
    for (int32_t i = 0; i < c->t->trees.n; i++)
        for (int32_t j = 0; j < c->t->trees.v[i].n; j++)
            *push(a, cases) = case_of(c, &c->t->trees.v[i].tree[j], &c->t->trees.v[i].sentence[j], head.v[k++]);
    return true;
}

static Str without_subtype(Str relation)
{
    ptrdiff_t at = str_find(relation, S(":"));
    return at < 0 ? relation : str_sub(relation, 0, at);
}

static bool measure(School *c, Err *e)
{
    Model *m = train_model(c->t, e);
    Parser *p = m ? parser_of(c->t->arena, m, e) : NULL;
    for (int32_t i = 0; p && i < c->t->trees_dev.n; i++) {
        const TrainTrees *dev = &c->t->trees_dev.v[i];
        int64_t words = 0, heads = 0, both = 0;
        double seconds = 0;
        for (int32_t j = 0; j < dev->n; j++) {
            const Tree *t = &dev->tree[j];
            int32_t *head = arena_new(&c->scratch, int32_t, t->n), *label = arena_new(&c->scratch, int32_t, t->n);
            double begin = cpu_seconds();
            parser_tree(&c->scratch, p, &dev->sentence[j], head, label);
            seconds += cpu_seconds() - begin;
            for (int32_t w = 0; w < t->n; w++) {
                bool is_head = head[w] == t->word[w].head;
                heads += is_head;
                both +=
                    is_head && str_eq(without_subtype(parser_label(p, label[w])), without_subtype(t->word[w].deprel));
            }
            words += t->n;
            arena_reset(&c->scratch);
        }
        if (!words) continue;
        train_score(c->t, "UAS", dev->corpus, 100.0 * (double)heads / (double)words);
        train_score(c->t, "LAS", dev->corpus, 100.0 * (double)both / (double)words);
        io_note("  %.2f µs a word", seconds * 1e6 / (double)words);
    }
    model_close(m);
    return p != NULL;
}

static Str features_section(Arena *a)
{
    Buf b = {.to = a};
    uint64_t print = parse_print(a);
    model_put_u32(&b, (uint32_t)print);
    model_put_u32(&b, (uint32_t)(print >> 32));
    return buf_str(&b);
}

static bool teach(School *c, Err *e)
{
    Arena *a = c->t->arena;
    Cases cases = {0}, backward = {0};
    Tables tables;
    Reading r;
    if (!make_cases(c, &cases, e)) return false;
    Buf names = {.to = a};
    labels_write(&c->names, &names);
    train_section(c->t, "parse.relations", buf_str(&names));
    train_section(c->t, "parse.features", features_section(a));
    if (c->set.folds > 1) {
        for (int32_t i = 0; i < cases.n; i++) *push(a, &backward) = turned(a, &cases.v[i]);
        if (!guess_by_others(c, &cases, &backward, e)) return false;
        Lessons l = learn(c, &backward, true, c->set.fold_passes, -1);
        bool ok = tables_of(c, &l, c->set.rows_back_move, c->set.rows_back_relation, &tables, &r, e);
        forget(&l);
        if (!ok) return false;
        train_section(c->t, "parse.back.move", tables.move);
        train_section(c->t, "parse.back.relation", tables.relation);
    }
    Lessons l = learn(c, &cases, false, c->set.passes, -1);
    bool ok = tables_of(c, &l, c->set.rows_move, c->set.rows_relation, &tables, &r, e);
    forget(&l);
    if (!ok) return false;
    train_section(c->t, "parse.move", tables.move);
    train_section(c->t, "parse.relation", tables.relation);
    return measure(c, e);
}

bool train_parser(Train *t, Err *e)
{
    School c = {.t = t, .scratch = {.landing = t->arena->landing}, .rng = rng_seed(train_seed(t, "parser"))};
    settings(&c);
    bool ok = teach(&c, e);
    arena_close(&c.scratch);
    return ok;
}
