/* The network: one encoder, four heads.
**
** "Minister Ito told reporters the port would reopen."
**  in:  the type of each word: rows of embeddings for its spelling, and its static vector
**  out: for each word scores of tags (a tag is XPOS, UPOS and features together), of its heads, of the relation to the
**       head chosen, and of its place in a name (BIOES)
**
** A word's vector depends on its spelling alone, so that a reader can keep it by form: the projected static vector,
** the embedding of the normal form, the sums of those of its prefixes and of its suffixes, that of its shape, side by
** side, mixed by one leaky layer. Then layers of LSTM in both directions. Each tree head has its own leaky layer on
** top (computed as one product, "tree"): dependent and head for arcs (Dozat & Manning 2017), the same for relations,
** tags. Names have theirs. The root is a learnt vector among the heads. All scores of one sentence come from one
** encoder, so that nothing waits for another head's mistakes.
**
** Learning: a batch holds sentences with trees and sentences with names; both run through the encoder together, each
** head sees its own. A loss is a mean over the words of the whole batch that carry its labels; the four are added.
** Dropped in learning: normal forms (the more often the rarer, Kiperwasser & Goldberg 2016), static vectors, inputs
** of the layers (the same units all along a sentence), outputs of the heads' layers.
**
** Always: the gradient of every parameter agrees with differences (test/train/neural_test.c). One seed, one result.
*/
#include "train/neural/neural.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- parameters ------------------------------------------------------------------------------------------------- */
static void add(Net *n, int32_t rows, int32_t columns, bool is_table, const char *format, int32_t number)
{
    if (n->n_params == PARAMS_MAX) abort();
    Param *p = n->param + n->n_params++;
    *p = (Param){.rows = rows, .columns = columns, .at = n->n, .first_row = is_table ? n->n_table_rows : -1};
    snprintf(p->name, sizeof p->name, format, number);
    n->n += ((ptrdiff_t)rows * columns + 15) / 16 * 16;
    if (is_table) n->n_table_rows += rows;
    else n->n_dense = n->n;
}
static int32_t mixed(const Shape *s) { return s->vector + s->norm + s->prefix + s->suffix + s->shape; }
static int32_t tree_width(const Shape *s) { return 2 * s->arc + 2 * s->relation + s->tag; }

void net_layout(Net *n, const Shape *s)
{
    *n = (Net){.shape = *s};
    add(n, s->vector_in, s->vector, false, "vector.w", 0), add(n, 1, s->vector, false, "vector.missing", 0);
    add(n, mixed(s), s->word, false, "word.w", 0), add(n, 1, s->word, false, "word.b", 0);
    for (int32_t i = 0; i < s->layers; i++) {
        add(n, i ? 2 * s->hidden : s->word, 8 * s->hidden, false, "lstm%d.wx", i);
        add(n, 2 * s->hidden, 4 * s->hidden, false, "lstm%d.wh", i), add(n, 1, 8 * s->hidden, false, "lstm%d.b", i);
    }
    add(n, 2 * s->hidden, tree_width(s), false, "tree.w", 0), add(n, 1, tree_width(s), false, "tree.b", 0);
    add(n, 1, s->arc, false, "arc.root", 0), add(n, s->arc, s->arc, false, "arc.w", 0),
        add(n, 1, s->arc, false, "arc.b", 0);
    add(n, 1, s->relation, false, "relation.root", 0);
    add(n, s->relation, s->n_relations * s->relation, false, "relation.u", 0);
    add(n, 2 * s->relation, s->n_relations, false, "relation.w", 0), add(n, 1, s->n_relations, false, "relation.b", 0);
    add(n, s->tag, s->n_tags, false, "tag.w", 0), add(n, 1, s->n_tags, false, "tag.b", 0);
    add(n, 2 * s->hidden, s->name, false, "name.in.w", 0), add(n, 1, s->name, false, "name.in.b", 0);
    add(n, s->name, s->n_names, false, "name.w", 0), add(n, 1, s->n_names, false, "name.b", 0);
    for (int32_t f = 0; f < FEATURES; f++)
        add(n, s->n_rows[f],
            f == FEATURE_NORM    ? s->norm
            : f < FEATURE_SUFFIX ? s->prefix
            : f < FEATURE_SHAPE  ? s->suffix
                                 : s->shape,
            true, "table%d", f);
}

const Param *net_param(const Net *n, const char *name)
{
    for (int32_t i = 0; i < n->n_params; i++)
        if (strcmp(n->param[i].name, name) == 0) return n->param + i;
    fprintf(stderr, "neural: no parameter '%s'\n", name);
    abort();
}

