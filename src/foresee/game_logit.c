/* Logit responses: everybody errs, and errs less where it costs more (McKelvey and Palfrey, Games and Economic Behavior 10,
** 1995; for trees their agent form, Experimental Economics 1, 1998).
**
** In a profile for precision λ the logarithms of the chances of two actions differ by λ times the difference of what they
** pay. From λ = 0, where all actions are equally likely, one branch leads on; it is followed in small steps (a predictor
** along its tangent, Newton's corrections across it; Turocy, Games and Economic Behavior 51, 2005), through turns in λ as
** well, and at the λ that was asked for Newton is run to the last digit. Unknowns are logarithms, so nothing becomes zero.
**
** Cost: a dense system of the size of the profile at each step.
*/
#include "foresee/game.h"
#include <math.h>
#include <string.h>

enum { STEPS_MAX = 20000, NEWTON_MAX = 20, UNKNOWNS_MAX = 600 };

typedef struct {
    Arena *a;
    const Game *g;
    int32_t n, n_sets;
    int32_t *first, *count;                              /* of each set (tree) or player (table) */
    double *p, *value, *reach, *pays, *jacobian, *residual, *plus, *tangent, *z, *try, *step;
    double *number;                                      /* payoffs as doubles: node or cell × players */
} Logit;

/* What each action pays, given that its set is reached and all else follows p. */
static void tree_values(Logit *l, const double *p)
{
    const Game *g = l->g;
    int32_t np = g->players.n;
    for (int32_t i = 0; i < g->nodes.n; i++) {
        const GameNode *n = &g->nodes.v[i];
        const GameSet *s = n->parent >= 0 ? &g->sets.v[g->nodes.v[n->parent].set] : NULL;
        l->reach[i] = !s ? 1 : l->reach[n->parent] * (s->player < 0 ? ratio_double(s->chance[n->action]) : p[s->first + n->action]);
    }
    for (int32_t i = g->nodes.n - 1; i >= 0; i--) {
        const GameNode *n = &g->nodes.v[i];
        double *own = l->pays + (ptrdiff_t)i * np;
        memcpy(own, l->number + (ptrdiff_t)i * np, (size_t)np * sizeof *own);
        for (int32_t c = 0; c < n->children.n; c++) {
            const GameSet *s = &g->sets.v[n->set];
            double chance = s->player < 0 ? ratio_double(s->chance[c]) : p[s->first + c];
            for (int32_t k = 0; k < np; k++) own[k] += chance * l->pays[(ptrdiff_t)n->children.v[c] * np + k];
        }
    }
    memset(l->value, 0, (size_t)l->n * sizeof *l->value);
    for (int32_t i = 0; i < g->sets.n; i++) {
        const GameSet *s = &g->sets.v[i];
        double all = 0;
        if (s->player < 0) continue;
        for (int32_t m = 0; m < s->nodes.n; m++) all += l->reach[s->nodes.v[m]];
        for (int32_t m = 0; m < s->nodes.n; m++) {
            const GameNode *n = &g->nodes.v[s->nodes.v[m]];
            double share = all > 0 ? l->reach[s->nodes.v[m]] / all : 1.0 / s->nodes.n;
            for (int32_t c = 0; c < s->actions.n; c++) l->value[s->first + c] += share * l->pays[(ptrdiff_t)n->children.v[c] * np + s->player];
        }
    }
}

static void table_values(Logit *l, const double *p)
{
    const Game *g = l->g;
    int32_t np = g->players.n, own[GAME_PLAYERS_MAX] = {0};
    double before[GAME_PLAYERS_MAX + 1], after;
    memset(l->value, 0, (size_t)l->n * sizeof *l->value);
    for (int64_t cell = 0; cell < g->n_cells; cell++) {
        before[0] = 1;
        for (int32_t k = 0; k < np; k++) before[k + 1] = before[k] * p[l->first[k] + own[k]];
        after = 1;
        for (int32_t k = np - 1; k >= 0; k--) {
            l->value[l->first[k] + own[k]] += before[k] * after * l->number[cell * np + k];
            after *= p[l->first[k] + own[k]];
        }
        for (int32_t k = 0; k < np && ++own[k] == g->counts[k]; k++) own[k] = 0;
    }
}

