/* The spatial model of politics (Wise, Lester and Efird, "Multidimensional bargaining using KTAB", KAPSARC 2015), all
** issues together, with every setting of the toolkit.
**
** A turn: how each actor takes risks follows from how likely its position is to win an election among all positions.
** Each actor then looks for the challenge that promises it most in its own eyes, weighing which third parties would back
** whom, and proposes a compromise to the challenged. Everybody holds an election over the proposals on its desk, staying
** put among them, and moves to its own part of the winner. It ends when hardly anybody moves.
**
** In here positions run from 0 to 1 on every issue. Order of a desk: stay, the own proposal, then those received in the
** order of the actors who made them (in the toolkit it depends on threads); of equally likely ones the first is taken.
** Always: the same input gives the same turns, bit for bit. Cost: n³ a turn for challenges, n·b² · n for desks of b.
** No memory is taken while it runs.
*/
#include "foresee/bargain.h"
#include <math.h>
#include <string.h>

const SpatialSettings spatial_default = {VICTORY_LINEAR, ELECTION_CONDITIONAL, VOTE_PROPORTIONAL, VIEW_THIRD, RANGE_MID,
                                         COMMIT_SEMI, VECTOR_S2P2, BARGAIN_INITIATOR, 0, 0};
const SpatialSetting spatial_setting[SPATIAL_SETTINGS] = {
    {"victory", "linear|square|quartic|octic|binary"},
    {"election", "conditional|incentive|uniform"},
    {"voting", "proportional|binary|prop-binary|prop-cubic|cubic|asymmetric"},
    {"view", "none|third|half|two-thirds|full"},
    {"range", "min|mid|max"},
    {"commit", "none|semi|full"},
    {"vector", "s1p1|s2p2|s2pmax"},
    {"bargains", "initiator|both|power"},
    {"transitions", "deterministic|stochastic"},
};

int8_t *spatial_setting_at(SpatialSettings *s, int which)
{
    int8_t *at[SPATIAL_SETTINGS] = {&s->victory, &s->election, &s->voting, &s->view, &s->range,
                                    &s->commit, &s->vector, &s->bargains, &s->stochastic};
    return at[which];
}

bool spatial_set(SpatialSettings *s, Str name, Str value, Err *e)
{
    for (int k = 0; k < SPATIAL_SETTINGS; k++) {
        if (!str_eq(name, str_of(spatial_setting[k].name))) continue;
        Str rest = str_of(spatial_setting[k].values), one;
        for (int8_t i = 0; str_split(&rest, '|', &one); i++)
            if (str_eq_fold(one, value)) { *spatial_setting_at(s, k) = i; return true; }
        return fail(e, ERR_USAGE, "'%.*s' is no value of the setting '%s'; it takes %s", STR(value),
                    spatial_setting[k].name, spatial_setting[k].values);
    }
    return fail(e, ERR_USAGE, "no setting is called '%.*s'; there are victory, election, voting, view, range, commit, vector, "
                "bargains and transitions", STR(name));
}

typedef struct { int32_t i, j; const double *bi, *bj, *value; } Proposal;   /* value: for each actor */

struct Spatial {
    int32_t n, dims;
    const Bargain *b;
    SpatialSettings with;
    double *p, *ideal, *v, *vsum, *vsquare, *c;          /* v: saliences; vsquare: Σ v² */
    double *dist, *risk, *seen, *self;                   /* dist[i][j]; seen[j][i]: U of i for j's position as h sees it */
    double *stay, *own;                                  /* of an actor: value of all positions as they are; u(δ(a, j), R_a) */
    double *bi, *bj, *value;                             /* of proposals, two for each initiator at most */
    Proposal *proposal;
    int32_t *made, *aim;                                 /* proposals of an initiator; whom it challenges */
    double *next, *first;
    int32_t *desk, n_proposals;                          /* desk: proposals on the desk at hand; -1 stay */
    double *option, *coalition, *win, *likely, *draft;   /* option[a][o] */
    double *up, *down, *swing, *weight;                  /* swing: what each third party adds for i; weight: Σ salience × capability */
    int32_t *chosen;
    Rng rng;
};

