/* train/statements: models/statements.en from articles whose statements people marked.
**
**   build/train/statements --data ../data/attribution/train.jsonl --vectors FILE --words FILE --out models/statements.en
**     the articles are read by the runtime's own engine → candidates are asked for by the runtime's own code →
**     five bags learn to choose (learn.c) → what they find in articles kept aside is weighed → threshold → model file
**   … --kept FILE       also writes what was found in the articles kept aside, as records, to be scored
**
** First every eighth article is kept aside: the bags learn from the others, the weights of the last weighing and the threshold
** from these. Then the bags learn anew from all. Nothing else is ever chosen by an article that was learnt from.
**
** Gold marks the outermost statements only. So a word within a marked content is no example, for or against; every other word
** that heads no marked cue is one against.
**
** Always: one thread, one seed: the same articles and core give the same bytes.
*/
#include "base/io.h"
#include "base/json.h"
#include "engine/engine.h"
#include "train/statements/learn.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct { Stretch cue, source, left, right; int32_t head; } Gold;
typedef struct {
    Tree tree;
    Record *record;
    SLICE(Gold) gold;
    uint8_t *in_content, *in_cue;                        /* of each word */
    bool *is_out;                                        /* boilerplate of the annotator's */
    bool is_kept;
} Article;

static struct {
    const char *data, *vectors, *words, *out, *kept, *core;
    int rows, fold;
    LearnOrders learn;
    double low;
} how = {.core = "models/en.dm", .rows = 121000, .fold = 8, .low = -1.6,
         .learn = {.epochs = 6, .seen = 3, .rate = 0.05, .drop = 0.5, .decay = 1e-6, .seed = 1}};

static Arena articles_arena = {.budget = (ptrdiff_t)6 << 30}, scratch = {.budget = (ptrdiff_t)3 << 30};
static jmp_buf landing;

/* ---- gold ---------------------------------------------------------------------------------------------------------- */
static Stretch stretch_of(const Article *x, const Place *place, const Json *span)
{
    int32_t b = place_byte(place, (int32_t)span->first->number), e = place_byte(place, (int32_t)span->first->next->number);
    int32_t from = words_at(x->tree.w, b), to = from;
    while (to < x->tree.n && x->tree.v[to].span.begin < e) to++;
    return from < to ? (Stretch){from, to} : STRETCH_NONE;
}

static Stretch hull_of(const Article *x, const Place *place, const Json *spans)
{
    Stretch s = STRETCH_NONE;
    for (const Json *p = spans ? spans->first : NULL; p; p = p->next) {
        Stretch o = stretch_of(x, place, p);
        if (o.from < 0) continue;
        s = s.from < 0 ? o : (Stretch){o.from < s.from ? o.from : s.from, o.to > s.to ? o.to : s.to};
    }
    return s;
}

static int32_t head_of(const Tree *t, Stretch cue)
{
    int32_t best = -1;
    for (int32_t i = cue.from; i < cue.to; i++) {
        const Node *x = &t->v[i];
        if (x->head >= cue.from && x->head < cue.to) continue;
        if (best >= 0 && (x->is & NODE_PUNCT) && !(t->v[best].is & NODE_PUNCT)) continue;
        bool lifts = best >= 0 && (t->v[best].is & NODE_PUNCT) && !(x->is & NODE_PUNCT);
        if (best < 0 || lifts || x->depth < t->v[best].depth) best = i;
    }
    return best;
}

