/* train/language: one command, one table of sets, one seed, one model file.
**
**   build/train/language --sets train/en.sets --data ../data --out models/en.dm
**     clusters → tagger → parser → names → models/en.dm, with its provenance inside
**   build/train/language … --only parser parse.passes=4
**     what the other steps left in the folder --cache is taken from there, one step is run anew with an option changed
**
** A step's cache is a model file of its own: its sections, its scores, and for the tagger also the tags that it gave to
** all sentences. Nothing is compared: who changes a step's source runs the step again.
**
** Always: the same sets, seed and options give the same bytes. Exit status 0, or 1 with a sentence on standard error.
*/
#include "train/language/train_language.h"
#include "base/io.h"
#include <string.h>

enum { ARENA_BUDGET_GB = 16 };

/* sections: their first letters */
typedef struct { const char *name; bool (*run)(Train *t, Err *e); const char *sections; } Step;
static const Step steps[] = {
    {"clusters", train_clusters, "words"},
    {"tagger", train_tagger, "tag.,lemma.,cache.tags"},
    {"parser", train_parser, "parse."},
    {"names", train_names, "name."},
};
enum { STEPS = sizeof steps / sizeof steps[0] };

typedef struct { const char *sets, *data, *out, *cache, *only, *lang; uint64_t seed; } Orders;

/* ---- what is read ------------------------------------------------------------------------------------------------ */
static void put_set(Buf *b, const Set *s, const char *sha256, int32_t n)
{
    buf_add(b, b->n ? S(",\n  {\"role\": ") : S("  {\"role\": "));
    json_put_str(b, s->role);
    buf_add(b, S(", \"corpus\": "));
    json_put_str(b, s->corpus);
    buf_add(b, S(", \"file\": "));
    Str file = s->path;
    for (ptrdiff_t at; (at = str_find(file, S("/"))) >= 0;) file = str_sub(file, at + 1, file.n);
    json_put_str(b, file);
    buf_add(b, S(", \"licence\": "));
    json_put_str(b, s->licence);
    buf_add(b, S(", \"without\": ["));
    for (int32_t i = 0; i < s->without.n; i++) {
        if (i) buf_add(b, S(", "));
        json_put_str(b, s->without.v[i]);
    }
    buf_printf(b, "], \"sentences\": %d, \"sha256\": \"%s\"}", n, sha256);
}

static bool read_trees(Train *t, const Set *s, Str bytes, bool is_dev, int32_t *n, Err *e)
{
    Trees trees = {0};
    if (!conllu_read(t->arena, bytes, s->path, &s->without, &trees, e)) return false;
    TrainTrees *to = is_dev ? push(t->arena, &t->trees_dev) : push(t->arena, &t->trees);
    *to = (TrainTrees){.tree = trees.v, .n = *n = trees.n, .corpus = s->corpus, .licence = s->licence};
    return true;
}

static bool read_names(Train *t, const Set *s, Str bytes, bool is_dev, int32_t *n, Err *e)
{
    NameSentences names = {0};
    if (!iob_read(t->arena, bytes, s->path, &s->without, &names, e)) return false;
    TrainNames *to = is_dev ? push(t->arena, &t->names_dev) : push(t->arena, &t->names);
    *to = (TrainNames){.gold = names.v, .n = *n = names.n, .corpus = s->corpus, .licence = s->licence};
    return true;
}

static bool read_set(Train *t, const Set *s, Str bytes, Str *numbers, int32_t *n, Err *e)
{
    bool is_dev = str_ends(s->role, S("-dev"));
    *n = 0;
    if (str_eq(s->role, S("tree-train")) || str_eq(s->role, S("tree-dev")))
        return read_trees(t, s, bytes, is_dev, n, e);
    if (str_eq(s->role, S("name-train")) || str_eq(s->role, S("name-dev")))
        return read_names(t, s, bytes, is_dev, n, e);
    if (str_eq(s->role, S("vectors"))) return *numbers = bytes, true;
    if (str_eq(s->role, S("vector-words")) && numbers->p)
        return vectors_read(t->arena, bytes, *numbers, &t->vectors, e);
    return fail(e, ERR_INPUT,
                "the role '%.*s' is none of tree-train, tree-dev, name-train, name-dev, vectors and, after it, "
                "vector-words",
                STR(s->role));
}

