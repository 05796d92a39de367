/* Engine: order, the same bytes for any number of workers, budgets, interruptions, records as given. */
#include "base/io.h"
#include "engine/engine.h"
#include "test.h"
#include <sys/stat.h>
#include <unistd.h>

static Err e;
static char folder[] = "/tmp/demarche-engine-XXXXXX";

/* ---- a folder of articles from a seed ---------------------------------------------------------------------------- */
static const char *const sentences[] = {
    "The harbour at Lindmar will reopen on 3 April 2031, officials said.",
    "\"We shall not wait another winter,\" Foreign Minister Ana Ruiz told reporters on Monday.",
    "Talks between Ostrava Bay and the Republic of Tamm broke off on 14 March 2031.",
    "“The offer stands,” said Ito Vance, who speaks for the fisheries council.",
    "No ship has left the northern quay since January 2030.",
    "The council's letter – four pages, unsigned – was read aloud twice.",
    "\"It is late,\" she added. \"But it is not too late.\"",
    "Related article: the quay that nobody wanted",
};
enum { N_SENTENCES = sizeof sentences / sizeof *sentences };

static void put_text(Buf *b, Rng *rng, const char *newline)
{
    for (int n = 1 + rng_below(rng, 30); n--;)
        buf_printf(b, "%s%s", sentences[rng_below(rng, N_SENTENCES)], rng_below(rng, 3) ? " " : newline);
}

static void put_file(const char *name, Str bytes)
{
    if (!io_write_file(name, bytes, &e)) {
        printf("%s\n", e.text);
        exit(1);
    }
}

static void make_pile(void)
{
    Rng rng = rng_seed(20310403);
    Buf lines = {.to = &test_arena};
    mkdir("pile", 0755);
    for (int i = 0; i < 60; i++) {
        Buf b = {.to = &test_arena};
        put_text(&b, &rng, "\n\n");
        put_file(arena_printf(&test_arena, "pile/%02d.txt", i).p, i % 17 == 5 ? S("\x1F\x8B\x08") : i % 19 == 3 ? S("") : buf_str(&b));
        buf_printf(&lines, "{\"id\": \"m-%d\", \"text\": \"", i);
        Buf t = {.to = &test_arena};
        put_text(&t, &rng, "\\n\\n");
        for (ptrdiff_t k = 0; k < t.n; k++) {
            if (t.p[k] == '"') buf_char(&lines, '\\');
            buf_char(&lines, t.p[k]);
        }
        buf_add(&lines, i % 13 == 7 ? S("\n") : S("\"}\n"));     /* now and then a line is cut off */
    }
    put_file("pile/news.jsonl", buf_str(&lines));
}

/* ---- what a run gives, as text ------------------------------------------------------------------------------------- */
typedef struct { Buf out; int n, failed, stop_at; int64_t bytes_done; int32_t files_done; bool is_sound; } Gathered;

static void *prepare_json(void *with, Arena *a, const Item *item, const Record *r)
{
    (void)with, (void)item;
    Buf *b = arena_new(a, Buf, 1);
    b->to = a;
    record_json(r, true, b);
    return b;
}

static bool gather(void *with, const EngineResult *result, Err *err)
{
    Gathered *g = with;
    g->n++;
    g->is_sound = g->is_sound && result->bytes_done >= g->bytes_done && result->files_done >= g->files_done;
    g->bytes_done = result->bytes_done;
    g->files_done = result->files_done;
    if (result->record) {
        const Buf *json = result->prepared;
        buf_printf(&g->out, "%.*s %.*s\n", STR(result->where), STR(buf_str(json)));
        g->is_sound = g->is_sound && str_eq(result->where, result->record->where) && !result->why;
    } else {
        g->failed++;
        buf_printf(&g->out, "! %s\n", result->why->text);
        g->is_sound = g->is_sound && str_starts(str_of(result->why->text), result->where);
    }
    return g->n != g->stop_at || fail(err, ERR_LEDGER, "the disk is full");
}

