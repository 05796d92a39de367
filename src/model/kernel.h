/* Kernels: the arithmetic of a small network on an ordinary processor, the same bits on every one.
**
** A network here is bytes and a few floats. What a layer hands to the next (an "activation") is a byte of 0 … 127 that
** stands for (byte - zero) × step; a weight is a byte of -127 … 127 that stands for weight × the scale of its row.
** Their products are summed in 32 bits, exactly, and only then become floats: sum × scale + bias. Gates, cells and
** scores are floats.
**
** Why seven bits for activations: AVX2 has only maddubs, which adds two products of bytes into 16 bits;
** 2 × 127 × 128 = 32512 fits there, 2 × 255 × 127 does not. With seven bits AVX2, VNNI and plain C give the same
** integers, always. (PyTorch's fbgemm takes the same way out, "reduce_range".) It costs little: what an LSTM hands on
** lies within -1 … 1 and has no outliers, so its steps of 1/63 err about as much as eight bits do for weights, whose
** largest is some four deviations out.
**
** Why floats agree too: every function below is defined by plain C (kernel_inside.h, kernel_plain.c), with one order of
** operations for each value and one order for each sum (KERNEL_LANES partial sums, then a fixed tree); the fast kernels
** do the same operations in the same order, many values at a time, without fused multiply-add. exp and tanh are our
** own. So results do not depend on the processor, the compiler, the C library, or on what else was in the batch.
**
** Always: finite inputs give finite outputs. No function here allocates, locks or keeps a state, unless it takes an
** Arena.
** Sources: int8 with per-row scales and static activation scales: Jacob et al. 2018 (arXiv:1712.05877), Wu et al. 2020
** (arXiv:2004.09602); LSTM: Hochreiter & Schmidhuber 1997 with the forget gate of Gers et al. 2000; biaffine scores:
** Dozat & Manning 2017.
*/
#ifndef MODEL_KERNEL_H
#define MODEL_KERNEL_H
#include "model/model.h"

enum {
    KERNEL_LANES = 16,                                   /* outputs in a panel; partial sums of a sum of floats */
    KERNEL_GROUP = 4,                                    /* activations that one instruction takes at once */
    KERNEL_TOP = 127,                                    /* the largest byte of an activation */
    KERNEL_ZERO = 64,                                    /* the byte that stands for 0 where values have both signs */
    KERNEL_GATES = 4                                     /* of an LSTM: in, forget, new, out */
};

/* ---- weights of one layer ----------------------------------------------------------------------------------- */
/* A matrix of n_out rows (outputs) by n_in columns, cut into panels of 16 outputs. A panel is n_groups × 16 × 4 bytes:
** for each group of 4 inputs, 16 outputs, each with its 4 weights side by side: 64 bytes, one cache line, one AVX-512
** register. Outputs and inputs beyond the last are zero weights. The same bytes serve every kernel, so they are used
** where the file is mapped. */
typedef struct {
    int32_t n_in, n_out;
    int32_t n_groups, n_panels;                          /* n_in / 4 and n_out / 16, rounded up */
    int32_t zero;                                        /* the input byte that stands for 0 */
    const int8_t *panels;                                /* [n_panels][n_groups][16][4] */
    const int32_t *start;                                /* [16 × n_panels]: -zero × sum of the row's weights */
    const float *scale;                                  /* [16 × n_panels]: the row's scale × the input's step */
    const float *bias;                                   /* [16 × n_panels] */
} Dense;

/* One time step of an LSTM for 16 units of some rows (sentences). Sums have the gates i f g o of the 16 units side by
** side: */
typedef struct {
    /* [n_rows][4][16]: from the input, and from the hidden state before */
    const int32_t *in, *back;
    /* [4][16]: gate = in × in_scale + (back × back_scale + bias) */
    const float *in_scale, *back_scale, *bias;
    /* row r's 16 at cell + r × cell_stride: read, then written; |c| < 2^40 */
    float *cell;
    /* written: (hidden state / step) + KERNEL_ZERO, to nearest, ties to even */
    uint8_t *hidden;
    float *exact;                                        /* the same before rounding; NULL where nobody asks */
    ptrdiff_t cell_stride, hidden_stride, exact_stride;  /* elements from row to row */
    float per_step;                                      /* 1 / step of the hidden state */
    int32_t n_rows;
} CellStep;

