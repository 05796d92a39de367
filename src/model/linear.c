/* Linear scores: a feature's hash finds its row of small integers, and the rows of all features are summed.
**
** A table is an array of buckets, each one cache line: eight fingerprints of 16 bits, then eight payloads of six bytes.
** A feature's bucket comes from the high half of its hash, its fingerprint from the low bits. Nothing is ever looked for in
** another bucket: where more than eight features belong to one, the writer leaves out those with the smallest weights
** (three in a hundred at this load). So every feature costs one line of memory, whether training ever saw it or not, and
** the way through the code does not depend on what is found, which processors cannot foresee: 26 → 9 ns a feature.
**
**   narrow payload: a shift, five weights
**   wide payload:   where the row begins (32 bits), how many pairs it has, a shift; a row is pairs of class and weight, or,
**                   where these would be longer, one weight for every class
**
** A weight counts w << shift of the table's unit: rows of great weights stay within eight bits and small ones keep their
** difference. Two features may share bucket and fingerprint (one in some 10,000 that training never saw); that is noise
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
    SHIFT_MAX = 6,
    DENSE = 255,               /* instead of a number of pairs: a weight for each class, and zeros up to LANE */
    LANE = 16,
    CHUNK = 64                 /* features whose lines are fetched together */
};
static const double LOAD = 0.72;                         /* places in use; more of them, and more features find no place */

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

/* A payload is read as the eight bytes of which it is the last six; of an unknown feature these are zeros. */
static const uint8_t nothing[8] = {0};
static inline const uint8_t *payload_of(const Linear *l, uint64_t feature)
{
    const uint8_t *bucket = l->buckets + (ptrdiff_t)bucket_of(feature, l->n_buckets) * BUCKET;
    unsigned found = places_of(bucket, fingerprint(feature));
    const uint8_t *at = bucket + PAYLOADS_AT - 2 + PAYLOAD * __builtin_ctz(found | 1u << PLACES);
    return found ? at : nothing;
}

typedef struct { uint32_t begin; uint8_t n, shift; } Row;
static inline Row row_of(const uint8_t *payload)
{
    Row r;
    memcpy(&r.begin, payload + 2, 4);
    r.n = payload[6];
    r.shift = payload[7];
    return r;
}

#if defined(__SSE2__)
static void add_narrow(const Linear *l, const uint64_t *features, int32_t n, int32_t *scores)
{
    __m128i sum = _mm_setzero_si128();
    int32_t last = 0, four[4];
    for (int32_t i = 0; i < n; i++) {
        const uint8_t *payload = payload_of(l, features[i]);
        __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)payload);
        __m128i words = _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);      /* x x shift w0 w1 w2 w3 w4 */
        words = _mm_srli_si128(words, 6);
        sum = _mm_add_epi32(sum, _mm_sll_epi32(_mm_srai_epi32(_mm_unpacklo_epi16(words, words), 16),
                                               _mm_cvtsi32_si128(payload[2])));
        last += (int32_t)(int8_t)payload[7] * (1 << payload[2]);
    }
    _mm_storeu_si128((__m128i *)(void *)four, sum);
    for (int c = 0; c < l->n_classes; c++) scores[c] += c < 4 ? four[c] : last;
}
#else
static void add_narrow(const Linear *l, const uint64_t *features, int32_t n, int32_t *scores)
{
    int32_t sum[LINEAR_NARROW] = {0};
    for (int32_t i = 0; i < n; i++) {
        const uint8_t *payload = payload_of(l, features[i]);
        for (int c = 0; c < LINEAR_NARROW; c++) sum[c] += (int32_t)(int8_t)payload[3 + c] * (1 << payload[2]);
    }
    for (int c = 0; c < l->n_classes; c++) scores[c] += sum[c];
}
#endif

static inline void add_dense(const int8_t *restrict w, int32_t by, int32_t n, int32_t *restrict sum)
{
    for (int32_t c = 0; c < n; c += LANE)
        for (int k = 0; k < LANE; k++) sum[c + k] += (int32_t)w[c + k] * by;
}

