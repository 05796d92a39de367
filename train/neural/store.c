/* Store: a trained network as a file of the house (model/model.h), for the runtime and for going on.
**
**   neural.shape     u32 version 1, then the numbers of Shape (neural.h) in their order, u32 each
**   neural.labels    u32 n, then n tags ("UPOS TAB XPOS TAB features") as u32 length and text; the same for relations
**   neural.rows      for each table (norm, prefixes 1 … 3, suffixes 1 … 4, shape): u32 rows; then, aligned to 8, the
**                    hashes u64 of rows 1 … (word.c; row 0 is for all others). Last, aligned to 8: how often training
**                    saw the norm of each row, u32
**   neural.vectors   u32 words, u32 dimensions; aligned to 64: scales, float each; hashes of the lower-case words, u64
**                    each (where two agree, the first counts); values, int8, words × dimensions (value × scale of its
**                    dimension)
**   neural.weights   for each parameter: its name as u32 length and text, u32 rows, u32 columns; aligned to 64:
**                    floats, row by row
**   train.state      only in checkpoints: u32 step, pass, done, and the best score × 1000; then, aligned to 64, three
**                    times as many floats as there are weights: weights, first moments, second moments (the means are
**                    in neural.weights); the lines of scores so far as u32 length and text; aligned
**                    to 8, the sums of the pass's four losses, double each
**   provenance       JSON: what was read, how it was trained, the scores
**
** What the parameters mean is in net.c; all matrices are inputs × outputs. LSTM gates stand in the order in, forget,
** out, candidate; wx holds the columns of the way forward and then of the way back, wh the rows of the way forward
** and then of the way back. Numbers are little-endian.
*/
#include "train/neural/neural.h"
#include "base/io.h"
#include "model/model.h"
#include <stdlib.h>
#include <string.h>

enum { VERSION = 1, SHAPE_NUMBERS = sizeof(Shape) / sizeof(int32_t) };
_Static_assert(SHAPE_NUMBERS == 16 + FEATURES, "a Shape is nothing but numbers");

static Str bytes_of(const void *p, size_t n) { return (Str){p, (ptrdiff_t)n}; }
static Buf *section(Arena *a, ModelSections *s, Str name, Buf *bufs)
{
    Buf *b = bufs + s->n;
    *b = (Buf){.to = a};
    push(a, s)->name = name;
    return b;
}
static void put_labels(Buf *b, const Strs *l)
{
    model_put_u32(b, (uint32_t)l->n);
    for (int32_t i = 0; i < l->n; i++) model_put_text(b, l->v[i]);
}
static void put_lexicon(Buf *labels, Buf *rows, Buf *vectors, const Lexicon *lex)
{
    put_labels(labels, &lex->tags), put_labels(labels, &lex->relations);
    for (int32_t f = 0; f < FEATURES; f++) {
        model_put_u32(rows, (uint32_t)lex->n_rows[f]);
        model_put_bytes(rows, bytes_of(lex->key[f], (size_t)(lex->n_rows[f] - 1) * 8), 8);
    }
    model_put_bytes(rows, bytes_of(lex->norm_count, (size_t)lex->n_rows[FEATURE_NORM] * 4), 8);
    const VectorTable *v = &lex->vectors;
    model_put_u32(vectors, (uint32_t)v->n), model_put_u32(vectors, (uint32_t)v->dim);
    model_put_bytes(vectors, bytes_of(v->scale, (size_t)v->dim * 4), 64);
    model_put_bytes(vectors, bytes_of(lex->vector_key, (size_t)v->n * 8), 64);
    model_put_bytes(vectors, bytes_of(v->value, (size_t)v->n * (size_t)v->dim), 64);
}
static void put_weights(Buf *b, const Net *n, const Real *w)
{
    for (int32_t i = 0; i < n->n_params; i++) {
        const Param *p = n->param + i;
        model_put_text(b, str_of(p->name));
        model_put_u32(b, (uint32_t)p->rows), model_put_u32(b, (uint32_t)p->columns);
        model_put_bytes(b, bytes_of(w + p->at, (size_t)p->rows * (size_t)p->columns * sizeof(float)), 64);
    }
}
static void put_state(Buf *b, const Learner *l)
{
    model_put_u32(b, (uint32_t)l->step), model_put_u32(b, (uint32_t)l->pass), model_put_u32(b, (uint32_t)l->done);
    model_put_u32(b, (uint32_t)l->best);
    size_t n = (size_t)l->net.n * sizeof(float);
    model_put_bytes(b, bytes_of(l->net.w, n), 64);
    model_put_bytes(b, bytes_of(l->moment, n), 64), model_put_bytes(b, bytes_of(l->square, n), 64);
    model_put_text(b, l->log);
    model_put_bytes(b, bytes_of(&l->sum, sizeof l->sum), 8);
}

