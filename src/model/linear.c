/* Linear scores: a feature's hash finds its row of small integers, and the rows of all features are summed.
**
** A table is an array of buckets, each one cache line: eight fingerprints of 16 bits, then eight payloads of six bytes.
** A feature's bucket comes from the high half of its hash, its fingerprint from the low bits. A bucket that is full sends
** the rest to the next one; one with an empty place ends the search. So a feature that training never saw, which most are,
** costs one line of memory, and so does a feature of a narrow table that it did see.
**
**   narrow payload: a shift, five weights
**   wide payload:   where the row begins (32 bits), how many pairs it has, a shift; a row is pairs of class and weight
**
** A weight counts w << shift of the table's unit: rows of great weights stay within eight bits and small ones keep their
** difference. Two features may share bucket and fingerprint (one in some 15,000 that training never saw); that is noise
** which the scores bear, and pays for not keeping 64-bit keys.
**
** Always: linear_of has checked that every row lies in the table and every class is one, so linear_add need not.
*/
#include "model/model.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum {
    PLACES = 8, BUCKET = 64, PAYLOAD = 6, PAYLOADS_AT = 2 * PLACES,
    PROBES = 64,               /* buckets: a search ends here whatever a file says; the writer never fills so many */
    SHIFT_MAX = 6,
    CHUNK = 64                 /* features whose lines are fetched together */
};
static const double LOAD = 0.8;                          /* places in use; beyond it buckets begin to overflow often */

static inline uint16_t fingerprint(uint64_t feature) { return (uint16_t)feature ? (uint16_t)feature : 1; }   /* 0: an empty place */
static inline uint32_t bucket_of(uint64_t feature, uint32_t n) { return (uint32_t)(((feature >> 32) * n) >> 32); }
static inline uint16_t fingerprint_at(const uint8_t *bucket, int place)
{
    uint16_t v;
    memcpy(&v, bucket + 2 * place, sizeof v);
    return v;
}

/* Bits of the places that hold `what`. */
static inline unsigned places_of(const uint8_t *bucket, uint16_t what)
{
#if defined(__SSE2__)
    __m128i all = _mm_loadu_si128((const __m128i *)(const void *)bucket);
    __m128i same = _mm_cmpeq_epi16(all, _mm_set1_epi16((short)what));
    return (unsigned)_mm_movemask_epi8(_mm_packs_epi16(same, _mm_setzero_si128()));
#else
    unsigned bits = 0;
    for (int i = 0; i < PLACES; i++) bits |= (unsigned)(fingerprint_at(bucket, i) == what) << i;
    return bits;
#endif
}

static const uint8_t *payload_of(const Linear *l, uint64_t feature)
{
    uint32_t at = bucket_of(feature, l->n_buckets);
    uint16_t what = fingerprint(feature);
    for (int probe = 0; probe < PROBES; probe++) {
        const uint8_t *bucket = l->buckets + (ptrdiff_t)at * BUCKET;
        unsigned found = places_of(bucket, what);
        if (found) return bucket + PAYLOADS_AT + PAYLOAD * __builtin_ctz(found);
        if (fingerprint_at(bucket, PLACES - 1) == 0) return NULL;       /* places are taken from the first */
        if (++at == l->n_buckets) at = 0;
    }
    return NULL;
}

typedef struct { uint32_t begin; uint8_t n, shift; } Row;
static inline Row row_of(const uint8_t *payload)
{
    Row r;
    memcpy(&r.begin, payload, 4);
    r.n = payload[4];
    r.shift = payload[5];
    return r;
}

static void add_narrow(const Linear *l, const uint64_t *features, int32_t n, int32_t *scores)
{
    int32_t sum[LINEAR_NARROW] = {0};
    for (int32_t i = 0; i < n; i++) {
        const uint8_t *payload = payload_of(l, features[i]);
        if (!payload) continue;
        for (int c = 0; c < LINEAR_NARROW; c++) sum[c] += (int32_t)(int8_t)payload[1 + c] * (1 << payload[0]);
    }
    for (int c = 0; c < l->n_classes; c++) scores[c] += sum[c];
}

static void add_wide(const Linear *l, const uint64_t *features, int32_t n, int32_t *scores)
{
    Row row[CHUNK];
    int32_t n_rows = 0;
    for (int32_t i = 0; i < n; i++) {
        const uint8_t *payload = payload_of(l, features[i]);
        if (!payload) continue;
        row[n_rows] = row_of(payload);
        __builtin_prefetch(l->rows.p + 2 * (ptrdiff_t)row[n_rows++].begin);
    }
    for (int32_t i = 0; i < n_rows; i++) {
        const uint8_t *pair = (const uint8_t *)l->rows.p + 2 * (ptrdiff_t)row[i].begin;
        for (int k = 0; k < row[i].n; k++) scores[pair[2 * k]] += (int32_t)(int8_t)pair[2 * k + 1] * (1 << row[i].shift);
    }
}

void linear_add(const Linear *l, const uint64_t *features, int32_t n, int32_t *scores)
{
    for (int32_t from = 0; from < n; from += CHUNK) {
        int32_t m = n - from < CHUNK ? n - from : CHUNK;
        for (int32_t i = 0; i < m; i++)
            __builtin_prefetch(l->buckets + (ptrdiff_t)bucket_of(features[from + i], l->n_buckets) * BUCKET);
        if (l->n_classes <= LINEAR_NARROW) add_narrow(l, features + from, m, scores);
        else add_wide(l, features + from, m, scores);
    }
}

