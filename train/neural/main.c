/* train/neural: trains the neural language core from trees, names and static vectors.
**
**   build/train/neural --sets train/en.sets --data ../shared/data --out build/neural/student.dm --minutes 90
**   build/train/neural … --resume                        goes on where OUT.state stopped
**   build/train/neural … --layers 3 --hidden 320         a teacher
**   build/train/neural --teach a.dm,b.dm --out build/neural/soft.dm --teach-words 1e7 corpora/a.jsonl.xz ner/b.tsv.xz
**                                                        teachers read raw texts (teach.c)
**   build/train/neural --measure build/neural/student.dm   scores of the development sets, in floats
**   build/train/neural … --soft build/neural/soft.dm --soft-share 0.1
**                                                        the student learns from them as well, each pass from a tenth
**
** After each pass over the trees the development sets are read with the mean weights, from gold tokens; the best
** network so far (mean of LAS and of the names' F1) is written to OUT, in the form that store.c describes; OUT.state
** is the checkpoint, written every few minutes. Its file is all that is needed to go on.
**
** Always: the same sets, options, seed and number of threads give the same network, in one run or in pieces.
*/
#include "train/neural/neural.h"
#include "base/io.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct {
    const char *sets, *data, *out, *soft, *teach, *measure;
    const char *path[256];                               /* arguments that are no options: texts to teach on */
    int n_paths;
    double minutes, save, rate, beta2, clip, average, warm;
    double drop_word, drop_vector, drop_input, drop_recurrent, drop_hidden, drop_head;
    double passes, words, threads, seed, layers, hidden, word, vector, norm, prefix, suffix, shape, arc, relation, tag;
    double name, vectors, soft_share, teach_words;
    bool resume;
} how = {.sets = "train/en.sets", .data = "../shared/data", .out = "build/neural/student.dm", .minutes = 90, .save = 10,
         .rate = 0.002, .beta2 = 0.98, .clip = 5, .average = 0.999, .warm = 400, .drop_word = 0.25, .drop_vector = 0.15,
         .drop_input = 0.25, .drop_recurrent = 0.2, .drop_hidden = 0.25, .drop_head = 0.25, .passes = 40, .words = 800,
         .threads = 1, .seed = 1, .layers = 2, .hidden = 160, .word = 192, .vector = 64, .norm = 64, .prefix = 32,
         .suffix = 64, .shape = 32, .arc = 128, .relation = 48, .tag = 128, .name = 64, .vectors = 100000,
         .soft_share = 0.1, .teach_words = 1e7};
static const struct { const char *name; double *value; } numbers[] = {
    {"minutes", &how.minutes}, {"save", &how.save},
    {"rate", &how.rate}, {"beta2", &how.beta2}, {"clip", &how.clip},
    {"average", &how.average}, {"warm", &how.warm}, {"drop-word", &how.drop_word}, {"drop-vector", &how.drop_vector},
    {"drop-input", &how.drop_input}, {"drop-recurrent", &how.drop_recurrent}, {"drop-hidden", &how.drop_hidden},
    {"drop-head", &how.drop_head}, {"passes", &how.passes}, {"words", &how.words}, {"threads", &how.threads},
    {"seed", &how.seed}, {"layers", &how.layers}, {"hidden", &how.hidden}, {"word", &how.word},
    {"vector", &how.vector}, {"norm", &how.norm}, {"prefix", &how.prefix}, {"suffix", &how.suffix},
    {"shape", &how.shape}, {"arc", &how.arc}, {"relation", &how.relation}, {"tag", &how.tag}, {"name", &how.name},
    {"vectors", &how.vectors}, {"soft-share", &how.soft_share}, {"teach-words", &how.teach_words},
};
static const struct { const char *name; const char **value; } texts[] = {
    {"sets", &how.sets}, {"data", &how.data}, {"out", &how.out}, {"soft", &how.soft}, {"teach", &how.teach},
    {"measure", &how.measure},
};

