/* when: the dates that the documents name, in the order of the calendar, each with its sentence.
**
** --since and --until ask for the day of publication, as everywhere; --from and --to for the date that is named.
*/
#include "list.h"

/* Dates are ISO, as long as they are known: "2031-04" lies from its first day to its last. */
static bool when_keep(const Call *call, const LedgerCells *row)
{
    Str value = cell_named(row, "value"), from = call_text(call, "from"), to = call_text(call, "to");
    if ((from.n || to.n) && (!value.n || value.p[0] < '0' || value.p[0] > '9')) return false;
    if (from.n && str_cmp(value, str_sub(from, 0, value.n)) < 0) return false;
    return !to.n || str_cmp(str_sub(value, 0, to.n), to) <= 0;
}

static int when_run(Call *call)
{
    static const ListShown shown[] = {
        {"value", "DATE", 10, 22, false, GREEN},
        {"words", "SENTENCE", 44, 0, false, PLAIN},
        {"publisher", "PUBLISHER", 10, 20, true, PLAIN},
        {"published", "PUBLISHED", 10, 22, true, DIM},
        {"id", "ID", 0, 0, false, CYAN},
        {0}};
    LedgerFilter f = call_filter(call);
    f.words = call_words(call, 0);
    f.newest_first = call_has(call, "newest");
    if (!call_ledger(call, LEDGER_READ)) return call_failed(call);
    return list_print(call, &f, &(ListShape){LIST_WHEN, shown, "No date that is named fits.", when_keep});
}

static const char about[] =
    "Every date that a document names, in the order of the calendar: `DATE` is the day, month or year that is meant, with "
    "`?` where that is doubtful, `SENTENCE` where it stands. With WORDS, only where the sentence holds them. `--from` and `--to` ask for the "
    "date that is named, `--since` and `--until` for the day of publication. `--type` takes a TIMEX3 type (`DATE`, "
    "`TIME`, `DURATION`, `SET`).";
static const Option options[] = {
    OPTIONS_FILTER, OPTION_LIMIT,
    {0, "from", TAKES_DATE, "DATE", "only where this day, month or year or a later one is named"},
    {0, "to", TAKES_DATE, "DATE", "only where this day, month or year or an earlier one is named"},
    {0, "newest", TAKES_NOTHING, NULL, "the latest date first"},
    OPTIONS_OUTPUT, OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche when --newest -n 10", "The ten dates that lie furthest ahead"},
    {"demarche when --tsv > dates.tsv", "All of them for a spreadsheet"},
    {0}};
const Command command_when = {
    .name = "when", .operands = "[WORDS…]", .summary = "which dates are named, with their sentences",
    .about = about, .operand = OPERAND_WORD, .least = 0, .most = -1, .options = options, .examples = examples,
    .run = when_run};
