/* Tables: knowledge as commented plain text, read at build time by tools/tabc and at run time by the program.
**
**   # verb     kind      polarity          the first line names the columns
**   vow        promise   +1                a row: cells parted by a tab or two blanks; "-" is an empty one
**     + Minister Ito vowed to reopen the port by June.      [Ito | reopen the port by June]
**     - The couple exchanged vows in June.                  an example that must not be read so
**
** Further lines that begin with # are comments; blank lines are free. A mistake is reported as file:line.
*/
#ifndef BASE_TABLE_H
#define BASE_TABLE_H
#include "base/base.h"

typedef struct {
    bool holds;
    Str text, expected;                                  /* expected: inside the last […]; p NULL without one */
    int32_t row, line;
} TableExample;
typedef struct { Strs cells; int32_t line; } TableRow;
typedef struct {
    Str name;
    Strs columns;
    SLICE(TableRow) rows;                                /* in the order of the file */
    SLICE(TableExample) examples;
} Table;

bool table_read(Arena *to, Str name, Str bytes, Table *t, Err *e);

/* What tabc writes for data/…/cues.tab into the build's gen/cues.h and gen/cues.c:
**   typedef struct { Str verb, kind, polarity; } CuesRow;
**   extern const CuesRow cues_rows[];  extern const int32_t cues_n;   sorted by the first column, then file order
**   extern const TableExample cues_examples[];  extern const int32_t cues_examples_n;   row: index into cues_rows
** Lookup by the first column: */
#define table_find(NAME, key) table_find_in(NAME##_rows, NAME##_n, (ptrdiff_t)sizeof NAME##_rows[0], (key))
int32_t table_find_in(const void *rows, int32_t n, ptrdiff_t size, Str key);   /* index of the first equal row, or -1 */
#endif
