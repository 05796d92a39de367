/* Trains the scorer of doubtful gaps (src/text/doubt.c) on treebanks, and says how well it cuts.
**
**   train OUT [NAME=VALUE …] FILE.conllu… PLAIN.txt…      (make.sh beside it gathers the files)
**
** A treebank's raw text is put together as its paragraphs say; its paragraphs are read into rows of stretches by the
** runtime's own code, and every gap that the rules doubt is an example. The scorer is a logistic regression over hashed
** features, fitted by stochastic gradient with steps per feature (Duchi, Hazan and Singer 2011, section 1.1), in
** several passes: the first see the true sentence begins, the later ones those that the scorer itself chose, as it
** will have to live with them. Documents whose id holds a word of `without` are left out: their licence forbids the
** use. With fold=0…4 every fifth document is kept back and the sentence scores on it are told; fold=-1 learns from
** all.
**
** Always: one thread, one seed, no clock: the same data gives the same file.
*/
#include "base/io.h"
#include "text/inside.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    int passes, fold, free;                              /* free: passes that see the true begins */
    int cut;                                             /* written with the weights; log-odds × 100 */
    int seen;                                            /* a feature must have spoken so often */
    int tell;                                            /* the wrong answers of the fold, one a line */
    double plain;                                        /* how much an example of the plain texts weighs */
    double rate, decay;                                  /* of learning; of weights, each time they are used */
    double least, top;                                   /* weights below are dropped; this share is not clipped */
    uint64_t seed;
    const char *without;
} how = {.passes = 10, .fold = -1, .free = 5, .seen = 2, .plain = 0.6, .rate = 0.1, .decay = 1e-4, .least = 0.02,
         .top = 0.999, .seed = 1, .without = "GUM_essay_,GUM_letter_,GUM_podcast_,GUM_fiction_,GUM_whow_"};

/* ends: the byte behind each sentence; is_plain: unlabelled talk and speeches, of which only this is known: where no
   stop stands, no sentence ends */
typedef struct { Str text; Ints ends; Str doc; int32_t fold; bool is_plain; } Sample;
typedef SLICE(Sample) Samples;
static Arena arena = {.budget = (ptrdiff_t)4 << 30}, scratch = {.budget = (ptrdiff_t)1 << 30};
static jmp_buf landing;
static Samples paras;
enum { FEATURES_MAX = 1 << 23 };
static float *weight, *seen;                             /* of places: in `met`, then in the table */
static DoubtTable table;
static float one;                                        /* a whole step in log-odds */

/* ---- word classes: the commonest of each word that the treebanks have CLASS_SEEN times --------------------------- */
enum { CLASS_SEEN = 3, WORDS_MAX = 1 << 17 };
static struct { uint32_t word; int32_t n, of[20]; } counted[WORDS_MAX];
static const char *const upos[] = {"",     "ADJ",  "ADP",   "ADV",  "AUX",   "CCONJ", "DET",   "INTJ", "NOUN",
                                   "NUM",  "PART", "PRON",  "PROPN", "PUNCT", "SCONJ", "SYM",  "VERB", "X"};

static void count_word(Str form, Str tag)
{
    uint32_t word = stretch_hash(form), i = word * 0x9E3779B9u >> 15;
    while (counted[i].n && counted[i].word != word) i = (i + 1) % WORDS_MAX;
    counted[i].word = word;
    counted[i].n++;
    for (int k = 1; k < 18; k++) counted[i].of[k] += str_eq(tag, str_of(upos[k]));
}

static void choose_classes(void)
{
    static int32_t best_n[1 << CLASS_BITS];
    int32_t n = 0;
    for (uint32_t i = 0; i < WORDS_MAX; i++) {
        uint32_t at = class_bucket(counted[i].word);
        int best = 1;
        for (int k = 2; k < 18; k++)
            if (counted[i].of[k] > counted[i].of[best]) best = k;
        if (counted[i].n < CLASS_SEEN || counted[i].n <= best_n[at] || best == 13) continue;
        n += !best_n[at];
        best_n[at] = counted[i].n;
        table.check[at] = class_check(counted[i].word);
        table.class[at] = (uint8_t)best;
    }
    printf("%d words have a class\n", n);
}

