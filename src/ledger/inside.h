/* What the files of the ledger share, and nobody else sees.
**
** One list of tables drives putting and getting: a table's columns stand here once, prepare.c fills rows in that order,
** put.c binds them, get.c reads them back. One list of questions holds every fixed SQL text; they are prepared when first
** asked and live in the handle, so that an arena that lands in the middle of a question leaks nothing.
*/
#ifndef LEDGER_INSIDE_H
#define LEDGER_INSIDE_H
#include "ledger/ledger.h"
#include <sqlite3.h>

/* X(SYMBOL, table, columns in the order in which rows are filled and read, how many) */
#define LEDGER_TABLES(X)                                                                                               \
    X(DOCUMENT, "document", "sha256, sha256_of, text_sha256, seal, run, caller_id, uri, publisher, author, title, lang, " \
      "published, published_how, published_first, published_last, truncated, bytes, body_bytes, words, sentences, "    \
      "boilerplates, origins, tokens, entities, times, statements, events, roles, expectations, relations, topics, "   \
      "figures, now_day", 33)                                                                                          \
    X(ARTICLE, "article", "document, text, sentences", 3)                                                              \
    X(ORIGINAL, "original", "document, bytes, deflated", 3)                                                            \
    X(BOILERPLATE, "boilerplate", "document, idx, begin, end, reason", 5)                                              \
    X(ORIGIN, "origin", "document, idx, begin, end, how, name, uri", 7)                                                \
    X(TOKEN, "token", "document, idx, begin, end, mwt_begin, mwt_end, form, lemma, upos, xpos, feats, deprel, head, "  \
      "sent", 14)                                                                                                      \
    X(ENTITY, "entity", "document, idx, name_id, type, key, actor, by, n_mentions, mentions", 9)                       \
    X(TIME, "time", "document, idx, begin, end, type, value, mod, doubt, by, now_value", 10)                           \
    X(STATEMENT, "statement", "document, idx, speaker, form, class, sourcing, source, cue, content, sources, addressee, " \
      "medium, judged, judged_by, judged_begin, judged_end, inside, time, by, now_speaker, now_day", 21)               \
    X(EVENT, "event", "document, idx, begin, end, anchor_begin, anchor_end, type, mode, cameo, contexts, time, "       \
      "time_first, time_last, before, after, place_begin, place_end, place_name, goldstein, p, status, statement, by", 23) \
    X(ROLE, "role", "document, idx, event, side, entity, actor", 6)                                                    \
    X(EXPECTATION, "expectation", "document, idx, begin, end, holder, kind, polarity, strength, condition, due, after, " \
      "statement, by", 13)                                                                                             \
    X(RELATION, "relation", "document, idx, begin, end, type, from_entity, to_entity, via, what, time, statement, by", 12) \
    X(TOPIC, "topic", "document, idx, key, spans, statement, by", 6)                                                   \
    X(FIGURE, "figure", "document, idx, begin, end, value, unit, what, period, statement, by", 10)
#define LEDGER_TABLE_SYMBOL(S, t, c, n) TABLE_##S,
typedef enum { LEDGER_TABLES(LEDGER_TABLE_SYMBOL) TABLE_COUNT } TableName;
typedef struct { const char *name, *columns; int n; } LedgerTable;
extern const LedgerTable ledger_tables[TABLE_COUNT];

