/* Backward induction where everybody sees everything: all ties kept, and what holds whatever the numbers in their ranges.
**
** A node's set of payoffs is what it can pay in some subgame-perfect equilibrium: an action's payoff counts where every
** other action has some continuation that is no better for the mover. Ties multiply, and all are kept, up to a cap.
** Where payoffs are ranges, each node has a range for each player: an action is possible where its upper end reaches every
** other's lower end, and certain where its lower end reaches every other's upper end.
*/
#include "foresee/game.h"
#include <math.h>
#include <string.h>

enum { PAYS_MAX = 2000 };
typedef struct { double *v; int32_t n; } PaySet;         /* n × players */
typedef struct { Arena *a; const Game *g; Induction *to; PaySet *sets; double *low, *high; } Work;

static bool is_same(const double *x, const double *y, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (fabs(x[i] - y[i]) > 1e-12 * (1 + fabs(x[i]))) return false;
    return true;
}

static void put_pays(Work *w, PaySet *s, const double *pays)
{
    int32_t np = w->g->players.n;
    for (int32_t i = 0; i < s->n; i++)
        if (is_same(s->v + i * np, pays, np)) return;
    if (s->n == PAYS_MAX) { w->to->is_cut = true; return; }
    if (!(s->n & (s->n - 1))) {                          /* grows at 0, 1, 2, 4 … */
        double *more = arena_new(w->a, double, (s->n ? 2 * s->n : 1) * np + 1);
        if (s->n) memcpy(more, s->v, (size_t)(s->n * np) * sizeof *more);
        s->v = more;
    }
    memcpy(s->v + s->n++ * np, pays, (size_t)np * sizeof *pays);
}

static double least(const PaySet *s, int32_t p, int32_t np)
{
    double x = INFINITY;
    for (int32_t i = 0; i < s->n; i++) if (s->v[i * np + p] < x) x = s->v[i * np + p];
    return x;
}

static void set_bit(uint64_t *bits, int32_t i) { bits[i >> 6] |= (uint64_t)1 << (i & 63); }

static void add_own(const Work *w, int32_t at, double *pays)
{
    for (int32_t p = 0; w->g->nodes.v[at].pays && p < w->g->players.n; p++) pays[p] += ratio_double(w->g->nodes.v[at].pays[p]);
}

static void decide(Work *w, int32_t at)
{
    const GameNode *n = &w->g->nodes.v[at];
    const GameSet *s = &w->g->sets.v[n->set];
    int32_t np = w->g->players.n, certain = -1, possible = 0;
    double *pays = arena_new(w->a, double, np + 1);
    for (int32_t c = 0; c < n->children.n; c++) {
        const PaySet *of = &w->sets[n->children.v[c]];
        double bar = -INFINITY;
        bool is_possible = false;
        for (int32_t o = 0; o < n->children.n; o++)
            if (o != c) bar = fmax(bar, least(&w->sets[n->children.v[o]], s->player, np));
        for (int32_t i = 0; i < of->n; i++) {
            double own = of->v[i * np + s->player];
            if (own < bar - 1e-12 * (1 + fabs(bar)) && bar > -INFINITY) continue;
            is_possible = true;
            memcpy(pays, of->v + i * np, (size_t)np * sizeof *pays);
            add_own(w, at, pays);
            put_pays(w, &w->sets[at], pays);
        }
        if (!is_possible) continue;
        set_bit(w->to->possible, s->first + c);
        possible++;
        certain = c;
    }
    if (possible == 1) set_bit(w->to->certain, s->first + certain);
}

/* All combinations of what the outcomes of a chance node can pay. */
static void draw(Work *w, int32_t at)
{
    const GameNode *n = &w->g->nodes.v[at];
    const Ratio *chance = w->g->sets.v[n->set].chance;
    int32_t np = w->g->players.n;
    PaySet now = {0};
    double *pays = arena_new(w->a, double, np + 1);
    add_own(w, at, pays);
    put_pays(w, &now, pays);
    for (int32_t c = 0; c < n->children.n; c++) {
        const PaySet *of = &w->sets[n->children.v[c]];
        PaySet next = {0};
        for (int32_t i = 0; i < now.n; i++)
            for (int32_t k = 0; k < of->n; k++) {
                for (int32_t p = 0; p < np; p++) pays[p] = now.v[i * np + p] + ratio_double(chance[c]) * of->v[k * np + p];
                put_pays(w, &next, pays);
            }
        now = next;
    }
    w->sets[at] = now;
}

