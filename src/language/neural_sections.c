/* The sections of a neural model: taken into use where they lie, after every bound that the reading relies on was
** checked.
**
**   net.shape      u32 version, then the numbers of NeuralShape, u32 each
**   net.tags       lists of UPOS, of XPOS and of features (labels.c), u32 how many tags, and for each tag its place in
**                  each list, u32
**   net.relations  a list
**   net.words      for each part of a word, its keys, then at a multiple of 64 its rows, int8; last the mixing layer
**                  (kernel_quant.c)
**   net.encoder    its layers (kernel_lstm.c), from the words up
**   net.heads      layers: the first one of all heads, arcs, relations, tags, names; then at multiples of 64 the root
**                  as the head of an arc, and of a relation, floats
**   net.sure       NAME_BINS floats: the share of right names at each knot of their log-odds, as in name.c
**
** Keys are u32 how many, u32 how many bits choose a bucket; at multiples of 64 where each bucket begins, u32, and one
** more; and the low 32 bits of each key's mixed hash, in the order of rows.
**
** The layer of relations is the bilinear form and the linear one at once: for a dependent d it gives, for each
** relation r, the vector (d U_r + w_r) that is multiplied with the head's, and behind all these, for each r, what the
** dependent alone says (d v_r + b_r).
**
** Always: a Neural that neural_of returned can be read with whatever words come. Nothing of the model is copied but
** the tags.
*/
#include "language/neural.h"
#include <string.h>

enum { ROWS_MAX = 1 << 24, BITS_MAX = 20, TAGS_MAX = 4096 };
enum { LABELS_UPOS = 64, LABELS_XPOS = 256, LABELS_FEATS = 2048, LABELS_RELATION = 256 };

/* ---- keys -------------------------------------------------------------------------------------------------------- */
static inline uint64_t mixed(uint64_t key) { return model_mix(key, 1); }
static inline uint32_t bucket_of(uint64_t mix, int bits) { return (uint32_t)(mix >> 32 >> (32 - bits)); }

int32_t row_of(const RowKeys *k, uint64_t key)
{
    if (!k->n) return 0;
    uint64_t mix = mixed(key);
    uint32_t b = bucket_of(mix, k->bits);
    for (uint32_t i = k->begin[b]; i < k->begin[b + 1]; i++)
        if (k->print[i] == (uint32_t)mix) return (int32_t)i + 1;
    return 0;
}

/* Some eight keys a bucket: random ones never fill a bucket of ROW_BUCKET. */
void row_keys_write(const uint64_t *keys, int32_t n, int32_t *place, Buf *out)
{
    int bits = 1;
    while ((int64_t)8 << bits < n) bits++;
    uint32_t *begin = arena_new(out->to, uint32_t, ((ptrdiff_t)1 << bits) + 1);
    uint32_t *next = arena_new(out->to, uint32_t, (ptrdiff_t)1 << bits);
    uint32_t *print = arena_new(out->to, uint32_t, n);
    for (int32_t i = 0; i < n; i++) begin[bucket_of(mixed(keys[i]), bits) + 1]++;
    for (int32_t b = 0; b < 1 << bits; b++) begin[b + 1] += begin[b], next[b] = begin[b];
    for (int32_t i = 0; i < n; i++) {
        uint32_t at = next[bucket_of(mixed(keys[i]), bits)]++;
        print[at] = (uint32_t)mixed(keys[i]);
        place[i] = (int32_t)at + 1;
    }
    model_put_u32(out, (uint32_t)n);
    model_put_u32(out, (uint32_t)bits);
    model_put_bytes(out, (Str){(const char *)begin, (((ptrdiff_t)1 << bits) + 1) * 4}, 64);
    model_put_bytes(out, (Str){(const char *)print, (ptrdiff_t)n * 4}, 64);
}

static bool row_keys_read(ModelReader *r, RowKeys *k, Err *e)
{
    uint32_t n = model_u32(r), bits = model_u32(r);
    if (r->is_short || n > ROWS_MAX || bits < 1 || bits > BITS_MAX)
        return fail(e, ERR_INPUT, "%u keys in buckets of %u bits are none of ours", n, bits);
    *k = (RowKeys){.n = (int32_t)n, .bits = (int)bits};
    k->begin = (const uint32_t *)(const void *)model_bytes(r, ((UINT64_C(1) << bits) + 1) * 4, 64).p;
    k->print = (const uint32_t *)(const void *)model_bytes(r, (uint64_t)n * 4, 64).p;
    if (r->is_short) return fail(e, ERR_INPUT, "%u keys are cut off", n);
    bool fit = k->begin[0] == 0 && k->begin[1 << bits] == n;
    for (uint32_t b = 0; b < 1u << bits; b++)
        fit &= k->begin[b] <= k->begin[b + 1] && k->begin[b + 1] - k->begin[b] <= ROW_BUCKET;
    return fit || fail(e, ERR_INPUT, "the buckets of %u keys are damaged", n);
}

