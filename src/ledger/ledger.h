/* The ledger: one SQLite file that holds every record, and can be asked.
**
** Evidence is only ever added: triggers refuse to change or delete it. A reader's corrections are rows of their own,
** laid over the machine's when something is shown. A document is known by the SHA-256 of the bytes that came in, and
** stands in the file wholly or not at all. Spans are stored in code points, so that substr(text, begin+1, end-begin)
** in any SQLite shell prints the words. schema.sql is the manual of the tables; doc/ledger.md explains them.
**
** An id that people read is the first digits of the document's hash, 8 or as many as make it unique (4 are enough to
** type), and for a part of it a dot, a letter and its index: 3f9a1c2e  3f9a1c2e.s4
**   s statement  t time  n name (entity)  p sentence  b boilerplate  o origin  e event  x expectation  r relation
**   c topic  f figure
*/
#ifndef LEDGER_H
#define LEDGER_H
#include "record/record.h"

typedef struct Ledger Ledger;
typedef enum { LEDGER_READ, LEDGER_WRITE, LEDGER_MEMORY } LedgerMode;    /* WRITE makes the file where it is missing */
Ledger *ledger_open(const char *path, LedgerMode mode, Err *e);          /* refuses a foreign or newer file, migrates an older one */
void ledger_close(Ledger *db);                                           /* fine with NULL */

/* Putting. ledger_prepare runs in any thread: all that can be computed without the file, the seal among it (SHA-256 of
** the record's JSON as the ledger will give it back). */
typedef struct LedgerRow LedgerRow;
LedgerRow *ledger_prepare(Arena *a, const Record *r);
bool ledger_begin(Ledger *db, Err *e);                                   /* takes the writer's place; ERR_BUSY names the remedy */
bool ledger_put(Ledger *db, const LedgerRow *row, bool *is_new, Err *e); /* is_new false: its hash was there already */
bool ledger_commit(Ledger *db, Err *e);
void ledger_rollback(Ledger *db);

/* One document back. */
typedef struct { int64_t document; char part; int32_t index; } LedgerRef;   /* part 0: the document itself; 'd' likewise */
bool ledger_resolve(Ledger *db, Str id, LedgerRef *ref, Err *e);         /* hash prefix, the caller's id or uri; ERR_NOTFOUND, or ambiguous with both named */
bool ledger_get(Ledger *db, Arena *a, int64_t document, Record *r, Err *e);   /* as it was put: without corrections, valid, or false */
Str ledger_id(Ledger *db, Arena *to, LedgerRef ref);                     /* the short id that people type */
typedef struct { Str sha256, seal, added, program; } LedgerProvenance;
bool ledger_provenance(Ledger *db, Arena *a, int64_t document, LedgerProvenance *p, Err *e);