/* ---- treebanks ------------------------------------------------------------------------------------------------ */
static bool is_left_out(Str doc)
{
    Str rest = str_of(how.without), part;
    while (str_split(&rest, ',', &part))
        if (part.n && str_find(doc, part) >= 0) return true;
    return false;
}

static Str column(Str line, int k)
{
    Str piece = {0};
    for (int i = 0; i <= k; i++)
        if (!str_split(&line, '\t', &piece)) return (Str){0};
    return piece;
}

static void read_treebank(Str bytes)
{
    Str line, doc = {0}, text = {0}, written = {0};
    Buf b = {.to = &arena};
    Ints ends = {0};
    int32_t n_docs = 0, last = 0;
    bool glue = false, begins = true, out = false;
    for (bool more = true; more;) {
        more = str_split(&bytes, '\n', &line);
        bool new_doc = str_starts(line, S("# newdoc"));
        bool new_par = str_starts(line, S("# newpar")) && !str_starts(line, S("# newpar_"));
        if (!more || new_doc || new_par) begins = true;
        if (new_doc) n_docs++;
        if (str_starts(line, S("# newdoc id = "))) { doc = str_sub(line, 14, line.n); out = is_left_out(doc); }
        if (str_starts(line, S("# text = "))) {
            text = str_sub(line, 9, line.n);
            last = 0;
        }
        if (begins && (!more || text.n) && ends.n) {
            *push(&arena, &paras) = (Sample){buf_str(&b), ends, doc, n_docs % 5, false};
            b = (Buf){.to = &arena};
            ends = (Ints){0};
        }
        if (text.n) {
            if (!begins && !glue && ends.n) buf_char(&b, ' ');
            begins = false;
            if (!out) { buf_add(&b, text); *push(&arena, &ends) = (int32_t)b.n; }
            text.n = 0;
        }
        if (line.n && ascii_is_digit(line.p[0])) {
            Str id = column(line, 0);
            ptrdiff_t dash = str_find(id, S("-"));
            bool counts = !out && n_docs % 5 != how.fold;
            if (dash > 0) written = column(line, 1);
            else if (written.n || atoi(id.p) > last) {
                if (counts) count_word(written.n ? written : column(line, 1), column(line, 3));
                written.n = 0;
            }
            if (dash > 0) last = atoi(id.p + dash + 1);
            if (dash > 0 || atoi(id.p) > last) glue = str_find(column(line, 9), S("SpaceAfter=No")) >= 0;
        }
    }
}

static void read_plain(Str bytes)
{
    Str line;
    while (str_split(&bytes, '\n', &line))
        if (line.n) *push(&arena, &paras) = (Sample){.text = line, .fold = -2, .is_plain = true};
}

/* ---- cutting -------------------------------------------------------------------------------------------------- */
static bool is_end(const Sample *p, const Stretches *row, int32_t i)
{
    for (int32_t k = 0; k < p->ends.n; k++)
        if (p->ends.v[k] >= row->stretch.v[i - 1].end && p->ends.v[k] <= row->stretch.v[i].begin) return true;
    return false;
}

/* Features become places in the table; those that are not in it are left out. */
static void place(const Doubt *d, Doubt *to)
{
    to->n = 0;
    for (int32_t k = 0; k < d->n; k++) {
        int32_t at = doubt_place(&table, d->v[k]);
        if (at >= 0) to->v[to->n++] = (uint32_t)at;
    }
}

static double score(const Doubt *placed)
{
    double sum = 0;
    for (int32_t k = 0; k < placed->n; k++) sum += (double)weight[placed->v[k]];
    return sum;
}

static Stretches row_of(const Sample *p)                 /* lives in the scratch until the next one */
{
    Stretches row;
    arena_reset(&scratch);
    row_read(&scratch, p->text, (Span){0, (int32_t)p->text.n}, &row);
    return row;
}

/* ---- which features: the commonest, in the examples that are learnt from ---------------------------------------- */
static struct { uint32_t feature; int32_t n; float worth; } *met;

