/* One layer of BiLSTM: every word gets a vector that knows the words before it, and one that knows those behind.
**
**   sentences of 5, 3 and 3 words:   time     0  1  2  3  4
**                                    rows     3  3  3  1  1        (row = begin[time] + the sentence's place by length)
**
** Forward, the sentences of a time are the first of those of the time before; what ended drops off. Backward it is the
** other way round: at time 2 two sentences join that end there, and begin with a hidden state of zeros. So a batch
** shrinks and grows at its end only, the hidden states of the step before are the rows just written, and nothing is
** copied or padded.
**
** All goes unit group by unit group: the 64 columns that are the four gates of 16 units. Their weights (20 kB for 320
** inputs, 10 kB for 160 hidden states before) and the sums of a block of rows stay in the first cache from the products
** to the cells. What comes from the inputs waits for nobody, so where a time has few rows it is multiplied for several
** times at once (a window).
**
** Always: each row's sums are exact and each of its floats is computed from its own row, so that no sentence's result
** depends on which others are in the batch, or on how rows were cut into blocks. Cost: 4 × units × (inputs + units)
** multiply-adds a word and direction; 0.23 M for 192 inputs and 160 units.
*/
#include "model/kernel_inside.h"
#include <assert.h>

enum {
    GROUP = KERNEL_GATES * KERNEL_LANES, UNITS_MAX = 4096,
    /* Rows of a block: 12 kB of sums. None but the only one has less than 16, or tiles would be half empty. */
    AT_ONCE = 32, MOST_AT_ONCE = 48,
    WINDOW = 64      /* rows: their sums (2.5 kB each for 160 units) stay in the second cache, beside the weights */
};

/* ---- batches ---------------------------------------------------------------------------------------------- */
Batch batch_of(Arena *to, const int32_t *lengths, int32_t n_sentences)
{
    Batch b = {.n_sentences = n_sentences};
    for (int32_t s = 0; s < n_sentences; s++)
        if (lengths[s] > b.n_times) b.n_times = lengths[s];
    int32_t *begin = arena_new(to, int32_t, b.n_times + 1), *place = arena_new(to, int32_t, n_sentences);
    int32_t *next = arena_new(to, int32_t, b.n_times + 1);              /* next[n]: the place of the next sentence of n words */
    for (int32_t s = 0; s < n_sentences; s++) next[lengths[s]]++;
    for (int32_t n = b.n_times, sum = 0; n >= 0; n--) {
        const int32_t of_this_length = next[n];
        next[n] = sum;                                   /* the longer ones: those that have a word at time n */
        if (n > 0) begin[n] = sum += of_this_length;     /* for now: how many rows time n - 1 has */
    }
    for (int32_t t = 0; t < b.n_times; t++) begin[t + 1] += begin[t];
    for (int32_t s = 0; s < n_sentences; s++) place[s] = next[lengths[s]]++;
    b.n_rows = begin[b.n_times];
    b.begin = begin;
    b.place = place;
    return b;
}

/* ---- running ---------------------------------------------------------------------------------------------- */
typedef struct { int32_t begin, end, room; int32_t *sums; } Window;     /* rows of the batch; sums: [groups][room][GROUP] */
typedef struct {
    const Kernel *k;
    const BiLstm *l;
    int32_t direction, n_rows, n_before;                 /* rows of this time; those of them that have a state before */
    const uint8_t *before;                               /* the first of the hidden states before */
    ptrdiff_t out_stride, exact_stride;
    uint8_t *out;                                        /* the first hidden state of this time, of this direction */
    float *exact, *cells;                                /* exact: or NULL; cells: [n_sentences][n_units] */
    const int32_t *in_sums;                              /* of this time's first row, in the first group; NULL: none yet */
    ptrdiff_t group_stride;                              /* of in_sums, from group to group */
    const uint8_t *in;                                   /* the first input of this time */
    ptrdiff_t in_stride;
} Step;

static void step_block(const Step *s, int32_t group, int32_t row, int32_t n)
{
    const Dense *in = &s->l->in[s->direction], *back = &s->l->back[s->direction];
    const int32_t panel = group * KERNEL_GATES, unit = group * KERNEL_LANES, column = group * GROUP;
    const int32_t left = s->n_before - row, n_before = left < 0 ? 0 : left < n ? left : n;
    _Alignas(64) int32_t back_sums[MOST_AT_ONCE * GROUP], in_sums[MOST_AT_ONCE * GROUP];
    if (!s->in_sums) s->k->product(in, panel, KERNEL_GATES, s->in + row * s->in_stride, s->in_stride, n, in_sums);
    if (n_before > 0)
        s->k->product(back, panel, KERNEL_GATES, s->before + row * s->out_stride, s->out_stride, n_before, back_sums);
    memset(back_sums + n_before * GROUP, 0, (size_t)(n - n_before) * GROUP * sizeof *back_sums);
    CellStep c = {.in = s->in_sums ? s->in_sums + group * s->group_stride + (ptrdiff_t)row * GROUP : in_sums, .back = back_sums,
                  .in_scale = in->scale + column, .back_scale = back->scale + column,
                  .bias = back->bias + column, .n_rows = n, .per_step = 1 / s->l->step,
                  .cell = s->cells + (ptrdiff_t)row * s->l->n_units + unit, .cell_stride = s->l->n_units,
                  .hidden = s->out + row * s->out_stride + unit, .hidden_stride = s->out_stride,
                  .exact = s->exact ? s->exact + row * s->exact_stride + unit : NULL, .exact_stride = s->exact_stride};
    s->k->cell(&c);
}

