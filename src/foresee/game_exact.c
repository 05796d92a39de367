/* Equilibria of two players in exact arithmetic: Lemke and Howson for tables, the sequence form for trees.
**
** Tables: complementary pivoting between two polytopes (Lemke and Howson, J. SIAM 12, 1964), begun once with each label;
** what comes out is listed once. Trees of perfect recall: realisation plans and the dual of their constraints form a linear
** complementarity problem as large as the tree (Koller, Megiddo and von Stengel, STOC 1994 and Games and Economic Behavior
** 14, 1996), solved by Lemke's method.
**
** Pivots are fraction-free: all entries are whole numbers over one common determinant (as in von Stengel, Handbook of Game
** Theory 3, 2002, chapter 45), and ties of the ratio test are broken lexicographically by the columns of the first basis, so
** the method ends on degenerate games too. What is found is checked afterwards, by what leaving it would gain.
*/
#include "foresee/game.h"
#include <gmp.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE_MAX_EXACT = 600, PIVOTS_MAX = 100000, LABELS_MAX = 200 };

typedef struct { int32_t rows, cols; mpz_t *at, det; int32_t *basis; } Tableau;      /* the last column is the right side */

static mpz_t *cell(Tableau *t, int32_t row, int32_t col) { return &t->at[(ptrdiff_t)row * t->cols + col]; }

static bool tableau_open(Tableau *t, int32_t rows, int32_t cols)
{
    *t = (Tableau){.rows = rows, .cols = cols, .at = malloc((size_t)rows * (size_t)cols * sizeof(mpz_t)), .basis = malloc((size_t)(rows + 1) * sizeof(int32_t))};
    mpz_init_set_si(t->det, 1);
    for (ptrdiff_t i = 0; t->at && i < (ptrdiff_t)rows * cols; i++) mpz_init(t->at[i]);
    return t->at && t->basis;
}

static void tableau_close(Tableau *t)
{
    for (ptrdiff_t i = 0; t->at && i < (ptrdiff_t)t->rows * t->cols; i++) mpz_clear(t->at[i]);
    mpz_clear(t->det);
    free(t->at);
    free(t->basis);
}

static void pivot(Tableau *t, int32_t row, int32_t col)
{
    mpz_t x, by, p;
    mpz_inits(x, by, NULL);
    mpz_init_set(p, *cell(t, row, col));
    for (int32_t i = 0; i < t->rows; i++) {
        if (i == row) continue;
        mpz_set(by, *cell(t, i, col));
        for (int32_t k = 0; k < t->cols; k++) {
            mpz_mul(x, *cell(t, i, k), p);
            if (mpz_sgn(by)) mpz_submul(x, by, *cell(t, row, k));
            mpz_divexact(*cell(t, i, k), x, t->det);
        }
    }
    mpz_set(t->det, p);
    t->basis[row] = col;
    mpz_clears(x, by, p, NULL);
}

/* The row that leaves when col enters; ties by the columns from `lex` on, n of them. -1: none. */
static int32_t ratio_row(Tableau *t, int32_t col, int32_t lex, int32_t n)
{
    int32_t best = -1;
    mpz_t x, y;
    mpz_inits(x, y, NULL);
    for (int32_t i = 0; i < t->rows; i++) {
        if (mpz_sgn(*cell(t, i, col)) <= 0) continue;
        if (best < 0) { best = i; continue; }
        int order = 0;
        for (int32_t k = -1; k < n && !order; k++) {
            int32_t of = k < 0 ? t->cols - 1 : lex + k;
            mpz_mul(x, *cell(t, i, of), *cell(t, best, col));
            mpz_mul(y, *cell(t, best, of), *cell(t, i, col));
            order = mpz_cmp(x, y);
        }
        if (order < 0) best = i;
    }
    mpz_clears(x, y, NULL);
    return best;
}

/* ---- what comes out ------------------------------------------------------------------------------------------------------- */
static Str ratio_text(Arena *a, const mpq_t q)
{
    char *s = mpq_get_str(NULL, 10, q);
    Str to = arena_str(a, str_of(s));
    free(s);
    return to;
}