static void meet(const Sample *p)
{
    Stretches row = row_of(p);
    for (int32_t i = 1; i < row.stretch.n; i++) {
        Doubt d;
        Gap gap = row_gap(&row, i, &d);
        for (int32_t k = 0; gap == GAP_DOUBT && k < d.n; k++) {
            uint32_t at = d.v[k] * 0x9E3779B9u >> 9;
            while (met[at].n && met[at].feature != d.v[k]) at = (at + 1) % FEATURES_MAX;
            met[at].feature = d.v[k];
            met[at].n++;
        }
        row_step(&row, i, p->is_plain ? gap == GAP_YES || (gap == GAP_DOUBT && d.rule) : is_end(p, &row, i));
    }
}

static void learn(const Doubt *placed, bool truth, double by)
{
    double p = 1 / (1 + exp(-score(placed))), g = by * (p - truth);
    for (int32_t k = 0; k < placed->n; k++) {
        float *w = &weight[placed->v[k]], *s = &seen[placed->v[k]];
        double step = g + how.decay * *w * 1000;
        *s += (float)(step * step);
        *w -= (float)(how.rate * step / sqrt(1e-3 + *s));
    }
}

static void learn_from(const Sample *p, bool is_led)
{
    Stretches row = row_of(p);
    for (int32_t i = 1; i < row.stretch.n; i++) {
        Doubt d;
        Gap gap = row_gap(&row, i, &d);
        bool truth = is_end(p, &row, i), ends = gap == GAP_YES;
        if (gap == GAP_DOUBT) {
            Doubt placed;
            place(&d, &placed);
            ends = score(&placed) > 0;
            if (!p->is_plain) learn(&placed, truth, 1);
            else if (d.is_bare) learn(&placed, false, how.plain);
            else ends = d.rule;
        }
        row_step(&row, i, is_led && !p->is_plain ? truth : ends);
    }
}

static void learn_all(void)
{
    int32_t *order = arena_new(&arena, int32_t, paras.n), n = 0;
    Rng rng = rng_seed(how.seed);
    for (int32_t i = 0; i < paras.n; i++)
        if (paras.v[i].fold != how.fold) order[n++] = i;
    double rate = how.rate;
    for (int pass = 0; pass < how.passes; pass++) {
        how.rate = rate * (1 - 0.9 * pass / how.passes);
        for (int32_t i = n - 1; i > 0; i--) {
            int32_t k = rng_below(&rng, i + 1), t = order[i];
            order[i] = order[k];
            order[k] = t;
        }
        for (int32_t i = 0; i < n; i++) learn_from(&paras.v[order[i]], pass < how.free);
    }
}

static int by_worth(const void *a, const void *b)
{
    const __typeof__(*met) *x = a, *y = b;
    if (x->worth != y->worth) return x->worth < y->worth ? 1 : -1;
    return (x->feature > y->feature) - (x->feature < y->feature);
}

/* The commonest get places: choosing those of the largest weights in a wider table did worse (89.5 for 90.0). */
static void choose_features(void)
{
    int32_t n = 0;
    met = arena_new(&arena, __typeof__(*met), FEATURES_MAX);
    weight = arena_new(&arena, float, FEATURES_MAX);
    seen = arena_new(&arena, float, FEATURES_MAX);
    for (int32_t i = 0; i < paras.n; i++)
        if (paras.v[i].fold != how.fold && !paras.v[i].is_plain) meet(&paras.v[i]);
    for (int32_t i = 0; i < FEATURES_MAX; i++) met[i].worth = met[i].n >= how.seen ? (float)met[i].n : 0;
    qsort(met, FEATURES_MAX, sizeof *met, by_worth);
    for (int32_t i = 0; i < FEATURES_MAX && met[i].worth > 0; i++) {
        uint32_t feature = met[i].feature;
        int32_t at = (int32_t)(feature >> (32 - DOUBT_BITS));
        if (doubt_place(&table, feature) >= 0) continue;
        if (table.feature[at].check) at ^= 1;
        if (table.feature[at].check) continue;
        table.feature[at].check = doubt_check(feature);
        n++;
    }
    memset(weight, 0, sizeof *weight << DOUBT_BITS);
    memset(seen, 0, sizeof *seen << DOUBT_BITS);
    printf("%d features have a place\n", n);
}