/* Glorot & Bengio 2010 for matrices; tables small; forget gates begin open (Jozefowicz et al. 2015); roots as
** small as words. */
void net_init(Net *n, uint64_t seed)
{
    n->w = calloc((size_t)n->n, sizeof *n->w);
    if (!n->w) abort();
    Rng rng = rng_seed(seed);
    for (int32_t i = 0; i < n->n_params; i++) {
        const Param *p = n->param + i;
        size_t end = strlen(p->name) - 1;
        bool is_bias = p->name[end] == 'b' && p->name[end - 1] == '.';
        double reach = p->first_row >= 0 ? 0.1 : p->rows == 1 ? 0.1 : sqrt(6.0 / (p->rows + p->columns));
        if (strncmp(p->name, "lstm", 4) == 0)
            reach = sqrt(6.0 / ((p->name[end] == 'h' ? p->rows / 2 : p->rows) + p->columns / 4));
        if (strcmp(p->name, "relation.u") == 0) reach = sqrt(6.0 / (2 * p->rows)) / 2;
        for (ptrdiff_t j = 0; !is_bias && j < (ptrdiff_t)p->rows * p->columns; j++)
            n->w[p->at + j] = (Real)((2 * rng_unit(&rng) - 1) * reach);
        for (int32_t j = 0; is_bias && strncmp(p->name, "lstm", 4) == 0 && j < n->shape.hidden; j++)
            n->w[p->at + n->shape.hidden + j] = n->w[p->at + 5 * n->shape.hidden + j] = 1;
    }
}
void net_free(Net *n) { free(n->w), *n = (Net){0}; }

void grad_init(Grad *g, const Net *n)
{
    *g = (Grad){calloc((size_t)n->n, sizeof *g->v), calloc((size_t)n->n_table_rows + 1, sizeof *g->touched), 0,
                calloc((size_t)n->n_table_rows + 1, 1)};
    if (!g->v || !g->touched || !g->is_touched) abort();
}
void grad_free(Grad *g) { free(g->v), free(g->touched), free(g->is_touched), *g = (Grad){0}; }
static const Param *table_of_row(const Net *n, int32_t row)
{
    const Param *p = n->param + n->n_params - 1;
    while (p->first_row > row) p--;
    return p;
}
static Real *grad_row(Grad *g, const Param *p, int32_t row)
{
    int32_t id = p->first_row + row;
    if (!g->is_touched[id]) g->is_touched[id] = 1, g->touched[g->n_touched++] = id;
    return g->v + p->at + (ptrdiff_t)row * p->columns;
}
void grad_add(Grad *to, Grad *from, const Net *n)
{
    for (ptrdiff_t i = 0; i < n->n_dense; i++) to->v[i] += from->v[i];
    for (int32_t i = 0; i < from->n_touched; i++) {
        const Param *p = table_of_row(n, from->touched[i]);
        int32_t row = from->touched[i] - p->first_row;
        Real *sum = grad_row(to, p, row);
        for (int32_t j = 0; j < p->columns; j++) sum[j] += from->v[p->at + (ptrdiff_t)row * p->columns + j];
    }
    grad_clear(from, n);
}
void grad_clear(Grad *g, const Net *n)
{
    memset(g->v, 0, (size_t)n->n_dense * sizeof(Real));
    for (int32_t i = 0; i < g->n_touched; i++) {
        const Param *p = table_of_row(n, g->touched[i]);
        memset(g->v + p->at + (ptrdiff_t)(g->touched[i] - p->first_row) * p->columns, 0,
               (size_t)p->columns * sizeof(Real));
        g->is_touched[g->touched[i]] = 0;
    }
    g->n_touched = 0;
}

/* ---- one pass: what forward leaves for backward ----------------------------------------------------------------- */
typedef struct {
    const Reader *r;
    const Net *net;
    Work *k;
    Grad *g;                                             /* NULL: reading only */
    const Sample *const *samples;
    const Drops *drops;                                  /* NULL: nothing is dropped */
    Rng rng;
    Rows rows;
    int32_t *feature;                                    /* words × FEATURES, after drops */
    Real *vector, *mix, *word;                           /* static vectors; all features side by side; mixed */
    uint8_t *has_vector;
    Real *in[LAYERS_MAX], *in_kept[LAYERS_MAX], *h[LAYERS_MAX];
    LstmTrace trace[LAYERS_MAX];
} Pass;

