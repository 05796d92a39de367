/* read: documents to records on standard output. Nothing is kept, so it runs under any pipeline. */
#include "stream.h"
#include "faces/export/export.h"

typedef struct { bool conllu, tokens; } Read;

/* In the worker: the record as it will be printed. */
static void *read_prepare(void *with, Arena *a, const Item *item, const Record *r)
{
    (void)item;
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

static int read_run(Call *call)
{
    static Read read;
    bool conllu = str_eq(call_text(call, "format"), S("conllu"));
    read = (Read){.conllu = conllu, .tokens = call_has(call, "tokens")};
    return stream_run(call, (EngineOptions){
        .tokens = conllu || read.tokens, .furniture_too = conllu, .prepare = read_prepare, .with = &read,
        .input = {.as_is = conllu || call_has(call, "as-is"), .records = call_has(call, "records")}});
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