/* ---- judging -------------------------------------------------------------------------------------------------- */
typedef struct { int32_t gold, found, right, wrong_bare; } Tally;

static int32_t whole_score(const Doubt *d)
{
    Doubt placed;
    int32_t sum = 0;
    place(d, &placed);
    for (int32_t k = 0; k < placed.n; k++) sum += table.feature[placed.v[k]].weight;
    return sum;
}

static void judge(const Sample *p, int32_t cut, Tally *t)
{
    Stretches row = row_of(p);
    int32_t begin = 0;
    for (int32_t i = 1; i <= row.stretch.n; i++) {
        Doubt d;
        Gap gap = i < row.stretch.n ? row_gap(&row, i, &d) : GAP_YES;
        bool ends = gap == GAP_DOUBT ? cut == INT32_MAX ? d.rule : whole_score(&d) > cut : gap == GAP_YES;
        if (ends) {
            int32_t end = row.stretch.v[i - 1].end, from = 0;
            t->found++;
            for (int32_t k = 0; k < p->ends.n; from = p->ends.v[k++]) {
                t->right += p->ends.v[k] == end && char_skip_blanks(p->text, from, p->text.n) == begin;
            }
            if (i < row.stretch.n) begin = row.stretch.v[i].begin;
        }
        if (i < row.stretch.n) row_step(&row, i, ends);
    }
    t->gold += p->ends.n;
}

/* The wrong answers, to learn from. */
static void tell(const Sample *p, int32_t cut)
{
    Stretches row = row_of(p);
    for (int32_t i = 1; i < row.stretch.n; i++) {
        Doubt d = {0};
        Gap gap = row_gap(&row, i, &d);
        int32_t sum = gap == GAP_DOUBT ? whole_score(&d) : 0, at = row.stretch.v[i].begin;
        bool ends = gap == GAP_DOUBT ? sum > cut : gap == GAP_YES, truth = is_end(p, &row, i);
        if (ends != truth)
            printf("%s %d %5.1f  %.*s ▮ %.*s\n", truth ? "MISS" : "EXTRA", gap, (double)sum * (double)one,
                   STR(str_sub(p->text, at > 70 ? at - 70 : 0, at)), STR(str_sub(p->text, at, at + 60)));
        row_step(&row, i, ends);
    }
}

static double f1(const Tally *t) { return 200.0 * t->right / (t->gold + t->found); }

static void judge_all(const char *name, int32_t cut)
{
    Tally ewt = {0}, gum = {0};
    for (int32_t i = 0; i < paras.n; i++)
        if (!paras.v[i].is_plain && (how.fold < 0 || paras.v[i].fold == how.fold))
            judge(&paras.v[i], cut, str_starts(paras.v[i].doc, S("GUM")) ? &gum : &ewt);
    printf("cut %5s  EWT P %.2f R %.2f F %.2f   GUM P %.2f R %.2f F %.2f\n", name,
           100.0 * ewt.right / (ewt.found + !ewt.found), 100.0 * ewt.right / (ewt.gold + !ewt.gold), f1(&ewt),
           100.0 * gum.right / (gum.found + !gum.found), 100.0 * gum.right / (gum.gold + !gum.gold), f1(&gum));
}

/* ---- writing -------------------------------------------------------------------------------------------------- */
static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

enum { WHOLE_MAX = 46 };                                 /* 'P' ± 46 is printable */
static void quantize(void)
{
    int32_t n = 0;
    float *size = arena_new(&arena, float, 1 << DOUBT_BITS);
    for (int32_t i = 0; i < 1 << DOUBT_BITS; i++)
        if (weight[i] != 0) size[n++] = fabsf(weight[i]);
    qsort(size, (size_t)n, sizeof *size, by_size);
    one = n ? size[(int32_t)((n - 1) * how.top)] / WHOLE_MAX : 1;
    int32_t left = 0;
    for (int32_t i = 0; i < 1 << DOUBT_BITS; i++) {
        double w = fabs((double)weight[i]) < how.least ? 0 : round((double)weight[i] / (double)one);
        table.feature[i].weight = (int8_t)(w > WHOLE_MAX ? WHOLE_MAX : w < -WHOLE_MAX ? -WHOLE_MAX : w);
        left += table.feature[i].weight != 0;
    }
    printf("%d of %d weights are seen, %d written, a step is %.4f\n", n, 1 << DOUBT_BITS, left, (double)one);
}