static const Real *at(const Pass *p, const char *name) { return p->net->w + net_param(p->net, name)->at; }
static Real *slope(const Pass *p, const char *name) { return p->g ? p->g->v + net_param(p->net, name)->at : NULL; }
static LinearLayer linear(const Pass *p, const char *w, const char *b)
{
    const Param *m = net_param(p->net, w);
    return (LinearLayer){at(p, w), at(p, b), slope(p, w), slope(p, b), m->rows, m->columns};
}
static LstmLayer lstm(const Pass *p, int32_t i)
{
    char wx[24], wh[24], b[24];
    snprintf(wx, sizeof wx, "lstm%d.wx", i), snprintf(wh, sizeof wh, "lstm%d.wh", i),
        snprintf(b, sizeof b, "lstm%d.b", i);
    return (LstmLayer){at(p, wx), at(p, wh), at(p, b), slope(p, wx), slope(p, wh), slope(p, b),
                       net_param(p->net, wx)->rows, p->net->shape.hidden};
}

/* 0 with probability p, else 1 / (1 - p): four decisions from one random number. */
static void keep(Rng *rng, float p, Real *mask, ptrdiff_t n)
{
    Real rest = (Real)(1 / (1 - (double)p));
    uint32_t least = (uint32_t)(p * 65536.0f);
    uint64_t bits = 0;
    for (ptrdiff_t i = 0; i < n; i++, bits >>= 16) {
        if (i % 4 == 0) bits = rng_next(rng);
        mask[i] = (bits & 0xffff) >= least ? rest : 0;
    }
}
static void times(Real *restrict x, const Real *restrict mask, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i++) x[i] *= mask[i];
}
static Real *fresh_mask(Pass *p, float drop, ptrdiff_t n)
{
    if (!p->drops || drop <= 0) return NULL;
    Real *mask = work_take(p->k, n);
    keep(&p->rng, drop, mask, n);
    return mask;
}
/* x: words × width; mask: sentences × width, one all along a sentence. */
static void times_by_sentence(const Rows *r, Real *x, const Real *mask, int32_t width)
{
    for (int32_t t = 0; mask && t < r->n_places; t++)
        for (int32_t row = r->first[t]; row < r->first[t + 1]; row++)
            times(x + (ptrdiff_t)row * width, mask + (ptrdiff_t)(row - r->first[t]) * width, width);
}

static void lay_rows(Pass *p, int32_t n)
{
    int32_t *length = work_ints(p->k, n), *first = work_ints(p->k, p->samples[0]->n + 1), words = 0;
    for (int32_t s = 0; s < n; s++) length[s] = p->samples[s]->n;
    for (int32_t t = 0, live = n; t < p->samples[0]->n; t++) {
        while (live && length[live - 1] <= t) live--;
        first[t] = words, words += live;
    }
    first[p->samples[0]->n] = words;
    p->rows = (Rows){n, p->samples[0]->n, words, first, length};
}

/* ---- words ------------------------------------------------------------------------------------------------------ */
static void word_features(Pass *p)
{
    const Shape *s = &p->net->shape;
    const VectorTable *v = p->r->vectors;
    p->feature = work_ints(p->k, (ptrdiff_t)p->rows.n_words * FEATURES);
    p->has_vector = (uint8_t *)work_ints(p->k, p->rows.n_words);
    p->vector = work_zeros(p->k, (ptrdiff_t)p->rows.n_words * s->vector_in);
    for (int32_t i = 0; i < p->rows.n_sentences; i++)
        for (int32_t t = 0; t < p->samples[i]->n; t++) {
            const Type *type = p->r->types + p->samples[i]->type[t];
            int32_t row = rows_at(&p->rows, i, t), *f = p->feature + (ptrdiff_t)row * FEATURES;
            memcpy(f, type->row, sizeof type->row);
            bool has = type->vector >= 0;
            if (p->drops) {
                if (rng_unit(&p->rng) < (double)p->drops->word / ((double)p->drops->word + type->count))
                    f[FEATURE_NORM] = 0;
                if (rng_unit(&p->rng) < (double)p->drops->vector) has = false;
            }
            p->has_vector[row] = has;
            for (int32_t j = 0; has && j < v->dim; j++)
                p->vector[(ptrdiff_t)row * s->vector_in + j] =
                    (Real)(v->value[(ptrdiff_t)type->vector * v->dim + j] * v->scale[j]);
        }
}
/* The place of a feature's sum in the mix, and its table. */
static ptrdiff_t mix_place(const Shape *s, int32_t f)
{
    return s->vector + (f == FEATURE_NORM ? 0 : f < FEATURE_SUFFIX ? s->norm : f < FEATURE_SHAPE ? s->norm + s->prefix
                                                                                   : s->norm + s->prefix + s->suffix);
}
static const Param *table(const Net *n, int32_t f) { return n->param + n->n_params - FEATURES + f; }

