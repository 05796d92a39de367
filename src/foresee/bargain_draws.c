/* Doubt: the same dispute many times over, with every uncertain input drawn anew.
**
** Draw k has its own stream of random numbers, made from the seed and k, so that any draw can be looked at again by itself
** and the number of threads changes nothing. What each draw forecasts is kept; quantiles, shares and what an input is worth
** are worked out from the kept values in the order of the draws.
**
** What knowing an input would be worth: the share of the forecast's variance that lies between 32 equally likely classes of
** the input, less what classes of that size show by chance. That holds of one input alone; inputs that only matter together
** show nothing here. Camps are parted by the widest gap between two neighbours' last positions in the spatial model.
*/
#include "base/io.h"
#include "foresee/bargain.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CLASSES = 32, UTILITY_DRAWS = 300, DRAW_THREADS_MAX = 64, CAMPS_MAX = 4096 };

void draw_inputs(Arena *a, const Scenario *sc, const Bargain *b, DrawInputs *to)
{
    int32_t at = 0;
    *to = (DrawInputs){0};
    for (int32_t i = 0; i < sc->actors.n; i++) {
        const ScenarioActor *x = &sc->actors.v[i];
        if (!x->influence.is_given) continue;
        if (range_is_wide(x->influence)) *push(a, to) = (DrawInput){.kind = INPUT_INFLUENCE, .actor = at, .issue = -1, .range = x->influence};
        for (int32_t d = 0; d < b->dims; d++) {
            if (range_is_wide(x->stands[d].position)) *push(a, to) = (DrawInput){.kind = INPUT_POSITION, .actor = at, .issue = d, .range = x->stands[d].position};
            if (range_is_wide(x->stands[d].salience)) *push(a, to) = (DrawInput){.kind = INPUT_SALIENCE, .actor = at, .issue = d, .range = x->stands[d].salience};
        }
        at++;
    }
}

/* The inverse of the triangular distribution's cumulated chance. */
static double triangular(Range r, double u)
{
    double width = r.high - r.low, peak = (r.mode - r.low) / width;
    return u < peak ? r.low + sqrt(u * width * (r.mode - r.low)) : r.high - sqrt((1 - u) * width * (r.high - r.mode));
}

static void put_input(Bargain *b, const DrawInput *in, double x)
{
    if (in->kind == INPUT_INFLUENCE) b->capability[in->actor] = x;
    else if (in->kind == INPUT_POSITION) b->position[in->actor * b->dims + in->issue] = x;
    else b->salience[in->actor * b->dims + in->issue] = x / 100;
}

static void copy_into(Bargain *to, const Bargain *from)
{
    size_t nd = (size_t)from->n * (size_t)from->dims * sizeof(double);
    memcpy(to->position, from->position, nd);
    memcpy(to->salience, from->salience, nd);
    memcpy(to->capability, from->capability, (size_t)from->n * sizeof(double));
    memcpy(to->low, from->low, (size_t)from->dims * sizeof(double));
    memcpy(to->high, from->high, (size_t)from->dims * sizeof(double));
}

/* Drawn saliences may sum to more than the spatial model shares out; they are then lowered together. */
static void share_out(Bargain *b, const Bargain *likeliest)
{
    for (int32_t i = 0; i < b->n; i++) {
        double sum = 0, was = 0;
        for (int32_t d = 0; d < b->dims; d++) { sum += b->salience[i * b->dims + d]; was += likeliest->salience[i * b->dims + d]; }
        if (sum <= 1 || was > 1 + 1e-9) continue;
        for (int32_t d = 0; d < b->dims; d++) b->salience[i * b->dims + d] /= sum;
    }
}

static void make(const Bargain *likeliest, const DrawInputs *in, uint64_t seed, int64_t k, Bargain *to, double *u)
{
    Rng r = rng_seed(seed * 0x9E3779B97F4A7C15u + (uint64_t)k);
    copy_into(to, likeliest);
    for (int32_t i = 0; i < in->n; i++) {
        double x = rng_unit(&r);
        if (u) u[i] = x;
        put_input(to, &in->v[i], triangular(in->v[i].range, x));
    }
    share_out(to, likeliest);
}

void draw_make(const Bargain *likeliest, const DrawInputs *in, uint64_t seed, int64_t k, Bargain *to) { make(likeliest, in, seed, k, to, NULL); }

/* ---- one draw after the other ----------------------------------------------------------------------------------------- */
typedef struct {
    const Bargain *likeliest;
    const DrawInputs *in;
    const SpatialSettings *with;
    int64_t n, n_utility;
    int rounds, part, parts;
    double q;
    bool has_spatial;
    Bargain at;
    Spatial *spatial;
    Utility *utility;
    UtilityRound *series;
    double *u;
    double *kept;                        /* [draw][issue][kind] */
    uint64_t *camps;                     /* [draw][issue] */
    uint8_t *classes;                    /* [draw][input] */
} Part;

