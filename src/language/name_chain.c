/* Chains: the best sequence of name tags for a sentence, and how much of all sequences agrees on one name.
**
**   tokens   Ana    Ruiz   told   the   Harbour   Council
**   best     B-PER  E-PER  O      O     B-ORG     E-ORG
**   share    of all chains weighed by exp(score), 0.93 have PER on "Ana Ruiz"
**
** A linear chain (Lafferty, McCallum and Pereira 2001): the score of a chain is the sum of its tags' scores and of the
** steps between them. A name is B I* E, or S alone, so most steps cannot be. Sums run both ways with a norm at each
** token (Rabiner 1989, section V.A), in doubles and with an exponential of our own: the same on every machine.
**
** Always: the tags of a sentence are whole names. Cost: linear, 97 steps a token.
*/
#include "language/name_inside.h"
#include <string.h>

bool name_may_begin(int tag)
{
    return tag == NAME_NONE || name_place_of(tag) == NAME_BEGIN || name_place_of(tag) == NAME_SINGLE;
}
bool name_may_end(int tag)
{
    return tag == NAME_NONE || name_place_of(tag) == NAME_END || name_place_of(tag) == NAME_SINGLE;
}
bool name_may_follow(int tag, int next)
{
    if (name_may_end(tag)) return name_may_begin(next);
    return !name_may_begin(next) && name_type_of(tag) == name_type_of(next);
}

/* ---- steps that may be: between whole names, and inside one of each type --------------------------------------- */
enum { OUTER = 1 + 2 * NAME_TYPES };
static const uint8_t ends[OUTER] = {0, 3, 4, 7, 8, 11, 12, 15, 16};
static const uint8_t begins[OUTER] = {0, 1, 4, 5, 8, 9, 12, 13, 16};
_Static_assert(NAME_TYPES == 4 && NAME_TAGS == 17, "the two lists above are for four types");

static const float BELOW = -1e30f;

/* The best end so far is told apart for each next begin; inside a name only B and I of its type come before. */
void name_best(const NameSteps *t, const NameRow *score, int32_t n, uint8_t *tag)
{
    static _Thread_local uint8_t from[NAME_WORDS][NAME_TAGS];
    NameRow at, next;
    if (n <= 0) return;
    for (int j = 0; j < NAME_TAGS; j++) at[j] = name_may_begin(j) ? score[0][j] : BELOW;
    for (int32_t i = 1; i < n; i++) {
        for (int j = 0; j < OUTER; j++) {
            int to = begins[j], best = 0;
            float most = at[0] + t->step[0][to];
            for (int k = 1; k < OUTER; k++) {
                float v = at[ends[k]] + t->step[ends[k]][to];
                if (v > most) most = v, best = ends[k];
            }
            next[to] = most + score[i][to];
            from[i][to] = (uint8_t)best;
        }
        for (int type = 0; type < NAME_TYPES; type++)
            for (int place = NAME_INNER; place <= NAME_END; place++) {
                int b = name_tag(type, NAME_BEGIN), in = name_tag(type, NAME_INNER), to = name_tag(type, place);
                float v = at[b] + t->step[b][to], w = at[in] + t->step[in][to];
                next[to] = (w > v ? w : v) + score[i][to];
                from[i][to] = (uint8_t)(w > v ? in : b);
            }
        memcpy(at, next, sizeof at);
    }
    int best = 0;
    for (int k = 1; k < OUTER; k++)
        if (at[ends[k]] > at[best]) best = ends[k];
    for (int32_t i = n; i-- > 0;) {
        tag[i] = (uint8_t)best;
        if (i) best = from[i][best];
    }
}

