/* who: the names that the documents mention, the most mentioned first. */
#include "list.h"

static int who_run(Call *call)
{
    static const ListShown shown[] = {
        {"name", "NAME", 16, 40, false, BOLD},
        {"documents", "DOCUMENTS", 0, 0, false, PLAIN},
        {"mentions", "MENTIONS", 0, 0, true, PLAIN},
        {"quoted", "QUOTED", 0, 0, false, PLAIN},
        {"first", "FIRST", 10, 0, true, GREEN},
        {"last", "LAST", 10, 0, false, GREEN},
        {"id", "ID", 0, 0, false, CYAN},
        {0}};
    LedgerFilter f = call_filter(call);
    f.words = call_words(call, 0);
    if (!call_ledger(call, LEDGER_READ)) return call_failed(call);
    return list_print(call, &f, &(ListShape){LIST_WHO, shown, "No name fits.", NULL});
}

static const char about[] =
    "Names with the number of documents and mentions, the quotations that they are the plain speaker of, and the "
    "days of the first and the last document that names them. The id is the first mention. `--type` takes `PER`, "
    "`ORG`, `LOC`, `GPE` or `MISC`, where that is known.";
static const Option options[] = {
    OPTIONS_FILTER, OPTION_LIMIT, OPTIONS_OUTPUT, OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche who -n 20", "The twenty names that are mentioned most"},
    {"demarche who --since 2000 --json", "Names in documents published since then, for programs"},
    {0}};
const Command command_who = {
    .name = "who", .operands = "[WORDS…]",
    .summary = "which names stand in the documents, and how often they are quoted", .about = about,
    .operand = OPERAND_WORD, .least = 0, .most = -1, .options = options, .examples = examples, .run = who_run};
