/* The neural core: tags, trees and names of many sentences from one network.
**
** "Minister Ostrova told reporters the port would reopen."
**   words     the vector of each, from its spelling alone (neural_words.c)
**   encoder   two layers of LSTM in both directions: now each vector knows its sentence (model/kernel.h)
**   heads     one layer for all of them; then   told: VERB VBD (one class: UPOS, XPOS and features together)
**             arcs: how well each word hangs from each other one → the best tree (neural_tree.c): told is the root
**             relations: for the head that was chosen: Ostrova is nsubj of told, reopen its ccomp
**             names: Minister none, Ostrova a single PER → whole names (name_chain.c), each with its probability
**
** Dozat and Manning 2017 (arXiv:1611.01734) with one encoder for all (as Kiperwasser and Goldberg 2016 share theirs),
** trained in train/neural, computed in bytes: what layers hand on is a byte of a unit that the exporter measured,
** sums are whole numbers, and the floats that remain (cells, scores) are computed by the kernels, which agree to the
** last bit.
**
** Sentences go through the encoder side by side, so that its weights are read once for all of them; that is what
** makes it fast. Heads, trees and names are then made for some of the sentences after the other (a group), so that what
** stands between them stays near.
**
** Always: what a sentence gets depends on its own words only: not on its neighbours, the processor, or what was read
** before. Every word has a tag, a head and a relation, the heads are a tree with one root, and the root alone has the
** relation "root".
** Cost: 1.4 million multiply-adds a word, and 128 for each word of its sentence; pieces of at most 512 words bound the
** square.
*/
#include "language/neural.h"
#include <string.h>

enum { ROWS_AT_ONCE = 32, RELATIONS_AT_ONCE = 4, GROUP_WORDS = 256 };    /* a group has so many, and its last piece's */

typedef struct { NeuralSentence *of; int32_t from, n, first; } Piece;    /* first: words of the group's pieces before it */
typedef struct {
    Arena *to, *scratch;
    const Neural *n;
    Columns at;
    Piece *pieces;
    int32_t n_pieces, n_words;
    int32_t group, n_group, group_words;                 /* the group: its first piece, its pieces, its words */
    Batch batch;
    ptrdiff_t state_stride;
    uint8_t *state;                                      /* of each row of the batch: the last layer's bytes */
    /* Of each word of the group, piece by piece: */
    float *arc, *arc_heads, *relation_heads;             /* arc_heads: with the root before the words of each piece */
    uint8_t *relation;
    ptrdiff_t relation_stride;
    NameRow *name;
    float *scores;                                       /* of the arcs of a piece */
    NameSums *sums;                                      /* taken when a name is found */
} Reading;

static ptrdiff_t padded(ptrdiff_t n) { return (n + 63) / 64 * 64; }

/* ---- pieces and their rows ------------------------------------------------------------------------------------ */
static void cut_pieces(Reading *r, NeuralSentence *s, int32_t n_sentences)
{
    int32_t most = 0, in_group = 0;
    for (int32_t i = 0; i < n_sentences; i++) most += s[i].s.n / NEURAL_WORDS + 1;
    r->pieces = arena_new(r->scratch, Piece, most);
    for (int32_t i = 0; i < n_sentences; i++)
        for (int32_t from = 0; from < s[i].s.n; from += NEURAL_WORDS) {
            const int32_t rest = s[i].s.n - from, n = rest < NEURAL_WORDS ? rest : NEURAL_WORDS;
            if (in_group >= GROUP_WORDS) in_group = 0;
            r->pieces[r->n_pieces++] = (Piece){&s[i], from, n, in_group};
            in_group += n;
            r->n_words += n;
        }
    int32_t *lengths = arena_new(r->scratch, int32_t, r->n_pieces);
    for (int32_t i = 0; i < r->n_pieces; i++) lengths[i] = r->pieces[i].n;
    r->batch = batch_of(r->scratch, lengths, r->n_pieces);
}

static inline const Word *word_of_piece(const Piece *p, int32_t i) { return &p->of->s.words[p->from + i + 1]; }

static void encode(Reading *r, NeuralMemo *memo)
{
    const Neural *n = r->n;
    const Word **words = arena_new(r->scratch, const Word *, r->n_words);
    for (int32_t i = 0; i < r->n_pieces; i++)
        for (int32_t w = 0; w < r->pieces[i].n; w++)
            words[batch_row(&r->batch, i, w)] = word_of_piece(&r->pieces[i], w);
    ptrdiff_t stride = padded(n->shape.word);
    uint8_t *in = arena_raw(r->scratch, stride * r->n_words, 64);
    neural_words(r->scratch, n, memo, words, r->n_words, in, stride);
    r->state_stride = padded(2 * n->shape.hidden);
    for (int32_t i = 0; i < n->shape.layers; i++) {
        r->state = arena_raw(r->scratch, r->state_stride * r->n_words, 64);
        lstm_rows(n->kernel, &n->layer[i], &r->batch, in, stride, r->state, r->state_stride, NULL, 0, r->scratch);
        in = r->state;
        stride = r->state_stride;
    }
}

