/* Products of matrices: the one place where the trainer spends most of its time.
**
** Both operands are packed into panels first, then a small kernel runs over the panels. Two kernels: a plain one in
** Real (eight rows by two vectors of accumulators, for any machine and for the tests), and one for the tiles of AMX,
** which takes the operands rounded to bf16 and sums in float, as mixed-precision training does (Micikevicius et al.
** 2018; weights and sums stay in float). Measured here in November 2026 on a Xeon with AMX: 250 G multiply-adds/s and
** core at all our shapes, from 64 × 640 × 160 up; fused multiply-add in float peaks at 79. So there is no BLAS to
** install.
**
** Always: the order of sums depends on the shapes alone, not on threads. k is padded with zeros inside the panels.
*/
#include "train/neural/neural.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/syscall.h>
#if defined(__AMX_BF16__) && defined(__AVX512BF16__) && !defined(NEURAL_REAL)
#define HAS_TILES 1
#include <immintrin.h>
#else
#define HAS_TILES 0
#endif

enum { PLAIN_ROWS = 8, PLAIN_COLUMNS = 2 * LANES, TILE = 16, TILE_K = 32, TILE_BYTES = 1024 };
static int32_t round_up(int32_t n, int32_t to) { return (n + to - 1) / to * to; }

static void *panel_room(Panel *p, size_t size)
{
    if (p->size < size) {
        free(p->v);
        p->size = size + size / 4;
        p->v = aligned_alloc(64, (p->size + 63) / 64 * 64);
        if (!p->v) abort();
    }
    return p->v;
}
void panel_free(Panel *p) { free(p->v); *p = (Panel){0}; }

/* ---- plain ---------------------------------------------------------------------------------------------------- */
/* n lines of k numbers each, in groups of `group`: group, k, line. The line i, number j lies at x[i × line_step +
** j × step]. */
static void pack_plain(Real *to, const Real *x, ptrdiff_t line_step, ptrdiff_t step, int32_t n, int32_t k,
                       int32_t group)
{
    for (int32_t g = 0; g < n; g += group)
        for (int32_t j = 0; j < k; j++, to += group)
            for (int32_t i = 0; i < group; i++) to[i] = g + i < n ? x[(g + i) * line_step + j * step] : 0;
}

static void kernel_plain(const Real *left, const Real *right, int32_t k, Real *out)   /* out: 8 × PLAIN_COLUMNS */
{
    Lanes sum[PLAIN_ROWS][2] = {0};
    for (int32_t j = 0; j < k; j++, left += PLAIN_ROWS, right += PLAIN_COLUMNS) {
        Lanes r0 = *(const Lanes *)right, r1 = *(const Lanes *)(right + LANES);
        for (int32_t i = 0; i < PLAIN_ROWS; i++) {
            sum[i][0] += left[i] * r0;
            sum[i][1] += left[i] * r1;
        }
    }
    memcpy(out, sum, sizeof sum);
}

static void put(const Real *from, int32_t ld, Real *c, int32_t ldc, int32_t rows, int32_t columns, bool is_added)
{
    for (int32_t i = 0; i < rows; i++)
        for (int32_t j = 0; j < columns; j++)
            c[(ptrdiff_t)i * ldc + j] = is_added ? c[(ptrdiff_t)i * ldc + j] + from[i * ld + j] : from[i * ld + j];
}

static void multiply_plain(const Panel *l, const Panel *r, Real *c, int32_t ldc, bool is_added)
{
    Real out[PLAIN_ROWS * PLAIN_COLUMNS];
    for (int32_t j = 0; j < r->n; j += PLAIN_COLUMNS)
        for (int32_t i = 0; i < l->n; i += PLAIN_ROWS) {
            kernel_plain((const Real *)l->v + (ptrdiff_t)i * l->k, (const Real *)r->v + (ptrdiff_t)j * l->k, l->k, out);
            int32_t rows = l->n - i < PLAIN_ROWS ? l->n - i : PLAIN_ROWS;
            int32_t columns = r->n - j < PLAIN_COLUMNS ? r->n - j : PLAIN_COLUMNS;
            put(out, PLAIN_COLUMNS, c + (ptrdiff_t)i * ldc + j, ldc, rows, columns, is_added);
        }
}

