/* The expected-utility model of bargaining (Bueno de Mesquita 1985, 1994; Scholz, Calbert and Smith, "Unravelling
** Bueno de Mesquita's group decision model", J. Theoretical Politics 23, 2011), one issue, in its named variants.
**
** Each round every actor works out what it would gain by challenging every other, how the others take risks, and which
** offers are made to it; then all move at once. One paper has several defensible readings, and they disagree on its own
** example (7.00, or 8.42 9.61 9.96 … 7.47, or 9.53 then 10), so all are run and every round is shown: the series
** need not settle, and a rule for stopping only picks a number out of an oscillation.
**
** Always: positions stay within the first round's range. With D = pairs, P_ij + P_ji = 1 for different positions.
** Cost: n³ a round. Sums run in the actors' order.
*/
#include "foresee/bargain.h"
#include <math.h>

const UtilityVariant utility_variants[UTILITY_VARIANTS] = {
    {"scholz_code", true, true, true, false, CHOICE_QUIRK, true, 1},
    {"text", false, false, true, false, CHOICE_LEAST_MOVE, true, 1},
    {"cautious", false, false, false, true, CHOICE_MOST_ENFORCEABLE, true, 1},
    {"even", false, false, true, false, CHOICE_LEAST_MOVE, false, 1},    /* text, ties broken alike on both sides */
};

struct Utility {
    int32_t n;
    double *x, *w, *s, *risk, *one, *next, *exposure;
    double *chance, *apart;              /* P_ij; (|x_k − x_i| / R)^r of each k and i */
    double range, median;
};

Utility *utility_new(Arena *a, int32_t n)
{
    Utility *u = arena_new(a, Utility, 1);
    *u = (Utility){.n = n};
    double **arrays[] = {&u->x, &u->w, &u->s, &u->risk, &u->one, &u->next, &u->exposure};
    for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++) *arrays[k] = arena_new(a, double, n + 1);
    u->chance = arena_new(a, double, (ptrdiff_t)n * n + 1);
    u->apart = arena_new(a, double, (ptrdiff_t)n * n + 1);
    for (int32_t i = 0; i < n; i++) u->one[i] = 1;
    return u;
}

UtilityRound *utility_rounds(Arena *a, int32_t n, int rounds)
{
    UtilityRound *to = arena_new(a, UtilityRound, rounds + 1);
    for (int r = 0; r <= rounds; r++) {
        to[r].position = arena_new(a, double, n + 1);
        to[r].risk = r ? arena_new(a, double, n + 1) : NULL;
    }
    return to;
}

static double weighted_median(const Utility *u)
{
    Bargain b = {.n = u->n, .dims = 1, .position = u->x, .salience = u->s, .capability = u->w, .low = &(double){0}, .high = &(double){1}};
    return bargain_median(&b, 0);
}

static double power(double base, double to) { return to == 1 ? base : pow(base, to); }

/* k's vote for i's position over j's. */
static inline double vote(const Utility *u, int32_t k, int32_t i, int32_t j)
{
    const double *apart = u->apart + (ptrdiff_t)k * u->n;
    return u->w[k] * u->s[k] * (apart[j] - apart[i]);
}

static double all_pairs(const Utility *u)
{
    double sum = 0;
    for (int32_t k = 0; k < u->n; k++)
        for (int32_t i = 0; i < u->n; i++)
            for (int32_t j = 0; j < u->n; j++)
                if (i != j) sum += fabs(vote(u, k, i, j));
    return sum;
}

static void chances(Utility *u, const UtilityVariant *v, const double *risk)
{
    const double *of = v->votes_at_risk ? risk : u->one;
    for (int32_t k = 0; k < u->n; k++)
        for (int32_t i = 0; i < u->n; i++) u->apart[(ptrdiff_t)k * u->n + i] = power(fabs(u->x[k] - u->x[i]) / u->range, of[k]);
    double d_all = v->all_pairs ? all_pairs(u) : 0;
    for (int32_t i = 0; i < u->n; i++)
        for (int32_t j = 0; j < u->n; j++) {
            double for_i = 0, all = 0;
            for (int32_t k = 0; k < u->n; k++) {
                double one = vote(u, k, i, j);
                if (one > 0) for_i += one;
                all += fabs(one);
            }
            double d = v->all_pairs ? d_all : all;
            u->chance[i * u->n + j] = u->x[i] == u->x[j] || d <= 0 ? 0 : for_i / d;
        }
}

/* What i gains by challenging j, with risk exponent r: step 4 of doc/scenario.md. */
static double gain(const Utility *u, const UtilityVariant *v, int32_t i, int32_t j, double r)
{
    double d = fabs(u->x[i] - u->x[j]) / u->range, p = u->chance[i * u->n + j], s = u->s[j];
    double off = fabs(u->x[i] - u->median), g = (off / u->range + d) / 4;
    double success = 2 - 4 * power(0.5 - 0.5 * d, r), failure = 2 - 4 * power(0.5 + 0.5 * d, r), quiet = 2 - 4 * power(0.5, r);
    double better = 0, worse = 0;
    if (v->q != 1) { better = 2 - 4 * power(0.5 - g, r); worse = 2 - 4 * power(0.5 + g, r); }
    double t = off < fabs(u->x[i] - u->x[j]) ? 1 : 0;
    return s * (p * success + (1 - p) * failure) + (1 - s) * success - v->q * quiet - (1 - v->q) * (t * better + (1 - t) * worse);
}