/* ---- what the heads say of single words ------------------------------------------------------------------------- */
typedef struct {                                         /* room for some words */
    ptrdiff_t byte_stride;
    uint8_t *state, *bytes;
    float *top, *tag;
    int32_t *sums;                                       /* of some relations */
    float *score;                                        /* of all relations, ROWS_AT_ONCE words */
} Room;

static const Piece *piece_of(const Piece *p, int32_t word)               /* p: the piece of an earlier word */
{
    while (word >= p->first + p->n) p++;
    return p;
}

/* The words of the group from `from` on; `piece` holds the first of them. */
static void heads_of_words(Reading *r, Room *x, int32_t from, int32_t count, const Piece *piece)
{
    const Neural *n = r->n;
    const NeuralShape *s = &n->shape;
    const Piece *p = piece;
    for (int32_t i = 0; i < count; i++) {
        p = piece_of(p, from + i);
        const ptrdiff_t row = batch_row(&r->batch, (int32_t)(p - r->pieces), from + i - p->first);
        memcpy(x->state + i * r->state_stride, r->state + row * r->state_stride, (size_t)(2 * s->hidden));
    }
    dense_rows_relu(n->kernel, &n->top, x->state, r->state_stride, count, 0.1f, x->top, r->at.all);
    for (int32_t i = 0; i < count; i++)
        n->kernel->quantize(x->top + (ptrdiff_t)i * r->at.all, 1, NEURAL_ZERO, r->at.bytes,
                            x->bytes + i * x->byte_stride);
    dense_rows(n->kernel, &n->arc, x->bytes + r->at.arc_d, x->byte_stride, count, r->arc + (ptrdiff_t)from * s->arc,
               s->arc);
    dense_rows(n->kernel, &n->name, x->bytes + r->at.name, x->byte_stride, count, r->name[from], NAME_TAGS);
    dense_rows(n->kernel, &n->tag, x->bytes + r->at.tag, x->byte_stride, count, x->tag, n->n_tags);
    p = piece;
    for (int32_t i = 0; i < count; i++) {
        p = piece_of(p, from + i);
        const float *top = x->top + (ptrdiff_t)i * r->at.all;
        const ptrdiff_t w = from + i, piece_in_group = p - r->pieces - r->group;
        p->of->tag[p->from + w - p->first] = kernel_argmax(n->kernel, x->tag + (ptrdiff_t)i * n->n_tags, n->n_tags);
        memcpy(r->arc_heads + (w + piece_in_group + 1) * s->arc, top + r->at.arc_h, (size_t)s->arc * sizeof(float));
        memcpy(r->relation_heads + w * s->relation, top + r->at.relation_h, (size_t)s->relation * sizeof(float));
        memcpy(r->relation + w * r->relation_stride, x->bytes + i * x->byte_stride + r->at.relation_d,
               (size_t)s->relation);
    }
}

static int32_t relation_panels(const Neural *n)          /* that hold RELATIONS_AT_ONCE of them, wherever they begin */
{
    return (RELATIONS_AT_ONCE * n->shape.relation + KERNEL_LANES - 1) / KERNEL_LANES + 1;
}

static void *rows_of(Arena *a, ptrdiff_t size, int32_t n) { return arena_raw(a, size * n, 64); }

/* Room for the largest group. */
static Room take_room(Reading *r)
{
    const NeuralShape *s = &r->n->shape;
    const ptrdiff_t number = sizeof(float);
    const int32_t most = r->n_words < GROUP_WORDS + r->batch.n_times ? r->n_words : GROUP_WORDS + r->batch.n_times;
    Arena *a = r->scratch;
    Room x = {.byte_stride = padded(r->at.bytes + KERNEL_GROUP)};
    x.state = arena_take_n(a, r->state_stride, ROWS_AT_ONCE, 64);        /* the bytes behind a row's last may be anything, */
    x.bytes = arena_take_n(a, x.byte_stride, ROWS_AT_ONCE, 64);          /* but not what was never written */
    x.top = rows_of(a, number * r->at.all, ROWS_AT_ONCE);
    x.tag = rows_of(a, number * r->n->n_tags, ROWS_AT_ONCE);
    x.sums = rows_of(a, number * relation_panels(r->n) * KERNEL_LANES, ROWS_AT_ONCE);
    x.score = rows_of(a, number * r->n->relation.n, ROWS_AT_ONCE);
    r->relation_stride = padded(s->relation);
    r->relation = arena_take_n(a, r->relation_stride, most, 64);
    r->arc = rows_of(a, number * s->arc, most);
    r->arc_heads = rows_of(a, number * s->arc, 2 * most);                /* a root for each piece, of a word at least */
    r->relation_heads = rows_of(a, number * s->relation, most);
    r->name = rows_of(a, sizeof(NameRow), most);
    r->scores = rows_of(a, number * (r->batch.n_times + 1), r->batch.n_times);
    return x;
}