static uint64_t camp_of(const Bargain *b, const double *end, int32_t d)
{
    double gap = 0, edge = -INFINITY;
    uint64_t upper = 0;
    for (int32_t i = 0; i < b->n; i++) {                 /* the widest gap above any position */
        double next = INFINITY, x = end[i * b->dims + d];
        for (int32_t j = 0; j < b->n; j++) {
            double y = end[j * b->dims + d];
            if (y > x && y < next) next = y;
        }
        if (next < INFINITY && next - x > gap + 1e-9 * (b->high[d] - b->low[d])) { gap = next - x; edge = x; }
    }
    for (int32_t i = 0; i < b->n && i < 64; i++)
        if (edge > -INFINITY && end[i * b->dims + d] > edge) upper |= (uint64_t)1 << i;
    return upper;
}

static void forecast(Part *x, double *kept, uint64_t *camps, bool with_utility)
{
    const Bargain *b = &x->at;
    Bargain after = *b;
    if (x->has_spatial) {
        spatial_run(x->spatial, b, x->with, NULL, NULL);
        after.position = (double *)(uintptr_t)spatial_positions(x->spatial);
    }
    for (int32_t d = 0; d < b->dims; d++) {
        double *to = kept + d * DRAW_KINDS;
        to[DRAW_MEAN] = bargain_mean(b, d);
        to[DRAW_MEDIAN] = bargain_median(b, d);
        if (x->has_spatial) {
            to[DRAW_SPATIAL_MEAN] = bargain_mean(&after, d);
            to[DRAW_SPATIAL_MEDIAN] = bargain_median(&after, d);
            if (camps) camps[d] = camp_of(b, after.position, d);
        }
        for (int v = 0; with_utility && v < UTILITY_VARIANTS; v++) {
            UtilityVariant variant = utility_variants[v];
            variant.q = x->q;
            utility_run(x->utility, b, d, &variant, x->rounds, x->series);
            to[DRAW_UTILITY + v] = x->series[x->rounds].median;
        }
    }
}

static void *run_part(void *with)
{
    Part *x = with;
    int32_t dims = x->likeliest->dims;
    for (int64_t k = x->part; k < x->n; k += x->parts) {
        make(x->likeliest, x->in, x->with->seed, k, &x->at, x->u);
        for (int32_t i = 0; i < x->in->n; i++) x->classes[k * x->in->n + i] = (uint8_t)(x->u[i] * CLASSES);
        forecast(x, x->kept + k * dims * DRAW_KINDS, x->camps + k * dims, k < x->n_utility);
    }
    return NULL;
}