static bool run(const char *path, EngineOptions how, Gathered *g)
{
    int stop_at = g->stop_at;
    *g = (Gathered){.out = {.to = &test_arena}, .is_sound = true, .stop_at = stop_at};
    how.prepare = prepare_json;
    e = (Err){0};
    Inputs *in = input_open(&path, 1, how.input, &e);
    Engine *engine = engine_open(&how, &e);
    bool ok = in && engine && engine_run(engine, in, gather, g, &e);
    engine_close(engine);
    input_close(in);
    return ok;
}

static bool read_one(Str bytes, bool is_json, EngineOptions how, Record *r)
{
    Engine *engine = engine_open(&how, &e);
    Item item = {.where = S("here"), .bytes = bytes, .kind = is_json ? CONTENT_JSON : CONTENT_TEXT};
    bool ok = engine_read(engine, &test_arena, &item, r, &e);
    engine_close(engine);
    return ok;
}

static void test_same_bytes(const Model *model)
{
    Gathered one = {0}, other = {0};
    check(run("pile", (EngineOptions){.workers = 1, .tokens = true, .model = model}, &one));
    check(one.n == 120 && one.failed == 4 + 2 + 5 && one.is_sound);
    check(one.out.n > 100000);
    static const int workers[] = {2, 7, 0};              /* 0: one a core */
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
        check(run("pile", (EngineOptions){.workers = workers[i], .tokens = true, .model = model}, &other) && other.is_sound);
        check(str_eq(buf_str(&one.out), buf_str(&other.out)));
    }
}

/* Read alone or beside others by the network: the same record. */
static void test_company(const Model *model)
{
    const EngineOptions how = {.workers = 1, .tokens = true, .model = model};
    Gathered together = {0};
    Buf alone = {.to = &test_arena};
    check(run("pile", how, &together));
    for (int i = 0; i < 60; i++) {
        Gathered one = {0};
        if (run(arena_printf(&test_arena, "pile/%02d.txt", i).p, how, &one)) buf_add(&alone, buf_str(&one.out));
    }
    check(alone.n > 50000 && alone.n < together.out.n && !memcmp(alone.p, together.out.p, (size_t)alone.n));
}

/* The shipped model, where there is one: the same bytes with it; what it says is in the record; budgets hold. */
static void test_model(const Model *model)
{
    Record r;
    test_same_bytes(model);
    if (model) test_company(model);
    check(read_one(S("The envoy Ana Ruiz was in Lindmar on 3 April 2031, and the harbour was empty."), false,
                   (EngineOptions){.tokens = true, .model = model}, &r));
    check_str(r.tokens.v[0].upos, S("DET"));
    check_str(r.tokens.v[0].lemma, S("the"));
    check(r.entities.n >= 1 && r.entities.v[0].mentions.v[0].p > 0);
    check(read_one(S("Der Hafen von Lindmar ist am 3. April wieder offen, sagten die Behörden der Stadt."), false,
                   (EngineOptions){.tokens = true, .model = model}, &r));
    check(r.tokens.n > 0 && r.tokens.v[0].upos.n == 0 && !r.has_names);
    Gathered g = {0};
    check(run("pile", (EngineOptions){.workers = 2, .budget = 40 << 10, .tokens = true, .model = model}, &g) && g.failed > 20);
}

/* A model that is none of a language is told when the engine is opened. */
static void test_odd_model(void)
{
    ModelSections sections = {0};
    Buf file = {.to = &test_arena};
    model_write(&sections, &file);
    char *p = arena_take(&test_arena, file.n, 64);
    memcpy(p, file.p, (size_t)file.n);
    Model *odd = model_of((Str){p, file.n}, S("odd.dm"), &e);
    check(odd && !engine_open(&(EngineOptions){.model = odd}, &e) && str_starts(str_of(e.text), S("opening the model 'odd.dm': ")));
    Engine *inspecting = engine_open(&(EngineOptions){.model = odd, .input = {.inspects = true}}, &e);
    check(inspecting != NULL);                           /* inspect reads no words, so it pays for no model */
    engine_close(inspecting);
    model_close(odd);
}

