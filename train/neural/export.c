/* train/neural/export.c: from a trained network to the sections of a model that the runtime reads.
**
**   build/train/neural_export --in build/neural/student.dm --out build/neural/en.dm [--sets train/en.sets]
**                             [--data ../shared/data] [--vectors 100000] [--lang en] [--with FILE …]
**
** The static vectors are multiplied with their projection once and for all; what a dependent says of relations is
** written as one layer with the linear form in it; and every activation that becomes a byte is measured on some of
** the training sentences, column by column. --with takes the tables of lemmas and of names' facts from models of the
** linear core.
**
** Then the runtime itself reads the development sets from gold tokens, and its scores stand beside the float ones. The
** probabilities of names are calibrated on news and politics among them.
*/
#include "train/neural/neural.h"
#include "train/neural/export.h"
#include "base/io.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WITH_MAX = 4 };
static struct {
    const char *in, *sets, *data, *out, *lang, *with[WITH_MAX];
    int32_t n_with, vectors;
} how = {.sets = "train/en.sets", .data = "../shared/data", .lang = "en", .vectors = 100000};
typedef struct {
    Arena *arena;
    Texts texts;
    Lexicon lexicon;
    Data data;
    Learner learner;
    Net net;                                             /* with the mean weights */
    Str notes;
} Run;

/* ---- matrices ---------------------------------------------------------------------------------------------------- */
static const Real *weights(const Run *r, const char *name) { return r->net.w + net_param(&r->net, name)->at; }
static const Real *layer_weights(const Run *r, const char *what, int32_t layer)
{
    char name[24];
    snprintf(name, sizeof name, "lstm%d.%s", layer, what);
    return weights(r, name);
}
/* rows of `to` from row `at` on: columns from … from + n - 1 of a matrix of inputs × `all` outputs. */
static void turn(const Real *w, int32_t in, int32_t all, int32_t from, int32_t n, float *to, int32_t at)
{
    for (int32_t o = 0; o < n; o++)
        for (int32_t i = 0; i < in; i++) to[(ptrdiff_t)(at + o) * in + i] = (float)w[(ptrdiff_t)i * all + from + o];
}
static const float *turned(const Run *r, const char *name)
{
    const Param *p = net_param(&r->net, name);
    float *to = arena_new(r->arena, float, (ptrdiff_t)p->rows * p->columns);
    turn(r->net.w + p->at, p->rows, p->columns, 0, p->columns, to, 0);
    return to;
}

static void put_words(const Run *r, FloatNet *f)
{
    const Shape *s = &r->net.shape;
    const VectorTable *v = &r->lexicon.vectors;
    const Real *project = weights(r, "vector.w");
    int32_t n = v->n < how.vectors ? v->n : how.vectors, kept = 1;
    float *rows = arena_new(r->arena, float, (ptrdiff_t)(n + 1) * s->vector);
    uint64_t *key = arena_new(r->arena, uint64_t, n);
    Map seen = {.to = r->arena};
    for (int32_t j = 0; j < s->vector; j++) rows[j] = (float)weights(r, "vector.missing")[j];
    for (int32_t i = 0; i < n; i++) {                    /* the more frequent of two that agree in lower case */
        int32_t *at = map_at(&seen, (Str){(const char *)&r->lexicon.vector_key[i], 8});
        if (*at >= 0) continue;
        float *row = rows + (ptrdiff_t)kept * s->vector;
        *at = kept, key[kept++ - 1] = r->lexicon.vector_key[i];
        for (int32_t d = 0; d < v->dim; d++)
            for (int32_t j = 0; j < s->vector; j++)
                row[j] += (float)(v->value[(ptrdiff_t)i * v->dim + d] * v->scale[d] * project[d * s->vector + j]);
    }
    f->n_rows[0] = kept, f->key[0] = key, f->rows[0] = rows;
    for (int32_t t = 0; t < FEATURES; t++) {
        f->n_rows[t + 1] = s->n_rows[t], f->key[t + 1] = r->lexicon.key[t];
        f->rows[t + 1] = r->net.w + r->net.param[r->net.n_params - FEATURES + t].at;
    }
    f->mix = turned(r, "word.w"), f->mix_bias = weights(r, "word.b");
}