/* ---- what all of them say ----------------------------------------------------------------------------------------------- */
static int double_cmp(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static DrawSpread spread_of(const double *kept, int64_t n, int32_t stride, double *sorted)
{
    static const double at[QUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};
    DrawSpread s = {0};
    double square = 0;
    if (!n) return s;
    for (int64_t k = 0; k < n; k++) s.mean += (sorted[k] = kept[k * stride]) / (double)n;
    for (int64_t k = 0; k < n; k++) square += (sorted[k] - s.mean) * (sorted[k] - s.mean);
    s.deviation = sqrt(square / (double)n);
    qsort(sorted, (size_t)n, sizeof *sorted, double_cmp);
    for (int i = 0; i < QUANTILES; i++) s.quantile[i] = sorted[(int64_t)(at[i] * (double)(n - 1) + 0.5)];
    return s;
}

static double worth_of(const Part *x, int32_t input, int32_t d, DrawKind kind)
{
    double sum[CLASSES] = {0}, mean = 0, between = 0, all = 0;
    int64_t count[CLASSES] = {0};
    int32_t stride = x->likeliest->dims * DRAW_KINDS;
    const double *kept = x->kept + d * DRAW_KINDS + kind;
    for (int64_t k = 0; k < x->n; k++) {
        int c = x->classes[k * x->in->n + input];
        sum[c] += kept[k * stride];
        count[c]++;
        mean += kept[k * stride];
    }
    mean /= (double)x->n;
    for (int64_t k = 0; k < x->n; k++) all += (kept[k * stride] - mean) * (kept[k * stride] - mean);
    for (int c = 0; c < CLASSES; c++)
        if (count[c]) between += (double)count[c] * pow(sum[c] / (double)count[c] - mean, 2);
    if (!(all > 1e-18)) return 0;
    double share = between / all, chance = (CLASSES - 1) / (double)x->n;
    return share > chance ? (share - chance) / (1 - chance) : 0;
}

static int input_cmp(const void *x, const void *y)
{
    const DrawInput *a = x, *b = y;
    if (a->worth != b->worth) return (a->worth < b->worth) - (a->worth > b->worth);
    return a->actor != b->actor ? a->actor - b->actor : a->kind != b->kind ? (int)a->kind - (int)b->kind : a->issue - b->issue;
}

static void judge_inputs(Arena *a, Part *x, int32_t d, DrawInputs *to)
{
    DrawKind kind = x->has_spatial ? DRAW_SPATIAL_MEAN : DRAW_MEAN;
    double *kept = arena_new(a, double, x->likeliest->dims * DRAW_KINDS), middle = (x->likeliest->low[d] + x->likeliest->high[d]) / 2;
    *to = (DrawInputs){0};
    for (int32_t i = 0; i < x->in->n; i++) {
        DrawInput in = x->in->v[i];
        for (int end = 0; end < 2; end++) {
            copy_into(&x->at, x->likeliest);
            put_input(&x->at, &in, end ? in.range.high : in.range.low);
            share_out(&x->at, x->likeliest);
            forecast(x, kept, NULL, false);
            *(end ? &in.at_high : &in.at_low) = kept[d * DRAW_KINDS + kind];
        }
        in.flips = (in.at_low < middle) != (in.at_high < middle);
        in.worth = worth_of(x, i, d, kind);
        *push(a, to) = in;
    }
    if (to->n) qsort(to->v, (size_t)to->n, sizeof *to->v, input_cmp);
}

static int camps_cmp(const void *x, const void *y)
{
    const DrawCamps *a = x, *b = y;
    if (a->share != b->share) return (a->share < b->share) - (a->share > b->share);
    return (a->upper > b->upper) - (a->upper < b->upper);
}

static void count_camps(Arena *a, const Part *x, int32_t d, DrawCampsList *to)
{
    Map seen = {.to = a};
    *to = (DrawCampsList){0};
    for (int64_t k = 0; k < x->n; k++) {
        uint64_t *one = &x->camps[k * x->likeliest->dims + d];
        int32_t *at = map_at(&seen, (Str){(const char *)one, sizeof *one});
        if (*at < 0 && to->n == CAMPS_MAX) continue;
        if (*at < 0) { *at = to->n; *push(a, to) = (DrawCamps){.upper = *one}; }
        to->v[*at].share += 1 / (double)x->n;
    }
    if (to->n) qsort(to->v, (size_t)to->n, sizeof *to->v, camps_cmp);
}

void draw_all(Arena *a, const Bargain *b, const DrawInputs *in, const SpatialSettings *with, int64_t n, int rounds, double q, int threads, Draws *to)
{
    Part part[DRAW_THREADS_MAX];
    IoThread thread[DRAW_THREADS_MAX];
    bool is_started[DRAW_THREADS_MAX] = {false};
    Err ignored = {0};
    double begin = io_seconds();
    if (threads < 1) threads = 1;
    if (threads > DRAW_THREADS_MAX) threads = DRAW_THREADS_MAX;
    *to = (Draws){.n = n, .n_utility = n < UTILITY_DRAWS ? n : UTILITY_DRAWS, .has_spatial = spatial_fits(b, &ignored)};
    Part all = {.likeliest = b, .in = in, .with = with, .n = n, .n_utility = to->n_utility, .rounds = rounds, .q = q, .parts = threads, .has_spatial = to->has_spatial,
                .kept = arena_new(a, double, n * b->dims * DRAW_KINDS + 1), .camps = arena_new(a, uint64_t, n * b->dims + 1), .classes = arena_new(a, uint8_t, n * in->n + 1)};
    for (int t = 0; t < threads; t++) {
        part[t] = all;
        part[t].part = t;
        bargain_alloc(a, &part[t].at, b->n, b->dims);
        part[t].at.accommodation = b->accommodation;
        part[t].spatial = to->has_spatial ? spatial_new(a, b->n, b->dims) : NULL;
        part[t].utility = utility_new(a, b->n);
        part[t].series = utility_rounds(a, b->n, rounds);
        part[t].u = arena_new(a, double, in->n + 1);
        if (t) is_started[t] = io_thread_start(&thread[t], run_part, &part[t]);
    }
    run_part(&part[0]);
    for (int t = 1; t < threads; t++) {
        if (is_started[t]) io_thread_join(&thread[t]);
        else run_part(&part[t]);
    }
    double *sorted = arena_new(a, double, n + 1);
    to->spread = arena_take_n(a, (ptrdiff_t)sizeof *to->spread, b->dims, _Alignof(max_align_t));
    to->inputs = arena_new(a, DrawInputs, b->dims);
    to->camps = arena_new(a, DrawCampsList, b->dims);
    for (int32_t d = 0; d < b->dims; d++) {
        for (int k = 0; k < DRAW_KINDS; k++)
            to->spread[d][k] = spread_of(all.kept + d * DRAW_KINDS + k, k >= DRAW_UTILITY ? to->n_utility : n, b->dims * DRAW_KINDS, sorted);
        judge_inputs(a, &part[0], d, &to->inputs[d]);
        if (to->has_spatial) count_camps(a, &part[0], d, &to->camps[d]);
    }
    to->seconds = io_seconds() - begin;
}