/* X(SYMBOL, SQL) */
#define LEDGER_QUESTIONS(X)                                                                                            \
    X(BEGIN, "BEGIN IMMEDIATE")                                                                                        \
    X(COMMIT, "COMMIT")                                                                                                \
    X(ROLLBACK, "ROLLBACK")                                                                                            \
    X(NAME_ID, "SELECT id FROM name WHERE name = ?1")                                                                  \
    X(NAME_ADD, "INSERT INTO name(name, fold) VALUES(?1, ?2)")                                                         \
    X(NAME_OF, "SELECT name FROM name WHERE id = ?1")                                                                  \
    X(SEARCH_ADD, "INSERT INTO search(rowid, title, body) VALUES(?1, ?2, ?3)")                                         \
    X(RUN_ADD, "INSERT INTO run(made, program) VALUES(?1, ?2)")                                                        \
    X(RUN_END, "UPDATE run SET made = ?2, program = ?3, added = ?4, known = ?5, failed = ?6 WHERE id = ?1")            \
    X(RUN_OF, "SELECT made, program FROM run WHERE id = ?1")                                                           \
    X(RUN_LAST, "SELECT id, known, failed FROM run ORDER BY id DESC LIMIT 1")                                          \
    X(FAILURE_ADD, "INSERT INTO failure(run, idx, place, why) "                                                        \
                   "VALUES(?1, (SELECT count(*) FROM failure WHERE run = ?1), ?2, ?3)")                                \
    X(SHA_OF, "SELECT sha256 FROM document WHERE id = ?1")                                                             \
    X(BY_SHA, "SELECT id, seal FROM document WHERE sha256 = ?1")                                                       \
    X(SHA_FROM, "SELECT id, sha256 FROM document WHERE sha256 >= ?1 ORDER BY sha256 LIMIT 2")                          \
    X(SHA_BELOW, "SELECT sha256 FROM document WHERE sha256 < ?1 ORDER BY sha256 DESC LIMIT 1")                         \
    X(SHA_ABOVE, "SELECT sha256 FROM document WHERE sha256 > ?1 ORDER BY sha256 LIMIT 1")                              \
    X(BY_GIVEN, "SELECT id, sha256 FROM document WHERE caller_id = ?1 OR uri = ?1 ORDER BY sha256 LIMIT 3")            \
    X(PROVENANCE, "SELECT d.sha256, d.seal, r.made, r.program FROM document d LEFT JOIN run r ON r.id = d.run "        \
                  "WHERE d.id = ?1")                                                                                   \
    X(TEXT_OF, "SELECT text, sentences FROM article WHERE document = ?1")                                              \
    X(VARIANT_ADD, "INSERT INTO variant(document, seal, record) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING")            \
    X(VARIANTS_OF, "SELECT seal, record FROM variant WHERE document = ?1 ORDER BY seal")                               \
    X(CORRECTION_ADD, "INSERT INTO correction(document, part, idx, field, value, was, reason, made, nth, seal, "       \
                      "identity, takes_back) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "               \
                      "ON CONFLICT DO NOTHING")                                                                        \
    X(CORRECTION_NTH, "SELECT count(*) FROM correction WHERE document = ?1 AND part = ?2 AND idx = ?3 AND field = ?4") \
    X(CORRECTION_NOW, "SELECT value, identity FROM correction c WHERE document = ?1 AND part = ?2 AND idx = ?3 "       \
                      "AND field = ?4 AND takes_back IS NULL AND NOT EXISTS (SELECT 1 FROM correction t "              \
                      "WHERE t.takes_back = c.identity) AND (seal IS NULL OR seal = "                                  \
                      "(SELECT d.seal FROM document d WHERE d.id = c.document)) ORDER BY made DESC, nth DESC, identity DESC LIMIT 1")          \
    X(CORRECTION_ANY, "SELECT 1 FROM correction LIMIT 1")                                                              \
    X(CORRECTIONS, "SELECT d.sha256, c.part, c.idx, c.field, c.value, c.was, c.reason, c.made, c.nth, c.identity, "    \
                   "c.takes_back, c.seal FROM correction c JOIN document d ON d.id = c.document "                              \
                   "ORDER BY d.sha256, c.part, c.idx, c.field, c.made, c.nth, c.identity")                             \
    X(NOW_DAY, "UPDATE document SET now_day = ?2 WHERE id = ?1")                                                       \
    X(NOW_DAYS, "UPDATE statement SET now_day = ?2 WHERE document = ?1")                                               \
    X(NOW_SPEAKER, "UPDATE statement SET now_speaker = ?3 WHERE document = ?1 AND idx = ?2")                           \
    X(NOW_VALUE, "UPDATE time SET now_value = ?3 WHERE document = ?1 AND idx = ?2")                                    \
    X(DAY_OF, "SELECT coalesce(substr(published, 1, 10), published_first, published_last) FROM document WHERE id = ?1") \
    X(SPEAKER_OF, "SELECT e.name_id FROM statement s JOIN entity e ON e.document = s.document AND e.idx = s.speaker "  \
                  "WHERE s.document = ?1 AND s.idx = ?2")                                                              \
    X(VALUE_OF, "SELECT value FROM time WHERE document = ?1 AND idx = ?2")                                             \
    X(SPEAKER_IDX, "SELECT speaker FROM statement WHERE document = ?1 AND idx = ?2")                                   \
    X(SAID_BY, "SELECT idx FROM statement WHERE document = ?1 AND speaker = ?2 ORDER BY idx")                          \
    X(HASHES_OF, "SELECT sha256, sha256_of, text_sha256, seal, now_day FROM document WHERE id = ?1")                   \
    X(NEXT, "SELECT id FROM document WHERE id > ?1 ORDER BY id LIMIT 1")                                               \
    X(VALUE_SHOWN, "SELECT now_value FROM time WHERE document = ?1 AND idx = ?2")                                      \
    X(SPEAKER_SHOWN, "SELECT now_speaker, now_day FROM statement WHERE document = ?1 AND idx = ?2")                    \
    X(SEARCH_HAS, "SELECT 1 FROM search WHERE search MATCH ?1 AND rowid = ?2")                                         \
    X(COUNTS_OF, "SELECT sentences, boilerplates, origins, tokens, entities, times, statements, events, roles, "        \
                 "expectations, relations, topics, figures FROM document WHERE id = ?1")                               \
    X(RECURRING_ADD, "INSERT INTO recurring(key, document, begin, end, documents, days, first, last) "                  \
                     "VALUES(?1, ?2, ?3, ?4, 1, ?5, ?5, ?5) ON CONFLICT(key) DO UPDATE SET documents = documents + 1, " \
                     "days = CASE WHEN length(days) < 54 AND instr(days, ?5) = 0 THEN days || ' ' || ?5 ELSE days END, " \
                     "first = min(first, ?5), last = max(last, ?5)")                                                   \
    X(PUBLISHER_DAY_ADD, "INSERT INTO publisher_day(publisher, day, documents) VALUES(?1, ?2, 1) "                     \
                         "ON CONFLICT(publisher, day) DO UPDATE SET documents = documents + 1")                        \
    X(RECURRING, "SELECT key, documents FROM recurring")                                                               \
    X(PUBLISHER_DAYS, "SELECT publisher, day, documents FROM publisher_day")                                           \
    X(LEARNT, "SELECT publisher, words, documents FROM furniture_learnt ORDER BY publisher, documents DESC, words")    \
    X(SHAS, "SELECT id, sha256 FROM document ORDER BY sha256")