static void words_forward(Pass *p)
{
    const Shape *s = &p->net->shape;
    int32_t words = p->rows.n_words, width = mixed(s);
    word_features(p);
    p->mix = work_zeros(p->k, (ptrdiff_t)words * width), p->word = work_take(p->k, (ptrdiff_t)words * s->word);
    multiply(p->k, AS_IS, words, s->vector, s->vector_in, p->vector, s->vector_in, at(p, "vector.w"), s->vector, p->mix,
             width, false);
    const Real *missing = at(p, "vector.missing");
    for (int32_t i = 0; i < words; i++) {
        Real *to = p->mix + (ptrdiff_t)i * width;
        if (!p->has_vector[i]) memcpy(to, missing, (size_t)s->vector * sizeof(Real));
        for (int32_t f = 0; f < FEATURES; f++) {
            const Param *t = table(p->net, f);
            const Real *row = p->net->w + t->at + (ptrdiff_t)p->feature[(ptrdiff_t)i * FEATURES + f] * t->columns;
            Real *sum = to + mix_place(s, f);
            for (int32_t j = 0; j < t->columns; j++) sum[j] += row[j];
        }
    }
    LinearLayer mix = linear(p, "word.w", "word.b");
    linear_forward(p->k, &mix, p->mix, words, p->word);
    leaky(p->word, (ptrdiff_t)words * s->word);
}
static void words_backward(Pass *p, Real *dword)
{
    const Shape *s = &p->net->shape;
    int32_t words = p->rows.n_words, width = mixed(s);
    Real *dmix = work_take(p->k, (ptrdiff_t)words * width);
    leaky_backward(p->word, dword, (ptrdiff_t)words * s->word);
    LinearLayer mix = linear(p, "word.w", "word.b");
    linear_backward(p->k, &mix, p->mix, dword, words, dmix);
    Real *dmissing = slope(p, "vector.missing");
    for (int32_t i = 0; i < words; i++) {
        const Real *from = dmix + (ptrdiff_t)i * width;
        for (int32_t j = 0; !p->has_vector[i] && j < s->vector; j++) dmissing[j] += from[j];
        for (int32_t f = 0; f < FEATURES; f++) {
            const Param *t = table(p->net, f);
            Real *row = grad_row(p->g, t, p->feature[(ptrdiff_t)i * FEATURES + f]);
            const Real *part = from + mix_place(s, f);
            for (int32_t j = 0; j < t->columns; j++) row[j] += part[j];
        }
    }
    /* Rows without a vector are zeros: they add nothing here. */
    multiply(p->k, TURN_LEFT, s->vector_in, s->vector, words, p->vector, s->vector_in, dmix, width,
             slope(p, "vector.w"), s->vector, true);
}

/* ---- the encoder ------------------------------------------------------------------------------------------------ */
static void encode(Pass *p)
{
    const Shape *s = &p->net->shape;
    words_forward(p);
    for (int32_t i = 0; i < s->layers; i++) {
        LstmLayer l = lstm(p, i);
        const Real *from = i ? p->h[i - 1] : p->word;
        p->in_kept[i] = fresh_mask(p, p->drops ? p->drops->input : 0, (ptrdiff_t)p->rows.n_sentences * l.in);
        p->in[i] = work_take(p->k, (ptrdiff_t)p->rows.n_words * l.in);
        memcpy(p->in[i], from, (size_t)p->rows.n_words * (size_t)l.in * sizeof(Real));
        times_by_sentence(&p->rows, p->in[i], p->in_kept[i], l.in);
        const Real *kept =
            fresh_mask(p, p->drops ? p->drops->recurrent : 0, (ptrdiff_t)p->rows.n_sentences * 2 * s->hidden);
        p->h[i] = work_take(p->k, (ptrdiff_t)p->rows.n_words * 2 * s->hidden);
        lstm_forward(p->k, &l, &p->rows, p->in[i], kept, p->h[i], &p->trace[i]);
    }
}
static void encode_backward(Pass *p, Real *dh)
{
    for (int32_t i = p->net->shape.layers - 1; i >= 0; i--) {
        LstmLayer l = lstm(p, i);
        Real *dx = work_take(p->k, (ptrdiff_t)p->rows.n_words * l.in);
        lstm_backward(p->k, &l, &p->rows, p->in[i], &p->trace[i], dh, dx);
        times_by_sentence(&p->rows, dx, p->in_kept[i], l.in);
        dh = dx;
    }
    words_backward(p, dh);
}

