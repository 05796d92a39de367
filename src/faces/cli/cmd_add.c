/* add: documents into the ledger.
**
**  in:  demarche add articles/
**  out: 60 documents added, 2 known already, 1 left out (named above) · 0.4 s          (on standard error)
**
** Documents are read by many threads and written by one, in the order in which they came. A commit ends each half
** second or 2,000 documents, whichever is first, or a pause of the input: what is committed stays whatever happens, and
** the same command run again completes the rest, since a document is known by its hash. Inputs that cannot be read are
** named as they come, noted in the ledger (`brief` shows them), and do not stop the run.
*/
#include "actors.h"
#include "model.h"
#include "progress.h"
#include <stdlib.h>

enum { BATCH_DOCUMENTS = 2000 };         /* some 20 MB of short stories; tests of crashes set DEMARCHE_BATCH lower */
static const double BATCH_SECONDS = 0.5; /* what a crash may cost */

typedef struct {
    Call *call;
    Progress progress;
    bool in_batch;
    int64_t added, known, failed;
    int64_t batch_added, batch_known;    /* not yet committed */
    int64_t batch_most;
    double batch_begun;
} Add;

static void *add_prepare(void *with, Arena *a, const Item *item, const Record *r)
{
    (void)with, (void)item;
    return ledger_prepare(a, r);
}

static bool batch_commit(Add *add, Err *e)
{
    if (!add->in_batch) return true;
    add->in_batch = false;
    if (!ledger_commit(add->call->ledger, e)) return false;
    add->added += add->batch_added;
    add->known += add->batch_known;
    add->batch_added = add->batch_known = 0;
    return true;
}

static bool batch_begin(Add *add, Err *e)
{
    if (add->in_batch) return true;
    add->in_batch = ledger_begin(add->call->ledger, e);
    add->batch_begun = io_seconds();
    return add->in_batch;
}

static bool add_take(void *with, const EngineResult *r, Err *e)
{
    Add *add = with;
    bool is_new = false;
    if (!batch_begin(add, e)) return false;
    if (!r->record) {
        add->failed++;
        progress_failure(&add->progress, r->where, r->why);
        if (!ledger_note_failure(add->call->ledger, r->where, str_of(r->why->text), e)) return false;
    } else {
        if (!ledger_put(add->call->ledger, r->prepared, &is_new, e)) return err_while(e, "adding %.*s", STR(r->where));
        is_new ? add->batch_added++ : add->batch_known++;
    }
    if (r->record) progress_step(&add->progress, r);
    if (add->batch_added + add->batch_known >= add->batch_most || io_seconds() - add->batch_begun >= BATCH_SECONDS)
        return batch_commit(add, e);
    return true;
}

/* A quiet pipe: what came is kept now, and another writer has its turn. */
static bool add_idle(void *with, Err *e)
{
    return batch_commit(with, e);
}

static void add_summary(const Add *add, bool stopped)
{
    Arena *a = add->call->arena;
    Buf b = {.to = a};
    buf_printf(&b, "%.*s %s added", STR(number_text(a, add->added)), plural(add->added, "document", "documents"));
    if (add->known) buf_printf(&b, ", %.*s known already", STR(number_text(a, add->known)));
    if (add->failed) buf_printf(&b, ", %.*s left out (named above)", STR(number_text(a, add->failed)));
    buf_printf(&b, " · %.*s", STR(seconds_text(a, io_seconds() - add->progress.begun)));
    if (stopped)
        buf_add(&b, S("; stopped before the end. What was added stays; run the same command again to complete it"));
    io_note("%.*s", STR(buf_str(&b)));
}

/* The run's end: documents that were put are kept, also after Ctrl-C; after a failure of the file they cannot be. */
static int add_finish(Add *add, bool ran, int64_t *unkept)
{
    Call *call = add->call;
    bool stopped = !ran && call->err.code == ERR_INTERRUPTED;
    Err why = {0};
    progress_clear(&add->progress);
    bool kept = (ran || stopped) && batch_begin(add, &why)
                && ledger_note_run(call->ledger, io_today(call->arena), S("demarche " DEMARCHE_VERSION),
                                   add->added + add->batch_added, add->known + add->batch_known, add->failed, &why)
                && batch_commit(add, &why);
    if (!kept) {
        *unkept = add->batch_added;
        ledger_rollback(call->ledger);
        if (why.code) call->err = why;
    }
    if (stopped && kept) call->err = (Err){0};
    return !kept ? call_failed(call) : stopped ? EXIT_STOPPED : add->failed ? EXIT_FAILED : EXIT_DONE;
}