/* ---- a kernel: every operation, for one kind of processor ----------------------------------------------------- */
/* x and out may be the same array, or must not overlap. n is any number from 0. */
typedef struct {
    const char *name;                                    /* "plain", "avx2", "avxvnni", "vnni", "amx" */
    /* sums[r][j] = start[j] + Σ rows[r][i] × weight[j][i], for the outputs of n_panels panels from `panel` on. rows:
    ** n_rows of them, `stride` bytes apart, 4 × n_groups readable bytes each; bytes beyond n_in may be anything. sums:
    ** n_panels × 16 a row. */
    void (*product)(const Dense *m, int32_t panel, int32_t n_panels, const uint8_t *rows, ptrdiff_t stride,
                    int32_t n_rows, int32_t *sums);
    void (*dequantize)(const int32_t *sums, const float *scale, const float *bias, int32_t n, float *out);
    /* to nearest, ties to even; clamped */
    /* The same for n_rows rows of n, and then relu with this slope (1: as they are). */
    void (*outputs)(const int32_t *sums, ptrdiff_t stride, const float *scale, const float *bias, float slope, int32_t n,
                    int32_t n_rows, float *out, ptrdiff_t out_stride);
    void (*quantize)(const float *x, float per_step, int32_t zero, int32_t n, uint8_t *out);
    /* relative error below 5e-6; e^-86.6 below that, e^88.02 above that */
    void (*exp)(const float *x, int32_t n, float *out);
    void (*sigmoid)(const float *x, int32_t n, float *out);  /* absolute error below 2e-7 */
    void (*tanh)(const float *x, int32_t n, float *out);  /* absolute error below 4e-7 */
    void (*relu)(const float *x, float slope, int32_t n, float *out);  /* the larger of x and slope × x; slope 0 … 1 */
    /* out[j] = max over p of x[p × n + j]; not in place */
    void (*maxout)(const float *x, int32_t pieces, int32_t n, float *out);
    void (*cell)(const CellStep *s);
    /* out[i][j] = Σ a[i][k] × b[j][k], k below n: partial sums by k modulo 16, then 8 + 8, 4 + 4, 2 + 2, 1 + 1. */
    void (*dots)(const float *a, ptrdiff_t a_stride, int32_t n_a, const float *b, ptrdiff_t b_stride, int32_t n_b,
                 int32_t n, float *out, ptrdiff_t out_stride);
    /* out[j] = Σ (sums[j × n + k] dequantized, with its scale and bias) × b[k], k below n, as in dots; j below n_a. */
    void (*forms)(const int32_t *sums, const float *scale, const float *bias, const float *b, int32_t n, int32_t n_a,
                  float *out);
    float (*max)(const float *x, int32_t n);             /* n at least 1 */
    /* exp(x - max) over their sum, which is summed as in dots */
    void (*softmax)(const float *x, int32_t n, float *out);
    /* before products, where others of this thread may have used its tiles; or NULL */
    void (*begin)(void);
} Kernel;

/* The kernel to use: by name, or for an empty name the environment's DEMARCHE_KERNEL, or else the fastest that this
** processor has. NULL with a sentence where the name is none of ours or the processor lacks it. All kernels give the
** same bits. */
const Kernel *kernel_of(Str name, Err *e);
enum { KERNEL_KINDS = 5 };
int32_t kernel_all(const Kernel *k[KERNEL_KINDS]);       /* those that this processor has, the plain one first */
int32_t kernel_argmax(const Kernel *k, const float *x, int32_t n);      /* the first of the largest; n at least 1 */

/* ---- layers ------------------------------------------------------------------------------------------------- */
/* out[r][j] = sum × scale + bias for the n_out outputs of each row; out_stride floats from row to row, at least
** n_out. */
void dense_rows(const Kernel *k, const Dense *m, const uint8_t *rows, ptrdiff_t stride, int32_t n_rows, float *out,
                ptrdiff_t out_stride);