static bool option(const char *name, const char *value, Err *e)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(name, texts[i].name) == 0) return *texts[i].value = value, true;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(name, numbers[i].name) != 0) continue;
        char *end;
        *numbers[i].value = strtod(value, &end);
        return (end != value && !*end) || fail(e, ERR_USAGE, "--%s wants a number, not '%s'", name, value);
    }
    return fail(e, ERR_USAGE, "there is no option --%s", name);
}
static bool options(int argc, char **argv, Err *e)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--resume") == 0) { how.resume = true; continue; }
        if (strncmp(argv[i], "--", 2) != 0 && how.n_paths < (int)(sizeof how.path / sizeof *how.path)) {
            how.path[how.n_paths++] = argv[i];
            continue;
        }
        if (i + 1 == argc) return fail(e, ERR_USAGE, "'%s' is no option with a value", argv[i]);
        if (!option(argv[i] + 2, argv[i + 1], e)) return false;
        i++;
    }
    return true;
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct {
    Arena *arena, *scratch;                              /* scratch: the batches of a pass */
    Texts texts;
    SoftText soft;
    Lexicon lexicon;
    Data data;
    Learner learner;
    Plan plan;
    Crew *crew;
    char state[1024];
    double begun, saved;
    Buf log;                                             /* the lines of scores, for the provenance */
} Run;

static Shape shape_of(const Lexicon *l)
{
    Shape s = {.layers = (int32_t)how.layers, .hidden = (int32_t)how.hidden, .word = (int32_t)how.word,
               .vector_in = l->vectors.dim, .vector = (int32_t)how.vector, .norm = (int32_t)how.norm,
               .prefix = (int32_t)how.prefix, .suffix = (int32_t)how.suffix, .shape = (int32_t)how.shape,
               .arc = (int32_t)how.arc, .relation = (int32_t)how.relation, .tag = (int32_t)how.tag,
               .name = (int32_t)how.name, .n_tags = l->tags.n, .n_relations = l->relations.n,
               .n_names = NAME_CLASSES};
    for (int32_t f = 0; f < FEATURES; f++) s.n_rows[f] = l->n_rows[f];
    return s;
}
static Plan plan_of(int32_t batches)
{
    return (Plan){.rate = (float)how.rate,
                  .beta1 = 0.9f,
                  .beta2 = (float)how.beta2,
                  .clip = (float)how.clip,
                  .average = (float)how.average,
                  .warm = (int32_t)how.warm,
                  .steps = (int32_t)(how.passes * batches),
                  .words = (int32_t)how.words,
                  .threads = (int32_t)how.threads,
                  .seed = (uint64_t)how.seed,
                  .drops = {(float)how.drop_word, (float)how.drop_vector, (float)how.drop_input,
                            (float)how.drop_recurrent, (float)how.drop_hidden, (float)how.drop_head}};
}
static Str notes_of(Run *r)
{
    Buf b = {.to = r->scratch};
    buf_add(&b, S("{\"method\": \"neural\", \"options\": {"));
    /* The first two, minutes and save, cut a training into pieces and change nothing of it. */
    for (size_t i = 2; i < sizeof numbers / sizeof *numbers; i++)
        buf_printf(&b, "%s\"%s\": %g", i > 2 ? ", " : "", numbers[i].name, *numbers[i].value);
    buf_printf(&b, "},\n \"sets\": [\n%.*s],\n \"development\": [%.*s]}\n", STR(buf_str(&r->texts.provenance)),
               STR(buf_str(&r->log)));
    return buf_str(&b);
}