Spatial *spatial_new(Arena *a, int32_t n, int32_t dims)
{
    Spatial *s = arena_new(a, Spatial, 1);
    ptrdiff_t nn = (ptrdiff_t)n * n, nd = (ptrdiff_t)n * dims, b = 2 * n + 2;
    *s = (Spatial){.n = n, .dims = dims};
    struct { double **at; ptrdiff_t n; } arrays[] = {
        {&s->p, nd}, {&s->ideal, nd}, {&s->v, nd}, {&s->vsum, n}, {&s->vsquare, n}, {&s->c, n}, {&s->dist, nn}, {&s->risk, n},
        {&s->seen, nn}, {&s->stay, n}, {&s->own, nn}, {&s->bi, 2 * nd}, {&s->bj, 2 * nd}, {&s->value, 2 * nn}, {&s->next, nd},
        {&s->first, nd}, {&s->option, n * b}, {&s->coalition, b * b}, {&s->win, b * b}, {&s->likely, b}, {&s->draft, b},
        {&s->up, b}, {&s->down, b}, {&s->swing, n}, {&s->weight, n}, {&s->self, n}};
    for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++) *arrays[k].at = arena_new(a, double, arrays[k].n + 1);
    s->proposal = arena_new(a, Proposal, 2 * n + 1);
    s->made = arena_new(a, int32_t, n + 1);
    s->aim = arena_new(a, int32_t, n + 1);
    s->desk = arena_new(a, int32_t, b);
    s->chosen = arena_new(a, int32_t, n + 1);
    return s;
}

bool spatial_fits(const Bargain *b, Err *e)
{
    if (b->n < 2) return fail(e, ERR_INPUT, "the spatial model needs two actors at least; there is %d", b->n);
    if (b->n > SPATIAL_ACTORS_MAX)
        return fail(e, ERR_LIMIT, "the spatial model takes %d actors at most; there are %d: join those that stand alike",
                    SPATIAL_ACTORS_MAX, b->n);
    for (int32_t i = 0; i < b->n; i++) {
        double sum = 0;
        for (int32_t d = 0; d < b->dims; d++) sum += b->salience[i * b->dims + d];
        if (sum > 1 + 1e-9)
            return fail(e, ERR_INPUT, "the saliences of '%.*s' sum to %.4g; the spatial model shares out 100 among the issues: "
                        "lower them", STR(b->actor[i]), sum * 100);
    }
    return true;
}

/* ---- rules 1 to 5 ------------------------------------------------------------------------------------------- */
static double distance(const Spatial *s, int32_t i, const double *q)
{
    double sum = 0;
    if (s->vsquare[i] <= 0) return 0;
    for (int32_t d = 0; d < s->dims; d++) {
        double x = s->v[i * s->dims + d] * (s->ideal[i * s->dims + d] - q[d]);
        sum += x * x;
    }
    return sqrt(sum / s->vsquare[i]);
}

static inline double utility(double delta, double r) { return (1 - delta) * (1 + delta * r); }

static inline double clip(double x) { return x < -1 ? -1 : x > 1 ? 1 : x; }

static inline double vote(int rule, double w, double d)
{
    switch (rule) {
    case VOTE_BINARY: return w * clip(d / 1e-8);
    case VOTE_PROP_BINARY: return w * (0.8 * d + 0.2 * clip(d / 1e-8));
    case VOTE_PROP_CUBIC: return w * (0.5 * d + 0.5 * d * d * d);
    case VOTE_CUBIC: return w * d * d * d;
    case VOTE_ASYMMETRIC: return d > 0 ? w * d * 2 / 3 : w * d;
    default: return w * d;
    }
}

