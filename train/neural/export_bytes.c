/* Export, the runtime's half: floats to bytes, sections, and the runtime's own reading of the development sets.
**
** A column's unit (what one step of its byte stands for) is the one with the least squared error over the values
** seen. The scale of a column that passes through a leaky layer can be moved: its row in the layer before is divided
** by the unit, its column in the layer behind is multiplied, and the byte's step is 1. So every column has a unit of
** its own, and the runtime multiplies by none of them. Behind a leaky layer what is below zero is a tenth as large:
** bytes there count from NEURAL_ZERO, not from the middle.
**
** Rows of a word's parts are stored in halves of their column's unit; what they add up to is rounded once.
*/
#include "train/neural/export.h"
#include "language/neural.h"
#include <math.h>
#include <string.h>

_Static_assert(sizeof(ExportShape) == sizeof(NeuralShape), "one shape");

/* ---- units ------------------------------------------------------------------------------------------------------- */
static double rounding_error(const float *v, int32_t n, int32_t stride, float step, int32_t zero)
{
    double sum = 0;
    for (int32_t i = 0; i < n; i++) {
        const float x = v[(ptrdiff_t)i * stride];
        float byte = rintf(x / step);
        byte = byte < (float)-zero ? (float)-zero : byte > (float)(KERNEL_TOP - zero) ? (float)(KERNEL_TOP - zero)
            : byte;
        sum += (double)(x - byte * step) * (double)(x - byte * step);
    }
    return sum;
}
static float unit_of(const float *v, int32_t n, int32_t stride, int32_t zero)
{
    float top = 0, best = 0;
    for (int32_t i = 0; i < n; i++) {
        const float x = v[(ptrdiff_t)i * stride], size = x < 0 ? -x / (float)zero : x / (float)(KERNEL_TOP - zero);
        top = size > top ? size : top;
    }
    if (top < 1e-6f) return 1e-3f;                       /* a column that is never used */
    double least = -1;
    for (int32_t trial = 20; trial >= 4; trial--) {
        const float step = top * (float)trial / 20;
        const double error = rounding_error(v, n, stride, step, zero);
        if (least < 0 || error < least) {
            least = error;
            best = step;
        }
    }
    return best;
}
static float *units_of(Arena *a, const Seen *s, int32_t zero)
{
    float *unit = arena_new(a, float, s->columns);
    for (int32_t j = 0; j < s->columns; j++) unit[j] = unit_of(s->v + j, s->n, s->columns, zero);
    return unit;
}
/* one for all units of a layer, since they are its own input as well */
static Steps state_steps(const Seen *s)
{
    return (Steps){unit_of(s->v, s->n * s->columns, 1, KERNEL_ZERO), KERNEL_ZERO};
}

/* w[o][i] × in[i] / out[o]; either may be NULL. */
static float *scaled(Arena *a, const float *w, int32_t n_out, int32_t n_in, const float *in, const float *out)
{
    float *to = arena_new(a, float, (ptrdiff_t)n_out * n_in);
    for (int32_t o = 0; o < n_out; o++)
        for (int32_t i = 0; i < n_in; i++) {
            const ptrdiff_t at = (ptrdiff_t)o * n_in + i;
            to[at] = w[at] * (in ? in[i] : 1) / (out ? out[o] : 1);
        }
    return to;
}
static const Steps leaky_steps = {1, NEURAL_ZERO}, mixed_steps = {1, KERNEL_ZERO};

/* ---- sections ---------------------------------------------------------------------------------------------------- */
static Buf *section(Arena *a, ModelSections *s, Str name, Buf *room)
{
    *room = (Buf){.to = a};
    push(a, s)->name = name;
    return room;
}
static void close_section(ModelSections *s, const Buf *b) { s->v[s->n - 1].bytes = buf_str(b); }