/* ---- pieces ------------------------------------------------------------------------------------------------------ */
static ModelReader reader_of(const Model *m, Str section)
{
    return (ModelReader){.section = model_section(m, section)};
}

Columns neural_columns(const NeuralShape *s)
{
    Columns c = {.relation_d = s->arc};
    c.tag = c.relation_d + s->relation;
    c.name = c.tag + s->tag;
    c.bytes = c.arc_h = c.name + s->name;
    c.relation_h = c.arc_h + s->arc;
    c.all = c.relation_h + s->relation;
    return c;
}

static bool shape_read(const Model *m, NeuralShape *s, Err *e)
{
    ModelReader r = reader_of(m, S("net.shape"));
    uint32_t version = model_u32(&r), number[SHAPE_NUMBERS];
    if (r.is_short || version != NEURAL_VERSION)
        return fail(e, ERR_INPUT, "the network is of version %u, this program reads version %d", version,
                    NEURAL_VERSION);
    bool fit = true;
    for (int i = 0; i < SHAPE_NUMBERS; i++) fit &= (number[i] = model_u32(&r)) >= 1 && number[i] <= NEURAL_WIDTH;
    if (!fit || r.is_short)
        return fail(e, ERR_INPUT, "the widths of the network are not within 1 and %d", NEURAL_WIDTH);
    memcpy(s, number, sizeof *s);
    if (s->layers > NEURAL_LAYERS)
        return fail(e, ERR_INPUT, "the network has %d layers, at most %d are read", s->layers, NEURAL_LAYERS);
    for (int i = 2; i < NEURAL_PARTS; i++)               /* prefixes are added up, and suffixes */
        if (i != 2 && i != 5 && i != 9 && s->part[i] != s->part[i - 1])
            return fail(e, ERR_INPUT, "parts %d and %d of a word have different widths", i, i + 1);
    return true;
}

static bool dense_fits(ModelReader *r, Dense *d, int32_t n_in, int32_t n_out, const char *what, Err *e)
{
    if (!dense_read(r, d, e)) return err_while(e, "the layer of %s", what);
    return (d->n_in == n_in && d->n_out == n_out) ||
           fail(e, ERR_INPUT, "the layer of %s is %d by %d, not %d by %d", what, d->n_in, d->n_out, n_in, n_out);
}

static bool words_read(const Model *m, Neural *n, Err *e)
{
    ModelReader r = reader_of(m, S("net.words"));
    WordTables *w = &n->words;
    for (int i = 0; i < NEURAL_PARTS; i++) {
        bool is_added = (i > 2 && i < 5) || (i > 5 && i < 9);
        w->width[i] = n->shape.part[i];
        w->at[i] = is_added ? w->at[i - 1] : w->n_mixed;
        if (!is_added) w->n_mixed += w->width[i];
        if (!row_keys_read(&r, &w->keys[i], e)) return err_while(e, "part %d of words", i + 1);
        w->rows[i] = (const int8_t *)model_bytes(&r, ((uint64_t)w->keys[i].n + 1) * (uint64_t)w->width[i], 64).p;
        if (r.is_short) return fail(e, ERR_INPUT, "part %d of words is cut off", i + 1);
    }
    return dense_fits(&r, &w->mix, w->n_mixed, n->shape.word, "words", e);
}

static bool encoder_read(const Model *m, Neural *n, Err *e)
{
    ModelReader r = reader_of(m, S("net.encoder"));
    for (int32_t i = 0; i < n->shape.layers; i++) {
        BiLstm *l = &n->layer[i];
        if (!lstm_read(&r, l, e)) return err_while(e, "layer %d of the encoder", i + 1);
        if (l->n_units != n->shape.hidden || l->n_in != (i ? 2 * n->shape.hidden : n->shape.word))
            return fail(e, ERR_INPUT, "layer %d of the encoder has %d units over %d inputs", i + 1, l->n_units,
                        l->n_in);
    }
    return true;
}