/* ---- heads: some sentences' words, sentence by sentence --------------------------------------------------------- */
/* x: their outputs of the encoder */
typedef struct { int32_t n_words, n_sentences, *sentence, *first; Real *x, *kept; } Chosen;
static Chosen choose(Pass *p, bool with_trees, bool with_names)
{
    int32_t width = 2 * p->net->shape.hidden, n = p->rows.n_sentences;
    Chosen c = {0, 0, work_ints(p->k, n), work_ints(p->k, n + 1), NULL, NULL};
    for (int32_t i = 0; i < n; i++) {
        if ((with_trees && !p->samples[i]->head) || (with_names && !p->samples[i]->name)) continue;
        c.sentence[c.n_sentences] = i, c.first[c.n_sentences++] = c.n_words;
        c.n_words += p->samples[i]->n;
    }
    c.first[c.n_sentences] = c.n_words;
    c.x = work_take(p->k, (ptrdiff_t)c.n_words * width);
    c.kept = fresh_mask(p, p->drops ? p->drops->hidden : 0, (ptrdiff_t)c.n_sentences * width);
    const Real *h = p->h[p->net->shape.layers - 1];
    for (int32_t i = 0; i < c.n_sentences; i++)
        for (int32_t t = 0; t < p->samples[c.sentence[i]]->n; t++) {
            Real *to = c.x + (ptrdiff_t)(c.first[i] + t) * width;
            memcpy(to, h + (ptrdiff_t)rows_at(&p->rows, c.sentence[i], t) * width, (size_t)width * sizeof(Real));
            if (c.kept) times(to, c.kept + (ptrdiff_t)i * width, width);
        }
    return c;
}
static void choose_backward(Pass *p, const Chosen *c, Real *dx, Real *dh)
{
    int32_t width = 2 * p->net->shape.hidden;
    for (int32_t i = 0; i < c->n_sentences; i++)
        for (int32_t t = 0; t < p->samples[c->sentence[i]]->n; t++) {
            Real *from = dx + (ptrdiff_t)(c->first[i] + t) * width;
            Real *to = dh + (ptrdiff_t)rows_at(&p->rows, c->sentence[i], t) * width;
            if (c->kept) times(from, c->kept + (ptrdiff_t)i * width, width);
            for (int32_t j = 0; j < width; j++) to[j] += from[j];
        }
}
/* A leaky layer on top of the chosen words, with drops. */
static Real *leaky_layer(Pass *p, const LinearLayer *l, const Real *x, int32_t words, Real **kept)
{
    Real *z = work_take(p->k, (ptrdiff_t)words * l->out);
    linear_forward(p->k, l, x, words, z);
    leaky(z, (ptrdiff_t)words * l->out);
    *kept = fresh_mask(p, p->drops ? p->drops->head : 0, (ptrdiff_t)words * l->out);
    if (*kept) times(z, *kept, (ptrdiff_t)words * l->out);
    return z;
}
/* Dropped units are 0 and their gradient with them, whichever slope leaky takes there. */
static Real *leaky_layer_backward(Pass *p, const LinearLayer *l, const Real *x, const Real *z, const Real *kept,
                                  Real *dz, int32_t words)
{
    if (kept) times(dz, kept, (ptrdiff_t)words * l->out);
    leaky_backward(z, dz, (ptrdiff_t)words * l->out);
    Real *dx = work_take(p->k, (ptrdiff_t)words * l->in);
    linear_backward(p->k, l, x, dz, words, dx);
    return dx;
}

/* The columns of the tree layer: dependent and head of arcs, dependent and head of relations, tags. */
typedef struct { int32_t arc_d, arc_h, relation_d, relation_h, tag, all; } Columns;
static Columns columns_of(const Shape *s)
{
    return (Columns){0, s->arc, 2 * s->arc, 2 * s->arc + s->relation, 2 * s->arc + 2 * s->relation, tree_width(s)};
}
static Real *copy_columns(Work *k, const Real *z, int32_t words, int32_t all, int32_t from, int32_t width)
{
    Real *x = work_take(k, (ptrdiff_t)words * width);
    for (int32_t i = 0; i < words; i++)
        memcpy(x + (ptrdiff_t)i * width, z + (ptrdiff_t)i * all + from, (size_t)width * sizeof(Real));
    return x;
}
static void put_columns(Real *z, const Real *x, int32_t words, int32_t all, int32_t from, int32_t width)
{
    for (int32_t i = 0; i < words; i++)
        memcpy(z + (ptrdiff_t)i * all + from, x + (ptrdiff_t)i * width, (size_t)width * sizeof(Real));
}

