/* export: the ledger's contents as files for other programs.
**
** Records go out in the order of their hashes, so that two ledgers with equal contents give equal files whatever the
** order in which they were filled. Listings go out in the ledger's order. There is no cap on rows. With -o the file
** takes its name when it is whole; whatever stood there before stays until then.
*/
#include "faces/export/export.h"
#include "list.h"
#include <stdlib.h>

typedef struct {
    Call *call;
    Arena row;                            /* of the row or record in hand */
    bool to_file, csv;
    IoGrowing file;
    int64_t n;
    Str refused;                          /* a record that could not be read */
} Export;

static bool export_put(Export *x, Str bytes)
{
    if (x->to_file) return io_grow(&x->file, bytes, &x->call->err);
    return io_out(bytes);
}

static void cells_put(Export *x, Buf *b, const LedgerColumn *column, const Str *cell, int n)
{
    for (int i = 0; i < n; i++) {
        if (i) buf_char(b, x->csv ? ',' : '\t');
        bool is_number = column[i].kind == CELL_NUMBER;
        Str one = cell ? cell[i] : str_of(column[i].name);
        x->csv ? export_csv_cell(b, one, is_number) : export_tsv_cell(b, one, is_number);
    }
    buf_add(b, x->csv ? S("\r\n") : S("\n"));
}

static bool export_row(void *with, const LedgerCells *row)
{
    Export *x = with;
    arena_reset(&x->row);
    Buf b = {.to = &x->row};
    x->n++;
    cells_put(x, &b, row->column, row->cell, row->n);
    return export_put(x, buf_str(&b)) && !io_stop;
}

static bool export_json_row(void *with, const LedgerCells *row)
{
    Export *x = with;
    arena_reset(&x->row);
    Buf b = {.to = &x->row};
    x->n++;
    cell_json(&b, row);
    buf_char(&b, '\n');
    return export_put(x, buf_str(&b)) && !io_stop;
}

/* ---- records -------------------------------------------------------------------------------------------- */
typedef struct { Arena *a; Strs ids; } Ids;

static bool id_take(void *with, const LedgerCells *row)
{
    Ids *ids = with;
    *push(ids->a, &ids->ids) = arena_str(ids->a, cell_named(row, "id"));
    return !io_stop;
}

static int id_cmp(const void *x, const void *y) { return str_cmp(*(const Str *)x, *(const Str *)y); }

/* Ids are first digits of hashes, none the beginning of another: their order is that of the hashes. */
static bool export_records(Export *x, const LedgerFilter *filter)
{
    Call *call = x->call;
    Ids ids = {.a = call->arena};
    if (!ledger_list(call->ledger, LIST_DOCUMENTS, filter, id_take, &ids, &call->err)) return false;
    if (ids.ids.n) qsort(ids.ids.v, (size_t)ids.ids.n, sizeof *ids.ids.v, id_cmp);
    for (int i = 0; i < ids.ids.n && !io_stop; i++) {
        static Record r;
        LedgerRef ref;
        arena_reset(&x->row);
        Buf b = {.to = &x->row};
        if (!ledger_resolve(call->ledger, ids.ids.v[i], &ref, &call->err)
            || !ledger_get(call->ledger, &x->row, ref.document, &r, &call->err))
            return err_while(&call->err, "exporting %.*s", STR(ids.ids.v[i]));
        record_json(&r, call_has(call, "tokens"), &b);
        buf_char(&b, '\n');
        x->n++;
        if (!export_put(x, buf_str(&b))) return false;
    }
    return true;
}