static const float *root_read(ModelReader *r, int32_t n)
{
    const float *x = (const float *)(const void *)model_bytes(r, (uint64_t)n * 4, 64).p;
    bool fit = !r->is_short;
    for (int32_t i = 0; fit && i < n; i++) fit = x[i] >= -1e6f && x[i] <= 1e6f;
    return fit ? x : NULL;
}

static bool heads_read(const Model *m, Neural *n, Err *e)
{
    ModelReader r = reader_of(m, S("net.heads"));
    const NeuralShape *s = &n->shape;
    const int32_t relations = n->relation.n - 1;
    bool ok = dense_fits(&r, &n->top, 2 * s->hidden, neural_columns(s).all, "all heads", e) &&
              dense_fits(&r, &n->arc, s->arc, s->arc, "arcs", e) &&
              dense_fits(&r, &n->relations, s->relation, relations * s->relation + relations, "relations", e) &&
              dense_fits(&r, &n->tag, s->tag, n->n_tags, "tags", e) &&
              dense_fits(&r, &n->name, s->name, NAME_TAGS, "names", e);
    if (!ok) return false;
    n->arc_root = root_read(&r, s->arc);
    n->relation_root = root_read(&r, s->relation);
    return (n->arc_root && n->relation_root) || fail(e, ERR_INPUT, "the roots of the network are damaged");
}

static bool list_read(Arena *a, ModelReader *r, int32_t max, Labels *l, const char *what, Err *e)
{
    return labels_of(a, r, max, l, e) || err_while(e, "%s", what);
}

static bool tags_read(Arena *a, const Model *m, Neural *n, Err *e)
{
    ModelReader r = reader_of(m, S("net.tags"));
    if (!list_read(a, &r, LABELS_UPOS, &n->upos, "UPOS", e) || !list_read(a, &r, LABELS_XPOS, &n->xpos, "XPOS", e) ||
        !list_read(a, &r, LABELS_FEATS, &n->feats, "features", e))
        return false;
    uint32_t tags = model_u32(&r);
    if (r.is_short || tags < 1 || tags > TAGS_MAX)
        return fail(e, ERR_INPUT, "the network has %u tags, not 1 to %d", tags, TAGS_MAX);
    NeuralTag *t = arena_new(a, NeuralTag, tags);
    for (uint32_t i = 0; i < tags; i++) {
        uint32_t upos = model_u32(&r), xpos = model_u32(&r), feats = model_u32(&r);
        if (r.is_short || upos >= (uint32_t)n->upos.n || xpos >= (uint32_t)n->xpos.n || feats >= (uint32_t)n->feats.n)
            return fail(e, ERR_INPUT, "tag %u of %u is damaged", i, tags);
        t[i] = (NeuralTag){(int16_t)upos, (int16_t)xpos, (int16_t)feats};
    }
    n->tags = t;
    n->n_tags = (int32_t)tags;
    return true;
}

static bool relations_read(Arena *a, const Model *m, Neural *n, Err *e)
{
    ModelReader r = reader_of(m, S("net.relations"));
    if (!list_read(a, &r, LABELS_RELATION, &n->relation, "relations", e)) return false;
    n->root = NONE;
    for (int32_t i = 1; i < n->relation.n; i++)
        if (str_eq(n->relation.name[i], S("root"))) n->root = i;
    return n->relation.n > 2 || fail(e, ERR_INPUT, "the network has no two relations");
}

static bool sure_read(const Model *m, Neural *n, Err *e)
{
    ModelReader r = reader_of(m, S("net.sure"));
    bool fit = true;
    for (int i = 0; i < NAME_BINS; i++) {
        uint32_t bits = model_u32(&r);
        memcpy(&n->sure[i], &bits, 4);
        fit &= n->sure[i] > 0 && n->sure[i] < 1;
    }
    return (fit && !r.is_short) || fail(e, ERR_INPUT, "the probabilities of names are damaged");
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */
bool neural_is_in(const Model *m) { return model_section(m, S("net.shape")).n > 0; }

Neural *neural_of(Arena *a, const Model *m, Err *e)
{
    Neural *n = arena_new(a, Neural, 1);
    bool ok = (n->kernel = kernel_of((Str){0}, e)) && shape_read(m, &n->shape, e) && tags_read(a, m, n, e) &&
              relations_read(a, m, n, e) && words_read(m, n, e) && encoder_read(m, n, e) && heads_read(m, n, e) &&
              sure_read(m, n, e) && clusters_of(model_section(m, S("name.facts")), &n->facts, e);
    if (ok) return n;
    err_while(e, "taking up the network of model '%.*s'", STR(model_name(m)));
    return NULL;
}