static double tags_learn(Pass *p, const Chosen *c, const Real *z, Real *dz, Real scale)
{
    const Shape *s = &p->net->shape;
    Columns at_ = columns_of(s);
    LinearLayer l = linear(p, "tag.w", "tag.b");
    Real *x = copy_columns(p->k, z, c->n_words, at_.all, at_.tag, s->tag);
    Real *scores = work_take(p->k, (ptrdiff_t)c->n_words * l.out),
         *dx = work_take(p->k, (ptrdiff_t)c->n_words * s->tag);
    linear_forward(p->k, &l, x, c->n_words, scores);
    double loss = 0;
    for (int32_t i = 0; i < c->n_sentences; i++)
        for (int32_t t = 0; t < p->samples[c->sentence[i]]->n; t++)
            loss += softmax_loss(scores + (ptrdiff_t)(c->first[i] + t) * l.out, l.out,
                                 p->samples[c->sentence[i]]->tag[t], NULL, scale);
    linear_backward(p->k, &l, x, scores, c->n_words, dx);
    put_columns(dz, dx, c->n_words, at_.all, at_.tag, s->tag);
    return loss;
}

static double arcs_learn(Pass *p, const Chosen *c, const Real *z, Real *dz, Real scale)
{
    const Shape *s = &p->net->shape;
    Columns at_ = columns_of(s);
    LinearLayer l = linear(p, "arc.w", "arc.b");
    int32_t longest = p->rows.n_places;
    Real *d = copy_columns(p->k, z, c->n_words, at_.all, at_.arc_d, s->arc),
         *a = work_take(p->k, (ptrdiff_t)c->n_words * s->arc);
    Real *h = copy_columns(p->k, z, c->n_words, at_.all, at_.arc_h, s->arc),
         *da = work_take(p->k, (ptrdiff_t)c->n_words * s->arc);
    Real *with_root = work_take(p->k, (ptrdiff_t)(longest + 1) * s->arc),
         *dh = work_take(p->k, (ptrdiff_t)(longest + 1) * s->arc);
    Real *scores = work_take(p->k, (ptrdiff_t)longest * (longest + 1)), *droot = slope(p, "arc.root");
    linear_forward(p->k, &l, d, c->n_words, a);
    memcpy(with_root, at(p, "arc.root"), (size_t)s->arc * sizeof(Real));
    double loss = 0;
    for (int32_t i = 0; i < c->n_sentences; i++) {
        const Sample *of = p->samples[c->sentence[i]];
        ptrdiff_t from = (ptrdiff_t)c->first[i] * s->arc;
        memcpy(with_root + s->arc, h + from, (size_t)of->n * (size_t)s->arc * sizeof(Real));
        arc_forward(a + from, with_root, of->n, s->arc, scores);
        for (int32_t t = 0; t < of->n; t++)
            loss += softmax_loss(scores + (ptrdiff_t)t * (of->n + 1), of->n + 1, of->head[t], NULL, scale);
        arc_backward(a + from, with_root, scores, of->n, s->arc, da + from, dh);
        for (int32_t j = 0; j < s->arc; j++) droot[j] += dh[j];
        put_columns(dz + (ptrdiff_t)c->first[i] * at_.all, dh + s->arc, of->n, at_.all, at_.arc_h, s->arc);
    }
    Real *dd = work_take(p->k, (ptrdiff_t)c->n_words * s->arc);
    linear_backward(p->k, &l, d, da, c->n_words, dd);
    put_columns(dz, dd, c->n_words, at_.all, at_.arc_d, s->arc);
    return loss;
}