static void put_profile(Arena *a, const Game *g, Profiles *to, double *p, Str *exact)
{
    for (int32_t i = 0; i < to->all.n; i++) {
        bool is_same = true;
        for (int32_t k = 0; is_same && k < g->n_actions; k++) is_same = str_eq(to->all.v[i].exact[k], exact[k]);
        if (is_same) return;
    }
    *push(a, &to->all) = (Profile){p, exact, true, game_gain(a, g, p)};
}

/* ---- tables ------------------------------------------------------------------------------------------------------------------- */
/* Whole numbers above 0 that order the payoffs of one player as they are. */
static void payoffs_of(const Game *g, int32_t player, mpz_t *to)
{
    mpz_t unit, low, x;
    mpz_inits(low, x, NULL);
    mpz_init_set_si(unit, 1);
    for (int64_t i = 0; i < g->n_cells; i++) {
        mpz_set_si(x, g->cells[i * 2 + player].den);
        mpz_lcm(unit, unit, x);
    }
    for (int64_t i = 0; i < g->n_cells; i++) {
        mpz_divexact_ui(x, unit, (unsigned long)g->cells[i * 2 + player].den);
        mpz_mul_si(to[i], x, g->cells[i * 2 + player].num);
        if (!i || mpz_cmp(to[i], low) < 0) mpz_set(low, to[i]);
    }
    for (int64_t i = 0; i < g->n_cells; i++) {
        mpz_sub(to[i], to[i], low);
        mpz_add_ui(to[i], to[i], 1);
    }
    mpz_clears(unit, low, x, NULL);
}

static bool fill(Tableau *t, const mpz_t *pays, int32_t m, int32_t n, bool is_first)
{
    int32_t rows = is_first ? n : m;
    if (!tableau_open(t, rows, m + n + 1)) return false;
    for (int32_t r = 0; r < rows; r++) {
        for (int32_t k = 0; k < (is_first ? m : n); k++)
            mpz_set(*cell(t, r, is_first ? k : m + k), pays[is_first ? r * m + k : k * m + r]);
        t->basis[r] = is_first ? m + r : r;
        mpz_set_si(*cell(t, r, t->basis[r]), 1);
        mpz_set_si(*cell(t, r, m + n), 1);
    }
    return true;
}

static bool follow(Tableau *one, Tableau *two, int32_t m, int32_t n, int32_t label)
{
    int32_t enters = label;
    bool in_first = label < m;
    for (int k = 0; k < PIVOTS_MAX; k++) {
        Tableau *t = in_first ? one : two;
        int32_t row = ratio_row(t, enters, in_first ? m : 0, in_first ? n : m);
        if (row < 0) return false;
        int32_t leaves = t->basis[row];
        pivot(t, row, enters);
        if (leaves == label) return true;
        enters = leaves;
        in_first = !in_first;
    }
    return false;
}

static void read_plan(Arena *a, Tableau *t, int32_t from, int32_t n, double *p, Str *exact)
{
    mpq_t sum, x;
    mpq_inits(sum, x, NULL);
    for (int32_t r = 0; r < t->rows; r++)
        if (t->basis[r] >= from && t->basis[r] < from + n) mpz_add(mpq_numref(sum), mpq_numref(sum), *cell(t, r, t->cols - 1));
    for (int32_t k = 0; k < n; k++) { p[from + k] = 0; exact[from + k] = S("0"); }
    for (int32_t r = 0; r < t->rows; r++) {
        if (t->basis[r] < from || t->basis[r] >= from + n) continue;
        mpz_set(mpq_numref(x), *cell(t, r, t->cols - 1));
        mpz_set(mpq_denref(x), mpq_numref(sum));
        mpq_canonicalize(x);
        p[t->basis[r]] = mpq_get_d(x);
        exact[t->basis[r]] = ratio_text(a, x);
    }
    mpq_clears(sum, x, NULL);
}