static bool read_sets(Train *t, const Orders *o, Buf *sets, Err *e)
{
    Sets list = {0};
    Str numbers = {0}, bytes;
    char sha256[65];
    int32_t n;
    if (!sets_read(t->arena, o->sets, &list, e)) return false;
    for (int32_t i = 0; i < list.n; i++) {
        const Set *s = &list.v[i];
        if (!train_file(t->arena, arena_printf(t->arena, "%s/%.*s", o->data, STR(s->path)), &bytes, sha256, e) ||
            !read_set(t, s, bytes, &numbers, &n, e))
            return err_while(e, "reading the %.*s set '%.*s'", STR(s->role), STR(s->corpus));
        put_set(sets, s, sha256, n);
    }
    if (!t->trees.n) return fail(e, ERR_INPUT, "%s names no tree-train set", o->sets);
    return true;
}

/* ---- sentences, and the tags that travel with them --------------------------------------------------------------- */
static Sentence *words_of_trees(Train *t, const TrainTrees *from)
{
    Sentence *s = arena_new(t->arena, Sentence, from->n);
    Strs form = {0};
    for (int32_t i = 0; i < from->n; i++) {
        form.n = 0;
        for (int32_t w = 0; w < from->tree[i].n; w++) *push(t->arena, &form) = from->tree[i].word[w].form;
        s[i] = train_words(t->arena, &t->clusters, form.v, form.n);
    }
    return s;
}

static Sentence *words_of_names(Train *t, const TrainNames *from)
{
    Sentence *s = arena_new(t->arena, Sentence, from->n);
    for (int32_t i = 0; i < from->n; i++)
        s[i] = train_words(t->arena, &t->clusters, from->gold[i].form, from->gold[i].n);
    return s;
}

static void make_words(Train *t)
{
    for (int32_t i = 0; i < t->trees.n; i++) t->trees.v[i].sentence = words_of_trees(t, &t->trees.v[i]);
    for (int32_t i = 0; i < t->trees_dev.n; i++) t->trees_dev.v[i].sentence = words_of_trees(t, &t->trees_dev.v[i]);
    for (int32_t i = 0; i < t->names.n; i++) t->names.v[i].sentence = words_of_names(t, &t->names.v[i]);
    for (int32_t i = 0; i < t->names_dev.n; i++) t->names_dev.v[i].sentence = words_of_names(t, &t->names_dev.v[i]);
}

typedef struct { Buf *to; ModelReader *from; } Tags;     /* one of both */

static void pass_tags(Tags *tags, Sentence *sentence, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        for (int32_t w = 1; w <= sentence[i].n; w++) {
            Word *word = &sentence[i].words[w];
            if (tags->to)
                model_put_u32(tags->to, (uint32_t)word->xpos | (uint32_t)word->upos << 8 | (uint32_t)word->feats << 16);
            else {
                uint32_t v = model_u32(tags->from);
                word->xpos = (uint8_t)v;
                word->upos = (uint8_t)(v >> 8);
                word->feats = (uint16_t)(v >> 16);
            }
        }
}

static void pass_all_tags(Train *t, Tags tags)
{
    for (int32_t i = 0; i < t->trees.n; i++) pass_tags(&tags, t->trees.v[i].sentence, t->trees.v[i].n);
    for (int32_t i = 0; i < t->trees_dev.n; i++) pass_tags(&tags, t->trees_dev.v[i].sentence, t->trees_dev.v[i].n);
    for (int32_t i = 0; i < t->names.n; i++) pass_tags(&tags, t->names.v[i].sentence, t->names.v[i].n);
    for (int32_t i = 0; i < t->names_dev.n; i++) pass_tags(&tags, t->names_dev.v[i].sentence, t->names_dev.v[i].n);
}

/* ---- the cache --------------------------------------------------------------------------------------------------- */
static Str cache_path(Train *t, const Orders *o, const Step *step)
{
    return arena_printf(t->arena, "%s/%.*s.%s.dm", o->cache, STR(t->lang), step->name);
}

