/* said: who is quoted with which words.
**
** The words stand whole, wrapped and never cut; the id leads to the sentence and the document. The cue, the form and
** the sourcing ("named", "unnamed", "collective") are in --json and --tsv, and in `why`.
*/
#include "list.h"

static int said_run(Call *call)
{
    static const ListShown shown[] = {
        {"published", "DATE", 10, 22, false, GREEN},
        {"speaker", "SPEAKER", 14, 24, false, BOLD},
        {"words", "WORDS", 40, 0, false, PLAIN},
        {"publisher", "PUBLISHER", 10, 20, true, PLAIN},
        {"id", "ID", 0, 0, false, CYAN},
        {0}};
    LedgerFilter f = call_filter(call);
    f.words = call_words(call, 0);
    f.newest_first = !call_has(call, "oldest");
    if (!call_ledger(call, LEDGER_READ)) return call_failed(call);
    return list_print(call, &f,
                      &(ListShape){LIST_SAID, shown,
                                   "No quotation fits. 'demarche who' lists the names, 'demarche brief' what the "
                                   "ledger holds.",
                                   NULL});
}

static const char about[] =
    "Direct quotations, the newest first. With WORDS, only those whose words hold them all. `--actor` matches the "
    "speaker; `--type` takes the form (`direct`, `mixed`) or the sourcing (`named`, `unnamed`, `collective`).\n\n"
    "A speaker that the text does not make plain is never guessed: the words that stand for him are shown in brackets, "
    "`(the minister)`. `demarche why ID` shows the "
    "words, the cue and the rule behind a line; `demarche correct ID speaker NAME` lays your own reading over it.";
static const Option options[] = {
    OPTIONS_FILTER, OPTION_LIMIT,
    {0, "oldest", TAKES_NOTHING, NULL, "the oldest first"},
    OPTIONS_OUTPUT, OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche said -n 5", "The five newest quotations"},
    {"demarche said --json | head -1", "The same for programs, one object a line"},
    {0}};
const Command command_said = {
    .name = "said", .operands = "[WORDS…]", .summary = "who is quoted with which words", .about = about,
    .operand = OPERAND_WORD, .least = 0, .most = -1, .options = options, .examples = examples, .run = said_run};
