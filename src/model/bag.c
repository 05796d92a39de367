/* Bags: what many small features say together, with one hidden layer.
**
**   score(task, features) = w + Σk out[k] · max(0, bias[k] + h[k]),   where (w, h) = Σ of the features' rows
**
** A sum of rows costs one look a feature, and sums can be added: a candidate that is made of a beginning, an end and
** what lies between is scored from three sums, each of which many candidates share. The hidden layer sees which
** features stand together; a linear score would need a feature for every such pair (Cheng et al. 2016, "Wide & Deep").
**
** A table is an array of buckets: eight fingerprints of 16 bits, then eight rows of BAG_WIDTH signed bytes. A feature's
** bucket comes from the high half of its hash, its fingerprint from the low bits; what finds no place in its bucket is
** left out by the writer, those with the smallest weights first. A feature that training never saw adds nothing.
**
** Always: sums are of integers and capped, scores are taken in one order: the same on every machine. bag_of has checked
** the bounds on which bag_add relies.
*/
#include "model/model.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { PLACES = 8, ROWS_AT = 2 * PLACES, BUCKET = ROWS_AT + PLACES * BAG_WIDTH, VERSION = 1 };
static const double LOAD = 0.8;                          /* places in use */

static inline uint16_t fingerprint(uint64_t feature) { return (uint16_t)feature ? (uint16_t)feature : 1; }   /* 0: an empty place */
static inline uint32_t bucket_of(uint64_t feature, uint32_t n) { return (uint32_t)(((feature >> 32) * n) >> 32); }

static inline const int8_t *row_in(const uint8_t *bucket, uint16_t what)
{
#if defined(__SSE2__)
    __m128i all = _mm_loadu_si128((const __m128i *)(const void *)bucket);
    __m128i same = _mm_cmpeq_epi16(all, _mm_set1_epi16((short)what));
    unsigned found = (unsigned)_mm_movemask_epi8(_mm_packs_epi16(same, _mm_setzero_si128()));
    return found ? (const int8_t *)bucket + ROWS_AT + __builtin_ctz(found) * BAG_WIDTH : NULL;
#else
    for (int i = 0; i < PLACES; i++) {
        uint16_t here;
        memcpy(&here, bucket + 2 * i, sizeof here);
        if (here == what) return (const int8_t *)bucket + ROWS_AT + i * BAG_WIDTH;
    }
    return NULL;
#endif
}

static inline void add_row(int16_t *to, const int8_t *row)
{
    for (int k = 0; k < BAG_WIDTH; k++) to[k] = (int16_t)(to[k] + row[k]);
}

enum { AT_ONCE = 200 };                                  /* 200 rows of at most 127 stay within 16 bits */

static inline int16_t capped(int32_t v) { return (int16_t)(v > INT16_MAX ? INT16_MAX : v < INT16_MIN ? INT16_MIN : v); }

void bag_join(BagSum *sum, const BagSum *other)
{
    for (int k = 0; k < BAG_WIDTH; k++) sum->v[k] = capped(sum->v[k] + other->v[k]);
}

void bag_add(const Bag *b, const uint64_t *features, int32_t n, BagSum *sum)
{
    for (int32_t from = 0; from < n; from += AT_ONCE) {
        BagSum part = {{0}};
        int32_t to = n - from < AT_ONCE ? n : from + AT_ONCE;
        for (int32_t i = from; i < to; i++)
            __builtin_prefetch(b->buckets + (ptrdiff_t)bucket_of(features[i], b->n_buckets) * BUCKET);
        for (int32_t i = from; i < to; i++) {
            const uint8_t *bucket = b->buckets + (ptrdiff_t)bucket_of(features[i], b->n_buckets) * BUCKET;
            const int8_t *row = row_in(bucket, fingerprint(features[i]));
            if (row) add_row(part.v, row);
        }
        bag_join(sum, &part);
    }
}

float bag_score(const Bag *b, int32_t task, const BagSum *sum)
{
    const BagTask *t = &b->task[task];
    float score = t->bias[0] + (float)sum->v[0] * b->scale[0];
    for (int k = 1; k < BAG_WIDTH; k++) {
        float h = t->bias[k] + (float)sum->v[k] * b->scale[1];
        score += h > 0 ? h * t->out[k] : 0;
    }
    return score;
}