static void write_weights(const char *path)
{
    FILE *f = fopen(path, "wb");
    if (!f) { perror(path); exit(1); }
    fprintf(f, "# Weights of src/text/doubt.c, made by train/sentence/train.c, seed %d, %d passes; see models/NOTICE\n",
            (int)how.seed, how.passes);
    fprintf(f, "cut %d\n", (int)lround(how.cut / 100.0 / (double)one));
    for (int32_t i = 0; i < 1 << CLASS_BITS; i++) {
        if (i % 64 == 0) fputs("= ", f);
        fputc(table.class[i] ? table.check[i] : ' ', f);
        fputc(table.class[i] ? '@' + table.class[i] : ' ', f);
        if (i % 64 == 63) fputc('\n', f);
    }
    for (int32_t i = 0; i < 1 << DOUBT_BITS; i++) {
        if (i % 64 == 0) fputs("~ ", f);
        fputc(table.feature[i].weight ? table.feature[i].check : ' ', f);
        fputc('P' + table.feature[i].weight, f);
        if (i % 64 == 63) fputc('\n', f);
    }
    fclose(f);
}

int main(int argc, char **argv)
{
    arena.landing = scratch.landing = &landing;
    if (setjmp(landing)) { fprintf(stderr, "out of memory\n"); return 1; }
    for (int i = 2; i < argc; i++) {
        Err e = {0};
        IoFile file;
        char *eq = strchr(argv[i], '=');
        if (eq) {
            double v = atof(eq + 1);
            Str name = {argv[i], eq - argv[i]};
            if (str_eq(name, S("passes"))) how.passes = (int)v;
            else if (str_eq(name, S("fold"))) how.fold = (int)v;
            else if (str_eq(name, S("cut"))) how.cut = (int)v;
            else if (str_eq(name, S("free"))) how.free = (int)v;
            else if (str_eq(name, S("plain"))) how.plain = v;
            else if (str_eq(name, S("tell"))) how.tell = (int)v;
            else if (str_eq(name, S("seen"))) how.seen = (int)v;
            else if (str_eq(name, S("rate"))) how.rate = v;
            else if (str_eq(name, S("decay"))) how.decay = v;
            else if (str_eq(name, S("least"))) how.least = v;
            else if (str_eq(name, S("top"))) how.top = v;
            else if (str_eq(name, S("seed"))) how.seed = (uint64_t)v;
            else { fprintf(stderr, "no option '%s'\n", argv[i]); return 2; }
        } else if (io_open(&file, argv[i], 1 << 30, &e)) {
            Str bytes = arena_str(&arena, file.bytes);
            io_close(&file);
            if (str_ends(str_of(argv[i]), S(".conllu"))) read_treebank(bytes);
            else read_plain(bytes);
        }
        else { fprintf(stderr, "%s\n", e.text); return 1; }
    }
    if (argc < 3) { fprintf(stderr, "usage: train OUT [NAME=VALUE ...] FILE.conllu...\n"); return 2; }
    choose_classes();
    doubt_use(&table);
    choose_features();
    learn_all();
    quantize();
    judge_all("rules", INT32_MAX);
    for (int k = -8; k <= 4; k++) {
        char name[8];
        snprintf(name, sizeof name, "%.2f", k * 0.25);
        judge_all(name, (int32_t)lround(k * 0.25 / (double)one));
    }
    for (int32_t i = 0; how.tell && i < paras.n; i++)
        if (paras.v[i].fold == how.fold) tell(&paras.v[i], (int32_t)lround(how.cut / 100.0 / (double)one));
    write_weights(argv[1]);
    return 0;
}