static void put_encoder(const Run *r, FloatNet *f)
{
    static const int32_t gate[] = {0, 1, 3, 2};          /* ours of theirs: in, forget, candidate, out */
    const int32_t h = r->net.shape.hidden;
    for (int32_t l = 0; l < r->net.shape.layers; l++)
        for (int32_t way = 0; way < 2; way++) {
            const int32_t in = l ? 2 * h : r->net.shape.word;
            float *wx = arena_new(r->arena, float, (ptrdiff_t)4 * h * in),
                *wh = arena_new(r->arena, float, (ptrdiff_t)4 * h * h);
            float *b = arena_new(r->arena, float, 4 * h);
            for (int32_t g = 0; g < 4; g++) {
                turn(layer_weights(r, "wx", l), in, 8 * h, way * 4 * h + gate[g] * h, h, wx, g * h);
                turn(layer_weights(r, "wh", l) + (ptrdiff_t)way * h * 4 * h, h, 4 * h, gate[g] * h, h, wh, g * h);
                memcpy(b + (ptrdiff_t)g * h, layer_weights(r, "b", l) + way * 4 * h + gate[g] * h,
                       (size_t)h * sizeof *b);
            }
            f->lstm_in[l][way] = wx, f->lstm_back[l][way] = wh, f->lstm_bias[l][way] = b;
        }
}

static void put_relations(const Run *r, FloatNet *f)
{
    const int32_t w = r->net.shape.relation, n = r->net.shape.n_relations;
    float *to = arena_new(r->arena, float, (ptrdiff_t)(n * w + n) * w), *bias = arena_new(r->arena, float, n * w + n);
    const Real *pair = weights(r, "relation.w"), *b = weights(r, "relation.b");      /* pair: dependent, then head */
    turn(weights(r, "relation.u"), w, n * w, 0, n * w, to, 0);
    turn(pair, w, n, 0, n, to, n * w);
    for (int32_t c = 0; c < n; c++) {
        for (int32_t j = 0; j < w; j++) bias[c * w + j] = (float)pair[(ptrdiff_t)(w + j) * n + c];
        bias[n * w + c] = (float)b[c];
    }
    f->relations = to, f->relations_bias = bias;
}

static void put_heads(const Run *r, FloatNet *f)
{
    const Shape *s = &r->net.shape;
    const int32_t in = 2 * s->hidden, tree = 2 * s->arc + 2 * s->relation + s->tag, all = tree + s->name;
    /* The trainer's columns of the tree layer: dependents and heads of arcs, of relations, tags. */
    const struct { int32_t from, n; } piece[] = {{0, s->arc}, {2 * s->arc, s->relation},
                                                 {2 * s->arc + 2 * s->relation, s->tag}, {-1, s->name},
                                                 {s->arc, s->arc}, {2 * s->arc + s->relation, s->relation}};
    float *to = arena_new(r->arena, float, (ptrdiff_t)all * in), *bias = arena_new(r->arena, float, all);
    for (int32_t i = 0, at = 0; i < (int32_t)(sizeof piece / sizeof *piece); at += piece[i++].n) {
        bool is_name = piece[i].from < 0;
        int32_t from = is_name ? 0 : piece[i].from;
        turn(weights(r, is_name ? "name.in.w" : "tree.w"), in, is_name ? s->name : tree, from, piece[i].n, to, at);
        memcpy(bias + at, weights(r, is_name ? "name.in.b" : "tree.b") + from, (size_t)piece[i].n * sizeof *bias);
    }
    f->top = to, f->top_bias = bias;
    f->arc = turned(r, "arc.w"), f->arc_bias = weights(r, "arc.b"), f->arc_root = weights(r, "arc.root");
    f->tag = turned(r, "tag.w"), f->tag_bias = weights(r, "tag.b"), f->relation_root = weights(r, "relation.root");
    f->name = turned(r, "name.w"), f->name_bias = weights(r, "name.b");
    put_relations(r, f);
}

