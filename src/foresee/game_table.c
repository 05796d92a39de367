/* A game as the table of its strategies; all pure equilibria; how much anybody gains by leaving a profile.
**
** A reduced strategy of a tree says what to do in the information sets that one's own earlier choices can lead to. What a
** combination of strategies pays is the sum over the ends that it leaves open, each weighed by its chances. Payoffs are
** compared exactly, as whole numbers of one common unit, where such a unit fits 62 bits; else to 1e-12 of their size.
*/
#include "foresee/game.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SETS_LISTED_MAX = 5000, STRATEGIES_MAX = 100000, LEAVES_MAX = 100000, PURE_MAX = 20000, WORK_MAX = 400000000 };

typedef struct {
    Arena *a;
    const Game *g;
    int32_t player;
    SLICE(int32_t *) all;
    int32_t *now;
    bool is_cut;
} Lister;

/* Set by set in order of appearance; a set whose way is not taken stays at -1. */
static void list_from(Lister *l, int32_t k)
{
    const Ints *order = &l->g->order[l->player];
    if (l->is_cut) return;
    if (k == order->n) {
        if (l->all.n == STRATEGIES_MAX) { l->is_cut = true; return; }
        int32_t *copy = arena_new(l->a, int32_t, order->n + 1);
        memcpy(copy, l->now, (size_t)order->n * sizeof *copy);
        *push(l->a, &l->all) = copy;
        return;
    }
    const GameSet *s = &l->g->sets.v[order->v[k]];
    bool is_open = s->before < 0 || !l->g->has_recall;
    for (int32_t i = 0; !is_open && i < k; i++)
        if (order->v[i] == s->before) is_open = l->now[i] == s->before_action;
    if (!is_open) {
        l->now[k] = -1;
        list_from(l, k + 1);
        return;
    }
    for (int32_t c = 0; c < s->actions.n; c++) {
        l->now[k] = c;
        list_from(l, k + 1);
    }
}

/* ---- ends and what they are worth ----------------------------------------------------------------------------------- */
typedef struct { int32_t node; double chance; long long num, den; bool is_exact; } Leaf;

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) { int64_t t = a % b; a = b; b = t; }
    return a < 0 ? -a : a;
}

static bool times(Ratio *x, Ratio by)
{
    int64_t g = gcd(x->num, by.den), h = gcd(by.num, x->den);
    if (!g) g = 1;
    if (!h) h = 1;
    return !__builtin_mul_overflow(x->num / g, by.num / h, &x->num) && !__builtin_mul_overflow(x->den / h, by.den / g, &x->den);
}

/* Chances of a node from the root; false where they do not fit. */
static bool chance_of(const Game *g, int32_t node, Ratio *exact, double *near)
{
    bool fits = true;
    *exact = (Ratio){1, 1};
    *near = 1;
    for (int32_t at = node; g->nodes.v[at].parent >= 0; at = g->nodes.v[at].parent) {
        const GameNode *up = &g->nodes.v[g->nodes.v[at].parent];
        if (up->kind != NODE_CHANCE) continue;
        Ratio c = g->sets.v[up->set].chance[g->nodes.v[at].action];
        *near *= ratio_double(c);
        fits = fits && times(exact, c);
    }
    return fits;
}

typedef struct {
    const Game *g;
    int32_t n_leaves, words;
    int32_t *leaf;                                       /* nodes with payoffs */
    double *pays;                                        /* leaf × players, weighed by chance */
    int64_t *exact;
    double unit;
    uint64_t **open[GAME_PLAYERS_MAX];                   /* [player][strategy]: leaves it leaves open */
} Leaves;