/* The development sets' scores as text; returns the mean of LAS and of the names' F1. */
static double scores(const Run *r, const Reader *reader, Buf *b)
{
    double las = 0, f1 = 0;
    for (int32_t i = 0; i < r->data.trees_dev.n; i++) {
        const Samples *s = r->data.trees_dev.v + i;
        TreeScore t = score_trees(reader, &r->lexicon, s);
        double w = 0.01 * (double)t.words;
        las += (double)t.las / w / r->data.trees_dev.n;
        buf_printf(b, "| %.*s UPOS %.2f tag %.2f UAS %.2f LAS %.2f full %.2f ", STR(s->corpus), (double)t.upos / w,
                   (double)t.tag / w, (double)t.uas / w, (double)t.las / w, (double)t.las_full / w);
    }
    buf_add(b, S("| names"));
    for (int32_t i = 0; i < r->data.names_dev.n; i++) {
        const Samples *s = r->data.names_dev.v + i;
        double f = name_f1(score_names(reader, s, !s->v[0].open));
        f1 += f / r->data.names_dev.n;
        buf_printf(b, " %.*s %.2f", STR(s->corpus), f);
    }
    return (las + f1) / 2;
}
/* A line of scores: for people on standard output, for the provenance as JSON. */
static double measure(Run *r, Loss loss, double words_a_second)
{
    Net mean = r->learner.net;
    mean.w = r->learner.mean;
    Reader reader = {&mean, r->lexicon.types.v, &r->lexicon.vectors};
    Buf b = {.to = r->scratch};
    buf_printf(&b, "pass %d step %lld  loss tag %.4f arc %.4f relation %.4f name %.4f ", r->learner.pass + 1,
               (long long)r->learner.step, loss.tag, loss.arc, loss.relation, loss.name);
    double score = scores(r, &reader, &b);
    Str line = buf_str(&b);
    printf("%.*s | %.0f s, %.0f words/s\n", STR(line), seconds_now() - r->begun, words_a_second);
    fflush(stdout);
    buf_printf(&r->log, "%s\n  \"%.*s\"", r->log.n ? "," : "", STR(line));
    r->learner.log = buf_str(&r->log);
    return score;
}