/* ---- what activations are like ----------------------------------------------------------------------------------- */
enum { SEEN_WORDS = 12000 };
static Seen seen_new(Arena *a, int32_t columns)
{
    return (Seen){arena_new(a, float, (ptrdiff_t)SEEN_WORDS * columns), 0, columns};
}
static void seen_add(Seen *s, const Real *x, int32_t rows, int32_t stride, int32_t from, int32_t n, int32_t at)
{
    for (int32_t i = 0; i < rows; i++)
        for (int32_t j = 0; j < n; j++)
            ((float *)s->v)[(ptrdiff_t)(s->n + i) * s->columns + at + j] = (float)x[(ptrdiff_t)i * stride + from + j];
}
static void see_sentence(const Run *r, const Thought *t, int32_t words, FloatNet *f)
{
    const Shape *s = &r->net.shape;
    const int32_t tree = 2 * s->arc + 2 * s->relation + s->tag;
    seen_add(&f->mix_seen, t->mix, words, f->mix_seen.columns, 0, f->mix_seen.columns, 0), f->mix_seen.n += words;
    seen_add(&f->word_seen, t->word, words, s->word, 0, s->word, 0), f->word_seen.n += words;
    for (int32_t l = 0; l < s->layers; l++)
        seen_add(&f->state_seen[l], t->states[l], words, 2 * s->hidden, 0, 2 * s->hidden, 0),
            f->state_seen[l].n += words;
    seen_add(&f->top_seen, t->tree, words, tree, 0, s->arc, 0);
    seen_add(&f->top_seen, t->tree, words, tree, 2 * s->arc, s->relation, s->arc);
    seen_add(&f->top_seen, t->tree, words, tree, 2 * s->arc + 2 * s->relation, s->tag, s->arc + s->relation);
    seen_add(&f->top_seen, t->name_in, words, s->name, 0, s->name, s->arc + s->relation + s->tag),
        f->top_seen.n += words;
}
/* Sentences of every training corpus, evenly over each. */
static void see(const Run *r, FloatNet *f)
{
    const Shape *s = &r->net.shape;
    const Reader reader = {.net = &r->net, .types = r->lexicon.types.v, .vectors = &r->lexicon.vectors};
    Work k = {0};
    f->mix_seen = seen_new(r->arena, s->vector + s->norm + s->prefix + s->suffix + s->shape);
    f->word_seen = seen_new(r->arena, s->word);
    f->top_seen = seen_new(r->arena, s->arc + s->relation + s->tag + s->name);
    for (int32_t l = 0; l < s->layers; l++) f->state_seen[l] = seen_new(r->arena, 2 * s->hidden);
    const int32_t sets = r->data.trees.n + r->data.names.n;
    for (int32_t i = 0; i < sets; i++) {
        const Samples *of = i < r->data.trees.n ? r->data.trees.v + i : r->data.names.v + (i - r->data.trees.n);
        int32_t step = of->n / 100 + 1, most = SEEN_WORDS / sets * (i + 1);
        for (int32_t j = 0; j < of->n; j += step) {
            const Sample *one = of->v + j;
            if (f->mix_seen.n + one->n > most) continue;
            work_reset(&k);
            Thought t = net_think(&reader, &k, &one, 1);
            see_sentence(r, &t, one->n, f);
        }
    }
    work_free(&k);
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */
static FloatNet float_net(const Run *r)
{
    const Shape *s = &r->net.shape;
    FloatNet f = {.tags = r->lexicon.tags, .relation_names = r->lexicon.relations};
    f.shape = (ExportShape){.part = {s->vector, s->norm, s->prefix, s->prefix, s->prefix, s->suffix, s->suffix,
                                     s->suffix, s->suffix, s->shape},
                            .word = s->word,
                            .layers = s->layers,
                            .hidden = s->hidden,
                            .arc = s->arc,
                            .relation = s->relation,
                            .tag = s->tag,
                            .name = s->name};
    put_words(r, &f), put_encoder(r, &f), put_heads(r, &f), see(r, &f);
    return f;
}

/* Sections of the linear core that the network reads with, and what they come from. */
static bool borrow(Arena *a, const char *path, ModelSections *to, Str *about, Err *e)
{
    static const char *const names[] = {"tag.xpos", "tag.upos", "tag.pairs", "lemma.map", "lemma.edits", "name.facts"};
    Model *m = model_open(path, e);
    for (size_t i = 0; m && i < sizeof names / sizeof *names; i++) {
        Str bytes = model_section(m, str_of(names[i]));
        if (bytes.n) *push(a, to) = (ModelSection){str_of(names[i]), arena_str(a, bytes)};
    }
    if (m) *about = arena_str(a, model_provenance(m));
    model_close(m);
    return m != NULL;
}

static Model *model_made(Run *r, const FloatNet *f, const float *sure, Str scores, Buf *file, Err *e)
{
    ModelSections s = {0};
    Buf about = {.to = r->arena};
    export_sections(r->arena, f, sure, &s);
    buf_printf(&about, "{\"made_by\": \"demarche train/neural " DEMARCHE_VERSION "\", \"language\": \"%s\",\n",
               how.lang);
    buf_printf(&about, " \"vectors\": %d,\n \"scores\": {%.*s},\n", f->n_rows[0] - 1, STR(scores));
    buf_printf(&about, " \"network\": %.*s,\n \"tables\": [", STR(r->notes.n ? r->notes : S("{}")));
    for (int32_t i = 0; i < how.n_with; i++) {
        Str tables = {0};
        if (!borrow(r->arena, how.with[i], &s, &tables, e)) return NULL;
        buf_printf(&about, "%s%.*s", i ? "," : "", STR(tables.n ? tables : S("{}")));
    }
    buf_add(&about, S("]}\n"));
    *push(r->arena, &s) = (ModelSection){S("provenance"), buf_str(&about)};
    *push(r->arena, &s) = (ModelSection){S("language"), str_of(how.lang)};
    *file = (Buf){.to = r->arena};
    model_write(&s, file);
    char *aligned = arena_take(r->arena, file->n, 64);
    memcpy(aligned, file->p, (size_t)file->n);
    return model_of((Str){aligned, file->n}, str_of(how.out), e);
}

static bool is_near(Str corpus) { return str_eq(corpus, S("worldwide")) || str_eq(corpus, S("crossner")); }

/* The development sets as the runtime reads them, beside the trainer's own floats. */
static bool measure(const Run *r, const Model *m, ExportFounds *found, Buf *scores, bool with_floats, Err *e)
{
    const Reader reader = {.net = &r->net, .types = r->lexicon.types.v, .vectors = &r->lexicon.vectors};
    for (int32_t i = 0; i < r->data.trees_dev.n; i++) {
        const Samples *s = r->data.trees_dev.v + i;
        ExportTreeScore b = export_score_trees(r->arena, m, s->gold, e);
        if (e->code) return false;
        buf_printf(scores, "%s\"UPOS %.*s\": %.2f, \"tags %.*s\": %.2f, \"UAS %.*s\": %.2f, \"LAS %.*s\": %.2f",
                   scores->n ? ", " : "", STR(s->corpus), b.upos, STR(s->corpus), b.tag, STR(s->corpus), b.uas,
                   STR(s->corpus), b.las);
        if (!with_floats) continue;
        product_begin();                                 /* the runtime shaped the tiles for bytes */
        TreeScore t = score_trees(&reader, &r->lexicon, s);
        double w = 0.01 * (double)t.words;
        printf("%-10.*s floats UPOS %.2f tag %.2f UAS %.2f LAS %.2f full %.2f", STR(s->corpus), (double)t.upos / w,
               (double)t.tag / w, (double)t.uas / w, (double)t.las / w, (double)t.las_full / w);
        printf(" | bytes UPOS %.2f tag %.2f UAS %.2f LAS %.2f full %.2f\n", b.upos, b.tag, b.uas, b.las, b.las_full);
    }
    for (int32_t i = 0; i < r->data.names_dev.n; i++) {
        const Samples *s = r->data.names_dev.v + i;
        bool with_misc = !s->v[0].open;
        ExportFounds *near = found && is_near(s->corpus) ? found : NULL;
        double f = export_score_names(r->arena, m, &r->texts.names_dev.v[i].names, with_misc, near, e);
        if (e->code) return false;
        buf_printf(scores, ", \"names F1 %.*s\": %.2f", STR(s->corpus), f);
        if (with_floats) {
            product_begin();
            printf("names %-10.*s floats %.2f | bytes %.2f\n", STR(s->corpus),
                   name_f1(score_names(&reader, s, with_misc)), f);
        }
    }
    return true;
}

static bool prepare(Run *r, Err *e)
{
    if (!how.in || !how.out) return fail(e, ERR_USAGE, "--in and --out must be given");
    Model *m = model_open(how.in, e);
    if (!m) return false;
    r->notes = arena_str(r->arena, model_provenance(m));
    model_close(m);
    if (!texts_read(r->arena, how.sets, how.data, &r->texts, e) ||
        !store_read(r->arena, how.in, &r->lexicon, &r->learner, e))
        return false;
    data_make(r->arena, &r->texts, &r->lexicon, &r->data);
    r->net = r->learner.net, r->net.w = r->learner.mean;
    product_begin();
    return true;
}
/* The scores of names times a factor: the same names, other probabilities (Guo et al. 2017, arXiv:1706.04599, 4.2). */
static void cool(const Run *r, FloatNet *f, float by)
{
    const int32_t n = r->net.shape.n_names, width = r->net.shape.name;
    float *w = arena_new(r->arena, float, (ptrdiff_t)n * width), *b = arena_new(r->arena, float, n);
    for (int32_t i = 0; i < n * width; i++) w[i] = f->name[i] * by;
    for (int32_t i = 0; i < n; i++) b[i] = f->name_bias[i] * by;
    f->name = w, f->name_bias = b;
}

/* Twice, since probabilities near 0 and 1 are cut off while they are far too sure. */
static bool calibrate(Run *r, FloatNet *f, float **sure, Buf *scores, Err *e)
{
    enum { ROUNDS = 3 };
    double before, after, slope = 0.5;
    Buf file;
    for (int i = 0; i < ROUNDS; i++) {
        ExportFounds found = {0};
        cool(r, f, (float)slope);
        *scores = (Buf){.to = r->arena};
        Model *m = model_made(r, f, NULL, (Str){0}, &file, e);
        bool ok = m && measure(r, m, &found, scores, i == ROUNDS - 1, e);
        model_close(m);
        if (!ok) return false;
        slope = export_sure(&found, sure, r->arena, &before, &after);
        printf("scores of %d names: calibration error %.4f, with a line of slope %.2f %.4f (fitted on other names)\n", found.n, before, slope,
               after);
    }
    return true;
}

static bool export(Run *r, Err *e)
{
    if (!prepare(r, e)) return false;
    FloatNet f = float_net(r);
    Buf file, scores, none = {.to = r->arena};
    float *sure;
    if (!calibrate(r, &f, &sure, &scores, e)) return false;
    Model *m = model_made(r, &f, sure, buf_str(&scores), &file, e);
    bool ok = m && measure(r, m, NULL, &none, false, e) && io_write_file(how.out, buf_str(&file), e);
    model_close(m);
    printf("%s: %td bytes, %d vectors\n", how.out, file.n, f.n_rows[0] - 1);
    return ok;
}

static bool options(int argc, char **argv, Err *e)
{
    const struct { const char *name; const char **value; } texts[] = {{"--in", &how.in}, {"--sets", &how.sets},
                                                                      {"--data", &how.data},
                                                                      {"--out", &how.out}, {"--lang", &how.lang}};
    for (int i = 1; i < argc; i += 2) {
        size_t k = 0;
        while (k < sizeof texts / sizeof *texts && strcmp(texts[k].name, argv[i])) k++;
        if (i + 1 < argc && k < sizeof texts / sizeof *texts) *texts[k].value = argv[i + 1];
        else if (i + 1 < argc && !strcmp(argv[i], "--with") && how.n_with < WITH_MAX) how.with[how.n_with++] = argv[i +
                1];
        else if (i + 1 < argc && !strcmp(argv[i], "--vectors")) how.vectors = atoi(argv[i + 1]);
        else
            return fail(
                e, ERR_USAGE,
                "'%s' is not understood; usage: neural_export --in FILE --out FILE [--sets FILE] [--data FOLDER] "
                "[--vectors 100000] [--lang en] [--with MODEL …]",
                argv[i]);
    }
    return true;
}

int main(int argc, char **argv)
{
    static Run r;
    static jmp_buf landing;
    static Arena arena = {.budget = (ptrdiff_t)12 << 30, .landing = &landing};
    Err e = {0};
    r = (Run){.arena = &arena};
    bool ok = !setjmp(landing) ? options(argc, argv, &e) && export(&r, &e)
        : fail(&e, ERR_MEMORY, "the memory of the exporter is used up");
    if (!ok) fprintf(stderr, "train/neural_export: %s\n", e.text);
    learner_free(&r.learner);
    arena_close(&arena);
    return !ok;
}