#define LEDGER_QUESTION_SYMBOL(S, sql) ASK_##S,
typedef enum { LEDGER_QUESTIONS(LEDGER_QUESTION_SYMBOL) ASK_COUNT } Question;

enum { LISTS_MAX = 8 };                    /* listings inside listings: a page that shows a listing for each row needs 2 */
struct Ledger {
    sqlite3 *file;
    char *path;
    LedgerMode mode;
    sqlite3_stmt *put[TABLE_COUNT], *get[TABLE_COUNT], *ask[ASK_COUNT];
    bool in_transaction, is_torn;          /* torn: a put failed half way; only a rollback may follow */
    int64_t run;                           /* the run that documents now belong to; 0: none yet */
    bool run_is_new;                       /* made in the open transaction: a rollback takes it away */
    Arena name_arena, scratch;
    Map names;                             /* name → its row in `name`, as far as this handle has met it */
    Arena list[LISTS_MAX], page[LISTS_MAX], fold;   /* of listings, of their documents at hand, of has_words() */
    sqlite3_stmt *rows[LISTS_MAX];         /* that each listing walks: here, so that closing finds them */
    int n_lists;
    bool has_functions;                    /* found(), shown(), has_words() are known to SQLite */
    Fts5Tokenizer *words;                  /* the very tokenizer of the index (query.c) */
    fts5_tokenizer words_of;
};

