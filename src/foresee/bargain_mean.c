/* The two forecasts that need no model: the weighted mean and the weighted median; and a scenario as numbers.
**
** The median is the lowest position at which the cumulated weight (capability × salience) reaches half: with
** single-peaked preferences it wins every vote between two positions (Black, "On the rationale of group
** decision-making", J. Political Economy 56, 1948).
*/
#include "foresee/bargain.h"
#include <string.h>

void bargain_alloc(Arena *a, Bargain *b, int32_t n, int32_t dims)
{
    *b = (Bargain){.n = n, .dims = dims};
    b->position = arena_new(a, double, (ptrdiff_t)n * dims + 1);
    b->salience = arena_new(a, double, (ptrdiff_t)n * dims + 1);
    b->capability = arena_new(a, double, n + 1);
    b->low = arena_new(a, double, dims + 1);
    b->high = arena_new(a, double, dims + 1);
    b->actor = arena_new(a, Str, n + 1);
    b->issue = arena_new(a, Str, dims + 1);
    for (int32_t d = 0; d < dims; d++) b->high[d] = 100;
}

bool bargain_of_scenario(Arena *a, const Scenario *sc, Bargain *b, Err *e)
{
    int32_t n = 0;
    if (!sc->issues.n)
        return fail(e, ERR_INPUT, "%.*s:1: no issue to bargain about; add: issue NAME \"WORDS\" from 0 to 100", STR(sc->file));
    for (int32_t i = 0; i < sc->actors.n; i++) n += sc->actors.v[i].influence.is_given;
    if (!n)
        return fail(e, ERR_INPUT, "%.*s:1: no actor has influence; add: actor NAME influence 60..80", STR(sc->file));
    bargain_alloc(a, b, n, sc->issues.n);
    for (int32_t d = 0; d < b->dims; d++) {
        b->issue[d] = sc->issues.v[d].name;
        b->low[d] = sc->issues.v[d].low;
        b->high[d] = sc->issues.v[d].high;
    }
    for (int32_t i = 0, at = 0; i < sc->actors.n; i++) {
        const ScenarioActor *x = &sc->actors.v[i];
        if (!x->influence.is_given) continue;
        b->actor[at] = x->name;
        b->capability[at] = x->influence.mode;
        for (int32_t d = 0; d < b->dims; d++) {
            const Stand *s = &x->stands[d];
            if (!s->position.is_given)
                return fail(e, ERR_INPUT, "%.*s:%d: '%.*s' has influence but no position on '%.*s'; add: position %.*s 40 salience 0 "
                            "(salience 0 where it does not care)", STR(sc->file), x->basis.line, STR(x->name), STR(b->issue[d]), STR(b->issue[d]));
            if (!s->salience.is_given)
                return fail(e, ERR_INPUT, "%.*s:%d: the salience of '%.*s' for '%.*s' is missing; add: salience 80", STR(sc->file),
                            s->basis.line, STR(b->issue[d]), STR(x->name));
            b->position[at * b->dims + d] = s->position.mode;
            b->salience[at * b->dims + d] = s->salience.mode / 100;
        }
        at++;
    }
    return true;
}

double bargain_mean(const Bargain *b, int32_t issue)
{
    double sum = 0, weight = 0;
    for (int32_t i = 0; i < b->n; i++) {
        double w = b->capability[i] * b->salience[i * b->dims + issue];
        sum += w * b->position[i * b->dims + issue];
        weight += w;
    }
    return weight > 0 ? sum / weight : (b->low[issue] + b->high[issue]) / 2;
}

/* By selection of ever higher positions: n is small, and equal positions count together. */
double bargain_median(const Bargain *b, int32_t issue)
{
    double half = 0, below = -1e300;
    for (int32_t i = 0; i < b->n; i++) half += b->capability[i] * b->salience[i * b->dims + issue];
    half /= 2;
    for (double sum = 0;;) {
        double next = 1e300, weight = 0;
        for (int32_t i = 0; i < b->n; i++) {
            double x = b->position[i * b->dims + issue];
            if (x > below && x < next) next = x;
        }
        if (next == 1e300) return below;
        for (int32_t i = 0; i < b->n; i++)
            if (b->position[i * b->dims + issue] == next) weight += b->capability[i] * b->salience[i * b->dims + issue];
        sum += weight;
        below = next;
        if (sum >= half * (1 - 1e-12)) return next;
    }
}