static void put_words(Arena *a, const FloatNet *n, const float *mix_unit, const float *word_unit, Buf *b)
{
    for (int32_t p = 0, at = 0; p < NEURAL_PARTS; p++) {
        const int32_t width = n->shape.part[p], rows = n->n_rows[p];
        int32_t *place = arena_new(a, int32_t, rows);
        int8_t *to = arena_new(a, int8_t, (ptrdiff_t)rows * width);
        row_keys_write(n->key[p], rows - 1, place, b);
        for (int32_t r = 0; r < rows; r++)
            for (int32_t j = 0; j < width; j++) {
                const float halves = rintf(2 * n->rows[p][(ptrdiff_t)r * width + j] / mix_unit[at + j]);
                to[(ptrdiff_t)(r ? place[r - 1] : 0) * width + j] = (int8_t)(halves < -127 ? -127 : halves > 127 ? 127
                                                                             : halves);
            }
        model_put_bytes(b, (Str){(const char *)to, (ptrdiff_t)rows * width}, 64);
        /* the next one goes to the same place */
        const bool is_added = (p >= 2 && p < 4) || (p >= 5 && p < 8);
        if (!is_added) at += width;
    }
    const int32_t word = n->shape.word, mixed = n->mix_seen.columns;
    float *bias = scaled(a, n->mix_bias, word, 1, NULL, word_unit);
    dense_write(scaled(a, n->mix, word, mixed, mix_unit, word_unit), bias, word, mixed, mixed_steps, b);
}

static void put_encoder(Arena *a, const FloatNet *n, const float *word_unit, const Steps *state, Buf *b)
{
    const int32_t gates = 4 * n->shape.hidden;
    for (int32_t l = 0; l < n->shape.layers; l++) {
        LstmFloats way[2];
        const int32_t in = l ? 2 * n->shape.hidden : n->shape.word;
        for (int d = 0; d < 2; d++)
            way[d] = (LstmFloats){l ? n->lstm_in[l][d] : scaled(a, n->lstm_in[l][d], gates, in, word_unit, NULL),
                                  n->lstm_back[l][d], n->lstm_bias[l][d]};
        lstm_write(way, in, n->shape.hidden, l ? state[l - 1] : leaky_steps, state[l], b);
    }
}

static void put_heads(Arena *a, const FloatNet *n, const float *unit, Steps state, Buf *b)
{
    const ExportShape *s = &n->shape;
    NeuralShape shape;
    memcpy(&shape, s, sizeof shape);
    const Columns c = neural_columns(&shape);
    float *all = arena_new(a, float, c.all);
    for (int32_t i = 0; i < c.all; i++) all[i] = i < c.bytes ? unit[i] : 1;
    const int32_t relations = n->relation_names.n, said = relations * s->relation + relations;
    dense_write(scaled(a, n->top, c.all, 2 * s->hidden, NULL, all), scaled(a, n->top_bias, c.all, 1, NULL, all), c.all,
                2 * s->hidden, state, b);
    dense_write(scaled(a, n->arc, s->arc, s->arc, unit + c.arc_d, NULL), n->arc_bias, s->arc, s->arc, leaky_steps, b);
    dense_write(scaled(a, n->relations, said, s->relation, unit + c.relation_d, NULL), n->relations_bias, said,
                s->relation, leaky_steps, b);
    dense_write(scaled(a, n->tag, n->tags.n, s->tag, unit + c.tag, NULL), n->tag_bias, n->tags.n, s->tag, leaky_steps,
                b);
    dense_write(scaled(a, n->name, NAME_TAGS, s->name, unit + c.name, NULL), n->name_bias, NAME_TAGS, s->name,
                leaky_steps, b);
    model_put_bytes(b, (Str){(const char *)n->arc_root, s->arc * 4}, 64);
    model_put_bytes(b, (Str){(const char *)n->relation_root, s->relation * 4}, 64);
}

static uint32_t label_place(Map *m, Strs *list, Arena *a, Str label)
{
    if (!label.n) return 0;
    int32_t *i = map_at(m, label);
    if (*i < 0) *push(a, list) = label, *i = list->n;    /* from 1 on; 0 is none */
    return (uint32_t)*i;
}
static void put_list(Arena *a, const Strs *list, Buf *b)
{
    Labels l = {arena_new(a, Str, list->n + 1), list->n + 1};
    for (int32_t i = 0; i < list->n; i++) l.name[i + 1] = list->v[i];
    labels_write(&l, b);
}
static void put_tags(Arena *a, const FloatNet *n, Buf *b)
{
    Map map[3] = {{.to = a}, {.to = a}, {.to = a}};
    Strs list[3] = {{0}};
    uint32_t *place = arena_new(a, uint32_t, 3 * n->tags.n);
    for (int32_t t = 0; t < n->tags.n; t++) {
        Str rest = n->tags.v[t], piece;
        for (int k = 0; k < 3 && str_split(&rest, '\t', &piece); k++)
            place[3 * t + k] = label_place(&map[k], &list[k], a, piece);
    }
    for (int k = 0; k < 3; k++) put_list(a, &list[k], b);
    model_put_u32(b, (uint32_t)n->tags.n);
    for (int32_t i = 0; i < 3 * n->tags.n; i++) model_put_u32(b, place[i]);
}

