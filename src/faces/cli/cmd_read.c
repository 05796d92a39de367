/* read: documents to records on standard output. Nothing is kept, so it runs under any pipeline. */
#include "stream.h"
#include "faces/export/export.h"
#include "actors.h"
#include "model.h"

typedef struct { bool conllu, tokens; atomic_llong unread; } Read;     /* unread: documents whose words have no tags */

/* In the worker: the record as it will be printed. */
static void *read_prepare(void *with, Arena *a, const Item *item, const Record *r)
{
    (void)item;
    Read *read = with;
    if (r->tokens.n && !r->tokens.v[0].upos.n) atomic_fetch_add(&read->unread, 1);
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

/* Once, at the end: the columns of so many documents are empty, and why. */
static void note_unread(long long n, const Model *model)
{
    io_note("%lld %s without tags, heads and names of a model: %s", n, plural(n, "document is", "documents are"),
            model ? "the model is for another language than theirs" : "this program was built without one; name one with --model");
}

static int read_run(Call *call)
{
    static Read read;
    Model *model;
    CallActors actors;
    if (!call_model(call, &model)) return call_failed(call);
    if (!call_actors(call, &actors)) {
        model_close(model);
        return call_failed(call);
    }
    bool conllu = str_eq(call_text(call, "format"), S("conllu"));
    read.conllu = conllu;
    read.tokens = call_has(call, "tokens");
    int status = stream_run(call, (EngineOptions){
        .tokens = conllu || read.tokens, .words_only = conllu, .furniture_too = conllu, .prepare = read_prepare, .with = &read, .model = model,
        .actors = actors.t, .phrases = call_has(call, "phrases"),
        .input = {.as_is = conllu || call_has(call, "as-is"), .records = call_has(call, "records")}});
    if (atomic_load(&read.unread) && !io_out_closed()) note_unread(atomic_load(&read.unread), model);
    actors_close(actors.own);
    model_close(model);
    return status;
}

static const char about[] =
    "One record a line, as JSON (FORMAT.md), in the order of the inputs; every span counts code points of the "
    "record's text. Inputs are those of `demarche add`.\n\n"
    "`--format conllu` prints CoNLL-U with every visible character and every sentence, furniture included; columns "
    "that are not known are `_`. Tags, heads and lemmas are those of a model for the document's language; without one "
    "their columns are `_`, and a note says so at the end.";
static const Option options[] = {
    {0, "format", TAKES_CHOICE, "jsonl|conllu", "what is printed (jsonl where not given)"},
    {0, "tokens", TAKES_NOTHING, NULL, "with the tokens in each record: tags, heads and lemmas too"},
    {0, "phrases", TAKES_NOTHING, NULL, "mentions of names are whole noun phrases, as corpora of coreference have them"},
    {0, "records", TAKES_NOTHING, NULL, "JSON Lines of records: their parts are taken as given"},
    {0, "as-is", TAKES_NOTHING, NULL,
     "keep every visible character of plain text: furniture is marked, nothing is mended"},
    OPTION_MODEL, OPTION_ACTORS,
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
