/* The conflict as a graph: every state a node, every player's moves its arcs. For models of some thousand states, merged
** ones among them; it defines what the cube (conflict_cube.c) computes faster.
**
** Sanctions are searched over pairs of a state and who moved last, since no one may move twice in a row: with merged
** states two moves of one player are not always one move. Cost: states × arcs × players for the whole table.
*/
#include "foresee/conflict.h"
#include <string.h>

static uint32_t options_of(const Conflict *c, int32_t s) { return c->options ? c->options[s] : (uint32_t)s; }
static int32_t number_of(const Conflict *c, uint32_t options) { return c->number ? c->number[options] : (int32_t)options; }
static uint32_t key_of(const Conflict *c, int32_t p, int32_t s) { return c->key[p][options_of(c, s)]; }

typedef struct { Arena *a; Ints *to; int32_t *mark; int32_t stamp; } Arcs;

/* What player p can make of one combination of options: all changes of its own that their directions allow. */
static void arcs_from(const Conflict *c, int32_t p, uint32_t from, int32_t self, Arcs *x)
{
    uint32_t mask = ((1u << c->count[p]) - 1) << c->first[p], rest = from & ~mask;
    for (uint32_t k = 0; k < 1u << c->count[p]; k++) {
        uint32_t to = rest | k << c->first[p];
        if (to == from || (from & ~to & c->stays) || (to & ~from & c->away)) continue;
        int32_t s = number_of(c, to);
        if (s < 0 || s == self || x->mark[s] == x->stamp) continue;
        x->mark[s] = x->stamp;
        *push(x->a, x->to) = s;
    }
}

static int int_cmp(int32_t a, int32_t b) { return (a > b) - (a < b); }

static void sort_ints(int32_t *v, int32_t n)
{
    for (int32_t i = 1; i < n; i++)
        for (int32_t k = i; k > 0 && int_cmp(v[k - 1], v[k]) > 0; k--) { int32_t t = v[k]; v[k] = v[k - 1]; v[k - 1] = t; }
}

void conflict_moves(Arena *a, const Conflict *c, Moves *m)
{
    Arcs x = {.a = a, .mark = arena_new(a, int32_t, c->n + 1)};
    for (int32_t p = 0; p < c->n_players; p++) {
        Ints all = {0};
        m->from[p] = arena_new(a, int32_t, c->n + 2);
        for (int32_t s = 0; s < c->n; s++) {
            m->from[p][s] = all.n;
            x.to = &all;
            x.stamp++;
            if (!c->has_merged) arcs_from(c, p, options_of(c, s), s, &x);
            else
                for (uint32_t o = 0; o < c->size; o++)
                    if (c->number[o] == s) arcs_from(c, p, o, s, &x);
            sort_ints(all.v + m->from[p][s], all.n - m->from[p][s]);
        }
        m->from[p][c->n] = all.n;
        m->to[p] = all.v;
    }
}

/* ---- sanctions --------------------------------------------------------------------------------------------------- */
typedef struct {
    const Conflict *c;
    const Moves *m;
    int32_t *seen;                       /* of state × players + last mover: stamp */
    int32_t *queue, *parent;             /* parent: place in the queue */
    int32_t n, stamp;
    int32_t *reached;                    /* of a state: stamp of the search that reached it first */
} Search;

static void search_alloc(Arena *a, const Conflict *c, const Moves *m, Search *s)
{
    ptrdiff_t n = (ptrdiff_t)c->n * (c->n_players + 1);
    *s = (Search){.c = c, .m = m, .seen = arena_new(a, int32_t, n + 1), .queue = arena_new(a, int32_t, n + 1), .parent = arena_new(a, int32_t, n + 1),
                  .reached = arena_new(a, int32_t, c->n + 1)};
}

/* All that the players of `who` can make of `from`, moving in turns; improving: each by moves that are better for it. */
static void search(Search *s, uint32_t who, int32_t from, bool improving)
{
    const Conflict *c = s->c;
    int32_t np = c->n_players + 1;
    s->stamp++;
    s->n = 0;
    s->queue[s->n] = from * np + c->n_players;
    s->parent[s->n++] = -1;
    s->reached[from] = s->stamp;
    for (int32_t at = 0; at < s->n; at++) {
        int32_t state = s->queue[at] / np, last = s->queue[at] % np;
        for (int32_t p = 0; p < c->n_players; p++) {
            if (p == last || !(who >> p & 1)) continue;
            for (int32_t k = s->m->from[p][state]; k < s->m->from[p][state + 1]; k++) {
                int32_t to = s->m->to[p][k], cell = to * np + p;
                if (s->seen[cell] == s->stamp || (improving && key_of(c, p, to) <= key_of(c, p, state))) continue;
                s->seen[cell] = s->stamp;
                s->reached[to] = s->stamp;
                s->queue[s->n] = cell;
                s->parent[s->n++] = at;
            }
        }
    }
}