static BilinearLayer bilinear(const Pass *p)
{
    return (BilinearLayer){at(p, "relation.u"), slope(p, "relation.u"), p->net->shape.relation,
                           p->net->shape.n_relations};
}
/* Scores of relations: dᵀ U h + [d, h] w + b. pair: words × 2 width, dependent and head side by side. */
static Real *relation_scores(Pass *p, const Real *d, const Real *h, const Real *pair, int32_t words)
{
    LinearLayer l = linear(p, "relation.w", "relation.b");
    BilinearLayer b = bilinear(p);
    Real *scores = work_take(p->k, (ptrdiff_t)words * l.out), *more = work_take(p->k, (ptrdiff_t)words * l.out);
    linear_forward(p->k, &l, pair, words, scores);
    bilinear_forward(p->k, &b, d, h, words, more);
    for (ptrdiff_t i = 0; i < (ptrdiff_t)words * l.out; i++) scores[i] += more[i];
    return scores;
}
/* The row of a word's head among the words' own heads' vectors; NULL: the root. */
static const Real *head_vector(const Real *h, int32_t first, int32_t head, int32_t width)
{
    return head == 0 ? NULL : h + (ptrdiff_t)(first + head - 1) * width;
}
static double relations_learn(Pass *p, const Chosen *c, const Real *z, Real *dz, Real scale)
{
    const Shape *s = &p->net->shape;
    Columns at_ = columns_of(s);
    int32_t w = s->relation;
    ptrdiff_t size = (ptrdiff_t)c->n_words * w;
    Real *d = copy_columns(p->k, z, c->n_words, at_.all, at_.relation_d, w),
         *own = copy_columns(p->k, z, c->n_words, at_.all, at_.relation_h, w);
    Real *h = work_take(p->k, size), *pair = work_take(p->k, 2 * size), *dpair = work_take(p->k, 2 * size);
    Real *dd = work_take(p->k, size), *dh = work_take(p->k, size), *down = work_zeros(p->k, size),
         *droot = slope(p, "relation.root");
    for (int32_t i = 0; i < c->n_sentences; i++)
        for (int32_t t = 0; t < p->samples[c->sentence[i]]->n; t++) {
            const Real *of = head_vector(own, c->first[i], p->samples[c->sentence[i]]->head[t].class[0], w);
            memcpy(h + (ptrdiff_t)(c->first[i] + t) * w, of ? of : at(p, "relation.root"), (size_t)w * sizeof(Real));
        }
    put_columns(pair, d, c->n_words, 2 * w, 0, w), put_columns(pair, h, c->n_words, 2 * w, w, w);
    Real *scores = relation_scores(p, d, h, pair, c->n_words);
    double loss = 0;
    for (int32_t i = 0; i < c->n_sentences; i++)
        for (int32_t t = 0; t < p->samples[c->sentence[i]]->n; t++)
            loss += softmax_loss(scores + (ptrdiff_t)(c->first[i] + t) * s->n_relations, s->n_relations,
                                 p->samples[c->sentence[i]]->relation[t], NULL, scale);
    LinearLayer l = linear(p, "relation.w", "relation.b");
    BilinearLayer b = bilinear(p);
    bilinear_backward(p->k, &b, d, h, scores, c->n_words, dd, dh);
    linear_backward(p->k, &l, pair, scores, c->n_words, dpair);
    for (int32_t i = 0; i < c->n_sentences; i++)
        for (int32_t t = 0; t < p->samples[c->sentence[i]]->n; t++) {
            ptrdiff_t row = c->first[i] + t;
            int32_t head = p->samples[c->sentence[i]]->head[t].class[0];
            Real *to = head == 0 ? droot : down + (ptrdiff_t)(c->first[i] + head - 1) * w;
            for (int32_t j = 0; j < w; j++) {
                to[j] += dh[row * w + j] + dpair[row * 2 * w + w + j];
                dd[row * w + j] += dpair[row * 2 * w + j];
            }
        }
    put_columns(dz, dd, c->n_words, at_.all, at_.relation_d, w),
        put_columns(dz, down, c->n_words, at_.all, at_.relation_h, w);
    return loss;
}

static void trees_learn(Pass *p, Real scale, Real *dh, Loss *loss)
{
    Chosen c = choose(p, true, false);
    if (c.n_words == 0) return;
    LinearLayer l = linear(p, "tree.w", "tree.b");
    Real *kept, *z = leaky_layer(p, &l, c.x, c.n_words, &kept), *dz = work_take(p->k, (ptrdiff_t)c.n_words * l.out);
    loss->tag = tags_learn(p, &c, z, dz, scale);
    loss->arc = arcs_learn(p, &c, z, dz, scale);
    loss->relation = relations_learn(p, &c, z, dz, scale);
    choose_backward(p, &c, leaky_layer_backward(p, &l, c.x, z, kept, dz, c.n_words), dh);
}
static void names_learn(Pass *p, Real scale, Real *dh, Loss *loss)
{
    Chosen c = choose(p, false, true);
    if (c.n_words == 0) return;
    LinearLayer in = linear(p, "name.in.w", "name.in.b"), out = linear(p, "name.w", "name.b");
    Real *kept, *z = leaky_layer(p, &in, c.x, c.n_words, &kept), *dz = work_take(p->k, (ptrdiff_t)c.n_words * in.out);
    Real *scores = work_take(p->k, (ptrdiff_t)c.n_words * out.out);
    linear_forward(p->k, &out, z, c.n_words, scores);
    for (int32_t i = 0; i < c.n_sentences; i++) {
        const Sample *of = p->samples[c.sentence[i]];
        for (int32_t t = 0; t < of->n; t++)
            loss->name +=
                softmax_loss(scores + (ptrdiff_t)(c.first[i] + t) * out.out, out.out, of->name[t], of->open, scale);
    }
    linear_backward(p->k, &out, z, scores, c.n_words, dz);
    choose_backward(p, &c, leaky_layer_backward(p, &in, c.x, z, kept, dz, c.n_words), dh);
}