bool store_write(const char *path, const Lexicon *lex, const Learner *l, bool with_state, Str notes, Err *e)
{
    jmp_buf landing;
    Arena a = {.budget = (ptrdiff_t)4 << 30, .landing = &landing};
    if (setjmp(landing)) { arena_close(&a); return fail(e, ERR_MEMORY, "%s: too large to be written", path); }
    ModelSections s = {0};
    Buf bufs[8], out = {.to = &a};
    Buf *shape = section(&a, &s, S("neural.shape"), bufs), *labels = section(&a, &s, S("neural.labels"), bufs);
    Buf *rows = section(&a, &s, S("neural.rows"), bufs), *vectors = section(&a, &s, S("neural.vectors"), bufs);
    model_put_u32(shape, VERSION);
    for (int32_t i = 0; i < SHAPE_NUMBERS; i++) model_put_u32(shape, (uint32_t)((const int32_t *)&l->net.shape)[i]);
    put_lexicon(labels, rows, vectors, lex);
    put_weights(section(&a, &s, S("neural.weights"), bufs), &l->net, l->mean);
    if (with_state) put_state(section(&a, &s, S("train.state"), bufs), l);
    buf_add(section(&a, &s, S("provenance"), bufs), notes);
    for (int32_t i = 0; i < s.n; i++) s.v[i].bytes = buf_str(bufs + i);
    model_write(&s, &out);
    bool ok = io_write_file(path, buf_str(&out), e);
    arena_close(&a);
    return ok;
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */
static ModelReader reader_of(const Model *m, const char *name)
{
    return (ModelReader){.section = model_section(m, str_of(name))};
}
static bool get_floats(ModelReader *r, float *to, ptrdiff_t n)
{
    Str bytes = model_bytes(r, (uint64_t)n * sizeof(float), 64);
    if (!r->is_short) memcpy(to, bytes.p, (size_t)bytes.n);
    return !r->is_short;
}
static void get_labels(Arena *a, ModelReader *r, Strs *l)
{
    uint32_t n = model_u32(r);
    for (uint32_t i = 0; i < n && !r->is_short; i++) *push(a, l) = arena_str(a, model_text(r));
}
static bool get_lexicon(Arena *a, const Model *m, Lexicon *lex)
{
    *lex = (Lexicon){.arena = a};
    ModelReader labels = reader_of(m, "neural.labels"), rows = reader_of(m, "neural.rows"),
                vectors = reader_of(m, "neural.vectors");
    get_labels(a, &labels, &lex->tags), get_labels(a, &labels, &lex->relations);
    for (int32_t f = 0; f < FEATURES; f++) {
        lex->n_rows[f] = (int32_t)model_u32(&rows);
        if (lex->n_rows[f] < 1) return false;
        lex->key[f] = (uint64_t *)(void *)arena_str(a, model_bytes(&rows, (uint64_t)(lex->n_rows[f] - 1) * 8, 8)).p;
    }
    lex->norm_count = (int32_t *)(void *)arena_str(a, model_bytes(&rows, (uint64_t)lex->n_rows[FEATURE_NORM] * 4, 8)).p;
    VectorTable *v = &lex->vectors;
    v->n = (int32_t)model_u32(&vectors), v->dim = (int32_t)model_u32(&vectors);
    float *scale = arena_new(a, float, v->dim);
    get_floats(&vectors, scale, v->dim), v->scale = scale;
    lex->vector_key = arena_new(a, uint64_t, v->n);
    Str keys = model_bytes(&vectors, (uint64_t)v->n * 8, 64);
    if (!vectors.is_short) memcpy(lex->vector_key, keys.p, (size_t)keys.n);
    v->value = (const int8_t *)arena_str(a, model_bytes(&vectors, (uint64_t)v->n * (uint64_t)v->dim, 64)).p;
    return !labels.is_short && !rows.is_short && !vectors.is_short;
}
static bool get_weights(Arena *a, const Model *m, Learner *l)
{
    ModelReader r = reader_of(m, "neural.weights");
    for (int32_t i = 0; i < l->net.n_params; i++) {
        const Param *p = l->net.param + i;
        Str name = model_text(&r);
        uint32_t rows = model_u32(&r), columns = model_u32(&r);
        if (!str_eq(name, str_of(p->name)) || rows != (uint32_t)p->rows || columns != (uint32_t)p->columns ||
            !get_floats(&r, l->mean + p->at, (ptrdiff_t)p->rows * p->columns))
            return false;
    }
    memcpy(l->net.w, l->mean, (size_t)l->net.n * sizeof *l->mean);
    ModelReader state = reader_of(m, "train.state");
    if (!state.section.n) return true;
    l->step = model_u32(&state), l->pass = (int32_t)model_u32(&state), l->done = (int32_t)model_u32(&state);
    l->best = (int32_t)model_u32(&state);
    if (!get_floats(&state, l->net.w, l->net.n) || !get_floats(&state, l->moment, l->net.n) ||
        !get_floats(&state, l->square, l->net.n))
        return false;
    if (state.at == state.section.n) return true;        /* written before the log was kept */
    l->log = arena_str(a, model_text(&state));
    Str sum = model_bytes(&state, sizeof l->sum, 8);
    if (!state.is_short) memcpy(&l->sum, sum.p, sizeof l->sum);
    return !state.is_short;
}
bool store_read(Arena *a, const char *path, Lexicon *lex, Learner *l, Err *e)
{
    Model *m = model_open(path, e);
    if (!m) return false;
    ModelReader r = reader_of(m, "neural.shape");
    Shape s;
    bool ok = model_u32(&r) == VERSION;
    for (int32_t i = 0; i < SHAPE_NUMBERS; i++) ((int32_t *)&s)[i] = (int32_t)model_u32(&r);
    ok = ok && !r.is_short && get_lexicon(a, m, lex);
    if (ok) {
        lexicon_index(lex);
        learner_init(l, &s, 0);
        ok = get_weights(a, m, l);
    }
    if (!ok) fail(e, ERR_INPUT, "%s is no network of this trainer's, or of another version of it", path);
    model_close(m);
    return ok;
}