/* ---- taking a section into use ---------------------------------------------------------------------------------- */
static bool payload_stands(const Linear *l, const uint8_t *payload)
{
    if (l->n_classes <= LINEAR_NARROW) return payload[0] <= SHIFT_MAX;
    Row r = row_of(payload);
    if (r.shift > SHIFT_MAX || 2 * ((uint64_t)r.begin + r.n) > (uint64_t)l->rows.n) return false;
    for (int k = 0; k < r.n; k++)
        if ((uint8_t)l->rows.p[2 * ((ptrdiff_t)r.begin + k)] >= l->n_classes) return false;
    return true;
}

bool linear_of(Str section, Linear *l, Err *e)
{
    ModelReader r = {.section = section};
    *l = (Linear){0};
    uint32_t n_classes = model_u32(&r), n_buckets = model_u32(&r), scale = model_u32(&r), n_rows = model_u32(&r);
    Str buckets = model_bytes(&r, (uint64_t)n_buckets * BUCKET, BUCKET);
    Str rows = model_bytes(&r, n_rows, 1);
    if (r.is_short || n_classes == 0 || n_classes > LINEAR_CLASSES || n_buckets == 0)
        return fail(e, ERR_INPUT, "a table of weights is damaged: %u classes, %u buckets in %td bytes", n_classes, n_buckets, section.n);
    *l = (Linear){.n_classes = (int32_t)n_classes, .n_buckets = n_buckets, .buckets = (const uint8_t *)buckets.p, .rows = rows};
    memcpy(&l->scale, &scale, sizeof scale);
    for (uint32_t b = 0; b < n_buckets; b++)
        for (int i = 0; i < PLACES; i++) {
            const uint8_t *bucket = l->buckets + (ptrdiff_t)b * BUCKET;
            if (fingerprint_at(bucket, i) && !payload_stands(l, bucket + PAYLOADS_AT + PAYLOAD * i))
                return fail(e, ERR_INPUT, "a table of weights is damaged: bucket %u", b);
        }
    return true;
}

/* ---- writing ------------------------------------------------------------------------------------------------------ */
static int shift_of(const float *row, int32_t n, double unit)
{
    double most = 0;
    for (int32_t c = 0; c < n; c++) most = fmax(most, fabs(row[c]));
    int shift = 0;
    while (shift < SHIFT_MAX && most > 127.49 * unit * (1 << shift)) shift++;
    return shift;
}

static int8_t weight_of(float w, double unit, int shift)
{
    double q = nearbyint(w / (unit * (1 << shift)));
    return (int8_t)(q > 127 ? 127 : q < -127 ? -127 : q);
}

/* The payload of one row; false where every weight rounds to nothing. */
static bool put_payload(const float *row, int32_t n_classes, double unit, Buf *rows, uint8_t payload[PAYLOAD])
{
    int shift = shift_of(row, n_classes, unit), n = 0;
    bool narrow = n_classes <= LINEAR_NARROW;
    uint32_t begin = (uint32_t)(rows->n / 2);
    memset(payload, 0, PAYLOAD);
    for (int32_t c = 0; c < n_classes; c++) {
        int8_t q = weight_of(row[c], unit, shift);
        if (!q || n == UINT8_MAX) continue;
        n++;
        if (narrow) payload[1 + c] = (uint8_t)q;
        else buf_char(rows, (char)c), buf_char(rows, (char)q);
    }
    if (narrow) payload[0] = (uint8_t)shift;
    else memcpy(payload, &begin, 4), payload[4] = (uint8_t)n, payload[5] = (uint8_t)shift;
    return n > 0;
}

static void put_place(uint8_t *buckets, uint32_t n_buckets, uint64_t key, const uint8_t payload[PAYLOAD])
{
    for (uint32_t at = bucket_of(key, n_buckets);; at = at + 1 == n_buckets ? 0 : at + 1) {
        uint8_t *bucket = buckets + (ptrdiff_t)at * BUCKET;
        for (int i = 0; i < PLACES; i++) {
            uint16_t print = fingerprint(key), old = fingerprint_at(bucket, i);
            if (old == print) return;                    /* shares its place: the one that came first keeps it */
            if (old) continue;
            memcpy(bucket + 2 * i, &print, sizeof print);
            memcpy(bucket + PAYLOADS_AT + PAYLOAD * i, payload, PAYLOAD);
            return;
        }
    }
}

void linear_write(const uint64_t *keys, const float *rows, int32_t n, int32_t n_classes, Buf *out)
{
    double most = 0;
    for (ptrdiff_t i = 0; i < (ptrdiff_t)n * n_classes; i++) most = fmax(most, fabs(rows[i]));
    double unit = most > 0 ? most / (127.0 * (1 << 4)) : 1;              /* rows of small weights keep 16 times the precision */
    uint32_t n_buckets = (uint32_t)(n / (PLACES * LOAD)) + 1;
    uint8_t *buckets = (uint8_t *)arena_take_n(out->to, BUCKET, n_buckets, _Alignof(max_align_t)), payload[PAYLOAD];
    Buf pairs = {.to = out->to};
    for (int32_t i = 0; i < n; i++)
        if (put_payload(rows + (ptrdiff_t)i * n_classes, n_classes, unit, &pairs, payload))
            put_place(buckets, n_buckets, keys[i], payload);
    float scale = (float)unit;
    uint32_t bits;
    memcpy(&bits, &scale, sizeof bits);
    model_put_u32(out, (uint32_t)n_classes);
    model_put_u32(out, n_buckets);
    model_put_u32(out, bits);
    model_put_u32(out, (uint32_t)pairs.n);
    model_put_bytes(out, (Str){(const char *)buckets, (ptrdiff_t)n_buckets * BUCKET}, BUCKET);
    model_put_bytes(out, buf_str(&pairs), 1);
}