static void add_wide(const Linear *l, const uint64_t *features, int32_t n, int32_t *scores)
{
    Row row[CHUNK];
    int32_t n_rows = 0, sum[LINEAR_CLASSES], width = (l->n_classes + LANE - 1) / LANE * LANE;
    for (int32_t i = 0; i < n; i++) {
        row[n_rows] = row_of(payload_of(l, features[i]));
        __builtin_prefetch(l->rows.p + 2 * (ptrdiff_t)row[n_rows].begin);
        n_rows += row[n_rows].n != 0;
    }
    memset(sum, 0, (size_t)width * sizeof *sum);
    for (int32_t i = 0; i < n_rows; i++) {
        const uint8_t *pair = (const uint8_t *)l->rows.p + 2 * (ptrdiff_t)row[i].begin;
        if (row[i].n == DENSE) add_dense((const int8_t *)pair, 1 << row[i].shift, width, sum);
        else
            for (int k = 0; k < row[i].n; k++) sum[pair[2 * k]] += (int32_t)(int8_t)pair[2 * k + 1] * (1 << row[i].shift);
    }
    for (int32_t c = 0; c < l->n_classes; c++) scores[c] += sum[c];
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
    if (l->n_classes <= LINEAR_NARROW) return payload[2] <= SHIFT_MAX;
    Row r = row_of(payload);
    uint64_t width = (uint64_t)(l->n_classes + LANE - 1) / LANE * LANE, size = r.n == DENSE ? width : 2 * (uint64_t)r.n;
    if (r.shift > SHIFT_MAX || 2 * (uint64_t)r.begin + size > (uint64_t)l->rows.n) return false;
    for (int k = 0; r.n != DENSE && k < r.n; k++)
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
            if (fingerprint_at(bucket, i) && !payload_stands(l, bucket + PAYLOADS_AT - 2 + PAYLOAD * i))
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
    int8_t q[LINEAR_CLASSES] = {0};
    int32_t width = (n_classes + LANE - 1) / LANE * LANE;
    uint32_t begin = (uint32_t)(rows->n / 2);
    for (int32_t c = 0; c < n_classes; c++) n += (q[c] = weight_of(row[c], unit, shift)) != 0;
    memset(payload, 0, PAYLOAD);
    if (!n) return false;
    if (n_classes <= LINEAR_NARROW) {
        payload[0] = (uint8_t)shift;
        memcpy(payload + 1, q, (size_t)n_classes);
        return true;
    }
    bool is_dense = 2 * n >= width || n >= DENSE;
    if (is_dense) buf_add(rows, (Str){(const char *)q, width});
    for (int32_t c = 0; !is_dense && c < n_classes; c++)
        if (q[c]) buf_char(rows, (char)c), buf_char(rows, (char)q[c]);
    memcpy(payload, &begin, 4);
    payload[4] = (uint8_t)(is_dense ? DENSE : n);
    payload[5] = (uint8_t)shift;
    return true;
}

/* The place for a key in its bucket: an empty one; NULL where there is none, or where a greater row has the same print. */
static uint8_t *place_for(uint8_t *buckets, uint32_t n_buckets, uint64_t key)
{
    uint8_t *bucket = buckets + (ptrdiff_t)bucket_of(key, n_buckets) * BUCKET;
    uint16_t print = fingerprint(key);
    for (int i = 0; i < PLACES; i++) {
        uint16_t old = fingerprint_at(bucket, i);
        if (old == print) return NULL;
        if (old) continue;
        memcpy(bucket + 2 * i, &print, sizeof print);
        return bucket + PAYLOADS_AT + PAYLOAD * i;
    }
    return NULL;
}

typedef struct { float worth; int32_t row; } Rank;
static int by_worth(const void *a, const void *b)
{
    const Rank *x = a, *y = b;
    return x->worth > y->worth ? -1 : x->worth < y->worth ? 1 : (x->row > y->row) - (x->row < y->row);
}

/* The rows with the greatest weights take their places first. */
static Rank *ranked(Arena *a, const float *rows, int32_t n, int32_t n_classes)
{
    Rank *rank = arena_new(a, Rank, n);
    for (int32_t i = 0; i < n; i++) {
        rank[i].row = i;
        for (int32_t c = 0; c < n_classes; c++)
            rank[i].worth = fmaxf(rank[i].worth, fabsf(rows[(ptrdiff_t)i * n_classes + c]));
    }
    qsort(rank, (size_t)n, sizeof *rank, by_worth);
    return rank;
}

void linear_write(const uint64_t *keys, const float *rows, int32_t n, int32_t n_classes, Buf *out)
{
    const Rank *rank = ranked(out->to, rows, n, n_classes);
    double most = n ? rank[0].worth : 0, unit = most > 0 ? most / (127.0 * (1 << 4)) : 1;  /* small rows keep 16 times the precision */
    uint32_t n_buckets = (uint32_t)(n / (PLACES * LOAD)) + 1;
    uint8_t *buckets = (uint8_t *)arena_take_n(out->to, BUCKET, n_buckets, _Alignof(max_align_t)), payload[PAYLOAD];
    Buf pairs = {.to = out->to};
    for (int32_t i = 0; i < n; i++) {
        ptrdiff_t pairs_before = pairs.n;
        uint8_t *place = NULL;
        if (put_payload(rows + (ptrdiff_t)rank[i].row * n_classes, n_classes, unit, &pairs, payload))
            place = place_for(buckets, n_buckets, keys[rank[i].row]);
        if (place) memcpy(place, payload, PAYLOAD);
        else pairs.n = pairs_before;
    }
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
