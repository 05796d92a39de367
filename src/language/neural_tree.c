/* Trees: of all ways to hang each word from another, the best that is a tree with one root.
**
**   "talks resumed , officials said"     each word's best head:  resumed → said, said → resumed: a cycle
**                                        the best tree:          said root, resumed → said
**
** Each word takes its best head; nine sentences in ten are a tree with one root then, and that is the best one. Else
** the arcs from the root are charged so much that a second one never pays, and the best tree is found by contracting
** cycles (Chu and Liu 1965, Edmonds 1967) as Gabow et al. 1986 (Combinatorica 6, section 2) do it for dense graphs: a
** path grows backwards from head to head; where it meets itself, its loop becomes one node, with the best arc into it
** and out of it for each other node; when all is one node, the loops are opened again from the root downwards. A node
** enters a loop once, so n words cost n² steps.
**
** Always: one root, no cycles; of heads that score the same the first is taken. In doubles, whose sums here are the
** same anywhere.
*/
#include "language/neural.h"
#include <string.h>

/* ---- best heads -------------------------------------------------------------------------------------------------- */
static int32_t best_heads(const float *scores, int32_t n, int32_t *head)      /* how many are the root */
{
    int32_t roots = 0;
    for (int32_t i = 0; i < n; i++) {
        const float *s = scores + (ptrdiff_t)i * (n + 1);
        int32_t best = 0;
        for (int32_t j = 1; j <= n; j++)
            if (s[j] > s[best] && j != i + 1) best = j;
        head[i] = best;
        roots += best == 0;
    }
    return roots;
}

static bool has_cycle(Arena *scratch, const int32_t *head, int32_t n)
{
    int32_t *walk = arena_new(scratch, int32_t, n + 1);  /* the walk that came by; each begins at another word */
    walk[0] = -1;
    for (int32_t i = 1; i <= n; i++) {
        int32_t v = i;
        while (!walk[v]) {
            walk[v] = i;
            v = head[v - 1];
        }
        if (walk[v] == i) return true;
    }
    return false;
}

/* ---- the best tree ----------------------------------------------------------------------------------------------- */
/* Nodes 0 … n are the root and the words; those behind them are loops. Each node that is not inside another has a
** slot, whose row holds the best arc into it from each other slot. */
typedef struct { int32_t from, to; } Arc;                /* between words */
typedef struct {
    int32_t n_slots, n_nodes;
    double *score;                                       /* [to slot][from slot] */
    Arc *arc;                                            /* the same */
    int32_t *node_of;                                    /* of a slot; -1: the slot is free */
    /* of a node: its loop, or -1; a loop's first; the next of its loop */
    int32_t *loop, *first, *next;
    Arc *in;                                             /* of a node: the arc into it that was chosen; from -1: none */
    double *in_score;
    int32_t *in_slot;                                    /* where that arc comes from, by slot */
} Graph;

static Graph graph_of(Arena *scratch, const float *scores, int32_t n)
{
    const int32_t slots = n + 1, nodes = 2 * slots;
    Graph g = {.n_slots = slots, .n_nodes = slots};
    g.score = arena_new(scratch, double, (ptrdiff_t)slots * slots);
    g.arc = arena_new(scratch, Arc, (ptrdiff_t)slots * slots);
    g.node_of = arena_new(scratch, int32_t, slots), g.in_slot = arena_new(scratch, int32_t, slots);
    g.loop = arena_new(scratch, int32_t, nodes), g.first = arena_new(scratch, int32_t, nodes);
    g.next = arena_new(scratch, int32_t, nodes), g.in = arena_new(scratch, Arc, nodes);
    g.in_score = arena_new(scratch, double, nodes);
    double most = scores[0], least = scores[0];
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j <= n; j++)
            if (j != i + 1) {
                const double s = scores[(ptrdiff_t)i * slots + j];
                most = s > most ? s : most;
                least = s < least ? s : least;
            }
    const double charge = (most - least + 1) * slots;    /* more than other arcs can make good */
    for (int32_t to = 0; to < slots; to++) {
        g.node_of[to] = to;
        for (int32_t from = 0; from < slots; from++) {   /* arcs into the root let every path go on; none stays */
            g.arc[(ptrdiff_t)to * slots + from] = (Arc){from, to};
            if (!to) continue;
            const double score = (double)scores[(ptrdiff_t)(to - 1) * slots + from];
            g.score[(ptrdiff_t)to * slots + from] = score - (from ? 0 : charge);
        }
    }
    for (int32_t v = 0; v < nodes; v++) {
        g.loop[v] = g.first[v] = g.next[v] = -1;
        g.in[v].from = -1;
    }
    return g;
}