static void read_gold(Arena *a, Article *x, const Json *object)
{
    Place place = place_of(a, x->record->text);
    const Json *list = json_get(object, S("statements")), *out = json_get(object, S("discard"));
    x->in_content = arena_new(a, uint8_t, x->tree.n + 1);
    x->in_cue = arena_new(a, uint8_t, x->tree.n + 1);
    x->is_out = arena_new(a, bool, x->tree.n + 1);
    for (const Json *p = out ? out->first : NULL; p; p = p->next) {
        Stretch s = stretch_of(x, &place, p);
        for (int32_t i = s.from; i >= 0 && i < s.to; i++) x->is_out[i] = true;
    }
    for (const Json *s = list ? list->first : NULL; s; s = s->next) {
        Gold g = {hull_of(x, &place, json_get(s, S("cue"))), hull_of(x, &place, json_get(s, S("source"))), STRETCH_NONE, STRETCH_NONE, -1};
        if (g.cue.from < 0) continue;
        const Json *content = json_get(s, S("content"));
        for (const Json *p = content ? content->first : NULL; p; p = p->next) {
            Stretch o = stretch_of(x, &place, p);
            if (o.from < 0) continue;
            for (int32_t i = o.from; i < o.to; i++) x->in_content[i] = 1;
            Stretch *side = o.to <= g.cue.from ? &g.left : o.from >= g.cue.to ? &g.right : NULL;
            if (side) *side = side->from < 0 ? o : (Stretch){side->from, o.to};
        }
        for (int32_t i = g.cue.from; i < g.cue.to; i++) x->in_cue[i] = 1;
        g.head = head_of(&x->tree, g.cue);
        if (g.left.from >= 0) g.left = stretch_trimmed(&x->tree, g.left);
        if (g.right.from >= 0) g.right = stretch_trimmed(&x->tree, g.right);
        if (g.source.from >= 0) g.source = stretch_trimmed(&x->tree, g.source);
        if (g.head >= 0) *push(a, &x->gold) = g;
    }
}

/* ---- articles ------------------------------------------------------------------------------------------------------ */
static bool read_article(Arena *a, Engine *engine, const Kinds *kinds, Str line, int number, Article *x, Err *e)
{
    Item item = {.where = arena_printf(a, "%s:%d", how.data, number), .bytes = line, .kind = CONTENT_JSON};
    Json *object;
    x->record = arena_new(a, Record, 1);
    if (!engine_read(engine, a, &item, x->record, e) || !json_read(a, line, &object, e)) return false;
    Words *w = arena_new(a, Words, 1);
    Quotations *q = arena_new(a, Quotations, 1);
    Turns *turns = arena_new(a, Turns, 1);
    *w = words_of(a, x->record);
    *q = quotations_find(a, x->record);
    *turns = turns_find(a, x->record);
    if (!tree_of(a, x->record, w, q, turns, kinds, &x->tree)) return fail(e, ERR_INPUT, "%s:%d: not English, or empty", how.data, number);
    read_gold(a, x, object);
    x->is_kept = how.fold > 0 && number % how.fold == 0;
    return true;
}

/* ---- examples ------------------------------------------------------------------------------------------------------ */
static int32_t choice_of(const Choices *c, Stretch s)
{
    for (int32_t i = 0; i < c->choices.n; i++)
        if (c->choices.v[i].at.from == s.from && c->choices.v[i].at.to == s.to) return i;
    return -1;
}

static void add_or_miss(Task *t, const Choices *c, Stretch gold)
{
    int32_t at = choice_of(c, gold);
    if (at >= 0) task_add(t, c, at);
    else t->n_missed++;
}

static void add_examples(const Article *x, Task *task, Choices *c)
{
    const Tree *t = &x->tree;
    uint8_t *is_head = calloc((size_t)t->n + 1, 1);
    if (!is_head) abort();
    for (int32_t i = 0; i < x->gold.n; i++) is_head[x->gold.v[i].head] = 1;
    for (int32_t i = 0; i < t->n; i++) {
        if (x->is_out[i] || (t->v[i].is & NODE_MARK) || (x->in_content[i] && !x->in_cue[i])) continue;
        cue_ask(t, i, c);
        task_add(&task[TASK_CUE], c, is_head[i]);
    }
    free(is_head);
    for (int32_t i = 0; i < x->gold.n; i++) {
        const Gold *g = &x->gold.v[i];
        cue_span_ask(t, g->head, c);
        add_or_miss(&task[TASK_CUE_SPAN], c, g->cue);
        source_ask(t, g->head, g->cue, c);
        add_or_miss(&task[TASK_SOURCE], c, g->source);
        content_ask(t, g->head, g->cue, g->source, false, c);
        add_or_miss(&task[TASK_LEFT], c, g->left);
        content_ask(t, g->head, g->cue, g->source, true, c);
        add_or_miss(&task[TASK_RIGHT], c, g->right);
    }
}