static void heads_of_group(Reading *r, Room *x)
{
    const NeuralShape *s = &r->n->shape;
    const Piece *p = r->pieces + r->group;
    for (int32_t i = 0; i < r->n_group; i++)
        memcpy(r->arc_heads + (ptrdiff_t)(p[i].first + i) * s->arc, r->n->arc_root, (size_t)s->arc * sizeof(float));
    for (int32_t from = 0; from < r->group_words; from += ROWS_AT_ONCE) {
        p = piece_of(p, from);
        heads_of_words(r, x, from, r->group_words - from < ROWS_AT_ONCE ? r->group_words - from : ROWS_AT_ONCE, p);
    }
}

/* ---- trees ------------------------------------------------------------------------------------------------------- */
static void trees(Reading *r)
{
    const Neural *n = r->n;
    const int32_t width = n->shape.arc;
    for (int32_t i = 0; i < r->n_group; i++) {
        const Piece *p = &r->pieces[r->group + i];
        const float *dependents = r->arc + (ptrdiff_t)p->first * width;
        const float *heads = r->arc_heads + (ptrdiff_t)(p->first + i) * width;
        n->kernel->dots(dependents, width, p->n, heads, width, p->n + 1, width, r->scores, p->n + 1);
        neural_tree(r->scratch, r->scores, p->n, p->of->head + p->from);
    }
}

/* The best relation of a word; the root's is "root" and no other word's is, where the model knows it. */
static int32_t best_relation(const Neural *n, float *score, bool is_root)
{
    if (n->root >= 0 && is_root) return n->root;
    if (n->root >= 0) score[n->root - 1] = -1e30f;
    return kernel_argmax(n->kernel, score, n->relation.n - 1) + 1;
}

/* Relations c … c + RELATIONS_AT_ONCE - 1 of some words with their heads. */
static void score_relations(const Reading *r, Room *x, int32_t from, int32_t words, int32_t c, const Piece *p)
{
    const Neural *n = r->n;
    const Dense *m = &n->relations;
    const int32_t width = n->shape.relation, count = n->relation.n - 1;
    const int32_t some = count - c < RELATIONS_AT_ONCE ? count - c : RELATIONS_AT_ONCE, column = c * width;
    const int32_t panel = column / KERNEL_LANES, off = column % KERNEL_LANES;
    const int32_t n_panels = (off + some * width + KERNEL_LANES - 1) / KERNEL_LANES;
    n->kernel->product(m, panel, n_panels, r->relation + from * r->relation_stride, r->relation_stride, words, x->sums);
    for (int32_t i = 0; i < words; i++) {
        p = piece_of(p, from + i);
        const int32_t head = p->of->head[p->from + from + i - p->first];
        const float *with = head ? r->relation_heads + (ptrdiff_t)(p->first + head - 1) * width : n->relation_root;
        n->kernel->forms(x->sums + (ptrdiff_t)i * n_panels * KERNEL_LANES + off, m->scale + column, m->bias + column, with,
                         width, some, x->score + (ptrdiff_t)i * n->relation.n + c);
    }
}

/* To the scores, what the words alone say; then the best of them. */
static void choose_relations(const Reading *r, Room *x, int32_t from, int32_t words, const Piece *p)
{
    const Neural *n = r->n;
    const Dense *m = &n->relations;
    const int32_t count = n->relation.n - 1, column = count * n->shape.relation;
    for (int32_t at = column, n_out; at < column + count; at += n_out) {
        const int32_t panel = at / KERNEL_LANES, off = at % KERNEL_LANES;
        n_out = column + count - at < KERNEL_LANES - off ? column + count - at : KERNEL_LANES - off;
        n->kernel->product(m, panel, 1, r->relation + from * r->relation_stride, r->relation_stride, words, x->sums);
        for (int32_t i = 0; i < words; i++) {
            float own[KERNEL_LANES], *score = x->score + (ptrdiff_t)i * n->relation.n + at - column;
            n->kernel->dequantize(x->sums + i * KERNEL_LANES + off, m->scale + at, m->bias + at, n_out, own);
            for (int32_t j = 0; j < n_out; j++) score[j] = score[j] + own[j];
        }
    }
    for (int32_t i = 0; i < words; i++) {
        p = piece_of(p, from + i);
        const int32_t at = p->from + from + i - p->first;
        p->of->label[at] = best_relation(n, x->score + (ptrdiff_t)i * n->relation.n, !p->of->head[at] && !p->from);
    }
}