bool game_lemke_howson(Arena *a, const Game *g, const GameTable *unused, Profiles *to, Err *e)
{
    (void)unused;
    *to = (Profiles){0};
    if (g->players.n != 2 || g->is_tree) return fail(e, ERR_INPUT, "Lemke and Howson's method is for tables of two players");
    int32_t m = g->counts[0], n = g->counts[1];
    if (m + n > SIZE_MAX_EXACT) return fail(e, ERR_LIMIT, "%d strategies are too many for exact pivots; at most %d", m + n, SIZE_MAX_EXACT);
    mpz_t *pays[2];
    for (int k = 0; k < 2; k++) {
        pays[k] = malloc((size_t)g->n_cells * sizeof(mpz_t));
        for (int64_t i = 0; i < g->n_cells; i++) mpz_init(pays[k][i]);
        payoffs_of(g, k, pays[k]);
    }
    bool ok = true;
    for (int32_t label = 0; ok && label < m + n && label < LABELS_MAX; label++) {
        Tableau one, two;
        double *p = arena_new(a, double, m + n + 1);
        Str *exact = arena_new(a, Str, m + n + 1);
        ok = fill(&one, pays[1], m, n, true) && fill(&two, pays[0], m, n, false);
        bool is_found = ok && follow(&one, &two, m, n, label);
        if (is_found) {
            read_plan(a, &one, 0, m, p, exact);
            read_plan(a, &two, m, n, p, exact);
        }
        tableau_close(&one);
        tableau_close(&two);
        if (is_found) put_profile(a, g, to, p, exact);
    }
    for (int k = 0; k < 2; k++) {
        for (int64_t i = 0; i < g->n_cells; i++) mpz_clear(pays[k][i]);
        free(pays[k]);
    }
    return ok || fail(e, ERR_MEMORY, "out of memory for %d strategies", m + n);
}

/* ---- trees -------------------------------------------------------------------------------------------------------------------- */
/* Sequences: 0 is the empty one, then one for each action in the order of the profile, less the player's first action. */
typedef struct { const Game *g; int32_t n[2], sets[2], base[2]; } Sequences;

static int32_t sequence_of(const Sequences *s, int32_t set, int32_t action)
{
    if (set < 0) return 0;
    return 1 + s->g->sets.v[set].first + action - s->base[s->g->sets.v[set].player];
}

/* The last sequence of each player and the chance on the way to a node; payoffs on the way are summed. */
static void way_to(const Sequences *s, int32_t node, int32_t last[2], mpq_t chance, mpq_t pays[2])
{
    const Game *g = s->g;
    mpq_t x;
    mpq_init(x);
    last[0] = last[1] = 0;
    bool is_set[2] = {false, false};
    mpq_set_si(chance, 1, 1);
    for (int k = 0; k < 2; k++) mpq_set_si(pays[k], 0, 1);
    for (int32_t at = node; at >= 0; at = g->nodes.v[at].parent) {
        const GameNode *n = &g->nodes.v[at];
        for (int k = 0; k < 2 && n->pays; k++) {
            mpq_set_si(x, n->pays[k].num, (unsigned long)n->pays[k].den);
            mpq_add(pays[k], pays[k], x);
        }
        if (n->parent < 0) break;
        const GameSet *of = &g->sets.v[g->nodes.v[n->parent].set];
        if (of->player < 0) {
            mpq_set_si(x, of->chance[n->action].num, (unsigned long)of->chance[n->action].den);
            mpq_mul(chance, chance, x);
        } else if (!is_set[of->player]) {
            last[of->player] = sequence_of(s, g->nodes.v[n->parent].set, n->action);
            is_set[of->player] = true;
        }
    }
    mpq_clear(x);
}