/* Whether player p, once in `state`, can get out of it to something better than `than` is to it. */
static bool has_escape(const Search *s, int32_t p, int32_t state, int32_t than)
{
    for (int32_t k = s->m->from[p][state]; k < s->m->from[p][state + 1]; k++)
        if (key_of(s->c, p, s->m->to[p][k]) > key_of(s->c, p, than)) return true;
    return false;
}

/* The answer to p's improvement from `state` to `to`: its place in the queue, or -1. */
static int32_t answer(Search *s, int32_t p, int32_t state, int32_t to, Concept how)
{
    uint32_t others = ((1u << s->c->n_players) - 1) & ~(1u << p);
    search(s, others, to, how == STABLE_SEQ || how == STABLE_SSEQ);
    for (int32_t at = 0; at < s->n; at++) {
        int32_t end = s->queue[at] / (s->c->n_players + 1);
        if (key_of(s->c, p, end) > key_of(s->c, p, state)) continue;
        if ((how == STABLE_SMR || how == STABLE_SSEQ) && has_escape(s, p, end, state)) continue;
        return at;
    }
    return -1;
}

static bool is_stable(Search *s, int32_t p, int32_t state, Concept how)
{
    for (int32_t k = s->m->from[p][state]; k < s->m->from[p][state + 1]; k++) {
        int32_t to = s->m->to[p][k];
        if (key_of(s->c, p, to) <= key_of(s->c, p, state)) continue;
        if (how == STABLE_R || answer(s, p, state, to, how) < 0) return false;
    }
    return true;
}

static void set_bit(uint64_t *bits, int32_t i) { bits[i >> 6] |= (uint64_t)1 << (i & 63); }

void stability_alloc(Arena *a, const Conflict *c, Stability *to)
{
    ptrdiff_t words = c->n / 64 + 1;
    for (int k = 0; k < CONCEPTS; k++) {
        to->equilibrium[k] = arena_new(a, uint64_t, words);
        for (int32_t p = 0; p < c->n_players; p++) to->bits[k][p] = arena_new(a, uint64_t, words);
    }
}

static void equilibria(const Conflict *c, Stability *to)
{
    for (int k = 0; k < CONCEPTS; k++)
        for (int32_t w = 0; w <= c->n / 64; w++) {
            uint64_t all = ~(uint64_t)0;
            for (int32_t p = 0; p < c->n_players; p++) all &= to->bits[k][p][w];
            to->equilibrium[k][w] = all;
        }
}

void graph_solve(Arena *a, const Conflict *c, const Moves *m, Stability *to)
{
    Search s;
    search_alloc(a, c, m, &s);
    for (int32_t p = 0; p < c->n_players; p++)
        for (int32_t state = 0; state < c->n; state++) {
            bool is_r = is_stable(&s, p, state, STABLE_R);
            for (int k = 0; k < CONCEPTS; k++)
                if (is_r || (k != STABLE_R && is_stable(&s, p, state, (Concept)k))) set_bit(to->bits[k][p], state);
        }
    equilibria(c, to);
}

bool conflict_solve(Arena *a, const Conflict *c, int threads, Stability *to, Err *e)
{
    if (!c->has_merged) {
        cube_solve(a, c, threads, to);
        equilibria(c, to);
        return true;
    }
    if (c->n > GRAPH_STATES_MAX)
        return fail(e, ERR_LIMIT, "%.*s:1: %d states with merged ones among them; at most %d are solved: take 'one-state' out",
                    STR(c->sc->file), c->n, GRAPH_STATES_MAX);
    Moves m;
    conflict_moves(a, c, &m);
    graph_solve(a, c, &m, to);
    return true;
}

