/* What the four commands that look ahead share: the file as bytes, numbers as people and as programs read them. */
#ifndef CLI_FORESEE_H
#define CLI_FORESEE_H
#include "foresee/bargain.h"
#include "screen.h"

bool foresee_open(Call *call, const char *path, Str *bytes);    /* a copy in the call's arena; false with call->err */
bool foresee_is_scenario(Str bytes);
bool foresee_bargain(Call *call, const char *path, Scenario *sc, BargainFile *to);     /* of any kind that can be read; sc->file empty where it is no scenario */
int foresee_draft(Call *call);                           /* --draft: a first scenario from the ledger; an exit status */
bool foresee_operand(Call *call);                        /* a FILE was given, or --draft; else says so */
void put_array(Buf *out, const double *x, int32_t n);
void put_key(Buf *out, const char *key);                 /* "key": */
Str figure(Arena *a, double x);                          /* 4 digits that count: 37.1, 0.4033, 1250 */
Str shown_basis(Arena *a, const Scenario *sc);           /* "41 entries are cited, 7 assumed, 3 say nothing of their source" */

#define OPTIONS_DRAFT \
    {0, "draft", TAKES_NOTHING, NULL, "write a first scenario from what the ledger says people demand, offer, promise and threaten"}, \
    {0, "actor", TAKES_TEXT, "NAME", "with --draft: only documents that name this actor"}, \
    {0, "topic", TAKES_TEXT, "KEY", "with --draft: only documents on this topic"}, \
    {0, "since", TAKES_DATE, "DATE", "with --draft: only from this day on"}, \
    {0, "until", TAKES_DATE, "DATE", "with --draft: only up to this day"}, \
    OPTION_LEDGER

typedef struct { const char *heading; bool is_right; } Column;
typedef struct { Arena *a; int n; const Column *column; SLICE(Str) cells; } Grid;
void grid_row(Grid *g, int n, ...);                      /* n Str cells */
void grid_put(const Grid *g, Buf *out);
#endif