static int add_with(Call *call, const Model *model, const Actors *actors)
{
    static Add add;                                       /* static: it outlives a landing */
    EngineOptions how = {.workers = (int)call_number(call, "jobs", 0), .prepare = add_prepare, .idle = add_idle,
                         .input = {.as_is = call_has(call, "as-is"), .records = call_has(call, "records")},
                         .model = model, .actors = actors};
    static Map known;                                     /* furniture that the ledger learnt in earlier runs */
    int64_t unkept = 0;
    const char *batch = io_env("DEMARCHE_BATCH");
    add = (Add){.call = call, .batch_most = batch && atoi(batch) > 0 ? atoi(batch) : BATCH_DOCUMENTS};
    io_catch_signals();
    if (!call_ledger(call, LEDGER_WRITE) || !ledger_known(call->ledger, call->arena, &known, &call->err)
        || !ledger_start_run(call->ledger, io_today(call->arena), S("demarche " DEMARCHE_VERSION), &call->err))
        return call_failed(call);
    how.known = &known;
    progress_begin(&add.progress, call_has(call, "quiet"));
    Inputs *in = input_open(call->operand, call->n_operands, how.input, &call->err);
    Engine *engine = in ? engine_open(&how, &call->err) : NULL;
    bool ran = engine && engine_run(engine, in, add_take, &add, &call->err);
    int status = add_finish(&add, ran, &unkept);
    engine_close(engine);
    input_close(in);
    progress_notes_end(&add.progress);
    if (!call_has(call, "quiet") || status == EXIT_STOPPED) add_summary(&add, status == EXIT_STOPPED);
    if (unkept)
        io_note("The last %lld %s of this run could not be kept; the ledger is whole. Mend the cause and run the same "
                "command again.", (long long)unkept, plural(unkept, "document", "documents"));
    return status;
}

static int add_run(Call *call)
{
    Model *model;
    CallActors actors;
    if (!call_model(call, &model)) return call_failed(call);
    if (!call_actors(call, &actors)) {
        model_close(model);
        return call_failed(call);
    }
    int status = add_with(call, model, actors.t);
    actors_close(actors.own);
    model_close(model);
    return status;
}

static const char about[] =
    "Reads files, whole folders and, with `-`, standard input: plain text as it was pasted, or JSON Lines. The "
    "ledger is made where it is missing. A document that it holds already, by the hash of its bytes, is not added "
    "again, so the same command can be run as often as you like; after Ctrl-C, a crash or a full disk it completes "
    "what is missing.\n\n"
    "Inputs that cannot be read are named with what to do about them and left out; the exit status is then 3.\n\n"
    "With `--records`, JSON Lines hold finished records (FORMAT.md): their statements, events and topics are taken "
    "as given.";
static const Option options[] = {
    {0, "records", TAKES_NOTHING, NULL, "JSON Lines of records: their parts are taken as given"},
    {0, "as-is", TAKES_NOTHING, NULL,
     "keep every visible character of plain text: furniture is marked, nothing is mended"},
    OPTION_MODEL, OPTION_ACTORS,
    {'j', "jobs", TAKES_NUMBER, "N", "threads that read (0: one a core)"},
    {'q', "quiet", TAKES_NOTHING, NULL, "no progress and no summary; failures are still named"},
    OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche add examples/chronicle", "A folder with all that is in it"},
    {"demarche read examples/chronicle | demarche add --ledger copy.db --records -", "Records from a pipeline"},
    {0}};
const Command command_add = {
    .name = "add", .operands = "FILE…", .summary = "read documents into the ledger", .about = about,
    .operand = OPERAND_FILE, .least = 1, .most = -1, .options = options, .examples = examples, .run = add_run};