/* ---- from the status quo; together --------------------------------------------------------------------------------- */
void graph_reach(Arena *a, const Conflict *c, const Moves *m, int32_t from, bool improving, int32_t *steps)
{
    Search s;
    search_alloc(a, c, m, &s);
    int32_t *depth = arena_new(a, int32_t, (ptrdiff_t)c->n * (c->n_players + 1) + 1);
    for (int32_t i = 0; i < c->n; i++) steps[i] = -1;
    search(&s, (1u << c->n_players) - 1, from, improving);
    for (int32_t at = 0; at < s.n; at++) {
        int32_t state = s.queue[at] / (c->n_players + 1);
        depth[at] = s.parent[at] < 0 ? 0 : depth[s.parent[at]] + 1;
        if (steps[state] < 0) steps[state] = depth[at];
    }
}

enum { JUMPS_MAX = 10000, COALITION_PLAYERS_MAX = 12 };

void graph_coalitions(Arena *a, const Conflict *c, const Moves *m, const uint64_t *among, Jumps *to)
{
    Search s;
    search_alloc(a, c, m, &s);
    *to = (Jumps){.is_cut = c->n_players > COALITION_PLAYERS_MAX};
    if (to->is_cut) return;
    for (int32_t state = 0; state < c->n; state++) {
        if (!bit_at(among, state)) continue;
        for (int size = 2; size <= c->n_players; size++)
            for (uint32_t who = 0; who < 1u << c->n_players; who++) {
                if (__builtin_popcount(who) != size) continue;
                search(&s, who, state, false);
                for (int32_t end = 0; end < c->n; end++) {
                    bool all = s.reached[end] == s.stamp && end != state;
                    for (int32_t p = 0; all && p < c->n_players; p++)
                        all = !(who >> p & 1) || key_of(c, p, end) > key_of(c, p, state);
                    if (!all) continue;
                    if (to->jumps.n == JUMPS_MAX) { to->is_cut = true; return; }
                    *push(a, &to->jumps) = (Jump){state, who, end};
                }
            }
    }
}

/* ---- in words ---------------------------------------------------------------------------------------------------------- */
static Str name_of(const Conflict *c, int32_t p) { return c->sc->actors.v[c->actor[p]].name; }

static void path_words(const Search *s, int32_t at, Buf *out)
{
    int32_t chain[64], n = 0, np = s->c->n_players + 1;
    for (; at >= 0 && s->parent[at] >= 0 && n < 64; at = s->parent[at]) chain[n++] = at;
    for (int32_t k = n - 1; k >= 0; k--) {
        buf_printf(out, "%s%.*s goes to state %d (", k == n - 1 ? "" : ", then ", STR(name_of(s->c, s->queue[chain[k]] % np)), s->queue[chain[k]] / np + 1);
        state_words(s->c, s->queue[chain[k]] / np, out);
        buf_char(out, ')');
    }
}

void graph_explain(Arena *a, const Conflict *c, const Moves *m, int32_t p, int32_t state, Concept how, Buf *out)
{
    Search s;
    int n_better = 0;
    search_alloc(a, c, m, &s);
    for (int32_t k = m->from[p][state]; k < m->from[p][state + 1]; k++) {
        int32_t to = m->to[p][k];
        if (key_of(c, p, to) <= key_of(c, p, state)) continue;
        n_better++;
        if (how == STABLE_R) {
            buf_printf(out, "%.*s leaves it: state %d (", STR(name_of(c, p)), to + 1);
            state_words(c, to, out);
            buf_add(out, S(") is in its own hands and better for it."));
            return;
        }
        int32_t at = answer(&s, p, state, to, how);
        if (at < 0) {
            buf_printf(out, "%.*s leaves it: it can better itself with state %d (", STR(name_of(c, p)), to + 1);
            state_words(c, to, out);
            buf_printf(out, "), and %s", how == STABLE_SEQ || how == STABLE_SSEQ ? "no answer that serves those who give it" : "no answer of the others");
            buf_add(out, how == STABLE_SMR || how == STABLE_SSEQ ? S(" leaves it worse off for good.") : S(" leaves it no better off than now."));
            return;
        }
        if (n_better == 1) buf_printf(out, "%.*s stays, because each better move has an answer: ", STR(name_of(c, p)));
        else buf_add(out, S("; "));
        buf_printf(out, "to state %d (", to + 1);
        state_words(c, to, out);
        buf_add(out, S(") – "));
        if (s.parent[at] < 0) buf_add(out, S("which is itself no better"));
        else path_words(&s, at, out);
    }
    if (n_better) { buf_add(out, S(", which is no better for it than staying.")); return; }
    buf_printf(out, "%.*s stays, because %s.", STR(name_of(c, p)), m->from[p][state] == m->from[p][state + 1] ? "it has no move from here" : "none of its own moves is better for it");
}