static double victory(int model, double ab, double ba)
{
    double x = ab, y = ba;
    if (model == VICTORY_BINARY) {                       /* certain at a lead of a tenth, linear between */
        double edge = 0.1 / 2.1, share = (ab - ba) / (ab + ba);
        return 0.5 + 0.5 * clip(share / edge);
    }
    if (model >= VICTORY_SQUARE) { x *= x; y *= y; }
    if (model >= VICTORY_QUARTIC) { x *= x; y *= y; }
    if (model >= VICTORY_OCTIC) { x *= x; y *= y; }
    return x / (x + y);
}

static void elect_conditional(Spatial *s, int32_t m)
{
    double sum = 0;
    for (int32_t a = 0; a < m; a++) {
        double product = 1;
        for (int32_t b = 0; b < m; b++) product *= s->win[a * m + b];
        s->likely[a] = product;
        sum += product;
    }
    for (int32_t a = 0; a < m; a++) s->likely[a] = sum > 0 ? s->likely[a] / sum : 1.0 / m;
}

enum { MARKOV_MAX = 10000 };             /* steps; the average halves the distance, so some 30 do */

static void elect_markov(Spatial *s, int32_t m, bool has_incentive)
{
    double limit = has_incentive ? 1e-8 : 1e-6;
    double *chi = s->coalition;                          /* becomes the chance that a is put up against b */
    if (has_incentive)
        for (int32_t b = 0; b < m; b++) {
            double sum = 0;
            for (int32_t a = 0; a < m; a++) {
                double weight = a == b ? 1e-10 : chi[a * m + b] * s->win[a * m + b];
                chi[a * m + b] = weight;
                sum += weight;
            }
            for (int32_t a = 0; a < m; a++) chi[a * m + b] /= sum;
        }
    for (int32_t a = 0; a < m; a++) s->likely[a] = 1.0 / m;
    for (int step = 0; step < MARKOV_MAX; step++) {
        double change = 0;
        for (int32_t a = 0; a < m; a++) {
            double q = 0;
            for (int32_t b = 0; b < m; b++)
                q += has_incentive ? s->win[a * m + b] * (s->likely[a] * chi[b * m + a] + s->likely[b] * chi[a * m + b])
                                   : s->win[a * m + b] * (s->likely[a] + s->likely[b]) / m;
            s->draft[a] = (s->likely[a] + q) / 2;
        }
        for (int32_t a = 0; a < m; a++) {
            if (fabs(s->draft[a] - s->likely[a]) > change) change = fabs(s->draft[a] - s->likely[a]);
            s->likely[a] = s->draft[a];
        }
        if (change < limit) break;
    }
}

/* How strong the backers of option a are against each b < a, and theirs against it. Sums run in the actors' order; the
** inner loop runs over options, so that it can be done several at a time without changing any sum. */
static inline __attribute__((always_inline)) void strengths(Spatial *s, int rule, int32_t m, int32_t a)
{
    double *restrict up = s->up, *restrict down = s->down;
    for (int32_t b = 0; b < a; b++) up[b] = down[b] = 1e-8;
    for (int32_t k = 0; k < s->n; k++) {
        const double *restrict value = s->option + (ptrdiff_t)k * m;
        double of_a = value[a], w = s->c[k];
        for (int32_t b = 0; b < a; b++) {
            double x = vote(rule, w, of_a - value[b]);
            up[b] += x > 0 ? x : 0;
            down[b] -= x < 0 ? x : 0;
        }
    }
}

/* The same with the rule known to the compiler. */
static void strengths_by(Spatial *s, int32_t m, int32_t a)
{
    switch (s->with.voting) {
    case VOTE_BINARY: strengths(s, VOTE_BINARY, m, a); break;
    case VOTE_PROP_BINARY: strengths(s, VOTE_PROP_BINARY, m, a); break;
    case VOTE_PROP_CUBIC: strengths(s, VOTE_PROP_CUBIC, m, a); break;
    case VOTE_CUBIC: strengths(s, VOTE_CUBIC, m, a); break;
    case VOTE_ASYMMETRIC: strengths(s, VOTE_ASYMMETRIC, m, a); break;
    default: strengths(s, VOTE_PROPORTIONAL, m, a);
    }
}

