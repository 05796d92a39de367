/* The conflict as a cube: one array cell for each of the 2^options combinations, and every solution concept a few sweeps
** over the arrays. For millions of states.
**
** Where states are bit strings, two moves of one player in a row are one move, so that nobody may move twice in a row
** never binds: what the others can bring about is closed under each one's moves. Each concept then asks for a least
** value over such a closed set, and a least value is found by sweeping: a player's block of states (equal but for its own
** options) takes over the least value of all that it can move to, player after player, until nothing changes.
**
**   R      P(s) = best own move                       best: the largest P over the own block
**   GMR    the largest over own moves s1 of (least P the others can bring about from s1) ≤ P(s)
**   SMR    every better own move s1 has (least over the same of `best`) ≤ P(s)
**   SEQ, SSEQ   as GMR, SMR, over what the others bring about with improvements of the mover only
**
** In a block all changes at once are one move, so a sweep runs over its bits one by one; infeasible combinations inside
** a block pass values on (they are no stop on the way) and lose them before the next player's turn. Improvements follow
** the block's states in the order of the mover's preference, worked out once. When sweeping does not settle in a few
** rounds (long chains of answers), a search from the least values backwards does the rest in time linear in the moves.
**
** Always: the same bits as graph_solve. Cost: options × states a sweep; memory 4 bytes a state for each player's key, 4 for
** its order, and 16 for each thread.
*/
#include "base/io.h"
#include "foresee/conflict.h"
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BITS = 13 };                                /* 32 KiB of cells: a first-level cache */
int cube_sweeps = 24;
#define NEVER UINT32_MAX

typedef struct {
    const Conflict *c;
    uint64_t *out;                                       /* infeasible combinations; NULL: none */
    uint32_t *order[PLAYERS_MAX];                        /* of each block: its states, the dearest first */
    Stability *to;
    int32_t next;                                        /* player to be solved; under `next_lock` */
    pthread_mutex_t next_lock;
} Cube;

typedef struct { Cube *cube; uint32_t *best, *value, *before, *held; uint64_t *done; uint32_t *stack; } Worker;

/* ---- sweeps over the bits of a player ------------------------------------------------------------------------------- */
static inline uint32_t larger(uint32_t x, uint32_t y) { return x > y ? x : y; }
static inline uint32_t smaller(uint32_t x, uint32_t y) { return x < y ? x : y; }

#define SWEEP_BIT(NAME, TAKE)                                                                                          \
    static void NAME(uint32_t *restrict v, uint32_t n, uint32_t half, bool up, bool down)                             \
    {                                                                                                                  \
        for (uint32_t at = 0; at < n; at += 2 * half) {                                                                \
            uint32_t *restrict low = v + at, *restrict high = v + at + half;                                           \
            if (up && down)                                                                                            \
                for (uint32_t i = 0; i < half; i++) low[i] = high[i] = TAKE(low[i], high[i]);                          \
            else if (up)                                                                                               \
                for (uint32_t i = 0; i < half; i++) low[i] = TAKE(low[i], high[i]);                                    \
            else if (down)                                                                                             \
                for (uint32_t i = 0; i < half; i++) high[i] = TAKE(low[i], high[i]);                                   \
        }                                                                                                              \
    }
SWEEP_BIT(sweep_larger, larger)
SWEEP_BIT(sweep_smaller, smaller)

/* Every cell takes over the largest (or least) value of all that the player's moves lead to, and its own. */
static void sweep(const Conflict *c, int32_t p, uint32_t *v, bool is_largest)
{
    void (*one)(uint32_t *restrict, uint32_t, uint32_t, bool, bool) = is_largest ? sweep_larger : sweep_smaller;
    uint32_t block = c->size < 1u << BLOCK_BITS ? c->size : 1u << BLOCK_BITS;
    int32_t first = c->first[p], end = first + c->count[p];
    if (first < BLOCK_BITS)
        for (uint32_t at = 0; at < c->size; at += block)
            for (int32_t b = first; b < end && b < BLOCK_BITS; b++) one(v + at, block, 1u << b, !(c->away >> b & 1), !(c->stays >> b & 1));
    for (int32_t b = first > BLOCK_BITS ? first : BLOCK_BITS; b < end; b++) one(v, c->size, 1u << b, !(c->away >> b & 1), !(c->stays >> b & 1));
}