/* ---- what the header names -------------------------------------------------------------------------------------- */
Loss net_learn(const Reader *r, Work *k, const Sample *const *samples, int32_t n, Share whole, const Drops *drops,
               uint64_t seed, Grad *g)
{
    Loss loss = {0};
    if (n == 0) return loss;
    Pass p = {.r = r, .net = r->net, .k = k, .g = g, .samples = samples, .drops = drops, .rng = rng_seed(seed)};
    lay_rows(&p, n);
    encode(&p);
    Real *dh = work_zeros(k, (ptrdiff_t)p.rows.n_words * 2 * r->net->shape.hidden);
    if (whole.words) trees_learn(&p, (Real)1 / (Real)whole.words, dh, &loss);
    if (whole.name_words) names_learn(&p, (Real)1 / (Real)whole.name_words, dh, &loss);
    encode_backward(&p, dh);
    return loss;
}

Thought net_think(const Reader *r, Work *k, const Sample *const *samples, int32_t n)
{
    Pass p = {.r = r, .net = r->net, .k = k, .samples = samples};
    const Shape *s = &r->net->shape;
    lay_rows(&p, n);
    encode(&p);
    Chosen c = choose(&p, false, false);
    LinearLayer tree = linear(&p, "tree.w", "tree.b"), in = linear(&p, "name.in.w", "name.in.b"),
                name = linear(&p, "name.w", "name.b");
    LinearLayer tag = linear(&p, "tag.w", "tag.b"), arc = linear(&p, "arc.w", "arc.b");
    Real *none, *z = leaky_layer(&p, &tree, c.x, c.n_words, &none), *zn = leaky_layer(&p, &in, c.x, c.n_words, &none);
    Columns at_ = columns_of(s);
    Thought t = {.n_words = c.n_words,
                 .first = c.first,
                 .hidden = c.x,
                 .tags = work_take(k, (ptrdiff_t)c.n_words * s->n_tags),
                 .names = work_take(k, (ptrdiff_t)c.n_words * s->n_names),
                 .relation = copy_columns(k, z, c.n_words, at_.all, at_.relation_d, 2 * s->relation)};
    t.mix = p.mix, t.word = p.word, t.tree = z, t.name_in = zn;
    for (int32_t i = 0; i < s->layers; i++) t.states[i] = p.h[i];
    t.arcs = (Real **)work_ints(k, n * (int32_t)(sizeof(Real *) / sizeof(int32_t)));
    linear_forward(k, &name, zn, c.n_words, t.names);
    linear_forward(k, &tag, copy_columns(k, z, c.n_words, at_.all, at_.tag, s->tag), c.n_words, t.tags);
    Real *a = work_take(k, (ptrdiff_t)c.n_words * s->arc),
         *h = copy_columns(k, z, c.n_words, at_.all, at_.arc_h, s->arc);
    linear_forward(k, &arc, copy_columns(k, z, c.n_words, at_.all, at_.arc_d, s->arc), c.n_words, a);
    Real *with_root = work_take(k, (ptrdiff_t)(p.rows.n_places + 1) * s->arc);
    memcpy(with_root, at(&p, "arc.root"), (size_t)s->arc * sizeof(Real));
    for (int32_t i = 0; i < n; i++) {
        int32_t length = samples[i]->n;
        memcpy(with_root + s->arc, h + (ptrdiff_t)c.first[i] * s->arc, (size_t)length * (size_t)s->arc * sizeof(Real));
        t.arcs[i] = work_take(k, (ptrdiff_t)length * (length + 1));
        arc_forward(a + (ptrdiff_t)c.first[i] * s->arc, with_root, length, s->arc, t.arcs[i]);
    }
    return t;
}

Real *net_relations(const Reader *r, Work *k, const Thought *t, const Sample *s, int32_t sentence, const int32_t *head)
{
    Pass p = {.r = r, .net = r->net, .k = k};
    int32_t w = r->net->shape.relation, n = s->n, first = t->first[sentence];
    Real *pair = work_take(k, (ptrdiff_t)n * 2 * w),
         *d = copy_columns(k, t->relation + (ptrdiff_t)first * 2 * w, n, 2 * w, 0, w);
    Real *h = work_take(k, (ptrdiff_t)n * w);
    for (int32_t i = 0; i < n; i++)
        memcpy(h + (ptrdiff_t)i * w,
               head[i] ? t->relation + (ptrdiff_t)(first + head[i] - 1) * 2 * w + w : at(&p, "relation.root"),
               (size_t)w * sizeof(Real));
    put_columns(pair, d, n, 2 * w, 0, w), put_columns(pair, h, n, 2 * w, w, w);
    return relation_scores(&p, d, h, pair, n);
}
