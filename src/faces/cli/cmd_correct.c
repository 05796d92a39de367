/* correct: the reader's own word over the machine's.
**
** Nothing is changed: a correction is a row of its own, shown in place of what it corrects, and `--undo` is a further
** row. Both stay in the ledger, with the day and the reason.
*/
#include "screen.h"

static int correct_run(Call *call)
{
    bool undo = call_has(call, "undo");
    LedgerRef ref;
    Str field = str_of(call->operand[1]), value = call_words(call, 2), because = call_text(call, "because");
    if (!undo && call->n_operands < 3) {
        fail(&call->err, ERR_USAGE, "correct needs a value: demarche correct %s %s VALUE (or --undo)", call->operand[0],
             call->operand[1]);
        return EXIT_USAGE;
    }
    if (!call_ledger(call, LEDGER_WRITE) || !ledger_resolve(call->ledger, str_of(call->operand[0]), &ref, &call->err))
        return call_failed(call);
    Str id = ledger_id(call->ledger, call->arena, ref), now = io_today(call->arena);
    bool ok = undo ? ledger_uncorrect(call->ledger, ref, field, &call->err)
                   : ledger_correct(call->ledger, ref, field, value, because, now, &call->err);
    if (!ok) return call_failed(call);
    if (!call_has(call, "quiet"))
        undo ? io_note("%.*s: the correction of '%.*s' is taken back", STR(id), STR(field))
             : io_note("%.*s: %.*s is now “%.*s”. 'demarche correct %.*s %.*s --undo' takes it back", STR(id),
                       STR(field), STR(value), STR(id), STR(field));
    return EXIT_DONE;
}

static const char about[] =
    "Gives a field of a document or a part the value that you know to be right. The machine's value stays in the "
    "ledger; listings show yours, `why` and `show` both. FIELD is a name of FORMAT.md: `speaker` of a statement, "
    "`value` of a time, `name` of a name, `published`, `title`, `publisher` or `author` of a document; or `rejected` "
    "with the value `true`, for a part that should not be there.";
static const Option options[] = {
    {0, "because", TAKES_TEXT, "TEXT", "why; kept with the correction"},
    {0, "undo", TAKES_NOTHING, NULL, "take the correction of this field back"},
    {'q', "quiet", TAKES_NOTHING, NULL, "say nothing where it went well"},
    OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche correct $(demarche search -n 1 --tsv | tail -1 | cut -f1) title 'A better title'",
     "Gives the newest document another title"},
    {"demarche correct $(demarche search -n 1 --tsv | tail -1 | cut -f1) title --undo", "And takes it back"},
    {0}};
const Command command_correct = {
    .name = "correct", .operands = "ID FIELD [VALUE…]", .summary = "lay your own reading over the machine's",
    .about = about, .operand = OPERAND_ID, .least = 2, .most = -1, .options = options, .examples = examples,
    .run = correct_run};