static bool is_of_step(const Step *step, Str section)
{
    Str rest = str_of(step->sections), piece;
    while (rest.n && str_split(&rest, ',', &piece))
        if (str_starts(section, piece)) return true;
    return false;
}

static bool keep_step(Train *t, const Orders *o, const Step *step, Str scores, Err *e)
{
    ModelSections own = {0};
    Buf file = {.to = t->arena}, tags = {.to = t->arena}, names = {.to = t->arena};
    for (int32_t i = 0; i < t->sections.n; i++) {
        if (!is_of_step(step, t->sections.v[i].name)) continue;
        *push(t->arena, &own) = t->sections.v[i];
        model_put_text(&names, t->sections.v[i].name);
    }
    if (step->run == train_tagger) {
        pass_all_tags(t, (Tags){.to = &tags});
        *push(t->arena, &own) = (ModelSection){S("cache.tags"), buf_str(&tags)};
    }
    *push(t->arena, &own) = (ModelSection){S("cache.names"), buf_str(&names)};
    *push(t->arena, &own) = (ModelSection){S("cache.scores"), scores};
    model_write(&own, &file);
    return io_write_file(arena_cstr(t->arena, cache_path(t, o, step)), buf_str(&file), e);
}

static void take_scores(Train *t, Str scores)
{
    if (scores.n && t->scores.n) buf_add(&t->scores, S(", "));
    buf_add(&t->scores, scores);
}

static bool take_tags(Train *t, const Model *m, Err *e)
{
    ModelReader r = {.section = model_section(m, S("cache.tags"))}, x = {.section = model_section(m, S("tag.xpos"))},
                u = {.section = model_section(m, S("tag.upos"))};
    pass_all_tags(t, (Tags){.from = &r});
    if (r.is_short || r.at != r.section.n)
        return fail(e, ERR_INPUT, "the tags kept are of other sets; run the tagger again");
    return labels_of(t->arena, &x, UINT8_MAX, &t->xpos, e) && labels_of(t->arena, &u, UINT8_MAX, &t->upos, e);
}