static void step_run(const Step *s)
{
    for (int32_t group = 0; group < s->l->n_units / KERNEL_LANES; group++)
        for (int32_t row = 0, n; row < s->n_rows; row += n) {
            n = s->n_rows - row < MOST_AT_ONCE ? s->n_rows - row : AT_ONCE;
            step_block(s, group, row, n);
        }
}

/* The sums of time t's inputs and of the times that come behind it, as many as have room. */
static void window_move(Window *w, const Step *s, const Batch *b, int32_t t, const uint8_t *in, ptrdiff_t stride)
{
    w->begin = b->begin[t];
    w->end = b->begin[t + 1];
    if (s->direction)
        while (t > 0 && w->end - b->begin[t - 1] <= w->room) w->begin = b->begin[--t];
    else
        while (t + 1 < b->n_times && b->begin[t + 2] - w->begin <= w->room) w->end = b->begin[++t + 1];
    for (int32_t group = 0; group < s->l->n_units / KERNEL_LANES; group++)
        s->k->product(&s->l->in[s->direction], group * KERNEL_GATES, KERNEL_GATES, in + w->begin * stride, stride, w->end - w->begin,
                      w->sums + group * s->group_stride);
}

void lstm_rows(const Kernel *k, const BiLstm *l, const Batch *b, const uint8_t *in, ptrdiff_t in_stride, uint8_t *out,
               ptrdiff_t out_stride, float *exact, ptrdiff_t exact_stride, Arena *scratch)
{
    const ptrdiff_t n_cells = (ptrdiff_t)b->n_sentences * l->n_units;
    Window w = {.room = WINDOW < b->n_rows ? WINDOW : b->n_rows};
    w.sums = arena_raw(scratch, (ptrdiff_t)(KERNEL_GATES * sizeof *w.sums) * l->n_units * w.room, 64);
    Step s = {.k = k, .l = l, .out_stride = out_stride, .exact_stride = exact_stride,
              .group_stride = (ptrdiff_t)w.room * GROUP, .in_stride = in_stride, .cells = arena_new(scratch, float, n_cells)};
    if (k->begin) k->begin();
    for (s.direction = 0; s.direction < 2; s.direction++) {
        const int32_t by = s.direction ? -1 : 1;
        memset(s.cells, 0, (size_t)n_cells * sizeof *s.cells);
        s.n_before = 0;
        w.begin = w.end = 0;
        for (int32_t i = 0, t = s.direction ? b->n_times - 1 : 0; i < b->n_times; i++, t += by) {
            s.n_rows = b->begin[t + 1] - b->begin[t];
            const bool is_full = s.n_rows >= AT_ONCE;
            if (!is_full && (b->begin[t] < w.begin || b->begin[t + 1] > w.end)) window_move(&w, &s, b, t, in, in_stride);
            if (i > 0) s.n_before = b->begin[t - by + 1] - b->begin[t - by];
            s.in_sums = is_full ? NULL : w.sums + (ptrdiff_t)(b->begin[t] - w.begin) * GROUP;
            s.in = in + b->begin[t] * in_stride;
            s.out = out + b->begin[t] * out_stride + s.direction * l->n_units;
            s.before = i > 0 ? out + b->begin[t - by] * out_stride + s.direction * l->n_units : NULL;
            s.exact = exact ? exact + b->begin[t] * exact_stride + s.direction * l->n_units : NULL;
            step_run(&s);
        }
    }
}

/* ---- files: units u32, the step of the hidden state as the bits of a float, then in and back of each direction -----
** */
void lstm_write(const LstmFloats direction[2], int32_t n_in, int32_t n_units, Steps in, Steps hidden, Buf *out)
{
    assert(n_units > 0 && n_units <= UNITS_MAX && n_units % KERNEL_LANES == 0 && "units come in groups of 16");
    assert(hidden.zero == KERNEL_ZERO && "hidden states have both signs");
    uint32_t bits;
    memcpy(&bits, &hidden.step, 4);
    model_put_u32(out, (uint32_t)n_units);
    model_put_u32(out, bits);
    for (int d = 0; d < 2; d++) {
        dense_put(direction[d].in, NULL, KERNEL_GATES * n_units, n_in, in, n_units, out);
        dense_put(direction[d].back, direction[d].bias, KERNEL_GATES * n_units, n_units, hidden, n_units, out);
    }
}

bool lstm_read(ModelReader *r, BiLstm *l, Err *e)
{
    const uint32_t n_units = model_u32(r), bits = model_u32(r);
    *l = (BiLstm){.n_units = (int32_t)n_units};
    memcpy(&l->step, &bits, 4);
    if (r->is_short || n_units == 0 || n_units > UNITS_MAX || n_units % KERNEL_LANES || !(l->step >= 1e-6f && l->step <= 1))
        return fail(e, ERR_INPUT, "an LSTM of %u units with steps of %g is none of ours", n_units, (double)l->step);
    for (int d = 0; d < 2; d++) {
        if (!dense_read(r, &l->in[d], e) || !dense_read(r, &l->back[d], e)) return err_while(e, "reading an LSTM of %u units", n_units);
        if (l->in[d].n_out != KERNEL_GATES * l->n_units || l->back[d].n_out != KERNEL_GATES * l->n_units ||
            l->back[d].n_in != l->n_units || l->back[d].zero != KERNEL_ZERO || l->in[d].n_in != l->in[0].n_in)
            return fail(e, ERR_INPUT, "an LSTM of %u units is damaged: its parts do not fit each other", n_units);
    }
    l->n_in = l->in[0].n_in;
    return true;
}