static void learn_all(const Article *articles, int32_t n, bool keeps_aside, Task *task)
{
    static const char *const names[] = {"cue", "cue's reach", "source", "content before", "content behind"};
    Choices c = {.a = &scratch};
    for (int32_t i = 0; i < n; i++)
        if (!keeps_aside || !articles[i].is_kept) add_examples(&articles[i], task, &c);
    for (int k = 0; k < TASK_COUNT; k++) {
        double begin = io_seconds();
        LearnOrders orders = how.learn;
        if (k != TASK_CUE) orders.epochs += 2;
        task_learn(&task[k], &orders);
        io_note("%-14s %7lld groups, %6lld golds no candidate, %7d features, loss %.4f, %.0f s", names[k], (long long)task[k].groups.n,
                (long long)task[k].n_missed, (int)task[k].n_rows, task[k].loss, io_seconds() - begin);
    }
    arena_reset(&scratch);
}

static Str bag_bytes(Arena *a, const Task *task)
{
    Buf b = {.to = a};
    tasks_write(a, task, TASK_COUNT, how.rows, &b);
    char *at = arena_take(a, b.n, 64);                   /* a section begins at a multiple of 64 */
    memcpy(at, b.p, (size_t)b.n);
    return (Str){at, b.n};
}

/* ---- the last weighing ----------------------------------------------------------------------------------------------- */
typedef struct { float fact[FOUND_FACTS]; bool is_right; double p; } Weighed;
typedef SLICE(Weighed) AllWeighed;

static bool overlap(Stretch a, Stretch b) { return a.from < b.to && b.from < a.to; }

/* What was found in an article kept aside: right where it meets a marked cue. Within a marked content nobody knows. */
static void judge_found(Arena *a, const Article *x, const Founds *found, AllWeighed *all, int32_t *n_gold)
{
    for (int32_t i = 0; i < found->n; i++) {
        const Found *f = &found->v[i];
        bool is_right = false;
        for (int32_t k = 0; k < x->gold.n && !is_right; k++) is_right = overlap(f->cue, x->gold.v[k].cue);
        if (!is_right && (x->in_content[f->head] || x->is_out[f->head])) continue;
        Weighed *w = push(a, all);
        memcpy(w->fact, f->fact, sizeof w->fact);
        w->is_right = is_right;
    }
    *n_gold += x->gold.n;
}

/* Logistic regression by plain gradient descent, whole batches: few numbers, one order. */
static void fit(AllWeighed *all, float *weight)
{
    double w[FOUND_FACTS + 1] = {1}, mean[FOUND_FACTS] = {0}, spread[FOUND_FACTS] = {0};
    for (int k = 0; k < FOUND_FACTS; k++) {
        for (int32_t i = 0; i < all->n; i++) mean[k] += (double)all->v[i].fact[k] / all->n;
        for (int32_t i = 0; i < all->n; i++) spread[k] += pow((double)all->v[i].fact[k] - mean[k], 2) / all->n;
        spread[k] = sqrt(spread[k]) + 1e-6;
    }
    for (int step = 0; step < 2000; step++) {
        double g[FOUND_FACTS + 1] = {0};
        for (int32_t i = 0; i < all->n; i++) {
            double odds = w[FOUND_FACTS];
            for (int k = 0; k < FOUND_FACTS; k++) odds += w[k] * ((double)all->v[i].fact[k] - mean[k]) / spread[k];
            double by = statement_share(odds) - (all->v[i].is_right ? 1 : 0);
            for (int k = 0; k < FOUND_FACTS; k++) g[k] += by * ((double)all->v[i].fact[k] - mean[k]) / spread[k];
            g[FOUND_FACTS] += by;
        }
        for (int k = 0; k <= FOUND_FACTS; k++) w[k] -= 1.0 * g[k] / all->n;
    }
    double constant = w[FOUND_FACTS];
    for (int k = 0; k < FOUND_FACTS; k++) constant -= w[k] * mean[k] / spread[k], weight[k] = (float)(w[k] / spread[k]);
    weight[FOUND_FACTS] = (float)constant;
}

static int by_p(const void *a, const void *b)
{
    double x = ((const Weighed *)a)->p, y = ((const Weighed *)b)->p;
    return x > y ? -1 : x < y;
}