static void relations(Reading *r, Room *x)
{
    const Piece *p = r->pieces + r->group;
    if (r->n->kernel->begin) r->n->kernel->begin();
    for (int32_t from = 0; from < r->group_words; from += ROWS_AT_ONCE) {
        const int32_t words = r->group_words - from < ROWS_AT_ONCE ? r->group_words - from : ROWS_AT_ONCE;
        p = piece_of(p, from);
        for (int32_t c = 0; c < r->n->relation.n - 1; c += RELATIONS_AT_ONCE) score_relations(r, x, from, words, c, p);
        choose_relations(r, x, from, words, p);
    }
}

/* Later pieces of a long sentence count on from its beginning, and hang from the root of its first. */
static void join_pieces(Reading *r)
{
    int32_t root = 0;
    for (int32_t i = 0; i < r->n_pieces; i++) {
        const Piece *p = &r->pieces[i];
        int32_t *head = p->of->head + p->from;
        for (int32_t w = 0; w < p->n; w++) {
            if (!p->from && !head[w]) root = w + 1;
            else if (p->from) head[w] = head[w] ? head[w] + p->from : root;
        }
    }
}

/* ---- names ------------------------------------------------------------------------------------------------------- */
/* The best class of each word; false where those are no whole names. */
static bool best_names(const Neural *n, const NameRow *score, int32_t count, uint8_t *tag, bool *has_any)
{
    bool is_lawful = true;
    *has_any = false;
    for (int32_t i = 0; i < count; i++) {
        tag[i] = (uint8_t)kernel_argmax(n->kernel, score[i], NAME_TAGS);
        is_lawful = is_lawful && (i ? name_may_follow(tag[i - 1], tag[i]) : name_may_begin(tag[i]));
        *has_any = *has_any || tag[i] != NAME_NONE;
    }
    return is_lawful && name_may_end(tag[count - 1]);
}

static void names_of_piece(Reading *r, const Piece *p)
{
    const Neural *n = r->n;
    const NameRow *score = (const NameRow *)r->name + p->first;
    uint8_t tag[NEURAL_WORDS];
    bool has_any;
    if (!best_names(n, score, p->n, tag, &has_any)) name_best(&n->steps, score, p->n, tag);
    if (!has_any) return;
    if (!r->sums) r->sums = arena_new(r->scratch, NameSums, 1);
    name_sums(r->sums, &n->steps, score, p->n, NULL);
    for (int32_t i = 0; i < p->n; i++) {
        if (tag[i] == NAME_NONE) continue;
        const int32_t begin = i;
        while (!name_may_end(tag[i])) i++;
        const int type = name_type_of(tag[begin]);
        const double p_right = name_sure(n->sure, name_share(r->sums, begin, i + 1, type));
        const int32_t at = p->from + begin, end = p->from + i + 1;
        *push(r->to, &p->of->names) =
            (FoundName){{at, end}, (EntityType)name_type_fine(&n->facts, &p->of->s, at, end, type), p_right};
    }
}

void neural_read(Arena *a, Arena *scratch, const Neural *n, NeuralMemo *memo, NeuralSentence *s, int32_t n_sentences)
{
    Reading r = {.to = a, .scratch = scratch, .n = n, .at = neural_columns(&n->shape)};
    for (int32_t i = 0; i < n_sentences; i++) {
        s[i].tag = arena_new(a, int32_t, s[i].s.n);
        s[i].head = arena_new(a, int32_t, s[i].s.n);
        s[i].label = arena_new(a, int32_t, s[i].s.n);
        s[i].names = (FoundNames){0};
    }
    cut_pieces(&r, s, n_sentences);
    if (!r.n_words) return;
    encode(&r, memo);
    Room x = take_room(&r);
    for (int32_t next; r.group < r.n_pieces; r.group = next) {
        next = r.group + 1;
        while (next < r.n_pieces && r.pieces[next].first) next++;
        r.n_group = next - r.group;
        r.group_words = r.pieces[next - 1].first + r.pieces[next - 1].n;
        heads_of_group(&r, &x);
        trees(&r);
        relations(&r, &x);
        for (int32_t i = r.group; i < next; i++) names_of_piece(&r, &r.pieces[i]);
    }
    join_pieces(&r);
}
