/* read: documents to records on standard output. Nothing is kept, so it runs under any pipeline.
**
** Lines come in the order of the inputs, whatever the number of threads; each is written as soon as it and all before
** it are read.
*/
#include "progress.h"
#include "faces/export/export.h"

typedef struct { bool conllu, tokens; int64_t documents, failed; Progress progress; } Read;

/* In the worker: the record as it will be printed. */
static void *read_prepare(void *with, Arena *a, const Record *r)
{
    const Read *read = with;
    Buf b = {.to = a};
    Str *out = arena_new(a, Str, 1);
    if (read->conllu) export_conllu(a, r, &b);
    else {
        record_json(r, read->tokens, &b);
        buf_char(&b, '\n');
    }
    *out = buf_str(&b);
    return out;
}

static bool read_take(void *with, const EngineResult *r, Err *e)
{
    Read *read = with;
    if (!r->record) {
        read->failed++;
        progress_failure(&read->progress, r->where, r->why);
        return true;
    }
    read->documents++;
    if (!io_out(*(const Str *)r->prepared)) return fail(e, ERR_IO, "standard output could not be written");
    progress_step(&read->progress, r);
    return true;
}

/* A quiet pipe: whoever reads behind us need not wait for a full buffer. */
static bool read_idle(void *with, Err *e)
{
    (void)with;
    return io_flush(e) && !io_out_closed();
}

static int read_run(Call *call)
{
    static Read read;
    bool conllu = str_eq(call_text(call, "format"), S("conllu"));
    read = (Read){.conllu = conllu, .tokens = call_has(call, "tokens")};
    EngineOptions how = {.workers = (int)call_number(call, "jobs", 0),
                         .tokens = conllu || read.tokens,
                         .furniture_too = conllu,
                         .prepare = read_prepare, .idle = read_idle,
                         .with = &read,
                         .input = {.as_is = conllu || call_has(call, "as-is"), .records = call_has(call, "records")}};
    io_catch_signals();
    progress_begin(&read.progress, call_has(call, "quiet"));
    read.progress.is_on &= !io_out_is_terminal();         /* records scroll by there */
    Inputs *in = input_open(call->operand, call->n_operands, how.input, &call->err);
    Engine *engine = in ? engine_open(&how, &call->err) : NULL;
    bool ran = engine && engine_run(engine, in, read_take, &read, &call->err);
    engine_close(engine);
    input_close(in);
    progress_clear(&read.progress);
    progress_notes_end(&read.progress);
    if (io_out_closed()) return EXIT_DONE;
    if (!ran) return call_failed(call);
    if (read.failed)
        io_note("%lld %s left out (named above)", (long long)read.failed,
                plural(read.failed, "input was", "inputs were"));
    return read.failed ? EXIT_FAILED : read.documents ? EXIT_DONE : EXIT_NOTHING;
}

static const char about[] =
    "One record a line, as JSON (FORMAT.md), in the order of the inputs; every span counts code points of the "
    "record's text. Inputs are those of `demarche add`.\n\n"
    "`--format conllu` prints CoNLL-U with every visible character and every sentence, furniture included; columns "
    "that are not known are `_`.";
static const Option options[] = {
    {0, "format", TAKES_CHOICE, "jsonl|conllu", "what is printed (jsonl where not given)"},
    {0, "tokens", TAKES_NOTHING, NULL, "with the tokens in each record"},
    {0, "records", TAKES_NOTHING, NULL, "JSON Lines of records: their parts are taken as given"},
    {0, "as-is", TAKES_NOTHING, NULL,
     "keep every visible character of plain text: furniture is marked, nothing is mended"},
    {'j', "jobs", TAKES_NUMBER, "N", "threads that read (0: one a core)"},
    {'q', "quiet", TAKES_NOTHING, NULL, "no progress; failures are still named"},
    OPTIONS_END};
static const Example examples[] = {
    {"demarche read examples/chronicle > records.jsonl", "A folder as JSON Lines"},
    {"demarche read --format conllu examples/chronicle | head -20", "Sentences and words for tools of linguists"},
    {0}};
const Command command_read = {
    .name = "read", .operands = "FILE…", .summary = "print documents as records, without a ledger",
    .about = about, .operand = OPERAND_FILE, .least = 1, .most = -1, .options = options, .examples = examples,
    .run = read_run};