/* open.c */
bool ledger_fail(Ledger *db, Err *e);      /* SQLite's last error as a sentence with its remedy; false */
sqlite3_stmt *ledger_ask(Ledger *db, Question which, Err *e);          /* reset, ready to bind; NULL on failure */
bool ledger_step(Ledger *db, sqlite3_stmt *s, bool *row, Err *e);      /* row: one is there; s is reset where none is */
bool ledger_do(Ledger *db, sqlite3_stmt *s, Err *e);                   /* runs s to its end and resets it */
bool ledger_sql(Ledger *db, const char *sql, Err *e);
void ledger_bind(sqlite3_stmt *s, int at, Str text);                   /* NULL where empty; borrowed till the next reset */
Str ledger_text(sqlite3_stmt *s, int column);                          /* borrowed till the next step */
Str ledger_copy(Arena *to, sqlite3_stmt *s, int column);
bool ledger_guard(Arena *a, bool (*run)(void *with, Err *e), void *with, const char *what, Err *e);
bool ledger_may_write(Ledger *db, Err *e);
/* schema.c */
bool ledger_schema_make(Ledger *db, Err *e);
bool ledger_schema_check(Ledger *db, Err *e);                          /* the tables are those of this version, to the letter */
bool ledger_schema_complete(Ledger *db, Err *e);                       /* adds what is missing */
bool ledger_migrate(Ledger *db, int32_t from, Err *e);                 /* migrate.c */
/* put.c */
bool ledger_name_id(Ledger *db, Str name, Str fold, int64_t *id, Err *e);
bool ledger_run_is_there(Ledger *db, Err *e);
typedef struct { bool own; } Scope;        /* a transaction of our own where the caller has none open */
bool ledger_enter(Ledger *db, Scope *s, Err *e);
bool ledger_leave(Ledger *db, Scope *s, bool ok, Err *e);
/* places.c: places as JSON, in code points */
Str places_json(Arena *to, const Place *p, const Span *v, int32_t n);
typedef struct { int32_t begin, end; Str word; double p; } Piece;     /* word: empty where there is none; p: NAN */
typedef SLICE(Piece) Pieces;
bool places_read(Arena *to, Str json, Pieces *pieces);                 /* false where it is not ours */
Str place_cut(const Place *p, int32_t begin, int32_t end);             /* words between two code points, clamped */
/* prepare.c */
typedef enum { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BLOB, VALUE_DOCUMENT, VALUE_NAME, VALUE_RUN } ValueKind;
typedef struct { ValueKind kind; int64_t i; double d; Str s; } Value;
typedef SLICE(Value) Values;
typedef struct { Str name, fold; } NameForm;
typedef struct { int64_t key; CpSpan at; } Recurring;
typedef SLICE(Recurring) Recurrings;
struct LedgerRow {
    Str fault;                             /* why this record cannot be put; empty: it can */
    Str sha256, seal, title, body;         /* body: what the text index reads */
    const Record *record;                  /* for a variant's JSON */
    SLICE(NameForm) names;                 /* of the entities, in order */
    Recurrings recurring;                  /* lines that may be furniture */
    Values table[TABLE_COUNT];             /* rows one behind the other */
};
Str name_fold(Arena *to, Str name);        /* lower case, no accents, words parted by one blank */
Str record_news(Arena *to, const Record *r, int64_t *body_bytes);        /* the text, its furniture blanked out */
void record_seal(Arena *a, const Record *r, char hex[65], Str *json);
/* learn.c */
Str learn_day(const Record *r);                                        /* empty: nothing is learnt of this record */
Recurrings learn_prepare(Arena *a, const Record *r, const Place *p);
bool learn_put(Ledger *db, const LedgerRow *row, int64_t document, Err *e);
uint64_t learn_sum(Arena *a, const Record *r, Recurrings lines);                                  /* over all documents: what the table must add up to */
bool learn_table_sum(Ledger *db, Arena *a, uint64_t *sum, Err *e);
/* id.c */
Str id_of_sha(Ledger *db, Arena *to, Str sha, char part, int32_t index);
/* query.c */
void query_close(Ledger *db);
Str query_some_word(Ledger *db, Arena *a, const Record *r, Err *e);    /* one that the index should know; may be empty */
typedef struct Query Query;
bool query_read(Ledger *db, Arena *a, Str words, Query **q, Err *e);
Str query_fts(const Query *q, Arena *to, bool with_nots);
bool query_holds(Ledger *db, Arena *a, const Query *q, Str text, int *score);  /* score: how many of its words occur */
/* correct.c */
bool ledger_has_corrections(Ledger *db, bool *has, Err *e);
bool ledger_refresh(Ledger *db, LedgerRef ref, Str field, Err *e);
bool ledger_day_now(Ledger *db, int64_t document, Str *day, Err *e);   /* what the now_ columns should be; in scratch */
bool ledger_value_now(Ledger *db, LedgerRef time, Str *value, Err *e);
bool ledger_speaker_now(Ledger *db, LedgerRef statement, int64_t *name, Err *e);
bool correction_is_whole(sqlite3_stmt *row, Arena *a);                 /* row: of ASK_CORRECTIONS */
bool correction_merge(Ledger *into, Ledger *from, Arena *a, Err *e);
#endif