static bool save(Run *r, Err *e)
{
    r->saved = seconds_now();
    return store_write(r->state, &r->lexicon, &r->learner, true, notes_of(r), e);
}
static bool one_pass(Run *r, bool *is_over, Err *e)
{
    Learner *l = &r->learner;
    arena_reset(r->scratch);
    Batches b =
        data_batches(r->scratch, &r->data, r->plan.words, how.soft_share, r->plan.seed * 7919 + (uint64_t)l->pass);
    Reader reader = {&l->net, r->lexicon.types.v, &r->lexicon.vectors};
    Loss *sum = &l->sum;
    double from = seconds_now(), words = 0;
    for (; l->done < b.n; l->done++) {
        if (seconds_now() - r->begun > 60 * how.minutes) { *is_over = true; return save(r, e); }
        if (seconds_now() - r->saved > 60 * how.save && !save(r, e)) return false;
        Loss x = learn_batch(l, &r->plan, r->crew, &reader, b.v + l->done);
        sum->tag += x.tag, sum->arc += x.arc, sum->relation += x.relation, sum->name += x.name;
        words += b.v[l->done].whole.words + b.v[l->done].whole.name_words;
        if ((l->done + 1) % 100 == 0) {
            double n = l->done + 1;
            printf("  %d of %d: tag %.4f arc %.4f relation %.4f name %.4f, %.0f words/s\n", l->done + 1, b.n,
                   sum->tag / n, sum->arc / n, sum->relation / n, sum->name / n, words / (seconds_now() - from));
            fflush(stdout);
        }
    }
    double n = b.n;
    Loss mean = {sum->tag / n, sum->arc / n, sum->relation / n, sum->name / n};
    double score = measure(r, mean, words / (seconds_now() - from));
    l->pass++, l->done = 0, l->sum = (Loss){0};
    if (score * 1000 > l->best) {
        l->best = (int32_t)(score * 1000);
        if (!store_write(how.out, &r->lexicon, l, false, notes_of(r), e)) return false;
    }
    return true;
}
static bool same_labels(const Strs *a, const Strs *b)
{
    bool same = a->n == b->n;
    for (int32_t i = 0; same && i < a->n; i++) same = str_eq(a->v[i], b->v[i]);
    return same;
}
static bool read_soft(Run *r, Err *e)
{
    if (!soft_read(r->arena, how.soft, &r->soft, e)) return false;
    Strs relations, tags = tag_labels(r->arena, &r->texts, &relations);
    if (!same_labels(&tags, &r->soft.tags) || !same_labels(&relations, &r->soft.relations))
        return fail(e, ERR_INPUT, "%s: its teachers learnt from other sets; their classes are not those of %s",
                    how.soft, how.sets);
    buf_printf(&r->texts.provenance, ",\n  {\"role\": \"teacher\", \"sentences\": %d, \"sha256\": \"%s\"}",
               r->soft.sentences.n, r->soft.sha256);
    r->texts.soft = &r->soft;
    return true;
}
static bool prepare(Run *r, Err *e)
{
    snprintf(r->state, sizeof r->state, "%s.state", how.out);
    if (!texts_read(r->arena, how.sets, how.data, &r->texts, e) || (how.soft && !read_soft(r, e))) return false;
    if (how.resume || how.measure) {
        if (!store_read(r->arena, how.measure ? how.measure : r->state, &r->lexicon, &r->learner, e)) return false;
        buf_add(&r->log, r->learner.log);
    } else {
        lexicon_build(r->arena, &r->texts, (int32_t)how.vectors, &r->lexicon);
        Shape s = shape_of(&r->lexicon);
        learner_init(&r->learner, &s, (uint64_t)how.seed);
    }
    data_make(r->arena, &r->texts, &r->lexicon, &r->data);
    r->plan = plan_of(data_batches(r->scratch, &r->data, (int32_t)how.words, how.soft_share, 0).n);
    r->crew = crew_open(&r->learner.net, r->plan.threads);
    const Net *n = &r->learner.net;
    product_begin();
    if (!product_agrees())
        return fail(e, ERR_INPUT, "the fast products of this machine are not right; NEURAL_PLAIN=1 does without them");
    printf(
        "%s; %td weights in the layers, %td in tables (%d norms); %d tags, %d relations; %d steps in all; "
        "products %s\n",
        how.resume ? "going on" : "beginning", n->n_dense, n->n - n->n_dense, n->shape.n_rows[FEATURE_NORM],
        n->shape.n_tags, n->shape.n_relations, r->plan.steps, product_is_fast() ? "on tiles, bf16" : "plain");
    return true;
}
static bool train(Run *r, Err *e)
{
    if (!prepare(r, e)) return false;
    if (how.measure) {
        measure(r, (Loss){0}, 0);
        return true;
    }
    bool is_over = false;
    if (how.n_paths) return fail(e, ERR_USAGE, "'%s' is no option", how.path[0]);
    while (!is_over && r->learner.pass < (int32_t)how.passes)
        if (!one_pass(r, &is_over, e)) return false;
    return save(r, e);
}

static bool teach_all(Err *e)
{
    const char *network[16];
    int32_t n = 0;
    char *list = strdup(how.teach);
    for (char *at = strtok(list, ","); at && n < 16; at = strtok(NULL, ",")) network[n++] = at;
    bool ok = teach(network, n, how.path, how.n_paths, (int64_t)how.teach_words, how.out, e);
    free(list);
    return ok;
}
int main(int argc, char **argv)
{
    static Run r;
    static jmp_buf landing;
    static Arena arena = {.budget = (ptrdiff_t)12 << 30, .landing = &landing},
                 scratch = {.budget = (ptrdiff_t)4 << 30, .landing = &landing};
    Err e = {0};
    r = (Run){
        .arena = &arena, .scratch = &scratch, .begun = seconds_now(), .saved = seconds_now(), .log = {.to = &arena}};
    bool ok = !setjmp(landing) ? options(argc, argv, &e) && (how.teach ? teach_all(&e) : train(&r, &e))
                               : fail(&e, ERR_MEMORY, "the memory of the trainer is used up");
    if (!ok) fprintf(stderr, "train/neural: %s\n", e.text);
    if (r.crew) crew_close(r.crew);
    learner_free(&r.learner);
    arena_close(&arena), arena_close(&scratch);
    return !ok;
}