static void choose_arc(Graph *g, int32_t slot)
{
    const double *score = g->score + (ptrdiff_t)slot * g->n_slots;
    int32_t best = -1;
    for (int32_t from = 0; from < g->n_slots; from++)
        if (from != slot && g->node_of[from] >= 0 && (best < 0 || score[from] > score[best])) best = from;
    const int32_t node = g->node_of[slot];
    g->in[node] = g->arc[(ptrdiff_t)slot * g->n_slots + best];
    g->in_score[node] = score[best];
    g->in_slot[slot] = best;
}

/* One node of a loop is taken into the slot `into`: what it offers is kept where it is better. */
static void take_in(Graph *g, int32_t into, int32_t slot, bool is_first)
{
    const ptrdiff_t n = g->n_slots;
    const double paid = g->in_score[g->node_of[slot]];
    double *in = g->score + into * n;
    const double *more = g->score + slot * n;
    for (int32_t x = 0; x < n; x++) {
        if (g->node_of[x] < 0) continue;
        if (is_first || more[x] - paid > in[x]) {
            in[x] = more[x] - paid;
            g->arc[into * n + x] = g->arc[slot * n + x];
        }
        if (!is_first && g->score[x * n + slot] > g->score[x * n + into]) {
            g->score[x * n + into] = g->score[x * n + slot];
            g->arc[x * n + into] = g->arc[x * n + slot];
        }
    }
}

/* The nodes from `slot` on, along their arcs, until they come back to it, become one node in that slot. Returns their
** number. */
static int32_t contract(Graph *g, int32_t slot)
{
    const int32_t loop = g->n_nodes++;
    int32_t last = -1, count = 0;
    for (int32_t s = slot, next; s != slot || !count; s = next, count++) {
        const int32_t node = g->node_of[s];
        next = g->in_slot[s];
        take_in(g, slot, s, s == slot);
        if (last < 0) g->first[loop] = node;
        else g->next[last] = node;
        last = node;
        g->loop[node] = loop;
        if (s != slot) g->node_of[s] = -1;
    }
    g->node_of[slot] = loop;
    return count;
}

/* The loops around `node` are opened; loops that stand beside it in them are still to be entered. */
static void open_loops(const Graph *g, int32_t node, Ints *waiting, Arena *scratch)
{
    for (int32_t v = node, around; (around = g->loop[v]) >= 0; v = around)
        for (int32_t w = g->first[around]; w >= 0; w = g->next[w]) {
            g->loop[w] = -1;
            if (w != v && g->first[w] >= 0) *push(scratch, waiting) = w;
        }
}

static void best_tree(Arena *scratch, const float *scores, int32_t n, int32_t *head)
{
    Graph g = graph_of(scratch, scores, n);
    int32_t slot = 0, left = g.n_slots;
    while (left > 1) {
        choose_arc(&g, slot);
        int32_t from = g.in_slot[slot];
        if (g.in[g.node_of[from]].from < 0) {
            slot = from;
            continue;
        }
        left -= contract(&g, from) - 1;
        slot = from;
    }
    Ints waiting = {0};
    open_loops(&g, 0, &waiting, scratch);
    while (waiting.n) {
        const int32_t loop = waiting.v[--waiting.n];
        const Arc in = g.in[loop];
        g.in[in.to] = in;
        open_loops(&g, in.to, &waiting, scratch);
    }
    for (int32_t i = 0; i < n; i++) head[i] = g.in[i + 1].from;
}

void neural_tree(Arena *scratch, const float *scores, int32_t n, int32_t *head)
{
    if (n > 0 && (best_heads(scores, n, head) != 1 || has_cycle(scratch, head, n))) best_tree(scratch, scores, n, head);
}
