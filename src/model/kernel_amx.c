/* AMX: tiles of 16 rows by 64 bytes, one instruction for 16 × 16 × 64 products. Servers since 2023 (Intel Sapphire
** Rapids).
**
** Sixteen groups of a panel, as they lie in the file, are a tile of weights: 16 rows of 64 bytes. Sixteen rows of 64
** activations are the other, and their product is added to a tile of 16 × 16 sums, which begins as `start` on each row
** (a load with stride 0). The last groups of a matrix are smaller tiles, and so are all where there are fewer than 16
** rows. Where there are more, the last tile begins where it ends with the last row: what it has in common with the one
** before is computed twice, which costs less than other shapes. A thread's tiles are shaped anew where the shape
** changes, and at the beginning of each layer (begin_tiles), since the program that we are a library of may use tiles
** too. Few rows leave a tile mostly empty: then the vectors of VNNI are as fast, and everything that is no product is
** theirs.
**
** Linux lends the tiles' state to a process that asks for it (arch_prctl, since 5.16); where it refuses there is no
** such kernel.
*/
#if defined(__x86_64__)
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,amx-tile,amx-int8")))
#include "model/kernel_512.h"
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { TILE_ROWS = 16, TILE_GROUPS = 16, FEW_ROWS = 3 };
enum { ARCH_REQUEST = 0x1023, TILE_DATA = 18 };          /* ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA (Linux, asm/prctl.h) */

bool kernel_amx_is_there(void)
{
    unsigned a, b, c, d;
    const bool has_tiles = __get_cpuid_count(7, 0, &a, &b, &c, &d) && (d >> 24 & 1) && (d >> 25 & 1);
    return has_tiles && syscall(SYS_arch_prctl, ARCH_REQUEST, TILE_DATA) == 0;
}

/* Tiles 0 … 3: sums of four panels; 4 and 5: activations and weights; 6 and 7: the same for the last groups. */
typedef struct {
    uint8_t palette, start_row, zeros[14];
    uint16_t bytes[16];
    uint8_t rows[16];
} __attribute__((aligned(64))) Shapes;
static _Thread_local struct { int32_t n_rows, tail; } shaped;           /* of this thread's tiles; no rows: not yet */

static TARGET void shape_tiles(int32_t n_rows, int32_t tail)
{
    if (shaped.n_rows == n_rows && (!tail || shaped.tail == tail)) return;
    if (!tail && shaped.n_rows) tail = shaped.tail;      /* layers of whole tiles stand between others: theirs stay as they are */
    Shapes s = {.palette = 1};
    for (int t = 0; t < 8; t++) {
        const bool is_last = t >= 6, is_weights = t == 5 || t == 7;
        const int32_t groups = is_last ? (tail ? tail : 1) : TILE_GROUPS;
        s.rows[t] = (uint8_t)(is_weights ? groups : n_rows);
        s.bytes[t] = (uint16_t)(t == 4 || t == 6 ? groups * KERNEL_GROUP : 4 * KERNEL_LANES);
    }
    _tile_loadconfig(&s);
    shaped.n_rows = n_rows;
    shaped.tail = tail;
}

static void begin_tiles(void) { shaped.n_rows = 0; }

/* Four panels, or fewer: the sums of at most 16 rows. */
#define START(t) if (n_panels > t) _tile_loadd(t, m->start + (ptrdiff_t)(panel + t) * KERNEL_LANES, 0)
#define MULTIPLY(t, a, b) \
    if (n_panels > t) { \
        _tile_loadd(b, w + t * next, KERNEL_LANES * KERNEL_GROUP); \
        _tile_dpbusd(t, a, b); \
    }
#define STORE(t) if (n_panels > t) _tile_stored(t, sums + t * KERNEL_LANES, wide * (ptrdiff_t)sizeof *sums)
static inline __attribute__((always_inline)) TARGET void tiles(const Dense *m, int32_t panel, const int n_panels, const uint8_t *rows,
                                                               ptrdiff_t stride, int32_t *sums, ptrdiff_t wide)
{
    const ptrdiff_t next = (ptrdiff_t)m->n_groups * KERNEL_LANES * KERNEL_GROUP;
    const int8_t *w = m->panels + panel * next;
    START(0); START(1); START(2); START(3);
    int32_t g = 0;
    for (; g + TILE_GROUPS <= m->n_groups; g += TILE_GROUPS, w += TILE_GROUPS * KERNEL_LANES * KERNEL_GROUP) {
        _tile_loadd(4, rows + g * KERNEL_GROUP, stride);
        MULTIPLY(0, 4, 5) MULTIPLY(1, 4, 5) MULTIPLY(2, 4, 5) MULTIPLY(3, 4, 5)
    }
    if (g < m->n_groups) {
        _tile_loadd(6, rows + g * KERNEL_GROUP, stride);
        MULTIPLY(0, 6, 7) MULTIPLY(1, 6, 7) MULTIPLY(2, 6, 7) MULTIPLY(3, 6, 7)
    }
    STORE(0); STORE(1); STORE(2); STORE(3);
}

static TARGET void product_tiles(const Dense *m, int32_t panel, int32_t n_panels, const uint8_t *rows, ptrdiff_t stride, int32_t n_rows,
                                 int32_t *sums)
{
    if (n_rows <= FEW_ROWS) {
        product(m, panel, n_panels, rows, stride, n_rows, sums);
        return;
    }
    const ptrdiff_t wide = (ptrdiff_t)n_panels * KERNEL_LANES;
    const int32_t n = n_rows < TILE_ROWS ? n_rows : TILE_ROWS;
    shape_tiles(n, m->n_groups % TILE_GROUPS);
    for (int32_t p = 0; p < n_panels; p += PANELS)
        for (int32_t done = 0; done < n_rows; done += n) {
            const int32_t row = done + n <= n_rows ? done : n_rows - n;
            const uint8_t *from = rows + row * stride;
            int32_t *to = sums + row * wide + p * KERNEL_LANES;
            switch (n_panels - p) {
            case 1: tiles(m, panel + p, 1, from, stride, to, wide); break;
            case 2: tiles(m, panel + p, 2, from, stride, to, wide); break;
            case 3: tiles(m, panel + p, 3, from, stride, to, wide); break;
            default: tiles(m, panel + p, 4, from, stride, to, wide); break;
            }
        }
}

const Kernel kernel_amx = {"amx", product_tiles, dequantize, outputs, quantize, exps, sigmoids, tanhs,
    relu, maxout, cell, dots, forms, max, softmax, begin_tiles};
#endif