/* ---- tiles ---------------------------------------------------------------------------------------------------- */
#if HAS_TILES
/* gcc 12 believes that loading a tile reads no memory: whatever was stored for it must be there before. */
#define SEEN __asm__ volatile("" ::: "memory")
static bool has_tiles;                                   /* the system let us use them */
bool product_is_fast(void) { return has_tiles; }
void product_begin(void)
{
    /* Linux, asm/prctl.h: asked for once a process */
    enum { ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18 };
    has_tiles = !getenv("NEURAL_PLAIN") && syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
    if (!has_tiles) return;
    struct { uint8_t palette, start, reserved[14]; uint16_t bytes[16]; uint8_t rows[16]; }
        __attribute__((aligned(64))) config = {.palette = 1};
    for (int32_t i = 0; i < 8; i++) config.bytes[i] = 64, config.rows[i] = TILE;
    SEEN;
    _tile_loadconfig(&config);
}

static void turn16(__m512i *r)                           /* 16 × 16 words of 32 bits, transposed */
{
    __m512i t[16], u[16];
    for (int i = 0; i < 8; i++) {
        t[2 * i] = _mm512_unpacklo_epi32(r[2 * i], r[2 * i + 1]);
        t[2 * i + 1] = _mm512_unpackhi_epi32(r[2 * i], r[2 * i + 1]);
    }
    for (int i = 0; i < 16; i += 4) {
        u[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]), u[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
        u[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]), u[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
    }
    for (int c = 0; c < 4; c++) {
        __m512i a = _mm512_shuffle_i32x4(u[c], u[4 + c], 0x88), b = _mm512_shuffle_i32x4(u[8 + c], u[12 + c], 0x88);
        __m512i d = _mm512_shuffle_i32x4(u[c], u[4 + c], 0xdd), e = _mm512_shuffle_i32x4(u[8 + c], u[12 + c], 0xdd);
        r[c] = _mm512_shuffle_i32x4(a, b, 0x88), r[8 + c] = _mm512_shuffle_i32x4(a, b, 0xdd);
        r[4 + c] = _mm512_shuffle_i32x4(d, e, 0x88), r[12 + c] = _mm512_shuffle_i32x4(d, e, 0xdd);
    }
}

static inline __mmask16 some(int32_t n) { return n <= 0 ? 0 : n >= 16 ? 0xffff : (__mmask16)((1u << n) - 1); }

/* 16 lines of 32 numbers that lie along memory: row i of the tile is line i. */
static void rows_along(__m512i *r, const float *x, ptrdiff_t ld, int32_t lines, int32_t k)
{
    for (int i = 0; i < 16; i++) {
        if (i >= lines) { r[i] = _mm512_setzero_si512(); continue; }
        __m512 low = _mm512_maskz_loadu_ps(some(k), x + i * ld),
               high = _mm512_maskz_loadu_ps(some(k - 16), x + i * ld + 16);
        r[i] = (__m512i)_mm512_cvtne2ps_pbh(high, low);
    }
}
/* The same where the lines stand across: row i of the tile is the pair (2i, 2i + 1) of each line. */
static void rows_across(__m512i *r, const float *x, ptrdiff_t ld, int32_t lines, int32_t k)
{
    static const uint16_t zip[32] = {0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23,
                                     8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
    __m512i order = _mm512_loadu_si512(zip);
    for (int i = 0; i < 16; i++) {
        __m512 a = 2 * i < k ? _mm512_maskz_loadu_ps(some(lines), x + 2 * i * ld) : _mm512_setzero_ps();
        __m512 b = 2 * i + 1 < k ? _mm512_maskz_loadu_ps(some(lines), x + (2 * i + 1) * ld) : _mm512_setzero_ps();
        r[i] = _mm512_permutexvar_epi16(order, (__m512i)_mm512_cvtne2ps_pbh(b, a));
    }
}

/* n lines of k numbers into tiles: line group, then k. A left tile has a line a row; a right one a pair of k a row. */
static void pack_tiles(Panel *p, const float *x, ptrdiff_t ld, int32_t n, int32_t k, bool is_along, bool is_left)
{
    int32_t groups = round_up(n, 2 * TILE) / TILE, steps = round_up(k, TILE_K) / TILE_K;
    char *to = panel_room(p, (size_t)groups * steps * TILE_BYTES);
    for (int32_t g = 0; g < groups; g++)
        for (int32_t s = 0; s < steps; s++, to += TILE_BYTES) {
            __m512i r[16];
            int32_t lines = n - g * TILE, rest = k - s * TILE_K;
            if (is_along) rows_along(r, lines > 0 ? x + g * TILE * ld + s * TILE_K : x, ld, lines, rest);
            else rows_across(r, lines > 0 ? x + s * TILE_K * ld + g * TILE : x, ld, lines, rest);
            if (is_along != is_left) turn16(r);
            for (int i = 0; i < 16; i++) _mm512_store_si512(to + 64 * i, r[i]);
        }
}

/* rows, columns: what is left to the edge */
typedef struct { float *c; int32_t ldc, rows, columns; bool is_added; } Target;
#define PLACE(t, i, j) ((t)->c + (ptrdiff_t)16 * (i) * (t)->ldc + 16 * (j))
#define IS_WHOLE(t, i, j) ((t)->rows >= 16 * (i) + 16 && (t)->columns >= 16 * (j) + 16)
#define STORE(tile, t, i, j) do {                                                                       \
    if (IS_WHOLE(t, i, j)) _tile_stored(tile, PLACE(t, i, j), (t)->ldc * 4);                            \
    else if ((t)->rows > 16 * (i) && (t)->columns > 16 * (j)) {                                         \
        float edge[256];                                                                                \
        _tile_stored(tile, edge, 64);                                                                   \
        int32_t m = (t)->rows - 16 * (i), n = (t)->columns - 16 * (j);                                  \
        put(edge, 16, PLACE(t, i, j), (t)->ldc, m < 16 ? m : 16, n < 16 ? n : 16, (t)->is_added);       \
    } } while (0)