/* The end of a run that its taker ends, wherever that is. */
static void test_taker_ends(void)
{
    for (int at = 1; at <= 60; at += 7) {
        Gathered g = {.stop_at = at};
        check(!run("pile", (EngineOptions){.workers = 3}, &g));
        check(g.n == at && e.code == ERR_LEDGER && str_eq(str_of(e.text), S("the disk is full")));
    }
}

static void test_budget(void)
{
    Gathered g = {0};
    check(run("pile", (EngineOptions){.workers = 2, .budget = 100}, &g));
    check(g.n == 120 && g.failed == 120 && g.is_sound);  /* nothing fits, all are named, none is lost */
    check(str_find(buf_str(&g.out), S("! pile/00.txt: takes more memory than one document may use")) >= 0);
    check(str_find(buf_str(&g.out), S("! pile/news.jsonl:1: takes more memory")) >= 0);
    check(run("pile", (EngineOptions){.workers = 2, .budget = 40 << 10, .tokens = true}, &g));
    check(g.n == 120 && g.failed > 12 && g.failed < 120 && g.is_sound);
}

/* ---- interruptions --------------------------------------------------------------------------------------------------- */
static bool interrupt_at_ten(void *with, const EngineResult *result, Err *err)
{
    (void)result, (void)err;
    if (++*(int *)with == 10) io_stop = 2;
    return true;
}

static bool stop_at_once(void *with, const EngineResult *result, Err *err)
{
    (void)result;
    ++*(int *)with;
    return fail(err, ERR_IO, "the reader has gone");
}

static void test_interrupted(void)
{
    const char *paths[] = {"pile", "pile", "pile", "pile"};
    EngineOptions how = {.workers = 2};
    int n = 0;
    Inputs *in = input_open(paths, 4, how.input, &e);
    Engine *engine = engine_open(&how, &e);
    check(!engine_run(engine, in, interrupt_at_ten, &n, &e) && e.code == ERR_INTERRUPTED);
    check(n >= 10 && n < 10 + 2 * (40 * 2 + 8));          /* what was on its way is still taken, and no more is made */
    io_stop = 0;
    input_close(in);
    engine_close(engine);
}

/* A taker who ends the run must not wait for a pipe on which nothing comes. */
static void test_quiet_pipe(void)
{
    int ends[2], before = dup(0), n = 0;
    const char *path = "-";
    EngineOptions how = {.workers = 2};
    check(!pipe(ends) && dup2(ends[0], 0) == 0);
    check(write(ends[1], "{\"text\": \"The quay was empty.\"}\n", 32) == 32);
    Inputs *in = input_open(&path, 1, how.input, &e);
    Engine *engine = engine_open(&how, &e);
    double start = io_seconds();
    check(!engine_run(engine, in, stop_at_once, &n, &e) && e.code == ERR_IO && n == 1);
    check(io_seconds() - start < 10);
    input_close(in);
    engine_close(engine);
    dup2(before, 0);
    close(before);
    close(ends[0]);
    close(ends[1]);
}

/* On a quiet pipe the taker hears that nothing comes, after all that came was taken. */
static int idle_fd;

static bool count_take(void *with, const EngineResult *result, Err *err)
{
    (void)err;
    *(int *)with += result->record != NULL;
    return true;
}

static bool idle_then_close(void *with, Err *err)
{
    (void)err;
    check(*(int *)with == 1);
    *(int *)with += 100;
    close(idle_fd);                                      /* now the pipe ends */
    return true;
}

