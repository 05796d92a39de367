/* verify: is everything still what was put in? Hashes, seals and the place of every span are recomputed. */
#include "screen.h"

static void finding_print(void *with, Str sentence)
{
    Call *call = with;
    Buf out = {.to = call->arena};
    buf_add(&out, screen_safe(call->arena, sentence));
    buf_char(&out, '\n');
    io_out(buf_str(&out));
}

static int verify_run(Call *call)
{
    int64_t documents = 0, bad = 0;
    Buf out = {.to = call->arena};
    if (!call_ledger(call, LEDGER_READ)
        || !ledger_verify(call->ledger, finding_print, call, &documents, &bad, &call->err))
        return call_failed(call);
    char digest[65] = "";
    if (!bad && !ledger_digest(call->ledger, digest, &call->err)) return call_failed(call);
    Str n = number_text(call->arena, documents), n_bad = number_text(call->arena, bad);
    if (bad)
        buf_printf(&out,
                   "%.*s %s, %.*s %s: the ledger is not what was put in. Keep this file, and take a copy from "
                   "before.\n",
                   STR(n), plural(documents, "document", "documents"), STR(n_bad), plural(bad, "finding", "findings"));
    else
        buf_printf(&out, "%.*s %s: every hash, span and seal holds\ndigest %s\n", STR(n),
                   plural(documents, "document", "documents"), digest);
    io_out(buf_str(&out));
    return bad ? EXIT_FAILED : EXIT_DONE;
}

static const char about[] =
    "Recomputes the hash and the seal of every document and checks that every span lies in its text. Each finding is "
    "a line; the exit status is 3 where there is one.\n\n"
    "The digest stands for all that is in it, evidence and corrections, whatever the order of adding: two ledgers that "
    "hold the same have the same. Somebody who can write to the file could make a whole new one; a digest kept "
    "elsewhere shows that.";
static const Option options[] = {
    OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche verify", "Checks the whole ledger"},
    {0}};
const Command command_verify = {
    .name = "verify", .operands = "", .summary = "check that the ledger holds what was put in", .about = about,
    .operand = OPERAND_NONE, .least = 0, .most = 0, .options = options, .examples = examples,
    .run = verify_run};