/* The same with relu behind it (slope 1: none). */
void dense_rows_relu(const Kernel *k, const Dense *m, const uint8_t *rows, ptrdiff_t stride, int32_t n_rows,
                     float slope, float *out, ptrdiff_t out_stride);

/* ---- from floats to bytes: the trainer's side (kernel_quant.c) ------------------------------------------------ */
/* of an activation: value = (byte - zero) × step, bytes 0 … 127 */
typedef struct { float step; int32_t zero; } Steps;

/* What values an activation takes, measured on texts of the development set; start with an empty one ({0}). */
enum { RANGE_BINS = 1 << 12 };
/* by size: 16 bins from each power of two to the next */
typedef struct { int64_t count[RANGE_BINS]; bool has_minus; } Range;
void range_add(Range *r, const float *x, int64_t n);     /* finite values */
/* The steps with the least squared error over all that was measured: what lies beyond the end is cut off, what lies
** within is rounded (the trade of Banner et al. 2019, arXiv:1810.05723, from counts instead of a fitted curve). zero:
** 64, or 0 where nothing was below 0. */
Steps range_steps(const Range *r);

/* weights: n_out rows of n_in; bias: n_out, or NULL for none; in: what the inputs' bytes stand for. Each row has its
** own scale, its largest weight becoming 127. Appends the piece of a section that dense_read reads. */
void dense_write(const float *weights, const float *bias, int32_t n_out, int32_t n_in, Steps in, Buf *out);
bool dense_read(ModelReader *r, Dense *m, Err *e);       /* views of the section; checks all that the kernels rely on */

/* ---- a layer of BiLSTM over a batch of sentences (kernel_lstm.c) --------------------------------------------- */
/* Words of many sentences as rows, time-major: first the first words of all sentences, the longest sentence first, then
** the second words of those that have one, and so on. The sentences that go on are always the first rows of a time. */
typedef struct {
    int32_t n_sentences, n_times, n_rows;                /* a row a word; a time a word of the longest sentence */
    /* [n_times + 1]: time t has rows begin[t] … begin[t + 1] - 1 */
    const int32_t *begin;
    const int32_t *place;                                /* [n_sentences]: of each as it was given, by falling length */
} Batch;
Batch batch_of(Arena *to, const int32_t *lengths, int32_t n_sentences); /* lengths from 0 */
static inline int32_t batch_row(const Batch *b, int32_t sentence, int32_t word)
{
    return b->begin[word] + b->place[sentence];
}

/* Two directions (0 forward, 1 backward), each with weights from the input and from its hidden state before; both hand
** on bytes of the same step, so that the next layer sees one row of 2 × n_units. n_units is a multiple of 16. */
typedef struct { int32_t n_in, n_units; float step; Dense in[2], back[2]; } BiLstm;

/* out[row]: the forward units, then the backward ones, as bytes (KERNEL_ZERO for 0). exact: the same before rounding,
** or NULL. in and out are rows of the batch, in_stride and out_stride bytes apart (exact_stride floats). What a
** sentence gets depends on nothing but its own words. Takes (4 × n_sentences + 16 × 64) × n_units bytes of scratch. */
void lstm_rows(const Kernel *k, const BiLstm *l, const Batch *b, const uint8_t *in, ptrdiff_t in_stride, uint8_t *out,
               ptrdiff_t out_stride, float *exact, ptrdiff_t exact_stride, Arena *scratch);

/* The trainer's side: gates i f g o in this order, all units of each together (as PyTorch and cuDNN have them). */
typedef struct { const float *in, *back, *bias; } LstmFloats;  /* [4 × units][n_in], [4 × units][units], [4 × units] */
void lstm_write(const LstmFloats direction[2], int32_t n_in, int32_t n_units, Steps in, Steps hidden, Buf *out);
bool lstm_read(ModelReader *r, BiLstm *l, Err *e);       /* views of the section, checked */
#endif