/* An election over m options, whose values to the actors stand in s->option[actor × m + option]. */
static void elect(Spatial *s, int32_t m)
{
    for (int32_t a = 0; a < m; a++) {
        s->coalition[a * m + a] = 0;
        s->win[a * m + a] = 0.5;
        strengths_by(s, m, a);
        for (int32_t b = 0; b < a; b++) {
            s->coalition[a * m + b] = s->up[b];
            s->coalition[b * m + a] = s->down[b];
            s->win[a * m + b] = victory(s->with.victory, s->up[b], s->down[b]);
            s->win[b * m + a] = victory(s->with.victory, s->down[b], s->up[b]);
        }
    }
    if (s->with.election == ELECTION_CONDITIONAL) elect_conditional(s, m);
    else elect_markov(s, m, s->with.election == ELECTION_INCENTIVE);
}

/* ---- rule 6: risk, and what an actor sees ---------------------------------------------------------------------- */
static void distances(Spatial *s)
{
    for (int32_t i = 0; i < s->n; i++)
        for (int32_t j = 0; j < s->n; j++) s->dist[i * s->n + j] = distance(s, i, s->p + j * s->dims);
}

static void risks(Spatial *s)
{
    double low = INFINITY, high = -INFINITY;
    for (int32_t i = 0; i < s->n; i++)
        for (int32_t j = 0; j < s->n; j++) s->option[i * s->n + j] = utility(s->dist[i * s->n + j], 0);
    elect(s, s->n);
    for (int32_t i = 0; i < s->n; i++) {
        if (s->likely[i] < low) low = s->likely[i];
        if (s->likely[i] > high) high = s->likely[i];
    }
    for (int32_t i = 0; i < s->n; i++) {
        double x = s->likely[i], width = high - low;
        if (width <= 0) s->risk[i] = 0;
        else if (s->with.range == RANGE_MIN) s->risk[i] = (x - low) / width;
        else if (s->with.range == RANGE_MAX) s->risk[i] = (2 * x - high - low) / width;
        else s->risk[i] = (3 * x - (high + 2 * low)) / (2 * width);
    }
    for (int32_t i = 0; i < s->n; i++)
        for (int32_t j = 0; j < s->n; j++) s->own[i * s->n + j] = utility(s->dist[i * s->n + j], s->risk[i]);
}

static void see_as(Spatial *s, int32_t h)
{
    static const double share[] = {0, 1.0 / 3, 0.5, 2.0 / 3, 1};     /* of the other's own attitude */
    double w = share[s->with.view];
    for (int32_t i = 0; i < s->n; i++) {
        double r = s->with.view == VIEW_THIRD ? (2 * s->risk[h] + s->risk[i]) / 3 : (1 - w) * s->risk[h] + w * s->risk[i];
        for (int32_t j = 0; j < s->n; j++) s->seen[j * s->n + i] = utility(s->dist[i * s->n + j], r);
    }
    for (int32_t i = 0; i < s->n; i++) s->self[i] = s->seen[i * s->n + i];
}

/* ---- rule 7: a challenge of j by i, as the viewer of s->seen sees it ------------------------------------------- */
/* What each third party adds to i's side (or, below zero, to j's): with the chance q that i wins once its own vote is in,
** it compares backing i with backing j by the three positions that would result. A backer of the winner keeps its own
** position under COMMIT_SEMI, a backer of the loser moves to the winner's; with the other two both come to the same. */
static inline __attribute__((always_inline)) void third_parties(Spatial *s, int rule, bool is_semi, int32_t i, int32_t j, double ij, double ji)
{
    const double *restrict ui = s->seen + (ptrdiff_t)i * s->n, *restrict uj = s->seen + (ptrdiff_t)j * s->n;
    const double *restrict self = s->self, *restrict weight = s->weight;
    double *restrict swing = s->swing;
    for (int32_t t = 0; t < s->n; t++) {
        double direct = vote(rule, weight[t], ui[t] - uj[t]);
        double x = ij + (direct > 0 ? direct : 0), y = ji - (direct < 0 ? direct : 0), q = x / (x + y);
        double back_i = q * (2 * ui[t] + self[t]) + (1 - q) * 3 * uj[t];
        double back_j = q * 3 * ui[t] + (1 - q) * (2 * uj[t] + self[t]);
        swing[t] = is_semi ? vote(rule, weight[t], back_i - back_j) : 0;
    }
}