void export_sections(Arena *a, const FloatNet *n, const float *sure, ModelSections *out)
{
    Buf b[7];
    Steps state[EXPORT_LAYERS];
    const float *mix = units_of(a, &n->mix_seen, KERNEL_ZERO), *word = units_of(a, &n->word_seen, NEURAL_ZERO);
    const float *top = units_of(a, &n->top_seen, NEURAL_ZERO);
    for (int32_t l = 0; l < n->shape.layers; l++) state[l] = state_steps(&n->state_seen[l]);
    const int32_t *numbers = (const int32_t *)&n->shape;
    section(a, out, S("net.shape"), &b[0]);
    model_put_u32(&b[0], NEURAL_VERSION);
    for (int i = 0; i < SHAPE_NUMBERS; i++) model_put_u32(&b[0], (uint32_t)numbers[i]);
    close_section(out, &b[0]);
    put_tags(a, n, section(a, out, S("net.tags"), &b[1])), close_section(out, &b[1]);
    put_list(a, &n->relation_names, section(a, out, S("net.relations"), &b[2])), close_section(out, &b[2]);
    put_words(a, n, mix, word, section(a, out, S("net.words"), &b[3])), close_section(out, &b[3]);
    put_encoder(a, n, word, state, section(a, out, S("net.encoder"), &b[4])), close_section(out, &b[4]);
    put_heads(a, n, top, state[n->shape.layers - 1], section(a, out, S("net.heads"), &b[5])), close_section(out, &b[5]);
    section(a, out, S("net.sure"), &b[6]);
    for (int i = 0; i < NAME_BINS; i++) {
        const float p = sure ? sure[i] : (float)(1 / (1 + exp(-(-8 + 16.0 * i / (NAME_BINS - 1)))));
        uint32_t bits;
        memcpy(&bits, &p, 4);
        model_put_u32(&b[6], bits);
    }
    close_section(out, &b[6]);
}

/* ---- the runtime reads ------------------------------------------------------------------------------------------- */
enum { AT_ONCE = 64 };
/* The sentences of a development set, of which only the forms are given, AT_ONCE of them read together. */
typedef struct {
    const Neural *n;
    NeuralMemo *memo;
    const Strs *forms;                                   /* of each sentence */
    int32_t n_sentences;
    Arena scratch;                                       /* of what was read last */
    NeuralSentence s[AT_ONCE];
} Reading;