/* Another step's results, as it left them; the file stays in t->arena. */
static bool take_step(Train *t, const Orders *o, const Step *step, Err *e)
{
    Str bytes;
    char sha256[65];
    if (!train_file(t->arena, cache_path(t, o, step), &bytes, sha256, e)) return false;
    Model *m = model_of(train_aligned(t->arena, bytes), str_of(step->name), e);
    if (!m) return false;
    ModelReader names = {.section = model_section(m, S("cache.names"))};
    while (names.at < names.section.n && !names.is_short) {
        Str name = model_text(&names);
        train_section(t, arena_cstr(t->arena, name), model_section(m, name));
    }
    take_scores(t, model_section(m, S("cache.scores")));
    bool ok = true;
    if (step->run == train_clusters) ok = clusters_of(model_section(m, S("words")), &t->clusters, e);
    if (step->run == train_tagger) ok = take_tags(t, m, e);
    model_close(m);                                      /* sections are views of bytes that stay */
    return ok;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */
static bool run_step(Train *t, const Orders *o, const Step *step, Err *e)
{
    double begin = io_seconds();
    Buf before = t->scores;
    t->scores = (Buf){.to = t->arena};
    io_note("%s:", step->name);
    bool ok = step->run(t, e);
    Str scores = buf_str(&t->scores);
    t->scores = before;
    if (!ok) return err_while(e, "training the %s", step->name);
    take_scores(t, scores);
    io_note("%s: %.1f s", step->name, io_seconds() - begin);
    return !o->cache || keep_step(t, o, step, scores, e);
}

static bool run_steps(Train *t, const Orders *o, Err *e)
{
    for (int i = 0; i < STEPS; i++) {
        bool is_wanted = !o->only || !strcmp(o->only, steps[i].name);
        if (is_wanted) {
            if (!run_step(t, o, &steps[i], e)) return false;
        } else {
            Err missing = {0};
            if (take_step(t, o, &steps[i], &missing)) io_note("%s: as kept in %s", steps[i].name, o->cache);
            else if (i < 1 || (i < 2 && strcmp(o->only, "clusters")))
                return *e = missing, err_while(e, "taking up what the step '%s' left", steps[i].name);
            else io_note("%s: left out: %s", steps[i].name, missing.text);
        }
        if (steps[i].run == train_clusters) make_words(t);
    }
    return true;
}

static void put_provenance(Train *t, Str sets)
{
    Buf b = {.to = t->arena};
    buf_add(&b, S("{\"made_by\": \"demarche train/language " DEMARCHE_VERSION "\", \"language\": "));
    json_put_str(&b, t->lang);
    buf_printf(&b, ", \"seed\": %lu,\n \"options\": [", (unsigned long)t->seed);
    for (int32_t i = 0; i < t->options.n; i++) {
        if (i) buf_add(&b, S(", "));
        json_put_str(&b, t->options.v[i]);
    }
    buf_add(&b, S("],\n \"sets\": [\n"));
    buf_add(&b, sets);
    buf_add(&b, S("],\n \"scores\": {"));
    buf_add(&b, buf_str(&t->scores));
    buf_add(&b, S("}}\n"));
    train_section(t, "provenance", buf_str(&b));
}

static bool train(Train *t, const Orders *o, Err *e)
{
    Buf sets = {.to = t->arena}, file = {.to = t->arena};
    if (!read_sets(t, o, &sets, e) || !run_steps(t, o, e)) return false;
    put_provenance(t, buf_str(&sets));
    train_section(t, "language", t->lang);
    model_write(&t->sections, &file);
    for (int32_t i = 0; i < t->sections.n; i++)
        io_note("  %-16.*s %10td bytes", STR(t->sections.v[i].name), t->sections.v[i].bytes.n);
    io_note("%s: %td bytes", o->out, file.n);
    return io_write_file(o->out, buf_str(&file), e);
}

static bool orders_of(Train *t, int argc, char **argv, Orders *o, Err *e)
{
    const struct { const char *name; const char **value; } known[] = {
        {"--sets", &o->sets}, {"--data", &o->data}, {"--out", &o->out}, {"--cache", &o->cache}, {"--only", &o->only},
        {"--lang", &o->lang}};
    for (int i = 1; i < argc; i++) {
        size_t k = 0;
        while (k < sizeof known / sizeof known[0] && strcmp(argv[i], known[k].name)) k++;
        if (k < sizeof known / sizeof known[0] && i + 1 < argc) *known[k].value = argv[++i];
        else if (strchr(argv[i], '=') && argv[i][0] != '-') *push(t->arena, &t->options) = str_of(argv[i]);
        else
            return fail(
                e, ERR_USAGE,
                "'%s' is not understood; usage: language --sets FILE --data FOLDER --out FILE "
                "[--cache FOLDER [--only clusters|tagger|parser|names]] [--lang en] [seed=1] [step.option=number …]",
                argv[i]);
    }
    if (!o->sets || !o->data || !o->out) return fail(e, ERR_USAGE, "--sets, --data and --out must be given");
    if (o->only && !o->cache) return fail(e, ERR_USAGE, "--only takes the other steps from the folder --cache");
    bool is_step = !o->only;
    for (int i = 0; i < STEPS; i++) is_step |= o->only && !strcmp(o->only, steps[i].name);
    return is_step || fail(e, ERR_USAGE, "--only '%s': the steps are clusters, tagger, parser, names", o->only);
}

int main(int argc, char **argv)
{
    static jmp_buf landing;
    static Arena arena = {.budget = (ptrdiff_t)ARENA_BUDGET_GB << 30, .landing = &landing};
    Err e = {0};
    if (setjmp(landing)) {
        io_note("train/language: more than %d GB of memory were needed", ARENA_BUDGET_GB);
        return 1;
    }
    Train t = {.arena = &arena, .scores = {.to = &arena}};
    Orders o = {.lang = "en"};
    bool ok = orders_of(&t, argc, argv, &o, &e);
    t.seed = (uint64_t)train_option(&t, "seed", 1);
    t.lang = str_of(o.lang);
    ok = ok && train(&t, &o, &e);
    if (!ok) io_note("train/language: %s", e.text);
    arena_close(&arena);
    return !ok;
}