static void mask_out(const Cube *x, uint32_t *v, uint32_t with)
{
    if (!x->out) return;
    for (uint32_t w = 0; w < (x->c->size + 63) / 64; w++)
        for (uint64_t bits = x->out[w]; bits; bits &= bits - 1) {
            uint32_t s = w * 64 + (uint32_t)__builtin_ctzll(bits);
            if (s < x->c->size) v[s] = with;
        }
}

/* The least value of all that the others can bring about by any moves. */
static void others_least(Worker *w, int32_t player, uint32_t *v)
{
    const Cube *x = w->cube;
    const Conflict *c = x->c;
    mask_out(x, v, NEVER);
    for (;;) {
        if (x->out) memcpy(w->before, v, (size_t)c->size * sizeof *v);
        for (int32_t p = 0; p < c->n_players; p++) {
            if (p == player) continue;
            sweep(c, p, v, false);
            mask_out(x, v, NEVER);
        }
        if (!x->out || !memcmp(w->before, v, (size_t)c->size * sizeof *v)) return;
    }
}

/* ---- improvements ------------------------------------------------------------------------------------------------------ */
static bool is_allowed(const Conflict *c, int32_t p, uint32_t from, uint32_t to)
{
    uint32_t stays = c->stays >> c->first[p], away = c->away >> c->first[p];
    return !(from & ~to & stays) && !(to & ~from & away);
}

static bool is_free(const Conflict *c, int32_t p)
{
    uint32_t mask = ((1u << c->count[p]) - 1) << c->first[p];
    return !((c->stays | c->away) & mask);
}

static void order_block(const uint32_t *key, uint32_t at, uint32_t step, uint32_t n, uint32_t *order)
{
    uint32_t gap = 1;                                    /* Shell's sort: blocks have 2 to 65536 states */
    for (uint32_t i = 0; i < n; i++) order[i] = (uint32_t)i;
    while (gap < n / 3) gap = 3 * gap + 1;
    for (; gap; gap /= 3)
        for (uint32_t i = gap; i < n; i++) {
            uint32_t one = order[i];
            uint32_t k = i, worth = key[at + one * step];
            for (; k >= gap; k -= gap) {
                uint32_t other = key[at + order[k - gap] * step];
                if (other > worth || (other == worth && order[k - gap] < one)) break;
                order[k] = order[k - gap];
            }
            order[k] = one;
        }
}

/* Runs over the blocks of a player: the first state of each, states `step` apart, n of them. */
#define EACH_BLOCK(c, p, at, index)                                                                                    \
    for (uint32_t step = 1u << (c)->first[p], n = 1u << (c)->count[p], span = step << (c)->count[p], base = 0, index = 0; \
         base < (c)->size; base += span)                                                                               \
        for (uint32_t at = base; at < base + step; at++, index++)

static void order_blocks(const Conflict *c, int32_t p, uint32_t *order)
{
    EACH_BLOCK(c, p, at, index) order_block(c->key[p], at, step, n, order + (size_t)index * n);
}

/* Every state of p's block takes over the least value of the states that are better for p. */
static bool sweep_improving_free(const Conflict *c, int32_t p, const uint32_t *order, uint32_t *v)
{
    const uint32_t *key = c->key[p];
    bool has_changed = false;
    EACH_BLOCK(c, p, at, index) {
        const uint32_t *o = order + (size_t)index * n;
        uint32_t least = NEVER, group = NEVER, group_key = 0;
        for (uint32_t i = 0; i < n; i++) {
            uint32_t s = at + o[i] * step;
            if (key[s] != group_key || !i) { least = smaller(least, group); group = NEVER; group_key = key[s]; }
            group = smaller(group, v[s]);
            if (least < v[s] && v[s] != NEVER) { v[s] = least; has_changed = true; }
        }
    }
    return has_changed;
}

static bool sweep_improving_bound(const Conflict *c, int32_t p, uint32_t *v)
{
    const uint32_t *key = c->key[p];
    bool has_changed = false;
    EACH_BLOCK(c, p, at, index) {
        for (uint32_t i = 0; i < n; i++) {
            uint32_t s = at + i * step, least = v[s];
            if (least == NEVER) continue;                /* infeasible */
            for (uint32_t k = 0; k < n; k++) {
                uint32_t t = at + k * step;
                if (key[t] > key[s] && v[t] < least && is_allowed(c, p, i, k)) least = v[t];
            }
            if (least < v[s]) { v[s] = least; has_changed = true; }
        }
    }
    return has_changed;
}

