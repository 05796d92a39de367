/* version: which program this is, for a bug report or a footnote. */
#include "cli.h"

static int version_run(Call *call)
{
    Buf out = {.to = call->arena};
    if (call_has(call, "json"))
        buf_printf(&out, "{\"format\":1,\"version\":\"%s\",\"ledger_version\":%d}\n", DEMARCHE_VERSION, LEDGER_VERSION);
    else buf_printf(&out, "demarche %s\n", DEMARCHE_VERSION);
    io_out(buf_str(&out));
    return EXIT_DONE;
}

static const char about[] =
    "Prints the version. `demarche doctor` says more about where it runs.";
static const Option options[] = {
    {0, "json", TAKES_NOTHING, NULL, "one JSON object"},
    OPTIONS_END};
static const Example examples[] = {
    {"demarche version", "The version alone"},
    {0}};
const Command command_version = {
    .name = "version", .operands = "", .summary = "the version of this program", .about = about,
    .operand = OPERAND_NONE, .least = 0, .most = 0, .options = options, .examples = examples,
    .run = version_run};