/* ---- sums ------------------------------------------------------------------------------------------------------ */
/* 2^k times a polynomial on ±ln(2)/2; relative error below 1e-8, which is far finer than the scores. */
double name_exp(double x)
{
    if (x < -700) return 0;
    if (x > 700) x = 700;
    double scaled = x * 1.4426950408889634;
    int64_t k = (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
    double r = x - (double)k * 0.6931471805599453;
    double tail = 1 / 24.0 + r * (1 / 120.0 + r * (1 / 720.0 + r * (1 / 5040.0)));
    double p = 1 + r * (1 + r * (1 / 2.0 + r * (1 / 6.0 + r * tail)));
    uint64_t bits = (uint64_t)(k + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return p * power;
}

static void forward_step(const NameSums *z, const double *from, double *to)
{
    for (int j = 0; j < OUTER; j++) {
        double sum = 0;
        for (int k = 0; k < OUTER; k++) sum += from[ends[k]] * z->step[ends[k]][begins[j]];
        to[begins[j]] = sum;
    }
    for (int type = 0; type < NAME_TYPES; type++) {
        int b = name_tag(type, NAME_BEGIN), in = name_tag(type, NAME_INNER), end = name_tag(type, NAME_END);
        to[in] = from[b] * z->step[b][in] + from[in] * z->step[in][in];
        to[end] = from[b] * z->step[b][end] + from[in] * z->step[in][end];
    }
}

static void back_step(const NameSums *z, const double *from, double *to)
{
    for (int k = 0; k < OUTER; k++) {
        double sum = 0;
        for (int j = 0; j < OUTER; j++) sum += z->step[ends[k]][begins[j]] * from[begins[j]];
        to[ends[k]] = sum;
    }
    for (int type = 0; type < NAME_TYPES; type++) {
        int b = name_tag(type, NAME_BEGIN), in = name_tag(type, NAME_INNER), end = name_tag(type, NAME_END);
        to[b] = from[in] * z->step[b][in] + from[end] * z->step[b][end];
        to[in] = from[in] * z->step[in][in] + from[end] * z->step[in][end];
    }
}

static double norm_of(double *v)
{
    double sum = 0;
    for (int j = 0; j < NAME_TAGS; j++) sum += v[j];
    if (sum > 0)
        for (int j = 0; j < NAME_TAGS; j++) v[j] /= sum;
    return sum;
}

static bool forward(NameSums *z)
{
    for (int32_t i = 0; i < z->n; i++) {
        if (i) forward_step(z, z->forward[i - 1], z->forward[i]);
        for (int j = 0; j < NAME_TAGS; j++) {
            double before = i ? z->forward[i][j] : name_may_begin(j);
            z->forward[i][j] = before * z->emit[i][j];
        }
        if (i == z->n - 1)
            for (int j = 0; j < NAME_TAGS; j++)
                if (!name_may_end(j)) z->forward[i][j] = 0;
        z->norm[i] = norm_of(z->forward[i]);
        if (!(z->norm[i] > 1e-280)) return false;
    }
    return true;
}

static void back(NameSums *z)
{
    for (int j = 0; j < NAME_TAGS; j++) z->back[z->n - 1][j] = name_may_end(j);
    for (int32_t i = z->n - 1; i-- > 0;) {
        double seen[NAME_TAGS];
        for (int j = 0; j < NAME_TAGS; j++) seen[j] = z->back[i + 1][j] * z->emit[i + 1][j] / z->norm[i + 1];
        back_step(z, seen, z->back[i]);
    }
}

void name_sums_steps(NameSums *z, const NameSteps *t)
{
    for (int k = 0; k < NAME_TAGS; k++)
        for (int j = 0; j < NAME_TAGS; j++) z->step[k][j] = name_may_follow(k, j) ? name_exp(t->step[k][j]) : 0;
}

enum { TOO_LOW = 60 };                                   /* below the best tag of a word: no part of any sum that is seen */

bool name_sums(NameSums *z, const NameSteps *t, const NameRow *score, int32_t n, const uint32_t *mask)
{
    if (t) name_sums_steps(z, t);
    z->n = n;
    z->log_sum = 0;
    for (int32_t i = 0; i < n; i++) {
        uint32_t may = mask ? mask[i] : ~0u;
        float most = BELOW;
        for (int j = 0; j < NAME_TAGS; j++)
            if (may >> j & 1 && score[i][j] > most) most = score[i][j];
        for (int j = 0; j < NAME_TAGS; j++) {
            bool counts = may >> j & 1 && score[i][j] > most - TOO_LOW;
            z->emit[i][j] = counts ? name_exp((double)score[i][j] - most) : 0;
        }
        z->log_sum += most;                              /* without the logarithms of the norms */
    }
    if (n <= 0 || !forward(z)) return false;
    back(z);
    return true;
}

double name_share(const NameSums *z, int32_t begin, int32_t end, int type)
{
    if (end - begin == 1) {
        int tag = name_tag(type, NAME_SINGLE);
        return z->forward[begin][tag] * z->back[begin][tag];
    }
    int tag = name_tag(type, NAME_BEGIN);
    double share = z->forward[begin][tag];
    for (int32_t i = begin + 1; i < end; i++) {
        int next = name_tag(type, i == end - 1 ? NAME_END : NAME_INNER);
        share *= z->step[tag][next] * z->emit[i][next] / z->norm[i];
        tag = next;
    }
    return share * z->back[end - 1][tag];
}
