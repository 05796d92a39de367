/* The product of bytes, for processors with vectors: included by each fast kernel, with its own registers.
**
** The includer says: TARGET (the function attribute), LANES (32-bit lanes of a register), ROWS and PANELS (the block of
** sums that stays in registers), and DOT(sums, a, w): to each lane's sum, four products of activations and weights.
**
** A block of ROWS × PANELS sums runs down all groups of inputs: each step loads PANELS × 64 bytes of weights once for
** all rows, and four activations of each row, copied to all lanes. The outer loop goes over panels, so that their
** weights (20 kB for 4 panels of 320 inputs) stay in the first cache while all rows pass. Rows are dealt evenly to
** blocks: 7 rows are 4 + 3, not 6 + 1, since a block of few rows waits for its own sums.
*/
typedef int32_t I __attribute__((vector_size(4 * LANES)));
typedef int32_t ILoose __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
/* registers of a panel, and of a row of the block */
enum { PARTS = KERNEL_LANES / LANES, PARTS_MOST = PANELS * PARTS };

static inline __attribute__((always_inline)) TARGET void block(const Dense *m, int32_t panel, const int n_rows,
                                                               const int n_panels, const uint8_t *rows,
                                                               ptrdiff_t stride, int32_t *sums, ptrdiff_t wide)
{
    const int8_t *w = m->panels + (ptrdiff_t)panel * m->n_groups * KERNEL_LANES * KERNEL_GROUP;
    const ptrdiff_t next = (ptrdiff_t)m->n_groups * KERNEL_LANES * KERNEL_GROUP;
    I sum[ROWS][PARTS_MOST];
    for (int r = 0; r < n_rows; r++)
        for (int p = 0; p < n_panels * PARTS; p++)
            sum[r][p] = *(const ILoose *)(m->start + (ptrdiff_t)panel * KERNEL_LANES + p * LANES);
    for (int32_t g = 0; g < m->n_groups; g++, w += KERNEL_LANES * KERNEL_GROUP) {
        I weights[PARTS_MOST];
        for (int p = 0; p < n_panels * PARTS; p++)
            weights[p] = *(const ILoose *)(w + p / PARTS * next + p % PARTS * (LANES * KERNEL_GROUP));
        for (int r = 0; r < n_rows; r++) {
            int32_t four;
            memcpy(&four, rows + r * stride + g * KERNEL_GROUP, 4);
            I a = (I){0} + four;
            for (int p = 0; p < n_panels * PARTS; p++) sum[r][p] = DOT(sum[r][p], a, weights[p]);
        }
    }
    for (int r = 0; r < n_rows; r++)
        for (int p = 0; p < n_panels * PARTS; p++) *(ILoose *)(sums + r * wide + p * LANES) = sum[r][p];
}

/* The number of rows becomes a constant, so that the sums of a block are registers. */
#define BLOCK(rows_) case rows_: block(m, panel, rows_, n_panels, at, stride, sums + r * wide, wide); break
static inline __attribute__((always_inline)) TARGET void column(const Dense *m, int32_t panel, const int n_panels,
                                                                const uint8_t *rows, ptrdiff_t stride, int32_t n_rows,
                                                                int32_t *sums, ptrdiff_t wide)
{
    for (int32_t r = 0, left = (n_rows + ROWS - 1) / ROWS, n; left > 0; left--, r += n) {
        const uint8_t *at = rows + r * stride;
        n = (n_rows - r + left - 1) / left;
        switch (n) {
        BLOCK(1);
        BLOCK(2);
        BLOCK(3);
        BLOCK(4);
#if ROWS > 4
        BLOCK(5);
        BLOCK(6);
#endif
        }
    }
}
#undef BLOCK

static TARGET void product(const Dense *m, int32_t panel, int32_t n_panels, const uint8_t *rows, ptrdiff_t stride,
                           int32_t n_rows, int32_t *sums)
{
    const ptrdiff_t wide = (ptrdiff_t)n_panels * KERNEL_LANES;
    for (int32_t end = panel + n_panels, n; panel < end; panel += n, sums += n * KERNEL_LANES) {
        n = end - panel < PANELS ? end - panel : PANELS;
        switch (n) {
        case 1: column(m, panel, 1, rows, stride, n_rows, sums, wide); break;
#if PANELS > 1
        case 2: column(m, panel, 2, rows, stride, n_rows, sums, wide); break;
        case 3: column(m, panel, 3, rows, stride, n_rows, sums, wide); break;
        case 4: column(m, panel, 4, rows, stride, n_rows, sums, wide); break;
#endif
        }
    }
}