static void residual(Logit *l, const double *z, double *to)
{
    double lambda = z[l->n];
    for (int32_t i = 0; i < l->n; i++) l->p[i] = exp(z[i]);
    if (l->g->is_tree) tree_values(l, l->p);
    else table_values(l, l->p);
    for (int32_t s = 0; s < l->n_sets; s++) {
        int32_t f = l->first[s];
        double sum = 0;
        for (int32_t c = 0; c < l->count[s]; c++) sum += l->p[f + c];
        to[f] = sum - 1;
        for (int32_t c = 1; c < l->count[s]; c++) to[f + c] = z[f + c] - z[f] - lambda * (l->value[f + c] - l->value[f]);
    }
}

/* Derivatives by differences: the corrections converge all the same, and the residual itself is exact. */
static void differentiate(Logit *l, double *z)
{
    int32_t n = l->n;
    residual(l, z, l->residual);
    for (int32_t k = 0; k <= n; k++) {
        double keep = z[k], h = 1e-7 * (1 + fabs(keep));
        z[k] = keep + h;
        residual(l, z, l->plus);
        z[k] = keep;
        for (int32_t i = 0; i < n; i++) l->jacobian[i * (n + 1) + k] = (l->plus[i] - l->residual[i]) / h;
    }
}

/* Solves the n + 1 rows of m for the right side in b; false where they are singular. */
static bool eliminate(double *m, double *b, int32_t n)
{
    for (int32_t k = 0; k < n; k++) {
        int32_t best = k;
        for (int32_t i = k + 1; i < n; i++)
            if (fabs(m[i * n + k]) > fabs(m[best * n + k])) best = i;
        if (fabs(m[best * n + k]) < 1e-300) return false;
        if (best != k) {
            for (int32_t c = 0; c < n; c++) { double t = m[k * n + c]; m[k * n + c] = m[best * n + c]; m[best * n + c] = t; }
            double t = b[k]; b[k] = b[best]; b[best] = t;
        }
        for (int32_t i = k + 1; i < n; i++) {
            double by = m[i * n + k] / m[k * n + k];
            if (by == 0) continue;
            for (int32_t c = k; c < n; c++) m[i * n + c] -= by * m[k * n + c];
            b[i] -= by * b[k];
        }
    }
    for (int32_t k = n - 1; k >= 0; k--) {
        for (int32_t c = k + 1; c < n; c++) b[k] -= m[k * n + c] * b[c];
        b[k] /= m[k * n + k];
    }
    return true;
}

/* Newton's corrections, with one further row: across the tangent, or λ held fast. Steps taken; -1 where they do not settle. */
static int correct(Logit *l, double *z, const double *row)
{
    int32_t n = l->n;
    double last = INFINITY;
    for (int k = 0; k < NEWTON_MAX; k++) {
        double size = 0;
        differentiate(l, z);
        for (int32_t i = 0; i < n; i++) l->step[i] = -l->residual[i];
        l->step[n] = 0;
        memcpy(l->jacobian + n * (n + 1), row, (size_t)(n + 1) * sizeof *row);
        if (!eliminate(l->jacobian, l->step, n + 1)) return -1;
        for (int32_t i = 0; i <= n; i++) { z[i] += l->step[i]; size = fmax(size, fabs(l->step[i]) / (1 + fabs(z[i]))); }
        if (!(size < 1e3)) return -1;
        if (size < 1e-13 || (size < 1e-9 && size >= last)) return k + 1;
        if (k > 3 && size > last) return -1;
        last = size;
    }
    return last < 1e-8 ? NEWTON_MAX : -1;
}

static bool find_tangent(Logit *l, double *z, double *tangent)
{
    int32_t n = l->n;
    double size = 0;
    differentiate(l, z);
    memcpy(l->jacobian + n * (n + 1), tangent, (size_t)(n + 1) * sizeof *tangent);
    memset(l->step, 0, (size_t)(n + 1) * sizeof *l->step);
    l->step[n] = 1;
    if (!eliminate(l->jacobian, l->step, n + 1)) return false;
    for (int32_t i = 0; i <= n; i++) size += l->step[i] * l->step[i];
    for (int32_t i = 0; i <= n; i++) tangent[i] = l->step[i] / sqrt(size);
    return true;
}