/* The largest payoff and the common unit, so that chance × (payoff − largest − 1) × unit is whole and below 0 everywhere. */
static void scale_of(const Sequences *s, mpz_t unit, mpq_t top[2])
{
    mpq_t chance, pays[2];
    bool is_first = true;
    mpq_inits(chance, pays[0], pays[1], NULL);
    mpz_set_si(unit, 1);
    for (int32_t i = 0; i < s->g->nodes.n; i++) {
        int32_t last[2];
        if (s->g->nodes.v[i].kind != NODE_END) continue;
        way_to(s, i, last, chance, pays);
        for (int k = 0; k < 2; k++) {
            if (is_first || mpq_cmp(pays[k], top[k]) > 0) mpq_set(top[k], pays[k]);
            mpz_lcm(unit, unit, mpq_denref(pays[k]));
        }
        is_first = false;
    }
    mpz_t chances;
    mpz_init_set_si(chances, 1);
    for (int32_t i = 0; i < s->g->nodes.n; i++) {
        int32_t last[2];
        if (s->g->nodes.v[i].kind != NODE_END) continue;
        way_to(s, i, last, chance, pays);
        mpz_lcm(chances, chances, mpq_denref(chance));
    }
    mpz_mul(unit, unit, chances);
    mpz_clear(chances);
    mpq_clears(chance, pays[0], pays[1], NULL);
    for (int k = 0; k < 2; k++) {                        /* top + 1 */
        mpq_t one;
        mpq_init(one);
        mpq_set_si(one, 1, 1);
        mpq_add(top[k], top[k], one);
        mpq_clear(one);
    }
}

/* Columns: w 0 … N−1, z N … 2N−1, z0 2N, right side. Rows of z: x, y, p′, p″, q′, q″ as in the papers. */
static void build(const Sequences *s, Tableau *t, int32_t n)
{
    int32_t x = 0, y = s->n[0], at[2] = {s->n[0] + s->n[1], s->n[0] + s->n[1] + 2 * s->sets[0]};
    mpz_t unit;
    mpq_t top[2], chance, pays[2], v, whole;
    mpz_init(unit);
    mpq_inits(top[0], top[1], chance, pays[0], pays[1], v, whole, NULL);
    scale_of(s, unit, top);
    mpq_set_z(whole, unit);
    for (int32_t i = 0; i < s->g->nodes.n; i++) {
        int32_t last[2];
        if (s->g->nodes.v[i].kind != NODE_END) continue;
        way_to(s, i, last, chance, pays);
        for (int k = 0; k < 2; k++) {                    /* −M: the entry is +A (A < 0 enters w − Mz as A) */
            mpq_sub(v, pays[k], top[k]);
            mpq_mul(v, v, chance);
            mpq_mul(v, v, whole);
            mpz_t *c = k ? cell(t, y + last[1], n + x + last[0]) : cell(t, x + last[0], n + y + last[1]);
            mpz_add(*c, *c, mpq_numref(v));
        }
    }
    for (int k = 0; k < 2; k++) {                        /* E x = e: row 0 the empty sequence; a set: −(its way) + its actions = 0 */
        int32_t own = k ? y : x;
        for (int32_t r = 0; r < s->sets[k]; r++) {
            const GameSet *set = r ? &s->g->sets.v[s->g->order[k].v[r - 1]] : NULL;
            int32_t n_terms = r ? set->actions.n + 1 : 1;
            for (int32_t c = 0; c < n_terms; c++) {
                int32_t seq = !r ? 0 : c < set->actions.n ? sequence_of(s, s->g->order[k].v[r - 1], c) : sequence_of(s, set->before, set->before_action);
                int sign = !r || c < set->actions.n ? 1 : -1, up = at[k] + r, down = at[k] + s->sets[k] + r;
                mpz_set_si(*cell(t, own + seq, n + up), -sign);        /* −Eᵀ p′ */
                mpz_set_si(*cell(t, own + seq, n + down), sign);
                mpz_set_si(*cell(t, up, n + own + seq), sign);         /* E x ≤ e and −E x ≤ −e */
                mpz_set_si(*cell(t, down, n + own + seq), -sign);
            }
        }
        mpz_set_si(*cell(t, at[k], 2 * n + 1), 1);
        mpz_set_si(*cell(t, at[k] + s->sets[k], 2 * n + 1), -1);
    }
    for (int32_t r = 0; r < n; r++) {
        mpz_set_si(*cell(t, r, r), 1);
        mpz_set_si(*cell(t, r, 2 * n), -1);
        t->basis[r] = r;
    }
    mpz_clear(unit);
    mpq_clears(top[0], top[1], chance, pays[0], pays[1], v, whole, NULL);
}