static void third_parties_by(Spatial *s, int32_t i, int32_t j, double ij, double ji)
{
    bool is_semi = s->with.commit == COMMIT_SEMI;
    switch (s->with.voting) {
    case VOTE_BINARY: third_parties(s, VOTE_BINARY, is_semi, i, j, ij, ji); break;
    case VOTE_PROP_BINARY: third_parties(s, VOTE_PROP_BINARY, is_semi, i, j, ij, ji); break;
    case VOTE_PROP_CUBIC: third_parties(s, VOTE_PROP_CUBIC, is_semi, i, j, ij, ji); break;
    case VOTE_CUBIC: third_parties(s, VOTE_CUBIC, is_semi, i, j, ij, ji); break;
    case VOTE_ASYMMETRIC: third_parties(s, VOTE_ASYMMETRIC, is_semi, i, j, ij, ji); break;
    default: third_parties(s, VOTE_PROPORTIONAL, is_semi, i, j, ij, ji);
    }
}

static double challenge(Spatial *s, int32_t k, int32_t i, int32_t j, double *p)
{
    const double *u = s->seen;
    int32_t n = s->n;
    double ij = 1e-10, ji = 1e-10;
    double vi = vote(s->with.voting, s->weight[i], u[i * n + i] - u[j * n + i]);
    double vj = vote(s->with.voting, s->weight[j], u[i * n + j] - u[j * n + j]);
    if (vi > 0) ij += vi; else ji -= vi;
    if (vj > 0) ij += vj; else ji -= vj;
    third_parties_by(s, i, j, ij, ji);
    s->swing[i] = s->swing[j] = 0;
    for (int32_t t = 0; t < n; t++) {
        ij += s->swing[t] > 0 ? s->swing[t] : 0;
        ji -= s->swing[t] < 0 ? s->swing[t] : 0;
    }
    *p = ij / (ij + ji);
    double uki = u[i * n + k], ukj = u[j * n + k], sj = s->vsum[j];
    return (1 - sj) * 2 * uki + sj * (*p * 2 * uki + (1 - *p) * 2 * ukj) - (uki + ukj);
}

/* ---- rule 8: proposals ---------------------------------------------------------------------------------------- */
static double rounded(double x) { return floor(x * 1e4 + 0.5) / 1e4; }

static void meet(const Spatial *s, int32_t i, int32_t j, double p, double *bi, double *bj)
{
    const double least = 1e-6;
    for (int32_t d = 0; d < s->dims; d++) {
        double a = s->v[i * s->dims + d] * p, b = s->v[j * s->dims + d] * (1 - p);
        double x = s->p[i * s->dims + d], y = s->p[j * s->dims + d];
        if (s->with.vector != VECTOR_S1P1) { a *= a; b *= b; }
        bi[d] = rounded(((a + least) * x + b * y) / (a + least + b));
        bj[d] = rounded((a * x + (b + least) * y) / (a + b + least));
        if (s->with.vector == VECTOR_S2PMAX && p > 0.5) bi[d] = x;
        if (s->with.vector == VECTOR_S2PMAX && p < 0.5) bj[d] = y;
    }
}