/* Listings: rows of text cells under named columns; the caller prints them. */
/* actor: words that all stand in the speaker's (said, by speaker) or an entity's name, without case and accents. since,
** until: of the published day, else the earliest that the text allows; undated ones are left out then. type: form, class
** or sourcing of statements, type of times and names. words: all must occur; "a phrase", -not, word*, and one OR other;
** in said and when they must stand in the statement or the sentence itself. Corrections in force are shown in place of
** what they correct. */
typedef struct {
    Str actor, publisher, topic, type, since, until, words, lang, document;   /* empty: any. dates as ISO, partial ones allowed */
    Strs actor_names;                                    /* names that fit too, as a whole: what the table of actors knows `actor` by */
    int64_t limit;                                       /* 0: all */
    bool newest_first;
} LedgerFilter;
typedef enum { CELL_TEXT, CELL_ID, CELL_DATE, CELL_NUMBER, CELL_WORDS } CellKind;   /* WORDS: from the article, may be long */
typedef struct { const char *name; CellKind kind; } LedgerColumn;
typedef struct { const LedgerColumn *column; int n; const Str *cell; } LedgerCells;  /* a cell with p NULL is null */
typedef bool (*LedgerTake)(void *with, const LedgerCells *row);          /* false: enough */
typedef enum {
    LIST_DOCUMENTS,     /* id published how title publisher author lang statements words uri */
    LIST_SAID,          /* id published speaker words cue publisher form sourcing source: statements, newest last */
    LIST_WHEN,          /* id value type words(the sentence) expression published publisher doubt("doubtful" or null), by value */
    LIST_WHO,           /* name documents mentions quoted first last id(of the first mention) */
    LIST_HITS,          /* id published publisher title words(best sentence): needs filter.words */
    LIST_BY_PUBLISHER, LIST_BY_MONTH, LIST_BY_SPEAKER,   /* key documents: facets; of filter.words where it is given */
    LIST_CORRECTIONS,   /* id field value was reason made state(in force, replaced, taken back), as they were made */
    LIST_FAILURES,      /* where why made: inputs of the last run that were left out */
    LIST_COUNT
} LedgerList;
const LedgerColumn *ledger_columns(LedgerList which, int *n);
bool ledger_list(Ledger *db, LedgerList which, const LedgerFilter *filter, LedgerTake take, void *with, Err *e);

typedef struct {
    /* duplicates_refused and failed are those of the last run */
    int64_t documents, publishers, undated, boilerplate_parts, sentences, statements, named_speakers, times, names, words, bytes,
        not_english, truncated, corrections, duplicates_refused, failed;
    Str first, last;                                     /* published dates */
} LedgerCounts;
bool ledger_counts(Ledger *db, Arena *a, const LedgerFilter *filter, LedgerCounts *c, Err *e);

/* Furniture that was learnt: lines that stand in five documents of one publisher, of five different stated days, and are
** no news (record.h, passages). By publisher, the most frequent first; the words as first met. */
typedef bool (*LedgerLearnt)(void *with, Str publisher, Str words, int64_t documents);   /* false: enough */
bool ledger_learnt(Ledger *db, LedgerLearnt take, void *with, Err *e);
bool ledger_known(Ledger *db, Arena *a, Map *keys, Err *e);              /* the same as EngineOptions.known wants it; a's landing set */

/* The reader's own word. Field and value as FORMAT.md names them ("speaker", "published", "value"), or "rejected". */
bool ledger_correct(Ledger *db, LedgerRef ref, Str field, Str value, Str reason, Str when, Err *e);
bool ledger_uncorrect(Ledger *db, LedgerRef ref, Str field, Err *e);     /* a further row that takes the last one back */

/* A run: its documents and failures, and at its end its counts. Start is optional (it gives a run that is killed its
** time and program); note ends the run. All three may be called between begin and commit, or outside of both. */
bool ledger_start_run(Ledger *db, Str when, Str program, Err *e);
bool ledger_note_run(Ledger *db, Str when, Str program, int64_t added, int64_t known, int64_t failed, Err *e);
bool ledger_note_failure(Ledger *db, Str where, Str why, Err *e);        /* belongs to the next noted run */

/* Checking and joining. Each finding is one sentence; n_bad counts them. */
typedef void (*LedgerFinding)(void *with, Str sentence);
bool ledger_verify(Ledger *db, LedgerFinding found, void *with, int64_t *documents, int64_t *n_bad, Err *e);
/* Everything that is evidence or a correction, a line of JSON each, in an order that depends on the content alone: two
** ledgers that hold the same give the same lines, and the digest (a chain of SHA-256 over them) is the same. */
bool ledger_dump(Ledger *db, bool (*take)(void *with, Str line), void *with, Err *e);
bool ledger_digest(Ledger *db, char hex[65], Err *e);
bool ledger_merge(Ledger *into, const char *from, int64_t *added, int64_t *known, Err *e);
int32_t ledger_version(Ledger *db);
enum { LEDGER_VERSION = 2 };
#endif