/* Any kernel but the one on tiles: the trainer shapes the thread's tiles for its own products. All give the same
** bits. */
static const Kernel *kernel_without_tiles(void)
{
    const Kernel *k[KERNEL_KINDS];
    int32_t n = kernel_all(k);
    while (n > 1 && str_eq(str_of(k[n - 1]->name), S("amx"))) n--;
    return k[n - 1];
}
static bool reading_of(Arena *a, const Model *m, const Strs *forms, int32_t n_sentences, Reading *r, Err *e)
{
    Neural *n = neural_of(a, m, e);
    *r = (Reading){.n = n, .forms = forms, .n_sentences = n_sentences,
                   .scratch = {.budget = (ptrdiff_t)1 << 30, .landing = a->landing}};
    if (!n) return false;
    n->kernel = kernel_without_tiles();
    r->memo = neural_memo_open(n);
    return r->memo || fail(e, ERR_MEMORY, "no memory for the words of the development sets");
}
static void reading_close(Reading *r)
{
    arena_close(&r->scratch);
    neural_memo_close(r->memo);
}
static Sentence sentence_from(Arena *a, const Strs *forms)
{
    static const Clusters none;
    Sentence s = {arena_new(a, Word, forms->n + 2), forms->n, NULL};
    for (int32_t w = 0; w < forms->n; w++) s.words[w + 1] = word_of(&none, forms->v[w], false);
    return s;
}
/* Sentence i, asked for in order: those of a batch are read when its first one is. */
static const NeuralSentence *reading_at(Reading *r, int32_t i)
{
    if (i % AT_ONCE == 0) {
        const int32_t n = r->n_sentences - i < AT_ONCE ? r->n_sentences - i : AT_ONCE;
        arena_reset(&r->scratch);
        for (int32_t k = 0; k < n; k++) r->s[k].s = sentence_from(&r->scratch, r->forms + i + k);
        neural_read(&r->scratch, &r->scratch, r->n, r->memo, r->s, n);
    }
    return r->s + i % AT_ONCE;
}
static Str universal(Str relation)
{
    for (ptrdiff_t i = 0; i < relation.n; i++)
        if (relation.p[i] == ':') return str_sub(relation, 0, i);
    return relation;
}
static void score_tree(const Neural *n, const NeuralSentence *s, const Tree *gold, ExportTreeScore *score)
{
    for (int32_t w = 0; w < gold->n; w++) {
        const TreeWord *g = gold->word + w;
        const NeuralTag *t = &n->tags[s->tag[w]];
        const Str relation = n->relation.name[s->label[w]];
        const bool is_upos = str_eq(n->upos.name[t->upos], g->upos), is_head = s->head[w] == g->head;
        score->upos += is_upos;
        score->tag += is_upos && str_eq(n->xpos.name[t->xpos], g->xpos) && str_eq(n->feats.name[t->feats], g->feats);
        score->uas += is_head;
        score->las += is_head && str_eq(universal(relation), universal(g->deprel));
        score->las_full += is_head && str_eq(relation, g->deprel);
    }
}
ExportTreeScore export_score_trees(Arena *a, const Model *m, const Trees *gold, Err *e)
{
    ExportTreeScore score = {0};
    Strs *forms = arena_new(a, Strs, gold->n);
    Reading r;
    double words = 0;
    for (int32_t i = 0; i < gold->n; i++)
        for (int32_t w = 0; w < gold->v[i].n; w++) *push(a, &forms[i]) = gold->v[i].word[w].form;
    if (reading_of(a, m, forms, gold->n, &r, e))
        for (int32_t i = 0; i < gold->n; i++) {
            score_tree(r.n, reading_at(&r, i), gold->v + i, &score);
            words += gold->v[i].n;
        }
    reading_close(&r);
    double *number = (double *)&score;
    for (size_t i = 0; words > 0 && i < sizeof score / sizeof *number; i++) number[i] *= 100 / words;
    return score;
}

/* The name of the corpus that begins at i: its end, or 0. GPE counts as LOC. */
static int32_t gold_name(const NameSentence *s, int32_t i, EntityType *type)
{
    static const EntityType of[] = {ENTITY_PER, ENTITY_ORG, ENTITY_LOC, ENTITY_LOC, ENTITY_MISC};
    if (!s->tag[i] || (s->tag[i] - 1) % 2) return 0;
    const int kind = (s->tag[i] - 1) / 2;
    int32_t end = i + 1;
    while (end < s->n && s->tag[end] == 2 + 2 * kind) end++;
    *type = of[kind];
    return end;
}
typedef struct { int64_t gold, found, right; } Count;
static void score_sentence(Arena *a, const NeuralSentence *s, const NameSentence *gold, bool with_misc, Count *c,
                           ExportFounds *found)
{
    EntityType type = ENTITY_UNKNOWN;
    for (int32_t i = 0; i < gold->n; i++) c->gold += gold_name(gold, i, &type) && (with_misc || type != ENTITY_MISC);
    for (int32_t k = 0; k < s->names.n; k++) {
        const FoundName *f = s->names.v + k;
        const EntityType mine = f->type == ENTITY_GPE ? ENTITY_LOC : f->type;
        if (!with_misc && mine == ENTITY_MISC) continue;
        const bool is_right = gold_name(gold, f->span.begin, &type) == f->span.end && type == mine;
        c->found++, c->right += is_right;
        if (found) *push(a, found) = (ExportFound){log(f->p) - log(1 - f->p), is_right};
    }
}
double export_score_names(Arena *a, const Model *m, const NameSentences *gold, bool with_misc, ExportFounds *found,
                          Err *e)
{
    Count c = {0};
    Strs *forms = arena_new(a, Strs, gold->n);
    Reading r;
    for (int32_t i = 0; i < gold->n; i++) forms[i] = (Strs){gold->v[i].form, gold->v[i].n, gold->v[i].n};
    if (reading_of(a, m, forms, gold->n, &r, e))
        for (int32_t i = 0; i < gold->n; i++)
            score_sentence(a, reading_at(&r, i), gold->v + i, with_misc, &c, found);
    reading_close(&r);
    return c.gold + c.found ? 200.0 * (double)c.right / (double)(c.gold + c.found) : 0;
}