static bool lemke(Tableau *t, int32_t n)
{
    int32_t row = 0, enters;
    for (int32_t r = 0; r < n; r++)                      /* the last of the least, which keeps the others' rows above 0 lexicographically */
        if (mpz_cmp(*cell(t, r, 2 * n + 1), *cell(t, row, 2 * n + 1)) <= 0) row = r;
    for (int32_t k = 0; k < t->cols; k++) mpz_neg(*cell(t, row, k), *cell(t, row, k));
    enters = row + n;
    pivot(t, row, 2 * n);
    for (int k = 0; k < PIVOTS_MAX; k++) {
        row = ratio_row(t, enters, 0, n);
        if (row < 0) return false;
        int32_t leaves = t->basis[row];
        pivot(t, row, enters);
        if (leaves == 2 * n) return true;
        enters = leaves < n ? leaves + n : leaves - n;
    }
    return false;
}

static void plan_value(Tableau *t, int32_t n, int32_t variable, mpq_t to)
{
    mpq_set_si(to, 0, 1);
    for (int32_t r = 0; r < t->rows; r++) {
        if (t->basis[r] != n + variable) continue;
        mpz_set(mpq_numref(to), *cell(t, r, t->cols - 1));
        mpz_set(mpq_denref(to), t->det);
        mpq_canonicalize(to);
    }
}

/* A plan as what to do in each set; where the plan never comes, all actions alike. */
static void behave(Arena *a, const Sequences *s, Tableau *t, int32_t n, double *p, Str *exact)
{
    mpq_t way, act;
    mpq_inits(way, act, NULL);
    for (int k = 0; k < 2; k++)
        for (int32_t i = 0; i < s->g->order[k].n; i++) {
            const GameSet *set = &s->g->sets.v[s->g->order[k].v[i]];
            int32_t own = k ? s->n[0] : 0;
            plan_value(t, n, own + sequence_of(s, set->before, set->before_action), way);
            for (int32_t c = 0; c < set->actions.n; c++) {
                plan_value(t, n, own + sequence_of(s, s->g->order[k].v[i], c), act);
                if (mpq_sgn(way) > 0) mpq_div(act, act, way);
                else mpq_set_si(act, 1, (unsigned long)set->actions.n);
                p[set->first + c] = mpq_get_d(act);
                exact[set->first + c] = ratio_text(a, act);
            }
        }
    mpq_clears(way, act, NULL);
}

bool game_sequence_form(Arena *a, const Game *g, Profiles *to, Err *e)
{
    Sequences s = {.g = g};
    Tableau t;
    *to = (Profiles){0};
    if (g->players.n != 2 || !g->is_tree) return fail(e, ERR_INPUT, "the sequence form is for trees of two players");
    if (!g->has_recall) return fail(e, ERR_INPUT, "the sequence form needs players who remember what they did; somebody forgets in this tree");
    for (int k = 0; k < 2; k++) {
        s.base[k] = g->order[k].n ? g->sets.v[g->order[k].v[0]].first : 0;
        s.n[k] = 1;
        for (int32_t i = 0; i < g->order[k].n; i++) s.n[k] += g->sets.v[g->order[k].v[i]].actions.n;
        s.sets[k] = g->order[k].n + 1;
    }
    int32_t n = s.n[0] + s.n[1] + 2 * (s.sets[0] + s.sets[1]);
    if (n > SIZE_MAX_EXACT) return fail(e, ERR_LIMIT, "a sequence form of size %d is too large for exact pivots; at most %d", n, SIZE_MAX_EXACT);
    double *p = arena_new(a, double, g->n_actions + 1);
    Str *exact = arena_new(a, Str, g->n_actions + 1);
    bool is_open = tableau_open(&t, n, 2 * n + 2), is_found = false;
    if (is_open) {
        build(&s, &t, n);
        is_found = lemke(&t, n);
    }
    if (is_found) behave(a, &s, &t, n, p, exact);
    tableau_close(&t);
    if (!is_found) return fail(e, ERR_LIMIT, "the sequence form's pivots led to no equilibrium");
    put_profile(a, g, to, p, exact);
    return true;
}