/* ---- reading --------------------------------------------------------------------------------------------------- */
bool bag_of(Str section, Bag *b, Err *e)
{
    ModelReader r = {.section = section};
    *b = (Bag){0};
    uint32_t version = model_u32(&r), width = model_u32(&r), n_tasks = model_u32(&r);
    b->n_buckets = model_u32(&r);
    if (!r.is_short && (version != VERSION || width != BAG_WIDTH || n_tasks > BAG_TASKS || b->n_buckets == 0))
        return fail(e, ERR_INPUT, "a table of bags is of another form: version %u, width %u, %u tasks, %u buckets", version,
                    width, n_tasks, b->n_buckets);
    Str scale = model_bytes(&r, sizeof b->scale, 4), tasks = model_bytes(&r, (uint64_t)n_tasks * sizeof(BagTask), 4);
    Str buckets = model_bytes(&r, (uint64_t)b->n_buckets * BUCKET, 64);
    if (r.is_short) return fail(e, ERR_INPUT, "a table of bags breaks off after %td bytes", section.n);
    memcpy(b->scale, scale.p, sizeof b->scale);
    if (tasks.n) memcpy(b->task, tasks.p, (size_t)tasks.n);
    b->n_tasks = (int32_t)n_tasks;
    b->buckets = (const uint8_t *)buckets.p;
    return true;
}

/* ---- writing --------------------------------------------------------------------------------------------------- */
typedef struct { uint64_t key; float size; int32_t row; } Place;

static int by_bucket(const void *a, const void *b)
{
    const Place *x = a, *y = b;
    uint32_t bx = (uint32_t)(x->key >> 32), by = (uint32_t)(y->key >> 32);
    if (bx != by) return bx < by ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

static int by_size(const void *a, const void *b)         /* the largest first */
{
    const Place *x = a, *y = b;
    if (x->size > y->size) return -1;
    if (x->size < y->size) return 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

static float scale_for(const float *rows, int32_t n, int from, int to)
{
    double sum = 0, top = 0;
    for (int32_t i = 0; i < n; i++)
        for (int k = from; k < to; k++) {
            double v = fabs((double)rows[(ptrdiff_t)i * BAG_WIDTH + k]);
            sum += v * v;
            if (v > top) top = v;
        }
    double spread = 12 * sqrt(sum / ((double)n * (to - from) + 1));   /* what is farther out is clipped */
    if (spread < top) top = spread;
    return top > 0 ? (float)(top / 127) : 1;
}

static int8_t rounded(float v, float scale)
{
    float x = roundf(v / scale);
    return (int8_t)(x > 127 ? 127 : x < -127 ? -127 : x);
}

static float size_of(const float *row, const float *scale)
{
    float size = 0;
    for (int k = 0; k < BAG_WIDTH; k++) size += fabsf(row[k]) / scale[k > 0];
    return size;
}

/* places of one bucket, the largest first: those that fit */
static void put_bucket(Buf *out, const Place *place, int32_t n, const float *rows, const float *scale)
{
    uint8_t bucket[BUCKET] = {0};
    int used = 0;
    for (int32_t i = 0; i < n && used < PLACES; i++) {
        uint16_t mark = fingerprint(place[i].key);
        if (row_in(bucket, mark)) continue;
        memcpy(bucket + 2 * used, &mark, sizeof mark);
        int8_t *to = (int8_t *)bucket + ROWS_AT + used * BAG_WIDTH;
        const float *row = rows + (ptrdiff_t)place[i].row * BAG_WIDTH;
        for (int k = 0; k < BAG_WIDTH; k++) to[k] = rounded(row[k], scale[k > 0]);
        used++;
    }
    buf_add(out, (Str){(const char *)bucket, BUCKET});
}

void bag_write(const uint64_t *keys, const float *rows, int32_t n, const BagTask *tasks, int32_t n_tasks, Buf *out)
{
    uint32_t n_buckets = (uint32_t)((double)n / (PLACES * LOAD)) + 1;
    float scale[2] = {scale_for(rows, n, 0, 1), scale_for(rows, n, 1, BAG_WIDTH)};
    Place *place = arena_new(out->to, Place, n + 1);
    for (int32_t i = 0; i < n; i++) place[i] = (Place){keys[i], size_of(rows + (ptrdiff_t)i * BAG_WIDTH, scale), i};
    qsort(place, (size_t)n, sizeof *place, by_bucket);
    model_put_u32(out, VERSION);
    model_put_u32(out, BAG_WIDTH);
    model_put_u32(out, (uint32_t)n_tasks);
    model_put_u32(out, n_buckets);
    model_put_bytes(out, (Str){(const char *)scale, sizeof scale}, 4);
    model_put_bytes(out, (Str){(const char *)tasks, (ptrdiff_t)sizeof(BagTask) * n_tasks}, 4);
    model_put_bytes(out, S(""), 64);
    int32_t at = 0;
    for (uint32_t b = 0; b < n_buckets; b++) {
        int32_t from = at;
        while (at < n && bucket_of(place[at].key, n_buckets) == b) at++;
        qsort(place + from, (size_t)(at - from), sizeof *place, by_size);
        put_bucket(out, place + from, at - from, rows, scale);
    }
}