static bool leaves_of(Arena *a, const Game *g, Leaves *l)
{
    int32_t np = g->players.n;
    l->g = g;
    for (int32_t i = 0; i < g->nodes.n; i++) l->n_leaves += g->nodes.v[i].pays != NULL;
    if (l->n_leaves > LEAVES_MAX) return false;
    l->words = l->n_leaves / 64 + 1;
    l->leaf = arena_new(a, int32_t, l->n_leaves + 1);
    l->pays = arena_new(a, double, (ptrdiff_t)l->n_leaves * np + 1);
    l->exact = arena_new(a, int64_t, (ptrdiff_t)l->n_leaves * np + 1);
    Ratio *value = arena_new(a, Ratio, (ptrdiff_t)l->n_leaves * np + 1);
    int64_t unit = 1;
    bool fits = true;
    int32_t k = 0;
    for (int32_t i = 0; i < g->nodes.n; i++) {
        Ratio chance;
        double near;
        if (!g->nodes.v[i].pays) continue;
        fits &= chance_of(g, i, &chance, &near);
        for (int32_t p = 0; p < np; p++) {
            Ratio x = g->nodes.v[i].pays[p];
            l->pays[k * np + p] = near * ratio_double(x);
            fits = fits && times(&x, chance);
            value[k * np + p] = x;
            if (fits && __builtin_mul_overflow(unit / gcd(unit, x.den), x.den, &unit)) fits = false;
        }
        l->leaf[k++] = i;
    }
    for (int32_t i = 0; fits && i < k * np; i++)
        fits = !__builtin_mul_overflow(value[i].num, unit / value[i].den, &l->exact[i]) && llabs((long long)l->exact[i]) < ((int64_t)1 << 62) / (k + 1);
    l->unit = (double)unit;
    if (!fits) l->exact = NULL;
    return true;
}

static bool is_open_to(const Leaves *l, int32_t player, const int32_t *choice, int32_t leaf)
{
    const Game *g = l->g;
    for (int32_t at = l->leaf[leaf]; g->nodes.v[at].parent >= 0; at = g->nodes.v[at].parent) {
        const GameNode *up = &g->nodes.v[g->nodes.v[at].parent];
        if (up->kind != NODE_ACTOR || g->sets.v[up->set].player != player) continue;
        int32_t k = 0;
        while (g->order[player].v[k] != up->set) k++;
        if (choice[k] != g->nodes.v[at].action) return false;
    }
    return true;
}

static void open_leaves(Arena *a, Leaves *l, const GameTable *t)
{
    for (int32_t p = 0; p < t->n_players; p++) {
        l->open[p] = arena_new(a, uint64_t *, t->counts[p] + 1);
        for (int32_t s = 0; s < t->counts[p]; s++) {
            l->open[p][s] = arena_new(a, uint64_t, l->words);
            for (int32_t k = 0; k < l->n_leaves; k++)
                if (is_open_to(l, p, t->choice[p] + (ptrdiff_t)s * l->g->order[p].n, k)) l->open[p][s][k / 64] |= (uint64_t)1 << (k % 64);
        }
    }
}

static void fill_cell(const Leaves *l, GameTable *t, int64_t cell, uint64_t *open)
{
    int64_t rest = cell;
    int32_t np = t->n_players;
    memset(open, 0xFF, (size_t)l->words * sizeof *open);
    for (int32_t p = 0; p < np; p++) {
        const uint64_t *own = l->open[p][rest % t->counts[p]];
        rest /= t->counts[p];
        for (int32_t w = 0; w < l->words; w++) open[w] &= own[w];
    }
    for (int32_t w = 0; w < l->words; w++)
        for (uint64_t bits = open[w]; bits; bits &= bits - 1) {
            int32_t k = w * 64 + __builtin_ctzll(bits);
            if (k >= l->n_leaves) break;
            for (int32_t p = 0; p < np; p++) {
                t->pays[cell * np + p] += l->pays[k * np + p];
                if (t->exact) t->exact[cell * np + p] += l->exact[k * np + p];
            }
        }
}

static bool table_of_tree(Arena *a, const Game *g, GameTable *t, Err *e)
{
    Leaves l = {0};
    if (!leaves_of(a, g, &l)) return fail(e, ERR_LIMIT, "the tree has more than %d ends; its strategies are not listed", LEAVES_MAX);
    t->choice = arena_new(a, int32_t *, t->n_players + 1);
    for (int32_t p = 0; p < t->n_players; p++) {
        Lister x = {.a = a, .g = g, .player = p, .now = arena_new(a, int32_t, g->order[p].n + 1)};
        if (g->order[p].n > SETS_LISTED_MAX) return fail(e, ERR_LIMIT, "a player has more than %d information sets; strategies are not listed", SETS_LISTED_MAX);
        list_from(&x, 0);
        t->counts[p] = x.all.n;
        t->n_cells *= x.all.n;
        if (x.is_cut || t->n_cells > GAME_CELLS_MAX || t->n_cells * l.words > WORK_MAX)
            return fail(e, ERR_LIMIT, "the tree has more than %d combinations of strategies; they are not listed", GAME_CELLS_MAX);
        t->choice[p] = arena_new(a, int32_t, (ptrdiff_t)x.all.n * g->order[p].n + 1);
        for (int32_t s = 0; s < x.all.n && g->order[p].n; s++)
            memcpy(t->choice[p] + (ptrdiff_t)s * g->order[p].n, x.all.v[s], (size_t)g->order[p].n * sizeof(int32_t));
    }
    t->pays = arena_new(a, double, t->n_cells * t->n_players + 1);
    t->exact = l.exact ? arena_new(a, int64_t, t->n_cells * t->n_players + 1) : NULL;
    t->unit = l.unit;
    open_leaves(a, &l, t);
    uint64_t *open = arena_new(a, uint64_t, l.words);
    for (int64_t cell = 0; cell < t->n_cells; cell++) fill_cell(&l, t, cell, open);
    return true;
}