static void test_idle(void)
{
    int ends[2], before = dup(0), n = 0;
    const char *path = "-";
    EngineOptions how = {.workers = 2, .idle = idle_then_close};
    check(!pipe(ends) && dup2(ends[0], 0) == 0);
    check(write(ends[1], "{\"text\": \"The quay was empty.\"}\n", 32) == 32);
    idle_fd = ends[1];
    Inputs *in = input_open(&path, 1, how.input, &e);
    Engine *engine = engine_open(&how, &e);
    check(engine_run(engine, in, count_take, &n, &e) && n == 101);
    input_close(in);
    engine_close(engine);
    dup2(before, 0);
    close(before);
    close(ends[0]);
}

/* ---- one document ------------------------------------------------------------------------------------------------------ */
static void test_given(void)
{
    Record r;
    EngineOptions given = {.input = {.records = true}};
    Str line = S("{\"text\": \"Ito said: \\\"Soon, 3 April 2031.\\\" Ruiz left.\", \"statements\": [{\"id\": 0, \"source\": [[0, 3]], "
                 "\"cue\": [[4, 8]], \"content\": [[11, 29]]}]}");
    check(read_one(line, true, given, &r));
    check(r.statements.n == 1 && r.times.n == 0 && r.entities.n == 0 && r.boilerplate.n == 0);   /* nothing is read into it */
    check(r.sentences.n == 2 && r.sentences.v[0].begin == 0);                                   /* but it is cut into sentences */
    check(read_one(line, true, (EngineOptions){0}, &r));
    check(r.times.n == 1);                               /* read anew without --records: its own parts are ignored */
    line = S("{\"text\": \"One. Two.\", \"sentences\": [[0, 9]], \"lang\": \"fr\", \"topics\": [\"harbours\"]}");
    check(read_one(line, true, given, &r));
    check(r.sentences.n == 1 && r.sentences.v[0].end == 9 && r.topics.n == 1);
    check_str(r.lang, S("fr"));
    line = S("{\"text\": \"Ito will be in Lindmar.\", \"statements\": [{\"id\": 0, \"source\": [[0, 3]], \"cue\": [[4, 80]]}]}");
    check(!read_one(line, true, given, &r) && e.code == ERR_INPUT && str_starts(str_of(e.text), S("here: ")));
    check(read_one(line, true, (EngineOptions){0}, &r));
}

static void test_tokens(void)
{
    Record r;
    check(read_one(S("The quay was empty on 3 April 2031."), false, (EngineOptions){0}, &r) && r.tokens.n == 0);
    check(read_one(S("The quay was empty on 3 April 2031."), false, (EngineOptions){.tokens = true}, &r) && r.tokens.n == 9);
    check(r.times.n == 1 && r.sentences.n == 1 && str_eq(r.lang, S("en")));
    char hash[65];
    hash_sha256(S("The quay was empty on 3 April 2031."), hash);
    check_str(r.sha256, str_of(hash));
    check(!read_one(S("   "), false, (EngineOptions){0}, &r) && str_eq(str_of(e.text), S("here: is empty; nothing to read")));
    check(r.text.n == 0);
}

int main(void)
{
    TEST_BEGIN;
    test_arena.budget = 512 << 20;
    Str shipped = model_shipped(S("en"));                 /* found from the folder where the tests begin */
    Model *model = shipped.n ? model_of(shipped, S("models/en.dm"), &e) : NULL;
    check(model || !shipped.n);
    if (!mkdtemp(folder) || chdir(folder)) return 1;
    make_pile();
    test_same_bytes(NULL);
    test_odd_model();
    if (model) test_model(model);
    model_close(model);
    test_taker_ends();
    test_budget();
    test_interrupted();
    test_quiet_pipe();
    test_idle();
    test_given();
    test_tokens();
    char *command = arena_cstr(&test_arena, arena_printf(&test_arena, "rm -rf %s", folder));
    if (chdir("/") || system(command)) printf("%s is left behind\n", folder);
    return test_end();
}