/* The threshold with the best F1 of noticing marked statements. */
static void choose_threshold(AllWeighed *all, int32_t n_gold, StatementModel *m)
{
    for (int32_t i = 0; i < all->n; i++) {
        double odds = (double)m->weight[FOUND_FACTS];
        for (int k = 0; k < FOUND_FACTS; k++) odds += (double)m->weight[k] * (double)all->v[i].fact[k];
        all->v[i].p = statement_share(odds);
    }
    qsort(all->v, (size_t)all->n, sizeof *all->v, by_p);
    double best = 0;
    int32_t right = 0;
    for (int32_t i = 0; i < all->n; i++) {
        right += all->v[i].is_right;
        double f1 = 2.0 * right / (i + 1 + n_gold);
        if (f1 > best) best = f1, m->threshold = (float)all->v[i].p;
    }
    io_note("kept aside: %d marked, F1 of cues met %.1f at p %.3f", (int)n_gold, 100 * best, (double)m->threshold);
}

static bool weigh_kept(Arena *a, const Article *articles, int32_t n, StatementModel *m)
{
    AllWeighed all = {0};
    int32_t n_gold = 0;
    for (int32_t i = 0; i < n; i++) {
        if (!articles[i].is_kept) continue;
        Founds found = statements_find(&scratch, &articles[i].tree, m, true);
        judge_found(a, &articles[i], &found, &all, &n_gold);
        arena_reset(&scratch);
    }
    if (!all.n) return false;
    fit(&all, m->weight);
    choose_threshold(&all, n_gold, m);
    return true;
}

/* ---- what was found, as records for the scorer ------------------------------------------------------------------------ */
static void put_stretch(Buf *b, const Article *x, const Place *place, Stretch s, const char *between)
{
    if (s.from < 0) return;
    CpSpan p = place_span(place, (Span){x->tree.v[s.from].span.begin, x->tree.v[s.to - 1].span.end});
    buf_printf(b, "%s[%d,%d]", between, p.begin, p.end);
}

static void put_found(Buf *b, const Article *x, const Founds *found)
{
    Place place = place_of(b->to, x->record->text);
    buf_add(b, S("{\"id\":"));
    json_put_str(b, x->record->id);
    buf_add(b, S(",\"statements\":["));
    for (int32_t i = 0; i < found->n; i++) {
        const Found *f = &found->v[i];
        buf_add(b, i ? S(",{\"cue\":[") : S("{\"cue\":["));
        put_stretch(b, x, &place, f->cue, "");
        buf_add(b, S("],\"source\":["));
        put_stretch(b, x, &place, f->source, "");
        buf_add(b, S("],\"content\":["));
        put_stretch(b, x, &place, f->left, "");
        put_stretch(b, x, &place, f->right, f->left.from >= 0 ? "," : "");
        buf_printf(b, "],\"p\":%.3f}", f->p);
    }
    buf_add(b, S("]}\n"));
}

static bool write_kept(Arena *a, const Article *articles, int32_t n, const StatementModel *m, Err *e)
{
    Buf b = {.to = a};
    for (int32_t i = 0; i < n; i++) {
        if (!articles[i].is_kept) continue;
        Founds found = statements_find(&scratch, &articles[i].tree, m, false);
        put_found(&b, &articles[i], &found);
        arena_reset(&scratch);
    }
    return io_write_file(how.kept, buf_str(&b), e);
}

typedef struct { const char *articles, *vectors; int32_t n; } Provenance;    /* hashes of what was read */

static bool write_model(Arena *a, const StatementModel *m, Str bag, Str kinds, Provenance from, Err *e)
{
    ModelSections sections = {0};
    Buf weights = {.to = a}, provenance = {.to = a}, out = {.to = a};
    model_put_bytes(&weights, (Str){(const char *)m->weight, sizeof m->weight}, 4);
    model_put_bytes(&weights, (Str){(const char *)&m->low, sizeof m->low}, 4);
    model_put_bytes(&weights, (Str){(const char *)&m->threshold, sizeof m->threshold}, 4);
    buf_printf(&provenance, "{\"language\": \"en\", \"sets\": [{\"corpus\": \"PolNeAR 1.0\", \"file\": \"train.jsonl\", \"licence\": \"none stated\", "
               "\"articles\": %d, \"sha256\": \"%s\"}, {\"corpus\": \"GloVe 6B, 100 dimensions\", \"licence\": \"PDDL 1.0\", "
               "\"sha256\": \"%s\"}], \"seed\": %d}", from.n, from.articles, from.vectors, (int)how.learn.seed);
    *push(a, &sections) = (ModelSection){S("provenance"), buf_str(&provenance)};
    *push(a, &sections) = (ModelSection){S("weights"), buf_str(&weights)};
    *push(a, &sections) = (ModelSection){S("kinds"), kinds};
    *push(a, &sections) = (ModelSection){S("bag"), bag};
    model_write(&sections, &out);
    return io_write_file(how.out, buf_str(&out), e);
}