static void table_of_cells(Arena *a, const Game *g, GameTable *t)
{
    int64_t n = g->n_cells * t->n_players, unit = 1;
    bool fits = true;
    t->n_cells = g->n_cells;
    for (int32_t p = 0; p < t->n_players; p++) t->counts[p] = g->counts[p];
    t->pays = arena_new(a, double, n + 1);
    t->exact = arena_new(a, int64_t, n + 1);
    for (int64_t i = 0; i < n; i++) {
        t->pays[i] = ratio_double(g->cells[i]);
        if (fits && __builtin_mul_overflow(unit / gcd(unit, g->cells[i].den), g->cells[i].den, &unit)) fits = false;
    }
    for (int64_t i = 0; fits && i < n; i++) fits = !__builtin_mul_overflow(g->cells[i].num, unit / g->cells[i].den, &t->exact[i]);
    if (!fits) t->exact = NULL;
    t->unit = (double)unit;
}

bool game_table(Arena *a, const Game *g, GameTable *t, Err *e)
{
    *t = (GameTable){.n_players = g->players.n, .counts = arena_new(a, int32_t, g->players.n + 1), .n_cells = 1};
    if (g->is_tree) return table_of_tree(a, g, t, e);
    table_of_cells(a, g, t);
    return true;
}

/* ---- pure equilibria -------------------------------------------------------------------------------------------------- */
static bool is_better(const GameTable *t, int64_t one, int64_t other)
{
    if (t->exact) return t->exact[one] > t->exact[other];
    return t->pays[one] > t->pays[other] + 1e-12 * (1 + fabs(t->pays[one]) + fabs(t->pays[other]));
}

static bool is_equilibrium(const GameTable *t, int64_t cell)
{
    int64_t stride = 1;
    for (int32_t p = 0; p < t->n_players; p++) {
        int64_t own = cell / stride % t->counts[p];
        for (int64_t s = 0; s < t->counts[p]; s++)
            if (is_better(t, (cell + (s - own) * stride) * t->n_players + p, cell * t->n_players + p)) return false;
        stride *= t->counts[p];
    }
    return true;
}

static double *profile_of(Arena *a, const Game *g, const GameTable *t, int64_t cell)
{
    double *p = arena_new(a, double, g->n_actions + 1);
    int32_t at = 0;
    for (int32_t k = 0; k < t->n_players; k++) {
        int32_t own = (int32_t)(cell % t->counts[k]);
        cell /= t->counts[k];
        if (!g->is_tree) { p[at + own] = 1; at += g->counts[k]; continue; }
        for (int32_t i = 0; i < g->order[k].n; i++) {
            int32_t choice = t->choice[k][(ptrdiff_t)own * g->order[k].n + i];
            if (choice >= 0) p[g->sets.v[g->order[k].v[i]].first + choice] = 1;
        }
    }
    return p;
}

void game_pure(Arena *a, const Game *g, const GameTable *t, Profiles *to)
{
    *to = (Profiles){0};
    for (int64_t cell = 0; cell < t->n_cells; cell++) {
        if (!is_equilibrium(t, cell)) continue;
        if (to->all.n == PURE_MAX) { to->is_cut = true; return; }
        *push(a, &to->all) = (Profile){.p = profile_of(a, g, t, cell), .is_checked = true};
    }
}