static bool export_listing(Export *x, Str format, Str what, const LedgerFilter *filter)
{
    static const struct { const char *name; LedgerList list;
    } whats[] = {{"documents", LIST_DOCUMENTS},
                 {"said", LIST_SAID},
                 {"when", LIST_WHEN},
                 {"who", LIST_WHO},
                 {"corrections", LIST_CORRECTIONS}};
    LedgerList list = LIST_DOCUMENTS;
    int n;
    for (size_t i = 0; i < sizeof whats / sizeof *whats; i++)
        if (str_eq(what, str_of(whats[i].name))) list = whats[i].list;
    const LedgerColumn *column = ledger_columns(list, &n);
    Buf head = {.to = x->call->arena};
    bool json = str_eq(format, S("jsonl"));
    if (!json) cells_put(x, &head, column, NULL, n);
    return export_put(x, buf_str(&head))
           && ledger_list(x->call->ledger, list, filter, json ? export_json_row : export_row, x, &x->call->err);
}

static int export_run(Call *call)
{
    Export x = {.call = call, .row = {.landing = call->arena->landing, .budget = (ptrdiff_t)1 << 30}};
    Str format = str_of(call->operand[0]), what = call_text(call, "what"), file = call_text(call, "output");
    LedgerFilter f = call_filter(call);
    f.words = call_words(call, 1);
    bool is_json = str_eq(format, S("jsonl")), is_records = str_eq(what, S("records")) || (!what.n && is_json);
    x.csv = str_eq(format, S("csv"));
    if (is_records && !is_json) {
        fail(&call->err, ERR_USAGE,
             "records are exported as jsonl; csv and tsv take --what documents, said, when, who or corrections");
        return EXIT_USAGE;
    }
    io_catch_signals();
    if (!call_ledger(call, LEDGER_READ)) return call_failed(call);
    x.to_file = file.n && !str_eq(file, S("-"));
    if (x.to_file && !io_grow_open(&x.file, file.p, &call->err)) return call_failed(call);
    bool ok = (is_records ? export_records(&x, &f) : export_listing(&x, format, what, &f)) && !call->err.code;
    if (ok && io_stop)
        ok = fail(&call->err, ERR_INTERRUPTED, "stopped before the end%s", x.to_file ? "; nothing was changed" : "");
    if (x.to_file && !io_grow_close(&x.file, ok, &call->err)) ok = false;
    arena_close(&x.row);
    if (call->err.code) return call_failed(call);
    if (!x.n) io_note("Nothing fits: %s", x.to_file ? "the file holds no rows." : "there are no rows.");
    return x.n ? EXIT_DONE : EXIT_NOTHING;
}

static const char about[] =
    "`csv` is RFC 4180 (comma, double quotes, CRLF, UTF-8), `tsv` cells parted by tabs, both with a line of column "
    "names; `jsonl` is one object a line. A cell of `csv` or `tsv` that begins with = + - @, a tab or a carriage "
    "return gets an apostrophe in front, so that no spreadsheet runs it; numbers are left as they are.\n\n"
    "`--what` says which listing; `records` are whole documents as FORMAT.md has them, as the machine read them, in "
    "the order of their hashes: equal for ledgers of equal contents. Without it, `jsonl` exports records, `csv` and "
    "`tsv` documents. There is no cap on rows.";
static const Option options[] = {
    {0, "what", TAKES_CHOICE, "documents|said|when|who|corrections|records", "what is exported"},
    {'o', "output", TAKES_FILE, "FILE", "into this file, which is written whole or not at all"},
    {0, "tokens", TAKES_NOTHING, NULL, "with the tokens in each record, where they were kept"},
    OPTIONS_FILTER, OPTION_LIMIT, OPTION_LEDGER, OPTIONS_END};
static const Example examples[] = {
    {"demarche export csv --what said -o said.csv", "All quotations for a spreadsheet"},
    {"demarche export jsonl | head -1", "Whole records"},
    {0}};
const Command command_export = {
    .name = "export", .operands = "csv|tsv|jsonl [WORDS…]",
    .summary = "the ledger's contents for other programs", .about = about, .operand = OPERAND_WORD, .least = 1,
    .most = -1, .choices = "csv|tsv|jsonl", .options = options, .examples = examples, .run = export_run};