static void put_proposal(Spatial *s, int32_t i, int32_t j, double p, double other, double share)
{
    int32_t at = s->n_proposals++, n = s->n, dims = s->dims;
    double *bi = s->bi + at * dims, *bj = s->bj + at * dims, *value = s->value + at * n;
    meet(s, i, j, p, bi, bj);
    if (share < 1) {                                     /* the two views mixed by the actors' power */
        double mi[ISSUES_MAX], mj[ISSUES_MAX];
        meet(s, i, j, other, mi, mj);
        for (int32_t d = 0; d < dims; d++) {
            bi[d] = rounded(share * bi[d] + (1 - share) * mi[d]);
            bj[d] = rounded(share * bj[d] + (1 - share) * mj[d]);
        }
    }
    for (int32_t k = 0; k < n; k++) {
        double sum = 0, r = s->risk[k];
        for (int32_t t = 0; t < n; t++)
            sum += t == i ? utility(distance(s, k, bi), r) : t == j ? utility(distance(s, k, bj), r) : s->own[k * n + t];
        value[k] = sum / n;
    }
    s->proposal[at] = (Proposal){i, j, bi, bj, value};
}

static void propose(Spatial *s, int32_t i)
{
    double most = 1e-5, p = 0, chance, q = 0;
    s->aim[i] = -1;
    see_as(s, i);
    for (int32_t j = 0; j < s->n; j++) {
        if (j == i) continue;
        double x = challenge(s, i, i, j, &chance);
        if (x > most) { most = x; s->aim[i] = j; p = chance; }
    }
    int32_t j = s->aim[i];
    if (j < 0) return;
    if (s->with.bargains == BARGAIN_INITIATOR) { put_proposal(s, i, j, p, p, 1); return; }
    see_as(s, j);
    challenge(s, j, i, j, &q);
    double wi = s->weight[i], wj = s->weight[j];
    if (s->with.bargains == BARGAIN_POWER) put_proposal(s, i, j, p, q, wi + wj > 0 ? wi / (wi + wj) : 1);
    else { put_proposal(s, i, j, p, p, 1); put_proposal(s, i, j, q, q, 1); }
}

/* ---- rule 9: everybody decides --------------------------------------------------------------------------------- */
static int32_t pick(Spatial *s, int32_t m)
{
    int32_t best = 0;
    if (s->with.stochastic) {
        double x = rng_unit(&s->rng), sum = 0;
        for (int32_t a = 0; a < m; a++)
            if (x < (sum += s->likely[a])) return a;
        return m - 1;
    }
    for (int32_t a = 1; a < m; a++)
        if (s->likely[a] > s->likely[best]) best = a;
    return best;
}

static void decide(Spatial *s, int32_t k)
{
    int32_t m = 0;
    s->desk[m++] = -1;
    for (int pass = 0; pass < 2; pass++)
        for (int32_t t = 0; t < s->n_proposals; t++)
            if (pass ? s->proposal[t].j == k : s->proposal[t].i == k) s->desk[m++] = t;
    s->chosen[k] = -1;
    if (m == 1) return;
    for (int32_t a = 0; a < s->n; a++)
        for (int32_t o = 0; o < m; o++)
            s->option[a * m + o] = s->desk[o] < 0 ? s->stay[a] : s->proposal[s->desk[o]].value[a];
    elect(s, m);
    s->chosen[k] = s->desk[pick(s, m)];
}

static double move_all(Spatial *s)
{
    double moved = 0;
    for (int32_t k = 0; k < s->n; k++) {
        const Proposal *t = s->chosen[k] < 0 ? NULL : &s->proposal[s->chosen[k]];
        const double *to = !t ? s->p + k * s->dims : t->i == k ? t->bi : t->bj;
        double sum = 0;
        for (int32_t d = 0; d < s->dims; d++) {
            double x = to[d] - s->p[k * s->dims + d];
            sum += x * x;
            s->next[k * s->dims + d] = to[d];
        }
        moved += sqrt(sum);
    }
    memcpy(s->p, s->next, (size_t)(s->n * s->dims) * sizeof *s->p);
    return moved;
}

static void follow(Spatial *s)
{
    const double *a = s->b->accommodation;
    if (!a) { memcpy(s->ideal, s->p, (size_t)(s->n * s->dims) * sizeof *s->p); return; }
    for (int32_t i = 0; i < s->n; i++) {
        double own = 1;
        for (int32_t j = 0; j < s->n; j++) own -= a[i * s->n + j];
        for (int32_t d = 0; d < s->dims; d++) {
            double x = own * s->ideal[i * s->dims + d];
            for (int32_t j = 0; j < s->n; j++) x += a[i * s->n + j] * s->p[j * s->dims + d];
            s->ideal[i * s->dims + d] = x;
        }
    }
}