/* ---- calibration ------------------------------------------------------------------------------------------------- */
static double logistic(double x) { return 1 / (1 + exp(-x)); }
/* Expected calibration error: the gap between probability and share of right ones, in ten bins, weighed by how many
** they hold. */
static double gap(const ExportFounds *f, double slope, double base)
{
    double p[10] = {0}, right[10] = {0}, sum = 0;
    for (int32_t i = 0; i < f->n; i++) {
        const double x = logistic(slope * f->v[i].odds + base);
        const int bin = x >= 1 ? 9 : (int)(x * 10);
        p[bin] += x, right[bin] += f->v[i].is_right;
    }
    for (int i = 0; i < 10; i++) sum += fabs(p[i] - right[i]);
    return f->n ? sum / f->n : 0;
}
/* The loss of a line, with a little weight on the line that changes nothing; g, h: its slope and curvature. */
static double line_loss(const ExportFounds *f, double slope, double base, double g[2], double h[3])
{
    double sum = 0.5e-3 * ((slope - 1) * (slope - 1) + base * base);
    g[0] = 1e-3 * (slope - 1), g[1] = 1e-3 * base, h[0] = h[2] = 1e-3, h[1] = 0;
    for (int32_t i = 0; i < f->n; i++) {
        const double x = f->v[i].odds, z = slope * x + base, p = logistic(z), off = p - f->v[i].is_right,
            w = p * (1 - p);
        sum += (z > 0 ? z : 0) + log1p(exp(-fabs(z))) - (f->v[i].is_right ? z : 0);
        g[0] += off * x, g[1] += off;
        h[0] += w * x * x, h[1] += w * x, h[2] += w;
    }
    return sum;
}
static void line_fit(const ExportFounds *found, double *slope, double *base)
{
    *slope = 1, *base = 0;
    double g[2], h[3], loss = line_loss(found, *slope, *base, g, h);
    for (int step = 0; step < 50; step++) {              /* Newton's steps, halved until they help */
        const double det = h[0] * h[2] - h[1] * h[1], by[2] = {(h[2] * g[0] - h[1] * g[1]) / det,
                                                               (h[0] * g[1] - h[1] * g[0]) / det};
        double share = 1, ng[2], nh[3], less;
        while ((less = line_loss(found, *slope - share * by[0], *base - share * by[1], ng, nh)) > loss && share > 1e-6)
            share /= 2;
        if (!(less < loss)) break;
        *slope -= share * by[0], *base -= share * by[1], loss = less;
        memcpy(g, ng, sizeof g), memcpy(h, nh, sizeof h);
    }
}

/* The error is that of names whose line was fitted on others: of one half of the stretches with the line of the other. */
static double gap_of_folds(Arena *a, const ExportFounds *found)
{
    enum { STRETCH = 50 };
    double sum = 0, slope, base;
    for (int fold = 0; fold < 2; fold++) {
        ExportFounds learnt = {0}, kept = {0};
        for (int32_t i = 0; i < found->n; i++) *push(a, i / STRETCH % 2 == fold ? &kept : &learnt) = found->v[i];
        line_fit(&learnt, &slope, &base);
        sum += gap(&kept, slope, base) / 2;
    }
    return sum;
}

double export_sure(const ExportFounds *found, float **sure, Arena *a, double *before, double *after)
{
    double slope, base;
    line_fit(found, &slope, &base);
    *sure = arena_new(a, float, NAME_BINS);
    for (int i = 0; i < NAME_BINS; i++) (*sure)[i] = (float)logistic(slope * (-8 + 16.0 * i / (NAME_BINS - 1)) + base);
    *before = gap(found, 1, 0), *after = gap_of_folds(a, found);
    return slope;
}
