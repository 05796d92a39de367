/* A listing at work: its filter as SQL, its corrections at hand, its document at hand. Shared by list.c, count.c. */
#ifndef LEDGER_LIST_H
#define LEDGER_LIST_H
#include "ledger/inside.h"

typedef struct { unsigned char *at; int64_t n; } Bits;
typedef struct {
    Ledger *db;
    Arena *a;                              /* of the whole listing */
    Arena *page;                           /* of the document at hand */
    const LedgerFilter *f;
    LedgerList which;
    LedgerTake take;
    void *with;
    Err *e;
    sqlite3_stmt **slot, *rows;            /* rows: that are walked; the handle owns them in *slot */
    Query *query;                          /* of f->words, else NULL */
    Bits found;                            /* documents that the text index found */
    Str names;                             /* JSON: the name ids that fit f->actor */
    int64_t document;                      /* f->document, else 0 */
    bool has_corrections;
    Map corrections;                       /* "document part idx field" → place in values */
    Strs values;
    Buf sql;
    Strs bound;                            /* text values of ?10, ?11 … */
    /* the document at hand */
    int64_t at;
    Place place;
    Pieces sentences;
} List;

enum { PARAMETER_LIST = 1, PARAMETER_FIRST = 10 };   /* ?1: the listing itself, for found() and shown() */

bool list_prepare(List *l);                /* reads the filter: words, actor, document, corrections */
void list_add(List *l, const char *sql);
Str list_parameter(List *l, Str value);    /* "?12", and its value is bound when the rows are asked */
void list_shown(List *l, const char *document, char part, const char *idx, const char *field, const char *machine);
void list_not_rejected(List *l, const char *document, char part, const char *idx);
bool list_conditions(List *l, bool with_actor);      /* " AND …" on d */
bool list_open(List *l);                   /* prepares l->sql and binds */
bool list_next(List *l, bool *row);
void list_done(List *l);
bool list_document(List *l, int64_t document);       /* makes it the one at hand */
Str list_words(List *l, Str places);       /* the words of '[[0,5],[9,12]]', parted by " … " */
Str list_published(List *l, int column);   /* of the columns published, published_first, published_last from here on */
bool list_facets(List *l);                 /* count.c */
bool list_who(List *l);
bool name_fits(Str fold, const Strs *words);
bool list_run(Ledger *db, LedgerList which, const LedgerFilter *f, LedgerTake take, void *with,
              bool (*run)(List *l), Err *e);
#endif