static bool prepare(Logit *l, Err *e)
{
    const Game *g = l->g;
    Arena *a = l->a;
    int32_t np = g->players.n, at = 0;
    l->n = g->n_actions;
    if (l->n > UNKNOWNS_MAX)
        return fail(e, ERR_LIMIT, "%d actions are too many for logit responses; at most %d", l->n, UNKNOWNS_MAX);
    l->first = arena_new(a, int32_t, l->n + 1);
    l->count = arena_new(a, int32_t, l->n + 1);
    for (int32_t k = 0; k < np; k++) {
        for (int32_t i = 0; g->is_tree && i < g->order[k].n; i++) {
            const GameSet *s = &g->sets.v[g->order[k].v[i]];
            l->first[l->n_sets] = s->first;
            l->count[l->n_sets++] = s->actions.n;
        }
        if (g->is_tree) continue;
        l->first[l->n_sets] = at;
        l->count[l->n_sets++] = g->counts[k];
        at += g->counts[k];
    }
    ptrdiff_t rows = g->is_tree ? g->nodes.n : (ptrdiff_t)g->n_cells;
    l->number = arena_new(a, double, rows * np + 1);
    for (ptrdiff_t i = 0; i < rows; i++)
        for (int32_t k = 0; k < np; k++) {
            const Ratio *pays = g->is_tree ? g->nodes.v[i].pays : g->cells + i * np;
            l->number[i * np + k] = pays ? ratio_double(pays[k]) : 0;
        }
    l->reach = arena_new(a, double, rows + 1);
    l->pays = arena_new(a, double, rows * np + 1);
    double **arrays[] = {&l->p, &l->value, &l->residual, &l->plus, &l->tangent, &l->z, &l->try, &l->step};
    for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++) *arrays[k] = arena_new(a, double, l->n + 2);
    l->jacobian = arena_new(a, double, (ptrdiff_t)(l->n + 1) * (l->n + 1));
    return true;
}

/* At the λ that was asked for, from a point of the branch near it. */
static bool land(Logit *l, double lambda, double *z)
{
    double *row = arena_new(l->a, double, l->n + 1);
    row[l->n] = 1;
    z[l->n] = lambda;
    return correct(l, z, row) >= 0;
}

bool game_logit(Arena *a, const Game *g, double lambda, double *p, Err *e)
{
    Logit l = {.a = a, .g = g};
    double h = 0.03;
    if (!prepare(&l, e)) return false;
    int32_t n = l.n;
    for (int32_t s = 0; s < l.n_sets; s++)
        for (int32_t c = 0; c < l.count[s]; c++) l.z[l.first[s] + c] = -log(l.count[s]);
    l.tangent[n] = 1;
    for (int k = 0; k < STEPS_MAX && lambda > 0; k++) {
        if (!find_tangent(&l, l.z, l.tangent)) return fail(e, ERR_LIMIT, "the branch of logit responses meets another one at λ = %.4g; nothing beyond is claimed", l.z[n]);
        for (;;) {
            for (int32_t i = 0; i <= n; i++) l.try[i] = l.z[i] + h * l.tangent[i];
            double asked = l.try[n];
            int steps = correct(&l, l.try, l.tangent);
            double off = 0;
            for (int32_t i = 0; i <= n; i++) off = fmax(off, fabs(l.try[i] - l.z[i] - h * l.tangent[i]));
            if (steps >= 0 && off < 0.5 * h + 1e-6) {
                (void)asked;
                bool is_there = l.try[n] >= lambda;
                if (is_there && l.try[n] - l.z[n] > 0) {  /* between the two points: near enough for Newton */
                    double share = (lambda - l.z[n]) / (l.try[n] - l.z[n]);
                    for (int32_t i = 0; i <= n; i++) l.try[i] = l.z[i] + share * (l.try[i] - l.z[i]);
                    if (land(&l, lambda, l.try)) {
                        memcpy(l.z, l.try, (size_t)(n + 1) * sizeof *l.z);
                        goto done;
                    }
                    h /= 2;
                    continue;
                }
                memcpy(l.z, l.try, (size_t)(n + 1) * sizeof *l.z);
                if (steps <= 4 && h < 0.5) h *= 1.4;
                break;
            }
            h /= 2;
            if (h < 1e-9) return fail(e, ERR_LIMIT, "the branch of logit responses could not be followed beyond λ = %.4g", l.z[n]);
        }
        if (k + 1 == STEPS_MAX) return fail(e, ERR_LIMIT, "the branch of logit responses needs more than %d steps; at λ = %.4g it was left", STEPS_MAX, l.z[n]);
    }
done:
    for (int32_t i = 0; i < n; i++) p[i] = exp(l.z[i]);
    return true;
}
