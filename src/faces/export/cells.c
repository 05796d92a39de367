/* Cells of CSV (RFC 4180) and TSV, guarded against spreadsheets that run what they open.
**
**  in:  =cmd|'/c calc'!A1         out: '=cmd|'/c calc'!A1
**  in:  He said "no", then left   out: "He said ""no"", then left"
*/
#include "export.h"
#include <string.h>

static bool needs_guard(Str cell, bool is_number)
{
    return cell.n && !is_number && strchr("=+-@\t\r", cell.p[0]) && cell.p[0];
}

void export_csv_cell(Buf *out, Str cell, bool is_number)
{
    bool guard = needs_guard(cell, is_number), quote = false;
    for (ptrdiff_t i = 0; i < cell.n && !quote; i++) quote = cell.p[i] && strchr(",\"\r\n", cell.p[i]);
    if (quote) buf_char(out, '"');
    if (guard) buf_char(out, '\'');
    for (ptrdiff_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '"') buf_char(out, '"');
        buf_char(out, cell.p[i]);
    }
    if (quote) buf_char(out, '"');
}

void export_tsv_cell(Buf *out, Str cell, bool is_number)
{
    if (needs_guard(cell, is_number)) buf_char(out, '\'');
    for (ptrdiff_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '\r' && i + 1 < cell.n && cell.p[i + 1] == '\n') continue;
        buf_char(out, cell.p[i] == '\t' || cell.p[i] == '\n' || cell.p[i] == '\r' ? ' ' : cell.p[i]);
    }
}