typedef struct { uint32_t value, state; } Least;
static int least_cmp(const void *x, const void *y)
{
    const Least *a = x, *b = y;
    if (a->value != b->value) return (a->value > b->value) - (a->value < b->value);
    return (a->state > b->state) - (a->state < b->state);
}

/* From the least values backwards: each state is reached once, by the least value that it leads to. */
static void search_back(Worker *w, int32_t player, uint32_t *v)
{
    const Conflict *c = w->cube->c;
    Least *sorted = malloc((size_t)c->size * sizeof *sorted);
    if (!sorted) return;                                 /* the sweeps that follow find the same, slower */
    for (uint32_t s = 0; s < c->size; s++) sorted[s] = (Least){v[s], s};
    qsort(sorted, c->size, sizeof *sorted, least_cmp);
    memset(w->done, 0, (size_t)(c->size / 64 + 1) * sizeof *w->done);
    for (uint32_t i = 0; i < c->size && sorted[i].value != NEVER; i++) {
        uint32_t top = 0;
        if (bit_at(w->done, sorted[i].state)) continue;
        w->stack[top++] = sorted[i].state;
        w->done[sorted[i].state >> 6] |= (uint64_t)1 << (sorted[i].state & 63);
        while (top) {
            uint32_t s = w->stack[--top];
            v[s] = sorted[i].value;
            for (int32_t p = 0; p < c->n_players; p++) {
                if (p == player) continue;
                uint32_t mask = ((1u << c->count[p]) - 1) << c->first[p], own = (s & mask) >> c->first[p];
                for (uint32_t k = 0; k < 1u << c->count[p]; k++) {
                    uint32_t t = (s & ~mask) | k << c->first[p];
                    if (bit_at(w->done, t) || c->key[p][t] >= c->key[p][s] || v[t] == NEVER || !is_allowed(c, p, k, own)) continue;
                    w->done[t >> 6] |= (uint64_t)1 << (t & 63);
                    w->stack[top++] = t;
                }
            }
        }
    }
    free(sorted);
}

static void others_improving_least(Worker *w, int32_t player, uint32_t *v)
{
    const Conflict *c = w->cube->c;
    mask_out(w->cube, v, NEVER);
    for (int round = 0;; round++) {
        bool has_changed = false;
        for (int32_t p = 0; p < c->n_players; p++) {
            if (p == player) continue;
            has_changed |= is_free(c, p) ? sweep_improving_free(c, p, w->cube->order[p], v) : sweep_improving_bound(c, p, v);
        }
        if (!has_changed) return;
        if (round == cube_sweeps) search_back(w, player, v);
    }
}

/* ---- verdicts ------------------------------------------------------------------------------------------------------------ */
static void put(Worker *w, Concept how, int32_t p, uint32_t s, bool is_stable)
{
    const Conflict *c = w->cube->c;
    int32_t number = c->number ? c->number[s] : (int32_t)s;
    if (is_stable && number >= 0) w->cube->to->bits[how][p][number >> 6] |= (uint64_t)1 << (number & 63);
}

/* GMR and SEQ: the dearest answered move must be no better than staying. */
static void judge_plain(Worker *w, Concept how, int32_t p, uint32_t *v)
{
    const Conflict *c = w->cube->c;
    mask_out(w->cube, v, 0);
    sweep(c, p, v, true);
    for (uint32_t s = 0; s < c->size; s++) put(w, how, p, s, v[s] <= c->key[p][s]);
}

/* SMR and SSEQ: of the better moves alone. */
static void judge_free(Worker *w, Concept how, int32_t p, const uint32_t *v)
{
    const Conflict *c = w->cube->c;
    const uint32_t *key = c->key[p];
    EACH_BLOCK(c, p, at, index) {
        const uint32_t *o = w->cube->order[p] + (size_t)index * n;
        uint32_t most = 0, group = 0, group_key = 0;
        for (uint32_t i = 0; i < n; i++) {
            uint32_t s = at + o[i] * step;
            if (key[s] != group_key || !i) { most = larger(most, group); group = 0; group_key = key[s]; }
            if (v[s] != NEVER) group = larger(group, v[s]);
            put(w, how, p, s, most <= key[s]);
        }
    }
}