/* ---- the order of it ---------------------------------------------------------------------------------------------------- */
static bool train(Arena *a, Engine *engine, Err *e)
{
    IoFile f;
    if (!io_open(&f, how.data, 1 << 30, e)) return false;
    char sha256[65], vectors_sha256[65];
    StatementModel m = {.low = (float)how.low, .weight = {1}};
    Str kinds;
    hash_sha256(f.bytes, sha256);
    if (!kinds_make(a, how.vectors, how.words, how.learn.seed, &kinds, vectors_sha256, e) || !kinds_of(kinds, &m.kinds, e)) {
        io_close(&f);
        return false;
    }
    SLICE(Article) articles = {0};
    Str rest = f.bytes, line;
    bool ok = true;
    for (int number = 1; ok && str_split(&rest, '\n', &line); number++)
        if (line.n) ok = read_article(a, engine, &m.kinds, line, number, push(a, &articles), e);
    Task task[TASK_COUNT];
    for (int k = 0; k < TASK_COUNT; k++) task[k] = (Task){.task = (StatementTask)k};
    if (ok && how.fold > 0) {
        io_note("%d articles read; every %dth kept aside", (int)articles.n, how.fold);
        learn_all(articles.v, articles.n, true, task);
        ok = bag_of(bag_bytes(a, task), &m.bag, e) && (weigh_kept(a, articles.v, articles.n, &m) || fail(e, ERR_INPUT, "nothing found"));
        if (ok && how.kept) ok = write_kept(a, articles.v, articles.n, &m, e);
        for (int k = 0; k < TASK_COUNT; k++) task_forget(&task[k]);
    }
    if (ok && how.out) {
        learn_all(articles.v, articles.n, false, task);
        ok = write_model(a, &m, bag_bytes(a, task), kinds, (Provenance){sha256, vectors_sha256, articles.n}, e);
    }
    io_close(&f);
    return ok;
}

static bool read_orders(int argc, char **argv, Err *e)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        Str name = str_of(argv[i]);
        const char *value = argv[i + 1];
        if (str_eq(name, S("--data"))) how.data = value;
        else if (str_eq(name, S("--vectors"))) how.vectors = value;
        else if (str_eq(name, S("--words"))) how.words = value;
        else if (str_eq(name, S("--out"))) how.out = value;
        else if (str_eq(name, S("--kept"))) how.kept = value;
        else if (str_eq(name, S("--core"))) how.core = value;
        else if (str_eq(name, S("--rows"))) how.rows = atoi(value);
        else if (str_eq(name, S("--fold"))) how.fold = atoi(value);
        else if (str_eq(name, S("--epochs"))) how.learn.epochs = atoi(value);
        else if (str_eq(name, S("--seen"))) how.learn.seen = atoi(value);
        else if (str_eq(name, S("--rate"))) how.learn.rate = atof(value);
        else if (str_eq(name, S("--drop"))) how.learn.drop = atof(value);
        else if (str_eq(name, S("--decay"))) how.learn.decay = atof(value);
        else if (str_eq(name, S("--seed"))) how.learn.seed = (uint64_t)atoll(value);
        else return fail(e, ERR_USAGE, "no option '%s'", argv[i]);
    }
    if (!how.data || !how.vectors || !how.words)
        return fail(e, ERR_USAGE, "give --data FILE.jsonl, --vectors FILE, --words FILE, and --out FILE or --kept FILE");
    return true;
}

int main(int argc, char **argv)
{
    Err e = {0};
    if (setjmp(landing)) {
        io_note("out of memory");
        return 1;
    }
    articles_arena.landing = scratch.landing = &landing;
    Model *core = read_orders(argc, argv, &e) ? model_open(how.core, &e) : NULL;
    Engine *engine = core ? engine_open(&(EngineOptions){.workers = 1, .tokens = true, .words_only = true, .model = core, .budget = (ptrdiff_t)6 << 30}, &e) : NULL;
    bool ok = engine && train(&articles_arena, engine, &e);
    if (!ok) io_note("%s", e.text);
    engine_close(engine);
    model_close(core);
    return ok ? 0 : 1;
}