/* ---- what a profile pays, and what leaving it would gain ----------------------------------------------------------------- */
static void values_tree(const Game *g, const double *p, double *reach, double *value)
{
    for (int32_t k = 0; k < g->players.n; k++) value[k] = 0;
    for (int32_t i = 0; i < g->nodes.n; i++) {
        const GameNode *n = &g->nodes.v[i];
        reach[i] = 1;
        if (n->parent >= 0) {
            const GameSet *s = &g->sets.v[g->nodes.v[n->parent].set];
            reach[i] = reach[n->parent] * (s->player < 0 ? ratio_double(s->chance[n->action]) : p[s->first + n->action]);
        }
        if (n->pays)
            for (int32_t k = 0; k < g->players.n; k++) value[k] += reach[i] * ratio_double(n->pays[k]);
    }
}

void game_values(Arena *a, const Game *g, const double *p, double *value)
{
    if (g->is_tree) { values_tree(g, p, arena_new(a, double, g->nodes.n + 1), value); return; }
    for (int32_t k = 0; k < g->players.n; k++) value[k] = 0;
    for (int64_t cell = 0; cell < g->n_cells; cell++) {
        double chance = 1;
        int64_t rest = cell;
        for (int32_t k = 0, at = 0; k < g->players.n && chance > 0; at += g->counts[k++]) {
            chance *= p[at + rest % g->counts[k]];
            rest /= g->counts[k];
        }
        for (int32_t k = 0; chance > 0 && k < g->players.n; k++) value[k] += chance * ratio_double(g->cells[cell * g->players.n + k]);
    }
}

/* The best that player k can do against the others in a tree of perfect recall: every set takes the action that pays most,
** weighed by what the others and chance let through. A set's nodes may lie on both sides of other nodes in the file, so the
** sums are run from the leaves to the root until nothing changes: as often as k moves on one way, at most. */
static double best_tree(Arena *a, const Game *g, const double *p, int32_t k)
{
    double *through = arena_new(a, double, g->nodes.n + 1), *worth = arena_new(a, double, g->nodes.n + 1);
    for (int32_t i = 0; i < g->nodes.n; i++) {
        const GameNode *n = &g->nodes.v[i];
        const GameSet *s = n->parent >= 0 ? &g->sets.v[g->nodes.v[n->parent].set] : NULL;
        through[i] = !s ? 1 : through[n->parent] * (s->player < 0 ? ratio_double(s->chance[n->action]) : s->player == k ? 1 : p[s->first + n->action]);
        worth[i] = n->pays ? through[i] * ratio_double(n->pays[k]) : 0;
    }
    for (int32_t pass = 0; pass < g->nodes.n; pass++) {
        bool has_changed = false;
        for (int32_t i = g->nodes.n - 1; i >= 0; i--) {
            const GameNode *n = &g->nodes.v[i];
            if (n->kind == NODE_END) continue;
            double now = n->pays ? through[i] * ratio_double(n->pays[k]) : 0;
            if (g->sets.v[n->set].player != k) for (int32_t c = 0; c < n->children.n; c++) now += worth[n->children.v[c]];
            else {
                double most = -INFINITY;
                int32_t pick = 0;
                for (int32_t c = 0; c < n->children.n; c++) {
                    double sum = 0;
                    for (int32_t m = 0; m < g->sets.v[n->set].nodes.n; m++) sum += worth[g->nodes.v[g->sets.v[n->set].nodes.v[m]].children.v[c]];
                    if (sum > most) { most = sum; pick = c; }
                }
                now += worth[n->children.v[pick]];
            }
            if (now != worth[i]) { worth[i] = now; has_changed = true; }
        }
        if (!has_changed) break;
    }
    return worth[0];
}

static double best_table(Arena *a, const Game *g, const double *p, int32_t k)
{
    double *changed = arena_new(a, double, g->n_actions + 1), *value = arena_new(a, double, g->players.n + 1), best = -INFINITY;
    int32_t first = 0;
    for (int32_t i = 0; i < k; i++) first += g->counts[i];
    for (int32_t s = 0; s < g->counts[k]; s++) {
        memcpy(changed, p, (size_t)g->n_actions * sizeof *changed);
        for (int32_t i = 0; i < g->counts[k]; i++) changed[first + i] = i == s;
        game_values(a, g, changed, value);
        if (value[k] > best) best = value[k];
    }
    return best;
}

double game_gain(Arena *a, const Game *g, const double *p)
{
    double *value = arena_new(a, double, g->players.n + 1), gain = 0;
    game_values(a, g, p, value);
    for (int32_t k = 0; k < g->players.n; k++) {
        double best = g->is_tree ? best_tree(a, g, p, k) : best_table(a, g, p, k);
        if (best - value[k] > gain) gain = best - value[k];
    }
    return gain;
}