#define LOAD(tile, t, i, j) do {        /* what is there already, or zeros; edges are added by put */   \
    if ((t)->is_added && IS_WHOLE(t, i, j)) _tile_loadd(tile, PLACE(t, i, j), (t)->ldc * 4);            \
    else _tile_zero(tile); } while (0)

static void kernel_tiles_2(const char *l, const char *r, int32_t steps, const Target *t)
{
    const char *l1 = l + (ptrdiff_t)steps * TILE_BYTES, *r1 = r + (ptrdiff_t)steps * TILE_BYTES;
    LOAD(0, t, 0, 0); LOAD(1, t, 0, 1); LOAD(2, t, 1, 0); LOAD(3, t, 1, 1);
    for (ptrdiff_t s = 0; s < (ptrdiff_t)steps * TILE_BYTES; s += TILE_BYTES) {
        _tile_loadd(4, l + s, 64); _tile_loadd(5, l1 + s, 64); _tile_loadd(6, r + s, 64); _tile_loadd(7, r1 + s, 64);
        _tile_dpbf16ps(0, 4, 6); _tile_dpbf16ps(1, 4, 7); _tile_dpbf16ps(2, 5, 6); _tile_dpbf16ps(3, 5, 7);
    }
    STORE(0, t, 0, 0); STORE(1, t, 0, 1); STORE(2, t, 1, 0); STORE(3, t, 1, 1);
}
static void kernel_tiles_1(const char *l, const char *r, int32_t steps, const Target *t)
{
    const char *r1 = r + (ptrdiff_t)steps * TILE_BYTES;
    LOAD(0, t, 0, 0); LOAD(1, t, 0, 1);
    for (ptrdiff_t s = 0; s < (ptrdiff_t)steps * TILE_BYTES; s += TILE_BYTES) {
        _tile_loadd(4, l + s, 64); _tile_loadd(6, r + s, 64); _tile_loadd(7, r1 + s, 64);
        _tile_dpbf16ps(0, 4, 6); _tile_dpbf16ps(1, 4, 7);
    }
    STORE(0, t, 0, 0); STORE(1, t, 0, 1);
}

static void multiply_tiles(const Panel *l, const Panel *r, float *c, int32_t ldc, bool is_added)
{
    int32_t steps = round_up(l->k, TILE_K) / TILE_K;
    SEEN;
    for (int32_t j = 0; j < r->n; j += 2 * TILE)
        for (int32_t i = 0; i < l->n; i += 2 * TILE) {
            const char *left = (const char *)l->v + (ptrdiff_t)i / TILE * steps * TILE_BYTES;
            const char *right = (const char *)r->v + (ptrdiff_t)j / TILE * steps * TILE_BYTES;
            Target t = {c + (ptrdiff_t)i * ldc + j, ldc, l->n - i, r->n - j, is_added};
            (l->n - i > TILE ? kernel_tiles_2 : kernel_tiles_1)(left, right, steps, &t);
        }
}
#else
bool product_is_fast(void) { return false; }
void product_begin(void) {}
#endif