static void judge_bound(Worker *w, Concept how, int32_t p, const uint32_t *v)
{
    const Conflict *c = w->cube->c;
    const uint32_t *key = c->key[p];
    EACH_BLOCK(c, p, at, index) {
        for (uint32_t i = 0; i < n; i++) {
            uint32_t s = at + i * step;
            bool is_stable = true;
            for (uint32_t k = 0; is_stable && k < n; k++) {
                uint32_t t = at + k * step;
                is_stable = key[t] <= key[s] || v[t] == NEVER || v[t] <= key[s] || !is_allowed(c, p, i, k);
            }
            put(w, how, p, s, is_stable);
        }
    }
}

static void solve_player(Worker *w, int32_t p)
{
    const Conflict *c = w->cube->c;
    size_t bytes = (size_t)c->size * sizeof(uint32_t);
    void (*judge)(Worker *, Concept, int32_t, const uint32_t *) = is_free(c, p) ? judge_free : judge_bound;
    memcpy(w->best, c->key[p], bytes);
    mask_out(w->cube, w->best, 0);
    sweep(c, p, w->best, true);
    for (uint32_t s = 0; s < c->size; s++) put(w, STABLE_R, p, s, w->best[s] <= c->key[p][s]);
    memcpy(w->value, c->key[p], bytes);
    others_least(w, p, w->value);
    judge_plain(w, STABLE_GMR, p, w->value);
    memcpy(w->value, w->best, bytes);
    others_least(w, p, w->value);
    judge(w, STABLE_SMR, p, w->value);
    memcpy(w->value, c->key[p], bytes);
    others_improving_least(w, p, w->value);
    judge_plain(w, STABLE_SEQ, p, w->value);
    memcpy(w->value, w->best, bytes);
    others_improving_least(w, p, w->value);
    judge(w, STABLE_SSEQ, p, w->value);
}

static void *work(void *with)
{
    Worker *w = with;
    Cube *x = w->cube;
    for (;;) {
        pthread_mutex_lock(&x->next_lock);
        int32_t p = x->next++;
        pthread_mutex_unlock(&x->next_lock);
        if (p >= x->c->n_players) return NULL;
        solve_player(w, p);
    }
}

static void *order_work(void *with)
{
    Cube *x = with;
    for (;;) {
        pthread_mutex_lock(&x->next_lock);
        int32_t p = x->next++;
        pthread_mutex_unlock(&x->next_lock);
        if (p >= x->c->n_players) return NULL;
        if (x->order[p]) order_blocks(x->c, p, x->order[p]);
    }
}

enum { THREADS_MAX = 64 };

static void run_all(void *(*run)(void *), void *with, ptrdiff_t size, int threads)
{
    IoThread thread[THREADS_MAX];
    bool is_started[THREADS_MAX] = {false};
    for (int t = 1; t < threads; t++) is_started[t] = io_thread_start(&thread[t], run, (char *)with + t * size);
    run(with);
    for (int t = 1; t < threads; t++)
        if (is_started[t]) io_thread_join(&thread[t]);
}

void cube_solve(Arena *a, const Conflict *c, int threads, Stability *to)
{
    Cube x = {.c = c, .to = to, .next_lock = PTHREAD_MUTEX_INITIALIZER};
    Worker worker[THREADS_MAX];
    if (threads > c->n_players) threads = c->n_players;
    if (threads > THREADS_MAX) threads = THREADS_MAX;
    if (threads < 1) threads = 1;
    if (c->number && c->n < (int32_t)c->size) {
        x.out = arena_new(a, uint64_t, c->size / 64 + 1);
        for (uint32_t s = 0; s < c->size; s++)
            if (c->number[s] < 0) x.out[s >> 6] |= (uint64_t)1 << (s & 63);
    }
    for (int32_t p = 0; p < c->n_players; p++)           
        x.order[p] = is_free(c, p) ? arena_new(a, uint32_t, c->size) : NULL;
    for (int t = 0; t < threads; t++) {
        worker[t] = (Worker){.cube = &x, .best = arena_new(a, uint32_t, c->size), .value = arena_new(a, uint32_t, c->size),
                             .before = arena_new(a, uint32_t, c->size), .done = arena_new(a, uint64_t, c->size / 64 + 1)};
        worker[t].stack = worker[t].before;              /* never needed together */
    }
    run_all(order_work, &x, 0, threads);
    x.next = 0;
    run_all(work, worker, sizeof *worker, threads);
    pthread_mutex_destroy(&x.next_lock);
}
