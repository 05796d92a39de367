/* merge: the documents and corrections of other ledgers into this one. Each of them is taken wholly or not at all. */
#include "screen.h"

static int merge_run(Call *call)
{
    int64_t added = 0, known = 0;
    int failed = 0;
    if (!call_ledger(call, LEDGER_WRITE)) return call_failed(call);
    for (int i = 0; i < call->n_operands && !io_stop; i++) {
        int64_t one_added = 0, one_known = 0;
        Err e = {0};
        if (io_kind(call->operand[i]) != IO_FILE) fail(&e, ERR_IO, "there is no file '%s'", call->operand[i]);
        else if (ledger_merge(call->ledger, call->operand[i], &one_added, &one_known, &e)) {
            added += one_added;
            known += one_known;
            continue;
        }
        io_note("demarche: %s%s%s", str_find(str_of(e.text), str_of(call->operand[i])) < 0 ? call->operand[i] : "",
                str_find(str_of(e.text), str_of(call->operand[i])) < 0 ? ": " : "", e.text);
        failed++;
    }
    Arena *a = call->arena;
    Buf b = {.to = a};
    buf_printf(&b, "%.*s %s added, %.*s known already", STR(number_text(a, added)),
               plural(added, "document", "documents"), STR(number_text(a, known)));
    if (failed) buf_printf(&b, ", %d %s left out (named above)", failed, plural(failed, "ledger", "ledgers"));
    if (!call_has(call, "quiet")) io_note("%.*s", STR(buf_str(&b)));
    return failed ? EXIT_FAILED : EXIT_DONE;
}

static const char about[] =
    "Puts what other ledgers hold into this one (`--ledger`). Documents are known by their hash, so the order does "
    "not matter and nothing comes twice; the others are only read. A ledger that cannot be read is named and left "
    "out; the exit status is then 3.";
static const Option options[] = {
    {'q', "quiet", TAKES_NOTHING, NULL, "no summary; failures are still named"},
    OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche merge --ledger all.db demarche.db", "All of one ledger into another"},
    {0}};
const Command command_merge = {
    .name = "merge", .operands = "LEDGER…",
    .summary = "take in the documents and corrections of other ledgers", .about = about,
    .operand = OPERAND_LEDGER, .least = 1, .most = -1, .options = options, .examples = examples,
    .run = merge_run};