/* ---- what the header names --------------------------------------------------------------------------------------- */
void panel_left(Panel *p, const Real *a, int32_t ld, int32_t m, int32_t k, bool is_turned)
{
    p->n = m, p->k = k;
#if HAS_TILES
    if (has_tiles) { pack_tiles(p, a, ld, m, k, !is_turned, true); return; }
#endif
    panel_room(p, (size_t)round_up(m, PLAIN_ROWS) * (size_t)k * sizeof(Real));
    pack_plain(p->v, a, is_turned ? 1 : ld, is_turned ? ld : 1, m, k, PLAIN_ROWS);
}
void panel_right(Panel *p, const Real *b, int32_t ld, int32_t k, int32_t n, bool is_turned)
{
    p->n = n, p->k = k;
#if HAS_TILES
    if (has_tiles) { pack_tiles(p, b, ld, n, k, is_turned, false); return; }
#endif
    panel_room(p, (size_t)round_up(n, PLAIN_COLUMNS) * (size_t)k * sizeof(Real));
    pack_plain(p->v, b, is_turned ? ld : 1, is_turned ? 1 : ld, n, k, PLAIN_COLUMNS);
}
void panels_multiply(const Panel *left, const Panel *right, Real *c, int32_t ldc, bool is_added)
{
#if HAS_TILES
    if (has_tiles) { multiply_tiles(left, right, c, ldc, is_added); return; }
#endif
    multiply_plain(left, right, c, ldc, is_added);
}
void multiply(Work *w, Turn turn, int32_t m, int32_t n, int32_t k, const Real *a, int32_t lda, const Real *b,
              int32_t ldb, Real *c, int32_t ldc, bool is_added)
{
    panel_left(&w->left, a, lda, m, k, turn == TURN_LEFT);
    panel_right(&w->right, b, ldb, k, n, turn == TURN_RIGHT);
    panels_multiply(&w->left, &w->right, c, ldc, is_added);
}

/* Numbers of eighths are exact in bf16, so the tiles must give what the definition gives, to the bit. */
static bool agrees(Work *w, Turn turn, int32_t m, int32_t n, int32_t k, bool is_added)
{
    Real *a = work_take(w, (ptrdiff_t)m * k), *b = work_take(w, (ptrdiff_t)k * n), *c = work_take(w, (ptrdiff_t)m * n);
    for (int32_t i = 0; i < m * k; i++) a[i] = (Real)((i * 7 + i / 5) % 17 - 8) / 8;
    for (int32_t i = 0; i < k * n; i++) b[i] = (Real)((i * 5 + i / 3) % 13 - 6) / 8;
    for (int32_t i = 0; i < m * n; i++) c[i] = (Real)(i % 3);
    multiply(w, turn, m, n, k, a, turn == TURN_LEFT ? m : k, b, turn == TURN_RIGHT ? k : n, c, n, is_added);
    for (int32_t i = 0; i < m; i++)
        for (int32_t j = 0; j < n; j++) {
            Real sum = is_added ? (Real)((i * n + j) % 3) : 0;
            for (int32_t d = 0; d < k; d++)
                sum += (turn == TURN_LEFT ? a[d * m + i] : a[i * k + d]) *
                       (turn == TURN_RIGHT ? b[j * k + d] : b[d * n + j]);
            if (sum != c[i * n + j]) return false;
        }
    return true;
}
bool product_agrees(void)
{
    static const int32_t shape[][3] = {{1, 1, 1}, {16, 16, 32}, {17, 33, 31}, {31, 15, 65}, {48, 80, 96}, {65, 100, 1}};
    Work w = {0};
    bool same = true;
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++)
        for (int turn = AS_IS; turn <= TURN_RIGHT; turn++)
            for (int added = 0; added < 2; added++)
                same = agrees(&w, (Turn)turn, shape[i][0], shape[i][1], shape[i][2], added) && same;
    work_free(&w);
    return same;
}

/* ---- a worker's memory ------------------------------------------------------------------------------------------ */
struct Block { Block *next; Real *v; ptrdiff_t n; };
Real *work_take(Work *w, ptrdiff_t n)
{
    n = (n + LANES - 1) / LANES * LANES;
    while (!w->block || w->used + n > w->block->n) {
        Block *next = w->block ? w->block->next : w->first;
        if (!next) {
            ptrdiff_t least = (ptrdiff_t)1 << 20;
            next = calloc(1, sizeof *next);
            if (!next) abort();
            next->n = n > least ? n : least;
            next->v = aligned_alloc(64, (size_t)next->n * sizeof(Real));
            if (!next->v) abort();
            if (w->block) w->block->next = next; else w->first = next;
        }
        w->block = next, w->used = 0;
    }
    Real *v = w->block->v + w->used;
    w->used += n;
    return v;
}
Real *work_zeros(Work *w, ptrdiff_t n)
{
    Real *v = work_take(w, n);
    memset(v, 0, (size_t)n * sizeof(Real));
    return v;
}
int32_t *work_ints(Work *w, ptrdiff_t n) { return (int32_t *)(void *)work_take(w, n); }
void work_reset(Work *w) { w->block = w->first, w->used = 0; }
void work_free(Work *w)
{
    for (Block *b = w->first, *next; b; b = next) next = b->next, free(b->v), free(b);
    panel_free(&w->left), panel_free(&w->right), panel_free(&w->weights), panel_free(&w->turned);
    *w = (Work){0};
}
