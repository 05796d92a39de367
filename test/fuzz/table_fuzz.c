/* Tables from strangers (--actors FILE): what is read is whole, and what is refused names a line of the file. */
#include "base/table.h"
#include "fuzz.h"

static void look_through(const Table *t)
{
    must(t->columns.n > 0, "there is a column");
    for (int32_t i = 0; i < t->rows.n; i++) {
        must(t->rows.v[i].cells.n == t->columns.n, "a row has a cell for each column");
        for (int32_t j = 0; j < t->columns.n; j++) must(utf8_bad(t->rows.v[i].cells.v[j]) < 0, "a cell is well-formed");
    }
    for (int32_t i = 0; i < t->examples.n; i++) {
        const TableExample *x = &t->examples.v[i];
        must(x->row >= 0 && x->row < t->rows.n && x->line > t->rows.v[x->row].line, "an example stands below its row");
        must(x->text.n > 0 && utf8_bad(x->text) < 0, "an example has text");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Err e = {0};
    Table t;
    int line = 0;
    if (n > INPUT_MAX) return 0;
    arena_reset(&arena);
    arena.landing = &landing;
    if (setjmp(landing)) return 0;
    if (table_read(&arena, S("x.tab"), (Str){(const char *)data, (ptrdiff_t)n}, &t, &e)) look_through(&t);
    else must(sscanf(e.text, "x.tab:%d:", &line) == 1 && line == e.line && line > 0, "a refusal names its line");
    return 0;
}