/* ---- ranges -------------------------------------------------------------------------------------------------------------- */
static void range_decide(Work *w, int32_t at)
{
    const GameNode *n = &w->g->nodes.v[at];
    const GameSet *s = &w->g->sets.v[n->set];
    int32_t np = w->g->players.n;
    bool is_first = true;
    for (int32_t c = 0; c < n->children.n; c++) {
        int32_t to = n->children.v[c];
        bool is_possible = true, is_certain = true;
        for (int32_t o = 0; o < n->children.n; o++) {
            if (o == c) continue;
            is_possible &= w->high[to * np + s->player] >= w->low[n->children.v[o] * np + s->player];
            is_certain &= w->low[to * np + s->player] >= w->high[n->children.v[o] * np + s->player];
        }
        if (is_certain) set_bit(w->to->certain, s->first + c);
        if (!is_possible) continue;
        set_bit(w->to->possible, s->first + c);
        for (int32_t p = 0; p < np; p++) {
            double *low = &w->low[at * np + p], *high = &w->high[at * np + p];
            *low = is_first ? w->low[to * np + p] : fmin(*low, w->low[to * np + p]);
            *high = is_first ? w->high[to * np + p] : fmax(*high, w->high[to * np + p]);
        }
        is_first = false;
    }
}

static void range_node(Work *w, int32_t at)
{
    const GameNode *n = &w->g->nodes.v[at];
    int32_t np = w->g->players.n;
    if (n->kind == NODE_ACTOR) { range_decide(w, at); return; }
    for (int32_t p = 0; p < np; p++) {
        double low = 0, high = 0;
        if (n->kind == NODE_END) {
            low = n->low ? n->low[p] : n->pays ? ratio_double(n->pays[p]) : 0;
            high = n->high ? n->high[p] : low;
        } else
            for (int32_t c = 0; c < n->children.n; c++) {
                double chance = ratio_double(w->g->sets.v[n->set].chance[c]);
                low += chance * w->low[n->children.v[c] * np + p];
                high += chance * w->high[n->children.v[c] * np + p];
            }
        w->low[at * np + p] = low;
        w->high[at * np + p] = high;
    }
}

bool game_induction(Arena *a, const Game *g, Induction *to, Err *e)
{
    int32_t np = g->players.n;
    Work w = {.a = a, .g = g, .to = to};
    *to = (Induction){.possible = arena_new(a, uint64_t, g->n_actions / 64 + 1), .certain = arena_new(a, uint64_t, g->n_actions / 64 + 1)};
    if (!g->is_tree || !g->is_open)
        return fail(e, ERR_INPUT, "backward induction needs a tree in which every mover knows where it stands");
    w.sets = arena_new(a, PaySet, g->nodes.n + 1);
    w.low = arena_new(a, double, (ptrdiff_t)g->nodes.n * np + 1);
    w.high = arena_new(a, double, (ptrdiff_t)g->nodes.n * np + 1);
    double *pays = arena_new(a, double, np + 1);
    for (int32_t at = g->nodes.n - 1; at >= 0; at--) {
        if (g->has_ranges) { range_node(&w, at); continue; }
        if (g->nodes.v[at].kind == NODE_ACTOR) decide(&w, at);
        else if (g->nodes.v[at].kind == NODE_CHANCE) draw(&w, at);
        else {
            memset(pays, 0, (size_t)np * sizeof *pays);
            add_own(&w, at, pays);
            put_pays(&w, &w.sets[at], pays);
        }
    }
    if (!g->has_ranges) { to->pays = w.sets[0].v; to->n_pays = w.sets[0].n; return true; }
    to->pays = arena_new(a, double, 2 * np + 1);         /* the lower ends, then the upper ones */
    memcpy(to->pays, w.low, (size_t)np * sizeof *pays);
    memcpy(to->pays + np, w.high, (size_t)np * sizeof *pays);
    to->n_pays = 2;
    return true;
}
