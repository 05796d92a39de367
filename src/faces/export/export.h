/* Export: the ledger and its records in the forms that other programs read.
**
**   CSV      RFC 4180: comma, double quotes, CRLF, UTF-8, a line of column names
**   TSV      a line of column names; tabs and line ends inside a cell are blanks
**   JSONL    records as FORMAT.md has them, in the order of their hashes: equal for equal contents
**   CoNLL-U  sentences and tokens of one record
**
** A cell that begins with = + - @ or a control character would be run as a formula by spreadsheets: in CSV and TSV it
** gets an apostrophe in front. Numbers are left alone: "-3" is no formula.
*/
#ifndef EXPORT_H
#define EXPORT_H
#include "ledger/ledger.h"

void export_csv_cell(Buf *out, Str cell, bool is_number);
void export_tsv_cell(Buf *out, Str cell, bool is_number);
void export_conllu(Arena *a, const Record *r, Buf *out); /* needs tokens; furniture too, where sentences cover it */
#endif
