/* Listings: the ledger's rows as a table for people, as JSON Lines or as TSV.
**
** All columns go to programs; people see those that the command names, in its order.
*/
#ifndef LIST_H
#define LIST_H
#include "screen.h"

typedef struct {
    const char *column, *heading;                        /* of ledger_columns; as the table heads it */
    int least, most;                                     /* columns of the terminal; most 0: whatever is left */
    bool may_go;                                         /* left out where the terminal is narrow, the last one first */
    int style;
} ListShown;
enum { LIST_SHOWN_MAX = 10, LIST_AHEAD = 200 };          /* rows that set the widths before the first is printed */

typedef struct {
    LedgerList which;
    const ListShown *shown;
    const char *nothing;                                 /* said on standard error where no row came */
    bool (*keep)(const Call *call, const LedgerCells *row);  /* NULL: every row; the limit counts what is kept */
} ListShape;

int list_print(Call *call, const LedgerFilter *filter, const ListShape *shape);        /* gives the exit status */

/* The small tools of it, for other outputs. */
Str cell_named(const LedgerCells *row, const char *column);           /* p NULL: null, or no such column */
int64_t cell_count(Str cell);                                         /* a number cell; 0 where it is none */
void cell_json(Buf *out, const LedgerCells *row);                     /* {"format":1,"id":…} without a line end */
Str date_shown(Arena *to, Str cell); /* "2031-03-18/2031-04-02" as ≈2031-03-18…04-02 */
Str date_last(Str cell);             /* the latest day that it allows; its first where that is open */
void cell_tsv(Buf *out, Str cell);                                    /* tabs and line ends become blanks */
#endif