/* Who is exposed to the gains of others takes few risks: step 5. */
static void risks(Utility *u, const UtilityVariant *v)
{
    double low = INFINITY, high = -INFINITY;
    chances(u, v, u->one);
    for (int32_t i = 0; i < u->n; i++) {
        u->exposure[i] = 0;
        for (int32_t j = 0; j < u->n; j++)
            if (j != i) u->exposure[i] += gain(u, v, j, i, 1);
        if (u->exposure[i] < low) low = u->exposure[i];
        if (u->exposure[i] > high) high = u->exposure[i];
    }
    for (int32_t i = 0; i < u->n; i++) {
        double rho = high > low ? (2 * u->exposure[i] - high - low) / (high - low) : 0;
        u->risk[i] = (1 - rho / 3) / (1 + rho / 3);
    }
}

typedef struct { bool is_made, is_conflict; double to, key, second; } Offer;

static bool offer_from(const Utility *u, const UtilityVariant *v, int32_t i, int32_t j, Offer *o)
{
    if (u->x[i] == u->x[j]) return false;
    double a = gain(u, v, i, j, u->risk[i]), b = gain(u, v, j, i, v->owner_sees ? u->risk[j] : u->risk[i]);
    if (!(b > 0)) return false;
    bool is_conflict = a > 0 && b > a, is_compromise = a < 0 && b > fabs(a), is_capitulation = a < 0 && b < fabs(a);
    if (is_conflict && !v->conflict_moves) return false;
    if (is_capitulation && v->choice == CHOICE_QUIRK) return false;
    if (!is_conflict && !is_compromise && !is_capitulation) return false;
    *o = (Offer){.is_made = true, .is_conflict = is_conflict, .to = u->x[j]};
    if (is_compromise) o->to = u->x[i] + (u->x[j] - u->x[i]) * fabs(a / b);
    double step = fabs(o->to - u->x[i]);
    if (v->choice == CHOICE_MOST_ENFORCEABLE) { o->key = -b; o->second = step; }
    else if (v->choice == CHOICE_QUIRK && is_compromise)
        o->key = (fabs(a) * u->x[i] + fabs(b) * u->x[j]) / (fabs(a) + fabs(b));
    else o->key = step;
    return true;
}

static bool is_better(const UtilityVariant *v, const Offer *o, const Offer *best, double mean)
{
    if (!best->is_made) return true;
    if (v->choice == CHOICE_QUIRK && o->is_conflict != best->is_conflict) return o->is_conflict;
    if (o->key != best->key) return o->key < best->key;
    if (o->second != best->second) return o->second < best->second;
    if (v->choice == CHOICE_QUIRK) return false;
    if (v->ties_low) return o->to < best->to;
    return fabs(o->to - mean) < fabs(best->to - mean);
}

static void move_all(Utility *u, const UtilityVariant *v, double mean)
{
    for (int32_t i = 0; i < u->n; i++) {
        Offer best = {0}, o;
        for (int32_t j = 0; j < u->n; j++)
            if (j != i && offer_from(u, v, i, j, &o) && is_better(v, &o, &best, mean)) best = o;
        u->next[i] = best.is_made ? best.to : u->x[i];
    }
    for (int32_t i = 0; i < u->n; i++) u->x[i] = u->next[i];
}

static double weighted_mean(const Utility *u)
{
    double sum = 0, weight = 0;
    for (int32_t i = 0; i < u->n; i++) {
        sum += u->w[i] * u->s[i] * u->x[i];
        weight += u->w[i] * u->s[i];
    }
    return weight > 0 ? sum / weight : 0;
}

void utility_run(Utility *u, const Bargain *b, int32_t issue, const UtilityVariant *v, int rounds, UtilityRound *to)
{
    double low = INFINITY, high = -INFINITY;
    for (int32_t i = 0; i < u->n; i++) {
        u->x[i] = b->position[i * b->dims + issue];
        u->s[i] = b->salience[i * b->dims + issue];
        u->w[i] = b->capability[i];
        if (u->x[i] < low) low = u->x[i];
        if (u->x[i] > high) high = u->x[i];
    }
    u->range = high > low ? high - low : 1;
    for (int r = 0; r <= rounds; r++) {
        if (r) {
            risks(u, v);
            chances(u, v, u->risk);
            move_all(u, v, to[r - 1].mean);
        }
        u->median = to[r].median = weighted_median(u);
        to[r].mean = weighted_mean(u);
        for (int32_t i = 0; i < u->n; i++) {
            to[r].position[i] = u->x[i];
            if (r) to[r].risk[i] = u->risk[i];
        }
    }
}