/* Rule 6 at the positions as they are; what a turn and the printed chances both need. */
static void look(Spatial *s)
{
    distances(s);
    risks(s);
}

static double turn(Spatial *s)
{
    for (int32_t a = 0; a < s->n; a++) {
        double sum = 0;
        for (int32_t t = 0; t < s->n; t++) sum += s->own[a * s->n + t];
        s->stay[a] = sum / s->n;
    }
    s->n_proposals = 0;
    for (int32_t i = 0; i < s->n; i++) propose(s, i);
    for (int32_t k = 0; k < s->n; k++) decide(s, k);
    double moved = move_all(s);
    follow(s);
    return moved;
}

static void begin(Spatial *s, const Bargain *b, const SpatialSettings *with)
{
    s->b = b;
    s->with = *with;
    s->rng = rng_seed(with->seed);
    for (int32_t i = 0; i < b->n; i++) {
        s->vsum[i] = s->vsquare[i] = 0;
        s->c[i] = b->capability[i];
        for (int32_t d = 0; d < b->dims; d++) {
            int32_t at = i * b->dims + d;
            double v = b->salience[at];
            s->v[at] = v;
            s->vsum[i] += v;
            s->vsquare[i] += v * v;
            s->p[at] = s->ideal[at] = (b->position[at] - b->low[d]) / (b->high[d] - b->low[d]);
        }
        s->weight[i] = s->vsum[i] * s->c[i];
    }
}

static void keep(const Spatial *s, double *to)
{
    for (int32_t i = 0; i < s->n; i++)
        for (int32_t d = 0; d < s->dims; d++)
            to[i * s->dims + d] = s->b->low[d] + s->p[i * s->dims + d] * (s->b->high[d] - s->b->low[d]);
}

/* ---- rule 12: printed probabilities ---------------------------------------------------------------------------- */
static double apart(const Spatial *s, const double *x, const double *y)
{
    double sum = 0;
    for (int32_t d = 0; d < s->dims; d++) sum += (x[d] - y[d]) * (x[d] - y[d]);
    return sqrt(sum);
}

static void printed(Spatial *s, double *to)
{
    int32_t m = 0;
    for (int32_t i = 0; i < s->n; i++) {                 /* representatives stand in desk */
        bool is_new = true;
        for (int32_t k = 0; is_new && k < m; k++) is_new = apart(s, s->p + i * s->dims, s->p + s->desk[k] * s->dims) >= 1e-3;
        if (is_new) s->desk[m++] = i;
    }
    for (int32_t a = 0; a < s->n; a++)
        for (int32_t k = 0; k < m; k++) s->option[a * m + k] = s->own[a * s->n + s->desk[k]];
    elect(s, m);
    for (int32_t i = 0; i < s->n; i++)
        for (int32_t k = 0; k < m; k++)
            if (apart(s, s->p + i * s->dims, s->p + s->desk[k] * s->dims) < 1e-3) to[i] = s->likely[k];
}

int spatial_run(Spatial *s, const Bargain *b, const SpatialSettings *with, double *history, double *chance)
{
    ptrdiff_t size = (ptrdiff_t)b->n * b->dims;
    double first = 0;
    int done = 0;
    begin(s, b, with);
    look(s);
    if (history) keep(s, history);
    if (chance) printed(s, chance);
    for (;;) {
        double moved = turn(s);
        done++;
        if (history) keep(s, history + done * size);
        if (done == 1) first = moved;
        bool is_over = done == SPATIAL_TURNS || (done > 1 && moved < 0.02 * (first + 1e-4));
        if (chance || !is_over) look(s);
        if (chance) printed(s, chance + done * b->n);
        if (is_over) break;
    }
    keep(s, s->first);
    return done;
}

const double *spatial_positions(const Spatial *s) { return s->first; }
